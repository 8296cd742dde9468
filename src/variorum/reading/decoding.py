"""Bytes into text, whatever they are: nothing here fails, and what comes out can always be encoded as UTF-8.

The order of trust: a byte-order mark, then UTF-8 where the bytes are valid UTF-8 with more than ASCII in them (other
encodings practically never are), then the charset that the container declares, then what the bytes look like.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; that of UTF-32 stands before that of UTF-16, which begins alike."""

SAMPLE = 1 << 16
"""Bytes that a guess looks at, so that its time does not grow with the file."""

DAMAGED_UTF8 = 4
"""Valid sequences of several bytes for each invalid byte, from which on text counts as damaged UTF-8, not as another
encoding. Windows-1252 text in European languages hardly has any: a capital with an accent would have to stand before
a sign."""

GUESSED = [
    "cp1251",
    "koi8-r",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp866",
    "iso8859-5",
    "iso8859-7",
    "shift_jis",
    "euc_jp",
    "iso2022_jp",
    "euc_kr",
    "big5",
    "gb18030",
    "cp1252",
    "cp1250",
]
"""Encodings that a guess chooses from: those that news sites have used, without their near twins."""

_LATIN = frozenset(("cp1252", "cp1250"))
_ASCII_ONLY = frozenset(("iso2022_jp", "iso2022_kr", "hz", "utf_7"))
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of ``data``, without its byte-order mark and with its line ends as they are.

    ``declared`` is the charset that a header or the mark-up names. Bytes that mean nothing become U+FFFD.
    """
    encoding, start = choose(data, declared)
    return clean(decode_as(data[start:], encoding))


def choose(data: bytes, declared: str | None = None) -> tuple[str, int]:
    """Return the encoding of ``data`` and how many bytes its byte-order mark has."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return name, len(mark)
    named = _codec(declared)
    if data.isascii() and named not in _ASCII_ONLY:
        wide = _wide(data[:SAMPLE])
        return wide or "utf-8", 0
    if named not in _ASCII_ONLY and _is(data, "utf-8"):
        return _wide(data[:SAMPLE]) or "utf-8", 0
    if named is not None and _is(data, named):
        return named, 0
    wide = _wide(data[:SAMPLE])
    if wide is not None:
        return wide, 0
    if named == "utf-8" or _is_damaged_utf8(data):
        return "utf-8", 0
    return _guess(data), 0


def decode_as(data: bytes, encoding: str) -> str:
    """Return ``data`` decoded, with U+FFFD for what is invalid."""
    return data.decode(encoding, "replace")


def clean(text: str) -> str:
    """Replace each half of a surrogate pair that stands alone (JSON can hold them) by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # two halves that belong together, as some writers of JSON leave them, become the character that they mean
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _SURROGATES.sub("\ufffd", joined)
    return text


def _codec(name: str | None) -> str | None:
    """Return Python's codec for a declared charset, or None if there is none that makes text of bytes."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in (
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
    ):
        return None
    # browsers read both as Windows-1252, which fills the gaps of the other two (WHATWG Encoding Standard)
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-7": "utf_7"}.get(info.name, info.name)


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, ValueError):
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """Return UTF-16 without a mark, which Latin text gives away by a zero in every other byte."""
    if len(sample) < 4 or sample.count(0) * 5 < len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data[: SAMPLE * 4].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(ch > "\x7f" for ch in text) - broken
    return valid >= DAMAGED_UTF8 * max(1, broken)


def _guess(data: bytes) -> str:
    """Return a likely encoding of bytes that are not UTF-8: that of another script, or else Windows-1252."""
    first = re.search(rb"[\x80-\xff]", data)
    at = max(0, (first.start() if first else 0) - SAMPLE // 4)
    best = from_bytes(data[at : at + SAMPLE], cp_isolation=GUESSED, preemptive_behaviour=False).best()
    if best is None or best.encoding in _LATIN or _codec(best.encoding) is None:
        return "cp1252"
    letters = [ch for ch in str(best) if ch > "\x7f" and ch.isalpha()]
    # three letters in a row of another script make a word; a lone one is an accent or a sign misread
    words = re.search("[^\\W\\d_\x00-\u024f]{3}", str(best))
    return best.encoding if words and len(letters) >= 8 else "cp1252"
