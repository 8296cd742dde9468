"""Spellings of one name: "Zelensky" and "Zelenskyy", "Jorvat" and "Dzhorvat".

Two full names are spellings of one if they come out the same once the ways of writing one sound are made one
(transliterations of Cyrillic and Arabic into English after the tables of BGN/PCGN, in short), or if they differ by one
letter inside of a word and their bearers hold the same post. Nobody else may be near: a spelling that fits two stays
alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final

from variorum.situation.actors.names import Key, forms_of_one
from variorum.situation.lists import lines_of

Person = tuple[int, Sequence[Key], str, set[str]]
"""Number, full names, sex and posts."""

_SOUNDS: Final = (
    ("dzh", "j"), ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("zh", "j"), ("kh", "h"), ("ph", "f"), ("ou", "u"),
    ("oo", "u"), ("ck", "k"), ("ks", "x"), ("tz", "ts"), ("w", "v"), ("yy", "i"), ("iy", "i"), ("ij", "i"), ("yi", "i"),
    ("ii", "i"), ("y", "i"), ("ei", "e"), ("ie", "e"), ("ey", "e"), ("q", "k"),
)  # fmt: skip
_DOUBLE: Final = re.compile(r"(.)\1")
CROWD: Final = 20
"""Bearers of a surname from which none of them is told by the spelling of the given name."""
LEAST: Final = 6
"""Letters of a word from which one letter may differ."""


@cache
def full_names() -> dict[str, str]:
    """Full given names by their short forms; forms that are short for two names, by none."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines_of("short_names"):
        full, *short = line.split()
        for word in short:
            found[word].add(full)
    return {word: min(names) for word, names in found.items() if len(names) == 1}


def _given(word: str) -> str:
    return sounded(full_names().get(word, word))


def _shortened(one: Key, other: Key) -> bool:
    """Whether two names are one but for a short form of the given name: "Bill Barr", "William P. Barr"."""
    if one[0] == other[0] or _given(one[0]) != _given(other[0]):
        return False
    return forms_of_one(("*", *one[1:]), ("*", *other[1:]))


@cache
def sounded(word: str) -> str:
    """A word with the ways of writing one sound made one."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    return word.removesuffix("ff") + "v" if word.endswith("ff") else word


def variants(people: Sequence[Person]) -> Iterator[tuple[int, int, float, str]]:
    """Pairs of people who are one under two spellings, with how sure that is and why; each in one pair at most."""
    near: dict[int, dict[int, tuple[float, str]]] = defaultdict(dict)
    for first, second in _pairs(people):
        judged = _judged(first, second)
        if judged is not None:
            near[first[0]][second[0]] = judged
            near[second[0]][first[0]] = judged
    for one, others in sorted(near.items()):
        if len(others) != 1:
            continue
        other = min(others)
        if one < other and len(near[other]) == 1:
            yield one, other, *others[other]


def close(people: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Pairs of people with like names, whom nothing says to be one."""
    for one, other in _pairs(people):
        if _judged(one, other) is None and {one[2], other[2]} != {"m", "f"}:
            yield one[0], other[0]


def _pairs(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """People with names of which one word is alike and another nearly; by blocks, so that it stays linear."""
    blocks: dict[tuple[str, str, str], list[Person]] = defaultdict(list)
    crowded = _crowded(people)
    for person in people:
        for key in person[1]:
            if len(key) < 2 or len(key[0]) < 2 or sounded(key[-1]) in crowded:
                continue
            given, surname = _given(key[0]), sounded(key[-1])
            blocks["surname", surname, given[:1]].append(person)
            blocks["given", given, surname[:2]].append(person)
    seen: set[tuple[int, int]] = set()
    for _, some in sorted(blocks.items()):
        if len(some) > 2 * CROWD:
            continue
        for one, other in combinations(some, 2):
            pair = (min(one[0], other[0]), max(one[0], other[0]))
            if one[0] != other[0] and pair not in seen and _nearly(one[1], other[1]):
                seen.add(pair)
                yield one, other


def _crowded(people: Iterable[Person]) -> set[str]:
    """Surnames that many bear, so that another spelling of a given name may be another's."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, keys, _, _ in people:
        for key in keys:
            bearers[sounded(key[-1])].add(number)
    return {surname for surname, some in bearers.items() if len(some) > CROWD}


def _nearly(ones: Sequence[Key], others: Sequence[Key]) -> bool:
    if any(_shortened(a, b) for a in ones for b in others):
        return True
    return any(
        len(a) == len(b) and all(sounded(x) == sounded(y) or differs_inside(x, y) for x, y in zip(a, b, strict=True))
        for a in ones
        for b in others
    )


def _judged(one: Person, other: Person) -> tuple[float, str] | None:
    if {one[2], other[2]} == {"m", "f"}:
        return None
    if any([*map(sounded, a)] == [*map(sounded, b)] for a in one[1] for b in other[1]):
        return 0.85, "names that are spellings of one, and nobody else in the corpus has one like it"
    if any(_shortened(a, b) for a in one[1] for b in other[1]):
        return 0.8, "a given name and its short form, and nobody else in the corpus has a name like it"
    if one[3] & other[3]:
        return 0.75, "names that differ by one letter, and the same post"
    return None


@cache
def differs_inside(one: str, other: str) -> bool:
    """Whether two words differ by one letter ("Sandroe", "Sandrow"), not by an end that tells names apart."""
    short, long = sorted((one, other), key=len)
    if len(long) < LEAST or len(long) - len(short) > 1 or short == long or short[0] != long[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if {*short[-1:], *long[-1:]} <= {*"aeos"} and short[-1] != long[-1]:
        return False
    return short[at:] == long[at + 1 :] if len(short) < len(long) else short[at + 1 :] == long[at + 1 :]
