"""Read what collation found: families, relations, passages, variants, and the origins that documents are counted by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from variorum.edition.listing import UNKNOWN, Filter, published_between
from variorum.edition.quotes import Count
from variorum.edition.reading import Edition

Stretch = tuple[int, int]

SOME = 500
"""Ids that a question names at once."""

CONTEXT = 60
"""Code points around a variant that a list shows, whole words of them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a list names it."""

    id: str
    title: str
    """Its title; empty where it has none."""
    outlet: str | None
    date: str | None
    """When it was published: ISO 8601 or EDTF (``2019-06``, ``2019-09-18/..``), with a question mark if doubtful."""
    path: str


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two documents are related."""

    id: str
    a: Paper
    b: Paper
    kind: str
    direction: str
    ancestor: str
    """Id of the nearest common ancestor, a document or a lost one."""
    ancestor_lost: bool
    similarity: float
    score: float
    reason: str
    alterations: Mapping[str, int] = field(default_factory=dict)
    """Variants by severity."""


@dataclass(frozen=True, slots=True)
class LostAncestor:
    """A document that others descend from and that is not in the edition."""

    id: str
    name: str
    """What to call it."""
    reason: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A document and what it descends from."""

    parent: str
    child: str
    kind: str
    score: float
    reason: str
    relation: str | None
    """The relation that says so; None below a lost ancestor."""


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that are mostly copies of one another."""

    id: str
    """The origin: the id of the document or the lost one that all descend from."""
    documents: tuple[Paper, ...]
    lost: tuple[LostAncestor, ...]
    edges: tuple[Edge, ...]
    origins: int
    """Independent origins that its documents have between them; more than one where a copy adds a report of its own."""
    reason: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that two documents share, in offsets of their stored texts."""

    id: str
    a: Stretch
    b: Stretch
    kind: Literal["verbatim", "reworded"]
    origin: str | None = None
    relation: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A variant, with the words around it."""

    id: str
    relation: str
    a: Paper
    b: Paper
    a_span: Stretch | None
    b_span: Stretch | None
    a_words: str
    b_words: str
    a_context: tuple[str, str]
    b_context: tuple[str, str]
    kind: str
    severity: Literal["high", "medium", "low"]
    score: float
    reason: str
    utterance: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which variants are asked for; None does not narrow."""

    kind: str | None = None
    severity: str | None = None
    outlet: str | None = None
    """Published one of the two documents; :data:`~variorum.edition.listing.UNKNOWN` for none known."""
    quoted: bool = False
    """Only inside quotations."""
    since: str | None = None
    """One of the two documents published on or after this day (ISO 8601), as far as its interval allows."""
    until: str | None = None
    """That document published on or before this day, likewise."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the variants that are asked for divide; each with the filters on the others applied."""

    kinds: tuple[Count, ...]
    severities: tuple[Count, ...]
    outlets: tuple[Count, ...]


_PAPER = (
    "{0}.id AS {0}_id, {0}.title AS {0}_title, {0}.outlet AS {0}_outlet, {0}.path AS {0}_path, "
    "{0}.published_earliest AS {0}_earliest, {0}.published_latest AS {0}_latest, {0}.published_best AS {0}_best, "
    "{0}.published_precision AS {0}_precision, {0}.published_reliable AS {0}_reliable"
)
_BOTH = f"{_PAPER.format('da')}, {_PAPER.format('db')}"
_JOINED = "relations r JOIN documents da ON da.n = r.a JOIN documents db ON db.n = r.b"
_SEVERITY = "CASE v.severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END"


def _paper(row: sqlite3.Row, side: str) -> Paper:
    names = ("earliest", "latest", "best", "precision")
    date = _edtf(*(row[f"{side}_{name}"] for name in names))
    if date is not None and not row[f"{side}_reliable"]:
        date = f"{date}?"
    return Paper(row[f"{side}_id"], row[f"{side}_title"] or "", row[f"{side}_outlet"], date, row[f"{side}_path"])


def _edtf(earliest: str | None, latest: str | None, best: str | None, precision: str) -> str | None:
    """Return a date in EDTF, as exactly as it is known."""
    if best is not None and precision != "week":
        within_month = not (earliest and latest) or earliest[:7] == latest[:7]
        if precision != "month" or within_month:
            return best[: {"month": 7, "year": 4}.get(precision, 10)]
    if earliest is None and latest is None:
        return best
    return earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"


def papers(edition: Edition, ids: Iterable[str]) -> dict[str, Paper]:
    """Return documents by id; those that are not there are left out."""
    found = {}
    for id in ids:
        row = edition.connection.execute(
            f"SELECT {_PAPER.format('da')} FROM documents da WHERE id = ?",
            [id],
        ).fetchone()
        if row is not None:
            found[id] = _paper(row, "da")
    return found


