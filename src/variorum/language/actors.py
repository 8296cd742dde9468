"""The cast of one text: whom its names and chains of mentions stand for."""

import functools
from collections import Counter
from collections.abc import Iterable, Sequence

from variorum.language.annotation import Actor, ActorKind, Entity, Mention, Token
from variorum.language.coreference import Link
from variorum.language.lists import lines_of
from variorum.language.mentions import Candidate
from variorum.language.names import Name

_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_TYPES: dict[str, ActorKind] = {"person": "person", "organization": "organisation"}

LONG = 6
"""Words of a description that is still short enough for a name."""


@functools.cache
def _states() -> frozenset[str]:
    """The names of states, in lower case."""
    return frozenset(name.lower() for line in lines_of("states.txt") for name in line.split("|")[1:])


def cast_of(
    text: str,
    tokens: Sequence[Token],
    names: Sequence[Name],
    mentions: Sequence[Candidate],
    chains: Sequence[Sequence[Link]],
) -> tuple[tuple[Entity, ...], tuple[Actor, ...], tuple[tuple[Mention, ...], ...]]:
    """Names as entities, the actors of the text, and its chains of two mentions and more."""
    actors: list[Actor] = []
    actor_of: dict[Name, int] = {}
    shown = []
    for chain in chains:
        found = [(mentions[link.mention], link.score) for link in chain]
        if len(found) > 1:
            shown.append(_in_order(_mention(tokens, m.start, m.end, m, score) for m, score in found))
        actor = _actor(text, tokens, found)
        if actor is not None:
            actor_of.update({m.name: len(actors) for m, _ in found if m.name is not None})
            actors.append(actor)
    entities = tuple(
        Entity(tokens[n.start].start, tokens[n.end - 1].end, n.type, actor_of.get(n), round(n.score, 3)) for n in names
    )
    return entities, tuple(actors), tuple(shown)


def _mention(tokens: Sequence[Token], start: int, end: int, mention: Candidate, score: float) -> Mention:
    return Mention(tokens[start].start, tokens[end - 1].end, mention.kind, score)


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in the order of the text, the longer first."""
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def _actor(text: str, tokens: Sequence[Token], found: Sequence[tuple[Candidate, float]]) -> Actor | None:
    """The actor of a chain: one that a name names, or a person or body that the text keeps coming back to."""
    names = [mention.name for mention, _ in found if mention.name is not None]
    if names:
        type = Counter(name.type for name in names).most_common(1)[0][0]
        own = [name for name in names if name.type == type]
        forms = [text[tokens[n.start].start : tokens[n.end - 1].end] for n in own]
        fullest = max(range(len(own)), key=lambda i: (own[i].end - own[i].start, len(forms[i]), -i))
        name = " ".join(forms[fullest].split())
        kind: ActorKind = "state" if type == "LOC" and name.lower() in _states() else _KINDS[type]
    else:
        nominal = [m for m, _ in found if m.kind == "nominal" and tokens[m.head].upos in ("NOUN", "PROPN")]
        types = Counter(mention.type for mention, _ in found if mention.type)
        if len(found) < 2 or not nominal or not types or types.most_common(1)[0][0] not in _TYPES:
            return None
        kind = _TYPES[types.most_common(1)[0][0]]
        if kind == "person" and _is_plural(tokens, nominal[0]):
            kind = "group"
        name = _described(text, tokens, nominal[0])
    mentions: list[Mention] = []
    seen: set[tuple[int, int]] = set()
    for mention, score in found:
        start, end = mention.start, mention.end
        if mention.name is not None:
            start, end = mention.name.start, mention.name.end
        if (start, end) not in seen:
            seen.add((start, end))
            mentions.append(_mention(tokens, start, end, mention, score))
    return Actor(name, kind, _in_order(mentions))


def _described(text: str, tokens: Sequence[Token], mention: Candidate) -> str:
    """A description as a name: without a possessive ending, and without what follows its noun where it is long."""
    start, end = mention.start, mention.end
    if tokens[end - 1].upos == "PART":
        end -= 1
    if end - start > LONG:
        end = mention.head + 1
    return " ".join(text[tokens[start].start : tokens[end - 1].end].split())


def _is_plural(tokens: Sequence[Token], mention: Candidate) -> bool:
    head = tokens[mention.head]
    return head.upos in ("NOUN", "PROPN") and head.end - head.start > len(head.lemma)
