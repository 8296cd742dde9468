"""Hints about a document's metadata that its own text gives.

Each zone is read for what its kind can tell: headings the title, bylines the author, datelines place, date and
agency, credit lines whose words and pictures they are, captions the earliest date; the first and last lines of the
text tell address, date and signature. All hints are kept; :mod:`variorum.reading.settle` chooses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.reading.agencies import named, sells_words
from variorum.reading.bylines import BylineMatch, find_byline, is_name, read_names
from variorum.reading.clues import SIGNS, clue_of, lines_of, plain
from variorum.reading.credits import CreditMatch, find_credit
from variorum.reading.datelines import DatelineMatch, find_dateline
from variorum.reading.edges import edge_clues
from variorum.reading.languages import identify
from variorum.reading.outlets import fold, known_outlet
from variorum.reading.stamps import bounds, stamps
from variorum.records import Clue, Field, Span, Zone

LONGEST_TITLE = 300
"""Code points that a heading takes at most to be a title."""

MOST = 40
"""Clues of one method about one field that are kept, the first of them: a page of links is no article."""

LONGEST_CAPTION = 2000
"""Code points of a caption that are looked at."""


UNKNOWN_AGENCY = 0.4
"""Score of the outlet that a dateline names as agency where nobody knows it: a reprint keeps the original's agency,
so that something else must agree (:func:`variorum.reading.settle.settle`)."""


def find_clues(text: str, zones: Sequence[Zone]) -> tuple[Clue, ...]:
    """Return the hints in ``text``, whose ``zones`` are known, in the order of where they stand."""
    found: list[Clue] = []
    extent = _Extent.of(zones)
    found += _title(text, zones)
    found += _datelines(text, zones)
    for zone in zones:
        if zone.kind == "byline":
            found += _bylines(text, zone, extent)
        elif zone.kind == "credit":
            found += _credits(text, zone)
        elif zone.kind == "caption":
            words = text[zone.start : min(zone.end, zone.start + LONGEST_CAPTION)]
            found += bounds(words, zone.start)
            credit = find_credit(words)
            found += _credit(words, credit, zone.start) if credit else ()
    found += edge_clues(text, zones)
    found += _language(text, zones)
    found = _undecided(found)
    unique = {(c.field, c.value, c.method, c.start): c for c in reversed(found)}
    ordered = sorted(unique.values(), key=lambda c: (c.start is None, c.start or 0, c.field, c.value, c.method))
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for clue in ordered:
        seen[clue.field, clue.method] += 1
        if seen[clue.field, clue.method] <= MOST:
            kept.append(clue)
    return tuple(kept)


def _undecided(clues: Sequence[Clue]) -> list[Clue]:
    """Doubt the outlets of bylines where they differ: a page that quotes several outlets signs each quotation."""
    named_in_bylines = {fold(c.value) for c in clues if c.field == "outlet" and c.method == "byline"}
    if len(named_in_bylines) < 2:
        return list(clues)
    return [replace(c, score=0.4) if c.field == "outlet" and c.method == "byline" else c for c in clues]


def _title(text: str, zones: Sequence[Zone]) -> Iterator[Clue]:
    """Read the first heading that stands before the body; where there is none, the first line."""
    body = next((z.start for z in zones if z.kind == "body" and z.end - z.start > LONGEST_TITLE), len(text))
    for zone in zones:
        if zone.kind == "heading" and zone.start < body:
            clue = _title_of(text, zone.start, zone.end, min(0.95, zone.score), "it is the first heading")
            if clue:
                yield clue
                return
    lead = next((z for z in zones if z.kind != "furniture"), None) if zones else Zone(0, len(text), "body")
    if lead is None or lead.kind != "body":
        return
    first = next(lines_of(text, lead.start, min(lead.end, lead.start + 4000)), None)
    if first is None or find_dateline(first[1]):
        return
    low, words = first
    after = text[low + len(words) : low + len(words) + 500]
    if find_dateline(after[:400].lstrip()) and after.startswith(("\n\n", "\r\n\r\n")):
        clue = _title_of(text, low, low + len(words), 0.8, "it is the first line, and a dateline follows")
    elif 4 <= len(words.split()) <= 25 and words.strip()[-1] not in ".:;,…":
        clue = _title_of(text, low, low + len(words), 0.6, "it is the first line, and no sentence")
    elif _title_case(words):
        clue = _title_of(text, low, low + len(words), 0.7, "it is the first line, with capitals throughout")
    else:
        clue = _title_of(text, low, low + len(words), 0.3, "it is the first line") if len(words) < 150 else None
    if clue:
        yield clue


def _title_case(words: str) -> bool:
    """Tell whether a line is written as headlines are: four words or more, nearly all with a capital."""
    tokens = [t for t in re.findall(r"[^\W\d_][\w’'-]*", words) if len(t) > 3]
    return len(tokens) >= 4 and len(words) < 150 and sum(t[0].isupper() for t in tokens) >= 0.9 * len(tokens)


def _title_of(text: str, start: int, end: int, score: float, reason: str) -> Clue | None:
    """Return the clue that a stretch is the title; None for what can't be one: a label, a list of names, a credit."""
    words = text[start:end].split("\n\n")[0]
    low = start + len(words) - len(words.lstrip(SIGNS))
    words = words.strip(SIGNS)
    if not 3 <= len(words) <= LONGEST_TITLE or words.endswith(":") or len(words.split()) < 2:
        return None
    if read_names(words) or find_byline(words) or find_credit(words):
        return None
    return Clue("title", plain(words), "heading", round(score, 4), reason, low, low + len(words))


