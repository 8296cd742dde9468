"""The editor's desk: take a decision down as a line of the decisions file, and apply it to the edition at once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.build import BuildError, replay_decisions
from variorum.edition.decisions import decision_id, locate, parse, problem_of
from variorum.edition.reading import Edition
from variorum.progress import Progress
from variorum.records import Span


@dataclass(frozen=True, slots=True)
class Desk:
    """Where decisions about one edition are made."""

    edition: Path
    """The edition."""
    decisions: Path
    """The file that decisions are kept in."""
    progress: Progress
    """Who wants to know."""

    def decide(self, content: Mapping[str, str]) -> str:
        """Append a decision to the file, apply all decisions, and return its id.

        Keys without a value are left out; the document can be named by id, path, or the end of a path that only one
        document has. Raises BuildError for a decision that makes no sense or matches nothing; then nothing is
        written.
        """
        content = {key: value for key, value in content.items() if value}
        problem = problem_of(content)
        if problem:
            raise BuildError(problem)
        with Edition.open(self.edition) as opened:
            content = self._addressed(opened, content)
        id = decision_id(content)
        self._append(json.dumps(content, ensure_ascii=False))
        replay_decisions(self.edition, self.decisions, self.progress)
        self.progress.say(f"{id}: kept in {self.decisions} and applied")
        return id

    def rows(self) -> list[dict[str, Any]]:
        """Return the decisions as last applied, with what became of each."""
        with Edition.open(self.edition) as opened:
            return [{**d.content, "id": d.id, "state": d.state, "reason": d.reason} for d in opened.decisions()]

    def _addressed(self, opened: Edition, content: dict[str, str]) -> dict[str, str]:
        """Return a decision with its document named by id and path, if it does match something."""
        if content["decision"] == "undo":
            known = {d.id for d in parse(self._lines())}
            if content["of"] not in known:
                raise BuildError(f"{self.decisions}: no decision has the id {content['of']!r}")
            return content
        id, path = find_document(opened, content["document"])
        if content["decision"] == "zone":
            place = locate(opened.document(id).text, content["exact"], content.get("prefix", ""))
            if not isinstance(place, Span):
                raise BuildError(f"{path}: {place}")
        return {**content, "document": id, "path": path}

    def _lines(self) -> list[str]:
        if not self.decisions.exists():
            return []
        return self.decisions.read_text(encoding="utf-8", errors="replace").split("\n")

    def _append(self, line: str) -> None:
        before = self.decisions.read_bytes() if self.decisions.exists() else b""
        with self.decisions.open("ab") as out:
            if before and not before.endswith(b"\n"):
                out.write(b"\n")
            out.write(line.encode("utf-8", "surrogatepass") + b"\n")
            out.flush()
            os.fsync(out.fileno())


def find_document(opened: Edition, name: str) -> tuple[str, str]:
    """Return the id and path of the document that ``name`` means: an id, a path, or the end of one path only.

    Raises BuildError if none or several are meant.
    """
    rows = opened.connection.execute("SELECT id, path, key FROM documents ORDER BY path, key").fetchall()
    for exactly in (
        [r for r in rows if r["id"] == name],
        [r for r in rows if name in (r["path"], f"{r['path']}#{r['key']}")],
        [r for r in rows if r["path"].endswith(f"/{name}") or r["key"] == name],
    ):
        if len(exactly) == 1:
            return exactly[0]["id"], exactly[0]["path"]
        if exactly:
            raise BuildError(f"{name!r} can mean {len(exactly)} documents; name one by its id")
    raise BuildError(f"{opened.path}: there is no document {name!r}")
