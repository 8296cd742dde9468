"""How alike two mentions of events are: how likely it is that they tell of one event.

A logistic model over what a person would look at: whether the predicates are one word or akin, whether who takes part
agrees, how many telling words their sentences share, and how far apart they were published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp, log, sqrt
from typing import Final

import numpy as np

from variorum.collation.meanings import related, weight, word_vectors
from variorum.collation.words import folded, stem

FITTED: Final = {
    "bias": -1.6,
    "derived": -0.9,
    "near": -4.2,
    "nearness": 4.8,
    "actor": 0.5,
    "recipient": 1.2,
    "crossed": 0.6,
    "names": 1.0,
    "words": 6.7,
    "a day apart": 2.2,
    "a week apart": 2.4,
    "other type": -2.6,
    "telling": 0.8,
    "same kind": 0.7,
    "nobody": -0.5,
    "nobody, telling": 0.8,
}
"""Weights fitted on pairs of akin predicates (training/events.py): of ECB+ without its dev topics, and of three topics
of AllSides, published two months apart and so not one event. The bias was then moved so that a mean likeness of 0.4 is
enough to make one event."""
STRICT: Final = {
    "differ": -6.0,
    "strangers": -1.0,
    "unreal": -2.5,
    "half dated": -1.0,
    "other kind": -2.0,
    "nobody, mapped": -1.0,
    "recurs": -0.45,
    "recurring": -1.2,
    "nobody, recurring": -2.0,
}
"""Weights set by hand, for corpora of one story in which the same things happen again and again: of 30 joined events of
each of two topics of AllSides about half were wrong without them, and a quarter with them. They cost 2 points of CoNLL
F1 on the tuning topics of ECB+, where every topic tells of two events alone."""
WEIGHTS: Final = FITTED | STRICT
RAREST: Final = 7.0
"""Logarithm of how many times rarer than once in a thousand words a predicate is that says the most."""
MOST_WORDS: Final = 0.3
"""Likeness of words beyond which more of it tells nothing: sentences of copies say all of their events in one."""
MOST_WEEKS: Final = 2.3
"""Logarithm of the weeks beyond which it tells no more that something recurs."""
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
    acting: bool
    """Whether it tells who acts, an actor of the corpus or not."""
    unreal: bool
    """Whether it is told as a condition or a demand."""
    recurs: float
    """How often the like of it is told of: the logarithm of the weeks in which its predicate was published, of which a
    few count as one."""
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


@cache
def stem_of(predicate: str) -> str:
    """What predicates are compared by."""
    return " ".join(stem(folded(word)) for word in predicate.split())


@cache
def telling(predicate: str) -> float:
    """How rare a predicate is, 0 to 1; of several words, the rarest."""
    least = min((1 / weight(folded(word)) - 1 for word in predicate.split()), default=1.0)
    return min(1.0, max(0.0, -log(max(least, 1e-9)) / RAREST))


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
    """What two mentions have in common and what parts them, by the names of the weights."""
    how, near = akin
    actor, recipient = bool(one.actors & other.actors), bool(one.recipients & other.recipients)
    crossed = bool(one.actors & other.recipients or one.recipients & other.actors)
    names = len(one.names & other.names) / min(len(one.names), len(other.names)) if one.names and other.names else 0.0
    nobody = not (actor or recipient or crossed or names)
    differ = (one.actors and other.actors and not actor) or (one.recipients and other.recipients and not recipient)
    acting = one.acting and other.acting
    mapped = bool(one.type and other.type)
    recurs = min(MOST_WEEKS, one.recurs, other.recurs)
    telling = min(one.telling, other.telling)
    apart = distance(one, other)
    return {
        "bias": 1.0,
        "derived": how == "derived",
        "near": how == "near",
        "nearness": near if how == "near" else 0.0,
        "actor": actor,
        "recipient": recipient,
        "crossed": crossed,
        "names": names,
        "words": min(MOST_WORDS, _shared(one, other)),
        "a day apart": apart is not None and apart <= DAY,
        "a week apart": apart is not None and DAY < apart <= WEEK,
        "other type": mapped and one.type != other.type,
        "telling": telling,
        "same kind": one.kind == other.kind,
        "nobody": nobody,
        "nobody, telling": nobody * telling,
        "differ": bool(differ),
        "strangers": acting and not (actor or names),
        "unreal": one.unreal != other.unreal and acting and not actor,
        "half dated": nobody and (one.days is None) != (other.days is None),
        "other kind": mapped and one.kind != other.kind,
        "nobody, mapped": nobody and mapped,
        "recurs": recurs > 0,
        "recurring": recurs,
        "nobody, recurring": nobody and recurs > 0,
    }


def likeness(one: Told, other: Told, akin: tuple[str, float]) -> float:
    """How likely two mentions of akin predicates are one event, 0 to 1, for all that they do not rule out."""
    return 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in features(one, other, akin).items() if value)))


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
