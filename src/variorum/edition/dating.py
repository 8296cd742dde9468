"""Write when things were: time expressions, and the dates of documents that bear none.

A document's inferred date stands in the place of what its metadata say. That is put back before the stages that the
dates are inferred from, so that they find the same however often the edition is built.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from typing import Any

from variorum.collation.words import stem
from variorum.edition.annotating import meaning_row
from variorum.language.annotation import Timed
from variorum.language.times import EITHER, Direction, Found, Meaning, TimeExpression, anchored, order_of
from variorum.records import DateInterval, Span
from variorum.situation.dates import Kin, Mention, Settled, Undated
from variorum.situation.dates.days import days_of, iso
from variorum.situation.dates.evidence import WEEKDAYS

CAPTIONS = frozenset({"caption", "credit"})
"""Zones whose times say when a picture was taken."""

CLOSE = 8
"""Words within which the name of an event stands close to a time."""

_PUBLISHED = re.compile(rf"(?im)^\W*({'|'.join(WEEKDAYS)}),?\s+(?:at\s+)?\d{{1,2}}[.:]\d\d(?:\s?[ap]\.?m\b\.?)?")
BESIDE = 16
"""Code points between the words for a day and a cue up to which something was said on that day."""
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
TELLING = 12
"""Words of a quotation that two documents can hardly have by chance, or from long ago."""

_COLUMNS = ("earliest", "latest", "best", "precision", "method", "reliable", "reasons")
_SET = ", ".join(f"published_{name} = ?" for name in _COLUMNS)


def put_times(connection: sqlite3.Connection, n: int, times: Sequence[Timed]) -> None:
    """Write the time expressions of the document in row ``n``, not yet counted from any day."""
    zones = connection.execute('SELECT start, "end", kind FROM zones WHERE document = ? ORDER BY start', [n]).fetchall()
    connection.executemany(
        "INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, '', NULL, NULL, NULL, 'unanchored', 0, ?, ?)",
        [
            (
                *(n, number, next((z["kind"] for z in zones if z["start"] <= one.found.start < z["end"]), None)),
                *(one.found.start, one.found.end, one.found.type),
                *(_json([one.found.mod, *meaning_row(one.found.meaning)]), _json(one.about)),
            )
            for number, one in enumerate(times)
        ],
    )


def undo(connection: sqlite3.Connection) -> None:
    """Put the dates back to what metadata, datelines, addresses and captions say."""
    for row in connection.execute("SELECT document, base FROM dated").fetchall():
        _put_date(connection, row["document"], _interval(row["base"]))


def redo(connection: sqlite3.Connection) -> None:
    """Put the inferred dates in their place again."""
    for row in connection.execute("SELECT document, inferred FROM dated").fetchall():
        _put_date(connection, row["document"], _interval(row["inferred"]))


def facts(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield all that the dates of the corpus depend on, besides what the stages before found."""
    rows = connection.execute(
        f"SELECT id, settled, situated, title, path, {', '.join(f'published_{name}' for name in _COLUMNS)} "
        "FROM documents ORDER BY id"
    )
    return (tuple(row) for row in rows)


def undated(connection: sqlite3.Connection) -> dict[str, Undated]:
    """Return all documents by id, as far as their dates are concerned."""
    mentions: dict[int, list[Mention]] = {}
    orders = _orders(connection)
    rows = connection.execute(
        """SELECT m.document, m.start, m."end", m.zone, m.type, m.meaning, m.about, d.outlet,
                  substr(t.text, m.start + 1, m."end" - m.start) AS words
           FROM times m JOIN texts t ON t.document = m.document JOIN documents d ON d.n = m.document
           ORDER BY m.document, m.number"""
    )
    for row in rows:
        meaning = _ordered(Meaning(*json.loads(row["meaning"])[1:]), orders.get(row["outlet"]))
        around = json.loads(row["about"])
        about = frozenset(stem(word) for word, _ in around)
        near = frozenset(stem(word) for word, apart in around if apart <= CLOSE)
        words = " ".join(row["words"].split())
        read = row["zone"] not in CAPTIONS
        mentions.setdefault(row["document"], []).append(
            Mention(row["start"], row["end"], words, row["type"], meaning, about, near, read)
        )
    yearless: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(
        "SELECT document, value, reason, method FROM clues WHERE field = 'published' ORDER BY document, number"
    ):
        if "XXXX" in row["value"]:
            yearless.setdefault(row["document"], []).append((row["value"], row["reason"]))
    weekdays = _weekdays_of_bylines(connection)
    found = {}
    for row in connection.execute("SELECT * FROM documents ORDER BY id"):
        found[row["id"]] = Undated(
            row["id"],
            row["title"] or row["path"],
            _of_row(row),
            tuple(yearless.get(row["n"], ())),
            tuple(mentions.get(row["n"], ())),
            weekday=weekdays.get(row["n"]),
            taken_over=_is_taken_over(row["agency"], row["outlet"]),
        )
    return found


