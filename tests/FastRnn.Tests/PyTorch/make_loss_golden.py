#!/usr/bin/env python3
"""Writes the golden file of losses: values and gradients of PyTorch's criteria, in double precision, for numbers of single precision.

Outputs `z` are [positions, outputs]. What is given is stored as F32, what PyTorch computed as F64: `CASE.mean` and `CASE.sum` are the
loss, `CASE.mean.grad` and `CASE.sum.grad` its gradient with respect to z. PyTorch's means over positions and outputs are ours; our sum is
the sum over the positions of the mean over the outputs (of the sum, for the cross-entropies). The quantile loss, which PyTorch has not, is
written in its operations. Usage: make_loss_golden.py [FOLDER]
"""
import pathlib
import random
import sys

import torch
from torch import nn

import safetensors_file
from make_golden import numbers

POSITIONS, OUTPUTS = 12, 6
DELTA, SMOOTHING, QUANTILES = 0.75, 0.25, (0.125, 0.5, 0.875)


def pinball(z, targets, reduction):
    """max(q u, (q - 1) u) of u = y - z; output t * 3 + k is quantile k of target t."""
    q = torch.tensor(QUANTILES, dtype=z.dtype)
    u = targets.unsqueeze(2) - z.reshape(POSITIONS, -1, len(QUANTILES))
    loss = torch.maximum(q * u, (q - 1) * u)
    return loss.mean() if reduction == "mean" else loss.mean((1, 2)).sum()


def elements(criterion, divisor):
    """A criterion over all elements; its sum is divided by what our sum averages over."""
    def loss(z, y, reduction):
        return criterion(reduction="mean")(z, y) * (OUTPUTS / divisor) if reduction == "mean" else criterion(reduction="sum")(z, y) / divisor
    return loss


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "golden")
    torch.set_num_threads(1)
    rng = random.Random(9100)
    given = {
        "z": numbers(rng, (POSITIONS, OUTPUTS), 3, 0.25),
        "targets": numbers(rng, (POSITIONS, OUTPUTS), 2, 0.5),
        "probabilities": torch.tensor([[rng.choice([0.0, 1.0, 0.25]) for _ in range(OUTPUTS)] for _ in range(POSITIONS)]),
        "labels": torch.tensor([float(rng.randrange(OUTPUTS)) for _ in range(POSITIONS)]),
        "class_weights": torch.tensor([0.5, 2.0, 1.0, 0.25, 3.0, 1.5]),
        "positive_weights": torch.tensor([1.0, 4.0, 0.5, 2.0, 0.0, 1.5]),
    }
    y, p, w, v = (given[name].double() for name in ("targets", "probabilities", "class_weights", "positive_weights"))
    labels = given["labels"].long()
    cases = {
        "absolute": lambda z, r: elements(nn.L1Loss, OUTPUTS)(z, y, r),
        "squared": lambda z, r: elements(nn.MSELoss, OUTPUTS)(z, y, r),
        "huber": lambda z, r: elements(lambda reduction: nn.HuberLoss(delta=DELTA, reduction=reduction), OUTPUTS)(z, y, r),
        "quantile": lambda z, r: pinball(z, y[:, :OUTPUTS // len(QUANTILES)], r),
        "binary": lambda z, r: elements(nn.BCEWithLogitsLoss, 1)(z, p, r),
        "binary_weighted": lambda z, r: elements(lambda reduction: nn.BCEWithLogitsLoss(pos_weight=v, reduction=reduction), 1)(z, p, r),
        "softmax": lambda z, r: nn.CrossEntropyLoss(reduction=r)(z, labels),
        "softmax_weighted": lambda z, r: nn.CrossEntropyLoss(weight=w, reduction=r)(z, labels),
        "smoothed": lambda z, r: nn.CrossEntropyLoss(label_smoothing=SMOOTHING, reduction=r)(z, labels),
        "smoothed_weighted": lambda z, r: nn.CrossEntropyLoss(weight=w, label_smoothing=SMOOTHING, reduction=r)(z, labels),
    }
    solved = {}
    for name, loss in cases.items():
        for reduction in ("mean", "sum"):
            z = given["z"].double().requires_grad_()
            value = loss(z, reduction)
            value.backward()
            solved[f"{name}.{reduction}"] = value.reshape(1)
            solved[f"{name}.{reduction}.grad"] = z.grad
        print(f"{name:18} mean {solved[name + '.mean'].item():.6f}  sum {solved[name + '.sum'].item():.6f}")
    safetensors_file.write(folder / "losses.safetensors", {**given, **solved}, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
