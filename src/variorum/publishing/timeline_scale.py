"""Time from left to right: which days a timeline shows, what its columns stand for, and the words of its axis."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from variorum.publishing.dates import MONTHS, day_words

if TYPE_CHECKING:
    from variorum.edition.dates import Named, Published

Unit = Literal["day", "week", "month", "year"]

WIDE, NARROW = 960, 330
"""Widths for which a timeline is laid out, in CSS pixels: of a desktop, and of a phone."""

LETTER = 6.4
"""Width of a letter."""

_UNITS: Sequence[tuple[int, Unit]] = ((62, "day"), (400, "week"), (3660, "month"))
"""Days that a drawing spans at most, with the unit of its columns."""

_STEPS: Sequence[tuple[Unit, int]] = (
    *(("day", 1), ("day", 2), ("week", 1), ("week", 2), ("month", 1), ("month", 2), ("month", 3), ("month", 6)),
    *(("year", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)
"""What the labels of an axis may be apart."""

_LABELS = {WIDE: 12, NARROW: 5}
"""Labels of an axis at most."""

_REACH = 31
"""Days around the documents within which what texts speak of is drawn at least; otherwise a third of their span."""

_ROOM, _OPEN = 50, 7
"""Part of the span that is left free at an end, and at one to which something is open."""

_AFTER = 6
"""Room behind a label."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from left to right."""

    first: int
    """First day (``date.toordinal``)."""
    last: int
    """Last one."""

    def x(self, day: float) -> float:
        """Return where a day begins, in hundredths of the width; days outside lie on the edge."""
        share = (day - self.first) / (self.last + 1 - self.first)
        return round(min(1.0, max(0.0, share)) * 100, 2)

    def has(self, first: int, last: int) -> bool:
        """Tell whether any day from ``first`` to ``last`` is drawn."""
        return first <= self.last and last >= self.first


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the axis."""

    x: float
    words: str
    """A day and month, a month, or a year; empty where there is no room for it."""
    year: str
    """The year below it, where it changes."""


def days_of(first: str, last: str) -> str:
    """Return days as an address has them: a day, a month, a year, or two days with a slash between."""
    if first == last:
        return first
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return first[:7]
        if start.month == 1 and end.month == 12 and start.year == end.year:
            return first[:4]
    return f"{first}/{last}"


def days_in_words(first: str, last: str) -> str:
    """Return days in words: "23 January 2019", "January 2019", "21 to 27 January 2019"."""
    days = days_of(first, last)
    if "/" not in days:
        return day_words(days)
    if first[:7] == last[:7]:
        return f"{int(first[8:])} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def ordinal(day: str) -> int:
    """Return a day of ISO 8601 as a number; a day that a month does not have is its last one."""
    year, month, number = (int(part) for part in day.split("-"))
    while True:
        try:
            return date(year, month, number).toordinal()
        except ValueError:
            number -= 1
            if number < 1:
                raise


def iso(day: int) -> str:
    """Return such a number as a day of ISO 8601."""
    return date.fromordinal(day).isoformat()


def window(
    published: Sequence[Published], named: Sequence[Named], since: str | None = None, until: str | None = None
) -> tuple[int, int] | None:
    """Return the first and the last day to draw.

    The days on which documents are likeliest to have appeared make it, and what they may be of and what texts speak of
    widens it, as far as that is not far from them. None where nothing has a date.
    """
    best = [ordinal(one.best) for one in published if one.best]
    edges = [ordinal(day) for one in published for day in (one.earliest, one.latest) if day]
    told = [ordinal(day) for one in named for day in (one.earliest, one.latest)]
    given = [ordinal(day) for day in (since, until) if day]
    centre = best or edges or told or given
    if not centre:
        return None
    low, high = min(centre), max(centre)
    reach = max(_REACH, (high - low) // 3)
    near = [day for day in (*edges, *told) if low - reach <= day <= high + reach]
    low, high = min((low, *near)), max((high, *near))
    room = {open: max(1, (high - low) // (_ROOM if not open else _OPEN)) for open in (False, True)}
    low = ordinal(since) if since else low - room[any(one.earliest is None and one.latest for one in published)]
    high = ordinal(until) if until else high + room[any(one.latest is None and one.earliest for one in published)]
    return (low, max(low, high)) if since or not until else (min(low, high), high)


def unit_of(days: int) -> Unit:
    """Return what a column stands for where so many ``days`` are drawn."""
    return next((unit for most, unit in _UNITS if days <= most), "year")


def begin(day: int, unit: Unit) -> int:
    """Return the first day of the week, month or year of a day."""
    at = date.fromordinal(day)
    if unit == "week":
        return max(1, day - at.weekday())
    if unit == "day":
        return day
    return at.replace(month=1 if unit == "year" else at.month, day=1).toordinal()


def end(day: int, unit: Unit) -> int:
    """Return the last day of the week, month or year of a day."""
    return _next(begin(day, unit), unit, 1) - 1


def _next(day: int, unit: Unit, steps: int) -> int:
    """Return the first day of the unit that comes ``steps`` after the one that begins on ``day``."""
    if unit in ("day", "week"):
        return day + steps * (7 if unit == "week" else 1)
    at = date.fromordinal(day)
    months = at.year * 12 + at.month - 1 + steps * (12 if unit == "year" else 1)
    if months >= 12 * 10_000:
        return date.max.toordinal()
    return date(months // 12, months % 12 + 1, 1).toordinal()


def axis(scale: Scale, width: int) -> Iterator[Label]:
    """Yield the labels of an axis that is ``width`` wide: as many as there is room for."""
    steps = (list(_starts(scale, unit, size)) for unit, size in _STEPS)
    starts, unit = next(
        (
            (found, unit)
            for found, (unit, _) in zip(steps, _STEPS, strict=True)
            if len(found) <= _LABELS[width] and found
        ),
        ([scale.first], "day"),
    )
    year = None
    for day in starts:
        at = date.fromordinal(day)
        words = {"month": MONTHS[at.month - 1][:3], "year": str(at.year)}.get(unit, f"{at.day} {_short(at)}")
        below = str(at.year) if unit != "year" and at.year != year else ""
        x = scale.x(day)
        if x / 100 * width + len(words) * LETTER + _AFTER > width:
            yield Label(x, "", "")
        else:
            year = at.year
            yield Label(x, words, below)


def _short(at: date) -> str:
    return MONTHS[at.month - 1][:3]


def _starts(scale: Scale, unit: Unit, size: int) -> Iterator[int]:
    """Yield the days of a drawing on which a day, week, month or year begins, each so many after the other."""
    day = begin(scale.first, unit)
    if unit == "week":
        day -= 7 * ((day - 1) // 7 % size)
    elif unit == "day":
        day -= day % size
    else:
        at = date.fromordinal(day)
        day = _next(day, unit, -(at.year % size)) if unit == "year" and at.year > size else day
        day = at.replace(month=(at.month - 1) // size * size + 1).toordinal() if unit == "month" else day
    for _ in range(400):
        if day > scale.last:
            return
        if day >= scale.first:
            yield day
        day = _next(day, unit, size)
