"""Claims: what documents say, with a structure that can be compared.

A claim has a predicate, those who take part, a value where something is counted or measured, a polarity, a modality
and a time. Claims of several documents that say the same are one; which of them cannot both be so is for ``conflicts``
to find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.collation.meanings import opposites, synonyms
from variorum.collation.words import stem, words_of
from variorum.language.annotation import Filler, Frame, Modality
from variorum.language.lists import reporting
from variorum.records import Distinct
from variorum.situation.lists import section, sections
from variorum.situation.stances import put, refused
from variorum.situation.telling import Telling, Who

CORE: Final = ("subj", "obj")
"""Roles that must agree where both claims have them."""
ROLES: Final = (
    "subj",
    "obj",
    "iobj",
    "to",
    "with",
    "against",
    "from",
    "for",
    "of",
    "as",
    "at",
    "in",
    "on",
    "into",
    "comp",
)
MOST: Final = 400
"""Claims that share what they are looked up by, beyond which it tells too little."""
WITHIN: Final = 10
"""Days that the publication of two claims without a time may be apart."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number, as a text gives it."""

    low: float
    """The least that it can be."""
    high: float
    """The most that it can be."""
    number: float
    """As it stands."""
    unit: str
    """What it is counted in: the unit, or the stem of what is counted."""
    words: str
    """As the text has it."""
    plus: bool = False
    """Whether others are counted beside it: "13 states and Canada"."""
    kinds: tuple[str, ...] = ()
    """Stems of the words that tell which are counted: "construction jobs"."""

    def fits(self, other: Value) -> bool:
        """Whether both can be so."""
        if self.unit != other.unit or (self.kinds and other.kinds and not set(self.kinds) & set(other.kinds)):
            return True
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low <= high:
            return True
        return (self.plus or other.plus) and abs(self.number - other.number) <= 2


@dataclass(frozen=True, slots=True)
class Argument:
    """Somebody or something that a claim is about."""

    role: str
    who: Who
    stem: str
    """Stem of the noun."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim, as one place of a document makes it."""

    frame: int
    predicate: str
    """Name of the group of predicates that say the same, or the lemma."""
    arguments: tuple[Argument, ...]
    value: Value | None
    thing: str
    """Stem of what is counted or measured; empty where there is no value."""
    positive: bool
    """Whether it is said to be so."""
    modality: Modality
    attribution: int | None
    time: int | None
    start: int
    end: int
    words: tuple[str, ...]
    """Stems that say something, of its sentence."""
    act: bool
    """Whether it tells of something that was done, not of how somebody is or what is usual."""
    score: float


def claimed_in(told: Telling) -> tuple[Claimed, ...]:
    """What a document claims, in the order of its text."""
    found: list[Claimed] = []
    for number, frame in enumerate(told.frames):
        saying = frame.trigger[0][0] in told.cues and told.words[frame.head].lower() in reporting()
        if saying or (frame.pos == "noun" and not _is_said(told, frame)):
            continue
        found += _claims(told, number, frame)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.frame, one.value.words if one.value else "")))


def _is_said(told: Telling, frame: Frame) -> bool:
    return any(told.tokens[k].deprel == "cop" for k in told.below[frame.head])


def _claims(told: Telling, number: int, frame: Frame) -> Iterator[Claimed]:
    predicate, turned = _class(told, frame)
    fillers = [f for f in frame.fillers if f.role in ROLES]
    arguments = []
    for filler in fillers:
        role = turned.get(filler.role, filler.role)
        who = told.who(filler)
        if told.tokens[filler.head].upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"):
            arguments.append(Argument(role, who, stem(told.tokens[filler.head].lemma.lower())))
    counted_in = [f for f in fillers if f.role != "from" or predicate != "be"]
    values = [(f, value, thing) for f in counted_in for value, thing in _values(told, frame, f)]
    named = [a for a in arguments if a.who.actor is not None]
    unreal = frame.modality in ("planned", "conditional", "demanded")
    modality = frame.modality if unreal else put(told, frame)
    attribution = told.annotation.attributions[frame.attribution] if frame.attribution is not None else None
    positive = frame.negated == refused(told, frame)
    if not refused(told, frame) and attribution is not None and attribution.modality == "denied":
        positive = not positive
    dated = frame.time is not None and predicate in section("claims", "once")
    if not arguments or (not named and not values and len(arguments) < 2 and positive and not dated):
        return
    if predicate in section("claims", "empty") and not values:
        return
    span, around = told.clause(frame), told.sentence(frame.trigger[0][0])
    words = tuple(dict.fromkeys(
        stem(told.tokens[i].lemma.lower())
        for i in range(told.token_at(around.start), told.token_at(around.end))
        if told.tokens[i].upos in ("NOUN", "PROPN", "VERB", "ADJ")
    ))  # fmt: skip
    scores = [a.who.score for a in named]
    score = round(min(scores, default=0.8), 3)
    each: Sequence[tuple[Filler | None, Value | None, str]] = values or [(None, None, "")]
    for counted, value, thing in each:
        own = tuple(a for a in arguments if counted is None or a.who.start != counted.start or a.who.actor is not None)
        yield Claimed(
            *(number, predicate, own, value, thing, positive, modality, frame.attribution, frame.time),
            *(span.start, span.end, words, _is_act(told, frame), score),
        )


