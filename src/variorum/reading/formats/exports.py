"""The heads of articles that Nexis and Factiva export: title, publication, date, "Byline:", "Body", "Load-Date:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.reading.dates import not_after, parse_date
from variorum.records import Clue

HEAD_LINES = 40
"""Lines at the beginning among which a head is looked for."""

SCORE = 0.85
LOAD_SCORE = 0.6
"""How far to trust the lines of a head; the load date, which can be of a later correction."""

_BODY = re.compile(r"^\s*(?:Body|Full Text|FULL TEXT)\s*:?\s*$")
_LABELLED = re.compile(
    r"^\s*(Length|Byline|Section|Copyright|Load-Date|Dateline|Headline)\s*:\s*(\S.{0,300})$", re.IGNORECASE
)
_LENGTH = re.compile(r"^\s*(?:Length:\s*)?[\d,.]{1,9}\s+words\s*$", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"^\s*(?P<date>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s*\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s+\d{4}))"
    r"(?:\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?(?:[\s,].{0,40})?$"
)


def header_clues(text: str) -> Iterator[Clue]:
    """Yield what the head of an exported article says. Nothing, unless the text has such a head."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text[:20_000].splitlines(keepends=True):
        if line.strip():
            lines.append((at, line.rstrip("\r\n")))
        at += len(line)
        if len(lines) == HEAD_LINES:
            break
    marks = [n for n, (_, line) in enumerate(lines) if _BODY.match(line) or _LENGTH.match(line)]
    dated = next((n for n, (_, line) in enumerate(lines[:12]) if _DATE_LINE.match(line)), None)
    if not marks or dated is None or dated < 2 or dated > marks[-1] + 6:
        return
    factiva = _LENGTH.match(lines[dated - 1][1]) is not None
    outlet = dated + 1 if factiva else dated - 1
    if not factiva:
        yield _clue("title", lines, 0, SCORE, "the first line of the exported article")
    else:
        yield _clue("title", lines, 0 if dated < 4 else 1, SCORE - 0.2, "the title line of the exported article")
    if outlet < len(lines) and len(lines[outlet][1]) < 120:
        yield _clue("outlet", lines, outlet, SCORE, "the line beside the date in the exported article's head")
    match = _DATE_LINE.match(lines[dated][1])
    day = parse_date(match["date"]) if match else None
    if match and day:
        start = lines[dated][0] + match.start("date")
        yield Clue(
            "published",
            day,
            "container",
            SCORE,
            "the date in the exported article's head",
            start,
            start + len(match["date"]),
        )
    for start, line in _labelled_lines(text):
        match = _LABELLED.match(line)
        assert match is not None
        name, value = match[1].lower(), match[2].strip()
        begin = start + match.start(2)
        if name == "byline":
            yield Clue(
                "author", value, "container", SCORE, "the byline of the exported article", begin, begin + len(value)
            )
        elif name == "load-date" and (loaded := parse_date(value)) and (bound := not_after(loaded)):
            yield Clue(
                "published", bound, "container", LOAD_SCORE, "the day the database loaded it", begin, begin + len(value)
            )


def _labelled_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with a label: at the beginning and, as the load date is, at the end."""
    for match in re.finditer(
        r"^[ \t]{0,8}(?:Byline|Load-Date)[ \t]{0,4}:[^\r\n]{1,300}", text, re.MULTILINE | re.IGNORECASE
    ):
        if _LABELLED.match(match[0]):
            yield match.start(), match[0]


def _clue(field: str, lines: list[tuple[int, str]], number: int, score: float, reason: str) -> Clue:
    at, line = lines[number]
    words = line.strip()
    start = at + line.index(words)
    return Clue(field, words, "container", score, reason, start, start + len(words))  # type: ignore[arg-type]
