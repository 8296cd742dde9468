"""The data behind a page, as JSON and as CSV: the same rows as in exports, written piece by piece.

A list in JSON is an object with its length as ``total`` and its rows, one a line. CSV has a first line of column names,
is quoted after RFC 4180, and gives every value as it is: a spreadsheet may take a text that begins with ``=``, ``+``,
``-`` or ``@`` for a formula, so import the columns as text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from variorum.edition import copies, quotes
from variorum.edition.listing import Listed
from variorum.edition.quotes import Asked, Quote
from variorum.edition.reading import Edition
from variorum.edition.search import Hit, search
from variorum.publishing.queries import Wanted
from variorum.publishing.rows import (
    Row,
    actor_row,
    cast_row,
    date_row,
    document_row,
    flat,
    listed_row,
    quote_row,
    rejected_row,
    utterance_row,
)
from variorum.records import DateInterval

CHUNK = 500
"""Rows that are fetched at once."""

MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
"""Content types by suffix."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list as data."""

    name: str
    """What its rows are."""
    columns: Sequence[str]
    """Columns of the CSV."""
    rows: Callable[[], Iterable[Row]]
    """Its rows as JSON has them."""
    head: Mapping[str, Any] = field(default_factory=dict)
    """What JSON says before the rows."""
    lines: Callable[[Row], Iterable[Row]] = lambda row: (flat(row),)
    """Lines of the CSV that a row becomes."""

    def written(self, suffix: str) -> Iterator[str]:
        """Yield the list as ``json`` or ``csv``, in pieces."""
        return self._csv() if suffix == "csv" else self._json()

    def _json(self) -> Iterator[str]:
        head = "".join(f"{as_json(key)}: {as_json(value)},\n" for key, value in self.head.items())
        yield f"{{{head}{as_json(self.name)}: ["
        comma = "\n"
        for row in self.rows():
            yield comma + as_json(row)
            comma = ",\n"
        yield "\n]}\n"

    def _csv(self) -> Iterator[str]:
        held = io.StringIO()
        writer = csv.DictWriter(held, self.columns, extrasaction="ignore")
        writer.writeheader()
        for row in self.rows():
            writer.writerows(self.lines(row))
            if held.tell() > 1 << 16:
                yield held.getvalue()
                held.seek(0)
                held.truncate()
        yield held.getvalue()


def start(edition: Edition) -> str:
    """Return what the corpus is, as JSON."""
    return as_json({"name": edition.path.stem, "complete": edition.complete, **asdict(edition.overview())}, indent=1)


def document(edition: Edition, id: str) -> str:
    """Return a document as JSON, with the actors that it speaks of. Raises KeyError if there is none."""
    found = edition.document(id)
    actors, _ = edition.cast(id)
    return as_json(
        {
            **document_row(found, copies.origins_of(edition, id)),
            "cast": [cast_row(found.text, actor) for actor in actors],
            "attributions": [quote_row(found.text, quote) for quote in quotes.of_document(edition, id)],
        },
        indent=1,
    )


def said(edition: Edition, asked: Asked) -> Table:
    """Return all quotes that a list has on its pages."""

    def rows() -> Iterator[Row]:
        numbers = quotes.ordered(edition, asked)
        for first in range(0, len(numbers), CHUNK):
            found = quotes.at(edition, numbers[first : first + CHUNK])
            texts = {id: quotes.text_of(edition, id) for id in {quote.document for quote in found}}
            yield from (said_row(texts[quote.document], quote) for quote in found)

    return Table("quotes", SAID, rows, {"total": quotes.count(edition, asked)})


def said_row(text: str, quote: Quote) -> Row:
    """Return a quote of the document with this stored ``text``, with what is known of the document."""
    return {
        **quote_row(text, quote),
        "stance": quote.stance,
        "modality": quote.modality,
        "title": quote.title,
        "outlet": quote.outlet,
        "published": date_row(quote.published),
        "carried": quote.carried,
    }


def utterance(edition: Edition, id: str) -> str:
    """Return an utterance with its versions, as JSON. Raises KeyError if there is none."""
    found = quotes.utterance(edition, id)
    if found is None:
        raise KeyError(id)
    rows = [quote_row(quotes.text_of(edition, quote.document), quote) for quote in found.quotes]
    return as_json({**utterance_row(found), "versions": rows}, indent=1)


def actor(edition: Edition, id: str) -> str:
    """Return an actor across documents, as JSON. Raises KeyError if there is none."""
    found = quotes.actor(edition, id)
    if found is None:
        raise KeyError(id)
    return as_json({**actor_row(found), "quotes": found.quotes}, indent=1)


def documents(edition: Edition, wanted: Wanted) -> Table:
    """Return all documents that a list has on its pages."""
    total = edition.documents(wanted.filter, limit=0).total

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            page = edition.documents(wanted.filter, sort=wanted.sort, offset=offset, limit=CHUNK)
            yield from map(listed_row, page.rows)

    return Table("documents", _LISTED, rows, {"total": total})


def found(edition: Edition, wanted: Wanted) -> Table:
    """Return all documents that a search finds. In CSV each place has a line."""
    total = search(edition, wanted.q, wanted.filter, limit=0).total

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            page = search(edition, wanted.q, wanted.filter, order=wanted.order, offset=offset, limit=CHUNK)
            yield from map(_hit_row, page.rows)

    return Table("hits", [*_LISTED, "matches", *_PLACE], rows, {"query": wanted.q, "total": total}, _hit_lines)


def rejected(edition: Edition) -> Table:
    """Return the input that could not be read."""
    rows = edition.rejected()
    return Table("rejected", _REJECTED, partial(map, rejected_row, rows), {"total": len(rows)})


def notices(edition: Edition) -> Table:
    """Return what there is to say about input that could be read; ``reason`` is the notice."""
    rows = edition.notices()
    return Table("notices", _REJECTED, partial(map, rejected_row, rows), {"total": len(rows)})


def _hit_row(hit: Hit) -> Row:
    snippets = [
        {
            "start": s.span.start,
            "end": s.span.end,
            "snippet": "".join(p.text for p in s.pieces),
            "matched": [p.text for p in s.pieces if p.hit],
        }
        for s in hit.snippets
    ]
    return {"document": listed_row(hit.document), "matches": hit.matches, "snippets": snippets}


def _hit_lines(row: Row) -> Iterator[Row]:
    document = {**flat(row["document"]), "matches": row["matches"]}
    for snippet in row["snippets"] or [{}]:
        yield {**document, **flat(snippet)}


def as_json(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON, in UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


_PLACE = ("start", "end", "snippet", "matched")
_REJECTED = ("path", "line", "reason")
SAID = (
    *("id", "document", "title", "outlet", "published_best", "published_reliable", "zone", "kind", "speakers"),
    *("source", "cue", "content", "hedges", "negated", "stance", "modality", "via", "utterance", "carried", "score"),
    "reason",
)
"""Columns of a CSV of quotes."""

_NOBODY = Listed("", "", None, None, None, None, None, None, None, DateInterval(), 0, 0)
_LISTED = tuple(flat(listed_row(_NOBODY)))
