"""What editors decided about who is who: two actors that are one, and two that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from variorum.situation.actors.local import LocalActor

WHY: Final = "an editor's decision"
"""The reason of what was decided."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about two actors, each as one document names it."""

    kind: Literal["same", "apart"]
    a: tuple[str, str]
    """Id of a document, and the words by which it names the actor."""
    b: tuple[str, str]


@dataclass(slots=True)
class Settled:
    """Decisions with the local actors that they are about."""

    same: list[tuple[LocalActor, LocalActor]] = field(default_factory=list)
    apart: list[tuple[LocalActor, LocalActor]] = field(default_factory=list)
    unmatched: list[tuple[int, str]] = field(default_factory=list)
    """Index of a ruling that matches nothing, with the reason."""


def settled(rulings: Sequence[Ruling], actors: Iterable[LocalActor]) -> Settled:
    """Find whom decisions are about; later ones about the same two outweigh earlier ones."""
    by_name: dict[tuple[str, str], LocalActor] = {}
    wanted = {place for ruling in rulings for place in (ruling.a, ruling.b)}
    for actor in sorted(actors, key=lambda one: one.place) if wanted else ():
        for name in (actor.name, *actor.names):
            if (actor.document, name) in wanted:
                by_name.setdefault((actor.document, name), actor)
    found = Settled()
    last: dict[frozenset[tuple[str, int]], Ruling] = {}
    for number, ruling in enumerate(rulings):
        lost = next((place for place in (ruling.a, ruling.b) if place not in by_name), None)
        if lost is not None:
            found.unmatched.append((number, f"the document {lost[0]} names nobody {lost[1]!r}"))
            continue
        last[frozenset((by_name[ruling.a].place, by_name[ruling.b].place))] = ruling
    for ruling in last.values():
        (found.same if ruling.kind == "same" else found.apart).append((by_name[ruling.a], by_name[ruling.b]))
    return found


def are_apart(a: str, b: str, settled: Settled, home: Mapping[tuple[str, int], str]) -> bool:
    """Whether it was decided that two actors of the corpus are two."""
    return any({home[one.place], home[other.place]} == {a, b} for one, other in settled.apart)
