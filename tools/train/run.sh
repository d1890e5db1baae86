#!/usr/bin/env bash
# Builds the trainer and runs it with the given arguments: tools/train/run.sh train --help
# Needs the .NET 10 SDK on 64-bit Linux and nothing else. The process keeps the number of this script's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
command -v dotnet > /dev/null || PATH="$PATH:$HOME/.dotnet:/usr/share/dotnet:/usr/lib/dotnet"

# A copy of the build's output can be named instead: a training that runs for days should not have its files rebuilt.
build=${NACRITH_TRAIN_BIN:-}
if [ -z "$build" ]; then
    dotnet build -c Release "$here/NacrithOnnx.Train.csproj" -v q >&2
    build=$here/bin/Release/net10.0/linux-x64
fi

# Buffers of up to 1 GB come from memory that was used before, not from pages that the kernel clears anew each time.
export MALLOC_MMAP_THRESHOLD_=$((1 << 30)) MALLOC_TRIM_THRESHOLD_=$((1 << 34)) MALLOC_TOP_PAD_=$((1 << 26))
# Threads that wait for each other sleep. Where other programs use the processor too, spinning made a product of
# 1,024 x 576 elements take 12 ms instead of 0.3.
export OMP_WAIT_POLICY=PASSIVE
exec dotnet "$build/NacrithOnnx.Train.dll" "$@"
