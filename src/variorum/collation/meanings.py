"""What words mean: static vectors of words and sentences, and which words are alike or opposite.

The vectors are those of a sentence encoder for single words, cut down to their principal components
(training/meanings.py; Tulkens and van Dongen 2024, model2vec). A sentence is the mean of its words, each weighted by
how rare it is (Arora, Liang and Ma 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings"). Words that
the table lacks, names mostly, get a random direction of their own that depends on the word alone, so that the same
name counts as the same.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt
import regex

from variorum.collation.lists import sections_of
from variorum.collation.words import folded, stem

Vector = npt.NDArray[np.float32]

SMOOTHING: Final = 1e-3
"""The `a` of Arora et al.; of 1e-3, 3e-4 and 1e-4 the best on the training part of MSRP."""
STRAYS: Final = 4096
"""Directions that words without a vector share."""
Opposition = Literal["outcomes", "answers", "opposite"]
OPPOSITIONS: Final[tuple[Opposition, ...]] = ("outcomes", "answers", "opposite")
KINDS: Final = ("same", "above", "derived", *OPPOSITIONS)
RAREST: Final = 7.0
"""log2 of occurrences in 1e9 words of a word that the table lacks."""


@dataclass(frozen=True)
class _Table:
    row: dict[str, int]
    """Rows by the form of a word."""
    plain: dict[str, int]
    """Rows by the word as written in lower case."""
    vectors: Vector
    weights: Vector


@cache
def _table() -> _Table:
    folder = files("variorum.collation") / "data"
    head, *lines = gzip.decompress((folder / "vector_words.txt.gz").read_bytes()).decode().rstrip("\n").split("\n")
    found = regex.search(r"(\d+) numbers each, times (\d+[.]\d+)", head)
    if found is None:
        raise ValueError("vector_words.txt.gz: the first line tells no size")
    size, scale = int(found[1]), float(found[2])
    flat = np.frombuffer(gzip.decompress((folder / "vectors.bin.gz").read_bytes()), np.int8)
    vectors = flat.reshape(-1, size).astype(np.float32) * np.float32(scale)
    row: dict[str, int] = {}
    plain: dict[str, int] = {}
    weights = np.empty(len(lines), np.float32)
    for n, line in enumerate(lines):
        word, log = line.split()
        weights[n] = rarity(float(log))
        plain[word] = n
        row.setdefault(folded(word), n)
    return _Table(row, plain, vectors, weights)


def rarity(log: float) -> float:
    """The weight of a word that occurs 2 ** log times in 1e9 words."""
    return float(SMOOTHING / (SMOOTHING + 2.0**log / 1e9))


@lru_cache(1 << 17)
def weight(form: str) -> float:
    """How much a word tells, 0 to 1: rare words tell more."""
    if form.startswith("#"):
        return 1.0
    n = _table().row.get(form)
    return rarity(RAREST) if n is None else float(_table().weights[n])


@lru_cache(1 << 17)
def vector(form: str) -> Vector:
    """The direction of a word's meaning, of length one."""
    table = _table()
    n = table.row.get(form)
    if n is not None:
        row: Vector = table.vectors[n]
        return row
    seed = int.from_bytes(hashlib.blake2b(form.encode(), digest_size=8).digest(), "big")
    drawn: Vector = _drawn(seed, 1)[0]
    return drawn


def word_vectors(forms: Sequence[str]) -> Vector:
    """A row for each word, of length one, or zero for words that the table lacks, of which nothing is known."""
    table = _table()
    rows = np.zeros((len(forms), table.vectors.shape[1]), np.float32)
    known = [i for i, form in enumerate(forms) if form in table.row]
    rows[known] = table.vectors[[table.row[forms[i]] for i in known]]
    return rows


def sentence_vectors(sentences: Sequence[Sequence[str]]) -> Vector:
    """A row for each sentence, given as forms of words, of length one (or zero where there are no words)."""
    rows = np.zeros((len(sentences), _table().vectors.shape[1]), np.float32)
    number = {form: n for n, form in enumerate(dict.fromkeys(form for forms in sentences for form in forms))}
    if not number:
        return rows
    weights = np.array([weight(form) for form in number], np.float32)
    weighted = np.stack([vector(form) for form in number]) * weights[:, None]
    filled = [i for i, forms in enumerate(sentences) if forms]
    starts = np.cumsum([0, *(len(sentences[i]) for i in filled)])[:-1]
    words = weighted[[number[form] for i in filled for form in sentences[i]]]
    rows[filled] = np.add.reduceat(words, starts, axis=0)
    return _of_length_one(rows)


