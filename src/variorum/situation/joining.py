"""Stances and posts over time: what the documents say one by one, joined.

What is told holds from its day until the same one takes the other side, or until it is said to have ended; the last
day on which it is told is kept. What different people say of the same stays apart: each has its row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from variorum.collation.words import is_function_word, stem
from variorum.records import Distinct, row_id
from variorum.situation.lists import section
from variorum.situation.offices import TITLE
from variorum.situation.wording import words_of

SINGLE: Final = section("single", "single")
"""Posts that one person holds at a time."""

Days = tuple[str | None, str | None]
"""First and last day possible (ISO 8601); None: not known."""

SIGNS: Final = {"recognises": 1, "supports": 1, "neutral": 0, "opposes": -1, "rejects": -1, "derecognises": -1}
REAL: Final = ("asserted", "reported")
"""Modalities of what is told to be so."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is told."""

    document: str
    origin: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StanceMention:
    """A stance in one document, with the actors of the corpus."""

    place: Place
    actor: str
    stance: str
    target: str | None
    issue: str | None
    as_office: str | None
    modality: str
    speakers: tuple[str, ...]
    """On whose word: ids of actors, or their words."""
    chain: str
    """The attributions around it as JSON."""
    outlet: str | None
    since: Days | None
    """Its own time, if one is told."""
    published: Days
    inferred: bool
    event: str | None
    """Id of the event that it is told by."""
    score: float
    reason: str


@dataclass(slots=True)
class StanceRow:
    """A stance over time."""

    id: str
    actor: str
    stance: str
    target: str | None
    issue: str | None
    as_office: str | None
    modality: str
    chain: str
    outlets: tuple[str, ...]
    since: Days | None
    until: Days | None
    confirmed: Days
    starts: str | None
    ends: str | None
    event: str | None
    places: tuple[Place, ...]
    score: float
    reason: str


def issue_key(words: str) -> tuple[str, ...]:
    """What tells one matter from another: the stems of its words up to the first preposition."""
    plain = words_of(words)
    kept: list[str] = []
    for word in plain:
        if is_function_word(word):
            if kept:
                break
            continue
        kept.append(stem(word))
    return tuple(kept) or tuple(plain)


def _day(one: StanceMention) -> str:
    """The day by which mentions are put in order."""
    if one.since is not None and one.since[0]:
        return one.since[0]
    return one.published[0] or one.published[1] or "9999"


def _order(one: StanceMention) -> tuple[object, ...]:
    return _day(one), one.place.document, one.place.start, one.place.end, one.stance, one.modality


def join_stances(mentions: Sequence[StanceMention]) -> tuple[StanceRow, ...]:
    """Stances over time, in order of id."""
    pairs: dict[tuple[str, str, tuple[str, ...]], list[StanceMention]] = defaultdict(list)
    for one in mentions:
        pairs[one.actor, one.target or "", issue_key(one.issue) if one.issue else ()].append(one)
    rows: list[StanceRow] = []
    ids = Distinct()
    for _, told in sorted(pairs.items()):
        order = sorted(
            told, key=lambda m: (_day(m), m.place.document, m.place.start, m.place.end, m.stance, m.modality)
        )
        rows += _of_pair(order, ids)
    return tuple(sorted(rows, key=lambda row: row.id))


@dataclass(slots=True)
class _Run:
    members: list[StanceMention] = field(default_factory=list)


def _of_pair(told: Sequence[StanceMention], ids: Distinct) -> Iterator[StanceRow]:
    """The rows of one actor towards one target: runs that a change of sides ends."""
    turns = _turns(told)
    runs: dict[tuple[str, str, tuple[str, ...], int], list[StanceMention]] = defaultdict(list)
    for one in told:
        runs[one.stance, one.modality, one.speakers, _phase(one, turns)].append(one)
    for (stance, modality, _, phase), members in runs.items():
        turn = turns[phase] if phase < len(turns) and modality in REAL else None
        yield _row(stance, modality, members, turn, ids)


def _turns(told: Sequence[StanceMention]) -> list[tuple[str, StanceMention]]:
    """The days on which an actor is told to change sides, by what is told to be so and has a day."""
    turns: list[tuple[str, StanceMention]] = []
    sign = 0
    for one in told:
        now = SIGNS[one.stance]
        if one.modality != "asserted" or one.inferred or not now:
            continue
        if sign and now != sign and _day(one) != "9999":
            turns.append((_day(one), one))
        sign = now
    return turns


def _phase(one: StanceMention, turns: Sequence[tuple[str, StanceMention]]) -> int:
    return sum(
        1 for day, turn in turns if _day(one) > day or (_day(one) == day and SIGNS[one.stance] == SIGNS[turn.stance])
    )


