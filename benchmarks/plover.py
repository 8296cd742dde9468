"""Which type an event has, who acts and who is concerned, on PLOVER's own gold records.

    python benchmarks/plover.py [--data ../shared/data] [--json FILE] [--errors]

322 coded sentences (openeventdata/PLOVER, CC BY-SA 4.0). The mapping of predicates was written in sight of one half of
them, by a hash of their ids; figures are of either half. *Type*: of the event whose trigger is in the words that the
record codes, else of the first; *anywhere*: of any event of the sentence. The records have older names of types: DEMAND
is REQUEST, DISAPPROVE is ACCUSE or REJECT, FIGHT is ASSAULT, INVESTIGATE is ACCUSE (as in its table of 2021).
Where PLOVER codes the intent ("will send aid" is AGREE, "will invade" is THREATEN, "must go" is REQUEST) and we the act
with its modality, a planned or demanded act counts as the intent. *Actor*, *recipient*: a word in common with the
record's.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from figures import run
from variorum.language import annotate_all
from variorum.situation.happening import Happened, happened_in
from variorum.situation.telling import Telling, Who

OLDER = {"DEMAND": {"REQUEST"}, "DISAPPROVE": {"ACCUSE", "REJECT"}, "FIGHT": {"ASSAULT"}, "INVESTIGATE": {"ACCUSE"}}
FRIENDLY = {"AID", "COOPERATE", "CONSULT", "SUPPORT", "CONCEDE", "RETREAT"}
HOSTILE = {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST", "REJECT"}
DULL = {"the", "a", "an", "of", "and", "in", "to"}


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


def types(event: Happened) -> set[str | None]:
    """The types that an event can be coded with."""
    found = {event.type}
    if event.modality in ("planned", "conditional"):
        found |= {"AGREE"} if event.type in FRIENDLY else {"THREATEN"} if event.type in HOSTILE else set()
    if event.modality == "demanded":
        found.add("REQUEST")
    return found


def named(parties: Iterable[Any] | None) -> set[str]:
    """Words for the parties of a record."""
    return {w for party in parties or () if isinstance(party, dict) for w in words(str(party.get("actorText") or ""))}


def among(whos: Iterable[Who], text: str, wanted: set[str]) -> bool:
    """Whether somebody has a word in common with the record's party."""
    return any(words(text[who.start : who.end]) & wanted for who in whos)


def measure(data: Path, errors: bool = False) -> Mapping[str, float]:
    """Code the sentences, and compare."""
    rows = records(data)
    counts: Counter[str] = Counter()
    for row, annotation in zip(rows, annotate_all([row["text"] for row in rows]), strict=True):
        text, half = row["text"], "seen" if seen(row) else "unseen"
        events = happened_in(Telling(text, annotation), every=True)
        wanted, coded = OLDER.get(row["event"], {row["event"]}), words(str(row.get("eventText") or ""))

        def rank(event: Happened, text: str = text, coded: set[str] = coded) -> tuple[bool, bool, int, int]:
            inside = bool(words(text[event.trigger[0] : event.trigger[1]]) & coded)
            return inside, event.type is not None, len(words(text[event.start : event.end]) & coded), -event.start

        best = max(events, key=rank, default=None)
        right = best is not None and bool(types(best) & wanted)
        counts[f"{half} n"] += 1
        counts[f"{half} type"] += right
        counts[f"{half} anywhere"] += any(types(event) & wanted for event in events)
        for role, parties in (("actor", "source"), ("recipient", "target")):
            party = named(row.get(parties))
            if party:
                whos = () if best is None else best.actors if role == "actor" else best.recipients
                counts[f"{half} {role} n"] += 1
                counts[f"{half} {role}"] += among(whos, text, party)
        if errors and half == "seen" and not right:
            print(row["event"], best and (best.type, best.subtype), text[:160])
    figures = {}
    for half in ("seen", "unseen"):
        for what in ("type", "anywhere"):
            figures[f"{half} half, {what}"] = 100 * counts[f"{half} {what}"] / max(counts[f"{half} n"], 1)
        for what in ("actor", "recipient"):
            figures[f"{half} half, {what}"] = 100 * counts[f"{half} {what}"] / max(counts[f"{half} {what} n"], 1)
    return figures


if __name__ == "__main__":
    run(__doc__, measure)
