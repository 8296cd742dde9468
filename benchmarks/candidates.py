"""Whether the documents that share text are found, against all pairs compared exactly, and how fast, beside others.

    python benchmarks/candidates.py [--data ../shared/data] [--json FILE]

On the 10,000 articles of the outlets corpus. The truth is exact: of every pair, the share of the shorter text's word
8-grams (lower case, letters and digits) that the longer one has, through an index of all of them. *Recall*: the pairs
of at least that containment that ``collation.candidates.pairs`` gives, between outlets and within one. *Precision*: of
its pairs, those that contain at least a fiftieth. Where they are installed, rensa and datasketch do the same in the
same run: 5-word shingles, 128 permutations, pairs above an estimated similarity of .3.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from figures import run

Pair = tuple[int, int]

GRAM = 8
BANDS = (0.1, 0.5)
SOME = 0.02
SHINGLE = 5
PERMUTATIONS = 128
THRESHOLD = 0.3


def grams(text: str) -> npt.NDArray[np.int64]:
    """Hashes of all word 8-grams of a text, each once."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return np.unique([hash(tuple(words[i : i + GRAM])) for i in range(len(words) - GRAM + 1)]).astype(np.int64)


def containments(texts: Sequence[str]) -> dict[Pair, float]:
    """Of all pairs that share an 8-gram, the share of the shorter one's that the longer one has."""
    found = [grams(text) for text in texts]
    sizes = np.array([len(one) for one in found], np.int64)
    owners = np.repeat(np.arange(len(texts)), sizes)
    hashes = np.concatenate(found) if found else np.empty(0, np.int64)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    bounds = [0, *(np.flatnonzero(np.diff(hashes)) + 1).tolist(), len(hashes)]
    shared: dict[Pair, int] = {}
    for start, stop in pairwise(bounds):
        if stop - start > 1:
            for pair in combinations(sorted(owners[start:stop].tolist()), 2):
                shared[pair] = shared.get(pair, 0) + 1
    return {(i, j): count / min(sizes[i], sizes[j]) for (i, j), count in shared.items()}


def by_rensa(texts: Sequence[str]) -> set[Pair]:
    """Pairs that rensa finds."""
    rensa = import_module("rensa")
    sketches = [_sketch(rensa.RMinHash(num_perm=PERMUTATIONS, seed=1), text) for text in texts]
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=64)
    for i, sketch in enumerate(sketches):
        index.insert(i, sketch)
    near = {(min(i, j), max(i, j)) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i != j}
    return {(i, j) for i, j in near if sketches[i].jaccard(sketches[j]) >= THRESHOLD}


def by_datasketch(texts: Sequence[str]) -> set[Pair]:
    """Pairs that datasketch finds."""
    datasketch = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches = []
    for i, text in enumerate(texts):
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([one.encode() for one in _shingles(text)])
        index.insert(i, sketch)
        sketches.append(sketch)
    near = {(min(i, j), max(i, j)) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i != j}
    return {(i, j) for i, j in near if sketches[i].jaccard(sketches[j]) >= THRESHOLD}


def _sketch(sketch: Any, text: str) -> Any:
    sketch.update(_shingles(text))
    return sketch


def _shingles(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def measure(data: Path) -> dict[str, float]:
    """Compare with the truth, each in turn."""
    from variorum.collation import candidates

    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts, outlets = [row["text"] for row in rows], [row["outlet"] for row in rows]
    truth = containments(texts)
    figures: dict[str, float] = {"documents": len(texts), "pairs that share an 8-gram": len(truth)}
    finders: list[tuple[str, Callable[[Sequence[str]], Iterable[Pair]]]] = [
        ("variorum", candidates.pairs),
        ("rensa", by_rensa),
        ("datasketch", by_datasketch),
    ]
    for name, find in finders:
        start = time.perf_counter()
        try:
            found = set(find(texts))
        except ModuleNotFoundError:
            print(f"{name}: not installed, left out")
            continue
        figures[f"{name}, seconds"] = round(time.perf_counter() - start, 1)
        figures[f"{name}, pairs"] = len(found)
        figures[f"{name}, precision"] = _percent(sum(truth.get(pair, 0) >= SOME for pair in found), len(found))
        for least in BANDS:
            for where, within in (("between outlets", False), ("within an outlet", True)):
                wanted = [p for p, c in truth.items() if c >= least and (outlets[p[0]] == outlets[p[1]]) is within]
                share = _percent(sum(pair in found for pair in wanted), len(wanted))
                figures[f"{name}, recall {least} {where}"] = share
    return figures


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


if __name__ == "__main__":
    run(__doc__, measure, can_show_errors=False)
