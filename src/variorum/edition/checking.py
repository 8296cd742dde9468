"""Prove an edition: every offset, every exact text, every reference. ``variorum check`` prints what this finds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from variorum.edition import quotes
from variorum.edition.reading import Edition
from variorum.language.annotation import Annotation
from variorum.records import READ_ZONES, ZONE_KINDS, Document, ReadingText, document_id


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in an edition that is not as it must be."""

    check: str
    """Which check found it, one of :data:`CHECKS`."""
    subject: str
    """The id or path that it is about."""
    text: str
    """What is wrong, in one line."""


CHECKS = {
    "file": "the SQLite file is sound, and every reference in it leads somewhere",
    "build": "the last build ran to its end",
    "original": "the bytes of every file are kept, and are the ones that were read",
    "identity": "the id of every document follows from its path and key",
    "zones": "zones are in order, do not overlap, and leave nothing but white space between them",
    "repairs": "every mended word lies inside a zone that is read",
    "clues": "every clue with a place lies inside the text",
    "reading": "every word of the reading text leads to the stored text, and back",
    "annotations": "every sentence, word, name and mention of the language stage lies in one zone that is read",
    "quotes": "every attribution lies in its document, and leads to its speakers, its utterance and what is around it",
    "collation": "every passage and variant lies in its documents, and every document has an origin that is there",
    "dates": "every time expression lies in its document, every date in its interval, and every bound leads somewhere",
    "situation": "every line about the situation has its words in a document, and leads to its origins and actors",
    "search": "the search index holds what the documents say",
    "decisions": "every decision of an editor matches something",
}
"""The checks, with what each proves."""


def check(edition: Edition) -> Iterator[Finding]:
    """Yield what is wrong with an edition; nothing if all is well. Never raises for what a damaged file holds."""
    try:
        yield from _file(edition)
        yield from _originals(edition)
        for id in list(edition.ids()):
            document, reading = edition.document(id), edition.reading(id)
            yield from _document(document)
            yield from _reading(document, reading)
            annotation = edition.annotation(id)
            if annotation is not None:
                yield from _annotation(document, annotation)
        yield from _quotes(edition)
        yield from _collation(edition)
        yield from _dates(edition)
        yield from _situation(edition)
        yield from _search(edition)
        yield from _decisions(edition)
    except (sqlite3.Error, zlib.error, KeyError, ValueError, TypeError) as error:
        yield Finding("file", str(edition.path), f"the edition is damaged: {error}")


def _file(edition: Edition) -> Iterator[Finding]:
    for row in edition.connection.execute("PRAGMA quick_check(20)"):
        if row[0] != "ok":
            yield Finding("file", str(edition.path), f"the file is damaged: {row[0]}")
    for row in edition.connection.execute("PRAGMA foreign_key_check"):
        yield Finding("file", f"{row[0]} row {row[1]}", f"refers to a row of {row[2]} that is not there")
    if not edition.complete:
        yield Finding("build", str(edition.path), "the last build did not run to its end; run it again")


def _originals(edition: Edition) -> Iterator[Finding]:
    for row in edition.connection.execute("SELECT path, sha256, size FROM files ORDER BY path"):
        digest, size = hashlib.sha256(), 0
        for part in edition.original(row["path"]):
            digest.update(part)
            size += len(part)
        if digest.hexdigest() != row["sha256"] or size != row["size"]:
            yield Finding("original", row["path"], "its bytes are missing or not the ones that were read")


