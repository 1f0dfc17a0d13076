#!/usr/bin/env python3
"""The reference for learning: a character model of 65 letters, embedding 64, LSTM 128 x 2, dense, trained by PyTorch.

First 90 % of the text to train, the rest to validate. 64 contiguous streams, 64 steps a window, the state carried on within an
epoch and reset between; Adam 2e-3, clipping at 5.0, mean loss a character. One thread, seed 1. Prints the validation loss (nats a
character, over 16 contiguous streams) and the seconds of training so far. Usage: learning_reference.py FILE [--steps 3000]
"""
import argparse
import time

import torch
from torch import nn

MARKS = (250, 500, 1000, 1500, 2000, 2500, 3000)
STEPS = 64


class Model(nn.Module):
    def __init__(self, letters):
        super().__init__()
        self.embedding = nn.Embedding(letters, 64)
        self.lstm = nn.LSTM(64, 128, 2)
        self.dense = nn.Linear(128, letters)

    def forward(self, tokens, state):
        y, state = self.lstm(self.embedding(tokens), state)
        return self.dense(y), state


def streams(tokens, count):
    """Inputs and targets [length, count]: each stream is a contiguous piece of the text."""
    length = (len(tokens) - 1) // count
    return tuple(tokens[shift:shift + count * length].view(count, length).t().contiguous() for shift in (0, 1))


def loss_of(model, inputs, targets, state, reduction):
    logits, state = model(inputs, state)
    return nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction=reduction), state


def validate(model, inputs, targets):
    total, state = 0.0, None
    with torch.no_grad():
        for x, y in zip(inputs.split(STEPS), targets.split(STEPS)):
            loss, state = loss_of(model, x, y, state, "sum")
            total += loss.item()
    return total / targets.numel()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--steps", type=int, default=MARKS[-1])
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(1)
    with open(args.file, encoding="utf-8", newline="") as file:
        text = file.read()
    letters = {letter: index for index, letter in enumerate(sorted(set(text)))}
    tokens = torch.tensor([letters[letter] for letter in text])
    cut = len(tokens) * 9 // 10
    inputs, targets = streams(tokens[:cut], 64)
    validation = streams(tokens[cut:], 16)
    windows = len(inputs) // STEPS

    model = Model(len(letters))
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    seconds, state = 0.0, None
    for step in range(args.steps):
        begin = time.perf_counter()
        at = step % windows * STEPS
        state = None if at == 0 else tuple(s.detach() for s in state)
        loss, state = loss_of(model, inputs[at:at + STEPS], targets[at:at + STEPS], state, "mean")
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        seconds += time.perf_counter() - begin
        if step + 1 in MARKS or step + 1 == args.steps:
            print(f"steps {step + 1:5}  validation loss {validate(model, *validation):.4f}  seconds {seconds:.0f}", flush=True)


if __name__ == "__main__":
    main()
