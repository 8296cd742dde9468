"""The language stage on the processes of this machine: how many texts go to one at once, and what if one fails."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from variorum.engines.local import LocalEngine, by_length
from variorum.errors import MACHINE, VariorumError
from variorum.language.annotation import Annotation

LETTERS = 50_000
"""Code points that go to a process at once, unless one text alone has more: 8,000 words, three seconds of work."""

CRASHED = "the language stage crashed on it"
"""What is said of a text that killed the process that annotated it."""


class HasText(Protocol):
    """Anything that brings a text along."""

    @property
    def text(self) -> str:
        """The text."""


Given = TypeVar("Given", bound=HasText)
Made = TypeVar("Made")


def engine_of(
    function: Callable[[Sequence[Given]], list[Made]],
    crashed: Callable[[Given, str], Made],
    jobs: int | None,
    most: int,
    *,
    in_order: bool = False,
) -> LocalEngine[Given, Made]:
    """Return the engine that applies ``function`` to batches of ``most`` texts, fewer of long ones."""

    def batches(items: Iterator[Given]) -> Iterator[Sequence[Given]]:
        return by_length(items, length=_length, most=most, longest=LETTERS)

    return LocalEngine(function, crashed, jobs, batches=batches, in_order=in_order)


def annotations_of(texts: Sequence[str], threads: int | None) -> list[Annotation]:
    """Annotate texts on ``threads`` threads (one for each core by default); a process of a pool uses one."""
    from variorum.language import annotate_all

    return annotate_all(texts, 1 if multiprocessing.parent_process() is not None else threads)


def or_each_alone(
    work: Callable[[Sequence[Given]], list[Made]], failed: Callable[[str], Made], batch: Sequence[Given]
) -> list[Made]:
    """Return what ``work`` makes of a batch; if that fails, of each item alone, and why of those that fail again."""
    try:
        return work(batch)
    except VariorumError:
        raise  # no weights: no fault of a text
    except Exception as error:  # one bad text never stops the rest: it is noted, and says what went wrong
        if isinstance(error, OSError) and error.errno in MACHINE:
            raise
        if len(batch) > 1:
            return [made for item in batch for made in or_each_alone(work, failed, [item])]
        words = " ".join(str(error).split())[:200]
        return [failed(f"the language stage failed on it: {type(error).__name__}: {words}")]


def _length(given: HasText) -> int:
    return len(given.text)
