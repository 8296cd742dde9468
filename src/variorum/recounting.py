"""The stage that says what the situation is: who stands where, who holds what, what happened, what is claimed.

What a document tells is found in it alone and kept; what joins documents is worked out anew from all of them, unless
nothing that it is made of changed. So what comes out does not depend on the order in which documents came.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

from variorum.edition import situation as stored
from variorum.edition import writing
from variorum.edition.situation import Source, chain_json, date_json, insert, put_evidence
from variorum.progress import Progress
from variorum.recipes import code_of
from variorum.records import row_id
from variorum.situation.claims import Claim, Claimed, ClaimMention, group_claims
from variorum.situation.conflicts import Conflict, Rows, conflicts_in
from variorum.situation.events import Event, EventMention, group
from variorum.situation.findings import Findings
from variorum.situation.happening import Happened
from variorum.situation.joining import (
    Days,
    HeldMention,
    Occupancy,
    Office,
    Place,
    StanceMention,
    StanceRow,
    join_posts,
    join_stances,
)
from variorum.situation.omissions import omissions_in
from variorum.situation.parting import holders, stance_conflicts
from variorum.situation.standins import Standin, standins
from variorum.situation.telling import Who
from variorum.situation.wording import folded

_TOLD = ("asserted", "reported", "alleged", "planned", "demanded", "conditional", "denied")
"""Modalities, the plainest first."""


WIDEST: Final = 31
"""Days that the time of an event in which nobody is named may cover, for it to be told."""


@dataclass
class _Corpus:
    """All that the documents tell, with the actors of the corpus."""

    names: Mapping[str, tuple[str, str]]
    named: frozenset[str]
    """Actors whom a document names, and does not only describe."""
    standins: Mapping[str, Standin] = field(default_factory=dict)
    """For whom governments act."""
    numbers: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, str | None] = field(default_factory=dict)
    published: dict[str, Days] = field(default_factory=dict)
    stances: list[StanceMention] = field(default_factory=list)
    held: list[HeldMention] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    told: dict[str, tuple[Source, Happened]] = field(default_factory=dict)
    """Event mentions by id."""
    of_frame: dict[tuple[str, int], str] = field(default_factory=dict)
    """Ids of event mentions by document and frame."""
    claims: list[ClaimMention] = field(default_factory=list)


def recount(connection: sqlite3.Connection, progress: Progress) -> None:
    """Bring the rows of the situation up to date; inside of the caller's transaction."""
    package = resources.files("variorum")
    code = code_of(package / "situation")[:12] + code_of(package / "language")[:8]
    changed = stored.untold(connection, code)
    stored.drop_findings(connection)
    if changed:
        progress.start("who does what", len(changed))
    for n in changed:
        stored.put_findings(connection, n, code)
        progress.advance()
    signature = f"{code} {stored.facts(connection)}"
    if writing.get_meta(connection).get("recounted") == signature:
        return
    progress.start("the situation", 5)
    stored.clear(connection)
    corpus = _gather(connection)
    progress.advance()
    events = _put_events(connection, corpus)
    progress.advance()
    stances = join_stances(_with_events(corpus, events))
    _put_stances(connection, corpus, stances)
    offices, occupancies = join_posts(corpus.held, {id: name for id, (name, _) in corpus.names.items()})
    _put_offices(connection, corpus, offices, occupancies)
    progress.advance()
    claims = group_claims(corpus.claims)
    rows = Rows(claims, corpus.claims, {id: name for id, (name, _) in corpus.names.items()})
    conflicts = [
        *conflicts_in(rows, stored.altered(connection)),
        *holders(offices, occupancies, rows.names),
        *stance_conflicts(stances, rows.names),
    ]
    progress.advance()
    _put_claims(connection, corpus, claims, conflicts, stances, occupancies)
    progress.advance()
    writing.put_meta(connection, "recounted", signature)


# --- gathering -------------------------------------------------------------------------------------------------------


def _gather(connection: sqlite3.Connection) -> _Corpus:
    others = standins(stored.bodies(connection))
    corpus = _Corpus(stored.names(connection), stored.named(connection), others)
    shares = stored.shares(connection)
    for row in connection.execute(
        "SELECT n, id, outlet, published_earliest, published_latest FROM documents ORDER BY id"
    ):
        corpus.numbers[row["id"]] = row["n"]
        corpus.outlets[row["id"]] = row["outlet"]
        corpus.published[row["id"]] = (row["published_earliest"], row["published_latest"])
    for n, found in stored.findings(connection):
        source = stored.source(connection, n, shares, corpus.names)
        _add_events(corpus, source, found)
        _add_stances(corpus, source, found)
        _add_held(corpus, source, found)
        _add_claims(corpus, source, found)
        _put_labels(connection, corpus, source, found)
    return corpus


