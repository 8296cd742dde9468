"""The words of names, and which full names of people are forms of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from variorum.language.coreference import name_words
from variorum.language.lists import section_of, word_list

Key = tuple[str, ...]
"""The words of a name by which it is told from others."""

GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""Words behind a name that tell a father from a son."""
_HYPHEN: Final = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_INITIAL: Final = re.compile(r"\b([^\W\d_])\.\s*")


@lru_cache(1 << 17)
def words_of_name(name: str, sort: str) -> Key:
    """The words of a name, without titles, signs, particles, articles and accents, in lower case."""
    if sort == "person":
        name = _INITIAL.sub(r"\1. ", _HYPHEN.sub(" ", name))
        parts = name.replace(",", " ").split()
        words = tuple(
            word for part in parts for word in ((part[0].lower(),) if _INITIAL.fullmatch(part) else name_words([part]))
        )
        while len(words) > 1 and words[0] in word_list("titles") | section_of("posts.txt", "titles"):
            words = words[1:]
        return words
    parts = name.replace("’", "'").replace(",", " ").split()
    while len(parts) > 1 and parts[-1] in section_of("posts.txt", "bodies"):
        parts = parts[:-1]  # "the Common Tide coalition"
    return tuple(word.replace(".", "") for word in name_words(parts))


def of_one(keys: Iterable[Key], sexes: Mapping[Key, str]) -> Iterator[list[Key]]:
    """Full names of people in groups of which each is a form of each other one; a name that fits two stands alone."""
    linked: dict[Key, set[Key]] = {key: set() for key in sorted(keys)}
    for one, other in _like(linked):
        apart = {sexes.get(one, ""), sexes.get(other, "")} == {"m", "f"}
        if not apart and forms_of_one(one, other):
            linked[one].add(other)
            linked[other].add(one)
    plain = {key for key in linked if len(key[0]) > 1}
    left = dict.fromkeys(sorted(linked))
    groups: list[list[Key]] = []
    for key in [key for key in left if key in plain]:
        group = {key, *(linked[key] & plain)}
        if key in left and all({other, *(linked[other] & plain)} == group for other in group):
            groups.append(sorted(group))
            for other in group:
                del left[other]
    homes: dict[Key, set[int]] = {key: set() for key in left}
    for at, forms in enumerate(groups):
        for key in {other for one in forms for other in linked[one]}:
            if key in left and key not in plain and linked[key] & plain <= set(forms):
                homes[key].add(at)
    for key, places in homes.items():
        if len(places) == 1:
            groups[min(places)].append(key)
        else:
            groups.append([key])
    yield from groups


def _like(keys: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Full names with a surname in common whose given names are the same, or of which one has an initial for it."""
    bearers: dict[tuple[str, str], list[Key]] = defaultdict(list)
    by_letter: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in keys:
        for surname in surnames(key):
            bearers[surname, key[0]].append(key)
            if len(key[0]) > 1:
                by_letter[surname, key[0][0]].append(key)
    for (surname, given), same in bearers.items():
        yield from combinations(same, 2)
        if len(given) == 1:
            yield from product(same, by_letter.get((surname, given), ()))


def surnames(key: Key) -> Key:
    """Words of a person's full name that may be the surname: the last, or the one before, as in Spanish."""
    words = key[:-1] if key[-1] in GENERATIONS and len(key) > 2 else key
    return (words[-1], words[-2]) if len(words) > 2 else words[-1:]


def forms_of_one(one: Key, other: Key) -> bool:
    """Whether two full names can be one person's."""
    if {*one} & GENERATIONS != {*other} & GENERATIONS:
        return False
    short, long = sorted((one, other), key=len)
    if not _alike(short[0], long[0]):
        return False
    if len(short) == len(long):
        return short[-1] == long[-1] and all(_alike(a, b) for a, b in zip(short, long, strict=True))
    if len(short) == 2:
        return short[1] in surnames(long)
    return short[-1] == long[len(short) - 1] and all(_alike(a, b) for a, b in zip(short, long, strict=False))


def _alike(one: str, other: str) -> bool:
    """Whether two given names are the same, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
