"""The pages of what documents claim: the list of claims, and one claim with who carries it and who does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from variorum.edition import accounts
from variorum.edition.reading import Edition
from variorum.publishing.asking import AT_ONCE, Wished, called, facets_of, narrowed, order_choices, wished
from variorum.publishing.data import Table, as_json
from variorum.publishing.dates import date_words
from variorum.publishing.events import evidence_table
from variorum.publishing.exports import COLUMNS
from variorum.publishing.links import place
from variorum.publishing.lists import pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.rows import Row, claim_row, omission_row
from variorum.publishing.words import cut

A_PAGE = 40
"""Claims that a page of the list shows."""

MOST = 200
"""Documents that carry a claim, or do not, that its page names."""

ORDERS = (("origins", "by independent origins"), ("date", "by day"), ("predicate", "by predicate"))

FACETS = {
    "predicate": "Predicate",
    "modality": "How it is told",
    "polarity": "Polarity",
    "actor": "About whom",
    "outlet": "Outlet",
}


def listing(edition: Edition, query: Mapping[str, str]) -> View:
    """Return one page of the list of claims. Raises BadQuery."""
    return shown(edition, wished(edition, "claims", query, ORDERS))


def shown(edition: Edition, wanted: Wished) -> View:
    """Return one page of the list of claims that is asked for."""
    sought = wanted.sought
    total = accounts.claim_count(edition, sought)
    pages = pages_of(total, A_PAGE)
    page = min(wanted.page, pages)
    context = {
        "wanted": wanted,
        "total": total,
        "claims": accounts.claims(edition, sought, (page - 1) * A_PAGE, A_PAGE),
        "facets": facets_of(wanted, accounts.claim_facets(edition, sought), FACETS, called),
        "orders": order_choices(wanted),
        "pager": pager("claims", wanted.query(), page, pages),
        "narrowed": narrowed(edition, wanted),
        "day_of": date_words,
    }
    title = "Claims" if page == 1 else f"Claims, page {page}"
    return View("claims.html", title, wanted.place(page=page), context, ("json", "csv"))


def item(edition: Edition, id: str) -> View:
    """Return the page of one claim. Raises KeyError if there is none."""
    claim = accounts.claim(edition, id)
    places = accounts.places(edition, [id], ["claim"])
    carried = {one.evidence.document for one in places}
    missing = accounts.lacking(edition, id)
    others = accounts.papers(edition, [*carried, *(one.document for one in missing)], MOST, without=True)
    context = {
        "claim": claim,
        "day": date_words(claim.when),
        "places": places,
        "documents": len(carried),
        "missing": [(one, accounts.named(edition, one.document)) for one in missing[:MOST]],
        "missing_total": len(missing),
        "others": others,
        "others_total": accounts.document_count(edition) - len(carried | {one.document for one in missing}),
        "conflicts": accounts.conflicts_of(edition, id),
    }
    return View("claim.html", cut(claim.summary, 80), place("claim", id), context, ("json", "csv"))


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return all claims that a query asks for. Raises BadQuery."""
    sought = wished(edition, "claims", query, ORDERS).sought
    total = accounts.claim_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, AT_ONCE):
            for claim in accounts.claims(edition, sought, offset, AT_ONCE):
                yield claim_row(claim, accounts.places(edition, [claim.id], ["claim"], voiced=False))

    return Table("claims", COLUMNS["claims"], rows, {"total": total})


def item_json(edition: Edition, id: str) -> str:
    """Return a claim as JSON, with the documents that lack it. Raises KeyError if there is none."""
    row = claim_row(accounts.claim(edition, id), accounts.places(edition, [id], ["claim"], voiced=False))
    return as_json(
        {
            **row,
            "omissions": list(map(omission_row, accounts.lacking(edition, id))),
            "conflicts": [one.id for one in accounts.conflicts_of(edition, id)],
        },
        indent=1,
    )


def item_table(edition: Edition, id: str) -> Table:
    """Return the evidence of a claim. Raises KeyError if there is none."""
    accounts.claim(edition, id)
    return evidence_table(accounts.places(edition, [id], ["claim"], voiced=False))
