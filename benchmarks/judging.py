"""What rows of the situation are worth, judged by hand among as many decoys.

    python benchmarks/judging.py draw TOPIC... -o SHEET --key KEY [--rows 200] [--articles 50] [--seed 1]
    python benchmarks/judging.py score KEY JUDGEMENTS [-o FILE]
    python benchmarks/judging.py report [FILE]

*draw* builds an edition of each topic of ``outlets/allsides_10k.jsonl.gz`` (articles of 200 to 1,200 words, of the
densest 120 days if there are enough, chosen by a hash) and draws rows at random, in equal parts stances, occupancies,
events and labels, and all
conflicts. To each comes a decoy: a row of the same kind in which one thing that matters is exchanged (who and towards
whom, the side, the status, who does and to whom, the type, the tone). The sheet shows them mixed, each in a line with
its words in the article, and never which is which. *score* takes judgements, lines of {"n", "right"} where right is
yes, partly (the point is right, a detail is not) or no, and keeps them with offsets in place of texts. *report* prints
from what is kept: precision of rows with Wilson's 95 % interval, and the share of decoys that were seen through; of the
last round, or of another. Each round was drawn from other topics; what was wrong in one was mended before the next.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import random
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from figures import DATA
from variorum.build import build

KEPT: Final = Path(__file__).parent / "gold" / "situation" / "judged.json"
KINDS: Final = ("stance", "occupancy", "event", "label", "conflict")
OTHER_SIDE: Final = {
    "recognises": "rejects", "supports": "opposes", "neutral": "supports", "opposes": "supports",
    "rejects": "supports", "derecognises": "recognises",
}  # fmt: skip
OTHER_STATUS: Final = {
    "holds": "former", "former": "holds", "acting": "former", "claims": "former", "proposed": "former",
}  # fmt: skip
OTHER_TONE: Final = {"plain": "loaded", "loaded": "plain", "distancing": "plain"}
TYPES: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
AROUND: Final = 160
"""Characters that are shown before and after."""

Row = dict[str, Any]


# --- drawing ---------------------------------------------------------------------------------------------------------


def articles_of(data: Path, topic: str, most: int) -> list[Row]:
    """Articles of a topic: of the densest 120 days, chosen by a hash of the id."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["topic"] == topic and row["published"]]
    rows = [row for row in rows if 200 <= len(row["text"].split()) <= 1200]
    days = sorted(date.fromisoformat(row["published"]) for row in rows)
    span = timedelta(days=120)
    first = max(days, key=lambda day: (sum(day <= other < day + span for other in days), -day.toordinal()))
    near = [row for row in rows if first <= date.fromisoformat(row["published"]) < first + span]
    near = near if len(near) >= most else rows
    return sorted(near, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())[:most]


