"""Pairs of actors that may be one, for an editor to settle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from variorum.situation.actors.local import CorpusActor, LocalActor, Undecided
from variorum.situation.actors.names import words_of_name
from variorum.situation.actors.spellings import close

MOST_OF_ONE: Final = 10
"""Pairs of one short form or one block of names that are listed."""
MOST_BEARERS: Final = 3
"""Bearers of a short form up to which the pairs are listed: beyond, nobody could settle them from a list."""


def undecided_of(
    open_pairs: Iterable[tuple[LocalActor, list[LocalActor], float, str]],
    actors: Sequence[CorpusActor],
    home: Mapping[tuple[str, int], str],
) -> tuple[Undecided, ...]:
    """Pairs that may be one, the likeliest first; few of each name, however many bear it."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    counts: Counter[str] = Counter()
    for actor, others, score, reason in open_pairs:
        if len(others) > MOST_BEARERS or counts[actor.name] >= MOST_OF_ONE:
            continue
        for other in others:
            a, b = sorted((home[actor.place], home[other.place]))
            if a != b:
                counts[actor.name] += 1
                found.setdefault((a, b), (score, reason))
    for a, b in _near(actors):
        found.setdefault((a, b), (0.4, "names that differ by little"))
    return tuple(
        Undecided(a, b, score, reason)
        for (a, b), (score, reason) in sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    )


def _near(actors: Sequence[CorpusActor]) -> Iterable[tuple[str, str]]:
    """People with full names that differ by little."""
    named = [(at, words_of_name(actor.name, "person")) for at, actor in enumerate(actors) if actor.kind == "person"]
    people = [(at, [words], "", set[str]()) for at, words in named if len(words) > 1]
    counts: dict[int, int] = defaultdict(int)
    for one, other in close(people):
        if counts[one] < MOST_OF_ONE and counts[other] < MOST_OF_ONE:
            counts[one] += 1
            counts[other] += 1
            a, b = sorted((actors[one].id, actors[other].id))
            yield a, b
