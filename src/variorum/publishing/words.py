"""Numbers and lengths in words."""

from __future__ import annotations


def number(value: int) -> str:
    """Return a number with a narrow space between its thousands."""
    return f"{value:,}".replace(",", "\u202f")


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``count`` with its noun: "1 word", "12 words"; ``many`` is the plural where it has no plain s."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def cut(text: str, length: int) -> str:
    """Return ``text`` in one line of at most ``length`` characters; a text that is cut ends in an ellipsis."""
    line = " ".join(text[: length * 4].split())
    return line if len(line) <= length and len(text) <= length * 4 else line[: length - 1].rstrip() + "…"


def cut_end(text: str, length: int) -> str:
    """Return ``text`` as it is, cut after ``length`` characters with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
