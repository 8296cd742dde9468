"""The rooms of events, labels, claims, conflicts and omissions: what a server routes to and a static site holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from variorum.edition import accounts
from variorum.edition import standings as known
from variorum.edition.accounts import Sought
from variorum.edition.reading import Edition
from variorum.publishing import claims, conflicts, events, labels, omissions, standings
from variorum.publishing.asking import Orders, Wished
from variorum.publishing.data import MEDIA, Table
from variorum.publishing.pages import View

Show = Callable[[Edition, Mapping[str, str]], View]
Tabulate = Callable[[Edition, Mapping[str, str]], Table]

LISTS: Mapping[str, tuple[Show, Tabulate]] = {
    "actors": (standings.actors, standings.actor_table),
    "offices": (standings.offices, standings.office_table),
    "stances": (standings.stances, standings.stance_table),
    "events": (events.listing, events.table),
    "labels": (labels.listing, labels.table),
    "claims": (claims.listing, claims.table),
    "conflicts": (conflicts.listing, conflicts.table),
    "omissions": (omissions.listing, omissions.table),
}
"""The lists, each with its page and its data."""


@dataclass(frozen=True, slots=True)
class Items:
    """Things that have a page each."""

    folder: str
    """Where their addresses begin."""
    ids: Callable[[Edition], list[str]]
    page: Callable[[Edition, str], View]
    json: Callable[[Edition, str], str]
    table: Callable[[Edition, str], Table]


ITEMS: Mapping[str, Items] = {
    "event": Items("events", accounts.event_ids, events.item, events.item_json, events.item_table),
    "stance": Items("stances", known.stance_ids, standings.stance, standings.stance_json, standings.stance_evidence),
    "claim": Items("claims", accounts.claim_ids, claims.item, claims.item_json, claims.item_table),
    "conflict": Items("conflicts", accounts.conflict_ids, conflicts.item, conflicts.item_json, conflicts.item_table),
}
"""The things with a page, by the room of that page."""


def views(edition: Edition) -> Iterator[View]:
    """Yield every page of these rooms that a static site has."""
    shows: Mapping[str, tuple[Callable[[Edition, Wished], View], Orders]] = {
        "events": (events.shown, events.ORDERS),
        "labels": (labels.shown, ()),
        "claims": (claims.shown, claims.ORDERS),
        "conflicts": (conflicts.shown, ()),
        "omissions": (omissions.shown, ()),
    }
    yield from _standings(edition)
    for room, given in _lists(edition):
        show, orders = shows[room]
        wanted = Wished(room, given, orders, orders[0][0] if orders else "")
        view = show(edition, wanted)
        yield view
        for page in range(2, view.context["pager"].pages + 1):
            yield show(edition, replace(wanted, page=page))
    for items in ITEMS.values():
        for id in items.ids(edition):
            yield items.page(edition, id)


def _standings(edition: Edition) -> Iterator[View]:
    """Yield the pages of actors, offices and stances that a static site has."""
    shows: Mapping[str, Callable[[Edition, standings.Wished], View]] = {
        "actors": standings.actors_shown,
        "offices": standings.offices_shown,
        "stances": standings.stances_shown,
    }
    for room, show in shows.items():
        wanted = standings.wished(edition, room, {})
        view = show(edition, wanted)
        yield view
        for page in range(2, view.context["pager"].pages + 1):
            yield show(edition, replace(wanted, page=page))


def _lists(edition: Edition) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the lists of a static site: each whole, and the part of each actor, event, document or kind."""
    for room in ("events", "labels", "claims", "conflicts", "omissions"):
        yield room, {}
    for actor in accounts.acting(edition):
        yield "events", {"actor": actor}
    for one in accounts.referents(edition, Sought()):
        if one.actor:
            yield "labels", {"actor": one.actor}
        elif one.event:
            yield "labels", {"event": one.event}
    for count in accounts.conflict_facets(edition, Sought())["kind"]:
        yield "conflicts", {"kind": count.value}
    for document in accounts.lacking_documents(edition, Sought()):
        yield "omissions", {"document": document.id}


def files(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the data behind these pages, as files of a static site with their content."""
    for room, (_, tabulate) in LISTS.items():
        for suffix in MEDIA:
            yield f"{room}.{suffix}", "".join(tabulate(edition, {}).written(suffix))
    for items in ITEMS.values():
        for id in items.ids(edition):
            yield f"{items.folder}/{id}.json", items.json(edition, id)
            yield f"{items.folder}/{id}.csv", "".join(items.table(edition, id).written("csv"))
