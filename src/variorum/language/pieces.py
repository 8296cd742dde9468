"""A text as the model reads it: word pieces with offsets, the shape of each, and the space before it.

A *unit* is the smallest stretch at whose start a word may begin: a run of letters, a run of digits, one sign or a run
of the same sign. A unit is looked up in the encoder's uncased WordPiece vocabulary and becomes one or more *pieces*;
whether its first piece begins a word, or a sentence, is for the model to say. What the vocabulary loses (capitals, line
breaks, repeated signs) comes back as two small features of each piece, its `Shape` and the `Space` before it.
"""

import enum
import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import regex
from tokenizers import Tokenizer

from variorum.language.lists import lines_of

Integers = npt.NDArray[np.int32]


class Shape(enum.IntEnum):
    """How a unit is written; the vocabulary does not tell."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    LETTER = 3
    """One capital: an initial, or the word "I"."""
    MIXED = 4
    DIGITS = 5
    SIGN = 6
    SIGNS = 7
    """Two or more of the same sign, as in "..." or "!!"."""
    CASELESS = 8
    """Letters of a script without case, or marks on their own."""
    OPEN = 9
    """A quotation mark that can only open (“ « „ ‘)."""
    CLOSE = 10
    """A quotation mark that can only close (” »); ’ is left out, since it is also the apostrophe."""


class Space(enum.IntEnum):
    """What stands between a piece and the one before it."""

    NONE = 0
    BLANK = 1
    LINE = 2
    """One line break."""
    PARAGRAPH = 3
    """Two line breaks or more, and the start of a text."""


UNIT = regex.compile(
    r"""
      [\p{L}\p{M}]+?(?=[nN]['’´`ʼ][tT](?![\p{L}\p{M}]))   # the verb of "don't"
    | [\p{L}\p{M}]+
    | \p{N}+
    | ([-._=*!?~\#+<>…—–•·])\1*                          # signs that are repeated for effect
    | [^\s\x1c-\x1f]                                       # what Python, too, does not take for white space
    """,
    regex.VERBOSE,
)

_LINE_BREAK = regex.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_OPENING = frozenset("“«„‘‹‟")
_CLOSING = frozenset("”»›")


@dataclass(frozen=True)
class Pieces:
    """The pieces of one text, as parallel arrays of the same length."""

    ids: Integers
    """Index into the vocabulary."""
    starts: Integers
    """Offset of the unit that the piece belongs to, in code points of the text."""
    ends: Integers
    """End of that unit, exclusive."""
    shapes: Integers
    """`Shape` of the unit."""
    spaces: Integers
    """`Space` before the unit; `NONE` inside of one."""
    first: npt.NDArray[np.bool_]
    """Whether the piece is the first of its unit: only there can a word begin."""

    def __len__(self) -> int:
        return len(self.ids)


def shape_of(unit: str) -> Shape:
    """How one unit is written."""
    first = unit[0]
    if first.isalpha() or unicodedata.category(first).startswith("M"):
        letters = [character for character in unit if character.isalpha()]
        lower = [character.islower() for character in letters]
        upper = [character.isupper() or character.istitle() for character in letters]
        if not any(lower) and not any(upper):
            return Shape.CASELESS
        if not any(upper):
            return Shape.LOWER
        if all(upper):
            return Shape.LETTER if len(letters) == 1 else Shape.UPPER
        return Shape.TITLE if upper[0] and not any(upper[1:]) else Shape.MIXED
    if first.isnumeric():
        return Shape.DIGITS
    if len(unit) > 1:
        return Shape.SIGNS
    if first in _OPENING:
        return Shape.OPEN
    return Shape.CLOSE if first in _CLOSING else Shape.SIGN


@functools.cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_str((files("variorum.language") / "weights" / "pieces.json").read_text("utf-8"))


@functools.cache
def _contractions() -> dict[str, int]:
    """Words that are written as one and are two ("cannot": after 3 letters), from the lists in the data folder."""
    pairs = [line.split("|") for line in lines_of("contractions.txt")]
    return {"".join(pair): len(pair[0]) for pair in pairs}


@functools.lru_cache(maxsize=1 << 17)
def _of_unit(unit: str) -> tuple[tuple[int, ...], Shape]:
    text = unit[0] if shape_of(unit) is Shape.SIGNS else unit
    text = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair is no text
    found = _tokenizer().encode(text, add_special_tokens=False).ids or [unknown()]
    return tuple(found), shape_of(unit)


def special(name: str) -> int:
    """The id of a special piece such as ``[CLS]``."""
    found = _tokenizer().token_to_id(name)
    if found is None:
        raise LookupError(f"the vocabulary has no {name}")
    return int(found)


@functools.cache
def unknown() -> int:
    """The id of the piece that stands for what the vocabulary cannot spell."""
    return special("[UNK]")


def units_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each unit of a text, in order; white space belongs to none."""
    split = _contractions()
    for match in UNIT.finditer(text):
        start, end = match.span()
        at = split.get(match.group().lower()) if 1 < end - start < 12 else None
        if at:
            yield start, start + at
            yield start + at, end
        else:
            yield start, end


def _space(gap: str) -> Space:
    if not gap:
        return Space.NONE
    breaks = len(_LINE_BREAK.findall(gap))
    return Space.BLANK if breaks == 0 else Space.LINE if breaks == 1 else Space.PARAGRAPH


def pieces_of(text: str) -> Pieces:
    """The pieces of a text, in order.

    Every character that is not white space lies in exactly one unit, every unit has at least one piece.
    """
    ids: list[int] = []
    rows: list[tuple[int, int, int, int, int]] = []
    before = 0
    for start, end in units_of(text):
        found, shape = _of_unit(text[start:end])
        space = _space(text[before:start]) if before else Space.PARAGRAPH
        rows.append((start, end, shape, space, len(found)))
        ids.extend(found)
        before = end
    table = np.array(rows, dtype=np.int32).reshape(len(rows), 5)
    lengths = table[:, 4]
    owner = np.repeat(np.arange(len(rows)), lengths)
    first = np.zeros(len(ids), dtype=np.bool_)
    first[np.cumsum(lengths) - lengths] = True
    return Pieces(
        np.array(ids, dtype=np.int32),
        table[owner, 0],
        table[owner, 1],
        table[owner, 2],
        np.where(first, table[owner, 3], Space.NONE).astype(np.int32),
        first,
    )
