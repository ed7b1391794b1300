"""
What Keras' own training gives of the FCNN by the protocol `published`, for test/training/follows-keras.test.ts: losses of the third epoch
of six seeds, with Keras' random numbers.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    KMNIST_DIR=… python test/reference/first-epochs.py      # writes first-epochs.json beside itself, some minutes

Made with Python 3.11.
"""

import gzip
import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np

L = keras.layers
EPOCHS = 3
SEEDS = range(1, 7)


def read(name, header):
    """An IDX file's bytes behind its header, packed or not."""
    path = Path(os.environ["KMNIST_DIR"]) / name
    opened = open(path, "rb") if path.exists() else gzip.open(f"{path}.gz")
    with opened as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def images_and_labels(part):
    images = read(f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1).astype("float32") / 255
    return images, keras.utils.to_categorical(read(f"{part}-labels-idx1-ubyte", 8), 10)


train, test = images_and_labels("train"), images_and_labels("t10k")
last = {"loss": [], "valLoss": []}
for seed in SEEDS:
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            L.Input((28, 28, 1)), L.Flatten(), L.Dense(1024, "relu"), L.Dropout(0.25), L.Dense(512, "relu"), L.Dropout(0.5),
            L.Dense(10, "softmax"),
        ]
    )  # fmt: skip
    # The optimizer's own rate, as the original takes it: 0.001.
    model.compile(keras.optimizers.Adadelta(), "categorical_crossentropy")
    history = model.fit(*train, batch_size=128, epochs=EPOCHS, validation_data=test, verbose=0).history
    for ours, theirs in (("loss", "loss"), ("valLoss", "val_loss")):
        last[ours].append(round(history[theirs][-1], 6))
    print(seed, {name: values[-1] for name, values in last.items()}, flush=True)

content = {"keras": keras.__version__, "epochs": EPOCHS, **last}
Path(__file__).with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n")
