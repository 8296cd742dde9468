"""How long it takes to set two related articles side by side, and what is found, beside difflib and collatex.

    python benchmarks/aligning.py [--data ../shared/data] [--json FILE]

On articles of 500 to 600 words of the outlets corpus: each against a copy of it in which one paragraph stands elsewhere
and every third one has other words for most of those that the table of synonyms knows. *Milliseconds*: the median over
the pairs, with the texts as they come. difflib's ``SequenceMatcher`` compares words; collatex, where it is installed,
two witnesses of words, on the first pairs only. *Moved*: the share of copies in which the moved paragraph is matched
with its own place; *reworded*: of the paragraphs that were reworded, those matched with their own.
"""

from __future__ import annotations

import difflib
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from altering import read_articles
from figures import run
from wordforms import synonyms

LENGTHS = (500, 600)
PAIRS = 60
FEW = 3
"""Pairs for collatex, which takes seconds for each."""


@dataclass(frozen=True, slots=True)
class Made:
    """An article and its copy."""

    a: str
    b: str
    moved: tuple[int, int, int, int]
    """Where the moved paragraph stands in both."""
    reworded: tuple[tuple[int, int, int, int], ...]


def made(text: str, rng: random.Random) -> Made | None:
    """An article, and a copy with a paragraph moved and others reworded; None where it has too few paragraphs."""
    parts = [part.strip() for part in text.split("\n\n") if len(part.split()) >= 15]
    if len(parts) < 6:
        return None
    moved = rng.randrange(1, len(parts) - 3)
    order = [i for i in range(len(parts)) if i != moved]
    order.insert(rng.randrange(moved + 2, len(parts)), moved)
    changed = {i: _reworded(parts[i], rng) if i % 3 == 2 and i != moved else parts[i] for i in order}
    a, b = "\n\n".join(parts), "\n\n".join(changed[i] for i in order)
    places = {i: (a.index(parts[i]), b.index(changed[i])) for i in order}

    def place(i: int) -> tuple[int, int, int, int]:
        at, there = places[i]
        return at, at + len(parts[i]), there, there + len(changed[i])

    return Made(a, b, place(moved), tuple(place(i) for i in order if i % 3 == 2 and i != moved))


def _reworded(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    known = synonyms()
    for i, word in enumerate(words):
        other = known.get(word)
        if other and rng.random() < 0.8:
            words[i] = rng.choice(other)
    return " ".join(words)


def measure(data: Path) -> dict[str, float]:
    """Time and compare."""
    from variorum.collation import Witness, collate

    rng = random.Random(1)
    pairs = [one for article in read_articles(data, 1, LENGTHS) if (one := made(article.text, rng))][:PAIRS]
    collate(Witness("a", pairs[0].a), Witness("b", pairs[0].b))  # loads its lists
    times: list[float] = []
    moved: list[bool] = []
    reworded: list[bool] = []
    for one in pairs:
        start = time.perf_counter()
        found = collate(Witness("a", one.a), Witness("b", one.b))
        times.append(time.perf_counter() - start)
        spans = [(*passage.a, *passage.b) for passage in found.passages]
        moved.append(_matched(spans, one.moved))
        reworded += [_matched(spans, place) for place in one.reworded]
    figures = {
        "pairs": float(len(pairs)),
        "variorum, milliseconds": _milliseconds(times),
        "variorum, moved": round(100 * statistics.mean(moved), 1),
        "variorum, reworded": round(100 * statistics.mean(reworded), 1),
        "difflib, milliseconds": _milliseconds([_timed_difflib(one) for one in pairs]),
    }
    figures["times difflib"] = round(figures["variorum, milliseconds"] / figures["difflib, milliseconds"], 1)
    try:
        collatex = import_module("collatex")
    except ModuleNotFoundError as error:
        print(f"collatex: left out, {error.name} is not installed")
        return figures
    slow = []
    for one in pairs[:FEW]:
        start = time.perf_counter()
        collation = collatex.Collation()
        collation.add_plain_witness("A", one.a)
        collation.add_plain_witness("B", one.b)
        collatex.collate(collation)
        slow.append(time.perf_counter() - start)
    figures["collatex, milliseconds"] = _milliseconds(slow)
    return figures


def _timed_difflib(one: Made) -> float:
    start = time.perf_counter()
    difflib.SequenceMatcher(None, one.a.split(), one.b.split(), autojunk=False).get_opcodes()
    return time.perf_counter() - start


def _milliseconds(seconds: Sequence[float]) -> float:
    return round(1000 * statistics.median(seconds), 1)


def _matched(spans: Sequence[tuple[int, int, int, int]], place: tuple[int, int, int, int]) -> bool:
    """Whether a passage holds most of a place on both sides."""
    a, b, c, d = place
    return any(min(b, y) - max(a, x) > (b - a) / 2 and min(d, w) - max(c, z) > (d - c) / 2 for x, y, z, w in spans)


if __name__ == "__main__":
    run(__doc__, measure, can_show_errors=False)
