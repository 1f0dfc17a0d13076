"""Trains an LSTM in PyTorch to predict the Mackey-Glass series one step ahead, and writes it as ONNX with the outputs that PyTorch has for it.

    python3 train.py FOLDER [STEPS]

Needs torch, numpy, safetensors and, for the exporter, onnx. The series is the standard benchmark of recurrent networks (Mackey and Glass 1977):
dx/dt = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x(t).
"""
import sys
import time

import numpy as np
import torch
from safetensors.torch import save_file


def mackey_glass(n, seed):
    """n points, one unit of time apart, by Runge-Kutta of order 4 in steps of 0.1 with a linear look back."""
    rng = np.random.default_rng(seed)
    step, lag = 0.1, 170
    x = list(1.2 + 0.2 * (rng.random(lag + 1) - 0.5))
    rate = lambda now, then: 0.2 * then / (1 + then**10) - 0.1 * now
    for i in range((n + 300) * 10):
        now, then, next_then = x[-1], x[-lag - 1], x[-lag]
        middle = (then + next_then) / 2
        a = rate(now, then)
        b = rate(now + step / 2 * a, middle)
        c = rate(now + step / 2 * b, middle)
        d = rate(now + step * c, next_then)
        x.append(now + step / 6 * (a + 2 * b + 2 * c + d))
    return np.array(x[lag + 1 + 3000::10][:n], dtype=np.float32) - 0.9


class Predictor(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(1, 32, batch_first=True)
        self.head = torch.nn.Linear(32, 1)

    def forward(self, x):
        return self.head(self.lstm(x)[0])


def main():
    folder, steps = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    torch.manual_seed(1)
    torch.set_num_threads(1)
    series = mackey_glass(6000, seed=1)
    rng = np.random.default_rng(2)
    model = Predictor()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for step in range(steps):
        starts = rng.integers(0, 5000 - 101, 32)
        window = torch.from_numpy(np.stack([series[s:s + 101] for s in starts]))[..., None]
        loss = torch.nn.functional.mse_loss(model(window[:, :-1])[:, 20:], window[:, 21:])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0 or step == steps - 1:
            print(f"step {step}: mean squared error {loss.item():.3e}")

    test = torch.from_numpy(series[5000:6000])[None, :, None].contiguous()
    with torch.no_grad():
        output = model(test)
    error = torch.nn.functional.mse_loss(output[:, 100:-1], test[:, 101:]).item()
    last = torch.nn.functional.mse_loss(test[:, 100:-1], test[:, 101:]).item()
    print(f"1,000 steps that it has not seen: {error:.3e}; the last value: {last:.3e}")
    torch.onnx.export(
        model, (test[:, :7],), f"{folder}/mackey_glass.onnx", dynamo=False, input_names=["x"], output_names=["y"],
        dynamic_axes={"x": {0: "batch", 1: "time"}, "y": {0: "batch", 1: "time"}})
    save_file({"input.x": test, "output.y": output.contiguous()}, f"{folder}/mackey_glass.io.safetensors")

    # One stream, a call a step: what a program that hears one sample at a time does.
    cell = model.lstm
    state = (torch.zeros(1, 1, 32), torch.zeros(1, 1, 32))
    times = []
    with torch.inference_mode():
        for i in range(4000):
            begin = time.perf_counter()
            y, state = cell(test[:, i % 1000:i % 1000 + 1], state)
            model.head(y)
            times.append(time.perf_counter() - begin)
    print(f"torch {torch.__version__}: one step of one stream {1e6 * sorted(times)[len(times) // 2]:.1f} us (median)")


main()
