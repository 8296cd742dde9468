"""One document as lines for a terminal: what is known of it, and its text with each stretch named."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.publishing.dates import date_words
from variorum.records import READ_ZONES, Document
from variorum.terminal import printable


def lines(document: Document) -> Iterator[str]:
    """Yield the lines that ``variorum clean`` prints."""
    published = document.published
    facts = {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "editor": document.editor,
        "url": document.url,
        "place": document.dateline.place,
        "agency": document.dateline.agency,
        "published": published.best if published.reliable else date_words(published).text,
        "language": document.language,
    }
    for name, value in facts.items():
        yield f"{name + ':':<11}{printable(value) if value else '-'}"
    for reason in published.reasons:
        yield f"{'':<11}{printable(reason)}"
    for zone in document.zones:
        yield ""
        mark = "  " if zone.kind in READ_ZONES else "~ "
        words = "\n".join(mark + printable(line) for line in zone.span.of(document.text).splitlines())
        yield f"[{zone.kind}]" + (f" {printable(zone.reason)}" if zone.reason else "")
        yield words
    if document.repairs:
        yield ""
        yield f"{len(document.repairs)} repairs:"
    for repair in document.repairs:
        broken = printable(document.text[repair.start : repair.end])
        why = f"{repair.score:.2f}; {printable(repair.reason)}"
        yield f"  {repair.start}: {broken!r} is read {repair.repaired!r} ({why})"
