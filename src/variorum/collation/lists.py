"""The lists of the collation room: files in ``data/``, each with a comment that says where it comes from."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def _text(name: str) -> str:
    data = (files("variorum.collation") / "data" / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones."""
    return tuple(line for line in _text(name).split("\n") if line and not line.startswith("#"))


@cache
def sections_of(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of a list by the section, in brackets, that they stand in."""
    found: dict[str, list[str]] = defaultdict(list)
    current = ""
    for line in lines_of(name):
        if line.startswith("["):
            current = line.strip("[]")
        else:
            found[current].append(line)
    return {section: tuple(lines) for section, lines in found.items()}


@cache
def words_in(name: str, section: str) -> frozenset[str]:
    """The words of a section of a list."""
    return frozenset(word for line in sections_of(name).get(section, ()) for word in line.split())
