"""Who stands for whom: what a government or a foreign ministry does, its state does.

Which actor is the government or a part of which state is a tie, told by the documents. A parliament, a court and an
army act for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from variorum.situation.wording import folded

_SPEAKS: Final = re.compile(
    r"\b(foreign (?:ministry|office)|ministry (?:of|for) foreign \w+|state department|department of state)\b"
)
_AGENCY: Final = re.compile(
    r"\b(drug|security|enforcement|aviation|transportation|atmospheric|veterans|business) administration\b"
)
"""Agencies that are called an administration and are no government."""
_WHY: Final = {"government": "its government", "part": "its foreign ministry"}


@dataclass(frozen=True, slots=True)
class Body:
    """An actor that a document ties to a state."""

    id: str
    name: str
    of: str
    """Id of the state."""
    kind: str
    """Kind of the tie."""
    score: float


@dataclass(frozen=True, slots=True)
class Standin:
    """Whom an actor stands for."""

    of: str
    """Id of the state."""
    score: float
    reason: str


def standins(bodies: Iterable[Body]) -> dict[str, Standin]:
    """For each actor that acts for a state, which; those tied to two states act for neither."""
    found: dict[str, Standin] = {}
    torn: set[str] = set()
    for body in sorted(bodies, key=lambda b: (b.id, -b.score, b.of)):
        if _AGENCY.search(folded(body.name)):
            continue
        if body.kind != "government" and not (body.kind == "part" and _SPEAKS.search(folded(body.name))):
            continue
        if body.id in found and found[body.id].of != body.of:
            torn.add(body.id)
        found.setdefault(body.id, Standin(body.of, round(0.95 * body.score, 3), _WHY[body.kind]))
    return {id: other for id, other in found.items() if id not in torn}
