"""The cast of a page: the actors that a text speaks of, and where it does.

On a page actors have numbers, from the one that is spoken of most. A page lights up all mentions of the actor that its
address names (``#a3``) by rules that name each number (``static/cast.css``), so that it works without a script and
from a folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.language.annotation import Actor, ActorKind, Mention, MentionKind
from variorum.records import Span

LIT = 120
"""Actors of a page whose mentions can be lit up; ``static/cast.css`` has a rule for each."""

MOST_ACTORS = 1000
"""Actors that a page lists. Where there are more, those that are spoken of least are left to the data."""

MOST_MENTIONS = 6000
"""Mentions that a page marks, so that it stays below a megabyte; of the actors that are spoken of most."""

DOUBTFUL = 0.6
"""Score below which a mention is shown as doubtful."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention as a page marks it."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last one."""
    actor: int
    """Number of the actor on the page, from 1."""
    kind: MentionKind
    """How the text speaks: by a name, by a description, by a pronoun."""
    score: float
    """How sure, 0 to 1."""

    @property
    def doubtful(self) -> bool:
        """Whether it is to be shown with doubt."""
        return self.score < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Member:
    """An actor as a page lists it."""

    number: int
    """On the page, from 1."""
    name: str
    """The fullest form that the text uses."""
    kind: ActorKind
    """What it is."""
    names: int
    """How often the whole text names it."""
    descriptions: int
    """How often it describes it."""
    pronouns: int
    """How often a pronoun stands for it."""
    mentions: tuple[Mention, ...]
    """Its mentions in the whole text."""
    first: int
    """Where it is first spoken of on the page: a code point of the stored text."""

    @property
    def lit(self) -> bool:
        """Whether the page can light up its mentions."""
        return self.number <= LIT


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a page."""

    members: Sequence[Member] = ()
    """Those that are listed: the one that the text speaks of most comes first."""
    marked: Sequence[Marked] = ()
    """The mentions that are marked, in the order of the text, the longer of two that begin together first."""
    more: int = 0
    """How many actors of the page are not listed."""
    doubtful: bool = False
    """Whether a mention on the page is shown with doubt."""
    foreign: bool = False
    """Whether the text is in another language than English, as which it was read."""
    trouble: str = ""
    """Why there is none, if the text could not be annotated."""
    firsts: frozenset[int] = field(default_factory=frozenset)
    """Where members are first spoken of on the page."""


def cast_of(actors: Sequence[Actor], shown: Span, language: str | None = None, trouble: str = "") -> Cast:
    """Return the cast of the page that shows ``shown`` of a text; ``actors`` are those of the whole text."""
    here: list[tuple[int, int, Actor]] = []
    for actor in actors:
        first = next((m.start for m in actor.mentions if m.start < shown.end and shown.start < m.end), None)
        if first is not None:
            here.append((-len(actor.mentions), max(first, shown.start), actor))
    here.sort(key=lambda found: found[:2])
    members: list[Member] = []
    marked: list[Marked] = []
    for number, (_, first, actor) in enumerate(here[:MOST_ACTORS], 1):
        counts = Counter(m.kind for m in actor.mentions)
        members.append(
            Member(
                *(number, actor.name, actor.kind, counts["name"], counts["nominal"], counts["pronoun"]),
                *(actor.mentions, first),
            )
        )
        own = [
            Marked(max(m.start, shown.start), min(m.end, shown.end), number, m.kind, m.score)
            for m in actor.mentions
            if m.start < shown.end and shown.start < m.end
        ]
        marked += own[: MOST_MENTIONS - len(marked)]
    marked.sort(key=lambda m: (m.start, -m.end, m.actor))
    return Cast(
        tuple(members),
        tuple(marked),
        more=len(here) - len(members),
        doubtful=any(m.doubtful for m in marked),
        foreign=language is not None and language.split("-")[0].lower() != "en",
        trouble=trouble,
        firsts=frozenset(member.first for member in members),
    )