def _acts(corpus: _Corpus, actor: str | None) -> bool:
    return actor is not None and corpus.names.get(actor, ("", ""))[1] not in ("", "place")


def _add_stances(corpus: _Corpus, source: Source, found: Findings) -> None:
    for one in found.stances:
        (actor, sure, why), target = _meant(corpus, source, one.actor), source.actor(one.target)
        if actor is None or (one.target is not None and not _acts(corpus, target)) or actor == target:
            continue
        chain = source.chain(one.attribution)
        corpus.stances.append(
            StanceMention(
                place=source.place(one.start, one.end),
                actor=actor,
                stance=one.stance,
                target=target,
                issue=one.issue,
                as_office=one.as_office.name if one.as_office else None,
                modality=one.modality,
                speakers=_speakers(chain),
                chain=chain_json(chain),
                outlet=source.outlet,
                since=source.days(one.time),
                published=source.published,
                inferred=one.inferred,
                event=corpus.of_frame.get((source.id, one.frame)),
                score=round(one.score * sure, 3),
                reason="; ".join(part for part in (one.reason, why) if part),
            )
        )


def _meant(corpus: _Corpus, source: Source, who: Who) -> tuple[str | None, float, str]:
    """Who acts where words mean somebody, with how sure that is and why: of a government, the state."""
    actor = source.actor(who)
    if actor is None:
        return (_state_named(corpus, who.name) if who.note and who.actor is None else None), 1.0, ""
    other = corpus.standins.get(actor)
    return (actor, 1.0, "") if other is None else (other.of, other.score, other.reason)


def _speakers(chain: Sequence[stored.Told]) -> tuple[str, ...]:
    return tuple(actor or folded(name) for told in chain[:1] for actor, name in told.speakers)


def _add_held(corpus: _Corpus, source: Source, found: Findings) -> None:
    for one in found.held:
        actor = source.actor(one.actor)
        if actor is None or actor not in corpus.named or corpus.names[actor][1] != "person":
            continue
        voice = _meant(corpus, source, one.by)[0] if one.by is not None else None
        if one.by is not None and voice is None:
            continue
        if voice is None and one.attribution is not None:
            chain = source.chain(one.attribution)
            voice = next((a for a, _ in chain[0].speakers if a), None) if chain else None
        body = source.actor(one.post.body)
        if body is None and one.post.body is not None:
            body = _state_named(corpus, one.post.body.name)
        corpus.held.append(
            HeldMention(
                *(source.place(one.start, one.end), actor, one.post.name, body, one.status, voice, source.outlet),
                *(source.days(one.since), source.days(one.until), source.published, source.near),
                states=_states(corpus, source),
                people=_people(corpus, source),
                owned=one.post.body is not None and body is None,
                score=one.score,
                reason=one.reason,
            )
        )


def _states(corpus: _Corpus, source: Source) -> frozenset[str]:
    return frozenset(actor for actor, _ in source.near if corpus.names[actor][1] == "state")


def _people(corpus: _Corpus, source: Source) -> frozenset[str]:
    return frozenset(actor for actor in source.cast.values() if corpus.names.get(actor, ("", ""))[1] == "person")


def _state_named(corpus: _Corpus, words: str) -> str | None:
    """The state that an adjective is of: "Venezuelan"; None unless there is one such."""
    plain = folded(words).removesuffix("'s").removesuffix("’s").split()
    if not plain:
        return None
    found = {
        id
        for id, (name, kind) in corpus.names.items()
        if kind == "state"
        and len(name) >= 4
        and any(p[:4] == folded(name)[:4] and len(p) >= len(name) - 2 for p in plain)
    }
    return min(found) if len(found) == 1 else None


