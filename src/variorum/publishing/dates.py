"""Dates in words, each as sure as it is: "6 June 2019", "June 2019?", "on or after 18 September 2019?", "undated"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.records import DateInterval

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

UNDATED = "undated"
"""What stands for a date of which nothing is known."""

_DAY = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as the pages show it."""

    text: str
    """The words; they end in a question mark if the date is doubtful."""
    doubtful: bool
    """Whether it is to be shown in italics: there is a date, and it is not reliable."""
    machine: str | None
    """The same for a ``datetime`` attribute, as exact as it is known; None where that can't say it."""


def date_words(date: DateInterval) -> DateWords:
    """Return a publication date in words."""
    text, machine = _words(date)
    if text == UNDATED:
        return DateWords(text, False, None)
    doubtful = not date.reliable
    return DateWords(f"{text}?" if doubtful else text, doubtful, machine)


def _words(date: DateInterval) -> tuple[str, str | None]:
    best = date.best
    if best is not None:
        if date.precision == "day":
            return day_words(best), best
        if date.precision == "week":
            return _between(date.earliest or best, date.latest or best), None
        if date.precision == "year":
            return best[:4], best[:4]
        if date.earliest and date.latest and date.earliest[:7] != date.latest[:7]:
            return _between(date.earliest, date.latest), None
        return day_words(best[:7]), best[:7]
    return interval_words(date.earliest, date.latest), None


def interval_words(earliest: str | None, latest: str | None) -> str:
    """Return an interval in words; each of its ends is an ISO 8601 day, or None where it is open."""
    if earliest and latest:
        return _between(earliest, latest)
    if earliest:
        return f"on or after {day_words(earliest)}"
    if latest:
        return f"on or before {day_words(latest)}"
    return UNDATED


def _between(first: str, last: str) -> str:
    if first == last:
        return day_words(first)
    return f"between {day_words(first)} and {day_words(last)}"


def day_words(day: str) -> str:
    """Return an ISO 8601 day, month or year in words; anything else as it is. ``XXXX`` stands for an unknown year."""
    match = _DAY.fullmatch(day)
    if match is None:
        return day
    year, month, number = match.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return day
    words = MONTHS[int(month) - 1]
    if number is not None:
        words = f"{int(number)} {words}"
    return f"{words}, no year" if year == "XXXX" else f"{words} {year}"


def clue_words(value: str) -> str:
    """Return the value of a clue about a date in words: ISO 8601 or EDTF, see :class:`variorum.records.Clue`."""
    first, slash, last = value.partition("/")
    if not slash:
        return day_words(value)
    if first in ("", ".."):
        return f"on or before {day_words(last)}"
    if last in ("", ".."):
        return f"on or after {day_words(first)}"
    return f"between {day_words(first)} and {day_words(last)}"


def edtf_words(value: str | None) -> DateWords:
    """Return a date of :class:`variorum.edition.copies.Paper` in words; what is none of EDTF as it is."""
    if not value:
        return DateWords(UNDATED, False, None)
    doubtful = value.endswith("?")
    words = clue_words(value.removesuffix("?"))
    machine = value.removesuffix("?") if _DAY.fullmatch(value.removesuffix("?")) else None
    return DateWords(f"{words}?" if doubtful else words, doubtful, machine)


def day_date(day: str, *, reliable: bool) -> DateWords:
    """Return an ISO 8601 day in words, with a question mark unless it is ``reliable``."""
    return date_words(DateInterval(day, day, day, "day", "", reliable))


def first_day(typed: str) -> str:
    """Return the first day of a day, month or year that a person typed. Raises ValueError if it is none."""
    return _edge(typed, "-01-01", "-01")


def last_day(typed: str) -> str:
    """Return the last day of a day, month or year that a person typed. Raises ValueError if it is none.

    The last day of a month is written as its 31st, which no day of the month comes after.
    """
    return _edge(typed, "-12-31", "-31")


def _edge(typed: str, of_year: str, of_month: str) -> str:
    match = _DAY.fullmatch(typed)
    if match is None or match[1] == "XXXX" or typed.startswith("0000"):
        raise ValueError(typed)
    _, month, day = match.groups()
    if month is None:
        return typed + of_year
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        raise ValueError(typed)
    return typed if day is not None else typed + of_month
