"""The methods by which clues are found, and which of them outweighs which (``data/methods.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from variorum.records import Clue

UNKNOWN_RANK = 90
"""Precedence of a method that the data file lacks: after all others."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way in which a clue can be found."""

    name: str
    """As in :attr:`variorum.records.Clue.method`."""
    rank: int
    """Precedence; the lowest wins."""
    trust: float
    """Score of a clue where nothing speaks for more or less, 0 to 1."""
    words: str
    """How a page names it."""
    given: bool = False
    """Whether people said so."""
    reliable: bool = False
    """Whether a date from here can be used without a question mark."""
    witness: bool = False
    """Whether a differing date from here casts doubt on a reliable one."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Precedence for single fields, where it differs."""

    def rank_for(self, what: str) -> int:
        """Return the precedence for the field ``what``."""
        return self.ranks.get(what, self.rank)


@cache
def methods() -> Mapping[str, Method]:
    """Return all methods by name."""
    rows = tomllib.loads((files("variorum.reading") / "data" / "methods.toml").read_text("utf-8"))
    return {name: Method(name, **row) for name, row in rows.items()}


def method(name: str) -> Method:
    """Return the method called ``name``; one that the data file lacks comes last and is named as it is."""
    return methods().get(name) or Method(name, UNKNOWN_RANK, 0.5, name)


def precedence(clue: Clue) -> tuple[int, float, str, str, int]:
    """Return a key that sorts clues about one field, the one that wins first; no two different clues are equal."""
    return (method(clue.method).rank_for(clue.field), -clue.score, clue.method, clue.value, clue.start or 0)
