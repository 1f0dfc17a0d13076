#!/usr/bin/env bash
# Installs what FastRnn is compared with, on Debian 12 or later: the distribution's own oneDNN and PyTorch, and today's of both and TorchSharp.
#
#   benchmarks/peers/install.sh
#
# Packages of the distribution are installed with apt-get, as root or with sudo, and only where they are missing. Today's versions are Debian's
# sid in a folder of its own, entered by chroot, so this part and the comparison with it need root. All that is made stands outside the repository:
#   ${FASTRNN_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fastrnn-peers}
# about 4 GB. ONNX Runtime comes with the benchmarks' own packages. The script may be run again at any time. Libraries are built for this processor
# (-march=native): run it on each machine.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${FASTRNN_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/fastrnn-peers}
sid=$cache/sid

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

install_packages() {
    command -v dpkg-query > /dev/null || { say "not Debian: expecting a C++ compiler, oneDNN and PyTorch to be there"; return; }
    # PyTorch multiplies with the BLAS that is installed; with the reference BLAS it is ten times slower than with OpenBLAS.
    local wanted=(g++ libdnnl-dev python3-torch python3-numpy libopenblas0-openmp debootstrap) missing=() package
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

# Where this system gets its packages from, which has sid as well.
mirror() {
    # Either of the two may be missing.
    { grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2> /dev/null || true; } | head -1 | tr -d ' '
}

# A folder that is half made is made anew: the last step leaves a mark.
install_sid() {
    [[ $EUID -eq 0 ]] || { say "sid: left out, which needs root: debootstrap and chroot"; return; }
    if [[ ! -f $sid/fastrnn/complete ]]; then
        local from
        from=$(mirror)
        [[ -n $from ]] || fail "sid: no mirror of Debian in apt's sources"
        rm -rf "$sid.new"
        debootstrap --variant=minbase sid "$sid.new" "$from" > /dev/null || fail "sid: debootstrap failed, see $sid.new/debootstrap/debootstrap.log"
        chroot "$sid.new" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            python3-torch python3-numpy libopenblas0-openmp libdnnl-dev g++ > /dev/null
        mkdir -p "$sid.new/fastrnn"
        touch "$sid.new/fastrnn/complete"
        rm -rf "$sid"
        mv "$sid.new" "$sid"
    fi
    say "sid: PyTorch $(chroot "$sid" python3 -c 'import torch; print(torch.__version__)')"
    build "$sid/fastrnn" chroot "$sid"
    install_torchsharp
}

# build FOLDER [COMMAND...]: oneDNN behind a C interface, with the compiler of the system that the command enters. Replaced at once: a running
# benchmark keeps what it has loaded.
build() {
    local folder=$1 inside=$1
    shift
    [[ $# -eq 0 ]] || inside=/fastrnn
    cp "$here/onednn.cpp" "$folder/onednn.cpp"
    "$@" g++ -std=c++17 -O3 -march=native -Wall -Wextra -shared -fPIC -o "$inside/libfastrnn_onednn.so.new" "$inside/onednn.cpp" -fopenmp -ldnnl
    mv "$folder/libfastrnn_onednn.so.new" "$folder/libfastrnn_onednn.so"
    say "oneDNN: built $folder/libfastrnn_onednn.so"
}

# With its runtime: the folder has none.
install_torchsharp() {
    command -v dotnet > /dev/null || { say "TorchSharp: left out, there is no .NET SDK"; return; }
    dotnet publish "$here/TorchSharp" -c Release -r linux-x64 --self-contained -o "$sid/fastrnn/torchsharp" -v quiet --nologo
    say "TorchSharp: published"
}

mkdir -p "$cache"
install_packages
build "$cache"
install_sid
say "done; to check: dotnet run -c Release --project benchmarks/FastRnn.Benchmarks -- peers-selfcheck"