def _weekdays_of_bylines(connection: sqlite3.Connection) -> dict[int, tuple[int, str]]:
    """The days of the week, with a time of day, that bylines say an article was published on ("Tuesday, 6.15am")."""
    rows = connection.execute(
        """SELECT z.document, substr(t.text, z.start + 1, z."end" - z.start) AS words FROM zones z
           JOIN texts t ON t.document = z.document WHERE z.kind = 'byline' ORDER BY z.document, z.start"""
    )
    found: dict[int, tuple[int, str]] = {}
    for row in rows:
        match = _PUBLISHED.search(row["words"])
        if match:
            found.setdefault(row["document"], (WEEKDAYS.index(match[1].lower()), match[0].strip()))
    return found


def _is_taken_over(agency: str | None, outlet: str | None) -> bool:
    """Whether a dateline's agency is another than the outlet itself."""
    if agency is None or outlet is None:
        return False
    initials = "".join(word[0] for word in outlet.split() if word[0].isupper())
    return agency.casefold() not in outlet.casefold() and agency.casefold() != initials.casefold()


def _of_row(row: sqlite3.Row) -> DateInterval:
    return DateInterval(
        row["published_earliest"],
        row["published_latest"],
        row["published_best"],
        row["published_precision"],
        row["published_method"],
        bool(row["published_reliable"]),
        tuple(json.loads(row["published_reasons"])),
    )


def kin(connection: sqlite3.Connection, documents: dict[str, Undated]) -> list[Kin]:
    """Return the pairs of documents that are copies or carry the same utterance, in order.

    Where a reworded copy tells of a weekday in another tense than the text it shares, its mention in ``documents``
    takes the tense of the other: rewording spoils tenses.
    """
    passages: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(
        "SELECT relation, a_start, a_end, b_start, b_end FROM passages ORDER BY relation, id"
    ):
        passages.setdefault(row["relation"], []).append(row)
    found = []
    rows = connection.execute(
        """SELECT r.id, r.direction, r.reworded, a.id AS a, b.id AS b FROM relations r
           JOIN documents a ON a.n = r.a JOIN documents b ON b.n = r.b ORDER BY r.id"""
    )
    for row in rows:
        a, b = documents[row["a"]], documents[row["b"]]
        shared = [
            pair
            for one in passages.get(row["id"], ())
            for pair in _same(a, (one["a_start"], one["a_end"]), b, (one["b_start"], one["b_end"]))
        ]
        for i, j in shared:
            if row["reworded"] == "a":
                documents[a.id] = _turned(documents[a.id], i, b.mentions[j].meaning.direction)
            elif row["reworded"] == "b":
                documents[b.id] = _turned(documents[b.id], j, a.mentions[i].meaning.direction)
        found.append(Kin(row["a"], row["b"], "copy", row["direction"], tuple(shared)))
    return [*found, *_of_utterances(connection, documents)]


def _turned(document: Undated, number: int, direction: Direction) -> Undated:
    """A document of which one mention is told as past, or as to come."""
    one = document.mentions[number]
    turned = replace(one, meaning=replace(one.meaning, direction=direction or one.meaning.direction))
    return replace(document, mentions=(*document.mentions[:number], turned, *document.mentions[number + 1 :]))


