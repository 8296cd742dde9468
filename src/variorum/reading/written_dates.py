"""Dates as they are written in English: "September 5", "4 Dec. 2020", "3 JAN 90", "2019-06-06", "12/9/2022".

A date is read into the form that :class:`variorum.records.Clue` uses: ISO 8601 where it is full, ``XXXX-09-05``
where the year is missing, ``2019-02-03/2019-03-02`` where day and month can be either way round.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from variorum.records import Span

FIRST_YEAR, LAST_YEAR = 1700, 2100
"""Years of news: the first daily newspaper in English is of 1702."""

PIVOT = 50
"""A year of two digits from here on is of the 20th century, below it of the 21st."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_MONTH = r"(?P<{0}month>" + "|".join(sorted(MONTHS, key=lambda m: (-len(m), m))) + r")\b\.?"
_DAY = r"(?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?P<{0}year>\d{{4}}|[’']\d\d)(?!\d)"
_SHORT_YEAR = r"(?P<{0}year>\d{{4}}|[’']\d\d|(?-i:(?<=[A-Z][ -])\d\d))(?![\d:])"

_FORMS = (
    # 5 September 2019, 3 JAN 90, 5th of September, 23 January
    _WEEKDAY
    + (_DAY + r"(?:\s{{1,3}}of)?[\s.-]{{1,3}}" + _MONTH + r"(?:,?[\s-]{{1,3}}" + _SHORT_YEAR + r")?").format("a"),
    # September 5, 2019; Jan 23; June 6 2019
    _WEEKDAY + (_MONTH + r"\s{{0,3}}" + _DAY + r"(?![-–]\d)(?:(?:,\s{{0,3}}|\s{{1,3}})" + _YEAR + r")?").format("b"),
    # 2019-06-06, 2019/06/06, 20190606 is not read
    r"(?P<cyear>\d{4})(?P<csep>[-/.])(?P<cmonth>\d{1,2})(?P=csep)(?P<cday>\d{1,2})(?!\d)",
    # 12/9/2022, 09.12.2022
    r"(?P<done>\d{1,2})(?P<dsep>[/.-])(?P<dtwo>\d{1,2})(?P=dsep)(?P<dyear>\d{4})(?!\d)",
    # September 2019
    (_MONTH + r",?\s{{1,3}}" + r"(?P<{0}year>\d{{4}})(?!\d)").format("e"),
)

DATE = re.compile(r"(?<![\w/.-])(?:" + "|".join(f"(?:{form})" for form in _FORMS) + r")(?!\w)", re.IGNORECASE)
"""Any date that this module reads; a match is turned into a value by :func:`value_of`."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where a text writes it."""

    span: Span
    """Where it stands."""
    value: str
    """What it says, as a :class:`~variorum.records.Clue` would."""


def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the dates in ``text``, in order. A date that no calendar has (31 February) is left out."""
    found = ((Span(*m.span()), value_of(m)) for m in DATE.finditer(text))
    return tuple(WrittenDate(span, value) for span, value in found if value is not None)


def read_date(words: str) -> str | None:
    """Return the value of ``words`` if they are one date and nothing else, or None."""
    match = DATE.fullmatch(words.strip())
    return value_of(match) if match else None


def value_of(match: re.Match[str]) -> str | None:
    """Return what a match of :data:`DATE` says, or None if no calendar has that day."""
    part = match.groupdict()
    for form in "ab":
        if part[form + "month"]:
            month = MONTHS[part[form + "month"].lower()]
            return iso(_year(part[form + "year"]), month, int(part[form + "day"]))
    if part["cyear"]:
        return iso(int(part["cyear"]), int(part["cmonth"]), int(part["cday"]))
    if part["dyear"]:
        return _either(int(part["dyear"]), int(part["done"]), int(part["dtwo"]))
    year = int(part["eyear"])
    return f"{year:04}-{MONTHS[part['emonth'].lower()]:02}" if FIRST_YEAR <= year <= LAST_YEAR else None


def iso(year: int | None, month: int, day: int) -> str | None:
    """Return the day as ``2019-06-06``, or ``XXXX-06-06`` without a year; None if there is no such day."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000 if year is None else year, month)[1]:
        return None
    return f"{'XXXX' if year is None else f'{year:04}'}-{month:02}-{day:02}"


def _year(words: str | None) -> int | None:
    if words is None:
        return None
    number = int(words.lstrip("’'"))
    if number >= 100:
        return number
    return number + (1900 if number >= PIVOT else 2000)


def _either(year: int, one: int, two: int) -> str | None:
    """Return day and month of ``one/two`` whichever way round they can be."""
    values = sorted({v for v in (iso(year, one, two), iso(year, two, one)) if v})
    return "/".join(values) or None
