"""Plain text: the decoded file."""

from __future__ import annotations

from variorum.reading.decoding import decode
from variorum.reading.extracted import Extracted
from variorum.records import Item


def extract(item: Item) -> Extracted:
    """Return the text of a plain-text item, unchanged but for a byte-order mark."""
    return Extracted(decode(item.data, item.encoding))