def _is_act(told: Telling, frame: Frame) -> bool:
    """Whether it was done, by or to somebody in particular: not "candidates who did not win"."""
    if frame.pos != "verb" or frame.tense != "past" or told.is_infinitive(frame):
        return False
    return frame.link != "relative" or any(told.who(f).actor is not None for f in frame.all("subj", "obj"))


def _class(told: Telling, frame: Frame) -> tuple[str, dict[str, str]]:
    """The group of predicates that one belongs to, and which of its roles take the place of others."""
    heads = [told.tokens[k].lemma.lower() for f in frame.all("obj", "comp", "to") for k in (f.head, *_counted(told, f))]
    be = [f"be {frame.predicate}"] if frame.pos == "adjective" else []
    for name in (*(f"{frame.predicate} {head}" for head in heads), *be, frame.predicate):
        if name in _same():
            group, role, first = _same()[name]
            return group, {} if role == first else {role: first}
    measure = _is_unit(told, frame.head) or told.tokens[frame.head].upos == "NUM"
    if frame.pos == "noun" and measure and _is_said(told, frame):
        return "be", {}
    if frame.predicate in section("claims", "equals"):
        return "be", {}
    return frame.predicate, {}


def _counted(told: Telling, filler: Filler) -> list[int]:
    """What a number that stands for a noun counts: "four of the seven seats"."""
    if told.tokens[filler.head].upos != "NUM":
        return []
    return [k for k in told.below[filler.head] if k > filler.head and told.tokens[k].deprel.startswith("nmod")]


def _is_unit(told: Telling, i: int) -> bool:
    return (
        told.tokens[i].lemma.lower() in section("claims", "units")
        or told.words[i].lower() in section("claims", "units")
        or _per_cent(told, i)
    )


def _per_cent(told: Telling, i: int) -> bool:
    return told.words[i].lower() == "cent" and i > 0 and told.words[i - 1].lower() == "per"


@cache
def _same() -> dict[str, tuple[str, str, str]]:
    found = {}
    for line in sections("claims")["same"]:
        entries = [entry.strip().rsplit(":", 1) for entry in line.split(",")]
        for name, role in entries:
            found[name] = (entries[0][0], role, entries[0][1])
    return found


# --- numbers ---------------------------------------------------------------------------------------------------------


def _values(told: Telling, frame: Frame, filler: Filler) -> Iterator[tuple[Value, str]]:
    """The numbers that a filler gives, each with the stem of what it counts."""
    head = filler.head
    if told.tokens[head].start in told.timed:
        return
    counted, number = head, None
    for k in told.below[head]:
        if told.tokens[k].deprel.split(":")[0] == "nummod" and told.tokens[k].start not in told.timed:
            number = k
    lemma = told.tokens[head].lemma.lower()
    unit = ""
    if number is None and told.tokens[head].upos == "NUM":
        number = head
        counted = next((k for k in told.below[head] if told.tokens[k].deprel.startswith("nmod") and k > head), -1)
        if counted < 0:
            counted = _measured(told, frame, filler)
    elif number is None and (lemma in _vague() or told.words[head].lower() in _vague()):
        number = head
        counted = next((k for k in told.below[head] if told.tokens[k].deprel.startswith("nmod") and k > head), -1)
    elif number is not None and _is_unit(told, head):
        unit = "percent" if _per_cent(told, head) or told.words[head] == "%" else stem(lemma)
        counted = next(
            (
                k
                for k in told.below[head]
                if told.tokens[k].deprel.startswith("nmod")
                and k > head
                and any(told.words[c].lower() == "of" for c in told.below[k])
            ),
            -1,
        )
        if counted < 0:
            counted = _measured(told, frame, filler)
    if number is None or counted < 0 or (number > head and told.tokens[head].upos in ("NOUN", "PROPN")):
        return  # "section 1311" counts nothing
    if _is_beside_others(told, head, counted):
        return
    thing = stem(told.tokens[counted].lemma.lower())
    value = _value(told, number, head, unit or thing)
    if value is not None:
        yield replace(value, kinds=_kinds(told, counted)), thing


