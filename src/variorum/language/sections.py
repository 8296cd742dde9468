"""Very long texts, read section by section so that memory stays bounded, and put together again.

Chains of mentions end with their section; actors go on, by their names.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from variorum.language.annotation import Actor, Annotation, Attribution, Entity, Mention, Span, Speaker, Token
from variorum.language.coreference import initials, name_words, same_name

LONGEST: Final = 60_000
"""Characters of a section, about ten thousand words; nearly all articles are one."""

EDGES: Final = ("\n\n", "\n", ". ", " ")
"""Where a section may end, the best first; each counts in the second half of a section only."""

_TYPES: Final = {"person": "PER", "organisation": "ORG"}


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

    def spans(given: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((start + by, end + by) for start, end in given)

    return Annotation(
        tuple((start + by, end + by) for start, end in found.sentences),
        tuple(replace(t, start=t.start + by, end=t.end + by) for t in found.tokens),
        tuple(replace(e, start=e.start + by, end=e.end + by) for e in found.entities),
        tuple(replace(a, mentions=mentions(a.mentions)) for a in found.actors),
        tuple(mentions(chain) for chain in found.chains),
        tuple(
            replace(a, source=spans(a.source), cue=spans(a.cue), content=spans(a.content), hedges=spans(a.hedges))
            for a in found.attributions
        ),
        tuple(replace(t, found=replace(t.found, start=t.found.start + by, end=t.found.end + by)) for t in found.times),
    )


def joined(sections: Sequence[Annotation]) -> Annotation:
    """The sections of one text as one annotation."""
    if len(sections) == 1:
        return sections[0]
    tokens: list[Token] = []
    entities: list[Entity] = []
    actors: list[Actor] = []
    attributions: list[Attribution] = []
    earlier = _Earlier()
    for section in sections:
        words = len(tokens)
        tokens += [replace(t, head=t.head + words if t.head >= 0 else -1) for t in section.tokens]
        place: list[int] = []
        for actor in section.actors:
            known = earlier.place(actor, section.actors)
            place.append(len(actors) if known is None else known)
            if known is None:
                actors.append(actor)
            else:
                fuller = max(
                    actors[known].name, actor.name, key=lambda name: (len(name.split()), name == actors[known].name)
                )
                actors[known] = replace(actors[known], name=fuller, mentions=actors[known].mentions + actor.mentions)
        earlier.add(actors, place)
        first = len(attributions)
        attributions += [_shifted(a, first, place, actors) for a in section.attributions]
        entities += [replace(e, actor=None if e.actor is None else place[e.actor]) for e in section.entities]
    return Annotation(
        tuple(span for section in sections for span in section.sentences),
        tuple(tokens),
        tuple(entities),
        tuple(actors),
        tuple(chain for section in sections for chain in section.chains),
        tuple(attributions),
        tuple(one for section in sections for one in section.times),
    )


def _shifted(found: Attribution, first: int, place: Sequence[int], actors: Sequence[Actor]) -> Attribution:
    """An attribution whose actors and whose enclosing attribution are counted over all sections."""
    speakers = tuple(
        s if s.actor is None else Speaker(actors[place[s.actor]].name, place[s.actor]) for s in found.speakers
    )
    return replace(found, speakers=speakers, within=None if found.within is None else found.within + first)


class _Earlier:
    """The named actors of the sections before, by their names and by the words in these."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], int] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._by_word: dict[tuple[str, str], set[int]] = defaultdict(set)

    def add(self, actors: Sequence[Actor], places: Sequence[int]) -> None:
        """Take in the actors of a section: those at `places`."""
        for i in places:
            actor = actors[i]
            if _is_named(actor):
                self._exact.setdefault((actor.kind, actor.name), i)
                self._names[i] = name_words(actor.name.split())
                for key in _keys(self._names[i]):
                    self._by_word[actor.kind, key].add(i)

    def place(self, actor: Actor, beside: Sequence[Actor]) -> int | None:
        """Which earlier actor one is: that of the same name, else the only one of whose name its own can be a form.

        `beside` are the actors of its own section: if one of them bears such a name too, nothing can be told.
        """
        if not _is_named(actor):
            return None
        exact = self._exact.get((actor.kind, actor.name))
        if exact is not None:
            return exact
        own = name_words(actor.name.split())
        type = _TYPES.get(actor.kind, "LOC")
        near = {i for key in _keys(own) for i in self._by_word.get((actor.kind, key), ())}
        forms = [i for i in near if same_name(own, self._names[i], type)]
        others = [a for a in beside if a is not actor and a.kind == actor.kind and _is_named(a)]
        if len(forms) != 1 or any(same_name(own, name_words(a.name.split()), type) for a in others):
            return None
        return forms[0]


def _is_named(actor: Actor) -> bool:
    return any(mention.kind == "name" for mention in actor.mentions)


def _keys(name: tuple[str, ...]) -> set[str]:
    """By what a name can be a form of another: a word that they share, or initials."""
    return {*(word.replace(".", "") for word in name), initials(name)}
