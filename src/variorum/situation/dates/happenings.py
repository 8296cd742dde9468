"""Things that happened on days that some text of the corpus tells, and what follows for texts that tell of them too.

Two mentions are of one happening if the words around them are largely the same. A day and month without a year takes
the year that the rest of the corpus gives to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from variorum.collation.meanings import weight
from variorum.situation.dates.calendars import Entry
from variorum.situation.dates.days import Days, iso
from variorum.situation.dates.evidence import Mention, Undated, fits, implied, is_vague, resolved
from variorum.situation.dates.state import Bound, State

ALIKE: Final = 0.45
"""Share, by weight, of the fewer words around one of two mentions that the other has too."""
LEAST: Final = 2.5
"""Weight of the words that they must share; a rare word weighs 1."""
SOME: Final = 1.0
"""Weight of the words that must be shared by mentions of the same day of the year."""
RIVAL: Final = 0.6
"""Share of the likeness of the likest from which another is its rival: if their days differ, neither is believed."""
SAME: Final = 0.62
"""That two mentions in like words are of one happening."""
AGREED: Final = 0.55
"""That a day of the year is of the year that the other documents give to it."""
CALENDAR: Final = 0.68
"""That words that name an event of the user's calendar mean it."""
FEWEST: Final = 0.15
"""Likeness from which two mentions of the same day of the year are of the same day."""
WEEKLY: Final = 0.6
"""The same for a day of the week: much is said each week in the same words."""
NEVER: Final = 2.0
HISTORIC: Final = 400
"""Days before a document was published from which what it tells of is history, which others name with its year."""
WIDEST: Final = 31
"""Days that a happening may last, to tell when another text was written."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day that a document tells, or a calendar."""

    days: Days
    about: frozenset[str]
    document: str
    origin: str
    words: str
    """The words for the day, in the document."""


def happenings_of(document: Undated, state: State) -> Iterator[Happening]:
    """What a document tells of days that are known."""
    for one in document.mentions:
        if one.read and one.type in ("DATE", "TIME"):
            days = resolved(one, state)
            if days and days[1] - days[0] < WIDEST and _is_news(one, days, state):
                yield Happening(days, one.about, document.id, document.origin or document.id, one.words)


def _is_news(one: Mention, days: Days, state: State) -> bool:
    """Whether a day is told as one of the running year, as others tell of it; who writes the year may mean another."""
    if state.first is not None and days[1] < state.first - HISTORIC:
        return False
    return one.meaning.kind != "absolute" or (state.last is not None and state.last - days[0] <= HISTORIC)


class Happenings:
    """Happenings by the words around them."""

    def __init__(self, found: Iterable[Happening]) -> None:
        self._all = sorted(found, key=lambda one: (one.document, one.days, one.words))
        self._of: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._all):
            for word in one.about:
                self._of[word].append(number)

    def __iter__(self) -> Iterator[Happening]:
        return iter(self._all)

    def like(self, one: Mention, but: frozenset[str]) -> list[tuple[float, Happening]]:
        """Those that are told in some of the same words by other documents than these, with how like they are.

        The likest come first; likeness is the share, by weight, of the fewer words around either that are shared.
        """
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(one.about):
            for number in self._of.get(word, ()):
                shared[number] += _weight(word)
        total = sum(map(_weight, one.about))
        found = []
        for number, weight_shared in shared.items():
            other = self._all[number]
            least = min(total, sum(map(_weight, other.about)))
            if other.document not in but and weight_shared >= SOME:
                found.append((-weight_shared / max(least, LEAST / ALIKE), number))
        return [(-likeness, self._all[number]) for likeness, number in sorted(found)]


@lru_cache(1 << 16)
def _weight(word: str) -> float:
    return weight(word)


def happening_bounds(
    document: Undated,
    known: Happenings,
    names: Mapping[str, str],
    copies: frozenset[str] = frozenset(),
) -> Iterator[Bound]:
    """What follows from happenings that other documents tell of; its copies tell of the same in the same words."""
    but = copies | {document.id}
    for one in document.mentions:
        if not one.read or not (one.meaning.kind in ("partial", "weekday", "shift") or is_vague(one)):
            continue
        told = [(likeness, other) for likeness, other in known.like(one, but) if fits(one, other.days)]
        if told and told[0][0] >= _needed(one):
            rivals = {other.days for likeness, other in told if likeness >= RIVAL * told[0][0]}
            score = SAME if told[0][0] >= ALIKE else AGREED
            bound = _follows(one, told[0][1], names, score) if len(rivals) == 1 else None
            if bound:
                yield bound


def _needed(one: Mention) -> float:
    """How like another mention must be to be believed to be of the same happening."""
    meaning = one.meaning
    if meaning.kind == "partial" and meaning.value.count("-") == 2:
        return FEWEST
    if meaning.kind == "shift" and meaning.unit == "day":
        return NEVER
    return WEEKLY if meaning.kind == "weekday" else ALIKE


def _follows(one: Mention, other: Happening, names: Mapping[str, str], score: float) -> Bound | None:
    days = implied(one, other.days)
    if days is None:
        return None
    when = iso(other.days[0]) if other.days[0] == other.days[1] else iso(other.days[0])[:7]
    reason = f"“{one.words}” {_means(one)} {when} in “{names[other.document]}”"
    return Bound("corpus", score, reason, *days, start=one.start, end=one.end, other=other.document)


def calendar_bounds(document: Undated, calendar: Sequence[Entry]) -> Iterator[Bound]:
    """What follows from events of the user's calendar that the text names beside a time."""
    for one in document.mentions:
        if not (one.meaning.kind in ("partial", "weekday", "shift") or is_vague(one)):
            continue
        for entry in calendar:
            if fits(one, entry.days) and any(name <= one.near for name in entry.names):
                days = implied(one, entry.days)
                if days:
                    reason = f"“{one.words}” {_means(one)} {entry.when} in the calendar ({entry.words})"
                    yield Bound("calendar", CALENDAR, reason, *days, start=one.start, end=one.end)


def _means(one: Mention) -> str:
    return "counts from" if is_vague(one) else "is"
