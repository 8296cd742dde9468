"""Write an edition: files, documents, what was settled about them, and the journal of a build that is under way."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from variorum.edition.coding import pack_found, pack_map, unpack_found
from variorum.edition.decisions import ABOUT_ACTORS, Decision, State
from variorum.records import Document, ReadingText, ReadItem, Rejection

PART = 1 << 20
"""Bytes of a file that go into one row of ``originals``."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the corpus."""

    path: str
    """Path below the source."""
    size: int
    """In bytes."""
    sha256: str
    """Of its bytes."""
    recipe: str
    """Code and options that it was read with."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the reading stage hands it on."""

    id: str
    """Its id."""
    file: str
    """Path of its file."""
    path: str
    """The same, with the members of an archive behind it."""
    key: str
    """What tells it from the others of its file."""
    line: int | None
    """Line, row or record number in the file."""
    sha256: str
    """Of the item's own bytes."""
    recipe: str
    """Hash of the item, and of the code and options that it was read with."""


def known_files(connection: sqlite3.Connection) -> dict[str, FileRow]:
    """Return the files that the edition holds, by path."""
    rows = connection.execute("SELECT path, size, sha256, recipe FROM files")
    return {row["path"]: FileRow(*row) for row in rows}


def known_recipes(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the recipe that each document was read with, by id."""
    return {row["id"]: row["recipe"] for row in connection.execute("SELECT id, recipe FROM documents")}


def store_original(connection: sqlite3.Connection, sha256: str, content: Iterable[bytes]) -> None:
    """Keep the bytes of a file, unless they are kept already. ``content`` comes in pieces of any length."""
    if connection.execute("SELECT 1 FROM originals WHERE sha256 = ?", [sha256]).fetchone():
        return
    for part, data in enumerate(_parts(content)):
        connection.execute("INSERT INTO originals VALUES (?, ?, ?)", [sha256, part, zlib.compress(data, 6)])


def put_file(connection: sqlite3.Connection, row: FileRow) -> None:
    """Add or change a file. Its rejections and notices are dropped, its documents stay."""
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE "
        "SET size = excluded.size, sha256 = excluded.sha256, recipe = excluded.recipe",
        [row.path, row.size, row.sha256, row.recipe],
    )
    connection.execute("DELETE FROM rejected WHERE file = ?", [row.path])
    connection.execute("DELETE FROM notices WHERE file = ?", [row.path])


def drop_files(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Take files away, with all that was made of them."""
    for path in paths:
        connection.execute("DELETE FROM files WHERE path = ?", [path])


def drop_orphans(connection: sqlite3.Connection) -> None:
    """Take away the bytes of files that the edition no longer holds."""
    connection.execute("DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM files)")


def drop_documents(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take documents away, with all that was made of them."""
    for id in ids:
        connection.execute("DELETE FROM documents WHERE id = ?", [id])


def place_document(connection: sqlite3.Connection, row: DocumentRow) -> None:
    """Say anew where an unchanged document stands in its file."""
    connection.execute("UPDATE documents SET line = ?, file = ? WHERE id = ?", [row.line, row.file, row.id])


def put_document(connection: sqlite3.Connection, row: DocumentRow, item: ReadItem, outlet: str | None = None) -> None:
    """Add a document, or put it in the place of the one that had its id; it is yet to be settled.

    ``outlet`` is who published it, as far as was read in it alone.
    """
    drop_documents(connection, [row.id])
    cursor = connection.execute(
        """INSERT INTO documents (id, file, path, key, line, sha256, recipe, outlet_read, settled, words,
               published_precision, published_reliable, published_reasons, score, reason)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0, 'unknown', 0, '[]', 0, '')""",
        [row.id, row.file, row.path, row.key, row.line, row.sha256, row.recipe, outlet],
    )
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?, ?)", [cursor.lastrowid, item.text, pack_found(item), item.lines]
    )


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A document as far as settling needs to know whether anything about it has changed."""

    n: int
    """Its row number in this file."""
    row: DocumentRow
    """Where it comes from."""
    lines: bytes
    """Digests of its lines."""
    outlet: str | None
    """Who published it, as far as was read in it alone."""
    settled: str
    """Hash of what its settled fields were made of the last time; empty for a new document."""


def unsettled(connection: sqlite3.Connection) -> Iterator[Unsettled]:
    """Yield all documents in order of id. Rows may be written meanwhile."""
    rows = connection.execute(
        """SELECT n, id, file, path, key, line, sha256, recipe, lines, outlet_read, settled
           FROM documents JOIN texts ON document = n ORDER BY id"""
    ).fetchall()
    for row in rows:
        yield Unsettled(row["n"], DocumentRow(*row[1:8]), row["lines"], row["outlet_read"], row["settled"])


def found_in(connection: sqlite3.Connection, n: int) -> ReadItem:
    """Return what was read in the document in row ``n``."""
    row = connection.execute("SELECT text, found FROM texts WHERE document = ?", [n]).fetchone()
    return unpack_found(row["text"], row["found"])


def put_settled(connection: sqlite3.Connection, n: int, document: Document, reading: ReadingText, settled: str) -> None:
    """Write what was settled about the document in row ``n``, in the place of what stood there."""
    published = document.published
    connection.execute(
        """UPDATE documents SET settled = ?, words = ?, title = ?, outlet = ?, author = ?, editor = ?, url = ?,
               place = ?, agency = ?, language = ?, published_earliest = ?, published_latest = ?, published_best = ?,
               published_precision = ?, published_method = ?, published_reliable = ?, published_reasons = ?,
               score = ?, reason = ? WHERE n = ?""",
        [
            settled,
            len(reading.text.split()),
            document.title,
            document.outlet,
            document.author,
            document.editor,
            document.url,
            document.dateline.place,
            document.dateline.agency,
            document.language,
            published.earliest,
            published.latest,
            published.best,
            published.precision,
            published.method,
            published.reliable,
            json.dumps(published.reasons, ensure_ascii=False),
            document.score,
            document.reason,
            n,
        ],
    )
    for table in ("zones", "repairs", "clues", "dated"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", [n])
    connection.executemany(
        "INSERT INTO zones VALUES (?, ?, ?, ?, ?, ?)",
        [(n, z.start, z.end, z.kind, z.score, z.reason) for z in document.zones],
    )
    connection.executemany(
        "INSERT INTO repairs VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(n, r.start, r.end, r.repaired, r.kind, r.score, r.reason) for r in document.repairs],
    )
    connection.executemany(
        "INSERT INTO clues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(n, i, c.field, c.value, c.method, c.score, c.reason, c.start, c.end) for i, c in enumerate(document.clues)],
    )
    connection.execute(
        """INSERT INTO readings VALUES (?, ?, ?, ?) ON CONFLICT (document) DO UPDATE
           SET title = excluded.title, text = excluded.text, map = excluded.map""",
        [n, document.title or "", reading.text, pack_map(reading)],
    )


def put_rejected(connection: sqlite3.Connection, file: str | None, rejection: Rejection) -> None:
    """Add input that could not be read."""
    connection.execute(
        "INSERT INTO rejected VALUES (?, ?, ?, ?)", [file, rejection.path, rejection.line, rejection.reason]
    )


def put_notice(connection: sqlite3.Connection, file: str | None, notice: Rejection) -> None:
    """Add something to say about input that could be read."""
    connection.execute("INSERT INTO notices VALUES (?, ?, ?, ?)", [file, notice.path, notice.line, notice.reason])


def drop_rejected(connection: sqlite3.Connection) -> None:
    """Drop the rejections that belong to no file: each build finds them anew."""
    connection.execute("DELETE FROM rejected WHERE file IS NULL")


def drop_notices(connection: sqlite3.Connection) -> None:
    """Drop the notices that belong to no file: settling says them anew."""
    connection.execute("DELETE FROM notices WHERE file IS NULL")


def get_meta(connection: sqlite3.Connection) -> Mapping[str, str]:
    """Return what the edition says of itself."""
    return {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM meta")}


def put_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Say something of the edition itself."""
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [key, value]
    )


def put_decisions(connection: sqlite3.Connection, states: Iterable[tuple[Decision, State, str]]) -> None:
    """Keep the decisions with what became of each, in the place of those of the last build."""
    connection.execute("DELETE FROM decisions")
    for decision, state, reason in states:
        content = json.dumps(dict(decision.content), ensure_ascii=False, sort_keys=True)
        connection.execute(
            "INSERT INTO decisions VALUES (?, ?, ?, ?, ?)", [decision.number, decision.id, content, state, reason]
        )


def decisions_about_actors(
    connection: sqlite3.Connection,
) -> list[tuple[int, Literal["same", "apart"], tuple[str, str], tuple[str, str]]]:
    """Return the decisions about two actors: line, kind, and of each its document and the words for it."""
    found: list[tuple[int, Literal["same", "apart"], tuple[str, str], tuple[str, str]]] = []
    rows = connection.execute(
        "SELECT number, content FROM decisions WHERE state IN ('applied', 'unmatched') ORDER BY number"
    )
    for row in rows:
        content = json.loads(row["content"])
        kind = content.get("decision")
        if kind in ABOUT_ACTORS:
            found.append(
                (row["number"], kind, (content["document"], content["exact"]), (content["other"], content["words"]))
            )
    return found


def put_decision_state(connection: sqlite3.Connection, number: int, problem: str) -> None:
    """Say that a decision was applied, or why it was not."""
    state = "unmatched" if problem else "applied"
    connection.execute("UPDATE decisions SET state = ?, reason = ? WHERE number = ?", [state, problem, number])


def put_journal(connection: sqlite3.Connection, stage: str, recipe: str, data: bytes) -> None:
    """Keep the result of one document until the stage is done."""
    connection.execute("INSERT OR REPLACE INTO journal VALUES (?, ?, ?)", [stage, recipe, data])


def get_journal(connection: sqlite3.Connection, stage: str, recipe: str) -> bytes | None:
    """Return the result kept for a document, or None."""
    row = connection.execute("SELECT data FROM journal WHERE stage = ? AND recipe = ?", [stage, recipe]).fetchone()
    return row["data"] if row else None


def clear_journal(connection: sqlite3.Connection, stage: str) -> None:
    """Forget the results of a stage that is done."""
    connection.execute("DELETE FROM journal WHERE stage = ?", [stage])


def _parts(content: Iterable[bytes]) -> Iterator[bytes]:
    """Cut ``content`` into parts of :data:`PART` bytes; an empty file has one empty part."""
    held = bytearray()
    count = 0
    for piece in content:
        held += piece
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
            count += 1
    if held or not count:
        yield bytes(held)
