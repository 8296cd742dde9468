"""What a text says about the day on which it was published: bounds from its time expressions.

A past day that a text names can't be after it, one to come not before it; the nearest Sunday is meant by "on Sunday".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from variorum.language.times import Meaning
from variorum.records import DateInterval
from variorum.situation.dates.days import Days, days_of, is_day, iso, last_before, next_after, ordinal, period
from variorum.situation.dates.state import Between, Bound, Dated, NotIn, OnDay, OneOf, Since, State, Weekdays

PAST: Final = 0.9
"""That a day told as past is not after the day of publication."""
PAST_YEAR: Final = 0.8
"""The same for a year."""
MONTH: Final = 31
FUTURE: Final = 0.7
"""That a day told as to come is not before it: what was to come may have been so in the eyes of a speaker alone."""
UNSURE: Final = 0.5
"""The same for a day of which nothing tells that it is past."""
WEEK: Final = 0.58
"""That days of the week told as past and to come lie around the day of publication."""
VAGUE: Final = {"day": (1, 14), "week": (7, 63), "month": (28, 365)}
"""The fewest and the most days that "days", "weeks" and "months ago" are."""
LONG_AGO: Final = 250
"""Days within which a day without a year is one that was, where nothing tells whether it was or will be."""
SEASON: Final = 0.5
"""That a day without a year is of the year that the rest of the corpus is of."""
YEAR: Final = 366
"""Days that the dated documents of one story span at most, to tell."""
EARLIER: Final = 30
LATER: Final = 180
"""Days before the first and after the last of them within which a document of the same story may be."""
CLOSE: Final = 120
"""Days between days without a year that are told as past and as to come, up to which the nearest of each are meant."""
MONTHS: Final = 0.45
"""That one does not name the running month."""
BYLINE: Final = 0.75
"""That a byline's day of the week is that of publication."""
GIVEN: Final = 0.97
BASE: Final = 0.85
"""That a date from metadata, a dateline or a caption holds."""

