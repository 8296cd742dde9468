"""What the language stage says about one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from variorum.language.times import Found

NameType = Literal["PER", "ORG", "LOC", "MISC"]
"""People, organisations, places; and other names: peoples and languages, works, laws, elections, products."""

ActorKind = Literal["person", "organisation", "state", "group", "place"]
MentionKind = Literal["name", "nominal", "pronoun"]

AttributionKind = Literal["direct", "indirect", "mixed"]
Modality = Literal["asserted", "reported", "alleged", "denied", "planned", "conditional", "demanded"]
CueStance = Literal["neutral", "committing", "distancing", "denying", "demanding", "promising"]

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word, as Universal Dependencies cut them: "don't" is two."""

    start: int
    end: int
    """Offsets in the text, in code points, end exclusive."""
    upos: str
    """Universal part of speech."""
    lemma: str
    head: int
    """Index of the token that it depends on, -1 for the root of its sentence."""
    deprel: str
    """Universal dependency relation, with its subtype."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One name in the text."""

    start: int
    end: int
    type: NameType
    actor: int | None
    """Index of the actor whom it names; None where it names none (a law, a work)."""
    score: float
    """How sure the model is of the name and its type, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text speaks of somebody or something."""

    start: int
    end: int
    kind: MentionKind
    score: float
    """How sure the link to what it is said to mean is, 0 to 1; 1 for the first mention of a chain."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that one text names or keeps speaking of; across texts they are joined later."""

    name: str
    """The fullest form that the text uses."""
    kind: ActorKind
    mentions: tuple[Mention, ...]
    """In the order of the text."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One of those to whom a text ascribes words or thoughts."""

    name: str
    """The name of the actor; of somebody without one, the words of the text ("a senior official")."""
    actor: int | None
    """Index of the actor; None where the text names nobody."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says, writes, claims, demands or thinks something, according to the text."""

    kind: AttributionKind
    """In quotation marks, in other words, or partly so."""
    source: tuple[Span, ...]
    """The words for who says it; none where the text has none beside the content."""
    cue: tuple[Span, ...]
    """The words that say that it is said; none for a quotation that stands alone."""
    content: tuple[Span, ...]
    """What is said, with its quotation marks; several pieces where other words interrupt it."""
    speakers: tuple[Speaker, ...]
    """Who says it; none where the text does not tell."""
    hedges: tuple[Span, ...]
    """Words by which the text keeps the saying at a distance: "allegedly", "reportedly", "claimed"."""
    negated: bool
    """Whether the text says that it is not said, or that it is denied; not where a denial is denied."""
    stance: CueStance
    """What the cue implies about the content."""
    modality: Modality
    within: int | None
    """Index of the attribution in whose content this one stands."""
    score: float
    """How sure the model is that this is said, by this source, in these words; 0 to 1."""
    reason: str
    """How it was found, and how its speaker was."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression, before it is counted from any day."""

    found: Found
    about: tuple[tuple[str, int], ...]
    """Lemmas of the words that say something around it, with their distance in words, the nearest first."""


FramePart = Literal["verb", "noun", "adjective"]
Tense = Literal["past", "present", "future", ""]


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody or something that takes part in a frame; each of several that are coordinated is one."""

    role: str
    """``subj`` and ``obj`` as in the active voice, ``iobj``, ``poss``, ``comp`` (what a predicate noun or clause says),
    ``amod`` and ``compound`` (of noun frames: "Russian support", "army support"), or a preposition."""
    start: int
    """First code point of its phrase, without relative clauses and appositions."""
    end: int
    """One past the last one."""
    head: int
    """Index of its head token."""
    inferred: bool = False
    """Whether it was taken over from another clause."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with those who take part in it: who does what to whom, according to one clause."""

    head: int
    """Index of the token of the predicate."""
    trigger: tuple[Span, ...]
    """The predicate with its particle."""
    predicate: str
    """Dictionary form, with the particle ("walk out")."""
    pos: FramePart
    fillers: tuple[Filler, ...]
    negated: bool
    modality: Modality
    """How its own clause puts it; what an attribution around it implies is not in it."""
    tense: Tense
    time: int | None
    """Index of the time expression that belongs to it."""
    place: tuple[Span, ...]
    """Names of the places where it is said to be."""
    attribution: int | None
    """Index of the innermost attribution in whose content it stands."""
    within: int | None
    """Index of the frame that governs it."""
    link: str
    """How it hangs on that: ``comp``, ``obj``, ``relative``, ``modifier``, ``participle``, ``conj``, or the word that
    joins the clauses ("if", "unless", "after")."""

    def all(self, *roles: str) -> tuple[Filler, ...]:
        """The fillers in any of these roles, in the order of the roles."""
        return tuple(filler for role in roles for filler in self.fillers if filler.role == role)


@dataclass(frozen=True, slots=True)
class Annotation:
    """Sentences, words, names, who is meant, who says what and when, for one text."""

    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    actors: tuple[Actor, ...]
    chains: tuple[tuple[Mention, ...], ...]
    """Mentions of the same thing, two or more, whether it is an actor or not; in the order of their first mentions."""
    attributions: tuple[Attribution, ...] = ()
    """In the order of their first words."""
    times: tuple[Timed, ...] = ()
    """In the order of the text; they do not overlap."""

    def as_record(self, published: str | None = None, events: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
        """The fields of a line that ``variorum annotate`` writes; relative times count from ``published``."""
        from variorum.language.times import anchored

        return {
            "sentences": [list(span) for span in self.sentences],
            "tokens": [
                {"start": t.start, "end": t.end, "upos": t.upos, "lemma": t.lemma, "head": t.head, "deprel": t.deprel}
                for t in self.tokens
            ],
            "entities": [{"start": e.start, "end": e.end, "type": e.type, "actor": e.actor} for e in self.entities],
            "actors": [
                {"name": a.name, "kind": a.kind, "mentions": [[m.start, m.end] for m in a.mentions]}
                for a in self.actors
            ],
            "times": [
                {"start": t.start, "end": t.end, "type": t.type, "value": t.value, "mod": t.mod}
                for t in anchored([one.found for one in self.times], published)
            ],
            "attributions": [
                {
                    "kind": a.kind,
                    **{
                        name: [list(span) for span in spans]
                        for name, spans in (("source", a.source), ("cue", a.cue), ("content", a.content))
                    },
                    "speakers": [speaker.name for speaker in a.speakers],
                    "hedges": [list(span) for span in a.hedges],
                    "negated": a.negated,
                    "within": a.within,
                }
                for a in self.attributions
            ],
            "events": list(events),
        }
