"""The pages of actors, of offices, and of who stands where: a matrix for a day, and the stances behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from variorum.edition import accounts, standings
from variorum.edition.quotes import Count
from variorum.edition.reading import Edition
from variorum.edition.standings import Asked, Occupancy, Stance
from variorum.publishing.asking import according_to, actor_id
from variorum.publishing.data import CHUNK, Table, as_json
from variorum.publishing.dates import date_words
from variorum.publishing.events import evidence_table
from variorum.publishing.exports import COLUMNS
from variorum.publishing.links import Argument, Place, place
from variorum.publishing.lists import FACET, Choice, Facet, pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.queries import LONGEST_QUERY, BadQuery, number, period
from variorum.publishing.rows import Row, occupancy_row, stance_row
from variorum.publishing.words import cut

A_PAGE = 40
"""Rows that a page of a list shows."""

ROWS, COLUMNS_SHOWN = 14, 8
"""Actors and targets that the matrix shows: as many as stay legible."""

MOST_SHOWN = 12
"""Stances, names and events that the page of an actor shows."""

MOST = 3000
"""Stances that the matrix is made of."""

MARKS: Mapping[str, str] = {
    "recognises": "◆",
    "supports": "●",
    "neutral": "○",
    "opposes": "▽",
    "rejects": "✕",
    "derecognises": "◇",
}
"""A sign for each stance, beside its word."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "actors": ("q", "kind"),
    "offices": ("q", "on", "actor", "about", "outlet", "speaker", "status"),
    "stances": ("q", "on", "actor", "about", "outlet", "speaker", "stance", "modality"),
}
"""What each list can be narrowed by."""

_ORDERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "actors": (("documents", "by documents"), ("name", "by name")),
    "offices": (),
    "stances": (("origins", "by independent origins"), ("actor", "by actor"), ("date", "by day")),
}


@dataclass(frozen=True, slots=True)
class Wished:
    """Which stretch of which list is asked for."""

    room: str
    given: Mapping[str, str]
    sort: str = ""
    page: int = 1

    @property
    def asked(self) -> Asked:
        """The same as an edition takes it."""
        fields = {("words" if key == "q" else key): value for key, value in self.given.items()}
        return Asked(**fields, sort=self.sort)

    @property
    def q(self) -> str:
        """Words that are looked for."""
        return self.given.get("q", "")

    @property
    def on(self) -> str | None:
        """The day that is asked for."""
        return self.given.get("on")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.given)

    def query(self, **changes: Argument) -> dict[str, Argument]:
        """Return the query of an address for this list with ``changes``; the page is not part of it."""
        usual = _ORDERS[self.room][0][0] if _ORDERS[self.room] else ""
        return {**self.given, "sort": None if self.sort in ("", usual) else self.sort, **changes}

    def place(self, **changes: Argument) -> Place:
        """Return the place of this list with ``changes``."""
        return place(self.room, "", "", "", **self.query(**changes))


def wished(edition: Edition, room: str, query: Mapping[str, str]) -> Wished:
    """Return what a query asks of a list. Raises BadQuery for a day, an order or an actor that there is not."""
    typed = {key: value.strip()[:LONGEST_QUERY] for key, value in query.items() if value.strip()}
    if "on" in typed:
        day, _ = period({"since": typed["on"]})
        if day is None or len(day) != 10:
            raise BadQuery(f"“{typed['on']}” is not a day. Write it as 2019-06-06.")
        typed["on"] = day
    if "according_to" in typed:
        key, value = according_to(edition, typed.pop("according_to"))
        typed[key] = value
    for key in ("actor", "about", "speaker"):
        if key in typed:
            typed[key] = actor_id(edition, typed[key])
    orders = _ORDERS[room]
    sort = typed.get("sort", orders[0][0] if orders else "")
    if orders and sort not in [name for name, _ in orders]:
        known = ", ".join(name for name, _ in orders)
        raise BadQuery(f"“{sort}” is not an order of this list. Orders are: {known}.")
    given = {key: typed[key] for key in _KEYS[room] if key in typed}
    return Wished(room, given, sort if orders else "", number(query, "page"))


def _facet(wanted: Wished, key: str, heading: str, counts: list[Count]) -> list[Facet]:
    chosen = wanted.given.get(key)
    choices = [
        Choice(c.label, wanted.place(**{key: None if c.value == chosen else c.value}), c.value == chosen, c.count)
        for c in counts
    ]
    if len(choices) < 2 and not any(choice.chosen for choice in choices):
        return []
    first = [choice for i, choice in enumerate(choices) if i < FACET or choice.chosen]
    return [Facet(heading, first, [choice for choice in choices if choice not in first])]


