#!/usr/bin/env bash
# Whether the working tree is slower than a commit before it: benchmarks/before.sh [--rounds N] [--only GROUP] [COMMIT]
# Builds the commit A (eebc6c2, unless another one is named) and the working tree B, each in a temporary folder, with the rows of
# benchmarks/Before as they are in the working tree. Then both take turns, a process for each group of rows, in at least seven rounds
# unless fewer are asked for. GROUP may be one of those that a wrong one is answered with, or a part of their names.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/.." && pwd)
rounds=7 only='' commit=eebc6c2
while (($#)); do
    case $1 in
        --rounds) rounds=${2:?a number}; shift 2 ;;
        --only) only=${2:?a group}; shift 2 ;;
        -*) sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
        *) commit=$1; shift ;;
    esac
done

commit=$(git -C "$root" rev-parse --verify --short "$commit^{commit}")
scratch=$(mktemp -d)
child=
stop() { [ -z "$child" ] || kill "$child" 2> /dev/null || true; rm -rf "$scratch"; }
trap stop EXIT
trap 'exit 130' INT TERM

# Names of one length: what lies on a stack or in the environment lies where it lies for the other side.
mkdir "$scratch/a" "$scratch/b"
git -C "$root" archive "$commit" | tar -x -C "$scratch/a"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar -c --null -T -) | tar -x -C "$scratch/b"
rm -rf "$scratch/a/benchmarks/Before"
cp -r "$scratch/b/benchmarks/Before" "$scratch/a/benchmarks/Before"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false NuGetAudit=false
for side in a b; do
    echo "building $([ $side = a ] && echo "A: $commit" || echo 'B: the working tree')" >&2
    dotnet build "$scratch/$side/benchmarks/Before" -c Release -v quiet >&2
done

# The same for both, whatever the caller's environment says.
export DOTNET_TieredPGO=0
program() { echo "$scratch/$1/benchmarks/Before/bin/Release/net10.0/FastRnn.Before.dll"; }
mapfile -t all < <(dotnet "$(program b)" groups)
groups=()
for group in "${all[@]}"; do
    [[ $group != *"$only"* ]] || groups+=("$group")
done
[ ${#groups[@]} -gt 0 ] || { printf 'no such group: %s; expected one of:\n' "$only" >&2; printf '  %s\n' "${all[@]}" >&2; exit 2; }

measure() {
    dotnet "$(program "$1")" measure "$2" >> "$scratch/$1.txt" &
    child=$!
    wait "$child"
    child=
}

for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds; load $(cut -d' ' -f1 /proc/loadavg 2> /dev/null || echo unknown)" >&2
    # Whoever is second finds a warmer machine, so they change places.
    sides=(a b)
    ((round % 2)) || sides=(b a)
    for group in "${groups[@]}"; do
        for side in "${sides[@]}"; do
            measure "$side" "$group"
        done
    done
done

echo "A: $commit, B: the working tree; $rounds rounds"
dotnet "$(program b)" report "$scratch/a.txt" "$scratch/b.txt"