class Topic:
    """The edition of a topic, with what is drawn from it."""

    def __init__(self, name: str, articles: Sequence[Row], folder: Path) -> None:
        self.name = name
        source, path = folder / f"{name}.jsonl", folder / f"{name}.edition"
        source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles), encoding="utf-8")
        build([source], path)
        self.sql = sqlite3.connect(path)
        self.sql.row_factory = sqlite3.Row
        self.names = {row["id"]: row["name"] for row in self.sql.execute("SELECT id, name FROM actors")}
        self.kinds = {row["id"]: row["kind"] for row in self.sql.execute("SELECT id, kind FROM actors")}
        keys = {row["n"]: row["key"] or row["path"] for row in self.sql.execute("SELECT n, key, path FROM documents")}
        ids = {str(i): row["id"] for i, row in enumerate(articles, 1)}
        self.keys = {n: ids.get(key, key) for n, key in keys.items()}
        self.texts = {row["document"]: row["text"] for row in self.sql.execute("SELECT document, text FROM texts")}

    def evidence(self, kind: str, row: str) -> Row | None:
        """The best place of a row: document and offsets."""
        found = self.sql.execute(
            'SELECT document, start, "end" FROM evidence WHERE kind = ? AND row = ? ORDER BY place LIMIT 1', [kind, row]
        ).fetchone()
        return {"n": found["document"], "spans": [[found["start"], found["end"]]]} if found else None

    def rows(self, kind: str) -> Iterator[Row]:
        """All rows of a kind, in order of id, with what they say."""
        for row in self.sql.execute(f"SELECT * FROM {_TABLE[kind]} ORDER BY id"):
            facts, place = self._facts(kind, row)
            if place is not None:
                yield {"topic": self.name, "kind": kind, "id": row["id"], "facts": facts, **place}

    def _facts(self, kind: str, row: sqlite3.Row) -> tuple[Row, Row | None]:
        if kind == "stance":
            target = self.names.get(row["target"]) if row["target"] else None
            facts = {"actor": self.names[row["actor"]], "stance": row["stance"], "target": target}
            facts |= {"issue": row["issue"], "modality": row["modality"]}
            return facts, self.evidence("stance", row["id"])
        if kind == "occupancy":
            office = self.sql.execute("SELECT name FROM offices WHERE id = ?", [row["office"]]).fetchone()["name"]
            voice = self.names.get(row["voice"]) if row["voice"] else "the outlet"
            facts = {
                "actor": self.names[row["actor"]],
                "office": office,
                "status": row["status"],
                "according to": voice,
            }
            return facts, self.evidence("occupancy", row["id"])
        if kind == "event":
            parts: dict[str, list[str]] = defaultdict(list)
            for part in self.sql.execute("SELECT role, name FROM parts WHERE event = ? ORDER BY place", [row["id"]]):
                parts[part["role"]].append(part["name"])
            facts = {"type": row["type"], "subtype": row["subtype"], "actors": parts["actor"]}
            facts |= {"recipients": parts["recipient"], "modality": row["modality"]}
            return facts, self.evidence("event", row["id"])
        if kind == "label":
            named = self.names.get(row["actor"]) if row["actor"] else f"the act “{row['event']}”"
            facts = {"names": named, "label": row["label"], "tone": row["tone"]}
            facts["voice"] = row["voice_name"] or "the outlet"
            return facts, {"n": row["document"], "spans": [[row["start"], row["end"]]]}
        return self._conflict(row)

    def _conflict(self, row: sqlite3.Row) -> tuple[Row, Row | None]:
        kind = {"holder": "occupancy", "stance": "stance"}.get(row["kind"], "claim")
        sides, places = [], []
        for side in self.sql.execute("SELECT value, claims FROM sides WHERE conflict = ? ORDER BY place", [row["id"]]):
            place = next((p for id in json.loads(side["claims"]) if (p := self.evidence(kind, id))), None)
            if place is not None:
                sides.append(side["value"])
                places.append([place["n"], *place["spans"][0]])
        facts = {"question": row["question"], "sides": sides}
        return facts, {
            "n": places[0][0],
            "spans": [p[1:] for p in places],
            "at": [p[0] for p in places],
        } if places else None

    def people_near(self, row: Row, persons: bool) -> list[str]:
        """Other actors of the document of a row."""
        found = self.sql.execute(
            "SELECT DISTINCT actor FROM cast_members WHERE document = ? AND actor IS NOT NULL ORDER BY actor",
            [row["n"]],
        )
        known = set(map(str, row["facts"].values()))
        ids = [r["actor"] for r in found if not persons or self.kinds[r["actor"]] == "person"]
        return [self.names[id] for id in ids if self.names[id] not in known and self.kinds[id] != "place"]


_TABLE: Final = {
    "stance": "stances", "occupancy": "occupancies", "event": "events", "label": "labels", "conflict": "conflicts",
}  # fmt: skip


def decoy(row: Row, topic: Topic, others: Sequence[Row], dice: random.Random) -> Row | None:
    """A row with one thing that matters exchanged; None where there is nothing to exchange it with."""
    facts, kind = dict(row["facts"]), row["kind"]
    near = topic.people_near(row, kind in ("occupancy",))
    ways: list[Row] = []
    if kind == "stance":
        ways.append({"stance": OTHER_SIDE[facts["stance"]]})
        ways += [{"actor": facts["target"], "target": facts["actor"]}] if facts["target"] else []
        ways += [{"actor": dice.choice(near)}] if near else []
    elif kind == "occupancy":
        ways.append({"status": OTHER_STATUS[facts["status"]]})
        ways += [{"actor": dice.choice(near)}] if near else []
    elif kind == "event":
        swapped = {"actors": facts["recipients"], "recipients": facts["actors"]}
        ways += [swapped] if facts["actors"] and facts["recipients"] and facts["type"] != "CONSULT" else []
        other = dice.choice([t for t in TYPES if t != facts["type"]])
        ways.append({"type": other, "subtype": other.lower()})
        ways += [{"actors": [dice.choice(near)]}] if near and facts["actors"] else []
    elif kind == "label":
        ways.append({"tone": OTHER_TONE[facts["tone"]]})
        ways += [{"names": dice.choice(near)}] if near else []
    else:
        return _wrong_conflict(row, others, dice)
    return {**row, "facts": {**facts, **dice.choice(ways)}}


