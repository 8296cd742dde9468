"""Which type an event has, who acts and who is concerned, on PLOVER's own gold records.

    python benchmarks/plover.py [--data ../shared/data] [--json FILE] [--errors]

322 coded sentences (openeventdata/PLOVER, CC BY-SA 4.0), which the CAMEO code book gave. The mapping of predicates was
written in sight of one half of them, by a hash of their ids; figures are of either half. *Type*: of the first event
whose trigger is in the words that the record codes, else of the first that has a type; *strict*: of the surest event of
the sentence, whatever the record codes; *anywhere*: of any event of the sentence. *Actor*, *recipient*: of the same
event as *type*, a word in common with the record's; *actor if right*, *recipient if right*: where its type is right.

The records are of 2016 and have older names of types. DEMAND is REQUEST, and DISAPPROVE and INVESTIGATE are ACCUSE, as
the manual of 2021 says; FIGHT is ASSAULT. What the table of 2021 has moved counts either way: destroyed property
(mode destroy: COERCE or ASSAULT), accusing and rejecting in public (DISAPPROVE: ACCUSE or REJECT), occupied territory
(FIGHT: ASSAULT or COERCE). PLOVER codes what is meant, and we the act and how it is put: a friendly act that is planned
is AGREE too, a hostile one THREATEN, a demanded one REQUEST, a friendly one that is denied ("will not release") REJECT.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures import run
from variorum.language import annotate_all
from variorum.situation.happening import Happened, happened_in
from variorum.situation.telling import Telling, Who

OLDER = {
    "DEMAND": {"REQUEST"},
    "DISAPPROVE": {"ACCUSE", "REJECT"},
    "FIGHT": {"ASSAULT", "COERCE"},
    "INVESTIGATE": {"ACCUSE"},
}
FRIENDLY = {"AID", "COOPERATE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT", "AGREE"}
HOSTILE = {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST", "REJECT"}
DULL = {"the", "a", "an", "of", "and", "in", "to"}
ROLES = (("actor", "source"), ("recipient", "target"))


def records(data: Path) -> list[dict[str, Any]]:
    """The coded sentences."""
    with gzip.open(data / "events" / "plover_gsr.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row.get("text")]


def seen(row: Mapping[str, Any]) -> bool:
    """Whether a record is in the half that was looked at."""
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


def words(text: str) -> set[str]:
    """Words that tell."""
    return set(re.findall(r"\w+", text.lower())) - DULL


def wanted(row: Mapping[str, Any]) -> set[str]:
    """The types that are right for a record."""
    moved = {"ASSAULT"} if row.get("mode") == "destroy" else set()
    return OLDER.get(row["event"], {row["event"]}) | moved


def types(event: Happened) -> set[str | None]:
    """The types that an event can be coded with."""
    found = {event.type}
    if event.modality in ("planned", "conditional"):
        found |= {"AGREE"} if event.type in FRIENDLY else {"THREATEN"} if event.type in HOSTILE else set()
    if event.modality == "demanded":
        found.add("REQUEST")
    if event.modality == "denied" and event.type in FRIENDLY:
        found.add("REJECT")
    return found


def named(parties: Iterable[Any] | None) -> set[str]:
    """Words for the parties of a record."""
    return {w for party in parties or () if isinstance(party, dict) for w in words(str(party.get("actorText") or ""))}


def among(whos: Iterable[Who], told: Telling, party: set[str]) -> bool:
    """Whether somebody has a word in common with the record's party, by any of the mentions of that actor."""
    return any(words(told.words_at(start, end)) & party for who in whos for start, end in mentions(who, told))


def mentions(who: Who, told: Telling) -> Iterable[tuple[int, int]]:
    """Where somebody is named, there or elsewhere in the sentence."""
    yield who.start, who.end
    if who.actor is not None:
        yield from ((one.start, one.end) for one in told.annotation.actors[who.actor].mentions)


def coded(row: Mapping[str, Any], events: Sequence[Happened]) -> Happened | None:
    """The event that a record codes, as far as its words tell."""
    text, code = row["text"], words(str(row.get("eventText") or ""))

    def rank(event: Happened) -> tuple[bool, bool, int]:
        inside = bool(words(text[event.trigger[0] : event.trigger[1]]) & code)
        return inside, event.type is not None, -event.trigger[0]

    return max(events, key=rank, default=None)


def surest(events: Sequence[Happened]) -> Happened | None:
    """The surest event; of several, the first."""
    return max(events, key=lambda event: (event.type is not None, event.score, -event.start), default=None)


def measure(data: Path, errors: bool = False) -> Mapping[str, float]:
    """Code the sentences, and compare."""
    rows = records(data)
    hits: Counter[str] = Counter()
    trials: Counter[str] = Counter()

    def count(name: str, hit: bool) -> None:
        hits[name] += hit
        trials[name] += 1

    for row, annotation in zip(rows, annotate_all([row["text"] for row in rows]), strict=True):
        text, half, types_wanted = row["text"], "seen" if seen(row) else "unseen", wanted(row)
        told = Telling(text, annotation)
        events = happened_in(told, every=True)
        best, first = coded(row, events), surest(events)
        right = best is not None and bool(types(best) & types_wanted)
        count(f"{half} half, type", right)
        count(f"{half} half, strict", first is not None and bool(types(first) & types_wanted))
        count(f"{half} half, anywhere", any(types(event) & types_wanted for event in events))
        for role, side in ROLES:
            party = named(row.get(side))
            whos = () if best is None else best.actors if role == "actor" else best.recipients
            if party:
                count(f"{half} half, {role}", among(whos, told, party))
            if party and right:
                count(f"{half} half, {role} if right", among(whos, told, party))
        if errors and half == "seen" and not right:
            print(row["event"], best and (best.type, best.subtype), text[:160])
    return {name: 100 * hits[name] / trials[name] for name in sorted(trials)}


if __name__ == "__main__":
    run(__doc__, measure)
