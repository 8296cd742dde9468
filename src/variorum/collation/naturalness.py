"""Which of two texts has the less natural words where they differ.

A machine that swaps words for synonyms leaves pairs of words that nobody writes ("racial tensions" for a tight race,
"Social Welfare President"), and often broken words. How usual it is that one word follows another is known from
counts in news (reading/data/pairs.bin.gz); the measure is the mean logarithm of that probability, smoothed by how
usual the second word is (Dirichlet; Zhai and Lafferty 2004), over the words that only one side has.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log2
from typing import Final

from variorum.collation.aligned import Laid
from variorum.collation.parsed import Parsed
from variorum.reading.mending.lexicon import pairs, words

LEAST: Final = 10
"""Pairs of words on each side from which a mean is believed."""
SMOOTHING: Final = 50.0
"""Weight of what is expected of the second word alone, in occurrences of the first."""
UNKNOWN: Final = 1e-9
"""Share of a word that no list knows among all words."""
BROKEN: Final = 0.5
MOST_BROKEN: Final = 4
"""Bits by which each broken word that the other side has whole makes a side less natural, and how many count."""


def unnatural(laid: Laid) -> tuple[float, float]:
    """How unusual the words of each side are where the two differ, in bits for each word; the higher, the less natural.

    Both are 0 where they differ in too few words.
    """
    matched_a = {i for pair in laid.pairs for i, j in pair.words if laid.a.forms[i] == laid.b.forms[j]}
    matched_b = {j for pair in laid.pairs for i, j in pair.words if laid.a.forms[i] == laid.b.forms[j]}
    a = list(_bits(laid.a, [pair.a for pair in laid.pairs], matched_a))
    b = list(_bits(laid.b, [pair.b for pair in laid.pairs], matched_b))
    if min(len(a), len(b)) < LEAST:
        return 0.0, 0.0
    broken = [BROKEN * min(side.broken + side.witness.broken, MOST_BROKEN) for side in (laid.a, laid.b)]
    return sum(a) / len(a) + broken[0], sum(b) / len(b) + broken[1]


def _bits(parsed: Parsed, stretches: list[range], matched: set[int]) -> Iterator[float]:
    counted = pairs()
    for stretch in stretches:
        for i in stretch[1:]:
            if i in matched and i - 1 in matched:
                continue
            first, second = _written(parsed, i - 1), _written(parsed, i)
            if first.isalpha() and second.isalpha():
                expected = SMOOTHING * _share(second)
                yield -log2((counted.count(first, second) + expected) / (_share(first) * counted.total + SMOOTHING))


def _written(parsed: Parsed, i: int) -> str:
    word = parsed.words[i]
    return parsed.witness.text[word.start : word.end].lower().split("'")[0].split("’")[0]


def _share(word: str) -> float:
    known = words().get(word)
    return 2 ** (known / 2) / 1e9 if known is not None else UNKNOWN
