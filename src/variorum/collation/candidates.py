"""Which documents of a pile may share text: fingerprints for what is the same, sentence vectors for what is reworded.

Fingerprints are hashes of so many words in a row, of which every window keeps the least (winnowing: Schleimer,
Wilkerson and Aiken 2003), so that a run of `RUN + WINDOW - 1` equal words always leaves one in common. Vectors of
sentences are searched through an inverted file (Jégou, Douze and Schmid 2011; the library is faiss). Neither grows
with the square of the number of documents: what very many documents share ties each to a few others only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from variorum.collation.meanings import table_rows

Hashes = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]

RUN: Final = 6
"""Words in a row that are hashed together."""
WINDOW: Final = 4
"""Hashes of which the least is kept: runs of nine equal words are always seen."""
CROWD: Final = 24
"""Documents with one fingerprint up to which all are paired; beyond, each with the next so many."""
MANY: Final = 6
"""Documents with the same words up to which each is paired with whatever shares text with them."""
MASS: Final = 0.3
"""Share of the shorter document's fingerprints from which those of a crowd count too: a wire report has many copies."""
LEAST: Final = 3
"""Fingerprints that two documents must share."""
MANY_SHARED: Final = 1 << 30
"""Stands for the number of fingerprints of texts with the same words."""
SHARE: Final = 0.02
"""Share of the shorter document's fingerprints that must be shared as well."""

_WORD: Final = re.compile(r"[^\W_]+")
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)

Advance = Callable[[], None]


def pairs(texts: Sequence[str], advance: Advance | None = None) -> list[tuple[int, int]]:
    """Pairs of texts, by number, the smaller first, that have passages in common, word for word."""
    return [pair for pair, _ in counted_pairs(texts, advance)]


def counted_pairs(texts: Sequence[str], advance: Advance | None = None) -> list[tuple[tuple[int, int], int]]:
    """The same, each with the number of fingerprints that the two share; `MANY_SHARED` where they are equal."""
    first = _first_of_equals(texts)
    marks = [fingerprints(text) if first[i] == i else np.empty(0, np.uint64) for i, text in _told(texts, advance)]
    equals = _equals(first)
    found = {pair: count for (one, other), count in _sharing(marks) for pair in _each(equals[one], equals[other])}
    found.update(dict.fromkeys(_equal(equals), MANY_SHARED))
    return sorted(found.items())


def _told(texts: Sequence[str], advance: Advance | None) -> Iterator[tuple[int, str]]:
    for i, text in enumerate(texts):
        yield i, text
        if advance:
            advance()


def fingerprints(text: str) -> Hashes:
    """The fingerprints of a text, each once, in ascending order."""
    codes = np.array([_code(word) for word in _WORD.findall(text.lower())], np.uint64)
    if len(codes) < RUN:
        return np.empty(0, np.uint64)
    size = len(codes) - RUN + 1
    rolled = np.zeros(size, np.uint64)
    for i in range(RUN):
        rolled = (rolled + codes[i : i + size]) * _MULTIPLIER
        rolled ^= rolled >> np.uint64(29)
    if size > WINDOW:
        least = rolled[: size - WINDOW + 1].copy()
        for i in range(1, WINDOW):
            np.minimum(least, rolled[i : i + size - WINDOW + 1], out=least)
        rolled = least
    return np.unique(rolled)


@cache
def _code(word: str) -> int:
    return crc32(word.encode()) * 0x1_0000_01B3 + len(word)


def _first_of_equals(texts: Sequence[str]) -> list[int]:
    """For each text the first one with the same words; a text without words is like no other."""
    seen: dict[str, int] = {}
    found = []
    for i, text in enumerate(texts):
        key = " ".join(_WORD.findall(text.lower()))
        found.append(seen.setdefault(key, i) if key else i)
    return found


def _equals(first: Sequence[int]) -> dict[int, list[int]]:
    """The texts that have the same words as each first one, itself among them."""
    groups: dict[int, list[int]] = {}
    for i, leader in enumerate(first):
        groups.setdefault(leader, []).append(i)
    return groups


