"""Datelines: where a report says it was written, when, and for whom.

A dateline opens a paragraph: "CARACAS, Jan 23 (Reuters) - ", "Merida, June 6 2019 – ", "(CNN) ", "New Delhi: ". The
form is that of the agencies' style books (Associated Press Stylebook, "datelines"; Reuters Handbook of Journalism,
"datelines"). The opening of the paragraph is cut at the first separator; what stands before it must fall apart into
place, date and agency with nothing left over, and at least two of the signs (a town that the data file knows,
capitals, a date, an agency) must agree. Everything else is prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.reading.agencies import named
from variorum.reading.places import SMALL, is_region, looks_like_place, standing
from variorum.reading.written_dates import DATE, value_of
from variorum.records import Span

LONGEST = 120
"""Code points that a dateline takes at most; the longest in 4,984 tuning articles (AllSides) takes 44."""

SENTENCE = 60
"""Code points that must follow a colon, so that a headline such as "Berlin: a city changes" is not taken for a
report."""

_OPENING = re.compile(r"[\s*_>#•·\ufeff\u200b]{0,20}")
_SEPARATOR = re.compile(
    r"[*_]{0,3}\s{0,3}(?:[*_]{0,3}\s{0,3}(?P<dash>-{2,3}|[—–―‒]|\ufffd)\s{0,3}"
    r"|(?<=\s)(?P<hyphen>-)\s{1,3}|(?<=[\])])\.?(?P<tight>-)\s{0,3}|(?P<lost>\?)\s{1,3}|(?P<colon>:)\s{1,3})[*_]{0,3}\s{0,3}"
)
_BRACKET = re.compile(r"[,;]?\s{0,3}[(\[]\s{0,3}(?P<inside>[^()\[\]\n]{0,60})(?:[)\]]\s{0,3},?|$)")
_ABOARD = re.compile(r"(?:(?:ON )?ABOARD|NEAR|OUTSIDE|OFF|WITH) ")
_FOLLOWS = re.compile(r"[\"“”‘’'«„(\[$€£#@*_…]{0,3}\s{0,2}[A-Z0-9À-ÖØ-ÞĀ-Ž]")


@dataclass(frozen=True, slots=True)
class DatelineMatch:
    """A dateline at the start of a paragraph. Offsets are code points into the text that was searched."""

    start: int
    """First code point: that of place, date or agency, whichever comes first."""
    end: int
    """One past the separator and the white space behind it: where the report begins."""
    place: str | None
    """The place as written, or None."""
    agency: str | None
    """The agency as written, or None."""
    date: str | None
    """The date as a :class:`~variorum.records.Clue` would give it, or None."""
    place_span: Span | None
    """Where the place stands."""
    agency_span: Span | None
    """Where the agency stands, without brackets."""
    date_span: Span | None
    """Where the date stands."""
    score: float
    """How sure, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Parts:
    place: Span | None
    date: Span | None
    date_value: str | None
    agency: Span | None
    bracketed: bool


def find_dateline(text: str) -> DatelineMatch | None:
    """Return the dateline that ``text``, a paragraph, begins with, or None.

    Offsets are into ``text``. Leading white space and Markdown signs are skipped. The method reads no more than the
    first 200 code points.
    """
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    head = text[start : start + LONGEST].split("\n\n", 1)[0]
    for separator in _SEPARATOR.finditer(head):
        match = _judge(text, start, head, separator)
        if match:
            return match
        if separator.start() > 0 and separator["colon"]:
            break
    return _agency_alone(text, start, head)


def _judge(text: str, start: int, head: str, separator: re.Match[str]) -> DatelineMatch | None:
    """Return the dateline if what stands before the separator is one."""
    before = head[: separator.start()]
    if before.count("(") > before.count(")") and ")" in head[separator.end() :]:
        return None  # the separator stands within brackets: "(ACAN - EFE)"
    parts = _take_apart(before)
    if parts is None:
        return None
    end = start + separator.end()
    rest = text[end : end + SENTENCE + 1]
    if rest and not _FOLLOWS.match(rest):
        return None
    if separator["colon"] and len(rest) < SENTENCE:
        return None
    score = _score(head, parts, separator)
    return _match(text, start, end, parts, score) if score else None


def _match(text: str, start: int, end: int, parts: _Parts, score: float) -> DatelineMatch:
    def moved(span: Span | None) -> Span | None:
        return Span(span.start + start, span.end + start) if span else None

    place, agency, date = moved(parts.place), moved(parts.agency), moved(parts.date)
    return DatelineMatch(
        start,
        end,
        place.of(text) if place else None,
        agency.of(text) if agency else None,
        parts.date_value,
        place,
        agency,
        date,
        score,
    )


