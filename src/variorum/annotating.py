"""The language stage over an edition: which reading texts want an annotation, and the journal that they come to.

Reading texts are settled inside the transaction that publishes a build, and annotating takes longer than all else
together. So the transaction is tried first: if every text has its annotation, it stands; if not, the texts that lack
one are put aside, the transaction is rolled back, they are annotated into the journal, and it is run again.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from variorum.edition import annotating, file, writing
from variorum.edition.coding import unpack_map
from variorum.language_stage import CRASHED, annotations_of, engine_of, or_each_alone
from variorum.progress import Progress
from variorum.recipes import annotation_recipe, language_code

TOGETHER = 16
"""Documents that a process annotates at once; what a process that dies can cost is that many to be done again."""

IN_MEMORY = 1 << 26
"""Bytes of texts that are put aside in memory; what is more goes to a temporary file."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A reading text that lacks its annotation."""

    recipe: str
    """Under which the journal keeps the annotation."""
    text: str
    """The words to read."""
    map: bytes
    """The way to the stored text, packed."""


class Aside:
    """Texts that are put aside to be annotated, each once."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by __exit__
        self._recipes: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._recipes)

    def add(self, unread: Unread) -> None:
        """Put a text aside."""
        if unread.recipe not in self._recipes:
            self._recipes.add(unread.recipe)
            pickle.dump(unread, self._file)

    def __iter__(self) -> Iterator[Unread]:
        self._file.seek(0)
        for _ in range(len(self._recipes)):
            yield pickle.load(self._file)


class _LacksAnnotations(Exception):
    """Rolls the transaction back."""


def publish(
    connection: sqlite3.Connection,
    settle: Callable[[], None],
    finish: Callable[[], None],
    jobs: int | None,
    progress: Progress,
) -> None:
    """Run ``settle``, put annotations in their place, and run ``finish``: all in one transaction, or nothing.

    ``settle`` brings the documents and their reading texts up to date; it is run twice if some of them have to be
    annotated first, and must do the same both times.
    """
    while True:
        with Aside() as aside:
            try:
                with file.transaction(connection):
                    settle()
                    code = language_code()
                    for n, text, packed in annotating.outdated(connection, code):
                        recipe = annotation_recipe(text, packed)
                        if not annotating.fits(connection, n, recipe, code):
                            aside.add(Unread(recipe, text, packed))
                    if aside:
                        raise _LacksAnnotations
                    for trouble in annotating.troubles(connection):
                        writing.put_notice(connection, None, trouble)
                    finish()
                return
            except _LacksAnnotations:
                annotate(connection, aside, jobs, progress)


def annotate(connection: sqlite3.Connection, aside: Aside, jobs: int | None, progress: Progress) -> None:
    """Annotate the texts that were put aside, into the journal; each is kept as it comes."""
    progress.start("annotating", len(aside))
    engine = engine_of(partial(read_together, threads=jobs), crashed, jobs, TOGETHER)
    for unread, made in engine.map(aside):
        writing.put_journal(connection, "language", unread.recipe, made)
        progress.advance()


def read_together(batch: Sequence[Unread], threads: int | None) -> list[bytes]:
    """Annotate a batch, each text into what the journal keeps: its annotation in stored offsets, or why there is none.

    What comes of a text does not depend on the others.
    """

    def read(some: Sequence[Unread]) -> list[bytes]:
        found = annotations_of([u.text for u in some], threads)
        return [
            annotating.pack_annotation(annotating.in_stored(annotation, unpack_map(u.text, u.map)))
            for u, annotation in zip(some, found, strict=True)
        ]

    return or_each_alone(read, annotating.pack_trouble, batch)


def crashed(unread: Unread, why: str) -> bytes:
    """Return what the journal keeps of a text that killed the process that annotated it."""
    return annotating.pack_trouble(CRASHED)
