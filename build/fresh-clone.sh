#!/usr/bin/env bash
# What a stranger does: clones, and types what README.md says under "Start", with an empty package cache and home.
# Takes the commands from the README itself, so that they cannot differ.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git clone -q "$repository" "$work/nacrith"
cd "$work/nacrith"
commands=$(awk '/^## / { on = $0 == "## Start" } on && /^```/ { code = !code; next } on && code' README.md)
[[ $commands == "git clone"* ]] || { echo "fresh-clone.sh: README.md does not begin with a clone" >&2; exit 1; }

export HOME=$work/home DOTNET_CLI_HOME=$work/home NUGET_PACKAGES=$work/packages
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
mkdir "$HOME"
bash -euxo pipefail -c "${commands#*$'\n'}"
