"""The model of fastrnn's table in PyTorch: the same preparation, linear part, windows, model, loss, optimizer,
schedule, size of batches and number of epochs.

Usage: torch_table.py air.csv FOLDER EPOCHS, where FOLDER is what `fastrnn train` wrote. Prints seconds and errors of the test part."""
import csv
import datetime
import json
import math
import os
import sys
import time

import numpy as np
import torch

path, folder, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(f"{folder}/preparation.json", encoding="utf-8") as file:
    p = json.load(file)["preparation"]
window, step = p["window"], p["time"]["step"]
number = next(i for i in p["inputs"] if i["labels"] is None)
category = next((i for i in p["inputs"] if i["labels"] is not None), None)
outputs, linear = p["outputs"], p.get("linear")
scales = linear["scales"] if linear else [1] * len(outputs)
assert all(o["period"] in (-1, 0) for o in outputs), "only differences to the mean or the last value are known here"

groups, order = {}, []
with open(path, encoding="utf-8") as file:
    for row in csv.DictReader(file):
        seconds = (datetime.date.fromisoformat(row["date"]) - datetime.date(1970, 1, 1)).days * 86400.0
        if row["station"] not in groups:
            groups[row["station"]] = []
        groups[row["station"]].append((seconds, float(row["pm10"]) if row["pm10"] else math.nan))
times = np.sort(np.array([t for g in groups.values() for t, _ in g]))
cuts = [times[int(0.7 * len(times))], times[int(0.85 * len(times))]]


