"""Runs exported scripts in PyTorch: python3 run_exports.py FOLDER. Needs torch and safetensors.

For every NAME.io.safetensors, NAME.py builds and loads its model, which has to give y for x and tokens to 2e-6 of max(1, |y|).
"""
import importlib.util
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

TOLERANCE = 2e-6


def difference(path):
    name = path.name.removesuffix(".io.safetensors")
    spec = importlib.util.spec_from_file_location(name, path.parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vectors = load_file(path)
    y = vectors["y"]
    x = [vectors["x"]] if "x" in vectors else []
    tokens = [vectors["tokens"].long()] if "tokens" in vectors else []
    with torch.no_grad():
        got = module.load()(*x, *tokens)
    if got.shape != y.shape:
        raise ValueError(f"{name}: expected {tuple(y.shape)}, got {tuple(got.shape)}")
    return ((got - y).abs() / y.abs().clamp(min=1)).max().item()


paths = sorted(Path(sys.argv[1]).glob("*.io.safetensors"))
failed = 0
for path in paths:
    try:
        worst = difference(path)
        verdict = "ok" if worst <= TOLERANCE else "FAILED"
    except Exception as e:
        worst, verdict = float("nan"), f"FAILED: {type(e).__name__}: {e}"
    failed += verdict != "ok"
    print(f"{path.name.split('.')[0]:20} {worst:.1e} {verdict}")
print(f"torch {torch.__version__}: {len(paths)} models, {failed} failed")
sys.exit(failed > 0 or not paths)
