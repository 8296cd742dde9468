"""The lexicon of page furniture (``data/furniture.toml``): what a line is that many sites have in the same words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 400
"""Code points of the longest line that is looked up: notices about cookies reach it, other furniture is far shorter."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "…": "."})
_BEFORE = " \t*_#>•·|»›→▶►–—-+=~▼▲■●\u200b\ufeff"
_AFTER = " \t*_.:!,;…»›>→▶►|·–—-+=~▼▲×↓\u200b\ufeff"
_TOKEN = re.compile(r"[^\W_]+(?:'\w+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sort of furniture."""

    says: str
    """What it is, in words."""
    sure: bool
    """Whether it is furniture wherever it stands alone on a line."""
    opens: str | None
    """What it announces."""
    wall: bool
    """Whether the article rarely goes on behind it."""
    neutral: bool
    """Whether it stands within articles as often as around them."""
    outside: bool
    """Whether it is never furniture within an article."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that is also looked for inside a line."""

    says: str
    opens: str | None
    inside: bool
    """Whether it never occurs in prose."""


@dataclass(frozen=True, slots=True)
class _Tables:
    whole: dict[str, Entry]
    starts: dict[str, list[tuple[str, int, Entry]]]
    patterns: re.Pattern[str]
    by_group: dict[str, Entry]
    vocabularies: list[tuple[frozenset[str], Entry]]
    marks: dict[str, Mark]
    mark: re.Pattern[str]


@cache
def _tables() -> _Tables:
    data = tomllib.loads((files("variorum.reading") / "data" / "furniture.toml").read_text("utf-8"))
    whole: dict[str, Entry] = {}
    starts: dict[str, list[tuple[str, int, Entry]]] = {}
    patterns: list[str] = []
    by_group: dict[str, Entry] = {}
    vocabularies: list[tuple[frozenset[str], Entry]] = []
    for number, row in enumerate(data["entry"]):
        flags = [bool(row.get(flag, False)) for flag in ("wall", "neutral", "outside")]
        entry = Entry(row["says"], row["sure"], row.get("opens"), *flags)
        for line in row.get("lines", ()):
            known = whole.get(normal(line))
            if known is None or (entry.sure and not known.sure):
                whole[normal(line)] = entry
        for start in row.get("starts", ()):
            starts.setdefault(start.split(" ")[0], []).append((start, row.get("most", 14), entry))
        if row.get("patterns"):
            patterns.append(f"(?P<e{number}>{'|'.join(row['patterns'])})")
            by_group[f"e{number}"] = entry
        if row.get("vocabulary"):
            vocabularies.append((frozenset(row["vocabulary"]), entry))
    marks = {word: Mark(row["says"], row.get("opens"), row["inside"]) for row in data["mark"] for word in row["words"]}
    forms = sorted(marks, key=lambda word: (-len(word), word))
    mark = re.compile("|".join(re.escape(form).replace(r"\ ", r"[ \u00a0]") for form in forms))
    return _Tables(whole, starts, re.compile("|".join(patterns)), by_group, vocabularies, marks, mark)


def normal(line: str) -> str:
    """Return ``line`` as the lexicon compares it: small letters, straight quotes, no signs around it."""
    return line.translate(_QUOTES).casefold().strip(_BEFORE).rstrip(_AFTER)


def look_up(line: str) -> Entry | None:
    """Return the sort of furniture that ``line``, with single spaces, is in the lexicon, or None.

    A sure entry wins over one that depends on the surroundings.
    """
    if len(line) > LONGEST:
        return None
    tables = _tables()
    words = normal(line)
    found = tables.whole.get(words)
    if found and found.sure:
        return found
    head = words.split(" ", 1)[0]
    for start, most, entry in tables.starts.get(head, ()):
        if words.startswith(start) and words.count(" ") < most and len(words) > len(start):
            return entry
    tokens = _TOKEN.findall(words)
    for vocabulary, entry in tables.vocabularies:
        if tokens and tokens[0] in vocabulary and all(t in vocabulary or t.isdigit() for t in tokens):
            return entry
    match = tables.patterns.fullmatch(words)
    if match and match.lastgroup:
        return tables.by_group[match.lastgroup]
    return found


def marks(text: str, start: int, end: int) -> list[tuple[int, int, Mark]]:
    """Return the marks in a stretch of ``text``, in order, as start, end and mark."""
    tables = _tables()
    found = []
    for match in tables.mark.finditer(text, start, end):
        mark = tables.marks[match.group().replace("\u00a0", " ")]
        if _stands_free(text, start, end, match.start(), match.end(), mark):
            found.append((match.start(), match.end(), mark))
    return found


def _stands_free(text: str, low: int, high: int, start: int, end: int, mark: Mark) -> bool:
    """Tell whether a mark is more than the part of a word or of a sentence."""
    after = text[end : end + 1] if end < high else ""
    if after and after.islower():
        return False
    if start == low or mark.inside:
        return True
    before = text[start - 1]
    if not before.isspace():
        return before.islower() or before in '.!?"”’)]'
    return text[low:start].rstrip()[-1:] in tuple('.!?"”)]|')
