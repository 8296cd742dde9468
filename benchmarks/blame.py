"""Whether those who are said to be responsible for an attack are found, and how the text puts it.

    python benchmarks/blame.py [--data ../shared/data] [--json FILE] [--errors]

MUC-4 (dev): 200 reports with templates, chosen by the hash of their names. *Organisations* and *individuals*: slots
PERP: ORGANIZATION ID and PERP: INDIVIDUAL ID of all templates of a report, each fill with its alternatives, that are
found as the actor of an event of force or coercion, or as whom an accusation is against; by the words. *Precision*: of
the actors so found, those that fill either slot; the templates leave out what is no terrorism, fighting between armies
above all, so it can not be high. *Put the same way*: of the organisations found whose confidence the template gives,
those where ours is the same: a fact, claimed by them, or suspected by others (accused, possible); *majority*: with the
commonest of the three always.

The texts are in capitals. Words that the language stage takes for names in them are written with a first capital (in
brackets, or of three letters and less: left as they are), the others small, and the text so made is read once more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from figures import run
from variorum.language import annotate_all
from variorum.language.annotation import Annotation
from variorum.situation.happening import Happened, happened_in
from variorum.situation.telling import Telling, Who
from variorum.situation.wording import folded

REPORTS: Final = 200
FILE: Final = "events/muc4.dev.jsonl.gz"
FORCE: Final = ("ASSAULT", "COERCE")
ORGANISATION: Final = "PERP: ORGANIZATION ID"
INDIVIDUAL: Final = "PERP: INDIVIDUAL ID"
CONFIDENCE: Final = "PERP: ORGANIZATION CONFIDENCE"
WAYS: Final = {"REPORTED AS FACT": "fact", "CLAIMED OR ADMITTED": "claimed", "SUSPECTED": "suspected"}
"""How a confidence begins, and what it is here; ``POSSIBLE`` is suspected too."""
_NOBODY: Final = frozenset({"he", "she", "it", "they", "who", "which", "that", "this", "these", "those", "we", "one"})
_EMPTY: Final = frozenset({"the", "a", "an", "of", "and", "members", "member", "group", "some", "several", "by"})


@dataclass(frozen=True, slots=True)
class Blamed:
    """One who is said to have done it, by the words of a report."""

    names: frozenset[str]
    """The words of the place, and the name in the report."""
    way: str
    """fact, claimed or suspected."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fill of a template."""

    names: frozenset[str]
    ways: frozenset[str]
    optional: bool


# --- the corpus ------------------------------------------------------------------------------------------------------


