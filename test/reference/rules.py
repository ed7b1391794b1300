"""
Reference values for the stopping and plateau rules, by Keras' own callbacks, driven epoch by epoch over made-up values.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python test/reference/rules.py        # writes rules-3.15.json beside itself, ten seconds

The same with tensorflow-cpu==2.17.0 keras==3.4.1, versions of the original's time, writes rules-3.4.json.

NaN and Infinity are written as words: JSON has neither.
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np

NAN, INF = float("nan"), float("inf")
rng = np.random.default_rng(7)


def drift(n, by, noise):
    """A noisy curve that gets better, then worse."""
    x = np.arange(n)
    return [round(float(v), 6) for v in 0.5 - by * np.minimum(x, n // 2) + by / 2 * np.maximum(0, x - n // 2) + rng.normal(0, noise, n)]


# Losses as float32, one step of it below, at and above a fall of 1e-4 from the last that counted.
edges = [np.float32(0.38447)]
for step in (-1, 0, 1, 0, -1, 1):
    at = np.float32(edges[-1] - np.float32(1e-4))
    edges.append(np.nextafter(at, np.float32(1 if step < 0 else 0)) if step else at)

# name: (monitor, values, plateau's patience, min delta and factor, stopping's patience and min delta)
CASES = {
    "a loss that only falls": ("valLoss", [1 / (1 + i) for i in range(12)], (2, 0, 0.1), (3, 0)),
    "a loss that only rises": ("valLoss", [0.1 * (1 + i) for i in range(30)], (5, 0, 0.1), (10, 0)),
    "a loss that stays": ("valLoss", [0.25] * 30, (5, 1e-4, 0.1), (10, 0)),
    "a fall, then a rise": ("valLoss", [1, 0.5, 0.4, 0.41, 0.42, 0.39, 0.4, 0.43, 0.45, 0.5, 0.6, 0.7], (2, 0, 0.5), (4, 0)),
    "falls smaller than the plateau's min delta": ("valLoss", [1 - 5e-5 * i for i in range(40)], (5, 1e-4, 0.1), (10, 0)),
    "falls of exactly min delta": ("valLoss", [1, 0.75, 0.5, 0.25, 0.125, 0.0625, 0.05, 0.05, 0.05], (2, 0.25, 0.1), (3, 0.25)),
    "falls of a decimal min delta": ("valLoss", [1 - 0.1 * i for i in range(10)] + [0.1] * 6, (2, 0.1, 0.1), (4, 0.1)),
    "differences below float32's resolution": (
        "valLoss", [0.3, 0.3 - 1e-9, 0.3 - 2e-9, 0.3 - 1e-8, 0.3 - 3e-8, 0.3 - 1e-7, 0.3 - 2e-7, 0.3, 0.3, 0.3], (2, 0, 0.1), (3, 0)),
    "NaN from the start": ("valLoss", [NAN, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05], (2, 0, 0.1), (4, 0)),
    "NaN on the way": ("valLoss", [1, 0.5, NAN, NAN, 0.4, NAN, NAN, NAN, NAN, NAN, 0.1], (2, 0, 0.1), (4, 0)),
    "infinity, then numbers": ("valLoss", [INF, INF, 5, INF, 4, NAN, 3, INF, INF, INF, INF, INF], (2, 0, 0.1), (4, 0)),
    "losses that tie, under the published protocol": ("valLoss", [0.4, 0.39, 0.38, 0.38, 0.38, 0.3799, 0.3799, 0.38] + [0.3799] * 12, (5, 1e-4, 0.1), (10, 0)),
    "falls just below, at and above the published min delta": ("valLoss", [float(v) for v in np.repeat(edges, 3)], (5, 1e-4, 0.1), (10, 0)),
    "NaN under the published protocol": ("valLoss", [0.5, NAN, 0.4] + [NAN] * 4 + [0.39] + [NAN] * 12, (5, 1e-4, 0.1), (10, 0)),
    "a rate that falls again and again": ("valLoss", [0.5] + [0.5 + 1e-3 * i for i in range(40)], (5, 1e-4, 0.1), (45, 0)),
    "improvements for stopping that the plateau does not see": ("valLoss", [0.4 - 9e-5 * (i // 4) for i in range(60)], (5, 1e-4, 0.1), (10, 0)),
    "an accuracy that rises, then falls": ("valAccuracy", [0.1, 0.5, 0.8, 0.79, 0.81, 0.8, 0.78, 0.81, 0.8, 0.7, 0.6], (2, 0, 0.1), (4, 0)),
    "accuracies that tie": ("valAccuracy", [0.96, 0.972, 0.972, 0.972, 0.972, 0.9722, 0.9722, 0.9, 0.9722, 0.9722, 0.9722, 0.9722, 0.9722], (3, 0, 0.1), (6, 0)),
    "an accuracy that starts at nothing": ("valAccuracy", [0, 0, 0, 0, 0, 0], (2, 0, 0.1), (5, 0)),
    "an accuracy with a min delta": ("valAccuracy", [0.5, 0.505, 0.51, 0.5101, 0.52, 0.53, 0.535, 0.536, 0.537, 0.5375, 0.54], (2, 0.01, 0.2), (3, 0.01)),
    "patience of one": ("valAccuracy", [0.5, 0.6, 0.7, 0.7, 0.8], (1, 0, 0.1), (1, 0)),
    "the corrected protocol, noisy": ("valAccuracy", [1 - v for v in drift(70, 0.008, 0.01)], (5, 0, 0.1), (10, 0)),
    "the published protocol, noisy": ("valLoss", drift(90, 0.006, 0.02), (5, 1e-4, 0.1), (10, 0)),
    "the published protocol, slow": ("valLoss", [float(np.float32(0.5 + 2e-3 * np.exp(-i / 20))) for i in range(150)], (5, 1e-4, 0.1), (10, 0)),
}  # fmt: skip

KERAS_NAMES = {"valLoss": "val_loss", "valAccuracy": "val_accuracy"}


def record(monitor, values, plateau, stopping):
    mode = "min" if monitor == "valLoss" else "max"
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=1.0), loss="mse")
    patience, min_delta, factor = plateau
    reduce = keras.callbacks.ReduceLROnPlateau(KERAS_NAMES[monitor], factor=factor, patience=patience, min_delta=min_delta, mode=mode)
    stop = keras.callbacks.EarlyStopping(KERAS_NAMES[monitor], patience=stopping[0], min_delta=stopping[1], mode=mode)
    for callback in (reduce, stop):
        callback.set_model(model)
        callback.on_train_begin()
    model.stop_training = False
    rates, stop_epoch = [], None
    for epoch, value in enumerate(values):
        rates.append(float(model.optimizer.learning_rate.numpy()))  # the rate of this epoch
        reduce.on_epoch_end(epoch, {KERAS_NAMES[monitor]: value})
        stop.on_epoch_end(epoch, {KERAS_NAMES[monitor]: value})
        if model.stop_training and stop_epoch is None:
            stop_epoch = epoch + 1
    return {
        "monitor": monitor,
        "plateau": {"patience": patience, "minDelta": min_delta, "factor": factor},
        "stopping": {"patience": stopping[0], "minDelta": stopping[1]},
        "values": [v if np.isfinite(v) else {"nan": "NaN", "inf": "Infinity"}[str(v)] for v in values],
        "rates": [float(f"{rate:.9g}") for rate in rates],
        "nextRate": float(f"{float(model.optimizer.learning_rate.numpy()):.9g}"),
        "stopEpoch": stop_epoch,
    }


def told(value):
    """A quantity as `fit` hands it to callbacks: the mean over an epoch, which Keras keeps in float32."""
    mean = keras.metrics.Mean()
    mean.update_state(value)
    return {"value": value, "told": float(mean.result())}


out = {
    "versions": {"keras": keras.__version__},
    "told": [told(value) for value in (0.5, 0.1, 1 / 3, 0.38447, 1 + 1e-9, 1e-30)],
    "cases": {name: record(*case) for name, case in CASES.items()},
}
version = ".".join(keras.__version__.split(".")[:2])
Path(__file__).with_name(f"rules-{version}.json").write_text(json.dumps(out, indent=1) + "\n")