# --- origins ----------------------------------------------------------------------------------------------------------


def origin_count(edition: Edition, wanted: Filter | None = None) -> int:
    """Return how many independent origins documents have, each counted by what most of it comes from.

    Of all by default.
    """
    where, values = (wanted or Filter()).where()
    row = edition.connection.execute(
        f"""SELECT count(DISTINCT coalesce(o.origin, d.id)) FROM documents d
            LEFT JOIN origins o ON o.document = d.n AND o.place = 0 WHERE {where}""",
        values,
    ).fetchone()
    return int(row[0])


def origins_among(edition: Edition, documents: Sequence[str]) -> int:
    """Return how many independent origins these documents have, each counted by what most of it comes from."""
    found: set[str] = set()
    for first in range(0, len(documents), SOME):
        some = list(documents[first : first + SOME])
        rows = edition.connection.execute(
            f"""SELECT DISTINCT coalesce(o.origin, d.id) FROM documents d
                LEFT JOIN origins o ON o.document = d.n AND o.place = 0 WHERE d.id IN ({",".join("?" * len(some))})""",
            some,
        )
        found.update(row[0] for row in rows)
    return len(found)


def origins_of(edition: Edition, document: str) -> list[tuple[str, list[Stretch]]]:
    """Return which origin each stretch of a document descends from; the one with most of it first."""
    rows = edition.connection.execute(
        "SELECT origin, spans FROM origins o JOIN documents d ON d.n = o.document WHERE d.id = ? ORDER BY o.place",
        [document],
    )
    return [(row["origin"], [(s, e) for s, e in json.loads(row["spans"])]) for row in rows]


# --- families ---------------------------------------------------------------------------------------------------------


def family_count(edition: Edition, wanted: Filter | None = None) -> tuple[int, int]:
    """Return how many families have a document that ``wanted`` allows, and how many documents they have together."""
    where, values = _having(wanted)
    row = edition.connection.execute(
        f"SELECT count(*), coalesce(sum(documents), 0) FROM families WHERE {where}", values
    ).fetchone()
    return int(row[0]), int(row[1])


def _having(wanted: Filter | None) -> tuple[str, list[str]]:
    """Return an SQL condition on families, and its parameters: those with a document that ``wanted`` allows."""
    if wanted is None or wanted == Filter():
        return "TRUE", []
    where, values = wanted.where()
    return (
        f"origin IN (SELECT x.family FROM descents x JOIN documents d ON d.n = x.document WHERE {where})",
        values,
    )


def families(edition: Edition, offset: int = 0, limit: int = -1, wanted: Filter | None = None) -> list[Family]:
    """Return families that have a document that ``wanted`` allows, the biggest first."""
    where, values = _having(wanted)
    rows = edition.connection.execute(
        f"SELECT origin FROM families WHERE {where} ORDER BY documents DESC, origin LIMIT ? OFFSET ?",
        [*values, limit, offset],
    ).fetchall()
    return [family(edition, row["origin"]) for row in rows]


def family_ids(edition: Edition) -> list[str]:
    """Return the ids of all families."""
    return [row[0] for row in edition.connection.execute("SELECT origin FROM families ORDER BY documents DESC, origin")]


def family(edition: Edition, id: str) -> Family:
    """Return a family. Raises KeyError if there is none with this id."""
    head = edition.connection.execute("SELECT * FROM families WHERE origin = ?", [id]).fetchone()
    if head is None:
        raise KeyError(id)
    rows = edition.connection.execute(
        f"SELECT x.*, {_PAPER.format('da')} FROM descents x JOIN documents da ON da.n = x.document "
        "WHERE x.family = ? ORDER BY da.published_best IS NULL, da.published_best, da.id",
        [id],
    ).fetchall()
    documents = tuple(_paper(row, "da") for row in rows)
    edges = tuple(
        Edge(row["parent"], row["da_id"], row["kind"], row["score"], row["reason"], row["relation"])
        for row in rows
        if row["parent"]
    )
    lost: tuple[LostAncestor, ...] = ()
    reason = "All descend from one of them."
    if head["lost"]:
        lost = (lost_ancestor(edition, id),)
        reason = lost[0].reason
    return Family(id, documents, lost, edges, _origins_within(edition, [paper.id for paper in documents]), reason)


