"""Full-text search over the reading texts of an edition, with the places of each hit in the stored text."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal, get_args

from variorum.edition.coding import unpack_map
from variorum.edition.listing import DATES, ORDERS, UNKNOWN, Count, Facets, Filter, Listed, Page, years_of
from variorum.edition.reading import LISTED, Edition, listed
from variorum.records import ReadingText, Span

Order = Literal["best", "date", "-date"]
"""Orders of what a search finds: the best hits first, or by date of publication; a minus sign means descending."""

ORDER_NAMES: tuple[Order, ...] = get_args(Order)

_ORDERS: Mapping[Order, str] = {
    "best": "bm25(search, 5.0, 1.0), d.path, d.line, d.key",
    "date": ORDERS["published"],
    "-date": ORDERS["-published"],
}

SNIPPETS = 3
"""How many snippets a hit shows at most."""

AROUND = 90
"""Code points of context on each side of a matched word, before the snippet is cut at a word boundary."""

LONGEST_WORD = 60
"""Code points that a snippet is stretched by at most on each side, to end at a word boundary."""

LONG = 100_000
"""Code points above which a text is looked through piece by piece for the places of a hit: the time that FTS5 takes to
mark them grows with the square of the length (0.05 s at this length, 3 s at eight times it, hours at 50 MB)."""

PIECE = 20_000
"""Code points of such a piece; it ends at white space where it can, and a phrase that crosses its end is not marked."""

LOOKED_THROUGH = 2_000_000
"""Code points of a long text that are looked through; what comes after is found, but no place in it is shown."""

_TOKENIZER = "unicode61 remove_diacritics 2"
"""As in ``schema.sql``."""

_OPEN, _CLOSE = "\x02", "\x03"

_TERM = re.compile(r'(-)?(?:(title|text):)?(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet."""

    text: str
    """Its words, as they are read."""
    hit: bool
    """Whether they were searched for."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A place where a document has what was searched for."""

    span: Span
    """The first matched words of the snippet, in the stored text."""
    pieces: Sequence[Piece]
    """The words around, cut into matched and other ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that has what was searched for."""

    document: Listed
    """The document."""
    snippets: Sequence[Snippet]
    """The first places in it."""
    matches: int
    """How many places there are in its text."""


def expression(query: str) -> str | None:
    """Return an FTS5 expression for what a person typed, or None if there is nothing in it to search for.

    Words are joined by *and*; ``"…"`` is a phrase, ``word*`` a beginning of a word, ``-word`` leaves out, ``OR``
    between two terms lets either do, ``title:word`` looks in titles alone. Anything else that is typed is taken as
    words.
    """
    groups, without = _terms(query)
    if not groups:
        return None
    wanted = " AND ".join(f"({' OR '.join(group)})" for group in groups)
    return f"({wanted})" + "".join(f" NOT {term}" for term in without)


def _terms(query: str) -> tuple[list[list[str]], list[str]]:
    """Return the terms of a query for FTS5: groups, each of which must be met by one of its terms, and the unwanted."""
    groups: list[list[str]] = []
    without: list[str] = []
    either = False
    for match in _TERM.finditer(query.replace("\x00", " ")):
        minus, column, phrase, word = match.groups()
        if word == "OR" and not minus and not column:
            either = bool(groups)
            continue
        words = re.findall(r"\w+", phrase if phrase is not None else word)
        if not words:
            continue
        prefix = "*" if phrase is None and word.endswith("*") else ""
        term = f'{column + " : " if column else ""}"{" ".join(words)}"{prefix}'
        if minus:
            without.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    return groups, without


def search(
    edition: Edition,
    query: str,
    wanted: Filter | None = None,
    *,
    order: Order = "best",
    offset: int = 0,
    limit: int = 20,
) -> Page[Hit]:
    """Return the documents that have what ``query`` asks for, in an order.

    The best are those of bm25, where words of a title count five times. The query's syntax is that of
    :func:`expression`; a query without words finds nothing.
    """
    match = expression(query)
    if match is None:
        return Page([], 0, offset, limit)
    where, values = (wanted or Filter()).where()
    total = edition.connection.execute(
        f"SELECT count(*) FROM search JOIN documents d ON d.n = search.rowid WHERE search MATCH ? AND {where}",
        [match, *values],
    ).fetchone()[0]
    if not limit or offset >= total:
        return Page([], total, offset, limit)
    # first the order, then the marks of this page alone: marking up every hit of a common word takes ten times as long
    ranked = [
        row["n"]
        for row in edition.connection.execute(
            f"""SELECT search.rowid AS n FROM search JOIN documents d ON d.n = search.rowid
                WHERE search MATCH ? AND {where}
                ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?""",
            [match, *values, limit, offset],
        )
    ]
    numbers = json.dumps(ranked)
    # the plus sign keeps SQLite from running the query anew for each document
    marked = edition.connection.execute(
        """SELECT rowid AS n, CASE WHEN length(text) <= ? THEN highlight(search, 1, ?, ?) END AS marked FROM search
           WHERE search MATCH ? AND +rowid IN (SELECT value FROM json_each(?))""",
        [LONG, _OPEN, _CLOSE, match, numbers],
    )
    marks = {row["n"]: row["marked"] for row in marked}
    rows = edition.connection.execute(
        f"""SELECT r.text AS read_text, r.map, d.* FROM readings r JOIN ({LISTED}) d ON d.n = r.document
            WHERE r.document IN (SELECT value FROM json_each(?))""",
        [numbers],
    )
    hits = {row["n"]: _hit(row, marks[row["n"]], query) for row in rows}
    return Page([hits[n] for n in ranked], total, offset, limit)