def _document(document: Document) -> Iterator[Finding]:
    text, id = document.text, document.id
    if document_id(document.path, document.key) != id:
        yield Finding("identity", id, f"is not the id of {document.path!r} with key {document.key!r}")
    at = 0
    for zone in document.zones:
        if zone.kind not in ZONE_KINDS:
            yield Finding("zones", id, f"there is no zone {zone.kind!r}")
        if not at <= zone.start < zone.end <= len(text):
            yield Finding("zones", id, f"zone {zone.start} to {zone.end} overlaps another or leaves the text")
        elif text[zone.start].isspace() or text[zone.end - 1].isspace():
            yield Finding("zones", id, f"zone {zone.start} to {zone.end} begins or ends in white space")
        elif text[at : zone.start].strip():
            yield Finding("zones", id, f"the words from {at} to {zone.start} have no zone")
        at = max(at, zone.end)
    if text[at:].strip():
        yield Finding("zones", id, f"the words from {at} on have no zone")
    for repair in document.repairs:
        inside = any(z.start <= repair.start < repair.end <= z.end for z in document.zones if z.kind in READ_ZONES)
        if not inside:
            yield Finding("repairs", id, f"the repair at {repair.start} lies in no zone that is read")
    for one, two in pairwise(document.repairs):
        if one.end > two.start:
            yield Finding("repairs", id, f"the repairs at {one.start} and {two.start} overlap")
    for clue in document.clues:
        if (clue.start is None) != (clue.end is None):
            yield Finding("clues", id, f"a clue to {clue.field} has half a place")
        elif clue.start is not None and clue.end is not None and not 0 <= clue.start <= clue.end <= len(text):
            yield Finding("clues", id, f"a clue to {clue.field} lies outside the text")


def _reading(document: Document, reading: ReadingText) -> Iterator[Finding]:
    for run in reading.runs:
        if not (0 <= run.reading_start < run.reading_end <= len(reading.text)):
            yield Finding("reading", document.id, f"a run of the map leaves the reading text at {run.reading_start}")
        elif not 0 <= run.stored_start <= run.stored_end <= len(document.text):
            yield Finding("reading", document.id, f"a run of the map leaves the stored text at {run.stored_start}")
        elif run.verbatim and (
            reading.text[run.reading_start : run.reading_end] != document.text[run.stored_start : run.stored_end]
        ):
            yield Finding("reading", document.id, f"the words at {run.reading_start} differ from the stored ones")
    for one, two in pairwise(reading.runs):
        if one.reading_end > two.reading_start or one.stored_end > two.stored_start:
            yield Finding("reading", document.id, f"two runs of the map overlap at {two.reading_start}")
    for block in reading.blocks:
        if not 0 <= block.start < block.end <= len(reading.text):
            yield Finding("reading", document.id, f"a block leaves the reading text at {block.start}")


def _annotation(document: Document, annotation: Annotation) -> Iterator[Finding]:
    zones = [z for z in document.zones if z.kind in READ_ZONES]
    found: list[tuple[str, int, int]] = [("sentence", *span) for span in annotation.sentences]
    found += [("word", t.start, t.end) for t in annotation.tokens]
    found += [("name", e.start, e.end) for e in annotation.entities]
    mentioned = (*(a.mentions for a in annotation.actors), *annotation.chains)
    found += [("mention", m.start, m.end) for mentions in mentioned for m in mentions]
    for what, start, end in found:
        at = bisect_right(zones, start, key=lambda z: z.start) - 1
        if at < 0 or not start < end <= zones[at].end:
            yield Finding("annotations", document.id, f"the {what} from {start} to {end} lies in no zone that is read")
    for a in annotation.attributions:
        for start, end in (*a.source, *a.cue, *a.content, *a.hedges):
            if not 0 <= start < end <= len(document.text):
                yield Finding("annotations", document.id, f"an attribution leaves the text at {start}")
        if any(s.actor is not None and not 0 <= s.actor < len(annotation.actors) for s in a.speakers):
            yield Finding("annotations", document.id, "an attribution has a speaker that is not there")
        if a.within is not None and not 0 <= a.within < len(annotation.attributions):
            yield Finding("annotations", document.id, "an attribution stands in one that is not there")
    if any(not -1 <= t.head < len(annotation.tokens) for t in annotation.tokens):
        yield Finding("annotations", document.id, "a word depends on one that is not there")
    if any(e.actor is not None and not 0 <= e.actor < len(annotation.actors) for e in annotation.entities):
        yield Finding("annotations", document.id, "a name stands for an actor that is not there")


def _quotes(edition: Edition) -> Iterator[Finding]:
    for id in edition.ids():
        text = edition.document(id).text
        for quote in quotes.of_document(edition, id):
            spans = (*quote.source, *quote.cue, *quote.content, *quote.hedges)
            if not quote.content or any(not 0 <= span.start < span.end <= len(text) for span in spans):
                yield Finding("quotes", quote.id, "its words do not lie in its document")
    for question, trouble in _BROKEN.items():
        for row in edition.connection.execute(question):
            yield Finding("quotes", row["id"], trouble)


