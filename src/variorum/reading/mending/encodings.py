"""Words that were decoded wrongly ("GuaidÃ³"), by ftfy (Speer 2019, https://ftfy.readthedocs.io).

ftfy judges whole texts; here it sees one stretch between spaces at a time, so that a repair covers the words that are
broken and nothing else. Only the encoding is mended: quotation marks, ligatures and widths stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy import TextFixerConfig, fix_encoding

from variorum.reading.mending.found import Found

SCORE = 0.99
"""How sure such a repair is; ftfy's author counts one wrong change in six million texts."""

REACH = 200
"""Code points on each side that are looked at together, up to the next white space."""

_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
_SUSPECT = re.compile("[\x80-\u052f\u2010-\u25ff\ufffd]{2}|[\x80-\x9f]")
"""What a wrong decoding always leaves: two signs in a row that are not ASCII, or a control sign of the second set."""

_EDGE = re.compile(r"[ \t\r\n\f\v]")
_DOUBLED = re.compile("[\"“”„]{2}|['‘’‚]{2}")
_LOST = "\ufffd"


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Yield the wrongly decoded words between two offsets, in order. Offsets are those of ``text``."""
    end = len(text) if end is None else end
    at = start
    for match in () if text.isascii() else _SUSPECT.finditer(text, start, end):
        if match.start() < at:
            continue
        low, high = max(at, match.start() - REACH), min(end, match.end() + REACH)
        low = max([low, *(m.end() for m in _EDGE.finditer(text, low, match.start()))])
        edge = _EDGE.search(text, match.end(), high)
        at = edge.start() if edge else high
        broken = text[low:at]
        mended = fix_encoding(broken, config=_CONFIG)
        if mended == broken or mended.count(_LOST) > broken.count(_LOST) or not mended.strip():
            continue
        if _DOUBLED.search(mended) and not _DOUBLED.search(broken):
            continue
        before, behind = _ends(broken, mended)
        repaired = mended[before : len(mended) - behind]
        yield Found(
            low + before, at - behind, repaired, "mojibake", SCORE, "letters that were read in a wrong encoding"
        )


def _ends(broken: str, mended: str) -> tuple[int, int]:
    """Return how much of the start and of the end both have in common, short of a word that is cut."""
    most = min(len(broken), len(mended))
    before = 0
    while before < most and broken[before] == mended[before]:
        before += 1
    behind = 0
    while behind < most - before and broken[-1 - behind] == mended[-1 - behind]:
        behind += 1
    while before and _in_word(broken[before - 1]):
        before -= 1
    while behind and _in_word(broken[-behind]):
        behind -= 1
    return before, behind


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'’"
