"""Writes the models of this folder: python3 make.py FOLDER. Random weights; the outputs are PyTorch's own.

NAME.onnx or NAME.pt, and NAME.io.safetensors with input.* and output.* by the file's names. Needs torch 2.14, onnx and
safetensors; the exporter is TorchScript's (files of the other one are in ../onnx).
"""
import sys

import torch
from safetensors.torch import save_file
from torch import nn

folder = sys.argv[1]


def write(name, model, inputs, names, outputs, opset=17, axes=None):
    """Exports a model, and its outputs for inputs other than those that the exporter saw."""
    model.eval()
    torch.onnx.export(
        model, tuple(inputs), f"{folder}/{name}.onnx", input_names=names, output_names=outputs, opset_version=opset, dynamo=False,
        dynamic_axes=axes or {})
    record(name, model, inputs, names, outputs)


def record(name, model, inputs, names, outputs):
    with torch.no_grad():
        results = model(*inputs)
    results = results if isinstance(results, tuple) else (results,)
    save_file(
        {**{f"input.{n}": t.contiguous() for n, t in zip(names, inputs)},
         **{f"output.{n}": t.contiguous() for n, t in zip(outputs, results)}}, f"{folder}/{name}.io.safetensors")


class Sequence(nn.Module):
    """A recurrent layer, and what follows."""

    def __init__(self, recurrent, *after):
        super().__init__()
        self.recurrent, self.after = recurrent, nn.Sequential(*after)

    def forward(self, x):
        return self.after(self.recurrent(x)[0])


class Both(nn.Module):
    """The last step of both directions, side by side."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(3, 6, 2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(12, 4)

    def forward(self, x):
        h = self.gru(x)[1]
        return torch.softmax(self.head(torch.cat([h[-2], h[-1]], dim=-1)), dim=-1)


class Learned(nn.Module):
    """First states that were learned, the same for each sequence."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 5, batch_first=True)
        self.h0, self.c0 = nn.Parameter(torch.randn(1, 1, 5)), nn.Parameter(torch.randn(1, 1, 5))

    def forward(self, x):
        n = x.shape[0]
        return self.lstm(x, (self.h0.expand(1, n, 5).contiguous(), self.c0.expand(1, n, 5).contiguous()))[0]


class Residual(nn.Module):
    """What an amplifier's model does: the input is added to the output."""

    def __init__(self):
        super().__init__()
        self.rec, self.lin = nn.LSTM(1, 8, batch_first=True), nn.Linear(8, 1)

    def forward(self, x):
        return self.lin(self.rec(x)[0]) + x


class Stream(nn.Module):
    """Two layers, states in and out."""

    def __init__(self):
        super().__init__()
        self.gru, self.head = nn.GRU(2, 6, 2), nn.Linear(6, 2)

    def forward(self, x, h0):
        y, hn = self.gru(x, h0)
        return torch.tanh(self.head(y)), hn


def main():
    torch.manual_seed(7)
    free = {"x": {0: "batch", 1: "time"}, "y": {0: "batch", 1: "time"}}
    x = torch.randn(3, 6, 3)
    for opset in (9, 11, 13, 15, 18, 20):
        write(f"lstm_opset{opset}", Sequence(nn.LSTM(3, 5, batch_first=True), nn.Linear(5, 2)), [x], ["x"], ["y"], opset, free)
    write("gru_no_bias", Sequence(nn.GRU(3, 5, bias=False, batch_first=True), nn.Linear(5, 2, bias=False)), [x], ["x"], ["y"], axes=free)
    write("rnn_relu", Sequence(nn.RNN(3, 5, nonlinearity="relu", batch_first=True), nn.Tanh()), [x], ["x"], ["y"], axes=free)
    write("dropout_stack", Sequence(nn.LSTM(3, 5, 3, dropout=0.4, batch_first=True), nn.Dropout(0.2), nn.Linear(5, 4), nn.ReLU(),
                                    nn.Linear(4, 2), nn.LogSoftmax(-1)), [x], ["x"], ["y"], axes=free)
    write("both_ends", Both(), [x], ["x"], ["y"], axes={"x": {0: "batch", 1: "time"}, "y": {0: "batch"}})
    write("learned_start", Learned(), [x], ["x"], ["y"], axes=free)
    write("residual", Residual(), [torch.randn(2, 9, 1)], ["x"], ["y"], axes=free)
    write("gru_stream", Stream(), [torch.randn(1, 1, 2), torch.randn(2, 1, 6)], ["x", "h0"], ["y", "hn"])
    write("time_first", Sequence(nn.GRU(3, 5, 2), nn.Linear(5, 2)), [torch.randn(6, 3, 3)], ["x"], ["y"],
          axes={"x": {0: "time", 1: "batch"}, "y": {0: "time", 1: "batch"}})
    # Dictionaries of tensors, as programs save them. time first, unless the name says otherwise.
    cases = {
        "state_lstm_projection": nn.LSTM(3, 6, proj_size=4),
        "state_gru_two": nn.GRU(3, 5, 2),
        "state_lstm_no_bias": nn.LSTM(3, 5, bias=False),
        "state_rnn_bidirectional": nn.RNN(3, 5, bidirectional=True),
    }
    for name, module in cases.items():
        torch.save(module.state_dict(), f"{folder}/{name}.pt")
        x1 = torch.randn(6, 2, 3)
        with torch.no_grad():
            save_file({"input.x": x1, "output.y": module(x1)[0].contiguous()}, f"{folder}/{name}.io.safetensors")
    tagged = nn.ModuleDict({"embedding": nn.Embedding(9, 4), "rnn": nn.GRU(4, 5), "out": nn.Linear(5, 3)})
    torch.save({"epoch": 3, "state_dict": {"module." + k: v for k, v in tagged.state_dict().items()}}, f"{folder}/state_checkpoint.pt")
    tokens = torch.randint(0, 9, (6, 2))
    with torch.no_grad():
        y = tagged["out"](tagged["rnn"](tagged["embedding"](tokens))[0])
    save_file({"input.tokens": tokens, "output.y": y.contiguous()}, f"{folder}/state_checkpoint.io.safetensors")
    half = {k: v.half() for k, v in nn.LSTM(3, 5).state_dict().items()}
    save_file(half, f"{folder}/state_half.safetensors")


main()
