"""Who speaks: from the words for a source to the actors of a text.

A source is resolved by its head words: "Merkel and Macron" has two. Each is looked up among the mentions of the actors,
then among the names that go with it ("spokeswoman Melezia Figueroa"), then, for someone or something that speaks for a
body ("a spokesman for the ministry", "the party's statement"), among the names that it speaks for. Who stays without a
name is kept as the text describes him; nobody is invented.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from variorum.language.annotation import Actor, Entity, Mention, Span, Speaker, Token
from variorum.language.lists import reporting, section_of

_NUMBERS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_SUBJECTS: Final = ("nsubj", "csubj")
_FIRST: Final = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})
_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose"})
_OTHER: Final = ("nmod:poss", "nmod", "obl", "acl", "advcl", "conj", "nsubj", "obj")
"""Relations behind which another stands than the one that is described."""
_OF: Final = ("nmod", "nmod:poss", "compound", "obl", "amod", "nmod:desc")
_BLANKS: Final = regex.compile(r"\s+")
SIGNATURE: Final = 12
"""Most words of a line that is nothing but who said what stands above."""
LONGEST_DESCRIPTION: Final = 14
"""Words of the text that still do for a description of somebody without a name."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who the words for a source mean."""

    speakers: tuple[Speaker, ...]
    score: float
    reason: str


NOBODY: Final = Resolved((), 1.0, "the text names no speaker")


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    kind: str
    actor: int | None
    chain: int | None
    score: float


