"""Plain text: the decoded file."""

from __future__ import annotations

from variorum.reading.decoding import decode
from variorum.reading.extracted import Extracted
from variorum.reading.formats.exports import header_clues
from variorum.records import Item


def extract(item: Item) -> Extracted:
    """Return the text of a plain-text item, unchanged but for a byte-order mark.

    An article that a database exported as text says in its head where it comes from.
    """
    text = decode(item.data, item.encoding)
    return Extracted(text, clues=() if item.clues else tuple(header_clues(text)))
