"""What stands beside a document: what it lacks, on what others part from it, and how it names whom it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.edition import accounts
from variorum.edition.accounts import Conflict, Naming, Omission, Referent, Sought
from variorum.edition.reading import Edition

MARKS: Mapping[str, str] = {"plain": "○", "loaded": "▲", "distancing": "◇", "scare": "“ ”"}
"""Signs of the tones of labels; the word always stands beside them."""

MOST = 5
"""Rows of each kind that the page of a document shows."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A short apparatus of a document."""

    lacks: Sequence[Omission]
    """Some of what it leaves out: what it dropped from its parent first."""
    lacking: int
    """How much it leaves out."""
    conflicts: Sequence[tuple[Conflict, Sequence[str]]]
    """The weightiest conflicts that it is part of, each with what it says itself."""
    parted: int
    """How many there are."""
    names: Sequence[tuple[Referent, Sequence[Naming]]]
    """Whom it names most differently, each with some labels, loaded and distancing ones first."""
    named: int
    """How many it names."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What accounts tell and where they part, for the start page."""

    events: int
    claims: int
    conflicts: int
    lacking: int
    """How many documents leave something out."""
    weightiest: Sequence[Conflict]
    named: Sequence[Referent]
    """Those that are named most differently."""


def at_a_glance(edition: Edition, most: int) -> Glance:
    """Return what the start page tells, with at most ``most`` conflicts and referents."""
    every = Sought()
    return Glance(
        accounts.event_count(edition, every),
        accounts.claim_count(edition, every),
        accounts.conflict_count(edition, every),
        accounts.lacking_count(edition, every),
        accounts.conflicts(edition, every, limit=most, most=0),
        [one for one in accounts.referents(edition, every, limit=most) if one.labels > 1],
    )


def beside(edition: Edition, id: str) -> Beside:
    """Return the apparatus of a document."""
    own = Sought(document=id)
    parted = accounts.conflicts(edition, own, limit=MOST, most=0)
    return Beside(
        accounts.omissions(edition, own, limit=MOST, placed=False),
        accounts.omission_count(edition, own),
        [(one, [side.value for side in one.sides if id in side.documents]) for one in parted],
        accounts.conflict_count(edition, own),
        [(one, _namings(edition, id, one)) for one in accounts.referents(edition, own, limit=MOST)],
        accounts.referent_count(edition, own),
    )


def _namings(edition: Edition, id: str, one: Referent) -> list[Naming]:
    found = accounts.namings(edition, Sought(document=id, actor=one.actor, event=one.event))
    return sorted(found, key=lambda naming: (not naming.marked, -naming.places))[:MOST]
