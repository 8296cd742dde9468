"""Which stretches of a text the model reads at once.

The model sees up to `LONGEST` pieces. A text is cut where a sentence surely ends, best between paragraphs, so that each
sentence lies whole in one window with as much of its surroundings as fits. Where there is no such place (a list without
periods, a sentence longer than a window), windows overlap by half, and each piece is taken from the window in which it
stands closest to the middle. Nothing is cut off.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from variorum.language.lists import lines_of
from variorum.language.pieces import Pieces, Shape, Space

LONGEST: Final = 190
"""Pieces of a window, without the two special ones."""

_FINAL: Final = frozenset(".!?…。؟")
_AFTER_FINAL: Final = frozenset("\"'”’»)]}")
_BEGINS: Final = frozenset({Shape.TITLE, Shape.UPPER, Shape.LETTER, Shape.MIXED, Shape.DIGITS, Shape.OPEN})


@dataclass(frozen=True)
class Window:
    """A stretch of pieces."""

    start: int
    end: int


@functools.cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lines_of("abbreviations.txt"))


def ends_before(text: str, pieces: Pieces, at: int) -> bool:
    """Whether a sentence surely ends before a piece, as far as signs tell."""
    if pieces.spaces[at] < Space.BLANK or not pieces.first[at]:
        return False
    begins = Shape(int(pieces.shapes[at])) in _BEGINS or text[int(pieces.starts[at])] in "\"'"
    before = at - 1
    while before > 0 and text[int(pieces.starts[before])] in _AFTER_FINAL:
        before -= 1
    sign = text[int(pieces.starts[before]) : int(pieces.ends[before])]
    if not begins or sign[0] not in _FINAL:
        return False
    if sign != ".":
        return sign[0] != "…" and set(sign) != {"."}
    word = text[int(pieces.starts[before - 1]) : int(pieces.ends[before - 1])] if before else ""
    return len(word) > 1 and word.lower() not in _abbreviations()


def _places(text: str, pieces: Pieces) -> tuple[list[int], list[int]]:
    """Where windows may begin: between paragraphs, and between sentences."""
    paragraphs = np.flatnonzero(pieces.spaces == Space.PARAGRAPH)
    spaced = np.flatnonzero((pieces.spaces == Space.BLANK) | (pieces.spaces == Space.LINE))
    return paragraphs.tolist(), [at for at in spaced.tolist() if ends_before(text, pieces, at)]


def windows_of(text: str, pieces: Pieces, longest: int = LONGEST) -> list[list[Window]]:
    """The windows of a text, in order, as runs: windows of a run overlap, those of different runs do not.

    A run of one window is the usual case; a run of several covers a stretch with no sure end of a sentence in it.
    """
    size = len(pieces)
    if size <= longest:
        return [[Window(0, size)]] if size else []
    paragraphs, sentences = _places(text, pieces)
    best = np.full(size + 1, -1)
    best[paragraphs] = 2
    best[sentences] = 1
    best[size] = 2
    runs: list[list[Window]] = []
    start = 0
    while start < size:
        cut = _cut(best, start, min(size, start + longest), longest)
        if cut:
            runs.append([Window(start, cut)])
            start = cut
            continue
        ahead = np.flatnonzero(best[start + longest + 1 :] > 0)
        end = start + longest + 1 + int(ahead[0])
        runs.append(list(_overlapping(start, end, longest)))
        start = end
    return runs


def _cut(best: np.ndarray, start: int, limit: int, longest: int) -> int:
    """The best end of a window that begins at `start`; 0 if there is none."""
    for kind, earliest in ((2, start + longest // 2), (1, start + longest // 2), (1, start)):
        found = np.flatnonzero(best[earliest + 1 : limit + 1] >= kind)
        if len(found):
            return earliest + 1 + int(found[-1])
    return 0


def _overlapping(start: int, end: int, longest: int) -> Iterator[Window]:
    step = longest // 2
    at = start
    while at + longest < end:
        yield Window(at, at + longest)
        at += step
    yield Window(max(start, end - longest), end)
