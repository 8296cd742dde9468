"""``variorum ask``: the questions of an edition on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from variorum.commands.options import listing, quiet, the_edition
from variorum.edition.reading import Edition
from variorum.errors import VariorumError
from variorum.publishing import claims, conflicts, events, kin, labels, omissions, quoting, standings
from variorum.publishing import data as pages_data
from variorum.publishing.asking import actor_id
from variorum.publishing.collating import wished as alterations_wished
from variorum.publishing.data import Table
from variorum.publishing.exports import cells
from variorum.publishing.queries import BadQuery
from variorum.publishing.queries import wanted as documents_wanted
from variorum.publishing.rows import Row
from variorum.terminal import Format, emit

Query = Mapping[str, str]


def _quotes(edition: Edition, query: Query) -> Table:
    typed = dict(query)
    for key in ("actor", "according_to"):
        if key in typed:
            typed["speaker"] = actor_id(edition, typed.pop(key))
    if "about" in typed:
        raise BadQuery("quotes can't be asked for by whom they are about; use --actor or --according-to.")
    return pages_data.said(edition, quoting.wished(_period(typed)).asked)


def _alterations(edition: Edition, query: Query) -> Table:
    return kin.alterations_table(edition, alterations_wished(_dates_only("alterations", query)))


def _lineage(edition: Edition, query: Query) -> Table:
    return kin.lineage_table(edition, documents_wanted(_dates_only("lineage", query)))


def _period(query: Query) -> dict[str, str]:
    typed = dict(query)
    if "on" in typed:
        typed["since"] = typed["until"] = typed.pop("on")
    return typed


def _dates_only(subject: str, query: Query) -> dict[str, str]:
    for option in ("about", "actor", "according_to"):
        if option in query:
            raise BadQuery(f"{subject} can't be asked for with --{option.replace('_', '-')}; --on can be given.")
    return _period(query)


SUBJECTS: Mapping[str, tuple[Callable[[Edition, Query], Table], tuple[str, ...]]] = {
    "actors": (standings.actor_table, ("name", "kind", "documents", "posts", "stances")),
    "offices": (standings.office_table, ("office", "actor_name", "status", "according_to", "documents", "origins")),
    "stances": (
        standings.stance_table,
        ("actor_name", "stance", "towards", "modality", "from", "last_confirmed", "documents", "origins"),
    ),
    "events": (events.table, ("when", "type", "subtype", "actor_names", "recipient_names", "modality", "origins")),
    "quotes": (_quotes, ("speakers", "content", "outlet", "published_best")),
    "alterations": (_alterations, ("severity", "kind", "a_exact", "b_exact", "reason")),
    "lineage": (_lineage, ("id", "documents", "origin", "lost")),
    "labels": (labels.table, ("name", "label", "tone", "voice_name", "outlet")),
    "claims": (claims.table, ("summary", "polarity", "modality", "documents", "origins")),
    "conflicts": (conflicts.table, ("question", "value", "documents", "origins")),
    "omissions": (omissions.table, ("summary", "document", "carried_by", "parent")),
}
"""What can be asked for: the table, and the columns that a terminal shows."""


class AskError(VariorumError):
    """A question that can't be answered, with why."""


@click.command()
@the_edition
@click.argument("subject", type=click.Choice(list(SUBJECTS)))
@click.option("--on", metavar="DATE", help="In force on this day, or of this day: 2019-01-31.")
@click.option("--about", metavar="ACTOR", help="Towards this actor, or about it: a name or an id.")
@click.option("--actor", metavar="ACTOR", help="Of this actor: a name or an id.")
@click.option("--according-to", metavar="ACTOR|OUTLET", help="As this outlet, speaker or state tells it.")
@listing
@quiet
def ask(
    edition: Path,
    subject: str,
    on: str | None,
    about: str | None,
    actor: str | None,
    according_to: str | None,
    format: Format,
    quiet: bool,
) -> None:
    """Answer a question: who the actors are, who holds or claims which office, who stands where, what happened ...

    The same rows as on the pages, each with its evidence in the JSON, and with independent origins counted beside
    documents.
    """
    given = {"on": on, "about": about, "actor": actor, "according_to": according_to}
    query = {key: value for key, value in given.items() if value}
    table, shown = SUBJECTS[subject]
    with Edition.open(edition) as opened:
        try:
            found = table(opened, query)
            if format == "json":
                for piece in found.written("json"):
                    sys.stdout.write(piece)
            elif format == "csv":
                for piece in found.written("csv"):
                    sys.stdout.write(piece)
            else:
                emit(_lines(opened, found, shown), [_heading(name) for name in shown], "table")
        except BadQuery as error:
            raise AskError(str(error)) from None


def _lines(edition: Edition, table: Table, shown: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table for people."""
    names = {row["id"]: row["name"] for row in edition.connection.execute("SELECT id, name FROM actors")}
    for row in table.rows():
        for line in table.lines(row) if table.name == "conflicts" else (row,):
            yield {_heading(name): _cell(names, line, name) for name in shown}


def _heading(column: str) -> str:
    return column.removesuffix("_name").replace("_", " ")


def _cell(names: Mapping[str, str], row: Row, column: str) -> str:
    if column == "towards":
        value: Any = row.get("target_name") or row.get("issue") or ""
    elif column in ("documents", "origins") and isinstance(row.get(column), list):
        value = len(row[column])
    elif column in ("when", "from", "last_confirmed"):
        found = row.get(column) or {}
        value = found.get("best") or "/".join(part for part in (found.get("earliest"), found.get("latest")) if part)
    else:
        value = cells({column: row[column]}).get(column, row[column]) if column in row else ""
        value = names.get(value, value) if isinstance(value, str) else value
    words = " ".join(str("" if value is None else value).split())
    return words if len(words) <= 60 else words[:59] + "…"
