"""Rows of JSON and CSV into items.

A file is read as a stream of rows. The first of them (all, in most files) are looked at together before any is handed
on, so that a date like ``9/12/2022`` can be read the way round in which another row of the file decides it, whatever
their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from variorum.reading import fields
from variorum.reading.containers.keys import Keys
from variorum.reading.containers.limits import ITEM_BYTES, megabytes
from variorum.reading.containers.made import Found, Made, Notice
from variorum.reading.dates import column_order, is_ambiguous, not_after, parse_date
from variorum.records import Clue, Item, Rejection

LOOKAHEAD_ROWS = 5_000
LOOKAHEAD_BYTES = 64_000_000
"""Rows, and bytes of them, that are looked at together to tell day from month."""

DATE_SCORE = 0.95
AMBIGUOUS_SCORE = 0.8
BOUND_SCORE = 0.9
"""How far to trust a row's own date; one with two readings; a date that only bounds it."""


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
