"""Pieces: the lines or paragraphs that zones are decided on, and how to tell a wrapped line from a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from variorum.records import ZoneKind

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FINAL = re.compile(r"[.!?…।؟۔][\"”’»)\]*_]{0,4}$|[\"”»。！？」』]$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]")

WRAP_WIDTHS = (45, 110)
"""Widths, in code points, at which texts are wrapped: mail (72), agency wires (64), with room on either side."""

WRAP_PAIRS = 4
"""Pairs of adjacent lines that are needed before a text counts as wrapped: fewer may be a caption under its label."""

LONG_LINE = 20
"""Words from which a line without a full stop is running text: 99 of 100 titles in the outlets' training half (even
hash) have 19 or fewer."""
QUESTION_WORDS = 12
"""Words of a question that may be a heading: nine in ten of those between paragraphs in the outlets' training half
have ten or fewer."""


@dataclass(slots=True)
class Line:
    """A line without the white space around it."""

    start: int
    end: int
    gap: int
    """Line ends between it and the line before; 0 for the first."""


@dataclass
class Piece:
    """A line, a part of one, or a paragraph of wrapped lines, on its way to becoming a zone."""

    start: int
    end: int
    words: str
    """Its words, with single spaces."""
    gap: int = 0
    """Line ends between it and the piece before; 0 where a line was cut."""
    kind: ZoneKind | None = None
    """None while it is open."""
    score: float = 0.0
    reason: str = ""
    opens: str | None = None
    """What it announces: caption, credit, picture, links, tags, comments, summary."""
    wall: bool = False
    """Whether the article rarely goes on behind it."""
    neutral: bool = False
    """Whether it is no sign that the article has ended: an address, a rule."""
    weak: str | None = None
    """Why it would be furniture if it stood outside the article."""
    outside: bool = False
    """Whether that can be so only outside the article."""
    hinted: bool = False
    """Whether the mark-up told its kind."""

    @cached_property
    def count(self) -> int:
        """Words in it; in scripts without spaces two signs count as one word."""
        words = self.words.count(" ") + 1
        if self.words.isascii() or not _UNSPACED.search(self.words):
            return words
        return max(words, sum(1 for _ in _UNSPACED.finditer(self.words)) // 2)

    @cached_property
    def final(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_FINAL.search(self.words[-8:]))

    @cached_property
    def prose(self) -> bool:
        """Whether it reads like running text: a sentence of five words or more, or a long line.

        A short question without quotation marks is as often a heading, so it is left open.
        """
        if self.count <= QUESTION_WORDS and self.words.endswith("?") and self.words[0] not in "\"“‘'":
            return False
        return self.count >= LONG_LINE or (self.count >= 5 and self.final)

    def settle(self, kind: ZoneKind, score: float, reason: str) -> None:
        """Decide what it is."""
        self.kind, self.score, self.reason = kind, score, reason


def piece(text: str, start: int, end: int, gap: int = 0) -> Piece:
    """Return the piece from ``start`` to ``end`` without the white space around it."""
    raw = text[start:end]
    left = raw.lstrip()
    start = end - len(left)
    words = left.rstrip()
    if "\n" in words or "  " in words or "\t" in words or "\u00a0" in words or "\r" in words:
        return Piece(start, start + len(words), " ".join(words.split()), gap)
    return Piece(start, start + len(words), words, gap)


def lines(text: str, low: int = 0, high: int | None = None) -> list[Line]:
    """Return the lines of a stretch of ``text`` that hold more than white space."""
    found: list[Line] = []
    last = low
    for match in _LINE.finditer(text, low, len(text) if high is None else high):
        raw = match.group()
        words = raw.strip()
        if not words:
            continue
        start = match.start() + (len(raw) - len(raw.lstrip()))
        gap = sum(1 for _ in _BREAK.finditer(text, last, start)) if found else 0
        found.append(Line(start, start + len(words), gap))
        last = start + len(words)
    return found


def wrap_width(text: str, found: Sequence[Line]) -> int | None:
    """Return the width at which ``text`` is wrapped by hand, or None where a line is a paragraph.

    A text is wrapped if its long lines have nearly one length, most of them stop in mid-sentence, and the next line's
    first word would not have fitted.
    """
    pairs = [(a, b) for a, b in pairwise(found) if b.gap == 1]
    if len(pairs) < WRAP_PAIRS:
        return None
    widths = sorted(line.end - line.start for line in found)
    width = widths[min(len(widths) - 1, int(len(widths) * 0.98))]
    if not WRAP_WIDTHS[0] <= width <= WRAP_WIDTHS[1] or widths[-1] > 1.25 * WRAP_WIDTHS[1]:
        return None
    open_ended = [a for a, _ in pairs if text[a.end - 1] not in '.!?:"”’']
    full = [a for a, b in pairs if _first_word(text, b) + (a.end - a.start) >= width - 2]
    return width if len(open_ended) >= 0.6 * len(pairs) and len(full) >= 0.5 * len(pairs) else None


def _first_word(text: str, line: Line) -> int:
    return 1 + len(text[line.start : min(line.end, line.start + 40)].split(" ", 1)[0])


def join_wrapped(text: str, found: Sequence[Line], width: int, alone: Sequence[bool]) -> list[Line]:
    """Join wrapped lines into paragraphs.

    A blank line, a short line that ends a sentence, and a line that stands ``alone`` (furniture) end a paragraph.
    """
    joined: list[Line] = []
    for index, line in enumerate(found):
        before = found[index - 1] if index else None
        if before and line.gap == 1 and not alone[index] and not alone[index - 1]:
            short = before.end - before.start + _first_word(text, line) < width - 12
            if not short or (text[before.end - 1] not in '.!?"”:' and text[line.start].islower()):
                joined[-1] = Line(joined[-1].start, line.end, joined[-1].gap)
                continue
        joined.append(line)
    return joined
