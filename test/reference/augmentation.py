"""Keras' affine transform of pictures made by formulas, for test/augmentation/affine.test.ts.

Run: python test/reference/augmentation.py   (writes augmentation.json beside itself)
Made with Python 3.11, keras 3.15.1, scipy 1.17.1, numpy 2.4.6.
The results are float32 grey levels, 784 a case, little-endian in base64: exact and smaller than text.
"""

import base64
import json
from pathlib import Path

import keras
import numpy as np
import scipy
from keras.src.legacy.preprocessing.image import apply_affine_transform

row, column = np.mgrid[0:28, 0:28]
pictures = {
    "pattern": (row * 7 + column * 13) % 256,
    "disc": np.where((row - 11) ** 2 + (column - 16) ** 2 <= 64, 255, 0),
    "stroke": np.maximum(0, 255 - 40 * np.abs(row - 2 * column + 12)),
}

neutral = {"theta": 0, "tx": 0, "ty": 0, "shear": 0, "zx": 1, "zy": 1}
cases = [
    ("pattern", {}),
    ("pattern", {"theta": 10}),
    ("stroke", {"theta": -90}),
    ("disc", {"theta": 37.5}),
    ("pattern", {"tx": 2.8}),
    ("pattern", {"ty": -2.8}),
    ("pattern", {"tx": 3, "ty": -5}),
    ("stroke", {"tx": -40.25, "ty": 0.5}),
    ("pattern", {"shear": 0.1}),
    ("stroke", {"shear": -25}),
    ("disc", {"zx": 0.9, "zy": 1.1}),
    ("stroke", {"zx": 2.5, "zy": 0.3}),
    ("pattern", {"theta": 9.9, "tx": -2.75, "ty": 1.3, "shear": -0.099, "zx": 1.099, "zy": 0.901}),
    ("disc", {"theta": -170, "tx": 4.4, "ty": 9.1, "shear": 30, "zx": 0.6, "zy": 1.7}),
]


def transformed(picture: str, parameters: dict) -> str:
    image = pictures[picture].astype("float32")[:, :, None]
    # The axes ImageDataGenerator passes for data_format "channels_last".
    result = apply_affine_transform(image, **parameters, row_axis=0, col_axis=1, channel_axis=2, fill_mode="nearest", order=1)
    return base64.b64encode(result.astype("<f4").tobytes()).decode()


reference = {
    "versions": {"keras": keras.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "cases": [
        {"picture": picture, "parameters": neutral | given, "result": transformed(picture, neutral | given)}
        for picture, given in cases
    ],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference, indent=1) + "\n")
