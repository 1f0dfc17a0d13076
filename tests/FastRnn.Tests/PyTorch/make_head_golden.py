#!/usr/bin/env python3
"""Writes the golden file of a model with several inputs and several heads (ThreeHeads of the tests).

A vector, an embedded token and a one-hot token stand side by side before a GRU; behind it stand three heads with Huber's loss, a
cross-entropy of weight 0.3 and a binary cross-entropy of weight 2, whose outputs and numeric targets stand one behind the other. What is
stored, and how, is that of make_ragged_golden.py. Usage: make_head_golden.py [FOLDER]
"""
import math
import pathlib
import random
import sys

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import rnn

import safetensors_file
from make_golden import numbers, tightness

LENGTHS = [4, 1, 7, 3, 7]
FEATURES, VOCABULARY, SIZE, LETTERS, HIDDEN = 4, 6, 3, 3, 7


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, SIZE)
        self.rnn = nn.GRU(FEATURES + SIZE + LETTERS, HIDDEN)
        self.price = nn.ModuleDict({"dense0": nn.Linear(HIDDEN, 5), "dense1": nn.Linear(5, 3)})
        self.kind = nn.ModuleDict({"dense": nn.Linear(HIDDEN, 4)})
        self.signs = nn.ModuleDict({"dense": nn.Linear(HIDDEN, 2)})

    def forward(self, x, tokens):
        letters = functional.one_hot(tokens[:, 1], LETTERS).to(x.dtype)
        inputs = torch.cat((x, self.embedding(tokens[:, 0]), letters), dim=1)
        packed = rnn.pack_padded_sequence(rnn.pad_sequence(inputs.split(LENGTHS)), LENGTHS, enforce_sorted=False)
        padded, lengths = rnn.pad_packed_sequence(self.rnn(packed)[0])
        h = torch.cat([padded[:length, b] for b, length in enumerate(lengths)])
        price = self.price["dense1"](torch.tanh(self.price["dense0"](h)))
        return torch.cat((price, self.kind["dense"](h), self.signs["dense"](h)), dim=1)


def name_in_file(name):
    return name.removeprefix("rnn.")


def make_case(seed):
    rng = random.Random(seed)
    module, given, positions = Heads(), {}, sum(LENGTHS)
    for name, parameter in module.named_parameters():
        grid = 2.0 ** 16 if "bias" in name else None
        given[name_in_file(name)] = numbers(rng, parameter.shape, 1 / math.sqrt(HIDDEN), 0.3 / HIDDEN, grid)
    given["x"] = numbers(rng, (positions, FEATURES), 1, 0.1)
    given["tokens"] = torch.tensor([[rng.randrange(VOCABULARY), rng.randrange(LETTERS)] for _ in range(positions)]).float()
    given["targets"] = numbers(rng, (positions, 5), 1, 0.1).abs()
    given["target_tokens"] = torch.tensor([[rng.randrange(4)] for _ in range(positions)]).float()
    given["weights"] = torch.tensor([rng.choice([0.0, 0.5, 1.0, 1.0, 2.0]) for _ in range(positions)])
    return module, given


def solve(module, given, dtype):
    """Outputs, loss and gradients in the precision of `dtype`."""
    module = module.to(dtype)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(given[name_in_file(name)])
            parameter.grad = None
    y = module(given["x"].to(dtype), given["tokens"].long())
    targets = given["targets"].to(dtype)
    huber = functional.huber_loss(y[:, :3], targets[:, :3], reduction="none", delta=0.5).mean(1)
    kind = functional.cross_entropy(y[:, 3:7], given["target_tokens"].long()[:, 0], reduction="none")
    signs = functional.binary_cross_entropy_with_logits(y[:, 7:], targets[:, 3:], reduction="none").sum(1)
    loss = (given["weights"].to(dtype) * (huber + 0.3 * kind + 2 * signs)).sum()
    loss.backward()
    solved = {"y": y, "loss": loss.reshape(1)}
    solved.update({"grad." + name_in_file(name): parameter.grad for name, parameter in module.named_parameters()})
    return {name: value.detach().clone() for name, value in solved.items()}


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    torch.set_num_threads(1)
    module, given = make_case(9100)
    double, single = solve(module, given, torch.float64), solve(module, given, torch.float32)
    safetensors_file.write(folder / "ragged_heads.safetensors", {**given, **double}, {"lengths": " ".join(map(str, LENGTHS))})
    used = tightness(single, double, (FEATURES + SIZE + LETTERS + HIDDEN) * max(LENGTHS))
    print(f"ragged_heads loss {double['loss'].item():.3f}  PyTorch's float32 uses {used:.2f} of the bound")


if __name__ == "__main__":
    main()
