#!/usr/bin/env bash
# Asks ONNX Runtime's CUDA provider, where there is no GPU, whether it takes the whole graph for CUDA: a session that
# would put a node on the CPU does not open. Then the proof at start must refuse the device, because no kernel runs:
# the program ends with one line and exit code 1, and with --device auto makes the CPU's archive after a warning.
#
# Usage: build/cuda-check.sh    needs x64 Linux, gcc, nm and the .NET SDK
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/Cli -c Release -p:Cuda=true -v quiet --nologo
folder=src/Cli/bin/cuda/Release/net10.0
program=$folder/nacrith
provider=$folder/runtimes/linux-x64/native/libonnxruntime_providers_cuda.so

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Functions that the stub does not define return 0.
cc -E -P build/cuda-stub.c | grep -oE '\b_*cu[A-Za-z0-9_]+ *\(' | tr -d ' (' | sort -u > "$work/defined"
nm -D --undefined-only "$provider" | awk '{ print $2 }' | sed 's/@.*//' |
    grep -E '^(__cuda|cuda|cublas|cu[A-Z])' | sort -u > "$work/needed"
{ cat build/cuda-stub.c; comm -23 "$work/needed" "$work/defined" | sed 's/.*/long &(void) { return 0; }/'; } > "$work/all.c"
for library in libcudart.so.13 libcublas.so.13 libcublasLt.so.13 libcurand.so.10 libcuda.so.1; do
    echo "$library { global: *; };" > "$work/versions"
    cc -w -O1 -shared -fPIC -Wl,-soname,$library -Wl,--version-script="$work/versions" -o "$work/$library" "$work/all.c"
done

head -c 1500 docs/format.md > "$work/text"
export NACRITH_CACHE=$work/cache
"$program" -q -c --device cpu "$work/text" > "$work/cpu.ncx"

echo '--- no driver: CUDA is an error, auto is the CPU without a word'
status=0
"$program" -c --device cuda "$work/text" > /dev/null 2> "$work/message" || status=$?
cat "$work/message"
[[ $status == 1 && $(wc -l < "$work/message") == 1 ]]
grep -q 'no NVIDIA driver' "$work/message"
"$program" -c "$work/text" 2> "$work/message" | cmp - "$work/cpu.ncx"
[[ ! -s $work/message ]]

echo '--- a GPU whose kernels do not run: the graph opens on CUDA alone, and the proof refuses the device by name'
export LD_LIBRARY_PATH=$work
for level in -6 -9; do # the plans fast and precise
    status=0
    "$program" -c $level --device cuda "$work/text" > /dev/null 2> "$work/message" || status=$?
    cat "$work/message"
    [[ $status == 1 && $(wc -l < "$work/message") == 1 ]]
    grep -q 'GPU 0 (stub): does not compute what processors compute' "$work/message"
done
"$program" -c "$work/text" 2> "$work/message" | cmp - "$work/cpu.ncx"
cat "$work/message"
grep -q 'the CPU is used instead' "$work/message"
[[ ! -e $work/cache/devices.txt ]]
echo 'cuda-check.sh: passed'
