"""Words and sentences, from what the model says at each piece."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.language.pieces import Space
from variorum.language.reader import Reading

Integers = npt.NDArray[np.int64]
INSIDE, WORD, SENTENCE = 0, 1, 2


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
    begins[0] = opens[0] = True
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(pieces)) - 1
    sentences = np.flatnonzero(opens[first])
    return Split(
        first,
        pieces.starts[first].astype(np.int64),
        pieces.ends[last].astype(np.int64),
        np.append(sentences, len(first)).astype(np.int64),
    )
