"""
Reference values for the engines and for experiments/random.ts, by Keras 3.15 on TensorFlow 2.21 (Python 3.11), in float64 so that
what an engine is compared with carries no rounding of its own.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python test/reference/engines.py        # writes engines.json beside itself, ten seconds

Nothing is read: pictures come from a formula, weights from TensorFlow's own Philox generator by the formula of
experiments/models/initial-weights.ts, so that neither is stored and both are tested. test/engine/reference.ts repeats the formulas.
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")
L = keras.layers

SEED = 42
STREAMS = {"initialisation": 1, "order": 2, "dropout": 3, "augmentation": 4, "split": 5, "drawing": 6, "resampling": 7}
BATCH_SIZES = [6, 6, 4]  # the last, smaller batch counts
SAMPLES = 8


def words(seed, stream, a, b, count):
    """32-bit words of TensorFlow's Philox: key (seed, stream), counter (block, 0, a, b)."""
    return tf.raw_ops.StatelessRandomUniformFullIntV2(
        shape=[count],
        key=tf.constant([seed + (STREAMS[stream] << 32)], tf.uint64),
        counter=tf.constant([0, a + (b << 32)], tf.uint64),
        alg=1,
        dtype=tf.uint32,
    ).numpy()


def synthetic_batch(step, n):
    image, row, col = np.meshgrid(np.arange(n), np.arange(28), np.arange(28), indexing="ij")
    pictures = (image * 37 + row * 7 * col + col * 13 + row * 29 * step + step * 101) % 256
    labels = (np.arange(n) * 3 + step) % 10
    return pictures[..., None].astype("float64") / 255, labels


MODELS = {
    "cnn": [
        L.Conv2D(32, 3), L.ReLU(), L.Conv2D(64, 3), L.ReLU(), L.MaxPooling2D(2), L.Dropout(0.25),
        L.Flatten(), L.Dense(128), L.ReLU(), L.Dropout(0.5), L.Dense(10),
    ],
    "cnn-no-pooling": [
        L.Conv2D(32, 3), L.ReLU(), L.Conv2D(64, 3), L.ReLU(), L.Dropout(0.25),
        L.Flatten(), L.Dense(128), L.ReLU(), L.Dropout(0.5), L.Dense(10),
    ],
    "fcnn": [L.Flatten(), L.Dense(1024), L.ReLU(), L.Dropout(0.25), L.Dense(512), L.ReLU(), L.Dropout(0.5), L.Dense(10)],
}  # fmt: skip

