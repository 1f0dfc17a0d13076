#!/bin/sh
# Runs every exported script in PyTorch and compares its output with FastRnn's. Needs python3 with torch and safetensors
# (Debian: python3-torch and python3-safetensors); PYTHON may be another command. Outside of CI, which has no PyTorch.
set -eu

project=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
FASTRNN_PYTORCH_EXPORTS=$folder dotnet test "$project" --configuration Release --filter "FullyQualifiedName~.Export.PyTorchScriptTests."
${PYTHON:-python3} "$project/Export/run_exports.py" "$folder"
