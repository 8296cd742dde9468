"""Editors' decisions: lines in a text file, replayed at every build.

A decision points at a document by its id or its path, and at a place in it by the exact words, never by a number, so
that it survives the next article. One that matches nothing is reported, not dropped. The file is JSON Lines::

    {"decision": "outlet", "document": "reports/02.txt", "value": "The Harbour Post", "by": "mk", "note": "masthead"}
    {"decision": "zone", "document": "reports/02.txt", "value": "furniture", "exact": "Sign up for our newsletter"}
    {"decision": "same", "document": "02.txt", "exact": "Moscow", "other": "05.txt", "words": "the Kremlin"}
    {"decision": "undo", "of": "1f0c63d2a9"}
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from variorum.records import ZONE_KINDS, Clue, Field, Span, Zone

Kind = Literal["date", "outlet", "author", "title", "zone", "same", "apart", "undo"]
"""What can be decided. ``same`` and ``apart`` are about two actors, each by a document and the words for it
there; ``undo`` takes an earlier decision back."""

KINDS: tuple[Kind, ...] = get_args(Kind)

State = Literal["applied", "unmatched", "broken", "undone"]
"""What became of a decision at the last build."""

_FIELDS: Mapping[Kind, Field] = {
    "date": "published",
    "outlet": "outlet",
    "author": "author",
    "title": "title",
}

ABOUT_ACTORS: Final = ("same", "apart")
"""Decisions about two actors; what becomes of them is known when the actors of the corpus are."""

_WANTED: Mapping[str, tuple[str, ...]] = {
    "undo": ("of",),
    "zone": ("document", "value", "exact"),
    **dict.fromkeys(ABOUT_ACTORS, ("document", "exact", "other", "words")),
}

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a decisions file."""

    number: int
    """Its line, from 1."""
    id: str
    """Hash of what it says: ten characters."""
    content: Mapping[str, str]
    """What it says, key by key."""
    problem: str = ""
    """What is wrong with the line, in words; empty for a sound one."""

    @property
    def kind(self) -> str:
        """What is decided."""
        return self.content.get("decision", "")


def decision_id(content: Mapping[str, str]) -> str:
    """Return the id of a decision: the same words, the same id."""
    words = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def parse(lines: Iterable[str]) -> list[Decision]:
    """Return the decisions in a file's lines; empty lines and lines that start with # say nothing."""
    found: list[Decision] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            found.append(Decision(number, decision_id({"line": line}), {"line": line.strip()}, "this line is not JSON"))
            continue
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            problem = "a decision is an object whose values are texts"
            found.append(Decision(number, decision_id({"line": line}), {"line": line.strip()}, problem))
            continue
        found.append(Decision(number, decision_id(value), value, problem_of(value)))
    return found


def problem_of(content: Mapping[str, str]) -> str:
    """Return what is wrong with a decision, in words, or nothing."""
    kind = content.get("decision", "")
    if kind not in KINDS:
        return f"there is no decision {kind!r}; there are {', '.join(KINDS)}"
    wanted = _WANTED.get(kind, ("document", "value"))
    missing = [key for key in wanted if not content.get(key, "").strip()]
    if missing:
        return f"a decision of this kind needs {' and '.join(missing)}"
    if kind == "zone" and content["value"] not in ZONE_KINDS:
        return f"there is no zone {content['value']!r}; there are {', '.join(ZONE_KINDS)}"
    if kind == "date" and not _is_date(content["value"]):
        return f"{content['value']!r} is not a date like 2019-06-06, 2019-06 or 2019"
    return ""


