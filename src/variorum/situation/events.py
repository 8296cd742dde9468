"""Events across documents: which mentions tell of the same event.

Mentions of akin predicates (resign, resignation) that share who takes part, a day or telling words, or were published
close to one another, are compared (:mod:`variorum.situation.event_likeness`) and joined from the likest downwards, as
long as the events that are joined are alike on average (as in average linkage, of which this is a quick form).

Two things keep events apart however alike they are: days that differ, and publication more than a week apart of what
bears no day, so that what recurs in a story of months (talks, strikes, statements) stays apart. What is asserted by one
and denied by another is one event told in two ways, and so is what is planned and then done; a demand or a condition
joins what it is about only if the same one acts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import Final

from variorum.records import row_id
from variorum.situation.event_likeness import (
    WEEK,
    Told,
    days_between,
    kin,
    likeness,
    rarities,
    size_of,
    stem_of,
    telling,
)

UNREAL: Final = ("conditional", "demanded")
"""Modalities of what may never be."""
LEVELS: Final = (0.8, 0.6, 0.5, 0.4)
"""Mean likeness from which events are joined, in turns, so that the likest come together first. Of bounds from 0.3 to
0.6 the last was chosen on ECB+ without its dev topics, and by reading what it joins in three topics of AllSides."""
FEW: Final = 3
"""Weeks in which a kind of event can be told of without its being one that recurs."""
AROUND: Final = 6
"""Mentions under one key, published closest before and after, with which one is compared."""
RARE: Final = 4
"""Telling words by which mentions are looked up, the rarest of each."""
SAMPLE: Final = 6
"""Mentions of an event that stand for it when it is compared with another."""


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event, as one place of a document tells it."""

    id: str
    document: str
    start: int
    """First code point of its trigger."""
    end: int
    predicate: str
    pos: str
    type: str | None
    """PLOVER type."""
    subtype: str
    actors: tuple[str, ...]
    """Ids of actors, or ``name:`` and words."""
    recipients: tuple[str, ...]
    earliest: str | None
    """First day that it can be of (ISO 8601); None where no day is told."""
    latest: str | None
    published: tuple[str | None, str | None]
    """First and last day on which its document can have been published."""
    place: str | None
    modality: str
    words: tuple[str, ...]
    """Lemmas that say something, of its clause and then of its sentence."""
    origin: str
    """Independent origin of the passage."""
    zone: str


@dataclass(frozen=True, slots=True)
class Event:
    """What several mentions tell of."""

    id: str
    """From the earliest mention."""
    members: tuple[str, ...]
    """Ids of its mentions; the earliest first."""
    score: float
    """How likely they are one, 0 to 1; 1 where there is one mention."""
    reason: str


Kin = Mapping[str, Mapping[str, tuple[str, float]]]


@dataclass(slots=True)
class _Open:
    """An event in the making, and what is known of when it was."""

    members: list[int]
    days: tuple[date, date] | None
    """The days that all of its dated mentions allow."""
    undated: tuple[date, date] | None
    """First and last publication of its mentions without a day."""
    links: list[float] = field(default_factory=list)
    """How alike what was joined was."""


def group(mentions: Sequence[EventMention]) -> tuple[Event, ...]:
    """Put mentions of one event together; each comes out in exactly one, whatever their order. In order of id."""
    ordered = sorted(mentions, key=_rank)
    told = told_of(ordered)
    akin = kin(one.predicate for one in ordered)
    events = [_open(i, one) for i, one in enumerate(told)]
    of = list(range(len(ordered)))
    links = _links(ordered, told, akin)
    for least in LEVELS:
        for value, i, j in links:
            if value < least:
                break
            a, b = of[i], of[j]
            if a == b or not _can_be_one(events[a], events[b]):
                continue
            alike = _mean(events[a], events[b], told, akin)
            if alike < least:
                continue
            if len(events[a].members) < len(events[b].members):
                a, b = b, a
            for k in events[b].members:
                of[k] = a
            events[a] = _joined(events[a], events[b], alike)
    return tuple(sorted((_closed(events[a], ordered) for a in sorted(set(of))), key=lambda event: event.id))


def told_of(mentions: Sequence[EventMention]) -> list[Told]:
    """What is looked at of each mention, among all of them."""
    rarity = rarities([one.words for one in mentions])
    recurs = _recurrences(mentions)
    return [_told(one, rarity, recurs) for one in mentions]


def _rank(one: EventMention) -> tuple[str, str, int, int, str]:
    return (one.published[0] or "9999", one.document, one.start, one.end, one.id)


