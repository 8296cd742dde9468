"""The weight files: two archives, each with its networks, the names of their classes and a model card.

``core.zip`` splits, tags, parses, lemmatises and finds mentions; ``news.zip`` finds names, on layers of its own that
read what the core's lower layers say. A bundle of your own making (see ``training/``) takes the place of either when
the environment variable ``VARIORUM_WEIGHTS`` names a folder that holds it.
"""

import functools
import json
import os
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import onnxruntime

from variorum.errors import VariorumError

WEIGHTS = "VARIORUM_WEIGHTS"


class WeightsError(VariorumError):
    """A weight file that is missing or can't be used."""


@dataclass(frozen=True)
class Core:
    """The core's networks and classes."""

    encoder: onnxruntime.InferenceSession
    labels: onnxruntime.InferenceSession
    pairs: onnxruntime.InferenceSession
    upos: tuple[str, ...]
    deprels: tuple[str, ...]
    lemmas: tuple[str, ...]
    mentions: tuple[str, ...]
    known_lemmas: frozenset[str]
    """Lemmas that are words, in lower case, as far as the training data tells."""


@dataclass(frozen=True)
class News:
    """The news weights' network and classes."""

    network: onnxruntime.InferenceSession
    tags: tuple[str, ...]


def location(name: str) -> Traversable:
    """Where a bundle lies: in the folder that the environment names, else in the package."""
    given = os.environ.get(WEIGHTS)
    if given and (Path(given) / name).exists():
        return Path(given) / name
    return files("variorum.language") / "weights" / name


def _session(data: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # one thread: two would sum in another order, and whoever has cores to spare runs more batches at once
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # the graphs are written as they should run; fusing layer norms again would make them slower
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # an arena keeps the largest batch of every length for good: 60 MB more for a twentieth of the time
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _open(name: str) -> zipfile.ZipFile:
    found = location(name)
    try:
        return zipfile.ZipFile(found.open("rb"))
    except (OSError, zipfile.BadZipFile) as error:
        raise WeightsError(f"{found}: not a weight file ({error})") from error


@functools.cache
def core() -> Core:
    """The core, loaded once in a process. Raises WeightsError."""
    with _open("core.zip") as archive:
        classes = json.loads(archive.read("classes.json"))
        encoder, labels, pairs = (_session(archive.read(f"{name}.onnx")) for name in ("encoder", "labels", "pairs"))
    return Core(
        encoder,
        labels,
        pairs,
        upos=tuple(classes["upos"]),
        deprels=tuple(classes["deprels"]),
        lemmas=tuple(classes["lemmas"]),
        mentions=tuple(classes["mentions"]),
        known_lemmas=frozenset(classes["known_lemmas"]),
    )


@functools.cache
def news() -> News:
    """The news weights, loaded once in a process. Raises WeightsError."""
    with _open("news.zip") as archive:
        return News(_session(archive.read("network.onnx")), tuple(json.loads(archive.read("classes.json"))["tags"]))


def card(name: str) -> str:
    """The model card of ``core`` or ``news``, in Markdown."""
    with _open(f"{name}.zip") as archive:
        return archive.read("CARD.md").decode("utf-8")
