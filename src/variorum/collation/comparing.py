"""Two texts side by side."""

from __future__ import annotations

from variorum.collation.aligned import Laid, lay
from variorum.collation.findings import Collation, Witness
from variorum.collation.parsed import Parsed, parsed
from variorum.collation.relation import relation
from variorum.collation.variants import variants


def collate(a: Witness, b: Witness) -> Collation:
    """Two witnesses side by side: what they share, where they differ, and whether one descends from the other."""
    return compared(parsed(a), parsed(b))


def compared(a: Parsed, b: Parsed) -> Collation:
    """The same for witnesses that are cut into words already."""
    return collation_of(lay(a, b))


def collation_of(laid: Laid) -> Collation:
    """What follows from two witnesses laid beside each other."""
    related = relation(laid)
    found = variants(laid, related=related is not None)
    return Collation(laid.a.witness, laid.b.witness, laid.passages, found, related)
