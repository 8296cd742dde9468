"""Look up who said what: quotes with filters and counts, utterances with their versions, actors."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, get_args

from variorum.edition.listing import UNKNOWN, published_between
from variorum.edition.quoting import GAP
from variorum.edition.reading import Edition, interval
from variorum.edition.search import expression
from variorum.records import DateInterval, Span, ZoneKind

CONTEXT = 100
"""Code points of the text that are shown before and after a quote."""

MOST_BETWEEN = 20_000
"""Code points of the text that a list tells of one quote."""

NAMED = "name:"
"""Begins what a filter calls a speaker without an actor."""

MOST_VALUES = 40
"""Values of a facet that are told."""

Sort = Literal["speaker", "date", "-date", "document"]
SORTS: tuple[Sort, ...] = get_args(Sort)

_COLUMN = re.compile(r"\b(?:title|text):", re.IGNORECASE)
"""What search takes for a column; a quote has none."""

_DAY = "coalesce(d.published_best, d.published_earliest, d.published_latest)"
_NAMELESS = "coalesce((SELECT s.actor IS NULL FROM speakers s WHERE s.attribution = a.n ORDER BY s.place LIMIT 1), 2)"
_SPEAKER = """(SELECT coalesce(c.name, s.name) FROM speakers s LEFT JOIN actors c ON c.id = s.actor
               WHERE s.attribution = a.n ORDER BY s.place LIMIT 1)"""
_PLACE = "d.path, d.line, d.key, a.start, a.n"
_ORDERS: Mapping[str, str] = {
    "speaker": f"{_NAMELESS}, {_SPEAKER} IS NULL, {_SPEAKER} COLLATE NOCASE, {_DAY} IS NULL, {_DAY}, {_PLACE}",
    "date": f"{_DAY} IS NULL, {_DAY}, {_PLACE}",
    "-date": f"{_DAY} IS NULL, {_DAY} DESC, {_PLACE}",
    "document": _PLACE,
}
_FROM = "FROM attributions a JOIN documents d ON d.n = a.document"
_LISTED = """SELECT a.*, d.id AS document_id, d.title, d.path, d.outlet, d.published_earliest, d.published_latest,
                    d.published_best, d.published_precision, d.published_method, d.published_reliable,
                    d.published_reasons, coalesce(u.documents, 1) AS carried,
                    coalesce(json_array_length(u.origins), 1) AS witnessed
             FROM attributions a JOIN documents d ON d.n = a.document LEFT JOIN utterances u ON u.id = a.utterance"""


@dataclass(frozen=True, slots=True)
class By:
    """One of those who speak."""

    name: str
    """The name of the actor in the corpus; without one, the words of the text."""
    actor: str | None
    """Id of the actor."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of attributions."""

    speakers: tuple[By, ...]
    """Who speaks in it."""
    cue: str
    """The words of the cue."""
    hedges: tuple[str, ...]
    """The words that keep it at a distance."""
    negated: bool
    """Whether the text says that it was not said."""
    cue_at: tuple[Span, ...] = ()
    """Where the cue stands."""
    hedges_at: tuple[Span, ...] = ()
    """Where the hedges stand."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a quote in its context."""

    text: str
    """The stored words."""
    kind: str
    """``said``, ``cue``, ``hedge``, or empty for what stands between."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution as it is shown."""

    id: str
    """Its id."""
    document: str
    """Id of its document."""
    title: str
    """Title of the document, or its path where it has none."""
    outlet: str | None
    """Who published the document."""
    published: DateInterval
    """When the document was published."""
    zone: ZoneKind | None
    """Where in the document it stands."""
    kind: str
    """direct, indirect or mixed."""
    speakers: tuple[By, ...]
    """Who says it."""
    source: tuple[Span, ...]
    """The words for who says it, in the stored text."""
    cue: tuple[Span, ...]
    """The words that tell of the saying."""
    content: tuple[Span, ...]
    """What is said."""
    hedges: tuple[Span, ...]
    """The words that keep it at a distance."""
    negated: bool
    """Whether the text says that it was not said."""
    stance: str
    """What the cue implies."""
    modality: str
    """reported, alleged, denied, planned, conditional or demanded."""
    via: tuple[Link, ...]
    """The attributions around it, the closest first."""
    within: str | None
    """Id of the closest one."""
    utterance: str
    """Id of the utterance that it is a version of."""
    carried: int
    """How many documents carry that."""
    witnessed: int
    """How many independent origins these have."""
    score: float
    """How sure, 0 to 1."""
    reason: str
    """How it was found, in words."""
    before: str = ""
    """The text before it; in lists only."""
    words: tuple[str, ...] = ()
    """The pieces of the content; in lists only."""
    after: str = ""
    """The text after it; in lists only."""
    between: str = ""
    """The text from its first word to its last, those of its source and cue included; in lists only."""

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return min(span.start for spans in (self.source, self.cue, self.content) for span in spans)

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return max(span.end for spans in (self.source, self.cue, self.content) for span in spans)

    @property
    def in_context(self) -> tuple[Stretch, ...]:
        """What stands in ``between``, cut up."""
        marks = [(span, "said") for span in self.content]
        marks += [(span, "cue") for span in self.cue]
        marks += [(span, "hedge") for span in self.hedges]
        edges = sorted({self.start, self.end, *(edge for span, _ in marks for edge in (span.start, span.end))})
        found = []
        for low, high in pairwise(edge for edge in edges if self.start <= edge <= self.end):
            kinds = [kind for span, kind in marks if span.start <= low and high <= span.end]
            found.append(Stretch(self.between[low - self.start : high - self.start], kinds[-1] if kinds else ""))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which quotes are meant, and in which order. None or an empty text leaves a field open."""

    words: str = ""
    """What the content must hold, in the language of search."""
    speaker: str | None = None
    """Id of an actor, :data:`NAMED` and a name for one without an actor, or UNKNOWN."""
    outlet: str | None = None
    """Exactly this outlet, or UNKNOWN."""
    kind: str | None = None
    """direct, indirect or mixed."""
    modality: str | None = None
    """Exactly this modality."""
    earliest: str | None = None
    """Published on or after this day, as far as its interval allows."""
    latest: str | None = None
    """Published on or before this day, likewise."""
    document: str | None = None
    """Id of the document."""
    shared: bool = False
    """Only what several documents carry."""
    sort: Sort = "speaker"
    """The order."""

    def where(self) -> tuple[str, list[Any]]:
        """Return an SQL condition on attributions ``a`` and documents ``d``, and its parameters."""
        tests: list[str] = []
        values: list[Any] = []

        def must(test: str, *given: Any) -> None:
            tests.append(test)
            values.extend(given)

        if self.words.strip():
            found = expression(_COLUMN.sub("", self.words))
            if found:
                must("a.n IN (SELECT rowid FROM said WHERE said MATCH ?)", found)
            else:
                must("FALSE")
        if self.speaker == UNKNOWN:
            must("a.n NOT IN (SELECT attribution FROM speakers)")
        elif self.speaker and self.speaker.startswith(NAMED):
            must(
                "a.n IN (SELECT attribution FROM speakers WHERE actor IS NULL AND name = ?)", self.speaker[len(NAMED) :]
            )
        elif self.speaker:
            must("a.n IN (SELECT attribution FROM speakers WHERE actor = ?)", self.speaker)
        if self.outlet == UNKNOWN:
            must("d.outlet IS NULL")
        elif self.outlet:
            must("d.outlet = ?", self.outlet)
        if self.kind:
            must("a.kind = ?", self.kind)
        if self.modality:
            must("a.modality = ?", self.modality)
        period, days = published_between(self.earliest or None, self.latest or None)
        if period:
            must(" AND ".join(period), *days)
        if self.document:
            must("d.id = ?", self.document)
        if self.shared:
            must("a.utterance IN (SELECT id FROM utterances WHERE documents > 1)")
        return " AND ".join(f"({test})" for test in tests) or "TRUE", values


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet."""

    value: str
    """The value, as a filter takes it."""
    label: str
    """What to call it."""
    count: int
    """How many quotes have it."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How a list of quotes divides; each is counted with the filters on the others applied."""

    speakers: Sequence[Count]
    outlets: Sequence[Count]
    kinds: Sequence[Count]
    modalities: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Version:
    """An utterance with its versions."""

    id: str
    """Its id."""
    speakers: tuple[By, ...]
    """Who says it, in any of its versions."""
    altered: bool
    """Whether versions in quotation marks differ in their words."""
    score: float
    """How sure it is that they are one, 0 to 1."""
    reason: str
    """Why, in words."""
    quotes: tuple[Quote, ...]
    """Its versions, in order of date and document."""
    origins: tuple[str, ...] = ()
    """Ids of the independent origins that carry it."""
    variants: tuple[str, ...] = ()
    """Ids of the variants between copies that lie inside it."""
    original: str | None = None
    """Id of the quote whose words are likely the original; None where nothing tells, or nothing was altered."""
    original_reason: str = ""
    """Why, or that nothing tells; empty where nothing was altered."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A document that speaks of an actor."""

    document: str
    """Its id."""
    title: str
    """Its title, or its path where it has none."""
    outlet: str | None
    """Who published it."""
    published: DateInterval
    """When."""
    name: str
    """The fullest form of the name in it."""
    mentions: int
    """How often it speaks of the actor."""


