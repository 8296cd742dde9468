"""What bounds the date of a document, as its page tells it: what made it, what fits, and what was overruled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.edition.dates import VERDICTS, Bound, Verdict
from variorum.publishing.dates import interval_words
from variorum.reading.methods import method

MOST = 40
"""Bounds of each kind that a page tells."""

_HEADINGS: Mapping[Verdict, str] = {"used": "What makes it", "agrees": "What fits it", "overruled": "Overruled"}

_METHODS: Mapping[str, str] = {
    "copies": "a copy of it",
    "corpus": "another document",
    "calendar": "the calendar",
}
"""How a page names where a bound was found, beside what ``reading/data/methods.toml`` names."""


@dataclass(frozen=True, slots=True)
class Told:
    """A bound, as a page tells it."""

    bound: Bound
    """The bound."""
    days: str
    """The days that it leaves, in words; empty where the reason alone tells."""
    source: str
    """Where it was found, in words."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All bounds of which the same became."""

    heading: str
    """What became of them."""
    told: Sequence[Told]
    """Those that are shown, the surest first."""
    more: int
    """How many others there are."""


def heard(bounds: Sequence[Bound]) -> list[Heard]:
    """Return the bounds of a date by what became of them."""
    found = []
    for verdict in VERDICTS:
        own = [_told(bound) for bound in bounds if bound.verdict == verdict]
        if own:
            found.append(Heard(_HEADINGS[verdict], own[:MOST], len(own[MOST:])))
    return found


def _told(bound: Bound) -> Told:
    days = interval_words(bound.earliest, bound.latest) if bound.earliest or bound.latest else ""
    return Told(bound, days, _METHODS.get(bound.method) or method(bound.method).words)
