"""The words that time expressions are made of (``data/words.txt``), and the lists that rules are kept in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


@cache
def sections(name: str = "words.txt") -> Mapping[str, tuple[str, ...]]:
    """The lines of a list by section, without comments."""
    found: dict[str, list[str]] = defaultdict(list)
    current = ""
    for line in (files("variorum.language.times") / "data" / name).read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("_", "").isalpha():
            current = line[1:-1]
        elif line and not line.startswith("#"):
            found[current].append(line)
    return {section: tuple(lines) for section, lines in found.items()}


@cache
def numbered(section: str) -> Mapping[str, int]:
    """The words of a section with the number of their line, from one."""
    return {word: n for n, line in enumerate(sections()[section], 1) for word in line.split()}


@cache
def coded(section: str) -> Mapping[str, str]:
    """The words of a section whose lines are a code and words, each word or phrase with its code."""
    many = section in ("seasons", "parts")
    found = {}
    for line in sections()[section]:
        code, _, words = line.partition(" ")
        for word in words.split() if many else (words,):
            found[word] = code
    return found


@cache
def counted(section: str) -> Mapping[str, int]:
    """The words of a section whose lines are a word and a number."""
    return {line.split()[0]: int(line.split()[1]) for line in sections()[section]}


@cache
def units() -> Mapping[str, tuple[str, bool, str]]:
    """Words for units, in the singular: TIMEX3 letter, whether it is of a clock, and the unit's name."""
    found = {}
    for line in sections()["units"]:
        letter, clock, *words = line.split()
        for word in words:
            found[word] = letter, clock == "T", words[0]
    return found


@cache
def words_in(section: str) -> frozenset[str]:
    """All words of a section."""
    return frozenset(word for line in sections()[section] for word in line.split())


def either(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; blanks match any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"\s+").replace("'", "['’]") for word in ordered) + ")"
