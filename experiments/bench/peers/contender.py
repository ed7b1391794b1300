"""What the peers of `npm run bench` share: the configuration, the images, and answering requests line by line.

Started by experiments/bench/contender.ts with its configuration as JSON in the first argument; reads one JSON request a line from
standard input and answers each with one line of JSON. Ends with its input.
"""

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SIDE = 28


@dataclass
class Configuration:
    threads: int
    trials: bool  # whether to look for the fastest setting; else the first is taken
    batch_size: int
    evaluation_batch: int
    models: dict  # lists of layers, as experiments/models has them
    optimizer: dict
    augmentation: dict
    images: np.ndarray  # bytes [n, 28, 28, 1]
    labels: np.ndarray  # int32 [n]
    order: np.ndarray  # int32 [n], the order in which images are shown


def read_configuration() -> Configuration:
    given = json.loads(sys.argv[1])
    folder = Path(given["data"])
    return Configuration(
        threads=given["threads"],
        trials=given["trials"],
        batch_size=given["batchSize"],
        evaluation_batch=given["evaluationBatch"],
        models=given["models"],
        optimizer=given["optimizer"],
        augmentation=given["augmentation"],
        images=np.fromfile(folder / "images.bin", np.uint8).reshape(-1, SIDE, SIDE, 1),
        labels=np.fromfile(folder / "labels.bin", np.uint8).astype(np.int32),
        order=np.fromfile(folder / "order.bin", np.uint32).astype(np.int32),
    )


class Batches:
    """Batches of whole size in the given order, again and again."""

    def __init__(self, configuration: Configuration):
        self.size = configuration.batch_size
        self.order = configuration.order
        self.at = 0

    def indices(self) -> np.ndarray:
        if self.at + self.size > len(self.order):
            self.at = 0
        chosen = self.order[self.at : self.at + self.size]
        self.at += self.size
        return chosen


class Networks:
    """One network a model, in the setting chosen for it.

    `build(model, setting)` makes one with `train(steps)`, which returns the last step's loss or one near it, `evaluate(batches)`, which
    returns the number of images, `parameters` and `granularity`, the steps it takes at once.
    """

    def __init__(self, configuration: Configuration, build, settings):
        self.configuration = configuration
        self.build = build
        self.settings = settings
        self.chosen = {}

    def choose(self, model: str, setting: str | None) -> dict:
        """Takes the setting given, or the fastest of all in a short trial; ready to run at full speed afterwards."""
        tried = {}
        best = None
        names = [setting] if setting else self.settings(model)
        for name in names if self.configuration.trials else names[:1]:
            network = self.build(model, name)
            network.train(network.granularity)  # compiles
            tried[name] = step_time(network, 1)
            # What is far behind has no need of a second look.
            if best is None or tried[name] < 2 * tried[best[0]]:
                tried[name] = min(tried[name], step_time(network, 3))
            if best is None or tried[name] < tried[best[0]]:
                best = (name, network)
        self.chosen[model] = best[1]
        best[1].evaluate(1)
        return {"setting": best[0], "tried": tried, "parameters": best[1].parameters, "granularity": best[1].granularity}

    def handlers(self) -> dict:
        return {
            "choose": lambda model, setting=None: self.choose(model, setting),
            "train": lambda model, steps: timed(lambda: {"loss": self.chosen[model].train(steps)}),
            "evaluate": lambda model, batches: timed(lambda: {"images": self.chosen[model].evaluate(batches)}),
        }


def step_time(network, blocks: int) -> float:
    """Milliseconds a step: the least of some short blocks."""
    steps = max(2, network.granularity)
    return min(timed(lambda: {"loss": network.train(steps)})["ms"] / steps for _ in range(blocks))


def timed(work) -> dict:
    """What the work returns, with the milliseconds it took on the clock."""
    start = time.perf_counter()
    result = work()
    return {**result, "ms": 1000 * (time.perf_counter() - start)}


def serve(handlers: dict, versions: str) -> None:
    """Answers requests until the input ends. Libraries may print what they like: their words go to standard error.

    But not a trace of oneDNN's: it belongs between the answers.
    """
    answers = os.fdopen(os.dup(1), "w")
    if "ONEDNN_VERBOSE" not in os.environ:
        os.dup2(2, 1)

    def answer(message: dict) -> None:
        print(json.dumps(message), file=answers, flush=True)

    answer({"versions": versions})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer(handlers[request.pop("do")](**request))
        except Exception as error:  # whatever it was, the project's side must be told
            answer({"error": f"{type(error).__name__}: {error}"})
