"""How often words and pairs of words occur in English news.

Both lists are in ``reading/data``; ``docs/word-lists.md`` says what they were counted from. Words come with a class of
frequency, pairs only as a hash of 32 bits with a class of their count: of pairs that were never seen, about one in ten
thousand is taken for one that was.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain, repeat
from math import log2
from sys import byteorder
from zlib import crc32

STEPS = 2
"""Classes of frequency for each doubling."""

CERTAIN = round(STEPS * log2(1e9))
"""Class of a certainty."""

BUCKETS = 1 << 16
"""The pairs are sorted into as many buckets, by the upper half of their hash."""


def pair_key(first: str, second: str) -> int:
    """Return the hash of a pair, 32 bits."""
    return crc32(f"{first} {second}".encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often pairs of neighbouring words were seen."""

    bounds: array[int]
    """Where each bucket starts in ``low``, and one bound more."""
    low: array[int]
    """The lower halves of the hashes, sorted within each bucket."""
    classes: bytes
    """For each pair, ``1 + STEPS * log2(count)``, rounded."""
    total: int
    """Words that were counted."""

    def count(self, first: str, second: str) -> float:
        """Return how often the pair was seen, about; 0 if never, or once and of no interest."""
        key = pair_key(first, second)
        bucket, low = key >> 16, key & 0xFFFF
        start, end = self.bounds[bucket], self.bounds[bucket + 1]
        at = bisect_left(self.low, low, start, end)
        if at < end and self.low[at] == low:
            return float(2.0 ** ((self.classes[at] - 1) / STEPS))
        return 0.0


@cache
def words() -> dict[str, int]:
    """Return the class of frequency of each word: ``STEPS * log2`` of its count in a thousand million words."""
    content = gzip.decompress((files("variorum.reading") / "data/words.txt.gz").read_bytes()).decode()
    lines = [line.split() for line in content.split("\n") if not line.startswith("#")]
    classes = chain.from_iterable(repeat(number, len(line)) for number, line in enumerate(lines))
    return dict(zip(chain.from_iterable(lines), classes, strict=True))


@cache
def small(name: str) -> frozenset[str]:
    """Return a list of ``mending_words.toml`` by its name there."""
    table = tomllib.loads((files("variorum.reading") / "data/mending_words.toml").read_text(encoding="utf-8"))
    return frozenset(table[name].split())


@cache
def pairs() -> Pairs:
    """Return the pair list."""
    content = gzip.decompress((files("variorum.reading") / "data/pairs.bin.gz").read_bytes())
    head = content[: content.index(b"\n\n")].decode()
    total = re.search(r"words counted: (\d+)", head)
    if total is None:
        raise ValueError("pairs.bin.gz does not say how many words were counted")
    at = len(head) + 2
    bounds = array("I", accumulate(content[at : at + BUCKETS], initial=0))
    at += BUCKETS
    low = array("H")
    low.frombytes(content[at : at + 2 * bounds[-1]])
    if byteorder == "big":
        low.byteswap()
    return Pairs(bounds, low, content[at + 2 * bounds[-1] :], int(total.group(1)))