@dataclass(frozen=True, slots=True)
class Known:
    """An actor across documents."""

    id: str
    """Its id."""
    name: str
    """The fullest form that the corpus uses."""
    kind: str
    """person, organisation, state, group or place."""
    aliases: tuple[str, ...]
    """Other forms."""
    iso3166: str | None
    """Code of a state."""
    documents: tuple[Appearance, ...]
    """Where it is spoken of, in order of date."""
    quotes: int
    """How many attributions it speaks in."""
    score: float
    """How sure it is that these are one, 0 to 1."""
    reason: str
    """Why, in words."""


def quotes(edition: Edition, asked: Asked, offset: int = 0, limit: int = 50) -> list[Quote]:
    """Return the quotes that ``asked`` allows, with their context, ``limit`` at most, from row ``offset`` on."""
    return at(edition, _ordered(edition, asked, limit, offset))


def ordered(edition: Edition, asked: Asked) -> list[int]:
    """Return the row numbers of all quotes that ``asked`` allows, in its order; see :func:`at`."""
    return _ordered(edition, asked, -1, 0)


def at(edition: Edition, numbers: Sequence[int]) -> list[Quote]:
    """Return the quotes in these rows, with their context, in this order."""
    rows: dict[int, sqlite3.Row] = {}
    for some in _some(numbers):
        found = edition.connection.execute(f"{_LISTED} WHERE a.n IN ({', '.join('?' * len(some))})", some)
        rows |= {row["n"]: row for row in found}
    wanted = [rows[n] for n in numbers]
    return [_in_context(edition.connection, row, q) for row, q in zip(wanted, _made(edition, wanted), strict=True)]