def _is_beside_others(told: Telling, *nouns: int) -> bool:
    """Whether what is counted comes on top of something that is not told: "252,000 more jobs", "38 others"."""
    return any(told.words[k].lower() in section("claims", "beside") for i in nouns for k in (i, *told.below[i]))


def _kinds(told: Telling, noun: int) -> tuple[str, ...]:
    kinds = {
        stem(told.tokens[k].lemma.lower())
        for k in told.below[noun]
        if told.tokens[k].deprel.split(":")[0] in ("amod", "compound")
        and told.tokens[k].upos in ("ADJ", "NOUN", "VERB")
    }
    return tuple(sorted(kinds))


def _measured(told: Telling, frame: Frame, filler: Filler) -> int:
    """What a bare measure is of: "turnout stood at 61 percent", "put turnout at 38 percent"."""
    if frame.predicate not in section("claims", "equals") and frame.pos == "verb":
        return -1
    for role in ("obj", "subj"):
        for other in frame.all(role):
            if other.head != filler.head and told.tokens[other.head].upos in ("NOUN", "PROPN"):
                return other.head
    return -1


def _value(told: Telling, number: int, head: int, unit: str) -> Value | None:
    low = number
    while low and told.tokens[low - 1].head in (number, low) and number - low < 5:
        low -= 1
    start = told.tokens[low].start
    before = " ".join(told.words[max(0, low - 3) : number]).lower()
    word = told.words[number].lower()
    vague = _vague().get(word)
    if vague is not None:
        return Value(vague, float("inf"), vague, unit, told.words_at(start, told.tokens[number].end))
    found = [w for w in words_of(told.text[told.tokens[number].start : told.tokens[number].end]) if w.value is not None]
    if not found:
        parts = [k for k in told.below[number] if told.tokens[k].deprel in ("compound", "flat", "nummod")]
        first = min([number, *parts])
        found = [
            w for w in words_of(told.text[told.tokens[first].start : told.tokens[number].end]) if w.value is not None
        ]
    else:
        parts = [
            k
            for k in told.below[number]
            if told.tokens[k].deprel in ("compound", "flat") and told.tokens[k].upos == "NUM"
        ]
        if parts:
            first, last = min([number, *parts]), max([number, *parts])
            found = [
                w for w in words_of(told.text[told.tokens[first].start : told.tokens[last].end]) if w.value is not None
            ]
    if len(found) != 1 or found[0].value is None:
        return None
    value = found[0].value
    bottom, top = value, value
    if _any(before, section("claims", "least")) and "no more than" not in before and "not more than" not in before:
        top = float("inf")
    elif _any(before, section("claims", "most")):
        bottom = 0.0
    elif _any(before, section("claims", "about")):
        bottom, top = value * 0.9, value * 1.1
    elif value >= 100 and value % 10 == 0:
        bottom, top = value * 0.97, value * 1.03
    plus = any(told.tokens[k].deprel.startswith("conj") and told.tokens[k].upos == "PROPN" for k in told.below[head])
    return Value(bottom, top, value, unit, told.words_at(start, told.tokens[max(number, head)].end), plus)


def _any(before: str, entries: Iterable[str]) -> bool:
    return any(f" {entry} " in f" {before} " for entry in entries)


@cache
def _vague() -> dict[str, float]:
    return {name: float(value) for name, value in (entry.split("=") for entry in section("claims", "vague"))}


