"""A row of JSON or CSV: its text field, and what its other fields say."""

from __future__ import annotations

import json

from variorum.reading import fields
from variorum.reading.decoding import clean
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats import html
from variorum.records import Item


def extract(item: Item) -> Extracted:
    """Return the text of a row, as it stands or, where it is HTML, extracted; its other fields are clues.

    The row's dates are clues of the item itself: which way round they are written, only the whole file tells.
    """
    row = json.loads(item.data)
    clues = tuple(fields.clues(row, item.fields))
    if "text" in item.fields:
        text = clean(fields.words_of(fields.value_of(row, item.fields["text"])))
        if not html.looks_like_html(text):
            return Extracted(text.removeprefix("\ufeff"), clues=clues)
    elif "html" in item.fields:
        text = clean(fields.words_of(fields.value_of(row, item.fields["html"])))
    else:
        raise Unreadable("the row has no text")
    page = html.of_text(text)
    return Extracted(page.text, page.zones, page.edits, (*clues, *page.clues))
