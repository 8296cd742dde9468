"""What is found of the situation in articles that were annotated in full by hand.

    python benchmarks/situation.py [--data ../shared/data] [--json FILE] [--errors]

The gold in ``gold/situation`` (offsets, names and values; the texts are AllSides articles, found by id and checked by
hash) was annotated before anything was read off these articles. Each topic is an edition. A line is found if a row
has evidence in its sentence and agrees in who it is about: stances also in towards whom or what (the actor, or half of
the words of the issue) and in side; offices in the noun of the post; events, where one of both has a part that the
other has; labels overlap. *Strictly*: stances have the same grade, offices the same status, events the same type (where
both have one) and actor, labels the same tone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from figures import run
from variorum.build import build
from variorum.collation.words import is_function_word, stem
from variorum.situation.wording import folded

GOLD: Final = Path(__file__).parent / "gold" / "situation"
TOPICS: Final = ("immigration", "federal_budget", "foreign_policy")
KINDS: Final = {"stance": "stances", "occupancy": "offices held", "event": "events", "label": "labels"}
SIDES: Final = {"recognises": 1, "supports": 1, "neutral": 0, "opposes": -1, "rejects": -1, "derecognises": -1}

Line = dict[str, Any]


def texts_of(data: Path, ids: set[str]) -> dict[str, Line]:
    """Articles by id."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row for line in lines if (row := json.loads(line))["id"] in ids}


def words_of(text: str | None) -> set[str]:
    """Stems of the words that say something."""
    plain = folded(text or "").replace("-", " ").replace("’", "'").split()
    return {stem(word.removesuffix("'s").strip(".,'\"")) for word in plain if not is_function_word(word)}


def is_called(gold: str | None, names: Iterable[str]) -> bool:
    """Whether one of an actor's names is that of the gold, or part of it, or the other way round."""
    wanted = words_of(gold)
    own = [words_of(name) for name in names]
    return any(wanted and words and (wanted <= words or words <= wanted) for words in own)


def is_about(gold: Line, target: Sequence[str], issue: str | None) -> bool:
    """Whether a stance is towards the same: the actor, or half of the words of what is at issue."""
    if gold.get("target") and (is_called(gold["target"], target) or words_of(gold["target"]) & words_of(issue)):
        return True
    wanted = words_of(gold.get("issue"))
    shown = words_of(issue) | {word for name in target for word in words_of(name)}
    return bool(wanted) and 2 * len(wanted & shown) >= min(len(wanted), 4)


