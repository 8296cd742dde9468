"""Which words of two aligned stretches correspond, and where they differ.

Words are aligned by dynamic programming (Needleman and Wunsch 1970): equal words score most, rare ones more than
common ones, then forms of one word, synonyms, numbers and names against each other. What lies between words that
correspond is a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.collation.meanings import opposites, related, weight, word_vectors
from variorum.collation.words import is_function_word, is_number, stem

NEAR: Final = 0.45
"""Cosine from which two words are so near in meaning that one may stand for the other."""
RUN: Final = 0.2
"""What it adds that the next words are the same as well."""
OF_ONE_STEM: Final = 1.2
"""What forms of one word are worth beside each other; the same word is worth one and its weight."""
SYNONYMS: Final = 0.9
KINDRED: Final = 0.6
"""Words near in meaning, or one above the other, or opposed."""
NUMBERS: Final = 0.5
FUNCTION: Final = 0.35
"""The same word, of those that say little."""
FUNCTION_SYNONYMS: Final = 0.1

Worths = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two stretches differ: words of the one and of the other by number, either may be none."""

    a: range
    b: range


def alignment(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of words that correspond, in order: equal, forms of one word, or one put for the other."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    inner = _aligned(a[start : len(a) - end], b[start : len(b) - end])
    return [
        *((i, i) for i in range(start)),
        *((i + start, j + start) for i, j in inner),
        *((len(a) - n, len(b) - n) for n in range(end, 0, -1)),
    ]


def _aligned(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    if not a or not b:
        return []
    number = {form: n for n, form in enumerate(dict.fromkeys((*a, *b)))}
    codes_a, codes_b = np.array([number[form] for form in a]), np.array([number[form] for form in b])
    values = worths(a, b)
    gains = values + _runs(codes_a, codes_b)
    best = np.zeros((len(a) + 1, len(b) + 1))
    for i in range(len(a) - 1, -1, -1):
        below = best[i + 1]
        row = np.maximum(below[:-1], np.where(values[i] > 0, gains[i] + below[1:], 0.0))
        best[i, :-1] = np.maximum.accumulate(row[::-1])[::-1]
    sums, gain, value = best.tolist(), gains.tolist(), values.tolist()
    found = []
    i = j = 0
    while i < len(a) and j < len(b):
        if value[i][j] and sums[i][j] == gain[i][j] + sums[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif sums[i][j] == sums[i + 1][j]:
            i += 1
        else:
            j += 1
    return _without_strays(found, a, b)


def _runs(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> Worths:
    """A little for words that are followed by the same word on both sides, so that runs hold together."""
    found = np.zeros((len(a), len(b)))
    found[:-1, :-1] = RUN * (a[1:, None] == b[None, 1:])
    return found


def worths(a: Sequence[str], b: Sequence[str]) -> Worths:
    """What aligning each word of the one with each of the other is worth; 0 where they may not correspond."""
    forms_a, rows = np.unique(np.array(a, object), return_inverse=True)
    forms_b, columns = np.unique(np.array(b, object), return_inverse=True)
    return _of_forms(forms_a.tolist(), forms_b.tolist())[rows[:, None], columns[None, :]]


def _of_forms(a: list[str], b: list[str]) -> Worths:
    number_a, number_b = _each(a, is_number), _each(b, is_number)
    function_a, function_b = _each(a, is_function_word), _each(b, is_function_word)
    near = word_vectors(a) @ word_vectors(b).T >= NEAR
    content = ~(number_a | function_a)[:, None] & ~(number_b | function_b)[None, :]
    found: Worths = np.where(content & near, KINDRED, 0.0)
    found[number_a[:, None] & number_b[None, :]] = NUMBERS
    of_stem: dict[str, list[int]] = defaultdict(list)
    at = {form: j for j, form in enumerate(b)}
    for j, form in enumerate(b):
        of_stem[stem(form)].append(j)
    for i, form in enumerate(a):
        if form in at:
            found[i, at[form]] = FUNCTION if function_a[i] else 1.0 + weight(form)
        if number_a[i]:
            continue
        worths = _stems_near(form)
        for other in worths.keys() & of_stem.keys():
            for j in of_stem[other]:
                if b[j] == form or number_b[j] or function_a[i] != function_b[j]:
                    continue
                if not function_a[i]:
                    found[i, j] = worths[other]
                elif worths[other] >= SYNONYMS:
                    found[i, j] = FUNCTION_SYNONYMS
    return found


def _each(forms: list[str], test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    return np.array([test(form) for form in forms], np.bool_)


@lru_cache(1 << 16)
def _stems_near(form: str) -> dict[str, float]:
    """What a word is worth beside the words of other stems, of those that it is related to."""
    found = dict.fromkeys((*related("above", form), *opposites(form)), KINDRED)
    found.update(dict.fromkeys((*related("same", form), *related("derived", form)), SYNONYMS))
    found[stem(form)] = OF_ONE_STEM
    return found


def _without_strays(pairs: list[tuple[int, int]], a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs without words that say little and stand alone between differences on both sides."""
    kept = []
    for n, (i, j) in enumerate(pairs):
        before = pairs[n - 1] if n else (-1, -1)
        after = pairs[n + 1] if n + 1 < len(pairs) else (len(a), len(b))
        alone = before != (i - 1, j - 1) and after != (i + 1, j + 1)
        if not (alone and is_function_word(a[i]) and is_function_word(b[j])):
            kept.append((i, j))
    return kept


def differences(a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[Difference]:
    """Where the words do not correspond, and each pair of words that do without being the same."""
    found: list[Difference] = []
    i = j = 0
    for k, m in (*pairs, (len(a), len(b))):
        if k > i or m > j:
            found.append(Difference(range(i, k), range(j, m)))
        if k < len(a) and a[k] != b[m]:
            found.append(Difference(range(k, k + 1), range(m, m + 1)))
        i, j = k + 1, m + 1
    return found
