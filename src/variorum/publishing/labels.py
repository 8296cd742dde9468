"""The pages of how things are named: referents by label by outlet, and the places of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.edition import accounts
from variorum.edition.accounts import Label, Naming, Referent, Use
from variorum.edition.quotes import By, Count
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE, Wished, called, facets_of, narrowed, wished
from variorum.publishing.beside import MARKS
from variorum.publishing.data import Table
from variorum.publishing.links import Argument, Place
from variorum.publishing.lists import pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.rows import Row, cited_row, date_row, label_row

REFERENTS_A_PAGE = 12
"""Referents that a page shows."""

SHOWN = 6
"""Labels of each of them."""

NAMINGS_A_PAGE = 60
"""Labels that the table of one referent shows."""

PLACES_A_PAGE = 40
"""Places that the page of one referent shows."""

MOST_OUTLETS = 60
"""Outlets and speakers that the page of one referent tells apart."""

BY_OUTLET = 10
"""Labels of each of them."""

FACETS = {"tone": "Tone", "voice": "Voice", "outlet": "Outlet"}


@dataclass(frozen=True, slots=True)
class Named:
    """A referent with some of its labels."""

    referent: Referent
    namings: Sequence[Naming]
    more: int
    """How many others there are."""
    place: Place
    """Its own page."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An outlet, or somebody who speaks, with the labels that it uses."""

    outlet: str | None
    by: By | None
    """None for the outlet's own voice."""
    used: Sequence[tuple[Naming, Use]]
    more: int
    places: int


def listing(edition: Edition, query: Mapping[str, str]) -> View:
    """Return the page that a query asks for: all referents, or with ``actor`` or ``event`` one. Raises BadQuery."""
    wanted = wished(edition, "labels", query)
    return shown(edition, wanted)


def shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of what is asked for."""
    return referent(edition, wanted) if {"actor", "event"} & wanted.given.keys() else overview(edition, wanted)


def overview(edition: Edition, wanted: Wished) -> View:
    """Return one page of the referents, those that are named most differently first."""
    sought = wanted.sought
    total = accounts.referent_count(edition, sought)
    pages = pages_of(total, REFERENTS_A_PAGE)
    page = min(wanted.page, pages)
    found = []
    for one in accounts.referents(edition, sought, (page - 1) * REFERENTS_A_PAGE, REFERENTS_A_PAGE):
        namings = accounts.namings(edition, replace(sought, actor=one.actor, event=one.event))
        chosen = sorted(namings, key=lambda naming: not naming.marked)[:SHOWN]
        found.append(Named(one, chosen, len(namings) - len(chosen), _own_place(wanted, one)))
    context = {
        "wanted": wanted,
        "total": total,
        "named": found,
        "facets": facets_of(wanted, accounts.label_facets(edition, sought), FACETS, _called),
        "pager": pager("labels", wanted.query(), page, pages),
        "narrowed": narrowed(edition, wanted),
        "marks": MARKS,
    }
    title = "Labels" if page == 1 else f"Labels, page {page}"
    return View("labels.html", title, wanted.place(page=page), context, ("json", "csv"))


def _own_place(wanted: Wished, one: Referent) -> Place:
    key: dict[str, Argument] = {"actor": one.actor} if one.actor else {"event": one.event}
    return wanted.place(q=None, **key)


def _called(key: str, count: Count) -> str:
    words = called(key, count)
    return f"{MARKS[count.value]} {words}" if key == "tone" and count.value in MARKS else words


def referent(edition: Edition, wanted: Wished) -> View:
    """Return the page of how one referent is named: by label, by outlet and speaker, and each place in words."""
    sought = wanted.sought
    namings = accounts.namings(edition, sought)
    places = accounts.label_count(edition, sought)
    pages = max(pages_of(places, PLACES_A_PAGE), pages_of(len(namings), NAMINGS_A_PAGE))
    page = min(wanted.page, pages)
    plain = replace(sought, tone=None, voice=None, outlet=None, label=None, words="", since=None, until=None)
    who = next(iter(accounts.referents(edition, replace(plain, language=None, document=None), limit=1)), None)
    context = {
        "wanted": wanted,
        "referent": who,
        "name": who.name if who else accounts.actor_name(edition, sought.actor or "") or sought.event or "nobody",
        "namings": namings[(page - 1) * NAMINGS_A_PAGE : page * NAMINGS_A_PAGE],
        "total": len(namings),
        "places": accounts.labels(edition, sought, (page - 1) * PLACES_A_PAGE, PLACES_A_PAGE),
        "places_total": places,
        "origins": len({origin for one in namings for use in one.uses for origin in use.origins}),
        "voices": _voices(namings) if page == 1 else [],
        "facets": facets_of(wanted, accounts.label_facets(edition, sought), FACETS, _called),
        "pager": pager("labels", wanted.query(), page, pages),
        "narrowed": narrowed(edition, replace(wanted, given=_without_referent(wanted))),
        "everything": wanted.place(**dict.fromkeys(_without_referent(wanted))),
        "marks": MARKS,
    }
    title = f"{context['name']}: labels" if page == 1 else f"{context['name']}: labels, page {page}"
    return View("label.html", title, wanted.place(page=page), context, ("json", "csv"))


def _without_referent(wanted: Wished) -> dict[str, str]:
    return {key: value for key, value in wanted.given.items() if key not in ("actor", "event")}


def _voices(namings: Sequence[Naming]) -> list[Voice]:
    """Return who names it, outlets first; each with the labels that it uses most."""
    used: dict[tuple[bool, str, str, str], list[tuple[Naming, Use]]] = defaultdict(list)
    for naming in namings:
        for use in naming.uses:
            by = use.voice
            key = (False, use.outlet or "", "", "") if by is None else (True, "", by.name, by.actor or "")
            used[key].append((naming, use))
    found = []
    for (mouth, outlet, name, actor), pairs in used.items():
        pairs = sorted(pairs, key=lambda pair: (-pair[1].places, pair[0].label))
        by = By(name, actor or None) if mouth else None
        places = sum(use.places for _, use in pairs)
        found.append(Voice(outlet or None, by, pairs[:BY_OUTLET], len(pairs[BY_OUTLET:]), places))
    found.sort(
        key=lambda voice: (voice.by is not None, -voice.places, voice.outlet or "~", voice.by.name if voice.by else "")
    )
    return found[:MOST_OUTLETS]


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all places that name something, as a query asks for them. Raises BadQuery."""
    sought = wished(edition, "labels", query).sought
    total = accounts.label_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, AT_ONCE):
            yield from map(_row, accounts.labels(edition, sought, offset, AT_ONCE))

    return Table("labels", _COLUMNS, rows, {"total": total})


def _row(label: Label) -> Row:
    return {
        **label_row(label),
        **cited_row(label.cited),
        "event": label.event,
        "name": label.name,
        "scare": label.scare,
        "title": label.cited.title,
        "published": date_row(label.cited.published),
        "origin": label.cited.origin,
    }


_COLUMNS = (
    *("id", "actor", "event", "name", "label", "head", "tone", "scare", "voice", "voice_name", "document", "title"),
    *("outlet", "published_best", "published_reliable", "origin", "start", "end", "prefix", "exact", "suffix", "score"),
    "reason",
)
