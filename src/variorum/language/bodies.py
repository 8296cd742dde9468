"""Bodies of states and people in one text: "the US government", "Venezuela's Supreme Court", "Maduro's administration".

A body is told by its noun, which a list knows, and by whose it is: a state (by its name or its adjective), a person, or
nobody that the phrase says. Other noun phrases are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from variorum.language.annotation import Actor, Entity, Token
from variorum.language.lists import lines_of, section_of

BodyKind = Literal["government", "part", "camp", "people", "leaders"]
"""What a body is to its owner: the government, a part, the opposition, people who act for it, or its leaders."""

_FILE: Final = "bodies.txt"
_BEFORE: Final = ("compound", "amod", "nmod", "nmod:poss", "nmod:desc", "flat")
_ANY: Final = frozenset({"a", "an", "any", "no", "every", "each", "another", "some", "other"})
_LINKS: Final = frozenset({"compound", "flat", "amod", "nmod", "nmod:desc", "nmod:poss"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a body is, as a phrase says it."""

    words: str
    start: int
    """First code point of the words."""
    end: int
    actor: int | None
    """Number of the actor whom the words mean."""
    type: str
    """Type of the name; empty where it is a pronoun or no name."""
    how: str
    """By which relation: before, of, in, poss, led, chain."""


@dataclass(frozen=True, slots=True)
class Body:
    """A phrase for a body of a state or for people of one."""

    head: int
    """Index of its noun."""
    first: int
    last: int
    """First and last word of the phrase, without what follows its noun but "of ..."."""
    type: str
    """The noun and what makes it a body of its own: "foreign ministry"."""
    kind: BodyKind
    owners: tuple[Owner, ...]
    definite: bool
    """Whether the phrase takes it as known."""

    @property
    def of(self) -> tuple[Owner, ...]:
        """Whose it is; where it sits, if nothing else tells."""
        own = tuple(one for one in self.owners if one.how not in ("in", "led"))
        return own or tuple(one for one in self.owners if one.how == "in")

    @property
    def is_told(self) -> bool:
        """Whether a text can mean one body by it."""
        if not self.definite or self.of:
            return self.definite
        words = self.type.split()
        bare = words[-1] in section_of(_FILE, "bare")
        return bare or (len(words) > 1 and self.kind in ("government", "part", "camp"))


@cache
def kind_of(lemma: str, word: str) -> BodyKind | None:
    """What a noun stands for, by its dictionary form and as it stands; None where for no body."""
    for kind in ("government", "part"):
        if word in section_of(_FILE, kind):
            return kind
    if word in section_of(_FILE, "parts"):
        return "part"
    if word in section_of(_FILE, "people") and word != lemma:
        return "people"
    if word in section_of(_FILE, "leaders") and word != lemma:
        return "leaders"
    return "camp" if word in section_of(_FILE, "camp") else None


@cache
def _same() -> dict[str, str]:
    """Words by those that stand for the same body."""
    found: dict[str, str] = {}
    here = False
    for line in lines_of(_FILE):
        if line.startswith("["):
            here = line == "[same]"
        elif here:
            word, other = line.split()
            found[word] = other
    return found


def type_of(words: Sequence[str]) -> str:
    """The type of a body by the words for it, the noun last, so that words for the same come out the same."""
    return " ".join(_same().get(word, word) for word in words)


def body_of_name(name: str) -> Body | None:
    """The body that a name says by itself: "US Justice Department", "Ministry of Defence"; None where it says none."""
    words = name.split()
    lower = [word.lower() for word in words]
    if len(words) > 2 and lower[0] in ("department", "ministry") and lower[1] == "of" and len(words) <= 5:
        kept = [w for w in lower[2:] if w not in ("the", "affairs", "and")]
        return Body(-1, 0, 0, type_of([*kept, lower[0]]), "part", (), True) if kept else None
    kind = kind_of(lower[-1], lower[-1]) if words else None
    if kind not in ("government", "part"):
        return None
    start = 1 if lower[0] == "the" else 0
    owners: tuple[Owner, ...] = ()
    more = len(words) > start + 1 and lower[start] not in section_of(_FILE, "types")
    if more and (_is_of_state(words[start]) or lower[start].endswith(("an", "ese", "ish"))):
        owners = (Owner(words[start], 0, 0, None, "MISC", "before"),)
        start += 1
    return Body(-1, 0, 0, type_of(lower[start:]), kind, owners, True)


