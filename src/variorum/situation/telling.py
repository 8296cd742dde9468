"""Whom the words of a document mean: the actors behind the fillers of its frames, and in whose name they act."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from variorum.language.annotation import Annotation, Attribution, Filler, Frame
from variorum.language.frames import Saying, frames_of
from variorum.language.mentions import span_of
from variorum.language.predicates import Sense, match
from variorum.records import Span
from variorum.situation.lists import section

_SURE: Final = 0.95
_TITLED: Final = 0.9
_DESCRIBED: Final = 0.75


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody or something, as one place of a document means it."""

    actor: int | None
    """Number of the actor in the document; None where the words name nobody."""
    name: str
    """The words, white space collapsed."""
    start: int
    """First code point of the words in the stored text."""
    end: int
    """One past the last one."""
    score: float = 1.0
    """How sure it is that they mean this actor, 0 to 1."""
    note: str = ""
    """Why, where it is not plain: "one of its officials"."""


class Telling:
    """One document: its words, its frames, and whom they are about. Offsets are of the stored text."""

    def __init__(self, text: str, annotation: Annotation) -> None:
        self.text = text
        self.annotation = annotation
        self.tokens = annotation.tokens
        self.words = [text[t.start : t.end] for t in self.tokens]
        self.frames: tuple[Frame, ...] = frames_of(text, annotation)
        self.below: dict[int, list[int]] = defaultdict(list)
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                self.below[token.head].append(i)
        self.starts = [t.start for t in self.tokens]
        self._senses: dict[int, Sense | None] = {}

    # --- places ------------------------------------------------------------------------------------------------------

    def token_at(self, place: int) -> int:
        """Index of the token that begins at or after a code point."""
        return bisect_left(self.starts, place)

    def words_at(self, start: int, end: int) -> str:
        """The words of a stretch, white space collapsed."""
        return " ".join(self.text[start:end].split())

    def phrase(self, head: int) -> Span:
        """The stretch of the phrase of a word, without relative clauses and appositions."""
        low, high = span_of(head, self.tokens, self.below, self.words)
        return Span(self.tokens[low].start, self.tokens[high - 1].end)

    def sentence(self, place: int) -> Span:
        """The sentence that a code point stands in."""
        number = bisect_left(self._ends, place + 1)
        if number >= len(self._ends):
            return Span(place, place)
        return Span(*self.annotation.sentences[number])

    def clause(self, frame: Frame) -> Span:
        """The stretch from the first to the last word of a frame and of those who take part in it, in its sentence."""
        around = self.sentence(frame.trigger[0][0])
        near = [f for f in frame.fillers if not f.inferred or around.start <= f.start < around.end]
        starts = [frame.trigger[0][0], *(f.start for f in near)]
        ends = [frame.trigger[-1][1], *(f.end for f in near)]
        if frame.time is not None:
            found = self.annotation.times[frame.time].found
            starts.append(found.start)
            ends.append(found.end)
        return Span(max(around.start, min(starts)), min(max(ends), max(around.end, frame.trigger[-1][1])))

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.annotation.sentences]

    # --- frames ------------------------------------------------------------------------------------------------------

    def sense(self, frame: Frame) -> Sense | None:
        """What the mapping of predicates says of a frame."""
        if frame.head not in self._senses:
            fillers = [(f.role, self.tokens[f.head].lemma.lower()) for f in frame.fillers]
            fillers += [(f.role, f"@{kind}") for f in frame.fillers if (kind := self.kind(self.who(f)))]
            for other in self.governed(frame):
                if other.link == "comp":
                    fillers += [
                        ("comp", other.predicate),
                        *([("inf", other.predicate)] if self.is_infinitive(other) else []),
                    ]
            kinds = ("amod", "advmod", "compound")
            modifiers = [
                self.words[k].lower() for k in self.below[frame.head] if self.tokens[k].deprel.split(":")[0] in kinds
            ]
            self._senses[frame.head] = match(frame.predicate, frame.pos, fillers, modifiers)
        return self._senses[frame.head]

    def is_asked(self, frame: Frame) -> bool:
        """Whether it is left open whether it is so: "asked whether the state backs him", "Does it back him?"."""
        at: Frame | None = frame
        if self._is_question(frame) or self._is_sought(frame):
            return True
        for _ in range(4):
            if at is None:
                return False
            above = self.tokens[at.head].head
            first = above if self.tokens[at.head].deprel.startswith(("conj", "xcomp", "ccomp")) else at.head
            if any(self.words[k].lower() == "whether" and k < at.head for i in (at.head, first) for k in self.below[i]):
                return True
            if at.link not in ("comp", "obj", "csubj", "", None):
                return False
            at = self.frames[at.within] if at.within is not None else None
        return False

    def _is_sought(self, frame: Frame) -> bool:
        """Whether it is asked what or which: "they knew what sites he visited"."""
        marks = [k for filler in frame.fillers for k in self.below[filler.head] if k < filler.head]
        return any(self.tokens[k].upos == "DET" and self.words[k].lower() in ("what", "which") for k in marks)

    def _is_question(self, frame: Frame) -> bool:
        """Whether a predicate is that of a question to be answered with yes or no."""
        around = self.sentence(frame.trigger[0][0])
        if frame.link or not self.text[around.start : around.end].rstrip(" \n\"'”’»)").endswith("?"):
            return False
        before = [k for k in self.below[frame.head] if k < frame.head]
        auxiliary = next((k for k in before if self.tokens[k].upos == "AUX"), None)
        subject = next((k for k in before if self.tokens[k].deprel.startswith("nsubj")), None)
        asking = any(self.words[k].lower() in ("who", "what", "why", "how", "when", "where", "which") for k in before)
        return auxiliary is not None and subject is not None and auxiliary < subject and not asking

    def is_infinitive(self, frame: Frame) -> bool:
        """Whether a predicate stands in the infinitive with "to"."""
        return any(self.words[k].lower() == "to" and self.tokens[k].upos == "PART" for k in self.below[frame.head])

    @cached_property
    def acts(self) -> frozenset[int]:
        """The nouns that stand for acts."""
        return frozenset(frame.head for frame in self.frames if frame.pos == "noun")

    def governed(self, frame: Frame) -> list[Frame]:
        """The frames that a frame governs."""
        return self._governed.get(frame.head, [])

    @cached_property
    def _governed(self) -> dict[int, list[Frame]]:
        found: dict[int, list[Frame]] = defaultdict(list)
        for frame in self.frames:
            if frame.within is not None:
                found[self.frames[frame.within].head].append(frame)
        return found

    @cached_property
    def cues(self) -> frozenset[int]:
        """Where words begin by which something is said to be said."""
        return frozenset(
            token.start
            for attribution in self.annotation.attributions
            for start, end in attribution.cue
            for token in self.tokens[self.token_at(start) : self.token_at(end)]
        )

    @cached_property
    def timed(self) -> frozenset[int]:
        """Where words begin that belong to a time expression."""
        return frozenset(
            token.start
            for one in self.annotation.times
            for token in self.tokens[self.token_at(one.found.start) : self.token_at(one.found.end)]
        )

    def kind(self, who: Who) -> str:
        """The kind of the actor that is meant; empty where it is none."""
        return self.annotation.actors[who.actor].kind if who.actor is not None else ""

    # --- whom words mean ---------------------------------------------------------------------------------------------

    @cached_property
    def _by_head(self) -> dict[int, tuple[int, str, float]]:
        """The actor that each word carries a mention of, with the kind of the mention and its score."""
        found: dict[int, tuple[int, str, float]] = {}
        rank = {"name": 0, "nominal": 1, "pronoun": 2}
        for number, actor in enumerate(self.annotation.actors):
            for mention in actor.mentions:
                head = self.head_of(mention.start, mention.end)
                if head is None:
                    continue
                known = found.get(head)
                if known is None or rank[mention.kind] < rank[known[1]]:
                    found[head] = (number, mention.kind, mention.score)
        return found

    def head_of(self, start: int, end: int) -> int | None:
        """Index of the word that the others of a stretch depend on; None where it holds no whole word."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if low >= high:
            return None
        inside = range(low, high)
        return next((i for i in inside if self.tokens[i].head not in inside), low)

    def who(self, filler: Filler) -> Who:
        """Whom a filler means."""
        return self.who_at(filler.head, inferred=filler.inferred)

    def who_at(self, head: int, inferred: bool = False) -> Who:
        """Whom the phrase of a word means."""
        span = self.phrase(head)
        name = self.words_at(span.start, span.end)
        found = self._actor_at(head)
        if found is None:
            home = self._demonym_of_owner(head)
            if home is not None:
                return Who(None, home[0], span.start, span.end, 0.6, home[1])
            return Who(None, name, span.start, span.end, 1.0)
        actor, score, note = found
        return Who(actor, name, span.start, span.end, round(score * (0.95 if inferred else 1.0), 3), note)

    def named_from(self, i: int) -> Who | None:
        """Who is named by a name that begins with a word."""
        for number, actor in enumerate(self.annotation.actors):
            for mention in actor.mentions:
                if mention.kind == "name" and mention.start == self.tokens[i].start:
                    return Who(
                        number,
                        self.words_at(mention.start, mention.end),
                        mention.start,
                        mention.end,
                        _SURE * mention.score,
                    )
        return None

    def carries(self, head: int, kind: str) -> bool:
        """Whether a word carries a mention of this kind."""
        known = self._by_head.get(head)
        return known is not None and known[1] == kind

    @cached_property
    def saying(self) -> Saying:
        """In whose words each place stands."""
        return Saying(self.annotation)

    def _actor_at(self, head: int) -> tuple[int, float, str] | None:
        known = self._by_head.get(head)
        if self.tokens[head].upos == "PRON" and self.words[head].lower() in ("i", "me", "we", "us"):
            return self._speaker(head)
        if known is not None and known[1] == "pronoun":
            blamed = self._blamed(head)
            if blamed is not None:
                return blamed
            if known[0] in self._hearers(head):
                return self._teller(head)
        owned = self._owned(head)
        if owned is not None:
            return owned if owned[0] >= 0 else None
        if known is not None and known[1] == "name":
            return known[0], _SURE * known[2], ""
        for relation, sure in (("flat", _TITLED), ("appos", _TITLED), ("compound", 0.0), ("nmod:desc", 0.0)):
            for k in self.below[head]:
                if not self.tokens[k].deprel.startswith(relation):
                    continue
                named = self._by_head.get(k)
                after = k > head or relation == "nmod:desc"
                if named is not None and named[1] == "name" and sure and after:
                    if relation == "appos" and not self._fits(head, named[0]):
                        continue
                    return named[0], sure * named[2], ""
        if known is not None and known[1] == "nominal" and self._is_indefinite(head, known[0]):
            return None
        if known is not None:
            return known[0], (_DESCRIBED if known[1] == "nominal" else 0.7) * max(known[2], 0.5), ""
        above = self.tokens[head].head
        if self.tokens[head].deprel == "appos" and above in self._by_head and self._by_head[above][1] == "name":
            return self._by_head[above][0], _TITLED * self._by_head[above][2], ""
        return self._stands_in(head)

    def _is_indefinite(self, head: int, actor: int) -> bool:
        """Whether a description with "a" is taken for somebody who has a name: "before they impeach a president"."""
        named = any(mention.kind == "name" for mention in self.annotation.actors[actor].mentions)
        stands = self.tokens[head].deprel.split(":")[0] in ("appos", "root")
        copula = any(self.tokens[k].deprel == "cop" for k in self.below[head])
        article = any(self.words[k].lower() in ("a", "an") and self.tokens[k].upos == "DET" for k in self.below[head])
        return named and article and not stands and not copula

    def _blamed(self, head: int) -> tuple[int, float, str] | None:
        """Whom "his" means in what somebody is praised or blamed for: "called her out for her opposition"."""
        noun = self.tokens[head].head
        if self.tokens[head].deprel != "nmod:poss" or noun < 0:
            return None
        verb = self.tokens[noun].head
        if verb < 0 or not any(self.words[k].lower() in ("for", "over") for k in self.below[noun] if k < noun):
            return None
        frame = next((f for f in self.frames if f.head == verb and f.pos == "verb"), None)
        sense = self.sense(frame) if frame is not None else None
        if frame is None or sense is None or sense.type not in ("ACCUSE", "SUPPORT"):
            return None
        for filler in frame.all("obj"):
            who = self.who_at(filler.head)
            if who.actor is not None and self.kind(who) == "person":
                return who.actor, 0.8, "who is praised or blamed for it"
        return None

    def _attributed(self, head: int) -> tuple[Frame, Attribution] | None:
        """The indirect speech that a word stands in, with the frame of its cue."""
        number = self.saying.at(self.tokens[head].start)
        attribution = self.annotation.attributions[number] if number is not None else None
        if attribution is None or attribution.kind == "direct":
            return None
        cue = {i for start, end in attribution.cue for i in range(self.token_at(start), self.token_at(end))}
        frame = next((f for f in self.frames if f.head in cue and f.pos == "verb"), None)
        return (frame, attribution) if frame is not None else None

    def _hearers(self, head: int) -> set[int]:
        """Those who are told what a word stands in: "told the officials that they ..."."""
        found = self._attributed(head)
        if found is None or self.tokens[head].deprel.split(":")[0] != "nsubj":
            return set()
        heads = [filler.head for filler in found[0].all("obj", "iobj", "to")]
        return {self._by_head[k][0] for k in heads if k in self._by_head}

    def _teller(self, head: int) -> tuple[int, float, str] | None:
        """Who tells it."""
        found = self._attributed(head)
        speakers = found[1].speakers if found is not None else ()
        actor = speakers[0].actor if speakers else None
        return (actor, 0.7, "who tells it") if actor is not None else None

    def _speaker(self, head: int) -> tuple[int, float, str] | None:
        """Who says "I" and "we"."""
        number = self.saying.at(self.tokens[head].start)
        if number is None:
            return None
        attribution = self.annotation.attributions[number]
        if attribution.kind == "indirect" or not attribution.speakers or attribution.speakers[0].actor is None:
            return None
        speaker = attribution.speakers[0].actor
        home = self.homes.get(speaker)
        if self.words[head].lower() in ("we", "us") and home is not None:
            return home[0], 0.6 * home[1], f"“we” said by {self.annotation.actors[speaker].name}"
        return speaker, 0.85, "the speaker"

    def _fits(self, head: int, actor: int) -> bool:
        """Whether a name behind a description can be its name: "the leader, Juan Guaido", not "Caracas, Venezuela"."""
        return self.tokens[head].upos != "PROPN" or self.annotation.actors[actor].kind == "person"

    def _demonym_of_owner(self, head: int) -> tuple[str, str] | None:
        """The adjective of the state for which the owner of "his government" holds a post, with why."""
        lemma = self.tokens[head].lemma.lower()
        if lemma not in section("deputies", "own"):
            return None
        for k in self.below[head]:
            owner = self._by_head.get(k) if self.tokens[k].deprel == "nmod:poss" else None
            if owner is not None and owner[0] in self.demonyms:
                return self.demonyms[owner[0]], f"the {lemma} of {self.annotation.actors[owner[0]].name}"
        return None

    @cached_property
    def demonyms(self) -> dict[int, str]:
        """The adjective of the state for which each person is said to hold a post: "Chilean Foreign Minister ..."."""
        adjectives = {
            self.token_at(e.start): self.text[e.start : e.end] for e in self.annotation.entities if e.type == "MISC"
        }
        found: dict[int, str] = {}
        for head, (actor, kind, _) in sorted(self._by_head.items()):
            if kind != "name" or self.annotation.actors[actor].kind != "person":
                continue
            for k in range(head - 1, max(head - 5, -1), -1):
                if k in adjectives:
                    found.setdefault(actor, adjectives[k])
                if self.tokens[k].upos not in ("ADJ", "NOUN", "PROPN"):
                    break
        return found

    def _owned(self, head: int) -> tuple[int, float, str] | None:
        """What a person's country or party is: "her country", where the text says for whom she holds a post."""
        if self.tokens[head].lemma.lower() not in section("deputies", "own"):
            return None
        for k in self.below[head]:
            if self.tokens[k].deprel != "nmod:poss" or self.tokens[k].upos != "PRON":
                continue
            owner = self._by_head.get(k)
            if owner is None:
                continue
            kind, name = self.annotation.actors[owner[0]].kind, self.annotation.actors[owner[0]].name
            if kind == "person":
                home = self.homes.get(owner[0])
                if home is None:
                    return -1, 0.0, ""  # somebody's, and not whomever a like phrase before it meant
                return home[0], 0.75 * home[1], f"the {self.tokens[head].lemma.lower()} of {name}"
            if kind in ("state", "organisation"):
                return owner[0], 0.8, f"its {self.tokens[head].lemma.lower()}"
        return None

    def _stands_in(self, head: int) -> tuple[int, float, str] | None:
        """Whom somebody speaks or acts for: "US officials", "her country", "the rest of the League"."""
        lemma = self.tokens[head].lemma.lower()
        against = any(self.words[k].lower() in section("deputies", "others") for k in self.below[head] if k < head)
        if lemma in section("deputies", "people") and not against:
            for k in self.below[head]:
                relation = self.tokens[k].deprel.split(":")[0]
                if relation in ("compound", "nmod", "amod"):
                    named = self._by_head.get(k)
                    if (
                        named is not None
                        and named[1] == "name"
                        and self.annotation.actors[named[0]].kind
                        in (
                            "state",
                            "organisation",
                            "place",
                        )
                    ):
                        return named[0], 0.75, f"its {self.tokens[head].lemma.lower()}"
        return None

    def authors(self, head: int) -> list[Who]:
        """Who speaks through a text or a meeting: "a statement by the League", "Germany issued a letter urging"."""
        lemma = self.tokens[head].lemma.lower()
        if lemma not in section("deputies", "texts"):
            return []
        found: list[Who] = []
        for k in sorted(self.below[head]):
            case = next((self.words[c].lower() for c in self.below[k] if self.tokens[c].deprel == "case" and c < k), "")
            relation = self.tokens[k].deprel
            by = relation.startswith(("nmod", "obl")) and case in ("by", "from", "between", "of")
            if not (by or relation == "nmod:poss"):
                continue
            for one in (k, *(c for c in self.below[k] if self.tokens[c].deprel.startswith("conj"))):
                who = self.who_at(one)
                if who.actor is not None and self.kind(who) != "place":
                    found.append(shifted(who, f"the {lemma} of {who.name}", 0.9))
        above = self.tokens[head].head
        issued = above >= 0 and self.tokens[above].lemma.lower() in section("deputies", "issue")
        if not found and self.tokens[head].deprel == "obj" and issued:
            givers = [self.who_at(k) for k in self.below[above] if self.tokens[k].deprel == "nsubj"]
            found = [shifted(who, f"the {lemma} of {who.name}", 0.9) for who in givers if who.actor is not None]
        return found

    @cached_property
    def homes(self) -> dict[int, tuple[int, float]]:
        """The state or body for which each person is said to hold a post, with how sure it is.

        "Russia's Foreign Ministry spokeswoman Maria Zakharova": Russia; the first that the text tells.
        """
        found: dict[int, tuple[int, float]] = {}
        for head, (actor, kind, _) in sorted(self._by_head.items()):
            if self.annotation.actors[actor].kind != "person" or actor in found or kind == "pronoun":
                continue
            above = self.tokens[head].head
            tops = [head, *self.below[head]]
            if above >= 0 and self.tokens[head].deprel.split(":")[0] in ("flat", "appos"):
                tops += [above, *self.below[above]]
            for k in tops:
                for g in (k, *self.below[k]):
                    named = self._by_head.get(g)
                    if named is None or named[0] == actor or named[1] == "pronoun":
                        continue
                    if self.annotation.actors[named[0]].kind in ("state", "organisation") and self.tokens[
                        g
                    ].deprel.split(":")[0] in (
                        "nmod",
                        "compound",
                        "amod",
                    ):
                        found.setdefault(actor, (named[0], 0.9))
        return found

    def subtree(self, head: int) -> Iterator[int]:
        """The words below a word, itself included."""
        waiting = [head]
        while waiting:
            k = waiting.pop()
            yield k
            waiting += self.below[k]


def shifted(who: Who, note: str, by: float) -> Who:
    """The same with a reason, and less sure."""
    return replace(who, note=note or who.note, score=round(who.score * by, 3))


@cache
def people() -> frozenset[str]:
    """Nouns for people who act for a body."""
    return section("deputies", "people")