def _origins_within(edition: Edition, documents: Sequence[str]) -> int:
    marks = ",".join("?" * len(documents))
    row = edition.connection.execute(
        f"SELECT count(DISTINCT origin) FROM origins o JOIN documents d ON d.n = o.document WHERE d.id IN ({marks})",
        list(documents),
    ).fetchone()
    return int(row[0])


def lost_ancestor(edition: Edition, id: str) -> LostAncestor:
    """Return a document that is not in the edition. Raises KeyError if there is none with this id."""
    row = edition.connection.execute("SELECT * FROM lost_documents WHERE id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    name = f"lost original, credited to {row['credited']}" if row["credited"] else "lost original"
    return LostAncestor(id, name, row["reason"])


def family_of(edition: Edition, document: str) -> str | None:
    """Return the family of a document; None where it is no copy and has none."""
    row = edition.connection.execute(
        "SELECT family FROM descents x JOIN documents d ON d.n = x.document WHERE d.id = ?", [document]
    ).fetchone()
    return row["family"] if row else None


# --- relations --------------------------------------------------------------------------------------------------------


def kinship(edition: Edition, id: str) -> Kinship:
    """Return a relation. Raises KeyError if there is none with this id."""
    return next(_kinships(edition, "r.id = ?", [id]), None) or _missing(id)


def relation_ids(edition: Edition) -> list[str]:
    """Return the ids of all relations."""
    return [row[0] for row in edition.connection.execute("SELECT id FROM relations ORDER BY id")]


def _missing(id: str) -> Any:
    raise KeyError(id)


def kinships(edition: Edition, document: str | None = None, wanted: Filter | None = None) -> Iterator[Kinship]:
    """Yield all relations, those of a document, or those of a document that ``wanted`` allows, the closest first."""
    if document is None and (wanted is None or wanted == Filter()):
        yield from _kinships(edition, "1", [])
    elif document is None and wanted is not None:
        where, values = wanted.where()
        allowed = f"(SELECT d.n FROM documents d WHERE {where})"
        yield from _kinships(edition, f"r.a IN {allowed} OR r.b IN {allowed}", [*values, *values])
    else:
        yield from _kinships(edition, "da.id = ? OR db.id = ?", [document or "", document or ""])


def kinship_between(edition: Edition, a: str, b: str) -> Kinship | None:
    """Return how two documents are related; None where they are not."""
    return next(_kinships(edition, "(da.id = ? AND db.id = ?) OR (da.id = ? AND db.id = ?)", [a, b, b, a]), None)


def _kinships(edition: Edition, where: str, values: Sequence[str]) -> Iterator[Kinship]:
    rows = edition.connection.execute(
        f"SELECT r.*, {_BOTH} FROM {_JOINED} WHERE {where} ORDER BY r.similarity DESC, r.id",
        list(values),
    ).fetchall()
    for row in rows:
        tallied = edition.connection.execute(
            "SELECT severity, count(*) FROM variants WHERE relation = ? GROUP BY severity", [row["id"]]
        )
        yield Kinship(
            row["id"],
            _paper(row, "da"),
            _paper(row, "db"),
            row["kind"],
            row["direction"],
            row["ancestor"],
            bool(row["ancestor_lost"]),
            row["similarity"],
            row["score"],
            row["reason"],
            dict(tallied.fetchall()),
        )


def shared(edition: Edition, relation: str | None = None) -> Iterator[Shared]:
    """Yield the passages of a relation, or all, in order of the first document."""
    where, values = ("WHERE relation = ?", [relation]) if relation else ("", [])
    rows = edition.connection.execute(
        f"SELECT * FROM passages {where} ORDER BY relation, a_start, b_start",
        values,
    )
    for row in rows:
        yield Shared(
            row["id"],
            (row["a_start"], row["a_end"]),
            (row["b_start"], row["b_end"]),
            row["kind"],
            row["origin"] or None,
            row["relation"],
            row["score"],
        )


# --- variants ---------------------------------------------------------------------------------------------------------


def differences(
    edition: Edition,
    sought: Sought | None = None,
    *,
    relation: str | None = None,
    utterance: str | None = None,
    offset: int = 0,
    limit: int = -1,
) -> list[Difference]:
    """Return variants, the gravest first: those that are asked for, of a relation, or inside an utterance."""
    where, values = _where(sought or Sought())
    if relation:
        where, values = f"{where} AND v.relation = ?", [*values, relation]
    if utterance:
        where, values = f"{where} AND v.utterance = ?", [*values, utterance]
    rows = edition.connection.execute(
        f"""SELECT v.*, {_BOTH}, {_words("a")}, {_words("b")},
               (SELECT group_concat(s.name, ', ') FROM attributions x JOIN speakers s ON s.attribution = x.n
                WHERE x.n = (SELECT min(n) FROM attributions WHERE utterance = v.utterance)) AS speaker
            FROM variants v JOIN {_JOINED.replace("relations r", "relations r ON r.id = v.relation", 1)}
            JOIN texts ta ON ta.document = r.a JOIN texts tb ON tb.document = r.b
            WHERE {where} ORDER BY {_SEVERITY}, v.weight DESC, da.id, db.id, coalesce(v.a_start, v.b_start), v.id
            LIMIT ? OFFSET ?""",
        [*values, limit, offset],
    ).fetchall()
    return [_difference(row) for row in rows]


def _words(side: str) -> str:
    start, end, text = f"v.{side}_start", f"v.{side}_end", f"t{side}.text"
    return f"""substr({text}, {start} + 1, {end} - {start}) AS {side}_words,
        substr({text}, max(0, {start} - {CONTEXT}) + 1, min({start}, {CONTEXT})) AS {side}_before,
        substr({text}, {end} + 1, {CONTEXT}) AS {side}_after"""


def _difference(row: sqlite3.Row) -> Difference:
    return Difference(
        row["id"],
        row["relation"],
        _paper(row, "da"),
        _paper(row, "db"),
        _span(row, "a"),
        _span(row, "b"),
        row["a_words"] or "",
        row["b_words"] or "",
        _context(row, "a"),
        _context(row, "b"),
        row["kind"],
        row["severity"],
        row["score"],
        row["reason"],
        row["utterance"],
        row["speaker"],
    )


def _span(row: sqlite3.Row, side: str) -> Stretch | None:
    return None if row[f"{side}_start"] is None else (row[f"{side}_start"], row[f"{side}_end"])


def _context(row: sqlite3.Row, side: str) -> tuple[str, str]:
    before, after = row[f"{side}_before"] or "", row[f"{side}_after"] or ""
    if len(before) == CONTEXT:
        before = before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0]
    return before, after


