"""The local engine gives each item its result, whatever the number of processes and whatever an item does to its
own."""

from __future__ import annotations

import os

import pytest

from variorum.engines.local import EngineError, LocalEngine, each


def double(number: int) -> int:
    if number == 13:
        os._exit(1)  # as a crash in a C library would
    return 2 * number


def crashed(number: int, why: str) -> int:
    return -number


@pytest.mark.parametrize("count", [0, 1, 12])
def test_a_few_items_are_done_in_this_process(count: int) -> None:
    assert list(LocalEngine(each(double), crashed).map(range(count))) == [(n, 2 * n) for n in range(count)]


def test_an_item_that_kills_its_process_costs_itself_alone() -> None:
    made = dict(LocalEngine(each(double), crashed, jobs=2).map(range(50)))
    assert made == {n: 2 * n if n != 13 else -13 for n in range(50)}


def dead(number: int) -> int:
    os._exit(1)


def test_processes_that_never_start_end_the_build_with_one_line() -> None:
    with pytest.raises(EngineError, match="--jobs 1"):
        list(LocalEngine(each(dead), crashed, jobs=2).map(range(40)))