def _recurrences(mentions: Iterable[EventMention]) -> dict[str, float]:
    """For the stem of each predicate, the logarithm of the weeks in which what has it was published."""
    weeks: dict[str, set[int]] = defaultdict(set)
    for one in mentions:
        published = days_between(*one.published)
        if published is not None and (published[1] - published[0]).days < WEEK:
            weeks[stem_of(one.predicate)].add(published[0].toordinal() // WEEK)
    return {stem: max(0.0, log(len(found) / FEW)) for stem, found in weeks.items()}


def _told(one: EventMention, rarity: Mapping[str, float], recurs: Mapping[str, float]) -> Told:
    own = stem_of(one.predicate)
    words = {word: rarity[word] for word in one.words if word != one.predicate and stem_of(word) != own}
    return Told(
        *(one.subtype, own, telling(one.predicate), one.type),
        *(_known(one.actors), _known(one.recipients), _name_words((*one.actors, *one.recipients))),
        *(bool(one.actors), one.modality in UNREAL, recurs.get(own, 0.0)),
        *(days_between(one.earliest, one.latest), days_between(*one.published), (one.place or "").lower()),
        *(words, size_of(words)),
    )


def _known(actors: Iterable[str]) -> frozenset[str]:
    return frozenset(actor for actor in actors if not actor.startswith("name:"))


def _name_words(actors: Iterable[str]) -> frozenset[str]:
    names = (actor.removeprefix("name:") for actor in actors if actor.startswith("name:"))
    return frozenset(word for name in names for word in name.split() if len(word) > 3)


# --- which mentions are compared -------------------------------------------------------------------------------------


def _links(ordered: Sequence[EventMention], told: Sequence[Told], akin: Kin) -> list[tuple[float, int, int]]:
    """Pairs of mentions that may be one event, the likest first."""
    keys = [tuple(_keys(ordered[i], one)) for i, one in enumerate(told)]
    under: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        for key in keys[i]:
            under[one.stem, key].append(i)
    pairs: set[tuple[int, int]] = set()
    for i, one in enumerate(told):
        for other in akin[one.stem]:
            for key in keys[i]:
                pairs.update((min(i, j), max(i, j)) for j in _around(under.get((other, key), ()), i))
    found = []
    for i, j in pairs:
        value = likeness(told[i], told[j], akin[told[i].stem][told[j].stem])
        if value >= LEVELS[-1]:
            found.append((value, i, j))
    return sorted(found, key=lambda link: (-link[0], link[1], link[2]))


def _keys(one: EventMention, told: Told) -> Iterator[str]:
    """What a mention is looked up by with its predicate: when it was published, who takes part, day, rarest words."""
    yield ""
    yield from sorted(told.parts())
    if told.days is not None and told.days[0] == told.days[1]:
        yield f"day {one.earliest}"
    for word in sorted(told.words, key=lambda word: (-told.words[word], word))[:RARE]:
        yield f"word {word}"
    yield from (f"word {word}" for word in sorted(told.names)[:RARE])


def _around(places: Sequence[int], i: int) -> Iterator[int]:
    """The entries of a sorted list next to a number, without itself."""
    at = bisect_left(places, i)
    yield from (j for j in places[max(0, at - AROUND) : at + AROUND + 1] if j != i)


# --- events in the making --------------------------------------------------------------------------------------------


def _open(i: int, told: Told) -> _Open:
    return _Open([i], told.days, None if told.days else told.published)


def _joined(one: _Open, other: _Open, alike: float) -> _Open:
    return _Open(
        [*one.members, *other.members],
        _both(one.days, other.days),
        _around_both(one.undated, other.undated),
        [*one.links, *other.links, alike],
    )


def _both(one: tuple[date, date] | None, other: tuple[date, date] | None) -> tuple[date, date] | None:
    """The days that both allow."""
    if one is None or other is None:
        return one or other
    return max(one[0], other[0]), min(one[1], other[1])


def _around_both(one: tuple[date, date] | None, other: tuple[date, date] | None) -> tuple[date, date] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _can_be_one(one: _Open, other: _Open) -> bool:
    """Whether nothing in what is known of when two events were speaks against their being one."""
    days = _both(one.days, other.days)
    if days is not None and days[0] > days[1]:
        return False
    for undated, dated in ((one.undated, other), (other.undated, one)):
        if undated is not None and dated.undated is not None and _gap(undated, dated.undated) > WEEK:
            return False
        if undated is not None and dated.days is not None and _gap(undated, dated.days) > WEEK:
            return False
    span = _around_both(one.undated, other.undated)
    return span is None or one.undated is None or other.undated is None or _length(span) <= _most(one, other)


def _gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _length(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _most(one: _Open, other: _Open) -> int:
    """Days that the publications of undated mentions of one event may span: a week, or as long as not known better."""
    return max(WEEK, *(_length(span) for span in (one.undated, other.undated) if span is not None))


def _mean(one: _Open, other: _Open, told: Sequence[Told], akin: Kin) -> float:
    """Mean likeness of the mentions of two events, of some that stand for all."""
    values = [
        likeness(told[i], told[j], near) if (near := akin[told[i].stem].get(told[j].stem)) else 0.0
        for i in _some(one.members)
        for j in _some(other.members)
    ]
    return sum(values) / len(values)


def _some(members: Sequence[int]) -> list[int]:
    """A few members of an event, spread over all of them."""
    ordered = sorted(members)
    last = len(ordered) - 1
    return ordered if last < SAMPLE else [ordered[last * k // (SAMPLE - 1)] for k in range(SAMPLE)]


# --- what comes out --------------------------------------------------------------------------------------------------


def _closed(event: _Open, ordered: Sequence[EventMention]) -> Event:
    members = [ordered[i] for i in sorted(event.members)]
    first = members[0]
    id = row_id("e", first.document, str(first.start), str(first.end), first.predicate)
    if len(members) == 1:
        return Event(id, (first.id,), 1.0, "told at one place")
    score = sum(event.links) / len(event.links)
    return Event(id, tuple(one.id for one in members), round(score, 3), _reason(event, members))


def _reason(event: _Open, members: Sequence[EventMention]) -> str:
    predicates = Counter(one.predicate for one in members).most_common(3)
    said = ", ".join(f"“{word}”" for word, _ in predicates)
    parts = Counter(actor for one in members for actor in {*_known(one.actors), *_known(one.recipients)})
    who = "who takes part" if parts and max(parts.values()) > len(members) / 2 else ""
    when = ""
    if event.days is not None and event.days[0] == event.days[1]:
        when = "the day"
    elif event.undated is not None:
        when = "told within a week" if _length(event.undated) <= WEEK else ""
    return "; ".join(part for part in (said, " and ".join(p for p in (who, when) if p)) if part)
