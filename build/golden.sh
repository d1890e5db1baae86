#!/usr/bin/env bash
# Makes the golden files of texts anew with the model in models/onnx, their rows in golden/README.md, and the sums.
# Only for weights that no release has had: golden files of a release never change.
set -euo pipefail
cd "$(dirname "$0")/.."
export NACRITH_WRITE_GOLDEN_MODEL=1
dotnet test tests -c Release --filter "FullyQualifiedName~GoldenModelTests.A_golden_file"
NACRITH_WRITE_GOLDEN=1 dotnet test tests -c Release --filter "FullyQualifiedName~GoldenContainerTests"
