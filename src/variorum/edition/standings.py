"""Look up actors, the offices that they hold or claim, and where they stand: by day, and according to whom.

Two views of one office stand beside each other, and what nobody tells is left blank: silence is no stance.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from variorum.edition.accounts import chain_of, date_of
from variorum.edition.quotes import By, Count, Link
from variorum.edition.reading import Edition
from variorum.records import DateInterval
from variorum.situation.wording import folded

MOST_VALUES = 40
"""Values of a facet that are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are meant. None or an empty text leaves a field open."""

    words: str = ""
    """Words that a name must have, without regard to accents and capitals."""
    kind: str | None = None
    """Kind of an actor."""
    on: str | None = None
    """A day (ISO 8601) on which it must be in force; of stances, as far as it is told from which day on they hold."""
    actor: str | None = None
    """Id of the actor whose stance, or who holds it."""
    about: str | None = None
    """Id of the actor towards whom, or whose office it is."""
    outlet: str | None = None
    """Told by this outlet."""
    speaker: str | None = None
    """On the word of this actor."""
    stance: str | None = None
    """Exactly this stance."""
    modality: str | None = None
    """Exactly this modality."""
    status: str | None = None
    """Exactly this status of an occupancy."""
    sort: str = ""
    """The order; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor in a list."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: int
    score: float
    reason: str
    posts: tuple[str, ...]
    """Offices that it is said to hold or claim, in words."""
    stances: int
    """How many stances are its own."""


@dataclass(frozen=True, slots=True)
class Stance:
    """Where an actor stands, over time, on somebody's word."""

    id: str
    actor: By
    stance: str
    target: By | None
    issue: str | None
    as_office: str | None
    since: DateInterval | None
    until: DateInterval | None
    confirmed: DateInterval | None
    starts: str | None
    ends: str | None
    modality: str
    attributed: tuple[Link, ...]
    outlets: tuple[str, ...]
    event: str | None
    documents: int
    origins: tuple[str, ...]
    score: float
    reason: str

    @property
    def real(self) -> bool:
        """Whether it is told to be so, and not planned, denied or the like."""
        return self.modality in ("asserted", "reported")

    @property
    def towards(self) -> str:
        """Towards whom or what, in words."""
        return self.target.name if self.target else self.issue or ""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Somebody in an office, according to somebody."""

    id: str
    actor: By
    office: str
    """Id of the office."""
    office_name: str
    status: str
    since: DateInterval | None
    until: DateInterval | None
    confirmed: DateInterval | None
    voice: By | None
    """The actor who says so; None where it is an outlet."""
    outlet: str | None
    documents: int
    origins: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Office:
    """A post with those who hold or claim it."""

    id: str
    name: str
    body: By | None
    documents: int
    origins: tuple[str, ...]
    views: tuple[Occupancy, ...]

    @property
    def holders(self) -> Mapping[By, list[Occupancy]]:
        """The views by whom they are about: those of most origins first."""
        found: dict[By, list[Occupancy]] = {}
        for view in self.views:
            found.setdefault(view.actor, []).append(view)
        return dict(sorted(found.items(), key=lambda pair: (-sum(len(v.origins) for v in pair[1]), pair[0].name)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that may be one."""

    a: By
    b: By
    score: float
    reason: str


class _Tests:
    """Conditions of a question, joined by *and*."""

    def __init__(self) -> None:
        self.tests: list[str] = []
        self.values: list[Any] = []

    def must(self, test: str, *values: Any) -> None:
        self.tests.append(test)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return " AND ".join(f"({test})" for test in self.tests) or "TRUE"


# --- actors ----------------------------------------------------------------------------------------------------------


def _actor_tests(edition: Edition, asked: Asked) -> _Tests:
    edition.connection.create_function("plainly", 1, lambda text: folded(text or ""), deterministic=True)
    tests = _Tests()
    for word in folded(asked.words).split():
        tests.must("plainly(name || ' ' || aliases) LIKE ? ESCAPE '\\'", f"%{_literally(word)}%")
    if asked.kind:
        tests.must("kind = ?", asked.kind)
    return tests


