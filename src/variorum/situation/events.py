"""Events across documents: which mentions tell of the same event.

Two mentions are one event if they are of one kind, if who takes part agrees as far as both tell it, if their days can
be the same, and if enough is left that singles it out: a day, two who take part, or telling words. A mention without a
day joins one with a day only if both were published within days of each other; what recurs in a story of months (talks,
strikes, statements) stays apart. An event is measured by all that is known of it, so that none grows by degrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from variorum.collation.meanings import synonyms
from variorum.records import row_id

UNREAL: Final = ("planned", "conditional", "demanded")
"""Modalities of what has not happened, for all that is told."""
SOON: Final = 7
"""Days between publications within which an undated mention joins a dated one."""
NEAR: Final = 3
"""Days between publications within which two undated mentions are one."""
ALIKE: Final = 0.34
"""Share of the telling words of the shorter mention that both must have where participants alone don't tell."""
COPIED: Final = 0.8
"""The same, for mentions in copies of one text."""
MOST: Final = 300
"""Events that share what they are looked up by, beyond which only the latest are compared."""


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
    reason: str


@dataclass(slots=True)
class _Open:
    """An event in the making: what is known of it so far."""

    members: list[EventMention] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)
    recipients: set[str] = field(default_factory=set)
    earliest: str | None = None
    latest: str | None = None
    reasons: list[str] = field(default_factory=list)

    def add(self, one: EventMention) -> None:
        self.members.append(one)
        self.actors |= {a for a in one.actors if _is_known(a)}
        self.recipients |= {a for a in one.recipients if _is_known(a)}
        if one.earliest and one.latest:
            self.earliest = max(self.earliest or one.earliest, one.earliest)
            self.latest = min(self.latest or one.latest, one.latest)


def group(mentions: Sequence[EventMention]) -> tuple[Event, ...]:
    """Put mentions of one event together; each comes out in exactly one, whatever their order. In order of id."""
    events: list[_Open] = []
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in sorted(mentions, key=_rank):
        near = sorted({i for key in _keys(one) for i in by_key[key][-MOST:]})
        best: tuple[float, int, str] | None = None
        for i in near:
            found = _joins(one, events[i])
            if found is not None and (best is None or found[0] > best[0]):
                best = (found[0], i, found[1])
        if best is None:
            events.append(_Open())
            best = (1.0, len(events) - 1, "")
        event = events[best[1]]
        event.add(one)
        if best[2]:
            event.reasons.append(best[2])
        for key in _keys(one):
            if best[1] not in by_key[key][-3:]:
                by_key[key].append(best[1])
    return tuple(sorted((_closed(event) for event in events), key=lambda event: event.id))


def _rank(one: EventMention) -> tuple[object, ...]:
    return (not one.earliest, one.published[0] or "9999", one.document, one.start, one.end, one.id)


def _closed(event: _Open) -> Event:
    first = min(event.members, key=lambda one: (one.published[0] or "9999", one.document, one.start, one.end, one.id))
    order = sorted(
        event.members, key=lambda one: (one.published[0] or "9999", one.document, one.start, one.end, one.id)
    )
    id = row_id("e", first.document, str(first.start), str(first.end), first.subtype)
    if len(order) == 1:
        return Event(id, (order[0].id,), 1.0, "told at one place")
    reason = max(set(event.reasons), key=lambda why: (event.reasons.count(why), why))
    return Event(id, tuple(one.id for one in order), 0.9, reason)


def _is_known(actor: str) -> bool:
    return not actor.startswith("name:")


def _keys(one: EventMention) -> Iterator[tuple[str, str]]:
    """What a mention can be looked up by: its kind with each who takes part, and with its day."""
    kind = one.subtype
    for actor in (*one.actors, *one.recipients):
        if _is_known(actor):
            yield kind, actor
    if one.earliest:
        yield kind, one.earliest
    if not one.earliest and not any(_is_known(a) for a in (*one.actors, *one.recipients)):
        yield kind, "-"


def _joins(one: EventMention, event: _Open) -> tuple[float, str] | None:
    """How well a mention fits an event, and why; None where it does not."""
    first = event.members[0]
    if (one.modality in UNREAL) != (first.modality in UNREAL) and not (one.earliest and event.earliest):
        return None
    if not _same_kind(one, first):
        return None
    own = ({a for a in one.actors if _is_known(a)}, {a for a in one.recipients if _is_known(a)})
    theirs = (event.actors, event.recipients)
    shared = 0
    for mine, others in zip(own, theirs, strict=True):
        if mine and others:
            if not mine & others:
                return None
            shared += 1
    if any(one.origin == m.origin and one.document != m.document for m in event.members[:8]):
        days = (one.earliest, one.latest) == (event.members[0].earliest, event.members[0].latest)
        if days and _overlap(one, event) >= COPIED:
            return 3.0 + shared + _overlap(one, event), "the same words in copies of one text"
    dated = bool(one.earliest and one.latest and event.earliest and event.latest)
    if dated:
        if (one.latest or "") < (event.earliest or "") or (event.latest or "") < (one.earliest or ""):
            return None
        exact = one.earliest == one.latest == event.earliest == event.latest
        if shared >= 1 or (exact and _overlap(one, event) >= ALIKE):
            return 2.0 + shared + _overlap(one, event), "the same kind, who takes part and day"
        return None
    apart = _apart(one, event)
    half = bool(one.earliest) != bool(event.earliest)
    if apart is None or apart > (SOON if half else NEAR):
        return None
    if shared >= 2 or (shared == 1 and _overlap(one, event) >= ALIKE):
        return 1.0 + shared + _overlap(one, event), "the same kind and who takes part, within a few days"
    if shared == 0 and not own[0] | own[1] and _overlap(one, event) >= 2 * ALIKE:
        return _overlap(one, event), "the same kind in nearly the same words, within a few days"
    return None


def _same_kind(one: EventMention, other: EventMention) -> bool:
    if one.subtype == other.subtype:
        return True
    return one.type is not None and one.type == other.type and synonyms(one.subtype, other.subtype)


def _overlap(one: EventMention, event: _Open) -> float:
    """Share of the shorter mention's telling words that an event's mentions have; the best of a few."""
    own = set(one.words)
    best = 0.0
    for other in event.members[:4]:
        theirs = set(other.words)
        least = min(len(own), len(theirs))
        best = max(best, len(own & theirs) / least if least else 0.0)
    return best


def _apart(one: EventMention, event: _Open) -> int | None:
    """Days between the publication of a mention and the closest of an event's; None where not known."""
    found: list[int] = []
    for other in event.members:
        a, b = one.published, other.published
        if a[0] and a[1] and b[0] and b[1]:
            low = (date.fromisoformat(b[0]) - date.fromisoformat(a[1])).days
            high = (date.fromisoformat(a[0]) - date.fromisoformat(b[1])).days
            found.append(max(0, low, high))
        elif one.document == other.document or one.origin == other.origin:
            found.append(0)
    return min(found, default=None)
