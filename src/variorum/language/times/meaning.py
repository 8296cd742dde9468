"""What a time expression says before it is counted from a day, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Kind = Literal["absolute", "partial", "weekday", "shift", "later", "duration", "set", "reference", "named"]
Unit = Literal[
    "second", "minute", "hour", "day", "week", "weekend", "month", "quarter", "season", "year", "decade", "century"
]
Direction = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression says by itself.

    ``absolute``: the value is whole. ``partial``: it lacks the year ("XXXX-09-05", "XXXX-01", "XXXX-Q3") or the day
    ("TXX:XX"). ``weekday``: ``offset`` is the day, Monday 0. ``shift``: so many units from the day of publication.
    ``later``: so many units from the date that the text spoke of last. ``duration`` and ``set``: the value is as in
    TIMEX3. ``reference``: PAST_REF, PRESENT_REF or FUTURE_REF. ``named``: a feast, or a day of a calendar.
    """

    kind: Kind
    value: str
    unit: Unit | None = None
    offset: float | None = None
    direction: Direction = 0
    """Before (-1) or after (1) what it counts from, by its own words or by the tense of its clause; 0: not known."""
    name: str | None = None
    part: str | None = None
    """Of the day, as it is appended to the value of one: "TMO", "T09:30"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression where it stands."""

    start: int
    end: int
    """Offsets in code points, end exclusive."""
    type: TimeType
    mod: str | None
    """As in TimeML: START, MID, END, APPROX, LESS_THAN, ..."""
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 value; XXXX stands for a year that nothing tells."""

    start: int
    end: int
    type: TimeType
    value: str
    mod: str | None
