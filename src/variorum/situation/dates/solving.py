"""The dates of all documents of a corpus, each bounded by its own words and by the others.

Rounds: from what is known of each document after a round, bounds for the others follow, and all of them are put anew,
until nothing changes. Bounds of a round depend on the round before alone, so that no order matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from variorum.records import DateInterval, Precision
from variorum.situation.dates.calendars import Entry
from variorum.situation.dates.days import iso
from variorum.situation.dates.evidence import Undated, own_bounds, season_bounds
from variorum.situation.dates.happenings import Happenings, calendar_bounds, happening_bounds, happenings_of
from variorum.situation.dates.kin import Kin, kin_bounds
from variorum.situation.dates.state import Bound, Judged, State, Verdict, judged

__all__ = ["Kin", "Settled", "solve"]

ROUNDS: Final = 12
"""Rounds after which what still changes is left as it is."""
SEVERAL: Final = 3
"""Dated documents that it takes to tell when a story takes place."""
MOSTLY: Final = 0.25
"""Share of all documents that they must be."""
WIDTHS: Final[tuple[tuple[int, Precision], ...]] = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of the date of a document in the end, and by what."""

    date: DateInterval
    bounds: tuple[tuple[Bound, Verdict], ...]
    """All that bounds it, the surest first, and what became of it."""


def solve(documents: Sequence[Undated], kin: Sequence[Kin] = (), calendar: Sequence[Entry] = ()) -> dict[str, Settled]:
    """The dates of the documents of a corpus by their ids; of those alone that have no reliable day of their own."""
    by_id = {one.id: one for one in documents}
    names = {one.id: one.name for one in documents}
    open_ones = [one for one in documents if one.day is None]
    days = [one.day for one in documents if one.day is not None]
    days = days if len(days) >= max(SEVERAL, len(documents) * MOSTLY) else []
    own = {one.id: [*own_bounds(one), *calendar_bounds(one, calendar), *season_bounds(one, days)] for one in open_ones}
    states = {one.id: State(one.day, one.day) for one in documents if one.day is not None}
    found = {id: judged(bounds) for id, bounds in own.items()}
    states.update({id: one.state for id, one in found.items()})
    seen: list[dict[str, State]] = []
    copies = _copies(kin, by_id)
    for _ in range(ROUNDS):
        bounds = defaultdict(list, {id: list(more) for id, more in own.items()})
        for id, bound in kin_bounds(kin, by_id, states):
            bounds[id].append(bound)
        known = Happenings(one for document in documents for one in happenings_of(document, states[document.id]))
        for document in open_ones:
            bounds[document.id] += happening_bounds(document, known, names, copies[document.id])
        found = {id: judged(bounds[id]) for id in own}
        now = {id: one.state for id, one in found.items()}
        if now == {id: states[id] for id in now} or now in seen:
            break
        seen.append(now)
        states.update(now)
    return {document.id: _settled(document, found[document.id]) for document in open_ones}


def _copies(kin: Sequence[Kin], documents: Iterable[str]) -> dict[str, frozenset[str]]:
    """The copies of each document."""
    found: dict[str, set[str]] = {id: set() for id in documents}
    for one in kin:
        if one.how == "copy":
            found[one.a].add(one.b)
            found[one.b].add(one.a)
    return {id: frozenset(others) for id, others in found.items()}


def _settled(document: Undated, found: Judged) -> Settled:
    state = found.state
    first, last = state.first, state.last
    width = last - first + 1 if first is not None and last is not None else None
    precision: Precision = next((name for days, name in WIDTHS if width is not None and width <= days), "unknown")
    used = [bound for bound, verdict in found.bounds if verdict == "used"]
    reasons = (
        *(bound.reason for bound in used),
        *(f"{bound.reason} (overruled)" for bound, verdict in found.bounds if verdict == "overruled"),
        *(reason for reason in document.base.reasons if reason not in {bound.reason for bound in used}),
    )
    best = None
    if first is not None and last is not None and precision not in ("year", "unknown"):
        best = iso(_likeliest(state, document))
    interval = DateInterval(
        earliest=iso(first) if first is not None else None,
        latest=iso(last) if last is not None else None,
        best=best,
        precision=precision,
        method=_method(document, used),
        reliable=document.base.reliable and document.base.best == best,
        reasons=tuple(dict.fromkeys(reasons)),
    )
    return Settled(interval, found.bounds)


def _method(document: Undated, used: Sequence[Bound]) -> str | None:
    """How the date was found: as its metadata say, unless others narrowed it."""
    inferred = [bound.method for bound in used if bound.method != document.base.method]
    return inferred[0] if inferred else document.base.method


def _likeliest(state: State, document: Undated) -> int:
    """The likeliest day of those that are left: one that a weekday told as past falls on, the nearest to the middle."""
    days = [day for day in range(state.low, state.high + 1) if all(rule.allows(day) for rule in state.rules)]
    middle = (state.low + state.high) / 2
    weekdays = {
        int(one.meaning.offset or 0)
        for one in document.mentions
        if one.meaning.kind == "weekday" and one.meaning.direction < 0
    }
    return min(
        days,
        key=lambda day: (
            len(weekdays) > 0
            and date.fromordinal(day).weekday() not in weekdays
            and date.fromordinal(day - 1).weekday() not in weekdays,
            abs(day - middle),
            day,
        ),
    )
