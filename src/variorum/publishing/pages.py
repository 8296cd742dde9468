"""What each page shows: from an edition to a template with its context. Nothing here knows of servers or files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from variorum.edition import copies, dates, quotes
from variorum.edition.copies import Kinship, Sought
from variorum.edition.listing import UNKNOWN, Filter, Overview
from variorum.edition.quotes import Asked
from variorum.edition.reading import Edition
from variorum.edition.search import expression, facets, search
from variorum.language.annotation import Actor
from variorum.publishing.article import article, part_at, parts_of, shown_of
from variorum.publishing.beside import MARKS, at_a_glance, beside
from variorum.publishing.cast import Cast, cast_of
from variorum.publishing.dates import DateWords, day_date
from variorum.publishing.facts import facts
from variorum.publishing.links import Place, place
from variorum.publishing.lists import facet_choices, hit_orders, order_choices, pager, pages_of
from variorum.publishing.queries import Wanted
from variorum.publishing.shading import shading_of
from variorum.publishing.when import heard
from variorum.records import Document, Rejection, Span

DOCUMENTS_A_PAGE = 50
"""Documents that a page of the list shows."""

HITS_A_PAGE = 20
"""Documents that a page of search results shows."""

LINES_A_PAGE = 200
"""Rejections or notices that a page shows."""

GRAVEST = 3
"""Alterations that the start page shows."""

KIN = 12
"""Related documents that the page of a document names."""

AT_THE_START = 10
"""Documents, and rejections, that the start page shows."""


@dataclass(frozen=True, slots=True)
class View:
    """A page before it is rendered."""

    template: str
    """File name of its template."""
    title: str
    """What a browser's tab says."""
    here: Place
    """Its own address."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What its template is given."""
    data: Sequence[str] = ()
    """In which forms its data is to be had at the same address: ``json``, ``csv``."""
    status: int = 200
    """HTTP status."""

    @property
    def room(self) -> str:
        """Which entry of the navigation it belongs to."""
        parents = {
            **{"document": "documents", "notices": "rejected", "utterance": "quotes", "actor": "actors"},
            **{"family": "lineage", "relation": "lineage", "collation": "lineage"},
            **{"event": "events", "claim": "claims", "conflict": "conflicts"},
        }
        return parents.get(self.here.room, self.here.room)


def name_of(edition: Edition) -> str:
    """Return what the edition is called: the name of its file."""
    return edition.path.stem


def start(edition: Edition) -> View:
    """Return the start page: what this corpus is."""
    overview = edition.overview()
    context = {
        "overview": overview,
        "outlets": sum(count.value != UNKNOWN for count in overview.outlets),
        "outlets_open": any(count.value == UNKNOWN for count in overview.outlets),
        "span": _time_span(edition, overview),
        "facets": facet_choices("documents", Wanted(), edition.facets(Wanted().filter)),
        "first": edition.documents(limit=AT_THE_START),
        "rejected": edition.rejected()[:AT_THE_START] if overview.rejected else [],
        "origins": copies.origin_count(edition),
        "families": copies.family_count(edition)[0],
        "gravest": copies.differences(edition, Sought(severity="high"), limit=GRAVEST),
        "altered": copies.difference_count(edition),
        "said": quotes.count(edition, Asked()),
        "shared": len(quotes.utterance_ids(edition, several=True)),
        "accounts": at_a_glance(edition, GRAVEST),
        "complete": edition.complete,
    }
    return View("start.html", name_of(edition), place("start"), context, ("json",))


def _time_span(edition: Edition, overview: Overview) -> Sequence[DateWords]:
    """Return the first and the last day of a corpus; nothing where no document has a date."""
    days = [day for day in (overview.earliest or overview.latest, overview.latest or overview.earliest) if day]
    return [day_date(day, reliable=_is_reliable(edition, day)) for day in days]


def _is_reliable(edition: Edition, day: str) -> bool:
    """Tell whether a document is reliably dated to ``day``."""
    near = edition.documents(Filter(since=day, until=day), limit=DOCUMENTS_A_PAGE).rows
    return any(row.published.reliable and row.published.best == day for row in near)


def documents(edition: Edition, wanted: Wanted) -> View:
    """Return one page of the list of documents."""
    wanted = replace(wanted, q="")
    total = edition.documents(wanted.filter, limit=0).total
    pages = pages_of(total, DOCUMENTS_A_PAGE)
    page = min(wanted.page, pages)
    offset = (page - 1) * DOCUMENTS_A_PAGE
    rows = edition.documents(wanted.filter, sort=wanted.sort, offset=offset, limit=DOCUMENTS_A_PAGE)
    context = {
        "documents": rows,
        "origins": copies.origin_count(edition, wanted.filter),
        "wanted": wanted,
        "facets": facet_choices("documents", wanted, edition.facets(wanted.filter)),
        "orders": order_choices(wanted),
        "pager": pager("documents", wanted.query(), page, pages),
    }
    here = wanted.place("documents", page=page)
    return View("documents.html", _numbered("Documents", page), here, context, ("json", "csv"))


