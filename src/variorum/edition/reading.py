"""Look into an edition: its documents, with filters and counts, and what was rejected."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from variorum.edition.annotating import unpack_annotation, unpack_cast
from variorum.edition.coding import unpack_map
from variorum.edition.file import connect
from variorum.edition.listing import (
    DATES,
    ORDERS,
    UNKNOWN,
    Count,
    DecisionRow,
    Facets,
    Filter,
    Listed,
    Overview,
    Page,
    Sort,
    years_of,
)
from variorum.language.annotation import Actor, Annotation
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
            f"{LISTED} WHERE {where} ORDER BY {ORDERS[sort]} LIMIT ? OFFSET ?", [*values, limit, offset]
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
        for row in self.connection.execute(f"SELECT d.id FROM documents d ORDER BY {ORDERS['path']}"):
            yield row["id"]

    def document(self, id: str) -> Document:
        """Return the document with this id. Raises KeyError if there is none."""
        row = self.connection.execute(
            "SELECT * FROM documents JOIN texts ON document = n WHERE id = ?", [id]
        ).fetchone()
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

    def annotation(self, id: str) -> Annotation | None:
        """Return what the language stage says of the document with this id, in offsets of its stored text.

        None if it was not annotated, or could not be. Raises KeyError if there is no such document.
        """
        data, _ = self._annotated(id)
        return unpack_annotation(data) if data else None

    def cast(self, id: str) -> tuple[Sequence[Actor], str]:
        """Return the actors that the document with this id speaks of, and why there are none if it can't be annotated.

        Raises KeyError if there is no such document.
        """
        data, trouble = self._annotated(id)
        return unpack_cast(data) if data else (), trouble

    def _annotated(self, id: str) -> tuple[bytes, str]:
        row = self.connection.execute(
            "SELECT data, trouble FROM documents LEFT JOIN annotations ON document = n WHERE id = ?", [id]
        ).fetchone()
        if row is None:
            raise KeyError(id)
        return row["data"] or b"", row["trouble"] or ""

    def neighbours(self, id: str) -> tuple[str | None, str | None]:
        """Return the ids of the documents before and after this one in order of publication."""
        row = self.connection.execute(
            f"""SELECT before, after FROM (
                  SELECT d.id, lag(d.id) OVER w AS before, lead(d.id) OVER w AS after
                  FROM documents d WINDOW w AS (ORDER BY {ORDERS["published"]}))
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