def _narrowed(edition: Edition, wanted: Wished) -> list[str]:
    """Return in words what a list is narrowed to."""
    before = {"about": "towards ", "speaker": "on the word of ", "on": "in force on ", "outlet": "as told by "}
    found = []
    for key, value in wanted.given.items():
        if key in ("actor", "about", "speaker"):
            value = accounts.actor_name(edition, value) or "an actor who is not in this edition"
        found.append(f"“{value}”" if key == "q" else f"{before.get(key, '')}{value}")
    return found


def _orders(wanted: Wished) -> list[Choice]:
    orders = _ORDERS[wanted.room]
    return [
        Choice(words, wanted.place(sort=None if name == orders[0][0] else name), name == wanted.sort)
        for name, words in orders
    ]


# --- actors ----------------------------------------------------------------------------------------------------------


def actors(edition: Edition, query: Mapping[str, str]) -> View:
    """Return one page of the list of actors. Raises BadQuery."""
    return actors_shown(edition, wished(edition, "actors", query))


def actors_shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of the list of actors that is asked for."""
    total = standings.actor_count(edition, wanted.asked)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    context = {
        "wanted": wanted,
        "total": total,
        "actors": standings.actors(edition, wanted.asked, (page - 1) * A_PAGE, A_PAGE),
        "facets": _facet(wanted, "kind", "Kind", standings.actor_kinds(edition, wanted.asked)),
        "orders": _orders(wanted),
        "pager": pager("actors", wanted.query(), page, pages),
        "narrowed": _narrowed(edition, wanted),
        "undecided": standings.undecided(edition)[:200] if page == 1 and not wanted.filtered else [],
    }
    title = "Actors" if page == 1 else f"Actors, page {page}"
    return View("actors.html", title, wanted.place(page=page), context, ("json", "csv"))


def actor_table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all actors that a query asks for. Raises BadQuery."""
    asked = wished(edition, "actors", query).asked
    total = standings.actor_count(edition, asked)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            for one in standings.actors(edition, asked, offset, CHUNK):
                yield {**asdict(one), "aliases": list(one.aliases), "posts": list(one.posts)}

    columns = ("id", "name", "kind", "aliases", "documents", "posts", "stances", "score", "reason")
    return Table("actors", columns, rows, {"total": total})


# --- offices ---------------------------------------------------------------------------------------------------------


def offices(edition: Edition, query: Mapping[str, str]) -> View:
    """Return one page of the offices. Raises BadQuery."""
    return offices_shown(edition, wished(edition, "offices", query))


def offices_shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of the offices that are asked for."""
    asked = wanted.asked
    total = standings.office_count(edition, asked)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    found = standings.offices(edition, asked, (page - 1) * A_PAGE, A_PAGE)
    ids = [view.id for office in found for view in office.views]
    places = accounts.places(edition, ids, ["occupancy"], voiced=False)
    first: dict[str, accounts.Cited] = {}
    for one in places:
        first.setdefault(one.row, one)
    context = {
        "wanted": wanted,
        "total": total,
        "offices": found,
        "words": first,
        "facets": _facet(wanted, "status", "How", standings.statuses(edition, asked)),
        "pager": pager("offices", wanted.query(), page, pages),
        "narrowed": _narrowed(edition, wanted),
        "when": when,
    }
    title = "Offices" if page == 1 else f"Offices, page {page}"
    return View("offices.html", title, wanted.place(page=page), context, ("json", "csv"))


def when(one: Stance | Occupancy) -> str:
    """Return since when and until when something is told to hold, and when it was last told."""
    parts = []
    if one.since:
        parts.append(f"since {date_words(one.since).text}")
    if one.until:
        parts.append(f"until {date_words(one.until).text}")
    if one.confirmed and (one.confirmed.earliest or one.confirmed.latest):
        parts.append(f"last told {date_words(one.confirmed).text}")
    return ", ".join(parts)


def office_table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all occupancies that a query asks for. Raises BadQuery."""
    asked = wished(edition, "offices", query).asked
    total = standings.occupancy_count(edition, asked)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            for one in standings.occupancies(edition, asked, offset, CHUNK):
                yield occupancy_row(one, accounts.places(edition, [one.id], ["occupancy"], voiced=False))

    return Table("occupancies", COLUMNS["occupancies"], rows, {"total": total})


# --- stances ---------------------------------------------------------------------------------------------------------


def stances(edition: Edition, query: Mapping[str, str]) -> View:
    """Return the matrix, and one page of the stances behind it. Raises BadQuery."""
    return stances_shown(edition, wished(edition, "stances", query))


