"""The rows of CSV and TSV, by the names in their first row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from variorum.reading import fields
from variorum.reading.containers.limits import ITEM_BYTES
from variorum.reading.containers.made import Found
from variorum.reading.containers.streams import Line, Stream, lines
from variorum.reading.decoding import clean

DELIMITERS = ",;\t|"
"""What can part the columns of a table, the likeliest first."""


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
