"""A stored text cut up for showing: zones, lines, mended words and one marked place.

Invariant, kept by ``tests/test_pages.py``: the pieces of all blocks, with the white space around the blocks, are the
stored text, code point by code point.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from variorum.records import Document, Repair, Span, Zone, ZoneKind

PART = 150_000
"""Code points of text that one page shows; a longer document goes on on further pages. Escaping makes five bytes of one
at most, so that a page stays below a megabyte."""

MOST_LINES = 4000
"""Lines that have an anchor of their own. A page with more of them, such as a table of figures, has one a zone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without anything in it that is shown differently."""

    text: str
    """The stored words."""
    start: int
    """First code point in the stored text."""
    anchor: bool = False
    """Whether a line begins here, so that the place can be linked to."""
    marked: bool = False
    """Whether it belongs to the place that the reader was led to."""
    first: bool = False
    """Whether that place begins here."""
    repair: Repair | None = None
    """The repair, if it is a broken word."""


@dataclass(slots=True)
class Block:
    """A zone as it is shown, or words that lie in no zone."""

    start: int
    """First code point in the stored text."""
    kind: ZoneKind | None
    """What it is; None for words that lie in no zone."""
    zone: Zone | None
    """The zone that it shows, as a whole or in part."""
    pieces: Sequence[Piece]
    """Its words."""
    repeated: bool = False
    """Whether the block before is of the same kind, so that the kind need not be shown again."""


@dataclass(slots=True)
class Article:
    """One page of a document's text."""

    blocks: list[Block] = field(default_factory=list)
    """Its zones, in order."""
    gaps: list[str] = field(default_factory=list)
    """The white space before each block, and after the last one."""
    shown: Span = field(default_factory=lambda: Span(0, 0))
    """The stretch of the stored text that this page shows."""
    part: int = 1
    """Which page of the document it is, from 1."""
    parts: int = 1
    """How many there are."""
    repairs: Sequence[Repair] = ()
    """The mended words on this page."""
    at: Span | None = None
    """The marked place, if there is one on this page."""


def parts_of(length: int) -> int:
    """Return on how many pages a text of ``length`` code points is shown."""
    return max(1, -(-length // PART))


def part_at(start: int) -> int:
    """Return the page, from 1, that shows the code point ``start``."""
    return start // PART + 1


def article(document: Document, *, part: int = 1, at: Span | None = None) -> Article:
    """Cut one page of a document's text up; ``at`` is the place to mark."""
    text = document.text
    shown = Span(min(len(text), (part - 1) * PART), min(len(text), part * PART))
    if at is not None and not (at.start < at.end and at.overlaps(shown)):
        at = None
    page = Article(shown=shown, part=part, parts=parts_of(len(text)), at=at)
    page.repairs = _without_overlaps(document.repairs, shown)
    by_line = text.count("\n", shown.start, shown.end) <= MOST_LINES
    gap_from = shown.start
    for start, end, zone in _stretches(text, document.zones, shown):
        page.gaps.append(text[gap_from:start])
        first = bisect_left(page.repairs, start, key=lambda r: r.start)
        last = bisect_right(page.repairs, end, key=lambda r: r.end)
        inside = page.repairs[first:last]
        kind = zone.kind if zone else None
        before = page.blocks[-1].kind if page.blocks else None
        pieces = list(_pieces(text, Span(start, end), inside, at, by_line))
        page.blocks.append(Block(start, kind, zone, pieces, bool(page.blocks) and kind == before))
        gap_from = end
    page.gaps.append(text[gap_from : shown.end])
    _say_where_the_mark_begins(page)
    page.repairs = [p.repair for b in page.blocks for p in b.pieces if p.repair]
    return page


def _stretches(text: str, zones: Sequence[Zone], shown: Span) -> Iterator[tuple[int, int, Zone | None]]:
    """Yield the zones inside ``shown``, and between them whatever is more than white space."""
    at = shown.start
    for zone in sorted(zones, key=lambda z: z.start):
        start, end = max(zone.start, at), min(zone.end, shown.end)
        if start >= end:
            continue
        if text[at:start].strip():
            yield at, start, None
        yield start, end, zone
        at = end
    if text[at : shown.end].strip():
        yield at, shown.end, None


def _without_overlaps(repairs: Sequence[Repair], shown: Span) -> list[Repair]:
    kept: list[Repair] = []
    at = shown.start
    for repair in sorted(repairs, key=lambda r: (r.start, r.end)):
        if at <= repair.start < repair.end <= shown.end:
            kept.append(repair)
            at = repair.end
    return kept


def _pieces(text: str, block: Span, repairs: Sequence[Repair], at: Span | None, by_line: bool) -> Iterator[Piece]:
    cursor = block.start
    for repair in repairs:
        yield from _lines(text, block, Span(cursor, repair.start), at, by_line)
        marked = at is not None and at.overlaps(Span(repair.start, repair.end))
        yield Piece(text[repair.start : repair.end], repair.start, marked=marked, repair=repair)
        cursor = repair.end
    yield from _lines(text, block, Span(cursor, block.end), at, by_line)


def _lines(text: str, block: Span, run: Span, at: Span | None, by_line: bool) -> Iterator[Piece]:
    """Yield a run of plain words, cut where lines begin (if ``by_line``) and where the mark begins and ends."""
    edges = {e for e in (at.start, at.end) if run.start < e < run.end} if at is not None else set()
    start = run.start
    while start < run.end:
        line_end = (text.find("\n", start, run.end) + 1 if by_line else 0) or run.end
        while line_end < run.end and text[line_end] in "\r\n":
            line_end += 1
        end = min([e for e in edges if e > start] + [line_end])
        anchor = by_line and start > block.start and text[start - 1] == "\n"
        marked = at is not None and at.start <= start < at.end
        yield Piece(text[start:end], start, anchor=anchor, marked=marked)
        start = end


def _say_where_the_mark_begins(page: Article) -> None:
    for block in page.blocks:
        for number, piece in enumerate(block.pieces):
            if piece.marked:
                pieces = list(block.pieces)
                pieces[number] = Piece(piece.text, piece.start, piece.anchor, True, True, piece.repair)
                block.pieces = pieces
                return
