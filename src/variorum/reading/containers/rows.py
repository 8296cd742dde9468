"""Rows of JSON and CSV into items.

A file is read as a stream of rows. The first of them (all, in most files) are looked at together before any is handed
on, so that a date like ``9/12/2022`` can be read the way round in which another row of the file decides it, whatever
their order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.reading import fields
from variorum.reading.containers.keys import Keys
from variorum.reading.containers.limits import ITEM_BYTES, megabytes
from variorum.reading.containers.made import Made, Notice
from variorum.reading.containers.streams import Line, Stream, lines, text_of
from variorum.reading.dates import column_order, is_ambiguous, not_after, parse_date
from variorum.reading.decoding import clean, decode
from variorum.records import Clue, Item, Rejection

LOOKAHEAD_ROWS = 5_000
LOOKAHEAD_BYTES = 64_000_000
"""Rows, and bytes of them, that are looked at together to tell day from month."""

DATE_SCORE = 0.95
AMBIGUOUS_SCORE = 0.8
BOUND_SCORE = 0.9
"""How far to trust a row's own date; one with two readings; a date that only bounds it."""

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it stands in its file, or why it can't be read."""

    line: int
    """Line or row number, from 1."""
    row: Mapping[str, Any] | None
    """The row."""
    reason: str = ""
    """What is wrong with it, if it is None."""


def items_of(label: str, rows: Iterable[Found], mapping: Mapping[str, str], single: bool = False) -> Iterator[Made]:
    """Turn the rows of a file into items, rejections and notices.

    ``mapping`` is the user's (our names of fields to theirs); ``single`` says that the file is one article, not a list.
    """
    keys = Keys()
    orders: dict[str, bool | None] | None = None
    pending: list[Found] = []
    size = 0
    for each in rows:
        if orders is not None:
            yield from _made(label, each, mapping, orders, keys, single)
            continue
        pending.append(each)
        size += _size(each)
        if len(pending) >= LOOKAHEAD_ROWS or size >= LOOKAHEAD_BYTES:
            orders = _orders(pending, mapping)
            for waiting in pending:
                yield from _made(label, waiting, mapping, orders, keys, single)
            pending = []
    if orders is None:
        orders = _orders(pending, mapping)
    for each in pending:
        yield from _made(label, each, mapping, orders, keys, single)


def found(kind: str, stream: Stream, head: bytes, suffix: str) -> Iterator[Found]:
    """Yield the rows of a file of a kind: ``lines``, ``array`` or ``table``."""
    if kind == "lines":
        return json_lines(stream)
    if kind == "array":
        return json_array(stream)
    return table(stream, delimiter_of(decode(head), suffix) or ",")


def json_lines(stream: Stream) -> Iterator[Found]:
    """Yield the rows of JSON Lines."""
    for line in lines(stream):
        if line.text is None:
            yield Found(line.number, None, f"the line is longer than {megabytes(ITEM_BYTES)}")
        elif words := line.text.strip().removesuffix(","):
            yield _parsed(line.number, words)


def json_array(stream: Stream) -> Iterator[Found]:
    """Yield the rows of a JSON array, one after the other as the file is read."""
    text = text_of(stream)
    buffer, at, number, done = "", 0, 0, False
    decoder = _decoder()
    opened = False
    while True:
        at = _skip(buffer, at, opened)
        if not opened and at < len(buffer):
            opened, at = True, at + 1
            continue
        if at < len(buffer) and buffer[at] == "]":
            return
        if at < len(buffer):
            try:
                value, end = decoder.raw_decode(buffer, at)
            except RecursionError:
                yield Found(number + 1, None, "it is nested too deeply; what follows it in the file is lost")
                return
            except ValueError as error:
                if done:
                    yield Found(number + 1, None, f"invalid JSON, what follows it is lost: {_why(error)}")
                    return
            else:
                # a number may go on in what is not yet read
                if end < len(buffer) or done:
                    number, at = number + 1, end
                    yield _as_row(number, value)
                    continue
        elif done:
            yield Found(number + 1, None, "the array is not closed: the file seems to be cut off")
            return
        if len(buffer) - at > ITEM_BYTES:
            yield Found(
                number + 1, None, f"the row is longer than {megabytes(ITEM_BYTES)}, or is invalid; the rest is lost"
            )
            return
        # twice as much each time, so that a large row is not parsed over and over
        more = text.read(max(1 << 16, len(buffer) - at))
        done = not more
        buffer, at = buffer[at:] + more, 0


