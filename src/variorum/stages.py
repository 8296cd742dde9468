"""The stages that look at all documents of an edition together.

Each is a pure function of what was read in the documents one by one, of the sheet and of the decisions, so that an
edition that grew step by step equals one that was built at once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace

from variorum.edition import writing
from variorum.edition.decisions import Replay
from variorum.edition.writing import Unsettled
from variorum.progress import Progress
from variorum.reading import furniture
from variorum.reading.settle import Identity, settle
from variorum.reading.sheet import Sheet
from variorum.recipes import reading_code
from variorum.records import READ_ZONES, Clue, ReadingText, Repair, Zone


def settle_documents(connection: sqlite3.Connection, sheet: Sheet | None, replay: Replay, progress: Progress) -> int:
    """Settle the metadata and zones of all documents, and return how many came out other than they were.

    A document's fields follow from what was read in it, the sheet's row about it, the decisions about it, and the
    lines that repeat in the documents of its outlet. Call it inside a transaction.
    """
    repeated = _repeated_lines(connection, sheet, replay)
    total = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    progress.start("settling", total)
    changed = 0
    for document in writing.unsettled(connection):
        progress.advance()
        identity = _identity(document)
        about = replay.about(identity.id, identity.path, identity.key)
        given = _given(identity, sheet, replay, document)
        zones = document.item.zones
        outlet = settle(identity, document.item, zones, given).outlet
        if outlet is not None and outlet in repeated:
            zones = furniture.mark(document.item.text, zones, repeated[outlet])
        zones = replay.mark(about, document.item.text, zones)
        signature = _signature(document, zones, given)
        if signature == document.settled:
            continue
        settled = settle(identity, document.item, zones, given)
        repairs = _read(document.item.repairs, zones)
        settled = replace(settled, zones=tuple(zones), repairs=repairs)
        reading = ReadingText.of(document.item.text, zones, document.item.edits, repairs)
        writing.put_settled(connection, document.n, settled, reading, signature)
        changed += 1
    return changed


def _repeated_lines(
    connection: sqlite3.Connection, sheet: Sheet | None, replay: Replay
) -> dict[str, furniture.Repeated]:
    def lines() -> Iterator[tuple[str, str, bytes]]:
        for document in writing.unsettled(connection):
            identity = _identity(document)
            given = _given(identity, sheet, replay, document)
            outlet = settle(identity, document.item, document.item.zones, given).outlet
            if outlet is not None:
                yield identity.id, outlet, furniture.line_digests(document.item.text, document.item.zones)

    return furniture.repeated(lines())


def _identity(document: Unsettled) -> Identity:
    row = document.row
    return Identity(row.id, row.path, row.key, row.line, row.sha256)


def _given(identity: Identity, sheet: Sheet | None, replay: Replay, document: Unsettled) -> tuple[Clue, ...]:
    """Return what people know about a document."""
    known = sheet.clues_for(identity.path, identity.key, identity.id) if sheet else ()
    return (*known, *replay.clues(replay.about(identity.id, identity.path, identity.key)))


def _read(repairs: Sequence[Repair], zones: Sequence[Zone]) -> tuple[Repair, ...]:
    """Return the repairs that still lie in a zone that is read."""
    spans = [z for z in zones if z.kind in READ_ZONES]
    return tuple(r for r in repairs if any(z.start <= r.start and r.end <= z.end for z in spans))


def _signature(document: Unsettled, zones: Sequence[Zone], given: Sequence[Clue]) -> str:
    """Return a hash of all that a document's settled fields are made of."""
    facts = [
        reading_code(),
        document.row.recipe,
        document.row.path,
        document.row.line,
        [astuple(z) for z in zones],
        [astuple(c) for c in given],
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()[:32]
