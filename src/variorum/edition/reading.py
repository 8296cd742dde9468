"""Look into an edition: its documents, with filters and counts, and what was rejected."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar

from variorum.edition.coding import unpack_map
from variorum.edition.file import EditionError, connect
from variorum.records import (
    Clue,
    DateInterval,
    Dateline,
    Document,
    ReadingText,
    Rejection,
    Repair,
    Zone,
)

Row = TypeVar("Row")

Sort = Literal["published", "-published", "title", "outlet", "path"]
"""Orders that documents can be listed in; a minus sign means descending. Undated documents come last."""

_ORDERS: Mapping[Sort, str] = {
    "published": "d.published_best IS NULL AND d.published_earliest IS NULL, "
    "coalesce(d.published_best, d.published_earliest), d.path, d.line, d.key",
    "-published": "d.published_best IS NULL AND d.published_earliest IS NULL, "
    "coalesce(d.published_best, d.published_earliest) DESC, d.path, d.line, d.key",
    "title": "d.title IS NULL, d.title COLLATE NOCASE, d.path, d.line, d.key",
    "outlet": "d.outlet IS NULL, d.outlet COLLATE NOCASE, d.path, d.line, d.key",
    "path": "d.path, d.line, d.key",
}

SORTS: tuple[Sort, ...] = tuple(_ORDERS)

_DATED = "coalesce(d.published_best, d.published_earliest, d.published_latest) IS NOT NULL"

UNKNOWN = "?"
"""Stands for 'not known' as the value of a filter on outlet or language."""


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
        if self.since is not None:
            tests.append(f"coalesce(d.published_latest, d.published_best, '~') >= ? AND {_DATED}")
            values.append(self.since)
        if self.until is not None:
            tests.append(f"coalesce(d.published_earliest, d.published_best, '') <= ? AND {_DATED}")
            values.append(self.until)
        return " AND ".join(tests) or "TRUE", values


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


class Edition:
    """An edition opened for reading."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the edition at ``path``. Raises EditionError if that is none, or none that can be read."""
        return cls(path, connect(path))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def complete(self) -> bool:
        """Whether the last build ran to its end."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'complete'").fetchone()
        return bool(row and row["value"] == "1")

    def overview(self) -> Overview:
        """Return what the corpus is."""
        one = self.connection.execute(
            """SELECT count(*) AS documents, coalesce(sum(words), 0) AS words,
                      min(coalesce(published_best, published_earliest)) AS earliest,
                      max(coalesce(published_best, published_latest)) AS latest,
                      coalesce(sum(published_best IS NULL AND published_earliest IS NULL
                                   AND published_latest IS NULL), 0) AS undated,
                      coalesce(sum(NOT published_reliable AND coalesce(published_best, published_earliest,
                                   published_latest) IS NOT NULL), 0) AS doubtful
               FROM documents"""
        ).fetchone()
        facets = self.facets(Filter())
        return Overview(
            **dict(one),
            outlets=facets.outlets,
            languages=facets.languages,
            repairs=self._count("repairs"),
            files=self._count("files"),
            rejected=self._count("rejected"),
            notices=self._count("notices"),
        )

    def documents(
        self, wanted: Filter | None = None, *, sort: Sort = "published", offset: int = 0, limit: int = 50
    ) -> Page[Listed]:
        """Return the documents that ``wanted`` allows, ``limit`` at most, from row ``offset`` on."""
        where, values = (wanted or Filter()).where()
        total = self.connection.execute(f"SELECT count(*) FROM documents d WHERE {where}", values).fetchone()[0]
        rows = self.connection.execute(
            f"{LISTED} WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT ? OFFSET ?", [*values, limit, offset]
        )
        return Page([listed(row) for row in rows], total, offset, limit)

    def facets(self, wanted: Filter) -> Facets:
        """Return how the documents divide; each facet is counted with the filters on the others applied."""
        unset: Mapping[str, Filter] = {
            "outlet": replace(wanted, outlet=None),
            "language": replace(wanted, language=None),
            "year": replace(wanted, since=None, until=None),
        }
        return Facets(
            outlets=self._facet("d.outlet", unset["outlet"], "documents DESC, value"),
            languages=self._facet("d.language", unset["language"], "documents DESC, value"),
            years=self._years(unset["year"]),
        )

    def ids(self) -> Iterator[str]:
        """Yield the ids of all documents, in order of path."""
        for row in self.connection.execute(f"SELECT d.id FROM documents d ORDER BY {_ORDERS['path']}"):
            yield row["id"]

    def document(self, id: str) -> Document:
        """Return the document with this id. Raises KeyError if there is none."""
        row = self.connection.execute("SELECT * FROM documents WHERE id = ?", [id]).fetchone()
        if row is None:
            raise KeyError(id)
        n = row["n"]
        return Document(
            id=row["id"],
            path=row["path"],
            key=row["key"],
            line=row["line"],
            sha256=row["sha256"],
            text=row["text"],
            title=row["title"],
            outlet=row["outlet"],
            author=row["author"],
            editor=row["editor"],
            url=row["url"],
            dateline=Dateline(row["place"], row["agency"]),
            language=row["language"],
            published=interval(row),
            zones=tuple(Zone(*r) for r in self._parts('start, "end", kind, score, reason', "zones", n)),
            repairs=tuple(Repair(*r) for r in self._parts('start, "end", repaired, kind, score, reason', "repairs", n)),
            clues=tuple(Clue(*r) for r in self._parts('field, value, method, score, reason, start, "end"', "clues", n)),
            score=row["score"],
            reason=row["reason"],
        )

    def reading(self, id: str) -> ReadingText:
        """Return the reading text of the document with this id. Raises KeyError if there is none."""
        row = self.connection.execute(
            "SELECT r.text, r.map FROM readings r JOIN documents d ON d.n = r.document WHERE d.id = ?", [id]
        ).fetchone()
        if row is None:
            raise KeyError(id)
        return unpack_map(row["text"], row["map"])

    def neighbours(self, id: str) -> tuple[str | None, str | None]:
        """Return the ids of the documents before and after this one in order of publication."""
        row = self.connection.execute(
            f"""SELECT before, after FROM (
                  SELECT d.id, lag(d.id) OVER w AS before, lead(d.id) OVER w AS after
                  FROM documents d WINDOW w AS (ORDER BY {_ORDERS["published"]}))
                WHERE id = ?""",
            [id],
        ).fetchone()
        return (row["before"], row["after"]) if row else (None, None)

    def rejected(self) -> Sequence[Rejection]:
        """Return the input that could not be read, in order of path."""
        rows = self.connection.execute("SELECT path, line, reason FROM rejected ORDER BY path, line, reason")
        return [Rejection(*row) for row in rows]

    def notices(self) -> Sequence[Rejection]:
        """Return what there is to say about input that could be read: path, line and text."""
        rows = self.connection.execute("SELECT path, line, text FROM notices ORDER BY path, line, text")
        return [Rejection(*row) for row in rows]

    def decisions(self) -> Sequence[DecisionRow]:
        """Return the editors' decisions, in the order of their file."""
        rows = self.connection.execute("SELECT id, content, state, reason FROM decisions ORDER BY number")
        return [DecisionRow(r["id"], json.loads(r["content"]), r["state"], r["reason"]) for r in rows]

    def original(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of the file at ``path`` below the source. Raises KeyError if it was not read."""
        from zlib import decompress

        row = self.connection.execute("SELECT sha256 FROM files WHERE path = ?", [path]).fetchone()
        if row is None:
            raise KeyError(path)
        for part in self.connection.execute(
            "SELECT data FROM originals WHERE sha256 = ? ORDER BY part", [row["sha256"]]
        ):
            yield decompress(part["data"])

    def _count(self, table: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _facet(self, expression: str, wanted: Filter, order: str) -> list[Count]:
        where, values = wanted.where()
        rows = self.connection.execute(
            f"""SELECT coalesce({expression}, ?) AS value, count(*) AS documents
                FROM documents d WHERE {where} GROUP BY 1 ORDER BY {order}""",
            [UNKNOWN, *values],
        )
        return [Count(row["value"], row["documents"]) for row in rows]

    def _years(self, wanted: Filter) -> list[Count]:
        where, values = wanted.where()
        return years_of(
            self.connection.execute(f"SELECT {DATES} FROM documents d WHERE {where} GROUP BY 1, 2, 3", values)
        )

    def _parts(self, columns: str, table: str, n: int) -> Iterator[sqlite3.Row]:
        return iter(self.connection.execute(f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY 1", [n]))


DATES = "d.published_earliest, d.published_latest, d.published_best, count(*)"
"""Selects what :func:`years_of` needs, grouped by the first three."""


def years_of(dates: Iterable[Sequence[Any]]) -> list[Count]:
    """Return how many documents may be of each year that is the best guess for one, as a filter on that year finds them.

    ``dates`` are rows of :data:`DATES`. Those without a best guess are counted once more under :data:`UNKNOWN`.
    """
    rows = [tuple(row) for row in dates]
    counts = []
    for year in sorted({best[:4] for _, _, best, _ in rows if best}):
        first, last = f"{year}-01-01", f"{year}-12-31"
        fitting = (
            count
            for earliest, latest, best, count in rows
            if (earliest or latest or best) and (earliest or best or "") <= last and (latest or best or "~") >= first
        )
        counts.append(Count(year, sum(fitting)))
    unknown = sum(count for _, _, best, count in rows if not best)
    return [*counts, Count(UNKNOWN, unknown)] if unknown else counts


LISTED = """SELECT d.*, (SELECT count(*) FROM repairs r WHERE r.document = d.n) AS repairs FROM documents d"""
"""Selects what :func:`listed` needs."""


def listed(row: sqlite3.Row) -> Listed:
    """Return a row of :data:`LISTED` as a record."""
    return Listed(
        id=row["id"],
        path=row["path"],
        line=row["line"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        place=row["place"],
        url=row["url"],
        language=row["language"],
        published=interval(row),
        words=row["words"],
        repairs=row["repairs"],
    )


def interval(row: sqlite3.Row) -> DateInterval:
    """Return the publication date in a row of documents."""
    return DateInterval(
        earliest=row["published_earliest"],
        latest=row["published_latest"],
        best=row["published_best"],
        precision=row["published_precision"],
        method=row["published_method"],
        reliable=bool(row["published_reliable"]),
        reasons=tuple(json.loads(row["published_reasons"])),
    )


__all__ = [
    "DATES",
    "LISTED",
    "SORTS",
    "UNKNOWN",
    "Count",
    "DecisionRow",
    "Edition",
    "EditionError",
    "Facets",
    "Filter",
    "Listed",
    "Overview",
    "Page",
    "Sort",
    "interval",
    "listed",
    "years_of",
]
