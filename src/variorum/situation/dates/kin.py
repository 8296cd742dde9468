"""What the date of a document says about those that are copies of it, or that carry the same utterance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from variorum.situation.dates.evidence import Mention, Undated
from variorum.situation.dates.state import Bound, State

COPIED: Final = 0.8
"""That a copy is no older than what it was made of."""
TOGETHER: Final = 0.4
"""That copies are published within so many days of each other."""
WITHIN: Final = 14
SAME_WEEK: Final = 0.65
"""That a weekday in words that two documents share is one and the same day."""
STATEMENT: Final = 0.42
"""That reports of one statement are published within so many days of each other."""
REPORTED: Final = 10
KNOWN: Final = 7
"""Days within which a date must be known for that."""
EVENING: Final = 1
"""Days by which a copy may bear an older date than its source: time zones."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Two documents that are copies, or carry one utterance."""

    a: str
    b: str
    how: Literal["copy", "utterance"]
    direction: Literal["a-from-b", "b-from-a", "siblings", "unknown"] = "unknown"
    shared: tuple[tuple[int, int], ...] = ()
    """Time expressions that stand in what both share, in the same place: their numbers in both documents."""


def kin_bounds(
    kin: Sequence[Kin], documents: Mapping[str, Undated], states: Mapping[str, State]
) -> Iterator[tuple[str, Bound]]:
    """For each document what its kin say about it."""
    for one in kin:
        for own, other, turned in ((one.a, one.b, False), (one.b, one.a, True)):
            if documents[own].day is None:
                yield from ((own, bound) for bound in _of_kin(one, documents, states[other], own, other, turned=turned))


def _of_kin(
    kin: Kin, documents: Mapping[str, Undated], state: State, own: str, other: str, *, turned: bool
) -> Iterator[Bound]:
    name = documents[other].name
    if kin.how == "copy":
        came_from = kin.direction == ("b-from-a" if turned else "a-from-b")
        if came_from and state.first is not None:
            reason = f"it descends from “{name}”"
            yield Bound("copies", COPIED, reason, earliest=state.first - EVENING, other=other)
        if (kin.direction == ("a-from-b" if turned else "b-from-a")) and state.last is not None:
            reason = f"“{name}” descends from it"
            yield Bound("copies", COPIED, reason, latest=state.last + EVENING, other=other)
        first = state.first - WITHIN if state.first is not None else None
        last = state.last + WITHIN if state.last is not None else None
        if first is not None or last is not None:
            reason = f"it shares its text with “{name}”, and copies appear within two weeks"
            yield Bound("copies", TOGETHER, reason, first, last, other=other)
    if kin.how == "utterance" and _is_known(state):
        first = state.first - REPORTED if state.first is not None else None
        last = state.last + REPORTED if state.last is not None else None
        if first is not None or last is not None:
            reason = f"it carries a statement that “{name}” carries, and reports of one appear within ten days"
            yield Bound("corpus", STATEMENT, reason, first, last, other=other)
    for pair in kin.shared:
        here, there = reversed(pair) if turned else pair
        bound = _same_day(documents[own].mentions[here], documents[other].mentions[there], state, name, other)
        if bound:
            yield bound


def _is_known(state: State) -> bool:
    """Whether a date is known well enough for others to be told from it."""
    return state.span is not None and state.span[1] - state.span[0] <= KNOWN


def _same_day(here: Mention, there: Mention, state: State, name: str, other: str) -> Bound | None:
    """A weekday in words that both share is one day: each was published within a week of it."""
    if here.meaning.kind != "weekday" or here.meaning.offset != there.meaning.offset or not here.meaning.direction:
        return None
    if here.meaning.direction != there.meaning.direction:
        return None
    weekday, past = int(here.meaning.offset or 0), here.meaning.direction < 0
    first = _nearest(state.first, weekday, past=past) if state.first is not None else None
    last = _nearest(state.last, weekday, past=past) if state.last is not None else None
    if first is None and last is None:
        return None
    reason = f"“{here.words}” stands in what it shares with “{name}”, and is the same day there"
    after, before = (0, 6) if past else (6, 0)
    return Bound(
        "copies",
        SAME_WEEK,
        reason,
        first - after if first is not None else None,
        last + before if last is not None else None,
        start=here.start,
        end=here.end,
        other=other,
    )


def _nearest(day: int, weekday: int, *, past: bool) -> int:
    apart = weekday - (day - 1) % 7
    return day - (-apart) % 7 if past else day + apart % 7
