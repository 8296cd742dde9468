"""Two witnesses laid beside each other: corresponding sentences, and the words in them that correspond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from variorum.collation.alignment import Block, align
from variorum.collation.findings import Passage
from variorum.collation.parsed import Parsed, rejoined
from variorum.collation.wording import alignment

VERBATIM: Final = 0.9
"""Share of the words of both sides that are the same, and in the same order, from which a passage is word for word."""
LEAST_AGREEMENT: Final = 0.3
"""Weighted share of the words of the shorter side that have a counterpart, below which sentences do not correspond
after all.
"""


@dataclass(frozen=True, eq=False)
class Pair:
    """Sentences of both witnesses that correspond, and the words in them that do."""

    a: range
    """Words of the first witness."""
    b: range
    words: tuple[tuple[int, int], ...]
    """Corresponding words by number, in order."""
    block: Block
    same: float
    """Share of the words of both sides that are the same."""
    agreement: float
    """Weighted share of the shorter side's words that have a counterpart."""

    @property
    def verbatim(self) -> bool:
        """Whether it is word for word."""
        return self.same >= VERBATIM


@dataclass(frozen=True, eq=False)
class Laid:
    """Two witnesses side by side."""

    a: Parsed
    b: Parsed
    pairs: tuple[Pair, ...]
    """In the order of the first."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Shared passages: pairs that follow each other on both sides, put together as far as they are of one kind."""
        found: list[list[Pair]] = []
        for pair in self.pairs:
            last = found[-1][-1] if found else None
            if last and last.verbatim == pair.verbatim and _follows(last, pair):
                found[-1].append(pair)
            else:
                found.append([pair])
        return tuple(self._passage(pairs) for pairs in found)

    def _passage(self, pairs: Sequence[Pair]) -> Passage:
        words = sum(len(pair.a) + len(pair.b) for pair in pairs)
        score = sum((len(pair.a) + len(pair.b)) * pair.agreement for pair in pairs) / words
        return Passage(
            self.a.span(range(pairs[0].a.start, pairs[-1].a.stop)),
            self.b.span(range(pairs[0].b.start, pairs[-1].b.stop)),
            "verbatim" if pairs[0].verbatim else "reworded",
            round(min(score, 1.0), 3),
        )


def _follows(one: Pair, other: Pair) -> bool:
    return one.a.stop == other.a.start and one.b.stop == other.b.start


def lay(a: Parsed, b: Parsed) -> Laid:
    """Lay two witnesses side by side. Which comes first changes nothing but the sides."""
    if a.witness.text > b.witness.text:
        return _mirrored(_lay(b, a))
    return _lay(a, b)


def _mirrored(laid: Laid) -> Laid:
    pairs = (
        Pair(
            one.b,
            one.a,
            tuple((j, i) for i, j in one.words),
            Block(one.block.b, one.block.a, one.block.likeness),
            one.same,
            one.agreement,
        )
        for one in laid.pairs
    )
    return Laid(laid.b, laid.a, tuple(sorted(pairs, key=lambda pair: pair.a.start)))


def _lay(a: Parsed, b: Parsed) -> Laid:
    a, b = rejoined(a, b.vocabulary), rejoined(b, a.vocabulary)
    pairs = (_pair(a, b, block) for block in align(a, b))
    return Laid(a, b, tuple(pair for pair in pairs if pair.agreement >= LEAST_AGREEMENT))


def _pair(a: Parsed, b: Parsed, block: Block) -> Pair:
    left = range(a.sentences[block.a[0]].start, a.sentences[block.a[-1]].stop)
    right = range(b.sentences[block.b[0]].start, b.sentences[block.b[-1]].stop)
    forms_a, forms_b = a.forms[left.start : left.stop], b.forms[right.start : right.stop]
    found = alignment(forms_a, forms_b)
    same = 2 * sum(forms_a[i] == forms_b[j] for i, j in found) / (len(left) + len(right))
    values_a, values_b = a.values[left.start : left.stop], b.values[right.start : right.stop]
    matched = float(values_a[[i for i, _ in found]].sum() + values_b[[j for _, j in found]].sum()) / 2
    least = float(min(values_a.sum(), values_b.sum())) + 1e-6
    words = tuple((i + left.start, j + right.start) for i, j in found)
    return Pair(left, right, words, block, same, min(matched / least, 1.0))
