#!/usr/bin/env bash
# Makes the files of a release for one platform, in artifacts/release:
#
#   nacrith-VERSION-RID          one executable, everything inside (nacrith-VERSION-RID.exe on Windows)
#   nacrith-VERSION-RID.tar.gz   the same program as a folder: executable, library, model, notices
#
# The one executable unpacks itself on its first start, below $HOME/.net or $DOTNET_BUNDLE_EXTRACT_BASE_DIR, and does not
# start where neither can be written; the folder runs anywhere. Figures: docs/building.md.
#
# Usage: build/publish.sh RID    with RID one of linux-x64 linux-arm64 win-x64 win-arm64 osx-arm64
set -euo pipefail
cd "$(dirname "$0")/.."

rid=${1:?usage: build/publish.sh RID}
version=$(dotnet msbuild src/Cli -getProperty:Version)
name=nacrith-$version-$rid
release=artifacts/release
stage=artifacts/publish/$rid
suffix=
[[ $rid != win-* ]] || suffix=.exe

rm -rf "$stage"
mkdir -p "$release"

publish() {
    dotnet publish src/Cli -c Release -r "$rid" --self-contained -v quiet \
        -p:PublishSingleFile=true -p:DebugType=embedded \
        -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false "$@"
}

publish -o "$stage/$name"
# AllContent, not NativeLibraries: the model comes along, and AppContext.BaseDirectory is where it was unpacked. Since
# everything is unpacked once, compression costs at the first start only.
publish -o "$stage/one" -p:IncludeAllContentForSelfExtract=true -p:EnableCompressionInSingleFile=true

# Whoever passes on ONNX Runtime passes on its licence and notices.
onnxruntime=$(dotnet msbuild src/Runtime -getProperty:PkgMicrosoft_ML_OnnxRuntime)
for notice in LICENSE ThirdPartyNotices.txt; do
    cp "$onnxruntime/$notice" "$stage/$name/onnxruntime-$notice"
done
for own in LICENSE NOTICE README.md; do
    [[ ! -e $own ]] || cp "$own" "$stage/$name/"
done

others=$(find "$stage/one" -type f ! -name "nacrith$suffix")
if [[ -n $others ]]; then
    echo "publish.sh: left beside the one executable:" $others >&2
    exit 1
fi

# A text through both programs and back, where this machine can run them.
if [[ $(dotnet msbuild -getProperty:NETCoreSdkRuntimeIdentifier src/Cli) == "$rid" ]]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cp docs/building.md "$work/text"
    for program in "$stage/$name/nacrith$suffix" "$stage/one/nacrith$suffix"; do
        DOTNET_BUNDLE_EXTRACT_BASE_DIR=$work/unpacked "$program" -c "$work/text" > "$work/archive"
        DOTNET_BUNDLE_EXTRACT_BASE_DIR=$work/unpacked "$program" -d -c "$work/archive" > "$work/back"
        cmp "$work/text" "$work/back"
    done
fi

tar -C "$stage" -czf "$release/$name.tar.gz" "$name"
cp "$stage/one/nacrith$suffix" "$release/$name$suffix"
ls -l "$release/$name.tar.gz" "$release/$name$suffix"