def _add_events(corpus: _Corpus, source: Source, found: Findings) -> None:
    for one in found.happened:
        id = row_id("n", source.id, str(one.trigger[0]), str(one.trigger[1]), one.subtype)
        if id in corpus.told:
            continue
        days = source.days(one.time)
        known = any(source.actor(who) for who in (*one.actors, *one.recipients))
        if not known and (days is None or not days[0] or not days[1] or _length(days) > WIDEST):
            continue
        place = source.place(one.start, one.end)
        corpus.told[id] = (source, one)
        corpus.of_frame[source.id, one.frame] = id

        def key(who: Who) -> str:
            actor = _meant(corpus, source, who)[0]
            return actor if actor in corpus.named else f"name:{folded(who.name)}"

        corpus.events.append(
            EventMention(
                id=id,
                document=source.id,
                start=one.trigger[0],
                end=one.trigger[1],
                predicate=one.subtype,
                pos="verb",
                type=one.type,
                subtype=one.subtype,
                actors=tuple(key(w) for w in one.actors),
                recipients=tuple(key(w) for w in one.recipients),
                earliest=days[0] if days else None,
                latest=days[1] if days else None,
                published=source.published,
                place=one.place,
                modality=one.modality,
                words=one.words,
                origin=place.origin,
                zone=source.zone(one.trigger[0]),
            )
        )


def _add_claims(corpus: _Corpus, source: Source, found: Findings) -> None:
    for one in found.claimed:
        corpus.claims.append(_claim(source, one))


def _claim(source: Source, one: Claimed) -> ClaimMention:
    place = source.place(one.start, one.end)
    days = source.days(one.time)
    chain = source.chain(one.attribution)
    speakers = _speakers(chain)
    return ClaimMention(
        document=source.id,
        origin=place.origin,
        start=one.start,
        end=one.end,
        predicate=one.predicate,
        arguments=tuple((a.role, source.actor(a.who), a.who.name, a.stem) for a in one.arguments),
        value=one.value,
        thing=one.thing,
        positive=one.positive,
        modality=one.modality,
        voice=speakers[0] if speakers else source.outlet or "",
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        published=source.published,
        words=one.words,
        act=one.act,
        score=one.score,
    )


# --- events ----------------------------------------------------------------------------------------------------------


def _put_events(connection: sqlite3.Connection, corpus: _Corpus) -> dict[str, str]:
    """Write the events; return the event of each mention."""
    of: dict[str, str] = {}
    for event in group(corpus.events):
        told = [corpus.told[id] for id in event.members]
        of.update(dict.fromkeys(event.members, event.id))
        _put_event(connection, corpus, event, told)
    return of


def _put_event(
    connection: sqlite3.Connection, corpus: _Corpus, event: Event, told: Sequence[tuple[Source, Happened]]
) -> None:
    ranked = sorted(told, key=lambda t: (_TOLD.index(t[1].modality), -t[1].score, t[0].id, t[1].start))
    source, best = ranked[0]
    types = Counter(one.type for _, one in told if one.type)
    subtypes = Counter(one.subtype for _, one in told)
    documents, origins = put_evidence(
        connection, "event", event.id, [s.place(one.start, one.end) for s, one in ranked], corpus.numbers
    )
    days, method, reliable = _when(told)
    text = connection.execute("SELECT text FROM texts WHERE document = ?", [source.n]).fetchone()["text"]
    plain = any(one.modality == "asserted" for _, one in told)
    insert(connection, "events", {
        "id": event.id,
        "type": min(types, key=lambda t: (-types[t], t)) if types else None,
        "subtype": min(subtypes, key=lambda t: (-subtypes[t], t)),
        "summary": shorten(text[best.start : best.end]),
        "at": date_json(days, method, reliable),
        "earliest": days[0] if days else None,
        "latest": days[1] if days else None,
        "place": next((one.place for _, one in ranked if one.place), None),
        "modality": best.modality,
        "attributed": "[]" if plain else chain_json(source.chain(best.attribution)),
        "documents": len(documents),
        "origins": origins,
        "score": round(min(0.99, best.score * event.score + 0.03 * (len(origins) - 1)), 3),
        "reason": event.reason,
    })  # fmt: skip
    for role, parts in (("actor", "actors"), ("recipient", "recipients")):
        seen: dict[str, tuple[str | None, str]] = {}
        for s, one in ranked:
            for who in getattr(one, parts):
                actor = _meant(corpus, s, who)[0]
                name = corpus.names[actor][0] if actor else who.name
                if actor or not seen:
                    seen.setdefault(actor or folded(name), (actor, name))
        for place, (actor, name) in enumerate(seen.values()):
            insert(connection, "parts", {"event": event.id, "role": role, "place": place, "actor": actor, "name": name})


