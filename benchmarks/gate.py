"""Run the benchmarks and compare their figures with the floors in ``floors.toml``.

    python benchmarks/gate.py [--data ../shared/data] [--fast] [NAME ...]

Exit code 1 if a figure has fallen below its floor (or risen above its ceiling), or is missing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

DATA = HERE.parent.parent / "shared" / "data"
"""Where the public data lies, unless --data says otherwise."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark with its floors."""

    name: str
    """Its section in floors.toml."""
    arguments: tuple[str, ...]
    """The script below benchmarks/ and its arguments."""
    fast: bool
    """Whether it is quick enough for every run of the tests."""
    bundled: bool
    """Whether what it measures on comes with the source, so that it needs no public data."""
    floors: Mapping[str, float]
    """The least that each figure may be."""
    ceilings: Mapping[str, float]
    """The most that each figure may be."""

    def run(self, data: Path) -> dict[str, float]:
        """Run it and return its figures by name. Raises CalledProcessError if it fails."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "figures.json"
            script = [sys.executable, str(HERE / self.arguments[0]), *self.arguments[1:]]
            subprocess.run([*script, "--data", str(data), "--json", str(out)], check=True, stdout=subprocess.DEVNULL)
            figures: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
        return figures

    def failures(self, figures: Mapping[str, float]) -> Iterator[str]:
        """Yield, in words, each figure that is not as good as it was."""
        for bounds, sign, word in ((self.floors, 1, "below its floor"), (self.ceilings, -1, "above its ceiling")):
            for figure, bound in bounds.items():
                value = figures.get(figure)
                if value is None:
                    yield f"{self.name}: {figure}: not measured"
                elif sign * value < sign * bound:
                    yield f"{self.name}: {figure}: {value:g} is {word} of {bound:g}"


def benchmarks() -> list[Benchmark]:
    """Return the benchmarks in floors.toml, in its order."""
    content: dict[str, dict[str, Any]] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    return [
        Benchmark(
            name,
            tuple(entry["command"]),
            entry["fast"],
            entry.get("bundled", False),
            entry.get("floors", {}),
            entry.get("ceilings", {}),
        )
        for name, entry in content.items()
    ]


def main() -> int:
    """Run what is asked for, and print what it found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these sections of floors.toml")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--fast", action="store_true", help="only those that the tests run")
    arguments = parser.parse_args()
    failed = False
    for benchmark in benchmarks():
        if (arguments.names and benchmark.name not in arguments.names) or (arguments.fast and not benchmark.fast):
            continue
        figures = benchmark.run(arguments.data)
        print(f"\n{benchmark.name}")
        for figure, value in figures.items():
            bound = benchmark.floors.get(figure, benchmark.ceilings.get(figure))
            print(f"  {figure:<50} {value:>12.4f}" + (f"   (bound {bound:g})" if bound is not None else ""))
        for failure in benchmark.failures(figures):
            print(f"  FAILED {failure}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
