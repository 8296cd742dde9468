"""Run a stage on processes of this machine, with bounded memory and no way for one item to stop the rest."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from typing import Generic, TypeVar

from variorum.errors import VariorumError

Given = TypeVar("Given")
Made = TypeVar("Made")
Batches = Callable[[Iterator[Given]], Iterator[Sequence[Given]]]

BATCH = 16
"""Items that go to a process at once: enough to hide the cost of sending them, few enough to keep both cores busy."""

AHEAD = 3
"""Batches for each process that may wait or be under way; bounds what is held in memory."""


HOPELESS = 3
"""Processes that may die before any has done anything, until it is plain that not the items are at fault."""


class EngineError(VariorumError):
    """The processes can't be had."""


class LocalEngine(Generic[Given, Made]):
    """Applies a function to items on ``jobs`` processes.

    Results come in the order in which they are done, and whoever reads them must not depend on that order, unless they
    are asked for in the order of the items. A process that dies (killed, out of memory, a crash in a library) costs the
    item that killed it, never the others.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Given]], Iterable[Made]],
        crashed: Callable[[Given, str], Made],
        jobs: int | None = None,
        *,
        batches: Batches[Given] | None = None,
        in_order: bool = False,
    ) -> None:
        """``work`` makes the results of a batch of items, in their order; it must be importable by name.

        ``crashed`` makes the result of an item that killed its process. ``batches`` says which items go together
        (:func:`in_batches` by default); with ``in_order`` results come in the order of the items.
        """
        self._work = work
        self._crashed = crashed
        self._jobs = jobs or os.cpu_count() or 1
        self._batches = batches or in_batches
        self._in_order = in_order
        self._healthy = False
        self._crashes = 0

    def map(self, items: Iterable[Given]) -> Iterator[tuple[Given, Made]]:
        """Yield each item with its result."""
        batches = self._batches(iter(items))
        first = list(islice(batches, min(self._jobs, 2)))
        if len(first) < 2 and (self._jobs == 1 or sum(map(len, first)) < BATCH):
            # too few to be worth a process, unless one of them should crash: then the user sees it at once
            for batch in chain(first, batches):
                yield from zip(batch, self._work(batch), strict=True)
            return
        yield from self._pooled(chain(first, batches))

    def _pooled(self, batches: Iterator[Sequence[Given]]) -> Iterator[tuple[Given, Made]]:
        pool = self._pool(self._jobs)
        under_way: dict[Future[list[Made]], Sequence[Given]] = {}
        try:
            more = True
            while more or under_way:
                while more and len(under_way) < self._jobs * AHEAD:
                    batch = next(batches, None)
                    if batch is None:
                        more = False
                        break
                    under_way[pool.submit(_run, self._work, batch)] = batch
                awaited = list(under_way)[:1] if self._in_order else list(under_way)
                done, _ = wait(awaited, return_when=FIRST_COMPLETED)
                broken: list[Sequence[Given]] = []
                for future in done:
                    batch = under_way.pop(future)
                    try:
                        made = future.result()
                        self._healthy = True
                        yield from zip(batch, made, strict=True)
                    except BrokenProcessPool:
                        broken.append(batch)
                if broken:
                    # every batch under way is lost with the pool; each of their items is tried again on its own
                    broken.extend(under_way.values())
                    under_way.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    for batch in broken:
                        yield from self._alone(batch)
                    pool = self._pool(self._jobs)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, batch: Sequence[Given]) -> Iterator[tuple[Given, Made]]:
        pool = self._pool(1)
        try:
            for item in batch:
                try:
                    made = pool.submit(_run, self._work, [item]).result()[0]
                    self._healthy = True
                except BrokenProcessPool:
                    self._crashes += 1
                    if not self._healthy and self._crashes >= HOPELESS:
                        raise EngineError("the processes that read don't start; --jobs 1 does without them") from None
                    made = self._crashed(item, "the reader crashed on it")
                    pool = self._pool(1)
                yield item, made
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _pool(jobs: int) -> ProcessPoolExecutor:
        # not fork: libraries below may run threads
        return ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_alone_on_a_core if jobs > 1 else None
        )


def _alone_on_a_core() -> None:
    """Keep the linear algebra of this process to one thread: each core has a process of its own already."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    np.zeros(1)  # loads the library that is limited
    threadpool_limits(1)
    gc.set_threshold(100_000, 20, 50)  # batches make many small objects, hardly any of them in circles


def in_batches(items: Iterator[Given]) -> Iterator[Sequence[Given]]:
    """Cut ``items`` into batches of :data:`BATCH`."""
    while batch := list(islice(items, BATCH)):
        yield batch


def by_length(
    items: Iterator[Given], *, length: Callable[[Given], int], most: int, longest: int
) -> Iterator[Sequence[Given]]:
    """Cut ``items`` into batches of ``most``, and of no more than ``longest`` together; one item may be longer."""
    batch: list[Given] = []
    total = 0
    for item in items:
        size = length(item)
        if batch and (len(batch) == most or total + size > longest):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size
    if batch:
        yield batch


def each(function: Callable[[Given], Made]) -> Callable[[Sequence[Given]], Iterable[Made]]:
    """Return the work on a batch that is ``function`` applied to each item."""
    return partial(_each, function)


def _each(function: Callable[[Given], Made], batch: Sequence[Given]) -> Iterator[Made]:
    return map(function, batch)


def _run(work: Callable[[Sequence[Given]], Iterable[Made]], batch: Sequence[Given]) -> list[Made]:
    return list(work(batch))
