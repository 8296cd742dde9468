"""Stances: where a document says that somebody stands, towards whom or what, and on whose word.

Told by predicates (recognise, back, reject, oppose, withdraw recognition), by nouns for people ("an ally of"), by
adjectives ("US-backed", "neutral") and by what those say who speak for somebody. Negation, condition, plan and hearsay
are in the modality and leave the stance as it is named: "does not recognise" is a recognition that is denied. Nothing
is concluded from silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from variorum.language.annotation import Filler, Frame, Modality
from variorum.language.cues import hedging
from variorum.language.lists import reporting
from variorum.language.predicates import Sense
from variorum.situation.lists import section
from variorum.situation.offices import Held, Post, post_at
from variorum.situation.telling import Telling, Who, shifted

Stance = Literal["recognises", "supports", "neutral", "opposes", "rejects", "derecognises"]

LONGEST: Final = 8
"""Words of an issue."""
INFERRED: Final = 0.5
"""What a stance that is inferred from an act is worth."""

_CHAIN: Final = 3
"""Verbs above one another that are looked at for one that says no."""
_LOOSE: Final = ("ADP", "DET", "SCONJ", "CCONJ", "PRON", "AUX", "PART", "PUNCT", "ADV")
_RELATIVE: Final = ("that", "which", "who", "whom", "whose")
_ACTING: Final = ("person", "organisation", "state", "group", "place")


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance, as one place of a document tells it."""

    actor: Who
    """Whose it is."""
    stance: Stance
    """What it is."""
    target: Who | None
    """Towards whom."""
    issue: str | None
    """Towards what, in words, where it is no actor."""
    as_office: Post | None
    """As the holder of which post."""
    modality: Modality
    """How it is put, attribution included."""
    attribution: int | None
    """Index of the attribution on whose word it stands."""
    frame: int
    """Index of the frame that tells it; -1 where it is no frame."""
    time: int | None
    """Index of its time."""
    tense: str
    """past, present or future; empty where nothing tells."""
    inferred: bool
    """Whether it is concluded from an act, such as a sanction."""
    start: int
    """Where it is told: first code point."""
    end: int
    """One past the last one."""
    score: float
    """How sure, 0 to 1."""
    reason: str
    """Why, in words."""


def stances_in(told: Telling) -> tuple[Taken, ...]:
    """The stances that a document tells of, in the order of the text; each once for each place."""
    found: dict[tuple[object, ...], Taken] = {}
    for one in _all(told):
        key = (
            one.actor.actor,
            one.stance,
            one.target.actor if one.target else None,
            one.issue,
            one.start,
            one.modality,
        )
        if key not in found or found[key].score < one.score:
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end, one.actor.start, one.stance)))


def recognised(told: Telling, taken: Iterable[Taken]) -> Iterator[Held]:
    """The posts that somebody holds for those who recognise him as their holder."""
    for one in taken:
        if one.as_office is None or one.target is None or one.stance not in ("recognises", "supports"):
            continue
        if one.modality in ("denied", "conditional", "planned", "demanded"):
            continue
        yield Held(
            *(one.target, one.as_office, one.as_office.status, one.attribution, one.actor, one.time, None),
            *(one.start, one.end, round(0.95 * one.score, 3), "recognised as such"),
        )


def put(told: Telling, frame: Frame) -> Modality:
    """How a document puts what a frame tells: by its own clause first, then by the saying around it."""
    if frame.negated or refused(told, frame):
        return "denied"
    said = told.annotation.attributions[frame.attribution].modality if frame.attribution is not None else None
    if said == "alleged" or (said is None and _hedged(told, frame)):
        return "alleged"
    if frame.modality != "asserted":
        return frame.modality
    return said or "asserted"


