"""Whether one party of a sentence stands for or against another, where no list tells what the words mean.

A small network over what the annotation of the sentence says: every word with its part of speech, its relation, where
it stands on the way through the dependency tree from the one party to the other (Bunescu and Mooney 2005), who says it,
whether it is negated, its lemma if it is a frequent one, and the static vector of the lemma, by which words are judged
that the training never showed. Words are described one by one and then pooled (Zaheer et al. 2017, "Deep Sets"). Names
are hidden from it, those of the two parties and all others, so that it can't learn who dislikes whom.

The weights come from ``training/polarity.py``: sentences of news with two marked parties (DSE, Findings of ACL 2021).
"""

from __future__ import annotations

import json
import zipfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.collation.meanings import word_vectors
from variorum.collation.words import folded
from variorum.language.annotation import Annotation, Span, Token

Floats = npt.NDArray[np.float32]

MOST: Final = 96
"""Words of a sentence that are looked at, those nearest to the parties."""
_DEEP: Final = 60
_NOT: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without", "deny", "refuse"})
_MODALS: Final = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "shall", "if", "unless"})
_NAMES: Final = ("PROPN", "NUM", "SYM", "X", "PUNCT")
"""Parts of speech whose lemmas are hidden."""
_STEPS: Final = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45)


@dataclass(frozen=True, slots=True)
class Chances:
    """How one party stands towards another, as probabilities that add up to one."""

    none: float
    """That the sentence says nothing of it."""
    supports: float
    opposes: float


@dataclass(frozen=True, slots=True)
class Described:
    """A pair of parties as the network sees it, from the side of one of them."""

    words: tuple[tuple[str, ...], ...]
    """Marks of each word."""
    lemmas: tuple[str, ...]
    """The lemma of each word, empty for those that are hidden."""
    near: tuple[bool, ...]
    """Whether each word is on the way between the parties or hangs on it."""
    pair: tuple[str, ...]
    """Marks of the pair."""


def directed(document: Annotation, p: range, q: range) -> Chances:
    """How p stands towards q, two stretches of tokens of one sentence; q towards p is ``directed(document, q, p)``.

    The answer is the same whatever else is in the document, apart from who is meant by its pronouns. Of parties that
    overlap or stand in different sentences nothing is said: none is 1. Raises ValueError where a party is empty or
    outside of the document.
    """
    return between(document, p, q)[0]


def between(document: Annotation, p: range, q: range) -> tuple[Chances, Chances]:
    """How p stands towards q, and q towards p; only one of the two stances is taken to be told by one sentence."""
    for party in (p, q):
        if not party or party.start < 0 or party.stop > len(document.tokens):
            raise ValueError(f"no party: tokens {party.start} to {party.stop} of {len(document.tokens)}")
    sentence = _sentence(document, p)
    if (p.start < q.stop and q.start < p.stop) or q.start < sentence.start or q.stop > sentence.stop:
        return Chances(1.0, 0.0, 0.0), Chances(1.0, 0.0, 0.0)
    one, other = described(document, p, q), described(document, q, p)
    network = _network()
    scores = np.concatenate([[0.0], network.scores(one), network.scores(other)]) / network.temperature
    chances = np.exp(scores - scores.max())
    none, *rest = (chances / chances.sum()).tolist()
    there, back = rest[:2], rest[2:]
    return Chances(none + sum(back), *there), Chances(none + sum(there), *back)


# --- what the network sees -------------------------------------------------------------------------------------------


def described(document: Annotation, holder: range, target: range) -> Described:
    """What can be told of a sentence from the side of one party, the holder of the stance if there is one."""
    return _View(document, _sentence(document, holder), holder, target).described()


def _sentence(document: Annotation, party: range) -> range:
    """The tokens of the sentence in which a party begins."""
    place = document.tokens[party.start].start
    number = bisect_left(document.sentences, place + 1, key=lambda span: span[1])
    if number == len(document.sentences):
        return range(0, len(document.tokens))
    start, end = document.sentences[number]
    return _tokens(document, start, end)


