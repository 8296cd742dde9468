"""The conductor: from sources to an edition. It reads what is new, keeps what is not, and writes each stage at once.

A build has four steps. *Reading* takes each item (an article) on its own, on several processes; *annotating* does the
same with the texts that come of it (:mod:`variorum.annotating`). Their results go to the edition's journal as they
come, so that a build which is interrupted goes on where it was. *Situating* works out what the corpus says as a whole
(:mod:`variorum.situating`), and *publishing* puts all of it into the edition, in one transaction: before it the edition
is the last good one, after it the new one, and nothing in between can be seen.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from variorum import annotating
from variorum.collating import collate_edition
from variorum.dating import date_edition, put_calendar, undo_dates
from variorum.edition import file, writing
from variorum.edition.coding import unpack_result
from variorum.edition.decisions import Decision, Replay, parse
from variorum.edition.file import EditionError
from variorum.errors import MACHINE, VariorumError
from variorum.intake import Plan, read_sources
from variorum.progress import Progress, Silent
from variorum.reading.opening import Options
from variorum.reading.settle import Identity, settle
from variorum.reading.sheet import Sheet, parse_sheet, read_sheet
from variorum.reading.sources import SourceFile, find
from variorum.recipes import reading_code
from variorum.records import Rejection
from variorum.recounting import recount
from variorum.situating import situate
from variorum.situation.dates import read_calendar
from variorum.stages import settle_documents


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


def build(
    sources: Sequence[str | Path],
    edition: Path,
    *,
    meta: Path | None = None,
    calendar: Path | None = None,
    mapping: dict[str, str] | None = None,
    decisions: Path | None = None,
    jobs: int | None = None,
    annotate: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Build the edition of what ``sources`` (files, folders, ``-`` for standard input) hold, or bring it up to date.

    ``meta`` is a metadata sheet, ``calendar`` a file of days with words for what happened on them
    (:mod:`variorum.situation.dates.calendars`), ``mapping`` names the fields of JSON and CSV rows (ours to theirs),
    ``decisions`` a file of editors' decisions (by default the one beside the edition, see :func:`decisions_beside`),
    ``jobs`` how many processes read and annotate. Without ``annotate`` the language stage is left out; the next build
    makes up for
    it. Raises a VariorumError: BuildError, SourceError, SheetError, CalendarError or EditionError.
    """
    progress = progress or Silent()
    sheet = read_sheet(meta) if meta else None
    events = (str(calendar), read_calendar(calendar)[1]) if calendar else None
    decisions = decisions or decisions_beside(edition)
    options = Options(map=mapping or {})
    ours = (meta, calendar, decisions, edition, *(edition.with_name(edition.name + end) for end in ("-wal", "-shm")))
    ignore = {path.resolve() for path in ours if path is not None}
    found = list(find(sources, ignore=ignore))
    if not found:
        raise BuildError(f"{', '.join(map(str, sources))}: there are no files in it")
    connection = file.create(edition)
    try:
        return _build(connection, found, options, sheet, events, _lines(decisions), jobs, annotate, progress)
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
    progress = progress or Silent()
    connection = file.connect(edition, writing=True)

    def settle_again() -> None:
        writing.drop_notices(connection)
        _settle(connection, _kept_sheet(connection), parse(_lines(decisions)), progress)

    def finish() -> None:
        infer(connection, None, progress)

    try:
        annotating.publish(connection, settle_again, finish, None, progress)
    except sqlite3.Error as error:
        raise EditionError(f"{edition}: can't be written: {error}") from error
    finally:
        connection.close()


def infer(connection: sqlite3.Connection, jobs: int | None, progress: Progress) -> None:
    """Run the stages over what the corpus says as a whole; inside of a transaction."""
    undo_dates(connection)
    collate_edition(connection, jobs, progress)
    situate(connection, progress)
    date_edition(connection, progress)
    recount(connection, progress)


def _build(
    connection: sqlite3.Connection,
    found: Sequence[SourceFile | Rejection],
    options: Options,
    sheet: Sheet | None,
    calendar: tuple[str, str] | None,
    decisions: Sequence[str],
    jobs: int | None,
    annotate: bool,
    progress: Progress,
) -> Report:
    plan = Plan()
    read_sources(connection, found, options, plan, jobs, progress)
    before, after = writing.known_recipes(connection), {}

    def settle_all() -> None:
        _publish(connection, plan)
        _put_sheet(connection, sheet)
        put_calendar(connection, calendar)
        _settle(connection, sheet, parse(decisions), progress)

    def finish() -> None:
        nonlocal after
        infer(connection, jobs, progress)
        after = writing.known_recipes(connection)
        writing.clear_journal(connection, "read")
        writing.clear_journal(connection, "language")
        writing.drop_orphans(connection)
        writing.put_meta(connection, "complete", "1")

    if annotate:
        annotating.publish(connection, settle_all, finish, jobs, progress)
    else:
        with file.transaction(connection):
            settle_all()
            finish()
    report = Report()
    report.documents = len(after)
    report.kept = sum(before.get(id) == recipe for id, recipe in after.items())
    report.read = report.documents - report.kept
    report.removed = sum(id not in after for id in before)
    report.rejected = _rows(connection, "SELECT path, line, reason FROM rejected ORDER BY path, line")
    report.notices = _rows(connection, "SELECT path, line, text FROM notices ORDER BY path, line")
    connection.execute("PRAGMA optimize")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return report


# --- publishing ------------------------------------------------------------------------------------------------------


def _publish(connection: sqlite3.Connection, plan: Plan) -> None:
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
    rejected = list(plan.rejected)
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
            rejected.append((document.file, Rejection(document.path, document.line, result)))
        else:
            identity = Identity(document.id, document.path, document.key, document.line, document.sha256)
            outlet = settle(identity, result, result.zones, ()).outlet
            writing.put_document(connection, document, result, outlet)
    for label, rejection in rejected:
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
