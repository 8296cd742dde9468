"""Records as the rows that other programs rely on: the JSON of pages, of exports and of the command line.

The shapes are those of the contract; ``docs/schema/`` holds a JSON Schema for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from variorum.edition.listing import Listed
from variorum.edition.reading import Edition
from variorum.language.annotation import Actor
from variorum.records import DateInterval, Document, Rejection, Span, row_id

Row = Mapping[str, Any]


def span_row(text: str, span: Span) -> Row:
    """Return a span of the stored ``text``."""
    return {"start": span.start, "end": span.end, "exact": span.of(text)}


def date_row(date: DateInterval) -> Row:
    """Return a date."""
    return {**asdict(date), "reasons": list(date.reasons)}


def document_row(document: Document) -> Row:
    """Return a document, with its text, zones and repairs."""
    text = document.text
    return {
        "id": document.id,
        "path": document.path,
        "line": document.line,
        "sha256": document.sha256,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "author": document.author,
        "dateline": asdict(document.dateline),
        "language": document.language,
        "published": date_row(document.published),
        "text": text,
        "zones": [{**span_row(text, z.span), "zone": z.kind} for z in document.zones],
        "repairs": [{**span_row(text, Span(r.start, r.end)), "repaired": r.repaired} for r in document.repairs],
        "origins": [],
        "score": document.score,
        "reason": document.reason,
    }


def cast_row(text: str, actor: Actor) -> Row:
    """Return an actor of one document, with every place of its stored ``text`` that speaks of it."""
    mentions = [
        {**span_row(text, Span(m.start, m.end)), "kind": m.kind, "score": round(m.score, 3)} for m in actor.mentions
    ]
    return {"name": actor.name, "kind": actor.kind, "mentions": mentions}


def listed_row(document: Listed) -> Row:
    """Return a document as it stands in a list, without its text."""
    return {
        "id": document.id,
        "path": document.path,
        "line": document.line,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "author": document.author,
        "place": document.place,
        "language": document.language,
        "published": date_row(document.published),
        "words": document.words,
        "repairs": document.repairs,
    }


def rejected_row(rejection: Rejection) -> Row:
    """Return a piece of input that could not be read."""
    id = row_id("r", rejection.path, str(rejection.line), rejection.reason)
    return {"id": id, "path": rejection.path, "line": rejection.line, "score": None, "reason": rejection.reason}


def documents(edition: Edition) -> Iterator[Row]:
    """Yield all documents of an edition, in order of path."""
    for id in edition.ids():
        yield document_row(edition.document(id))


def rejected(edition: Edition) -> Iterator[Row]:
    """Yield all input that could not be read, in order of path."""
    for rejection in edition.rejected():
        yield rejected_row(rejection)


def flat(row: Row, prefix: str = "") -> dict[str, Any]:
    """Return a row for a table.

    An object becomes columns joined by ``_``, a list of plain values a text joined by ``; ``. Lists of objects (zones,
    repairs, spans) have no place in a table and become their count.
    """
    cells: dict[str, Any] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            cells.update(flat(value, f"{name}_"))
        elif isinstance(value, list | tuple):
            plain = not any(isinstance(v, Mapping | list | tuple) for v in value)
            cells[name] = "; ".join(str(v) for v in value) if plain else len(value)
        else:
            cells[name] = value
    return cells
