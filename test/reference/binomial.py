"""
Reference values by SciPy: the binomial variable that belongs to a uniform one, by inversion.

    pip install numpy scipy
    python test/reference/binomial.py     # writes binomial.json beside itself
"""

import json
from pathlib import Path

import numpy as np
from scipy.stats import binom

rng = np.random.default_rng(11)
cases = []
for n, p in [(1, 0.5), (10, 0.3), (200, 0.02), (1000, 0.5), (1000, 0.004), (1000, 1e-6), (7, 0.0), (0, 0.2)]:
    uniform = np.concatenate([[0.0], rng.integers(0, 2**32, 60) / 2**32, [1 - 2**-32]])
    # SciPy's ppf takes the least k whose cumulative probability is at least u; at u = 0 that is -1, where no trial can end.
    found = np.maximum(binom.ppf(uniform, n, p), 0).astype(int)
    cases.append({"n": n, "p": p, "uniform": uniform.tolist(), "successes": found.tolist()})

Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
