"""Very long texts, read section by section so that memory stays bounded, and put together again.

Chains of mentions end with their section; actors go on, by their names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from variorum.language.annotation import Actor, Annotation, Entity, Mention, Token
from variorum.language.coreference import name_words, same_name

LONGEST: Final = 60_000
"""Characters of a section, about ten thousand words; nearly all articles are one."""

EDGES: Final = ("\n\n", "\n", ". ", " ")
"""Where a section may end, the best first; each counts in the second half of a section only."""


def sections_of(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """Start and end of the sections of a text; none is empty, and together they are the text."""
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        end = limit
        for edge in EDGES:
            at = text.rfind(edge, start + longest // 2, limit)
            if at >= 0:
                end = at + len(edge)
                break
        yield start, end
        start = end
    yield start, len(text)


def moved(found: Annotation, by: int) -> Annotation:
    """An annotation whose offsets start later."""
    if not by:
        return found

    def mentions(given: Sequence[Mention]) -> tuple[Mention, ...]:
        return tuple(replace(m, start=m.start + by, end=m.end + by) for m in given)

    return Annotation(
        tuple((start + by, end + by) for start, end in found.sentences),
        tuple(replace(t, start=t.start + by, end=t.end + by) for t in found.tokens),
        tuple(replace(e, start=e.start + by, end=e.end + by) for e in found.entities),
        tuple(replace(a, mentions=mentions(a.mentions)) for a in found.actors),
        tuple(mentions(chain) for chain in found.chains),
    )


def joined(sections: Sequence[Annotation]) -> Annotation:
    """The sections of one text as one annotation."""
    if len(sections) == 1:
        return sections[0]
    tokens: list[Token] = []
    entities: list[Entity] = []
    actors: list[Actor] = []
    for section in sections:
        words = len(tokens)
        tokens += [replace(t, head=t.head + words if t.head >= 0 else -1) for t in section.tokens]
        place: list[int] = []
        before = len(actors)
        for actor in section.actors:
            known = _known(actor, actors[:before])
            place.append(len(actors) if known is None else known)
            if known is None:
                actors.append(actor)
            else:
                fuller = max(
                    actors[known].name, actor.name, key=lambda name: (len(name.split()), name == actors[known].name)
                )
                actors[known] = replace(actors[known], name=fuller, mentions=actors[known].mentions + actor.mentions)
        entities += [replace(e, actor=None if e.actor is None else place[e.actor]) for e in section.entities]
    return Annotation(
        tuple(span for section in sections for span in section.sentences),
        tuple(tokens),
        tuple(entities),
        tuple(actors),
        tuple(chain for section in sections for chain in section.chains),
    )


def _known(actor: Actor, earlier: Sequence[Actor]) -> int | None:
    """Which earlier actor a named one is: that of the same name, else the only one of whose name it can be a form."""
    if not any(mention.kind == "name" for mention in actor.mentions):
        return None
    same = [i for i, other in enumerate(earlier) if (other.name, other.kind) == (actor.name, actor.kind)]
    if same:
        return same[0]
    type = "PER" if actor.kind == "person" else "ORG" if actor.kind == "organisation" else "LOC"
    own = name_words(actor.name.split())
    forms = [
        i
        for i, other in enumerate(earlier)
        if other.kind == actor.kind and same_name(own, name_words(other.name.split()), type)
    ]
    return forms[0] if len(forms) == 1 else None
