"""
Reference values for experiments/statistics and experiments/evaluation, by scikit-learn 1.9, SciPy 1.17, statsmodels 0.15 and NumPy 2.4.

    pip install scikit-learn scipy statsmodels numpy
    python test/reference/statistics.py        # writes statistics.json beside itself, half a minute

No library has: McNemar's mid-p (here from scipy.stats.binom), the delta method for macro F1 (here scikit-learn's f1_score, weighted by
cell, differentiated numerically), the stratified and two-level bootstraps and the calibration error with bins of equal size (here image
by image in NumPy, from the definitions).
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats
from sklearn.metrics import brier_score_loss, confusion_matrix, f1_score, log_loss, precision_recall_fscore_support
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20)
CLASSES = np.arange(10)
digits = lambda values: "".join(map(str, values))
tidy = lambda values: np.vectorize(lambda v: float(f"{v:.12g}"))(values).tolist()


def classified(labels, share_right, hard):
    """Predictions: `hard` images are often wrong for every network, the others now and then."""
    right = rng.random(len(labels)) < np.where(hard, share_right - 0.45, share_right)
    return np.where(right, labels, (labels + rng.integers(1, 4, len(labels))) % 10)


def metrics(labels, predicted):
    precision, recall, f1, _ = precision_recall_fscore_support(labels, predicted, labels=CLASSES, zero_division=0)
    macro = f1_score(labels, predicted, labels=CLASSES, average="macro", zero_division=0)
    return {
        "labels": digits(labels),
        "predicted": digits(predicted),
        "confusion": confusion_matrix(labels, predicted, labels=CLASSES).tolist(),
        "accuracy": float(np.mean(labels == predicted)),
        "precision": tidy(precision), "recall": tidy(recall), "f1": tidy(f1), "macroF1": tidy(macro),
    }  # fmt: skip


# Classes of unequal size, from 15 to 42 images.
labels = rng.permutation(np.repeat(CLASSES, 15 + 3 * CLASSES))
hard = rng.random(len(labels)) < 0.25
pairs = [(classified(labels, 0.95, hard), classified(labels, share, hard)) for share in (0.93, 0.85, 0.9)]

few = np.array([0, 0, 1, 1, 2, 3, 3, 4, 5, 6])  # no 7, 8, 9
out = {
    "versions": {name: version(name) for name in ("scikit-learn", "scipy", "statsmodels", "numpy")},
    "metrics": {
        "three hundred images": metrics(labels, pairs[0][0]),
        "classes without images, without predictions, and without either": metrics(few, np.array([0, 1, 1, 1, 2, 7, 3, 4, 4, 7])),
        "nothing right": metrics(few, (few + 1) % 10),
    },
}

# --- Intervals by resampling, image by image ---------------------------------------------------------------------------------------
by_class = [np.flatnonzero(labels == c) for c in CLASSES]
resample = lambda: np.concatenate([rng.choice(images, len(images)) for images in by_class])


def macro_f1(truth, predicted):
    counts = np.bincount(truth * 10 + predicted, minlength=100).reshape(10, 10)
    both = counts.sum(0) + counts.sum(1)
    return np.mean(np.divide(2 * np.diag(counts), both, out=np.zeros(10), where=both > 0))


accuracy = lambda truth, predicted: np.mean(truth == predicted)
interval = lambda replicates: tidy(np.quantile(replicates, [0.025, 0.975]))


def two_level(metric, chosen, resamples):
    replicates = []
    for _ in range(resamples):
        images = resample()
        seeds = rng.integers(0, len(chosen), len(chosen))
        difference = [metric(labels[images], a[images]) - metric(labels[images], b[images]) for a, b in chosen]
        replicates.append(np.mean(np.array(difference)[seeds]))
    return interval(replicates)


def stratified_macro_f1(predicted, resamples):
    replicates = []
    for _ in range(resamples):
        images = resample()
        replicates.append(macro_f1(labels[images], predicted[images]))
    return interval(replicates)


def delta_method(truth, predicted):
    counts = confusion_matrix(truth, predicted, labels=CLASSES)
    p = counts.ravel() / counts.sum()
    rows, columns = np.repeat(CLASSES, 10), np.tile(CLASSES, 10)
    value = lambda weights: f1_score(rows, columns, sample_weight=weights, labels=CLASSES, average="macro", zero_division=0)
    step = 1e-6
    unit = np.eye(100) * step
    gradient = np.array([(value(p + unit[k]) - value(p - unit[k])) / (2 * step) for k in range(100)])
    error = np.sqrt(gradient @ (np.diag(p) - np.outer(p, p)) @ gradient / counts.sum())
    return [float(f"{v:.8g}") for v in value(p) + stats.norm.ppf([0.025, 0.975]) * error]


out["resampling"] = {
    "labels": digits(labels),
    "pairs": [{"a": digits(a), "b": digits(b)} for a, b in pairs],
    "macroF1Interval": stratified_macro_f1(pairs[0][0], 40_000),
    "macroF1Delta": delta_method(labels, pairs[0][0]),
    "twoLevel": {
        "accuracy": two_level(accuracy, pairs, 40_000),
        "macroF1": two_level(macro_f1, pairs, 20_000),
        "one seed, macroF1": two_level(macro_f1, pairs[:1], 20_000),
    },
}

# --- Calibration -------------------------------------------------------------------------------------------------------------------
# Logits are whole 64ths, so that float32 holds them exactly; stored as the number of 64ths.
IMAGES = 400
cal_labels = rng.integers(0, 10, IMAGES)
sixty_fourths = rng.normal(0, 120, (IMAGES, 10)).round().astype(int)
sixty_fourths[np.arange(IMAGES), cal_labels] += rng.normal(300, 200, IMAGES).round().astype(int)
logits = sixty_fourths / 64


def ranked(temperature):
    p = special.softmax(logits / temperature, axis=1)
    order = np.argsort(p.max(1), kind="stable")
    return order, p.max(1)[order], (p.argmax(1) == cal_labels)[order]


def equal_bins(confidence, right):
    edges = [b * IMAGES // 15 for b in range(16)]
    return [(j - i, confidence[i:j].mean(), right[i:j].mean()) for i, j in zip(edges, edges[1:])]


ece = lambda bins: sum(n * abs(accuracy - confidence) for n, confidence, accuracy in bins) / IMAGES


def calibration(temperature):
    p = special.softmax(logits / temperature, axis=1)
    _, confidence, right = ranked(temperature)
    return {
        "temperature": temperature,
        "logLoss": tidy(log_loss(cal_labels, p, labels=CLASSES)),
        "brier": tidy(brier_score_loss(cal_labels, p, labels=CLASSES, scale_by_half=False)),
        "error": tidy(ece(equal_bins(confidence, right))),
        "bins": [[n, *tidy([confidence, accuracy])] for n, confidence, accuracy in equal_bins(confidence, right)],
    }


def calibration_interval(resamples):
    order, confidence, right = ranked(1)
    members = [np.flatnonzero(cal_labels[order] == c) for c in CLASSES]
    replicates = []
    for _ in range(resamples):
        drawn = np.sort(np.concatenate([rng.choice(m, len(m)) for m in members]))
        replicates.append(ece(equal_bins(confidence[drawn], right[drawn])))
    return tidy(2 * ece(equal_bins(confidence, right)) - np.quantile(replicates, [0.975, 0.025]))


nll = lambda log_t: -special.log_softmax(logits / np.exp(log_t), axis=1)[np.arange(IMAGES), cal_labels].mean()
best = optimize.minimize_scalar(nll, bounds=(-3, 3), method="bounded", options={"xatol": 1e-10})
extreme = np.array([[300, -300, *[0] * 8], [-300, 300, *[0] * 8], [2, 2, *[1] * 8], [0] * 10])
extreme_labels = np.array([0, 0, 1, 9])
out["calibration"] = {
    "labels": digits(cal_labels),
    "sixtyFourths": sixty_fourths.ravel().tolist(),
    "at": [calibration(1), calibration(1.7)],
    "confusion": confusion_matrix(cal_labels, logits.argmax(1), labels=CLASSES).tolist(),
    "errorInterval": calibration_interval(20_000),
    "fitted": float(f"{np.exp(best.x):.8g}"),
    "probabilitiesOfTheFirst": tidy(special.softmax(logits[0])),
    "extreme": {
        "logits": extreme.ravel().tolist(),
        "labels": digits(extreme_labels),
        "loss": tidy(-special.log_softmax(extreme, axis=1)[np.arange(4), extreme_labels].mean()),
    },
}

# --- Tests and intervals in closed form --------------------------------------------------------------------------------------------
out["wilson"] = [
    [k, n, *tidy(proportion_confint(k, n, method="wilson"))]
    for k, n in [(9463, 10000), (950, 1000), (0, 10), (10, 10), (1, 2), (1, 1), (873, 1000), (9999, 10000)]
]


def mcnemar(b, c, n):
    m, k = b + c, min(b, c)
    p = 1 - stats.binom.pmf(b, m, 0.5) / 2 if b == c else min(1, 2 * stats.binom.cdf(k, m, 0.5) - stats.binom.pmf(k, m, 0.5))
    difference = np.repeat([1, -1, 0], [b, c, n - m])
    return [b, c, n, *tidy([difference.mean(), difference.std() / np.sqrt(n), p])]


out["mcnemar"] = [
    mcnemar(*case)
    for case in [(3, 9, 100), (9, 3, 100), (0, 30, 1000), (1, 0, 10), (12, 12, 10000), (12, 13, 10000), (40, 71, 10000), (400, 200, 10000),
                 (5000, 5000, 10000), (4900, 5100, 10000), (5060, 4940, 10000), (2, 700, 10000), (0, 1000, 10000)]
]  # fmt: skip


def paired(differences):
    d = np.array(differences)
    test = stats.ttest_1samp(d, 0)
    flips = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)
    low, high = test.confidence_interval(0.95)
    return {"differences": differences, "mean": tidy(d.mean()), "deviation": tidy(d.std(ddof=1)), "interval": tidy([low, high]), "p": tidy(flips.pvalue)}


out["pairedSeeds"] = [
    paired(d)
    for d in [
        [0.021, 0.025, 0.019, 0.028, 0.024],
        [-0.003, 0.004, 0.0011, -0.0007, 0.002, 0.0035, -0.001, 0.0008],
        [0.01, -0.01],
        [0.1, 0.2, -0.3, 0.3, 0.1, 0.2],  # sums that tie, in floating point only almost
        [-0.012, -0.009, -0.011, -0.014, -0.008, -0.013, 0.001, -0.01, -0.007, -0.012],
    ]
]
out["studentT"] = [[p, df, *tidy([stats.t.ppf((1 + p) / 2, df)])] for p in (0.5, 0.95, 0.999) for df in (1, 2, 3, 4, 5, 7, 9, 10, 19, 100)]
out["holm"] = [
    {"p": p, "adjusted": tidy(multipletests(p, method="holm")[1])}
    for p in [[0.01, 0.04, 0.03, 0.005], [0.6, 0.5, 0.9], [0.02, 0.02, 0.02, 0.5], [0.002, 0.0078, 0.31, 0.0078], [0.05]]
]

lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in out.items())
Path(__file__).with_suffix(".json").write_text("{\n" + lines + "\n}\n")
