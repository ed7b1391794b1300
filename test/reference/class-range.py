"""
Reference values by NumPy and scikit-learn, drawing single images: how far apart class F1s lie by chance, and intervals of class F1s.

    pip install numpy scikit-learn
    python test/reference/class-range.py     # writes class-range.json beside itself
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

rng = np.random.default_rng(5)
classes = np.arange(10)


def by_chance(accuracy, per_class, draws=2000):
    truth = np.repeat(classes, per_class)
    ranges = []
    for _ in range(draws):
        other = (truth + rng.integers(1, 10, truth.size)) % 10
        guess = np.where(rng.random(truth.size) < accuracy, truth, other)
        f1 = f1_score(truth, guess, average=None)
        ranges.append(f1.max() - f1.min())
    return {"accuracy": accuracy, "perClass": per_class, "median": np.quantile(ranges, 0.5), "most": np.quantile(ranges, 0.95)}


def intervals(draws=2000):
    """Stratified bootstrap of images."""
    truth = np.repeat(classes, 200)
    guess = np.where(rng.random(truth.size) < 0.7 + 0.03 * truth, truth, (truth + rng.integers(1, 4, truth.size)) % 10)
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (truth, guess), 1)
    scores = []
    for _ in range(draws):
        pick = np.concatenate([rng.choice(np.flatnonzero(truth == c), 200) for c in classes])
        scores.append(f1_score(truth[pick], guess[pick], average=None))
    low, high = np.quantile(scores, [0.025, 0.975], axis=0)
    return {"confusion": confusion.tolist(), "low": low.tolist(), "high": high.tolist()}


out = {"byChance": [by_chance(0.89, 200), by_chance(0.95, 1000, 600)], "intervals": intervals()}
text = json.dumps(out, indent=1, default=float)
Path(__file__).with_suffix(".json").write_text(text + "\n")