def _datelines(text: str, zones: Sequence[Zone]) -> Iterator[Clue]:
    """Read the dateline zones; where there is none, the first paragraphs."""
    marked = [z for z in zones if z.kind == "dateline"]
    for zone in marked[:1] or [z for z in zones if z.kind == "body"][:2]:
        match = find_dateline(text[zone.start : zone.start + 400])
        if match:
            yield from _dateline(text, match, zone.start)
            return


def _dateline(text: str, match: DatelineMatch, offset: int) -> Iterator[Clue]:
    quoted = text[match.start + offset : match.end + offset].strip(" \n–—―-:\ufffd")
    told = f'the dateline reads "{plain(quoted)}"'

    def clue(field: Field, value: str, span: Span, score: float, reason: str = told) -> Clue:
        return Clue(field, value, "dateline", score, reason, span.start + offset, span.end + offset)

    if match.place and match.place_span:
        yield clue("place", match.place, match.place_span, match.score)
    if match.agency and match.agency_span:
        yield clue("agency", match.agency, match.agency_span, match.score)
        if named(match.agency):
            yield clue("credit", match.agency, match.agency_span, match.score)
        if not sells_words(match.agency):
            yield clue("outlet", match.agency, match.agency_span, 0.7 if known_outlet(match.agency) else UNKNOWN_AGENCY)
    if match.date and match.date_span:
        yearless = f"{told}, without a year" if "XXXX" in match.date else told
        yield clue("published", match.date, match.date_span, match.score, yearless)


@dataclass(frozen=True, slots=True)
class _Extent:
    """Where the article proper begins and ends: bylines and dates between are a box's, not the article's."""

    third: int
    last: int

    @staticmethod
    def of(zones: Sequence[Zone]) -> _Extent:
        body = [z.start for z in zones if z.kind == "body"]
        return _Extent(body[2], body[-1]) if len(body) > 2 else _Extent(1 << 62, 0)

    def opens(self, zone: Zone) -> bool:
        """Tell whether a zone stands before the third paragraph of the body."""
        return zone.start <= self.third

    def outside(self, zone: Zone) -> bool:
        """Tell whether a zone stands before the third paragraph or after the last."""
        return self.opens(zone) or zone.start >= self.last


def _bylines(text: str, zone: Zone, extent: _Extent) -> Iterator[Clue]:
    early = extent.outside(zone)
    for offset, line in lines_of(text, zone.start, zone.end):
        match = find_byline(line)
        if match:
            yield from _byline(line, match, offset, early)
        elif is_name(line.strip(SIGNS)) and not line.rstrip().endswith("."):
            words = line.strip(SIGNS)
            low = offset + line.index(words)
            score = 0.7 if early else 0.4
            yield Clue("author", words, "byline", score, "a line of its own gives the name", low, low + len(words))
        elif _with_outlet(line.strip(SIGNS)):
            words = line.strip(SIGNS).partition(",")[0]
            told = f'the byline reads "{plain(line)[:120]}"'
            yield clue_of(line, words, offset, "author", "byline", 0.7 if early else 0.4, told)
        elif known_outlet(line.strip(SIGNS)) and not sells_words(line.strip(SIGNS)):
            yield clue_of(line, line.strip(SIGNS), offset, "outlet", "byline", 0.7, "the byline names it")
        yield from stamps(line, offset, alone=extent.opens(zone))


