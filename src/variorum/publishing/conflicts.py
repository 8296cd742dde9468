"""The pages of where accounts part: the list of conflicts, and one conflict with all evidence of its sides.

Sides stand beside each other, those of most origins first. Which of them is right is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from variorum.edition import accounts
from variorum.edition.accounts import Conflict, Side
from variorum.edition.quotes import Count
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE, Wished, called, facets_of, narrowed, wished
from variorum.publishing.data import Table, as_json
from variorum.publishing.events import CITED, place_row
from variorum.publishing.links import Place, place
from variorum.publishing.lists import pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.rows import Row, conflict_row, flat
from variorum.publishing.words import cut

A_PAGE = 20
"""Conflicts that a page of the list shows."""

PLACES = 3
"""Places of each side that the list shows."""

FACETS = {"kind": "What differs", "outlet": "Outlet"}


def listing(edition: Edition, query: Mapping[str, str]) -> View:
    """Return one page of the list of conflicts. Raises BadQuery."""
    return shown(edition, wished(edition, "conflicts", query))


def shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of the list of conflicts that is asked for."""
    sought = wanted.sought
    total = accounts.conflict_count(edition, sought)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    context = {
        "wanted": wanted,
        "total": total,
        "conflicts": accounts.conflicts(edition, sought, (page - 1) * A_PAGE, A_PAGE, most=PLACES),
        "facets": facets_of(wanted, accounts.conflict_facets(edition, sought), FACETS, called),
        "pager": pager("conflicts", wanted.query(), page, pages),
        "narrowed": narrowed(edition, wanted),
        "kind_of": lambda one: called("kind", Count(one.kind, one.kind, 0)),
    }
    title = "Conflicts" if page == 1 else f"Conflicts, page {page}"
    return View("conflicts.html", title, wanted.place(page=page), context, ("json", "csv"))


def item(edition: Edition, id: str) -> View:
    """Return the page of one conflict. Raises KeyError if there is none."""
    found = accounts.conflict(edition, id)
    context = {"conflict": found, "rests": {side: _rests(edition, side) for side in found.sides}}
    return View("conflict.html", cut(found.question, 80), place("conflict", id), context, ("json", "csv"))


def _rests(edition: Edition, side: Side) -> Sequence[tuple[str, Place]]:
    """Return what a side rests on, with the page of each, as far as it has one."""
    return [
        (words, place("offices", "", "", "", actor=id) if kind == "occupancy" else place(kind, id))
        for kind, id, words in accounts.called_rows(edition, side.rows)
    ]


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all conflicts that a query asks for; in CSV each side has a line. Raises BadQuery."""
    sought = wished(edition, "conflicts", query).sought
    total = accounts.conflict_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, AT_ONCE):
            yield from map(_row, accounts.conflicts(edition, sought, offset, AT_ONCE, voiced=False))

    return Table("conflicts", _COLUMNS, rows, {"total": total}, _lines)


def _row(conflict: Conflict) -> Row:
    return {
        **conflict_row(conflict),
        "kind": conflict.kind,
        "weight": conflict.weight,
        "origins": list(conflict.origins),
    }


def _lines(row: Row) -> Iterator[Row]:
    for side in row["sides"]:
        yield {**flat(row), **flat(side), "score": row["score"], "reason": row["reason"]}


_COLUMNS = (
    *("id", "question", "kind", "weight", "value", "claims", "documents", "origins", "evidence", "score", "reason"),
)


def item_json(edition: Edition, id: str) -> str:
    """Return a conflict as JSON. Raises KeyError if there is none."""
    return as_json(_row(accounts.conflict(edition, id, voiced=False)), indent=1)


def item_table(edition: Edition, id: str) -> Table:
    """Return the evidence of all sides of a conflict. Raises KeyError if there is none."""
    found = accounts.conflict(edition, id, voiced=False)
    rows = [{"value": side.value, **place_row(one)} for side in found.sides for one in side.places]
    return Table("evidence", ["value", *CITED], lambda: rows, {"total": len(rows)})
