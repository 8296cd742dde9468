"""What the parts of the mending stage hand to one another."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.records import RepairKind


@dataclass(frozen=True, slots=True)
class Found:
    """A broken word, in offsets of the text that was searched."""

    start: int
    """First code point of the broken form."""
    end: int
    """One past its last code point."""
    repaired: str
    """The word as it should be read."""
    kind: RepairKind
    """What had broken it."""
    score: float
    """How sure, 0 to 1."""
    reason: str
    """Why, in words."""
