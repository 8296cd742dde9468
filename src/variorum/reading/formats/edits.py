"""The edits that every text needs before it is read: line ends, invisible characters, spaces, composed letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from variorum.records import Edit

STREAM_SAFE = 30
"""Combining marks after one letter; beyond them a run is left as it is (Unicode Standard Annex #15, stream-safe text
format)."""

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc"
_JOINERS = "\u200c\u200d"
_COMPOSING = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1161-\u1175\u11a8-\u11c2\u1b35"
)
"""Characters that are no marks by class but compose with what stands before (NFC_Quick_Check=Maybe, combining class
0)."""

_JOINING_SCRIPTS = 0x0590
"""From this code point on joiners change what is read: Arabic, the scripts of India, emoji."""


def normalising(text: str) -> tuple[Edit, ...]:
    """Return the edits that normalise a text, sorted.

    CRLF, CR and other line separators are read as LF, exotic spaces as a space, soft hyphens and zero-width
    characters not at all, and letters with combining marks in their composed form (NFC).
    """
    if text.isascii() and not re.search("[\r\x0b\x0c\x1c-\x1e]", text):
        return ()
    noticed, detailed = _patterns()
    found = []
    done = 0
    for hit in noticed.finditer(text):
        if hit.start() < done:
            continue
        # a mark belongs to the letter before it
        match = (detailed.match(text, hit.start() - 1) if hit.start() > done else None) or detailed.match(
            text, hit.start()
        )
        if match is not None:
            done = match.end()
            edit = _edit(text, match)
            if edit is not None:
                found.append(edit)
    return tuple(found)


def merged(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return both as one sorted sequence; of two that overlap the one in ``first`` is kept."""
    if not first or not second:
        return tuple(first or second)
    kept = list(first)
    at = 0
    for edit in second:
        while at < len(first) and first[at].end <= edit.start:
            at += 1
        if at == len(first) or first[at].start >= edit.end:
            kept.append(edit)
    return tuple(sorted(kept, key=lambda e: (e.start, e.end)))


def _edit(text: str, match: re.Match[str]) -> Edit | None:
    start, end = match.span()
    words = match[0]
    match match.lastgroup:
        case "line":
            return Edit(start, end, "\n")
        case "break":
            return Edit(start, end, "\n")
        case "space":
            return Edit(start, end, " " * len(words))
        case "invisible":
            return Edit(start, end, "")
        case "joiner":
            around = text[max(0, start - 1) : start] + text[end : end + 1]
            return (
                None if any(ord(ch) >= _JOINING_SCRIPTS and not ch.isspace() for ch in around) else Edit(start, end, "")
            )
        case _:
            if len(words) > STREAM_SAFE:
                return None
            composed = unicodedata.normalize("NFC", words)
            return None if composed == words else Edit(start, end, composed)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds, fast, any character that may need an edit, and what tells there, or one before, which."""
    marks = _ranges([c for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c))]) + _COMPOSING
    singles = _ranges(
        [
            c
            for c in range(0xA0, 0x30000)
            if not 0xAC00 <= c < 0xD7A4 and not 0xD800 <= c < 0xE000 and _is_single(chr(c))
        ]
    )
    return re.compile(f"[{marks}{singles}\r{_BREAKS}{_SPACES}{_INVISIBLE}{_JOINERS}]"), re.compile(
        f"(?P<composed>[^{marks}\\s\ud800-\udfff][{marks}]+|[{singles}])"
        f"|(?P<line>\r\n?)|(?P<break>[{_BREAKS}])|(?P<space>[{_SPACES}]+)"
        f"|(?P<invisible>[{_INVISIBLE}]+)|(?P<joiner>[{_JOINERS}]+)"
    )


def _is_single(ch: str) -> bool:
    """Tell whether a character alone has another composed form: the Ångström sign, compatibility ideographs."""
    return not unicodedata.combining(ch) and unicodedata.normalize("NFC", ch) != ch


def _ranges(points: list[int]) -> str:
    """Return code points as the inside of a character class."""
    parts = []
    start = last = points[0]
    for point in [*points[1:], -1]:
        if point != last + 1:
            parts.append(f"{chr(start)}-{chr(last)}" if last > start else chr(start))
            start = point
        last = point
    return "".join(parts)
