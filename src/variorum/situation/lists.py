"""The word lists of the situation room: text files in ``data/``, each with a comment that says where it comes from."""

from collections import defaultdict
from functools import cache
from importlib.resources import files


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones."""
    lines = (files("variorum.situation") / "data" / f"{name}.txt").read_text("utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of each section of a list."""
    found: dict[str, list[str]] = defaultdict(list)
    current = ""
    for line in lines_of(name):
        if line.startswith("["):
            current = line.strip("[]")
        else:
            found[current].append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@cache
def section(name: str, part: str) -> frozenset[str]:
    """The entries of a section of a list, which commas part; none where there is no such section."""
    return frozenset(
        entry.strip() for line in sections(name).get(part, ()) for entry in line.split(",") if entry.strip()
    )
