"""What the query of an address asks for: filters, order, page. Odd values are refused or put right, never passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from variorum.edition.listing import SORTS, Filter, Sort
from variorum.edition.search import ORDER_NAMES, Order
from variorum.publishing.dates import first_day, last_day
from variorum.publishing.links import Place, place
from variorum.records import Span

LONGEST_QUERY = 500
"""Characters of a search query that are looked at."""

MOST_PAGES = 10_000_000
"""No list has as many pages; a larger number is taken for this one."""


class BadQuery(ValueError):
    """A query that can't be answered. Its message says in one line what to write instead."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stretch of which list is asked for."""

    q: str = ""
    """Words to search for; empty for a list of documents."""
    outlet: str | None = None
    """Only this outlet; ``?`` for none known."""
    language: str | None = None
    """Only this language; ``?`` for none known."""
    since: str | None = None
    """Only from this day, month or year on, as typed."""
    until: str | None = None
    """Only up to this one, as typed."""
    sort: Sort = "published"
    """Order of a list of documents."""
    page: int = 1
    """Which page."""
    order: Order = "best"
    """Order of what a search finds."""

    @property
    def filter(self) -> Filter:
        """The filters as an edition takes them."""
        since = first_day(self.since) if self.since else None
        until = last_day(self.until) if self.until else None
        return Filter(self.outlet, self.language, since, until)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(v is not None for v in (self.outlet, self.language, self.since, self.until))

    def query(self, **changes: str | int | None) -> dict[str, str | int | None]:
        """Return the query of an address for this list with ``changes``.

        The page is not part of it: what changes a list leads to its first page.
        """
        query: dict[str, str | int | None] = {
            "q": self.q,
            "outlet": self.outlet,
            "language": self.language,
            "since": self.since,
            "until": self.until,
            "sort": self.order if self.order != "best" else None if self.sort == "published" else self.sort,
        }
        return {**query, **changes}

    def place(self, room: str, **changes: str | int | None) -> Place:
        """Return the place of this list in ``room`` with ``changes``."""
        return place(room, "", "", "", **self.query(**changes))


def wanted(query: Mapping[str, str]) -> Wanted:
    """Return what a query asks for. Raises BadQuery for a day or an order that there is not."""
    sort = _text(query, "sort") or "published"
    if sort not in SORTS:
        raise BadQuery(f"“{sort}” is not an order that documents can be listed in. Orders are: {', '.join(SORTS)}.")
    since, until = period(query)
    return Wanted(
        q=(_text(query, "q") or "")[:LONGEST_QUERY],
        outlet=_text(query, "outlet"),
        language=_text(query, "language"),
        since=since,
        until=until,
        sort=sort,
        page=number(query, "page"),
    )


def searched(query: Mapping[str, str]) -> Wanted:
    """Return what a query asks to search for. Raises BadQuery for a day or an order that there is not."""
    order = next((name for name in ORDER_NAMES if name == (_text(query, "sort") or "best")), None)
    if order is None:
        raise BadQuery(f"“{query['sort']}” is not an order of what is found. Orders are: {', '.join(ORDER_NAMES)}.")
    return replace(wanted({key: value for key, value in query.items() if key != "sort"}), order=order)


def period(query: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return since when and until when, as typed. Raises BadQuery for what is no day, month or year."""
    for key, edge in (("since", first_day), ("until", last_day)):
        typed = _text(query, key)
        if typed:
            try:
                edge(typed)
            except ValueError:
                raise BadQuery(f"“{typed}” is not a day. Write 2019-06-30, 2019-06 or 2019.") from None
    return _text(query, "since"), _text(query, "until")


def number(query: Mapping[str, str], key: str) -> int:
    """Return a page number; 1 where it is missing or none."""
    typed = query.get(key, "")
    if not (typed.isascii() and typed.isdecimal()):
        return 1
    return min(max(1, int(typed[:9])), MOST_PAGES)


def span(query: Mapping[str, str]) -> Span | None:
    """Return the place ``at=start-end`` that a query asks for, or None where it is missing or none."""
    start, dash, end = query.get("at", "").partition("-")
    if not dash or not all(n.isascii() and n.isdecimal() and len(n) < 12 for n in (start, end)):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) else None


def _text(query: Mapping[str, str], key: str) -> str | None:
    """Return a value without surrounding white space, or None where there is none."""
    return query.get(key, "").strip() or None
