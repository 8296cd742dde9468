"""Two texts side by side: rows of what corresponds and of what only one has, with every difference marked.

Invariant, kept by ``tests/test_collation_pages.py``: every word of both texts that is not aside stands in a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from variorum.publishing.witnesses import SEVERITIES, Compared, Stretch, Text, overlap

if TYPE_CHECKING:
    from variorum.edition.copies import Difference, Shared

FOLDED = 60
"""Words from which a stretch that only one text has is folded."""

RowKind = Literal["verbatim", "reworded", "only-a", "only-b"]

_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A difference with its number on the page."""

    number: int
    """From 1, in the order in which the page comes by them."""
    difference: Difference
    """What differs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same differences stand."""

    text: str
    """Its words."""
    marks: tuple[Mark, ...] = ()
    """The differences, the gravest first."""
    begins: tuple[Mark, ...] = ()
    """Those of them that begin here."""
    ends: tuple[Mark, ...] = ()
    """Those that end here."""
    anchors: tuple[Mark, ...] = ()
    """Those that links lead to this place for: each has one place on a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a collation: what corresponds, or what only one of the two has."""

    kind: RowKind
    """What it is."""
    a: Sequence[Piece] = ()
    """The words of the first text."""
    b: Sequence[Piece] = ()
    """The words of the second."""
    same: bool = False
    """Whether both have the same words, whatever the white space."""
    moved: bool = False
    """Whether the second text has it at another place in its order."""
    words: int = 0
    """How many words it has in the text that has more of them."""

    @property
    def folded(self) -> bool:
        """Whether it is folded: only one text has it, and it is long."""
        return self.kind.startswith("only") and self.words > FOLDED

    @property
    def opening(self) -> str:
        """How it begins."""
        return "".join(piece.text for piece in self.a or self.b)[:200]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A row before its differences are marked."""

    kind: RowKind
    a: Stretch | None = None
    b: tuple[Stretch, ...] = ()
    moved: bool = False


def side_by_side(base: Text, other: Compared) -> tuple[list[Row], list[Mark]]:
    """Return the rows of two texts in the order of the first, and their differences numbered in that order.

    Every word of both texts that is not aside stands in a row; what only the second has follows what it follows there.
    Differences that stand in no row come last.
    """
    slots = _slots(base, other)
    marks = _numbered(slots, other.differences)
    anchored: set[int] = set()
    on_a = [(mark.difference.a_span, mark) for mark in marks if mark.difference.a_span]
    on_b = [(mark.difference.b_span, mark) for mark in marks if mark.difference.b_span]
    rows = []
    for slot in slots:
        a = _pieces(base.text, (slot.a,) if slot.a else (), on_a, anchored)
        b = _pieces(other.text.text, slot.b, on_b, anchored)
        said = [" ".join("".join(piece.text for piece in side).split()) for side in (a, b)]
        words = max(side.count(" ") + 1 for side in said)
        rows.append(Row(slot.kind, a, b, said[0] == said[1], slot.moved, words))
    return rows, marks


def _slots(base: Text, other: Compared) -> list[_Slot]:
    """Return the rows of two texts, without words."""
    passages = _merged(base.text, other.text.text, other.shared)
    steady = _in_order([slot.b[0][0] for slot in passages])
    passages = [replace(slot, moved=i not in steady) for i, slot in enumerate(passages)]
    held_a = [slot.a for slot in passages if slot.a]
    held_b = [span for slot in passages for span in slot.b]
    found: list[tuple[int, int, _Slot]] = []
    for slot in passages:
        assert slot.a is not None
        found += [(slot.a[0], 0, part) for part in _paragraphs(base.text, other.text.text, slot)]
    found += [(gap[0], 0, _Slot("only-a", a=gap)) for gap in _gaps(base.text, [*held_a, *base.aside])]
    ends = sorted((span[1], slot.a[1] - 1) for slot in passages for span in slot.b if slot.a)
    for gap in _gaps(other.text.text, [*held_b, *other.text.aside]):
        before = bisect_left(ends, (gap[0] + 1,))
        follows = ends[before - 1][1] if before else -1
        found.append((follows, 1, _Slot("only-b", b=(gap,))))
    return [slot for _, _, slot in sorted(found, key=lambda entry: entry[:2])]


def _merged(a: str, b: str, shared: Iterable[Shared]) -> list[_Slot]:
    """Return passages in the order of the first text; those that follow each other in a paragraph are one."""
    found: list[_Slot] = []
    for one in sorted(shared, key=lambda s: (s.a, s.b)):
        last = found[-1] if found else None
        if last and last.a and one.a[0] < last.a[1]:
            kind: RowKind = "verbatim" if last.kind == one.kind == "verbatim" else "reworded"
            end = max(one.a[1], last.a[1])
            b_spans = last.b if one.b in last.b else (*last.b, one.b)
            found[-1] = _Slot(kind, (last.a[0], end), b_spans)
        elif (
            last
            and last.a
            and last.kind == one.kind
            and _joined(a, last.a[1], one.a[0])
            and _joined(b, last.b[-1][1], one.b[0])
        ):
            found[-1] = _Slot(one.kind, (last.a[0], one.a[1]), (*last.b[:-1], (last.b[-1][0], one.b[1])))
        else:
            found.append(_Slot(one.kind, one.a, (one.b,)))
    return found


def _joined(text: str, end: int, start: int) -> bool:
    return end <= start and not text[end:start].strip() and "\n" not in text[end:start]


def _paragraphs(a: str, b: str, slot: _Slot) -> Iterator[_Slot]:
    """Yield a passage paragraph by paragraph, if both texts have as many; else as a whole."""
    if slot.a is None or len(slot.b) != 1:
        yield slot
        return
    of_a, of_b = lines_of(a, slot.a), lines_of(b, slot.b[0])
    if len(of_a) != len(of_b):
        yield slot
        return
    for one, two in zip(of_a, of_b, strict=True):
        yield replace(slot, a=one, b=(two,))


def lines_of(text: str, span: Stretch) -> list[Stretch]:
    """Return the paragraphs of a stretch of a text: what stands between line breaks."""
    start, found = span[0], []
    for gap in _BREAK.finditer(text, *span):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, span[1]))
    return [line for line in found if text[slice(*line)].strip()]


def _gaps(text: str, held: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches of a text that ``held`` leaves and that have a letter or a digit in them."""
    found, at = [], 0
    for start, end in sorted([*held, (len(text), len(text))]):
        words = text[at:start]
        if any(c.isalnum() for c in words):
            found.append((at + len(words) - len(words.lstrip()), at + len(words.rstrip())))
        at = max(at, end)
    return found


