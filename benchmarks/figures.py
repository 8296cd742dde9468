"""The command line that benchmarks share: measure, print the figures, write them as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data"
"""Where the public corpora lie unless ``--data`` says otherwise."""

Measure = Callable[..., Mapping[str, float]]
"""Figures by name, from the folder of the corpora; with ``errors`` it prints what is wrong."""


def run(about: str | None, measure: Measure, *, can_show_errors: bool = True) -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public corpora")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    if can_show_errors:
        parser.add_argument("--errors", action="store_true", help="print what is wrong")
    given = parser.parse_args()
    figures = measure(given.data, errors=given.errors) if can_show_errors else measure(given.data)
    for name, value in figures.items():
        print(f"{name:<40} {value:6.1f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