def document(edition: Edition, id: str, *, part: int = 1, at: Span | None = None) -> View:
    """Return the page of one document; ``at`` is the place to mark. Raises KeyError if there is no such document."""
    found = edition.document(id)
    length = len(found.text)
    lost = at is not None and at.end > length
    if at is not None and not lost:
        part = part_at(at.start)
    part = min(part, parts_of(length))
    before, after = edition.neighbours(id)
    actors, trouble = edition.cast(id)
    shown = shown_of(length, part)
    cast = cast_of(actors, shown, found.language, trouble)
    times = dates.times_of(edition, id)
    shading = shading_of(quotes.of_document(edition, id), shown, times)
    page = article(found, part=part, at=None if lost else at, cast=cast, shading=shading)
    context = {
        "document": found,
        "article": page,
        "cast": cast,
        "whose": _whose(actors, cast, quotes.members(edition, id)),
        "shading": shading,
        "facts": facts(found),
        "bounds": heard(dates.bounds_of(edition, id)),
        "times": bool(times),
        "words": len(edition.reading(id).text.split()),
        "lost": lost,
        "kin": [(one, _kin_in_words(one, id)) for one in copies.kinships(edition, id)][:KIN],
        "family": copies.family_of(edition, id),
        "origins": copies.origins_of(edition, id),
        "accounts": beside(edition, id),
        "marks": MARKS,
        "before": before,
        "after": after,
        "pager": pager("document", {}, part, page.parts, id, "part"),
    }
    here = place("document", id, part=part)
    return View("document.html", _called(found), here, context, ("json",))


def _kin_in_words(kinship: Kinship, id: str) -> str:
    """Return how a document is related to another one, from its own side."""
    other = kinship.b if kinship.a.id == id else kinship.a
    name = other.outlet or other.title or other.path
    if kinship.direction in ("a-from-b", "b-from-a"):
        child = kinship.a.id if kinship.direction == "a-from-b" else kinship.b.id
        return f"{kinship.kind} of {name}" if child == id else f"{name} has a {kinship.kind} of it"
    if kinship.direction == "siblings":
        return f"from the same original as {name}"
    return f"{kinship.kind} of {name}, or the other way round"


def _whose(actors: Sequence[Actor], cast: Cast, members: Sequence[str | None]) -> dict[int, str]:
    """Return the ids of actors across documents, by the numbers that they have on a page."""
    known = {actor.mentions: id for actor, id in zip(actors, members, strict=False) if id}
    return {member.number: known[member.mentions] for member in cast.members if member.mentions in known}


def search_page(edition: Edition, wanted: Wanted) -> View:
    """Return one page of what a search finds; without a query, how to search."""
    context: dict[str, Any] = {"wanted": wanted, "readable": expression(wanted.q) is not None, "page": None}
    page = 1
    if context["readable"]:
        found = search(edition, wanted.q, wanted.filter, limit=0)
        pages = pages_of(found.total, HITS_A_PAGE)
        page = min(wanted.page, pages)
        offset = (page - 1) * HITS_A_PAGE
        context |= {
            "page": search(edition, wanted.q, wanted.filter, order=wanted.order, offset=offset, limit=HITS_A_PAGE),
            "orders": hit_orders(wanted),
            "facets": facet_choices("search", wanted, facets(edition, wanted.q, wanted.filter)),
            "pager": pager("search", wanted.query(), page, pages),
        }
    title = _numbered(f"{wanted.q} – Search" if wanted.q else "Search", page)
    here = wanted.place("search", page=page)
    return View("search.html", title, here, context, ("json", "csv") if context["readable"] else ())


def rejected(edition: Edition, page: int = 1) -> View:
    """Return one page of the input that could not be read."""
    return _lines("rejected", "Left out", edition.rejected(), edition, page)


def notices(edition: Edition, page: int = 1) -> View:
    """Return one page of what there is to say about input that could be read."""
    return _lines("notices", "Notices", edition.notices(), edition, page)


def _lines(room: str, title: str, lines: Sequence[Rejection], edition: Edition, page: int) -> View:
    pages = pages_of(len(lines), LINES_A_PAGE)
    page = min(page, pages)
    first = (page - 1) * LINES_A_PAGE
    context = {
        "lines": lines[first : first + LINES_A_PAGE],
        "first": first,
        "total": len(lines),
        "overview": edition.overview(),
        "decisions": edition.decisions() if page == 1 else [],
        "pager": pager(room, {}, page, pages),
    }
    return View("left_out.html", _numbered(title, page), place(room, page=page), context, ("json", "csv"))


def trouble(title: str, words: str, status: int, here: Place | None = None) -> View:
    """Return a page that says what is wrong."""
    return View("trouble.html", title, here or place("trouble"), {"words": words}, (), status)


def _called(document: Document) -> str:
    return document.title or document.path


def _numbered(title: str, page: int) -> str:
    return title if page == 1 else f"{title}, page {page}"
