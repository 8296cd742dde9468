"""What the attribution heads of the news weights tell apart, and how their scores are read off."""

from collections.abc import Sequence
from typing import Final, cast

import numpy as np
import numpy.typing as npt

FLAT_TAGS: Final = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What a piece is in itself, the outermost attribution first."""
CUE_TAGS: Final = ("O", "B-cue", "I-cue")
ROLE_TAGS: Final = ("O", "B-source", "I-source", "B-content", "I-content")
"""What a piece is to one cue."""

IMPOSSIBLE: Final = -1e4
"""Score of what can't be."""

_EDGES: Final = np.array([1, 2, 3, 4, 6, 8, 12, 17, 25, 40, 70, 110])
"""Where the classes of distances begin, in pieces; 0 is inside of the cue, then 12 classes after it and 12 before."""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


def far_of(cues: Integers, length: int) -> Integers:
    """Class of the distance of each piece from each cue; cues (cues, 2) to (cues, length)."""
    where = np.arange(length)[None]
    after = where - cues[:, 1:] + 1
    before = cues[:, :1] - where
    found = np.where(after > 0, np.searchsorted(_EDGES, after, side="right"), 0)
    return np.where(before > 0, np.searchsorted(_EDGES, before, side="right") + len(_EDGES), found)


def _allowed(steps: Floats) -> Floats:
    """Steps without those into the inside of a span from anywhere but the same kind of span."""
    allowed = steps.copy()
    for tag in range(2, len(steps), 2):
        barred = np.ones(len(steps), dtype=np.bool_)
        barred[[tag - 1, tag]] = False
        allowed[barred, tag] = IMPOSSIBLE
    return allowed


def best_paths(scores: Floats, lengths: Integers, steps: Floats) -> Integers:
    """The best sequences of classes (Viterbi 1967), each on its own; 0 behind the length of a sequence.

    scores (sequences, pieces, classes), steps (classes, classes) from class to class; (sequences, pieces).
    """
    count, size, classes = scores.shape
    allowed = _allowed(steps)
    best = scores[:, 0].copy() if size else np.zeros((count, classes), dtype=np.float32)
    best[:, 2::2] = IMPOSSIBLE
    came = np.tile(np.arange(classes, dtype=np.int8), (max(size, 1), count, 1))
    for at in range(1, size):
        through = best[:, :, None] + allowed
        following = through.max(1) + scores[:, at]
        on = (at < lengths)[:, None]
        came[at] = np.where(on, through.argmax(1), came[at])
        best = np.where(on, following, best)
    paths = np.zeros((count, size), dtype=np.int64)
    last = best.argmax(1)
    rows = np.arange(count)
    for at in range(size - 1, -1, -1):
        paths[:, at] = np.where(at < lengths, last, 0)
        last = came[at][rows, last] if at else last
    return paths


def path_chances(scores: Floats, lengths: Integers, steps: Floats, paths: Integers) -> Floats:
    """How likely each path is among all (the forward algorithm), as a mean over its pieces: (sequences,)."""
    count, size, _ = scores.shape
    alpha = scores[:, 0].astype(np.float64)
    rows = np.arange(count)
    own = scores[rows, 0, paths[:, 0]].astype(np.float64)
    for at in range(1, size):
        through = alpha[:, :, None] + steps
        top = through.max(1)
        following = top + np.log(np.exp(through - top[:, None]).sum(1)) + scores[:, at]
        on = at < lengths
        alpha = np.where(on[:, None], following, alpha)
        own += np.where(on, scores[rows, at, paths[:, at]] + steps[paths[:, at - 1], paths[:, at]], 0)
    top = alpha.max(1)
    whole = top + np.log(np.exp(alpha - top[:, None]).sum(1))
    return cast(Floats, np.exp(own - whole).astype(np.float32))


def best_path(scores: Floats, steps: Floats) -> list[int]:
    """The best sequence of classes; scores (pieces, classes)."""
    return cast(list[int], best_paths(scores[None], np.array([len(scores)]), steps)[0].tolist())


def spans_in(tags: Sequence[int], names: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of a sequence of classes: first piece, the one after the last, and their kind."""
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        mark, _, kind = names[max(tag, 0)].partition("-")
        if not kind:
            continue
        if mark == "I" and found and found[-1][1] == at and found[-1][2] == kind:
            found[-1] = (found[-1][0], at + 1, kind)
        else:
            found.append((at, at + 1, kind))
    return found