_MONTH_DAY: Final = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T.*)?")
_MONTH: Final = re.compile(r"XXXX-(\d\d)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression of a text, with what it is said of."""

    start: int
    end: int
    """Where it stands, in stored offsets."""
    words: str
    type: str
    meaning: Meaning
    about: frozenset[str]
    """Stems of the words that say something around it."""
    near: frozenset[str] = frozenset()
    """Those of them that stand close by."""
    read: bool = True
    """Whether it stands in the running text; captions only bound a date from below."""


@dataclass(frozen=True, slots=True)
class Undated:
    """A document, as far as its date is concerned."""

    id: str
    name: str
    """Its title, or where it was read."""
    base: DateInterval
    """What its metadata, dateline, address and captions say."""
    yearless: tuple[tuple[str, str], ...] = ()
    """Values such as ``XXXX-09-05`` of clues about the date itself, with their reasons."""
    mentions: tuple[Mention, ...] = ()
    origin: str = ""
    """The independent account that it descends from."""
    weekday: tuple[int, str] | None = None
    """The day of the week on which its byline says that it was published, Monday 0, with the words."""
    taken_over: bool = False
    """Whether its dateline is that of an agency whose report it takes over, so that it may be of the day after."""

    @property
    def day(self) -> int | None:
        """The day of publication, where people gave it or a reliable source says it."""
        base = self.base
        known = base.reliable and base.precision == "day" and base.best
        return ordinal(base.best) if known and base.best else None


def own_bounds(document: Undated) -> Iterator[Bound]:
    """What a document alone says about the day on which it was published."""
    yield from _base(document)
    mentions = [one for one in document.mentions if one.type in ("DATE", "TIME")]
    both = _told_both_ways(mentions)
    for one in mentions:
        bound = _absolute(one) if one.meaning.value not in both else None
        if bound:
            yield bound
        dated = _dated(one)
        if dated:
            yield dated
    yield from _weekdays([one for one in mentions if one.read])
    yield from _yearless(mentions)


def _told_both_ways(mentions: Sequence[Mention]) -> frozenset[str]:
    """Years and months that are told as past here and as to come there: of the running year, or misread."""
    past = {one.meaning.value for one in mentions if one.meaning.kind == "absolute" and one.meaning.direction < 0}
    future = {one.meaning.value for one in mentions if one.meaning.kind == "absolute" and one.meaning.direction > 0}
    return frozenset(past & future)


def _base(document: Undated) -> Iterator[Bound]:
    base = document.base
    if base.earliest or base.latest:
        first = ordinal(base.earliest) if base.earliest else None
        last = ordinal(base.latest) if base.latest else None
        reason = base.reasons[0] if base.reasons else "it was given"
        yield Bound(base.method or "text", GIVEN if base.reliable else BASE, reason, first, last)
    if document.weekday:
        reason = f"the byline says “{document.weekday[1]}”"
        yield Bound("byline", BYLINE, reason, rule=Weekdays(frozenset((document.weekday[0],))))
    for value, reason in document.yearless:
        found = _MONTH_DAY.fullmatch(value)
        if found and is_day(int(found[1]), int(found[2])):
            day = int(found[1]), int(found[2])
            yield Bound("dateline", BASE, reason, rule=Since(*day) if document.taken_over else OnDay(*day))
        elif (span := value.partition("/")) and span[1]:
            days = [days_of(span[0]), days_of(span[2])]
            yield Bound("text", BASE, reason, rule=OneOf(frozenset(day[0] for day in days if day)))


def season_bounds(document: Undated, days: Sequence[int]) -> Iterator[Bound]:
    """The year of a day that a document bears without one, where it falls but once around the dated documents."""
    if not days or max(days) - min(days) > YEAR:
        return
    first, last = min(days) - EARLIER, max(days) + LATER
    for value, _ in document.yearless:
        found = _MONTH_DAY.fullmatch(value)
        if found is None or not is_day(int(found[1]), int(found[2])):
            continue
        month, day = int(found[1]), int(found[2])
        at = next_after(first, month, day)
        if at <= last < next_after(at + 1, month, day):
            reason = f"the dated articles are from {iso(min(days))} to {iso(max(days))}"
            yield Bound("corpus", SEASON, reason, earliest=at, latest=at)


def _absolute(one: Mention) -> Bound | None:
    """A day, month or year that is told as past or as to come."""
    days = days_of(one.meaning.value) if one.meaning.kind == "absolute" else None
    if days is None:
        return None
    direction, width = one.meaning.direction, days[1] - days[0]
    if not one.read:
        return Bound("text", PAST, f"a caption names “{one.words}”", earliest=days[0], start=one.start, end=one.end)
    if direction < 0:
        score = PAST if width <= MONTH else PAST_YEAR
        return Bound("text", score, f"“{one.words}” is told as past", earliest=days[0], start=one.start, end=one.end)
    if direction > 0 and width <= MONTH:
        reason = f"“{one.words}” is told as to come"
        return Bound("text", FUTURE, reason, latest=days[1], start=one.start, end=one.end)
    if not width:
        reason = f"“{one.words}” is named, which is hardly more than a month ahead"
        return Bound("text", UNSURE, reason, earliest=days[0] - MONTH, start=one.start, end=one.end)
    return None


def _dated(one: Mention) -> Bound | None:
    """A weekday with a day and month, without a year ("Wednesday, January 23")."""
    found = _MONTH_DAY.fullmatch(one.meaning.value) if one.meaning.kind == "partial" else None
    weekday = _named_weekday(one.words)
    if found is None or weekday is None or not is_day(int(found[1]), int(found[2])):
        return None
    rule = Dated(int(found[1]), int(found[2]), weekday, one.meaning.direction > 0)
    return Bound("text", WEEK, f"“{one.words}” fits some years only", rule=rule, start=one.start, end=one.end)


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _named_weekday(words: str) -> int | None:
    found = [i for i, name in enumerate(WEEKDAYS) if re.search(rf"\b{name}\b", words.lower())]
    return found[0] if len(found) == 1 else None


def _weekdays(mentions: Sequence[Mention]) -> Iterator[Bound]:
    """Days of the week: those told as past and those to come lie around the day of publication, within one week."""
    named = [one for one in mentions if one.meaning.kind == "weekday" and one.meaning.offset is not None]
    past = {int(one.meaning.offset or 0): one for one in reversed(named) if one.meaning.direction < 0}
    future = {int(one.meaning.offset or 0): one for one in reversed(named) if one.meaning.direction > 0}
    if not past or not future:
        return
    fitting = [
        day for day in range(7) if max((day - one) % 7 for one in past) + max((one - day) % 7 for one in future) < 7
    ]
    if not fitting:
        return
    behind = " and ".join(dict.fromkeys(f"“{past[day].words}”" for day in sorted(past)))
    ahead = " and ".join(dict.fromkeys(f"“{future[day].words}”" for day in sorted(future)))
    first = min((*past.values(), *future.values()), key=lambda one: one.start)
    reason = f"told as past: {behind}; as to come: {ahead}"
    yield Bound("text", WEEK, reason, rule=Weekdays(frozenset(fitting)), start=first.start, end=first.end)


def _yearless(mentions: Sequence[Mention]) -> Iterator[Bound]:
    """Days and months without a year: the nearest are meant, and none of the running month is named by the month."""
    past: dict[tuple[int, int], Mention] = {}
    future: dict[tuple[int, int], Mention] = {}
    months: dict[int, Mention] = {}
    for one in reversed(mentions):
        found = yearless(one.meaning.value) if one.meaning.kind == "partial" else None
        direction = one.meaning.direction if one.read else -1
        if found is None:
            continue
        month, day = found
        if day is None and one.read:
            months[month] = one
        if not direction:
            continue
        (past if direction < 0 else future)[month, day or 1] = one
    if past and future and _are_close(past, future):
        behind, ahead = (_latest(past), _latest(future))
        reason = f"told as past: {behind}; as to come: {ahead}; of the nearest year"
        first = min((*past.values(), *future.values()), key=lambda one: one.start)
        yield Bound(
            "text", MONTHS + 0.03, reason, rule=Between(tuple(sorted(past)), tuple(sorted(future))),
            start=first.start, end=first.end,
        )  # fmt: skip
    for month, one in sorted(months.items()):
        reason = f"“{one.words}” is called by its name, so that it was not the running month"
        yield Bound("text", MONTHS, reason, rule=NotIn(frozenset((month,))), start=one.start, end=one.end)


def _are_close(past: Iterable[tuple[int, int]], future: Iterable[tuple[int, int]]) -> bool:
    """Whether there are days of the year between those told as past and those to come that are not far from either.

    Of days that lie far apart one can't tell which year they are of.
    """
    rule = Between(tuple(past), tuple(future))
    start = date(2001, 1, 1).toordinal()
    return any(rule.around(day) <= CLOSE for day in range(start, start + 365))


def yearless(value: str) -> tuple[int, int | None] | None:
    """Month and day of a value without a year; the day is None for a whole month."""
    if found := _MONTH_DAY.fullmatch(value):
        month, day = int(found[1]), int(found[2])
        return (month, day) if is_day(month, day) else None
    found = _MONTH.fullmatch(value)
    return (int(found[1]), None) if found and 1 <= int(found[1]) <= 12 else None


def _latest(found: dict[tuple[int, int], Mention]) -> str:
    return " and ".join(dict.fromkeys(f"“{found[day].words}”" for day in sorted(found)))


def resolved(one: Mention, state: State) -> Days | None:
    """The days that a mention means, as far as they follow from what is known of the day of publication."""
    meaning = one.meaning
    if meaning.kind == "absolute":
        return days_of(meaning.value)
    span = state.span
    if span is None:
        return None
    both = [_meant(one, day) for day in span]
    return both[0] if both[0] == both[1] else None


def _meant(one: Mention, day: int) -> Days | None:
    """The days that a mention means in a text of that day."""
    meaning = one.meaning
    if meaning.kind == "partial":
        found = yearless(meaning.value)
        if found is None:
            return None
        month, number = found
        past, future = last_before(day, month, number or 1), next_after(day, month, number or 1)
        at = past if meaning.direction < 0 or (not meaning.direction and day - past <= LONG_AGO) else future
        return days_of(iso(at) if number else iso(at)[:7])
    if meaning.kind == "weekday" and meaning.direction and meaning.offset is not None:
        apart = int(meaning.offset) - (day - 1) % 7
        at = day + (-((-apart) % 7) if meaning.direction < 0 else apart % 7)
        return at, at
    if meaning.kind == "shift" and meaning.unit and meaning.offset is not None:
        return period(day, meaning.unit, int(meaning.offset))
    return None


def implied(one: Mention, meant: Days) -> tuple[int, int] | None:
    """The days on which a text can have been published that names these days in such words."""
    meaning = one.meaning
    if meaning.kind == "partial":
        found = yearless(meaning.value)
        if found is None:
            return None
        return meant[0] - (0 if meaning.direction < 0 else 364), meant[0] + 364
    if meaning.kind == "weekday" and meant[0] == meant[1] and meaning.offset == (meant[0] - 1) % 7:
        if meaning.direction < 0:
            return meant[0], meant[0] + 6
        return (meant[0] - 6, meant[0]) if meaning.direction > 0 else None
    if is_vague(one):
        least, most = VAGUE[str(meaning.unit)]
        return meant[0] + least, meant[1] + most
    if meaning.kind == "shift" and meaning.unit and meaning.offset is not None:
        first = period(meant[0], meaning.unit, -int(meaning.offset))
        last = period(meant[1], meaning.unit, -int(meaning.offset))
        return (first[0], last[1]) if first and last else None
    return None


def is_vague(one: Mention) -> bool:
    """Whether a mention tells of a time some days, weeks or months ago, without their number."""
    meaning = one.meaning
    open_end = meaning.kind == "reference" or (meaning.kind == "duration" and meaning.value.startswith("PX"))
    return open_end and meaning.direction < 0 and meaning.unit in VAGUE


def fits(one: Mention, meant: Days) -> bool:
    """Whether a mention can mean these days: a day and month, or a month, that is theirs."""
    if one.meaning.kind != "partial":
        return one.meaning.kind in ("weekday", "shift") or is_vague(one)
    found = yearless(one.meaning.value)
    if found is None:
        return False
    days: Iterable[date] = (date.fromordinal(meant[0]), date.fromordinal(meant[1]))
    month, number = found
    return all(day.month == month and number in (None, day.day) for day in days)