# --- across documents ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimMention:
    """A claim of one document, with the actors of the corpus."""

    document: str
    origin: str
    start: int
    end: int
    predicate: str
    arguments: tuple[tuple[str, str | None, str, str], ...]
    """Role, id of the actor, words, stem of the noun."""
    value: Value | None
    thing: str
    positive: bool
    modality: str
    voice: str
    """Who says so: id of an actor, or the outlet."""
    earliest: str | None
    latest: str | None
    published: tuple[str | None, str | None]
    words: tuple[str, ...]
    act: bool
    score: float

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """Role and actor, or the noun's stem where it is no actor."""
        return frozenset((role, actor or noun) for role, actor, _, noun in self.arguments)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one or more documents claim."""

    id: str
    members: tuple[int, ...]
    """Places in the list of mentions; the earliest first."""
    score: float
    reason: str


def same_time(a: ClaimMention, b: ClaimMention, days: int = WITHIN) -> bool:
    """Whether two claims can be of one time: their own, else when their documents were published."""
    from datetime import date

    if a.earliest and b.earliest:
        return (a.latest or a.earliest) >= b.earliest and (b.latest or b.earliest) >= a.earliest
    one, other = a.published, b.published
    if not one[0] or not other[0] or not one[1] or not other[1]:
        return True
    apart = max(
        (date.fromisoformat(other[0]) - date.fromisoformat(one[1])).days,
        (date.fromisoformat(one[0]) - date.fromisoformat(other[1])).days,
    )
    return apart <= days


def group_claims(mentions: Sequence[ClaimMention]) -> tuple[Claim, ...]:
    """Put claims that say the same together; each comes out in one, whatever their order."""
    order = sorted(range(len(mentions)), key=lambda i: _rank(mentions[i]))
    by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    parent = list(range(len(mentions)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    seen: dict[int, int] = {}
    for place, i in enumerate(order):
        seen[i] = place
        one = mentions[i]
        near: set[int] = set()
        for role, key in sorted(one.keys):
            bucket = by_key[one.predicate, role, key]
            near.update(bucket[-MOST:])
        for j in sorted(near, key=seen.__getitem__):
            if root(i) != root(j) and same_claim(one, mentions[j]):
                a, b = sorted((root(i), root(j)), key=seen.__getitem__)
                parent[b] = a
        for role, key in one.keys:
            by_key[one.predicate, role, key].append(i)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in order:
        groups[root(i)].append(i)
    found = []
    ids = Distinct()
    for members in groups.values():
        first = mentions[members[0]]
        documents = {mentions[i].document for i in members}
        reason = "one document says it" if len(documents) == 1 else "the same predicate of the same"
        score = min(mentions[i].score for i in members) * (1.0 if len(members) == 1 else 0.9)
        value = first.value.words if first.value else ""
        id = ids.row_id(
            "c", first.document, str(first.start), str(first.end), first.predicate, value, str(first.positive)
        )
        found.append(Claim(id, tuple(members), round(score, 3), reason))
    return tuple(sorted(found, key=lambda claim: claim.id))


def _rank(one: ClaimMention) -> tuple[object, ...]:
    return (
        one.published[0] or "9999",
        one.document,
        one.start,
        one.end,
        one.predicate,
        one.value.words if one.value else "",
    )


def same_claim(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether two claims say the same: one predicate, the same who and what, one value, polarity and time."""
    if a.positive != b.positive or a.predicate != b.predicate or _kept_apart(a, b):
        return False
    if (a.value is None) != (b.value is None):
        return False
    if (
        a.value is not None
        and b.value is not None
        and (a.value.number != b.value.number or a.value.unit != b.value.unit)
    ):
        return False
    shared = agreement(a, b)
    if shared is None:
        return False
    return (shared >= 2 or (shared >= 1 and a.value is not None)) and same_time(a, b)


def _kept_apart(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether one is a plan, wish or condition and the other is not."""
    unreal = ("planned", "conditional", "demanded")
    return (a.modality in unreal) != (b.modality in unreal)


def agreement(a: ClaimMention, b: ClaimMention) -> int | None:
    """How many arguments two claims share; None where a core role differs."""
    shared = 0
    for role in ROLES:
        one = {(actor, noun) for r, actor, _, noun in a.arguments if r == role}
        other = {(actor, noun) for r, actor, _, noun in b.arguments if r == role}
        if not one or not other:
            continue
        if any(_alike(x, y) for x in one for y in other):
            shared += 1
        elif role in CORE:
            return None
    return shared


def _alike(one: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    if one[0] and other[0]:
        return one[0] == other[0]
    return one[1] == other[1] or synonyms(one[1], other[1])


def opposed(one: str, other: str) -> bool:
    """Whether two predicates are opposites."""
    return other in opposites(one) or one in opposites(other)
