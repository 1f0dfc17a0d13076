#!/usr/bin/env python3
"""Writes the golden files against which FastRnn's forward and backward passes are tested.

Inputs and weights are numbers of single precision, stored as F32; PyTorch computes outputs and gradients from them in double
precision, stored as F64. The loss is sum(dy * y) + sum(dhn * hn) + sum(dcn * cn). Usage: make_golden.py [FOLDER]
"""
import math
import pathlib
import random
import sys

import torch

import safetensors_file
from torch_cells import CELLS, run

# (hidden size, input size): every size occurs as both.
ONE_LAYER = [(1, 3), (2, 1), (3, 2), (5, 7), (7, 5), (8, 17), (15, 8), (16, 16), (17, 31), (31, 15), (33, 65), (65, 33)]
TWO_LAYERS = [(2, 3), (5, 7), (8, 1), (16, 17), (31, 16), (65, 33)]

# (steps, batch): every pair once. The long ones go to the small sizes; those between rotate from cell to cell.
SMALL, LARGE = [(33, 8), (33, 3)], [(33, 1), (7, 3)]
BETWEEN = [(7, 8), (7, 1), (2, 3), (1, 8), (2, 8), (1, 3), (2, 1), (1, 1)]
TWO_LAYERS_TIMES = [(33, 8), (33, 3), (1, 8), (33, 1), (7, 8), (2, 3)]

# LSTM with projection: (layers, hidden size, projection, input size, steps, batch).
PROJECTED = [(1, 7, 5, 3, 33, 3), (2, 33, 17, 5, 7, 8)]


def numbers(rng, shape, scale, offset=0.0, grid=None):
    """Uniform in offset ± scale, rounded to single precision, or to multiples of 1 / grid."""
    values = [offset + scale * rng.uniform(-1, 1) for _ in range(math.prod(shape))]
    if grid:
        values = [round(v * grid) / grid for v in values]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


def make_case(cell, seed, inputs, hidden, layers, steps, batch, projection=0):
    rng = random.Random(seed)
    module = CELLS[cell](inputs, hidden, layers, proj_size=projection) if projection else CELLS[cell](inputs, hidden, layers)
    outputs = projection or hidden
    sizes = {"h": outputs, "c": hidden}
    given = {}
    for name, parameter in module.named_parameters():
        # The offset makes them asymmetric; it shrinks with the size, so that the recurrence does not grow. The sum of PyTorch's
        # two biases shall be a single too, because FastRnn stores only the sum: hence a grid for the biases.
        grid = 2.0 ** 16 if name.startswith("bias") else None
        given[name] = numbers(rng, parameter.shape, 1 / math.sqrt(hidden), 0.3 / hidden, grid)
    given["x"] = numbers(rng, (steps, batch, inputs), 1, 0.1)
    states = ["h", "c"] if cell == "lstm" else ["h"]
    for state in states:
        given[state + "0"] = numbers(rng, (layers, batch, sizes[state]), 0.8, 0.1)
    given["dy"] = numbers(rng, (steps, batch, outputs), 1, 0.2)
    for state in states:
        given[f"d{state}n"] = numbers(rng, (layers, batch, sizes[state]), 1, -0.2)
    return module, given


def solve(module, given, dtype):
    """Outputs and gradients in the precision of `dtype`."""
    module = module.to(dtype)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(given[name])
            parameter.grad = None
    leaves = {name: given[name].to(dtype).requires_grad_() for name in ("x", "h0", "c0") if name in given}
    y, last = run(module, leaves["x"], leaves["h0"], leaves.get("c0"))
    loss = (given["dy"].to(dtype) * y).sum()
    for name, value in last.items():
        loss = loss + (given["d" + name].to(dtype) * value).sum()
    loss.backward()
    solved = {"y": y, **last}
    for name, leaf in [*module.named_parameters(), *leaves.items()]:
        solved["grad." + name] = leaf.grad
    return {name: value.detach().clone() for name, value in solved.items()}


def tightness(single, double, terms):
    """How much of the tests' bound PyTorch's own single precision uses: above 1 the test would be unfair."""
    bound = 4 * math.ceil(math.log2(terms)) * 2.0 ** -23
    worst = 0.0
    for name, exact in double.items():
        error = (single[name].double() - exact).abs().max().item()
        worst = max(worst, error / (bound * (2 if name.startswith("grad.") else 1) * exact.abs().max().item()))
    return worst


def write(path, metadata, case, terms):
    module, given = case
    double = solve(module, given, torch.float64)
    single = solve(module, given, torch.float32)
    safetensors_file.write(path, {**given, **double}, {key: str(value) for key, value in metadata.items()})
    print(f"{path.stem:24} T {metadata['steps']:2} B {metadata['batch']}  largest y {double['y'].abs().max():6.3f}  largest gradient "
          f"{max(v.abs().max() for k, v in double.items() if k.startswith('grad.')):9.3f}  "
          f"PyTorch's float32 uses {tightness(single, double, terms):.2f} of the bound")


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    folder.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    for number, cell in enumerate(CELLS):
        turn = 2 * number
        times = SMALL + BETWEEN[turn:] + BETWEEN[:turn] + LARGE
        cases = [(1, *size, *time) for size, time in zip(ONE_LAYER, times)]
        cases += [(2, *size, *time) for size, time in zip(TWO_LAYERS, TWO_LAYERS_TIMES)]
        for index, (layers, hidden, inputs, steps, batch) in enumerate(cases):
            metadata = {"cell": cell, "input": inputs, "hidden": hidden, "layers": layers, "steps": steps, "batch": batch}
            write(folder / f"{cell}_i{inputs}_h{hidden}_l{layers}.safetensors", metadata,
                  make_case(cell, 1000 * number + index, inputs, hidden, layers, steps, batch), (inputs + hidden) * steps)
    for index, (layers, hidden, projection, inputs, steps, batch) in enumerate(PROJECTED):
        metadata = {"input": inputs, "hidden": hidden, "projection": projection, "layers": layers, "steps": steps, "batch": batch}
        write(folder / f"projected_i{inputs}_h{hidden}_p{projection}_of_{layers}.safetensors", metadata,
              make_case("lstm", 9000 + index, inputs, hidden, layers, steps, batch, projection), (inputs + hidden) * steps)


if __name__ == "__main__":
    main()
