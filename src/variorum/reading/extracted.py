"""What a format hands on: the text of an item, and what its mark-up says about it."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.records import Clue, Edit, Zone


class Unreadable(ValueError):
    """An item or a file that can't be read. Its message is the reason, in one line, for the list of rejected input."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The stored text of an item with what its mark-up gives away."""

    text: str
    """The stored text."""
    zones: tuple[Zone, ...] = ()
    """Stretches whose kind the mark-up tells (a heading, a caption); sorted, without overlaps, not covering the
    text."""
    edits: tuple[Edit, ...] = ()
    """Mark-up signs and the like that are not read; sorted, without overlaps."""
    clues: tuple[Clue, ...] = ()
    """Metadata from mark-up, fields and containers."""