def every(edition: Edition) -> Iterator[Quote]:
    """Yield all quotes without their context, in order of document and place."""
    for id in edition.ids():
        yield from of_document(edition, id)


def count(edition: Edition, asked: Asked) -> int:
    """Return how many quotes ``asked`` allows."""
    where, values = asked.where()
    return int(edition.connection.execute(f"SELECT count(*) {_FROM} WHERE {where}", values).fetchone()[0])


def facets(edition: Edition, asked: Asked) -> Facets:
    """Return how the quotes divide that ``asked`` allows, the most frequent first."""
    return Facets(
        _speaking(edition, replace(asked, speaker=None)),
        _facet(edition, replace(asked, outlet=None), "d.outlet"),
        _facet(edition, replace(asked, kind=None), "a.kind"),
        _facet(edition, replace(asked, modality=None), "a.modality"),
    )


def _ordered(edition: Edition, asked: Asked, limit: int, offset: int) -> list[int]:
    where, values = asked.where()
    question = f"SELECT a.n {_FROM} WHERE {where} ORDER BY {_ORDERS[asked.sort]} LIMIT ? OFFSET ?"
    return [row["n"] for row in edition.connection.execute(question, [*values, limit, offset])]


def _facet(edition: Edition, asked: Asked, column: str) -> list[Count]:
    where, values = asked.where()
    rows = edition.connection.execute(
        f"""SELECT coalesce({column}, ?) AS value, count(*) AS count {_FROM} WHERE {where}
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}""",
        [UNKNOWN, *values],
    )
    return [Count(row["value"], row["value"], row["count"]) for row in rows]


def _speaking(edition: Edition, asked: Asked) -> list[Count]:
    where, values = asked.where()
    rows = edition.connection.execute(
        f"""SELECT s.actor, iif(s.actor IS NULL, s.name, NULL) AS name, count(DISTINCT a.n) AS count {_FROM}
            LEFT JOIN speakers s ON s.attribution = a.n WHERE {where}
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {MOST_VALUES}""",
        values,
    ).fetchall()
    ids = [row["actor"] for row in rows if row["actor"]]
    named = edition.connection.execute(f"SELECT id, name FROM actors WHERE id IN ({', '.join('?' * len(ids))})", ids)
    names = {row["id"]: row["name"] for row in named}
    found = []
    for row in rows:
        if row["actor"]:
            found.append(Count(row["actor"], names.get(row["actor"], UNKNOWN), row["count"]))
        elif row["name"] is not None:
            found.append(Count(NAMED + row["name"], row["name"], row["count"]))
        else:
            found.append(Count(UNKNOWN, UNKNOWN, row["count"]))
    return sorted(found, key=lambda c: (-c.count, c.label, c.value))


