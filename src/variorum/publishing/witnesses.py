"""The texts of a collation as its pages see them, with what was found between the first and each of the others.

Offsets are code points into the texts, end exclusive. A pair is always seen from the first text: :func:`turned` and
:func:`seen_from` turn what was found the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from variorum.edition.copies import Difference, Kinship, Paper, Shared

MOST_WITNESSES = 6
"""Texts that can be set beside each other."""

SIGLA = "ABCDEF"
"""What the witnesses of a collation are called, in order."""

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

Stretch = tuple[int, int]
"""First code point, and one past the last."""

_TURNED = {"omission": "addition", "addition": "omission"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a collation."""

    paper: Paper
    """The document."""
    text: str
    """Its text."""
    aside: Sequence[Stretch] = ()
    """What of it is not collated, such as page furniture; it is left out of the page."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Another text of a collation, seen from the first one: side ``a`` of what was found is always the first text."""

    text: Text
    """The text."""
    shared: Sequence[Shared] = ()
    """What the two share."""
    differences: Sequence[Difference] = ()
    """Where they differ within it; of the same severity the gravest first."""
    kinship: Kinship | None = None
    """How they are related; None where they are not, or where it is not known."""


def turned(shared: Shared) -> Shared:
    """Return a passage seen from its other text."""
    return replace(shared, a=shared.b, b=shared.a)


def seen_from(id: str, difference: Difference) -> Difference:
    """Return a difference so that the document ``id`` is its first one."""
    if difference.a.id == id:
        return difference
    return replace(
        difference,
        a=difference.b,
        b=difference.a,
        a_span=difference.b_span,
        b_span=difference.a_span,
        a_words=difference.b_words,
        b_words=difference.a_words,
        a_context=difference.b_context,
        b_context=difference.a_context,
        kind=_TURNED.get(difference.kind, difference.kind),
    )


def gravest_first(differences: Iterable[Difference]) -> list[Difference]:
    """Return differences by severity; those of the same severity keep their order."""
    return sorted(differences, key=lambda d: SEVERITIES.index(d.severity))


def counts(differences: Iterable[Difference]) -> list[tuple[str, int]]:
    """Return how many differences there are of each severity, the gravest first."""
    found: dict[str, int] = dict.fromkeys(SEVERITIES, 0)
    for difference in differences:
        found[difference.severity] += 1
    return [(severity, count) for severity, count in found.items() if count]


def overlap(one: Stretch, other: Stretch) -> bool:
    """Tell whether two stretches have a code point in common."""
    return one[0] < other[1] and other[0] < one[1]
