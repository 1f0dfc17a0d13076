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
# publish NAME [OPTION]
publish() {
    dotnet publish "$root/src/Samples/Embedded" -c Release -r linux-arm64 -p:NativeFramework=net10.0 -p:RunAnalyzers=false --nologo \
        -v quiet -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc -p:ObjCopyName=aarch64-linux-gnu-objcopy \
        --artifacts-path "$scratch/$1.artifacts" -o "$scratch/$1" "${@:2}" >&2
}

# As the sample is built it has what every Arm64 has, unless it is told more.
publish plain
publish dotprod -p:IlcInstructionSet=dotprod

# count PROGRAM STEPS MODEL: instructions of the whole process.
count() {
    local lines=0
    mkfifo "$scratch/log"
    wc -l < "$scratch/log" > "$scratch/lines" &
    qemu-aarch64 -cpu max -singlestep -d exec,nochain -D "$scratch/log" -L /usr/aarch64-linux-gnu \
        "$scratch/$1/FastRnn.Embedded" steps "$2" "$3" > "$scratch/said" 2>&1 \
        || { cat "$scratch/said" >&2; echo "arm.sh: the emulated program failed" >&2; exit 1; }
    wait $!
    lines=$(cat "$scratch/lines")
    rm "$scratch/log"
    echo "$lines"
}

# of PROGRAM MODEL: instructions of a step. The number of steps is not in what comes before and after them.
of() {
    local many few
    many=$(count "$1" 60 "$2")
    few=$(count "$1" 20 "$2")
    ((many > few)) || { echo "arm.sh: the emulator counted nothing" >&2; exit 1; }
    echo $(((many - few) / 40))
}

# Before anything is written, so that a failure ends it all.
declare -A counts
for model in keywords keywords-int8 pedal; do
    for program in plain dotprod; do
        counts[$model/$program]=$(of "$program" "$model")
    done
done

{
    printf '# A step on Arm64\n\n'
    printf 'Written by `benchmarks/arm.sh` on %s: instructions of `Session.Step` in a native program (net10.0, vectors of 128 bits), counted by QEMU %s. ' \
        "$(date -u +%F)" "$(qemu-aarch64 --version | sed -n '1s/.*version \([0-9.]*\).*/\1/p')"
    printf 'No time is measured: no Arm machine was at hand. An LSTM 1 -> 16 with its dense layer has 1,104 multiply-adds, which are 276 vectors of 128 bits; the GRU 40 -> 154 with its dense layer has 91,476 (22,869 vectors; '
    printf 'in int8 5,717 instructions of the dot product).\n\n'
    printf '| model | every Arm64 | `-p:IlcInstructionSet=dotprod` |\n|---|---|---|\n'
    printf '| keywords, GRU 40 -> 154 -> 12, float32 | %s | %s |\n' "${counts[keywords/plain]}" "${counts[keywords/dotprod]}"
    printf '| the same, int8 | %s | %s |\n' "${counts[keywords-int8/plain]}" "${counts[keywords-int8/dotprod]}"
    printf '| pedal, LSTM 1 -> 16 -> 1, float32 | %s | %s |\n' "${counts[pedal/plain]}" "${counts[pedal/dotprod]}"
} > "$scratch/table"
if [[ $# -gt 0 ]]; then mkdir -p "$(dirname "$1")"; cp "$scratch/table" "$1"; else cat "$scratch/table"; fi
