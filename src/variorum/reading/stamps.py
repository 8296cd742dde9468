"""Dates that a text states about itself: "Published 12 March 2019", a line with a date, a date in a caption."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from variorum.reading.pictures import choice
from variorum.reading.written_dates import WrittenDate, find_dates
from variorum.records import Clue

LONGEST = 120
"""Code points of a line that states a date; longer ones are prose."""

_REST = re.compile(
    r"[\s|,.·•()–—*_-]|\d{1,2}[:.h]\d\d|\b\d{1,2}\s?[ap]\.?m\b|\b[ap]\.?m\b|\b(?:[ECMPAWNB]?[SDEB]T|[A-Z]{2}ST|UTC|CET|CEST)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)\b|\bat\b|\bon\b|\blocal time\b|\b\d{1,2}\b|\bhours?\b|\bgmt\b",
    re.IGNORECASE,
)


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads((files("variorum.reading") / "data" / "stamps.toml").read_text("utf-8"))
    published, changed = choice(data["published"]), choice(data["changed"])
    return (
        re.compile(
            rf"(?:^|[|•·–—(\[]|\s\s)\s{{0,3}}(?:{published})(?:\son|\sat)?\s{{0,3}}[:|–—-]?\s{{0,3}}$", re.IGNORECASE
        ),
        re.compile(
            rf"(?:^|[|•·–—(\[]|\s)\s{{0,3}}(?:{changed})(?:\son|\sat)?\s{{0,3}}[:|–—-]?\s{{0,3}}$", re.IGNORECASE
        ),
        re.compile(rf"(?<!\w)(?:{choice(data['to_come'])})(?!\w)[^.;]{{0,40}}$", re.IGNORECASE),
    )


def stamps(line: str, offset: int, alone: bool = True) -> tuple[Clue, ...]:
    """Return the clues about ``published`` of a line that states a date and starts at ``offset`` in the text.

    A date counts where a cue stands before it, or, if ``alone``, where the line holds nothing else but a time.
    """
    if len(line) > LONGEST or not any(c.isdigit() for c in line):
        return ()
    found = []
    published, changed, _ = _cues()
    for written in find_dates(line):
        if written.value.count("-") < 2:
            continue
        open_year = ", without a year" if "XXXX" in written.value else ""
        before = _clockless(line[: written.span.start].lstrip(" *_#>"))
        score, told = 0.0, ""
        if changed.search(before):
            score, told = 0.6, "the page says that it was changed on"
        elif published.search(before):
            score, told = 0.88, "the page says that it was published on"
        elif alone and not _REST.sub("", line[: written.span.start] + line[written.span.end :]):
            score, told = 0.7, "a line of its own gives the date"
        if score:
            low, high = written.span.start + offset, written.span.end + offset
            words = written.span.of(line)
            found.append(Clue("published", written.value, "text", score, f'{told} "{words}"{open_year}', low, high))
    return tuple(found)


def bounds(caption: str, offset: int) -> tuple[Clue, ...]:
    """Return the lower bounds that the dates in a caption set: an article isn't older than its picture."""
    found = []
    for written in find_dates(caption):
        if not _full(written) or "/" in written.value or _cues()[2].search(caption[: written.span.start]):
            continue
        low, high = written.span.start + offset, written.span.end + offset
        reason = f'a caption names "{written.span.of(caption)}", so the article is no older'
        found.append(Clue("published", f"{written.value}/..", "caption", 0.6, reason, low, high))
    return tuple(found)


def _full(written: WrittenDate) -> bool:
    return "XXXX" not in written.value and written.value.count("-") >= 2


def _clockless(words: str) -> str:
    """Return ``words`` without a time of day and a weekday at the end ("Updated 9:05 PM ET, Mon" is "Updated")."""
    words = words[-80:]
    clock = re.compile(
        r"(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|\b[A-Z]{2,4}T?|\b(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|\bat|\bon|[,|·•()–—-])\s*$"
    )
    for _ in range(8):
        match = clock.search(words)
        if not match or (match.group().strip().isupper() and len(match.group().strip()) > 4):
            break
        words = words[: match.start()].rstrip()
    return words