def _tokens(document: Annotation, start: int, end: int) -> range:
    """The tokens that begin in a stretch of the text."""
    low = bisect_left(document.tokens, start, key=lambda token: token.start)
    return range(low, bisect_left(document.tokens, end, low, key=lambda token: token.start))


class _View:
    """One sentence seen from the side of one party."""

    def __init__(self, document: Annotation, sentence: range, holder: range, target: range) -> None:
        self.document = document
        self.sentence = sentence
        self.tokens: Sequence[Token] = document.tokens
        self.holder, self.target = holder, target
        self.below: dict[int, list[int]] = defaultdict(list)
        for i in sentence:
            if self.tokens[i].head >= 0:
                self.below[self.tokens[i].head].append(i)
        self.also = self._also(holder), self._also(target)
        self.up, self.top, self.down = self._way()
        self.saying = self._saying(holder, 0), self._saying(target, 1)

    def described(self) -> Described:
        shown = self._shown()
        side = self._sides()
        words = [tuple(self._marks(i, side)) for i in shown]
        lemmas = [self._lemma(i) for i in shown]
        return Described(tuple(words), tuple(lemmas), tuple(i in side for i in shown), tuple(self._pair()))

    def _shown(self) -> list[int]:
        """The words that are looked at."""
        low, high = min(self.holder.start, self.target.start), max(self.holder.stop, self.target.stop)
        words = [i for i in self.sentence if self.tokens[i].upos != "PUNCT"]
        if len(words) > MOST:
            kept = sorted(words, key=lambda i: (max(low - i, i - high, 0), i))[:MOST]
            words = sorted(kept)
        return words

    def _lemma(self, i: int) -> str:
        token = self.tokens[i]
        if token.upos in _NAMES or i in self.holder or i in self.target:
            return ""
        return token.lemma.lower()

    # --- the way from the one to the other ---------------------------------------------------------------------------

    def _head(self, party: range) -> int:
        """The head word of a party."""
        return next((i for i in party if self.tokens[i].head not in party), party.start)

    def _also(self, party: range) -> frozenset[int]:
        """Other words of the sentence by which the document means the same party."""
        start, end = self.tokens[party.start].start, self.tokens[party.stop - 1].end
        low, high = self.tokens[self.sentence.start].start, self.tokens[self.sentence.stop - 1].end
        found: set[int] = set()
        for mentions in (*(actor.mentions for actor in self.document.actors), *self.document.chains):
            near = [one for one in mentions if low <= one.start < high]
            if len(near) > 1 and any(one.start < end and start < one.end <= end + 2 for one in near):
                for one in near:
                    own = _tokens(self.document, one.start, one.end)
                    if own and not any(i in self.holder or i in self.target for i in own):
                        found.add(self._head(own))
        return frozenset(found)

    def _above(self, i: int) -> list[int]:
        """A word and those above it, up to the root."""
        found = [i]
        while self.tokens[found[-1]].head in self.sentence and len(found) < _DEEP:
            found.append(self.tokens[found[-1]].head)
        return found

    def _way(self) -> tuple[list[int], int, list[int]]:
        """The shortest way: words above the holder's up to the topmost, that one, and those down to the target."""
        best: tuple[int, int, list[int], int, list[int]] | None = None
        for one in (self._head(self.holder), *sorted(self.also[0])):
            above = self._above(one)
            for other in (self._head(self.target), *sorted(self.also[1])):
                over = self._above(other)
                top = next((i for i in above if i in over), above[-1])
                up, down = above[: above.index(top)], over[: over.index(top)] if top in over else over
                far = (one not in self.holder) + (other not in self.target)
                if best is None or (len(up) + len(down) + far, far) < best[:2]:
                    best = len(up) + len(down) + far, far, up, top, down
        assert best is not None
        return best[2:]

    def _sides(self) -> dict[int, str]:
        """Where the words on the way stand, and those that hang on one of them."""
        found: dict[int, str] = {}
        for name, words in (("up", self.up), ("down", self.down)):
            for i in words:
                found.setdefault(i, name)
        found[self.top] = "top"
        for i in (self.top, *self.up, *self.down):
            for k in self.below[i]:
                if k not in found:
                    found[k] = f"on {found[i]}"
        return found

    def _saying(self, party: range, number: int) -> tuple[frozenset[int], frozenset[int]]:
        """The words that a party is said to say, and those that say so."""
        own = {*party, *self.also[number]}
        said: set[int] = set()
        cue: set[int] = set()
        first, last = self.tokens[self.sentence.start].start, self.tokens[self.sentence.stop - 1].end
        for one in self.document.attributions:
            if any(end > first and start < last for start, end in one.source) and own & self._among(one.source):
                said |= self._among(one.content)
                cue |= self._among(one.cue)
        return frozenset(said), frozenset(cue)

    def _among(self, spans: Sequence[Span]) -> set[int]:
        return {i for start, end in spans for i in _tokens(self.document, start, end)}

    # --- marks -------------------------------------------------------------------------------------------------------

    def _marks(self, i: int, side: dict[int, str]) -> Iterator[str]:
        token = self.tokens[i]
        relation = token.deprel
        where = side.get(i, "off")
        yield f"pos {token.upos}"
        yield f"rel {relation}"
        yield f"way {where}"
        yield f"way {where} {relation.split(':')[0]}"
        yield self._zone(i)
        if i in self.holder or i in self.also[0]:
            yield "holder" if i in self.holder else "also holder"
        elif i in self.target or i in self.also[1]:
            yield "target" if i in self.target else "also target"
        for name, (said, cue) in zip(("holder", "target"), self.saying, strict=True):
            if i in said:
                yield f"said by {name}"
            if i in cue:
                yield f"cue of {name}"
        if where in ("up", "top", "down"):
            yield f"from top {where} {self._steps(i)}"
        if token.head in side and where == "off":
            yield "second"
        below = [self.tokens[k] for k in self.below[i]]
        if any(k.lemma.lower() in _NOT for k in below):
            yield "negated"
        if any(k.lemma.lower() in _MODALS for k in below):
            yield "modal"
        if any(k.deprel in ("aux:pass", "nsubj:pass") for k in below):
            yield "passive"
        if any(k.deprel == "compound:prt" for k in below):
            yield "particle"

    def _steps(self, i: int) -> int:
        words = self.up if i in self.up else self.down if i in self.down else []
        return min(len(words) - words.index(i), 4) if words else 0

    def _zone(self, i: int) -> str:
        first, last = sorted((self.holder, self.target), key=lambda party: party.start)
        order = "holder first" if first is self.holder else "target first"
        if i < first.start:
            return f"before, {order}"
        if i >= last.stop:
            return f"after, {order}"
        return f"between, {order}"

    def _pair(self) -> Iterator[str]:
        first = self.holder.start < self.target.start
        gap = self.target.start - self.holder.stop if first else self.holder.start - self.target.stop
        yield "holder first" if first else "target first"
        yield f"gap {_step(gap)} {first}"
        yield f"steps {min(len(self.up), 5)} {min(len(self.down), 5)}"
        yield f"length {_step(len(self.sentence))}"
        up, down = self._relations(self.up), self._relations(self.down)
        yield f"up {up}"
        yield f"down {down}"
        yield f"way {up} | {self.tokens[self.top].upos} | {down}"
        yield f"ends {up.rpartition(' ')[2]} | {down.rpartition(' ')[2]}"
        for name, (said, _) in zip(("holder", "target"), self.saying, strict=True):
            if said:
                yield f"{name} says something"
        if self.saying[0][0] & set(self.target):
            yield "holder says something of target"
        if self.saying[1][0] & set(self.holder):
            yield "target says something of holder"
        for name, party in (("holder", self.holder), ("target", self.target)):
            head = self.tokens[self._head(party)]
            yield f"{name} is {head.upos} {head.deprel}"
        for name, also in zip(("holder", "target"), self.also, strict=True):
            if also:
                yield f"{name} is meant again"

    def _relations(self, words: Sequence[int]) -> str:
        found = []
        for i in words[:5]:
            token = self.tokens[i]
            case = next((self.tokens[k].lemma.lower() for k in self.below[i] if self.tokens[k].deprel == "case"), "")
            found.append(f"{token.deprel}:{case}" if case else token.deprel)
        return " ".join(found)


def _step(number: int) -> int:
    return bisect_left(_STEPS, number)