def _wrong_conflict(row: Row, others: Sequence[Row], dice: random.Random) -> Row | None:
    """A conflict whose last side is that of another."""
    strange = [other for other in others if other["id"] != row["id"]]
    if not strange:
        return None
    other = dice.choice(strange)
    sides = [*row["facts"]["sides"][:-1], other["facts"]["sides"][-1]]
    spans, at = [*row["spans"][:-1], other["spans"][-1]], [*row["at"][:-1], other["at"][-1]]
    return {**row, "facts": {**row["facts"], "sides": sides}, "spans": spans, "at": at}


def drawn(topics: Sequence[Topic], count: int, seed: int) -> list[tuple[Row, Topic]]:
    """Rows and decoys, mixed."""
    dice = random.Random(seed)
    found: list[tuple[Row, Topic]] = []
    for kind in KINDS:
        rows = [(row, topic) for topic in topics for row in topic.rows(kind)]
        if kind == "label":
            toned = [r for r in rows if r[0]["facts"]["tone"] != "plain"]
            plain = [r for r in rows if r[0]["facts"]["tone"] == "plain"]
            half = count // (2 * (len(KINDS) - 1))
            chosen = dice.sample(toned, min(half, len(toned))) + dice.sample(plain, min(half, len(plain)))
        else:
            chosen = dice.sample(rows, min(30 if kind == "conflict" else count // (len(KINDS) - 1), len(rows)))
        for row, topic in chosen:
            found.append(({**row, "decoy": False}, topic))
            false = decoy(row, topic, [r for r, t in rows if t is topic], dice)
            if false is not None:
                found.append(({**false, "decoy": True}, topic))
    dice.shuffle(found)
    return found


def said(row: Row) -> str:
    """A row in one line."""
    facts = row["facts"]
    if row["kind"] == "stance":
        return f"{facts['actor']} {facts['stance']} {facts['target'] or facts['issue']} [{facts['modality']}]"
    if row["kind"] == "occupancy":
        return f"{facts['actor']} {facts['status']} the office {facts['office']}, according to {facts['according to']}"
    if row["kind"] == "event":
        return (
            f"{facts['type'] or 'no type'}/{facts['subtype']}: {', '.join(facts['actors']) or '–'}"
            f" → {', '.join(facts['recipients']) or '–'} [{facts['modality']}]"
        )
    if row["kind"] == "label":
        return f"“{facts['label']}” names {facts['names']}, {facts['tone']}, in the voice of {facts['voice']}"
    return f"{facts['question']} {' | '.join(facts['sides'])}"


def shown(row: Row, topic: Topic) -> str:
    """The words of a row, marked, with what stands around."""
    places = zip(row.get("at") or [row["n"]] * len(row["spans"]), row["spans"], strict=True)
    pieces = []
    for n, (start, end) in places:
        text = topic.texts[n]
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        pieces.append(" ".join(f"{before}«{text[start:end]}»{after}".split()))
    return " /// ".join(pieces)


def draw(data: Path, names: Sequence[str], most: int, count: int, seed: int, sheet: Path, key: Path) -> None:
    """Write the sheet to be judged, and the key to it."""
    with tempfile.TemporaryDirectory() as folder:
        topics = [Topic(name, articles_of(data, name, most), Path(folder)) for name in names]
        rows = drawn(topics, count, seed)
        lines = [
            {"n": n, "kind": row["kind"], "says": said(row), "text": shown(row, topic)}
            for n, (row, topic) in enumerate(rows, 1)
        ]
        sheet.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        kept = [_kept(n, row, topic) for n, (row, topic) in enumerate(rows, 1)]
        key.write_text(json.dumps(kept, ensure_ascii=False, indent=0), encoding="utf-8")
    print(Counter((row["kind"], row["decoy"]) for row, _ in rows))


def _kept(n: int, row: Row, topic: Topic) -> Row:
    """A row without words of the article: who, what and offsets."""
    facts = {
        name: value for name, value in row["facts"].items()
        if name in ("actor", "stance", "target", "status", "type", "subtype", "tone", "modality")
    }  # fmt: skip
    documents = [topic.keys[at] for at in row.get("at") or [row["n"]]]
    return {
        "n": n, "topic": row["topic"], "kind": row["kind"], "decoy": row["decoy"], "documents": documents,
        "spans": row["spans"], "facts": facts,
    }  # fmt: skip


# --- scoring ---------------------------------------------------------------------------------------------------------


def wilson(right: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent (Wilson 1927)."""
    if not count:
        return 0.0, 100.0
    z, share = 1.96, right / count
    middle = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return tuple(round(100 * (middle + sign * reach) / (1 + z * z / count), 1) for sign in (-1, 1))  # type: ignore[return-value]


def scored(key: Iterable[Row], judgements: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The key with the judgements; rows that were not judged are left out."""
    said = {line["n"]: line["right"] for line in judgements}
    return [{**row, "right": said[row["n"]]} for row in key if row["n"] in said]


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """Precision by kind, strictly and loosely, and how many decoys were seen through."""
    found: dict[str, float] = {}
    for kind in (*KINDS, "all"):
        own = [row for row in rows if kind in (row["kind"], "all")]
        real, false = [r for r in own if not r["decoy"]], [r for r in own if r["decoy"]]
        if not real:
            continue
        yes = sum(r["right"] == "yes" for r in real)
        partly = sum(r["right"] == "partly" for r in real)
        low, high = wilson(yes, len(real))
        found |= {
            f"{kind}, rows": len(real),
            f"{kind}, right": round(100 * yes / len(real), 1),
            f"{kind}, right or partly": round(100 * (yes + partly) / len(real), 1),
            f"{kind}, right, at least": low,
            f"{kind}, right, at most": high,
        }
        if false:
            found[f"{kind}, decoys seen through"] = round(100 * sum(r["right"] != "yes" for r in false) / len(false), 1)
    return found


def report(rows: Sequence[Row]) -> None:
    """Print the figures."""
    for name, value in figures(rows).items():
        print(f"{name:<40} {value:6.1f}")


def main() -> None:
    """Do as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public corpora")
    doing = parser.add_subparsers(dest="doing", required=True)
    one = doing.add_parser("draw")
    one.add_argument("topics", nargs="+")
    one.add_argument("--articles", type=int, default=50)
    one.add_argument("--rows", type=int, default=200)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("-o", "--sheet", type=Path, required=True)
    one.add_argument("--key", type=Path, required=True)
    two = doing.add_parser("score")
    two.add_argument("key", type=Path)
    two.add_argument("judgements", type=Path)
    two.add_argument("-o", "--out", type=Path)
    three = doing.add_parser("report")
    three.add_argument("kept", type=Path, nargs="?", default=KEPT)
    three.add_argument("--round", type=int, help="by default the last")
    three.add_argument("--json", type=Path, help="write the figures to this file")
    three.add_argument("--data", type=Path, default=DATA, help="not needed")
    given = parser.parse_args()
    if given.doing == "draw":
        if not given.data.exists():
            print(f"{given.data}: the public corpora are not there; nothing is drawn")
            return
        draw(given.data, given.topics, given.articles, given.rows, given.seed, given.sheet, given.key)
    elif given.doing == "score":
        lines = given.judgements.read_text(encoding="utf-8").splitlines()
        rows = scored(json.loads(given.key.read_text(encoding="utf-8")), [json.loads(x) for x in lines if x.strip()])
        if given.out:
            given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")
        report(rows)
    else:
        kept = json.loads(given.kept.read_text(encoding="utf-8"))
        wanted = given.round or max(row["round"] for row in kept)
        own = [row for row in kept if row["round"] == wanted]
        report(own)
        if given.json:
            given.json.write_text(json.dumps(figures(own), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