def refused(told: Telling, frame: Frame) -> bool:
    """Whether it stands under a verb that says that it is not so: "refused to recognise", "refused to consider it"."""
    for _ in range(_CHAIN):
        if frame.within is None or frame.link not in ("comp", "obj", "from"):
            return False
        above = told.frames[frame.within]
        sense = told.sense(above)
        if sense is not None and sense.carries == "invert":
            return not above.negated
        if not told.tokens[frame.head].deprel.startswith("xcomp"):
            return False
        if above.negated and (above.pos == "adjective" or _carries(told, above)):
            return True  # "is not ready to endorse"
        frame = above
    return False


def _carries(told: Telling, frame: Frame) -> bool:
    """Whether a verb says of what it governs that it is so or not so."""
    sense = told.sense(frame)
    return sense is not None and sense.carries in ("invert", "carry")


def _hedged(told: Telling, frame: Frame) -> bool:
    near = [frame.head, *([told.tokens[frame.head].head] if told.tokens[frame.head].head >= 0 else [])]
    return any(told.words[k].lower() in hedging() for i in near for k in told.below[i])


# --- from frames -----------------------------------------------------------------------------------------------------


def _all(told: Telling) -> Iterator[Taken]:
    for number, frame in enumerate(told.frames):
        sense = told.sense(frame)
        if sense is not None and sense.stance:
            yield from _of_frame(told, number, frame, sense)
        elif sense is not None and _is_against(sense) and frame.modality == "asserted" and not frame.negated:
            yield from _inferred(told, number, frame, sense)
        if frame.pos == "verb" and _urges(frame):
            yield from _of_demand(told, number, frame)
    yield from _relations(told)
    yield from _neutral(told)


def _is_against(sense: Sense) -> bool:
    """Whether an act shows where its doer stands."""
    return sense.type == "SANCTION" and sense.subtype not in section("standing", "mild")


def _of_frame(told: Telling, number: int, frame: Frame, sense: Sense) -> Iterator[Taken]:
    stance: Stance = sense.stance  # type: ignore[assignment]
    above = told.frames[frame.within] if frame.within is not None else None
    holders = _holders(told, frame, sense.actors)
    targets: list[Filler] = list(frame.all(*sense.targets))
    note = ""
    if frame.pos == "noun" and above is not None and frame.link == "obj":
        if above.predicate in section("standing", "receives") and frame.all("of", "from"):
            holders = [who for f in frame.all("of", "from") for who in members(told, f)]
            targets = list(above.all("subj"))
            note = f"“{above.predicate} … {frame.predicate}”"
        elif above.predicate in section("standing", "gone") and stance in ("recognises", "supports"):
            stance = "derecognises" if stance == "recognises" else "opposes"
            note = f"“{above.predicate} … {frame.predicate}”"
    if (
        _is_purpose(told, frame)
        or _is_unsaid(told, frame)
        or told.is_asked(frame)
        or (frame.pos == "noun" and above is not None and frame.link == "nsubj" and above.modality != "asserted")
    ):
        return
    modality = put(told, frame) if frame.pos != "noun" or frame.link == "obj" else _said(told, frame)
    if note and above is not None:
        modality = put(told, above) if above.predicate in section("standing", "gone") else modality
        if above.predicate == "lose":
            return
    span = told.clause(frame if not note or above is None else above)
    post = _as_office(told, frame, above)
    if stance == "neutral":
        if _is_neutral_otherwise(told, frame):
            return
        targets = []
    for holder in holders if stance == "supports" else ():
        for against in _against(told, targets):
            if against.actor == holder.actor:
                continue
            score = round(0.8 * sense.score * holder.score * against.score, 3)
            yield Taken(
                *(holder, "opposes", against, None, None, modality, frame.attribution, number, frame.time, frame.tense),
                *(True, span.start, span.end, score, f"“{told.words_at(*frame.trigger[0])}” what is against it"),
            )
    for holder in holders:
        for target, issue, sure, why in (
            _targets(told, targets, sense) if stance != "neutral" else ((None, None, 1.0, ""),)
        ):
            if target is not None and target.actor == holder.actor:
                continue
            words = note or f"“{told.words_at(*frame.trigger[0])}”"
            reason = "; ".join(part for part in (words, holder.note, why) if part)
            score = round(sense.score * holder.score * sure * (target.score if target else 1.0), 3)
            yield Taken(
                *(holder, stance, target, issue, post, modality, frame.attribution, number, frame.time, frame.tense),
                *(False, span.start, span.end, score, reason),
            )


