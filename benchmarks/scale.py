"""How the cost of finding copies grows with a pile, and what bad piles cost.

    python benchmarks/scale.py [--data ../shared/data] [--sizes 1000,10000] [--jobs 2] [--json FILE]

A pile of that size is made of the articles of the outlets corpus by a fixed seed: nine in ten are new texts, put
together from paragraphs of three articles of one topic, some left out, with three words in ten exchanged for others;
one in ten is a copy of an earlier one, in families of up to forty. For each size, in a process of its own: seconds,
texts a second, pairs, and the most memory of that process. Then piles that are bad: 5,000 identical texts, one text
that holds 1,000 others, and 1,000 empty ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty

from figures import DATA

FAMILY = 40
"""Copies that a family has at most."""


def pile(data: Path, size: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Ids and texts."""
    rng = random.Random(seed)
    topics: dict[str, list[list[str]]] = defaultdict(list)
    vocabulary: list[str] = []
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            topics[row["topic"] or ""].append([part for part in row["text"].split("\n\n") if part.strip()])
            if len(vocabulary) < 50_000:
                vocabulary += [word for word in row["text"].split() if word.isalpha() and word.islower()]
    names = sorted(topics)
    originals: list[tuple[str, int]] = []
    for i in range(size):
        if originals and rng.random() < 0.1:
            at = rng.randrange(max(0, len(originals) - 50), len(originals))
            text, copied = originals[at]
            if copied < FAMILY:
                originals[at] = text, copied + 1
                yield f"{i:07}", _perturbed(text, rng, vocabulary, 0.01)
                continue
        articles = topics[rng.choice(names)]
        parts = [part for article in rng.sample(articles, min(len(articles), 3)) for part in article]
        rng.shuffle(parts)
        text = _perturbed("\n\n".join(parts[: max(1, len(parts) // 3)]), rng, vocabulary, 0.3)
        originals.append((text, 0))
        yield f"{i:07}", text


def _perturbed(text: str, rng: random.Random, vocabulary: list[str], share: float) -> str:
    """A text with that share of its words exchanged, and some paragraphs left out."""
    kept = [part for part in text.split("\n\n") if rng.random() > share / 2] or [text]
    return "\n\n".join(
        " ".join(rng.choice(vocabulary) if rng.random() < share else word for word in part.split()) for part in kept
    )


def timed(texts: list[tuple[str, str]], jobs: int) -> dict[str, float]:
    """Find the copies of a pile."""
    from variorum.collating import Processes
    from variorum.collation import Witness, copies

    start = time.perf_counter()
    found = copies((Witness(id, text) for id, text in texts), engine=Processes(jobs))
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(seconds, 1),
        "texts a second": round(len(texts) / seconds, 1),
        "pairs": len(found),
        "megabytes": round(memory),
    }


def _of_size(data: Path, size: int, jobs: int, told: multiprocessing.Queue[dict[str, float]]) -> None:
    told.put(timed(list(pile(data, size)), jobs))


def _of_kind(data: Path, kind: str, jobs: int, told: multiprocessing.Queue[dict[str, float]]) -> None:
    texts = [text for _, text in pile(data, 1000)]
    piles = {
        "5,000 identical": [texts[0]] * 5000,
        "one holds 1,000 others": [*texts, "\n\n".join(texts)],
        "1,000 empty": [""] * 1000,
    }
    told.put(timed([(f"{i:07}", text) for i, text in enumerate(piles[kind])], jobs))


def _told(told: multiprocessing.Queue[dict[str, float]], process: BaseProcess) -> dict[str, float]:
    """What a process answers; nothing if it dies before."""
    while True:
        try:
            return told.get(timeout=1)
        except Empty:
            if not process.is_alive():
                return {}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public corpora")
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    figures: dict[str, float] = {}
    tasks: list[tuple[str, Callable[..., None], int | str]]
    tasks = [(f"{size} texts", _of_size, int(size)) for size in given.sizes.split(",") if size]
    tasks += [(kind, _of_kind, kind) for kind in ("5,000 identical", "one holds 1,000 others", "1,000 empty")]
    for name, work, what in tasks:
        told = context.Queue()
        process = context.Process(target=work, args=(given.data, what, given.jobs, told))
        process.start()
        found = _told(told, process)
        if not found:
            print(f"{name}: the process ended without an answer", flush=True)
        for key, value in found.items():
            figures[f"{name}, {key}"] = value
            print(f"{name + ', ' + key:<44} {value:10.1f}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