class Sources:
    """Looks sources of one text up."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Span],
        entities: Sequence[Entity],
        actors: Sequence[Actor],
        chains: Sequence[Sequence[Mention]],
    ) -> None:
        self.text, self.tokens, self.sentences = text, tokens, sentences
        self.entities, self.actors, self.chains = entities, actors, chains
        self._starts = [token.start for token in tokens]
        places = [
            _Place(m.start, m.end, m.kind, number, None, m.score)
            for number, actor in enumerate(actors)
            for m in actor.mentions
        ]
        known = {(place.start, place.end) for place in places}
        places += [
            _Place(m.start, m.end, m.kind, None, number, m.score)
            for number, chain in enumerate(chains)
            for m in chain
            if (m.start, m.end) not in known
        ]
        self._places = sorted(places, key=lambda place: (place.start, -place.end, place.actor is None))
        self._begins = [place.start for place in self._places]
        self._longest = max((place.end - place.start for place in places), default=0)
        self._names = {(e.start, e.end): e for e in entities}
        self._firsts = [e.start for e in entities]
        self._children: dict[int, list[int]] = {}
        for i, token in enumerate(tokens):
            self._children.setdefault(token.head, []).append(i)
        self._roles = self._roles_of_people()

    def within(self, span: Span) -> range:
        """Tokens that begin inside of a span."""
        return range(bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1]))

    def of(self, source: Sequence[Span], cue: Sequence[Span]) -> Resolved:
        """Whom the words for a source mean; `cue` tells where it is looked up if there are none."""
        inside = [i for span in source for i in self.within(span)]
        if not inside:
            return self._subject(cue)
        heads = self._heads(inside)
        found = [self._one(head, inside) for head in heads]
        if len(heads) > 1:
            # "group spokesperson and foreign minister Roberto Ampuero" is one person with two roles
            named = [one for one in found if _named(one)]
            bare = [h for h, one in zip(heads, found, strict=True) if not _named(one) and self._is_bare_role(h)]
            if named and len(bare) + len(named) == len(found):
                found, heads = named, [h for h in heads if h not in bare]
        joint = self._joint(heads[0], inside) if len(heads) == 1 and not _named(found[0]) else None
        if joint:
            return joint
        if len(found) > 1 and not any(_named(one) for one in found):
            return self._described(source)
        speakers = tuple(dict.fromkeys(speaker for one in found for speaker in one.speakers))
        reasons = dict.fromkeys(one.reason for one in found if one.reason)
        return Resolved(speakers, min(one.score for one in found), "; ".join(reasons))

    def first_person(self, source: Sequence[Span]) -> bool:
        """Whether a source is "I" or "we"."""
        return any(self._word(i) in _FIRST for span in source for i in self.within(span)) and all(
            self._word(i) in _FIRST or self.tokens[i].upos not in ("NOUN", "PROPN")
            for span in source
            for i in self.within(span)
        )

    def sex(self, source: Sequence[Span]) -> str:
        """``m`` or ``f`` where a source is such a pronoun."""
        words = {self._word(i) for span in source for i in self.within(span)}
        return "m" if words & _HE else "f" if words & _SHE else ""

    def sex_of(self, actor: int) -> str:
        """``m`` or ``f`` where a pronoun for the actor tells."""
        words = {self.text[m.start : m.end].lower() for m in self.actors[actor].mentions if m.kind == "pronoun"}
        return "m" if words & _HE and not words & _SHE else "f" if words & _SHE and not words & _HE else ""

    def is_pronoun(self, source: Sequence[Span]) -> bool:
        """Whether a source is one pronoun."""
        inside = [i for span in source for i in self.within(span) if self.tokens[i].upos not in ("PUNCT", "PART")]
        return len(inside) == 1 and self.tokens[inside[0]].upos in ("PRON", "DET")

    def is_definite_person(self, source: Sequence[Span]) -> bool:
        """Whether a source is one person whom it takes as known: "the diplomat"."""
        inside = [i for span in source for i in self.within(span)]
        if not inside or self._word(inside[0]) != "the":
            return False
        heads = self._heads(inside)
        head = self.tokens[heads[0]]
        persons = section_of("speaks_for.txt", "persons") | section_of("names.txt", "titles")
        return len(heads) == 1 and head.upos == "NOUN" and self._word(heads[0]) in persons

    def protagonist(self, source: Sequence[Span]) -> Resolved | None:
        """The person whom the text has spoken of by far the most so far, for descriptions such as "the nominee"."""
        inside = [i for span in source for i in self.within(span)]
        if not inside or self._word(inside[0]) != "the":
            return None
        if self._word(self._heads(inside)[0]) not in section_of("speaks_for.txt", "protagonists"):
            return None
        at = source[0][0]
        counts = sorted(
            ((sum(m.start < at for m in actor.mentions), -number) for number, actor in enumerate(self.actors)
             if actor.kind == "person" and self.is_named(number)),
            reverse=True,
        )  # fmt: skip
        if not counts or counts[0][0] < 2 or (len(counts) > 1 and counts[0][0] < 2 * counts[1][0]):
            return None
        return self._actor(-counts[0][1], 0.45, "a guess: the one of whom the text speaks most")

    def last_subject(self, at: int, sex: str) -> Resolved | None:
        """The last person who was the subject of a clause in the sentences before, for a pronoun of that sex."""
        number = bisect_right([start for start, _ in self.sentences], at) - 1
        for back in range(1, 4):
            if number - back < 0:
                return None
            for i in reversed(self.within(self.sentences[number - back])):
                if self.tokens[i].deprel not in _SUBJECTS or not self._is_noun(i):
                    continue
                found = self._one(i, list(self._subtree(i)))
                actor = found.speakers[0].actor if len(found.speakers) == 1 else None
                if actor is None or self.actors[actor].kind != "person" or not self.is_named(actor):
                    continue
                if self.sex_of(actor) in ("", sex):
                    return self._actor(actor, 0.45, "a guess: the person of whom the sentence before speaks")
        return None

    def signature(self, at: int, end: int) -> Resolved | None:
        """The person whose name stands alone below a quotation: "Ana Silva, The Herald"."""
        words = self.within((at, end))
        if not words or len(words) > SIGNATURE or any(self.tokens[i].upos in ("VERB", "AUX") for i in words):
            return None
        first = next((i for i in words if self.tokens[i].upos != "PUNCT"), None)
        for entity in self._entities_in(at, end):
            named = entity.type == "PER" and entity.actor is not None
            if named and first is not None and entity.start == self.tokens[first].start:
                return self._actor(entity.actor or 0, 0.8 * entity.score, "the name below the quotation")
        return None

    def saying_before(self, at: int) -> tuple[Span, tuple[Span, ...]] | None:
        """The reporting word right before an offset, and the words for its subject."""
        i = bisect_left(self._starts, at) - 1
        while i >= 0 and self.tokens[i].upos == "PUNCT":
            i -= 1
        if i < 0 or at - self.tokens[i].end > 4 or self._word(i) not in reporting():
            return None
        verb, steps = i, 0
        while steps < 4:
            subjects = [j for j in self._children.get(verb, ()) if self.tokens[j].deprel in _SUBJECTS]
            if subjects:
                own = list(self._subtree(subjects[0]))
                return (self.tokens[i].start, self.tokens[i].end), (
                    (self.tokens[own[0]].start, self.tokens[own[-1]].end),
                )
            if self.tokens[verb].deprel not in ("conj", "advcl", "xcomp") or self.tokens[verb].head < 0:
                return None
            verb, steps = self.tokens[verb].head, steps + 1
        return None

    def subject_before(self, at: int) -> Resolved:
        """The subject of the sentence that ends at an offset, as before a colon."""
        number = bisect_right([start for start, _ in self.sentences], max(0, at - 1)) - 1
        if number < 0:
            return NOBODY
        start, _ = self.sentences[number]
        inside = self.within((start, at))
        for i in inside:
            token = self.tokens[i]
            if token.deprel.startswith(_SUBJECTS[0]) and token.upos in ("NOUN", "PROPN", "PRON"):
                found = self._one(i, list(self._subtree(i)))
                if _named(found):
                    return Resolved(found.speakers, 0.7 * found.score, "the subject before the colon")
        return NOBODY

    def _word(self, i: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[i].end].lower()

    def _heads(self, inside: Sequence[int]) -> list[int]:
        """The head words of a source, those joined to the first by "and" included."""
        own = set(inside)
        outer = [i for i in inside if self.tokens[i].head not in own]
        nouns = [i for i in outer if self._is_noun(i)]
        nouns = nouns or [i for i in outer if self.tokens[i].upos in ("NUM", "DET", "ADJ", "X")]
        titles = section_of("names.txt", "titles")
        nouns = [i for i in nouns if self._word(i).rstrip(".") not in titles] or nouns
        first = (nouns or [i for i in outer if self.tokens[i].upos not in ("PUNCT", "ADP")] or outer)[0]
        heads = [first]
        for i in inside:
            if self.tokens[i].deprel == "conj" and self.tokens[i].head in heads and self._is_noun(i):
                heads.append(i)
        return heads

    def _is_bare_role(self, head: int) -> bool:
        """Whether a noun for what somebody is stands without an article."""
        roles = section_of("speaks_for.txt", "people") | section_of("names.txt", "titles")
        children = self._children.get(head, ())
        return self._word(head) in roles and not any(self.tokens[j].deprel.startswith("det") for j in children)

    def _is_noun(self, i: int) -> bool:
        return self.tokens[i].upos in ("NOUN", "PROPN", "PRON")

    def _subtree(self, i: int) -> Iterable[int]:
        waiting, found = [i], []
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [j for j in self._children.get(at, ()) if self.tokens[j].deprel not in ("conj", "acl:relcl")]
        return sorted(found)

    def _covering(self, i: int, low: int, high: int) -> list[_Place]:
        """Mentions around a token that lie inside of a stretch."""
        token = self.tokens[i]
        first = bisect_left(self._begins, max(low, token.end - self._longest))
        last = bisect_right(self._begins, token.start)
        return [p for p in self._places[first:last] if p.end >= token.end and p.end <= high]

    def _one(self, head: int, inside: Sequence[int]) -> Resolved:
        """Whom one head word means."""
        own = [i for i in inside if i == head or self._under(i, head)]
        low = min(self.tokens[i].start for i in own)
        high = max(self.tokens[i].end for i in own)
        word = self._word(head)
        if word in _RELATIVE:
            return self._relative(head)
        for place in sorted(self._covering(head, low, high), key=lambda p: (p.actor is None, p.start - p.end)):
            if place.actor is not None and self._fits(place, head):
                other = None if place.kind == "name" else self._rather(place.actor, head, own)
                return other or self._actor(place.actor, place.score, self._how(place))
        beside = self._beside(head, own) or self._by_role(head, own)
        if beside is not None:
            return beside
        if word in section_of("speaks_for.txt", "people") or word in section_of("speaks_for.txt", "words"):
            behind = self._spoken_for(head, own)
            if behind is not None:
                return behind
        for place in self._covering(head, low, high):
            if place.chain is not None and (described := self._chain(place.chain)):
                return Resolved((Speaker(described, None),), place.score, "no name in the text")
        if self.tokens[head].upos == "PRON":
            return Resolved((), 0.5, f"whom “{word}” means is not clear")
        return self._described([(low, high)])

    def _fits(self, place: _Place, head: int) -> bool:
        """Whether a mention means what its head word means: not the state in "the state's minister"."""
        assert place.actor is not None
        word, kind = self._word(head), self.actors[place.actor].kind
        if word in section_of("speaks_for.txt", "bodies") and self.tokens[head].upos == "NOUN" and kind == "person":
            return False  # "the Trump campaign" is not Trump
        people = section_of("speaks_for.txt", "people") | section_of("names.txt", "titles")
        people |= section_of("speaks_for.txt", "persons")
        if place.kind == "nominal" and self.tokens[head].upos == "PROPN" and word not in people:
            return word in self.actors[place.actor].name.lower()  # a name that was not seen as one
        return not (word in people and kind in ("place", "state", "organisation"))

    def _rather(self, actor: int, head: int, own: Sequence[int]) -> Resolved | None:
        """Whom a description means whose noun the text uses for another than the one that it was taken for."""
        introduced = {person for person, _, _ in self._roles.get(self._word(head), ())}
        if self.is_named(actor) and introduced <= {actor}:
            return None
        found = self._by_role(head, own)
        if found is None and self.is_named(actor) and introduced and actor not in introduced:
            # the text calls others so, and never the one who seemed to be meant
            tokens = [self.tokens[i] for i in own]
            return self._described([(min(t.start for t in tokens), max(t.end for t in tokens))])
        return found

    def is_named(self, actor: int) -> bool:
        """Whether the text has a name for an actor."""
        return any(mention.kind == "name" for mention in self.actors[actor].mentions)

    def _how(self, place: _Place) -> str:
        if place.kind == "name":
            return ""
        return f"“{_plain(self.text[place.start : place.end])}” means the same"

    def _under(self, i: int, head: int) -> bool:
        """Whether a token hangs on a head word, not through another that is joined to it."""
        steps = 0
        while i >= 0 and i != head and steps < 40:
            if self.tokens[i].deprel == "conj" and self.tokens[i].head == head:
                return False
            i = self.tokens[i].head
            steps += 1
        return i == head

    def _relative(self, head: int) -> Resolved:
        """Whom "who" means: the noun that its clause belongs to, or the name that stands right before it."""
        at, steps = self.tokens[head].head, 0
        while at >= 0 and steps < 10 and not self.tokens[at].deprel.startswith("acl"):
            at, steps = self.tokens[at].head, steps + 1
        noun = self.tokens[at].head if at >= 0 and self.tokens[at].deprel.startswith("acl") else -1
        if noun >= 0:
            children = self._children.get(noun, ())
            if any(self.tokens[j].deprel == "cop" for j in children):
                subjects = [j for j in children if self.tokens[j].deprel in _SUBJECTS and self.tokens[j].upos != "PRON"]
                noun = next(iter(subjects), noun)
            found = self._one(noun, [i for i in self._subtree(noun) if i != head and not self._under(i, at)])
            if _named(found):
                return found
        before = head - 1
        while before >= 0 and self.tokens[before].upos in ("PUNCT", "ADP"):
            before -= 1
        around = self._covering(before, 0, self.tokens[head].start) if before >= 0 else []
        for place in sorted(around, key=lambda p: p.end - p.start):
            if place.actor is not None:
                return self._actor(place.actor, place.score, "the name before the clause")
        return found if noun >= 0 else Resolved((), 0.5, "whom the clause belongs to is not clear")

    def _actor(self, number: int, score: float, reason: str) -> Resolved:
        return Resolved((Speaker(self.actors[number].name, number),), round(score, 3), reason)

    def _beside(self, head: int, own: Sequence[int]) -> Resolved | None:
        """A person whose name stands with the head word: "spokeswoman Melezia Figueroa"."""
        inside = set(own)
        found = []
        for entity in self._entities_in(self.tokens[min(own)].start, self.tokens[max(own)].end):
            if entity.type != "PER" or entity.actor is None:
                continue
            at = next(iter(self.within((entity.start, entity.end))), head)
            while at in inside and at != head and not self.tokens[at].deprel.startswith(_OTHER):
                at = self.tokens[at].head
            if at == head:
                found.append(entity)
        actors = {entity.actor for entity in found}
        if len(actors) != 1 or self._word(head) in section_of("speaks_for.txt", "bodies"):
            return None
        return self._actor(found[-1].actor or 0, found[-1].score, "")

    def _entities_in(self, low: int, high: int) -> Iterator[Entity]:
        """Names that lie in a stretch."""
        for entity in self.entities[bisect_left(self._firsts, low) :]:
            if entity.start >= high:
                return
            if entity.end <= high:
                yield entity

    def _roles_of_people(self) -> dict[str, list[tuple[int, frozenset[str], frozenset[str]]]]:
        """By nouns for what people are ("judge"), the people whom the text so introduces.

        With each go the words around the noun, and the adjectives and names before it ("former", "US").
        """
        found: dict[str, list[tuple[int, frozenset[str], frozenset[str]]]] = {}
        for entity in self.entities:
            if entity.type != "PER" or entity.actor is None or self.actors[entity.actor].kind != "person":
                continue
            words = self.within((entity.start, entity.end))
            if not words:
                continue
            nouns: list[int] = []
            before = words[0] - 1
            if before >= 0 and self.tokens[before].upos in ("NOUN", "PROPN"):
                title = self.tokens[before].head  # "Secretary of State Pompeo"
                behind = self.tokens[before].deprel.startswith("nmod") and before - 5 < title < before
                nouns.append(title if behind else before)
            for i in words:
                nouns += [j for j in self._children.get(i, ()) if self.tokens[j].deprel == "appos"]
                if self.tokens[i].deprel == "appos":
                    nouns.append(self.tokens[i].head)
            for noun in nouns:
                if noun in words or self.tokens[noun].upos not in ("NOUN", "PROPN"):
                    continue
                low = noun
                while low and self.tokens[low - 1].upos in ("NOUN", "PROPN", "ADJ") and noun - low < 4:
                    low -= 1
                beside = {self._word(i) for i in range(low, noun)}
                beside |= {self._word(i) for i in self._subtree(noun) if i not in words}
                bounds = frozenset(self._word(i) for i in range(low, noun) if self.tokens[i].upos in ("ADJ", "PROPN"))
                found.setdefault(self._word(noun), []).append((entity.actor, frozenset(beside), bounds))
        return found

    def _by_role(self, head: int, own: Sequence[int]) -> Resolved | None:
        """The only person whom the text introduces as what a description says: "the judge"."""
        word = self._word(head)
        known = self._roles.get(word)
        if not known or self.tokens[head].upos not in ("NOUN", "PROPN"):
            return None
        beside = {self._word(i) for i in own if self.tokens[i].upos in ("NOUN", "PROPN", "ADJ") and i != head}
        fit: dict[int, float] = {}
        for actor, words, bounds in known:
            value = len(beside & words) - 0.5 * len(bounds - beside)
            fit[actor] = max(value, fit.get(actor, value))
        best = max(fit.values())
        actors = [actor for actor, value in fit.items() if value == best]
        definite = any(
            self._word(i) in ("the", "this", "that") or self.tokens[i].deprel == "nmod:poss"
            for i in own
            if self.tokens[i].head == head
        )
        if len(actors) != 1 or (not definite and beside and best < len(beside)) or (not definite and not beside):
            return None
        return self._actor(actors[0], 0.7, f"the text so introduces this “{word}”")

    def _spoken_for(self, head: int, own: Sequence[int]) -> Resolved | None:
        """The body or person for which a spokesman, a statement or a report speaks."""
        for child in sorted(
            self._children.get(head, ()), key=lambda i: (not self.tokens[i].deprel.startswith("nmod"), i)
        ):
            if child not in own or not self.tokens[child].deprel.startswith(_OF):
                continue
            subtree = [i for i in self._subtree(child) if i in own]
            low, high = min(self.tokens[i].start for i in subtree), max(self.tokens[i].end for i in subtree)
            for place in sorted(self._covering(child, low, high), key=lambda p: p.start - p.end):
                if place.actor is None:
                    continue
                if self.actors[place.actor].kind == "person" and self._word(head) in section_of(
                    "speaks_for.txt", "people"
                ):
                    return None  # who speaks for a person is another
                return self._actor(place.actor, place.score, f"“{self._word(head)}” speaks for it")
            joint = self._joint(child, subtree)
            if joint:
                return joint
        return None

    def _chain(self, number: int) -> str:
        """The first description in a chain of mentions without an actor."""
        for mention in self.chains[number]:
            if mention.kind != "pronoun":
                words = _plain(self.text[mention.start : mention.end])
                if len(words.split()) <= LONGEST_DESCRIPTION:
                    return words
        return ""

    def _described(self, source: Sequence[Span]) -> Resolved:
        words = _plain(" ".join(self.text[start:end] for start, end in source))
        if len(words.split()) > LONGEST_DESCRIPTION:
            words = _plain(regex.split(r",|\s(?:who|which|that)\s", words)[0])
        words = " ".join(words.split()[:LONGEST_DESCRIPTION])
        return Resolved((Speaker(words, None),) if words else (), 0.9, "no name in the text")

    def _joint(self, head: int, inside: Sequence[int]) -> Resolved | None:
        """Those whom "both governments" or "the two ministers" mean: as many as were named together before."""
        words = {self._word(i) for i in inside if i == head or self.tokens[i].head == head}
        count = next((n for word, n in _NUMBERS.items() if word in words), 0)
        if not count or self.tokens[head].upos not in ("NOUN", "PRON", "DET", "NUM"):
            return None
        start, end = self.tokens[inside[0]].start, self.tokens[inside[-1]].end
        people = self._word(head) in section_of("speaks_for.txt", "plural people")
        number = bisect_right([begin for begin, _ in self.sentences], start) - 1
        places = [(start, end)]
        places += [
            (self.sentences[i][0], min(start, self.sentences[i][1])) for i in range(number, number - 3, -1) if i >= 0
        ]
        for low, high in places:
            groups = [group for group in self._groups(low, high, people=people) if len(group) == count]
            if len(groups) == 1:
                return self._those(groups[0])
        for low, high in places[1:]:
            named = self._named_between(low, high, people=people)
            if len(named) == count:
                return self._those(named)
            if len(named) > count:
                return None
        return None

    def _those(self, actors: Sequence[int]) -> Resolved:
        speakers = tuple(Speaker(self.actors[n].name, n) for n in actors)
        return Resolved(speakers, 0.6, f"the {len(speakers)} that are named together")

    def _groups(self, low: int, high: int, *, people: bool) -> list[list[int]]:
        """Actors that a stretch names joined by "and"."""
        groups: dict[int, list[int]] = {}
        for entity in self._entities_in(low, high):
            if entity.actor is None or (self.actors[entity.actor].kind == "person") != people:
                continue
            at = self._top(entity)
            first = self.tokens[at].head if self.tokens[at].deprel == "conj" else at
            groups.setdefault(first, []).append(entity.actor)
        return [list(dict.fromkeys(group)) for group in groups.values() if len(set(group)) > 1]

    def _top(self, entity: Entity) -> int:
        """The head word of a name."""
        words = self.within((entity.start, entity.end))
        return next((i for i in words if self.tokens[i].head not in words), words.start)

    def _named_between(self, low: int, high: int, *, people: bool) -> list[int]:
        found = [
            entity.actor
            for entity in self._entities_in(low, high)
            if entity.actor is not None and (self.actors[entity.actor].kind == "person") == people
        ]
        return list(dict.fromkeys(found))

    def _subject(self, cue: Sequence[Span]) -> Resolved:
        """The subject of a cue that has no source of its own: "..., adding that"."""
        for i in [i for span in cue for i in self.within(span)]:
            at, steps = i, 0
            while at >= 0 and self.tokens[at].upos in ("VERB", "AUX", "NOUN", "ADJ") and steps < 4:
                children = self._children.get(at, ())
                if any(self.tokens[j].deprel in ("aux:pass", "nsubj:pass", "expl") for j in children):
                    return NOBODY
                subjects = [j for j in children if self.tokens[j].deprel in _SUBJECTS]
                if subjects:
                    found = self._one(subjects[0], list(self._subtree(subjects[0])))
                    return Resolved(found.speakers, 0.8 * found.score, "the subject of the sentence")
                if self.tokens[at].deprel not in ("conj", "advcl", "xcomp"):
                    break
                at, steps = self.tokens[at].head, steps + 1
        return NOBODY


def _named(found: Resolved) -> bool:
    return any(speaker.actor is not None for speaker in found.speakers)


def _plain(words: str) -> str:
    """Words without the blanks and signs around them, and without a possessive ending."""
    words = _BLANKS.sub(" ", words).strip(" ,;:—–-\"“”'‘’()")
    return regex.sub(r"['’]s?$", "", words)
