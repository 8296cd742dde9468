"""Write the situation: what each document tells of it, and what joins that across documents."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from variorum.edition.annotating import unpack_annotation
from variorum.edition.coding import pack, unpack
from variorum.edition.collation import origin_at, origins_of
from variorum.records import DateInterval
from variorum.situation.conflicts import Altered
from variorum.situation.findings import Findings, as_rows, findings_of, of_rows
from variorum.situation.joining import Days, Place
from variorum.situation.omissions import Dropped
from variorum.situation.standins import Body
from variorum.situation.telling import Who

TABLES = (
    "sides",
    "conflicts",
    "omissions",
    "claim_actors",
    "claims",
    "labels",
    "stances",
    "parts",
    "events",
    "occupancies",
    "offices",
)
"""Tables that are written anew whenever the situation is."""

KINDS = ("occupancy", "event", "stance", "claim")
"""Kinds of evidence that are written with them."""


@dataclass(frozen=True, slots=True)
class Told:
    """An attribution as rows of the situation name it."""

    id: str
    speakers: tuple[tuple[str | None, str], ...]
    """Ids and names of those who speak."""
    cue: str
    hedges: tuple[str, ...]
    negated: bool
    within: str | None


@dataclass
class Source:
    """A document, with what its findings point to."""

    n: int
    id: str
    outlet: str | None
    published: Days
    published_interval: DateInterval
    cast: dict[int, str]
    """Ids of the actors of the corpus, by number in the document."""
    said: list[Told]
    """Its attributions, in the order of its annotation."""
    times: list[tuple[Days, bool]]
    """The days of its time expressions, and whether they are reliable."""
    shares: Sequence[tuple[str, Sequence[tuple[int, int]]]]
    zones: list[tuple[int, int, str]]
    near: tuple[tuple[str, int], ...]
    """States, places and organisations that it speaks of, with how often."""
    by_id: dict[str, Told] = field(default_factory=dict)

    def place(self, start: int, end: int) -> Place:
        """A stretch with its origin."""
        origin = origin_at(self.shares, start, end) if self.shares else self.id
        return Place(self.id, origin, start, end)

    def actor(self, who: Who | None) -> str | None:
        """Id of the actor that is meant."""
        return self.cast.get(who.actor) if who is not None and who.actor is not None else None

    def chain(self, attribution: int | None) -> list[Told]:
        """The attributions around something, from the innermost outwards."""
        found: list[Told] = []
        at = self.said[attribution] if attribution is not None else None
        while at is not None and len(found) < 20:
            found.append(at)
            at = self.by_id.get(at.within) if at.within else None
        return found

    def days(self, time: int | None) -> Days | None:
        """The days of a time expression, if it has any."""
        if time is None or time >= len(self.times):
            return None
        days, _ = self.times[time]
        return days if days[0] or days[1] else None

    def zone(self, start: int) -> str:
        """The zone that a place stands in."""
        return next((kind for low, high, kind in self.zones if low <= start < high), "")


def chain_json(chain: Sequence[Told]) -> str:
    """A chain of attributions as rows keep it."""
    return json.dumps(
        [
            {
                "speakers": [{"actor": actor, "name": name} for actor, name in told.speakers],
                "cue": told.cue,
                "hedges": list(told.hedges),
                "negated": told.negated,
            }
            for told in chain
        ],
        ensure_ascii=False,
    )


# --- findings --------------------------------------------------------------------------------------------------------


def untold(connection: sqlite3.Connection, code: str) -> list[int]:
    """Return the row numbers of documents whose findings do not fit their annotation, in order of id."""
    rows = connection.execute(
        """SELECT d.n FROM documents d JOIN annotations a ON a.document = d.n LEFT JOIN findings f ON f.document = d.n
           WHERE a.trouble = '' AND f.recipe IS NOT a.recipe || ' ' || d.settled || ' ' || ? ORDER BY d.id""",
        [code],
    )
    return [row["n"] for row in rows]


def drop_findings(connection: sqlite3.Connection) -> None:
    """Take away the findings of documents that have no annotation any more."""
    connection.execute(
        "DELETE FROM findings WHERE document NOT IN (SELECT document FROM annotations WHERE trouble = '')"
    )


def put_findings(connection: sqlite3.Connection, n: int, code: str) -> None:
    """Write what one document tells anew, from its annotation."""
    row = connection.execute(
        """SELECT t.text, a.data, a.recipe || ' ' || d.settled AS recipe FROM documents d
           JOIN texts t ON t.document = d.n JOIN annotations a ON a.document = d.n WHERE d.n = ?""",
        [n],
    ).fetchone()
    found = findings_of(row["text"], unpack_annotation(row["data"]))
    connection.execute(
        "INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", [n, f"{row['recipe']} {code}", pack(as_rows(found))]
    )


def findings(connection: sqlite3.Connection) -> Iterator[tuple[int, Findings]]:
    """Yield what each document tells, in order of document id."""
    rows = connection.execute(
        "SELECT f.document FROM findings f JOIN documents d ON d.n = f.document ORDER BY d.id"
    ).fetchall()
    for row in rows:
        data = connection.execute("SELECT data FROM findings WHERE document = ?", [row["document"]]).fetchone()["data"]
        yield row["document"], of_rows(unpack(data))


# --- what findings point to ------------------------------------------------------------------------------------------


def names(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Name and kind of each actor, by id."""
    return {row["id"]: (row["name"], row["kind"]) for row in connection.execute("SELECT id, name, kind FROM actors")}


