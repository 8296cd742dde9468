"""Credits: whose pictures and whose words an article uses, and who edited it.

A credit is a line of its own or the tail of a caption: "JUAN PEREZ/AFP/Getty Images", "(Reporting by A in B; Editing
by C)", "Edited by A from B.", "The Associated Press contributed to this report.", "© 2020 Reuters". A mention in
running text ("told Reuters") is none. The words are data (``data/credits.toml``, ``data/agencies.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from variorum.reading.agencies import Mention, mentions, named, pattern
from variorum.reading.bylines import is_name
from variorum.reading.outlets import known_outlet
from variorum.reading.pictures import choice, find_picture, lexicon
from variorum.records import Span

CreditKind = Literal["picture", "wire", "staff", "copyright"]
"""A picture's maker, another's words, the article's own people, or a copyright notice."""

LONGEST = 400
"""Code points that a credit takes at most: a Reuters tail with a dozen names."""

_BETWEEN = re.compile(r"[,;:/|&()]|[’']s?(?=\s)|\b(?i:and|in|from|for|by|via)\b")
_BY = r"(?P<people>[^()\n]{2,300}?)"


@dataclass(frozen=True, slots=True)
class CreditMatch:
    """A credit. Offsets are code points into the text that was searched."""

    start: int
    """First code point; glued to a sentence it starts right after that sentence's full stop."""
    end: int
    """One past its last code point."""
    kind: CreditKind
    """What is credited."""
    agencies: tuple[Mention, ...]
    """The agencies that it names, in order."""
    people: tuple[Span, ...]
    """The people that it names: photographers, reporters."""
    editor: str | None
    """Who edited, as written, or None."""
    editor_span: Span | None
    """Where the editor stands."""
    owner: str | None
    """Whose copyright or whose words (a known outlet that is no agency), as written, or None."""
    owner_span: Span | None
    """Where the owner stands."""
    score: float
    """How sure, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    reporting: re.Pattern[str]
    edited: re.Pattern[str]
    contributed: re.Pattern[str]
    copyright: re.Pattern[str]
    source: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = lexicon()
    agency = pattern()
    ignore = re.IGNORECASE
    return _Patterns(
        reporting=re.compile(
            rf"[(\[—–\s-]*(?:additional\s|with\s)?(?:reporting|writing|report)\s(?:and\s(?:writing|editing)\s)?by\s{_BY}[.)\]\s]*$",
            ignore,
        ),
        edited=re.compile(
            r"[(\[—–\s*_-]*(?:edited|editing|compiled\sand\sedited)\s(?:and\s\w{3,12}\s)?by:?\s(?P<editor>[^()\n;]{3,120}?)"
            r"(?:\s(?:from|in)\s(?P<place>[^.;()\n]{2,40}))?[\s.)\]*_]*$",
            ignore,
        ),
        contributed=re.compile(
            r"[(\[—–\s*_-]*(?P<people>[^\n]{3,250}?)\s(?:(?:also\s)?contributed(?:\s(?:reporting|research|additional\sreporting))?)"
            r"(?:\sto\sthis\s(?:report|story|article|post|piece|column|dispatch))?(?:\sfrom\s[^.\n]{2,60})?[\s.)\]*_]*$",
            ignore,
        ),
        copyright=re.compile(
            r"[(\[\s*_-]*(?:copyright|©|\(c\)|&copy;)[\s:]*(?:©|\(c\))?[\s,]*(?P<years>(?:\d{4}[\s,–—-]*){0,2})(?:by\s)?(?P<owner>[^\n.|]{2,80}?)?"
            r"(?:[\s,]+\d{4})?(?:[.,;|\s]+(?:all\srights\sreserved|inc\b|llc\b|ltd\b|click\s|this\smaterial|used\s|a\s\w+\s|no\spart|reprint)[^\n]{0,200})?[\s.*_)\]]*$",
            ignore,
        ),
        source=re.compile(
            rf"[(\[—–\s*_-]*(?:{choice(data['sources'])})\s{{0,2}}:?\s{{1,2}}(?P<owner>[^\n()]{{2,100}}?)[\s.)\]*_]*$",
            ignore,
        ),
        alone=re.compile(rf"[\s—–*_-]*(?:(?:{agency})(?:[\s,;/&+|–-]|and)*){{1,5}}(?:\sand\s)?[\s.*_]*$"),
    )


def find_credit(text: str) -> CreditMatch | None:
    """Return the credit that ``text``, a line or a paragraph, is or ends with, or None."""
    whole = len(text) <= LONGEST
    return (_words(text) if whole else None) or _picture(text)


def _words(text: str) -> CreditMatch | None:
    """Return the credit for words that the whole of ``text`` is."""
    patterns = _patterns()
    line = text.strip()
    if "\n" in line:
        return None
    start = text.index(line) if line else 0
    end = start + len(line)
    reporting = patterns.reporting.match(text, start)
    if reporting:
        return _reporting(text, start, end, reporting)
    edited = patterns.edited.match(text, start)
    if edited and edited["editor"][:1].isupper() and len(edited["editor"].split()) <= 12:
        span = Span(*edited.span("editor"))
        return CreditMatch(start, end, "staff", (), (), span.of(text), span, None, None, 0.97)
    if patterns.alone.match(text, start) and mentions(line):
        return CreditMatch(
            start, end, _kind(mentions(line)), _within(text, start, end), (), None, None, None, None, 0.9
        )
    if line.lower().strip(" .()—–-") in lexicon()["agencies"]:
        return CreditMatch(start, end, "wire", (), (), None, None, None, None, 0.9)
    rights = patterns.copyright.match(text, start)
    if rights and rights.end() >= end and (rights["owner"] or rights["years"]):
        owner = Span(*rights.span("owner")) if rights["owner"] else None
        return _owned(text, start, end, "copyright", owner, 0.95)
    contributed = patterns.contributed.match(text, start)
    if contributed and _people_like(contributed["people"]):
        agencies = _within(text, *contributed.span("people"))
        people = _people(text, Span(*contributed.span("people")))
        kind: CreditKind = "wire" if any(not a.agency.pictures_only for a in agencies) else "staff"
        return CreditMatch(start, end, kind, agencies, people, None, None, None, None, 0.95)
    source = patterns.source.match(text, start)
    if source and source.end() >= end:
        owner = Span(*source.span("owner"))
        credit = _owned(text, start, end, "wire", owner, 0.9)
        if credit.agencies or known_outlet(owner.of(text)) or owner.of(text).lower() in lexicon()["agencies"]:
            return credit
        if line.lower().startswith(("with ", "additional ")) and _people(text, owner):
            return CreditMatch(start, end, "staff", (), _people(text, owner), None, None, None, None, 0.9)
    return None


def _reporting(text: str, start: int, end: int, match: re.Match[str]) -> CreditMatch | None:
    """Return the tail in the style of Reuters: reporters in their places, then the editors."""
    low, high = match.span("people")
    if not text[low].isupper():
        return None
    editor: Span | None = None
    for part in re.finditer(r"[^;]{1,200}", text[low:high]):
        by = re.match(r"\s{0,3}(?:writing\sand\s)?edit(?:ing|ed)\sby:?\s{1,2}(?P<who>.+)", part.group(), re.IGNORECASE)
        if by:
            editor = Span(low + part.start() + by.start("who"), low + part.start() + len(part.group().rstrip(" .")))
    first = Span(low, low + len(text[low:high].split(";")[0]))
    people = _people(text, first)
    return CreditMatch(
        start,
        end,
        "staff",
        _within(text, low, high),
        people,
        editor.of(text) if editor else None,
        editor,
        None,
        None,
        0.97,
    )


def _owned(text: str, start: int, end: int, kind: CreditKind, owner: Span | None, score: float) -> CreditMatch:
    agencies = _within(text, owner.start, owner.end) if owner else ()
    return CreditMatch(start, end, kind, agencies, (), None, None, owner.of(text) if owner else None, owner, score)


def _picture(text: str) -> CreditMatch | None:
    """Return the picture credit, or the agency in brackets, that ``text`` ends with."""
    stretch = find_picture(text)
    if stretch:
        agencies = _within(text, stretch.start, stretch.end)
        return CreditMatch(
            stretch.start, stretch.end, "picture", agencies, _people(text, stretch), None, None, None, None, 0.93
        )
    end = len(text.rstrip())
    bracket = re.compile(r"\((?P<inside>[^()\n]{2,80})\)[\s.*_]*$").search(text, max(0, end - 90))
    if bracket and _patterns().alone.fullmatch(bracket["inside"]):
        agencies = _within(text, *bracket.span("inside"))
        return CreditMatch(bracket.start(), end, _kind(agencies), agencies, (), None, None, None, None, 0.9)
    return None


def _kind(agencies: Sequence[Mention]) -> CreditKind:
    return "picture" if agencies and all(a.agency.pictures_only for a in agencies) else "wire"


def _within(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Return the agencies that ``text`` names from ``start`` to ``end``."""
    found = mentions(text[start:end])
    return tuple(Mention(Span(m.span.start + start, m.span.end + start), m.agency) for m in found)


def _people_like(words: str) -> bool:
    """Tell whether words list people and agencies, not the subject of a sentence ("The rain contributed to ...")."""
    if any(not m.agency.pictures_only for m in mentions(words)):
        return len(words) <= 250 and not re.search(r"[.!?]\s+[a-z]", words)
    return any(is_name(piece) for piece in _pieces(words))


def _pieces(words: str) -> list[str]:
    return [piece.strip(" .") for piece in re.split(r",|;|/|\||&|\band\b|\bin\b|\bfrom\b|\bfor\b|[’']s?\s", words)]


def _people(text: str, span: Span) -> tuple[Span, ...]:
    """Return the names of people in a stretch of a credit."""
    found: list[Span] = []
    at = span.start
    cuts = [*(m.span() for m in _BETWEEN.finditer(text, span.start, span.end)), (span.end, span.end)]
    for low, high in cuts:
        words = text[at:low].strip(" .*_)(")
        if is_name(words) and not named(words) and not known_outlet(words):
            begin = text.index(words, at)
            found.append(Span(begin, begin + len(words)))
        at = high
    return tuple(found)