class Seen:
    """A text's words with its names and actors, in offsets of the text."""

    def __init__(self, text: str, tokens: Sequence[Token], entities: Sequence[Entity], actors: Sequence[Actor]) -> None:
        self.text, self.tokens, self.entities, self.actors = text, tokens, entities, actors
        self.words = [text[t.start : t.end] for t in tokens]
        self.lower = [word.lower() for word in self.words]
        self.below: dict[int, list[int]] = defaultdict(list)
        for i, token in enumerate(tokens):
            if token.head >= 0:
                self.below[token.head].append(i)
        self.at = {token.start: i for i, token in reversed(list(enumerate(tokens)))}
        self.end = {token.end: i for i, token in enumerate(tokens)}
        self.name_at: dict[int, Entity] = {}
        for entity in entities:
            for i in self.inside(entity.start, entity.end):
                self.name_at[i] = entity

    def inside(self, start: int, end: int) -> range:
        """Words of a stretch that begins and ends with words."""
        first, last = self.at.get(start), self.end.get(end)
        return range(first, last + 1) if first is not None and last is not None else range(0)

    def top(self, inside: range) -> int | None:
        """The word of a stretch that the others hang on."""
        return next((i for i in inside if self.tokens[i].head not in inside), None)

    @cached_property
    def carried(self) -> dict[int, int]:
        """The actor of each word that carries a mention, names first."""
        found: dict[int, int] = {}
        for names in (True, False):
            for number, actor in enumerate(self.actors):
                for mention in actor.mentions:
                    head = self.top(self.inside(mention.start, mention.end))
                    if head is not None and (mention.kind == "name") == names:
                        found.setdefault(head, number)
        return found

    def case(self, i: int) -> str:
        """The preposition of a word; empty where it has none."""
        return next((self.lower[k] for k in self.below[i] if self.tokens[k].deprel == "case" and k < i), "")

    def relation(self, i: int) -> str:
        """How a word hangs on the one above it, without the subtype."""
        return self.tokens[i].deprel.split(":")[0]

    def subtree(self, i: int, links: frozenset[str] | None = None) -> Iterator[int]:
        """A word and those below it, of `links` only where they are given."""
        waiting, seen = [i], set()
        while waiting:
            k = waiting.pop()
            if k in seen:
                continue
            seen.add(k)
            yield k
            waiting += [c for c in self.below[k] if links is None or self.tokens[c].deprel in links]


def bodies_in(seen: Seen) -> tuple[Body, ...]:
    """The phrases for bodies in a text, in its order; those that could be anyone's are left out."""
    found = []
    for i, token in enumerate(seen.tokens):
        if token.upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        kind = kind_of(token.lemma.lower(), seen.lower[i])
        if kind is None or _is_part(seen, i):
            continue
        body = _body(seen, i, kind)
        if body is not None:
            found.append(body)
    return tuple(found)


def _is_part(seen: Seen, i: int) -> bool:
    """Whether a noun belongs to another one, or to a name of which it is not the last word."""
    if seen.relation(i) in ("compound", "amod", "flat", "advmod") or seen.lower[i + 1 : i + 2] == ["-"]:
        return True
    name = seen.name_at.get(i)
    return name is not None and (name.type == "PER" or i != seen.inside(name.start, name.end).stop - 1)


def _body(seen: Seen, i: int, kind: BodyKind) -> Body | None:
    before = [k for k in seen.below[i] if k < i and seen.tokens[k].deprel in _BEFORE]
    name = seen.name_at.get(i)
    own = set(seen.inside(name.start, name.end)) if name is not None else set()
    types, owners, first = [], [], i
    for k in sorted({*before, *(own - {i})}):
        word = seen.lower[k]
        if (
            seen.tokens[k].deprel == "nmod:poss"
            or (k not in own and seen.name_at.get(k))
            or _is_adjective(seen, k, own)
        ):
            if k in own:
                token = seen.tokens[k]
                owner: Owner | None = Owner(seen.words[k], token.start, token.end, None, "MISC", "before")
            else:
                owner = _owner(seen, k, "poss" if seen.tokens[k].deprel == "nmod:poss" else "before")
            if owner is not None:
                owners.append(owner)
                first = min(first, *seen.subtree(k, _LINKS))
                continue
        if word in section_of(_FILE, "types"):
            types.append(word)
            first = min(first, k)
        elif word in section_of(_FILE, "others") and (
            kind in ("people", "leaders") or word not in section_of(_FILE, "types")
        ):
            return None
        elif k in own and seen.tokens[k].upos in ("NOUN", "PROPN", "ADJ"):
            types.append(word)
            first = min(first, k)
    marks = {seen.lower[k] for k in seen.below[i] if seen.tokens[k].deprel.split(":")[0] in ("det", "nummod", "cop")}
    counted = any(seen.tokens[k].deprel == "nummod" for k in seen.below[i])
    definite = not marks & _ANY and not counted and not any(seen.tokens[k].deprel == "cop" for k in seen.below[i])
    known = bool(marks & {"the", "this", "that", "both"})
    behind, last = _behind(seen, i)
    owners += behind
    if not owners and not known:
        definite = False
    if kind in ("people", "leaders") and not owners and types != ["opposition"]:
        return None
    if kind == "leaders" and any(one.type == "PER" for one in owners):
        return None
    words = [*types, seen.lower[i]]
    type = type_of(words) if owners or words != ["administration"] else "administration"
    body = Body(i, first, last, type, kind, tuple(owners), definite)
    return body if body.is_told or name is not None else None


