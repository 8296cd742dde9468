"""How alike two mentions of events are: how likely it is that they tell of one event.

A logistic model over what a person would look at: whether the predicates are one word or akin, whether who takes part
agrees, how many telling words their sentences share, and how far apart they were published.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp, log, sqrt
from typing import Final

import numpy as np

from variorum.collation.meanings import related, weight, word_vectors
from variorum.collation.words import folded, stem

WEIGHTS: Final = {
    "bias": -4.9,
    "derived": -1.2,
    "synonym": 0.1,
    "near": -4.4,
    "nearness": 5.0,
    "actor": 0.55,
    "recipient": 1.55,
    "crossed": 1.3,
    "differ": -0.4,
    "names": 0.8,
    "words": 5.6,
    "half dated": -0.2,
    "a day apart": 1.8,
    "a week apart": 1.95,
    "same type": -0.05,
    "other type": -0.35,
    "telling": 3.75,
    "same kind": 0.8,
    "same place": 0.35,
}
"""Fitted on ECB+ without its dev topics (``python benchmarks/crossdoc.py --fit``), on pairs of akin predicates."""
MOST_WORDS: Final = 0.3
"""Likeness of words beyond which more of it tells nothing: sentences of copies say all of their events in one."""
NEAR: Final = 0.5
"""Cosine of two words from which they are akin; below it one pair in twenty of ECB+ is one event."""
DAY: Final = 1
WEEK: Final = 7
"""Days between publications; of pairs more than a month apart in ECB+ four in five are two events, in MEANTIME all."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is looked at of a mention."""

    kind: str
    """Its subtype."""
    stem: str
    """Stem of its predicate; of several words all of them."""
    telling: float
    """How much the predicate says by itself, 0 to 1."""
    type: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    names: frozenset[str]
    """Words for those who take part and are no actors of the corpus."""
    days: tuple[date, date] | None
    """First and last day that it can be of."""
    published: tuple[date, date] | None
    place: str
    words: Mapping[str, float]
    """What its words tell, each with how rare it is among the mentions."""
    size: float
    """Length of the vector of words."""

    def parts(self) -> frozenset[str]:
        """Those who take part."""
        return self.actors | self.recipients


def rarities(sentences: Sequence[Iterable[str]]) -> dict[str, float]:
    """How rare each word is among sentences: the logarithm of how few have it."""
    count = Counter(word for words in sentences for word in set(words))
    return {word: log((len(sentences) + 1) / (n + 0.5)) for word, n in count.items()}


def stem_of(predicate: str) -> str:
    """What predicates are compared by."""
    return " ".join(stem(folded(word)) for word in predicate.split())


def telling(predicate: str) -> float:
    """How much a predicate says by itself; of several words, the most that one of them says."""
    return max((weight(folded(word)) for word in predicate.split()), default=0.0)


def days_between(first: str | None, last: str | None) -> tuple[date, date] | None:
    """Two days as dates; None unless both are known."""
    return (_date(first), _date(last)) if first and last else None


@cache
def _date(day: str) -> date:
    return date.fromisoformat(day)


# --- predicates ------------------------------------------------------------------------------------------------------


def kin(predicates: Iterable[str]) -> dict[str, dict[str, tuple[str, float]]]:
    """For the stem of each predicate those that are akin to it, itself among them: how, and how near in meaning.

    How: ``same``, ``derived`` (resign, resignation), ``synonym``, or ``near``.
    """
    words = {stem_of(p): folded(p) for p in sorted(set(predicates))}
    stems = sorted(words)
    found: dict[str, dict[str, tuple[str, float]]] = {one: {one: ("same", 1.0)} for one in stems}
    for one in stems:
        for how, kind in (("synonym", "same"), ("derived", "derived")):
            for other in related(kind, words[one]) & words.keys():
                if other != one:
                    found[one][other] = found[other][one] = (how, 1.0)
    vectors = word_vectors([words[one] for one in stems])
    for low in range(0, len(stems), 1000):
        near = vectors[low : low + 1000] @ vectors.T
        for i, j in zip(*np.nonzero(near >= NEAR), strict=True):
            found[stems[low + i]].setdefault(stems[j], ("near", float(near[i, j])))
    return found


# --- likeness --------------------------------------------------------------------------------------------------------


def features(one: Told, other: Told, akin: tuple[str, float]) -> dict[str, float]:
    """What two mentions have in common, by the names of the weights."""
    how, near = akin
    found: dict[str, float] = defaultdict(float, bias=1.0)
    if how == "near":
        found["near"], found["nearness"] = 1.0, near
    elif how != "same":
        found[how] = 1.0
    found["telling"] = min(one.telling, other.telling)
    found["same kind"] = one.kind == other.kind
    if one.type and other.type:
        found["same type" if one.type == other.type else "other type"] = 1.0
    actor, recipient = bool(one.actors & other.actors), bool(one.recipients & other.recipients)
    found["actor"], found["recipient"] = actor, recipient
    found["crossed"] = bool(one.actors & other.recipients or one.recipients & other.actors)
    found["differ"] = (bool(one.actors and other.actors) and not actor) or (
        bool(one.recipients and other.recipients) and not recipient
    )
    if one.names and other.names:
        found["names"] = len(one.names & other.names) / min(len(one.names), len(other.names))
    found["words"] = min(MOST_WORDS, _shared(one, other))
    found["same place"] = bool(one.place) and one.place == other.place
    found["half dated"] = (one.days is None) != (other.days is None)
    apart = distance(one, other)
    if apart is not None and apart <= WEEK:
        found["a day apart" if apart <= DAY else "a week apart"] = 1.0
    return found


def likeness(one: Told, other: Told, akin: tuple[str, float]) -> float:
    """How likely two mentions of akin predicates are one event, 0 to 1, for all that they do not rule out."""
    return 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in features(one, other, akin).items())))


def distance(one: Told, other: Told) -> int | None:
    """Days by which two mentions can be apart at most: 0 if both name one day, else by publication; None: not known."""
    if one.days is not None and one.days == other.days and one.days[0] == one.days[1]:
        return 0
    if one.published is None or other.published is None:
        return None
    a, b = one.published, other.published
    return max((b[1] - a[0]).days, (a[1] - b[0]).days)


def _shared(one: Told, other: Told) -> float:
    """Cosine of the words of two mentions, without their predicates."""
    if not one.size or not other.size:
        return 0.0
    short, long = sorted((one.words, other.words), key=len)
    return sum(value * value for word, value in short.items() if word in long) / (one.size * other.size)


def size_of(words: Mapping[str, float]) -> float:
    """Length of a vector of words."""
    return sqrt(sum(value * value for value in words.values()))