def _against(told: Telling, fillers: Iterable[Filler]) -> Iterator[Who]:
    """Those against whom the matters are that somebody supports: "increased pressure against the government"."""
    for filler in fillers:
        if told.who(filler).actor is not None:
            continue
        for k in told.below[filler.head]:
            if any(told.words[c].lower() == "against" for c in told.below[k] if told.tokens[c].deprel == "case"):
                who = told.who_at(k)
                if who.actor is not None and told.kind(who) != "place":
                    yield who
                    leader = led_by(told, k)
                    if leader is not None and leader.actor != who.actor:
                        yield leader


def _is_neutral_otherwise(told: Telling, frame: Frame) -> bool:
    """Whether it is no side that is not taken: "carbon neutral", "a gender-neutral word"."""
    marks = [k for k in told.subtree(frame.head) if told.words[k].lower() in section("standing", "neutral")]
    return any(
        (told.tokens[k - 1].upos in ("NOUN", "PROPN") and told.tokens[k - 1].head == k) or told.words[k - 1] == "-"
        for k in marks
        if k > 0
    )


def _said(told: Telling, frame: Frame) -> Modality:
    """How a noun is put that stands for what is taken to be so: "despite its support for"."""
    if frame.negated:
        return "denied"
    return "asserted" if frame.attribution is None else told.annotation.attributions[frame.attribution].modality


def _is_unsaid(told: Telling, frame: Frame) -> bool:
    """Whether it is what somebody is barred from, has feelings about, or is said not to have said."""
    if frame.link == "from" and frame.pos == "verb":
        return True
    over = told.frames[frame.within] if frame.within is not None and frame.link == "comp" else None
    attribution = told.annotation.attributions[frame.attribution] if frame.attribution is not None else None
    if over is None or not _carries(told, over):
        if attribution is not None and attribution.negated and attribution.modality != "denied":
            return True
        if over is not None and over.negated and told.words[over.head].lower() in reporting():
            return True
    above = told.tokens[frame.head].head
    gerund = frame.pos == "verb" and told.words[frame.head].lower().endswith("ing") and above >= 0
    return gerund and frame.link in ("over", "about", "of", "into") and told.tokens[above].upos == "NOUN"


def _is_purpose(told: Telling, frame: Frame) -> bool:
    """Whether a clause tells what something is for: "personnel to support the ministry", "its mission to support"."""
    if not told.is_infinitive(frame):
        return False
    relation, above = told.tokens[frame.head].deprel, told.tokens[frame.head].head
    if relation.startswith("acl") and above >= 0 and told.tokens[above].upos == "NOUN":
        return told.tokens[above].lemma.lower() not in section("standing", "wills")
    return frame.link in ("to", "participle")


def _urges(frame: Frame) -> bool:
    """Whether somebody is asked to do something."""
    names = {frame.predicate, *(f"{frame.predicate} {filler.role}" for filler in frame.fillers)}
    return not names.isdisjoint(section("standing", "urges"))


