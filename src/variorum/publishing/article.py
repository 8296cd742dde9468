"""A stored text cut up for showing: zones, lines, mended words, mentions of actors and one marked place.

Invariant, kept by ``tests/test_pages.py``: the pieces of all blocks, with the white space around the blocks, are the
stored text, code point by code point.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from variorum.publishing.cast import LIT, Cast, Marked
from variorum.publishing.shading import Shade, Shading, Told, Voice
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
    name: Marked | None = None
    """The innermost name that it belongs to; the name is one link, however many pieces it has."""
    opens: bool = False
    """Whether the link of that name begins here."""
    closes: bool = False
    """Whether it ends here."""
    actors: tuple[int, ...] = ()
    """Numbers of the actors whose mentions it belongs to, those that can be lit up."""
    doubt: Marked | None = None
    """The innermost mention that it belongs to, if that one is doubtful."""
    said: str = ""
    """How it is said, if somebody says it: ``direct``, ``mixed`` or ``indirect``; of the innermost quote."""
    depth: int = 0
    """How many quotes it belongs to, one within the other."""
    cue: bool = False
    """Whether it belongs to a cue."""
    hedge: bool = False
    """Whether it keeps what is said at a distance."""
    time: Told | None = None
    """What the time expression means that it belongs to."""
    time_opens: bool = False
    """Whether that begins here."""
    voices: tuple[Voice, ...] = ()
    """The quotes that begin with it."""
    led_to: tuple[int, ...] = ()
    """Where in it somebody is first spoken of on this page: places that the cast leads to."""


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
    leads: Mapping[int, int] = field(default_factory=dict)
    """Where the piece begins in which somebody is first spoken of, by the code point at which that is."""


def parts_of(length: int) -> int:
    """Return on how many pages a text of ``length`` code points is shown."""
    return max(1, -(-length // PART))


def part_at(start: int) -> int:
    """Return the page, from 1, that shows the code point ``start``."""
    return start // PART + 1


def shown_of(length: int, part: int) -> Span:
    """Return the stretch of a text of ``length`` code points that its page ``part`` shows."""
    return Span(min(length, (part - 1) * PART), min(length, part * PART))


def article(
    document: Document,
    *,
    part: int = 1,
    at: Span | None = None,
    cast: Cast | None = None,
    shading: Shading | None = None,
) -> Article:
    """Cut one page of a document's text up; ``at`` is the place to mark.

    ``cast`` says where actors are spoken of, ``shading`` what somebody says.
    """
    text = document.text
    shown = shown_of(len(text), part)
    mentions = cast.marked if cast else ()
    firsts = cast.firsts if cast else frozenset()
    shades = shading.shades if shading else ()
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
        low = bisect_left(mentions, start, key=lambda m: m.start)
        spoken = mentions[low : bisect_left(mentions, end, key=lambda m: m.start)]
        own = [shade for shade in shades if shade.start < end and start < shade.end]
        pieces = _with_links(list(_pieces(text, Span(start, end), inside, at, by_line, spoken, firsts, own)))
        page.blocks.append(Block(start, kind, zone, pieces, bool(page.blocks) and kind == before))
        gap_from = end
    page.gaps.append(text[gap_from : shown.end])
    _say_where_the_mark_begins(page)
    page.repairs = [p.repair for b in page.blocks for p in b.pieces if p.repair]
    page.leads = {first: p.start for b in page.blocks for p in b.pieces for first in p.led_to}
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


def _pieces(
    text: str,
    block: Span,
    repairs: Sequence[Repair],
    at: Span | None,
    by_line: bool,
    mentions: Sequence[Marked],
    firsts: frozenset[int],
    shades: Sequence[Shade],
) -> Iterator[Piece]:
    """Yield a block cut where lines begin (if ``by_line``), and at both ends of what is shown differently.

    A mended word is never cut: what begins or ends inside of it covers it as a whole.
    """
    mended = {r.start: r for r in repairs}
    lines = set(_line_starts(text, block)) if by_line else set()
    edges = {block.start, block.end, *lines}
    if at is not None:
        edges |= {at.start, at.end}
    for mention in mentions:
        edges |= {mention.start, min(mention.end, block.end)}
    for shade in shades:
        edges |= {max(shade.start, block.start), min(shade.end, block.end)}
    cuts = sorted(e for e in edges if block.start <= e <= block.end)
    for repair in repairs:
        cuts[bisect_left(cuts, repair.start) : bisect_right(cuts, repair.end)] = [repair.start, repair.end]
    waiting = iter(mentions)
    ahead = next(waiting, None)
    covering: list[Marked] = []
    coming, around = iter(shades), list[Shade]()
    next_shade = next(coming, None)
    for start, end in pairwise(cuts):
        covering = [m for m in covering if m.end > start]
        around = [shade for shade in around if shade.end > start]
        voices: list[Voice] = []
        while next_shade is not None and next_shade.start < end:
            around.append(next_shade)
            if next_shade.voice is not None and next_shade.start >= block.start:
                voices.append(next_shade.voice)
            next_shade = next(coming, None)
        said = [shade for shade in around if shade.kind not in ("cue", "hedge", "time")]
        told = next((shade for shade in around if shade.kind == "time"), None)
        led_to: set[int] = set()
        while ahead is not None and ahead.start < end:
            covering.append(ahead)
            led_to |= {ahead.start} & firsts
            ahead = next(waiting, None)
        innermost = min(covering, key=lambda m: m.end - m.start) if covering else None
        names = [m for m in covering if m.kind == "name"]
        repair_here = mended.get(start)
        yield Piece(
            text[start:end],
            start,
            anchor=repair_here is None and start in lines,
            marked=at is not None and at.start < end and start < at.end,
            repair=repair_here,
            name=min(names, key=lambda m: m.end - m.start) if names else None,
            actors=tuple(sorted({m.actor for m in covering if m.actor <= LIT})),
            doubt=innermost if innermost is not None and innermost.doubtful else None,
            said=min(said, key=lambda shade: shade.end - shade.start).kind if said else "",
            depth=len(said),
            cue=any(shade.kind == "cue" for shade in around),
            hedge=any(shade.kind == "hedge" for shade in around),
            time=told.time if told else None,
            time_opens=told is not None and max(told.start, block.start) >= start,
            voices=tuple(voices),
            led_to=tuple(sorted(led_to)),
        )


def _line_starts(text: str, block: Span) -> Iterator[int]:
    """Yield where lines begin inside a block; lines without words begin nowhere."""
    at = text.find("\n", block.start, block.end) + 1
    while at and at < block.end:
        if text[at] not in "\r\n":
            yield at
        at = text.find("\n", at, block.end) + 1


def _with_links(pieces: list[Piece]) -> list[Piece]:
    """Say where the link of each name begins and ends: one that another name interrupts is two links."""
    if not any(piece.name for piece in pieces):
        return pieces
    names = [None, *(piece.name for piece in pieces), None]
    return [
        replace(piece, opens=piece.name is not before, closes=piece.name is not after) if piece.name else piece
        for before, piece, after in zip(names, pieces, names[2:], strict=False)
    ]


def _say_where_the_mark_begins(page: Article) -> None:
    for block in page.blocks:
        for number, piece in enumerate(block.pieces):
            if piece.marked:
                pieces = list(block.pieces)
                pieces[number] = replace(piece, first=True)
                block.pieces = pieces
                return
