#!/usr/bin/env bash
# Instructions of a step on Arm64: the embedded sample is compiled natively for it and run under an emulator that writes down every
# instruction. Counts, no times: no Arm machine was at hand. Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user.
#
#   benchmarks/arm.sh [FILE]        writes a table to FILE, or to standard output
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/.." && pwd)
for tool in aarch64-linux-gnu-gcc aarch64-linux-gnu-objcopy qemu-aarch64 dotnet; do
    command -v "$tool" > /dev/null || { echo "arm.sh: there is no $tool (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)" >&2; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
dotnet publish "$root/src/Samples/Embedded" -c Release -r linux-arm64 -p:NativeFramework=net10.0 -p:RunAnalyzers=false --nologo -v quiet \
    -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc -p:ObjCopyName=aarch64-linux-gnu-objcopy \
    --artifacts-path "$scratch/artifacts" -o "$scratch/out" >&2

# count CPU STEPS MODEL: instructions of the whole process.
count() {
    qemu-aarch64 -cpu "$1" -singlestep -d exec,nochain -D >(wc -l > "$scratch/lines") -L /usr/aarch64-linux-gnu \
        "$scratch/out/FastRnn.Embedded" steps "$2" "$3" > /dev/null 2>&1
    while [[ ! -s $scratch/lines ]]; do sleep 0.1; done
    cat "$scratch/lines"
    rm "$scratch/lines"
}

# of CPU MODEL: instructions of a step. The number of steps is not in what comes before and after them.
of() { echo $((($(count "$1" 60 "$2") - $(count "$1" 20 "$2")) / 40)); }

{
    printf '# A step on Arm64\n\n'
    printf 'Written by `benchmarks/arm.sh` on %s: instructions of `Session.Step` in a native program (net10.0, vectors of 128 bits), counted by QEMU %s. ' \
        "$(date -u +%F)" "$(qemu-aarch64 --version | sed -n '1s/.*version \([0-9.]*\).*/\1/p')"
    printf 'No time is measured: no Arm machine was at hand. An LSTM 1 -> 16 with its dense layer has 1,104 multiply-adds, which are 276 vectors of 128 bits; the GRU 40 -> 154 with its dense layer has 91,476 (22,869 vectors; '
    printf 'in int8 5,717 instructions of the dot product).\n\n'
    printf '| model | dot product of bytes (`-cpu max`) | without it (`-cpu cortex-a53`) |\n|---|---|---|\n'
    printf '| keywords, GRU 40 -> 154 -> 12, float32 | %s | %s |\n' "$(of max keywords)" "$(of cortex-a53 keywords)"
    printf '| the same, int8 | %s | %s |\n' "$(of max keywords-int8)" "$(of cortex-a53 keywords-int8)"
    printf '| pedal, LSTM 1 -> 16 -> 1, float32 | %s | %s |\n' "$(of max pedal)" "$(of cortex-a53 pedal)"
} > "$scratch/table"
if [[ $# -gt 0 ]]; then mkdir -p "$(dirname "$1")"; cp "$scratch/table" "$1"; else cat "$scratch/table"; fi
