"""Read when things were: documents on their days, the days that texts speak of, and what bounds a date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.edition.annotating import unpack_sentences
from variorum.edition.listing import ORDERS, Filter
from variorum.edition.reading import Edition, interval
from variorum.records import DateInterval, Evidence, Span, ZoneKind, cite

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]

Verdict = Literal["used", "agrees", "overruled"]

VERDICTS: tuple[Verdict, ...] = ("used", "agrees", "overruled")
"""What became of a bound, in the order in which a page tells it."""

LONGEST = 600
"""Code points of a sentence that a list shows; of a longer one, the words around the time."""

APART: frozenset[ZoneKind] = frozenset(("dateline", "byline", "credit", "furniture"))
"""Zones whose days are not what a text speaks of: that of a dateline is the day of publication itself."""

_MONTH = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"
_DEFINITE = f"""(t.type IN ('DATE', 'TIME') AND (t.earliest = t.latest OR t.value GLOB '{_MONTH}')
    AND coalesce(t.zone, '') NOT IN ({", ".join(f"'{zone}'" for zone in sorted(APART))}))"""

_DATED = "coalesce(d.published_best, d.published_earliest, d.published_latest)"
_ORIGIN = "coalesce(o.origin, d.id)"
_TIMES = """times t JOIN documents d ON d.n = t.document
            LEFT JOIN origins o ON o.document = d.n AND o.place = 0"""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression of a text."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last one."""
    zone: ZoneKind | None
    """Where in the document it stands."""
    type: TimeType
    """A day or longer, a time of a day, how long, or how often."""
    value: str
    """After TIMEX3: ``2019-09-05``, ``2019-09``, ``XXXX-09-05``, ``P9M``, ``PAST_REF``."""
    mod: str | None
    """After TIMEX3: ``START``, ``APPROX`` and the like."""
    earliest: str | None
    """First day that it covers (ISO 8601); None where it is no definite time."""
    latest: str | None
    """Last one."""
    method: str
    """``said`` (the words have the whole), ``publication`` (counted from that day), ``text`` (counted from a time
    before it in the text), ``unanchored``."""
    reliable: bool
    """Whether it does not count from a doubtful date."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def day(self) -> str | None:
        """The day or month that the text speaks of with it, in ISO 8601; None where it is neither."""
        if self.type not in ("DATE", "TIME") or self.earliest is None or self.zone in APART:
            return None
        if self.earliest == self.latest:
            return self.earliest
        return self.value if self.value == self.earliest[:7] else None


@dataclass(frozen=True, slots=True)
class Dated:
    """A document with its date."""

    id: str
    title: str | None
    outlet: str | None
    path: str
    published: DateInterval
    origin: str
    """The independent account that most of it descends from."""

    @property
    def name(self) -> str:
        """What to call it: its title, or its path where it has none."""
        return self.title or self.path


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication."""

    earliest: str | None
    """No earlier than this day (ISO 8601)."""
    latest: str | None
    """No later than this one."""
    best: str | None
    """The likeliest one."""
    reliable: bool
    """Whether it can be used without a question mark."""
    documents: int
    """How many documents have it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A day or a month that texts speak of."""

    earliest: str
    """Its first day, in ISO 8601."""
    latest: str
    """Its last one."""
    origins: frozenset[str]
    """Ids of the independent origins whose documents name it."""
    sure: frozenset[str]
    """Those of them that name it without counting from a doubtful date."""
    documents: int
    """How many documents name it."""
    places: int
    """In how many places."""

    @property
    def day(self) -> str:
        """The day or the month, in ISO 8601."""
        return self.earliest if self.earliest == self.latest else self.earliest[:7]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place where a text names a day, with its sentence."""

    document: Dated
    time: Time
    evidence: Evidence
    """The words of the time."""
    before: str
    """The words of the sentence before them."""
    after: str
    """Those after."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that bounds the day on which a document was published."""

    earliest: str | None
    """No earlier than this day (ISO 8601), if it says so."""
    latest: str | None
    """No later than this one. Where both are None it is a rule that the reason tells."""
    method: str
    """By what it was found."""
    score: float
    """How sure it is, 0 to 1."""
    reason: str
    """Why, in words."""
    place: Span | None
    """Where the words stand, in the stored text."""
    other: tuple[str, str] | None
    """Id and name of the document that it comes from, if it is another."""
    verdict: Verdict
    """What became of it: it made the date, it fits, or surer ones speak against it."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is named."""

    places: int
    documents: int
    origins: int


