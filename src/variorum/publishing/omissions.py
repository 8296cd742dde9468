"""The pages of what accounts leave out: by document, what others tell and it does not, and what a copy dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from variorum.edition import accounts
from variorum.edition.accounts import Lacking, Omission
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE, Wished, called, facets_of, narrowed, wished
from variorum.publishing.data import Table
from variorum.publishing.links import Place, place
from variorum.publishing.lists import pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.rows import Row, omission_row

DOCUMENTS_A_PAGE = 12
"""Documents that a page of the list shows."""

SHOWN = 4
"""Omissions of each of them."""

A_PAGE = 40
"""Omissions that the page of one document shows."""

CARRIERS = 6
"""Documents that carry what is left out, that a list names."""

FACETS = {"kind": "How it came to lack", "outlet": "Outlet"}


@dataclass(frozen=True, slots=True)
class Parent:
    """What a copy was made of."""

    name: str
    place: Place | None
    """Where it is shown; None where it is lost."""


@dataclass(frozen=True, slots=True)
class Left:
    """An omission, as a page tells it."""

    omission: Omission
    carriers: list[Lacking]
    """Some documents that carry it."""
    more: int
    """How many others there are."""
    parent: Parent | None


def listing(edition: Edition, query: Mapping[str, str]) -> View:
    """Return the page that a query asks for: of all documents, or with ``document`` of one. Raises BadQuery."""
    return shown(edition, wished(edition, "omissions", query))


def shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of what is asked for."""
    sought = wanted.sought
    one = bool(sought.document)
    total = accounts.omission_count(edition, sought)
    documents = accounts.lacking_count(edition, sought)
    pages = pages_of(total, A_PAGE) if one else pages_of(documents, DOCUMENTS_A_PAGE)
    page = min(wanted.page, pages)
    first = (page - 1) * DOCUMENTS_A_PAGE
    found = accounts.lacking_documents(edition, sought, 0 if one else first, DOCUMENTS_A_PAGE)
    groups = []
    for document in found:
        offset, limit = ((page - 1) * A_PAGE, A_PAGE) if one else (0, SHOWN)
        rows = accounts.omissions(edition, replace(sought, document=document.id), offset, limit)
        groups.append((document, [left(edition, row) for row in rows]))
    context = {
        "wanted": wanted,
        "one": one,
        "name": accounts.document_name(edition, sought.document) if sought.document else None,
        "total": total,
        "documents": documents,
        "groups": groups,
        "facets": facets_of(wanted, accounts.omission_facets(edition, sought), FACETS, called),
        "pager": pager("omissions", wanted.query(), page, pages),
        "narrowed": narrowed(edition, wanted),
    }
    title = "Omissions" if page == 1 else f"Omissions, page {page}"
    return View("omissions.html", title, wanted.place(page=page), context, ("json", "csv"))


def left(edition: Edition, omission: Omission) -> Left:
    """Return an omission with the names of those that carry it, and of what it was dropped from."""
    carriers = accounts.papers(edition, omission.carried, CARRIERS)
    return Left(omission, carriers, len(omission.carried) - len(carriers), _parent(edition, omission.parent))


def _parent(edition: Edition, id: str | None) -> Parent | None:
    if id is None:
        return None
    found = accounts.named(edition, id)
    return Parent(found.outlet or found.title, place("document", id)) if found else Parent("a lost original", None)


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all omissions that a query asks for. Raises BadQuery."""
    sought = wished(edition, "omissions", query).sought
    total = accounts.omission_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, AT_ONCE):
            yield from map(_row, accounts.omissions(edition, sought, offset, AT_ONCE, placed=False))

    return Table("omissions", _COLUMNS, rows, {"total": total})


def _row(omission: Omission) -> Row:
    return {
        **omission_row(omission),
        "summary": omission.claim.summary,
        "origins": list(omission.claim.origins),
    }


_COLUMNS = ("id", "document", "claim", "summary", "carried_by", "origins", "parent", "score", "reason")
