"""Writes the table of daily air quality of the R package spacetime (air.rda) as CSV: station, date, pm10.

Usage: rda_to_csv.py air.rda air.csv. Reads R's serialisation (XDR, "R Internals", section 1.8) with the standard library alone."""
import bz2
import csv
import datetime
import gzip
import lzma
import math
import struct
import sys


class Reader:
    def __init__(self, data):
        self.data, self.at, self.references = data, 0, []

    def integer(self):
        self.at += 4
        return struct.unpack(">i", self.data[self.at - 4:self.at])[0]

    def numbers(self, letter, size):
        count = self.integer()
        self.at += count * size
        return list(struct.unpack(f">{count}{letter}", self.data[self.at - count * size:self.at]))

    def item(self):
        flags = self.integer()
        kind, has_attributes, has_tag = flags & 255, flags & 512, flags & 1024
        if kind == 255:                                            # a reference to a symbol or an environment
            return self.references[(flags >> 8 or self.integer()) - 1]
        if kind in (254, 253, 251, 242, 241):                      # NULL, the global environment, the missing argument, empty ones
            return None
        if kind == 1:                                              # a symbol
            self.references.append(self.item())
            return self.references[-1]
        if kind in (2, 6):                                         # a list of pairs, a call
            pairs = {}
            while kind in (2, 6):
                if has_attributes:
                    self.item()
                tag = self.item() if has_tag else len(pairs)
                pairs[tag] = self.item()
                flags = self.integer()
                kind, has_attributes, has_tag = flags & 255, flags & 512, flags & 1024
            return pairs
        if kind == 9:                                              # a text
            count = self.integer()
            self.at += max(count, 0)
            return None if count < 0 else self.data[self.at - count:self.at].decode("latin-1")
        if kind in (10, 13):
            value = self.numbers("i", 4)
        elif kind == 14:
            value = self.numbers("d", 8)
        elif kind in (16, 19, 20):
            value = [self.item() for _ in range(self.integer())]
        elif kind == 25:                                           # an S4 object: all of it stands in its attributes
            value = []
        else:
            raise SystemExit(f"type {kind} at byte {self.at} is not known")
        return (value, self.item()) if has_attributes else value


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    for begin, module in ((b"\x1f\x8b", gzip), (b"BZh", bz2), (b"\xfd7zXZ", lzma)):
        if data.startswith(begin):
            data = module.decompress(data)
    if data[:7] not in (b"RDX2\nX\n", b"RDX3\nX\n"):
        raise SystemExit(f"{path}: no file of R's save()")
    reader = Reader(data[7:])
    version = reader.integer()
    reader.at += 8
    if version == 3:
        reader.at += 4 + struct.unpack(">i", reader.data[reader.at:reader.at + 4])[0]
    return reader.item()


content = read(sys.argv[1])
values, attributes = content["air"]                                # a matrix: stations are rows, in columns of days
days = content["dates"][0]
stations = attributes["dimnames"][0] if "dimnames" in attributes else [f"s{i + 1}" for i in range(attributes["dim"][0])]
stations = stations[0] if isinstance(stations, tuple) else stations
with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["station", "date", "pm10"])
    for s, station in enumerate(stations):
        column = [values[d * len(stations) + s] for d in range(len(days))]
        measured = [d for d, value in enumerate(column) if not math.isnan(value)]
        for d in range(measured[0], measured[-1] + 1) if measured else ():
            date = datetime.date(1970, 1, 1) + datetime.timedelta(days=int(days[d]))
            writer.writerow([station, date.isoformat(), "" if math.isnan(column[d]) else f"{column[d]:g}"])
