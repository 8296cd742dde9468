"""What a page's JSON-LD (schema.org) says about its article."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lxml.html import HtmlElement

from variorum.reading.dates import not_after, parse_date
from variorum.reading.decoding import clean
from variorum.records import Clue, Field

SCRIPT_LENGTH = 2_000_000
"""Code points of one script that are read."""

NODES = 20_000
"""Objects of all scripts that are looked at."""

ORGANISATION_SCORE = 0.5
"""How far to trust an author that is an organisation: mostly the outlet or an agency, which other fields name
better."""

PAGE_PENALTY = 0.2
"""What is taken from the scores where only the page, not an article on it, is described."""

_LISTS = (
    "itemlistelement",
    "haspart",
    "relatedlink",
    "mentions",
    "citation",
    "isbasedon",
    "comment",
    "review",
    "video",
    "image",
)
"""Properties that lead to other articles than the page's own."""


def jsonld_clues(tree: HtmlElement) -> Iterator[Clue]:
    """Yield what the JSON-LD of a page says about the article that the page is about."""
    nodes = _nodes(tree)
    index = {n["@id"]: n for n, _ in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    articles = [n for n, aside in nodes if not aside and _is(n, "articles")]
    if articles:
        # the fullest description first: pages repeat a short one in a list of links
        yield from _clues(max(articles, key=_fullness), index, 0.0)
        return
    pages = [n for n, aside in nodes if not aside and _is(n, "pages")]
    if pages:
        yield from _clues(max(pages, key=_fullness), index, PAGE_PENALTY)


def _nodes(tree: HtmlElement) -> list[tuple[Mapping[str, Any], bool]]:
    """Return all objects in document order, each with whether it stands in a list of other articles."""
    found: list[tuple[Mapping[str, Any], bool]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        stack: list[tuple[Any, bool]] = [(_parsed(script.text or ""), False)]
        while stack and len(found) < NODES:
            value, aside = stack.pop()
            if isinstance(value, Mapping):
                found.append((value, aside))
                stack.extend(
                    (v, aside or k.lower() in _LISTS)
                    for k, v in reversed(list(value.items()))
                    if isinstance(v, dict | list)
                )
            elif isinstance(value, list):
                stack.extend((v, aside) for v in reversed(value) if isinstance(v, dict | list))
    return found


def _parsed(script: str) -> Any:
    if len(script) > SCRIPT_LENGTH:
        return None
    words = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", script)
        .strip()
        .rstrip(";")
    )
    for attempt in (words, re.sub(r",(\s{0,200}[}\]])", r"\1", words)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _clues(node: Mapping[str, Any], index: Mapping[str, Any], penalty: float) -> Iterator[Clue]:
    from variorum.reading.formats.pages import hint

    def made(field: Field, value: str, reason: str, score: float | None = None) -> Iterator[Clue]:
        clue = hint(
            field, html.unescape(value), "jsonld", round((score or _data()["scores"][field]) - penalty, 2), reason
        )
        if clue is not None:
            yield clue

    kind = _type_of(node)
    where = f"the page's JSON-LD ({kind})"
    yield from made("title", _words(node.get("headline") or node.get("name"), index), where)
    yield from made("outlet", _words(node.get("publisher"), index), f"the publisher in {where}")
    yield from made("language", _words(node.get("inLanguage"), index), where)
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        address = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(address, str) and address.startswith("http") and "#" not in address:
            yield from made("url", address, f"the address in {where}")
            break
    for field, names in (("author", ("author", "creator")), ("editor", ("editor",))):
        value = next((node[n] for n in names if node.get(n)), None)
        people, others = _people(value, index)
        if people:
            yield from made(field, ", ".join(people), f"the {field} in {where}")  # type: ignore[arg-type]
        elif others:
            yield from made(field, ", ".join(others), f"the {field}, an organisation, in {where}", ORGANISATION_SCORE)  # type: ignore[arg-type]
    yield from made("published", _words(node.get("datePublished"), index), f"datePublished in {where}")
    changed = parse_date(" ".join(_words(node.get("dateModified"), index).split()))
    bound = not_after(changed) if changed else None
    if bound:
        yield Clue("published", bound, "jsonld", _data()["scores"]["not_after"] - penalty, f"dateModified in {where}")


def _people(value: Any, index: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the names of persons (and of what has no type), and of organisations."""
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for each in (value if isinstance(value, list) else [value])[:50]:
        node = _resolved(each, index)
        # some pages put several names, or an address, into one text
        words = " ".join(html.unescape(_words(node, index)).split())
        if not words or words.startswith(("http://", "https://")):
            continue
        is_other = isinstance(node, Mapping) and "organization" in _type_of(node).lower()
        (others if is_other else people).setdefault(words)
    return list(people), list(others)


def _words(value: Any, index: Mapping[str, Any]) -> str:
    value = _resolved(value, index)
    if isinstance(value, list):
        value = _resolved(value[0], index) if value else None
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
        if isinstance(value, list):
            value = value[0] if value else None
    return clean(value) if isinstance(value, str) else ""


def _resolved(value: Any, index: Mapping[str, Any]) -> Any:
    """Return what a reference (``{"@id": ...}``) refers to."""
    if isinstance(value, Mapping) and isinstance(value.get("@id"), str) and "name" not in value:
        return index.get(value["@id"], value)
    return value


def _is(node: Mapping[str, Any], group: str) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(k, str) and _local(k) in _data()[group] for k in (kinds if isinstance(kinds, list) else [kinds])
    )


def _type_of(node: Mapping[str, Any]) -> str:
    kinds = node.get("@type")
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    return re.split("[/#:]", kind)[-1][:40] if isinstance(kind, str) else "no type"


def _local(kind: str) -> str:
    return re.split("[/#:]", kind)[-1].lower()


def _fullness(node: Mapping[str, Any]) -> int:
    return sum(
        bool(node.get(name))
        for name in ("headline", "datePublished", "author", "publisher", "articleBody", "mainEntityOfPage")
    )


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = tomllib.loads((files("variorum.reading") / "data" / "page_meta.toml").read_text("utf-8"))[
        "jsonld"
    ]
    return data
