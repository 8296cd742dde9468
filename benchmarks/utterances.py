"""How well attributions of several documents are grouped into utterances.

    python benchmarks/utterances.py [--data ../shared/data] [--json FILE] [--errors]

On the quotations of 60 articles in 27 stories whose speakers and utterances were judged by hand (``gold/README.md``),
all grouped at once. Counted are pairs of quotations of two different articles: precision, recall and F1 of those that
are one utterance. *Without speakers*: the same with nobody named, so that the words alone decide. *Not verbatim*:
recall on the pairs of which neither holds the other word for word. What is measured is the grouping alone, since the
quotations and their speakers are given.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from variorum.situation.utterances import Said, group

sys.path.insert(0, str(Path(__file__).parent))

from figures import run

GOLD = Path(__file__).parent / "gold" / "utterances.jsonl"
CORPORA = ("outlets/allsides_10k.jsonl.gz", "reuse/groundnews.jsonl.gz")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The quotations of the gold, and which of them are one utterance."""

    said: tuple[Said, ...]
    story: dict[str, int]
    """The story of each quotation."""
    same: frozenset[Pair]
    """Pairs of quotations that are one utterance."""
    unsure: frozenset[Pair]
    """Pairs that could not be decided, and those that a third quotation alone joins; they count neither way."""


def judged(data: Path) -> Judged:
    """Read the gold; raises ValueError if an article is not the one that was judged."""
    articles = {}
    for name in CORPORA:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            articles.update({row["id"]: row for row in map(json.loads, lines)})
    said: list[Said] = []
    story: dict[str, int] = {}
    marks: dict[str, tuple[set[int], set[int]]] = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = articles[row["document"]]
        text = article["text"]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
            raise ValueError(f"{row['document']} is another text than the one that was judged")
        day = _day(article.get("published") or "")
        for number, quote in enumerate(row["quotes"]):
            id = f"{row['document']} {number:02}"
            spans = tuple((start, end) for start, end in quote["content"])
            names = tuple(quote["speakers"])
            known, described = ((), names) if quote["described"] else (names, ())
            content = tuple(text[start:end] for start, end in spans)
            said.append(Said(id, row["document"], "direct", known, described, content, day, day, spans))
            story[id] = row["story"]
            marks[id] = (set(quote["utterances"]), set(quote["unsure"]))
    documents = {one.id: one.document for one in said}
    pairs = [(a, b) for a, b in combinations(sorted(story), 2) if documents[a] != documents[b]]
    same = frozenset((a, b) for a, b in pairs if marks[a][0] & marks[b][0])
    whole = _joined(story, same)
    unsure = frozenset((a, b) for a, b in pairs if marks[a][1] & marks[b][1] or whole[a] == whole[b]) - same
    return Judged(tuple(said), story, same, unsure)


def _joined(ids: Iterable[str], same: Iterable[Pair]) -> dict[str, str]:
    """For each quotation, the first of those that it is joined to, over others too."""
    first = {id: id for id in ids}
    for a, b in sorted(same):
        one, other = sorted((first[a], first[b]))
        first = {id: one if at == other else at for id, at in first.items()}
    return first


def grouped(said: tuple[Said, ...]) -> frozenset[Pair]:
    """Pairs of attributions of different documents that the grouping puts together."""
    documents = {one.id: one.document for one in said}
    return frozenset(
        (a, b)
        for utterance in group(said)
        for a, b in combinations(sorted(utterance.attributions), 2)
        if documents[a] != documents[b]
    )


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent."""
    gold = judged(data)
    ours = grouped(gold.said) - gold.unsure
    nameless = grouped(tuple(replace(one, speakers=(), speaker_names=()) for one in gold.said)) - gold.unsure
    words = {one.id: " ".join(one.words) for one in gold.said}
    reworded = {(a, b) for a, b in gold.same if words[a] not in words[b] and words[b] not in words[a]}
    if errors:
        _show(gold, ours)
    figures = _scores(gold.same, ours, "")
    figures["not verbatim recall"] = _percent(len(reworded & ours), len(reworded))
    figures |= _scores(gold.same, nameless, "without speakers ")
    figures["pairs"] = len(gold.same)
    figures["pairs not verbatim"] = len(reworded)
    return figures


def _scores(same: frozenset[Pair], ours: frozenset[Pair], prefix: str) -> dict[str, float]:
    hits = len(same & ours)
    return {
        f"{prefix}precision": _percent(hits, len(ours)),
        f"{prefix}recall": _percent(hits, len(same)),
        f"{prefix}f1": _percent(2 * hits, len(ours) + len(same)),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def _day(published: str) -> str | None:
    """An ISO date from the two notations of these corpora; None where there is none."""
    if found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", published):
        day, month, year = map(int, found.groups())
        return f"{year:04}-{month:02}-{day:02}"
    return published if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None


def _show(gold: Judged, ours: frozenset[Pair]) -> None:
    """Print what is wrong."""
    said = {one.id: one for one in gold.said}
    for name, pairs in (("missed", gold.same - ours), ("wrong", ours - gold.same)):
        for pair in sorted(pairs, key=lambda pair: (gold.story[pair[0]], pair)):
            print(f"{name}, story {gold.story[pair[0]]}")
            for id in pair:
                print(f"   {'/'.join((*said[id].speakers, *said[id].speaker_names))}: {' … '.join(said[id].content)}")


if __name__ == "__main__":
    run(__doc__, measure)
