"""Which sentences of two witnesses correspond: in any order, one to one, or several to one.

Sentences are compared by the words that they share, rare ones counting for more, and by what they mean; neighbours of
sentences that correspond need less. After Gale and Church 1993 (what is aligned: one to one, one to two, two to one),
without their assumption that both texts keep one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.collation.parsed import Parsed

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

SAME: Final = 0.55
"""Likeness from which two sentences correspond whatever stands around them."""
BESIDE: Final = 0.38
"""Likeness from which they do beside sentences that correspond."""
SUPPORT: Final = 0.12
"""What a neighbour that corresponds adds to the likeness."""
PART: Final = 0.6
"""Share of a sentence's words that another group must have, beyond what it has already, for the sentence to join the
group.
"""
SQUEEZED: Final = 0.35
"""The same for a sentence alone between two that correspond to neighbours."""
LARGEST_GROUP: Final = 3
MANY: Final = 600
"""Sentences up to which all of a witness are compared."""
TIMES: Final = 8
"""So many times as many sentences as the other has, up to which all are."""
COMMON: Final = 0.4
"""Share of a sentence's words, by weight, that the other witness must have anywhere, where not all are compared."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences of one witness and those of the other that correspond to them, by their numbers, in order."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    likeness: float


def align(a: Parsed, b: Parsed) -> tuple[Block, ...]:
    """The sentences of two witnesses that correspond, in the order of the first; each stands in one block at most."""
    if not a.sentences or not b.sentences:
        return ()
    stems = sorted(a.stem_numbers.keys() & b.stem_numbers.keys())
    rows_a, rows_b = _comparable(a, b, stems), _comparable(b, a, stems)
    bags_a, bags_b = _bag(a, stems, rows_a), _bag(b, stems, rows_b)
    shared = _shared(bags_a, bags_b)
    likeness = _likeness(_vectors(a, rows_a), _vectors(b, rows_b), bags_a, bags_b, shared)
    blocks = _grouped(_pairs(likeness), bags_a, bags_b, likeness)
    return tuple(
        Block(tuple(int(rows_a[i]) for i in one.a), tuple(int(rows_b[j]) for j in one.b), one.likeness)
        for one in blocks
    )


def _comparable(one: Parsed, other: Parsed, stems: Sequence[str]) -> Rows:
    """The sentences that are compared, by number, with -1 where some were left out.

    All of them, unless there are very many, and many times as many as the other witness has: then those that have
    enough words in common with it, and those beside them.
    """
    size = len(one.sentences)
    if size <= MANY or size <= TIMES * len(other.sentences):
        return np.arange(size)
    common = np.zeros(len(one.stem_numbers), np.bool_)
    common[[one.stem_numbers[stem] for stem in stems]] = True
    weights = np.bincount(one.sentence_of, one.values, size)
    near = np.bincount(one.sentence_of, one.values * common[one.numbered], size) >= COMMON * weights
    near[1:] |= near[:-1].copy()
    near[:-1] |= near[1:].copy()
    kept = np.flatnonzero(near)
    gaps = np.flatnonzero(np.diff(kept) > 1) + 1
    return np.insert(kept, gaps, -1)


def _vectors(parsed: Parsed, rows: Rows) -> Scores:
    found: Scores = np.where((rows >= 0)[:, None], parsed.vectors[rows], np.float32(0))
    return found