def _take_apart(words: str) -> _Parts | None:
    """Return place, date and agency of ``words``, or None if something is left over."""
    agency: Span | None = None
    date: re.Match[str] | None = None
    bracketed = False
    end = len(words.rstrip(" ,;*_"))
    while True:
        bracket = _last_bracket(words, end)
        if bracket is None:
            break
        inside = Span(*bracket.span("inside"))
        content = inside.of(words).strip()
        found = DATE.fullmatch(words, inside.start, inside.end)
        if found and date is None:
            date = found
        elif agency is None and (not content or _agency_like(content)):
            bracketed = True
            if content:
                low = inside.start + len(inside.of(words)) - len(inside.of(words).lstrip())
                agency = Span(low, low + len(content))
        else:
            break
        end = len(words[: bracket.start()].rstrip(" ,;"))
    if date is None:
        date = _last_date(words, end)
        if date:
            end = len(words[: date.start()].rstrip(" ,;"))
    if agency is None and not bracketed:
        agency = _last_agency(words, end)
        if agency:
            end = len(words[: agency.start].rstrip(" ,;"))
    if "(" in words[:end] and not _country_in_brackets(words[:end]):
        return None
    place = Span(0, end) if end else None
    if place and not looks_like_place(place.of(words)):
        return None
    return _Parts(place, Span(*date.span()) if date else None, value_of(date) if date else None, agency, bracketed)


def _last_bracket(words: str, end: int) -> re.Match[str] | None:
    low = max(words.rfind("(", 0, end), words.rfind("[", 0, end))
    if low < 0:
        return None
    while low > 0 and words[low - 1] in " ,;":
        low -= 1
    bracket = _BRACKET.match(words, low, end)
    return bracket if bracket and bracket.end() >= end else None


def _last_date(words: str, end: int) -> re.Match[str] | None:
    for found in DATE.finditer(words, 0, end):
        if found.end() == end:
            return found
    return None


def _last_agency(words: str, end: int) -> Span | None:
    """Return an agency without brackets at the end, as in "Washington CNN —"."""
    for low in [0, *(m.end() for m in re.finditer(r"[\s,]{1,3}", words[:end]))]:
        if named(words[low:end]):
            return Span(low, end)
    return None


def _country_in_brackets(words: str) -> bool:
    bracket = re.search(r"\(([^()]{2,40})\)$", words)
    return bracket is not None and (is_region(bracket[1]) or bracket[1].isupper())


def _agency_like(words: str) -> bool:
    """Tell whether words in brackets can name an agency: one to six words in capitals, or an address of the web."""
    if named(words) or re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", words):
        return True
    tokens = re.split(r"[\s/]+", words)
    return (
        len(tokens) <= 6
        and not re.search(r"\d{3}", words)
        and all(t[:1].isupper() or t in SMALL or t.isdigit() or t in "-–&" for t in tokens)
    )


def _score(head: str, parts: _Parts, separator: re.Match[str]) -> float:
    """Return how sure it is that these parts are a dateline, 0 for not."""
    agency = parts.agency.of(head) if parts.agency else None
    known_agency = named(agency) is not None if agency else False
    if parts.place is None:
        if agency and known_agency and not separator["colon"] and not separator["lost"]:
            return 0.95
        return 0.8 if parts.date and agency and parts.bracketed else 0.0
    place = parts.place.of(head)
    known = standing(place)
    follows = head[separator.end() : separator.end() + 40]
    capitals = place.split(",")[0].isupper() and len(place) > 2 and not follows.isupper() and place[:4] != "THE "
    if separator["colon"]:
        return 0.65 if known.town and (known_agency or (not parts.agency and known.pieces <= 2)) else 0.0
    if separator["lost"] and not (parts.bracketed and agency):
        return 0.0
    if known_agency and (parts.bracketed or known.town or capitals):
        return 0.98
    if parts.date and (known.town or capitals or parts.bracketed or known.region):
        return 0.95
    if parts.bracketed and (known.town or capitals):
        return 0.9
    if parts.date:
        return 0.8
    if capitals and (known.town or known.region):
        return 0.95
    if known.region and known.pieces > 1:
        return 0.85
    if known.town:
        return 0.8
    if capitals and _ABOARD.match(place):
        return 0.9
    return 0.75 if capitals and len(place.split()) <= 3 and not separator["hyphen"] else 0.0


def _agency_alone(text: str, start: int, head: str) -> DatelineMatch | None:
    """Return a dateline that ends in a bracketed agency without separator: "(CNN) Two men"."""
    for bracket in re.finditer(r"\(([^()\n]{2,40})\)[*_]{0,3}\s{0,3}", head):
        if named(bracket[1]) is None:
            continue
        parts = _take_apart(head[: bracket.start() + len(bracket[1]) + 2])
        rest = text[start + bracket.end() : start + bracket.end() + 10]
        if parts is None or not rest or not _FOLLOWS.match(rest):
            return None
        if parts.place:
            place = parts.place.of(head)
            known = standing(place)
            if not (place.isupper() or known.town or known.region):
                return None
        return _match(text, start, start + bracket.end(), parts, 0.95)
    return None
