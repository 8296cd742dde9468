"""The conductor: from sources to an edition. It reads what is new, keeps what is not, and writes each stage at once.

A build has two steps. *Reading* takes each item (an article) on its own, on several processes; its results go to the
edition's journal as they come, so that a build which is interrupted goes on where it was. *Publishing* then puts them
into the edition, together with whatever follows from all documents, in one transaction: before it the edition is the
last good one, after it the new one, and nothing in between can be seen.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from variorum.edition import file, writing
from variorum.edition.coding import pack_result, unpack_result
from variorum.edition.decisions import Decision, Replay, parse
from variorum.edition.file import EditionError
from variorum.edition.writing import DocumentRow, FileRow
from variorum.engines.local import LocalEngine
from variorum.errors import VariorumError
from variorum.progress import Progress, Silent
from variorum.reading.extracted import Unreadable
from variorum.reading.item import read_item
from variorum.reading.opening import Notice, Options, open_file
from variorum.reading.settle import Identity, settle
from variorum.reading.sheet import Sheet, parse_sheet, read_sheet
from variorum.reading.sources import SourceFile, find
from variorum.recipes import item_recipe, reading_code
from variorum.records import Item, Rejection, document_id
from variorum.stages import settle_documents

COMMIT_SECONDS = 2.0
"""How often the journal is committed; what an interruption can cost at most."""

MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EIO, errno.EROFS}
"""Errors of the machine: a full disk, too many open files, a broken disk."""

CHUNK = 1 << 20
"""Bytes of a file that are hashed or stored at once."""


class BuildError(VariorumError):
    """A build that can't be done."""


@dataclass(slots=True)
class Report:
    """What a build did."""

    documents: int = 0
    """Documents that the edition holds now."""
    read: int = 0
    """Documents that were read anew."""
    kept: int = 0
    """Documents that were kept as they were."""
    removed: int = 0
    """Documents that are no longer in the sources."""
    rejected: list[Rejection] = field(default_factory=list)
    """Input that could not be read, earlier builds' included."""
    notices: list[Rejection] = field(default_factory=list)
    """What there is to say about input that could."""


@dataclass(slots=True)
class _Plan:
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