def _literally(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def actor_count(edition: Edition, asked: Asked) -> int:
    """Return how many actors there are."""
    tests = _actor_tests(edition, asked)
    row = edition.connection.execute(f"SELECT count(*) FROM actors WHERE {tests.sql}", tests.values).fetchone()
    return int(row[0])


def actors(edition: Edition, asked: Asked, offset: int = 0, limit: int = -1) -> list[Actor]:
    """Return actors: those of whom most documents speak first, or by name."""
    tests = _actor_tests(edition, asked)
    order = "name COLLATE NOCASE, id" if asked.sort == "name" else "documents DESC, name COLLATE NOCASE, id"
    rows = edition.connection.execute(
        f"SELECT * FROM actors WHERE {tests.sql} ORDER BY {order} LIMIT ? OFFSET ?", [*tests.values, limit, offset]
    ).fetchall()
    found = []
    for row in rows:
        posts = edition.connection.execute(
            """SELECT f.name, o.status, sum(json_array_length(o.origins)) AS weight FROM occupancies o
               JOIN offices f ON f.id = o.office WHERE o.actor = ? GROUP BY f.name, o.status
               ORDER BY weight DESC, f.name LIMIT 4""",
            [row["id"]],
        ).fetchall()
        own = edition.connection.execute("SELECT count(*) FROM stances WHERE actor = ?", [row["id"]]).fetchone()[0]
        words = tuple(p["name"] if p["status"] == "holds" else f"{p['name']} ({p['status']})" for p in posts)
        found.append(
            Actor(
                *(row["id"], row["name"], row["kind"], tuple(json.loads(row["aliases"])), row["documents"]),
                *(row["score"], row["reason"], words, int(own)),
            )
        )
    return found


def actor_kinds(edition: Edition, asked: Asked) -> list[Count]:
    """Return how actors divide by kind."""
    tests = _actor_tests(edition, Asked(words=asked.words))
    rows = edition.connection.execute(
        f"SELECT kind, count(*) AS n FROM actors WHERE {tests.sql} GROUP BY kind ORDER BY n DESC, kind", tests.values
    )
    return [Count(row["kind"], row["kind"], row["n"]) for row in rows]


def undecided(edition: Edition) -> list[Pair]:
    """Return pairs of actors that may be one, the likeliest first."""
    rows = edition.connection.execute(
        """SELECT u.*, a.name AS a_name, b.name AS b_name FROM undecided u JOIN actors a ON a.id = u.a
           JOIN actors b ON b.id = u.b ORDER BY u.score DESC, a.name, b.name, u.a, u.b"""
    )
    return [Pair(By(r["a_name"], r["a"]), By(r["b_name"], r["b"]), r["score"], r["reason"]) for r in rows]


def ties(edition: Edition, id: str) -> list[tuple[str, By, bool, float, str]]:
    """Return how an actor hangs together with others: kind, the other, whether this one is the first, score, reason."""
    rows = edition.connection.execute(
        """SELECT t.*, c.name, t.actor = ? AS first, CASE WHEN t.actor = ? THEN t.of ELSE t.actor END AS other
           FROM ties t JOIN actors c ON c.id = CASE WHEN t.actor = ? THEN t.of ELSE t.actor END
           WHERE t.actor = ? OR t.of = ? ORDER BY t.kind, c.name, t.id""",
        [id] * 5,
    )
    return [(r["kind"], By(r["name"], r["other"]), bool(r["first"]), r["score"], r["reason"]) for r in rows]


# --- stances ---------------------------------------------------------------------------------------------------------

_STANCE = """SELECT s.*, a.name AS actor_name, t.name AS target_name FROM stances s JOIN actors a ON a.id = s.actor
             LEFT JOIN actors t ON t.id = s.target"""


def _stance_tests(asked: Asked) -> _Tests:
    tests = _Tests()
    for column, value in (
        *(("s.actor", asked.actor), ("s.target", asked.about), ("s.stance", asked.stance)),
        ("s.modality", asked.modality),
    ):
        if value:
            tests.must(f"{column} = ?", value)
    if asked.on:
        tests.must("s.starts <= ? AND (s.ends IS NULL OR s.ends >= ?)", asked.on, asked.on)
    if asked.outlet:
        tests.must("EXISTS (SELECT 1 FROM json_each(s.outlets) WHERE value = ?)", asked.outlet)
    if asked.speaker:
        tests.must(
            """s.actor = ? AND s.attributed != '[]' OR EXISTS (SELECT 1 FROM json_each(s.attributed, '$[0].speakers') w
               WHERE json_extract(w.value, '$.actor') = ?)""",
            asked.speaker,
            asked.speaker,
        )
    for word in folded(asked.words).split():
        tests.must(
            "plainly(a.name || ' ' || coalesce(t.name, s.issue, '')) LIKE ? ESCAPE '\\'", f"%{_literally(word)}%"
        )
    return tests


def _plainly(edition: Edition) -> sqlite3.Connection:
    edition.connection.create_function("plainly", 1, lambda text: folded(text or ""), deterministic=True)
    return edition.connection


def stance_count(edition: Edition, asked: Asked) -> int:
    """Return how many stances there are."""
    tests = _stance_tests(asked)
    question = f"SELECT count(*) FROM ({_STANCE} WHERE {tests.sql})"
    return int(_plainly(edition).execute(question, tests.values).fetchone()[0])


def stances(edition: Edition, asked: Asked, offset: int = 0, limit: int = -1) -> list[Stance]:
    """Return stances: those of most origins first, or by day."""
    tests = _stance_tests(asked)
    order = (
        "s.starts IS NULL, s.starts, a.name, s.id"
        if asked.sort == "date"
        else "a.name COLLATE NOCASE, t.name IS NULL, t.name, s.issue, s.starts, s.id"
        if asked.sort == "actor"
        else "json_array_length(s.origins) DESC, s.documents DESC, a.name COLLATE NOCASE, s.id"
    )
    rows = _plainly(edition).execute(
        f"{_STANCE} WHERE {tests.sql} ORDER BY {order} LIMIT ? OFFSET ?", [*tests.values, limit, offset]
    )
    return list(map(_stance, rows))


def stance(edition: Edition, id: str) -> Stance:
    """Return a stance. Raises KeyError if there is none."""
    row = edition.connection.execute(f"{_STANCE} WHERE s.id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    return _stance(row)


def stance_ids(edition: Edition) -> list[str]:
    """Return the ids of all stances."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM stances ORDER BY id")]


def stance_facets(edition: Edition, asked: Asked) -> dict[str, list[Count]]:
    """Return how stances divide, each with the filters on the others applied."""
    found = {}
    for key, column, label in (
        *(("stance", "s.stance", "s.stance"), ("modality", "s.modality", "s.modality")),
        *(("actor", "s.actor", "a.name"), ("about", "s.target", "t.name")),
    ):
        tests = _stance_tests(_without(asked, key))
        rows = _plainly(edition).execute(
            f"""SELECT {column} AS value, {label} AS label, count(*) AS n FROM stances s JOIN actors a ON a.id = s.actor
                LEFT JOIN actors t ON t.id = s.target WHERE {tests.sql} AND {column} IS NOT NULL
                GROUP BY {column} ORDER BY n DESC, label LIMIT {MOST_VALUES}""",
            tests.values,
        )
        found[key] = [Count(r["value"], r["label"], r["n"]) for r in rows]
    return found


def _without(asked: Asked, key: str) -> Asked:
    others: dict[str, Any] = {key: None}
    return replace(asked, **others)


def _stance(row: sqlite3.Row) -> Stance:
    return Stance(
        id=row["id"],
        actor=By(row["actor_name"], row["actor"]),
        stance=row["stance"],
        target=By(row["target_name"], row["target"]) if row["target"] else None,
        issue=row["issue"],
        as_office=row["as_office"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        confirmed=_day(row["confirmed"]),
        starts=row["starts"],
        ends=row["ends"],
        modality=row["modality"],
        attributed=chain_of(row["attributed"]),
        outlets=tuple(json.loads(row["outlets"])),
        event=row["event"],
        documents=row["documents"],
        origins=tuple(json.loads(row["origins"])),
        score=row["score"],
        reason=row["reason"],
    )


def _day(packed: str | None) -> DateInterval | None:
    return date_of(packed) if packed else None


# --- offices ---------------------------------------------------------------------------------------------------------

_OCCUPANCY = """SELECT o.*, f.name AS office_name, a.name AS actor_name, v.name AS voice_name FROM occupancies o
                JOIN offices f ON f.id = o.office JOIN actors a ON a.id = o.actor
                LEFT JOIN actors v ON v.id = o.voice"""


def _occupancy_tests(asked: Asked) -> _Tests:
    tests = _Tests()
    for column, value in (
        *(("o.actor", asked.actor), ("f.body", asked.about), ("o.outlet", asked.outlet), ("o.voice", asked.speaker)),
        ("o.status", asked.status),
    ):
        if value:
            tests.must(f"{column} = ?", value)
    if asked.on:
        tests.must(
            """(json_extract(o.since, '$.earliest') IS NULL OR json_extract(o.since, '$.earliest') <= ?)
               AND (json_extract(o.until, '$.latest') IS NULL OR json_extract(o.until, '$.latest') >= ?)""",
            asked.on,
            asked.on,
        )
    for word in folded(asked.words).split():
        tests.must("plainly(a.name || ' ' || f.name) LIKE ? ESCAPE '\\'", f"%{_literally(word)}%")
    return tests


def occupancies(edition: Edition, asked: Asked, offset: int = 0, limit: int = -1) -> list[Occupancy]:
    """Return occupancies, by office and actor."""
    tests = _occupancy_tests(asked)
    rows = _plainly(edition).execute(
        f"""{_OCCUPANCY} WHERE {tests.sql}
            ORDER BY f.name COLLATE NOCASE, f.id, a.name, o.status, o.id LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    )
    return list(map(_occupancy, rows))


def occupancy_count(edition: Edition, asked: Asked) -> int:
    """Return how many occupancies there are."""
    tests = _occupancy_tests(asked)
    question = f"SELECT count(*) FROM ({_OCCUPANCY} WHERE {tests.sql})"
    return int(_plainly(edition).execute(question, tests.values).fetchone()[0])


def office_count(edition: Edition, asked: Asked) -> int:
    """Return how many offices there are."""
    tests = _occupancy_tests(asked)
    question = f"SELECT count(DISTINCT office) FROM ({_OCCUPANCY} WHERE {tests.sql})"
    return int(_plainly(edition).execute(question, tests.values).fetchone()[0])


def offices(edition: Edition, asked: Asked, offset: int = 0, limit: int = -1) -> list[Office]:
    """Return offices with the views of who is in them: those that most hold or claim first, then by origins."""
    tests = _occupancy_tests(asked)
    rows = (
        _plainly(edition)
        .execute(
            f"""SELECT x.office, count(DISTINCT x.actor) AS people FROM ({_OCCUPANCY} WHERE {tests.sql}) x
                JOIN offices f ON f.id = x.office GROUP BY x.office
                ORDER BY people DESC, json_array_length(f.origins) DESC, f.name COLLATE NOCASE, f.id
                LIMIT ? OFFSET ?""",
            [*tests.values, limit, offset],
        )
        .fetchall()
    )
    found = []
    for row in rows:
        views = _plainly(edition).execute(
            f"""{_OCCUPANCY} WHERE {tests.sql} AND o.office = ?
                ORDER BY json_array_length(o.origins) DESC, a.name, o.status, o.id""",
            [*tests.values, row["office"]],
        )
        office = edition.connection.execute("SELECT * FROM offices WHERE id = ?", [row["office"]]).fetchone()
        body = By(office["body_name"], office["body"]) if office["body"] else None
        origins = tuple(json.loads(office["origins"]))
        found.append(
            Office(office["id"], office["name"], body, office["documents"], origins, tuple(map(_occupancy, views)))
        )
    return found


def statuses(edition: Edition, asked: Asked) -> list[Count]:
    """Return how occupancies divide by status."""
    tests = _occupancy_tests(_without(asked, "status"))
    rows = _plainly(edition).execute(
        f"SELECT status, count(*) AS n FROM ({_OCCUPANCY} WHERE {tests.sql}) GROUP BY status ORDER BY n DESC, status",
        tests.values,
    )
    return [Count(row["status"], row["status"], row["n"]) for row in rows]


def occupancy_ids(edition: Edition) -> list[str]:
    """Return the ids of all occupancies."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM occupancies ORDER BY id")]


def occupancy(edition: Edition, id: str) -> Occupancy:
    """Return an occupancy. Raises KeyError if there is none."""
    row = edition.connection.execute(f"{_OCCUPANCY} WHERE o.id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    return _occupancy(row)


def _occupancy(row: sqlite3.Row) -> Occupancy:
    return Occupancy(
        id=row["id"],
        actor=By(row["actor_name"], row["actor"]),
        office=row["office"],
        office_name=row["office_name"],
        status=row["status"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        confirmed=_day(row["confirmed"]),
        voice=By(row["voice_name"], row["voice"]) if row["voice"] else None,
        outlet=row["outlet"],
        documents=row["documents"],
        origins=tuple(json.loads(row["origins"])),
        score=row["score"],
        reason=row["reason"],
    )


# --- the matrix ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who stands where towards whom."""

    rows: Sequence[By]
    """Actors whose stances they are: those of most origins first."""
    columns: Sequence[By]
    """Towards whom, or what: an issue has no id."""
    cells: Mapping[tuple[By, By], Sequence[Stance]]
    more_rows: int
    more_columns: int


def matrix(found: Iterable[Stance], most_rows: int, most_columns: int) -> Matrix:
    """Lay stances out as a matrix, as far as it stays legible."""
    cells: dict[tuple[By, By], list[Stance]] = {}
    weights: tuple[dict[By, int], dict[By, int]] = ({}, {})
    for one in found:
        column = one.target or By(one.issue or "the dispute", None)
        cells.setdefault((one.actor, column), []).append(one)
        for weight, key in zip(weights, (one.actor, column), strict=True):
            weight[key] = weight.get(key, 0) + len(one.origins)
    ranked = [sorted(weight, key=lambda by: (by.actor is None, -weight[by], by.name)) for weight in weights]
    rows, columns = ranked[0][:most_rows], ranked[1][:most_columns]
    kept = {
        (row, column): sorted(
            cells[row, column], key=lambda s: (not s.real, s.ends is not None, -len(s.origins), s.starts or "", s.id)
        )
        for row in rows
        for column in columns
        if (row, column) in cells
    }
    return Matrix(rows, columns, kept, len(ranked[0]) - len(rows), len(ranked[1]) - len(columns))
