"""What an HTML page says about itself: JSON-LD, Open Graph, meta elements, canonical link, htmldate.

Each hint is its own clue, with its method and how far to trust it; nobody chooses here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from variorum.reading.dates import not_after, parse_date
from variorum.reading.decoding import clean
from variorum.reading.formats.jsonld import jsonld_clues
from variorum.records import Clue, Field

CANONICAL_SCORE = 0.9
SAVED_FROM_SCORE = 0.95
"""The address that a page says is its own; that a browser wrote down when it saved it."""

TITLE_SCORE = 0.6
HEADING_SCORE = 0.7
"""A page's <title> has the outlet's name glued to it; its only <h1> is mostly the headline."""

LANGUAGE_SCORE = 0.6
"""The lang attribute, which templates leave at their default."""

TIME_SCORE = 0.75
HTMLDATE_SCORE = 0.5
"""A <time> that is marked as the publication date; what htmldate finds by its heuristics."""

FIRST_DAY, LAST_DAY = datetime(1995, 1, 1), datetime(2100, 1, 1)
"""Dates that htmldate may find. Its own bound is today, but what is read must not depend on the clock."""

VALUE_LENGTH = 1_000
"""Code points of a hint; what is longer is no title, name or address."""

_SAVED_FROM = re.compile(r"saved from url=\(\d{1,6}\)(\S{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"Page saved with SingleFile\s{1,20}url:\s{0,4}(\S{1,2000})(?:\s{1,20}saved date:\s{0,4}([^\n]{1,80}))?"
)


def page_clues(tree: HtmlElement, source: str) -> Iterator[Clue]:
    """Yield the hints that a page gives. ``tree`` is its parsed form, ``source`` its mark-up."""
    yield from jsonld_clues(tree)
    yield from _meta_clues(tree)
    yield from _link_clues(tree, source)
    yield from _element_clues(tree)
    yield from _htmldate_clues(tree)


def language_code(words: str) -> str | None:
    """Return ``en`` of ``en-US``, ``en_GB`` or ``EN``; None for what is no such code."""
    match = re.fullmatch(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8}){0,3}", words.strip())
    return match[1].lower() if match else None


def hint(field: Field, value: str, method: str, score: float, reason: str) -> Clue | None:
    """Return a clue, its value in one line, or None if the value can't be one."""
    words = " ".join(clean(value).replace("\0", "").split())
    if field == "url":
        if not words.lower().startswith(("http://", "https://")) or " " in words:
            return None
    elif field == "language":
        words = language_code(words) or ""
    elif field in ("author", "editor", "outlet") and words.lower().startswith(("http://", "https://", "www.", "/")):
        return None
    elif field == "published":
        words = parse_date(words) or ""
    return Clue(field, words, method, score, reason) if words and len(words) <= VALUE_LENGTH else None


def bound_hint(value: str, method: str, score: float, reason: str) -> Clue | None:
    """Return the clue that something was published no later than a date, or None."""
    day = parse_date(" ".join(value.split()))
    bound = not_after(day) if day else None
    return Clue("published", bound, method, score, reason) if bound else None


def _meta_clues(tree: HtmlElement) -> Iterator[Clue]:
    contents: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or element.get("datetime") or ""
        if not content.strip() or len(content) > VALUE_LENGTH:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                contents.setdefault(name, []).append(content)
                break
    for method in ("opengraph", "meta"):
        names = _names()[method]
        for field, known in names.items():
            if field == "scores":
                continue
            score = names["scores"][field]
            for name in known:
                for value in dict.fromkeys(contents.get(name, ())):
                    reason = f"the page's meta element “{name}”"
                    if field == "not_after":
                        clue = bound_hint(value, method, score, f"{reason}: it was changed then")
                    else:
                        clue = hint(field, value, method, score, reason)
                    if clue is not None:
                        yield clue


def _link_clues(tree: HtmlElement, source: str) -> Iterator[Clue]:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            clue = hint("url", element.get("href") or "", "canonical", CANONICAL_SCORE, "the page's canonical link")
            if clue is not None:
                yield clue
                break
    if match := _SAVED_FROM.search(source, 0, 20_000):
        clue = hint("url", match[1], "container", SAVED_FROM_SCORE, "the address that the browser saved with the page")
        if clue is not None:
            yield clue
    if match := _SINGLE_FILE.search(source, 0, 20_000):
        for found in (
            hint("url", match[1], "container", SAVED_FROM_SCORE, "the address that the browser saved with the page"),
            bound_hint(_browser_day(match[2] or ""), "container", SAVED_FROM_SCORE, "the page was saved then"),
        ):
            if found is not None:
                yield found


def _browser_day(words: str) -> str:
    """Return ``Sep 05 2019`` of ``Thu Sep 05 2019 10:00:00 GMT+0200 (Central European Summer Time)``."""
    match = re.search(r"([A-Z][a-z]{2}) (\d{1,2}) (\d{4})", words)
    return f"{match[2]} {match[1]} {match[3]}" if match else words


def _element_clues(tree: HtmlElement) -> Iterator[Clue]:
    title = next(iter(tree.iter("title")), None)
    headings = [h for h in tree.iter("h1") if "".join(h.itertext()).strip()]
    found = []
    if title is not None:
        found.append(hint("title", "".join(title.itertext()), "meta", TITLE_SCORE, "the page's <title>"))
    if len(headings) == 1:
        found.append(
            hint("title", "".join(headings[0].itertext()), "meta", HEADING_SCORE, "the page's only first-level heading")
        )
    root = next(iter(tree.iter("html")), None)
    if root is not None:
        language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        found.append(hint("language", language, "meta", LANGUAGE_SCORE, "the page's lang attribute"))
    for element in tree.iter("time", "span", "abbr"):
        marked = "datepublished" in (element.get("itemprop") or "").lower() or element.get("pubdate") is not None
        value = element.get("datetime") or element.get("content") or ""
        if marked and value and len(value) < 100:
            found.append(
                hint("published", value, "meta", TIME_SCORE, "the element that the page marks as its publication date")
            )
            break
    yield from (clue for clue in found if clue is not None)


def _htmldate_clues(tree: HtmlElement) -> Iterator[Clue]:
    try:
        day = find_date(tree, extensive_search=False, original_date=True, min_date=FIRST_DAY, max_date=LAST_DAY)
    except Exception:  # heuristics over a hostile page: whatever they raise, there is no date then
        return
    if day:
        clue = hint("published", day, "htmldate", HTMLDATE_SCORE, "found in the page by htmldate")
        if clue is not None:
            yield clue


@cache
def _names() -> Mapping[str, Any]:
    return tomllib.loads((files("variorum.reading") / "data" / "page_meta.toml").read_text("utf-8"))
