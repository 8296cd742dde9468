"""Zones: what each stretch of a document is.

The text is cut into lines (or, where it was wrapped by hand, into paragraphs), and lines where a scrape glued two
things together. Then, in this order: what the mark-up says, what the lexicon of page furniture says, what a label
announces, what reads as byline or credit, and last where a piece stands: within the article or among the links
around it. What is still in doubt is body, so that no fact is lost; the reason says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.reading.extracted import Extracted
from variorum.reading.zones.context import follow
from variorum.reading.zones.cues import is_made_by
from variorum.reading.zones.cutting import cut, glue, split_dateline
from variorum.reading.zones.layout import arrange
from variorum.reading.zones.lexicon import LONGEST, look_up
from variorum.reading.zones.pieces import Piece, join_wrapped, lines, piece, wrap_width
from variorum.records import Zone

HEADING_WORDS = 80
"""Words from which a heading of the mark-up is not believed: some sites set whole paragraphs as headings."""

EARLY = 6
"""Body paragraphs among which a dateline is expected; later ones must be surer, since a dash or colon is common in
prose."""

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\r\n]{0,2000}\r?\n){0,60}?(?:---|\.\.\.)[ \t]*(?=\r?\n|$)")
_SIGNED_HEADING = re.compile(r"#{1,6} \S")
_KEY = re.compile(r"^[A-Za-z][\w -]{0,30}:", re.MULTILINE)


def assign(extracted: Extracted, title: str | None = None, outlets: Sequence[str] = ()) -> tuple[Zone, ...]:
    """Return the zones of a document: sorted, without overlaps, with nothing but white space between and around them.

    ``title`` is the title where the container gives one; a line that repeats it is a heading. ``outlets`` are the names
    that mark-up or container give the site; a line above the article that repeats one is furniture. Zones in
    ``extracted.zones`` are believed unless they are absurd. Every zone has a score and a reason.
    """
    text = extracted.text
    pieces = _pieces(text, extracted.zones, title.strip() if title else None)
    for one in pieces:
        _consult(one)
    pieces = _unglued(text, pieces)
    follow(pieces)
    arrange(pieces, title, outlets)
    return tuple(Zone(p.start, p.end, p.kind or "body", p.score, p.reason) for p in _with_datelines(text, pieces))


def _pieces(text: str, hints: Sequence[Zone], title: str | None) -> list[Piece]:
    """Cut the text into pieces; those that the mark-up tells are settled."""
    pieces: list[Piece] = []
    at = 0
    matter = _FRONT_MATTER.match(text)
    if matter and _KEY.search(matter.group()) and not any(h.start < matter.end() for h in hints):
        front = piece(text, 0, matter.end())
        front.settle("furniture", 0.98, "fields before a Markdown text")
        pieces.append(front)
        at = matter.end()
    for hint in sorted(hints, key=lambda h: h.start):
        start, end = max(hint.start, at), min(hint.end, len(text))
        if start >= end or not text[start:end].strip():
            continue
        pieces += _unmarked(text, at, start, title)
        pieces += _marked(text, start, end, hint)
        at = end
    return pieces + _unmarked(text, at, len(text), title)


def _unmarked(text: str, low: int, high: int, title: str | None = None) -> list[Piece]:
    found = lines(text, low, high)
    width = wrap_width(text, found)
    if width:
        alone = [look_up(text[line.start : line.end]) is not None for line in found]
        found = join_wrapped(text, found, width, alone)
    return [one for line in found for one in cut(text, line.start, line.end, line.gap, title)]


def _marked(text: str, start: int, end: int, hint: Zone) -> list[Piece]:
    whole = piece(text, start, end, 2)
    absurd = hint.kind == "heading" and (whole.count > HEADING_WORDS or _is_sure(whole.words))
    if hint.kind == "body" or absurd:
        return _unmarked(text, start, end)
    cuts = cut(text, whole.start, whole.end, 2) if hint.kind == "caption" else [whole]
    for one in cuts:
        if one.kind not in ("credit", "furniture"):
            one.settle(hint.kind, hint.score, hint.reason or "the mark-up says so")
        one.hinted = True
    return cuts


def _is_sure(words: str) -> bool:
    entry = look_up(words)
    return entry is not None and entry.sure


def _consult(one: Piece) -> None:
    """Settle an open piece that the lexicon knows."""
    if one.kind is not None or one.end - one.start > LONGEST:
        return
    if not any(c.isalnum() for c in one.words):
        one.settle("furniture", 0.95, "signs without words")
        one.neutral = True
        return
    entry = look_up(one.words)
    if _SIGNED_HEADING.match(one.words) and one.count <= HEADING_WORDS and not (entry and entry.sure):
        one.settle("heading", 0.95, "marked as a heading in Markdown")
        return
    if entry is None:
        if is_made_by(one.words):
            one.settle("credit", 0.85, "says who made it")
        return
    if entry.sure:
        one.settle("furniture", 0.95, entry.says)
        one.opens, one.wall, one.neutral = entry.opens, entry.wall, entry.neutral
    else:
        one.weak, one.outside = entry.says, entry.outside


def _unglued(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Cut the report from a caption that a scrape has glued to it under the label of a caption."""
    found: list[Piece] = []
    for index, one in enumerate(pieces):
        label = pieces[index - 1] if index else None
        at = glue(text, one.start, one.end) if label and label.opens == "caption" and one.kind is None else None
        if at is None:
            found.append(one)
        else:
            found += [piece(text, one.start, at, one.gap), piece(text, at, one.end)]
    return found


def _with_datelines(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    paragraphs = 0
    for one in pieces:
        if one.kind == "body" and one.prose:
            found += split_dateline(text, one, 0.7 if paragraphs < EARLY else 0.93)
            paragraphs += 1
        else:
            found.append(one)
    return found
