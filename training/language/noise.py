"""What readers do to text: capitals lost or added, quotation marks of other kinds, line breaks that come and go.

The encoder's vocabulary knows no case and no accents, so noise in case touches the shapes alone; that keeps the pieces,
and with them every label, where they are.
"""

from dataclasses import replace

import numpy as np

from variorum.language.pieces import Pieces, Shape, Space, special

LOWERED, RAISED, TITLED = 0.05, 0.05, 0.07
"""Shares of windows that are read in lower case, in capitals, and as a headline."""
QUOTES, BREAKS, DROPPED = 0.15, 0.3, 0.08
"""Shares of windows whose quotation marks change, whose line breaks change; share of pieces hidden at most."""

_CASED = np.array([Shape.LOWER, Shape.TITLE, Shape.UPPER, Shape.LETTER, Shape.MIXED])


def _recased(shapes: np.ndarray, lengths: np.ndarray, draw: float, generator: np.random.Generator) -> np.ndarray:
    cased = np.isin(shapes, _CASED)
    shapes = shapes.copy()
    if draw < LOWERED:
        shapes[cased] = Shape.LOWER
    elif draw < LOWERED + RAISED:
        shapes[cased] = np.where(lengths[cased] == 1, Shape.LETTER, Shape.UPPER)
    elif draw < LOWERED + RAISED + TITLED:
        plain = shapes == Shape.LOWER
        small = (lengths <= 3) & (generator.random() < 0.5)
        shapes[plain & ~small] = Shape.TITLE
    return shapes


def disturbed(pieces: Pieces, generator: np.random.Generator, spaced: float = 0.0) -> Pieces:
    """A window as a reader with another keyboard, scraper or typesetter would have it; the same number of pieces.

    In a share `spaced` of windows all words and signs stand apart, as in tokenised text; that is for heads that do not
    learn where words begin.
    """
    lengths = pieces.ends - pieces.starts
    shapes = _recased(pieces.shapes, lengths, generator.random(), generator)
    ids, spaces = pieces.ids.copy(), pieces.spaces.copy()
    if generator.random() < QUOTES:
        straight = np.flatnonzero(ids == special('"'))
        opening = pieces.spaces[straight] != Space.NONE
        kind = ("“", "”") if generator.random() < 0.7 else ("«", "»")
        ids[straight] = np.where(opening, special(kind[0]), special(kind[1]))
        shapes[straight] = np.where(opening, Shape.OPEN, Shape.CLOSE)
        ids[ids == special("'")] = special("’")
    elif generator.random() < QUOTES:
        for curly, plain in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'")):
            found = ids == special(curly)
            ids[found] = special(plain)
            shapes[found] = Shape.SIGN
    draw = generator.random()
    breaks = spaces >= Space.LINE
    if draw < BREAKS / 3:
        spaces[breaks] = Space.LINE
    elif draw < BREAKS * 2 / 3:
        wrapped = (spaces == Space.BLANK) & (generator.random(len(spaces)) < 0.08)
        spaces[wrapped] = Space.LINE
    elif draw < BREAKS:
        spaces[breaks] = Space.BLANK
    if spaced and generator.random() < spaced:
        spaces[pieces.first & (spaces == Space.NONE) & (shapes != Shape.DIGITS)] = Space.BLANK
    hidden = generator.random(len(ids)) < DROPPED * generator.random()
    ids[hidden] = special("[MASK]")
    return replace(pieces, ids=ids, shapes=shapes, spaces=spaces)
