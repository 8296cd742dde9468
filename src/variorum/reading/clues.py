"""Making clues: what a line says, where it stands, and the words that a reader is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.records import Clue, Field

SIGNS = " \t\r\n*_#>|=~`-–—•·;"
"""White space, Markdown signs and ornaments that stand around a value and don't belong to it."""


def clue_of(line: str, words: str, offset: int, field: Field, method: str, score: float, reason: str) -> Clue:
    """Return the clue that ``words``, which stand in the ``line`` at ``offset``, are the value of ``field``."""
    low = offset + line.index(words)
    return Clue(field, plain(words), method, score, reason, low, low + len(words))


def plain(words: str) -> str:
    """Return words on one line, without signs around them."""
    return re.sub(r"\s+", " ", words).strip(SIGNS)


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield each line of a stretch of ``text`` that is not empty, with its offset and without its line end."""
    for match in re.compile(r"[^\r\n]+").finditer(text, start, end):
        yield match.start(), match.group()