def stances_shown(edition: Edition, wanted: Wished) -> View:
    """Return the matrix that is asked for, and one page of the stances behind it."""
    asked = wanted.asked
    total = standings.stance_count(edition, asked)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    facets = standings.stance_facets(edition, asked)
    headings = {"stance": "Stance", "modality": "How it is told", "actor": "Whose", "about": "Towards whom"}
    first = page == 1
    laid = standings.matrix(standings.stances(edition, asked, 0, MOST) if first else (), ROWS, COLUMNS_SHOWN)
    context = {
        "wanted": wanted,
        "total": total,
        "matrix": laid,
        "stances": standings.stances(edition, asked, (page - 1) * A_PAGE, A_PAGE),
        "facets": [f for key, words in headings.items() for f in _facet(wanted, key, words, facets[key])],
        "orders": _orders(wanted),
        "pager": pager("stances", wanted.query(), page, pages),
        "narrowed": _narrowed(edition, wanted),
        "marks": MARKS,
        "when": when,
        "outlets": _outlets(edition),
        "undated": _undated(edition, wanted) if wanted.on else 0,
    }
    title = "Stances" if page == 1 else f"Stances, page {page}"
    return View("stances.html", title, wanted.place(page=page), context, ("json", "csv"))


def _undated(edition: Edition, wanted: Wished) -> int:
    """Return how many stances are left out because nothing tells from which day on they hold."""
    every = standings.stances(edition, replace(wanted.asked, on=None), 0, MOST)
    return sum(one.starts is None for one in every)


def _outlets(edition: Edition) -> list[str]:
    rows = edition.connection.execute(
        """SELECT outlet, count(*) AS n FROM documents WHERE outlet IS NOT NULL GROUP BY outlet
           ORDER BY n DESC, outlet LIMIT 200"""
    )
    return sorted(row["outlet"] for row in rows)


def stance(edition: Edition, id: str) -> View:
    """Return the page of one stance. Raises KeyError if there is none."""
    found = standings.stance(edition, id)
    others = standings.stances(
        edition, Asked(actor=found.actor.actor, about=found.target.actor if found.target else None, sort="date")
    )
    context = {
        "stance": found,
        "places": accounts.places(edition, [id], ["stance"]),
        "others": [one for one in others if one.id != id and (one.target or one.issue == found.issue)][:40],
        "marks": MARKS,
        "when": when,
    }
    return View("stance.html", cut(in_words(found), 90), place("stance", id), context, ("json", "csv"))


def in_words(one: Stance) -> str:
    """Return a stance in words: "Kharvia recognises Sigrun Hallamor"."""
    return f"{one.actor.name} {one.stance} {one.towards}".strip()


def stance_table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all stances that a query asks for. Raises BadQuery."""
    asked = wished(edition, "stances", query).asked
    total = standings.stance_count(edition, asked)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            for one in standings.stances(edition, asked, offset, CHUNK):
                yield stance_row(one, accounts.places(edition, [one.id], ["stance"], voiced=False))

    return Table("stances", COLUMNS["stances"], rows, {"total": total})


def stance_json(edition: Edition, id: str) -> str:
    """Return a stance as JSON. Raises KeyError if there is none."""
    found = standings.stance(edition, id)
    return as_json(stance_row(found, accounts.places(edition, [id], ["stance"], voiced=False)), indent=1)


def stance_evidence(edition: Edition, id: str) -> Table:
    """Return the evidence of a stance. Raises KeyError if there is none."""
    standings.stance(edition, id)
    return evidence_table(accounts.places(edition, [id], ["stance"], voiced=False))


def of_actor(edition: Edition, id: str) -> dict[str, object]:
    """Return what the page of an actor says of its ties, offices, stances, names and events."""
    taken = standings.stances(edition, Asked(actor=id))
    received = standings.stances(edition, Asked(about=id))
    sought = accounts.Sought(actor=id)
    return {
        "ties": standings.ties(edition, id),
        "posts": standings.occupancies(edition, Asked(actor=id)),
        "taken": taken[:MOST_SHOWN],
        "received": received[:MOST_SHOWN],
        "taken_total": len(taken),
        "received_total": len(received),
        "namings": accounts.namings(edition, sought)[:MOST_SHOWN],
        "labels": accounts.label_count(edition, sought),
        "events": accounts.events(edition, accounts.Sought(actor=id, sort="-date"), 0, MOST_SHOWN),
        "event_total": accounts.event_count(edition, sought),
        "marks": MARKS,
        "when": when,
        "day_of": lambda event: date_words(event.when),
    }
