#!/usr/bin/env python3
"""Shows that weights travel between FastRnn and PyTorch.

    interop.py check FILE --cell lstm --input 3 --hidden 5 --layers 2
        loads FILE, written by FastRnn, strictly into torch.nn.LSTM (GRU, RNN) and compares the module's outputs with those that
        FastRnn left beside it in FILE.outputs.safetensors (x [T, B, I] and y [T, B, H]; the states begin as zeros).
    interop.py write FILE --cell ...
        writes PyTorch's weights, and beside them inputs and outputs in the same form, for FastRnn's tests to read.
"""
import argparse
import math
import pathlib
import sys

import torch

import safetensors_file
from torch_cells import BIDIRECTIONAL, CELLS, run

ALL = {**CELLS, **BIDIRECTIONAL}


def outputs_path(path):
    return path.with_suffix(".outputs" + path.suffix)


def forward(module, x, args):
    zeros = torch.zeros(args.layers * (2 if module.bidirectional else 1), x.shape[1], args.hidden, dtype=torch.float64)
    with torch.no_grad():
        return run(module.double(), x.double(), zeros, zeros)[0]


def write(module, args):
    x = torch.sin(torch.arange(7 * 3 * args.input, dtype=torch.float32) * 0.7).reshape(7, 3, args.input)
    safetensors_file.write(args.file, module.state_dict(), {"format": "pt"})
    safetensors_file.write(outputs_path(args.file), {"x": x, "y": forward(module, x, args)}, {})
    print(f"{args.file}: {', '.join(module.state_dict())}")


def check(module, args):
    tensors, _ = safetensors_file.read(args.file)
    module.load_state_dict(tensors, strict=True)
    outputs, _ = safetensors_file.read(outputs_path(args.file))
    expected = forward(module, outputs["x"], args)
    error = ((outputs["y"] - expected).abs().max() / expected.abs().max()).item()
    bound = 4 * math.ceil(math.log2((args.input + args.hidden) * len(expected))) * 2.0 ** -23
    print(f"{args.file}: {', '.join(tensors)}: the outputs differ by {error:.2e}, allowed are {bound:.2e}")
    return error <= bound


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["check", "write"])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--cell", choices=ALL, required=True)
    for name in ("input", "hidden", "layers"):
        parser.add_argument("--" + name, type=int, required=True)
    args = parser.parse_args()

    torch.manual_seed(1)
    module = ALL[args.cell](args.input, args.hidden, args.layers)
    if args.what == "write":
        write(module, args)
    elif not check(module, args):
        sys.exit(1)


if __name__ == "__main__":
    main()