def _of_demand(told: Telling, number: int, frame: Frame) -> Iterator[Taken]:
    """What somebody stands for who asks others to do it: "urged Russia to withdraw", "called on them not to vote"."""
    if put(told, frame) not in ("asserted", "reported", "demanded") or told.is_asked(frame) or _is_purpose(told, frame):
        return
    span = told.clause(frame)
    for below in told.governed(frame):
        if below.link != "comp" or below.pos != "verb":
            continue
        sense = told.sense(below)
        stance: Stance = "opposes" if below.negated else "supports"
        aims: list[tuple[Who | None, str | None, Stance]] = [(None, _deed(told, below), stance)]
        if sense is not None and sense.stance and sense.stance != "neutral" and not below.negated:
            found = _targets(told, below.all(*sense.targets), sense)
            aims = [(who, words, sense.stance) for who, words, _, _ in found] or aims  # type: ignore[misc]
        last = max((k for k in told.subtree(below.head) if k - below.head < LONGEST), default=below.head)
        end = max(span.end, told.tokens[last].end)
        for holder in _holders(told, frame, ("subj",)):
            for target, words, taken in aims:
                if (target is None and not words) or (target is not None and target.actor == holder.actor):
                    continue
                score = round(0.75 * holder.score * (target.score if target else 1.0), 3)
                yield Taken(
                    *(holder, taken, target, words, None, "demanded", frame.attribution, number, frame.time),
                    *(
                        frame.tense,
                        False,
                        span.start,
                        end,
                        score,
                        f"“{told.words_at(*frame.trigger[0])}” somebody to do it",
                    ),
                )


def _deed(told: Telling, frame: Frame) -> str:
    """What is to be done, in words: from the verb on."""
    low, own = told.token_at(frame.trigger[0][0]), set(told.subtree(frame.head))
    words: list[int] = []
    for i in range(low, low + LONGEST):
        if i not in own or (told.tokens[i].upos == "PUNCT" and told.words[i] not in ("-", "‑")):
            break
        words.append(i)
    while words and told.tokens[words[-1]].upos in _LOOSE:
        words.pop()
    deed = told.words_at(told.tokens[low].start, told.tokens[words[-1]].end) if words else ""
    doer = next((told.who(f).name for f in frame.all("subj") if not f.inferred), "")
    return f"{doer} {deed}".strip("\"“”'‘’ ,") if doer or len(words) > 1 else ""


def _inferred(told: Telling, number: int, frame: Frame, sense: Sense) -> Iterator[Taken]:
    """What an act against somebody says of where its doer stands."""
    span = told.clause(frame)
    for holder in _holders(told, frame, sense.actors):
        for filler in frame.all(*sense.recipients):
            target = told.who(filler)
            if (
                target.actor is None
                or target.actor == holder.actor
                or told.kind(target) not in ("person", "organisation", "group", "state")
            ):
                continue
            yield Taken(
                *(
                    holder,
                    "opposes",
                    target,
                    None,
                    None,
                    put(told, frame),
                    frame.attribution,
                    number,
                    frame.time,
                    frame.tense,
                ),
                *(True, span.start, span.end, round(INFERRED * sense.score * holder.score * target.score, 3)),
                f"inferred from an act: “{told.words_at(*frame.trigger[0])}”",
            )


def _holders(told: Telling, frame: Frame, roles: Iterable[str]) -> list[Who]:
    for role in roles:
        found = [who for f in frame.all(role) if not _is_anybody(told, f) for who in members(told, f)]
        if found:
            return found
    return []


def _is_anybody(told: Telling, filler: Filler) -> bool:
    """Whether nobody in particular is meant: "any individual who objects", "no country"."""
    before = [k for k in told.below[filler.head] if k < filler.head and told.tokens[k].upos == "DET"]
    return any(told.words[k].lower() in ("any", "no", "every", "each", "whatever", "whichever") for k in before)


def members(told: Telling, filler: Filler) -> Iterator[Who]:
    """Who is meant, and those who are named as being among them: "most of them, including Capriles"."""
    whole = told.who(filler)
    named = [k for k in told.subtree(filler.head) if k != filler.head and _names_member(told, filler.head, k)]
    for k in named:
        who = told.who_at(k)
        if who.actor is not None and who.actor != whole.actor:
            yield shifted(who, f"one of {whole.name}", 0.9)
    if whole.actor is not None and told.kind(whole) in _ACTING:
        yield whole
    elif whole.actor is None:
        yield from told.authors(filler.head)


