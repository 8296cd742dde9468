"""Pages that a browser saved as one file (MHTML, "web page, complete, single file") into items."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError

from variorum.reading.containers.made import Made
from variorum.reading.dates import not_after, parse_date
from variorum.records import Clue, Item, Rejection

SCORE = 0.95
"""How far to trust what the browser wrote down."""


def items_of(label: str, data: bytes) -> Iterator[Made]:
    """Yield the page that a file holds, with its address and the day it was saved as a bound."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
        url = str(
            message.get("Snapshot-Content-Location") or (page.get("Content-Location") if page is not None else "") or ""
        )
        day = parse_date(str(message.get("Date") or ""))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        yield Rejection(label, None, f"a saved page (MHTML) that is broken: {type(error).__name__}")
        return
    if not isinstance(content, bytes) or not content.strip():
        yield Rejection(label, None, "a saved page (MHTML) without HTML in it")
        return
    clues = []
    if url.startswith(("http://", "https://")):
        clues.append(Clue("url", url, "container", SCORE, "the address that the browser saved with the page"))
    bound = not_after(day) if day else None
    if bound:
        clues.append(Clue("published", bound, "container", SCORE, f"the page was saved on {day}"))
    yield Item(label, "", None, "html", content, tuple(clues), {}, charset)
