"""PyTorch, as a peer of `npm run bench`: the same models and steps by its own means, in its fastest setting."""

import torch
from torch import nn

from contender import Batches, Networks, read_configuration, serve

configuration = read_configuration()
torch.set_num_threads(configuration.threads)
torch.set_num_interop_threads(1)
# As TensorFlow does; without it tiny numbers slow late steps down.
torch.set_flush_denormal(True)


def build_layers(model: str) -> nn.Sequential:
    shape = (1, 28, 28)
    made = []
    for layer in configuration.models[model]:
        kind = layer["kind"]
        if kind == "conv2d":
            size, filters = layer["kernelSize"], layer["filters"]
            made.append(nn.Conv2d(shape[0], filters, size))
            shape = (filters, shape[1] - size + 1, shape[2] - size + 1)
        elif kind == "dense":
            made.append(nn.Linear(shape[0], layer["units"]))
            shape = (layer["units"],)
        elif kind == "relu":
            made.append(nn.ReLU(inplace=True))
        elif kind == "maxPool":
            made.append(nn.MaxPool2d(layer["size"]))
            shape = (shape[0], shape[1] // layer["size"], shape[2] // layer["size"])
        elif kind == "dropout":
            made.append(nn.Dropout(layer["rate"]))
        elif kind == "flatten":
            made.append(nn.Flatten())
            shape = (shape[0] * shape[1] * shape[2],) if len(shape) == 3 else shape
    return nn.Sequential(*made)


class Network:
    granularity = 1

    def __init__(self, model: str, setting: str):
        self.layout = torch.channels_last if "channels_last" in setting else torch.contiguous_format
        self.model = build_layers(model).to(memory_format=self.layout)
        self.parameters = sum(weight.numel() for weight in self.model.parameters())
        rate, rho, epsilon = (configuration.optimizer[key] for key in ("rate", "rho", "epsilon"))
        self.optimizer = torch.optim.Adadelta(self.model.parameters(), lr=rate, rho=rho, eps=epsilon, foreach="foreach" in setting)
        self.images = torch.from_numpy(configuration.images).permute(0, 3, 1, 2)
        self.labels = torch.from_numpy(configuration.labels).long()
        self.batches = Batches(configuration)
        self.forward = torch.compile(self.model) if "compile" in setting else self.model
        self.update = torch.compile(self.optimizer.step) if "compiled Adadelta" in setting else self.optimizer.step

    def scaled(self, images: torch.Tensor) -> torch.Tensor:
        return images.float().div_(255).contiguous(memory_format=self.layout)

    def train(self, steps: int) -> float:
        self.model.train()
        for _ in range(steps):
            chosen = torch.from_numpy(self.batches.indices())
            labels = self.labels[chosen]
            logits = self.forward(self.scaled(self.images[chosen]))
            loss = nn.functional.cross_entropy(logits, labels)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.update()
            (logits.argmax(1) == labels).sum()
        return loss.item()

    def evaluate(self, batches: int) -> int:
        self.model.eval()
        size = configuration.evaluation_batch
        with torch.inference_mode():
            for i in range(batches):
                at = i * size % (len(configuration.images) - size + 1)
                self.model(self.scaled(self.images[at : at + size]))
        return batches * size


def settings(model: str) -> list:
    convolutions = any(layer["kind"] == "conv2d" for layer in configuration.models[model])
    layouts = ["eager, channels_last, foreach", "compile, compiled Adadelta, channels_last"] if convolutions else []
    return ["eager", "eager, foreach", "compile, foreach", "compile, compiled Adadelta", *layouts]


serve(Networks(configuration, Network, settings).handlers(), f"PyTorch {torch.__version__}")