def _names_member(told: Telling, head: int, k: int) -> bool:
    token = told.tokens[k]
    relation = token.deprel.split(":")[0]
    if relation == "conj":
        return token.head != head and token.head in told.subtree(head) and _names_member(told, head, token.head)
    if relation in ("nmod", "obl"):
        words = [
            told.words[c].lower()
            for c in told.below[k]
            if c < k and told.tokens[c].deprel.split(":")[0] in ("case", "mark", "fixed")
        ]
        return bool(words) and (words[0] in section("standing", "members") or words[:2] == ["such", "as"])
    plural = told.tokens[head].lemma.lower() != told.words[head].lower()
    return relation == "appos" and token.head == head and plural and token.upos == "PROPN"


def _targets(
    told: Telling, fillers: Iterable[Filler], sense: Sense
) -> Iterator[tuple[Who | None, str | None, float, str]]:
    for filler in fillers:
        who = told.who(filler)
        leader = led_by(told, filler.head)
        if told.tokens[filler.head].lemma.lower() == "claim" and sense.stance in ("rejects", "opposes"):
            leader = None  # who debunks what somebody claims
        if leader is not None and leader.actor is not None and leader.actor != who.actor:
            yield leader, None, 0.9, f"through {told.words[filler.head].lower()}"
        if who.actor is not None and told.kind(who) != "place":
            if sense.carries != "matter":
                yield who, None, 1.0, ""
        elif sense.issue and told.tokens[filler.head].upos in ("NOUN", "VERB", "PROPN") and leader is None:
            if told.tokens[filler.head].lemma.lower() in section("standing", "no matters"):
                continue
            words = issue(told, filler.head)
            matter = told.tokens[filler.head].lemma.lower() in section("standing", "recognised")
            if words and (sense.stance != "recognises" or matter):
                yield None, words, 0.9, ""


def led_by(told: Telling, head: int) -> Who | None:
    """Who leads what a phrase names: "the government led by Guaidó", "Maduro's government", "the Maduro government"."""
    if told.tokens[head].lemma.lower() not in section("standing", "rule"):
        return None
    for k in told.below[head]:
        relation = told.tokens[k].deprel
        if relation.startswith("acl") and told.tokens[k].lemma.lower() in ("lead", "head", "run"):
            for g in told.below[k]:
                if told.tokens[g].deprel.startswith("obl"):
                    who = told.who_at(g)
                    if told.kind(who) == "person":
                        return who
        if relation in ("nmod:poss", "compound") or (relation.startswith("nmod") and k > head):
            who = told.who_at(k)
            if told.kind(who) == "person" and who.actor is not None:
                return who
    return None


def issue(told: Telling, head: int) -> str:
    """A matter in words: without articles and other determiners, and without what makes it long."""
    span = told.phrase(head)
    low, high = told.token_at(span.start), told.token_at(span.end)
    words = list(range(low, high))
    while words and (
        told.tokens[words[0]].upos in ("DET", "PUNCT", "ADP", "CCONJ")
        or told.words[words[0]].lower() in ("any", "all", "such", "its", "their", "his", "her")
    ):
        words = words[1:]
    relative = next(
        (i for i in words if i > head and told.words[i].lower() in _RELATIVE and told.tokens[i].upos == "PRON"), None
    )
    words = [i for i in words if relative is None or i < relative][:LONGEST]
    while words and told.tokens[words[-1]].upos in _LOOSE:
        words.pop()
    if not words:
        return ""
    return told.words_at(told.tokens[words[0]].start, told.tokens[words[-1]].end).strip("\"“”'‘’ ,")


def _as_office(told: Telling, frame: Frame, above: Frame | None) -> Post | None:
    fillers = list(frame.all("as"))
    if not fillers and above is not None and frame.link in ("in", "by", "participle"):
        fillers = [f for f in above.all("as") if f.start > frame.trigger[0][0]]
    for filler in fillers:
        post = post_at(told, filler.head)
        if post is not None:
            return post
    return None