def _in_order(starts: Sequence[int]) -> set[int]:
    """Return the indexes of a longest ascending run of ``starts``: the passages that kept their order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for i, start in enumerate(starts):
        at = bisect_left(tails, start)
        tails[at : at + 1] = [start]
        ends[at : at + 1] = [i]
        before.append(ends[at - 1] if at else None)
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def _numbered(slots: Sequence[_Slot], differences: Sequence[Difference]) -> list[Mark]:
    """Return the differences in the order of the rows, within a row in that of the first text."""

    def met(difference: Difference) -> tuple[int, int, int]:
        for row, slot in enumerate(slots):
            if difference.a_span and slot.a and overlap(difference.a_span, slot.a):
                return row, 0, difference.a_span[0]
        for row, slot in enumerate(slots):
            if difference.b_span and any(overlap(difference.b_span, span) for span in slot.b):
                return row, 1, difference.b_span[0]
        return len(slots), 0, 0

    return [Mark(i + 1, difference) for i, difference in enumerate(sorted(differences, key=met))]


def _pieces(
    text: str, spans: Sequence[Stretch], marks: Sequence[tuple[Stretch, Mark]], anchored: set[int]
) -> tuple[Piece, ...]:
    """Return stretches of a text cut up at the edges of what differs in them. Adds what it anchors to ``anchored``."""
    found: list[Piece] = []
    for start, end in spans:
        if found:
            found.append(Piece(" … "))
        here = [(max(s, start), min(e, end), m) for (s, e), m in marks if overlap((s, e), (start, end))]
        here.sort(key=lambda one: (SEVERITIES.index(one[2].difference.severity), one[2].number))
        edges = sorted({start, end, *(s for s, _, _ in here), *(e for _, e, _ in here)})
        for first, last in pairwise(edges):
            on = [one for one in here if one[0] <= first and last <= one[1]]
            fresh = tuple(m for _, _, m in on if m.number not in anchored)
            anchored.update(mark.number for mark in fresh)
            found.append(
                Piece(
                    text[first:last],
                    tuple(m for _, _, m in on),
                    tuple(m for s, _, m in on if s == first),
                    tuple(m for _, e, m in on if e == last),
                    fresh,
                )
            )
    return tuple(found)
