#!/bin/sh
# Runs ONNX's own tests of operators (node tests), which are not part of this repository: gets them from Debian's package libonnx-testdata into
# a temporary folder and removes them afterwards. FASTRNN_ONNX_NODE_TESTS may name a folder that holds them already.
set -eu

project=$(cd "$(dirname "$0")" && pwd)
if [ -z "${FASTRNN_ONNX_NODE_TESTS:-}" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cd "$folder"
    apt-get download libonnx-testdata
    dpkg-deb --extract libonnx-testdata_*.deb .
    FASTRNN_ONNX_NODE_TESTS=$folder/usr/share/libonnx-testdata/data/node
fi

export FASTRNN_ONNX_NODE_TESTS
dotnet test "$project" --configuration Release --filter "FullyQualifiedName~.Onnx.NodeTests."
