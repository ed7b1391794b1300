"""
What Keras' own training gives of a softmax regression, for test/analyses/linear-baseline.test.ts: whole-batch Adadelta at rate 1.0 in
float64, and the logits of the epoch of the highest validation accuracy, on ties of the lowest loss.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python test/reference/linear-baseline.py        # writes linear-baseline.json beside itself, ten seconds

Made with Python 3.11. Pictures and first weights come from formulas, which the test repeats.
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np

keras.config.set_floatx("float64")
EPOCHS = 24  # so that two epochs share the highest accuracy, and neither is the last


def pictures(first, count):
    """The same formula as noisyPictures in test/analyses/noisy-pictures.ts, without the copies."""
    i = np.arange(first, first + count)[:, None]
    p = np.arange(784)[None, :]
    noise = (i * i * i * 7 + i * i * p * 3 + i * p * p * 5 + p * p * p) % 199
    return (i % 10 * p * 11 % 52 + noise) / 255, i[:, 0] % 10


x, y = pictures(0, 60)
validation = pictures(1060, 40)
model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
kernel = ((np.arange(7840) * 7919) % 1009 / 1009 * 0.1 - 0.05).astype("float32").reshape(784, 10)
model.set_weights([kernel, np.zeros(10)])
model.compile(
    keras.optimizers.Adadelta(1.0, rho=0.95, epsilon=1e-7),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
logits = []
each_epoch = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: logits.append(model(validation[0]).numpy()))
history = model.fit(
    x, y, batch_size=len(y), epochs=EPOCHS, validation_data=validation, callbacks=[each_epoch], verbose=0
).history
best = min(range(EPOCHS), key=lambda e: (-history["val_accuracy"][e], history["val_loss"][e]))
content = {
    "keras": keras.__version__,
    "epochs": EPOCHS,
    "bestEpoch": best + 1,
    "valAccuracies": [round(v, 6) for v in history["val_accuracy"]],
    "bestLogits": [float(f"{v:.8g}") for v in logits[best].ravel()[:50]],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(content) + "\n")
print(content)
