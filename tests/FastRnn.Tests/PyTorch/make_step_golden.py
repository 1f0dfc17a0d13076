#!/usr/bin/env python3
"""Writes golden files of what PyTorch's own recurrent modules do not do, and a loop over its cells does: input feeding and zoneout.

FedTranslator of the tests: an LSTM reads the source; one of the target reads, behind each token's vector, what the attention of the step
before led to (torch.nn.LSTMCell, dot products, softmax, a linear layer with tanh). HeldForecast: the states of torch.nn.LSTMCell and
torch.nn.GRUCell become, as zoneout has it in evaluation, means of their old and new values. What is stored, and how, is that of
make_ragged_golden.py. Usage: make_step_golden.py [FOLDER]
"""
import math
import pathlib
import random
import sys

import torch
from torch import nn
from torch.nn import functional

import safetensors_file
from make_golden import numbers, tightness

LENGTHS, SOURCE_LENGTHS = [4, 1, 7, 3, 7], [3, 6, 1, 5, 2]
VOCABULARY, SIZE, HIDDEN, FED = 4, 3, 4, 18
FEATURES, HELD, OUTPUTS, H_RATE, C_RATE, GRU_RATE = 3, 5, 4, 0.125, 0.375, 0.25


class FedTranslator(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"embedding": nn.Embedding(VOCABULARY, SIZE), "rnn": nn.LSTM(SIZE, HIDDEN)})
        self.decoder = nn.ModuleDict({
            "embedding": nn.Embedding(VOCABULARY, SIZE), "rnn": nn.LSTMCell(SIZE + FED, HIDDEN),
            "dense0": nn.Linear(2 * HIDDEN, FED), "dense1": nn.Linear(FED, VOCABULARY)})

    def give(self, rng, given):
        for name, lengths in (("tokens", LENGTHS), ("source_tokens", SOURCE_LENGTHS), ("target_tokens", LENGTHS)):
            given[name] = torch.tensor([float(rng.randrange(VOCABULARY)) for _ in range(sum(lengths))])

    def forward(self, given, dtype):
        tokens, sources = given["tokens"].long().split(LENGTHS), given["source_tokens"].long().split(SOURCE_LENGTHS)
        return torch.cat([self.translate(source, target) for source, target in zip(sources, tokens)])

    def translate(self, source, target):
        read, (h, c) = self.encoder["rnn"](self.encoder["embedding"](source))
        fed, outputs = read.new_zeros(1, FED), []
        for vector in self.decoder["embedding"](target):
            h, c = self.decoder["rnn"](torch.cat((vector[None], fed), 1), (h, c))
            context = torch.softmax(h @ read.T, 1) @ read
            fed = torch.tanh(self.decoder["dense0"](torch.cat((h, context), 1)))
            outputs.append(self.decoder["dense1"](fed))
        return torch.cat(outputs)

    def losses(self, y, given):
        return functional.cross_entropy(y, given["target_tokens"].long(), reduction="none")


class HeldForecast(nn.Module):
    def __init__(self):
        super().__init__()
        self.l0, self.l1 = nn.LSTMCell(FEATURES, HELD), nn.GRUCell(HELD, OUTPUTS)

    def give(self, rng, given):
        given["x"] = numbers(rng, (sum(LENGTHS), FEATURES), 1, 0.1)
        given["targets"] = numbers(rng, (sum(LENGTHS), OUTPUTS), 1, 0.1)

    def forward(self, given, dtype):
        return torch.cat([self.forecast(x) for x in given["x"].to(dtype).split(LENGTHS)])

    def forecast(self, x):
        h, c, top, outputs = x.new_zeros(1, HELD), x.new_zeros(1, HELD), x.new_zeros(1, OUTPUTS), []
        for step in x:
            new_h, new_c = self.l0(step[None], (h, c))
            h, c = H_RATE * h + (1 - H_RATE) * new_h, C_RATE * c + (1 - C_RATE) * new_c
            top = GRU_RATE * top + (1 - GRU_RATE) * self.l1(h, top)
            outputs.append(top)
        return torch.cat(outputs)

    def losses(self, y, given):
        return (y - given["targets"].to(y.dtype)).square().mean(1)


def name_in_file(name):
    """Cells have no number in PyTorch: encoder.rnn.weight_ih_l0, decoder.rnn.weight_ih and l1.weight_ih lose their module."""
    if name.startswith(("l0.", "l1.")):
        return f"{name[3:]}_{name[:2]}"
    short = name.replace(".rnn.", ".")
    return short + "_l0" if name.startswith("decoder.rnn.") else short


def make_case(module, seed):
    rng, given = random.Random(seed), {}
    for name, parameter in module.named_parameters():
        grid = 2.0 ** 16 if "bias" in name else None
        given[name_in_file(name)] = numbers(rng, parameter.shape, 1 / math.sqrt(HIDDEN), 0.3 / HIDDEN, grid)
    module.give(rng, given)
    given["weights"] = torch.tensor([rng.choice([0.0, 0.5, 1.0, 1.0, 2.0]) for _ in range(sum(LENGTHS))])
    return given


def solve(module, given, dtype):
    """Outputs, loss and gradients in the precision of `dtype`."""
    module = module.to(dtype)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(given[name_in_file(name)])
            parameter.grad = None
    y = module(given, dtype)
    loss = (given["weights"].to(dtype) * module.losses(y, given)).sum()
    loss.backward()
    solved = {"y": y, "loss": loss.reshape(1)}
    solved.update({"grad." + name_in_file(name): parameter.grad for name, parameter in module.named_parameters()})
    return {name: value.detach().clone() for name, value in solved.items()}


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    torch.set_num_threads(1)
    metadata = {"lengths": " ".join(map(str, LENGTHS)), "source_lengths": " ".join(map(str, SOURCE_LENGTHS))}
    for name, module, inputs, seed in (("ragged_fed", FedTranslator(), SIZE + FED, 9200), ("ragged_held", HeldForecast(), FEATURES, 9201)):
        given = make_case(module, seed)
        double, single = solve(module, given, torch.float64), solve(module, given, torch.float32)
        safetensors_file.write(folder / f"{name}.safetensors", {**given, **double}, metadata)
        used = tightness(single, double, (inputs + HIDDEN) * max(LENGTHS))
        print(f"{name} loss {double['loss'].item():.3f}  PyTorch's float32 uses {used:.2f} of the bound")


if __name__ == "__main__":
    main()