def _bag(parsed: Parsed, stems: Sequence[str], rows: Rows) -> Scores:
    """For each sentence the weights of its words.

    There is a column for each word that both witnesses have, and one for all others.
    """
    columns = np.full(len(parsed.stem_numbers), len(stems))
    columns[[parsed.stem_numbers[stem] for stem in stems]] = np.arange(len(stems))
    row = np.full(len(parsed.sentences), -1)
    row[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    at = row[parsed.sentence_of]
    flat = (at * (len(stems) + 1) + columns[parsed.numbered])[at >= 0]
    bag = np.bincount(flat, parsed.values[at >= 0], len(rows) * (len(stems) + 1))
    return bag.reshape(len(rows), len(stems) + 1).astype(np.float32)


def _shared(a: Scores, b: Scores) -> Scores:
    """The weight of the words that each sentence shares with each of the other witness; each word counts once."""
    present_a, present_b = a[:, :-1] > 0, b[:, :-1] > 0
    weights = np.maximum(a[:, :-1].max(0, initial=0), 0)
    found: Scores = (present_a * weights).astype(np.float32) @ present_b.T.astype(np.float32)
    return found


def _likeness(vectors_a: Scores, vectors_b: Scores, bags_a: Scores, bags_b: Scores, shared: Scores) -> Scores:
    size_a, size_b = bags_a.sum(1)[:, None] + 1e-6, bags_b.sum(1)[None, :] + 1e-6
    overlap = np.minimum(2 * shared / (size_a + size_b), 1)
    inside = np.minimum(shared / np.minimum(size_a, size_b), 1)
    meaning = np.maximum(vectors_a @ vectors_b.T, 0)
    long_enough = np.minimum(np.minimum(size_a, size_b) / 2.0, 1)
    result: Scores = (0.45 * overlap + 0.2 * inside * long_enough + 0.35 * meaning).astype(np.float32)
    return result


def _pairs(likeness: Scores) -> list[tuple[int, int]]:
    """One counterpart at most for each sentence, the likest first."""
    supported = likeness.copy()
    firm = np.where(likeness >= BESIDE, 1.0, 0.0)
    supported[1:, 1:] += SUPPORT * firm[:-1, :-1]
    supported[:-1, :-1] += SUPPORT * firm[1:, 1:]
    rows, columns = np.nonzero((likeness >= BESIDE) & (supported >= SAME))
    order = sorted(zip(-supported[rows, columns], rows.tolist(), columns.tolist(), strict=True))
    left, right = set(range(likeness.shape[0])), set(range(likeness.shape[1]))
    found = []
    for _, i, j in order:
        if i in left and j in right:
            found.append((i, j))
            left.discard(i)
            right.discard(j)
    found += _between(sorted(found), likeness, left, right)
    return sorted(found)


def _between(pairs: list[tuple[int, int]], likeness: Scores, left: set[int], right: set[int]) -> list[tuple[int, int]]:
    """Single sentences that stand between the same neighbours on both sides, if they are at all alike."""
    found = []
    for (i, j), (k, m) in pairwise(pairs):
        if k == i + 2 and m == j + 2 and i + 1 in left and j + 1 in right and likeness[i + 1, j + 1] >= BESIDE / 2:
            found.append((i + 1, j + 1))
            left.discard(i + 1)
            right.discard(j + 1)
    return found


def _grouped(pairs: list[tuple[int, int]], bags_a: Scores, bags_b: Scores, likeness: Scores) -> list[Block]:
    """Blocks of the pairs, joined by sentences beside them whose words the other side has too."""
    of_a, of_b = {i: [i] for i, _ in pairs}, {j: [j] for _, j in pairs}
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        _join(of_a[i], [j], taken_a, bags_a, bags_b)
        _join(of_b[j], of_a[i], taken_b, bags_b, bags_a)
    return [Block(tuple(of_a[i]), tuple(of_b[j]), float(likeness[i, j])) for i, j in pairs]


def _join(group: list[int], others: list[int], taken: set[int], own: Scores, other: Scores) -> None:
    """Add to a group the sentences right before and after it whose words stand in the others.

    What the group has of them already does not count.
    """
    while len(group) < LARGEST_GROUP:
        rest = np.maximum(other[others, :-1].sum(0) - own[group, :-1].sum(0), 0)
        choice = None
        for candidate in (group[0] - 1, group[-1] + 1):
            if 0 <= candidate < len(own) and candidate not in taken:
                words = own[candidate]
                part = float(np.minimum(words[:-1], rest).sum() / (words.sum() + 1e-6))
                squeezed = 2 * candidate - group[0 if candidate < group[0] else -1] in taken
                if (
                    part >= (SQUEEZED if squeezed else PART)
                    and words.sum() >= 1
                    and (choice is None or part > choice[0])
                ):
                    choice = part, candidate
        if choice is None:
            return
        taken.add(choice[1])
        group.append(choice[1])
        group.sort()
