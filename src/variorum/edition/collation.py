"""Write what collation finds: relations, passages, variants, families, lost documents and origins."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.collation.findings import Collation, Relation, Stretch, Witness
from variorum.collation.lineage import Lineage, with_siblings
from variorum.edition.coding import unpack_map
from variorum.reading.agencies import mentions
from variorum.records import ReadingText, row_id

OWN = 3
"""Articles of an outlet from which it tells that all of them bear the name of one agency."""

TABLES = ("variants", "passages", "relations", "descents", "families", "lost_documents", "origins")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a witness stands in the edition."""

    n: int
    """Its row number."""
    reading: ReadingText
    """What was compared, with the way to the stored text."""

    def stored(self, stretch: Stretch) -> Stretch:
        """The stored offsets of a stretch of the reading text."""
        span = self.reading.to_stored(*stretch)
        return span.start, span.end


def signature(connection: sqlite3.Connection, code: str) -> str:
    """Return a hash of the collation room's code and of everything that it reads of the documents."""
    digest = hashlib.sha256(code.encode())
    rows = connection.execute("SELECT id, settled FROM documents ORDER BY id")
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()[:20]


def witnesses(connection: sqlite3.Connection) -> Iterator[tuple[Witness, Place]]:
    """Yield each document as collation sees it, in order of id: its reading text, and what is known of it."""
    credited = _credited(connection)
    repairs = dict(connection.execute("SELECT document, count(*) FROM repairs GROUP BY document").fetchall())
    own = _own_agencies(connection, credited)
    rows = connection.execute(
        """SELECT n, id, d.title, outlet, agency, language, published_best, published_precision, r.text, r.map
           FROM documents d JOIN readings r ON r.document = d.n ORDER BY id"""
    )
    for row in rows:
        day = row["published_best"] if row["published_precision"] == "day" else None
        agencies = {*credited.get(row["n"], ()), *([row["agency"]] if row["agency"] else ())}
        witness = Witness(
            row["id"],
            row["text"],
            row["title"],
            row["outlet"],
            datetime.date.fromisoformat(day) if day else None,
            tuple(sorted(agencies)),
            row["language"],
            own.get(row["outlet"]),
            repairs.get(row["n"], 0),
        )
        yield witness, Place(row["n"], unpack_map(row["text"], row["map"]))


def _own_agencies(connection: sqlite3.Connection, credited: Mapping[int, set[str]]) -> dict[str, str]:
    """For outlets of which every article bears the name of one agency, that agency: they are its own."""
    named: dict[str, list[set[str]]] = {}
    for row in connection.execute("SELECT n, outlet, agency FROM documents WHERE outlet IS NOT NULL"):
        agencies = {*credited.get(row["n"], ()), *([row["agency"]] if row["agency"] else ())}
        named.setdefault(row["outlet"], []).append(agencies)
    found = {}
    for outlet, each in named.items():
        common = set.intersection(*each)
        if len(each) >= OWN and common:
            found[outlet] = min(common)
    return found


def _credited(connection: sqlite3.Connection) -> dict[int, set[str]]:
    """Agencies that the credits of each document name, which are no part of its reading text."""
    found: dict[int, set[str]] = {}
    rows = connection.execute(
        """SELECT z.document, substr(t.text, z.start + 1, z."end" - z.start) AS words FROM zones z
           JOIN texts t ON t.document = z.document WHERE z.kind IN ('credit', 'byline')"""
    )
    for row in rows:
        names = {mention.agency.name for mention in mentions(row["words"]) if not mention.agency.pictures_only}
        if names:
            found.setdefault(row["document"], set()).update(names)
    return found


def relation_id(relation: Relation) -> str:
    """The id of a relation: that of its two documents."""
    return row_id("k", relation.a, relation.b)


