"""Reference values for test/site/activations.test.ts: a valid convolution with bias and ReLU, then max-pooling, by Keras.

Run: python test/reference/activations.py   (Python 3.11, tensorflow-cpu 2.21, keras 3.15); writes activations.json beside it.
"""
import json
import pathlib

import keras
import numpy as np

rng = np.random.default_rng(7)
x = np.round(rng.uniform(-1, 1, (1, 7, 6, 2)), 3).astype('float32')
kernel = np.round(rng.uniform(-1, 1, (3, 3, 2, 3)), 3).astype('float32')
bias = np.round(rng.uniform(-0.5, 0.5, 3), 3).astype('float32')
conv = keras.layers.Conv2D(3, 3, activation='relu')
conv.build(x.shape)
conv.set_weights([kernel, bias])
convolved = np.array(conv(x))
pooled = np.array(keras.layers.MaxPooling2D(2)(convolved))
flat = lambda a: [round(float(v), 5) for v in a.ravel()]
out = {
    'input': {'height': 7, 'width': 6, 'channels': 2, 'values': flat(x)},
    'kernel': flat(kernel),
    'bias': flat(bias),
    'convolved': {'height': convolved.shape[1], 'width': convolved.shape[2], 'channels': 3, 'values': flat(convolved)},
    'pooled': {'height': pooled.shape[1], 'width': pooled.shape[2], 'channels': 3, 'values': flat(pooled)},
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
