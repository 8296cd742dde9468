"""Values of time expressions, counted from the day of publication or from a date before in the text."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import regex

from variorum.language.times.lexicon import coded
from variorum.language.times.meaning import Found, Meaning, TimeExpression
from variorum.language.times.reading import feast_day

HISTORY: Final = 3
"""Years before its publication from which what a text tells of is history."""
LEAST: Final = 6
"""Years that a text must name to be one about history, in which a day without a year is of the year told last."""
MOSTLY: Final = 0.75
"""Share of them that must be history."""
_DAY: Final = regex.compile(r"\d{4}(?:-\d\d){0,2}(?![-\d])")
NEAR: Final = 100
"""Days within which a day without a year is of the same year, whatever the tense ("payable December 7" in October)."""
SEASONS: Final = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
"""A month in the midst of each season, of the northern year."""


def anchored(
    found: Sequence[Found], published: str | None, calendar: Mapping[str, Sequence[str]] | None = None
) -> tuple[TimeExpression, ...]:
    """The values of time expressions, in the order of the text.

    ``published`` is a day, month or year in ISO 8601; what is counted from it is no more exact than it is, and where it
    is None keeps XXXX. ``calendar`` has the days of named events, in ISO 8601.
    """
    values = []
    last: str | None = None
    history = _is_history(found, published)
    for one in found:
        value = _value(one.meaning, published, last, calendar or {}, history=history)
        if one.meaning.part and regex.fullmatch(r"[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d", value):
            value += one.meaning.part
        values.append(TimeExpression(one.start, one.end, one.type, value, one.mod))
        told = one.meaning.kind in ("absolute", "partial", "later") or not history
        if told and one.type in ("DATE", "TIME") and (day := _DAY.match(value.partition("T")[0])):
            last = day[0]
    return tuple(values)


def _value(
    meaning: Meaning, published: str | None, last: str | None, calendar: Mapping[str, Sequence[str]], *, history: bool
) -> str:
    if meaning.kind in ("absolute", "duration", "set", "reference"):
        return meaning.value
    if meaning.kind == "named":
        return _named(meaning, published, calendar)
    if meaning.kind == "weekday":
        return _weekday(meaning, last if meaning.name == "text" and last else published)
    if meaning.kind == "partial":
        return _told(meaning, last) if history and last else _partial(meaning, published)
    return _shifted(meaning, (last or published) if meaning.kind == "later" else published)


def _is_history(found: Sequence[Found], published: str | None) -> bool:
    """Whether a text tells of years long before it was published."""
    years = [
        int(one.meaning.value[:4]) for one in found if one.meaning.kind == "absolute" and _DAY.match(one.meaning.value)
    ]
    if published is None or len(years) < LEAST:
        return False
    return sum(int(published[:4]) - year >= HISTORY for year in years) >= MOSTLY * len(years)


def _told(meaning: Meaning, last: str) -> str:
    """A day or month without its year in a text about years long ago: of the year that it is at, or the next."""
    rest = meaning.value[5:]
    year = int(last[:4])
    if meaning.name != "said" and len(last) >= 7 and regex.match(r"\d\d", rest) and int(last[5:7]) - int(rest[:2]) >= 6:
        year += 1
    return f"{year}-{rest}"


def _date(day: str | None) -> date | None:
    if day is None or len(day) < 10:
        return None
    try:
        return date.fromisoformat(day[:10])
    except ValueError:
        return None


def _weekday(meaning: Meaning, published: str | None) -> str:
    day = _date(published)
    if day is None or meaning.offset is None:
        return meaning.value
    apart = int(meaning.offset) - day.weekday()
    if meaning.direction > 0:
        ahead = apart % 7
        ahead = ahead or (7 if meaning.name == "other" else 0)
    else:
        ahead = -(-apart % 7)
        ahead = ahead or (-7 if meaning.name in ("other", "text") and meaning.direction < 0 else 0)
    return _moved(day, ahead)


def _moved(day: date, days: int) -> str:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return "XXXX-XX-XX"


def _partial(meaning: Meaning, published: str | None) -> str:
    """A day, month, season or quarter without its year: the nearest, or the last or next one."""
    rest = meaning.value[5:]
    if published is None:
        return meaning.value
    year = int(published[:4])
    if len(published) < 7:
        return f"{year}-{rest}" if not meaning.direction else meaning.value
    month = int(published[5:7])
    day = int(published[8:10]) if len(published) >= 10 else 15
    now = month * 31 + day
    if found := regex.fullmatch(r"(\d\d)-(\d\d)", rest):
        then = int(found[1]) * 31 + int(found[2])
    elif found := regex.fullmatch(r"(\d\d)", rest):
        then = int(found[1]) * 31 + (15 if int(found[1]) != month else day)
    elif rest in SEASONS:
        then = SEASONS[rest] * 31 + 15
    else:
        size = 3 if rest[0] == "Q" else 6
        then = ((int(rest[1]) - 1) * size + 1) * 31
        if meaning.offset:
            return f"{year - (then > now) - 1}-{rest}"
        return f"{year - (then > now + 31)}-{rest}"
    if meaning.name == "said" and meaning.offset:
        year += -1 if meaning.offset < 0 and then >= now else 1 if meaning.offset > 0 and then <= now else 0
    elif meaning.direction < 0:
        year -= then - now > NEAR
    elif meaning.direction > 0:
        year += now - then > NEAR
    elif meaning.name != "said":
        year += -1 if then - now > 170 else 1 if now - then > 250 else 0
    return f"{year}-{rest}" if rest != "02-29" or monthrange(year, 2)[1] == 29 else meaning.value


def _shifted(meaning: Meaning, anchor: str | None) -> str:
    unit, offset = meaning.unit, meaning.offset or 0
    if anchor is None:
        return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX"}.get(
            unit or "", "XXXX"
        )
    year = int(anchor[:4])
    if unit in ("year", "decade", "century"):
        year += round(offset * {"year": 1, "decade": 10, "century": 100}[unit])
        if meaning.value:
            return f"{year}-{meaning.value}"
        if not 0 < year < 10000:
            return "XXXX"
        if unit == "decade" and not offset % 1:
            return f"{year:04}"[:3]
        return f"{year:04}"[:2] if unit == "century" else f"{year:04}"
    if len(anchor) < 7:
        return {"month": f"{year}-XX", "week": f"{year}-WXX"}.get(unit or "", f"{year}")
    month = int(anchor[5:7])
    if unit == "month":
        count = year * 12 + month - 1 + round(offset)
        return f"{count // 12:04}-{count % 12 + 1:02}" if 0 < count // 12 < 10000 else "XXXX-XX"
    if unit == "quarter":
        count = year * 4 + (month - 1) // 3 + round(offset)
        return f"{count // 4:04}-Q{count % 4 + 1}"
    day = _date(anchor)
    if day is None:
        return {"week": f"{year}-WXX", "weekend": f"{year}-WXX-WE"}.get(
            unit or "", anchor[:7] if abs(offset) < 1 else f"{anchor[:7]}"[:4]
        )
    if unit in ("week", "weekend"):
        try:
            at = day + timedelta(7 * round(offset))
        except OverflowError:
            return "XXXX-WXX"
        iso = at.isocalendar()
        return f"{iso.year}-W{iso.week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "day":
        return _moved(day, round(offset))
    return anchor[:10]


def _named(meaning: Meaning, published: str | None, calendar: Mapping[str, Sequence[str]]) -> str:
    name = meaning.name or ""
    if not meaning.value.startswith("XXXX"):
        return meaning.value
    day = _date(published)
    known = calendar.get(name)
    if known:
        if day is None:
            return known[0] if len(known) == 1 else meaning.value
        return min(known, key=lambda one: (abs((date.fromisoformat(one) - day).days), one))
    code = coded("feasts").get(name)
    if code is None or day is None:
        return meaning.value
    days = [date.fromisoformat(feast_day(code, year)) for year in (day.year - 1, day.year, day.year + 1)]
    if meaning.direction < 0:
        return max(one for one in days if one <= day).isoformat()
    if meaning.direction > 0:
        return min(one for one in days if one >= day).isoformat()
    return min(days, key=lambda one: (abs((one - day).days), one)).isoformat()
