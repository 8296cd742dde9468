"""Events on the timeline: those that most independent origins tell, as marks on its days, and in its data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.edition import accounts
from variorum.edition.accounts import Event, Sought
from variorum.edition.dates import Dated
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE
from variorum.publishing.dates import DateWords
from variorum.publishing.events import day_of, in_words
from variorum.publishing.links import Place, place
from variorum.publishing.queries import Wanted
from variorum.publishing.rows import Row
from variorum.publishing.timeline_graph import Drawing, Strip, strip
from variorum.publishing.timeline_scale import days_of

MOST = 30
"""Events that a timeline draws, and that the page of a day names."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """The events of a stretch of time."""

    told: Sequence[tuple[Event, str, DateWords]]
    """Those that most origins tell, in order of time, each in words and with its day in words."""
    strip: Strip | None
    """The same as a drawing."""
    outside: int
    """How many of those that are told lie outside of the drawing."""
    total: int
    """How many events there are."""
    all: Place
    """The list of them all."""


def deeds(
    edition: Edition,
    asked: Wanted,
    first: str | None,
    last: str | None,
    drawing: Drawing | None = None,
    *,
    days: bool = False,
) -> Deeds:
    """Return the events that lie from ``first`` to ``last`` (ISO 8601 days), told by whom it is asked for.

    ``drawing`` is what they are drawn below; ``days`` is whether these days are asked for beside the filters.
    """
    sought = Sought(outlet=asked.outlet, language=asked.language, since=first, until=last, inside=True, sort="origins")
    found = sorted(accounts.events(edition, sought, limit=MOST), key=_in_time)
    told = [(event, in_words(event), day_of(event)) for event in found]
    drawn = strip([_dated(event) for event in found], drawing) if drawing else None
    since, until = (first, last) if days else (asked.since, asked.until)
    query = {"outlet": asked.outlet, "language": asked.language, "since": since, "until": until}
    total = accounts.event_count(edition, sought)
    outside = len(found) - len(drawn.marks) if drawn else 0
    return Deeds(told, drawn, outside, total, place("events", "", "", "", **query))


def _in_time(event: Event) -> tuple[str, str, str]:
    return event.earliest or "", event.latest or "", event.id


def _dated(event: Event) -> Dated:
    """Return an event as a drawing takes it: on its day, or along its days."""
    best = event.earliest if event.earliest == event.latest else None
    when = replace(event.when, earliest=event.earliest, latest=event.latest, best=best)
    return Dated(event.id, in_words(event), None, event.id, when, "")


def rows(edition: Edition, asked: Wanted) -> Iterator[Row]:
    """Yield the events that have days among those that are asked for, as rows of the timeline."""
    filter = asked.filter
    whose = Sought(outlet=filter.outlet, language=filter.language, inside=True)
    sought = replace(whose, since=filter.since, until=filter.until)
    for offset in range(0, accounts.event_count(edition, sought), AT_ONCE):
        for event in accounts.events(edition, sought, offset, AT_ONCE):
            yield {
                "kind": "event",
                "id": event.id,
                "title": in_words(event),
                "outlet": None,
                "published": None,
                "day": days_of(event.earliest or "", event.latest or ""),
                "places": None,
                "documents": event.documents,
                "origins": list(event.origins),
                "origins_sure": None,
            }