def reports(data: Path) -> list[dict[str, Any]]:
    """The reports that are measured on."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = [row for row in rows if row["templates"]]
    return sorted(chosen, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())[:REPORTS]


def body(row: dict[str, Any]) -> str:
    """The text without dateline and marks, a paragraph a line."""
    text = re.sub(r"^.*?--", "", row["text"], count=1, flags=re.DOTALL) if "--" in row["text"][:200] else row["text"]
    paragraphs = re.split(r"\n\s*\n", re.sub(r"\[[A-Z ]+\]", " ", text))
    return "\n\n".join(" ".join(p.split()) for p in paragraphs if p.strip())


def recased(text: str, found: Annotation) -> str:
    """A text in capitals as it is usually written."""
    named = {i for e in found.entities for i, t in enumerate(found.tokens) if e.start <= t.start < e.end}
    out, end = [], 0
    begins = {start for start, _ in found.sentences}
    for i, token in enumerate(found.tokens):
        word = text[token.start : token.end]
        out.append(text[end : token.start].lower())
        end = max(end, token.end)
        if i in named or token.upos == "PROPN":
            bracket = text[token.start - 1 : token.start] == "(" and text[token.end : token.end + 1] == ")"
            short = len(word) <= 3 and token.upos == "PROPN"
            small = token.upos in ("ADP", "DET", "CCONJ", "PART")
            out.append(word if bracket or short else word.lower() if small else word.capitalize())
        else:
            out.append(word.capitalize() if token.start in begins else word.lower())
    return "".join(out) + text[end:].lower()


def acronyms(text: str) -> frozenset[str]:
    """Words that stand in brackets by themselves: short forms of what was named before."""
    return frozenset(re.findall(r"\(([A-Z][A-Z-]{1,7})\)", text))


def restored(text: str, found: Annotation) -> str:
    """:func:`recased`, with short forms in capitals all over."""
    short = acronyms(text)
    return re.sub(r"\w[\w-]*", lambda m: m[0].upper() if m[0].upper() in short else m[0], recased(text, found))


def wanted(row: dict[str, Any], slot: str) -> list[Wanted]:
    """The fills of a slot in all templates of a report, each once, with their confidences."""
    ways: dict[frozenset[str], set[str]] = defaultdict(set)
    optional: dict[frozenset[str], bool] = {}
    for template in row["templates"]:
        for line in template.get(slot, ()):
            names = _names(line)
            if names:
                optional[names] = optional.get(names, True) and line.startswith("?")
                ways[names] |= {way for c in template.get(CONFIDENCE, ()) if _names(c) & names for way in _ways(c)}
    return [Wanted(names, frozenset(ways[names]), optional[names]) for names in optional]


def _names(line: str) -> frozenset[str]:
    names = (folded(name.strip()) for name in re.findall(r'"([^"]+)"', line.replace('\\"', "")))
    return frozenset(name for name in names if re.search(r"\w", name))


def _ways(line: str) -> Iterator[str]:
    head = line.split(":")[0].lstrip("? ")
    for part in head.split(" / "):
        yield next((way for begin, way in WAYS.items() if part.startswith(begin)), "suspected")


# --- what is found ---------------------------------------------------------------------------------------------------


def blamed(text: str, annotation: Annotation) -> list[Blamed]:
    """Those who are said to have used force or coercion, each once."""
    told = Telling(text, annotation)
    names: dict[str, set[str]] = defaultdict(set)
    ways: dict[str, list[str]] = defaultdict(list)
    for event in happened_in(told, every=True):
        whos = event.actors if event.type in FORCE else event.recipients if event.type == "ACCUSE" else ()
        for who in whos:
            if who.actor is None and who.name.lower() in _NOBODY:
                continue
            key = str(who.actor) if who.actor is not None else folded(who.name)
            names[key].add(folded(who.name))
            if who.actor is not None:
                names[key].add(folded(annotation.actors[who.actor].name))
            ways[key].append(_way(annotation, event, who))
    return [Blamed(frozenset(names[key]), _one(ways[key])) for key in names]


def _way(annotation: Annotation, event: Happened, who: Who) -> str:
    """How an event is laid to somebody: by himself, by others as a suspicion, or as a fact."""
    if event.attribution is not None and who.actor is not None:
        said = annotation.attributions[event.attribution]
        if any(speaker.actor == who.actor for speaker in said.speakers):
            return "claimed"
    if event.type == "ACCUSE" or event.modality in ("alleged", "conditional", "denied"):
        return "suspected"
    return "fact"


def _one(ways: Iterable[str]) -> str:
    """How somebody is spoken of on the whole: the commonest way, of two the more cautious."""
    count = Counter(ways)
    return max(count, key=lambda way: (count[way], ("fact", "claimed", "suspected").index(way)))


def _fits(found: Blamed, wanted: Wanted) -> bool:
    return any(_alike(one, other) for one in found.names for other in wanted.names)


def _alike(one: str, other: str) -> bool:
    """Whether the telling words of one are among those of the other."""
    a, b = ({w for w in re.findall(r"\w+", name) if w not in _EMPTY} for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


# --- figures ---------------------------------------------------------------------------------------------------------


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent."""
    rows = reports(data)
    capitals = [body(row) for row in rows]
    texts = [restored(text, found) for text, found in zip(capitals, annotate_all(capitals), strict=True)]
    counts: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row, text, annotation in zip(rows, texts, annotate_all(texts), strict=True):
        _count(row, blamed(text, annotation), counts, given, errors)
    return {
        "organisations found": _percent(counts["organisations found"], counts["organisations"]),
        "individuals found": _percent(counts["individuals found"], counts["individuals"]),
        "precision": _percent(counts["right"], counts["blamed"]),
        "put the same way": _percent(counts["same way"], counts["ways"]),
        "put the same way, majority": _percent(max(given.values(), default=0), counts["ways"]),
        "organisations": counts["organisations"],
        "individuals": counts["individuals"],
        "blamed": counts["blamed"],
        "ways": counts["ways"],
    }


def _count(row: dict[str, Any], found: list[Blamed], counts: Counter[str], given: Counter[str], errors: bool) -> None:
    organisations, individuals = wanted(row, ORGANISATION), wanted(row, INDIVIDUAL)
    for name, fills in (("organisations", organisations), ("individuals", individuals)):
        for fill in fills:
            hits = [one for one in found if _fits(one, fill)]
            if not fill.optional:
                counts[name] += 1
                counts[f"{name} found"] += bool(hits)
            if name == "organisations" and hits and fill.ways:
                counts["ways"] += 1
                counts["same way"] += any(one.way in fill.ways for one in hits)
                given.update(fill.ways)
            if errors and not hits and not fill.optional:
                print(f"{row['id']} missed, {name}: {sorted(fill.names)}")
            if errors and hits and fill.ways and not any(one.way in fill.ways for one in hits):
                print(f"{row['id']} put as {[one.way for one in hits]}, not {sorted(fill.ways)}: {sorted(fill.names)}")
    for one in found:
        right = any(_fits(one, fill) for fill in (*organisations, *individuals))
        counts["blamed"] += 1
        counts["right"] += right
        if errors and not right:
            print(f"{row['id']} wrong: {sorted(one.names)}")


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


if __name__ == "__main__":
    run(__doc__, measure)
