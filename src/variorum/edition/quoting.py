"""Write who said what: rows of each document's actors and attributions, and what joins them across documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from variorum.edition.annotating import unpack_annotation
from variorum.edition.collation import origin_at, origins_of
from variorum.edition.dating import put_times
from variorum.language.annotation import Annotation, Attribution
from variorum.language.clues import as_json, clues_of, of_json
from variorum.records import row_id
from variorum.situation.actors import CorpusActor, LocalActor, Tie, Undecided
from variorum.situation.alterations import Altered, Place, Places, linked, original
from variorum.situation.utterances import Said, Utterance
from variorum.situation.wording import words_of

GAP = "\x1f"
"""Stands between the pieces of a content where they are kept as one text (a unit separator)."""


def unsituated(connection: sqlite3.Connection) -> list[int]:
    """Return the row numbers of documents whose rows do not fit their annotation, in order of id."""
    rows = connection.execute(
        """SELECT n FROM documents LEFT JOIN annotations ON document = n
           WHERE situated != coalesce(annotations.recipe || ' ' || settled, '') ORDER BY id"""
    )
    return [row["n"] for row in rows]


def put_document(connection: sqlite3.Connection, n: int) -> None:
    """Write the actors and attributions of one document anew, from its annotation."""
    connection.execute("DELETE FROM cast_members WHERE document = ?", [n])
    connection.execute("DELETE FROM attributions WHERE document = ?", [n])
    connection.execute("DELETE FROM times WHERE document = ?", [n])
    row = connection.execute(
        """SELECT d.id, d.settled, t.text, a.data, a.recipe FROM documents d JOIN texts t ON t.document = d.n
           LEFT JOIN annotations a ON a.document = d.n WHERE d.n = ?""",
        [n],
    ).fetchone()
    recipe = ""
    if row["recipe"] is not None:
        recipe = f"{row['recipe']} {row['settled']}"
        found = unpack_annotation(row["data"]) if row["data"] else Annotation((), (), (), (), ())
        connection.executemany(
            """INSERT INTO cast_members (document, number, name, kind, names, mentions, score, clues)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            _members(n, row["text"], found),
        )
        _put_attributions(connection, n, row["id"], row["text"], found.attributions)
        put_times(connection, n, found.times)
    connection.execute("UPDATE documents SET situated = ? WHERE n = ?", [recipe, n])


def _members(n: int, text: str, annotation: Annotation) -> Iterator[tuple[Any, ...]]:
    for number, (actor, clues) in enumerate(zip(annotation.actors, clues_of(text, annotation), strict=True)):
        named = [m for m in actor.mentions if m.kind == "name"]
        names = sorted({" ".join(text[m.start : m.end].split()) for m in named})
        score = max((m.score for m in named), default=1.0)
        facts = (n, number, actor.name, actor.kind, _json(names), len(actor.mentions), score)
        yield *facts, _json(as_json(clues))


