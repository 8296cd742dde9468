"""What a document says that happened, will happen, or is said to: its event mentions.

A frame is an event if the mapping of predicates knows it as one, if somebody or some day is named with it, and if it is more
than the saying of something. A noun for an act and the verb that carries it ("held talks") are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from variorum.language.annotation import Frame, Modality
from variorum.language.frames import light_verbs
from variorum.language.predicates import Sense
from variorum.situation.stances import put, refused
from variorum.situation.telling import Telling, Who

_ABOUT: Final = ("REQUEST", "THREATEN", "AGREE", "REJECT")
"""Types whose subtype is that of what is asked for, threatened, promised or refused."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as one place of a document tells it."""

    frame: int
    """Index of its frame."""
    type: str | None
    """PLOVER type; None where none fits."""
    subtype: str
    """A plain word: resign, recognise, elect."""
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    time: int | None
    """Index of its time."""
    tense: str
    place: str | None
    """Where, in words."""
    modality: Modality
    attribution: int | None
    """Index of the attribution on whose word it stands."""
    trigger: tuple[int, int]
    start: int
    """Where it is told: first code point."""
    end: int
    """One past the last one."""
    words: tuple[str, ...]
    """Lemmas that say something, of its clause and then of its sentence."""
    score: float
    reason: str


def happened_in(told: Telling) -> tuple[Happened, ...]:
    """The event mentions of a document, in the order of its text."""
    carried = {frame.within for frame in told.frames if _carries(told, frame)}
    found = []
    for number, frame in enumerate(told.frames):
        sense = told.sense(frame)
        if sense is None or not (sense.type or sense.subtype) or number in carried or refused(told, frame):
            continue
        if _says(told, frame) and not _is_act(sense):
            continue
        one = _event(told, number, frame, sense)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.trigger, one.frame)))


def _carries(told: Telling, frame: Frame) -> bool:
    """Whether a noun for an act takes the place of the verb above it: "held talks", "signed an agreement"."""
    if frame.pos != "noun" or frame.within is None or frame.link != "obj":
        return False
    above = told.frames[frame.within]
    sense, over = told.sense(frame), told.sense(above)
    return sense is not None and bool(sense.subtype) and above.predicate in light_verbs() and (over is None or over.type is None)


def _says(told: Telling, frame: Frame) -> bool:
    """Whether a frame is the cue of an attribution."""
    start = frame.trigger[0][0]
    return start in told.cues


def _is_act(sense: Sense) -> bool:
    """Whether saying it is doing it: asking, accusing, threatening, promising, rejecting."""
    return sense.type in ("REQUEST", "ACCUSE", "THREATEN", "REJECT", "AGREE", "SUPPORT", "SANCTION")


def _event(told: Telling, number: int, frame: Frame, sense: Sense) -> Happened | None:
    actors = _parts(told, frame, sense.actors)
    recipients = _parts(told, frame, sense.recipients)
    subtype, modality = sense.subtype, put(told, frame)
    if sense.type in _ABOUT:
        below = [other for other in told.governed(frame) if other.link in ("comp", "obj")]
        for other in below:
            inner = told.sense(other)
            if inner is not None and inner.subtype:
                subtype = inner.subtype
                if sense.type == "REQUEST":
                    recipients = recipients or _parts(told, other, inner.actors)
                break
        if sense.type == "REQUEST" and modality == "asserted":
            modality = "demanded"
    named = [who for who in (*actors, *recipients) if who.actor is not None]
    if not named and frame.time is None:
        return None
    if frame.modality == "conditional" and not named:
        return None
    span = told.clause(frame)
    sure = max((who.score for who in named), default=0.6)
    place = told.words_at(*frame.place[0]) if frame.place else None
    return Happened(
        *(number, sense.type, subtype, tuple(actors), tuple(recipients), frame.time, frame.tense, place, modality),
        *(frame.attribution, frame.trigger[0], span.start, span.end, _words(told, frame)),
        *(round(sense.score * (0.5 + 0.5 * sure), 3), f"“{told.words_at(*frame.trigger[0])}”"),
    )


def _parts(told: Telling, frame: Frame, roles: tuple[str, ...]) -> list[Who]:
    for role in roles:
        found = [told.who(f) for f in frame.all(role)]
        if found:
            return found
    return []


def _words(told: Telling, frame: Frame) -> tuple[str, ...]:
    clause, sentence = told.clause(frame), told.sentence(frame.trigger[0][0])
    near: dict[str, None] = {}
    for span in (clause, sentence):
        for i in range(told.token_at(span.start), told.token_at(span.end)):
            token = told.tokens[i]
            if token.upos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM"):
                near.setdefault(token.lemma.lower())
    return tuple(near)
