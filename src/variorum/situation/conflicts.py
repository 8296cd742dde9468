"""Conflicts: claims, posts and stances that cannot both be so.

Numbers that differ beyond rounding and bounds, days that differ of what happens once, what is said to be so and not to
be so, one post with two holders, one actor on both sides. What lies apart in time is no conflict: values change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final, Literal

from variorum.records import row_id
from variorum.situation.claims import CORE, WITHIN, Claim, ClaimMention, agreement, same_time
from variorum.situation.lists import section

Kind = Literal["number", "time", "holder", "polarity", "stance"]

NEAR: Final = 3
"""Days by which two accounts of what happens once can differ."""
ALIKE: Final = 0.35
"""Share of the telling words of the shorter sentence that must be in the other, where no actor is shared."""
_NOT: Final = frozenset({"not", "n't", "n’t", "no", "never", "nor"})
CLOSE: Final = 0.15
"""The same, within one document."""
LITTLE: Final = 0.15
"""The same, where an actor or a day is."""
MANYFOLD: Final = 20
"""How many times the one the other number can be, of one thing."""
MUCH: Final = 0.5
"""The same, where one document looks back at it."""
LONGEST: Final = 10
"""Days that a value of what changes can be good for."""
LATER: Final = 120
"""Days after which it is no longer taken for the same."""
MOST: Final = 200
"""Claims that are looked up by one key, beyond which it tells too little."""
UNREAL: Final = ("planned", "conditional", "demanded")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    value: str
    """What it says."""
    claims: tuple[str, ...]
    """Ids of the claims, occupancies or stances that say so."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all be so."""

    id: str
    question: str
    kind: Kind
    sides: tuple[Side, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Claims with their mentions, as the search for conflicts sees them."""

    claims: Sequence[Claim]
    mentions: Sequence[ClaimMention]
    names: Mapping[str, str]
    """Names of actors by id."""

    def of(self, claim: Claim) -> list[ClaimMention]:
        """The mentions of a claim."""
        return [self.mentions[i] for i in claim.members]


@dataclass(frozen=True, slots=True)
class Altered:
    """A place where a copy says something else than what it was copied with."""

    kind: str
    """number, negation, role or time."""
    a: str
    """Id of a document."""
    b: str
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    words: tuple[str, str]
    """What stands there in either."""
    score: float


def conflicts_in(rows: Rows, altered: Sequence[Altered] = ()) -> tuple[Conflict, ...]:
    """The conflicts among claims, in order of id; ``altered`` are the places where copies differ in what they say."""
    rarity = _rarity(rows.mentions)
    found = [*_numbers(rows, rarity), *_polarity(rows, rarity), *_days(rows)]
    parted = [frozenset(id for side in one.sides for id in side.claims) for one in found]
    for one in _copied(rows, altered):
        own = frozenset(id for side in one.sides for id in side.claims)
        if not any(own <= known for known in parted):
            found.append(one)
    return tuple(sorted({one.id: one for one in found}.values(), key=lambda one: one.id))


# --- how much two claims are about the same --------------------------------------------------------------------------


def _rarity(mentions: Sequence[ClaimMention]) -> dict[str, float]:
    documents: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        for word in one.words:
            documents[word].add(one.document)
    total = len({one.document for one in mentions}) or 1
    return {word: log((total + 1) / len(held)) for word, held in documents.items()}


def _overlap(a: ClaimMention, b: ClaimMention, rarity: Mapping[str, float]) -> float:
    """Share of what tells one sentence that is in the other, by rarity; of the shorter one."""
    one, other = set(a.words), set(b.words)
    weights = [sum(rarity.get(w, 0.0) for w in words) for words in (one, other)]
    least = min(weights)
    return sum(rarity.get(w, 0.0) for w in one & other) / least if least > 0 else 0.0


def _of_one_thing(a: ClaimMention, b: ClaimMention, rarity: Mapping[str, float]) -> bool:
    """Whether two claims of one predicate and thing can be about the same case."""
    shared = agreement(a, b)
    if shared is None or not same_time(a, b, LATER):
        return False
    if a.predicate not in section("claims", "lasting") and not _at_once(a, b):
        return False
    if not same_time(a, b):
        return _overlap(a, b, rarity) >= MUCH
    if _is_elsewhere(a, b):
        return False
    actors = {x for _, x, _, _ in a.arguments if x} & {x for _, x, _, _ in b.arguments if x}
    same_day = a.earliest is not None and a.earliest == b.earliest and a.latest == b.latest == a.earliest
    alike = _overlap(a, b, rarity)
    return (bool(actors) and shared >= 1 and alike >= LITTLE) or (same_day and alike >= LITTLE) or alike >= ALIKE


def _is_elsewhere(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether both tell where, and not of one place; or whether one number is of another size altogether."""
    for role in ("in", "at", "on"):
        one, other = ({x or noun for r, x, _, noun in m.arguments if r == role} for m in (a, b))
        if one and other and not one & other:
            return True
    if a.value is None or b.value is None:
        return False
    low, high = sorted((abs(a.value.number), abs(b.value.number)))
    return high > MANYFOLD * max(low, 1)


def _at_once(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether two values of what changes are of one time: of the same days, or told within days of each other."""
    if a.earliest and b.earliest:
        return a.earliest == b.earliest and a.latest == b.latest
    if a.origin == b.origin:
        return True
    days = [(m.earliest, m.latest) if m.earliest else m.published for m in (a, b)]
    if not all(first and last for first, last in days):
        return False
    (one, until), (other, to) = days
    assert one and until and other and to
    between = (date.fromisoformat(other) - date.fromisoformat(until), date.fromisoformat(one) - date.fromisoformat(to))
    wide = max(date.fromisoformat(until) - date.fromisoformat(one), date.fromisoformat(to) - date.fromisoformat(other))
    return max(between).days <= NEAR and wide.days <= LONGEST


# --- what copies altered ---------------------------------------------------------------------------------------------


def _copied(rows: Rows, altered: Sequence[Altered]) -> Iterator[Conflict]:
    """What a copy says otherwise than the other copy of the same text."""
    here: dict[str, list[tuple[int, int, Claim, ClaimMention]]] = defaultdict(list)
    wanted = {one.a for one in altered} | {one.b for one in altered}
    for claim in rows.claims:
        for i in claim.members:
            one = rows.mentions[i]
            if one.document in wanted:
                here[one.document].append((one.start, one.end, claim, one))

    def holding(document: str, span: tuple[int, int]) -> tuple[Claim, ClaimMention] | None:
        inside = [
            (-(min(e, span[1]) - max(s, span[0])), e - s, s, c, m)
            for s, e, c, m in here[document]
            if s < span[1] and span[0] < e
        ]
        best = min(inside, key=lambda found: (*found[:3], found[3].id), default=None)
        return (best[3], best[4]) if best else None

    for place in altered:
        a, b = holding(place.a, place.a_span), holding(place.b, place.b_span)
        if a is None or b is None or a[0].id == b[0].id:
            continue
        if place.kind != "number" and not a[1].keys & b[1].keys:
            continue
        if all(place.words) and len({word.lower() in _NOT for word in place.words}) > 1:
            continue  # "not" here and another word there: not aligned
        if _months_apart(a[1], b[1]):
            continue  # last month's report, with this month's figures
        kind: Kind = "number" if place.kind == "number" else "time" if place.kind == "time" else "polarity"
        question = (
            _whether(a[1], rows.names).removesuffix(": yes or no?") + f": “{place.words[0]}” or “{place.words[1]}”?"
        )
        sides = {place.words[0]: [a[0]], place.words[1]: [b[0]]}
        if len(sides) == 2:
            yield _conflict(kind, question, sides, round(0.9 * place.score, 3), "two copies of one text differ here")


def _months_apart(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether two documents are known to be published too far apart for the one to be a copy of the other's news."""
    (one, until), (other, to) = a.published, b.published
    if not (one and until and other and to):
        return False
    between = (date.fromisoformat(other) - date.fromisoformat(until), date.fromisoformat(one) - date.fromisoformat(to))
    return max(between).days > WITHIN


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(rows: Rows, rarity: Mapping[str, float]) -> Iterator[Conflict]:
    by_thing: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in rows.claims:
        first = rows.mentions[claim.members[0]]
        if first.value is not None and first.positive and first.modality not in UNREAL:
            by_thing[first.predicate, first.thing, first.value.unit].append(claim)
    for (_, thing, unit), claims in sorted(by_thing.items()):
        for group in _linked(claims, lambda a, b: _numbers_differ(rows, a, b, rarity)):
            sides: dict[str, list[Claim]] = defaultdict(list)
            for claim in sorted(group, key=lambda c: c.id):
                value = rows.mentions[claim.members[0]].value
                assert value is not None
                sides[_shown(value.words, unit, thing)].append(claim)
            if len(sides) > 1:
                first = rows.mentions[min(group, key=lambda c: c.id).members[0]]
                yield _conflict(
                    "number", _how_many(first, rows.names), sides, 0.8, "numbers that differ by more than rounding"
                )


def _shown(words: str, unit: str, thing: str) -> str:
    return " ".join(words.split())


def _numbers_differ(rows: Rows, a: Claim, b: Claim, rarity: Mapping[str, float]) -> bool:
    for one in rows.of(a)[:5]:
        for other in rows.of(b)[:5]:
            if one.value is None or other.value is None or one.value.fits(other.value):
                continue
            if one.document == other.document and one.voice == other.voice:
                continue  # "cut from 10,000 to 300", "22 died in El Paso and nine in Dayton"
            if _of_one_thing(one, other, rarity):
                return True
    return False


def _how_many(one: ClaimMention, names: Mapping[str, str]) -> str:
    who = [
        names.get(actor, words) if actor else words
        for role, actor, words, _ in one.arguments
        if role in ("subj", "obj", "in", "at", "on")
    ]
    what = one.value.unit if one.value is not None and one.value.unit != one.thing else ""
    about = ", ".join(dict.fromkeys(w for w in who if w))[:120]
    return (
        f"How many ({what or one.thing}) – {one.predicate}: {about}?"
        if about
        else f"How many {one.thing} – {one.predicate}?"
    )


# --- so and not so ---------------------------------------------------------------------------------------------------


def _polarity(rows: Rows, rarity: Mapping[str, float]) -> Iterator[Conflict]:
    by_key: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in rows.claims:
        first = rows.mentions[claim.members[0]]
        if first.modality in UNREAL or not first.act or first.predicate in section("claims", "empty"):
            continue
        for key in {key for _, key in first.keys}:
            by_key[first.predicate, key].append(claim)
    seen: set[tuple[str, str]] = set()
    for claims in by_key.values():
        if len(claims) > MOST:
            continue
        yes = [c for c in claims if rows.mentions[c.members[0]].positive]
        no = [c for c in claims if not rows.mentions[c.members[0]].positive]
        for a in yes:
            for b in no:
                if (a.id, b.id) in seen or not _contradict(rows, a, b, rarity):
                    continue
                seen.add((a.id, b.id))
                one = rows.mentions[a.members[0]]
                yield _conflict(
                    "polarity",
                    _whether(one, rows.names),
                    {"yes": [a], "no": [b]},
                    0.7,
                    "said to be so, and not to be so",
                )


def _contradict(rows: Rows, a: Claim, b: Claim, rarity: Mapping[str, float]) -> bool:
    for one in rows.of(a)[:5]:
        for other in rows.of(b)[:5]:
            if one.value is not None and other.value is not None and one.value.number != other.value.number:
                continue
            shared = agreement(one, other)
            if one.document == other.document and one.voice == other.voice:
                continue
            if shared and one.document == other.document and _of_one_object(one, other):
                if shared >= 2 or _overlap(one, other, rarity) >= CLOSE:
                    return True  # one document, two who say so and not so
                continue
            if shared is None or not same_time(one, other, NEAR) or _overlap(one, other, rarity) < ALIKE:
                continue
            core = {role for role, _, _, _ in one.arguments} & {role for role, _, _, _ in other.arguments} & set(CORE)
            if core and (shared >= 2 or _overlap(one, other, rarity) >= MUCH):
                return True
    return False


def _of_one_object(a: ClaimMention, b: ClaimMention) -> bool:
    """Whether two claims have the same object, a noun that both have."""
    one = {noun for role, _, _, noun in a.arguments if role == "obj"}
    return bool(one & {noun for role, _, _, noun in b.arguments if role == "obj"} - {""})


def _whether(one: ClaimMention, names: Mapping[str, str]) -> str:
    parts = {role: names.get(actor, words) if actor else words for role, actor, words, _ in reversed(one.arguments)}
    subject = parts.get("subj", "")
    rest = " ".join(
        f"{'' if role in ('obj', 'comp', 'iobj') else role + ' '}{words}"
        for role, words in parts.items()
        if role != "subj"
    )
    return f"{subject or 'Somebody'} – {one.predicate} {rest}: yes or no?".replace("  ", " ")[:200]


# --- days ------------------------------------------------------------------------------------------------------------


def _days(rows: Rows) -> Iterator[Conflict]:
    by_key: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in rows.claims:
        first = rows.mentions[claim.members[0]]
        if (
            first.predicate in section("claims", "once")
            and first.positive
            and first.modality not in UNREAL
            and first.earliest
        ):
            for _, key in first.keys:
                by_key[first.predicate, key].append(claim)
    seen: set[tuple[str, ...]] = set()
    for claims in by_key.values():
        if len(claims) > MOST:
            continue
        for group in _linked(claims, lambda a, b: _days_differ(rows, a, b)):
            ids = tuple(sorted(c.id for c in group))
            if ids in seen:
                continue
            seen.add(ids)
            sides: dict[str, list[Claim]] = defaultdict(list)
            for claim in sorted(group, key=lambda c: c.id):
                sides[rows.mentions[claim.members[0]].earliest or ""].append(claim)
            if len(sides) > 1:
                one = rows.mentions[min(group, key=lambda c: c.id).members[0]]
                yield _conflict(
                    "time",
                    "When: " + _whether(one, rows.names).removesuffix(": yes or no?") + "?",
                    sides,
                    0.6,
                    "days that differ, of what happens once",
                )


def _days_differ(rows: Rows, a: Claim, b: Claim) -> bool:
    one, other = rows.mentions[a.members[0]], rows.mentions[b.members[0]]
    if not one.earliest or not other.earliest or one.earliest != one.latest or other.earliest != other.latest:
        return False
    if one.value is not None and other.value is not None and not one.value.fits(other.value):
        return False
    apart = abs((date.fromisoformat(one.earliest) - date.fromisoformat(other.earliest)).days)
    shared = agreement(one, other)
    return 0 < apart <= NEAR and shared is not None and shared >= 1


def _linked(claims: Sequence[Claim], differ: Callable[[Claim, Claim], bool]) -> Iterator[list[Claim]]:
    """Claims in groups that differences link; of at most MOST."""
    claims = sorted(claims, key=lambda c: c.id)[:MOST]
    linked: dict[str, set[str]] = defaultdict(set)
    known = {c.id: c for c in claims}
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            if differ(a, b):
                linked[a.id].add(b.id)
                linked[b.id].add(a.id)
    seen: set[str] = set()
    for start in sorted(linked):
        if start in seen:
            continue
        group, waiting = set(), [start]
        while waiting:
            at = waiting.pop()
            if at not in group:
                group.add(at)
                waiting += sorted(linked[at])
        seen |= group
        yield [known[id] for id in sorted(group)]


def _conflict(kind: Kind, question: str, sides: Mapping[str, Sequence[Claim]], score: float, reason: str) -> Conflict:
    made = tuple(Side(value, tuple(c.id for c in claims)) for value, claims in sides.items())
    least = min((c.score for claims in sides.values() for c in claims), default=1.0)
    first = min(id for side in made for id in side.claims)
    return Conflict(row_id("x", kind, first), question, kind, made, round(score * (0.5 + 0.5 * least), 3), reason)
