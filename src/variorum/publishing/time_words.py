"""Values of time expressions in words: "23 January 2019, in the morning", "nine months".

Values are those of TIMEX3 (Saurí et al. 2006, TimeML annotation guidelines). What is none of them is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from variorum.publishing.dates import MONTHS, day_words

if TYPE_CHECKING:
    from variorum.edition.dates import Time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_PARTS: Mapping[str, str] = {
    "MO": "in the morning",
    "MI": "around midday",
    "DT": "during the day",
    "AF": "in the afternoon",
    "EV": "in the evening",
    "NI": "at night",
}
"""Of a day."""

_YEAR_PARTS: Mapping[str, str] = {
    **{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"},
    **{f"Q{i}": f"the {name} quarter" for i, name in enumerate(("first", "second", "third", "fourth"), 1)},
    **{f"H{i}": f"the {name} half" for i, name in enumerate(("first", "second"), 1)},
}

_UNITS: Mapping[str, str] = {
    **{"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"},
    **{
        "E": "decade",
        "C": "century",
        "DE": "decade",
        "CE": "century",
        "WE": "weekend",
        "SP": "spring",
        "SU": "summer",
        "FA": "autumn",
    },
    **{"WI": "winter", "TH": "hour", "TM": "minute", "TS": "second", "TNI": "night", "TMO": "morning"},
    **{"TAF": "afternoon", "TEV": "evening", "TDT": "daytime"},
}
"""Of how long something takes; of a clock after a T."""

_NUMBERS = (*("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),)

_MODS: Mapping[str, str] = {
    "START": "the beginning of {}",
    "MID": "the middle of {}",
    "END": "the end of {}",
    "APPROX": "about {}",
    "MORE_THAN": "more than {}",
    "LESS_THAN": "less than {}",
    "EQUAL_OR_MORE": "at least {}",
    "EQUAL_OR_LESS": "at most {}",
    "BEFORE": "before {}",
    "AFTER": "after {}",
    "ON_OR_BEFORE": "at the latest {}",
    "ON_OR_AFTER": "at the earliest {}",
}

_AMOUNTS = frozenset(("MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"))
"""Of a day, they say how long ago it is."""

_REFERENCES: Mapping[str, str] = {"PAST_REF": "in the past", "PRESENT_REF": "at present", "FUTURE_REF": "in the future"}

_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_DURATION = re.compile(r"(\d+(?:\.\d+)?|X+)(DE|CE|WE|SP|SU|FA|WI|NI|MO|AF|EV|DT|[YMWDQHSEC])", re.ASCII)
_WEEK = re.compile(r"(\d{4}|XXXX)-W(\d\d|XX)(?:-(WE|\d))?", re.ASCII)
_YEAR_PART = re.compile(r"(\d{4}|XXXX)-([A-Z][A-Z\dX])", re.ASCII)


def time_words(time: Time) -> str:
    """Return what a time expression means, in words, with what it is counted from."""
    return f"{meaning(time)}{'?' if is_doubtful(time) else ''}{_counted(time)}"


def is_doubtful(time: Time) -> bool:
    """Tell whether a time expression counts from something that is not sure."""
    return not time.reliable and time.method in ("publication", "text")


def meaning(time: Time) -> str:
    """Return what a time expression means, in words."""
    if time.type == "SET":
        words = _set(time.value)
    elif time.value.startswith("P") and time.value not in _REFERENCES:
        words = _duration(time.value)
    else:
        words = value_words(time.value, time.earliest, time.latest)
    mod = "APPROX" if time.type in ("DATE", "TIME") and time.mod in _AMOUNTS else time.mod
    return _MODS.get(mod or "", "{}").format(words)


def _counted(time: Time) -> str:
    if time.method == "publication":
        return " — counted from the date of publication" if time.reliable else _DOUBTFUL
    if time.method == "text":
        return " — counted from a time before it in the text"
    return ""


_DOUBTFUL = " — counted from the doubtful date of publication"


def value_words(value: str, earliest: str | None = None, latest: str | None = None) -> str:
    """Return a value of a date or a time of day in words; ``earliest`` and ``latest`` are the days that it covers."""
    if value in _REFERENCES:
        return _REFERENCES[value]
    day, clock, _ = value.partition("T")
    of_day = _of_day(value[len(day) :]) if clock else ""
    if not day:
        return of_day or value
    words = _day(day, earliest, latest)
    return f"{words}, {of_day}" if of_day else words


def _of_day(part: str) -> str:
    if part[1:] in _PARTS:
        return _PARTS[part[1:]]
    clock = _CLOCK.fullmatch(part)
    return f"{clock[1]}:{clock[2] or '00'}" if clock else "at some time of day"


def _day(value: str, earliest: str | None, latest: str | None) -> str:
    if found := _WEEK.fullmatch(value):
        return _week(found[1], found[2], found[3], earliest, latest)
    if found := _YEAR_PART.fullmatch(value):
        if found[2] == "XX":
            return f"a month of {found[1]}" if found[1] != "XXXX" else "a month"
        part = _YEAR_PARTS.get(found[2])
        if part is None:
            return value
        of = " of" if found[2][0] in "QH" else ""
        return f"{part}, no year" if found[1] == "XXXX" else f"{part}{of} {found[1]}"
    if value.startswith("BC"):
        return f"{int(value[2:])} BC" if len(value) == 6 and value[2:].isdecimal() else f"{value[2:]} BC"
    if re.fullmatch(r"\d{3}", value):
        return f"the {value}0s"
    if re.fullmatch(r"\d\d", value):
        return f"the century from {value}00"
    if re.fullmatch(r"X{4}(-XX){0,2}", value):
        return ("a year", "a month", "a day")[value.count("-")]
    if found := re.fullmatch(r"(\d{4})-(\d\d)-XX", value):
        return f"a day of {day_words(value[:7])}"
    if re.fullmatch(r"\d{4}-XX-XX", value):
        return f"a day of {value[:4]}"
    return day_words(value)


def _week(year: str, week: str, day: str | None, earliest: str | None, latest: str | None) -> str:
    if day == "WE" or day is None:
        what = "weekend" if day else "week"
        if earliest and latest:
            return f"between {day_words(earliest)} and {day_words(latest)}"
        return f"a {what}" if year == "XXXX" else f"a {what} of {year}"
    name = WEEKDAYS[int(day) - 1] if 1 <= int(day) <= 7 else "day"
    return f"a {name}" if week == "XX" else f"{name} of week {int(week)}, {year}"


def _duration(value: str) -> str:
    """Return how long, in words: "nine months", "some days", "one day and two hours"."""
    date, _, clock = value[1:].partition("T")
    parts = [*_amounts(date, ""), *_amounts(clock, "T")]
    if parts:
        return " and ".join(parts)
    return "some time" if set(value) <= set("PTX") else value


def _amounts(text: str, clock: str) -> list[str]:
    found = []
    for number, unit in _DURATION.findall(text):
        name = _UNITS.get(clock + unit) or _UNITS.get(unit)
        if name is None:
            return []
        if number.startswith("X"):
            found.append(f"some {_many(name)}")
        elif number in ("0.5", ".5"):
            found.append(f"half {'an' if name == 'hour' else 'a'} {name}")
        else:
            short = number.removesuffix(".0")
            whole = int(short) if short.isdecimal() else None
            words = _NUMBERS[whole] if whole is not None and whole < len(_NUMBERS) else short
            found.append(f"{words} {name if whole == 1 else _many(name)}")
    return found


def _many(name: str) -> str:
    return {"century": "centuries"}.get(name, f"{name}s")


def _set(value: str) -> str:
    """Return how often, in words: "every Friday", "every two weeks", "every June"."""
    if value.startswith("P"):
        words = _duration(value)
        return f"every {words.removeprefix('one ')}"
    if found := re.fullmatch(r"XXXX-W(?:XX|\d\d)-(WE|[1-7])(T.*)?", value):
        name = "weekend" if found[1] == "WE" else WEEKDAYS[int(found[1]) - 1]
        return f"every {name}{', ' + _of_day(found[2]) if found[2] else ''}"
    if found := re.fullmatch(r"XXXX-(0[1-9]|1[0-2])(?:-(\d\d))?", value):
        month = MONTHS[int(found[1]) - 1]
        return f"every {int(found[2])} {month}" if found[2] else f"every {month}"
    if found := re.fullmatch(r"XXXX-([A-Z][A-Z\d])", value):
        return f"every {_YEAR_PARTS.get(found[1], found[1]).removeprefix('the ')}"
    if found := re.fullmatch(r"XXXX-(?:XX-XX|WXX-X)?(T.*)", value):
        return f"every day, {_of_day(found[1])}"
    return f"again and again: {value_words(value)}"
