"""What opening a file yields: items, rejections and notices; and the rows that some of them are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from variorum.records import Item, Rejection


@dataclass(frozen=True, slots=True)
class Notice:
    """What there is to say about input that could be read. No rejection: nothing of it is lost."""

    path: str
    """Path below the source."""
    line: int | None
    """Line, row or record number, if it is about a part of the file."""
    text: str
    """What there is to say, in one line."""


Made = Item | Rejection | Notice
"""What comes out of a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it stands in its file, or why it can't be read."""

    line: int
    """Line or row number, from 1."""
    row: Mapping[str, Any] | None
    """The row."""
    reason: str = ""
    """What is wrong with it, if it is None."""
