"""What collation works on and what it finds; offsets are code points into the text of a witness, end exclusive."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Stretch = tuple[int, int]
"""Start and end in a witness's text."""

PassageKind = Literal["verbatim", "reworded"]
VariantKind = Literal[
    "quote", "number", "name", "role", "time", "negation", "modality", "wording", "omission", "addition"
]
Severity = Literal["high", "medium", "low"]
RelationKind = Literal["reprint", "excerpt", "revision", "rewrite"]
Direction = Literal["a-from-b", "b-from-a", "siblings", "unknown"]

SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Witness:
    """One text as collation sees it, with what is known about it from elsewhere."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    credits: tuple[str, ...] = ()
    """Agencies or outlets that it is known to credit."""
    language: str | None = None
    """ISO 639-1; None where it is not known."""
    agency: str | None = None
    """Agency that it is published by, where what its outlet publishes bears that agency's name throughout."""
    broken: int = 0
    """Words that were broken in it and have been mended in the text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that two witnesses share."""

    a: Stretch
    b: Stretch
    kind: PassageKind
    score: float


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where two aligned passages differ."""

    a: Stretch | None
    """What the first has; None where it has nothing."""
    b: Stretch | None
    kind: VariantKind
    severity: Severity
    score: float
    """How sure it is that the two differ in this, 0 to 1."""
    reason: str
    weight: float
    """How grave, for the order among variants of one severity; the larger, the graver."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two documents of which one descends from the other, or both from a third."""

    a: str
    b: str
    kind: RelationKind
    direction: Direction
    similarity: float
    """Share of the words of both that stand in shared passages, 0 to 1."""
    score: float
    """How sure it is that the two are related."""
    reason: str
    passages: tuple[Passage, ...]
    direction_score: float = 0.0
    """How sure the direction is; 0 where it is unknown."""
    reworded: Literal["a", "b", ""] = ""
    """Which of the two is reworded throughout, as its unnatural words tell; empty where neither is."""


@dataclass(frozen=True, slots=True)
class Collation:
    """Two witnesses side by side."""

    a: Witness
    b: Witness
    passages: tuple[Passage, ...]
    variants: tuple[Variant, ...]
    """Gravest first."""
    relation: Relation | None
    """None where neither descends from the other, nor both from a third."""
