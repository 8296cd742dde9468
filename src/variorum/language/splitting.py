"""Words and sentences, from what the model says at each piece."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.language.pieces import Pieces, Shape, Space
from variorum.language.reader import Reading
from variorum.language.windows import ends_before
from variorum.reading.datelines import LONGEST, find_dateline

Integers = npt.NDArray[np.int64]
INSIDE, WORD, SENTENCE = 0, 1, 2

BULLETS: Final = frozenset("•·▪‣◦●■*-–—")
QUOTES: Final = frozenset("\"”’»'")
OPENING: Final = 5
"""Lines of a text in which a dateline is looked for: headline, byline and such may stand before it."""
SENTENCE_LIMIT: Final = 600
"""Pieces of a sentence at most; the longest of the training treebanks has 161 words."""
SURE: Final = 0.6
"""Score from which a dateline is cut off as a sentence of its own."""


@dataclass(frozen=True)
class Split:
    """The words of a text and the sentences that they form."""

    first: Integers
    """Index of the first piece of each word."""
    starts: Integers
    """Offset in the text at which each word begins."""
    ends: Integers
    """Offset at which it ends; white space belongs to no word."""
    sentences: Integers
    """Index of the first word of each sentence, and the number of words."""

    def __len__(self) -> int:
        return len(self.first)


def _lines_and_reports(text: str, pieces: Pieces) -> list[int]:
    """Pieces that open a list item, and the one that opens a report behind its dateline."""
    lines = np.flatnonzero(pieces.spaces >= Space.LINE)
    found = [
        int(at)
        for at in lines
        if text[int(pieces.starts[at])] in BULLETS and at + 1 < len(pieces) and pieces.spaces[at + 1] == Space.BLANK
    ]
    for at in lines[:OPENING]:
        start = int(pieces.starts[at])
        dateline = find_dateline(text[start : start + 2 * LONGEST])
        if dateline is not None and dateline.score >= SURE:
            first = int(np.searchsorted(pieces.starts, start + dateline.end))
            found += [first] if first < len(pieces) and pieces.first[first] else []
            break
    return found


def _after_quotations(text: str, pieces: Pieces) -> list[int]:
    """Pieces with a capital behind a quotation that ends in a period: "We wait." Then ..."""
    closing = np.flatnonzero((pieces.shapes == Shape.SIGN) | (pieces.shapes == Shape.CLOSE))
    return [
        at + 1
        for at in closing.tolist()
        if 0 < at < len(pieces) - 1
        and text[int(pieces.starts[at])] in QUOTES
        and text[int(pieces.starts[at]) - 1] == "."
        and ends_before(text, pieces, at + 1)
    ]


def _cut_long(opens: npt.NDArray[np.bool_], begins: npt.NDArray[np.bool_], chance: npt.NDArray[np.float32]) -> None:
    """Cut what is far too long for a sentence (a table, a list without signs) where the model minds least."""
    edges = np.append(np.flatnonzero(opens), len(opens))
    for low, high in pairwise(edges.tolist()):
        while high - low > SENTENCE_LIMIT:
            window = (
                np.flatnonzero(begins[low + SENTENCE_LIMIT // 2 : low + SENTENCE_LIMIT]) + low + SENTENCE_LIMIT // 2
            )
            if not len(window):
                break
            low = int(window[chance[window].argmax()])
            opens[low] = True


def split(reading: Reading) -> Split:
    """Cut a text into words and sentences.

    White space always ends a word, an empty line always ends a sentence; the rest is for the model to say.
    """
    pieces = reading.pieces
    if not len(pieces):
        none = np.zeros(0, dtype=np.int64)
        return Split(none, none, none, np.zeros(1, dtype=np.int64))
    label = reading.seg.argmax(1)
    begins = pieces.first & ((label != INSIDE) | (pieces.spaces != Space.NONE))
    opens = begins & ((label == SENTENCE) | (pieces.spaces == Space.PARAGRAPH) | reading.first_of_window)
    for at in [*_lines_and_reports(reading.text, pieces), *_after_quotations(reading.text, pieces)]:
        begins[at] = opens[at] = True
    begins[0] = opens[0] = True
    _cut_long(opens, begins, reading.seg[:, SENTENCE] - reading.seg.max(1))
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(pieces)) - 1
    sentences = np.flatnonzero(opens[first])
    return Split(
        first,
        pieces.starts[first].astype(np.int64),
        pieces.ends[last].astype(np.int64),
        np.append(sentences, len(first)).astype(np.int64),
    )
