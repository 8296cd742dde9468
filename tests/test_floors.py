"""No figure of the quick benchmarks falls below the floor that was reached before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from gate import DATA, Benchmark, benchmarks

FAST = [b for b in benchmarks() if b.fast]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("benchmark", FAST, ids=[b.name for b in FAST])
def test_no_figure_falls_below_its_floor(benchmark: Benchmark) -> None:
    if not DATA.is_dir() and not benchmark.bundled:
        pytest.skip("the public data that the benchmarks measure on is not here")
    assert list(benchmark.failures(benchmark.run(DATA))) == []


def test_a_figure_below_its_floor_or_above_its_ceiling_is_told() -> None:
    made = Benchmark("x", ("x.py",), True, False, {"precision": 0.9, "recall": 0.5}, {"seconds": 2})
    assert list(made.failures({"precision": 0.95, "recall": 0.5, "seconds": 1.9})) == []
    assert len(list(made.failures({"precision": 0.89, "seconds": 2.1}))) == 3
