"""Which of the relations that people marked between actors the situation stage finds.

    python benchmarks/relations.py [--data ../shared/data] [--json FILE] [--errors]

re3d (its parts without the BBC): 90 documents on Syria and Iraq. A relation is a pair of marked entities, in the order
of the corpus unless it is mutual. It is found if a row of the situation stage of a kind that can express it joins words
whose head words are those of the two: *FightingAgainst* events of force; *AlliesOf* and *Likes* stances for somebody
and events of help and of common action; *Dislikes* stances against somebody; *CommWith* meetings, demands and talks;
*InChargeOf* who holds a post of what; *BelongsTo* nothing yet: a tie is kept for the corpus, not for two words. What
does not stand between two marked entities is not counted: nobody judged it. *Likes or AlliesOf*: the two as one, which
the rows do not tell apart. The other types of the corpus (where things are, what they are called, how many they are)
are none that the stage tells.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from figures import run
from variorum.language import annotate_all
from variorum.language.annotation import Annotation
from variorum.situation.happening import happened_in
from variorum.situation.offices import held_in
from variorum.situation.stances import stances_in
from variorum.situation.telling import Telling, Who

FILE: Final = "names/re3d.jsonl.gz"
MUTUAL: Final = ("FightingAgainst", "AlliesOf", "CommWith", "Likes or AlliesOf")
"""Types whose two sides can be told the other way round."""
EVENTS: Final = {
    "FightingAgainst": ("ASSAULT",),
    "AlliesOf": ("AID", "COOPERATE", "SUPPORT"),
    "CommWith": ("CONSULT", "REQUEST", "AGREE"),
}
"""Types of events that express each type of relation."""
FOR: Final = ("recognises", "supports")
TYPES: Final = ("FightingAgainst", "AlliesOf", "Likes", "Dislikes", "CommWith", "InChargeOf", "BelongsTo")
ONE: Final = "Likes or AlliesOf"

Pair = tuple[int, int]
"""Head words of the two sides."""
Found = dict[str, set[Pair]]
"""Pairs by type."""


def rows_of(told: Telling) -> Iterator[tuple[str, Who, Who]]:
    """The relations that the rows of the situation stage express: type and the two sides."""
    for event in happened_in(told, every=True):
        name = next((name for name, types in EVENTS.items() if event.type in types), None)
        if name is None:
            continue
        yield from ((name, actor, other) for actor in event.actors for other in event.recipients)
        if name in MUTUAL and not (event.actors and event.recipients):
            yield from ((name, one, other) for one, other in combinations((*event.actors, *event.recipients), 2))
    for stance in stances_in(told):
        if stance.target is not None and stance.stance != "neutral":
            yield "Likes" if stance.stance in FOR else "Dislikes", stance.actor, stance.target
    for held in held_in(told):
        if held.post.body is not None and held.status in ("holds", "acting"):
            yield "InChargeOf", held.actor, held.post.body


def gold_of(row: dict[str, Any], told: Telling) -> tuple[Found, set[int]]:
    """The relations of a document, and the head words of its entities."""
    found: Found = defaultdict(set)
    for relation in row["relations"]:
        pair = _head(told, *relation["source"]), _head(told, *relation["target"])
        if relation["type"] in TYPES:
            _add(found, relation["type"], pair)
    return found, {_head(told, e["start"], e["end"]) for e in row["entities"]}


def found_in(told: Telling, entities: set[int]) -> Found:
    """The relations between entities that are found in a document."""
    found: Found = defaultdict(set)
    for type, one, other in rows_of(told):
        pair = _head(told, one.start, one.end), _head(told, other.start, other.end)
        if pair[0] != pair[1] and set(pair) <= entities:
            _add(found, type, pair)
    return found


def _head(told: Telling, start: int, end: int) -> int:
    head = told.head_of(start, end)
    return told.token_at(start) if head is None else head


def _add(found: Found, type: str, pair: Pair) -> None:
    for name in (type, ONE) if type in ("Likes", "AlliesOf") else (type,):
        found[name].add((min(pair), max(pair)) if name in MUTUAL else pair)


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    counts: Counter[tuple[str, str]] = Counter()
    for row, annotation in zip(rows, annotate_all([row["text"] for row in rows]), strict=True):
        _count(row, annotation, counts, errors)
    names = (*TYPES, ONE)
    figures: dict[str, float] = {}
    for name in names:
        figures |= _scores(name, [name], counts)
    return figures | _scores("all", [name for name in TYPES if name not in ("Likes", "AlliesOf")] + [ONE], counts)


def _count(row: dict[str, Any], annotation: Annotation, counts: Counter[tuple[str, str]], errors: bool) -> None:
    told = Telling(row["text"], annotation)
    gold, entities = gold_of(row, told)
    ours = found_in(told, entities)
    for name in (*TYPES, ONE):
        counts[name, "gold"] += len(gold[name])
        counts[name, "ours"] += len(ours[name])
        counts[name, "hits"] += len(gold[name] & ours[name])
        if errors and name != ONE:
            _show(told, name, "missed", gold[name] - ours[name])
            _show(told, name, "wrong", ours[name] - gold[name])


def _show(told: Telling, name: str, what: str, pairs: Iterable[Pair]) -> None:
    for one, other in sorted(pairs):
        span = told.sentence(told.tokens[one].start)
        print(f"{name} {what}: {told.words[one]} / {told.words[other]}: {told.words_at(span.start, span.end)}")


def _scores(name: str, names: Iterable[str], counts: Counter[tuple[str, str]]) -> dict[str, float]:
    gold, ours, hits = (sum(counts[n, what] for n in names) for what in ("gold", "ours", "hits"))
    return {
        f"{name}, precision": round(100 * hits / max(1, ours), 1),
        f"{name}, recall": round(100 * hits / max(1, gold), 1),
        f"{name}, F1": round(200 * hits / max(1, ours + gold), 1),
        f"{name}, counted": gold,
    }


if __name__ == "__main__":
    run(__doc__, measure)
