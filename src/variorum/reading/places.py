"""Places as datelines write them: which words are a known town or region, and which merely look like a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SMALL_WORDS = (
    "a al and an at am aan de del den der des di do dos du da das e el en in la las le les los near of off on over sur "
    "the to under upon von y aboard with"
)
SMALL = frozenset(_SMALL_WORDS.split())
"""Words of a place's name that may stand without a capital."""

_WORD = re.compile(r"(?:[^\W\d_]|[.'’&-])+\.?$")
_PIECE = re.compile(r"[,/(]| and ")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the data file knows of a place."""

    town: bool
    """Whether a known town is named."""
    region: bool
    """Whether a known country, state or part of one is named."""
    pieces: int
    """How many parts it has: two for "Paris, France"."""


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Return the known towns and regions, in small letters."""
    lists: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in (files("variorum.reading") / "data" / "places.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.add(line.lower())
    return frozenset(lists["towns"]), frozenset(lists["regions"])


@cache
def _labels() -> frozenset[str]:
    """Return the words that open a paragraph as a place does and are none, in small letters."""
    lines = (files("variorum.reading") / "data" / "not_places.txt").read_text("utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def standing(place: str) -> Standing:
    """Return what is known of a place as written: "LONDON/BERLIN", "Paris, France", "Alicante (Spain)"."""
    towns, regions = _known()
    pieces = [piece.strip(" )").lower() for piece in _PIECE.split(place)]
    return Standing(any(p in towns for p in pieces), any(p in regions for p in pieces), len(pieces))


def is_region(words: str) -> bool:
    """Tell whether words are the name of a country, a state or a part of one."""
    return words.lower() in _known()[1]


def looks_like_place(words: str) -> bool:
    """Tell whether words can be a place: few, capitalised, no label such as "UPDATE", no sentence."""
    if not words[:1].isupper() or words.lower().rstrip(".") in _labels():
        return False
    tokens = re.split(r"[\s,/()]+", words.strip("()"))
    if len(tokens) > (9 if words.isupper() else 6):
        return False
    for token in tokens:
        if token and not (_WORD.match(token) and (token[0].isupper() or token in SMALL or token[0] in "’'")):
            return False
    return not any(part.strip().lower() in _labels() for part in re.split(r"[,/]", words))
