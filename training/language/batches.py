"""Windows of documents, and windows of one length as batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from language.examples import IGNORE, Integers
from language.noise import disturbed
from variorum.language.pieces import Pieces, special

LONGEST = 190
"""Pieces of a window, without the two special ones."""
ROUND = 8
"""Lengths of batches are multiples of this."""


class Labelled(Protocol):
    """A document as pieces, with arrays of labels beside them."""

    @property
    def id(self) -> str:
        """Which document it is."""

    @property
    def pieces(self) -> Pieces:
        """What the model reads."""

    @property
    def sentences(self) -> Integers:
        """First piece of each sentence, and the number of pieces."""


@dataclass(frozen=True)
class Window:
    """A stretch of a document, sentence to sentence."""

    example: Labelled
    start: int
    end: int


@dataclass(frozen=True)
class Batch:
    """Windows of one length. The labels are indexed like the pieces; the first piece of a window is ``[CLS]``."""

    windows: list[Window]
    ids: Tensor
    shapes: Tensor
    spaces: Tensor
    mask: Tensor
    """Additive, (batch, 1, 1, length): 0 where there is a piece, a large negative number where there is none."""
    labels: dict[str, Tensor]


def cut(example: Labelled, longest: int) -> list[Window]:
    """A document as windows of whole sentences, filled up to `longest` pieces; a longer sentence is one by itself."""
    windows: list[Window] = []
    edges = example.sentences.tolist()
    start = 0
    for low, high in pairwise(edges):
        if high - start > longest and low > start:
            windows.append(Window(example, start, low))
            start = low
    windows.append(Window(example, start, edges[-1]))
    return [Window(w.example, w.start, min(w.end, w.start + LONGEST)) for w in windows if w.end > w.start]


def slice_of(pieces: Pieces, start: int, end: int) -> Pieces:
    """A stretch of pieces."""
    return Pieces(
        *(getattr(pieces, name)[start:end] for name in ("ids", "starts", "ends", "shapes", "spaces", "first"))
    )


CORE_LABELS = ("seg", "upos", "lemma", "head", "deprel", "mention", "cluster")


def batch_of(
    windows: list[Window],
    generator: np.random.Generator | None,
    names: tuple[str, ...] = CORE_LABELS,
    spaced: float = 0.0,
) -> Batch:
    """Windows as tensors with the labels of those names, and with noise where a generator is given.

    `spaced` is a share of windows, see :func:`language.noise.disturbed`.
    """
    length = max(w.end - w.start for w in windows) + 2
    length = -(-length // ROUND) * ROUND
    shape = (len(windows), length)
    ids = np.zeros(shape, dtype=np.int64)
    shapes, spaces = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    mask = np.full(shape, -1e4, dtype=np.float32)
    labels = {name: np.full(shape, IGNORE, dtype=np.int64) for name in names}
    for row, window in enumerate(windows):
        size = window.end - window.start
        pieces = slice_of(window.example.pieces, window.start, window.end)
        if generator is not None:
            pieces = disturbed(pieces, generator, spaced)
        ids[row, 0], ids[row, size + 1] = special("[CLS]"), special("[SEP]")
        ids[row, 1 : size + 1] = pieces.ids
        shapes[row, 1 : size + 1] = pieces.shapes + 1
        spaces[row, 1 : size + 1] = pieces.spaces + 1
        mask[row, : size + 2] = 0
        for name in names:
            labels[name][row, 1 : size + 1] = getattr(window.example, name)[window.start : window.end]
        if "head" not in names:
            continue
        head = labels["head"][row, 1 : size + 1]
        inside = (head >= window.start) & (head < window.end)
        labels["head"][row, 1 : size + 1] = np.where(inside, head - window.start + 1, np.where(head == -2, 0, IGNORE))
    return Batch(
        windows,
        torch.from_numpy(ids),
        torch.from_numpy(shapes),
        torch.from_numpy(spaces),
        torch.from_numpy(mask)[:, None, None, :],
        {name: torch.from_numpy(values) for name, values in labels.items()},
    )


def epoch_of(
    examples: Sequence[Labelled], generator: np.random.Generator, pieces: int, whole: bool
) -> Iterator[list[Window]]:
    """One pass over the documents in random order, as lists of windows for one batch.

    With `whole`, a batch is one document (coreference is learned there); otherwise windows of like length from anywhere
    are put together until they hold about `pieces` pieces. Windows are cut anew in each pass, some of them short, so
    that the model knows long context and none.
    """
    if whole:
        for i in generator.permutation(len(examples)):
            longest = int(generator.choice([LONGEST, LONGEST, 140, 94]))
            windows = cut(examples[i], longest)
            for start in range(0, len(windows), 16):
                yield windows[start : start + 16]
        return
    windows = [
        window
        for example in examples
        for window in cut(example, int(generator.choice([LONGEST, LONGEST, 142, 94, 46, 22, 1])))
    ]
    noise = generator.random(len(windows))
    order = sorted(range(len(windows)), key=lambda i: (windows[i].end - windows[i].start) * (1 + 0.1 * noise[i]))
    batches: list[list[Window]] = []
    batch: list[Window] = []
    for i in order:
        size = windows[i].end - windows[i].start
        if batch and (len(batch) + 1) * (size + 2) > pieces:
            batches.append(batch)
            batch = []
        batch.append(windows[i])
    batches.append(batch)
    for i in generator.permutation(len(batches)):
        yield batches[i]
