"""Texts as lines of JSON, which programs hand on in a pipe: ``{"id", "text", "published"?, "title"?}`` each."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text that was handed in."""

    id: str | int | float
    """Whatever its giver calls it; handed back as it is."""
    text: str
    """The text, taken as it is."""
    published: str | None
    """The day of its publication, ISO 8601."""
    line: int
    """Where it stands in the input, from 1."""
    title: str | None = None
    """Its title, where it has one."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that no text can be had of."""

    line: int
    """Where it stands in the input, from 1."""
    reason: str
    """What is wrong, in one line."""


def texts_in(lines: Iterable[bytes]) -> Iterator[GivenText | BadLine]:
    """Yield the text of each line, or what is wrong with it; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield _text(line, number)
        except ValueError as error:
            yield BadLine(number, str(error))


def _text(line: bytes, number: int) -> GivenText:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise ValueError(f"the line is not UTF-8: {error.reason} at byte {error.start}") from None
    except (json.JSONDecodeError, RecursionError) as error:
        what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise ValueError(f"the line is no JSON: {what}") from None
    if not isinstance(row, dict):
        raise ValueError("the line is no JSON object")
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError('it has no "text"' if text is None else '"text" is not a text')
    title = row.get("title")
    return GivenText(
        _id(row.get("id")), text, _day(row.get("published")), number, title if isinstance(title, str) else None
    )


def _no_number(name: str) -> Any:
    raise ValueError(f"the line is no JSON: {name} is no number")


def _id(id: object) -> str | int | float:
    if id is None:
        raise ValueError('it has no "id"')
    if (
        isinstance(id, bool)
        or not isinstance(id, str | int | float)
        or (isinstance(id, float) and not math.isfinite(id))
    ):
        raise ValueError('"id" is neither a text nor a number')
    return id


def _day(published: object) -> str | None:
    """Return the day of an ISO 8601 date or time; None where there is none."""
    if published is None or published == "":
        return None
    try:
        return datetime.fromisoformat(published if isinstance(published, str) else "").date().isoformat()
    except ValueError:
        raise ValueError('"published" is no ISO date such as 2019-06-06') from None
