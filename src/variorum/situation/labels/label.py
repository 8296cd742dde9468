"""What a label is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "loaded", "distancing"]


@dataclass(frozen=True, slots=True)
class Label:
    """A naming expression at one place of a document."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last one."""
    words: str
    """The words, white space collapsed."""
    head: str
    """Dictionary form of its noun, in lower case ("minister" of "former minister Berg"); of a bare name, the name."""
    actor: int | None
    """Number of the actor whom it names."""
    event: int | None
    """Index of the token of the noun, where it names an act."""
    attribution: int | None
    """Index of the attribution whose speaker's words it is in; None where they are the outlet's own."""
    tone: Tone
    """How it sounds."""
    scare: bool
    """Whether it, or its title, stands in quotation marks that quote nobody."""
    score: float
    """How sure that it names this actor, and in this voice, 0 to 1."""
    reason: str
    """What the tone is read off, in words; empty where it is plain."""