def difference_count(edition: Edition, sought: Sought | None = None) -> int:
    """Return how many variants are asked for."""
    where, values = _where(sought or Sought())
    row = edition.connection.execute(
        f"SELECT count(*) FROM variants v JOIN {_ON} WHERE {where}",
        values,
    ).fetchone()
    return int(row[0])


_ON = "relations r ON r.id = v.relation JOIN documents da ON da.n = r.a JOIN documents db ON db.n = r.b"


def _where(sought: Sought) -> tuple[str, list[str]]:
    parts, values = ["1"], []
    for column, value in (("v.kind", sought.kind), ("v.severity", sought.severity)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if sought.quoted:
        parts.append("v.kind = 'quote'")
    if sought.outlet == UNKNOWN:
        parts.append("(da.outlet IS NULL OR db.outlet IS NULL)")
    elif sought.outlet:
        parts.append("(da.outlet = ? OR db.outlet = ?)")
        values += [sought.outlet, sought.outlet]
    if sought.since or sought.until:
        sides = [published_between(sought.since, sought.until, side) for side in ("da", "db")]
        either = " OR ".join("(" + " AND ".join(tests) + ")" for tests, _ in sides)
        parts.append(f"({either})")
        values += [day for _, days in sides for day in days]
    return " AND ".join(parts), values


_GRAVE = ("high", "medium", "low")


def tally(edition: Edition, sought: Sought) -> Tally:
    """Return how the variants that are asked for divide."""

    def counted(column: str, narrowed: Sought) -> list[tuple[str | None, int]]:
        where, values = _where(narrowed)
        return [
            (row[0], row[1])
            for row in edition.connection.execute(
                f"SELECT {column}, count(*) FROM variants v JOIN {_ON} WHERE {where} GROUP BY 1",
                values,
            )
        ]

    def counts(found: Iterable[tuple[str | None, int]]) -> tuple[Count, ...]:
        named = [(UNKNOWN if value is None else value, number) for value, number in found]
        return tuple(Count(value, value, number) for value, number in sorted(named, key=lambda one: (-one[1], one[0])))

    outlets: dict[str | None, int] = {}
    free = replace(sought, outlet=None)
    for value, number in (
        *counted("da.outlet", free),
        *counted("CASE WHEN db.outlet IS da.outlet THEN '' ELSE db.outlet END", free),
    ):
        if value != "":
            outlets[value] = outlets.get(value, 0) + number
    return Tally(
        counts(counted("v.kind", replace(sought, kind=None))),
        tuple(
            sorted(
                counts(counted("v.severity", replace(sought, severity=None))), key=lambda one: _GRAVE.index(one.value)
            )
        ),
        counts(outlets.items()),
    )
