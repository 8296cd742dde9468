"""Where a document names somebody: names, descriptions, appositions, and what somebody is said to be or called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from variorum.language.annotation import Frame
from variorum.situation.labels.naming import Naming, Namings
from variorum.situation.labels.voices import Voices
from variorum.situation.lists import section

FORMS: Final = 3
"""Times that the same bare name of the same actor is told for a document."""
LEAST: Final = 0.5
"""How sure it must be that a mention means somebody."""
_LEAST_PLAIN: Final = 0.6
"""The same of a plain description, of which nothing is lost where there are others."""
_LEAST_SAID: Final = 0.4
"""The same of what somebody is said to be."""
_PREDICATED: Final = 0.75
_APPOSED: Final = 0.85
_RULE: Final = 0.7
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_NOBODY: Final = frozenset({
    "no", "some", "any", "every", "each", "many", "most", "few", "several", "such", "other",
    "tens", "dozens", "scores", "hundreds", "thousands", "millions",
})  # fmt: skip
"""First words of descriptions that mean nobody in particular."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where somebody or something is named."""

    naming: Naming
    actor: int | None
    event: int | None
    score: float
    plain: bool = True
    """Whether it is a label even if it sounds plain."""
    predicated: bool = False
    """Whether it is what somebody is said to be."""
    attribution: int | None = None
    """Whose saying it is that somebody is called so, where the clause tells that itself."""