def _is_adjective(seen: Seen, k: int, own: set[int]) -> bool:
    """Whether a word can be the adjective or the name of a state: one of a name ("U.S. Senate"), or with a capital."""
    word = seen.words[k]
    if k in own:
        first = k == min(own) and word.lower().endswith(("an", "ese", "ish")) and len(word) > 4
        return _is_of_state(word) or (first and word.lower() not in section_of(_FILE, "types"))
    return (
        word[:1].isupper()
        and seen.tokens[k].upos in ("ADJ", "PROPN")
        and seen.lower[k] not in (section_of(_FILE, "types") | section_of(_FILE, "others"))
    )


@cache
def of_states() -> frozenset[str]:
    """Names and adjectives of states in lower case."""
    return frozenset(
        word.lower()
        for file in ("states.txt", "demonyms.txt")
        for line in lines_of(file)
        for word in line.split("|")[1:]
    )


def _is_of_state(word: str) -> bool:
    return word.lower() in of_states()


def _owner(seen: Seen, k: int, how: str) -> Owner | None:
    """Whom a modifier means: a name, a person's pronoun, or an adjective with a capital."""
    name = seen.name_at.get(k) or next(
        (
            seen.name_at[c]
            for c in sorted(seen.subtree(k, _LINKS))
            if c in seen.name_at and seen.name_at[c].type == "PER"
        ),
        None,
    )
    token = seen.tokens[k]
    if name is not None and _is_of_state(seen.words[k]) and name.end - name.start > token.end - token.start:
        return Owner(seen.words[k], token.start, token.end, None, "MISC", how)
    if name is not None:
        if name.type == "ORG" and how != "poss" and not _like_adjective(seen.text[name.start : name.end]):
            return None
        return Owner(_plain(seen.text[name.start : name.end]), name.start, name.end, name.actor, name.type, how)
    if token.upos == "PRON":
        actor = seen.carried.get(k)
        return Owner(seen.words[k], token.start, token.end, actor, "", how) if actor is not None else None
    if seen.words[k][:1].isupper() and token.upos in ("ADJ", "PROPN") and _like_adjective(seen.words[k]):
        return Owner(seen.words[k], token.start, token.end, seen.carried.get(k), "MISC", how)
    actor = seen.carried.get(k)
    if how == "poss" and actor is not None and seen.tokens[k].upos in ("NOUN", "PROPN"):
        return Owner(_plain(seen.words[k]), token.start, token.end, actor, "", how)
    return None


def _like_adjective(words: str) -> bool:
    """Whether words have the form of an adjective of a state."""
    word = words.lower()
    return _is_of_state(word) or (
        " " not in word and len(word) > 4 and word.endswith(("an", "ese", "ish", "ic", "i", "ern"))
    )


def _behind(seen: Seen, i: int) -> tuple[list[Owner], int]:
    """Owners behind the noun ("of Venezuela", "in Kyiv", "led by Ana Holm"), and the last word of the phrase."""
    found: list[Owner] = []
    last = i
    for k in seen.below[i]:
        if k < i:
            continue
        relation, case = seen.relation(k), seen.case(k)
        if relation in ("nmod", "obl") and case in ("of", "in"):
            owner = _owner(seen, k, case)
            if owner is not None and (case == "of" or owner.type == "LOC"):
                found.append(owner)
                if case == "of":
                    last = max(last, *seen.subtree(k, _LINKS))
        elif relation == "acl" and seen.lower[k] in ("led", "headed", "formed", "run"):
            for c in seen.below[k]:
                if seen.case(c) == "by" or seen.lower[c - 1 : c] == ["by"]:
                    owner = _owner(seen, c, "led")
                    if owner is not None:
                        found.append(owner)
    return found, last


def _plain(words: str) -> str:
    return " ".join(words.split()).removesuffix("'s").removesuffix("’s")
