"""Web archives (WARC) into items: each page that was saved in one, with its address and the day it was saved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from variorum.reading.containers.keys import Keys
from variorum.reading.containers.limits import ITEM_BYTES, megabytes
from variorum.reading.containers.made import Made, Notice
from variorum.reading.containers.streams import Stream
from variorum.reading.dates import not_after, parse_date
from variorum.records import Clue, Item, Rejection

HEADER_BYTES = 1 << 16
"""Bytes of a record's header."""

URL_SCORE = 1.0
DATE_SCORE = 1.0
"""The crawler knows what it asked for, and a page that it saved was published by then."""

_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown"}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def items_of(label: str, stream: Stream) -> Iterator[Made]:
    """Yield the pages in a web archive. Records of other kinds are counted in one notice."""
    keys = Keys()
    passed: Counter[str] = Counter()
    number = 0
    records = ArchiveIterator(
        cast(BinaryIO, stream),
        record_types=_WANTED,
        parse_http=False,
        stream_detect=False,
        max_header_len=HEADER_BYTES,
    )
    while True:
        try:
            record = next(records, None)
        except BaseException as error:
            if not _is_fault(error):
                raise
            yield Rejection(label, number + 1, f"broken WARC record, what follows it is lost: {_one_line(error)}")
            break
        if record is None:
            break
        number += 1
        try:
            made = _read(label, number, record, keys)
        except BaseException as error:
            if not _is_fault(error):
                raise
            yield Rejection(label, number, f"broken WARC record: {_one_line(error)}")
            continue
        if isinstance(made, str):
            passed[made] += 1
        else:
            yield from made
    if passed:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(passed.items()))
        yield Notice(label, None, f"records of the archive that hold no article and were passed over: {kinds}")


def _read(label: str, number: int, record: WarcRecord, keys: Keys) -> list[Made] | str:
    """Return what a record holds, or what kind of record it is if it holds no article."""
    headers: Any = record.headers
    url = (headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if (headers.get("Content-Type") or "").lower().startswith("application/http") or record.is_http:
        record.parse_http(auto_decode="all", max_header_len=HEADER_BYTES, quirks_mode=True)
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status is not None and not 200 <= status < 300:
            return f"with status {status}"
        kind = (record.http_content_type or "").lower()
        charset = record.http_charset
    else:
        kind = (headers.get("Content-Type") or "").split(";")[0].strip().lower()
        charset = "utf-8" if record.record_type == WarcRecordType.conversion else None
    if url.startswith(("dns:", "metadata:", "urn:")):
        return "about the crawl"
    if kind and kind not in _FORMATS:
        return f"of type {kind[:60]}"
    data = record.reader.read(ITEM_BYTES + 1)
    if len(data) > ITEM_BYTES:
        return [Rejection(label, number, f"the page is larger than {megabytes(ITEM_BYTES)}")]
    if not data.strip():
        return "empty"
    form = _FORMATS.get(kind) or ("html" if _HTML.search(data[:4096]) else None)
    if form is None:
        return "without a type"
    clues = []
    if url.startswith(("http://", "https://")):
        clues.append(Clue("url", url, "warc", URL_SCORE, "the address that the web archive saved"))
    day = parse_date((headers.get("WARC-Date") or "").strip())
    bound = not_after(day) if day else None
    if bound:
        clues.append(Clue("published", bound, "warc", DATE_SCORE, f"the web archive saved it on {day}"))
    key, said = keys.give(url, data)
    item = Item(label, key, number, "text" if form == "text" else form, data, tuple(clues), {}, charset)
    return [Notice(label, number, said), item] if said else [item]


def _is_fault(error: BaseException) -> bool:
    """Tell whether an error is the parser's. Its Rust part can panic, which is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
