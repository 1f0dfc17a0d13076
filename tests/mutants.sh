#!/usr/bin/env bash
# Which changes of emitted kernels and of the runtime do the numeric tests notice? tests/mutants.sh [FOLDER] [options of FastRnn.Mutants campaign]
# FOLDER (a temporary one, if none is named) keeps what is known: a campaign that was stopped goes on with it. Takes an hour or two.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=${1:-$(mktemp -d)}
shift || true

# Where the machine has vectors of 256 bits, kernels of both narrow widths: that all widths have the same bits is a test, too.
widths=128
! grep -qw avx2 /proc/cpuinfo 2> /dev/null || widths=128+256
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
for project in FastRnn.Kernels.Tests FastRnn.Tests FastRnn.Mutants; do
    dotnet build "tests/$project" -c Release -v quiet -p:FastRnnWidths=$widths -p:RunAnalyzers=false
done
dotnet exec tests/FastRnn.Mutants/bin/Release/net10.0/FastRnn.Mutants.dll campaign "$folder" --widths $widths "$@"
