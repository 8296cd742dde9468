"""The metadata sheet: what people know about the documents, as a table beside them. It outweighs whatever is inferred.

A row names a document by ``path`` (below the source, or as much of its end as tells it from the others) or by ``id``
(the document's id, or the row's own id in a file of many), and says what its other cells say. An empty cell says
nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from variorum.errors import VariorumError
from variorum.reading import fields
from variorum.reading.containers.limits import megabytes
from variorum.reading.containers.made import Notice
from variorum.reading.dates import column_order, is_ambiguous, parse_date
from variorum.reading.decoding import decode
from variorum.reading.formats.pages import language_code
from variorum.reading.naming import label_of
from variorum.records import Clue, Field

METHOD = "sheet"
SIZE = 64_000_000
"""Bytes of a sheet."""

_PATHS = frozenset(("path", "file", "filename", "filepath", "document"))
_CELLS = ("outlet", "url", "author", "date", "title", "language", "editor")

Address = tuple[str, str, str]
"""A document as the sheet can name it: path, key within the file, id."""


class SheetError(VariorumError):
    """A sheet that can't be used at all. The message is one line for the user."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What the sheet says about one document, or about all of one file."""

    line: int
    """Line in the sheet."""
    path: str
    """Path, or its end; empty if the row has an id only."""
    id: str
    """Id of the document or of its row; empty if the row has a path only."""
    clues: tuple[Clue, ...]
    """What it says."""

    @property
    def name(self) -> str:
        """What the row names, in words."""
        return " ".join(filter(None, (self.path, self.id)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A metadata sheet."""

    name: str
    """Name of its file."""
    content: str
    """Its text, from which :func:`parse_sheet` makes it anew."""
    rows: tuple[SheetRow, ...]
    """Its rows."""
    problems: tuple[Notice, ...] = ()
    """What is wrong with it; the rest of it is used."""
    _tails: Mapping[int, str] = field(default_factory=dict, repr=False)
    """For a row (by its position) that gives only the end of a path, or more than it: the path that it means."""
    _by_path: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False)
    _by_id: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False)

    def among(self, documents: Iterable[Address]) -> Sheet:
        """Return this sheet for a corpus that holds ``documents``.

        Only with them known is it plain which file the end of a path means. A row whose path is the end of several is
        told of in :attr:`problems`.
        """
        paths = sorted({path for path, _, _ in documents})
        exact = frozenset(paths)
        by_name: dict[str, list[str]] = {}
        for path in paths:
            by_name.setdefault(path.rsplit("/", 1)[-1], []).append(path)
        tails: dict[int, str] = {}
        problems = list(self.problems)
        for position, row in enumerate(self.rows):
            if not row.path or row.path in exact:
                continue
            fitting = [p for p in by_name.get(row.path.rsplit("/", 1)[-1], ()) if f"/{p}".endswith(f"/{row.path}")]
            longer = [p for p in by_name.get(row.path.rsplit("/", 1)[-1], ()) if f"/{row.path}".endswith(f"/{p}")]
            if len(fitting) > 1:
                told = ", ".join(fitting[:3]) + (", ..." if len(fitting) > 3 else "")
                problems.append(Notice(self.name, row.line, f"'{row.path}' can be {told}: give more of the path"))
            elif fitting or longer:
                tails[position] = fitting[0] if fitting else max(longer, key=len)
        return _indexed(self.name, self.content, self.rows, tuple(problems), tails)

    def clues_for(self, path: str, key: str, id: str) -> tuple[Clue, ...]:
        """Return what the sheet says about a document.

        Where several rows speak of it, the one that names it best comes first, then the one that stands first. Ends of
        paths are matched only in a sheet that :meth:`among` has returned.
        """
        said: dict[Field, Clue] = {}
        for position in self._matching(path, key, id):
            for clue in self.rows[position].clues:
                said.setdefault(clue.field, clue)
        return tuple(said.values())

    def unmatched(self, seen: Iterable[Address]) -> tuple[Notice, ...]:
        """Return a notice for each row that names none of the documents in ``seen``."""
        matched = {position for path, key, id in seen for position in self._matching(path, key, id)}
        told = {notice.line for notice in self.problems}
        return tuple(
            Notice(self.name, row.line, f"'{row.name}' is none of the documents")
            for position, row in enumerate(self.rows)
            if position not in matched and row.line not in told
        )

    def _matching(self, path: str, key: str, id: str) -> list[int]:
        """Return the positions of the rows that name a document, the most exact first."""
        ranked: dict[int, int] = {}
        for position in self._by_id.get(id, ()):
            ranked[position] = 0
        for position in self._by_path.get(path, ()):
            row = self.rows[position]
            if not row.id or row.id in (key, id):
                ranked.setdefault(position, 1 if row.id else 2)
        if key:
            for position in self._by_id.get(key, ()):
                if not self.rows[position].path:
                    ranked.setdefault(position, 1)
        return sorted(ranked, key=lambda p: (ranked[p], p))


def read_sheet(path: Path) -> Sheet:
    """Read a metadata sheet. Raises SheetError if it can't be read or names no documents."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE + 1)
    except OSError as error:
        raise SheetError(
            f"{label_of(str(path))}: the metadata sheet can't be read: {(error.strerror or str(error)).lower()}"
        ) from None
    if len(data) > SIZE:
        raise SheetError(f"{label_of(str(path))}: the metadata sheet is larger than {megabytes(SIZE)}")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SheetError(f"{label_of(str(path))}: the metadata sheet is a workbook; save it as CSV")
    return parse_sheet(decode(data), label_of(path.name))


def parse_sheet(content: str, name: str) -> Sheet:
    """Make a sheet of the text of a CSV file (commas, semicolons or tabs). Raises SheetError if it can't name any."""
    lines = list(_table(content, name))
    if not lines:
        raise SheetError(f"{name}: the metadata sheet is empty")
    (_, header), *body = lines
    columns, problems = _columns(header, name)
    if "path" not in columns and "id" not in columns:
        raise SheetError(f"{name}: the metadata sheet needs a column 'path' or 'id'; it has {', '.join(header)[:200]}")
    order = column_order(
        cells[columns["date"]] for _, cells in body if "date" in columns and columns["date"] < len(cells)
    )
    rows: list[SheetRow] = []
    named: dict[tuple[str, str], int] = {}
    for line, cells in body:
        values = {ours: cells[at].strip() for ours, at in columns.items() if at < len(cells)}
        if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
            problems.append(Notice(name, line, "more cells than the header has: is a quotation mark missing?"))
        path, id = _path(values.get("path", "")), values.get("id", "")
        if not path and not id:
            problems.append(Notice(name, line, "neither path nor id is given: the row is not used"))
            continue
        if (path, id) in named:
            problems.append(
                Notice(name, line, f"'{path or id}' stands in line {named[path, id]} too; that line comes first")
            )
        named.setdefault((path, id), line)
        rows.append(SheetRow(line, path, id, tuple(_clues(values, name, line, order, problems))))
    return _indexed(name, content, tuple(rows), tuple(problems), {})


def _indexed(
    name: str, content: str, rows: tuple[SheetRow, ...], problems: tuple[Notice, ...], tails: Mapping[int, str]
) -> Sheet:
    by_path: dict[str, list[int]] = {}
    by_id: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        if row.path:
            by_path.setdefault(tails.get(position, row.path), []).append(position)
        if row.id:
            by_id.setdefault(row.id, []).append(position)
    return Sheet(name, content, rows, problems, tails, by_path, by_id)


def _table(content: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with its line."""
    csv.field_size_limit(SIZE)
    lines = content.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=lambda d: (first.count(d), d == ","))
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(f"{name}: line {line} of the metadata sheet is broken: {error}") from None
        if any(cell.strip() for cell in cells):
            yield line, [cell.rstrip("\n") for cell in cells]


def _columns(header: Sequence[str], name: str) -> tuple[dict[str, int], list[Notice]]:
    """Return the columns by our names, and what there is to say about the others."""
    columns: dict[str, int] = {}
    problems = []
    for at, words in enumerate(header):
        title = words.strip().lstrip("\ufeff")
        plain = fields.normalise(title)
        known = "path" if plain in _PATHS else "id" if plain == "key" else fields.our_name(title)
        if known is None or known not in ("path", "id", *_CELLS):
            if title:
                problems.append(Notice(name, 1, f"the column '{title[:60]}' is not used"))
        elif known in columns:
            problems.append(
                Notice(
                    name, 1, f"the column '{title[:60]}' is not used: '{header[columns[known]].strip()}' says the same"
                )
            )
        else:
            columns[known] = at
    return columns, problems


def _path(words: str) -> str:
    """Return a path as labels are written."""
    parts = words.replace("\\", "/") if "\\" in words and "/" not in words and "\\x" not in words else words
    return "/".join(part for part in parts.strip().split("/") if part not in ("", "."))


def _clues(
    values: Mapping[str, str], name: str, line: int, order: bool | None, problems: list[Notice]
) -> Iterator[Clue]:
    reason = f"the metadata sheet ({name})"
    for ours in _CELLS:
        words = " ".join(values.get(ours, "").split())
        if not words:
            continue
        if ours == "date":
            date = parse_date(words, order)
            if date is None:
                problems.append(Notice(name, line, f"'{words[:60]}' is no date; write it as 2019-06-06"))
                continue
            if is_ambiguous(date):
                problems.append(Notice(name, line, f"'{words}' can be read two ways; write it as 2019-06-06"))
            yield Clue("published", date, METHOD, 1.0, reason)
        elif ours == "language" and language_code(words) is None:
            problems.append(Notice(name, line, f"'{words[:60]}' is no language code such as en"))
        else:
            value = language_code(words) or words if ours == "language" else words
            yield Clue(cast(Field, ours), value, METHOD, 1.0, reason)