def _of_utterances(connection: sqlite3.Connection, documents: Mapping[str, Undated]) -> Iterator[Kin]:
    """Documents that carry one utterance, each with the next."""
    rows = connection.execute(
        """SELECT a.utterance, d.id, a.source, a.cue, a.content, a.kind, a.plain FROM attributions a
           JOIN documents d ON d.n = a.document JOIN utterances u ON u.id = a.utterance
           WHERE u.documents > 1 ORDER BY a.utterance, d.id, a.start"""
    ).fetchall()
    for one, other in pairwise(rows):
        if one["utterance"] == other["utterance"] and one["id"] != other["id"]:
            a, b = documents[one["id"]], documents[other["id"]]
            if any(row["kind"] == "indirect" or len(row["plain"].split()) < TELLING for row in (one, other)):
                continue
            yield Kin(a.id, b.id, "utterance", "unknown", tuple(_same(a, _extent(one), b, _extent(other))))


def _extent(row: sqlite3.Row) -> tuple[int, int]:
    spans = [span for name in ("source", "cue", "content") for span in json.loads(row[name])]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _same(a: Undated, here: tuple[int, int], b: Undated, there: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Days of the week that stand in two stretches that say the same, one after the other."""
    left, right = _weekdays(a, here), _weekdays(b, there)
    for i in left:
        for j in right:
            one, other = a.mentions[i].meaning, b.mentions[j].meaning
            if one.offset == other.offset:
                yield i, j
                right.remove(j)
                break


def _weekdays(document: Undated, where: tuple[int, int]) -> list[int]:
    return [
        i
        for i, one in enumerate(document.mentions)
        if where[0] <= one.start and one.end <= where[1] and one.meaning.kind == "weekday"
    ]


def put_dates(connection: sqlite3.Connection, found: Mapping[str, Settled]) -> None:
    """Write the dates that were inferred, with all that bounds them, in the place of those of the last time."""
    connection.execute("DELETE FROM bounds")
    connection.execute("DELETE FROM dated")
    for id, settled in sorted(found.items()):
        row = connection.execute("SELECT * FROM documents WHERE id = ?", [id]).fetchone()
        n = row["n"]
        base = _json(asdict(_of_row(row)))
        connection.execute("INSERT INTO dated VALUES (?, ?, ?)", [n, base, _json(asdict(settled.date))])
        connection.executemany(
            "INSERT INTO bounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(n, number, _day(bound.earliest), _day(bound.latest), bound.method, bound.score, bound.reason),
                    *(bound.start, bound.end, bound.other, verdict),
                )
                for number, (bound, verdict) in enumerate(settled.bounds)
            ],
        )
        _put_date(connection, n, settled.date)


def anchor(connection: sqlite3.Connection, calendar: Mapping[str, Sequence[str]]) -> None:
    """Count all time expressions from the dates of their documents."""
    orders = _orders(connection)
    rows = connection.execute(
        """SELECT n, outlet, published_earliest, published_latest, published_best, published_precision,
                  published_reliable
           FROM documents ORDER BY id"""
    ).fetchall()
    for row in rows:
        published = counted_from(row)
        times = connection.execute(
            'SELECT number, start, "end", type, meaning, value, earliest, latest, method, reliable FROM times '
            "WHERE document = ? ORDER BY number",
            [row["n"]],
        ).fetchall()
        order = orders.get(row["outlet"])
        found = [_found(one, order) for one in times]
        values = list(anchored(found, published, calendar))
        spoken = _spoken(found, values, _statements(connection, row["n"]))
        for i, day in spoken.items():
            values[i] = anchored([found[i]], day, calendar)[0]
        unanchored = anchored(found, None, calendar)
        for i, (one, given, value, plain) in enumerate(zip(times, found, values, unanchored, strict=True)):
            method = "text" if i in spoken else _method(given, value.value, plain.value)
            days = days_of(value.value)
            reliable = method == "said" or (method == "publication" and bool(row["published_reliable"]))
            made = (value.value, value.mod, *map(_day, days or (None, None)), method, int(reliable))
            connection.execute(
                """UPDATE times SET value = ?, mod = ?, earliest = ?, latest = ?, method = ?, reliable = ?
                   WHERE document = ? AND number = ?""",
                [*made, row["n"], one["number"]],
            )


def _statements(connection: sqlite3.Connection, n: int) -> list[tuple[list[Span], list[Span]]]:
    """What a document quotes: the stretches of each quotation, and those of its cue."""
    rows = connection.execute(
        "SELECT content, cue FROM attributions WHERE document = ? AND kind != 'indirect' ORDER BY start, id", [n]
    )
    return [
        ([Span(*span) for span in json.loads(row["content"])], [Span(*span) for span in json.loads(row["cue"])])
        for row in rows
    ]


def _spoken(
    found: Sequence[Found], values: Sequence[TimeExpression], statements: Sequence[tuple[list[Span], list[Span]]]
) -> dict[int, str]:
    """The day that a time inside of a quotation counts from, where a day stands right beside the quotation's cue.

    "On Monday she said: 'We leave tomorrow'": it is the day after that Monday, whenever that was published.
    """
    days = {i: one.value for i, one in enumerate(values) if one.type == "DATE" and _FULL_DAY.fullmatch(one.value)}
    counted: dict[int, str] = {}
    for content, cue in statements:
        inside = [i for i, one in enumerate(found) if any(s.start <= one.start and one.end <= s.end for s in content)]
        beside = [(min(_apart(found[i], span) for span in cue), i) for i in days if i not in inside and cue]
        if not inside or not beside or min(beside)[0] > BESIDE:
            continue
        day = days[min(beside)[1]]
        counted.update((i, day) for i in inside if found[i].meaning.kind in ("weekday", "shift"))
    return counted


def _apart(one: Found, span: Span) -> int:
    """Code points between a time expression and a stretch."""
    return max(span.start - one.end, one.start - span.end, 0)


def counted_from(row: sqlite3.Row) -> str | None:
    """The day, month or year that the times of a document count from; None where not even the year is known."""
    if row["published_precision"] == "day" and row["published_best"]:
        return str(row["published_best"])
    first, last = row["published_earliest"], row["published_latest"]
    if first and last:
        for size in (7, 4):
            if first[:size] == last[:size]:
                return str(first[:size])
    return None


def _found(row: sqlite3.Row, day_first: bool | None) -> Found:
    mod, *meaning = json.loads(row["meaning"])
    return Found(row["start"], row["end"], row["type"], mod, _ordered(Meaning(*meaning), day_first))


def _orders(connection: sqlite3.Connection) -> dict[str, bool]:
    """Whether outlets write days before months in figures, as far as their dates show that can be read in one order."""
    rows = connection.execute(
        """SELECT d.outlet, group_concat(substr(t.text, m.start + 1, m."end" - m.start), ' ') AS words
           FROM times m JOIN texts t ON t.document = m.document JOIN documents d ON d.n = m.document
           WHERE d.outlet IS NOT NULL AND substr(t.text, m.start + 1, m."end" - m.start) GLOB '*[0-9]/[0-9]*'
           GROUP BY d.outlet ORDER BY d.outlet"""
    )
    found = {row["outlet"]: order_of(row["words"]) for row in rows}
    return {outlet: order for outlet, order in found.items() if order is not None}


def _ordered(meaning: Meaning, day_first: bool | None) -> Meaning:
    """A date that can be read either way round as its outlet writes dates."""
    if meaning.name != EITHER or not day_first:
        return meaning
    year, month, day = meaning.value.split("-")
    return replace(meaning, value=f"{year}-{day}-{month}")


def _method(found: Found, value: str, plain: str) -> str:
    if value != plain:
        return "text" if found.meaning.kind == "later" else "publication"
    definite = found.meaning.kind in ("absolute", "duration", "set", "reference", "named")
    return "said" if definite else "unanchored"


def _put_date(connection: sqlite3.Connection, n: int, date: DateInterval) -> None:
    given = [getattr(date, name) for name in _COLUMNS[:6]]
    connection.execute(f"UPDATE documents SET {_SET} WHERE n = ?", [*given, _json(date.reasons), n])


def _interval(packed: str) -> DateInterval:
    found = json.loads(packed)
    return DateInterval(**{**found, "reasons": tuple(found["reasons"])})


def _day(day: int | None) -> str | None:
    return None if day is None else iso(day)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
