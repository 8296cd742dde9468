"""How fast a corpus of 10,000 articles is read: cold, with nothing changed, and with one article added.

    python benchmarks/speed.py [--data ../shared/data] [--documents 10000] [--jobs 2] [--json FILE]

The corpus is ``outlets/allsides_10k.jsonl.gz``, one JSON Lines file. Peak memory is the largest resident set that one
process had: the main process, and the largest of the reading processes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import tempfile
import time
from itertools import islice
from pathlib import Path

from variorum.build import Report, build

DATA = Path(__file__).parent.parent.parent / "shared" / "data"

ADDED = {
    "id": "added",
    "outlet": "The Harbour Post",
    "title": "Ferries run again",
    "published": "2020-03-01",
    "text": "The ferries between the islands ran again on Sunday.\n\nNobody said why they had stopped.",
}


def measure(lines: list[bytes], jobs: int) -> dict[str, float]:
    """Build an edition of ``lines`` three times and return the figures."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "corpus"
        source.mkdir()
        articles = source / "articles.jsonl"
        articles.write_bytes(b"".join(lines))
        megabytes = sum(len(json.loads(line)["text"].encode()) for line in lines) / 1e6

        def timed(what: str) -> tuple[Report, float]:
            start = time.perf_counter()
            report = build([source], folder / "x.edition", jobs=jobs, annotate=False)
            seconds = time.perf_counter() - start
            figures[f"{what} seconds"] = seconds
            return report, seconds

        cold, seconds = timed("cold")
        figures["documents"] = cold.documents
        figures["rejected"] = len(cold.rejected)
        figures["cold documents a second"] = cold.documents / seconds
        figures["cold MB of text a second"] = megabytes / seconds
        figures["edition MB"] = (folder / "x.edition").stat().st_size / 1e6
        timed("unchanged")
        articles.write_bytes(json.dumps(ADDED).encode() + b"\n" + b"".join(lines))
        added, _ = timed("one added")
        figures["one added: read anew"] = added.read
    figures["peak MB of the main process"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    figures["peak MB of a reading process"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with gzip.open(arguments.data / "outlets" / "allsides_10k.jsonl.gz") as stream:
        lines = list(islice(stream, arguments.documents))
    figures = measure(lines, arguments.jobs)
    for name, value in figures.items():
        print(f"{name:<40} {value:>12.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
