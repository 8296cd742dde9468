"""Which documents of a pile are copies of which: candidates first, then each pair of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, TypeVar

import regex

from variorum.collation import candidates
from variorum.collation.aligned import Laid, lay
from variorum.collation.comparing import collation_of
from variorum.collation.findings import Collation, Relation, Witness
from variorum.collation.lineage import refined
from variorum.collation.parsed import Parsed, of_witness, parsed
from variorum.collation.relation import relation

TOGETHER: Final = 64
"""Pairs that are compared at once."""

LEAST_SHARED: Final = 6
"""Fingerprints that two texts must share to be laid side by side, if nothing else makes them alike.

So many make some twenty words in a row; less can't make a relation.
"""

_QUOTED: Final = regex.compile(r"“[^”]{1,800}”|\"[^\"\n]{1,800}\"")
"""Quotations, roughly: what two texts have of them alone makes no relation, and is not worth a comparison."""

Made = TypeVar("Made")


class Listener(Protocol):
    """Somebody who wants to know how far it is (variorum.progress.Progress)."""

    def start(self, stage: str, total: int | None) -> None:
        """Say that a stage begins."""

    def advance(self, done: int = 1) -> None:
        """Say that some more are done."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two witnesses that may be related."""

    a: Witness
    b: Witness


class Engine(Protocol):
    """Applies a function to batches of pairs, here or on other processes; results may come in any order."""

    def __call__(
        self, work: Callable[[Sequence[Compared]], list[list[Made]]], pairs: Sequence[Compared]
    ) -> Iterable[tuple[Compared, list[Made]]]:
        """Yield each pair with what was made of it."""


def here(
    work: Callable[[Sequence[Compared]], list[list[Made]]], pairs: Sequence[Compared]
) -> Iterator[tuple[Compared, list[Made]]]:
    """Apply the function in this process."""
    for start in range(0, len(pairs), TOGETHER):
        batch = pairs[start : start + TOGETHER]
        yield from zip(batch, work(batch), strict=True)


def copies(witnesses: Iterable[Witness], progress: Listener | None = None, engine: Engine = here) -> list[Relation]:
    """All pairs of a pile of which one descends from the other, or both from a third; `a` before `b` by id, sorted.

    Of more than `candidates.CROWD` documents with the same words each is paired with the next so many only. Raises
    nothing for empty or foreign texts; they are related to none.

    """
    pile = sorted(witnesses, key=lambda witness: witness.id)
    found = [one for _, relations in _results(pile, progress, engine, related) for one in relations]
    return refined(pile, found)


def collations(
    witnesses: Iterable[Witness], progress: Listener | None = None, engine: Engine = here
) -> Iterator[Collation]:
    """The same with passages and variants, for pairs that are related; in no order."""
    pile = sorted(witnesses, key=lambda witness: witness.id)
    for _, found in _results(pile, progress, engine, collated):
        yield from found


def _results(
    pile: Sequence[Witness],
    progress: Listener | None,
    engine: Engine,
    work: Callable[[Sequence[Compared]], list[list[Made]]],
) -> Iterator[tuple[Compared, list[Made]]]:
    pairs = candidate_pairs(pile, progress)
    if progress:
        progress.start("laying side by side", len(pairs))
    for pair, made in engine(work, pairs):
        if progress:
            progress.advance()
        yield pair, made


def candidate_pairs(witnesses: Sequence[Witness], progress: Listener | None = None) -> list[Compared]:
    """Pairs of witnesses that may be related, in order; the first of each is the one whose id comes first."""
    texts = [witness.text for witness in witnesses]
    advance = progress.advance if progress else None
    if progress:
        progress.start("comparing fingerprints", len(texts))
    narratives = [_QUOTED.sub(" ", text) for text in texts]
    same = [pair for pair, count in candidates.counted_pairs(narratives, advance) if count >= LEAST_SHARED]
    if progress:
        progress.start("comparing meanings", len(texts))
    reworded = candidates.reworded(texts, advance)
    return [
        Compared(witnesses[i], witnesses[j]) for i, j in _together({*same, *reworded}) if _one_language(witnesses, i, j)
    ]


def _together(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs, those of the same texts near each other, so that what is worked out of a text serves all its pairs."""
    leader: dict[int, int] = {}

    def find(i: int) -> int:
        while leader.setdefault(i, i) != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    ordered = sorted(pairs)
    for i, j in ordered:
        low, high = sorted((find(i), find(j)))
        leader[high] = low
    return sorted(ordered, key=lambda pair: (find(pair[0]), pair))


def _one_language(witnesses: Sequence[Witness], i: int, j: int) -> bool:
    one, other = witnesses[i].language, witnesses[j].language
    return one is None or other is None or one == other


def related(batch: Sequence[Compared]) -> list[list[Relation]]:
    """How each pair is related; nothing where it is not."""
    found = (relation(_laid(pair)) for pair in batch)
    return [[one] if one else [] for one in found]


def collated(batch: Sequence[Compared]) -> list[list[Collation]]:
    """Each pair side by side; nothing where it is not related."""
    found = (collation_of(_laid(pair)) for pair in batch)
    return [[one] if one.relation else [] for one in found]


@lru_cache(1024)
def _parsed(text: str) -> Parsed:
    found = parsed(Witness("", text))
    for made in ("vectors", "quoted", "values", "numbered", "sentence_of", "vocabulary", "wholes"):
        getattr(found, made)  # once, for all the pairs that it is part of
    return found


@lru_cache(64)
def _of_equals(text: str) -> Laid:
    return lay(_parsed(text), _parsed(text))


def _laid(pair: Compared) -> Laid:
    if pair.a.text == pair.b.text:
        laid = _of_equals(pair.a.text)
        return Laid(of_witness(laid.a, pair.a), of_witness(laid.b, pair.b), laid.pairs)
    return lay(of_witness(_parsed(pair.a.text), pair.a), of_witness(_parsed(pair.b.text), pair.b))
