"""Every line of the example corpus' truth about its situation, against an edition of it.

    python benchmarks/story.py [--json FILE] [--errors]

Occupancies, events, stances, labels, conflicts and omissions that must be found, and conflicts that must not. A line is
found if a row has words in one of its places (the same sentence) and agrees in who, in what, and in how it is put;
"loosely" if it agrees in who and what alone.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from figures import run
from variorum.build import build
from variorum.edition.reading import Edition
from variorum.examples import corpus, truth
from variorum.situation.wording import folded

Line = dict[str, Any]


class Story:
    """An edition of the example corpus beside its truth."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.sql = edition.connection
        self.truth = truth()
        self.documents: dict[str, str] = {}
        for document in self.truth["documents"]:
            row = self.sql.execute(
                "SELECT id FROM documents WHERE path = ? AND (? IS NULL OR line = ?) ORDER BY line",
                [document["path"], document["row"], document["row"]],
            ).fetchone()
            self.documents[document["id"]] = row["id"]
        self.names: dict[str, set[str]] = {}
        for row in self.sql.execute("SELECT id, name, aliases FROM actors"):
            forms = {folded(row["name"]), *(folded(a) for a in json.loads(row["aliases"]))}
            self.names[row["id"]] = {f.removeprefix("the ") for f in forms}
        self.forms = {
            a["name"]: {folded(n).removeprefix("the ") for n in (a["name"], *a["aliases"])}
            for a in self.truth["actors"]
        }
        self._texts: dict[str, str] = {}

    def is_actor(self, id: str | None, name: str | None) -> bool:
        """Whether an actor of the edition is one of the truth."""
        if id is None or name is None:
            return id is None and name is None
        own = self.forms.get(name, {folded(name)})
        return bool(self.names.get(id, set()) & own)

    def text(self, document: str) -> str:
        """The stored text of a document."""
        if document not in self._texts:
            row = self.sql.execute(
                "SELECT text FROM texts JOIN documents ON n = document WHERE id = ?", [document]
            ).fetchone()
            self._texts[document] = row["text"]
        return self._texts[document]

    def places(self, evidence: Iterable[tuple[str, str]]) -> list[tuple[str, int, int]]:
        """Where words of the truth stand."""
        found = []
        for name, words in evidence:
            document = self.documents[name]
            pattern = r"\s+".join(re.escape(w) for w in words.split()).replace("'", "['’]").replace('"', '["“”]')
            match = re.search(pattern, self.text(document))
            if match:
                found.append((document, *self.sentence(document, match.start(), match.end())))
        return found

    def sentence(self, document: str, start: int, end: int) -> tuple[int, int]:
        """The sentences that a stretch touches."""
        annotation = self.edition.annotation(document)
        spans = [s for s in annotation.sentences if s[0] < end and start < s[1]] if annotation else []
        return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (start, end)

    def rows(self, kind: str, table: str, places: Iterable[tuple[str, int, int]]) -> list[sqlite3.Row]:
        """The rows that have words in one of these places."""
        ids: dict[str, None] = {}
        for document, start, end in places:
            for row in self.sql.execute(
                """SELECT e.row FROM evidence e JOIN documents d ON d.n = e.document
                   WHERE e.kind = ? AND d.id = ? AND e.start < ? AND ? < e."end" ORDER BY e.row""",
                [kind, document, end, start],
            ):
                ids.setdefault(row["row"])
        return [self.sql.execute(f"SELECT * FROM {table} WHERE id = ?", [id]).fetchone() for id in ids]


def _words(text: str) -> set[str]:
    return {
        w.removesuffix("s") for w in re.findall(r"[a-z]+", folded(text)) if w not in ("of", "the", "a", "an", "for")
    }