def bodies(connection: sqlite3.Connection) -> list[Body]:
    """The actors that are tied to a state."""
    rows = connection.execute(
        """SELECT t.actor, a.name, t.of, t.kind, t.score FROM ties t JOIN actors a ON a.id = t.actor
           JOIN actors s ON s.id = t.of WHERE s.kind = 'state' AND t.kind IN ('government', 'part')
           ORDER BY t.actor, t.of, t.kind"""
    )
    return [Body(r["actor"], r["name"], r["of"], r["kind"], r["score"]) for r in rows]


def named(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of the actors whom a document names."""
    rows = connection.execute("SELECT DISTINCT actor FROM cast_members WHERE names != '[]' AND actor IS NOT NULL")
    return frozenset(row["actor"] for row in rows)


def source(
    connection: sqlite3.Connection, n: int, shares: Mapping[int, Any], known: Mapping[str, tuple[str, str]]
) -> Source:
    """Return a document with what its findings point to."""
    row = connection.execute("SELECT * FROM documents WHERE n = ?", [n]).fetchone()
    text = connection.execute("SELECT text FROM texts WHERE document = ?", [n]).fetchone()["text"]
    cast: dict[int, str] = {}
    spoken: dict[str, int] = {}
    for member in connection.execute(
        "SELECT number, actor, mentions FROM cast_members WHERE document = ? ORDER BY number", [n]
    ):
        if member["actor"]:
            cast[member["number"]] = member["actor"]
            if known.get(member["actor"], ("", ""))[1] in ("state", "place", "organisation"):
                spoken[member["actor"]] = spoken.get(member["actor"], 0) + member["mentions"]
    speakers: dict[int, list[tuple[str | None, str]]] = {}
    for s in connection.execute(
        """SELECT s.attribution, s.actor, coalesce(c.name, s.name) AS name
           FROM speakers s JOIN attributions a ON a.n = s.attribution LEFT JOIN actors c ON c.id = s.actor
           WHERE a.document = ? ORDER BY s.attribution, s.place""",
        [n],
    ):
        speakers.setdefault(s["attribution"], []).append((s["actor"], s["name"]))
    said = [
        Told(
            a["id"],
            tuple(speakers.get(a["n"], ())),
            " ".join(text[s:e] for s, e in json.loads(a["cue"])),
            tuple(text[s:e] for s, e in json.loads(a["hedges"])),
            bool(a["negated"]),
            a["within"],
        )
        for a in connection.execute(
            "SELECT n, id, cue, hedges, negated, within FROM attributions WHERE document = ? ORDER BY n", [n]
        )
    ]
    times = [
        ((t["earliest"], t["latest"]), bool(t["reliable"]))
        for t in connection.execute(
            "SELECT earliest, latest, reliable FROM times WHERE document = ? ORDER BY number", [n]
        )
    ]
    zones = [
        (z["start"], z["end"], z["kind"])
        for z in connection.execute('SELECT start, "end", kind FROM zones WHERE document = ? ORDER BY start', [n])
    ]
    published = DateInterval(
        row["published_earliest"],
        row["published_latest"],
        row["published_best"],
        row["published_precision"],
        row["published_method"],
        bool(row["published_reliable"]),
        (),
    )
    return Source(
        *(
            n,
            row["id"],
            row["outlet"],
            (row["published_earliest"], row["published_latest"]),
            published,
            cast,
            said,
            times,
        ),
        *(shares.get(n, ()), zones, tuple(sorted(spoken.items())), {told.id: told for told in said}),
    )


def shares(connection: sqlite3.Connection) -> dict[int, list[tuple[str, list[tuple[int, int]]]]]:
    """The origins of the stretches of all documents."""
    return origins_of(connection)


def facts(connection: sqlite3.Connection) -> str:
    """Return a hash of everything that the situation is made of."""
    digest = hashlib.sha256()
    meta = dict(
        connection.execute("SELECT key, value FROM meta WHERE key IN ('collated', 'situated', 'dated')").fetchall()
    )
    digest.update(repr(sorted(meta.items())).encode())
    for row in connection.execute(
        """SELECT d.id, d.outlet, d.published_earliest, d.published_latest, f.recipe FROM documents d
           LEFT JOIN findings f ON f.document = d.n ORDER BY d.id"""
    ):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()[:20]


# --- rows ------------------------------------------------------------------------------------------------------------


def clear(connection: sqlite3.Connection) -> None:
    """Take away all rows of the situation."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.executemany("DELETE FROM evidence WHERE kind = ?", [(kind,) for kind in KINDS])


def put_evidence(
    connection: sqlite3.Connection, kind: str, row: str, places: Iterable[Place], numbers: Mapping[str, int]
) -> tuple[list[str], list[str]]:
    """Write where the words of a row stand; return its documents and its origins, both sorted."""
    places = list(dict.fromkeys(places))
    connection.executemany(
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(kind, row, i, numbers[p.document], p.start, p.end, p.origin) for i, p in enumerate(places)],
    )
    return sorted({p.document for p in places}), sorted({p.origin for p in places})


