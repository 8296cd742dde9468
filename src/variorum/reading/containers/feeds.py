"""RSS and Atom files into items, one for each entry."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from variorum.reading.containers.keys import Keys
from variorum.reading.containers.limits import ITEM_BYTES, megabytes
from variorum.reading.containers.made import Made, Notice
from variorum.reading.dates import not_after, parse_date
from variorum.reading.decoding import clean
from variorum.records import Clue, Field, Item, Rejection

SCORES: Mapping[Field, float] = {
    "title": 0.95,
    "url": 0.95,
    "author": 0.9,
    "outlet": 0.8,
    "language": 0.7,
    "published": 0.95,
}
"""How far to trust a feed: entries are written by the outlet's own system; a feed's title is often outlet and
section."""

_TAG = re.compile(r"<[^<>]{1,500}>")


def items_of(label: str, data: bytes) -> Iterator[Made]:
    """Yield the entries of a feed, as HTML. Nothing is fetched."""
    try:
        feed: Any = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    except Exception as error:  # the library raises whatever its parsers raise
        yield Rejection(label, None, f"not a feed that can be read: {type(error).__name__}")
        return
    entries = feed.get("entries") or []
    if not entries:
        fault = feed.get("bozo_exception")
        what = f": {' '.join(str(fault).split())[:100]}" if fault is not None else ""
        yield Rejection(label, None, f"a feed without entries{what}")
        return
    if feed.get("bozo") and not isinstance(feed.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        fault = " ".join(str(feed.get("bozo_exception")).split())[:100]
        yield Notice(label, None, f"the feed is not well-formed, entries may be missing: {fault}")
    keys = Keys()
    for number, entry in enumerate(entries, start=1):
        body, form = _body(entry)
        if not body.strip():
            yield Rejection(label, number, "the entry has no text")
            continue
        content = clean(body).encode("utf-8")
        if len(content) > ITEM_BYTES:
            yield Rejection(label, number, f"the entry is larger than {megabytes(ITEM_BYTES)}")
            continue
        key, said = keys.give(clean(str(entry.get("id") or entry.get("link") or "")), content)
        if said:
            yield Notice(label, number, said)
        clues = tuple(_clues(feed.get("feed") or {}, entry))
        yield Item(label, key, number, form, content, clues, {}, "utf-8")


def _body(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of an entry, the longest that it has, and its format."""
    bodies = [(c.get("value") or "", c.get("type") or "") for c in entry.get("content") or ()]
    if not any(value.strip() for value, _ in bodies):
        summary = entry.get("summary_detail") or {}
        bodies = [(entry.get("summary") or "", summary.get("type") or "")]
    value, kind = max(bodies, key=lambda b: len(b[0]))
    return str(value), "text" if kind == "text/plain" and not _TAG.search(value) else "html"


def _clues(feed: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Clue]:
    source = entry.get("source") or {}
    facts: tuple[tuple[Field, Any, str], ...] = (
        ("title", entry.get("title"), "the title of the feed's entry"),
        ("url", entry.get("link"), "the link of the feed's entry"),
        ("author", entry.get("author"), "the author of the feed's entry"),
        ("outlet", source.get("title") or feed.get("title"), "the title of the feed"),
        ("language", feed.get("language"), "the language of the feed"),
    )
    for field, value, reason in facts:
        words = " ".join(html.unescape(_TAG.sub(" ", clean(str(value or "")))).split())
        if words and len(words) < 2_000 and (field != "url" or words.startswith(("http://", "https://"))):
            yield Clue(field, words, "feed", SCORES[field], reason)
    published = parse_date(entry.get("published")) if "published" in entry else None
    updated = parse_date(entry.get("updated")) if "updated" in entry else None
    if published:
        yield Clue("published", published, "feed", SCORES["published"], "the date of the feed's entry")
    elif updated and (bound := not_after(updated)):
        yield Clue("published", bound, "feed", SCORES["published"], f"the feed's entry was updated on {updated}")
