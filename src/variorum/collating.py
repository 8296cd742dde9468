"""The collation stage on the processes of this machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from typing import TypeVar

from variorum.collation.copying import TOGETHER, Compared, collations
from variorum.collation.lineage import lineage
from variorum.edition import collation as stored
from variorum.edition import writing
from variorum.engines.local import LocalEngine
from variorum.progress import Progress
from variorum.recipes import code_of

Made = TypeVar("Made")

FEW = 256
"""Pairs up to which no process is started."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Compares pairs on `jobs` processes, one for each core by default. A pair that kills its process is left out."""

    jobs: int | None = None

    def __call__(
        self, work: Callable[[Sequence[Compared]], list[list[Made]]], pairs: Sequence[Compared]
    ) -> Iterable[tuple[Compared, list[Made]]]:
        """Yield each pair with what was made of it."""
        jobs = 1 if len(pairs) <= FEW else self.jobs
        engine: LocalEngine[Compared, list[Made]] = LocalEngine(work, _crashed, jobs, batches=_batches)
        return engine.map(pairs)


def _batches(pairs: Iterator[Compared]) -> Iterator[Sequence[Compared]]:
    while batch := list(islice(pairs, TOGETHER)):
        yield batch


def _crashed(pair: Compared, why: str) -> list[Made]:
    del pair, why
    return []


def collate_edition(connection: sqlite3.Connection, jobs: int | None, progress: Progress) -> None:
    """Bring what collation found up to date with the documents; inside of the caller's transaction.

    What comes out does not depend on the order in which documents came: everything is worked out anew from all of
    them, unless none changed.

    """
    code = code_of(resources.files("variorum") / "collation")
    wanted = stored.signature(connection, code)
    if writing.get_meta(connection).get("collated") == wanted:
        return
    stored.clear(connection)
    pile, places = [], {}
    for witness, place in stored.witnesses(connection):
        pile.append(witness)
        places[witness.id] = place
    relations = []
    for collation in collations(pile, progress, Processes(jobs)):
        stored.put_collation(connection, collation, places)
        if collation.relation:
            relations.append(collation.relation)
    stored.put_lineage(connection, lineage(pile, relations), places)
    writing.put_meta(connection, "collated", wanted)
