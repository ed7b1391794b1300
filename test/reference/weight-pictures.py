"""
Reference values for experiments/statistics/kernel-structure.ts and spatial-autocorrelation.ts.

    pip install numpy==2.4.6 esda==2.9.0 libpysal==4.14.1
    python -P test/reference/weight-pictures.py    # writes weight-pictures.json beside itself

(-P, because statistics.py beside it would else stand in for the standard library's.)

Kernel shares: the four kernels of the basis, as an image library writes them, made orthonormal by numpy's QR; the energy of a kernel's
projection on each. Autocorrelation: Moran's I by esda on libpysal's lattice weights (rook).
"""

import json
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")
from esda.moran import Moran
from libpysal.weights import lat2W

random = np.random.default_rng(1)

# Columns in this order: QR takes the mean out of the blur, and leaves the edges as they are.
columns = np.stack(
    [
        np.ones(9),
        np.outer([1, 2, 1], [-1, 0, 1]).ravel(),
        np.outer([-1, 0, 1], [1, 2, 1]).ravel(),
        np.outer([1, 2, 1], [1, 2, 1]).ravel(),
    ],
    axis=1,
).astype(float)
q, _ = np.linalg.qr(columns)

kernels = [np.round(random.normal(size=9), 3) for _ in range(6)]
kernels += [np.eye(3).ravel(), np.array([0, 1, 0, 1, -4, 1, 0, 1, 0.0])]
structure = [
    {"kernel": k.tolist(), "shares": np.round((q.T @ k) ** 2 / (k @ k), 10).tolist()} for k in kernels
]

row, column = np.mgrid[0:28, 0:28]
pictures = {
    "wave": np.round(np.sin(row / 4) + np.cos(column / 3), 4),
    "noise": np.round(random.normal(size=(28, 28)), 3),
    "board": ((row + column) % 2).astype(float),
    "oblong": np.round(random.normal(size=(5, 9)).cumsum(axis=1), 3),
}
autocorrelation = [
    {
        "name": name,
        "height": p.shape[0],
        "width": p.shape[1],
        "picture": p.ravel().tolist(),
        "moran": round(float(Moran(p.ravel(), lat2W(*p.shape, rook=True), transformation="B", permutations=0).I), 10),
    }
    for name, p in pictures.items()
]

target = Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"structure": structure, "autocorrelation": autocorrelation}, separators=(",", ":")) + "\n")
