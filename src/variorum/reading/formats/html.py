"""HTML: the article on a page as trafilatura finds it, or a fragment of HTML as it stands.

Nothing is fetched, and no script is run. A page with nothing but ``<div>`` ten thousand deep is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from variorum.reading.containers.limits import TEXT_LENGTH
from variorum.reading.decoding import clean, decode
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats.pages import page_clues
from variorum.records import Item, Zone

CHARSET_BYTES = 4096
"""Bytes at the beginning among which a page declares its charset (1024 in the standard; templates are late)."""

HEADING_SCORE = 0.95
CAPTION_SCORE = 0.95
"""How far to trust that a line which the page marks as heading or caption is one."""

SHORTEST = 30
"""Code points of text under which a page counts as one without an article."""

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"<(/?)(p|div|br|span|a|h[1-6]|strong|em|b|i|ul|ol|li|blockquote|figure|figcaption|img|table|article|section|html|body)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_NESTING = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|p|h[1-6]|br|li|figcaption|time)\b)[a-zA-Z][^<>]{0,10000}>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]{0,10000}>")
_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "form",
        "button",
        "select",
        "textarea",
        "canvas",
        "audio",
        "video",
        "head",
        "title",
    )
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "tr",
        "article",
        "section",
        "header",
        "footer",
        "aside",
        "main",
        "nav",
        "hr",
        "pre",
        "address",
        "body",
        "html",
        "center",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def extract(item: Item) -> Extracted:
    """Return the article of an HTML item with what the page says about it. Raises Unreadable where there is none."""
    declared = item.encoding
    if declared is None and (match := _CHARSET.search(item.data, 0, CHARSET_BYTES)):
        declared = match[1].decode("ascii")
    return of_text(decode(item.data, declared))


def of_text(source: str) -> Extracted:
    """Return the article in HTML that is decoded. A fragment (without ``<html>`` or ``<body>``) is taken whole.

    Raises Unreadable where there is no text in it.
    """
    source = clean(source.replace("\0", ""))
    if not _PAGE.search(source):
        return _fragment(source)
    tree = _tree(source)
    if tree is None:
        raise Unreadable("HTML without anything in it")
    clues = tuple(page_clues(tree, source))
    text, headings = _article(tree)
    if len(text.strip()) < SHORTEST:
        raise Unreadable("no article was found on the page")
    captions = _texts(tree, ("figcaption",))
    zones = _zones(text, [*headings, *_texts(tree, sorted(_HEADINGS))], captions)
    return Extracted(text, zones, clues=clues)


def looks_like_html(text: str) -> bool:
    """Tell whether a text is marked up as HTML: a paragraph or line break, or two other tags of which one is closed."""
    closing = 0
    for seen, match in enumerate(_TAGS.finditer(text, 0, 200_000), start=1):
        closing += match[1] == "/" or match[2].lower() in ("br", "img")
        if (seen >= 2 and closing) or match[2].lower() in ("p", "br", "html", "body"):
            return True
    return False


def _tree(source: str) -> HtmlElement | None:
    """Parse a page. One that is nested deeper than the parser goes is parsed without the tags that nest."""
    tree, too_deep = _parse(source)
    for pattern in (_NESTING, _ANY_TAG):
        if tree is not None and not too_deep:
            return tree
        source = pattern.sub("\n", source)
        tree, too_deep = _parse(f"<html><body>{source}</body></html>" if pattern is _ANY_TAG else source)
    return tree


def _parse(source: str) -> tuple[HtmlElement | None, bool]:
    """Return the parsed page, and whether the parser gave up on it because of its depth (256 in libxml2)."""
    parser = HTMLParser(
        encoding="utf-8", recover=True, no_network=True, collect_ids=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        tree = None
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log)


def _article(tree: HtmlElement) -> tuple[str, list[str]]:
    """Return the text of the article on a page, and the headings in it."""
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_images=False, with_metadata=False)
    except Exception:  # heuristics over a hostile page: whatever they raise, the simpler method has its turn
        found = None
    if found is not None and not isinstance(found, dict) and found.text and found.text.strip():
        heads = (
            [" ".join("".join(map(str, h.itertext())).split()) for h in found.body.iter("head")]
            if found.body is not None
            else []
        )
        return clean(found.text), heads
    try:
        _, text, _ = trafilatura.baseline(tree)
    except Exception:
        return "", []
    return clean(text), []


def _texts(tree: HtmlElement, tags: tuple[str, ...] | list[str]) -> list[str]:
    """Return the words of all elements of some kinds, in one line each."""
    return [words for e in tree.iter(*tags) if (words := " ".join(clean("".join(map(str, e.itertext()))).split()))]


def _zones(text: str, headings: list[str], captions: list[str]) -> tuple[Zone, ...]:
    """Return as zones the lines of the text that the page marks as headings or captions."""
    as_heading, as_caption = frozenset(headings), frozenset(captions)
    zones = []
    for match in re.finditer(r"[^\n]+", text):
        words = " ".join(match[0].split())
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        if words and words in as_caption:
            zones.append(Zone(start, end, "caption", CAPTION_SCORE, "the page marks it as the caption of a figure"))
        elif words and words in as_heading:
            zones.append(Zone(start, end, "heading", HEADING_SCORE, "the page marks it as a heading"))
    return tuple(zones)


def _fragment(source: str) -> Extracted:
    """Return the text of a piece of HTML, block by block, with its headings and captions."""
    tree = _tree(f"<html><body><div>{source}</div></body></html>")
    if tree is None:
        raise Unreadable("HTML without anything in it")
    parts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for words, kind in _blocks(tree):
        if parts:
            parts.append("\n")
            at += 1
        if kind == "heading":
            zones.append(Zone(at, at + len(words), "heading", HEADING_SCORE, "the mark-up says that it is a heading"))
        elif kind == "caption":
            zones.append(Zone(at, at + len(words), "caption", CAPTION_SCORE, "the mark-up says that it is a caption"))
        parts.append(words)
        at += len(words)
        if at > TEXT_LENGTH:
            break
    return Extracted("".join(parts), tuple(zones))


def _blocks(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the words of each block (paragraph, heading, item) and its kind."""
    words: list[str] = []
    kinds: list[str] = []
    skipping = 0

    def flush() -> Iterator[tuple[str, str]]:
        line = " ".join(clean("".join(words)).split())
        words.clear()
        if line:
            yield line, kinds[-1] if kinds else ""

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else None
        if event == "start" and tag is not None:
            if tag in _BLOCKS:
                yield from flush()
            if tag in _HEADINGS or tag == "figcaption":
                kinds.append("caption" if tag == "figcaption" else "heading")
            skipping += tag in _DROPPED
            if not skipping and element.text:
                words.append(element.text)
        elif event == "end" and tag is not None:
            if tag in _BLOCKS:
                yield from flush()
            if tag in _HEADINGS or tag == "figcaption":
                kinds.pop()
            skipping -= tag in _DROPPED
        if event != "start" and not skipping and element.tail:
            words.append(element.tail)
    yield from flush()
