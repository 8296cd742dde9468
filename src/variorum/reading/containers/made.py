"""What opening a file yields: items, rejections and notices."""

from __future__ import annotations

from dataclasses import dataclass

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