def _put_attributions(
    connection: sqlite3.Connection, n: int, document: str, text: str, attributions: Sequence[Attribution]
) -> None:
    zones = connection.execute('SELECT start, "end", kind FROM zones WHERE document = ? ORDER BY start', [n]).fetchall()
    repairs = connection.execute(
        'SELECT start, "end", repaired FROM repairs WHERE document = ? ORDER BY start', [n]
    ).fetchall()
    ids: list[str] = []
    for a in attributions:
        facts = [document, a.kind, _json(a.source), _json(a.cue), _json(a.content)]
        while (id := row_id("q", *facts)) in ids:
            facts.append("again")
        ids.append(id)
    for id, a in zip(ids, attributions, strict=True):
        start = a.content[0][0]
        zone = next((z["kind"] for z in zones if z["start"] <= start < z["end"]), None)
        words = GAP.join(text[s:e] for s, e in a.content)
        plain = GAP.join(_mended(text, s, e, repairs) for s, e in a.content)
        first = min(s for spans in (a.source, a.cue, a.content) for s, _ in spans)
        cursor = connection.execute(
            """INSERT INTO attributions (id, document, zone, kind, source, cue, content, hedges, negated, stance,
                   modality, within, start, words, plain, score, reason)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                *(id, n, zone, a.kind, _json(a.source), _json(a.cue), _json(a.content), _json(a.hedges)),
                *(int(a.negated), a.stance, a.modality, None if a.within is None else ids[a.within]),
                *(first, words, plain, a.score, a.reason),
            ],
        )
        connection.executemany(
            "INSERT INTO speakers VALUES (?, ?, ?, ?, NULL)",
            [(cursor.lastrowid, place, s.actor, s.name) for place, s in enumerate(a.speakers)],
        )


def _mended(text: str, start: int, end: int, repairs: Sequence[sqlite3.Row]) -> str:
    """A stretch of the text with its broken words mended."""
    found, at = [], start
    for repair in repairs:
        if at <= repair["start"] and repair["end"] <= end:
            found += [text[at : repair["start"]], repair["repaired"]]
            at = repair["end"]
    return "".join(found) + text[at:end]


def local_actors(connection: sqlite3.Connection) -> Iterator[LocalActor]:
    """Yield the actors of all documents, in order of document and number."""
    rows = connection.execute(
        """SELECT d.id, m.number, m.name, m.kind, m.names, m.score, m.mentions, m.clues
           FROM cast_members m JOIN documents d ON d.n = m.document ORDER BY d.id, m.number"""
    )
    for row in rows:
        names = tuple(json.loads(row["names"]))
        facts = (row["id"], row["number"], row["name"], row["kind"], names, row["score"], row["mentions"])
        yield LocalActor(*facts, of_json(json.loads(row["clues"])))


def put_actors(connection: sqlite3.Connection, actors: Iterable[CorpusActor]) -> None:
    """Write the actors of the corpus anew, and say of each document's actor and of each speaker who it is."""
    connection.execute("DELETE FROM actors")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS placed (document TEXT, number INTEGER, actor TEXT)")
    connection.execute("DELETE FROM placed")
    for actor in actors:
        connection.execute(
            """INSERT INTO actors (id, name, kind, aliases, iso3166, documents, score, reason, wikidata)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                *(actor.id, actor.name, actor.kind, _json(actor.aliases), actor.iso3166),
                *(len({document for document, _ in actor.members}), actor.score, actor.reason, actor.wikidata),
            ],
        )
        connection.executemany(
            "INSERT INTO placed VALUES (?, ?, ?)", [(document, number, actor.id) for document, number in actor.members]
        )
    connection.execute("CREATE TEMP TABLE whose AS SELECT n, number, actor FROM placed JOIN documents ON id = document")
    connection.execute("CREATE INDEX temp.whose_place ON whose (n, number)")
    connection.execute(
        """UPDATE cast_members SET actor = w.actor FROM whose w
           WHERE w.n = document AND w.number = cast_members.number AND cast_members.actor IS NOT w.actor"""
    )
    connection.execute(
        """UPDATE speakers SET actor = m.actor FROM attributions a, cast_members m
           WHERE a.n = speakers.attribution AND m.document = a.document AND m.number = speakers.member
             AND speakers.actor IS NOT m.actor"""
    )
    connection.execute("DROP TABLE whose")
    connection.execute("DROP TABLE placed")


def put_ties(connection: sqlite3.Connection, ties: Iterable[Tie]) -> None:
    """Write what actors are to each other anew, with where it is said and the origins of that."""
    connection.execute("DELETE FROM ties")
    connection.execute("DELETE FROM evidence WHERE kind = 'tie'")
    shares = origins_of(connection)
    numbers = {row["id"]: row["n"] for row in connection.execute("SELECT id, n FROM documents")}
    for tie in ties:
        id = row_id("t", tie.actor, tie.of, tie.kind)
        origins = []
        for place, (document, start, end) in enumerate(tie.evidence):
            n = numbers[document]
            origins.append(origin_at(shares[n], start, end) if n in shares else document)
            connection.execute(
                "INSERT INTO evidence VALUES ('tie', ?, ?, ?, ?, ?, ?)", [id, place, n, start, end, origins[-1]]
            )
        connection.execute(
            "INSERT INTO ties VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(id, tie.actor, tie.of, tie.kind, len({document for document, _, _ in tie.evidence})),
                *(_json(sorted(set(origins))), tie.score, tie.reason),
            ],
        )


def put_undecided(connection: sqlite3.Connection, pairs: Iterable[Undecided]) -> None:
    """Write the pairs of actors that may be one anew."""
    connection.execute("DELETE FROM undecided")
    connection.executemany("INSERT INTO undecided VALUES (?, ?, ?, ?)", [(p.a, p.b, p.score, p.reason) for p in pairs])


def said(connection: sqlite3.Connection) -> Iterator[Said]:
    """Yield all attributions as the grouping into utterances wants them, in order of document and place."""
    speakers: dict[int, list[sqlite3.Row]] = {}
    for row in connection.execute(
        """SELECT s.attribution, s.name, s.actor, c.kind FROM speakers s LEFT JOIN actors c ON c.id = s.actor
           ORDER BY s.attribution, s.place"""
    ):
        speakers.setdefault(row["attribution"], []).append(row)
    rows = connection.execute(
        """SELECT a.n, a.id, d.id AS document, a.kind, a.plain, a.content, d.published_earliest, d.published_latest
           FROM attributions a JOIN documents d ON d.n = a.document ORDER BY d.id, a.start, a.n"""
    )
    for row in rows:
        own = speakers.get(row["n"], ())
        yield Said(
            row["id"],
            row["document"],
            row["kind"],
            tuple(s["actor"] for s in own if s["actor"] is not None),
            tuple(s["name"] for s in own if s["actor"] is None),
            tuple(row["plain"].split(GAP)),
            row["published_earliest"],
            row["published_latest"],
            tuple((start, end) for start, end in json.loads(row["content"])),
            tuple(s["kind"] for s in own if s["actor"] is not None),
        )


def put_utterances(connection: sqlite3.Connection, utterances: Iterable[Utterance]) -> None:
    """Write the utterances anew, and say of each attribution to which it belongs."""
    connection.execute("DELETE FROM utterances")
    of: dict[str, str] = {}
    for utterance in utterances:
        of.update(dict.fromkeys(utterance.attributions, utterance.id))
        connection.execute(
            """INSERT INTO utterances (id, speakers, attributions, documents, altered, score, reason)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [
                *(utterance.id, _json(utterance.speakers), len(utterance.attributions), len(utterance.documents)),
                *(int(utterance.altered), utterance.score, utterance.reason),
            ],
        )
    known = connection.execute("SELECT id, utterance FROM attributions").fetchall()
    changed: Mapping[str, str] = {row["id"]: of[row["id"]] for row in known if of[row["id"]] != row["utterance"]}
    connection.executemany("UPDATE attributions SET utterance = ? WHERE id = ?", [(u, id) for id, u in changed.items()])


def places(connection: sqlite3.Connection) -> list[Place]:
    """Return where the content of each attribution stands, with the origin of the passage."""
    shares = origins_of(connection)
    rows = connection.execute(
        """SELECT a.id, d.id AS document, d.n, a.content, a.plain, a.utterance FROM attributions a
           JOIN documents d ON d.n = a.document ORDER BY d.id, a.start, a.id"""
    )
    found = []
    for row in rows:
        spans = tuple((start, end) for start, end in json.loads(row["content"]))
        origin = (
            origin_at(shares[row["n"]], spans[0][0], spans[-1][1]) if row["n"] in shares and spans else row["document"]
        )
        words = tuple(word for piece in row["plain"].split(GAP) for word in words_of(piece))
        found.append(Place(row["id"], row["document"], spans, row["utterance"], origin, words))
    return found


def altered(connection: sqlite3.Connection) -> list[Altered]:
    """Return the variants inside quotations, in order of id."""
    rows = connection.execute(
        """SELECT v.*, da.id AS a, db.id AS b, r.direction, r.reworded FROM variants v JOIN relations r ON r.id =
        v.relation JOIN documents da ON da.n = r.a JOIN documents db ON db.n = r.b WHERE v.kind = 'quote' ORDER BY
        v.id
        """
    )

    def span(row: sqlite3.Row, side: str) -> tuple[int, int] | None:
        return None if row[f"{side}_start"] is None else (row[f"{side}_start"], row[f"{side}_end"])

    return [
        Altered(
            *(row["id"], row["a"], row["b"], span(row, "a"), span(row, "b")),
            *(row["severity"] != "low", row["direction"], row["reworded"]),
        )
        for row in rows
    ]


def put_alterations(connection: sqlite3.Connection) -> None:
    """Say of each variant inside a quotation to which utterance it belongs, and of each utterance what carries it."""
    found = places(connection)
    variants = altered(connection)
    of = linked(variants, Places(found))
    connection.execute("UPDATE variants SET utterance = NULL WHERE utterance IS NOT NULL")
    connection.executemany("UPDATE variants SET utterance = ? WHERE id = ?", [(u, id) for id, u in sorted(of.items())])
    versions: dict[str, list[Place]] = {}
    for place in found:
        if place.utterance is not None:
            versions.setdefault(place.utterance, []).append(place)
    inside: dict[str, list[Altered]] = {}
    for variant in variants:
        if variant.id in of:
            inside.setdefault(of[variant.id], []).append(variant)
    marked = {row[0] for row in connection.execute("SELECT id FROM utterances WHERE altered")}
    for id, carried in versions.items():
        own = inside.get(id, [])
        changed = id in marked or any(variant.grave for variant in own)
        likely = original(own, carried) if changed else None
        connection.execute(
            "UPDATE utterances SET origins = ?, altered = ?, original = ?, original_reason = ? WHERE id = ?",
            [
                _json(sorted({place.origin for place in carried})),
                int(changed),
                likely.attribution if likely else None,
                likely.reason if likely else "",
                id,
            ],
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