_BROKEN = {
    """SELECT a.id FROM attributions a LEFT JOIN utterances u ON u.id = a.utterance
       WHERE u.id IS NULL ORDER BY 1""": "it belongs to no utterance",
    """SELECT a.id FROM attributions a LEFT JOIN attributions o ON o.id = a.within
       WHERE a.within IS NOT NULL AND o.document IS NOT a.document ORDER BY 1""": "what is around it is not there",
    """SELECT a.id FROM speakers s JOIN attributions a ON a.n = s.attribution LEFT JOIN actors c ON c.id = s.actor
       WHERE s.member IS NOT NULL AND c.id IS NULL ORDER BY 1""": "one of its speakers is not there",
    """SELECT u.id FROM utterances u WHERE u.attributions !=
       (SELECT count(*) FROM attributions a WHERE a.utterance = u.id) ORDER BY 1""": "its attributions are not there",
    """SELECT DISTINCT d.id FROM cast_members m JOIN documents d ON d.n = m.document
       LEFT JOIN actors c ON c.id = m.actor WHERE c.id IS NULL ORDER BY 1""": "one of its actors is nobody",
}
"""Queries for rows that lead nowhere, with what to say of them."""


def _collation(edition: Edition) -> Iterator[Finding]:
    connection = edition.connection
    for table, id in (("passages", "passage"), ("variants", "variant")):
        rows = connection.execute(
            f"""SELECT x.id FROM {table} x JOIN relations r ON r.id = x.relation
                JOIN texts a ON a.document = r.a JOIN texts b ON b.document = r.b
                WHERE (x.a_start IS NULL) != (x.a_end IS NULL) OR (x.b_start IS NULL) != (x.b_end IS NULL)
                   OR (x.a_start IS NULL AND x.b_start IS NULL)
                   OR x.a_start >= x.a_end OR x.a_start < 0 OR x.a_end > length(a.text)
                   OR x.b_start >= x.b_end OR x.b_start < 0 OR x.b_end > length(b.text)"""
        )
        for row in rows:
            yield Finding("collation", row["id"], f"this {id} does not lie in its documents")
    known = """SELECT id FROM documents UNION SELECT id FROM lost_documents"""
    for row in connection.execute(f"SELECT DISTINCT origin FROM origins WHERE origin NOT IN ({known})"):
        yield Finding("collation", row["origin"], "this origin is neither a document nor a lost one")
    for row in connection.execute(f"SELECT id, ancestor FROM relations WHERE ancestor NOT IN ({known})"):
        yield Finding("collation", row["id"], f"its ancestor {row['ancestor']} is neither a document nor a lost one")
    for row in connection.execute("SELECT id FROM documents WHERE n NOT IN (SELECT document FROM origins)"):
        yield Finding("collation", row["id"], "this document has no origin")
    for row in connection.execute(
        "SELECT id FROM variants WHERE utterance IS NOT NULL AND utterance NOT IN (SELECT id FROM utterances)"
    ):
        yield Finding("collation", row["id"], "lies in an utterance that is not there")


def _dates(edition: Edition) -> Iterator[Finding]:
    connection = edition.connection
    rows = connection.execute(
        """SELECT d.id, x.start FROM times x
           JOIN texts t ON t.document = x.document JOIN documents d ON d.n = x.document
           WHERE x.start < 0 OR x.start >= x."end" OR x."end" > length(t.text)
              OR (x.earliest IS NULL) != (x.latest IS NULL) OR x.earliest > x.latest ORDER BY d.id, x.start"""
    )
    for row in rows:
        yield Finding("dates", row["id"], f"the time expression at {row['start']} is not in it, or covers no days")
    rows = connection.execute(
        """SELECT d.id FROM documents d WHERE published_earliest > published_latest
              OR published_best < published_earliest OR published_best > published_latest ORDER BY d.id"""
    )
    for row in rows:
        yield Finding("dates", row["id"], "its date of publication lies outside of its interval")
    for row in connection.execute(
        """SELECT d.id FROM documents d JOIN dated x ON x.document = d.n
           WHERE json_extract(x.inferred, '$.earliest') IS NOT d.published_earliest
              OR json_extract(x.inferred, '$.latest') IS NOT d.published_latest ORDER BY d.id"""
    ):
        yield Finding("dates", row["id"], "its date is not the one that was inferred")
    for row in connection.execute(
        """SELECT DISTINCT d.id, b.other FROM bounds b JOIN documents d ON d.n = b.document
           WHERE b.other IS NOT NULL AND b.other NOT IN (SELECT id FROM documents) ORDER BY d.id, b.other"""
    ):
        yield Finding("dates", row["id"], f"its date comes from {row['other']}, which is not there")