def clear(connection: sqlite3.Connection) -> None:
    """Take away all that collation found."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")


def put_collation(connection: sqlite3.Connection, collation: Collation, places: Mapping[str, Place]) -> None:
    """Write two documents side by side: their relation, what they share, and where that differs."""
    one = collation.relation
    if one is None:
        return
    a, b = places[one.a], places[one.b]
    id = relation_id(one)
    connection.execute(
        "INSERT INTO relations VALUES (?, ?, ?, ?, ?, '', 0, ?, ?, ?, ?, ?)",
        [
            *(id, a.n, b.n, one.kind, one.direction),
            *(one.similarity, one.direction_score, one.reworded, one.score, one.reason),
        ],
    )
    rows: dict[str, tuple[Any, ...]] = {}
    for passage in collation.passages:
        spans = (*a.stored(passage.a), *b.stored(passage.b))
        key = row_id("p", id, *map(str, spans))
        rows[key] = (key, id, *spans, passage.kind, "", passage.score)
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.values())
    found: dict[str, tuple[Any, ...]] = {}
    for variant in collation.variants:
        left = a.stored(variant.a) if variant.a else (None, None)
        right = b.stored(variant.b) if variant.b else (None, None)
        key = row_id("v", id, *map(str, (*left, *right)), variant.kind)
        found.setdefault(
            key, (key, id, *left, *right, variant.kind, variant.severity, variant.weight, variant.score, variant.reason)
        )
    connection.executemany("INSERT INTO variants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", found.values())


def put_lineage(connection: sqlite3.Connection, found: Lineage, places: Mapping[str, Place]) -> None:
    """Write what follows for all documents: families, ancestors and origins."""
    connection.executemany(
        "INSERT INTO lost_documents VALUES (?, ?, ?, ?)",
        [(lost.id, lost.credited, _lost_score(found, lost.id), lost.reason) for lost in found.lost],
    )
    credited = {lost.id: lost.credited for lost in found.lost}
    for kinship in found.kinships:
        told = with_siblings(kinship, credited)
        connection.execute(
            "UPDATE relations SET ancestor = ?, ancestor_lost = ?, direction = ?, reason = ? WHERE id = ?",
            [
                kinship.ancestor,
                kinship.lost,
                told.direction,
                told.reason,
                relation_id(kinship.relation),
            ],
        )
    for family in found.families:
        connection.execute(
            "INSERT INTO families VALUES (?, ?, ?)", [family.origin, family.lost is not None, len(family.documents)]
        )
        above = {edge.child: edge for edge in family.edges}
        for document in family.documents:
            edge = above.get(document)
            relation = row_id("k", *edge.relation) if edge and edge.relation else None
            connection.execute(
                "INSERT INTO descents VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    places[document].n,
                    family.origin,
                    edge.parent if edge else None,
                    edge.kind if edge else None,
                    relation,
                    edge.score if edge else 1.0,
                    edge.reason if edge else "All the others of its family descend from it.",
                ],
            )
    _put_origins(connection, found, places)


def _lost_score(found: Lineage, id: str) -> float:
    return max((one.relation.direction_score for one in found.kinships if one.ancestor == id), default=0.0) or 0.3


def _put_origins(connection: sqlite3.Connection, found: Lineage, places: Mapping[str, Place]) -> None:
    """Write which origin each stretch of each document has; of passages, that of the stretch in the first document."""
    by_document: dict[str, list[tuple[str, list[Stretch]]]] = {}
    for share in found.shares:
        place = places[share.document]
        spans = [stored for span in share.spans for stored in _stored(place, span)]
        by_document.setdefault(share.document, []).append((share.origin, spans))
    for document, shares in by_document.items():
        connection.executemany(
            "INSERT INTO origins VALUES (?, ?, ?, ?)",
            [(places[document].n, i, origin, json.dumps(spans)) for i, (origin, spans) in enumerate(shares)],
        )
    of_row = {places[document].n: shares for document, shares in by_document.items()}
    rows = connection.execute(
        "SELECT p.id, p.a_start, p.a_end, r.a FROM passages p JOIN relations r ON r.id = p.relation"
    ).fetchall()
    connection.executemany(
        "UPDATE passages SET origin = ? WHERE id = ?",
        [(origin_at(of_row[row["a"]], row["a_start"], row["a_end"]), row["id"]) for row in rows],
    )


def _stored(place: Place, span: Stretch) -> Iterator[Stretch]:
    """A stretch of the reading text in stored offsets, without white space at its ends; nothing of mere white space."""
    text = place.reading.text
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield place.stored((start, end))


def origin_at(shares: Sequence[tuple[str, Sequence[Stretch]]], start: int, end: int) -> str:
    """The origin of a stretch of a document: the one that has most of it, of several the first."""
    return max(shares, key=lambda share: sum(max(0, min(end, e) - max(start, s)) for s, e in share[1]))[0]


def origins_of(connection: sqlite3.Connection) -> dict[int, list[tuple[str, list[Stretch]]]]:
    """The origins of all documents, by row number."""
    found: dict[int, list[tuple[str, list[Stretch]]]] = {}
    for row in connection.execute("SELECT document, origin, spans FROM origins ORDER BY document, place"):
        found.setdefault(row["document"], []).append((row["origin"], [(s, e) for s, e in json.loads(row["spans"])]))
    return found


def relations_only(collations: Iterable[Collation]) -> list[Relation]:
    """The relations of collations."""
    return [one.relation for one in collations if one.relation]
