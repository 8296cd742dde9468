"""What a file is, told by its first bytes; its name only decides where the bytes leave it open."""

from __future__ import annotations

import json
import re
from typing import Literal

from variorum.reading.containers.tables import delimiter_of
from variorum.reading.decoding import choose, decode
from variorum.reading.formats.markdown import looks_like_markdown

Kind = Literal[
    "gzip", "zip", "warc", "pdf", "feed", "html", "mhtml", "object", "lines", "array", "table", "markdown", "text"
]
"""What a file is. ``object``, ``lines`` and ``array`` are JSON: one object, one a line, a list of them."""

CONTROL_SHARE = 0.02
"""Share of control characters from which on bytes are no text. Text scrapes hold a stray one in thousands."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file: save it as DOCX or plain text"),
    (b"{\\rtf", "a rich-text (RTF) file: save it as DOCX or plain text"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%!PS", "a PostScript file"),
    (b"PAR1", "a Parquet file: convert it to JSON Lines or CSV first"),
)
_HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml"))
_MARKDOWN_SUFFIXES = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mkdn"))
_LINES_SUFFIXES = frozenset((".jsonl", ".ndjson", ".jl", ".jsonlines"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)\b[^>]{0,4000}", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)\b", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:div|p|article|section|main|h[1-6]|span|table|meta|title|script|style|center|font)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(
    r"(?:\s|<\?[^>]{0,2000}\?>|<!--.{0,20000}?-->|<!doctype[^>\[]{0,2000}(?:\[.{0,20000}?\]\s*)?>)*",
    re.IGNORECASE | re.DOTALL,
)


class Refused(ValueError):
    """A file of a kind that is not read. Its message is the reason, in one line."""


def sniff(head: bytes, suffix: str, complete: bool) -> Kind:
    """Return what a file is.

    ``head`` is its beginning, ``suffix`` that of its name in small letters (``.json``), ``complete`` whether the head
    is all of it. Raises Refused for what is not read.
    """
    if not head:
        raise Refused("the file is empty")
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"WARC/"):
        return "warc"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise Refused(what)
    if head[257:262] == b"ustar":
        raise Refused("a tar archive: unpack it first")
    text = _text_of(head, complete)
    bare = text.lstrip()
    if not bare:
        if complete:
            raise Refused("there is nothing but white space in the file")
        return "text"
    if bare[0] == "<" and (kind := _markup(bare, suffix)):
        return kind
    if bare[0] in "{[" and (kind := _json(bare, suffix, complete)):
        return kind
    if re.match(
        r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", bare[:4000], re.IGNORECASE
    ):
        return "mhtml"
    if suffix in _HTML_SUFFIXES or _PAGE.search(bare[:20_000]):
        return "html"
    if suffix in (".json", *_LINES_SUFFIXES):
        return "lines"
    if delimiter_of(text, suffix):
        return "table"
    if suffix in _MARKDOWN_SUFFIXES or looks_like_markdown(text):
        return "markdown"
    return "text"


def _text_of(head: bytes, complete: bool) -> str:
    """Return the beginning as text. Raises Refused if it is none."""
    if not complete:
        head = re.sub(rb"[\x80-\xff]{1,8}\Z", b"", head) or head
    encoding, _ = choose(head)
    text = decode(head)
    if encoding.startswith(("utf-16", "utf-32")):
        text = text.rstrip("\ufffd")
        strange = text.count("\ufffd") + text.count("\x00")
    else:
        # a stray zero is a fault in a text; several are no text
        strange = len(_CONTROL.findall(text)) + 20 * max(0, text.count("\x00") - 1)
    if strange > max(1, CONTROL_SHARE * len(text)):
        raise Refused("a binary file, not a text")
    return text


def _markup(text: str, suffix: str) -> Kind | None:
    prologue = _PROLOGUE.match(text)
    root = text[prologue.end() if prologue else 0 :][:6000]
    if _FEED.match(root):
        return "feed"
    if suffix in _HTML_SUFFIXES or _PAGE.search(text[:20_000]) or _ELEMENT.match(root):
        return "html"
    if text.startswith("<?xml"):
        name = re.match(r"<([\w:.-]{1,60})", root)
        raise Refused(f"XML of a kind that is not read (<{name[1]}>)" if name else "XML that can't be read")
    return None


def _json(text: str, suffix: str, complete: bool) -> Kind | None:
    """Return which JSON a text is that starts with a bracket; None if it is none."""
    if suffix in _LINES_SUFFIXES:
        return "lines"
    inner = text[1:200].lstrip()[:1]
    if text[0] == "[":
        return "array" if inner in ("{", "]") or (suffix == ".json") else None
    if inner not in ('"', "}") and suffix != ".json":
        return None
    first, newline, rest = text.partition("\n")
    if newline and rest.lstrip().startswith("{"):
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            # {"a": \n {"b": 1}} goes on inside the object; lines that each start and end with a brace do not
            is_row = first.rstrip().endswith("}") and rest.lstrip().partition("\n")[0].rstrip().endswith("}")
            return "lines" if is_row else "object"
        return "lines"
    if not complete and (not newline or not rest.strip()):
        # one line so far: it can be a row as well as an object
        return "object" if suffix == ".json" else "lines"
    return "object"
