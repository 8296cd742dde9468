"""Quotes that changed on the way.

Which utterance a variant of collation belongs to, and which version is likely the original.

Collation knows places in texts alone; here they are brought together with what stands in quotation marks there.
Nothing is decided by who is the better known outlet: a version is likelier the original if independent origins have
it, or if the other stands in a text that was reworded throughout or descends from the one where it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.situation.wording import within

Stretch = tuple[int, int]

BY_ORIGINS: Final = 0.8
BY_DESCENT: Final = 0.75
BY_REWORDING: Final = 0.75
"""How sure it is which version is the original, by what tells it."""


@dataclass(frozen=True, slots=True)
class Place:
    """An attribution with where its content stands."""

    id: str
    document: str
    spans: tuple[Stretch, ...]
    utterance: str | None = None
    origin: str = ""
    """Origin of the passage in which it stands."""
    words: tuple[str, ...] = ()
    """What is said, as it is compared."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A variant inside a quotation."""

    id: str
    a: str
    """Document."""
    b: str
    a_span: Stretch | None
    b_span: Stretch | None
    grave: bool
    """Whether it is more than a truncation or a matter of spelling."""
    direction: str
    """Of the relation of the two documents."""
    reworded: str
    """Which of the two is reworded throughout, ``a`` or ``b``; empty where neither is."""


@dataclass(frozen=True, slots=True)
class Original:
    """Which version of an altered utterance is likely the original."""

    attribution: str | None
    """None where nothing tells."""
    score: float
    reason: str


class Places:
    """Attributions by where their content stands."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts: dict[str, list[tuple[int, int, Place]]] = defaultdict(list)
        for place in places:
            for start, end in place.spans:
                self._starts[place.document].append((start, end, place))
        for rows in self._starts.values():
            rows.sort(key=lambda row: (row[0], row[1], row[2].id))

    def at(self, document: str, span: Stretch | None) -> Place | None:
        """The attribution whose content holds a stretch, the narrowest if several do."""
        if span is None:
            return None
        rows = self._starts.get(document, [])
        stop = bisect_right(rows, span[1], key=lambda row: row[0])
        holding = [row for row in rows[:stop] if row[0] < span[1] and span[0] < row[1]]
        return min(holding, key=lambda row: (row[1] - row[0], row[2].id), default=(0, 0, None))[2]


def together(variants: Iterable[Altered], places: Places) -> list[tuple[str, str]]:
    """Pairs of attributions that copies have at the same place."""
    found = set()
    for variant in variants:
        one, other = places.at(variant.a, variant.a_span), places.at(variant.b, variant.b_span)
        if one and other:
            found.add((min(one.id, other.id), max(one.id, other.id)))
    return sorted(found)


def linked(variants: Iterable[Altered], places: Places) -> dict[str, str]:
    """The utterance of each variant inside a quotation, by the id of the variant."""
    found = {}
    for variant in variants:
        one, other = places.at(variant.a, variant.a_span), places.at(variant.b, variant.b_span)
        utterances = {place.utterance for place in (one, other) if place and place.utterance}
        if len(utterances) == 1:
            found[variant.id] = utterances.pop()
    return found


def original(variants: Sequence[Altered], versions: Sequence[Place]) -> Original:
    """Which version of an utterance, altered in these places, is likely the one that was said."""
    of_document: dict[str, Place] = {}
    for place in versions:
        of_document.setdefault(place.document, place)
    by_words = {
        place.words: {
            other.origin for other in versions if within(place.words, other.words) or within(other.words, place.words)
        }
        for place in versions
    }
    most = sorted(by_words.items(), key=lambda item: (-len(item[1]), item[0]))
    if len(most[0][1]) > 1 and (len(most) == 1 or len(most[0][1]) > len(most[1][1])):
        chosen = next(place for place in versions if place.words == most[0][0])
        return Original(chosen.id, BY_ORIGINS, f"{len(most[0][1])} independent origins have these words.")
    return _by_copies(variants, of_document)


def _by_copies(variants: Sequence[Altered], of_document: Mapping[str, Place]) -> Original:
    votes: dict[str, str] = {}
    against: set[str] = set()
    for variant in variants:
        if not variant.grave:
            continue
        if variant.direction in ("a-from-b", "b-from-a"):
            older, newer = (variant.b, variant.a) if variant.direction == "a-from-b" else (variant.a, variant.b)
            votes.setdefault(older, "The other versions stand in a text that descends from this one.")
            against.add(newer)
        elif variant.reworded:
            newer, older = (variant.a, variant.b) if variant.reworded == "a" else (variant.b, variant.a)
            votes.setdefault(older, "The other version stands in a text that is reworded throughout.")
            against.add(newer)
    likely = sorted(document for document in votes if document not in against and document in of_document)
    if len(likely) == 1 or (likely and len({of_document[one].words for one in likely}) == 1):
        return Original(of_document[likely[0]].id, BY_DESCENT, votes[likely[0]])
    return Original(None, 0.0, "Nothing tells which version was said.")
