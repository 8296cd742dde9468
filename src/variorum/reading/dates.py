"""Dates as programs and tables write them: ISO 8601, RFC 2822, ``9/12/2022 11:12``, seconds since 1970.

Dates are returned as :class:`variorum.records.Clue` writes them. The day is the one that stands there: a time zone is
not converted, since an outlet's date is the day at its own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from variorum.reading.written_dates import iso, read_date

DAY_SECONDS = 86_400
EARLIEST_EPOCH, LATEST_EPOCH = 86_400 * 365, 4_102_444_800
"""Seconds since 1970 that can be a date of news: from 1971 (smaller numbers are counts) to 2100."""

LENGTH = 80
"""Code points that a date may have."""

_TIME = re.compile(
    r"""(?:[T\s,]|\bat\b|[|·-])*            # what parts the day from the time
        \b\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?
        \s{0,2}(?:[ap]\.?m\.?)?
        \s{0,2}(?:Z\b|[+-]\d{2}:?\d{2}|\(?(?:UTC|GMT|[A-Z]{1,4}T)\)?(?:\s?[+-]\d{1,4})?)?
        (?:\s{0,2}\([A-Za-z ]{1,40}\))?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?Z?)?")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d{1,9})?")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.IGNORECASE)
_EDTF = re.compile(r"(?:\.\./)?(?:\d{4}|XXXX)(?:-\d{2}){0,2}(?:/(?:\.\.|\d{4}(?:-\d{2}){0,2}))?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)

PLACEHOLDERS = frozenset(("0001-01-01", "1900-01-01", "1970-01-01", "9999-12-31"))
"""Days that programs write where they know none."""


def parse_date(value: Any, day_first: bool | None = None) -> str | None:
    """Return a date as a clue says it, or None for what is no date.

    ``day_first`` says which of two small numbers is the day (``9/12/2022``); None gives both readings as an interval.
    Takes text and numbers (seconds, milliseconds or microseconds since 1970), and ``{"$date": ...}``.
    """
    if isinstance(value, dict):
        value = next((value[k] for k in ("$date", "$numberLong", "date", "iso", "value", "@value") if k in value), None)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, list | tuple):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, int | float):
        return _epoch(float(value)) or (_of_words(str(value), day_first) if isinstance(value, int) else None)
    if isinstance(value, str) and len(value) <= LENGTH:
        return _of_words(" ".join(value.split()), day_first)
    return None


def column_order(values: Iterable[Any]) -> bool | None:
    """Return whether the numeric dates of a column put the day first; None where none decides, or two disagree."""
    first = second = False
    for value in values:
        match = _NUMERIC.match(value) if isinstance(value, str) and len(value) <= LENGTH else None
        if match:
            one, two = int(match[1]), int(match[3])
            first |= 12 < one <= 31 and two <= 12
            second |= 12 < two <= 31 and one <= 12
    return first if first != second else None


def not_after(date: str) -> str | None:
    """Return the bound that something was published no later than ``date``, or None where the date bounds nothing."""
    last = date.rsplit("/", 1)[-1]
    if last in ("", "..") or last.startswith("XXXX"):
        return None
    return f"../{last}"


def is_ambiguous(date: str) -> bool:
    """Tell whether a date holds two readings."""
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}", date))


def _of_words(words: str, day_first: bool | None) -> str | None:
    if match := _ISO.match(words):
        # whatever follows is a time
        return (
            _known(iso(int(match[1]), int(match[2]), int(match[3]))) if _is_time(words[match.end() :]) else _edtf(words)
        )
    if match := _DIGITS.fullmatch(words):
        day = iso(int(match[1]), int(match[2]), int(match[3]))
        if day is not None or len(words) in (8, 12, 14):
            return _known(day)
    if _EPOCH.fullmatch(words):
        return _epoch(float(words))
    bare = _WEEKDAY.sub("", _TIME.sub("", words)).strip(" ,")
    if match := _YEAR_FIRST.fullmatch(bare):
        return _known(iso(int(match[1]), int(match[3]), int(match[4])))
    match = _NUMERIC.match(bare)
    if match and match.end() == len(bare):
        return _numeric(int(match[1]), int(match[3]), match[4], day_first)
    if match := _MONTH.fullmatch(bare):
        year, month = int(match[1]), int(match[2])
        return f"{year:04}-{month:02}" if iso(year, month, 1) else None
    if re.fullmatch(r"\d{4}", bare):
        return bare if iso(int(bare), 1, 1) else None
    return read_date(bare) or read_date(_ORDINAL.sub("", bare)) or _edtf(words)


def _is_time(rest: str) -> bool:
    return (
        not rest.strip()
        or (rest[0] in "T ,t" and any(ch.isdigit() for ch in rest))
        or rest in ("Z",)
        or bool(re.fullmatch(r"[+-]\d{2}:?\d{2}", rest))
    )


def _edtf(words: str) -> str | None:
    """Return a date that is already written as a clue writes it."""
    if not _EDTF.fullmatch(words):
        return None
    for part in words.split("/"):
        numbers = part.split("-")
        if part != "..":
            year = None if numbers[0] == "XXXX" else int(numbers[0])
            month, day = (int(n) for n in (*numbers[1:], "1", "1")[:2])
            if iso(year, month, day) is None:
                return None
    return words if words not in ("XXXX", "../..") else None


def _numeric(one: int, two: int, year_words: str, day_first: bool | None) -> str | None:
    year = int(year_words)
    if len(year_words) == 2:
        year += 1900 if year >= 70 else 2000
    as_day_first, as_month_first = iso(year, two, one), iso(year, one, two)
    if day_first is not None:
        chosen = as_day_first if day_first else as_month_first
        if chosen is not None:
            return _known(chosen)
    readings = sorted({d for d in (as_day_first, as_month_first) if d is not None})
    return _known("/".join(readings)) if readings else None


def _epoch(number: float) -> str | None:
    for unit in (1, 1_000, 1_000_000):
        if EARLIEST_EPOCH <= number / unit <= LATEST_EPOCH:
            return datetime.fromtimestamp(number / unit, UTC).date().isoformat()
    return None


def _known(date: str | None) -> str | None:
    return None if date in PLACEHOLDERS else date
