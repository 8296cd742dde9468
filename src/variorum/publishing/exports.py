"""Write an edition to files that other programs load: one file for each kind of row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from variorum.edition.reading import Edition
from variorum.publishing import rows
from variorum.publishing.rows import Row

TABLES: Mapping[str, Callable[[Edition], Iterator[Row]]] = {
    "documents": rows.documents,
    "lineage": rows.lineage,
    "passages": rows.passages,
    "variants": rows.variants,
    "actors": rows.actors,
    "mentions": rows.mentions,
    "attributions": rows.attributions,
    "utterances": rows.utterances,
    "times": rows.times,
    "occupancies": rows.occupancies,
    "events": rows.events,
    "stances": rows.stances,
    "labels": rows.labels,
    "claims": rows.claims,
    "conflicts": rows.conflicts,
    "omissions": rows.omissions,
    "rejected": rows.rejected,
}
"""The kinds of rows, each with what yields its rows."""


def _date(name: str) -> tuple[str, ...]:
    """Return the columns of a date."""
    parts = ("earliest", "latest", "best", "precision", "method", "reliable", "reasons")
    return tuple(f"{name}_{part}" for part in parts)


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": (
        *("id", "path", "line", "sha256", "title", "outlet", "url", "author", "dateline_place", "dateline_agency"),
        *("language", "published_earliest", "published_latest", "published_best", "published_precision"),
        *("published_method", "published_reliable", "published_reasons", "text", "zones", "repairs", "origins"),
        *("score", "reason"),
    ),
    "lineage": ("id", "a", "b", "kind", "direction", "ancestor", "ancestor_lost", "similarity", "score", "reason"),
    "passages": (
        *("id", "a", "b", "a_span_start", "a_span_end", "a_span_exact", "b_span_start", "b_span_end", "b_span_exact"),
        *("kind", "origin", "score", "reason"),
    ),
    "variants": (
        *("id", "a", "b", "a_span_start", "a_span_end", "a_span_exact", "b_span_start", "b_span_end", "b_span_exact"),
        *("kind", "severity", "score", "reason"),
    ),
    "actors": (
        *("id", "name", "kind", "aliases", "identifiers_wikidata", "identifiers_iso3166", "documents", "score"),
        "reason",
    ),
    "mentions": ("id", "document", "start", "end", "exact", "kind", "actor", "score", "reason"),
    "attributions": (
        *("id", "document", "zone", "kind", "speakers", "source", "cue", "content", "hedges", "negated", "via"),
        *("utterance", "score", "reason"),
    ),
    "utterances": (
        *("id", "speakers", "attributions", "documents", "origins", "altered", "variants", "score", "reason"),
    ),
    "times": ("id", "document", "zone", "start", "end", "exact", "type", "value", "mod", "method", "score", "reason"),
    "occupancies": (
        *("id", "actor", "actor_name", "office", "status", *_date("from"), *_date("to"), "according_to", "evidence"),
        *("documents", "origins", "score", "reason"),
    ),
    "stances": (
        *("id", "actor", "actor_name", "stance", "target", "target_name", "as_office", "issue", *_date("from")),
        *(*_date("to"), *_date("last_confirmed"), "modality", "attributed_to", "event", "evidence", "documents"),
        *("origins", "score", "reason"),
    ),
    "events": (
        *("id", "type", "subtype", "actors", "actor_names", "recipients", "recipient_names", *_date("when"), "place"),
        *("modality", "attributed_to", "evidence", "documents", "origins", "score", "reason"),
    ),
    "labels": (
        *("id", "actor", "label", "head", "document", "outlet", "voice", "voice_name", "tone", "start", "end", "score"),
        "reason",
    ),
    "claims": (
        *("id", "predicate", "arguments", "value", "polarity", "modality", *_date("when"), "summary", "documents"),
        *("origins", "evidence", "score", "reason"),
    ),
    "conflicts": ("id", "question", "sides", "score", "reason"),
    "omissions": ("id", "claim", "document", "carried_by", "parent", "score", "reason"),
    "rejected": ("id", "path", "line", "score", "reason"),
}
"""The columns of each table, in order: a table without rows has its head all the same."""


def export(
    edition: Edition, folder: Path, format: str, wrote: Callable[[Path, int], None] | None = None
) -> dict[str, int]:
    """Write each table of ``edition`` into ``folder`` and return how many rows each has.

    ``format`` is a key of :data:`WRITERS`. A table without rows is an empty file (with its head, in CSV). Each file
    is complete or not there: it is written beside its place first. Raises OSError if it can't be written.
    """
    write = WRITERS[format]
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.{format}"
        beside = folder / f".{name}.{format}.part"
        try:
            counts[name] = write(beside, name, table(edition))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        if wrote:
            wrote(path, counts[name])
    return counts


def write_jsonl(path: Path, name: str, table: Iterable[Row]) -> int:
    """Write rows as JSON Lines in UTF-8 and return how many there were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in table:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_csv(path: Path, name: str, table: Iterable[Row]) -> int:
    """Write rows as CSV in UTF-8 (RFC 4180) and return how many there were; nested values as :func:`rows.flat` says."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS[name], lineterminator="\r\n")
        writer.writeheader()
        for row in table:
            writer.writerow(cells(row))
            count += 1
    return count


def cells(row: Row) -> dict[str, Any]:
    """Return a row for CSV: nothing for null, true and false in lower case as in JSON."""
    return {
        key: "" if value is None else str(value).lower() if isinstance(value, bool) else value
        for key, value in rows.flat(row).items()
    }


WRITERS: Mapping[str, Callable[[Path, str, Iterable[Row]], int]] = {"jsonl": write_jsonl, "csv": write_csv}
"""The formats, each with what writes one table."""
