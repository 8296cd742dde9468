"""What actors are to each other: governments and parts of states, leaders, spokespersons, members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from variorum.situation.actors.bodies import Bodies, BodyKey
from variorum.situation.actors.local import LocalActor, Stretch, Tie, TieKind

MOST: Final = 100
"""Places of evidence of one tie that are kept."""
_SURE: Final[Mapping[str, float]] = {
    "government": 0.9, "part": 0.9, "leader": 0.8, "spokesperson": 0.85, "member": 0.75,
}  # fmt: skip
_WHY: Final[Mapping[str, str]] = {
    "government": "the words say whose government it is",
    "part": "the words say whose part it is",
    "leader": "the words say who leads it",
    "spokesperson": "the words say for whom",
    "member": "the words say of what",
}
_KINDS: Final[Mapping[str, TieKind]] = {"government": "government", "part": "part", "people": "part"}

Found = dict[tuple[str, str, TieKind], set[Stretch]]


def ties_of(
    actors: Sequence[LocalActor],
    home: Mapping[tuple[str, int], str],
    states: Mapping[str, str],
    keys: Mapping[str, BodyKey],
    bodies: Bodies,
) -> tuple[Tie, ...]:
    """The ties between actors; ``home`` is the actor of each local one, ``states`` those of states."""
    found: Found = defaultdict(set)
    for actor in actors:
        own = home[actor.place]
        if actor.clues.head:
            _ties_of_body(found, actor, own, home, states, keys)
        for tie in actor.clues.ties:
            other = home.get((actor.document, tie.other))
            if other is not None and other != own:
                found[own, other, tie.kind].add((actor.document, tie.start, tie.end))
    return tuple(
        Tie(actor, of, kind, tuple(sorted(spans)[:MOST]), _score(kind, spans), _WHY[kind])
        for (actor, of, kind), spans in sorted(found.items())
    )


def _ties_of_body(
    found: Found,
    actor: LocalActor,
    own: str,
    home: Mapping[tuple[str, int], str],
    states: Mapping[str, str],
    keys: Mapping[str, BodyKey],
) -> None:
    key = keys.get(own)
    kind = _KINDS.get(actor.clues.kind or "")
    spans = {(actor.document, start, end) for start, end in actor.clues.spans}
    if key is not None and kind is not None and spans:
        of = states.get(key.owner) if key.sort == "state" else None
        if of is not None and of != own:
            found[own, of, kind] |= spans
    if actor.clues.kind == "government":
        _leaders(found, actor, own, home, spans)


def _leaders(
    found: Found, actor: LocalActor, own: str, home: Mapping[tuple[str, int], str], spans: Iterable[Stretch]
) -> None:
    """Who leads a government: whose it is said to be, or by whom it is said to be led."""
    for owner in (*actor.clues.of, *actor.clues.led):
        if owner.actor is None or not (owner.type == "PER" or owner.how == "led"):
            continue
        leader = home.get((actor.document, owner.actor))
        if leader is None or leader == own:
            continue
        near = [s for s in spans if s[1] <= owner.start and owner.end <= s[2]]
        found[leader, own, "leader"].update(near or [(actor.document, owner.start, owner.end)])


def _score(kind: TieKind, spans: Iterable[Stretch]) -> float:
    documents = len({document for document, _, _ in spans})
    return round(min(0.98, _SURE[kind] + 0.03 * (documents - 1)), 3)
