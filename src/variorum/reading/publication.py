"""When a document was published: one interval out of all clues.

Each clue is read into a reach: a day, a month, a year, two days that one writing can mean, a day without a year, or a
bound. The clues are taken in the order of their precedence (:mod:`variorum.reading.methods`). Each narrows the
interval if it agrees with it, to within a day; one that does not agree is overruled, kept, and named in the reasons.
Nothing is taken from a file's own time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from variorum.reading.methods import method, precedence
from variorum.reading.written_dates import FIRST_YEAR, LAST_YEAR, read_date
from variorum.records import Clue, DateInterval, Precision

NEAR = timedelta(days=1)
"""Two clues agree within a day: time zones, and a report that is filed in the evening and published after midnight."""

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d.{0,30})?)?)?")
_YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)")
_WIDTHS: tuple[tuple[int, Precision], ...] = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))


@dataclass(frozen=True, slots=True)
class Reach:
    """The days that one clue allows."""

    earliest: date | None = None
    """No earlier than this day."""
    latest: date | None = None
    """No later than this day."""
    either: tuple[date, ...] = ()
    """The two days that an ambiguous writing can mean."""
    yearless: tuple[int, int] | None = None
    """Month and day, where the year is not said."""

    @property
    def bound(self) -> bool:
        """Whether it only bounds the date on one side."""
        return self.yearless is None and (self.earliest is None or self.latest is None)


@dataclass(frozen=True, slots=True)
class _State:
    """The interval so far, and the clue that narrowed it last."""

    low: date | None = None
    high: date | None = None
    by: Clue | None = None

    @property
    def days(self) -> int | None:
        """How many days it holds; None for an open interval."""
        return (self.high - self.low).days + 1 if self.low and self.high else None


def reach_of(value: str) -> Reach | None:
    """Return the days that the value of a clue about ``published`` allows; None if it is no date."""
    value = value.strip()
    if "/" in value and not re.fullmatch(r"\d+/\d+/\d+", value):
        return _interval(*value.split("/", 1))
    yearless = _YEARLESS.fullmatch(value)
    if yearless:
        month, day = int(yearless[1]), int(yearless[2])
        valid = 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]
        return Reach(yearless=(month, day)) if valid else None
    iso = _ISO.fullmatch(value)
    if iso:
        return _iso(iso)
    written = read_date(value[:60])
    return reach_of(written) if written else None


def _iso(match: re.Match[str]) -> Reach | None:
    year, month, day = (int(g) if g else None for g in match.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Reach(date(year, 1, 1), date(year, 12, 31))
    last = monthrange(year, month)[1]
    if day is None:
        return Reach(date(year, month, 1), date(year, month, last))
    return Reach(date(year, month, day), date(year, month, day)) if 1 <= day <= last else None


def _interval(one: str, other: str) -> Reach | None:
    if ".." in (one, other):
        rest = _iso_reach(other if one == ".." else one)
        if rest is None:
            return None
        return Reach(latest=rest.latest) if one == ".." else Reach(earliest=rest.earliest)
    first, second = _iso_reach(one), _iso_reach(other)
    if first is None or second is None or first.earliest is None or second.latest is None:
        return None
    low, high = first.earliest, second.latest
    if low > high:
        return None
    swapped = low.year == high.year and (low.month, low.day) == (high.day, high.month) and low != high
    return Reach(low, high, either=(low, high) if swapped else ())


def _iso_reach(value: str) -> Reach | None:
    iso = _ISO.fullmatch(value.strip())
    return _iso(iso) if iso else None


def settle_date(clues: Iterable[Clue]) -> DateInterval:
    """Return the date of publication that the clues about ``published`` amount to; other clues are left alone."""
    ignored: list[str] = []
    read: list[tuple[Clue, Reach]] = []
    for clue in sorted((c for c in clues if c.field == "published"), key=precedence):
        reach = reach_of(clue.value)
        if reach is None:
            ignored.append(f'{_told(clue)}; ignored, since "{clue.value[:40]}" is no date')
        else:
            read.append((clue, reach))
    state, overruled = _narrow(read)
    state, unfit = _close(state, read)
    overruled += unfit
    reasons = [_reason(clue, reach) + (" (overruled)" if clue in overruled else "") for clue, reach in read]
    return _result(state, read, overruled, (*reasons, *ignored))


def _narrow(read: Sequence[tuple[Clue, Reach]]) -> tuple[_State, list[Clue]]:
    """Let each clue narrow the interval, the strongest first; return it and the clues that don't agree."""
    state = _State()
    overruled: list[Clue] = []
    for clue, reach in read:
        if reach.yearless or reach.either:
            continue
        narrowed = _meet(state, clue, reach)
        if narrowed is None:
            overruled.append(clue)
        else:
            state = narrowed
    return state, overruled