# --- from nouns and adjectives ---------------------------------------------------------------------------------------


def _relations(told: Telling) -> Iterator[Taken]:
    """People and states that are said to be somebody's ally or opponent."""
    for i, token in enumerate(told.tokens):
        lemma = token.lemma.lower()
        stance: Stance | None = (
            "supports"
            if lemma in section("standing", "for")
            else "opposes"
            if lemma in section("standing", "against")
            else None
        )
        if stance is None or token.upos != "NOUN":
            continue
        targets = [
            who
            for k in told.below[i]
            if told.tokens[k].deprel.startswith(("nmod", "compound"))
            and (
                told.tokens[k].deprel in ("nmod:poss", "compound")
                or any(told.words[c].lower() in ("of", "to") for c in told.below[k])
            )
            if (who := told.who_at(k)).actor is not None and told.kind(who) != "place"
        ]
        if not targets:
            continue
        frame = next((n for n, f in enumerate(told.frames) if f.head == i), -1)
        negated = frame >= 0 and told.frames[frame].negated
        former = any(told.words[k].lower() in ("former", "ex", "onetime", "erstwhile") for k in told.below[i])
        if former:
            continue
        for holder in _described(told, i):
            for target in targets:
                if target.actor == holder.actor:
                    continue
                number = told.saying.at(token.start)
                modality: Modality = (
                    "denied"
                    if negated
                    else "asserted"
                    if number is None
                    else told.annotation.attributions[number].modality
                )
                low, high = min(holder.start, target.start, token.start), max(holder.end, target.end, token.end)
                yield Taken(
                    *(holder, stance, target, None, None, modality, number, frame, None, "present", False, low, high),
                    *(round(0.8 * holder.score * target.score, 3), f"“{lemma}”"),
                )


def _described(told: Telling, i: int) -> Iterator[Who]:
    """Who is described by a noun."""
    copula = any(told.tokens[k].deprel == "cop" for k in told.below[i])
    for k in told.below[i]:
        relation = told.tokens[k].deprel.split(":")[0]
        if (relation in ("flat", "appos") and k > i) or (relation == "nsubj" and copula):
            several = told.tokens[i].lemma.lower() != told.words[i].lower() or relation == "nsubj"
            others = [c for c in told.below[k] if told.tokens[c].deprel.startswith("conj")] if several else []
            for one in (k, *others):
                who = told.who_at(one)
                if who.actor is not None:
                    yield who
    if told.tokens[i].deprel.split(":")[0] == "appos":
        above = told.tokens[i].head
        for one in (above, *(c for c in told.below[above] if told.tokens[c].deprel.startswith("conj") and c < i)):
            who = told.who_at(one)
            if who.actor is not None:
                yield who


def _neutral(told: Telling) -> Iterator[Taken]:
    """Those who count themselves among neutral ones: "announced a conference of “neutral” countries"."""
    for number, frame in enumerate(told.frames):
        if frame.pos != "verb" or frame.negated:
            continue
        reach = {k for f in frame.all("obj") for k in told.subtree(f.head)}
        marked = [
            k
            for k in reach
            if told.words[k].lower() in section("standing", "neutral")
            and told.tokens[k].head in reach
            and told.tokens[told.tokens[k].head].lemma.lower() in section("standing", "among")
        ]
        if not marked:
            continue
        span = told.clause(frame)
        for filler in frame.all("subj"):
            who = told.who(filler)
            if who.actor is not None and told.kind(who) in ("state", "organisation"):
                words = told.words_at(told.tokens[marked[0]].start, told.tokens[told.tokens[marked[0]].head].end)
                yield Taken(
                    *(
                        who,
                        "neutral",
                        None,
                        None,
                        None,
                        put(told, frame),
                        frame.attribution,
                        number,
                        frame.time,
                        frame.tense,
                    ),
                    *(True, span.start, span.end, round(0.55 * who.score, 3), f"counts itself among “{words}”"),
                )