def _row(
    stance: str,
    modality: str,
    members: Sequence[StanceMention],
    turn: tuple[str, StanceMention] | None,
    ids: Distinct,
) -> StanceRow:
    first = members[0]
    dated = [m for m in members if m.since is not None and m.since[0]]
    since = min((m.since for m in dated if m.since is not None), key=lambda d: (d[0] or "", d[1] or ""), default=None)
    starts = since[0] if since else min((m.published[0] for m in members if m.published[0]), default=None)
    last = max(members, key=lambda m: (m.published[1] or m.published[0] or "", m.published[0] or ""))
    until, ends = None, None
    if turn is not None:
        ends = (date.fromisoformat(turn[0]) - timedelta(days=1)).isoformat()
        until = turn[1].since if turn[1].since and turn[1].since[0] else turn[1].published
    offices = Counter(m.as_office for m in members if m.as_office)
    issues = Counter(m.issue for m in members if m.issue)
    best = sorted(members, key=lambda m: (-m.score, m.place.document, m.place.start))
    origins = {m.place.origin for m in members}
    score = best[0].score
    reason = best[0].reason + (f"; {len(origins)} independent origins tell it" if len(origins) > 1 else "")
    event = next((m.event for m in best if m.event), None)
    return StanceRow(
        ids.row_id(
            "s",
            first.place.document,
            str(first.place.start),
            str(first.place.end),
            first.actor,
            stance,
            modality,
            first.target or first.issue or "",
        ),
        actor=first.actor,
        stance=stance,
        target=first.target,
        issue=min(issues, key=lambda w: (-issues[w], len(w), w)) if issues else None,
        as_office=offices.most_common(1)[0][0] if offices else None,
        modality=modality,
        chain=first.chain,
        outlets=tuple(sorted({m.outlet for m in members if m.outlet})),
        since=since,
        until=until,
        confirmed=last.published,
        starts=starts,
        ends=ends,
        event=event,
        places=_places(best),
        score=round(min(0.99, score + 0.03 * (len(origins) - 1)), 3),
        reason=reason,
    )


def _places(members: Iterable[StanceMention | HeldMention]) -> tuple[Place, ...]:
    """Places, the best first, each once."""
    return tuple(dict.fromkeys(m.place for m in members))


# --- posts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldMention:
    """Somebody in a post, in one document, with the actors of the corpus."""

    place: Place
    actor: str
    post: str
    body: str | None
    """Id of the actor whose post it is."""
    status: str
    voice: str | None
    """Id of the actor who says so; None: the outlet."""
    outlet: str | None
    since: Days | None
    until: Days | None
    published: Days
    near: tuple[tuple[str, int], ...]
    """States, places and organisations that the document speaks of, with how often."""
    states: frozenset[str]
    """Those of them that are states."""
    people: frozenset[str]
    """People whom it speaks of."""
    owned: bool
    """Whether the document says whose post it is, in words that lead to no actor."""
    score: float
    reason: str


@dataclass(slots=True)
class Office:
    """A post of a body."""

    id: str
    post: str
    body: str | None


@dataclass(slots=True)
class Occupancy:
    """Somebody in a post over time, according to somebody."""

    id: str
    actor: str
    office: str
    status: str
    since: Days | None
    until: Days | None
    confirmed: Days
    voice: str | None
    outlet: str | None
    places: tuple[Place, ...]
    score: float
    reason: str


def office_id(post: str, body: str | None) -> str:
    """The id of an office."""
    return row_id("i", post, body or "")


def _of_one_body(mentions: Sequence[HeldMention], names: Mapping[str, str]) -> list[HeldMention]:
    """Take two bodies for one where the same person has the same post in both and one is called shorter."""
    bodies: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in mentions:
        if one.body is not None:
            bodies[one.actor, one.post][one.body] += 1
    fuller: dict[tuple[str, str], str] = {}
    for (_, post), found in sorted(bodies.items()):
        words = {body: frozenset(words_of(names.get(body, ""))) for body in found}
        for short in sorted(found):
            longer = [body for body in found if words[short] < words[body]]
            if longer and words[short]:
                fuller[post, short] = min(longer, key=lambda b: (-found[b], b))
    return [
        replace(one, body=fuller[one.post, one.body]) if one.body and (one.post, one.body) in fuller else one
        for one in mentions
    ]


