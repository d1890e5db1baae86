#!/usr/bin/env bash
# Makes the files of a release for one platform, in artifacts/release:
#
#   nacrith-VERSION-RID            one executable, everything inside (.exe on Windows)
#   nacrith-VERSION-RID-bare       the same without the model, which it finds where docs/releasing.md says
#   nacrith-VERSION-RID.tar.gz     a folder: executable, library, model, man pages, completions, notices
#   nacrith-VERSION-RID.cdx.json   what is inside, as a CycloneDX bill of materials
#   SHA256SUMS                     of everything there
#
# The executable runs where it is dropped: see docs/releasing.md for how, and for figures.
#
# Usage: build/publish.sh RID           with RID one of linux-x64 linux-arm64 win-x64 win-arm64 osx-arm64
#        build/publish.sh --cuda RID    with RID linux-x64 or win-x64: the build for NVIDIA GPUs, nacrith-cuda-VERSION-RID,
#                                       as a folder only: its provider is a file of 284 MB that ONNX Runtime loads itself
set -euo pipefail
cd "$(dirname "$0")/.."

cuda=false kind=nacrith obj=src/Cli/obj package=PkgMicrosoft_ML_OnnxRuntime
if [[ ${1-} == --cuda ]]; then
    shift
    cuda=true kind=nacrith-cuda obj=src/Cli/obj/cuda package=PkgMicrosoft_ML_OnnxRuntime_Gpu_Linux
    [[ ${1-} != win-* ]] || package=PkgMicrosoft_ML_OnnxRuntime_Gpu_Windows
fi
rid=${1:?usage: build/publish.sh [--cuda] RID}
version=$(dotnet msbuild src/Cli -getProperty:Version)
name=$kind-$version-$rid
release=artifacts/release
stage=artifacts/publish/$kind-$rid
folder=$stage/$name
model=models/onnx
suffix=
library=libonnxruntime.so
case $rid in
    win-*) suffix=.exe library=onnxruntime.dll ;;
    osx-*) library=libonnxruntime.dylib ;;
esac

rm -rf "$stage"
mkdir -p "$release"

# Trimmed and compiled ahead: a third of the size, and it starts in three quarters of the time.
dotnet publish src/Cli -c Release -r "$rid" --self-contained -v quiet -o "$folder" -p:Cuda=$cuda \
    -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:DebugType=embedded \
    -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false

dotnet build tools/release -c Release -v quiet --nologo
tool() {
    dotnet tools/release/bin/Release/net10.0/NacrithOnnx.Release.dll "$@"
}

# The files of the model are those that its manifest names, with LICENSE and README.md.
executable=$folder/nacrith$suffix
programs=("$executable")
if [[ $cuda == false ]]; then
    tool pack "$executable" "$stage/one$suffix" "$folder/$library.lz4" "$model"/*
    tool pack "$executable" "$stage/bare$suffix" "$folder/$library.lz4"
    programs+=("$stage/one$suffix" "$stage/bare$suffix")
fi
tool manual "$folder/man/man1" "$(git log -1 --format=%cs)"
tool completions "$folder/completions"
tool contents "$obj/Release/net10.0/$rid/nacrith.deps.json" "$model/manifest.json" "$stage/$name.cdx.json"
cp "$stage/$name.cdx.json" "$folder/contents.cdx.json"
if [[ $rid == win-* ]]; then
    printf '@"%%~dp0nacrith.exe" -dc %%*\r\n' > "$folder/ncxcat.cmd"
else
    ln -s nacrith "$folder/ncxcat"
fi

unwanted=$(find "$folder" -maxdepth 1 -type f ! -name "nacrith$suffix" ! -name "$library" ! -name 'ncxcat*' ! -name contents.cdx.json \
    ! \( -path "*/nacrith-cuda-*" -name '*onnxruntime_providers_*' \))
if [[ -n $unwanted ]]; then
    echo "publish.sh: what is this for?" $unwanted >&2
    exit 1
fi

# Whoever passes on ONNX Runtime passes on its licence and notices.
onnxruntime=$(dotnet msbuild src/Runtime -p:Cuda=$cuda -p:RuntimeIdentifier="$rid" -getProperty:$package)
for notice in LICENSE ThirdPartyNotices.txt; do
    cp "$onnxruntime/$notice" "$folder/onnxruntime-$notice"
done
for own in LICENSE NOTICE README.md; do
    [[ ! -e $own ]] || cp "$own" "$folder/"
done

# A text through each program and back, where this machine can run them.
if [[ $(dotnet msbuild -getProperty:NETCoreSdkRuntimeIdentifier src/Cli) == "$rid" ]]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    head -c 3000 docs/format.md > "$work/text"
    for program in "${programs[@]}"; do
        NACRITH_MODEL=
        [[ $program != */bare* ]] || NACRITH_MODEL=$model
        export NACRITH_MODEL
        "$program" -q -c "$work/text" > "$work/archive"
        "$program" -q -d -c "$work/archive" > "$work/back"
        cmp "$work/text" "$work/back"
    done
fi

tar -C "$stage" -czf "$release/$name.tar.gz" "$name"
if [[ $cuda == false ]]; then
    mv "$stage/one$suffix" "$release/$name$suffix"
    mv "$stage/bare$suffix" "$release/$name-bare$suffix"
fi
mv "$stage/$name.cdx.json" "$release/"

cd "$release"
sums() { if command -v sha256sum > /dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }
sums nacrith-* > SHA256SUMS
ls -l "$name"*
