"""Whether two names are forms of one: house style, acronyms, transliterations, spellings, states by their people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

import regex
from rapidfuzz.distance import Levenshtein

from variorum.collation.lists import lines_of
from variorum.collation.meanings import is_common, synonyms
from variorum.collation.words import folded

Kinship = Literal["same", "spelling", "misspelt", "renamed", "other"]
"""``same``: forms of one name; ``spelling``: one name transliterated in two ways; ``misspelt``: written differently
by a letter or two; ``renamed``: a word of the dictionary stands for another in the name ("Electoral" and "Voting
Office"); ``other``: another name.
"""

_SOUNDS: Final = tuple(
    (regex.compile(pattern), put)
    for pattern, put in (
        (r"^mc", "mac"), (r"ph", "f"), (r"sch", "sh"), (r"tch", "ch"), (r"zh|dj", "j"),
        (r"kh|q|ck|c(?=[aouklrt]|$)", "k"), (r"gh", "g"), (r"ou|oo|ow", "u"), (r"ee|ie|ey|iy|yy|ij|ii", "i"),
        (r"y|j(?=[aeiou])", "i"), (r"w", "v"), (r"ff$|v$", "f"),
        (r"x", "ks"), (r"z", "s"), (r"h(?![aeiou])", ""), (r"(.)\1", r"\1"), (r"e(?=[lr]$)", ""), (r"ai|ei|ay", "e"),
    )
)  # fmt: skip
SHORTEST: Final = 5
"""Letters of a name from which one wrong letter may be a slip."""
FIRST: Final = 1


def kinship(one: Sequence[str], other: Sequence[str]) -> Kinship:
    """What two names, as forms of words, have to do with each other."""
    if _canonical(one) == _canonical(other) or _is_acronym(one, other) or _is_acronym(other, one):
        return "same"
    if "".join(one) == "".join(other):
        return "same"
    if len(one) == len(other):
        kinds = [_of_words(a, b) for a, b in zip(one, other, strict=True) if a != b]
        order: tuple[Kinship, ...] = ("same", "spelling", "misspelt", "renamed", "other")
        return max(kinds, key=order.index, default="same")
    return "other"


def _of_words(one: str, other: str) -> Kinship:
    if sounds(one) == sounds(other):
        return "spelling"
    if _state(one) and _state(one) == _state(other):
        return "same"
    if min(len(one), len(other)) >= SHORTEST and one[0] == other[0] and Levenshtein.distance(one, other) <= FIRST:
        return "misspelt"
    return "renamed" if synonyms(one, other) or (is_common(one) and is_common(other)) else "other"


def _state(word: str) -> str | None:
    """What a state and its people have in common: "venezuela" and "venezuelan", "russia" and "russians"."""
    for ending in ("ans", "an", "ns", "n", "ish", "ese", "is", "i", "s", "a", "o", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word if len(word) >= 4 else None


def sounds(name: str) -> str:
    """A name as it sounds, roughly, however it was put into Latin letters."""
    for pattern, put in _SOUNDS:
        name = pattern.sub(put, name)
    return name


@cache
def _forms() -> dict[tuple[str, ...], str]:
    found = {}
    for line in lines_of("same_names.txt"):
        for form in line.split("|"):
            found[tuple(folded(word) for word in form.split())] = line.split("|")[0]
    return found


def _canonical(name: Sequence[str]) -> str:
    plain = tuple(word for word in name if word != "the")
    return _forms().get(plain, " ".join(plain))


def _is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    plain = [word for word in long if word not in ("the", "of", "for", "and", "de", "la")]
    return len(short) == 1 and 1 < len(plain) == len(short[0]) and short[0] == "".join(word[0] for word in plain)
