"""Facets, orders and page numbers of a list, each with the place that it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.edition.listing import UNKNOWN, Count, Facets, Sort
from variorum.edition.search import Order
from variorum.publishing.languages import language_name
from variorum.publishing.links import Argument, Place, place
from variorum.publishing.queries import Wanted

FACET = 12
"""Values of a facet that are shown at once; the others can be unfolded."""

PAGES_AROUND = 2
"""Page numbers that are shown on each side of the present one."""

_ORDERS: Sequence[tuple[Sort, str]] = (
    ("published", "oldest first"),
    ("-published", "newest first"),
    ("title", "by title"),
    ("outlet", "by outlet"),
    ("path", "by file"),
)


_HIT_ORDERS: Sequence[tuple[Order, str]] = (
    ("best", "best first"),
    ("date", "oldest first"),
    ("-date", "newest first"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    words: str
    """What it is called."""
    place: Place | None
    """Where choosing it (or, once it is chosen, unchoosing it) leads; None where it can't be chosen."""
    chosen: bool = False
    """Whether it is chosen."""
    documents: int | None = None
    """How many documents it has."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way in which the documents of a list divide."""

    name: str
    """Its heading."""
    choices: Sequence[Choice]
    """Its values that are shown at once."""
    more: Sequence[Choice]
    """The others."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through a long list."""

    page: int
    """The present page, from 1."""
    pages: int
    """How many there are; at least 1."""
    before: Place | None
    """The page before."""
    after: Place | None
    """The page after."""
    numbers: Sequence[tuple[int, Place] | None]
    """Page numbers around this one, the first and the last; None stands for those left out."""


def facet_choices(room: str, wanted: Wanted, facets: Facets) -> list[Facet]:
    """Return the facets of a list in ``room``, those that have something to choose or something chosen."""

    def one(name: str, key: str, counts: Sequence[Count], chosen: str | None) -> Facet:
        choices = []
        for count in counts:
            words = count.value
            if count.value == UNKNOWN:
                words = "not known"
            elif key == "language":
                words = language_name(count.value)
            is_chosen = chosen == count.value
            to = wanted.place(room, **{key: None if is_chosen else count.value})
            choices.append(Choice(words, to, is_chosen, count.documents))
        return _folded(name, choices)

    years = [_year(room, wanted, count) for count in facets.years]
    told = [
        one("Outlet", "outlet", facets.outlets, wanted.outlet),
        one("Language", "language", facets.languages, wanted.language),
        _folded("Year", years),
    ]
    return [f for f in told if len(f.choices) > 1 or any(c.chosen for c in f.choices)]


def _year(room: str, wanted: Wanted, count: Count) -> Choice:
    year = count.value
    if year == UNKNOWN:
        return Choice("no single year", None, False, count.documents)
    chosen = wanted.since == year and wanted.until == year
    edge = None if chosen else year
    return Choice(year, wanted.place(room, since=edge, until=edge), chosen, count.documents)


def _folded(name: str, choices: Sequence[Choice]) -> Facet:
    first = [c for i, c in enumerate(choices) if i < FACET or c.chosen]
    return Facet(name, first, [c for c in choices if c not in first])


def order_choices(wanted: Wanted) -> list[Choice]:
    """Return the orders that documents can be listed in."""
    return [
        Choice(words, wanted.place("documents", sort=None if sort == "published" else sort), sort == wanted.sort)
        for sort, words in _ORDERS
    ]


def hit_orders(wanted: Wanted) -> list[Choice]:
    """Return the orders that what a search finds can be in."""
    return [
        Choice(words, wanted.place("search", sort=None if order == "best" else order), order == wanted.order)
        for order, words in _HIT_ORDERS
    ]


def pages_of(total: int, limit: int) -> int:
    """Return how many pages of ``limit`` rows a list of ``total`` rows has; at least 1."""
    return max(1, -(-total // limit))


def pager(room: str, query: Mapping[str, Argument], page: int, pages: int, id: str = "", key: str = "page") -> Pager:
    """Return the way through a list whose address has ``query``; ``key`` is what the page is called in it."""

    def to(number: int) -> Place:
        return place(room, id, "", "", **{**query, key: number})

    shown = sorted({1, pages, *range(max(1, page - PAGES_AROUND), min(pages, page + PAGES_AROUND) + 1)})
    numbers: list[tuple[int, Place] | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number > numbers[-1][0] + 1:
            numbers.append(None)
        numbers.append((number, to(number)))
    before = to(page - 1) if page > 1 else None
    after = to(page + 1) if page < pages else None
    return Pager(page, pages, before, after, numbers)
