"""What lists of an edition are asked for, and what they are made of: filters, orders, pages, counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from variorum.records import DateInterval

Row = TypeVar("Row")

Sort = Literal["published", "-published", "title", "outlet", "path"]
"""Orders that documents can be listed in; a minus sign means descending. Undated documents come last."""

ORDERS: Mapping[Sort, str] = {
    "published": "d.published_best IS NULL AND d.published_earliest IS NULL, "
    "coalesce(d.published_best, d.published_earliest), d.path, d.line, d.key",
    "-published": "d.published_best IS NULL AND d.published_earliest IS NULL, "
    "coalesce(d.published_best, d.published_earliest) DESC, d.path, d.line, d.key",
    "title": "d.title IS NULL, d.title COLLATE NOCASE, d.path, d.line, d.key",
    "outlet": "d.outlet IS NULL, d.outlet COLLATE NOCASE, d.path, d.line, d.key",
    "path": "d.path, d.line, d.key",
}

SORTS: tuple[Sort, ...] = tuple(ORDERS)

UNKNOWN = "?"
"""Stands for 'not known' as the value of a filter on outlet or language."""


def published_between(since: str | None, until: str | None, of: str = "d") -> tuple[list[str], list[str]]:
    """Return SQL conditions on the documents ``of`` an alias, and their parameters: what may be of these days.

    A document is in if its interval allows it; one with a best guess alone is of that day, and one without any date is
    out. None leaves an end open.
    """
    earliest, latest, best = (f"{of}.published_{name}" for name in ("earliest", "latest", "best"))
    tests, values = [], []
    if since is not None:
        tests.append(f"coalesce({latest}, iif({earliest} IS NULL, {best}, NULL), '~') >= ?")
        values.append(since)
    if until is not None:
        tests.append(f"coalesce({earliest}, iif({latest} IS NULL, {best}, NULL), '') <= ?")
        values.append(until)
    if tests:
        tests.append(f"coalesce({best}, {earliest}, {latest}) IS NOT NULL")
    return tests, values


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are meant. None leaves a field open."""

    outlet: str | None = None
    """Exactly this outlet; :data:`UNKNOWN` for those without one."""
    language: str | None = None
    """Exactly this language (ISO 639-1); :data:`UNKNOWN` for those without one."""
    since: str | None = None
    """Published on or after this day, as far as its interval allows; leaves out documents without any date."""
    until: str | None = None
    """Published on or before this day, likewise."""

    def where(self) -> tuple[str, list[str]]:
        """Return an SQL condition on documents ``d`` and its parameters."""
        tests: list[str] = []
        values: list[str] = []
        for column, value in (("d.outlet", self.outlet), ("d.language", self.language)):
            if value == UNKNOWN:
                tests.append(f"{column} IS NULL")
            elif value is not None:
                tests.append(f"{column} = ?")
                values.append(value)
        period, days = published_between(self.since, self.until)
        return " AND ".join([*tests, *period]) or "TRUE", [*values, *days]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as it stands in a list."""

    id: str
    """Its id."""
    path: str
    """Path below the source."""
    line: int | None
    """Line, row or record number, if it is a part of a file."""
    title: str | None
    """Its title."""
    outlet: str | None
    """Who published it."""
    author: str | None
    """Who wrote it."""
    place: str | None
    """Place of its dateline."""
    url: str | None
    """Where it was published."""
    language: str | None
    """ISO 639-1 code."""
    published: DateInterval
    """When it was published."""
    words: int
    """How many words it has to read."""
    repairs: int
    """How many words were mended."""

    @property
    def name(self) -> str:
        """What to call it: its title, or its path where it has none."""
        return self.title or self.path


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A stretch of a longer list."""

    rows: Sequence[Row]
    """The rows of this page."""
    total: int
    """How many rows the whole list has."""
    offset: int
    """How many rows come before this page."""
    limit: int
    """How many rows a page holds at most."""


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet."""

    value: str
    """The value; :data:`UNKNOWN` where a document has none."""
    documents: int
    """How many documents have it."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How the documents of a list divide."""

    outlets: Sequence[Count]
    """By outlet, the most frequent first."""
    languages: Sequence[Count]
    """By language."""
    years: Sequence[Count]
    """By year, in order of time, see :func:`years_of`."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a corpus is."""

    documents: int
    """How many documents it holds."""
    words: int
    """How many words they have to read."""
    outlets: Sequence[Count]
    """Its outlets, the most frequent first."""
    languages: Sequence[Count]
    """Its languages, the most frequent first."""
    earliest: str | None
    """The first day that a document is dated to."""
    latest: str | None
    """The last one."""
    undated: int
    """How many documents have no date at all."""
    doubtful: int
    """How many have one that is not reliable."""
    repairs: int
    """How many words were mended."""
    files: int
    """How many files were read."""
    rejected: int
    """How many pieces of input could not be read."""
    notices: int
    """How many notices there are."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An editor's decision, as replayed at the last build."""

    id: str
    """Hash of its line."""
    content: Mapping[str, str]
    """The line; a line that can't be read is under ``line``."""
    state: str
    """applied, unmatched, broken or undone."""
    reason: str
    """Why it is not applied, in words."""


DATES = "d.published_earliest, d.published_latest, d.published_best, count(*)"
"""Selects what :func:`years_of` needs, grouped by the first three."""


def years_of(dates: Iterable[Sequence[Any]]) -> list[Count]:
    """Return how many documents may be of each year that is the best guess for one, as a filter on it finds them.

    ``dates`` are rows of :data:`DATES`. Those without a best guess are counted once more under :data:`UNKNOWN`.
    """
    rows = [tuple(row) for row in dates]
    counts = []
    for year in sorted({best[:4] for _, _, best, _ in rows if best}):
        first, last = f"{year}-01-01", f"{year}-12-31"
        fitting = (
            count
            for earliest, latest, best, count in rows
            if (earliest or latest or best)
            and (earliest or ("" if latest else best) or "") <= last
            and (latest or ("" if earliest else best) or "~") >= first
        )
        counts.append(Count(year, sum(fitting)))
    unknown = sum(count for _, _, best, count in rows if not best)
    return [*counts, Count(UNKNOWN, unknown)] if unknown else counts
