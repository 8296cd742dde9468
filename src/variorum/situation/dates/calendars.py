"""A calendar of known events that a user gives: days, and the words that name them.

A text file with a line for each: the day (or month, or two days with a slash between), and the words; several ways to
name it are separated by semicolons. Empty lines and lines that begin with ``#`` are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from variorum.collation.words import stem, words_of
from variorum.errors import VariorumError
from variorum.situation.dates.days import Days, days_of, iso


class CalendarError(VariorumError):
    """A calendar that can't be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event whose day is known."""

    days: Days
    words: str
    """As the calendar has them."""
    names: tuple[frozenset[str], ...]
    """For each way to name it, the stems that must all be there."""

    @property
    def when(self) -> str:
        """The days in ISO 8601."""
        first, last = map(iso, self.days)
        return first if first == last else f"{first}/{last}"


def read_calendar(path: Path) -> tuple[tuple[Entry, ...], str]:
    """Read a calendar, and return it with its text. Raises CalendarError, with the line that is at fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise CalendarError(f"{path}: can't be read: {why.lower()}") from error
    return parse_calendar(text, str(path)), text


def parse_calendar(text: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of a calendar's text, in order of day. Raises CalendarError."""
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        when, words = _cut(line)
        days = _days(when)
        if days is None or not words:
            raise CalendarError(f"{name}: line {number}: not a day and the words that name it: {line.strip()[:60]}")
        names = tuple(frozenset(_stems(part)) for part in words.split(";") if _stems(part))
        entries.append(Entry(days, words, names))
    return tuple(sorted(entries, key=lambda entry: (entry.days, entry.words)))


def _cut(line: str) -> tuple[str, str]:
    """The day and the words of a line: apart by a tab, a comma, a colon or blanks."""
    row = next(csv.reader([line]), [])
    if len(row) >= 2 and _days(row[0]):
        return row[0].strip(), ", ".join(part.strip() for part in row[1:] if part.strip())
    when, _, words = line.strip().replace("\t", " ").partition(" ")
    return when.rstrip(":,"), words.strip()


def _days(when: str) -> Days | None:
    first, _, last = when.strip().partition("/")
    one, other = days_of(first), days_of(last or first)
    return (one[0], other[1]) if one and other and one[0] <= other[1] else None


def _stems(words: str) -> Sequence[str]:
    return [stem(word.form) for word in words_of(words) if word.form.isalpha()]
