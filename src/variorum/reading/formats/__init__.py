"""Items into stored text and what their mark-up gives away, one module for each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from variorum.reading.containers.limits import TEXT_LENGTH
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats import docx, html, markdown, pdf, record, text
from variorum.reading.formats.edits import merged, normalising
from variorum.records import Item

_FORMATS: Mapping[str, Callable[[Item], Extracted]] = {
    "text": text.extract,
    "markdown": markdown.extract,
    "html": html.extract,
    "record": record.extract,
    "pdf": pdf.extract,
    "docx": docx.extract,
}


def extract(item: Item) -> Extracted:
    """Return the stored text of an item with zones, edits and clues that its format tells.

    The edits include those that every text needs: line ends, invisible characters, exotic spaces, composed letters.
    Raises Unreadable, with the reason in one line, if there is no text in it or more than an article can have.
    """
    found = _FORMATS[item.format](item)
    if not found.text.strip():
        raise Unreadable("there is no text in it")
    if len(found.text) > TEXT_LENGTH:
        raise Unreadable(f"{len(found.text):,} characters of text; an article has at most {TEXT_LENGTH:,}")
    return replace(found, edits=merged(found.edits, normalising(found.text)))