def json_object(data: bytes) -> tuple[list[Found], bool]:
    """Return the rows of a file that is one object, and whether the object is itself the only row."""
    found = _parsed(1, decode(data))
    if found.row is None:
        rows = list(json_lines(Stream(io.BytesIO(data))))
        # objects one a line, of which the first is broken
        return (rows, False) if any(r.row is not None for r in rows) else ([found], True)
    inner = fields.list_of_rows(found.row)
    if inner is None or fields.has_text(fields.recognise(found.row, {})):
        return [found], True
    return [_as_row(number, row) for number, row in enumerate(inner, start=1)], False


def table(stream: Stream, delimiter: str) -> Iterator[Found]:
    """Yield the rows of CSV or TSV, by the names in its first row."""
    csv.field_size_limit(ITEM_BYTES)
    reader = csv.reader(_unbroken(lines(stream)), delimiter=delimiter)
    names: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Found(number, None, f"not a row of a table: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = _unique([name.strip().lstrip("\ufeff") for name in cells])
            continue
        number += 1
        if len(cells) > len(names):
            extra = len(cells) - len(names)
            if any(cell.strip() for cell in cells[len(names) :]):
                yield Found(number, None, f"{extra} cells more than the header has: is a quotation mark missing?")
                continue
        yield Found(number, dict(zip(names, cells, strict=False)))


def delimiter_of(head: str, suffix: str) -> str | None:
    """Return what parts the columns of a table, None for what is no table.

    A file is a table if it is called one, or if its first line names a column that can hold the text of an article.
    """
    first = next((line for line in head.splitlines() if line.strip()), "")
    if len(first) > 10_000:
        return None
    bare = re.sub(r'"[^"]*"', "", first)
    best = max(DELIMITERS, key=lambda d: (bare.count(d), -DELIMITERS.index(d)))
    if suffix in (".tsv", ".tab"):
        return "\t"
    if suffix == ".csv":
        return best if best in bare else ","
    if best not in bare:
        return None
    names = [name.strip() for name in next(csv.reader([first], delimiter=best), [])]
    if any(not name or len(name) > 60 for name in names):
        return None
    row = dict.fromkeys(names, "x")
    found = fields.recognise(row, {})
    # a sentence has commas too, but no two of its parts are names of fields
    return best if fields.has_text(found) and len(found) >= 2 else None


# --- one row ---------------------------------------------------------------------------------------------------------


def _made(
    label: str, found: Found, mapping: Mapping[str, str], orders: Mapping[str, bool | None], keys: Keys, single: bool
) -> Iterator[Made]:
    if found.row is None:
        yield Rejection(label, found.line, found.reason)
        return
    names = fields.recognise(found.row, mapping)
    if not fields.has_text(names):
        yield Rejection(label, None if single else found.line, fields.without_text(found.row, mapping))
        return
    try:
        content = fields.canonical(found.row)
    except (RecursionError, ValueError):
        yield Rejection(label, found.line, "it is nested too deeply")
        return
    if len(content) > 6 * ITEM_BYTES:
        yield Rejection(label, found.line, f"the row is longer than {megabytes(ITEM_BYTES)}")
        return
    clues = tuple(_dates(found.row, names, orders))
    if single:
        yield Item(label, "", None, "record", content, clues, names)
        return
    own = next((fields.words_of(fields.value_of(found.row, names[n])) for n in ("id", "url") if n in names), "")
    key, said = keys.give(own, content)
    if said:
        yield Notice(label, found.line, said)
    yield Item(label, key, found.line, "record", content, clues, names)


def _dates(row: fields.Row, names: Mapping[str, str], orders: Mapping[str, bool | None]) -> Iterator[Clue]:
    """Yield what the row's dates say about when it was published."""
    if "date" in names:
        name = names["date"]
        value = fields.value_of(row, name)
        date = parse_date(value, orders.get(name))
        if date is not None:
            reason = f"the row's field '{name}'"
            if is_ambiguous(date):
                reason += f" says {fields.words_of(value)}, and nothing in its column tells day from month"
            yield Clue("published", date, "field", AMBIGUOUS_SCORE if is_ambiguous(date) else DATE_SCORE, reason)
    for name in fields.bounds(row, names):
        date = parse_date(fields.value_of(row, name), orders.get(name))
        bound = not_after(date) if date is not None else None
        if bound is not None:
            yield Clue("published", bound, "field", BOUND_SCORE, f"no later than the day in the row's field '{name}'")


def _orders(rows: Iterable[Found], mapping: Mapping[str, str]) -> dict[str, bool | None]:
    """Return, for each date field, whether its numeric dates put the day first."""
    values: dict[str, list[Any]] = {}
    for found in rows:
        if found.row is not None:
            names = fields.recognise(found.row, mapping)
            for name in (*((names["date"],) if "date" in names else ()), *fields.bounds(found.row, names)):
                values.setdefault(name, []).append(fields.value_of(found.row, name))
    return {name: column_order(column) for name, column in values.items()}


def _size(found: Found) -> int:
    """Return roughly how much memory a row takes."""
    if found.row is None:
        return 100
    return 100 + sum(len(v) if isinstance(v, str) else 100 for v in found.row.values())


# --- JSON ------------------------------------------------------------------------------------------------------------


def _parsed(number: int, words: str) -> Found:
    try:
        return _as_row(number, _decoder().decode(words))
    except RecursionError:
        return Found(number, None, "it is nested too deeply")
    except ValueError as error:
        return Found(number, None, f"invalid JSON: {_why(error)}")


def _as_row(number: int, value: Any) -> Found:
    if isinstance(value, Mapping):
        return Found(number, value)
    return Found(number, None, f"not an object but {_KINDS.get(type(value), 'a value')}")


_KINDS = {str: "a text", list: "a list", int: "a number", float: "a number", bool: "true or false", type(None): "null"}


def _decoder() -> json.JSONDecoder:
    # numbers stay short: Python refuses to make one of thousands of digits
    return json.JSONDecoder(strict=False, parse_int=lambda digits: int(digits) if len(digits) < 100 else digits)


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[0].lower()}{error.msg[1:]} (line {error.lineno}, column {error.colno})"
    return " ".join(str(error).split())[:100]


def _skip(buffer: str, at: int, comma: bool) -> int:
    """Skip white space, and commas between rows."""
    blank = " \t\r\n," if comma else " \t\r\n"
    while at < len(buffer) and buffer[at] in blank:
        at += 1
    return at


# --- tables ----------------------------------------------------------------------------------------------------------


def _unbroken(source: Iterable[Line]) -> Iterator[str]:
    """Yield lines for the reader of tables. A carriage return that ends no line would break it, a zero confuse it."""
    for line in source:
        if line.text is not None:
            yield clean(line.text.replace("\0", "")) if line.text.endswith("\n") else line.text.replace("\0", "") + "\n"


def _unique(names: list[str]) -> list[str]:
    """Return names that differ: of two alike the second gets a number."""
    seen: set[str] = set()
    result = []
    for position, name in enumerate(names, start=1):
        unique = name if name and name not in seen else f"{name or 'column'} {position}"
        seen.add(unique)
        result.append(unique)
    return result
