"""Omissions: what others of the same story and time tell, and one document does not; and what a copy dropped.

A claim is missed in a document if others carry it within a few days and the document, which tells of some of the same,
has nothing of it. Of a copy what its parent has and it lacks is known from laying the two side by side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Final

from variorum.situation.claims import Claim, ClaimMention

AT_LEAST: Final = 2
"""Documents that must carry what a document is said to leave out."""
SHARED: Final = 2
"""Claims that a document must share with those that carry it, so that it tells of the same."""
DAYS: Final = 14
"""Days around a document within which others must carry it."""
MOST: Final = 12
"""Omissions that are told of one document; those that most origins carry."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of a document that its copy lacks."""

    document: str
    """Id of the document that has it."""
    start: int
    end: int
    copy: str
    """Id of the document that lacks it."""
    parent: str | None
    """Id of what the copy was made of; None where both are made of something lost."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A claim that a document lacks."""

    claim: str
    document: str
    carried: tuple[str, ...]
    parent: str | None
    score: float
    reason: str


def omissions_in(
    claims: Sequence[Claim], mentions: Sequence[ClaimMention], dropped: Sequence[Dropped]
) -> tuple[Omission, ...]:
    """What documents leave out, in order of document and claim."""
    found = {(one.document, one.claim): one for one in _of_others(claims, mentions)}
    for one in _of_copies(claims, mentions, dropped):
        found[one.document, one.claim] = one
    return tuple(found[key] for key in sorted(found))


def _of_copies(claims: Sequence[Claim], mentions: Sequence[ClaimMention], dropped: Sequence[Dropped]) -> list[Omission]:
    by_document: dict[str, list[tuple[int, int, Claim]]] = defaultdict(list)
    carried: dict[str, set[str]] = {}
    for claim in claims:
        carried[claim.id] = {mentions[i].document for i in claim.members}
        for i in claim.members:
            one = mentions[i]
            by_document[one.document].append((one.start, one.end, claim))
    found: list[Omission] = []
    told: Counter[tuple[str, str]] = Counter()
    for drop in dropped:
        inside = [
            (start, end, claim)
            for start, end, claim in by_document.get(drop.document, ())
            if drop.start <= start and end <= drop.end + 1 and drop.copy not in carried[claim.id]
        ]
        for claim in _widest(inside, mentions):
            if told[drop.document, drop.copy] >= MOST or not _telling(mentions[claim.members[0]]):
                continue
            told[drop.document, drop.copy] += 1
            found.append(
                Omission(
                    *(claim.id, drop.copy, tuple(sorted(carried[claim.id])), drop.parent, 0.9),
                    "its copy lacks the words" if drop.parent else "another copy of the same lost text has the words",
                )
            )
    return found


def _telling(one: ClaimMention) -> bool:
    """Whether a claim says enough by itself: of somebody named, or a number, with more than one argument."""
    named = any(actor for _, actor, _, _ in one.arguments)
    return (named or one.value is not None) and len(one.arguments) > 1


def _widest(inside: Sequence[tuple[int, int, Claim]], mentions: Sequence[ClaimMention]) -> list[Claim]:
    """Of claims that overlap, the one that says most: which names somebody, and which is the longest."""

    def rank(one: tuple[int, int, Claim]) -> tuple[object, ...]:
        first = mentions[one[2].members[0]]
        named = any(actor for _, actor, _, _ in first.arguments)
        return (not named, -(one[1] - one[0]), one[0], one[2].id)

    kept: list[tuple[int, int, Claim]] = []
    for one in sorted(inside, key=rank):
        if all(one[1] <= start or end <= one[0] for start, end, _ in kept):
            kept.append(one)
    return [claim for _, _, claim in sorted(kept, key=lambda one: one[0])]


def _of_others(claims: Sequence[Claim], mentions: Sequence[ClaimMention]) -> list[Omission]:
    told: dict[str, set[int]] = defaultdict(set)
    published: dict[str, tuple[str | None, str | None]] = {}
    actors: dict[str, set[str]] = defaultdict(set)
    wide: list[int] = []
    for number, claim in enumerate(claims):
        for i in claim.members:
            one = mentions[i]
            told[one.document].add(number)
            published[one.document] = one.published
            actors[one.document] |= {a for _, a, _, _ in one.arguments if a}
        first = mentions[claim.members[0]]
        named = {a for _, a, _, _ in first.arguments if a}
        if len({mentions[i].document for i in claim.members}) >= AT_LEAST and named:
            wide.append(number)
    by_document: dict[str, Counter[str]] = defaultdict(Counter)
    for number in wide:
        documents = sorted({mentions[i].document for i in claims[number].members})
        for document, other in permutations(documents[:50], 2):
            by_document[document][other] += 1
    found = []
    for document in sorted(told):
        kin = {
            other
            for other, shared in by_document[document].items()
            if shared >= SHARED and _near(published[document], published[other])
        }
        missing: list[tuple[int, str, tuple[str, ...]]] = []
        for number in wide:
            if number in told[document]:
                continue
            members = [mentions[i] for i in claims[number].members]
            near = [m for m in members if m.document in kin]
            origins = {m.origin for m in near}
            if len({m.document for m in near}) < AT_LEAST or document in {m.document for m in members}:
                continue
            if any(m.origin == o for m in near for o in {x.origin for x in members if x.document == document}):
                continue
            named = {a for _, a, _, _ in near[0].arguments if a}
            if not named <= actors[document]:
                continue
            missing.append((len(origins), claims[number].id, tuple(sorted({m.document for m in members}))))
        missing.sort(key=lambda m: (-m[0], m[1]))
        for count, id, carried in missing[:MOST]:
            found.append(Omission(id, document, carried, None, round(min(0.9, 0.4 + 0.1 * count), 3), _untold(count)))
    return found


def _untold(count: int) -> str:
    others = (
        "one independent origin of the same days tells"
        if count == 1
        else f"{count} independent origins of the same days tell"
    )
    return f"{others} it, and nothing like it stands here"


def _near(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    if not (one[0] and one[1] and other[0] and other[1]):
        return False
    apart = max(
        (date.fromisoformat(other[0]) - date.fromisoformat(one[1])).days,
        (date.fromisoformat(one[0]) - date.fromisoformat(other[1])).days,
    )
    return apart <= DAYS
