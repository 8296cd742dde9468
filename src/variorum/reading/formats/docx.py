"""DOCX: the text of its paragraphs and tables; paragraphs in a heading style are headings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from variorum.reading.decoding import clean
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats.exports import header_clues
from variorum.records import Clue, Item, Zone

TITLE_SCORE = 0.4
"""How far to trust the title in a Word file's properties, which outlives the text that it was written for."""

HEADING_SCORE = 0.9
"""A heading style says what the writer meant, but some use it for emphasis."""


def extract(item: Item) -> Extracted:
    """Return the text of a Word document, one paragraph a line. Raises Unreadable for a broken file."""
    try:
        import docx
    except ImportError:
        raise Unreadable("reading DOCX needs an extra: pip install 'variorum[documents]'") from None

    try:
        document = docx.Document(io.BytesIO(item.data))
        blocks = list(_blocks(document))
        properties = document.core_properties
        title = " ".join(clean(properties.title or "").split())
    except Exception as error:  # the library raises whatever a broken file makes it raise
        raise Unreadable(f"a broken DOCX file: {type(error).__name__}") from None
    parts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for words, style in blocks:
        if style.startswith(("heading", "title")) and words.strip():
            start = at + len(words) - len(words.lstrip())
            zones.append(
                Zone(start, at + len(words.rstrip()), "heading", HEADING_SCORE, f"a paragraph in the style “{style}”")
            )
        parts.append(words + "\n")
        at += len(words) + 1
    text = "".join(parts)
    clues = list(header_clues(text))
    if title and len(title) < 300:
        clues.append(Clue("title", title, "container", TITLE_SCORE, "the title in the Word file's properties"))
    return Extracted(text, tuple(zones), clues=tuple(clues))


def _blocks(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the words and the style's name of each paragraph, and the rows of tables, in order."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(clean(cell.text).strip() for cell in row.cells)
                yield "\t".join(cell for cell in cells if cell), ""
        else:
            style = (block.style.name or "").lower() if block.style is not None else ""
            yield clean(block.text), style