def _each(one: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of one group with each of another, or with the first alone where there are very many."""
    left, right = (group if len(group) <= MANY else group[:1] for group in (one, other))
    yield from ((min(i, j), max(i, j)) for i in left for j in right)


def _equal(groups: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts with the same words: each with the next ones, up to a number."""
    for group in groups.values():
        for at, i in enumerate(group):
            yield from ((i, j) for j in group[at + 1 : at + 1 + CROWD])


def _sharing(marks: Sequence[Hashes]) -> Iterator[tuple[tuple[int, int], int]]:
    """Pairs of documents that share enough fingerprints, with their number; those of a crowd count only as a mass."""
    if not marks:
        return
    sizes = np.array([len(mark) for mark in marks])
    owners = np.repeat(np.arange(len(marks), dtype=np.int64), sizes)
    hashes = np.concatenate(marks)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    crowded = _crowded(hashes)
    found = [_beside(hashes, owners, crowded, step, len(marks)) for step in range(1, CROWD + 1)]
    keys = np.concatenate([keys for keys, _ in found])
    both, at, counts = np.unique(keys, return_inverse=True, return_counts=True)
    telling = np.bincount(at, np.concatenate([own for _, own in found]), len(both)).astype(np.int64)
    one, other = both // len(marks), both % len(marks)
    smaller = np.minimum(sizes[one], sizes[other])
    mass = counts >= MASS * smaller
    counts = np.where(mass, counts, telling)
    enough = counts >= np.maximum(LEAST, SHARE * smaller)
    pairs = zip(one[enough].tolist(), other[enough].tolist(), strict=True)
    yield from zip(pairs, counts[enough].tolist(), strict=True)


def _crowded(hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Of each of sorted fingerprints, whether more documents than a crowd have it."""
    starts = (
        np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, np.int64)
    )
    lengths = np.diff(np.append(starts, len(hashes)))
    crowded: npt.NDArray[np.bool_] = np.repeat(lengths > CROWD, lengths)
    return crowded


def _beside(
    hashes: Hashes, owners: Pairs, crowded: npt.NDArray[np.bool_], step: int, count: int
) -> tuple[Pairs, npt.NDArray[np.bool_]]:
    """Pairs of documents of which one comes so many places after the other among those with the same fingerprint.

    With each pair, whether the fingerprint is no crowd's.
    """
    same = hashes[step:] == hashes[:-step]
    keys: Pairs = owners[:-step][same] * count + owners[step:][same]
    return keys, ~crowded[step:][same]


# ---------------------------------------------------------------- reworded

NEIGHBOURS: Final = 10
"""Nearest sentences that each sentence is paired with."""
ALIKE: Final = 0.72
"""Cosine from which a sentence may be another one reworded."""
VOTES: Final = 3
"""Sentences of two documents that must be alike."""
VOTED: Final = 0.2
"""Share of the shorter document's sentences that must be."""
PARTNERS: Final = 12
"""Documents, those with the most sentences alike, that each document is paired with."""
SHORTEST: Final = 8
"""Words of a sentence that is looked at."""
CELL: Final = 400
"""Sentences in a cell of the inverted file, about."""
PROBES: Final = 4
"""Cells that are searched."""
SAMPLE: Final = 64
"""Sentences for each cell from which the cells are learned."""

_SENTENCE: Final = re.compile(
    r"(?<=[.!?…][\"”’')])\s+(?=[\"“‘(]?[A-Z])|(?<=[.!?…])\s+(?=[\"“‘(]?[A-Z])|\n\s*\n|\n(?=[\"“A-Z])"
)


def reworded(texts: Sequence[str], advance: Advance | None = None) -> list[tuple[int, int]]:
    """Pairs of texts, by number, the smaller first, of which several sentences are alike in meaning."""
    vectors, owners, counts = sentence_table(texts, advance)
    if len(vectors) < 2:
        return []
    near, likeness = _neighbours(vectors)
    rows = np.repeat(np.arange(len(vectors)), near.shape[1])
    columns = near.ravel()
    keep = (columns >= 0) & (likeness.ravel() >= ALIKE)
    rows, columns = rows[keep], columns[keep]
    one, other = owners[rows], owners[columns]
    differs = one != other
    return _voted(one[differs], other[differs], rows[differs], counts)


def sentence_table(
    texts: Sequence[str], advance: Advance | None = None
) -> tuple[npt.NDArray[np.float32], Pairs, npt.NDArray[np.int64]]:
    """Vectors of all sentences, of length one; whose they are; and how many each text has."""
    rows, owners, counts = [], [], np.zeros(len(texts), np.int64)
    for i, text in _told(texts, advance):
        sentences = [words for part in _SENTENCE.split(text) if len(words := _WORD.findall(part.lower())) >= SHORTEST]
        counts[i] = len(sentences)
        if sentences:
            rows.append(table_rows(sentences))
            owners.append(np.full(len(sentences), i, np.int64))
    if not rows:
        return np.empty((0, 1), np.float32), np.empty(0, np.int64), counts
    return np.concatenate(rows), np.concatenate(owners), counts


def _neighbours(vectors: npt.NDArray[np.float32]) -> tuple[Pairs, npt.NDArray[np.float32]]:
    import faiss

    size, width = vectors.shape
    cells = max(1, size // CELL)
    quantizer = faiss.IndexFlatIP(width)
    index = faiss.IndexIVFFlat(quantizer, width, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed, index.cp.niter, index.cp.max_points_per_centroid = 1, 8, SAMPLE
    index.cp.min_points_per_centroid = 1
    index.train(vectors)
    index.add(vectors)
    index.nprobe = PROBES
    likeness, near = index.search(vectors, NEIGHBOURS + 1)
    return near, likeness


def _voted(one: Pairs, other: Pairs, sentences: Pairs, counts: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs of documents that enough different sentences of the one speak for."""
    size = len(counts)
    votes = np.unique(np.stack([sentences, one * size + other]), axis=1)
    both, number = np.unique(votes[1], return_counts=True)
    left, right = both // size, both % size
    enough = number >= np.maximum(VOTES, VOTED * np.minimum(counts[left], counts[right]))
    left, right, number = left[enough], right[enough], number[enough]
    order = np.lexsort((right, -number, left))
    left, right = left[order], right[order]
    bounds = [0, *(np.flatnonzero(np.diff(left)) + 1).tolist(), len(left)]
    found = set()
    for start, stop in pairwise(bounds):
        for i, j in zip(left[start:stop][:PARTNERS].tolist(), right[start:stop][:PARTNERS].tolist(), strict=True):
            found.add((min(i, j), max(i, j)))
    return sorted(found)
