#!/usr/bin/env bash
# Fuzzes one reader with AFL++, which sees the code that an input reaches: tests/fuzz.sh TARGET SECONDS [FOLDER]
# FOLDER (a temporary one, if none is named) receives the corpus and what was found. Needs afl-fuzz, the package afl++ of Debian.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    echo "usage: tests/fuzz.sh TARGET SECONDS [FOLDER]; targets: dotnet run -c Release --project tests/FastRnn.Fuzz -- list" >&2
    exit 2
fi
if ! command -v afl-fuzz > /dev/null; then
    echo "afl-fuzz is missing: apt-get install afl++ (or https://aflplus.plus), and try again" >&2
    exit 2
fi

target=$1 seconds=$2
folder=${3:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
version=$(sed -n 's/.*Include="SharpFuzz" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# With kernels of this machine's width, beside what .ci/quick builds.
width=128
for flag in avx2:256 avx512f:512; do
    ! grep -qw "${flag%:*}" /proc/cpuinfo 2> /dev/null || width=${flag#*:}
done
dotnet build tests/FastRnn.Fuzz -c Release -v quiet --artifacts-path artifacts/quick -p:FastRnnWidths=$width -p:RunAnalyzers=false \
    -p:GenerateDocumentationFile=false

# Assemblies are instrumented where they are not used otherwise.
rm -rf "$folder/program"
cp -R artifacts/quick/bin/FastRnn.Fuzz/release "$folder/program"
[ -x "$folder/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version "$version" --tool-path "$folder/tool"
for assembly in FastRnn FastRnn.Interchange FastRnn.Cli FastRnn.Tables FastRnn.Generators; do
    "$folder/tool/sharpfuzz" "$folder/program/$assembly.dll"
done

dotnet "$folder/program/FastRnn.Fuzz.dll" corpus "$folder/corpus"

# Programs of .NET are no binaries of AFL's, and handle their own crashes. A machine need not be set up for it.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=${AFL_NO_UI:-1} AFL_NO_AFFINITY=1
export DOTNET_TieredPGO=0 DOTNET_gcServer=0
afl-fuzz -i "$folder/corpus/$target" -o "$folder/found-$target" -V "$seconds" -t 20000 -m none -- \
    dotnet "$folder/program/FastRnn.Fuzz.dll" afl "$target" || status=$?
echo "== $folder/found-$target"
grep -E 'execs_done|execs_per_sec|corpus_count|corpus_found|edges_found|saved_crashes|saved_hangs' "$folder/found-$target/default/fuzzer_stats"
exit "${status:-0}"