def date_json(days: Days | None, method: str, reliable: bool = True) -> str | None:
    """Days as rows keep a date; None where nothing is known."""
    if days is None or not (days[0] or days[1]):
        return None
    earliest, latest = days
    precision, best = _precision(earliest, latest)
    return json.dumps(
        {
            "earliest": earliest,
            "latest": latest,
            "best": best,
            "precision": precision,
            "method": method,
            "reliable": reliable,
            "reasons": [],
        }
    )


def _precision(earliest: str | None, latest: str | None) -> tuple[str, str | None]:
    from datetime import date

    if not earliest or not latest:
        return "unknown", None
    if earliest == latest:
        return "day", earliest
    apart = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days
    if apart <= 6:
        return "week", earliest
    if earliest[:7] == latest[:7] or apart <= 31:
        return "month", earliest
    return ("year", None) if apart <= 366 else ("unknown", None)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Write one row; lists and tuples as JSON."""
    values = [json.dumps(v, ensure_ascii=False) if isinstance(v, (list, tuple, dict)) else v for v in row.values()]
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def drops(connection: sqlite3.Connection) -> list[Dropped]:
    """Return what copies lack of what they are copies of, or of what was made of the same."""
    rows = connection.execute(
        """SELECT v.a_start, v.a_end, v.b_start, v.b_end, v.kind, r.direction, da.id AS a, db.id AS b
           FROM variants v JOIN relations r ON r.id = v.relation JOIN documents da ON da.n = r.a
           JOIN documents db ON db.n = r.b JOIN descents fa ON fa.document = r.a JOIN descents fb ON fb.document = r.b
           WHERE v.kind IN ('omission', 'addition') AND fa.family = fb.family ORDER BY v.id"""
    )
    found = []
    for row in rows:
        for own, other in (("a", "b"), ("b", "a")):
            start, end = row[f"{own}_start"], row[f"{own}_end"]
            if start is None or row[f"{other}_start"] is not None:
                continue
            if row["direction"] == f"{own}-from-{other}":
                continue  # it was added
            parent = row[own] if row["direction"] == f"{other}-from-{own}" else None
            found.append(Dropped(row[own], start, end, row[other], parent))
    return found


def altered(connection: sqlite3.Connection) -> list[Altered]:
    """Return the places where copies differ in what they say, outside of quotations, in order of id."""
    rows = connection.execute(
        """SELECT v.*, da.id AS a, db.id AS b, substr(ta.text, v.a_start + 1, v.a_end - v.a_start) AS a_words,
                  substr(tb.text, v.b_start + 1, v.b_end - v.b_start) AS b_words
           FROM variants v JOIN relations r ON r.id = v.relation JOIN documents da ON da.n = r.a
           JOIN documents db ON db.n = r.b JOIN texts ta ON ta.document = r.a JOIN texts tb ON tb.document = r.b
           WHERE v.kind IN ('number', 'negation', 'role', 'time') AND v.severity = 'high'
             AND v.a_start IS NOT NULL AND v.b_start IS NOT NULL ORDER BY v.id"""
    )
    return [
        Altered(
            *(row["kind"], row["a"], row["b"], (row["a_start"], row["a_end"]), (row["b_start"], row["b_end"])),
            (" ".join(row["a_words"].split()), " ".join(row["b_words"].split())),
            row["score"],
        )
        for row in rows
    ]