class Told:
    """The rows of an edition by document, as the comparison sees them."""

    def __init__(self, path: Path) -> None:
        self.sql = sqlite3.connect(path)
        self.sql.row_factory = sqlite3.Row
        self.names: dict[str | None, list[str]] = {
            row["id"]: [row["name"], *json.loads(row["aliases"])]
            for row in self.sql.execute("SELECT id, name, aliases FROM actors")
        }
        self.sentences: dict[int, list[tuple[int, int]]] = {}
        self.rows: dict[tuple[int, str], list[Line]] = defaultdict(list)
        for kind, table in (("stance", "stances"), ("occupancy", "occupancies"), ("event", "events")):
            places = defaultdict(list)
            for place in self.sql.execute('SELECT row, document, start, "end" FROM evidence WHERE kind = ?', [kind]):
                places[place["row"]].append((place["document"], place["start"], place["end"]))
            for row in self.sql.execute(f"SELECT * FROM {table}"):
                for document, start, end in places[row["id"]]:
                    self.rows[document, kind].append({**dict(row), "start": start, "end": end})
        for row in self.sql.execute("SELECT * FROM labels"):
            self.rows[row["document"], "label"].append(dict(row))
        self.posts = {row["id"]: row["name"] for row in self.sql.execute("SELECT id, name FROM offices")}
        self.parts: dict[str, dict[str, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
        for part in self.sql.execute("SELECT event, role, actor, name FROM parts"):
            names = [part["name"], *self.names.get(part["actor"], ())]
            self.parts[part["event"]][part["role"]].append(names)

    def verdict(self, document: int, gold: Line, around: tuple[int, int]) -> str:
        """Whether a line of the gold is found: strictly, found, or missed."""
        found = "missed"
        for row in self.rows[document, gold["kind"]]:
            if row["start"] < around[1] and around[0] < row["end"]:
                said = getattr(self, f"_{gold['kind']}")(row, gold)
                if said == "strictly":
                    return "strictly"
                found = said if said != "missed" else found
        return found

    def _stance(self, row: Line, gold: Line) -> str:
        target = self.names.get(row["target"], [])
        if not is_called(gold["actor"], self.names[row["actor"]]) or not is_about(gold, target, row["issue"]):
            return "missed"
        negated = -1 if row["modality"] == "denied" and gold["modality"] != "denied" else 1
        if SIDES[row["stance"]] * negated != SIDES[gold["stance"]]:
            return "missed"
        return "strictly" if row["stance"] == gold["stance"] else "found"

    def _occupancy(self, row: Line, gold: Line) -> str:
        own, wanted = words_of(self.posts[row["office"]]), words_of(gold["office"])
        if not is_called(gold["actor"], self.names[row["actor"]]) or not own & wanted:
            return "missed"
        return "strictly" if row["status"] == gold["status"] else "found"

    def _event(self, row: Line, gold: Line) -> str:
        parts = self.parts[row["id"]]
        flat = [names for some in parts.values() for names in some]
        mine = any(is_called(gold.get(role), names) for role in ("actor", "recipient") for names in flat)
        same = words_of(gold["subtype"]) & words_of(row["subtype"])
        trigger = row["start"] < gold["trigger"][1] and gold["trigger"][0] < row["end"]
        if not (trigger and (mine or same)) and not (mine and (same or row["type"] == gold["type"] is not None)):
            return "missed"
        acts = not gold.get("actor") or any(is_called(gold["actor"], names) for names in parts["actor"])
        return "strictly" if acts and row["type"] == gold["type"] else "found"

    def _label(self, row: Line, gold: Line) -> str:
        start, end = gold["span"]
        both = min(end, row["end"]) - max(start, row["start"])
        if 2 * both < min(end - start, row["end"] - row["start"]):
            return "missed"
        return "strictly" if row["tone"] == gold["tone"] else "found"


def sentence(text: str, span: Sequence[int]) -> tuple[int, int]:
    """The sentence of a span, roughly: up to a full stop or the end of a line."""
    start = max((text.rfind(mark, 0, span[0]) + len(mark) for mark in (". ", "\n", "? ", "! ", '." ')), default=0)
    ends = [at for mark in (". ", "\n", "? ", "! ") if (at := text.find(mark, span[1])) >= 0]
    return max(start, 0), min(ends, default=len(text))


def measure(data: Path, *, errors: bool) -> Mapping[str, float]:
    """Recall by kind, over all topics that are annotated."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    if not (data / "outlets").exists():
        print(f"{data}: the public corpora are not there; nothing is measured")
        return {}
    for topic in TOPICS:
        path = GOLD / f"{topic}.json"
        if not path.exists():
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        articles = texts_of(data, {one["id"] for one in gold})
        with tempfile.TemporaryDirectory() as folder:
            source, edition = Path(folder) / "articles.jsonl", Path(folder) / "a.edition"
            rows = [articles[one["id"]] for one in gold]
            source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            build([source], edition)
            told = Told(edition)
            numbers = {r["text"]: r["document"] for r in told.sql.execute("SELECT document, text FROM texts")}
            for one in gold:
                text = articles[one["id"]]["text"]
                if hashlib.sha256(text.encode()).hexdigest() != one["sha256"]:
                    raise SystemExit(f"{one['id']}: another text than the one that was annotated")
                for line in one["lines"]:
                    said = told.verdict(numbers[text], line, sentence(text, line["span"]))
                    counts[line["kind"]][said] += 1
                    if errors and said != "strictly":
                        start, end = sentence(text, line["span"])
                        print(said, topic, {k: v for k, v in line.items() if k != "span"}, "|", text[start:end])
    figures: dict[str, float] = {}
    for kind, name in KINDS.items():
        total = sum(counts[kind].values())
        if total:
            found = counts[kind]["strictly"] + counts[kind]["found"]
            figures[f"{name}, lines"] = total
            figures[f"{name}, recall"] = round(100 * found / total, 1)
            figures[f"{name}, strictly"] = round(100 * counts[kind]["strictly"] / total, 1)
    return figures


if __name__ == "__main__":
    run(__doc__, measure)
