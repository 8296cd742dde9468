"""Days and spans of days: what the values of time expressions cover, and periods around a day.

Days are ordinals of the proleptic Gregorian calendar (``date.toordinal``); a span has a first and a last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

Days = tuple[int, int]
"""First and last day."""

FIRST: Final = date(1700, 1, 1).toordinal()
LAST: Final = date(2100, 12, 31).toordinal()
"""The days on which news can have been published."""

SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month; northern, by the weather's calendar."""

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_YEAR: Final = re.compile(r"(\d{4})")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART: Final = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])")
_DECADE: Final = re.compile(r"(\d{3})")


def days_of(value: str) -> Days | None:
    """The days that the value of a time expression covers (TIMEX3); None where it is no definite time."""
    try:
        return _days_of(value)
    except ValueError:
        return None


def _days_of(value: str) -> Days | None:
    if found := _DAY.fullmatch(value):
        day = date(int(found[1]), int(found[2]), int(found[3])).toordinal()
        return day, day
    if found := _MONTH.fullmatch(value):
        return months(int(found[1]), int(found[2]), int(found[2]))
    if found := _YEAR.fullmatch(value):
        return months(int(found[1]), 1, 12)
    if found := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()
        return (monday + 5, monday + 6) if found[3] else (monday, monday + 6)
    if found := _PART.fullmatch(value):
        return _part(int(found[1]), found[2])
    if found := _DECADE.fullmatch(value):
        return date(int(found[1]) * 10, 1, 1).toordinal(), date(int(found[1]) * 10 + 9, 12, 31).toordinal()
    return None


def _part(year: int, part: str) -> Days:
    if part in SEASONS:
        first, last = SEASONS[part]
        start = date(year, first, 1).toordinal()
        year += last < first
        return start, date(year, last, monthrange(year, last)[1]).toordinal()
    size = 3 if part[0] == "Q" else 6
    last = size * int(part[1])
    return months(year, last - size + 1, last)


def months(year: int, first: int, last: int) -> Days:
    """The days of some months of a year. Raises ValueError for a month that there is not."""
    return date(year, first, 1).toordinal(), date(year, last, monthrange(year, last)[1]).toordinal()


def iso(day: int) -> str:
    """A day in ISO 8601."""
    return date.fromordinal(day).isoformat()


def ordinal(day: str) -> int:
    """A day of ISO 8601. Raises ValueError if it is none."""
    return date.fromisoformat(day).toordinal()


def period(day: int, unit: str, offset: int = 0) -> Days | None:
    """The day, week, month, year or the like that a day lies in, or the one so many later; None for other units."""
    at = date.fromordinal(day)
    try:
        if unit == "day":
            return day + offset, day + offset
        if unit in ("week", "weekend"):
            monday = day - at.weekday() + 7 * offset
            return (monday + 5, monday + 6) if unit == "weekend" else (monday, monday + 6)
        if unit in ("month", "quarter"):
            size = 1 if unit == "month" else 3
            count = (at.year * 12 + at.month - 1) // size + offset
            first = count * size
            return months(first // 12, first % 12 + 1, first % 12 + size)
        if unit in ("year", "decade", "century"):
            size = {"year": 1, "decade": 10, "century": 100}[unit]
            first = (at.year // size + offset) * size
            return date(first, 1, 1).toordinal(), date(first + size - 1, 12, 31).toordinal()
    except (ValueError, OverflowError):
        return None
    return None


def last_before(day: int, month: int, number: int) -> int:
    """The last such day of a year that is not after a day."""
    year = date.fromordinal(day).year
    return max(found for found in _around(year, month, number) if found <= day)


def next_after(day: int, month: int, number: int) -> int:
    """The first such day of a year that is not before a day."""
    year = date.fromordinal(day).year
    return min(found for found in _around(year, month, number) if found >= day)


def _around(year: int, month: int, number: int) -> list[int]:
    """The day in the years around; 29 February only in years that have it."""
    years = (y for y in range(year - 8, year + 9) if number <= monthrange(y, month)[1])
    return [date(y, month, number).toordinal() for y in years]


def is_day(month: int, number: int) -> bool:
    """Whether some year has that day."""
    return 1 <= month <= 12 and 1 <= number <= monthrange(2000, month)[1]