class Places:
    """The places of one document where actors are named."""

    def __init__(self, namings: Namings, voices: Voices) -> None:
        self.namings = namings
        self.voices = voices
        self.told = namings.told
        self.tokens = namings.tokens
        self.words = namings.words

    def found(self) -> Iterator[Place]:
        """All of them; the same place may come from several sources."""
        yield from self._mentions()
        yield from self._appositions()
        yield from self._predicates()
        yield from self._rule()

    def _mentions(self) -> Iterator[Place]:
        """Names, titles with names, and descriptions that are known to mean somebody."""
        for number, actor in enumerate(self.told.annotation.actors):
            bare: dict[str, int] = {}
            known = len(actor.mentions) > 1 or any(mention.kind == "name" for mention in actor.mentions)
            for mention in actor.mentions:
                if mention.kind == "pronoun" or mention.score < LEAST:
                    continue
                naming = self.namings.of_mention(mention)
                if naming is None or not self._fits(naming, number, mention.kind == "name"):
                    continue
                if naming.noun is None:
                    words = self.told.words_at(self.tokens[naming.low].start, self.tokens[naming.high - 1].end)
                    bare[words] = bare.get(words, 0) + 1
                    if bare[words] > FORMS:
                        continue
                sure = mention.score >= _LEAST_PLAIN and (known or is_definite(self.namings, naming))
                yield Place(naming, number, None, mention.score, sure and not self._is_vague(naming))

    def _is_vague(self, naming: Naming) -> bool:
        """Whether a description means nobody in particular, or only helps to name something else ("court system")."""
        if naming.name is not None:
            return False
        first = self.words[naming.low].lower()
        capitals = naming.high - naming.low > 3 and all(self.words[k].isupper() for k in range(naming.low, naming.high))
        return first in _NOBODY or self.tokens[naming.head].deprel == "compound" or capitals

    def _fits(self, naming: Naming, actor: int, named: bool) -> bool:
        """Whether a description can mean an actor: not several people one, nor the name of one another."""
        if naming.noun is None:
            return True
        if not named and self._before_another(naming, actor):
            return False
        one = self.told.annotation.actors[actor].kind == "person"
        if (one and self._is_plural(naming.noun)) or self._is_another(naming, actor):
            return False
        if named or naming.name is None:
            return True
        entity = self.namings.entity_at.get(naming.name[0])
        return entity is None or entity[2].actor in (None, actor)

    def _before_another(self, naming: Naming, actor: int) -> bool:
        """Whether the name of somebody else stands right behind: "Chairman" of "Chairman Kim"."""
        if naming.name is not None or naming.high >= len(self.tokens) or naming.high != naming.head + 1:
            return False
        entity = self.namings.entity_at.get(naming.high)
        near = self.tokens[naming.high].start <= self.tokens[naming.high - 1].end + 1
        return near and entity is not None and entity[2].type == "PER" and entity[2].actor not in (None, actor)

    def _is_another(self, naming: Naming, actor: int) -> bool:
        """Whether an actor has the same noun with another name: "the Syrian regime", not "the Iranian regime"."""
        if naming.noun is None:
            return False
        words = self.told.annotation.actors[actor].name.lower().split()
        if not words or words[-1] != self.words[naming.noun].lower():
            return False
        names = {self.words[k].lower() for k in range(naming.low, naming.noun) if k in self.namings.entity_at}
        return bool(names) and not names & {word.removesuffix("'s").removesuffix("’s") for word in words}

    def _is_plural(self, i: int) -> bool:
        word = self.words[i].lower()
        return self.tokens[i].upos == "NOUN" and word != self.tokens[i].lemma.lower() and word.endswith(("s", "men"))

    def _appositions(self) -> Iterator[Place]:
        """Descriptions beside a name that no mention covers."""
        for i, token in enumerate(self.tokens):
            if token.deprel != "appos" or token.upos != "NOUN" or token.head < 0:
                continue
            who = self.told.who_at(token.head)
            naming = self.namings.of_noun(i)
            if who.actor is not None and self._fits(naming, who.actor, named=False):
                yield Place(naming, who.actor, None, _APPOSED * who.score)

    def _predicates(self) -> Iterator[Place]:
        """What somebody is said to be, or is called."""
        for frame in self.told.frames:
            if frame.negated or frame.modality != "asserted":
                continue
            for noun, named, attribution in self._said(frame):
                who = self.told.who_at(named)
                if who.actor is None or _PREDICATED * who.score < _LEAST_SAID:
                    continue
                naming = self.namings.of_noun(noun)
                if self._fits(naming, who.actor, named=False):
                    yield Place(naming, who.actor, None, _PREDICATED * who.score, False, True, attribution)

    def _said(self, frame: Frame) -> Iterator[tuple[int, int, int | None]]:
        """Pairs of a noun and of the one whom a clause says it of, and the attribution where it is called so."""
        below = self.told.below[frame.head]
        if (
            frame.pos == "noun"
            and is_predicate(self.namings, frame.head)
            and not any(self.tokens[k].deprel == "case" for k in below)
        ):
            yield from ((frame.head, filler.head, None) for filler in frame.all("subj"))
        if frame.pos != "verb":
            return
        nouns = [k for k in below if k > frame.head and self.tokens[k].deprel == "xcomp"]
        nouns = [k for k in nouns if self.tokens[k].upos in ("NOUN", "PROPN")]
        if frame.predicate in ("be", "remain"):
            yield from ((k, named, None) for k in nouns for named in self._subjects(frame, k))
        elif frame.predicate in section("tones", "naming verbs: Levin"):
            said = self.voices.named_by(frame.head)
            nouns += [
                k
                for k in below
                if self.tokens[k].deprel == "obl" and any(self.words[b].lower() == "as" for b in self.told.below[k])
            ]
            if said is not None:
                yield from ((k, filler.head, said) for k in nouns for filler in frame.all("obj"))

    def _subjects(self, frame: Frame, noun: int) -> list[int]:
        """The subjects of a verb, if need be those of its complement or of the verb that it is coordinated with."""
        found = [filler.head for filler in frame.all("subj")]
        above = self.tokens[frame.head]
        others = [noun, above.head] if above.deprel == "conj" else [noun]
        below = (k for other in others for k in self.told.below[other])
        return found or [k for k in below if self.tokens[k].deprel.startswith("nsubj")]

    def _rule(self) -> Iterator[Place]:
        """Words for a government that stand with the name of a state or its head: "the Caracas junta"."""
        nouns = section("tones", "rule: WordNet 3.0")
        for i, token in enumerate(self.tokens):
            if token.upos != "NOUN" or token.deprel == "compound" or token.lemma.lower() not in nouns:
                continue
            if self.told.carries(i, "nominal") or self.told.carries(i, "name"):
                continue
            owners = (self.namings.entity_at[k][2].actor for k in self.told.below[i] if k in self.namings.entity_at)
            actor = next((owner for owner in owners if owner is not None), None)
            if actor is not None:
                yield Place(self.namings.of_noun(i), actor, None, _RULE)


def is_definite(namings: Namings, naming: Naming) -> bool:
    """Whether an expression means something in particular: "the attack", "Berlin's move", "US air strikes"."""
    tokens = namings.tokens
    for k in range(naming.low, naming.head):
        definite = tokens[k].deprel == "det" and namings.words[k].lower() in _DEFINITE
        if definite or tokens[k].deprel == "nmod:poss" or k in namings.entity_at:
            return True
    return False


def is_predicate(namings: Namings, i: int) -> bool:
    """Whether a noun is said of somebody with "be"."""
    return any(namings.tokens[k].deprel == "cop" for k in namings.told.below[i])