def _when(told: Sequence[tuple[Source, Happened]]) -> tuple[Days | None, str, bool]:
    """The day of an event: the closest that most origins name; else, of what is past, until it was published."""
    named: Counter[Days] = Counter()
    origins: dict[Days, set[str]] = defaultdict(set)
    reliable: dict[Days, bool] = {}
    for source, one in told:
        days = source.days(one.time)
        if days is not None and days[0] and days[1]:
            origins[days].add(source.place(one.start, one.end).origin)
            reliable[days] = reliable.get(days, False) or source.times[one.time or 0][1]
    for days, held in origins.items():
        named[days] = len(held)
    if named:
        best = min(named, key=lambda d: (_length(d), -named[d], d))
        close = [d for d in named if _length(d) == _length(best)]
        best = min(close, key=lambda d: (-named[d], d))
        return best, "said", reliable[best]
    past = [
        s.published[1]
        for s, one in told
        if one.tense == "past" and one.modality in ("asserted", "reported") and s.published[1]
    ]
    if past:
        return (None, min(past)), "publication", False
    return None, "", False


def _length(days: Days) -> int:
    from datetime import date

    return (date.fromisoformat(days[1] or "") - date.fromisoformat(days[0] or "")).days


def shorten(words: str, most: int = 160) -> str:
    """Words for a summary: white space collapsed, cut at a word."""
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"


# --- stances and posts -----------------------------------------------------------------------------------------------


def _with_events(corpus: _Corpus, of: Mapping[str, str]) -> list[StanceMention]:
    from dataclasses import replace

    return [replace(one, event=of.get(one.event) if one.event and one.inferred else None) for one in corpus.stances]


def _put_stances(connection: sqlite3.Connection, corpus: _Corpus, rows: Sequence[StanceRow]) -> None:
    for row in rows:
        documents, origins = put_evidence(connection, "stance", row.id, row.places, corpus.numbers)
        insert(connection, "stances", {
            "id": row.id, "actor": row.actor, "stance": row.stance, "target": row.target, "issue": row.issue,
            "as_office": row.as_office, "since": date_json(row.since, "said"),
            "until": date_json(row.until, "contradicted"),
            "confirmed": date_json(row.confirmed, "publication"), "starts": row.starts, "ends": row.ends,
            "modality": row.modality, "attributed": row.chain, "outlets": list(row.outlets), "event": row.event,
            "documents": len(documents), "origins": origins, "score": row.score, "reason": row.reason,
        })  # fmt: skip


def _put_offices(
    connection: sqlite3.Connection, corpus: _Corpus, offices: Sequence[Office], rows: Sequence[Occupancy]
) -> None:
    told: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        told[row.office] += row.places
    for office in offices:
        body = corpus.names[office.body][0] if office.body else None
        insert(connection, "offices", {
            "id": office.id, "name": f"{office.post} of {body}" if body else office.post, "post": office.post,
            "body": office.body, "body_name": body, "documents": len({p.document for p in told[office.id]}),
            "origins": sorted({p.origin for p in told[office.id]}),
        })  # fmt: skip
    for row in rows:
        documents, origins = put_evidence(connection, "occupancy", row.id, row.places, corpus.numbers)
        insert(connection, "occupancies", {
            "id": row.id, "actor": row.actor, "office": row.office, "status": row.status,
            "since": date_json(row.since, "said"), "until": date_json(row.until, "said"),
            "confirmed": date_json(row.confirmed, "publication"), "voice": row.voice, "outlet": row.outlet,
            "documents": len(documents), "origins": origins, "score": row.score, "reason": row.reason,
        })  # fmt: skip


# --- labels ----------------------------------------------------------------------------------------------------------


def _put_labels(connection: sqlite3.Connection, corpus: _Corpus, source: Source, found: Findings) -> None:
    seen: set[tuple[int, int, str | None]] = set()
    for one in found.labels:
        actor = source.cast.get(one.actor) if one.actor is not None else None
        if (one.start, one.end, actor or one.head) in seen:
            continue  # two actors of the document, who are one in the corpus
        seen.add((one.start, one.end, actor or one.head))
        if actor is None and one.event is None:
            continue
        if actor is not None and corpus.names[actor][1] == "place" and one.tone == "plain":
            continue
        event = None if actor else one.head
        chain = source.chain(one.attribution)
        speaker = chain[0].speakers[0] if chain and chain[0].speakers else None
        if chain and speaker is None:
            speaker = (None, "somebody who is not named")
        place = source.place(one.start, one.end)
        insert(connection, "labels", {
            "id": row_id("w", source.id, str(one.start), str(one.end), str(actor or event)),
            "actor": actor, "event": event, "label": one.words, "head": one.head, "document": source.n,
            "outlet": source.outlet, "voice": speaker[0] if speaker else None,
            "voice_name": speaker[1] if speaker else None,
            "tone": one.tone, "scare": int(one.scare), "start": one.start, "end": one.end, "origin": place.origin,
            "score": one.score, "reason": one.reason,
        })  # fmt: skip