def with_bodies(mentions: Sequence[HeldMention]) -> list[HeldMention]:
    """Fill in whose post it is where a document does not say: as for the same person elsewhere, or the only one."""
    of_person: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    of_post: dict[str, Counter[str]] = defaultdict(Counter)
    for one in mentions:
        if one.body is not None:
            of_person[one.actor, one.post][one.body] += 1
            of_post[one.post][one.body] += 1
    claimed: dict[str, set[str]] = defaultdict(set)
    claimants: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        if one.status == "claims":
            claimed[one.post] |= of_person[one.actor, one.post].keys()
            claimants[one.post].add(one.actor)
    posts_of: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        if one.post and one.status in ("holds", "acting", "claims"):
            posts_of[one.actor].add(one.post)
    found = []
    for one in mentions:
        if not one.post:
            posts = posts_of[one.actor]
            if len(posts) != 1:
                continue
            one = replace(
                one,
                post=min(posts),
                score=round(0.8 * one.score, 3),
                reason=f"{one.reason}; the post by which others call him",
            )
        if one.body is None:
            own, others = of_person[one.actor, one.post], of_post[one.post]
            near = sorted((b for b, _ in one.near if b in claimed[one.post]), key=lambda b: (-others[b], b))
            if own:
                one = replace(one, body=min(own, key=lambda b: (-own[b], b)))
            elif one.owned:
                pass
            elif len(near) == 1 and claimants[one.post] & one.people - {one.actor}:
                one = _placed(one, near[0], 0.8, "the post that is disputed here")
            elif one.actor in claimants[one.post] and len(others) == 1:
                one = _placed(one, min(others), 0.8, "the only one of which documents tell")
        found.append(one)
    inferred: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.body is not None:
            inferred[one.actor, one.post][one.body] += 1

    def again(one: HeldMention) -> HeldMention:
        known = inferred.get((one.actor, one.post))
        if one.body is not None or one.owned or not known:
            return one
        return _placed(one, min(known, key=lambda b: (-known[b], b)), 0.7, "as other documents have it")

    return [again(one) for one in found]


def _by_courtesy(mentions: Sequence[HeldMention]) -> list[HeldMention]:
    """Titles that somebody still has whom the same voice calls former by then: "President Carter"."""
    ended: dict[tuple[str, str, str], str] = {}
    for one in mentions:
        day = one.published[1]
        if one.status == "former" and day:
            key = (one.actor, one.post, one.voice or one.outlet or "")
            ended[key] = min(day, ended.get(key, day))
    found = []
    for one in mentions:
        since = ended.get((one.actor, one.post, one.voice or one.outlet or ""))
        title = one.status == "holds" and one.reason.startswith(TITLE) and one.post in SINGLE
        if title and since and one.published[0] and one.published[0] >= since:
            why = f"{one.reason}; elsewhere called former"
            one = replace(one, status="former", score=round(0.8 * one.score, 3), reason=why)
        found.append(one)
    return found


def _placed(one: HeldMention, body: str, sure: float, why: str) -> HeldMention:
    return replace(one, body=body, score=round(sure * one.score, 3), reason=f"{one.reason}; {why}")


def join_posts(
    mentions: Sequence[HeldMention], names: Mapping[str, str] | None = None
) -> tuple[tuple[Office, ...], tuple[Occupancy, ...]]:
    """Offices, and who is in them over time according to whom; both in order of id. Names of actors by id help."""
    offices: dict[str, Office] = {}
    groups: dict[tuple[str, str, str, str, str], list[HeldMention]] = defaultdict(list)
    for one in _by_courtesy(with_bodies(_of_one_body(mentions, names or {}))):
        id = office_id(one.post, one.body)
        offices[id] = Office(id, one.post, one.body)
        groups[one.actor, id, one.status, one.voice or "", "" if one.voice else one.outlet or ""].append(one)
    rows = []
    for (actor, office, status, voice, outlet), told in groups.items():
        order = sorted(told, key=lambda m: (m.published[0] or "9999", m.place.document, m.place.start))
        best = sorted(told, key=lambda m: (-m.score, m.place.document, m.place.start))
        since = min(
            (m.since for m in told if m.since and m.since[0]), default=None, key=lambda d: (d[0] or "", d[1] or "")
        )
        until = max(
            (m.until for m in told if m.until and m.until[0]), default=None, key=lambda d: (d[0] or "", d[1] or "")
        )
        last = max(told, key=lambda m: (m.published[1] or m.published[0] or "", m.published[0] or ""))
        origins = {m.place.origin for m in told}
        first = order[0].place
        rows.append(
            Occupancy(
                row_id("h", first.document, str(first.start), str(first.end), actor, office, status, voice or outlet),
                *(actor, office, status, since, until, last.published, voice or None, outlet or None, _places(best)),
                *(round(min(0.99, best[0].score + 0.02 * (len(origins) - 1)), 3), best[0].reason),
            )
        )
    return tuple(sorted(offices.values(), key=lambda o: o.id)), tuple(sorted(rows, key=lambda r: r.id))