def _with_outlet(words: str) -> bool:
    """Tell whether a line that is known to be a byline is a name and, behind a comma, a capitalised word or three."""
    name, comma, house = words.partition(", ")
    tokens = house.split()
    return bool(comma) and is_name(name) and 1 <= len(tokens) <= 4 and all(t[0].isupper() or t == "of" for t in tokens)


def _byline(line: str, match: BylineMatch, offset: int, early: bool) -> Iterator[Clue]:
    told = f'the byline reads "{plain(line.strip(SIGNS))[:120]}"'
    if match.names:
        span = Span(match.names[0].start, match.names[-1].end)
        names = ", ".join(plain(n.of(line)) for n in match.names)
        score = match.score if early else 0.4
        where = told if early else f"{told}, but it stands within the text"
        yield Clue("author", names, "byline", score, where, span.start + offset, span.end + offset)
    elif match.outlet and early:
        yield clue_of(line, match.outlet, offset, "author", "byline", 0.6, told)
    if match.outlet and match.outlet_span:
        agency = named(match.outlet)
        field: Field = "credit" if agency and sells_words(match.outlet) else "outlet"
        known = agency is not None or known_outlet(match.outlet) is not None
        own = match.role_span is not None and match.role_span.overlaps(match.outlet_span)
        score = 0.8 if known and (early or own) else 0.4
        yield clue_of(line, match.outlet, offset, field, "byline", score, told)


def _credits(text: str, zone: Zone) -> Iterator[Clue]:
    for offset, line in lines_of(text, zone.start, zone.end):
        credit = find_credit(line)
        if credit:
            yield from _credit(line, credit, offset)
        yield from stamps(line, offset, alone=False)


def _credit(line: str, credit: CreditMatch, offset: int) -> Iterator[Clue]:
    what = "a picture credit" if credit.kind == "picture" else "a credit"
    told = f'{what} reads "{plain(line[credit.start : credit.end])[:160]}"'
    for mention in credit.agencies:
        low, high = mention.span.start + offset, mention.span.end + offset
        yield Clue("credit", mention.span.of(line), "credit", credit.score, told, low, high)
    if credit.editor and credit.editor_span:
        low, high = credit.editor_span.start + offset, credit.editor_span.end + offset
        yield Clue("editor", plain(credit.editor), "credit", credit.score, told, low, high)
    if credit.kind == "staff" and credit.people and re.match(r"[(\[\s]*(?:reporting|writing)\sby", line, re.IGNORECASE):
        names = ", ".join(plain(p.of(line)) for p in credit.people)
        low, high = credit.people[0].start + offset, credit.people[-1].end + offset
        yield Clue("author", names, "credit", 0.75, told, low, high)
    if (
        credit.kind == "copyright"
        and credit.owner
        and credit.owner_span
        and not any(sells_words(m.span.of(line)) for m in credit.agencies)
    ):
        known = known_outlet(re.sub(r",?\s(?:LLC|Inc|Ltd|Corp)\b\.?.*$", "", credit.owner))
        owner = known and clue_of(
            line, re.sub(r",?\s(?:LLC|Inc|Ltd|Corp)\b\.?.*$", "", credit.owner), offset, "outlet", "credit", 0.8, told
        )
        if owner:
            yield owner
    own = _own_outlet(line) if credit.kind in ("staff", "wire") else None
    if own:
        yield clue_of(line, own, offset, "outlet", "credit", 0.7, told)


def _own_outlet(line: str) -> str | None:
    """Return the outlet whose own people a credit names: "Fox News' Jane Roe contributed to this report"."""
    match = re.match(r"[(\[\s*_—–-]*(?P<outlet>[A-Z][^,;’'()\n]{1,40})[’']s?\s[^\n]{3,200}\scontributed", line)
    words = match["outlet"] if match else ""
    return words if known_outlet(words) and not sells_words(words) else None


def _language(text: str, zones: Sequence[Zone]) -> Iterator[Clue]:
    read = "\n".join(z.span.of(text) for z in zones if z.kind in ("body", "heading")) or text
    found = identify(read)
    if found:
        code, score = found
        yield Clue("language", code, "identified", score, "the words are of that language")