def build(
    sources: Sequence[str | Path],
    edition: Path,
    *,
    meta: Path | None = None,
    mapping: dict[str, str] | None = None,
    decisions: Path | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the edition of what ``sources`` (files, folders, ``-`` for standard input) hold, or bring it up to date.

    ``meta`` is a metadata sheet, ``mapping`` names the fields of JSON and CSV rows (ours to theirs), ``decisions`` a
    file of editors' decisions (by default the one beside the edition, see :func:`decisions_beside`), ``jobs`` how
    many processes read. Raises a VariorumError: BuildError, SourceError, SheetError or EditionError.
    """
    progress = progress or Silent()
    sheet = read_sheet(meta) if meta else None
    decisions = decisions or decisions_beside(edition)
    options = Options(map=mapping or {})
    ours = (meta, decisions, edition, *(edition.with_name(edition.name + end) for end in ("-wal", "-shm")))
    ignore = {path.resolve() for path in ours if path is not None}
    found = list(find(sources, ignore=ignore))
    if not found:
        raise BuildError(f"{', '.join(map(str, sources))}: there are no files in it")
    connection = file.create(edition)
    try:
        return _build(connection, found, options, sheet, _lines(decisions), jobs, progress)
    except sqlite3.Error as error:
        raise EditionError(f"{edition}: can't be written: {error}") from error
    except OSError as error:
        if error.errno not in MACHINE:
            raise
        raise BuildError(f"{edition}: the build can't go on: {(error.strerror or str(error)).lower()}") from error
    finally:
        connection.close()


def decisions_beside(edition: Path) -> Path:
    """Return where the decisions about an edition are kept unless the user says otherwise."""
    return edition.with_name(f"{edition.stem}.decisions.jsonl")


def replay_decisions(edition: Path, decisions: Path, progress: Progress | None = None) -> None:
    """Apply the decisions in a file to an edition without reading its sources again."""
    connection = file.connect(edition, writing=True)
    try:
        with file.transaction(connection):
            writing.drop_notices(connection)
            _settle(connection, _kept_sheet(connection), parse(_lines(decisions)), progress or Silent())
    except sqlite3.Error as error:
        raise EditionError(f"{edition}: can't be written: {error}") from error
    finally:
        connection.close()


def _build(
    connection: sqlite3.Connection,
    found: Sequence[SourceFile | Rejection],
    options: Options,
    sheet: Sheet | None,
    decisions: Sequence[str],
    jobs: int | None,
    progress: Progress,
) -> Report:
    plan = _Plan()
    _read(connection, found, options, plan, jobs, progress)
    report = Report(rejected=[r for _, r in plan.rejected])
    with file.transaction(connection):
        before = writing.known_recipes(connection)
        _publish(connection, plan)
        _put_sheet(connection, sheet)
        _settle(connection, sheet, parse(decisions), progress)
        after = writing.known_recipes(connection)
        writing.clear_journal(connection, "read")
        writing.drop_orphans(connection)
        writing.put_meta(connection, "complete", "1")
    report.documents = len(after)
    report.kept = sum(before.get(id) == recipe for id, recipe in after.items())
    report.read = report.documents - report.kept
    report.removed = sum(id not in after for id in before)
    report.rejected = _rows(connection, "SELECT path, line, reason FROM rejected ORDER BY path, line")
    report.notices = _rows(connection, "SELECT path, line, text FROM notices ORDER BY path, line")
    connection.execute("PRAGMA optimize")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return report


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(
    connection: sqlite3.Connection,
    found: Sequence[SourceFile | Rejection],
    options: Options,
    plan: _Plan,
    jobs: int | None,
    progress: Progress,
) -> None:
    """Read what is new, into the journal; fill ``plan`` with all that the sources hold."""
    progress.start("reading", None)
    engine: LocalEngine[tuple[str, Item], bytes] = LocalEngine(read_one, crashed, jobs)
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
    plan: _Plan,
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


# --- publishing ------------------------------------------------------------------------------------------------------


def _publish(connection: sqlite3.Connection, plan: _Plan) -> None:
    """Put what the plan holds into the edition, and take away what the sources no longer hold."""
    new = {row.path for row in plan.files}
    writing.drop_rejected(connection)
    writing.drop_notices(connection)
    writing.drop_files(connection, sorted(writing.known_files(connection).keys() - plan.kept - new))
    for row in sorted(plan.files, key=lambda r: r.path):
        writing.put_file(connection, row)
    recipes = writing.known_recipes(connection)
    wanted = {document.id for document in plan.documents}
    stale = [
        row["id"]
        for row in connection.execute("SELECT id, file FROM documents ORDER BY id")
        if row["file"] in new and row["id"] not in wanted
    ]
    writing.drop_documents(connection, stale)
    for document in sorted(plan.documents, key=lambda d: d.id):
        if recipes.get(document.id) == document.recipe:
            writing.place_document(connection, document)
            continue
        data = writing.get_journal(connection, "read", document.recipe)
        if data is None:
            raise sqlite3.IntegrityError(f"nothing was read of {document.path}")
        result = unpack_result(data)
        if isinstance(result, str):
            writing.drop_documents(connection, [document.id])
            plan.rejected.append((document.file, Rejection(document.path, document.line, result)))
        else:
            identity = Identity(document.id, document.path, document.key, document.line, document.sha256)
            outlet = settle(identity, result, result.zones, ()).outlet
            writing.put_document(connection, document, result, outlet)
    for label, rejection in plan.rejected:
        writing.put_rejected(connection, label, rejection)
    for label, notice in plan.notices:
        writing.put_notice(connection, label, notice)


def _settle(
    connection: sqlite3.Connection, sheet: Sheet | None, decisions: Sequence[Decision], progress: Progress
) -> None:
    """Run the stages over all documents, unless they would find what they found the last time."""
    recipes = _recipes(connection)
    if sheet:
        addresses = [(path, key, id) for id, _, path, key, _ in recipes]
        sheet = sheet.among(addresses)
        for notice in (*sheet.problems, *sheet.unmatched(addresses)):
            writing.put_notice(connection, None, Rejection(notice.path, notice.line, notice.text))
    facts = [sheet.content if sheet else "", [[d.number, dict(d.content)] for d in decisions], recipes]
    signature = hashlib.sha256(json.dumps([reading_code(), *facts], ensure_ascii=True).encode()).hexdigest()
    if writing.get_meta(connection).get("settled") != signature:
        replay = Replay.of(decisions)
        settle_documents(connection, sheet, replay, progress)
        writing.put_decisions(connection, replay.states())
        writing.put_meta(connection, "settled", signature)
    for row in connection.execute("SELECT number, state, reason FROM decisions ORDER BY number").fetchall():
        if row["state"] in ("unmatched", "broken"):
            writing.put_notice(connection, None, Rejection("decisions", row["number"], row["reason"]))


def _recipes(connection: sqlite3.Connection) -> list[tuple[str, str, str, str, int | None]]:
    rows = connection.execute("SELECT id, recipe, path, key, line FROM documents ORDER BY id")
    return [tuple(row) for row in rows]


# --- what people know ------------------------------------------------------------------------------------------------


def _put_sheet(connection: sqlite3.Connection, sheet: Sheet | None) -> None:
    """Keep the sheet, so that a decision can be applied without it at hand."""
    kept = json.dumps([sheet.name, sheet.content] if sheet else None, ensure_ascii=False)
    writing.put_meta(connection, "sheet", kept)


def _kept_sheet(connection: sqlite3.Connection) -> Sheet | None:
    kept = json.loads(writing.get_meta(connection).get("sheet", "null"))
    return parse_sheet(kept[1], kept[0]) if kept else None


def _lines(path: Path) -> list[str]:
    """Return the lines of a decisions file; none where there is no file."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    except OSError as error:
        raise BuildError(f"{path}: can't be read: {(error.strerror or str(error)).lower()}") from error


def _rows(connection: sqlite3.Connection, query: str) -> list[Rejection]:
    return [Rejection(*row) for row in connection.execute(query)]
