"""Addresses of the web: those that a text gives for itself, and what an address tells of outlet and date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.reading.outlets import host_of, outlet_of
from variorum.reading.written_dates import MONTHS, iso
from variorum.records import Clue, Span

LONGEST = 2000
"""Code points of an address; longer ones are data, not addresses."""

EDGE = 14
"""Lines at either end of a text among which it gives its own address."""

_LINE = re.compile(
    r"[\s>*_\[(<-]*(?:(?:source|url|link|original(?:\s\w+)?|read\s(?:more|the\s\w+)(?:\s(?:at|here|on))?|via|from|"
    r"(?:first|originally)\s(?:published|appeared)(?:\s(?:at|on|in))?)\s{0,2}:?\s{0,3})?"
    r"[<(\[]{0,2}(?P<url>https?://[^\s<>\"'\[\]()]{4,2000}|www\.[\w-]+\.[^\s<>\"'\[\]()]{2,2000})[>)\]]{0,2}[\s.*_]*",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:twitter|x|facebook|fb|t|instagram|youtube|youtu|linkedin|pinterest|reddit|whatsapp|telegram|tiktok|bit|goo|"
    r"paypal|patreon|change|doubleclick|gravatar)\.(?:com|co|be|me|ly|gl|org|net)$"
)
_FULL = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_.-]?(?P<m>0\d|1[0-2])[/_.-]?(?P<d>[0-2]\d|3[01])(?!\d)")
_PATH = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2}|[a-z]{3,9})(?:[/-](?P<d>\d{1,2}))?(?=[/-]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address that has a line of the text for itself."""

    line: int
    """Where the line begins, in code points."""
    span: Span
    """Where the address stands."""
    url: str
    """The address."""


def find_addresses(lines: Iterable[tuple[int, str]]) -> list[Address]:
    """Return the addresses of those ``lines``, given with their offsets, that hold an address and nothing else.

    Addresses of networks and shorteners are left out: they are where a text is shared, not where it stands.
    """
    found = []
    for offset, line in lines:
        match = _LINE.fullmatch(line) if len(line) <= LONGEST else None
        if match:
            url = match["url"].rstrip(".,;")
            host = host_of(url)
            if host and not _ELSEWHERE.search(host):
                low = offset + match.start("url")
                found.append(Address(offset, Span(low, low + len(url)), url))
    return found


def date_in(url: str) -> str | None:
    """Return the date in the path of ``url`` as a clue would give it (``2019-06-06``, ``2019-06``), or None."""
    path = re.sub(
        r"^[a-z]+://[^/]*|^[^/]*(?=/)", "", url[:LONGEST].split("?", 1)[0].split("#", 1)[0], flags=re.IGNORECASE
    )
    match = _PATH.search(path)
    if match:
        month = int(match["m"]) if match["m"].isdigit() else MONTHS.get(match["m"].lower())
        if month:
            day = iso(int(match["y"]), month, int(match["d"])) if match["d"] else None
            return day or (f"{match['y']}-{month:02}" if 1 <= month <= 12 else None)
    match = _FULL.search(path)
    return iso(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def clues_of(url: str, start: int | None = None, end: int | None = None) -> tuple[Clue, ...]:
    """Return what an address tells of outlet and date; ``start`` and ``end`` are where it stands in the text."""
    found: list[Clue] = []
    outlet = outlet_of(url)
    if outlet:
        name, known = outlet
        score = 0.92 if known else 0.6
        found.append(Clue("outlet", name, "url", score, f"the address is at {host_of(url)}", start, end))
    day = date_in(url)
    if day:
        full = len(day) == 10
        found.append(
            Clue("published", day, "url", 0.85 if full else 0.7, f"the address holds the date {day}", start, end)
        )
    return tuple(found)