# --- claims, conflicts, omissions ------------------------------------------------------------------------------------


def _put_claims(
    connection: sqlite3.Connection,
    corpus: _Corpus,
    claims: Sequence[Claim],
    conflicts: Sequence[Conflict],
    stances: Sequence[StanceRow],
    occupancies: Sequence[Occupancy],
) -> None:
    missing = omissions_in(claims, corpus.claims, stored.drops(connection))
    wanted = {id for conflict in conflicts for side in conflict.sides for id in side.claims} | {
        m.claim for m in missing
    }
    for claim in claims:
        told = [corpus.claims[i] for i in claim.members]
        first = told[0]
        if claim.id in wanted or len({m.document for m in told}) > 1 or first.value is not None or not first.positive:
            _put_claim(connection, corpus, claim, told)
    places: dict[str, Sequence[Place]] = {row.id: row.places for row in stances}
    places |= {row.id: row.places for row in occupancies}
    for claim in claims:
        places[claim.id] = tuple(_place(corpus.claims[i]) for i in claim.members)
    for conflict in conflicts:
        _put_conflict(connection, conflict, places)
    for one in missing:
        insert(connection, "omissions", {
            "id": row_id("z", one.claim, one.document), "claim": one.claim, "document": corpus.numbers[one.document],
            "carried": list(one.carried), "parent": one.parent, "score": one.score, "reason": one.reason,
        })  # fmt: skip


def _place(one: ClaimMention) -> Place:
    return Place(one.document, one.origin, one.start, one.end)


def _put_claim(connection: sqlite3.Connection, corpus: _Corpus, claim: Claim, told: Sequence[ClaimMention]) -> None:
    first = told[0]
    documents, origins = put_evidence(connection, "claim", claim.id, [_place(m) for m in told], corpus.numbers)
    text = connection.execute("SELECT text FROM texts WHERE document = ?", [corpus.numbers[first.document]]).fetchone()[
        "text"
    ]
    dated = next((m for m in told if m.earliest or m.latest), None)
    insert(connection, "claims", {
        "id": claim.id, "predicate": first.predicate,
        "arguments": [{"role": role, "actor": actor, "text": words} for role, actor, words, _ in first.arguments],
        "value": first.value.words if first.value else None, "polarity": "positive" if first.positive else "negative",
        "modality": min((m.modality for m in told), key=_TOLD.index),
        "at": date_json((dated.earliest, dated.latest), "said") if dated else None,
        "summary": shorten(text[first.start : first.end], 240), "documents": len(documents), "origins": origins,
        "score": claim.score, "reason": claim.reason,
    })  # fmt: skip
    actors = {actor for m in told for _, actor, _, _ in m.arguments if actor}
    connection.executemany("INSERT INTO claim_actors VALUES (?, ?)", [(claim.id, actor) for actor in sorted(actors)])


def _put_conflict(connection: sqlite3.Connection, conflict: Conflict, places: Mapping[str, Sequence[Place]]) -> None:
    told = [[p for id in side.claims for p in places[id]] for side in conflict.sides]
    everywhere = [p for side in told for p in side]
    origins = sorted({p.origin for p in everywhere})
    counts = sorted((len({p.origin for p in side}) for side in told), reverse=True)
    insert(connection, "conflicts", {
        "id": conflict.id, "question": conflict.question, "kind": conflict.kind,
        "weight": round(conflict.score * (counts[0] + 2 * sum(counts[1:])), 3),
        "documents": len({p.document for p in everywhere}), "origins": origins,
        "score": conflict.score, "reason": conflict.reason,
    })  # fmt: skip
    order = sorted(range(len(told)), key=lambda i: (-len({p.origin for p in told[i]}), conflict.sides[i].value))
    for place, i in enumerate(order):
        side = conflict.sides[i]
        insert(connection, "sides", {
            "conflict": conflict.id, "place": place, "value": side.value, "claims": list(side.claims),
            "documents": sorted({p.document for p in told[i]}), "origins": sorted({p.origin for p in told[i]}),
        })  # fmt: skip


__all__ = ["json", "recount"]
