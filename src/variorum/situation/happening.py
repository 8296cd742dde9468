"""What a document says that happened, will happen, or is said to: its event mentions.

A frame is an event if the mapping of predicates knows it as one, if somebody or some day is named with it, and if it
is more than the saying of something. A noun for an act and the verb that carries it ("held talks") are one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from variorum.language.annotation import Annotation, Frame, Modality
from variorum.language.frames import light_verbs
from variorum.language.predicates import Sense
from variorum.situation.lists import section
from variorum.situation.stances import put, refused
from variorum.situation.telling import Telling, Who

_PRONOUNS: Final = frozenset((
    "it", "this", "that", "which", "who", "whom", "they", "he", "she", "them", "him", "her", "we", "us", "i", "you",
    "one",
))  # fmt: skip
"""Words that name nobody by themselves."""
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


def happened_in(told: Telling, every: bool = False) -> tuple[Happened, ...]:
    """The event mentions of a document, in the order of its text.

    ``every``: also those that name nobody and no day.
    """
    carried = {frame.within for frame in told.frames if _carries(told, frame)}
    found = []
    for number, frame in enumerate(told.frames):
        ended = _ended(told, number, frame)
        if ended is not None:
            found.append(ended)
            carried.add(frame.within)
    for number, frame in enumerate(told.frames):
        sense = told.sense(frame) if not _is_ended(told, frame) else None
        if sense is None or not (sense.type or sense.subtype) or number in carried or refused(told, frame):
            continue
        if _says(told, frame) and not _is_act(sense):
            continue
        if _is_named_by_verb(told, frame) or (not every and _is_asked_for(told, frame)):
            continue
        one = _event(told, number, frame, sense, every)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.trigger, one.frame)))


def _is_named_by_verb(told: Telling, frame: Frame) -> bool:
    """Whether a noun for an act is the object of a verb that tells the event: "signed an agreement"."""
    if frame.pos != "noun" or frame.within is None or frame.link != "obj":
        return False
    above = told.frames[frame.within]
    sense = told.sense(above)
    return sense is not None and bool(sense.type) and (sense.by_object or above.predicate not in light_verbs())


def _is_asked_for(told: Telling, frame: Frame) -> bool:
    """Whether it is what somebody asks for, threatens or promises, which is an event of its own."""
    if frame.within is None or frame.link != "comp" or not told.is_infinitive(frame):
        return False
    above = told.sense(told.frames[frame.within])
    return above is not None and above.type in _ABOUT


def _carries(told: Telling, frame: Frame) -> bool:
    """Whether a noun for an act takes the place of the verb above it: "held talks", "signed an agreement"."""
    if frame.pos != "noun" or frame.within is None or frame.link != "obj":
        return False
    above = told.frames[frame.within]
    sense, over = told.sense(frame), told.sense(above)
    return (
        sense is not None
        and bool(sense.subtype)
        and above.predicate in light_verbs()
        and (over is None or over.type is None)
    )


def _is_ended(told: Telling, frame: Frame) -> bool:
    """Whether a noun for a stance is the object of a verb that ends it: "withdrew its recognition"."""
    if frame.pos != "noun" or frame.within is None or frame.link != "obj":
        return False
    sense = told.sense(frame)
    return (
        sense is not None
        and sense.stance in ("recognises", "supports")
        and (told.frames[frame.within].predicate in section("standing", "gone"))
    )


def _ended(told: Telling, number: int, frame: Frame) -> Happened | None:
    sense = told.sense(frame)
    if not _is_ended(told, frame) or sense is None or frame.within is None:
        return None
    above = told.frames[frame.within]
    made = _event(
        told, number, replace(frame, time=above.time if frame.time is None else frame.time, tense=above.tense), sense
    )
    if made is None:
        return None
    span = told.clause(above)
    subtype = "derecognise" if sense.stance == "recognises" else f"{above.predicate} {frame.predicate}"
    return replace(
        made,
        type="SANCTION",
        subtype=subtype,
        modality=put(told, above),
        trigger=above.trigger[0],
        start=span.start,
        end=span.end,
    )


def _says(told: Telling, frame: Frame) -> bool:
    """Whether a frame is the cue of an attribution."""
    start = frame.trigger[0][0]
    return start in told.cues


def _is_act(sense: Sense) -> bool:
    """Whether saying it is doing it: asking, accusing, threatening, promising, rejecting."""
    return sense.type is not None


def _event(told: Telling, number: int, frame: Frame, sense: Sense, every: bool = False) -> Happened | None:
    if _stands(frame, sense) or frame.link == "modifier":
        return None
    if not every and frame.pos == "noun" and any(told.tokens[k].deprel == "cop" for k in told.below[frame.head]):
        return None  # "it is a real threat"
    if not every and (_is_stopped(told, frame) or (frame.modality == "demanded" and frame.time is None)):
        return None  # "they should respect it" is no event
    actors = _spoken(told, frame, _parts(told, frame, sense.actors))
    recipients = _concerned(told, frame, sense)
    recipients = [who for who in recipients if not _is_again(told, who, actors)]
    subtype, modality = sense.subtype, put(told, frame)
    if sense.type in _ABOUT:
        below = [other for other in told.governed(frame) if other.link in ("comp", "obj")]
        for other in below:
            inner = told.sense(other) if other.pos == "verb" or sense.type != "REJECT" else None
            if inner is not None and inner.subtype:
                subtype = inner.subtype
                if sense.type == "REQUEST" and other.pos == "verb":
                    recipients = recipients or _parts(told, other, inner.actors)
                elif sense.type != "REQUEST":
                    recipients = recipients or _concerned(told, other, inner)
                break
        if sense.type == "REQUEST" and modality == "asserted":
            modality = "demanded"
    named = [who for who in (*actors, *recipients) if who.actor is not None]
    if not every and not _is_somebodys(told, frame, sense, named):
        return None
    if not every and (_is_lifeless(told, frame, sense) or _is_bare(told, frame, sense) or told.is_asked(frame)):
        return None
    if not every and not _is_told(told, frame, sense, modality, actors, recipients):
        return None
    if not named and frame.time is None and not every:
        return None
    whole = _known(actors) and _known(recipients)
    if frame.pos == "noun" and frame.time is None and not every and not whole and not _told_of(told, frame):
        return None
    if frame.pos == "verb" and not actors and not recipients:
        return None
    if sense.subtype == "clash" and recipients and not _known(recipients) and not every:
        return None  # "battling a cold"
    if frame.time is None and not every and (frame.tense == "present" and sense.type is None):
        return None
    if modality == "denied" and frame.time is None and not every and not _is_denial(told, frame):
        return None
    vague = frame.modality in ("conditional", "planned") or not frame.tense
    if frame.time is None and not every and len(named) < (2 if vague else 1):
        return None
    span = told.clause(frame)
    sure = max((who.score for who in named), default=0.6)
    place = told.words_at(*frame.place[0]) if frame.place else None
    return Happened(
        *(number, sense.type, subtype, tuple(actors), tuple(recipients), frame.time, frame.tense, place, modality),
        *(frame.attribution, frame.trigger[0], span.start, span.end, _words(told, frame)),
        *(round(sense.score * (0.5 + 0.5 * sure), 3), f"“{told.words_at(*frame.trigger[0])}”"),
    )


def _is_told(
    told: Telling, frame: Frame, sense: Sense, modality: Modality, actors: list[Who], recipients: list[Who]
) -> bool:
    """Whether it is more than a possibility, a manner of speaking, or a matter of opinion."""
    if modality == "conditional" and (frame.tense != "future" or not _known(actors)):
        return False
    if sense.type is None and sense.subtype in section("standing", "phases") and not _is_phase(told, frame):
        return False
    known = _known(actors) or _known(recipients)
    public = sense.subtype in section("standing", "public") or _is_phase(told, frame)
    if sense.type is None and not known and not public:
        return False
    if sense.subtype == "recognise" and not _known(recipients):
        things = {told.tokens[f.head].lemma.lower() for f in frame.all("obj", "of")}
        if not things & section("standing", "recognised"):
            return False  # "recognises the severity of the threat"
    if frame.time is None and not _known(recipients):
        speaking = {who.name.lower() for who in actors} <= {"i", "we", "you", "us"}
        press = bool(recipients) and all(_is_press(told, who) for who in recipients)
        return not speaking and not press
    return not (sense.type == "CONSULT" and recipients and all(_is_press(told, who) for who in recipients))


def _is_lifeless(told: Telling, frame: Frame, sense: Sense) -> bool:
    """Whether it is a text or a thing that is said to do it: "the law allows the administration to"."""
    heads = [f.head for f in frame.all(*sense.actors[:1]) if told.who(f).actor is None and not told.authors(f.head)]
    return bool(heads) and all(told.tokens[k].lemma.lower() in section("standing", "lifeless") for k in heads)


def _is_bare(told: Telling, frame: Frame, sense: Sense) -> bool:
    """Whether it tells that somebody refused, agreed or promised, and not what: "she declined"."""
    if sense.type not in _ABOUT or frame.pos != "verb" or frame.time is not None:
        return False
    return not frame.all("obj", "iobj", *sense.recipients) and not told.governed(frame)


def _is_phase(told: Telling, frame: Frame) -> bool:
    """Whether what begins or ends is an act or a time of trouble: "talks resumed", but not "the critics began"."""
    heads = {f.head for f in frame.all("subj", "obj")}
    nouns = {told.tokens[k].lemma.lower() for k in heads}
    return bool(nouns & section("standing", "times")) or not heads.isdisjoint(told.acts)


def _is_press(told: Telling, who: Who) -> bool:
    head = told.head_of(who.start, who.end)
    return head is not None and told.tokens[head].lemma.lower() in section("standing", "press")


def _stands(frame: Frame, sense: Sense) -> bool:
    """Whether a frame tells of where somebody stands, and of nothing that happened."""
    if frame.pos == "adjective" and frame.time is None:
        return True
    if not sense.stance or (frame.time is not None and frame.pos == "verb"):
        return False
    return sense.type is None or sense.subtype in section("standing", "states")


def _is_denial(told: Telling, frame: Frame) -> bool:
    """Whether somebody denies it, and not only the text says that it is not so."""
    return frame.attribution is not None and told.annotation.attributions[frame.attribution].modality == "denied"


def _is_somebodys(told: Telling, frame: Frame, sense: Sense, named: list[Who]) -> bool:
    """Whether enough is told of who takes part for it to be one event and not what happens now and then."""
    if any(_has_name(told, who) for who in named):
        return True
    if frame.pos == "noun" and not named and sense.type == "CONSULT":
        return False
    public = sense.subtype in section("standing", "public") or _is_phase(told, frame)
    if sense.type is None:
        return frame.time is not None and public
    return frame.time is not None or bool(frame.tense) or frame.pos == "noun"


def _is_stopped(told: Telling, frame: Frame) -> bool:
    """Whether a noun for an act is what somebody gives up or keeps from happening: "drop the investigation"."""
    if frame.pos != "noun" or frame.within is None or frame.link != "obj":
        return False
    return told.frames[frame.within].predicate in section("standing", "stops")


def _has_name(told: Telling, who: Who) -> bool:
    """Whether the text has a name for somebody."""
    return who.actor is not None and any(m.kind == "name" for m in told.annotation.actors[who.actor].mentions)


def _known(parts: list[Who]) -> bool:
    return any(who.actor is not None for who in parts)


def _told_of(told: Telling, frame: Frame) -> bool:
    """Whether a noun for an act is what a verb does: "held talks"."""
    return frame.within is not None and frame.link == "obj" and told.frames[frame.within].predicate in light_verbs()


def _parts(told: Telling, frame: Frame, roles: tuple[str, ...]) -> list[Who]:
    for role in roles:
        found = [told.who(f) for f in frame.all(role)]
        described = frame.pos == "noun" and role in ("amod", "compound")
        found = [
            w
            for w in found
            if w.actor is not None
            or (_does(told, w) if described else w.name.lower() not in _PRONOUNS and not _is_time(told, w))
        ]
        if found:
            return found
    return []


def _is_again(told: Telling, who: Who, actors: list[Who]) -> bool:
    """Whether somebody who is concerned is who acts; a plain pronoun that is taken for that means another."""
    if (who.start, who.end) in {(a.start, a.end) for a in actors}:
        return True
    pronoun = who.name.lower() in _PRONOUNS
    return pronoun and who.actor is not None and who.actor in {a.actor for a in actors}


def _spoken(told: Telling, frame: Frame, actors: list[Who]) -> list[Who]:
    """Who acts, and for a text that does, its authors."""
    if len(actors) != 1 or actors[0].actor is not None or frame.pos != "verb":
        return actors
    head = told.head_of(actors[0].start, actors[0].end)
    return (told.authors(head) if head is not None else []) or actors


def _is_time(told: Telling, who: Who) -> bool:
    head = told.head_of(who.start, who.end)
    if head is None:
        return False
    return told.tokens[head].start in told.timed or told.tokens[head].lemma.lower() in ("day", "week", "month", "year")


def _does(told: Telling, who: Who) -> bool:
    """Whether a word before a noun for an act is for those who do it: "a rebel attack", but not "a mass shooting"."""
    head = told.head_of(who.start, who.end)
    return head is not None and told.tokens[head].lemma.lower() in section("standing", "doers")


def _concerned(told: Telling, frame: Frame, sense: Sense) -> list[Who]:
    """Who is concerned; where the object makes it what it is, also who hangs on that: "broke relations with Russia"."""
    for role in sense.recipients:
        found = _parts(told, frame, (role,))
        if not found and sense.by_object:
            found = _at_object(told, frame, role)
        if found:
            return found
    return []


def _at_object(told: Telling, frame: Frame, role: str) -> list[Who]:
    for filler in frame.all("obj"):
        for k in told.below[filler.head]:
            relation = told.tokens[k].deprel
            case = next((told.words[c].lower() for c in told.below[k] if told.tokens[c].deprel == "case" and c < k), "")
            name = relation in ("amod", "compound") and told.words[k][:1].isupper()
            owner = role == "of" and (relation == "nmod:poss" or name)
            if owner or (relation.startswith("nmod") and case == role):
                who = told.who_at(k)
                if who.actor is not None or who.name.lower() not in _PRONOUNS:
                    return [who]
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


def event_rows(text: str, annotation: Annotation) -> list[dict[str, Any]]:
    """The events of a text as ``variorum annotate`` writes them; ``annotation`` is in offsets of ``text``."""
    told = Telling(text, annotation)

    def spans(whos: tuple[Who, ...]) -> list[list[int]]:
        return [[who.start, who.end] for who in whos]

    return [
        {
            "type": one.type,
            "subtype": one.subtype,
            "trigger": [list(one.trigger)],
            "actors": spans(one.actors),
            "recipients": spans(one.recipients),
            "time": one.time,
            "place": [list(span) for span in told.frames[one.frame].place],
            "modality": one.modality,
            "attribution": one.attribution,
        }
        for one in happened_in(told, every=True)
    ]
