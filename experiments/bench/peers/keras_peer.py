"""Keras on TensorFlow, as a peer of `npm run bench`: the same models and steps by its own means, in its fastest setting."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from keras.src.legacy.preprocessing.image import ImageDataGenerator

from contender import Networks, read_configuration, serve, timed

configuration = read_configuration()
tf.config.threading.set_intra_op_parallelism_threads(configuration.threads)
tf.config.threading.set_inter_op_parallelism_threads(configuration.threads)

LAYERS = {
    "conv2d": lambda layer: layers.Conv2D(layer["filters"], layer["kernelSize"]),
    "relu": lambda _: layers.ReLU(),
    "maxPool": lambda layer: layers.MaxPooling2D(layer["size"]),
    "dropout": lambda layer: layers.Dropout(layer["rate"]),
    "flatten": lambda _: layers.Flatten(),
    "dense": lambda layer: layers.Dense(layer["units"]),
}


def make_layers(model: str) -> list:
    """An activation behind a layer is made a part of it, as one writes it in Keras."""
    made = []
    for layer in configuration.models[model]:
        if layer["kind"] == "relu" and made and hasattr(made[-1], "activation"):
            made[-1].activation = keras.activations.relu
        else:
            made.append(LAYERS[layer["kind"]](layer))
    return made


def make_dataset() -> tf.data.Dataset:
    """Batches gathered from the bytes in the given order, one ahead of the step that takes it."""
    images, labels, order = (tf.constant(a) for a in (configuration.images, configuration.labels, configuration.order))
    size = configuration.batch_size

    def gather(i):
        chosen = order[i * size : (i + 1) * size]
        return tf.gather(images, chosen), tf.gather(labels, chosen)

    return tf.data.Dataset.range(len(configuration.order) // size).repeat().map(gather).prefetch(1)


class Network:
    def __init__(self, model: str, setting: str):
        self.granularity = 10 if "10 steps" in setting else 1
        rate, rho, epsilon = (float(configuration.optimizer[key]) for key in ("rate", "rho", "epsilon"))
        self.model = keras.Sequential([keras.Input((28, 28, 1)), layers.Rescaling(1 / 255), *make_layers(model)])
        self.model.compile(
            optimizer=keras.optimizers.Adadelta(rate, rho=rho, epsilon=epsilon),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            steps_per_execution=self.granularity,
            jit_compile="jit_compile" in setting,
        )
        self.parameters = self.model.count_params()
        data = make_dataset()
        # Makes the function that fit() calls for each execution; it is called without fit()'s callbacks from here on.
        self.model.fit(data, steps_per_epoch=self.granularity, verbose=0)
        self.batches = iter(data)

    def train(self, steps: int) -> float:
        self.model.reset_metrics()
        for _ in range(max(1, steps // self.granularity)):
            logs = self.model.train_function(self.batches)
        return float(logs["loss"])

    def train_augmented(self, steps: int) -> float:
        return self.model.fit(generator_flow(), steps_per_epoch=steps, verbose=0).history["loss"][0]

    def evaluate(self, batches: int) -> int:
        size = configuration.evaluation_batch
        for i in range(batches):
            at = i * size % (len(configuration.images) - size + 1)
            self.model.predict_on_batch(configuration.images[at : at + size])
        return batches * size


def generator_flow():
    """ImageDataGenerator with the study's transforms; unshuffled, over the images in the given order."""
    transforms = configuration.augmentation
    generator = ImageDataGenerator(
        rotation_range=transforms["rotation"],
        width_shift_range=transforms["shift"],
        height_shift_range=transforms["shift"],
        shear_range=transforms["shear"],
        zoom_range=transforms["zoom"],
        fill_mode="nearest",
    )
    return generator.flow(in_order_images, in_order_labels, batch_size=configuration.batch_size, shuffle=False)


shown = configuration.order[: 200 * configuration.batch_size]
in_order_images = configuration.images[shown].astype(np.float32)
in_order_labels = configuration.labels[shown]


def augment(batches: int) -> int:
    flow = generator_flow()
    return sum(len(next(flow)[0]) for _ in range(batches))


SETTINGS = ["10 steps per execution", "1 step per execution", "1 step per execution, jit_compile"]
networks = Networks(configuration, Network, lambda _: SETTINGS)
handlers = networks.handlers() | {
    "trainAugmented": lambda model, steps: timed(lambda: {"loss": networks.chosen[model].train_augmented(steps)}),
    "augment": lambda batches: timed(lambda: {"images": augment(batches)}),
}
serve(handlers, f"Keras {keras.__version__}, TensorFlow {tf.__version__}")