def _situation(edition: Edition) -> Iterator[Finding]:
    connection = edition.connection
    known = "SELECT id FROM documents UNION SELECT id FROM lost_documents"
    for row in connection.execute(
        f"""SELECT e.kind, e.row, e.start FROM evidence e JOIN texts t ON t.document = e.document
            WHERE e.start < 0 OR e.start >= e."end" OR e."end" > length(t.text) OR e.origin NOT IN ({known})
            ORDER BY e.kind, e.row, e.place"""
    ):
        yield Finding(
            "situation", row["row"], f"the words of this {row['kind']} at {row['start']} are not in its document"
        )
    for row in connection.execute(
        """SELECT l.id FROM labels l JOIN texts t ON t.document = l.document
           WHERE l.start < 0 OR l.start >= l."end" OR l."end" > length(t.text) ORDER BY l.id"""
    ):
        yield Finding("situation", row["id"], "the words of this label are not in its document")
    for table, kind in _KINDS_OF_ROWS.items():
        for row in connection.execute(
            f"SELECT id FROM {table} WHERE id NOT IN (SELECT row FROM evidence WHERE kind = ?) ORDER BY id", [kind]
        ):
            yield Finding("situation", row["id"], f"this {kind} has no evidence")
        for row in connection.execute(
            f"""SELECT x.id FROM {table} x WHERE x.documents !=
                (SELECT count(DISTINCT e.document) FROM evidence e WHERE e.kind = ? AND e.row = x.id)
                OR json_array_length(x.origins) !=
                (SELECT count(DISTINCT e.origin) FROM evidence e WHERE e.kind = ? AND e.row = x.id) ORDER BY x.id""",
            [kind, kind],
        ):
            yield Finding(
                "situation", row["id"], f"the documents or origins of this {kind} are not those of its evidence"
            )
    for table, columns in _ACTORS_IN.items():
        for column in columns:
            for row in connection.execute(
                f"""SELECT DISTINCT {column} AS id FROM {table}
                    WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM actors)"""
            ):
                yield Finding("situation", row["id"], f"{table} lead to this actor, who is not there")
    rows = connection.execute("SELECT conflict, claims FROM sides ORDER BY conflict, place").fetchall()
    there = {row["row"] for row in connection.execute("SELECT DISTINCT row FROM evidence")}
    for row in rows:
        if not json.loads(row["claims"]) or not set(json.loads(row["claims"])) <= there:
            yield Finding("situation", row["conflict"], "a side of this conflict leads to nothing")


_KINDS_OF_ROWS = {
    "ties": "tie", "occupancies": "occupancy", "events": "event", "stances": "stance", "claims": "claim"
}  # fmt: skip
_ACTORS_IN = {
    "ties": ("actor", "of"), "occupancies": ("actor", "voice"), "offices": ("body",), "parts": ("actor",),
    "stances": ("actor", "target"), "labels": ("actor", "voice"), "claim_actors": ("actor",), "undecided": ("a", "b"),
}  # fmt: skip


def _search(edition: Edition) -> Iterator[Finding]:
    rows = edition.connection.execute(
        """SELECT d.id FROM documents d LEFT JOIN readings r ON r.document = d.n
           LEFT JOIN search_docsize s ON s.id = d.n WHERE r.document IS NULL OR s.id IS NULL ORDER BY d.id"""
    )
    for row in rows:
        yield Finding("search", row["id"], "is not in the search index")


def _decisions(edition: Edition) -> Iterator[Finding]:
    for decision in edition.decisions():
        if decision.state in ("unmatched", "broken"):
            yield Finding("decisions", decision.id, decision.reason)