def of_document(edition: Edition, id: str) -> list[Quote]:
    """Return the quotes of a document without their context, in the order of the text."""
    rows = edition.connection.execute(f"{_LISTED} WHERE d.id = ? ORDER BY a.start, a.n", [id]).fetchall()
    return _made(edition, rows)


def quote(edition: Edition, id: str) -> Quote | None:
    """Return the quote with this id, with its context."""
    rows = edition.connection.execute(f"{_LISTED} WHERE a.id = ?", [id]).fetchall()
    return _in_context(edition.connection, rows[0], _made(edition, rows)[0]) if rows else None


def utterance(edition: Edition, id: str) -> Version | None:
    """Return the utterance with this id and its versions."""
    row = edition.connection.execute("SELECT * FROM utterances WHERE id = ?", [id]).fetchone()
    if row is None:
        return None
    rows = edition.connection.execute(f"{_LISTED} WHERE a.utterance = ? ORDER BY {_ORDERS['date']}", [id]).fetchall()
    found = [_in_context(edition.connection, r, q) for r, q in zip(rows, _made(edition, rows), strict=True)]
    speakers = tuple(dict.fromkeys(by for q in found for by in q.speakers))
    variants = edition.connection.execute("SELECT id FROM variants WHERE utterance = ? ORDER BY id", [id])
    return Version(
        *(id, speakers, bool(row["altered"]), row["score"], row["reason"], tuple(found)),
        tuple(json.loads(row["origins"])),
        tuple(variant["id"] for variant in variants),
        row["original"],
        row["original_reason"],
    )


def utterances(edition: Edition) -> Iterator[Version]:
    """Yield all utterances with their versions, in order of id."""
    for row in edition.connection.execute("SELECT id FROM utterances ORDER BY id").fetchall():
        found = utterance(edition, row["id"])
        assert found is not None
        yield found


def utterance_ids(edition: Edition, *, several: bool = False) -> list[str]:
    """Return the ids of all utterances, or of those that ``several`` documents carry."""
    rows = edition.connection.execute("SELECT id FROM utterances WHERE documents > ? ORDER BY id", [int(several)])
    return [row["id"] for row in rows]


