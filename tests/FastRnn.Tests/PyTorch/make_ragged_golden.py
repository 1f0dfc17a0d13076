#!/usr/bin/env python3
"""Writes golden files of sequences of different lengths, for layers in one direction and in both.

The sequences go through torch.nn.LSTM and torch.nn.GRU as a packed sequence (torch.nn.utils.rnn.pack_padded_sequence). Everything that
has one entry a position is stored ragged, one sequence behind the other. Inputs, targets and weights are numbers of single precision,
stored as F32; outputs, loss and gradients are computed from them in double precision, stored as F64. The loss is the sum over the
positions of weight * mean((y - target)^2). Usage: make_ragged_golden.py [FOLDER]
"""
import math
import pathlib
import random
import sys

import torch
from torch.nn.utils import rnn

import safetensors_file
from make_golden import numbers, tightness
from torch_cells import CELLS

LENGTHS = [4, 1, 9, 9, 2, 6, 1]

# cell, input size, hidden size, layers, directions
CASES = [("lstm", 3, 5, 1, 2), ("lstm", 7, 5, 2, 2), ("gru", 3, 17, 1, 2), ("gru", 5, 4, 2, 2), ("gru", 4, 5, 1, 1)]


def make_case(cell, inputs, hidden, layers, directions, seed):
    rng = random.Random(seed)
    module = CELLS[cell](inputs, hidden, layers, bidirectional=directions == 2)
    given = {}
    for name, parameter in module.named_parameters():
        # As in make_golden.py: asymmetric, and the sum of both biases is a single.
        grid = 2.0 ** 16 if name.startswith("bias") else None
        given[name] = numbers(rng, parameter.shape, 1 / math.sqrt(hidden), 0.3 / hidden, grid)
    positions = sum(LENGTHS)
    given["x"] = numbers(rng, (positions, inputs), 1, 0.1)
    given["targets"] = numbers(rng, (positions, directions * hidden), 1, 0.1)
    given["weights"] = torch.tensor([rng.choice([0.0, 0.5, 1.0, 1.0, 2.0]) for _ in range(positions)])
    return module, given


def solve(module, given, dtype):
    """Outputs, loss and gradients in the precision of `dtype`."""
    module = module.to(dtype)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(given[name])
            parameter.grad = None
    x = given["x"].to(dtype).requires_grad_()
    packed = rnn.pack_padded_sequence(rnn.pad_sequence(x.split(LENGTHS)), LENGTHS, enforce_sorted=False)
    padded, lengths = rnn.pad_packed_sequence(module(packed)[0])
    y = torch.cat([padded[:length, b] for b, length in enumerate(lengths)])
    loss = (given["weights"].to(dtype) * (y - given["targets"].to(dtype)).square().mean(1)).sum()
    loss.backward()
    solved = {"y": y, "loss": loss.reshape(1), "grad.x": x.grad}
    solved.update({"grad." + name: parameter.grad for name, parameter in module.named_parameters()})
    return {name: value.detach().clone() for name, value in solved.items()}


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    torch.set_num_threads(1)
    for index, (cell, inputs, hidden, layers, directions) in enumerate(CASES):
        module, given = make_case(cell, inputs, hidden, layers, directions, 9000 + index)
        double = solve(module, given, torch.float64)
        single = solve(module, given, torch.float32)
        name = f"ragged_{cell}_{layers}x{directions}"
        safetensors_file.write(folder / f"{name}.safetensors", {**given, **double}, {"lengths": " ".join(map(str, LENGTHS))})
        used = tightness(single, double, (max(inputs, directions * hidden) + hidden) * max(LENGTHS))
        print(f"{name:20} loss {double['loss'].item():.3f}  PyTorch's float32 uses {used:.2f} of the bound")


if __name__ == "__main__":
    main()