def occupancy(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a line is found, and whether it is found loosely."""
    strict = loose = False
    outlets = {o["name"]: {folded(x) for x in (o["name"], *o["aliases"])} for o in story.truth["outlets"]}
    for row in story.rows("occupancy", "occupancies", story.places(line["evidence"])):
        post = story.sql.execute("SELECT * FROM offices WHERE id = ?", [row["office"]]).fetchone()
        wanted = line["office"].split(" of ")[0]
        if not story.is_actor(row["actor"], line["actor"]) or not _words(wanted) <= _words(post["name"]):
            continue
        loose = True
        status = row["status"] == line["status"]
        said = any(
            (row["outlet"] and folded(row["outlet"]) in outlets.get(who, {folded(who)}))
            or (row["voice"] and story.is_actor(row["voice"], who))
            for who in line["according_to"]
        )
        strict = strict or (status and said)
    return strict, loose


def event(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a line is found, and whether it is found loosely."""
    strict = loose = False
    for row in story.rows("event", "events", story.places(line["evidence"])):
        parts = story.sql.execute("SELECT role, actor, name FROM parts WHERE event = ?", [row["id"]]).fetchall()
        same = line["subtype"].split()[0][:5] == row["subtype"].split()[0][:5] or (
            line["type"] is not None and line["type"] == row["type"]
        )

        def takes(role: str, name: str, parts: list[sqlite3.Row] = parts) -> bool:
            return any(p["role"] == role and p["actor"] and story.is_actor(p["actor"], name) for p in parts)

        actors = all(takes("actor", name) for name in line["actors"])
        recipients = all(takes("recipient", name) for name in line["recipients"])
        if same and (actors or not line["actors"]):
            loose = True
            days = not line["when"] or (row["earliest"] or "") <= line["when"] <= (row["latest"] or "9999")
            real = {"asserted", "reported"}
            put = row["modality"] == line["modality"] or {row["modality"], line["modality"]} <= real
            strict = strict or (actors and recipients and days and put and row["type"] == line["type"])
    return strict, loose


POSITIVE = {"recognises", "supports"}
NEGATIVE = {"opposes", "rejects", "derecognises"}


def stance(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a line is found, and whether it is found loosely."""
    strict = loose = False
    for row in story.rows("stance", "stances", story.places(line["evidence"])):
        if not story.is_actor(row["actor"], line["actor"]):
            continue
        if line["issue"]:
            target = bool(row["issue"]) and bool(_words(line["issue"]) & _words(row["issue"]))
        else:
            target = story.is_actor(row["target"], line["target"]) or (
                line["stance"] == "neutral" and not row["target"]
            )
        side = next(({*s} for s in (POSITIVE, NEGATIVE) if line["stance"] in s), {"neutral"})
        if target and row["stance"] in side:
            loose = True
            real = {"asserted", "reported"}
            put = row["modality"] == line["modality"] or {row["modality"], line["modality"]} <= real
            strict = strict or (row["stance"] == line["stance"] and put)
    return strict, loose


def label(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a line is found, and whether it is found loosely."""
    strict = loose = False
    document = story.documents[line["document"]]
    wanted = folded(line["words"]).strip('"“”')
    rows = story.sql.execute(
        """SELECT l.*, t.text FROM labels l JOIN documents d ON d.n = l.document
           JOIN texts t ON t.document = d.n WHERE d.id = ?""",
        [document],
    )
    for row in rows:
        words = folded(" ".join(row["text"][row["start"] : row["end"]].split())).strip('"“”')
        if not (
            words == wanted
            or (wanted in words and len(words) < 1.5 * len(wanted))
            or (words in wanted and len(words) > 0.6 * len(wanted))
        ):
            continue
        event = line["referent"].startswith("event:")
        if (event and row["event"]) or (not event and row["actor"] and story.is_actor(row["actor"], line["referent"])):
            loose = True
            voice = (row["voice_name"] is None) == (line["voice"] == "outlet")
            strict = strict or (voice and row["tone"] == line["tone"] and bool(row["scare"]) == line["scare_quotes"])
    return strict, loose


def conflict(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a conflict has words of two sides on two of its own sides; loosely: whether any two sides are there."""
    kinds = ("claim", "occupancy", "stance")
    sides = []
    for side in line["sides"]:
        ids: set[str] = set()
        for kind in kinds:
            for document, start, end in story.places(side["evidence"]):
                ids |= {
                    row["row"]
                    for row in story.sql.execute(
                        """SELECT e.row FROM evidence e JOIN documents d ON d.n = e.document
                           WHERE e.kind = ? AND d.id = ? AND e.start < ? AND ? < e."end" """,
                        [kind, document, end, start],
                    )
                }
        sides.append(ids)
    best = 0
    for row in story.sql.execute("SELECT id FROM conflicts ORDER BY id"):
        found = [
            set(json.loads(s["claims"]))
            for s in story.sql.execute("SELECT claims FROM sides WHERE conflict = ?", [row["id"]])
        ]
        hit = sum(1 for ids in sides if any(ids & own for own in found))
        apart = len({i for ids in sides for i, own in enumerate(found) if ids & own})
        best = max(best, min(hit, apart))
    return best >= len(sides), best >= 2


def omission(story: Story, line: Line) -> tuple[bool, bool]:
    """Whether a line is found, with its parent, and whether it is found loosely."""
    strict = loose = False
    rows = story.rows("claim", "claims", story.places(line["evidence"]))
    for claim in rows:
        for row in story.sql.execute(
            "SELECT o.* FROM omissions o JOIN documents d ON d.n = o.document WHERE o.claim = ? AND d.id = ?",
            [claim["id"], story.documents[line["document"]]],
        ):
            loose = True
            strict = strict or (row["parent"] is None) == (line["parent"] is None or line["parent"].startswith("lost"))
    return strict, loose


KINDS: dict[str, Callable[[Story, Line], tuple[bool, bool]]] = {
    "occupancies": occupancy,
    "events": event,
    "stances": stance,
    "labels": label,
    "conflicts": conflict,
    "omissions": omission,
}


def scores(edition: Edition, misses: list[str] | None = None) -> dict[str, float]:
    """Recall of each kind in percent, strictly and loosely, and how many conflicts are shown that are none."""
    story = Story(edition)
    found: dict[str, float] = {}
    for kind, judge in KINDS.items():
        lines = story.truth[kind]
        verdicts = [judge(story, line) for line in lines]
        found[f"{kind}, recall"] = round(100 * sum(s for s, _ in verdicts) / len(lines), 1)
        found[f"{kind}, loosely"] = round(100 * sum(x for _, x in verdicts) / len(lines), 1)
        for line, (strict, loose) in zip(lines, verdicts, strict=True):
            if misses is not None and not strict:
                misses.append(f"{kind} {'loosely' if loose else 'missed'}: {json.dumps(line, ensure_ascii=False)}")
    wrong = 0
    for line in story.truth["not_conflicts"]:
        sides = [{"evidence": [place]} for place in line["evidence"]]
        wrong += conflict(story, {"sides": sides})[1]
    found["no conflicts, shown"] = float(wrong)
    return found


def measure(_: Path, errors: bool = False) -> Mapping[str, float]:
    """Build the example edition and judge it."""
    misses: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.edition"
        build([corpus()], path)
        with Edition.open(path) as edition:
            figures = scores(edition, misses)
    if errors:
        print("\n".join(misses))
    return figures


if __name__ == "__main__":
    run(__doc__, measure)
