"""JAX, as a peer of `npm run bench`: the same models and steps in plain jitted functions, in their fastest setting."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from contender import Batches, Networks, read_configuration, serve

configuration = read_configuration()


def initial_parameters(model: str) -> list:
    """Glorot-uniform kernels and zero biases, one pair a layer with weights."""
    random = np.random.default_rng(1)
    shape = (28, 28, 1)
    parameters = []
    for layer in configuration.models[model]:
        kind = layer["kind"]
        if kind == "conv2d":
            size, filters = layer["kernelSize"], layer["filters"]
            kernel = (size, size, shape[2], filters)
            shape = (shape[0] - size + 1, shape[1] - size + 1, filters)
        elif kind == "dense":
            kernel = (shape[0], layer["units"])
            shape = (layer["units"],)
        elif kind == "maxPool":
            shape = (shape[0] // layer["size"], shape[1] // layer["size"], shape[2])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        if kind in ("conv2d", "dense"):
            field = int(np.prod(kernel[:-2]))
            limit = np.sqrt(6 / (field * (kernel[-2] + kernel[-1])))
            weights = random.uniform(-limit, limit, kernel).astype(np.float32)
            parameters.append((jnp.asarray(weights), jnp.zeros(kernel[-1], jnp.float32)))
    return parameters


def forward(layers: list, parameters: list, images, key):
    """Logits; dropout where there is a key."""
    value = images.astype(jnp.float32) / 255
    weights = iter(parameters)
    for index, layer in enumerate(layers):
        kind = layer["kind"]
        if kind == "conv2d":
            kernel, bias = next(weights)
            value = lax.conv_general_dilated(value, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + bias
        elif kind == "dense":
            kernel, bias = next(weights)
            value = value @ kernel + bias
        elif kind == "relu":
            value = jax.nn.relu(value)
        elif kind == "maxPool":
            # Faster here than reduce_window, whose gradient XLA scatters one by one.
            n, height, width, channels = value.shape
            size = layer["size"]
            value = value.reshape(n, height // size, size, width // size, size, channels).max((2, 4))
        elif kind == "flatten":
            value = value.reshape(len(value), -1)
        elif kind == "dropout" and key is not None:
            kept = jax.random.bernoulli(jax.random.fold_in(key, index), 1 - layer["rate"], value.shape)
            value = jnp.where(kept, value / (1 - layer["rate"]), 0)
    return value


def adadelta(parameter, gradient, squared_gradients, squared_updates):
    rate, rho, epsilon = (configuration.optimizer[key] for key in ("rate", "rho", "epsilon"))
    squared_gradients = rho * squared_gradients + (1 - rho) * gradient**2
    update = jnp.sqrt(squared_updates + epsilon) * lax.rsqrt(squared_gradients + epsilon) * gradient
    return parameter - rate * update, squared_gradients, rho * squared_updates + (1 - rho) * update**2


class Network:
    def __init__(self, model: str, setting: str):
        layers = configuration.models[model]
        self.granularity = 10 if "scan" in setting else 1
        self.images, self.labels = jnp.asarray(configuration.images), jnp.asarray(configuration.labels)
        parameters = initial_parameters(model)
        self.parameters = int(sum(array.size for pair in parameters for array in pair))
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        implementation = "threefry2x32" if "threefry" in setting else "rbg"
        self.state = (parameters, zeros, jax.tree.map(jnp.zeros_like, parameters), jax.random.key(1, impl=implementation))
        self.batches = Batches(configuration)

        def loss_of(parameters, images, labels, key):
            logits = forward(layers, parameters, images, key)
            likelihoods = jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1)
            return -likelihoods.mean(), (logits.argmax(1) == labels).sum()

        def step(state, chosen, images, labels):
            parameters, squared_gradients, squared_updates, key = state
            key, drop = jax.random.split(key)
            (loss, correct), gradients = jax.value_and_grad(loss_of, has_aux=True)(parameters, images[chosen], labels[chosen], drop)
            updated = jax.tree.map(adadelta, parameters, gradients, squared_gradients, squared_updates)
            parts = [jax.tree.map(lambda _, three: three[i], parameters, updated) for i in range(3)]
            return (*parts, key), (loss, correct)

        def scanned(state, chosen, images, labels):
            return lax.scan(lambda s, one: step(s, one, images, labels), state, chosen)

        self.step = jax.jit(scanned if self.granularity > 1 else step, donate_argnums=0)
        self.logits = jax.jit(lambda parameters, images: forward(layers, parameters, images, None))

    def train(self, steps: int) -> float:
        for _ in range(max(1, steps // self.granularity)):
            chosen = np.stack([self.batches.indices() for _ in range(self.granularity)])
            self.state, (loss, _) = self.step(self.state, chosen if self.granularity > 1 else chosen[0], self.images, self.labels)
        return float(jnp.asarray(loss).reshape(-1)[-1])

    def evaluate(self, batches: int) -> int:
        size = configuration.evaluation_batch
        for i in range(batches):
            at = i * size % (len(configuration.images) - size + 1)
            np.asarray(self.logits(self.state[0], configuration.images[at : at + size]))
        return batches * size


def settings(model: str) -> list:
    # XLA's convolutions are many times slower inside a loop: there the scan isn't tried.
    loops = [] if any(layer["kind"] == "conv2d" for layer in configuration.models[model]) else ["jit, scan over 10 steps, rbg"]
    return ["jit, rbg", "jit, threefry", *loops]


serve(Networks(configuration, Network, settings).handlers(), f"JAX {jax.__version__}")