def facets(edition: Edition, query: str, wanted: Filter) -> Facets:
    """Return how the documents that ``query`` finds divide, as :meth:`Edition.facets` does for all."""
    match = expression(query)
    if match is None:
        return Facets([], [], [])

    def count(column: str, order: str, unset: Filter) -> list[Count]:
        where, values = unset.where()
        rows = edition.connection.execute(
            f"""SELECT coalesce({column}, ?) AS value, count(*) AS documents
                FROM search JOIN documents d ON d.n = search.rowid
                WHERE search MATCH ? AND {where} GROUP BY 1 ORDER BY {order}""",
            [UNKNOWN, match, *values],
        )
        return [Count(row["value"], row["documents"]) for row in rows]

    def years(unset: Filter) -> list[Count]:
        where, values = unset.where()
        rows = edition.connection.execute(
            f"""SELECT {DATES} FROM search JOIN documents d ON d.n = search.rowid
                WHERE search MATCH ? AND {where} GROUP BY 1, 2, 3""",
            [match, *values],
        )
        return years_of(rows)

    return Facets(
        outlets=count("d.outlet", "documents DESC, value", Filter(None, wanted.language, wanted.since, wanted.until)),
        languages=count("d.language", "documents DESC, value", Filter(wanted.outlet, None, wanted.since, wanted.until)),
        years=years(Filter(wanted.outlet, wanted.language)),
    )


def _hit(row: sqlite3.Row, marked: str | None, query: str) -> Hit:
    places = _places(marked) if marked is not None else _places_in_long(row["read_text"], query)
    return Hit(listed(row), _snippets(unpack_map(row["read_text"], row["map"]), places), len(places))


def _places(marked: str) -> list[Span]:
    """Return where the marked words stand in the text without its marks."""
    places: list[Span] = []
    at, start = 0, 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if part == _OPEN:
            start = at
        elif part == _CLOSE:
            places.append(Span(start, at))
        else:
            at += len(part)
    return places


def _places_in_long(text: str, query: str) -> list[Span]:
    """Return where a long text has the wanted terms of a query, see :data:`LOOKED_THROUGH`."""
    either = " OR ".join(term for group in _terms(query)[0] for term in group)
    with closing(sqlite3.connect(":memory:")) as pieces:
        pieces.execute(f"CREATE VIRTUAL TABLE pieces USING fts5 (title, text, tokenize = '{_TOKENIZER}')")
        pieces.executemany("INSERT INTO pieces (rowid, text) VALUES (?, ?)", _pieces(text))
        marked = pieces.execute(
            "SELECT rowid, highlight(pieces, 1, ?, ?) FROM pieces WHERE pieces MATCH ? ORDER BY rowid",
            [_OPEN, _CLOSE, either],
        )
        return [Span(start + p.start, start + p.end) for start, words in marked for p in _places(words)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a long text, each with the code point that it begins at."""
    start = 0
    while start < min(len(text), LOOKED_THROUGH):
        end = start + PIECE
        if end < len(text):
            spaces = [m.end() for m in re.finditer(r"\s", text[start:end])]
            end = start + spaces[-1] if spaces else end
        yield start, text[start:end]
        start = end


def _snippets(reading: ReadingText, places: Sequence[Span]) -> list[Snippet]:
    snippets: list[Snippet] = []
    rest = list(places)
    shown = 0
    while rest and len(snippets) < SNIPPETS:
        first = rest[0]
        window = _window(reading, first, shown)
        shown = window.end
        inside = [p for p in rest if p.end <= window.end]
        rest = rest[len(inside) :]
        pieces: list[Piece] = []
        at = window.start
        for place in inside:
            pieces.append(Piece(reading.text[at : place.start], False))
            pieces.append(Piece(place.of(reading.text), True))
            at = place.end
        pieces.append(Piece(reading.text[at : window.end], False))
        snippets.append(Snippet(reading.to_stored(first.start, first.end), [p for p in pieces if p.text]))
    return snippets


def _window(reading: ReadingText, place: Span, shown: int) -> Span:
    """Return the stretch around a matched word that a snippet shows: whole words of one block, not ``shown`` yet."""
    block = next((b for b in reading.blocks if b.start <= place.start < b.end), None)
    low, high = (block.start, block.end) if block else (0, len(reading.text))
    low = min(max(low, shown), place.start)
    start, end = max(low, place.start - AROUND), min(max(high, place.end), place.end + AROUND)
    lowest, highest = max(low, start - LONGEST_WORD), min(high, end + LONGEST_WORD)
    while start > lowest and not reading.text[start - 1].isspace():
        start -= 1
    while end < highest and not reading.text[end].isspace():
        end += 1
    return Span(start, end)
