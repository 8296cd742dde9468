"""From predicates to kinds of events and to stances: the mapping in ``data/predicates.txt``.

A line of it tells of words, as verbs, nouns or adjectives and perhaps only with certain fillers, which type of PLOVER
and which subtype they have, who acts and who is concerned, and which stance of whom towards whom they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.language.lists import lines_of

_POS: Final = {"v": "verb", "n": "noun", "a": "adjective"}
_ACTORS: Final = {"verb": ("subj",), "noun": ("subj", "poss", "amod", "compound"), "adjective": ("subj",)}
_RECIPIENTS: Final = {"verb": ("obj", "iobj"), "noun": ("of", "against", "on", "with"), "adjective": ("to", "of")}


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
    """``invert`` where what it governs is said not to be so, ``carry`` where that is so as it is."""
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Line:
    conditions: tuple[tuple[str, frozenset[str], bool], ...]
    """Role, the lemmas that its filler must have one of (none: any), and whether it must be there."""
    sense: Sense

    def fits(self, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str]) -> bool:
        for role, lemmas, wanted in self.conditions:
            if role == "mod":
                there = any(word in lemmas for word in modifiers)
            else:
                there = any(r == role and (not lemmas or lemma in lemmas) for r, lemma in fillers)
            if there != wanted:
                return False
        return True

    @property
    def rank(self) -> int:
        """How special it is."""
        return sum(2 if lemmas else 1 for _, lemmas, _ in self.conditions)


def match(predicate: str, pos: str, fillers: Sequence[tuple[str, str]], modifiers: Sequence[str] = ()) -> Sense | None:
    """What a predicate means with its fillers (role and lemma of the head); None where the mapping lacks it.

    ``predicate`` is a lemma, of a verb with its particle; ``modifiers`` are words that describe it. The most special
    line that fits is taken, of several the first.
    """
    for line in _lines().get((predicate, pos), ()):
        if line.fits(fillers, modifiers):
            return line.sense
    return None


@cache
def nouns() -> frozenset[str]:
    """Nouns that the mapping knows as acts or stances."""
    return frozenset(word for word, pos in _lines() if pos == "noun")


@cache
def _lines() -> dict[tuple[str, str], tuple[_Line, ...]]:
    found: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for text in lines_of("predicates.txt"):
        words, pos, *fields = [field.strip() for field in text.split("|")]
        for word in (w.strip() for w in words.split(",")):
            found[word, _POS[pos]].append(_line(word, _POS[pos], [*fields, *[""] * (8 - len(fields))]))
    return {key: tuple(sorted(lines, key=lambda line: -line.rank)) for key, lines in found.items()}


def _line(word: str, pos: str, fields: Sequence[str]) -> _Line:
    condition, type, subtype, actors, recipients, stance, targets, flags = fields[:8]
    marks = frozenset(flags.split())
    sense = Sense(
        *(type or None, word if subtype == "=" else subtype, tuple(actors.split()) or _ACTORS[pos]),
        *(tuple(recipients.split()) or _RECIPIENTS[pos], stance or None),
        tuple(targets.split()) or tuple(recipients.split()) or (("obj",) if pos == "verb" else ("for", "of", "to")),
        *("issue" in marks, "invert" if "invert" in marks else "carry" if "carry" in marks else ""),
        *(0.75 if "weak" in marks else 0.9, f"“{word}”"),
    )
    return _Line(tuple(_condition(part) for part in condition.split()), sense)


def _condition(part: str) -> tuple[str, frozenset[str], bool]:
    wanted = not part.startswith("!")
    role, _, lemmas = part.removeprefix("!").partition(":")
    return role, frozenset(lemmas.replace("_", " ").split(",")) if lemmas else frozenset(), wanted
