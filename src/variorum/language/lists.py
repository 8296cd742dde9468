"""The word lists of the language room: text files in ``data/``, each with a comment that says where it comes from."""

from collections import defaultdict
from functools import cache
from importlib.resources import files


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones."""
    lines = (files("variorum.language") / "data" / name).read_text("utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def section_of(name: str, section: str) -> frozenset[str]:
    """The words of a section of a list, in lower case; none where there is no such section."""
    found: dict[str, set[str]] = defaultdict(set)
    current = ""
    for line in lines_of(name):
        if line.startswith("["):
            current = line.strip("[]")
        else:
            found[current].update(line.lower().split())
    return frozenset(found[section])


def word_list(section: str) -> frozenset[str]:
    """The words of a section of ``names.txt``, in lower case; none where there is no such section."""
    return section_of("names.txt", section)


@cache
def reporting() -> frozenset[str]:
    """Forms of words that report speech, in lower case."""
    return frozenset(word for line in lines_of("reporting.txt") for word in line.split())
