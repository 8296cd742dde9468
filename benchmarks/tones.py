"""How far the tone of labels agrees with what readers marked as biased wording, and as praise or blame.

    python benchmarks/tones.py [--data ../shared/data] [--json FILE] [--errors]

*BASIL* (Fan et al. 2019): 300 articles, 480 spans of lexical bias. The lists were looked over in sight of three
quarters of its stories, by a hash; figures are of both parts. A span counts as *naming* if a label covers it whole:
most spans are verbs, which name nobody. *Recall*: naming spans whose label is loaded or distancing. *Marked*: loaded
and distancing labels that touch a span of lexical bias; *marked, plain*: the same of plain labels, for comparison.
BASIL's annotators marked the most striking wording only, so that *marked* is no precision.

*NewsMTSC* (Hamborg and Donnay 2021), training sentences: how often the sentence is positive or negative
towards a target whose label is loaded, and how often towards one whose label is plain.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from figures import run
from variorum.language import annotate_all
from variorum.situation.labels import Label, labels_of

TOGETHER = 20
"""Texts that are annotated at once."""
NEUTRAL = 4.0


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def part(story: object) -> str:
    """The part that a story of BASIL is in: the lists were looked over in sight of the first."""
    digest = hashlib.sha256(str(story).encode()).digest()
    return "unseen" if digest[0] % 2 and digest[-1] % 2 else "seen"


def labelled(texts: list[str]) -> Iterator[tuple[str, tuple[Label, ...]]]:
    """Texts with their labels."""
    for at in range(0, len(texts), TOGETHER):
        part = texts[at : at + TOGETHER]
        yield from ((text, labels_of(text, made)) for text, made in zip(part, annotate_all(part), strict=True))


def share(part: int, whole: int) -> float:
    """A share in percent."""
    return round(100 * part / whole, 1) if whole else 0.0


def basil(data: Path, errors: bool) -> dict[str, float]:
    """Agreement with spans of lexical bias."""
    rows = list(rows_of(data / "framing" / "basil.jsonl.gz"))
    counts: Counter[str] = Counter()
    for row, (text, labels) in zip(rows, labelled([row["text"] for row in rows]), strict=True):
        where = part(row["story"])
        spans = [(s["start"], s["end"]) for s in row["spans"] if s["bias"] == "lex" and s["in"] == "text"]
        for start, end in spans:
            around = [one for one in labels if one.start <= start and end <= one.end]
            counts[f"{where} spans"] += 1
            counts[f"{where} naming"] += bool(around)
            counts[f"{where} found"] += any(one.tone != "plain" for one in around)
            if errors and where == "seen" and around and all(one.tone == "plain" for one in around):
                print("missed:", text[start:end], "in", around[0].words)
        for one in labels:
            tone = "plain" if one.tone == "plain" else "toned"
            touches = any(start < one.end and one.start < end for start, end in spans)
            counts[f"{where} {tone}"] += 1
            counts[f"{where} {tone} marked"] += touches
            if errors and where == "seen" and tone == "toned" and not touches:
                print("unmarked:", one.words, one.reason)
    figures: dict[str, float] = {}
    for where in ("seen", "unseen"):
        figures[f"BASIL, {where}, naming spans"] = float(counts[f"{where} naming"])
        figures[f"BASIL, {where}, recall"] = share(counts[f"{where} found"], counts[f"{where} naming"])
        figures[f"BASIL, {where}, toned labels"] = float(counts[f"{where} toned"])
        figures[f"BASIL, {where}, marked"] = share(counts[f"{where} toned marked"], counts[f"{where} toned"])
        figures[f"BASIL, {where}, marked, plain"] = share(counts[f"{where} plain marked"], counts[f"{where} plain"])
    return figures


def newsmtsc(data: Path) -> dict[str, float]:
    """How often loaded labels name targets of praise or blame."""
    rows = list(rows_of(data / "framing" / "newsmtsc.train.jsonl.gz"))
    counts: Counter[str] = Counter()
    for row, (_, labels) in zip(rows, labelled([row["sentence_normalized"] for row in rows]), strict=True):
        for target in row["targets"]:
            around = [one for one in labels if one.start < target["to"] and target["from"] < one.end]
            if not around:
                continue
            tone = "loaded" if any(one.tone == "loaded" for one in around) else "plain"
            counts[tone] += 1
            counts[f"{tone} judged"] += target["polarity"] != NEUTRAL
    return {
        "NewsMTSC, loaded labels": float(counts["loaded"]),
        "NewsMTSC, loaded, praise or blame": share(counts["loaded judged"], counts["loaded"]),
        "NewsMTSC, plain, praise or blame": share(counts["plain judged"], counts["plain"]),
    }


def measure(data: Path, errors: bool = False) -> Mapping[str, float]:
    """Both."""
    return basil(data, errors) | newsmtsc(data)


if __name__ == "__main__":
    run(__doc__, measure)
