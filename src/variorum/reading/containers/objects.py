"""The rows of JSON: one object a line, a list of them, or one object that holds a list."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from variorum.reading import fields
from variorum.reading.containers.limits import ITEM_BYTES, megabytes
from variorum.reading.containers.made import Found
from variorum.reading.containers.streams import Stream, lines, text_of
from variorum.reading.decoding import decode


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
