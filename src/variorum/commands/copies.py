"""``variorum copies``: the collation stage alone, over lines of JSON."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from variorum.collating import Processes
from variorum.collation import Relation, Witness, copies
from variorum.commands.options import quiet
from variorum.commands.streams import NothingReadableError, opened, written
from variorum.lines import BadLine, GivenText, texts_in
from variorum.terminal import Terminal, complain


@click.command("copies")
@click.argument("source", default="-", metavar="[IN.jsonl]", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "target",
    default="-",
    metavar="OUT.jsonl",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to write; standard output by default.",
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes compare; one for each core by default.")
@quiet
def copies_command(source: Path, target: Path, jobs: int | None, quiet: bool) -> None:
    """Find which texts are copies of which, word for word or reworded: the collation stage alone.

    IN.jsonl (standard input by default) has a JSON object on each line: {"id", "text"}, and "title" and "published",
    an ISO date, where they are known. One line comes out for each pair of texts of which one descends from the other
    or both from a third; texts that quote the same statement are no such pair.

    """
    name = str(source)
    with Terminal(quiet=quiet) as terminal, opened(source) as stream:
        terminal.start("reading", None)
        given: dict[str, GivenText] = {}
        rejected = 0
        for found in texts_in(stream):
            if isinstance(found, BadLine):
                rejected += 1
                complain(f"{name}:{found.line}: {found.reason}")
                continue
            key = _key(found.id)
            if key in given:
                rejected += 1
                complain(f"{name}:{found.line}: the id {found.id!r} is that of line {given[key].line} already")
                continue
            given[key] = found
            terminal.advance()
        if not given:
            raise NothingReadableError(f"{name}: there is no text in it that could be read")
        relations = copies((_witness(key, text) for key, text in given.items()), terminal, Processes(jobs))
        with written(target) as out:
            for relation in relations:
                out.write(json.dumps(row(relation, given), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            out.flush()
        said = f"{len(given)} texts, {len(relations)} pairs"
        terminal.say(f"{name}: {said}, {rejected} lines rejected" if rejected else f"{name}: {said}")


def _key(id: str | float) -> str:
    """A text to sort by and to tell ids apart by: 1 and "1" are two."""
    return id if isinstance(id, str) else f"\0{id!r}"


def _witness(key: str, given: GivenText) -> Witness:
    published = datetime.date.fromisoformat(given.published) if given.published else None
    return Witness(key, given.text, given.title, published=published)


def row(relation: Relation, given: dict[str, GivenText]) -> dict[str, Any]:
    """The line for a pair."""
    return {
        "a": given[relation.a].id,
        "b": given[relation.b].id,
        "kind": relation.kind,
        "direction": relation.direction,
        "similarity": relation.similarity,
        "score": relation.score,
        "reason": relation.reason,
        "passages": [[*passage.a, *passage.b] for passage in relation.passages],
    }
