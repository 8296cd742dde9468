"""The editor's desk: take a decision down as a line of the decisions file, and apply it to the edition at once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.build import BuildError, replay_decisions
from variorum.edition.accounts import actors_called
from variorum.edition.decisions import ABOUT_ACTORS, decision_id, locate, parse, problem_of
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
        if content.get("decision") in ABOUT_ACTORS:
            content = self._about_actors(content)
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
            kept = opened.decisions()
        return [{**_shown(d.content), "id": d.id, "state": d.state, "reason": d.reason} for d in kept]

    def _addressed(self, opened: Edition, content: dict[str, str]) -> dict[str, str]:
        """Return a decision with its document named by id and path, if it does match something."""
        if content["decision"] == "undo":
            known = {d.id for d in parse(self._lines())}
            if content["of"] not in known:
                raise BuildError(f"{self.decisions}: no decision has the id {content['of']!r}")
            return content
        if content["decision"] in ABOUT_ACTORS:
            return content
        id, path = find_document(opened, content["document"])
        if content["decision"] == "zone":
            place = locate(opened.document(id).text, content["exact"], content.get("prefix", ""))
            if not isinstance(place, Span):
                raise BuildError(f"{path}: {place}")
        return {**content, "document": id, "path": path}

    def _about_actors(self, content: dict[str, str]) -> dict[str, str]:
        """Return a decision about two actors with each of them named by a document and the words there."""
        with Edition.open(self.edition) as opened:
            document, exact = find_actor(opened, content.pop("a", ""), content.pop("document", ""))
            other, words = find_actor(opened, content.pop("b", ""), content.pop("other", ""))
        if (document, exact) == (other, words):
            raise BuildError(f"both are {exact!r} of the same document; say with --in and --and-in which two are meant")
        return {**content, "document": document, "exact": exact, "other": other, "words": words}

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


def _shown(content: Mapping[str, str]) -> dict[str, str]:
    """A decision with what is decided in one column."""
    if content.get("decision") in ABOUT_ACTORS:
        sign = "=" if content["decision"] == "same" else "≠"
        return {**content, "value": f"{content['exact']} {sign} {content['words']}"}
    return dict(content)


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


def find_actor(opened: Edition, name: str, document: str = "") -> tuple[str, str]:
    """Return a document that names an actor, and the words by which it does.

    ``name`` is an id or a name, ``document`` the only document to look into, if any. Raises BuildError if no actor or
    several are meant.
    """
    ids = [row["id"] for row in opened.connection.execute("SELECT id FROM actors WHERE id = ?", [name])]
    ids = ids or [by.actor for by in actors_called(opened, name) if by.actor]
    where = find_document(opened, document)[0] if document else None
    rows = opened.connection.execute(
        """SELECT d.id, m.name, m.names, m.actor FROM cast_members m JOIN documents d ON d.n = m.document
           WHERE m.actor IN (SELECT value FROM json_each(?)) AND (? IS NULL OR d.id = ?)
           ORDER BY m.mentions DESC, d.id""",
        [json.dumps(ids), where, where],
    ).fetchall()
    exactly = [row for row in rows if name in (row["name"], *json.loads(row["names"]))]
    rows = exactly or rows
    if not rows:
        raise BuildError(f"{opened.path}: there is no actor {name!r}{f' in {document}' if document else ''}")
    if len({row["actor"] for row in rows}) > 1:
        some = ", ".join(sorted({row["actor"] for row in rows})[:8])
        raise BuildError(f"{name!r} can mean {some}; name one by its id, or say in which document it stands")
    first = rows[0]
    return first["id"], name if exactly else first["name"]