@dataclass(slots=True)
class Replay:
    """The decisions of a file, on their way to the documents that they are about.

    :meth:`clues` and :meth:`mark` give out what was decided about one document and note that it was; what nobody
    asked for has matched nothing.
    """

    decisions: Sequence[Decision]
    """All of them, in order of their lines."""
    _states: dict[int, tuple[State, str]]
    _by_document: dict[str, list[Decision]]

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> Replay:
        """Make ready to replay ``decisions``. A later one about the same thing outweighs an earlier one."""
        states: dict[int, tuple[State, str]] = {}
        by_document: dict[str, list[Decision]] = {}
        undone: dict[str, int] = {}
        for decision in decisions:
            if decision.problem:
                states[decision.number] = ("broken", decision.problem)
            elif decision.kind == "undo":
                targets = [d for d in decisions if d.id == decision.content["of"] and d.number < decision.number]
                if targets:
                    states[decision.number] = ("applied", "")
                    undone |= {target.id: decision.number for target in targets}
                else:
                    states[decision.number] = ("unmatched", f"no line above has the id {decision.content['of']}")
        for decision in decisions:
            if decision.number in states:
                continue
            if undone.get(decision.id, 0) > decision.number:
                states[decision.number] = ("undone", f"taken back in line {undone[decision.id]}")
                continue
            if decision.kind in ABOUT_ACTORS:
                states[decision.number] = ("applied", "")
                continue
            states[decision.number] = ("unmatched", f"there is no document {decision.content['document']!r}")
            by_document.setdefault(decision.content["document"], []).append(decision)
        return cls(decisions, states, by_document)

    def about(self, id: str, path: str, key: str) -> list[Decision]:
        """Return what was decided about the document with this id, path and key, in order of lines."""
        names = {id, f"{path}#{key}" if key else path}
        found = [d for name in sorted(names) for d in self._by_document.get(name, ())]
        return sorted(found, key=lambda d: d.number)

    def clues(self, about: Sequence[Decision]) -> tuple[Clue, ...]:
        """Return the metadata among the decisions about one document, the last word on each field."""
        last: dict[Field, Clue] = {}
        for decision in about:
            if decision.kind not in _FIELDS:
                continue
            field = _FIELDS[decision.kind]  # type: ignore[index]  # a str that is one of the Kinds
            last[field] = Clue(field, decision.content["value"].strip(), "decision", 1.0, _reason(decision))
            self._states[decision.number] = ("applied", "")
        return tuple(last.values())

    def mark(self, about: Sequence[Decision], text: str, zones: Sequence[Zone]) -> tuple[Zone, ...]:
        """Return the zones of a document with what was decided about them."""
        marked = list(zones)
        for decision in about:
            if decision.kind != "zone":
                continue
            place = locate(text, decision.content["exact"], decision.content.get("prefix", ""))
            if isinstance(place, str):
                self._states[decision.number] = ("unmatched", place)
                continue
            kind = next(k for k in ZONE_KINDS if k == decision.content["value"])
            marked = _overlay(marked, Zone(place.start, place.end, kind, 1.0, _reason(decision)), text)
            self._states[decision.number] = ("applied", "")
        return tuple(marked)

    def states(self) -> list[tuple[Decision, State, str]]:
        """Return each decision with what became of it and why."""
        return [(d, *self._states[d.number]) for d in self.decisions]


def locate(text: str, exact: str, prefix: str = "") -> Span | str:
    """Return where ``exact`` stands in ``text`` behind ``prefix``, or why that can't be told, in words."""
    at = text.find(prefix + exact)
    if at < 0:
        return "these words do not stand in the document"
    if text.find(prefix + exact, at + 1) >= 0:
        return "these words stand in the document more than once; add what stands before them as prefix"
    return Span(at + len(prefix), at + len(prefix) + len(exact))


def _overlay(zones: Sequence[Zone], new: Zone, text: str) -> list[Zone]:
    """Return ``zones`` with ``new`` laid over them: what it covers of others is cut away."""
    kept: list[Zone] = []
    for zone in zones:
        for start, end in ((zone.start, min(zone.end, new.start)), (max(zone.start, new.end), zone.end)):
            words = text[start:end]
            if start < end and words.strip():
                start += len(words) - len(words.lstrip())
                kept.append(replace(zone, start=start, end=start + len(words.strip())))
    words = text[new.start : new.end]
    start = new.start + len(words) - len(words.lstrip())
    kept.append(replace(new, start=start, end=start + len(words.strip())))
    return sorted(kept, key=lambda z: z.start)


def _reason(decision: Decision) -> str:
    who = f"the editor {decision.content['by']}" if decision.content.get("by") else "an editor"
    why = f": {decision.content['note']}" if decision.content.get("note") else ""
    return f"set by {who}{why}"


def _is_date(value: str) -> bool:
    from datetime import date

    value = value.strip()
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True
