#!/usr/bin/env bash
# Installs what FastRnn is compared with, on Debian 12 or later: oneDNN, ONNX Runtime, PyTorch; RTNeural if its sources are there.
#
#   benchmarks/peers/install.sh
#
# Packages of the distribution are installed with apt-get (as root or with sudo) only where they are missing: without root
# the script does everything else once they are there. What is downloaded or built goes into a folder outside the repository:
#   ${FASTRNN_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fastrnn-peers}
# RTNeural is in no registry: clone jatinchowdhury18/RTNeural and set RTNEURAL_INCLUDE to the clone (the folder that contains
# RTNeural/RTNeural.h). It is built with xsimd, Debian's libxsimd-dev, or the one in XSIMD_INCLUDE. RTNEURAL_FLAGS are further
# flags of the compiler (-mno-avx512f: faster where the state fills no vector of 16), RTNEURAL_VERSION what to call it.
# The script may be run again at any time. Libraries are built for this processor (-march=native): run it on each machine.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${FASTRNN_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fastrnn-peers}
onnxruntime=1.30.0

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

install_packages() {
    command -v dpkg-query > /dev/null || { say "not Debian: expecting a C++ compiler, oneDNN 2.x, xsimd, PyTorch and npm to be there"; return; }
    # PyTorch multiplies with the BLAS that is installed; with the reference BLAS it is ten times slower than with OpenBLAS.
    local wanted=(g++ libdnnl-dev libxsimd-dev python3-torch python3-numpy libopenblas0-openmp) missing=() package
    command -v npm > /dev/null || wanted+=(npm)
    for package in "${wanted[@]}"; do
        [[ $(dpkg-query -W -f='${Status}' "$package" 2> /dev/null) == "install ok installed" ]] || missing+=("$package")
    done
    if [[ ${#missing[@]} -eq 0 ]]; then
        say "packages: all there"
        return
    fi
    say "packages: installing ${missing[*]}"
    local root=()
    if [[ $EUID -ne 0 ]]; then
        command -v sudo > /dev/null || fail "missing packages and neither root nor sudo; as root: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

install_onnxruntime() {
    local manifest=$cache/node_modules/onnxruntime-node/package.json
    if [[ -f $manifest ]] && grep -q "\"version\": \"$onnxruntime\"" "$manifest"; then
        say "ONNX Runtime $onnxruntime: there"
        return
    fi
    # The package's scripts would download what a GPU needs.
    npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund --loglevel=error "onnxruntime-node@$onnxruntime"
    say "ONNX Runtime $onnxruntime: installed"
}

# build NAME FLAGS...: compiles NAME.cpp into libfastrnn_NAME.so. Replaced at once: a running benchmark keeps what it has loaded.
build() {
    local name=$1 target=$cache/libfastrnn_$1.so
    shift
    g++ -std=c++17 -O3 -march=native -Wall -Wextra -shared -fPIC -o "$target.new" "$here/$name.cpp" "$@"
    mv "$target.new" "$target"
    say "$name: built $target"
}

build_rtneural() {
    if [[ -z ${RTNEURAL_INCLUDE:-} ]]; then
        say "RTNeural: left out; set RTNEURAL_INCLUDE to a clone of jatinchowdhury18/RTNeural"
        return
    fi
    [[ -f $RTNEURAL_INCLUDE/RTNeural/RTNeural.h ]] || fail "RTNEURAL_INCLUDE=$RTNEURAL_INCLUDE: expected RTNeural/RTNeural.h below it"
    local version
    version=${RTNEURAL_VERSION:-$(git -C "$RTNEURAL_INCLUDE" describe --tags --always 2> /dev/null || echo "of unknown version")}
    # g++ warns of its own AVX-512 header. RTNeural stores whole vectors into arrays of its default alignment: with AVX-512 they have 64 bytes.
    build rtneural -ffast-math -fno-lifetime-dse -Wno-uninitialized -Wno-maybe-uninitialized -DRTNEURAL_USE_XSIMD=1 -DRTNEURAL_DEFAULT_ALIGNMENT=64 -DFASTRNN_RTNEURAL_VERSION="\"$version\"" \
        -isystem "$RTNEURAL_INCLUDE" ${XSIMD_INCLUDE:+-isystem "$XSIMD_INCLUDE"} ${RTNEURAL_FLAGS:-}
}

mkdir -p "$cache"
install_packages
install_onnxruntime
build onednn -fopenmp -ldnnl
build_rtneural
say "done; to check: dotnet run -c Release --project benchmarks/FastRnn.Benchmarks -- peers-selfcheck"
