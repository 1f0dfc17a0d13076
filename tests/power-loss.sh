#!/usr/bin/env bash
# What a training run leaves if the power goes: tests/power-loss.sh [FOLDER]
# Records the system calls of `fastrnn train` and of one run that is taken up again, and opens the folder as it may be found after each of
# them. FOLDER (a temporary one, if none is named) keeps the trace. Needs Linux and strace.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v strace > /dev/null; then
    echo "strace is missing: apt-get install strace, and try again" >&2
    exit 2
fi

folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build tests/FastRnn.Fuzz -c Release -v quiet --artifacts-path artifacts/quick -p:RunAnalyzers=false -p:GenerateDocumentationFile=false
program=artifacts/quick/bin/FastRnn.Fuzz/release
traced() {
    strace -f -y -xx -s 100000000 -o "$folder/trace.$1" \
        -e trace=open,openat,creat,write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,link,linkat \
        dotnet "$program/FastRnn.Cli.dll" train "${@:2}" --threads 1 > "$folder/output.$1"
}
rm -rf "$folder/model"
for i in $(seq 400); do printf 'line %d of a text that nobody needs to know, %d letters long\n' "$i" $((i * 7 % 61)); done > "$folder/text"
traced 1 "$folder/text" --cell elman --batch-size 4 --sequence-length 8 --steps 12 --out "$folder/model"
traced 2 --resume "$folder/model" --steps 24
traced 3 --resume "$folder/model" --steps 36
cat "$folder"/trace.[123] > "$folder/trace"
dotnet "$program/FastRnn.Fuzz.dll" power-loss "$folder/trace" "$folder/model"
