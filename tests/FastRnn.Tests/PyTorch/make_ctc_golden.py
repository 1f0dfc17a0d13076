#!/usr/bin/env python3
"""Writes the golden file of CTC: PyTorch's ctc_loss of log_softmax, value and gradient, in double precision, for numbers of single
precision.

Four sequences of 12, 7, 5 and 3 steps and 6 classes: labels that repeat, that need every step, that are none. Outputs `z` are those of one
sequence after the other, [27, 6], F32; `loss` is [4], and `grad`, [27, 6], the gradient of their sum, both F64.
Usage: make_ctc_golden.py [FOLDER]
"""
import pathlib
import random
import sys

import torch
from torch.nn import functional

import safetensors_file
from make_golden import numbers

CLASSES, LENGTHS = 6, (12, 7, 5, 3)
LABELS = ((1, 2, 2, 5, 1), (3, 3, 3), (4, 1, 2, 3, 4), ())


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    torch.set_num_threads(1)
    z = numbers(random.Random(9300), (sum(LENGTHS), CLASSES), 3, 0.25)
    logits = z.double().requires_grad_()
    losses, begin = [], 0
    for length, labels in zip(LENGTHS, LABELS):
        logs = functional.log_softmax(logits[begin:begin + length], 1).unsqueeze(1)
        losses.append(functional.ctc_loss(logs, torch.tensor([labels], dtype=torch.long), (length,), (len(labels),), reduction="sum"))
        begin += length
    sum(losses).backward()
    loss = torch.stack(losses).detach()
    print(loss)
    safetensors_file.write(folder / "ctc.safetensors", {"z": z, "loss": loss, "grad": logits.grad}, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