def _meet(state: _State, clue: Clue, reach: Reach) -> _State | None:
    """Return what the interval and a clue have in common, or None if that is nothing, not even within a day."""
    low = max((d for d in (state.low, reach.earliest) if d), default=None)
    high = min((d for d in (state.high, reach.latest) if d), default=None)
    if low and high and low > high:
        return state if low - high <= NEAR else None
    return state if (low, high) == (state.low, state.high) else _State(low, high, clue)


def _close(state: _State, read: Sequence[tuple[Clue, Reach]]) -> tuple[_State, list[Clue]]:
    """Choose among the days of ambiguous and yearless clues by the interval that the others leave.

    Returns the interval and the clues that fit no day of it.
    """
    unfit: list[Clue] = []
    for clue, reach in read:
        days = _days(reach, state) if reach.yearless or reach.either else None
        if days is None:
            continue
        wide = state.days is None or state.days > 2
        if not days:
            unfit.append(clue)
        elif wide and len(days) == 1:
            state = _State(days[0], days[0], clue)
        elif wide:
            state = _State(min(days), max(days), clue)
    return state, unfit


def _days(reach: Reach, state: _State) -> list[date] | None:
    """Return the days of an ambiguous or yearless clue that lie in the interval, to within a day.

    None for a day without a year where the interval is open or holds several years.
    """
    if reach.yearless:
        if state.low is None or state.high is None:
            return None
        month, day = reach.yearless
        years = range(state.low.year - 1, state.high.year + 2)
        candidates = [date(y, month, day) for y in years if day <= monthrange(y, month)[1]]
    else:
        candidates = list(reach.either)
    for slack in (timedelta(0), NEAR):
        low = state.low - slack if state.low else date.min
        high = state.high + slack if state.high else date.max
        inside = [d for d in candidates if low <= d <= high]
        if inside:
            return None if reach.yearless and len(inside) > 1 else inside
    return []


def _result(
    state: _State, read: Sequence[tuple[Clue, Reach]], overruled: Sequence[Clue], reasons: tuple[str, ...]
) -> DateInterval:
    standing = [(clue, reach) for clue, reach in read if clue not in overruled]
    chosen = state.by or next((clue for clue, _ in standing), None)
    if chosen is None:
        return DateInterval(reasons=reasons)
    ambiguous = any(clue is chosen and reach.either and state.low != state.high for clue, reach in standing)
    precision = _precision(state)
    best = None if ambiguous else _best(state, precision)
    full = any(clue is chosen and not reach.yearless and not reach.either for clue, reach in standing)
    return DateInterval(
        earliest=state.low.isoformat() if state.low else None,
        latest=state.high.isoformat() if state.high else None,
        best=best.isoformat() if best else None,
        precision=precision,
        method=chosen.method,
        reliable=full and state.days is not None and _trusted(chosen, overruled),
        reasons=reasons,
    )


def _precision(state: _State) -> Precision:
    if state.days is None:
        return "unknown"
    return next((name for width, name in _WIDTHS if state.days <= width), "unknown")


def _best(state: _State, precision: Precision) -> date | None:
    """Return the likeliest day: the middle of an interval that singles out a month, else None."""
    if state.low is None or state.high is None or precision in ("year", "unknown"):
        return None
    return state.low + (state.high - state.low) // 2


def _trusted(chosen: Clue, overruled: Sequence[Clue]) -> bool:
    """Tell whether a date needs no question mark: people gave it, or a good source that no other contradicts."""
    if method(chosen.method).given:
        return True
    return method(chosen.method).reliable and not any(method(c.method).witness for c in overruled)


def _told(clue: Clue) -> str:
    return clue.reason or f"{method(clue.method).words} says {clue.value}"


def _reason(clue: Clue, reach: Reach) -> str:
    told = _told(clue)
    if reach.yearless and "year" not in told:
        return f"{told} (without a year)"
    if reach.either and "either" not in told:
        return f"{told} (day and month can be either way round)"
    return told