def _of_length_one(rows: Vector) -> Vector:
    found: Vector = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
    return found


def _drawn(seed: int, count: int) -> Vector:
    """Random directions, the same for the same seed."""
    size = (count, _table().vectors.shape[1])
    return _of_length_one(np.random.Generator(np.random.PCG64(seed)).standard_normal(size).astype(np.float32))


@cache
def _strays() -> Vector:
    """Directions for words that the table lacks, where many sentences are counted and two such words may share one."""
    return _drawn(1, STRAYS)


@cache
def _weighted() -> Vector:
    """The vectors of the table and of strays, each times its weight."""
    table = _table()
    found: Vector = np.concatenate([table.vectors * table.weights[:, None], _strays() * np.float32(rarity(RAREST))])
    return found


def _row(word: str) -> int:
    found = _table().plain.get(word)
    return found if found is not None else len(_table().weights) + crc32(word.encode()) % STRAYS


def table_rows(sentences: Sequence[Sequence[str]]) -> Vector:
    """As `sentence_vectors`, for words in lower case as they are written; quicker, for many."""
    rows = np.array([_row(word) for sentence in sentences for word in sentence])
    bounds = np.cumsum([0, *(len(sentence) for sentence in sentences)])[:-1]
    return _of_length_one(np.add.reduceat(_weighted()[rows], bounds, axis=0))


def nearness(one: str, other: str) -> float:
    """Cosine of the vectors of two words; 0 where either is not in the table, since nothing is known then."""
    row = _table().row
    if one not in row or other not in row:
        return 0.0
    return float(vector(one) @ vector(other))


@cache
def _senses() -> dict[str, dict[str, set[str]]]:
    """For "same", "above" and "opposite", the words that each word is in that relation to."""
    found: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
    sections = sections_of("senses.txt.gz")
    for line in sections["same"]:
        words = [folded(word) for word in line.split()]
        for word in words:
            found["same"][word].update(words)
    for line in sections["above"]:
        below, above = line.split(" > ")
        for word in below.split():
            for other in above.split():
                found["above"][folded(word)].add(folded(other))
                found["above"][folded(other)].add(folded(word))
    for kind in ("opposite", "derived"):
        for line in sections[kind]:
            one, other = (folded(word) for word in line.split())
            found[kind][one].add(other)
            found[kind][other].add(one)
    for kind in ("outcomes", "answers"):
        for line in sections_of("opposites.txt")[kind]:
            left, right = ([folded(word) for word in side.split()] for side in line.split("|"))
            for one in left:
                for other in right:
                    found[kind][one].add(other)
                    found[kind][other].add(one)
    return found


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """The words of the senses by their stems."""
    found: dict[str, set[str]] = defaultdict(set)
    for related in _senses().values():
        for word in related:
            found[stem(word)].add(word)
    return {key: tuple(sorted(words)) for key, words in found.items()}


@lru_cache(1 << 16)
def is_common(form: str) -> bool:
    """Whether a word is one of the dictionary, not a name alone."""
    return stem(form) in _stems()


@lru_cache(1 << 16)
def related(kind: str, form: str) -> frozenset[str]:
    """Stems of the words that a word, in any form of it, is in a relation to."""
    related = _senses()[kind]
    return frozenset(stem(other) for word in _stems().get(stem(form), ()) for other in related.get(word, ()))


def synonyms(one: str, other: str) -> bool:
    """Whether two words have a sense in common, or are derived from one another."""
    return stem(one) == stem(other) or stem(other) in related("same", one) or stem(other) in related("derived", one)


def close(one: str, other: str) -> bool:
    """Whether a sense of one stands right above a sense of the other."""
    return stem(other) in related("above", one)


@lru_cache(1 << 16)
def opposites(form: str) -> frozenset[str]:
    """Stems of the words that a word is opposed to in any way."""
    return frozenset().union(*(related(kind, form) for kind in OPPOSITIONS))


def opposition(one: str, other: str) -> Opposition | None:
    """In what two words are opposed: in the outcome of an act, in the answer given, or in meaning otherwise.

    None if they aren't.
    """
    if stem(one) == stem(other):
        return None
    return next((kind for kind in OPPOSITIONS if stem(other) in related(kind, one)), None)
