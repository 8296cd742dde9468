"""A file into items: what it is, what it holds, and what of it can't be read.

Nothing is read into memory as a whole that can be read in parts, nothing is unpacked beyond the limits in
:mod:`variorum.reading.containers.limits`, and nothing but the bytes of the file itself is ever opened.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from variorum.reading.containers import archives, exports, feeds, mhtml, objects, rows, tables, warc
from variorum.reading.containers.limits import ITEM_BYTES, NESTING, WHOLE_BYTES, Budget, Unpacked, megabytes
from variorum.reading.containers.made import Found, Made, Notice
from variorum.reading.containers.streams import HEAD, Stream
from variorum.reading.decoding import decode
from variorum.reading.fields import parse_map
from variorum.reading.sniffing import Refused, sniff
from variorum.records import Item, Rejection

__all__ = ["Made", "Notice", "Options", "open_file", "parse_map"]

_PACKED_SUFFIXES = frozenset((".gz", ".gzip"))


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about the input."""

    map: Mapping[str, str] = field(default_factory=dict)
    """Our names of fields of a row to theirs, see :func:`variorum.reading.fields.parse_map`."""


def open_file(label: str, stream: BinaryIO, options: Options | None = None) -> Iterator[Made]:
    """Yield what a file holds: an Item for each article, a Rejection for what can't be read, and Notices.

    ``label`` is the path below the source; the members of an archive add theirs to it. The rest goes on after a
    rejection. Raises OSError only where ``stream`` does.
    """
    size = 0
    if stream.seekable():
        size = stream.seek(0, 2)
        stream.seek(0)
    yield from _File(label, stream, options or Options(), Budget(size), level=1).made()


@dataclass(frozen=True, slots=True)
class _File:
    """A file, or a member of an archive, that is being opened."""

    label: str
    source: IO[bytes] | Unpacked
    options: Options
    budget: Budget
    level: int
    name: str = ""
    """Its name where the label has more (``.gz``)."""

    def made(self) -> Iterator[Made]:
        stream = Stream(self.source)
        head = stream.peek(HEAD + 1)
        suffix = PurePosixPath(self.name or self.label).suffix.lower()
        try:
            kind = sniff(head[:HEAD], suffix, complete=len(head) <= HEAD)
        except Refused as refused:
            yield self._rejected(stream.fault or str(refused))
            return
        if kind == "gzip":
            yield from self._gzip(stream)
        elif kind == "zip":
            yield from self._zip(stream)
        elif kind in ("warc", "lines", "array", "table"):
            yield from self._many(kind, stream, head, suffix)
        else:
            yield from self._whole(kind, stream)

    def _many(self, kind: str, stream: Stream, head: bytes, suffix: str) -> Iterator[Made]:
        """Read what comes in rows or records, as far as it goes."""
        if kind == "warc":
            yield from warc.items_of(self.label, stream)
        else:
            yield from rows.items_of(self.label, _rows(kind, stream, head, suffix), self.options.map)
        if stream.fault:
            yield self._rejected(f"{stream.fault}; what stood before that was read")

    def _whole(self, kind: str, stream: Stream) -> Iterator[Made]:
        """Read what has to be read as a whole."""
        limit = WHOLE_BYTES if kind in ("object", "feed", "pdf") else ITEM_BYTES
        data = stream.read_up_to(limit)
        if stream.fault:
            yield self._rejected(stream.fault)
        elif data is None:
            yield self._rejected(f"larger than {megabytes(limit)}, which no {_NAMES[kind]} is")
        elif kind == "object":
            found, single = objects.json_object(data)
            yield from rows.items_of(self.label, found, self.options.map, single)
        elif kind == "feed":
            yield from feeds.items_of(self.label, data)
        elif kind == "mhtml":
            yield from mhtml.items_of(self.label, data)
        elif kind == "pdf":
            yield from exports.items_of(self.label, "pdf", data)
        elif kind == "text":
            yield from exports.texts_of(self.label, data, decode(data))
        else:
            yield Item(self.label, "", None, kind, data)

    def _gzip(self, stream: Stream) -> Iterator[Made]:
        if self.level > NESTING:
            yield self._rejected(f"archives within archives, more than {NESTING} deep")
            return
        name = PurePosixPath(self.name or self.label)
        inner = str(name.with_suffix("")) if name.suffix.lower() in _PACKED_SUFFIXES else str(name)
        packed = cast(IO[bytes], gzip.GzipFile(fileobj=cast(IO[bytes], stream), mode="rb"))
        unpacked = Unpacked(packed, self.budget)
        yield from _File(self.label, unpacked, self.options, self.budget, self.level + 1, inner).made()

    def _zip(self, stream: Stream) -> Iterator[Made]:
        try:
            archive = archives.open_zip(archives.seekable(stream, self.source))
        except ValueError as error:
            yield self._rejected(str(error))
            return
        with archive:
            if archives.WORD_DOCUMENT in archive.namelist():
                yield from self._word(archive)
                return
            if (what := archives.what_office(archive)) is not None:
                yield self._rejected(what)
                return
            if self.level > NESTING:
                yield self._rejected(f"archives within archives, more than {NESTING} deep")
                return
            members = archives.members(archive, self.label, self.budget)
            first = next(members, None)
            if first is None:
                yield self._rejected("an empty zip file")
                return
            for member in chain([first], members):
                if isinstance(member, Rejection):
                    yield member
                else:
                    path, unpacked = member
                    yield from _File(path, unpacked, self.options, self.budget, self.level + 1).made()

    def _word(self, archive: zipfile.ZipFile) -> Iterator[Made]:
        file = archive.fp
        assert file is not None
        file.seek(0)
        data = file.read(WHOLE_BYTES + 1)
        if len(data) > WHOLE_BYTES or sum(i.file_size for i in archive.infolist()) > WHOLE_BYTES:
            yield self._rejected(f"larger than {megabytes(WHOLE_BYTES)}, which no article is")
        else:
            yield from exports.items_of(self.label, "docx", data)

    def _rejected(self, reason: str) -> Rejection:
        return Rejection(self.label, None, reason)


_NAMES = {
    "object": "object of JSON",
    "feed": "feed",
    "pdf": "article",
    "mhtml": "page",
    "html": "page",
} | dict.fromkeys(("markdown", "text"), "article")


def _rows(kind: str, stream: Stream, head: bytes, suffix: str) -> Iterator[Found]:
    """Yield the rows of a file of one of the kinds that are read row by row."""
    if kind == "lines":
        return objects.json_lines(stream)
    if kind == "array":
        return objects.json_array(stream)
    return tables.table(stream, tables.delimiter_of(decode(head), suffix) or ",")
