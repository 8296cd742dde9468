"""Reading a stream from its beginning without losing it, and line by line without trusting its lines."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from variorum.reading.containers.limits import ITEM_BYTES, Unpacked
from variorum.reading.decoding import choose, clean, decode_as

HEAD = 1 << 16
"""Bytes of a stream that are looked at to tell what it is."""

CHUNK = 1 << 18
"""Bytes that are read at once."""


class Stream:
    """A stream of bytes whose beginning can be looked at before it is read."""

    def __init__(self, source: IO[bytes] | Unpacked) -> None:
        self._source = source
        self._ahead = b""
        self._taken = 0

    @property
    def fault(self) -> str | None:
        """Why the stream ended before its end: set once the end has been reached."""
        return self._source.fault if isinstance(self._source, Unpacked) else None

    def peek(self, size: int = HEAD) -> bytes:
        """Return the next bytes, up to ``size``, without taking them."""
        while len(self._ahead) < size:
            more = self._source.read(max(CHUNK, size - len(self._ahead)))
            if not more:
                break
            self._ahead += more
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        """Take up to ``size`` bytes; without a size, all that is left."""
        if size < 0:
            parts = []
            while part := self.read(CHUNK):
                parts.append(part)
            return b"".join(parts)
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            data = self._source.read(size)
        self._taken += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes have been taken."""
        return self._taken

    def read_up_to(self, limit: int) -> bytes | None:
        """Take all that is left; None, with the rest still unread, if that is more than ``limit``."""
        parts, count = [], 0
        while part := self.read(CHUNK):
            parts.append(part)
            count += len(part)
            if count > limit:
                return None
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file."""

    number: int
    """From 1."""
    text: str | None
    """Its text with its end; None for a line that is too long to be read."""


def lines(stream: Stream, limit: int = ITEM_BYTES) -> Iterator[Line]:
    """Yield the lines of a text in any encoding; LF ends a line.

    A line that is not valid in the encoding of the beginning is decoded on its own merits, since exports that were put
    together from several files change their encoding half-way.
    """
    # the last character of the beginning may be cut in two
    encoding, mark = choose(re.sub(rb"[\x80-\xff]{1,8}\Z", b"", stream.peek()))
    stream.read(mark)
    wide = encoding.startswith(("utf-16", "utf-32"))
    newline = "\n".encode(encoding) if wide else b"\n"
    for number, data in enumerate(_pieces(stream, newline, limit), start=1):
        if data is None:
            yield Line(number, None)
        elif wide:
            yield Line(number, clean(decode_as(data, encoding)))
        else:
            try:
                yield Line(number, data.decode(encoding))
            except UnicodeError:
                other, _ = choose(data)
                yield Line(number, clean(decode_as(data, other)))


def _pieces(stream: Stream, newline: bytes, limit: int) -> Iterator[bytes | None]:
    """Yield the stretches up to each newline, None for one beyond the limit (its bytes are skipped)."""
    width = len(newline)
    pending = bytearray()
    skipping = False
    while True:
        chunk = stream.read(CHUNK)
        if not chunk:
            break
        # only the new bytes can hold the newline that is looked for
        searched = max(0, len(pending) - width + 1)
        pending += chunk
        start = 0
        while (at := _find(pending, newline, max(searched, start), width)) >= 0:
            end = at + width
            yield None if skipping or end - start > limit else bytes(pending[start:end])
            skipping = False
            start = searched = end
        del pending[:start]
        if len(pending) > limit:
            skipping = True
            del pending[: len(pending) - len(pending) % width]
    if skipping:
        yield None
    elif pending:
        yield bytes(pending)


def _find(data: bytearray, newline: bytes, start: int, width: int) -> int:
    """Find a newline that stands at a whole character of ``width`` bytes."""
    at = data.find(newline, start)
    while at >= 0 and at % width:
        at = data.find(newline, at + 1)
    return at


class _Decoded(io.TextIOBase):
    """A text that is decoded as it is read."""

    def __init__(self, stream: Stream) -> None:
        encoding, mark = choose(stream.peek()[:-8] or stream.peek())
        stream.read(mark)
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int | None = -1, /) -> str:
        """Read about ``size`` characters; an empty text is the end."""
        while True:
            data = self._stream.read(CHUNK if size is None or size < 0 else size)
            words = self._decoder.decode(data, final=not data)
            if words or not data:
                return words


def text_of(stream: Stream) -> io.TextIOBase:
    """Return ``stream`` as text, decoded as its beginning tells."""
    return _Decoded(stream)
