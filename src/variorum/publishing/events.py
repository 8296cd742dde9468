"""The pages of what happened: the list of events by day, and one event with all its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby

from variorum.edition import accounts, dates
from variorum.edition.accounts import Cited, Event
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE, Wished, called, facets_of, narrowed, order_choices, wished
from variorum.publishing.data import Table, as_json
from variorum.publishing.dates import DateWords, date_words
from variorum.publishing.exports import COLUMNS
from variorum.publishing.links import place
from variorum.publishing.lists import pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.rows import Row, cited_row, date_row, event_row
from variorum.publishing.timeline_scale import days_in_words, days_of

A_PAGE = 40
"""Events that a page of the list shows."""

ORDERS = (("date", "by day"), ("-date", "latest first"), ("origins", "by independent origins"))

FACETS = {"type": "Type", "modality": "How it is told", "actor": "Who takes part", "outlet": "Outlet"}

_METHODS: Mapping[str | None, str] = {
    "said": "a text names the day",
    "publication": "no later than the earliest article that tells it as past",
}
"""How a page says where the day of an event comes from."""

CITED = (
    *("row", "document", "title", "outlet", "published_best", "published_reliable", "origin", "start", "end", "prefix"),
    *("exact", "suffix"),
)
"""Columns of a CSV of evidence."""


def listing(edition: Edition, query: Mapping[str, str]) -> View:
    """Return one page of the list of events. Raises BadQuery."""
    return shown(edition, wished(edition, "events", query, ORDERS))


def shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of the list of events that is asked for."""
    sought = wanted.sought
    total = accounts.event_count(edition, sought)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    rows = accounts.events(edition, sought, (page - 1) * A_PAGE, A_PAGE)
    context = {
        "wanted": wanted,
        "total": total,
        "groups": [(words, list(some)) for words, some in groupby(rows, key=day_of)],
        "by_day": wanted.sort != "origins",
        "facets": facets_of(wanted, accounts.event_facets(edition, sought), FACETS, called),
        "orders": order_choices(wanted),
        "pager": pager("events", wanted.query(), page, pages),
        "narrowed": narrowed(edition, wanted),
        "day_of": day_of,
    }
    title = "Events" if page == 1 else f"Events, page {page}"
    return View("events.html", title, wanted.place(page=page), context, ("json", "csv"))


def day_of(event: Event) -> DateWords:
    """Return when an event was, in words: a day, a month, a year, or from when to when."""
    first, last = event.when.earliest, event.when.latest
    if not (first and last):
        return date_words(event.when)
    words, days = days_in_words(first, last), days_of(first, last)
    doubtful = not event.when.reliable
    return DateWords(f"{words}?" if doubtful else words, doubtful, None if "/" in days else days)


def item(edition: Edition, id: str) -> View:
    """Return the page of one event. Raises KeyError if there is none."""
    event = accounts.event(edition, id)
    places = accounts.places(edition, [id], ["event"])
    context = {
        "event": event,
        "day": day_of(event),
        "how": _METHODS.get(event.when.method, ""),
        "places": places,
        "documents": len({one.evidence.document for one in places}),
        "spoken_of": _is_spoken_of(edition, event),
    }
    return View("event.html", in_words(event), place("event", id), context, ("json", "csv"))


def _is_spoken_of(edition: Edition, event: Event) -> bool:
    """Tell whether an event has one day, and texts name it: then the timeline has a page for that."""
    day = event.earliest
    return day is not None and day == event.latest and dates.count(edition, day, day).places > 0


def in_words(event: Event) -> str:
    """Return who did what to whom: "Kharvia: recognise, Sigrun Hallamor"."""
    actors, recipients = (", ".join(by.name for by in some) for some in (event.actors, event.recipients))
    what = f"{event.subtype}, {recipients}" if recipients else event.subtype
    return f"{actors}: {what}" if actors else what


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all events that a query asks for. Raises BadQuery."""
    sought = wished(edition, "events", query, ORDERS).sought
    total = accounts.event_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, AT_ONCE):
            for event in accounts.events(edition, sought, offset, AT_ONCE):
                places = accounts.places(edition, [event.id], ["event"], voiced=False)
                yield {**event_row(event, places), "summary": event.summary}

    return Table("events", [*COLUMNS["events"], "summary"], rows, {"total": total})


def item_json(edition: Edition, id: str) -> str:
    """Return an event as JSON. Raises KeyError if there is none."""
    event = accounts.event(edition, id)
    row = event_row(event, accounts.places(edition, [id], ["event"], voiced=False))
    return as_json({**row, "summary": event.summary}, indent=1)


def item_table(edition: Edition, id: str) -> Table:
    """Return the evidence of an event. Raises KeyError if there is none."""
    accounts.event(edition, id)
    return evidence_table(accounts.places(edition, [id], ["event"], voiced=False))


def evidence_table(places: list[Cited]) -> Table:
    """Return places as data, in their order."""
    return Table("evidence", CITED, lambda: map(place_row, places), {"total": len(places)})


def place_row(one: Cited) -> Row:
    """Return a place with what is known of its document."""
    return {
        "row": one.row,
        **cited_row(one),
        "title": one.title,
        "outlet": one.outlet,
        "published": date_row(one.published),
        "origin": one.origin,
        "said": [asdict(by) for by in one.said] if one.said is not None else None,
    }
