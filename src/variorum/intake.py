"""Sources into the journal: what is new in them is opened, read on several processes, and kept as it comes."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from variorum.edition import writing
from variorum.edition.coding import pack_result
from variorum.edition.writing import DocumentRow, FileRow
from variorum.engines.local import LocalEngine, each
from variorum.errors import MACHINE
from variorum.progress import Progress
from variorum.reading.extracted import Unreadable
from variorum.reading.item import read_item
from variorum.reading.opening import Notice, Options, open_file
from variorum.reading.sources import SourceFile
from variorum.recipes import item_recipe, reading_code
from variorum.records import Item, Rejection, document_id

COMMIT_SECONDS = 2.0
"""How often the journal is committed; what an interruption can cost at most."""

CHUNK = 1 << 20
"""Bytes of a file that are hashed or stored at once."""


@dataclass(slots=True)
class Plan:
    """What the sources hold, as far as it is new."""

    kept: set[str] = field(default_factory=set)
    """Paths of files that are as they were."""
    files: list[FileRow] = field(default_factory=list)
    """Files that are new or changed."""
    documents: list[DocumentRow] = field(default_factory=list)
    """All documents of those files, unchanged ones included."""
    rejected: list[tuple[str | None, Rejection]] = field(default_factory=list)
    """What could not be read, with the file that it belongs to."""
    notices: list[tuple[str | None, Rejection]] = field(default_factory=list)
    """What there is to say, likewise."""


def read_sources(
    connection: sqlite3.Connection,
    found: Sequence[SourceFile | Rejection],
    options: Options,
    plan: Plan,
    jobs: int | None,
    progress: Progress,
) -> None:
    """Read what is new, into the journal; fill ``plan`` with all that the sources hold."""
    progress.start("reading", None)
    engine: LocalEngine[tuple[str, Item], bytes] = LocalEngine(each(read_one), crashed, jobs)
    connection.execute("BEGIN IMMEDIATE")
    last = time.monotonic()
    try:
        for (recipe, _), result in engine.map(_new_items(connection, found, options, plan, progress)):
            writing.put_journal(connection, "read", recipe, result)
            progress.advance()
            if time.monotonic() - last > COMMIT_SECONDS:
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
                last = time.monotonic()
    finally:
        # also when interrupted: what has been read is kept
        if connection.in_transaction:
            connection.execute("COMMIT")


def read_one(given: tuple[str, Item]) -> bytes:
    """Read one item (with its recipe) into what the journal keeps of it: its result, or why there is none."""
    try:
        return pack_result(read_item(given[1]))
    except Unreadable as error:
        return pack_result(str(error))
    except (MemoryError, RecursionError) as error:
        return pack_result(f"too large or too deep to read ({type(error).__name__})")
    except OSError as error:
        if error.errno in MACHINE:
            raise  # no fault of the article: the build ends, and goes on from here the next time
        return pack_result(f"the reader failed on it: {error}")
    except Exception as error:  # one bad document never stops a corpus: it is rejected, and says what went wrong
        words = " ".join(str(error).split())[:200]
        return pack_result(f"the reader failed on it: {type(error).__name__}: {words}")


def crashed(given: tuple[str, Item], why: str) -> bytes:
    """Return what the journal keeps of an item whose reading killed the process."""
    return pack_result(why)


def _new_items(
    connection: sqlite3.Connection,
    found: Sequence[SourceFile | Rejection],
    options: Options,
    plan: Plan,
    progress: Progress,
) -> Iterator[tuple[str, Item]]:
    files = writing.known_files(connection)
    recipes = writing.known_recipes(connection)
    recipe = hashlib.sha256(f"{reading_code()} {sorted(options.map.items())}".encode()).hexdigest()[:20]
    asked: set[str] = set()
    for source in found:
        if isinstance(source, Rejection):
            plan.rejected.append((None, source))
            continue
        try:
            digest, size = _digest(source)
            row = FileRow(source.label, size, digest, recipe)
            if files.get(source.label) == row:
                plan.kept.add(source.label)
                continue
            with source.open() as stream:
                writing.store_original(connection, digest, iter(lambda: stream.read(CHUNK), b""))
            plan.files.append(row)
            with source.open() as stream:
                for made in open_file(source.label, stream, options):
                    if isinstance(made, Rejection):
                        plan.rejected.append((source.label, made))
                    elif isinstance(made, Notice):
                        plan.notices.append((source.label, Rejection(made.path, made.line, made.text)))
                    else:
                        document = _document(source.label, made)
                        plan.documents.append(document)
                        if _is_new(connection, document, recipes) and document.recipe not in asked:
                            asked.add(document.recipe)
                            yield document.recipe, made
        except OSError as error:
            words = (error.strerror or str(error)).lower()
            plan.rejected.append((None, Rejection(source.label, None, f"can't be read: {words}")))


def _is_new(connection: sqlite3.Connection, document: DocumentRow, recipes: dict[str, str]) -> bool:
    if recipes.get(document.id) == document.recipe:
        return False
    return writing.get_journal(connection, "read", document.recipe) is None


def _document(label: str, item: Item) -> DocumentRow:
    return DocumentRow(
        id=document_id(item.path, item.key),
        file=label,
        path=item.path,
        key=item.key,
        line=item.line,
        sha256=hashlib.sha256(item.data).hexdigest(),
        recipe=item_recipe(item),
    )


def _digest(source: SourceFile) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