ADADELTA = {"kind": "adadelta", "rate": 1.0, "rho": 0.95, "epsilon": 1e-7}
OPTIMIZERS = [
    ADADELTA,
    {**ADADELTA, "rate": 0.001},
    {"kind": "sgd", "rate": 0.05, "momentum": 0.9},
    {"kind": "adam", "rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
]


def keras_optimizer(o):
    if o["kind"] == "adadelta":
        return keras.optimizers.Adadelta(o["rate"], rho=o["rho"], epsilon=o["epsilon"])
    if o["kind"] == "sgd":
        return keras.optimizers.SGD(o["rate"], momentum=o["momentum"])
    return keras.optimizers.Adam(o["rate"], beta_1=o["beta1"], beta_2=o["beta2"], epsilon=o["epsilon"])


def initial_weights(model):
    """Glorot uniform from the stream 'initialisation', the tensor's place in the list as its index; float32 as engines start."""
    values = []
    for index, variable in enumerate(model.trainable_variables):
        shape = variable.shape
        if len(shape) == 1:
            values.append(np.zeros(shape, "float32"))
            continue
        field = int(np.prod(shape[:-2]))
        limit = np.sqrt(6 / (field * shape[-2] + field * shape[-1]))
        uniform = words(SEED, "initialisation", index, 0, int(np.prod(shape))) / 2**32
        values.append(((2 * uniform - 1) * limit).astype("float32").reshape(shape))
    return values


def number(x):
    return float(f"{x:.8g}")


def digest(tensor):
    flat = np.asarray(tensor, "float64").ravel()
    samples = [flat[(k * 104729 + 17) % flat.size] for k in range(SAMPLES)]
    return {"sum": number(flat.sum()), "norm": number(np.linalg.norm(flat)), "samples": [number(x) for x in samples]}


def step(model, k):
    x, y = synthetic_batch(k, BATCH_SIZES[k - 1])
    with tf.GradientTape() as tape:
        logits = model(x, training=False)  # dropout off
        losses = keras.ops.sparse_categorical_crossentropy(y, logits, from_logits=True)
        loss = keras.ops.mean(losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    summed = {"loss": number(float(loss) * len(y)), "correct": int((np.argmax(logits, 1) == y).sum())}
    return logits.numpy(), summed, gradients


def reference(name):
    model = keras.Sequential([keras.Input((28, 28, 1)), *MODELS[name]])
    initial = initial_weights(model)
    start = lambda: [v.assign(w) for v, w in zip(model.trainable_variables, initial)]
    start()
    logits, first, gradients = step(model, 1)
    trained = []
    for settings in OPTIMIZERS[:1] if name == "cnn-no-pooling" else OPTIMIZERS:
        start()
        optimizer = keras_optimizer(settings)
        optimizer.build(model.trainable_variables)
        losses = []
        for k in 1, 2, 3:
            _, summed, g = step(model, k)
            losses.append(summed)
            optimizer.apply(g, model.trainable_variables)
        # The change, not the weights: steps of 1e-6 would drown in weights of 0.1.
        changes = [digest(v.numpy() - w) for v, w in zip(model.trainable_variables, initial)]
        trained.append({"optimizer": settings, "steps": losses, "changes": changes})
    return {
        "initial": [digest(w) for w in initial],
        "logits": [number(x) for x in logits.ravel()],
        "first": first,
        "gradients": [digest(g) for g in gradients],
        "trained": trained,
    }


def adadelta_at_constant_gradient(gradient, steps):
    """Updates divided by −gradient, of one weight whose gradient never changes."""
    optimizer, weight = keras_optimizer(ADADELTA), keras.Variable(0.0, dtype="float64")
    optimizer.build([weight])
    ratios = []
    for _ in range(steps):
        before = float(weight.numpy())
        optimizer.apply([keras.ops.convert_to_tensor(gradient, "float64")], [weight])
        ratios.append(number((before - float(weight.numpy())) / gradient))
    return {"gradient": gradient, "ratios": ratios}


def dropout_mask(seed, at_step, layer, rate, count):
    """As engines draw it: each word's four bytes, lowest first; kept where the byte is at least round(256 · rate)."""
    drawn = words(seed, "dropout", at_step, layer, -(-count // 4))
    kept = tf.bitcast(drawn, tf.uint8).numpy().ravel()[:count] >= round(256 * rate)
    first = "".join("1" if k else "0" for k in kept[:64])
    checksum = int((kept * (np.arange(count) % 1009)).sum())
    return {"seed": seed, "step": at_step, "layer": layer, "rate": rate, "count": count, "first": first,
            "kept": int(kept.sum()), "checksum": checksum}  # fmt: skip


def random_words(seed, stream, a, b, count=10):
    drawn = words(seed, stream, a, b, count)
    return {"seed": seed, "stream": stream, "a": a, "b": b, "words": [int(w) for w in drawn]}


def main():
    result = {
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        "seed": SEED,
        "models": {name: reference(name) for name in MODELS},
        "adadelta": adadelta_at_constant_gradient(0.01, 5),
        "random": [
            random_words(0, "initialisation", 0, 0),
            random_words(1, "dropout", 5, 2),
            random_words(4294967295, "resampling", 4294967295, 3),
            random_words(2718281828, "augmentation", 59999, 100),
        ],
        "dropout": [
            dropout_mask(42, 1, 5, 0.25, 6 * 12 * 12 * 64),
            dropout_mask(42, 1, 9, 0.5, 6 * 128),
            dropout_mask(4000000000, 46900, 3, 0.25, 4 * 1024 - 3),
        ],
    }
    out = Path(__file__).with_suffix(".json")
    text = json.dumps(result, separators=(",", ":"))
    for key in '"models"', '"initial"', '"gradients"', '{"optimizer"', '"adadelta":', '"random"', '"dropout":':
        text = text.replace(key, "\n" + key)
    out.write_text(text + "\n")
    print(f"{out.name}: {out.stat().st_size} bytes")


main()
