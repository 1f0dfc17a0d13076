"""PyTorch as a worker, for benchmarks/FastRnn.Benchmarks/Peers/PyTorch.

Reads one JSON object a line and answers with one a line: {"op": "create", ...}, {"op": "measure", "iterations": 10},
{"op": "read", "file": "..."}, {"op": "quit"}. Numbers travel in files of float32 in the machine's order. The clock runs
here, around the loop, so that neither JSON nor the pipe is timed. What fails is answered as {"error": "..."}.
"""

import json
import os
import re
import sys
import time

import numpy
import torch

LAYERS = {"elman": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
TENSORS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


class Numbers:
    """Takes tensors from a file, one after the other."""

    def __init__(self, path):
        self.values = torch.from_numpy(numpy.fromfile(path, dtype=numpy.float32))
        self.offset = 0

    def take(self, *shape):
        count = int(numpy.prod(shape))
        if self.offset + count > len(self.values):
            raise ValueError(f"the file of numbers ends at {len(self.values)}, expected {self.offset + count} or more")
        taken = self.values[self.offset:self.offset + count].reshape(shape).clone()
        self.offset += count
        return taken


def layers_of(workload, numbers):
    kind = OwnLstm if workload.get("own_cell") else LAYERS[workload["cell"]]
    layers = kind(workload["input"], workload["hidden"], workload["layers"])
    with torch.no_grad():
        for layer in range(workload["layers"]):
            for name in TENSORS:
                parameter = getattr(layers, f"{name}_l{layer}")
                parameter.copy_(numbers.take(*parameter.shape))
    return layers


class OwnLstm(torch.nn.Module):
    """What a researcher writes whose cell no library has: a step in a few lines, a loop over time. The equations are LSTM's."""

    def __init__(self, input, hidden, layers):
        super().__init__()
        assert layers == 1
        for name, shape in zip(TENSORS, ((4 * hidden, input), (4 * hidden, hidden), (4 * hidden,), (4 * hidden,))):
            setattr(self, f"{name}_l0", torch.nn.Parameter(torch.empty(shape)))

    def step(self, x, h, c):
        gates = torch.nn.functional.linear(h, self.weight_hh_l0, self.bias_hh_l0) + x
        i, f, g, o = gates.chunk(4, dim=-1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(x.shape[1], self.weight_hh_l0.shape[1])
            state = zeros, zeros
        h, c = state
        # The products with x wait for nothing: one for all steps is faster.
        x = torch.nn.functional.linear(x, self.weight_ih_l0, self.bias_ih_l0)
        outputs = []
        for step in x.unbind(0):
            h, c = self.step(step, h, c)
            outputs.append(h)
        return torch.stack(outputs), (h, c)


class Inference:
    """Forward alone; with batch 1 the state is carried on."""

    def __init__(self, workload, numbers):
        self.layers = layers_of(workload, numbers).eval()
        self.x = numbers.take(workload["steps"], workload["batch"], workload["input"])
        self.streams = workload["batch"] == 1
        self.state = None

    def run(self, iterations):
        with torch.inference_mode():
            for _ in range(iterations):
                self.y, state = self.layers(self.x, self.state)
                if self.streams:
                    self.state = state

    def results(self):
        return [self.y]


class Training:
    """Forward and backward of the layers. The gradients are new tensors, so nothing is zeroed or accumulated."""

    def __init__(self, workload, numbers):
        self.layers = layers_of(workload, numbers)
        self.x = numbers.take(workload["steps"], workload["batch"], workload["input"]).requires_grad_()
        self.dy = numbers.take(workload["steps"], workload["batch"], workload["hidden"])
        self.sought = [self.x] + [
            getattr(self.layers, f"{name}_l{layer}") for layer in range(workload["layers"]) for name in TENSORS]

    def run(self, iterations):
        for _ in range(iterations):
            self.y, _ = self.layers(self.x)
            self.gradients = torch.autograd.grad(self.y, self.sought, self.dy)

    def results(self):
        return [self.y, *self.gradients]


class WholeTrainingStep:
    """Embedding, layers, dense, mean cross-entropy, clipping at 5, Adam at 2e-3, on the same tokens again and again. The result is the loss."""

    def __init__(self, workload, numbers):
        vocabulary, lengths = workload["vocabulary"], workload.get("lengths")
        self.embedding = torch.nn.Embedding(vocabulary, workload["input"])
        self.layers = layers_of(workload, numbers)
        self.dense = torch.nn.Linear(workload["hidden"], vocabulary)
        self.parameters = [p for part in (self.embedding, self.layers, self.dense) for p in part.parameters()]
        self.optimizer = torch.optim.Adam(self.parameters, lr=2e-3)
        with torch.no_grad():
            for parameter in (self.embedding.weight, self.dense.weight, self.dense.bias):
                parameter.copy_(numbers.take(*parameter.shape))
        shape = [sum(lengths)] if lengths else (workload["steps"], workload["batch"])
        self.tokens, self.targets = numbers.take(*shape).long(), numbers.take(*shape).long()
        self.lengths = None
        if lengths:
            # As a data loader hands them over: padded, and what is behind a sequence's end is no target.
            self.lengths = torch.tensor(lengths)
            pad = torch.nn.utils.rnn.pad_sequence
            self.tokens, self.targets = pad(self.tokens.split(lengths)), pad(self.targets.split(lengths), padding_value=-100)
        self.targets = self.targets.reshape(-1)
        self.state = None

    def outputs(self):
        x = self.embedding(self.tokens)
        if self.lengths is None:
            y, state = self.layers(x, self.state)
            self.state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
            return y
        packed, _ = self.layers(torch.nn.utils.rnn.pack_padded_sequence(x, self.lengths, enforce_sorted=False))
        return torch.nn.utils.rnn.pad_packed_sequence(packed)[0]

    def run(self, iterations):
        for _ in range(iterations):
            self.optimizer.zero_grad(set_to_none=True)
            logits = self.dense(self.outputs())
            self.loss = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), self.targets)
            self.loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
            self.optimizer.step()

    def results(self):
        return [self.loss.reshape(1)]


KINDS = {"inference": Inference, "training": Training, "whole_training_step": WholeTrainingStep}


def blas():
    """The files of the BLAS in this process: Debian's PyTorch takes the one that is installed, and they differ tenfold."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            names = {os.path.basename(line.split()[-1]) for line in maps if "/" in line}
    except OSError:
        return []
    return sorted(name for name in names if re.match(r"lib(open)?blas|libblis|libmkl", name))


class Worker:
    def __init__(self):
        self.run = None

    def answer(self, request):
        op = request["op"]
        if op == "create":
            torch.set_num_threads(request["threads"])
            self.run = KINDS[request["kind"]](request, Numbers(request["file"]))
            return {}
        if self.run is None:
            raise ValueError(f"{op}: expected create first")
        if op == "measure":
            begin = time.perf_counter_ns()
            self.run.run(request["iterations"])
            return {"ns": time.perf_counter_ns() - begin}
        if op == "memory":
            with open("/proc/self/status", encoding="utf-8") as status:
                return {"kilobytes": next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))}
        if op == "read":
            results = [tensor.detach().reshape(-1).numpy() for tensor in self.run.results()]
            numpy.concatenate(results).tofile(request["file"])
            return {"counts": [len(result) for result in results]}
        raise ValueError(f"expected create, measure, memory, read or quit, got {op}")


def main():
    worker = Worker()
    print(json.dumps({"version": torch.__version__, "blas": blas()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "quit":
            return
        try:
            answer = worker.answer(request)
        except Exception as error:  # Whatever PyTorch refuses is the answer; the other side shows it.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
