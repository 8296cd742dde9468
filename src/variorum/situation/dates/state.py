"""What is known of one day: an interval, and rules that the day must keep.

Bounds are put to it one by one, the surest first. One that leaves no day is overruled, and kept for the record; what
is left does not depend on the order in which bounds of other documents came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol

from variorum.situation.dates.days import FIRST, LAST, Days, last_before, next_after

Verdict = Literal["used", "agrees", "overruled"]

NEAR: Final = 1
"""Days by which two bounds may miss each other and still agree: time zones, and reports of the evening before."""
SEARCHED: Final = 366 * 29
"""Days within which a rule must be kept once: weekdays fall on the same dates again after 28 years at most."""


class Rule(Protocol):
    """Something that recurs, and that a day must keep."""

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""


@dataclass(frozen=True, slots=True)
class Weekdays:
    """The day is one of these days of the week, Monday 0."""

    days: frozenset[int]

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        return (day - 1) % 7 in self.days


@dataclass(frozen=True, slots=True)
class OnDay:
    """The day of the month and the month are these, in whatever year."""

    month: int
    day: int

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        at = date.fromordinal(day)
        return (at.month, at.day) == (self.month, self.day)


@dataclass(frozen=True, slots=True)
class Since:
    """The day is this day of the month and month, in whatever year, or the day after."""

    month: int
    day: int

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        return any((at.month, at.day) == (self.month, self.day) for at in map(date.fromordinal, (day, day - 1)))


@dataclass(frozen=True, slots=True)
class NotIn:
    """The month is none of these: one says "this month" in it."""

    months: frozenset[int]

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        return date.fromordinal(day).month not in self.months


@dataclass(frozen=True, slots=True)
class Between:
    """The day lies after days that are told as past, and before days that are told as to come, within one year.

    Days are months and days of the month without a year: the nearest of each is meant.
    """

    past: tuple[tuple[int, int], ...]
    future: tuple[tuple[int, int], ...]

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        return self.around(day) < 365

    def around(self, day: int) -> int:
        """Days from the first of those that are past to the last of those to come, in the eyes of a day."""
        behind = max(day - last_before(day, *one) for one in self.past)
        return behind + max(next_after(day, *one) - day for one in self.future)


@dataclass(frozen=True, slots=True)
class Dated:
    """A weekday with a day and month: only some years have it, and the nearest of them is meant."""

    month: int
    day: int
    weekday: int
    future: bool

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        meant = (next_after if self.future else last_before)(day, self.month, self.day)
        return (meant - 1) % 7 == self.weekday


@dataclass(frozen=True, slots=True)
class OneOf:
    """The day is one of a few."""

    days: frozenset[int]

    def allows(self, day: int) -> bool:
        """Whether a day keeps it."""
        return day in self.days


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that bounds the day on which a document was published."""

    method: str
    """By what it was found, see ``reading/data/methods.toml``."""
    score: float
    """How sure it is, 0 to 1; the surer outweighs."""
    reason: str
    """In words that stand for themselves."""
    earliest: int | None = None
    latest: int | None = None
    rule: Rule | None = None
    start: int | None = None
    """Where the words stand, in stored offsets."""
    end: int | None = None
    other: str | None = None
    """The document that it comes from, where it is another."""


@dataclass(frozen=True, slots=True)
class State:
    """The days that are left."""

    low: int = FIRST
    high: int = LAST
    rules: tuple[Rule, ...] = ()

    @property
    def first(self) -> int | None:
        """The first day; None for an open beginning."""
        return self.low if self.low > FIRST + SEARCHED else None

    @property
    def last(self) -> int | None:
        """The last day; None for an open end."""
        return self.high if self.high < LAST - SEARCHED else None

    @property
    def span(self) -> Days | None:
        """First and last day, if it is open at neither end."""
        return (self.first, self.last) if self.first is not None and self.last is not None else None

    def met(self, bound: Bound) -> State | None:
        """What is left with one more bound; None if that is nothing."""
        low, high = max(self.low, bound.earliest or FIRST), min(self.high, bound.latest or LAST)
        rules = self.rules if bound.rule is None or bound.rule in self.rules else (*self.rules, bound.rule)
        low_kept, high_kept = _kept(low, high, rules, 1), _kept(high, low, rules, -1)
        if low_kept is None or high_kept is None:
            return None
        return State(low_kept, high_kept, rules)

    def nearly(self, bound: Bound) -> bool:
        """Whether a bound misses what is left by so little that it counts as agreeing."""
        if bound.rule is not None:
            return False
        low, high = max(self.low, bound.earliest or FIRST), min(self.high, bound.latest or LAST)
        return low - high <= NEAR


def _kept(start: int, stop: int, rules: Sequence[Rule], step: int) -> int | None:
    """The first day from one end that keeps all rules."""
    for day in range(start, stop + step, step)[: SEARCHED + 1]:
        if all(rule.allows(day) for rule in rules):
            return day
    return None


@dataclass(frozen=True, slots=True)
class Judged:
    """The days that are left when all bounds are put, and what became of each bound."""

    state: State = field(default_factory=State)
    bounds: tuple[tuple[Bound, Verdict], ...] = ()


def judged(bounds: Iterable[Bound]) -> Judged:
    """Put bounds to a day, the surest first."""
    state = State()
    verdicts: list[tuple[Bound, Verdict]] = []
    for bound in sorted(bounds, key=_precedence):
        left = state.met(bound)
        if left is None:
            verdicts.append((bound, "agrees" if state.nearly(bound) else "overruled"))
        else:
            narrower = (left.low, left.high) != (state.low, state.high)
            verdicts.append((bound, "used" if narrower or left.rules != state.rules else "agrees"))
            state = left
    return Judged(state, tuple(verdicts))


def _precedence(bound: Bound) -> tuple[float, str, str, str, int, int, int, int]:
    own = (bound.earliest or 0, bound.latest or 0, bound.start or 0, bound.end or 0)
    return (-bound.score, bound.method, bound.reason, bound.other or "", *own)
