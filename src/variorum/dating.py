"""The stage that dates: when documents were published, and what days their texts speak of."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from importlib import resources

from variorum.edition import dating as stored
from variorum.edition import writing
from variorum.progress import Progress
from variorum.recipes import code_of
from variorum.situation.dates import Entry, solve
from variorum.situation.dates.calendars import parse_calendar
from variorum.situation.dates.days import iso


def put_calendar(connection: sqlite3.Connection, calendar: tuple[str, str] | None) -> None:
    """Keep the user's calendar, its name and its text, so that a decision can be applied without it at hand."""
    writing.put_meta(connection, "calendar", json.dumps(calendar, ensure_ascii=False))


def undo_dates(connection: sqlite3.Connection) -> None:
    """Put the dates of documents back to what they say of themselves, before the stages that infer more."""
    stored.undo(connection)


def date_edition(connection: sqlite3.Connection, progress: Progress) -> None:
    """Bring inferred dates and the values of time expressions up to date; inside of the caller's transaction."""
    calendar = _calendar(connection)
    wanted = _signature(connection, calendar)
    if writing.get_meta(connection).get("dated") == wanted:
        stored.redo(connection)
        return
    documents = stored.undated(connection)
    progress.start("when", 3)
    kin = stored.kin(connection, documents)
    found = solve(list(documents.values()), kin, calendar)
    progress.advance()
    stored.put_dates(connection, found)
    progress.advance()
    stored.anchor(connection, {entry.words.casefold(): [iso(entry.days[0])] for entry in calendar})
    progress.advance()
    writing.put_meta(connection, "dated", wanted)


def _calendar(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    kept = json.loads(writing.get_meta(connection).get("calendar", "null"))
    return parse_calendar(kept[1], kept[0]) if kept else ()


def _signature(connection: sqlite3.Connection, calendar: tuple[Entry, ...]) -> str:
    """Return a hash of the code, the calendar, and everything that dating reads of the documents."""
    package = resources.files("variorum")
    digest = hashlib.sha256(code_of(package / "situation").encode())
    digest.update(code_of(package / "language" / "times").encode())
    digest.update(repr([(entry.days, entry.words) for entry in calendar]).encode())
    meta = writing.get_meta(connection)
    digest.update(f"{meta.get('collated')} {meta.get('situated')}".encode())
    for row in stored.facts(connection):
        digest.update(repr(row).encode())
    return digest.hexdigest()[:20]