def encode(name, rows):
    t = np.array([r[0] for r in rows])
    v = np.array([r[1] for r in rows], dtype=np.float32)
    gap = np.zeros(len(t))
    gap[1:] = np.clip(np.log2(np.maximum(np.diff(t) / step, 1e-6)), -10, 10)
    columns = [np.where(np.isnan(v), 0, (v - number["mean"]) / number["scale"])]
    if number["has_indicator"]:
        columns.append(np.isnan(v))
    columns.append(gap)
    if p["time"]["has_week"]:
        columns += list(np.eye(7)[((t // 86400).astype(int) + 4) % 7].T)
    if p["time"]["has_year"]:
        turn = 2 * math.pi * (t / (365.2425 * 86400))
        columns += [np.sin(turn), np.cos(turn)]
    last = v.copy()
    for i in range(1, len(last)):
        if np.isnan(last[i]):
            last[i] = last[i - 1]
    token = category["labels"].index(name) + 1 if category and name in category["labels"] else 0
    x = np.stack(columns, 1).astype(np.float32)
    return t, v, last, x, token, linear_part(x, token)


def linear_part(x, token):
    """What the regression on the last rows says, which both programs leave out of what the network learns."""
    if linear is None:
        return np.zeros((len(x), len(outputs)))
    rows, width = linear["window"], x.shape[1]
    padded = np.concatenate([np.zeros((rows - 1, width)), x])
    samples = np.lib.stride_tricks.sliding_window_view(padded, rows, axis=0).transpose(0, 2, 1).reshape(len(x), -1)
    weights = np.array(linear["weights"]).T
    labels = weights[rows * width:-1]
    return samples @ weights[:rows * width] + weights[-1] + (labels[token] if len(labels) else 0)


def windows(part):
    xs, tokens, ys, weights, rows = [], [], [], [], []
    for name, (t, v, last, x, token, line) in encoded.items():
        bounds = [0, int(np.searchsorted(t, cuts[0])), int(np.searchsorted(t, cuts[1])), len(t)]
        begin, end = bounds[part], bounds[part + 1]
        for first in range(begin, end, window):
            start, stop = max(0, first - window), min(end, first + window)
            y = np.full((2 * window, len(outputs)), np.nan, dtype=np.float32)
            for o, output in enumerate(outputs):
                for r in range(first, min(stop, end - output["horizon"])):
                    anchor = last[r] if output["period"] == 0 else 0
                    y[r - start, o] = ((v[r + output["horizon"]] - anchor - output["mean"]) / output["scale"] - line[r, o]) / scales[o]
            weight = ~np.isnan(y).any(1)
            if part < 2 and not weight.any():
                continue
            padded = np.zeros((2 * window, x.shape[1]), dtype=np.float32)
            padded[:stop - start] = x[start:stop]
            xs.append(padded)
            tokens.append(token)
            ys.append(y)
            weights.append(weight)
            rows.append((name, start, first, stop, end))
    numbers = [torch.tensor(np.nan_to_num(np.array(each))).float() for each in (xs, ys, weights)]
    return numbers[0], torch.tensor(tokens), numbers[1], numbers[2], rows


class Model(torch.nn.Module):
    def __init__(self, width, labels, hidden):
        super().__init__()
        size = min(16, max(2, (labels + 1) // 2)) if labels else 0
        self.embedding = torch.nn.Embedding(labels + 1, size) if labels else None
        self.lstm = torch.nn.LSTM(width + size, hidden, batch_first=True)
        self.dense = torch.nn.Linear(hidden, len(outputs))

    def forward(self, x, tokens):
        if self.embedding is not None:
            x = torch.cat([x, self.embedding(tokens)], -1)
        return self.dense(self.lstm(x)[0])


def losses(model, x, tokens, y, weights):
    each = torch.nn.functional.huber_loss(model(x, tokens), y, reduction="none").mean(-1)
    return (each * weights).sum(), weights.sum()


# PyTorch takes cores and not their threads unless it is told: both tools shall have what there is, or what OMP_NUM_THREADS says.
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", len(os.sched_getaffinity(0)))))
torch.manual_seed(1)
encoded = {name: encode(name, rows) for name, rows in groups.items()}
training, validation, test = (windows(part) for part in range(3))
model = Model(training[0].shape[2], len(category["labels"]) if category else 0, p["model"]["hidden_size"])
count, length = training[0].shape[:2]
batch = min(count, max(4, min(64, count // 64)))
steps = epochs * -(-count // batch)
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
best, kept, done = math.inf, None, 0
began = time.perf_counter()
for epoch in range(epochs):
    model.train()
    for chosen in torch.randperm(count).split(batch):
        rate = 1.5e-4 + (3e-3 - 1.5e-4) * (1 + math.cos(math.pi * done / steps)) / 2
        optimizer.param_groups[0]["lr"] = rate * min(1, (done + 1) / max(1, min(50, steps // 10)))
        tokens = training[1][chosen, None].expand(-1, length).clone()
        tokens[torch.rand(tokens.shape) < 1 / 50] = 0
        total, weight = losses(model, training[0][chosen], tokens, training[2][chosen], training[3][chosen])
        optimizer.zero_grad()
        (total / weight).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
        done += 1
    model.eval()
    with torch.no_grad():
        parts = [losses(model, validation[0][i], validation[1][i, None].expand(-1, length), validation[2][i], validation[3][i])
                 for i in torch.arange(len(validation[1])).split(64)]
    loss = float(sum(s for s, _ in parts) / sum(w for _, w in parts))
    if loss < best:
        best, kept = loss, {name: value.clone() for name, value in model.state_dict().items()}
seconds = time.perf_counter() - began
model.load_state_dict(kept)
model.eval()
with torch.no_grad():
    said = torch.cat([model(test[0][i], test[1][i, None].expand(-1, length)) for i in torch.arange(len(test[1])).split(64)]).numpy()
vectors = torch.backends.cpu.get_cpu_capability() if hasattr(torch.backends, "cpu") else "vectors not told"
print(f"PyTorch {torch.__version__}, {vectors}, {torch.get_num_threads()} threads: "
      f"{epochs} epochs in {seconds:.1f} s, validation {best:.4f}")
for o, output in enumerate(outputs):
    errors = []
    for w, (name, start, first, stop, end) in enumerate(test[4]):
        _, v, last, _, _, line = encoded[name]
        for r in range(first, min(stop, end - output["horizon"])):
            anchor = last[r] if output["period"] == 0 else 0
            value = said[w, r - start, o] * scales[o] + line[r, o]
            errors.append(anchor + value * output["scale"] + output["mean"] - v[r + output["horizon"]])
    errors = np.array(errors)
    errors = errors[~np.isnan(errors)]
    absolute, square = np.abs(errors).mean(), math.sqrt((errors ** 2).mean())
    print(f"{output['target']}+{output['horizon']}: mean absolute {absolute:.5g}, root mean square {square:.5g}")
