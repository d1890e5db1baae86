#!/usr/bin/env bash
# Shows on a machine with an NVIDIA GPU that archives are those of the CPU, and measures. Prints one table.
#
#   build/gpu-check.sh --pack      where the .NET SDK is: puts all that is needed into artifacts/gpu, and the repository
#   build/gpu-check.sh [N]         on the machine, in the repository: x64 Linux, a driver and CUDA 13; no SDK. N is the GPU.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=artifacts/gpu
if [[ ${1-} == --pack ]]; then
    rm -rf $folder
    for project in src/Cli benchmarks/Compare; do
        dotnet publish $project -c Release -r linux-x64 --self-contained -p:Cuda=true -v quiet -o $folder/"${project##*/}"
    done
    # One copy of the provider is enough, and the model is read where it lies.
    rm -rf $folder/Cli/models $folder/*/libonnxruntime_providers_tensorrt.so
    for file in $folder/Compare/libonnxruntime*.so; do
        ln -sf ../Cli/"${file##*/}" "$file"
    done
    du -sh $folder
    exit
fi

gpu=${1-0}
program=$folder/Cli/nacrith
export NACRITH_MODEL=models/onnx
work=$(mktemp -d)
export NACRITH_CACHE=$work/cache # so that the device proves itself now
poll=
trap 'rm -rf "$work"; [[ -z $poll ]] || kill "$poll"' EXIT

nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -i "$gpu" -lms 100 > "$work/memory" 2> /dev/null &
poll=$!

$program -V --device "cuda:$gpu"
$folder/Compare/NacrithOnnx.Compare --gpu "$gpu"

text=tests/texts/alice29.txt
size=$(stat -c %s $text)
now() { date +%s.%N; }
rate() { awk "BEGIN { printf \"%.1f\", $size / ($2 - $1) / 1000 }"; }
printf '\n| Level | KB/s in | KB/s out | SHA-256 on the GPU | on the CPU |\n| --- | ---: | ---: | --- | --- |\n'
failed=0
for level in 1 6 9; do
    $program -q -c -$level --device "cuda:$gpu" NOTICE > /dev/null # the proof, and files read
    t0=$(now)
    $program -q -c -$level --device "cuda:$gpu" $text > "$work/gpu.ncx"
    t1=$(now)
    $program -q -dc --device "cuda:$gpu" "$work/gpu.ncx" > "$work/back"
    t2=$(now)
    $program -q -c -$level --device cpu $text > "$work/cpu.ncx"
    $program -q -dc --device cpu "$work/gpu.ncx" > "$work/back-cpu"
    cmp $text "$work/back" && cmp $text "$work/back-cpu" && cmp "$work/gpu.ncx" "$work/cpu.ncx" || failed=1
    sum() { sha256sum "$1" | cut -c1-16; }
    echo "| $level | $(rate "$t0" "$t1") | $(rate "$t1" "$t2") | $(sum "$work/gpu.ncx") | $(sum "$work/cpu.ncx") |"
done
printf '\nPeak GPU memory: %s MiB, other programs included.\n' "$(sort -n "$work/memory" | tail -1)"
if command -v dotnet > /dev/null; then
    dotnet test tests -c Release -p:Cuda=true --filter Needs=GPU || failed=1
fi
exit $failed
