"""The stages that look at all documents of an edition together.

Each is a pure function of what was read in the documents one by one, of the sheet and of the decisions, so that an
edition that grew step by step equals one that was built at once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.edition import writing
from variorum.edition.coding import values
from variorum.edition.decisions import Decision, Replay
from variorum.edition.writing import Unsettled
from variorum.progress import Progress
from variorum.reading import furniture
from variorum.reading.settle import Identity, settle
from variorum.reading.sheet import Sheet
from variorum.recipes import reading_code
from variorum.records import READ_ZONES, Clue, ReadingText, Repair, Zone


def settle_documents(connection: sqlite3.Connection, sheet: Sheet | None, replay: Replay, progress: Progress) -> int:
    """Settle the metadata and zones of all documents, and return how many came out other than they were.

    A document's fields follow from what was read in it, the sheet's row about it, the decisions about it, and the lines
    that repeat in the documents of its outlet. Call it inside a transaction.
    """
    repeated = furniture.repeated(_lines(connection, sheet, replay))
    progress.start("settling", connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    changed = 0
    for document in writing.unsettled(connection):
        progress.advance()
        about = replay.about(document.row.id, document.row.path, document.row.key)
        given = _given(document, sheet, replay)
        repeats = repeated.get(_outlet(document, given) or "", furniture.Repeated())
        hits = furniture.hits(document.lines, repeats)
        signature = _signature(document, given, about, [hits, repeats.documents] if hits else [])
        item = None
        if signature != document.settled or any(d.kind == "zone" for d in about):
            item = writing.found_in(connection, document.n)
            zones = furniture.mark(item.text, item.zones, repeats) if hits else item.zones
            zones = replay.mark(about, item.text, zones)
        if item is None or signature == document.settled:
            continue
        settled = settle(_identity(document), item, zones, given)
        repairs = _read(item.repairs, zones)
        settled = replace(settled, zones=tuple(zones), repairs=repairs)
        reading = ReadingText.of(item.text, zones, item.edits, repairs)
        writing.put_settled(connection, document.n, settled, reading, signature)
        changed += 1
    return changed


def _lines(connection: sqlite3.Connection, sheet: Sheet | None, replay: Replay) -> Iterator[tuple[str, str, bytes]]:
    """Yield each document of a known outlet with the outlet and the digests of its lines."""
    for document in writing.unsettled(connection):
        outlet = _outlet(document, _given(document, sheet, replay))
        if outlet is not None:
            yield document.row.id, outlet, document.lines


def _identity(document: Unsettled) -> Identity:
    row = document.row
    return Identity(row.id, row.path, row.key, row.line, row.sha256)


def _given(document: Unsettled, sheet: Sheet | None, replay: Replay) -> tuple[Clue, ...]:
    """Return what people know about a document."""
    row = document.row
    known = sheet.clues_for(row.path, row.key, row.id) if sheet else ()
    return (*known, *replay.clues(replay.about(row.id, row.path, row.key)))


def _outlet(document: Unsettled, given: Sequence[Clue]) -> str | None:
    """Return who published a document: whom people name last, else whom it names itself."""
    return next((c.value for c in reversed(given) if c.field == "outlet"), document.outlet)


def _read(repairs: Sequence[Repair], zones: Sequence[Zone]) -> tuple[Repair, ...]:
    """Return the repairs that still lie in a zone that is read."""
    if not repairs:
        return ()
    spans = [z for z in zones if z.kind in READ_ZONES]
    return tuple(r for r in repairs if any(z.start <= r.start and r.end <= z.end for z in spans))


def _signature(document: Unsettled, given: Sequence[Clue], about: Sequence[Decision], repeats: Sequence[object]) -> str:
    """Return a hash of all that a document's settled fields are made of."""
    facts = [
        reading_code(),
        document.row.recipe,
        document.row.path,
        [values(c) for c in given],
        [dict(d.content) for d in about],
        repeats,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()[:32]
