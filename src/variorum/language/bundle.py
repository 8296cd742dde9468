"""The weight files: two archives, each with its networks, the names of their classes and a model card.

``core.zip`` splits, tags, parses, lemmatises and finds mentions; ``news.zip`` finds names and who says what, on layers
of its own that read what the core's lower layers and its heads say. A bundle of your own making (see ``training/``)
takes the place of either when the environment variable ``VARIORUM_WEIGHTS`` names a folder that holds it.
"""

import functools
import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime

from variorum.language.weight_files import CORE, NEWS, opened


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
    """The news weights' networks and classes."""

    network: onnxruntime.InferenceSession
    roles: onnxruntime.InferenceSession
    tags: tuple[str, ...]
    flat_steps: npt.NDArray[np.float32]
    """Scores of steps from class to class of ``attribution_heads.FLAT_TAGS``."""
    role_steps: npt.NDArray[np.float32]
    """The same for ``ROLE_TAGS``."""


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
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own exceptions have no common base
        raise ValueError(f"not a network: {error}") from error


@functools.cache
def core() -> Core:
    """The core, loaded once in a process. Raises WeightsError."""
    with opened(CORE) as archive:
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
    with opened(NEWS) as archive:
        classes = json.loads(archive.read("classes.json"))
        network, roles = (_session(archive.read(f"{name}.onnx")) for name in ("network", "roles"))
    return News(
        network,
        roles,
        tuple(classes["tags"]),
        np.array(classes["flat_steps"], dtype=np.float32),
        np.array(classes["role_steps"], dtype=np.float32),
    )


def card(name: str) -> str:
    """The model card of ``core`` or ``news``, in Markdown."""
    with opened(f"{name}.zip") as archive:
        return archive.read("CARD.md").decode("utf-8")