# --- documents --------------------------------------------------------------------------------------------------------


def dated(edition: Edition, wanted: Filter | None = None) -> list[Dated]:
    """Return the documents that have a date of any kind, the earliest first."""
    return _documents(edition, wanted or Filter(), f"{_DATED} IS NOT NULL")


def published(edition: Edition, wanted: Filter | None = None) -> list[Published]:
    """Return the dates of publication that documents have, each with how many have it, in order of time."""
    where, values = (wanted or Filter()).where()
    columns = "d.published_earliest, d.published_latest, d.published_best, d.published_reliable"
    rows = edition.connection.execute(
        f"""SELECT {columns}, count(*) FROM documents d WHERE {where} AND {_DATED} IS NOT NULL
            GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
        values,
    )
    return [
        Published(earliest, latest, best, bool(reliable), documents)
        for earliest, latest, best, reliable, documents in rows
    ]


def undated(edition: Edition, wanted: Filter | None = None) -> list[Dated]:
    """Return the documents that have no date at all. Days in ``wanted`` do not narrow them."""
    given = wanted or Filter()
    return _documents(edition, Filter(given.outlet, given.language), f"{_DATED} IS NULL")


def _documents(edition: Edition, wanted: Filter, test: str) -> list[Dated]:
    where, values = wanted.where()
    rows = edition.connection.execute(
        f"""SELECT d.*, {_ORIGIN} AS origin FROM documents d LEFT JOIN origins o ON o.document = d.n AND o.place = 0
            WHERE {where} AND {test} ORDER BY {ORDERS["published"]}""",
        values,
    )
    return [_dated(row) for row in rows]


def _dated(row: sqlite3.Row) -> Dated:
    return Dated(row["id"], row["title"], row["outlet"], row["path"], interval(row), row["origin"])


# --- times in texts ---------------------------------------------------------------------------------------------------


def times_of(edition: Edition, id: str) -> list[Time]:
    """Return the time expressions of a document, in the order of the text."""
    rows = edition.connection.execute(
        "SELECT t.* FROM times t JOIN documents d ON d.n = t.document WHERE d.id = ? ORDER BY t.start, t.number", [id]
    )
    return [_time(row) for row in rows]


def _time(row: sqlite3.Row) -> Time:
    return Time(
        *(row["start"], row["end"], row["zone"], row["type"], row["value"], row["mod"]),
        *(row["earliest"], row["latest"], row["method"], bool(row["reliable"])),
    )


def named(edition: Edition, wanted: Filter | None = None) -> list[Named]:
    """Return the days and months that texts speak of, in order of time.

    Of ``wanted``, outlet and language say whose texts, and its days which ones: those that lie within or, of months,
    reach into them.
    """
    where, values = _naming(wanted or Filter())
    rows = edition.connection.execute(
        f"""SELECT t.earliest, t.latest, {_ORIGIN} AS origin, max(t.reliable) AS sure, count(DISTINCT d.n) AS documents,
                   count(*) AS places
            FROM {_TIMES} WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 2""",
        values,
    )
    found: dict[tuple[str, str], list[sqlite3.Row]] = {}
    for row in rows:
        found.setdefault((row["earliest"], row["latest"]), []).append(row)
    return [
        Named(
            *days,
            frozenset(row["origin"] for row in own),
            frozenset(row["origin"] for row in own if row["sure"]),
            sum(row["documents"] for row in own),
            sum(row["places"] for row in own),
        )
        for days, own in found.items()
    ]


def _naming(wanted: Filter) -> tuple[str, list[str]]:
    where, values = Filter(wanted.outlet, wanted.language).where()
    tests = [where, _DEFINITE]
    if wanted.since:
        tests.append("t.latest >= ?")
        values.append(wanted.since)
    if wanted.until:
        tests.append("t.earliest <= ?")
        values.append(wanted.until)
    return " AND ".join(f"({test})" for test in tests), values


def _within(first: str, last: str, wanted: Filter) -> tuple[str, list[str]]:
    where, values = Filter(wanted.outlet, wanted.language).where()
    return f"({where}) AND {_DEFINITE} AND t.earliest >= ? AND t.latest <= ?", [*values, first, last]


def count(edition: Edition, first: str, last: str, wanted: Filter | None = None) -> Count:
    """Return how often texts name a day or month that lies from ``first`` to ``last`` (ISO 8601 days)."""
    where, values = _within(first, last, wanted or Filter())
    row = edition.connection.execute(
        f"SELECT count(*), count(DISTINCT d.n), count(DISTINCT {_ORIGIN}) FROM {_TIMES} WHERE {where}", values
    ).fetchone()
    return Count(*row)


def spoken(
    edition: Edition, first: str, last: str, wanted: Filter | None = None, *, offset: int = 0, limit: int = -1
) -> list[Spoken]:
    """Return the places that name a day or month from ``first`` to ``last``, with their sentences.

    They are in order of the days, then of the documents' dates.
    """
    where, values = _within(first, last, wanted or Filter())
    rows = edition.connection.execute(
        f"""SELECT t.start, t."end", t.zone, t.type, t.value, t.mod, t.earliest, t.latest, t.method, t.reliable,
                   d.*, {_ORIGIN} AS origin
            FROM {_TIMES} WHERE {where}
            ORDER BY t.earliest, t.latest, {ORDERS["published"]}, t.start, t.number LIMIT ? OFFSET ?""",
        [*values, limit, offset],
    ).fetchall()
    texts: dict[str, tuple[str, Sequence[tuple[int, int]]]] = {}
    found = []
    for row in rows:
        if row["id"] not in texts:
            texts[row["id"]] = _text(edition, row["n"])
        found.append(_spoken(_dated(row), _time(row), *texts[row["id"]]))
    return found


def _text(edition: Edition, n: int) -> tuple[str, Sequence[tuple[int, int]]]:
    """Return the stored text of a document with its sentences; none where it could not be annotated."""
    row = edition.connection.execute(
        "SELECT t.text, a.data FROM texts t LEFT JOIN annotations a ON a.document = t.document WHERE t.document = ?",
        [n],
    ).fetchone()
    return row["text"], unpack_sentences(row["data"]) if row["data"] else ()


def _spoken(document: Dated, time: Time, text: str, sentences: Sequence[tuple[int, int]]) -> Spoken:
    """Return a place with its sentence; where sentences are not known, with its line."""
    around = next(((s, e) for s, e in sentences if s <= time.start and time.end <= e), None)
    low, high = around or (text.rfind("\n", 0, time.start) + 1, text.find("\n", time.end))
    if high < 0:
        high = len(text)
    low, high = max(low, time.start - LONGEST // 2), min(high, time.end + LONGEST // 2)
    evidence = cite(document.id, text, time.span)
    return Spoken(document, time, evidence, text[low : time.start], text[time.end : high])


# --- bounds -----------------------------------------------------------------------------------------------------------


def bounds_of(edition: Edition, id: str) -> list[Bound]:
    """Return what bounds the date of a document, the surest first."""
    rows = edition.connection.execute(
        """SELECT b.*, o.title, o.path FROM bounds b JOIN documents d ON d.n = b.document
           LEFT JOIN documents o ON o.id = b.other WHERE d.id = ? ORDER BY b.number""",
        [id],
    )
    return [_bound(row) for row in rows]


def _bound(row: sqlite3.Row) -> Bound:
    known = row["start"] is not None and row["end"] is not None
    place = Span(row["start"], row["end"]) if known else None
    other = (row["other"], row["title"] or row["path"]) if row["path"] is not None else None
    return Bound(
        *(row["earliest"], row["latest"], row["method"], row["score"], row["reason"], place, other, row["verdict"])
    )
