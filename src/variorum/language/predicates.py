"""From predicates to kinds of events and to stances: the mapping in ``data/predicates.txt``.

A line of it tells of words, as verbs, nouns or adjectives and perhaps only with certain fillers, which type of PLOVER
and which subtype they have, who acts and who is concerned, and which stance of whom towards whom they show.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.language.lists import lines_of

_POS: Final = {"v": "verb", "n": "noun", "a": "adjective"}
_ACTORS: Final = {"verb": ("subj",), "noun": ("subj", "poss", "amod", "compound"), "adjective": ("subj",)}
_RECIPIENTS: Final = {"verb": ("obj", "iobj"), "noun": ("of", "against", "on", "with"), "adjective": ("to", "of")}
_CARRIES: Final = ("invert", "carry", "matter")
_FIELDS: Final = 8
_PARTICLES: Final = frozenset(("out", "over", "off", "up", "down", "away", "back"))
_DOUBLED: Final = re.compile(r"(?<=[aeiou])([lrtpgbmn])\1$")
_AMERICAN: Final = ((re.compile(r"is(?=e$|ation$)"), "iz"), (re.compile(r"(?<=[a-z]{2})our(?=$|able$|er$|ite$)"), "or"))


@dataclass(frozen=True, slots=True)
class Sense:
    """What a predicate means."""

    type: str | None
    """PLOVER type; None where none fits."""
    subtype: str
    """A plain word for the event; empty where it is none."""
    actors: tuple[str, ...]
    """Roles of who acts, the likeliest first."""
    recipients: tuple[str, ...]
    """Roles of who is concerned, the likeliest first."""
    stance: str | None
    """The stance that it shows; None where it shows none."""
    targets: tuple[str, ...]
    """Roles of whom or what the stance is towards."""
    issue: bool
    """Whether that may be a matter."""
    carries: str
    """``invert`` where what it governs is said not to be so, ``carry`` where that is so as it is, ``matter`` where the
    stance is one only towards a matter: who welcomes somebody supports nothing."""
    score: float
    reason: str
    by_object: bool = False
    """Whether it is this only because of what its object is: "lifted sanctions", so that the object tells no event."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """Something that fillers must fulfil."""

    roles: tuple[str, ...]
    """One of these is meant; ``mod`` stands for the words that describe the predicate."""
    lemmas: frozenset[str]
    """What the filler must be one of; none: anything."""
    wanted: bool
    """Whether it must be there, or must not."""

    def holds(self, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str]) -> bool:
        there = any(role in self.roles and (not self.lemmas or self.names(lemma)) for role, lemma in fillers)
        if "mod" in self.roles:
            there = there or any(word in self.lemmas for word in modifiers)
        return there == self.wanted

    def names(self, lemma: str) -> bool:
        """Whether a filler is one of the lemmas; plurals that have none of their own ("troops") are brought to it."""
        return lemma in self.lemmas or lemma.removesuffix("s") in self.lemmas

    @property
    def rank(self) -> int:
        return 2 if self.lemmas else 1


@dataclass(frozen=True, slots=True)
class _Line:
    conditions: tuple[_Condition, ...]
    sense: Sense

    def fits(self, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str]) -> bool:
        return all(condition.holds(fillers, modifiers) for condition in self.conditions)

    @property
    def rank(self) -> int:
        """How special it is."""
        return sum(condition.rank for condition in self.conditions)


def match(predicate: str, pos: str, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str] = ()) -> Sense | None:
    """What a predicate means with its fillers (role and lemma of the head); None where the mapping lacks it.

    ``predicate`` is a lemma, of a verb with its particle; ``modifiers`` are words that describe it. The most special
    line that fits is taken, of several the first. A particle that was read as a preposition is tried as a particle
    ("walked out of the talks", "handed over weapons"), and one that the mapping lacks may belong to the number after it
    ("up to 4,000"); then only what rests on the object counts.
    """
    if pos == "verb":
        for role in dict.fromkeys(role for role, _ in fillers):
            sense = _with_particle(predicate, role, fillers, modifiers)
            if sense is not None:
                return sense
    for word, least in _readings(predicate, pos):
        sense = _first(word, pos, fillers, modifiers, least)
        if sense is not None:
            return sense
    return None


def _first(
    word: str, pos: str, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str], least: int = 0
) -> Sense | None:
    """What the most special line that fits makes of a word."""
    for line in _lines().get((word, pos), ()):
        if line.rank >= least and line.fits(fillers, modifiers):
            return line.sense
    return None


def _with_particle(verb: str, role: str, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str]) -> Sense | None:
    """What a verb means if the first word of a role is its particle, so that the role is another."""
    particle, _, rest = role.partition(" ")
    phrase = f"{verb} {particle}"
    if particle not in _PARTICLES or (phrase, "verb") not in _lines():
        return None
    own = rest or "obj"
    if own == "obj" and any(other == "obj" for other, _ in fillers):
        return None
    sense = _first(phrase, "verb", [(own if one == role else one, lemma) for one, lemma in fillers], modifiers)
    if sense is None or not (sense.type or sense.subtype or sense.stance):
        return None
    meant = {own: role}
    return replace(
        sense,
        recipients=tuple(meant.get(one, one) for one in sense.recipients),
        targets=tuple(meant.get(one, one) for one in sense.targets),
    )


@cache
def nouns() -> frozenset[str]:
    """Nouns that the mapping knows as acts or stances."""
    return frozenset(word for word, pos in _lines() if pos == "noun")


def _readings(predicate: str, pos: str) -> Iterator[tuple[str, int]]:
    """What a predicate may be in the mapping, and how special a line must be for it."""
    lines = _lines()
    if (predicate, pos) in lines or pos != "verb":
        yield predicate, 0
        return
    verb, _, particle = predicate.partition(" ")
    for other in _misread(verb):
        yield f"{other} {particle}".strip(), 0
    if particle:
        yield verb, 2


def _misread(verb: str) -> Iterator[str]:
    """What a verb may be of which no dictionary form was known: "cancell", "fre", "severe", "advanced"."""
    yield _DOUBLED.sub(r"\1", verb)
    yield f"{verb}e"
    if verb.endswith(("e", "d")):
        yield verb[:-1]
    if verb.endswith("ed"):
        yield verb[:-2]


@cache
def _lines() -> dict[tuple[str, str], tuple[_Line, ...]]:
    groups = _groups()
    found: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for text in lines_of("predicates.txt"):
        if text.startswith("$"):
            continue
        words, part, *fields = [field.strip() for field in text.split("|")]
        pos = _POS[part]
        fields += [""] * (_FIELDS - len(fields))
        for word in (w.strip() for w in words.split(",")):
            line = _line(word, pos, fields, groups)
            for spelt in _spellings(word):
                found[spelt, pos].append(line)
    return {key: tuple(sorted(lines, key=lambda line: -line.rank)) for key, lines in found.items()}


@cache
def _groups() -> dict[str, str]:
    """The groups of words that conditions name, by name."""
    found: dict[str, str] = {}
    for text in lines_of("predicates.txt"):
        if text.startswith("$"):
            name, _, words = text.partition("=")
            found[name.strip()] = ",".join(_words(words, found))
    return found


def _words(words: str, groups: dict[str, str]) -> list[str]:
    """Words of a list, those of the groups that it names among them."""
    found: list[str] = []
    for word in (w.strip() for w in words.split(",")):
        found += groups[word].split(",") if word in groups else [word]
    return found


def _spellings(word: str) -> set[str]:
    """A word in British and in American spelling."""
    found = {word}
    for british, american in _AMERICAN:
        found |= {" ".join([british.sub(american, w.split(" ")[0]), *w.split(" ")[1:]]) for w in found}
    return found


def _line(word: str, pos: str, fields: Sequence[str], groups: dict[str, str]) -> _Line:
    condition, type, subtype, actors, recipients, stance, targets, flags = fields[:_FIELDS]
    marks = frozenset(flags.split())
    conditions = tuple(_condition(part, groups) for part in condition.split())
    sense = Sense(
        *(type or None, word if subtype == "=" else subtype, _roles(actors) or _ACTORS[pos]),
        *(_roles(recipients) or _RECIPIENTS[pos], stance or None),
        _roles(targets) or _roles(recipients) or (("obj",) if pos == "verb" else ("for", "of", "to")),
        *("issue" in marks, next((mark for mark in _CARRIES if mark in marks), "")),
        *(0.75 if "weak" in marks else 0.9, f"“{word}”"),
        any(one.wanted and one.lemmas and one.roles == ("obj",) for one in conditions),
    )
    return _Line(conditions, sense)


def _roles(words: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in words.split())


def _condition(part: str, groups: dict[str, str]) -> _Condition:
    wanted = not part.startswith("!")
    roles, _, lemmas = part.removeprefix("!").partition(":")
    words = frozenset(word.replace("_", " ") for word in _words(lemmas, groups)) if lemmas else frozenset()
    return _Condition(tuple(roles.replace("_", " ").split("/")), words, wanted)
