"""``variorum annotate``: the language stage alone, over lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import click

from variorum.commands.options import quiet
from variorum.commands.streams import NothingReadableError, opened, written
from variorum.language_stage import CRASHED, annotations_of, engine_of, or_each_alone
from variorum.lines import BadLine, GivenText, texts_in
from variorum.situation.happening import event_rows
from variorum.terminal import Terminal, complain

TOGETHER = 64
"""Texts that a process annotates at once."""

Answer = tuple[bool, str]
"""Whether a text could be annotated, and the line that is written; or what is wrong with it."""


@click.command()
@click.argument("source", default="-", metavar="[IN.jsonl]", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "target",
    default="-",
    metavar="OUT.jsonl",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to write; standard output by default.",
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes annotate; one for each core by default.")
@quiet
def annotate(source: Path, target: Path, jobs: int | None, quiet: bool) -> None:
    """Find sentences, words, names and who is meant in texts: the language stage alone.

    IN.jsonl (standard input by default) has a JSON object on each line: {"id", "text"}, and "published", an ISO date,
    where it is known. Each text is taken as it is, and becomes one line of the output, in the same order.
    """
    name = str(source)
    with Terminal(quiet=quiet) as terminal, opened(source) as stream:
        terminal.start("annotating", None)
        rejected = 0

        def texts() -> Iterator[GivenText]:
            nonlocal rejected
            for found in texts_in(stream):
                if isinstance(found, BadLine):
                    rejected += 1
                    complain(f"{name}:{found.line}: {found.reason}")
                else:
                    yield found

        given = texts()
        first = next(given, None)
        if first is None:
            raise NothingReadableError(f"{name}: there is no text in it that could be read")
        engine = engine_of(partial(answers, threads=jobs), crashed, jobs, TOGETHER, in_order=True)
        done = 0
        with written(target) as out:
            for text, (well, answer) in engine.map(chain((first,), given)):
                if well:
                    out.write(answer.encode("utf-8") + b"\n")
                    done += 1
                else:
                    rejected += 1
                    complain(f"{name}:{text.line}: {answer}")
                terminal.advance()
            if not done:
                raise NothingReadableError(f"{name}: nothing in it could be annotated")
            out.flush()
        if rejected:
            terminal.say(f"{name}: {done} annotated, {rejected} rejected")


def answers(batch: Sequence[GivenText], threads: int | None) -> list[Answer]:
    """Return the line for each text of a batch; what comes of one does not depend on the others."""

    def read(some: Sequence[GivenText]) -> list[Answer]:
        found = annotations_of([g.text for g in some], threads)
        return [
            (True, _line({"id": g.id, **a.as_record(g.published, event_rows(g.text, a))}))
            for g, a in zip(some, found, strict=True)
        ]

    return or_each_alone(read, _failed, batch)


def _failed(why: str) -> Answer:
    return False, why


def crashed(given: GivenText, why: str) -> Answer:
    """Return what to say of a text that killed the process that annotated it."""
    return _failed(CRASHED)


def _line(row: object) -> str:
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        # half of a surrogate pair came in as an escape, and goes out as one
        return json.dumps(row, separators=(",", ":"))
    return line
