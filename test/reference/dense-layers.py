"""
What a dense layer and its gradients are, in NumPy's double precision.

    pip install numpy
    python test/reference/dense-layers.py        # writes dense-layers.json beside itself, in a second

The sizes fill no tiles of 6 x 8, and the last ones span several blocks of experiments/engine/portable/assembly/dense.ts. Inputs come from
a formula that test/engine/portable/dense-kernels.test.ts repeats; of each result its shape, the sum of its absolute values and every
so-manyth value are kept.
"""

import json
from pathlib import Path

import numpy as np


def made_up(salt, *shape):
    i = np.arange(np.prod(shape), dtype=np.int64)
    return ((i * (37 + salt) + i // 7 * 11 + salt) % 101 - 50).reshape(shape) / 64


def digest(values):
    flat = values.ravel()
    stride = max(1, flat.size // 40)
    return {"shape": list(values.shape), "sum": float(np.abs(flat).sum()), "stride": stride, "samples": flat[::stride].tolist()}


def layer(n, inputs, outputs):
    x, kernel, bias = made_up(1, n, inputs), made_up(2, inputs, outputs), made_up(3, outputs)
    gradient = made_up(4, n, outputs)
    return {
        "n": n,
        "inputs": inputs,
        "outputs": outputs,
        "output": digest(x @ kernel + bias),
        "ofInput": digest(gradient @ kernel.T),
        "ofKernel": digest(x.T @ gradient),
        "ofBias": digest(gradient.sum(axis=0)),
    }


sizes = [(1, 1, 1), (5, 7, 3), (6, 4, 8), (13, 300, 21), (7, 29, 571), (139, 545, 75), (281, 137, 66)]
Path(__file__).with_suffix(".json").write_text(json.dumps([layer(*size) for size in sizes], indent=1) + "\n")
