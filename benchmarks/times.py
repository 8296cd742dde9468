"""How well time expressions are found, and given the right values.

    python benchmarks/times.py [--data ../shared/data] [--json FILE] [--errors]

On TimeBank and AQUAINT, one half of the documents by a hash of their ids (the rules were written in sight of the other
half), and on WikiWars 17 to 22 (TIMEX2, which takes in more words; the rest was looked at). As in TempEval-3 (UzZaman
et al. 2013): *strict*, the same words; *relaxed*, words in common; *type* and *value*: relaxed F1 times the share of
right ones among those found. *Without parses*: the tense
guessed from words. Words a second, on one core, parses given.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import run
from variorum.language import annotate_all
from variorum.language.annotation import Span, Token
from variorum.language.times import TimeExpression, anchored, find

TOGETHER = 32


@dataclass(slots=True)
class Counts:
    """Expressions of the corpus, of ours, and how many of them agree."""

    gold: int = 0
    ours: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0

    def figures(self) -> Mapping[str, float]:
        """Figures in per cent."""
        precision, recall = self.relaxed / max(self.ours, 1), self.relaxed / max(self.gold, 1)
        relaxed = 2 * precision * recall / max(precision + recall, 1e-9)
        return {
            "strict F1": 200 * self.strict / max(self.gold + self.ours, 1),
            "relaxed precision": 100 * precision,
            "relaxed recall": 100 * recall,
            "relaxed F1": 100 * relaxed,
            "type F1": 100 * relaxed * self.type / max(self.relaxed, 1),
            "value F1": 100 * relaxed * self.value / max(self.relaxed, 1),
        }


def documents(data: Path, *names: str) -> Iterator[dict[str, Any]]:
    """The documents of corpora."""
    for name in names:
        with gzip.open(data / "times" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def is_reported(id: str) -> bool:
    """Whether a document of TimeBank or AQUAINT is of the half that is reported."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 2 == 1


def compare(gold: Sequence[Mapping[str, Any]], ours: Sequence[TimeExpression], counts: Counts) -> list[str]:
    """Add a document to the counts, and return what is wrong with it."""
    free = list(ours)
    wrong = []
    counts.gold += len(gold)
    counts.ours += len(ours)
    for one in gold:
        match = next((x for x in free if (x.start, x.end) == (one["start"], one["end"])), None)
        match = match or next((x for x in free if x.start < one["end"] and one["start"] < x.end), None)
        if match is None:
            wrong.append(f"missed {one['text']!r} {one['type']} {one['value']}")
            continue
        free.remove(match)
        counts.relaxed += 1
        counts.strict += (match.start, match.end) == (one["start"], one["end"])
        counts.type += match.type == one["type"]
        counts.value += _same(match.value, one["value"])
        if (match.start, match.end) != (one["start"], one["end"]) or not _same(match.value, one["value"]):
            ours_is = f"ours [{match.start}:{match.end}] {match.type} {match.value}"
            wrong.append(f"{one['text']!r} {one['type']} {one['value']}: {ours_is}")
    return [*wrong, *(f"extra [{x.start}:{x.end}] {x.type} {x.value}" for x in free)]


def _same(ours: str, gold: str | None) -> bool:
    return gold is not None and ours == gold


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name."""
    figures: dict[str, float] = {}
    news = [row for row in documents(data, "timebank", "aquaint") if is_reported(row["id"])]
    wars = [row for row in documents(data, "wikiwars") if int(row["id"][:2]) >= 17]
    for name, rows in (("news", news), ("wars", wars)):
        figures.update(_corpus(name, rows, errors=errors))
    return {name: round(value, 1) for name, value in figures.items()}


def _corpus(name: str, rows: Sequence[dict[str, Any]], *, errors: bool) -> Iterator[tuple[str, float]]:
    parses: list[tuple[Sequence[Token], Sequence[Span]]] = []
    for i in range(0, len(rows), TOGETHER):
        read = annotate_all([row["text"] for row in rows[i : i + TOGETHER]])
        parses += [(one.tokens, one.sentences) for one in read]
    for setting in ("", ", without parses"):
        counts, seconds, words = Counts(), 0.0, 0
        for row, (tokens, sentences) in zip(rows, parses, strict=True):
            start = time.perf_counter()
            found = find(row["text"], () if setting else tokens, sentences)
            ours = anchored(found, (row.get("dct") or "")[:10] or None)
            seconds += time.perf_counter() - start
            words += len(row["text"].split())
            gold = _outermost([one for one in row["times"] if one["end"] > one["start"]])
            wrong = compare(gold, ours, counts)
            if errors and not setting:
                for line in wrong:
                    print(f"{row['id']}: {_shown(line, row['text'])}")
        for key, value in counts.figures().items():
            yield f"{name}{setting}, {key}", value
        if not setting:
            yield f"{name}, words a second", words / seconds


def _outermost(gold: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without expressions inside of others; they nest in WikiWars."""
    spans = {(one["start"], one["end"]) for one in gold}

    def inside(one: Mapping[str, Any]) -> bool:
        here = one["start"], one["end"]
        return any(start <= here[0] and here[1] <= end and (start, end) != here for start, end in spans)

    return [one for one in gold if not inside(one)]


def _shown(line: str, text: str) -> str:
    start, _, end = line.partition("[")[2].partition("]")[0].partition(":")
    if not end:
        return line
    low, high = int(start), int(end)
    shown = f"{text[max(0, low - 30) : low]}<{text[low:high]}>{text[high : high + 20]}"
    return line.replace(f"[{start}:{end}]", repr(shown))


if __name__ == "__main__":
    run(__doc__, measure)
