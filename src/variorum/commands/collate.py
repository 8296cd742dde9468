"""``variorum collate``: two texts side by side, with their variants."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from variorum.collation import Collation, Witness, collate
from variorum.commands.options import listing, quiet
from variorum.errors import VariorumError
from variorum.records import Document, ReadingText, Span
from variorum.terminal import Format, complain, emit

Row = dict[str, Any]

COLUMNS = (
    *("severity", "kind", "a_span_start", "a_span_end", "a_span_exact", "b_span_start", "b_span_end", "b_span_exact"),
    *("score", "reason"),
)
"""Columns of the CSV."""

WIDEST = 60
"""Code points of a variant that a line of the table shows."""


class NotOneTextError(VariorumError):
    """A file that is not one text."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    document: Document
    reading: ReadingText

    def span(self, stretch: tuple[int, int] | None) -> Row | None:
        """A stretch of the reading text as a span of the stored text."""
        if stretch is None:
            return None
        stored: Span = self.reading.to_stored(*stretch)
        return {"start": stored.start, "end": stored.end, "exact": stored.of(self.document.text)}


@click.command("collate")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@listing
@quiet
def collate_command(a: str, b: str, format: Format, quiet: bool) -> None:
    """Set two files, A and B, side by side: what they share, and where that differs, the gravest first.

    Each file is read as one article, as build reads it; one of the two can be - for a pipe.
    """
    if a == b == "-":
        raise click.UsageError("only one of the two can be a pipe")
    first, second = _side(a), _side(b)
    found = collate(_witness(first, "a"), _witness(second, "b"))
    result = row(found, first, second)
    if format == "json":
        click.echo(json.dumps(result, ensure_ascii=False))
    elif format == "csv":
        emit([_cells(variant) for variant in result["variants"]], list(COLUMNS), "csv")
    else:
        for line in lines(result):
            click.echo(line)


def _side(name: str) -> Side:
    from variorum.build import build
    from variorum.edition.reading import Edition

    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder) / "one.edition"
        build((name,), edition, jobs=1, annotate=False)
        with Edition.open(edition) as opened:
            for rejection in opened.rejected():
                complain(f"{rejection.path}: {rejection.reason}")
            ids = list(opened.ids())
            if len(ids) != 1:
                raise NotOneTextError(
                    f"{name}: {'no text' if not ids else f'{len(ids)} texts'} in it; collate takes one"
                )
            return Side(opened.document(ids[0]), opened.reading(ids[0]))


def _witness(side: Side, id: str) -> Witness:
    document = side.document
    day = document.published.best if document.published.precision == "day" else None
    return Witness(
        id,
        side.reading.text,
        document.title,
        document.outlet,
        datetime.date.fromisoformat(day) if day else None,
        (document.dateline.agency,) if document.dateline.agency else (),
        document.language,
        broken=len(document.repairs),
    )


def row(found: Collation, a: Side, b: Side) -> Row:
    """Both texts side by side, in offsets of the stored texts."""
    relation = found.relation
    return {
        "a": a.document.path,
        "b": b.document.path,
        "relation": {
            "kind": relation.kind,
            "direction": relation.direction,
            "similarity": relation.similarity,
            "score": relation.score,
            "reason": relation.reason,
        }
        if relation
        else None,
        "passages": [
            {"a_span": a.span(one.a), "b_span": b.span(one.b), "kind": one.kind, "score": one.score}
            for one in found.passages
        ],
        "variants": [
            {
                "a_span": a.span(one.a),
                "b_span": b.span(one.b),
                "kind": one.kind,
                "severity": one.severity,
                "score": one.score,
                "reason": one.reason,
            }
            for one in found.variants
        ],
    }


def _cells(variant: Row) -> Row:
    cells = {key: value for key, value in variant.items() if key not in ("a_span", "b_span")}
    for side in ("a_span", "b_span"):
        for key in ("start", "end", "exact"):
            cells[f"{side}_{key}"] = variant[side][key] if variant[side] else ""
    return cells


def lines(result: Row) -> Iterator[str]:
    """What a person reads in a terminal."""
    relation = result["relation"]
    if relation is None:
        yield "Neither descends from the other, as far as the texts tell."
    else:
        yield f"{relation['kind']}, {relation['direction']} ({relation['score']:.2f}): {relation['reason']}"
    passages = [passage["kind"] for passage in result["passages"]]
    yield f"{passages.count('verbatim')} passages word for word, {passages.count('reworded')} reworded"
    for variant in result["variants"]:
        told = " | ".join(_short(variant[side]) for side in ("a_span", "b_span"))
        yield f"{variant['severity']:<7}{variant['kind']:<10}{told}   {variant['reason']}"


def _short(span: Row | None) -> str:
    if span is None:
        return "-"
    words = " ".join(span["exact"].split())
    return words if len(words) <= WIDEST else f"{words[: WIDEST - 2]} …"