def actor_ids(edition: Edition) -> list[str]:
    """Return the ids of all actors."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM actors ORDER BY id")]


def actor(edition: Edition, id: str) -> Known | None:
    """Return the actor with this id."""
    row = edition.connection.execute("SELECT * FROM actors WHERE id = ?", [id]).fetchone()
    if row is None:
        return None
    places = edition.connection.execute(
        f"""SELECT d.*, m.name, sum(m.mentions) AS mentions FROM cast_members m JOIN documents d ON d.n = m.document
            WHERE m.actor = ? GROUP BY d.n ORDER BY {_DAY} IS NULL, {_DAY}, d.path, d.line, d.key""",
        [id],
    )
    appearances = tuple(
        Appearance(p["id"], p["title"] or p["path"], p["outlet"], interval(p), p["name"], p["mentions"]) for p in places
    )
    said = edition.connection.execute("SELECT count(DISTINCT attribution) FROM speakers WHERE actor = ?", [id])
    return Known(
        *(id, row["name"], row["kind"], tuple(json.loads(row["aliases"])), row["iso3166"], appearances),
        *(int(said.fetchone()[0]), row["score"], row["reason"]),
    )


def text_of(edition: Edition, id: str) -> str:
    """Return the stored text of a document. Raises KeyError if there is none."""
    row = edition.connection.execute("SELECT t.text FROM texts t JOIN documents ON n = document WHERE id = ?", [id])
    found = row.fetchone()
    if found is None:
        raise KeyError(id)
    return str(found["text"])


def members(edition: Edition, id: str) -> list[str | None]:
    """Return the ids of the actors of a document, by their numbers in its annotation."""
    rows = edition.connection.execute(
        "SELECT m.actor FROM cast_members m JOIN documents d ON d.n = m.document WHERE d.id = ? ORDER BY m.number", [id]
    )
    return [row["actor"] for row in rows]


# --- making records --------------------------------------------------------------------------------------------------


def _made(edition: Edition, rows: Sequence[sqlite3.Row]) -> list[Quote]:
    """Return rows as quotes, with their speakers and chains."""
    chains = {row["id"]: list(_around(edition.connection, row)) for row in rows}
    numbers = {row["n"] for row in rows} | {outer["n"] for chain in chains.values() for outer in chain}
    speakers = _speakers(edition.connection, sorted(numbers))
    texts: dict[int, str] = {}

    def text_of(document: int) -> str:
        if document not in texts:
            found = edition.connection.execute("SELECT text FROM texts WHERE document = ?", [document]).fetchone()
            texts[document] = found["text"]
        return texts[document]

    def link(row: sqlite3.Row) -> Link:
        text = text_of(row["document"])
        cue, hedges = _spans(row["cue"]), _spans(row["hedges"])
        words = " ".join(span.of(text) for span in cue)
        kept = tuple(span.of(text) for span in hedges)
        return Link(speakers.get(row["n"], ()), words, kept, bool(row["negated"]), cue, hedges)

    return [
        Quote(
            id=row["id"],
            document=row["document_id"],
            title=row["title"] or row["path"],
            outlet=row["outlet"],
            published=interval(row),
            zone=row["zone"],
            kind=row["kind"],
            speakers=speakers.get(row["n"], ()),
            source=_spans(row["source"]),
            cue=_spans(row["cue"]),
            content=_spans(row["content"]),
            hedges=_spans(row["hedges"]),
            negated=bool(row["negated"]),
            stance=row["stance"],
            modality=row["modality"],
            via=tuple(link(outer) for outer in chains[row["id"]]),
            within=row["within"],
            utterance=row["utterance"],
            carried=row["carried"],
            witnessed=row["witnessed"],
            score=row["score"],
            reason=row["reason"],
        )
        for row in rows
    ]


def _around(connection: sqlite3.Connection, row: sqlite3.Row) -> Iterator[sqlite3.Row]:
    """Yield the attributions around one, the closest first."""
    outer = row["within"]
    seen = {row["id"]}
    while outer is not None and outer not in seen:
        seen.add(outer)
        found = connection.execute("SELECT * FROM attributions WHERE id = ?", [outer]).fetchone()
        if found is None:
            return
        yield found
        outer = found["within"]


def _speakers(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, tuple[By, ...]]:
    found: dict[int, tuple[By, ...]] = {}
    for some in _some(numbers):
        rows = connection.execute(
            f"""SELECT s.attribution, coalesce(c.name, s.name) AS name, s.actor FROM speakers s
                LEFT JOIN actors c ON c.id = s.actor WHERE s.attribution IN ({", ".join("?" * len(some))})
                ORDER BY s.attribution, s.place""",
            some,
        )
        for row in rows:
            found[row["attribution"]] = (*found.get(row["attribution"], ()), By(row["name"], row["actor"]))
    return found


def _in_context(connection: sqlite3.Connection, row: sqlite3.Row, found: Quote) -> Quote:
    first, last = found.start, min(found.end, found.start + MOST_BETWEEN)
    around = connection.execute(
        """SELECT substr(text, ? + 1, ?) AS before, substr(text, ? + 1, ?) AS between_, substr(text, ? + 1, ?) AS after
           FROM texts WHERE document = ?""",
        [max(0, first - CONTEXT), min(first, CONTEXT), first, last - first, last, CONTEXT, row["document"]],
    ).fetchone()
    return replace(
        found,
        before=_ending(around["before"]),
        words=tuple(row["words"].split(GAP)),
        after=_beginning(around["after"]),
        between=around["between_"],
    )


def _ending(text: str) -> str:
    """The end of a context: whole words of the same paragraph."""
    last = text.rpartition("\n")[2]
    return last.partition(" ")[2] if last == text and len(text) == CONTEXT else last.lstrip()


def _beginning(text: str) -> str:
    """The beginning of a context: whole words of the same paragraph."""
    first = text.partition("\n")[0]
    return first.rpartition(" ")[0] if first == text and len(text) == CONTEXT else first.rstrip()


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield row numbers, as many at once as a question can name."""
    for first in range(0, len(numbers), 500):
        yield numbers[first : first + 500]


def _spans(packed: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(packed))
