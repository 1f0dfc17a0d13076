#!/usr/bin/env bash
# A real table in three commands: train, report, predict; then the same model in PyTorch, if it is there.
# usage: benchmarks/tables/run.sh [FOLDER]
#
# The table: daily means of particles (PM10) in the air of 70 rural stations in Germany, 1998 to 2009, from AirBase, the air quality data
# base of the European Environment Agency; 166,836 rows from each station's first day to its last, 17,685 of them without a value. It is the
# data set "air" of the R package spacetime 1.2-8 (Pebesma 2012, GPL-2 or later), Debian's r-cran-spacetime; nothing of it is kept here.
# Needs apt-get, dpkg-deb and python3 (for PyTorch: python3-torch).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
cd "$folder"

if [ ! -f air.csv ]; then
    apt-get download -q r-cran-spacetime
    dpkg-deb -x r-cran-spacetime_*.deb package
    python3 "$here/rda_to_csv.py" package/usr/lib/R/site-library/spacetime/data/air.rda air.csv
fi

fastrnn() { dotnet run -c Release --no-build --project "$here/../../src/FastRnn.Cli" -- "$@"; }
dotnet build -c Release -v quiet "$here/../../src/FastRnn.Cli"
time fastrnn train air.csv --target pm10 --horizon 1,3 --time date --group station --hidden 64 --window 24 --epochs 20 --out air
time fastrnn info air
time fastrnn predict air air.csv --out predictions.csv

python=$(for each in python3 /usr/bin/python3; do "$each" -c 'import torch' 2> /dev/null && echo "$each" && break; done || true)
if [ -n "$python" ]; then
    "$python" "$here/torch_table.py" air.csv air 20
fi
