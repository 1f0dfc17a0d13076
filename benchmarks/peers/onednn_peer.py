"""oneDNN as a worker, for benchmarks/FastRnn.Benchmarks/Peers/OneDnn: onednn.cpp, built by install.sh, behind the protocol of pytorch_peer.py.

The clock runs in the library, around the primitives. FASTRNN_ONEDNN is the library's path.
"""

import array
import ctypes
import json
import os
import sys

CELLS = {"elman": 0, "lstm": 1, "gru": 2}
GATES = {"elman": 1, "lstm": 4, "gru": 3}
PRECISIONS = {None: 0, "bfloat16": 1, "int8": 2}
FLOATS = ctypes.POINTER(ctypes.c_float)


class Spec(ctypes.Structure):
    """As struct spec of onednn.cpp."""

    _fields_ = [(name, ctypes.c_int) for name in (
        "cell", "input", "hidden", "layers", "batch", "steps", "training", "threads", "precision", "streams")]


class Library:
    """The functions of onednn.cpp."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        self.version = self.function(library, "version", ctypes.c_char_p)
        self.error = self.function(library, "error", ctypes.c_char_p)
        self.create = self.function(
            library, "create", ctypes.c_void_p, ctypes.POINTER(Spec), ctypes.POINTER(FLOATS), FLOATS, FLOATS)
        self.measure = self.function(library, "measure", ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
        self.read_outputs = self.function(library, "read_outputs", ctypes.c_int, ctypes.c_void_p, FLOATS, FLOATS)
        self.read_gradients = self.function(
            library, "read_gradients", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, FLOATS, FLOATS, FLOATS, FLOATS)

    @staticmethod
    def function(library, name, result, *arguments):
        found = getattr(library, f"fastrnn_onednn_{name}")
        found.restype, found.argtypes = result, arguments
        return found

    def checked(self, result, failed):
        if result == failed or result is None:
            raise ValueError(self.error().decode())
        return result


class Run:
    """A workload that oneDNN has prepared."""

    def __init__(self, library, workload):
        self.library = library
        steps, batch, hidden = workload["steps"], workload["batch"], workload["hidden"]
        self.input, self.hidden, self.layers = workload["input"], hidden, workload["layers"]
        self.training = workload["kind"] == "training"
        self.rows = GATES[workload["cell"]] * hidden
        self.outputs, self.inputs = steps * batch * hidden, steps * batch * self.input
        self.numbers, self.offset = array.array("f"), 0
        with open(workload["file"], "rb") as file:
            self.numbers.frombytes(file.read())
        weights = [self.take(count) for layer in range(self.layers) for count in self.counts(layer)]
        x = self.take(self.inputs)
        dy = self.take(self.outputs) if self.training else None
        spec = Spec(
            CELLS[workload["cell"]], self.input, hidden, self.layers, batch, steps, self.training, workload["threads"],
            PRECISIONS[workload.get("precision")], batch == 1 and not self.training)
        self.handle = library.checked(library.create(ctypes.byref(spec), (FLOATS * len(weights))(*weights), x, dy), None)

    def counts(self, layer):
        """The lengths of weight_ih, weight_hh, bias_ih, bias_hh."""
        return self.rows * (self.input if layer == 0 else self.hidden), self.rows * self.hidden, self.rows, self.rows

    def take(self, count):
        if self.offset + count > len(self.numbers):
            raise ValueError(f"the file of numbers ends at {len(self.numbers)}, expected {self.offset + count} or more")
        taken = (ctypes.c_float * count).from_buffer(self.numbers, self.offset * 4)
        self.offset += count
        return ctypes.cast(taken, FLOATS)

    def measure(self, iterations):
        nanoseconds = self.library.measure(self.handle, iterations)
        if nanoseconds < 0:
            raise ValueError(self.library.error().decode())
        return nanoseconds

    def read(self, path):
        y, dx = (ctypes.c_float * self.outputs)(), (ctypes.c_float * self.inputs)()
        self.library.checked(self.library.read_outputs(self.handle, y, dx), 0)
        tensors = [y]
        if self.training:
            tensors.append(dx)
            for layer in range(self.layers):
                gradients = [(ctypes.c_float * count)() for count in self.counts(layer)]
                self.library.checked(self.library.read_gradients(self.handle, layer, *gradients), 0)
                tensors += gradients
        with open(path, "wb") as file:
            for tensor in tensors:
                file.write(tensor)
        return [len(tensor) for tensor in tensors]


def answer(library, run, request):
    op = request["op"]
    if op == "create":
        run.append(Run(library, request))
        return {}
    if not run:
        raise ValueError(f"{op}: expected create first")
    if op == "measure":
        return {"ns": run[-1].measure(request["iterations"])}
    if op == "read":
        return {"counts": run[-1].read(request["file"])}
    raise ValueError(f"expected create, measure, read or quit, got {op}")


def main():
    library, run = Library(os.environ["FASTRNN_ONEDNN"]), []
    print(json.dumps({"version": library.version().decode()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "quit":
            return
        try:
            reply = answer(library, run, request)
        except Exception as error:  # Whatever oneDNN refuses is the answer; the other side shows it.
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
