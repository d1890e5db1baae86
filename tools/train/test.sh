#!/usr/bin/env bash
# Builds and tests the trainer: not part of the solution, because libtorch is 200 MB.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMP_WAIT_POLICY=PASSIVE
command -v dotnet > /dev/null || PATH="$PATH:$HOME/.dotnet:/usr/share/dotnet:/usr/lib/dotnet"
exec dotnet test -c Release "$here/tests/NacrithOnnx.Train.Tests.csproj" "$@"
