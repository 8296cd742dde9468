"""What goes into the joining of actors, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.language.annotation import ActorKind
from variorum.language.clues import NONE, Clues

TieKind = Literal["government", "part", "leader", "spokesperson", "member"]

Stretch = tuple[str, int, int]
"""Document, first code point, one past the last one."""


@dataclass(frozen=True, slots=True)
class LocalActor:
    """An actor of one document."""

    document: str
    """Id of the document."""
    number: int
    """Index among the actors of the document."""
    name: str
    """The fullest form that the document uses."""
    kind: ActorKind
    names: tuple[str, ...]
    """The distinct forms of its mentions by name; none for one who is only described."""
    score: float = 1.0
    """How sure the names are, 0 to 1."""
    mentions: int = 1
    """How often the document speaks of it."""
    clues: Clues = NONE
    """What the document shows of it beside its names."""

    @property
    def place(self) -> tuple[str, int]:
        """Where it is: document and number."""
        return self.document, self.number


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """An actor across documents."""

    id: str
    """Follows from the plainest full name, so that it stays the same when fuller names come."""
    name: str
    """The fullest form that the corpus uses; of a state, the usual one."""
    kind: ActorKind
    aliases: tuple[str, ...]
    """Other forms, sorted."""
    members: tuple[tuple[str, int], ...]
    """Document and number of the local actors that it is, sorted."""
    iso3166: str | None
    """Code of a state (alpha-3)."""
    score: float
    """How sure it is that they are one, 0 to 1."""
    reason: str
    """Why they are taken for one, in words."""
    wikidata: str | None = None
    """Id of a state in Wikidata."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What an actor is to another, as documents say."""

    actor: str
    of: str
    """Ids of actors: the first is the government of the second, part of it, its leader, spokesperson or member."""
    kind: TieKind
    evidence: tuple[Stretch, ...]
    """Where it is said, sorted."""
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two actors that may be one."""

    a: str
    b: str
    score: float
    """How likely they are one, 0 to 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who in a corpus."""

    actors: tuple[CorpusActor, ...]
    ties: tuple[Tie, ...]
    undecided: tuple[Undecided, ...]
