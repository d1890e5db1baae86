#!/usr/bin/env bash
# Makes the NuGet packages in artifacts/packages: NacrithOnnx (library), NacrithOnnx.Model (its model) and nacrith (the
# program as a .NET tool).
#
# Usage: build/pack.sh [--check]    with --check they are packed under a version of their own, installed into a new
#                                   project and a new tool path, and a text goes through each and back
set -euo pipefail
cd "$(dirname "$0")/.."

check=false
[[ ${1-} != --check ]] || check=true
packages=$PWD/artifacts/packages
version=$(dotnet msbuild src/Cli -getProperty:Version)
if $check; then
    packages=$PWD/artifacts/packages-check
    version=$version-check.$$
    rm -rf "$packages"
fi

for project in src/Runtime src/Model src/Cli; do
    # One package for all platforms; with RuntimeIdentifiers the SDK makes a tool for each.
    dotnet pack "$project" -c Release -v quiet --nologo -o "$packages" -p:ForPackages=true -p:PackageVersion="$version" \
        -p:RuntimeIdentifiers=
done
ls -l "$packages"
$check || exit 0

work=$(mktemp -d)
cache=$(dotnet msbuild src/Runtime -getProperty:NuGetPackageRoot)
trap 'rm -rf "$work" "$packages" "$cache"/{nacrith,nacrithonnx,nacrithonnx.model}/"$version"' EXIT
head -c 1000 tests/texts/alice29.txt > "$work/text"
cd "$work"

dotnet tool install nacrith --version "$version" --tool-path "$work/tools" --add-source "$packages"
"$work/tools/nacrith" -qc text > archive
"$work/tools/nacrith" -qdc archive | cmp - text

mkdir program
cat > program/program.csproj << END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestoreAdditionalProjectSources>$packages</RestoreAdditionalProjectSources>
    <PublishTrimmed>true</PublishTrimmed>
    <TrimmerSingleWarn>false</TrimmerSingleWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="NacrithOnnx" Version="$version" />
    <PackageReference Include="NacrithOnnx.Model" Version="$version" />
  </ItemGroup>
</Project>
END
cat > program/Program.cs << 'END'
using NacrithOnnx;

var content = File.ReadAllBytes(args[0]);
using var codec = new NacrithCodec(new CodecSettings());
var archive = codec.Compress(content);
File.WriteAllBytes(args[1], archive);
return codec.Decompress(archive).AsSpan().SequenceEqual(content) ? 0 : 1;
END
rid=$(dotnet msbuild program -getProperty:NETCoreSdkRuntimeIdentifier)
dotnet publish program -r "$rid" --self-contained -c Release -v quiet --nologo -o published
published/program text other
cmp archive other
echo "pack.sh: tool and library make the same archive and read it back"
