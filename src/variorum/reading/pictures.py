"""Picture credits: who made the picture that a caption describes.

"JUAN PEREZ/AFP/Getty Images", "AP Photo/Jane Roe", "Photo: Jane Roe", "(Jane Roe / Reuters)", "AFP via Getty
Images". A credit is a line of its own or the end of one, and a scrape may have glued it to the sentence before it. A
chain of makers is read from its end to its beginning, so that only its last word must be a known agency or provider.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from variorum.reading.agencies import mentions, named, pattern
from variorum.records import Span

LONGEST = 160
"""Code points that a picture credit takes at most; the longest in 4,984 tuning articles (AllSides) takes 87."""

_LINK = re.compile(r"(?:\s{0,2}[/|]\s{0,2}|\s(?i:via)\s(?:the\s)?|\s[–—-]\s)$")
_CHAIN = re.compile(r"[/|]|\s(?i:via)\s")
_GLUE = re.compile(
    r"[.!?”\")\]](?=[A-ZÀ-Þ@])|(?<=[a-zß-ÿ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bLe)(?=[A-ZÀ-Þ])"
)
_SMALL = frozenset(
    [
        "al",
        "bin",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "e",
        "el",
        "for",
        "ibn",
        "la",
        "le",
        "of",
        "the",
        "van",
        "von",
        "y",
    ]
)
_CLOSING = " \t\r\n.)]*_"
_GENITIVE = re.compile(r".+[’']s$")


@cache
def lexicon() -> dict[str, list[str]]:
    """Return the words of credit lines by kind (``data/credits.toml``)."""
    return tomllib.loads((files("variorum.reading") / "data" / "credits.toml").read_text("utf-8"))


def choice(words: list[str]) -> str:
    """Return a regular expression for any of ``words``, the longest first; a blank stands for any one white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _opened() -> re.Pattern[str]:
    bare = [w for w in lexicon()["pictures"] if w not in lexicon()["needs_colon"]]
    return re.compile(
        rf"(?<!\w)(?:(?:{choice(bare)})\s{{0,2}}[:/]?\s{{1,3}}|(?:{choice(lexicon()['pictures'])})\s{{0,2}}[:/]\s{{0,3}})"
        r"(?P<maker>[^\n:]{2,120})$",
        re.IGNORECASE,
    )


@cache
def _last() -> re.Pattern[str]:
    """Return what a chain of makers can end in: a known agency or another provider."""
    return re.compile(rf"(?:{pattern()}|(?<!\w)(?i:{choice(lexicon()['providers'])}))$")


@cache
def _first() -> re.Pattern[str]:
    """Return a chain that begins with the agency: "AP Photo/Jane Roe", "REUTERS / Jane Roe / File"."""
    name = r"[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,3}"
    return re.compile(rf"(?:{pattern()})(?:\s(?i:photo|pool|file))?(?:\s?/\s?{name}){{1,3}}$")


def find_picture(text: str) -> Span | None:
    """Return the picture credit that ``text`` is or ends with, or None. Brackets around it belong to it."""
    end = len(text.rstrip())
    low = max(text.rfind("\n", 0, end) + 1, end - LONGEST)
    line = text[low:end]
    start = _bracketed(line)
    if start is None:
        start = _bare(line.rstrip(_CLOSING))
    return None if start is None else Span(low + start, end)


def _bracketed(line: str) -> int | None:
    """Return where a credit in brackets at the end of the line begins."""
    bracket = re.search(r"[(\[](?P<inside>[^()\[\]]{2,120})[)\]][\s.*_]*$", line)
    if not bracket:
        return None
    inside = bracket["inside"].strip()
    opened = _opened().match(inside)
    if (opened and is_maker(opened["maker"])) or (_CHAIN.search(inside) and _bare(inside) == 0):
        return bracket.start()
    return bracket.start() if re.match(r"(?i)via\s", inside) and named(inside[4:]) else None


def _bare(line: str) -> int | None:
    """Return where a credit without brackets at the end of the line begins."""
    for opened in _opened().finditer(line):
        if _can_open(line, opened.start()) and is_maker(opened["maker"]):
            return opened.start()
    first = _first().search(line)
    last = _last().search(line)
    start = first.start() if first else None
    if last and _LINK.search(line, 0, last.start()):
        chained = _chain(line, last.start())
        if chained is not None and mentions(line[chained:]):
            start = chained if start is None else min(start, chained)
    if start is None:
        agency = named(line)
        return 0 if agency and agency.pictures_only else None
    again = line[start:].strip()
    while line[:start].rstrip().endswith(again):
        start = len(line[:start].rstrip()) - len(again)
    return start


def _chain(line: str, at: int) -> int | None:
    """Follow a chain of makers to the left of ``at``; return where its first maker begins, or None if none is there."""
    start: int | None = None
    for _ in range(5):
        link = _LINK.search(line, max(0, at - 8), at)
        if not link:
            break
        begin = _maker(line, link.start())
        if begin is None:
            break
        start = at = begin
    return start


def _maker(line: str, end: int) -> int | None:
    """Return where the maker that ends at ``end`` begins: up to six capitalised words, fewer if they are two names."""
    starts: list[int] = []
    at = end
    while len(starts) < 7:
        word_end = len(line[:at].rstrip(" \u00a0"))
        word_start = max(line.rfind(c, 0, word_end) for c in " \u00a0/|(\t") + 1
        word = line[word_start:word_end]
        if not word or (word_end < at and word.endswith((",", ":", ";"))):
            break
        inner = _unglued(word)
        token = word[inner:]
        sentence_end = word_end < end and word.endswith((".", "!", "?")) and len(word) > 3
        if sentence_end or not (token[:1].isupper() or token[:1] == "@" or token in _SMALL) or _GENITIVE.match(token):
            break
        starts.append(word_start + inner)
        at = word_start
        if inner or line[word_start - 1 : word_start] in ("/", "|", "("):
            break
    while starts and line[starts[-1] : starts[-1] + 4].split(" ")[0] in _SMALL:
        starts.pop()
    if not starts:
        return None
    words = line[starts[-1] : end].split()
    if len(words) > 3 and not any(w in _SMALL for w in words):
        return starts[2 if re.fullmatch(r"[^\W\d_]\.", words[-2]) else 1]
    return starts[-1]


def _unglued(word: str) -> int:
    """Return where in ``word`` a name begins that a scrape glued to the word before it: 7 in "Bogota.JUAN"."""
    cuts = [m.end() for m in _GLUE.finditer(word) if len(word) - m.end() >= 2]
    return cuts[-1] if cuts and not re.fullmatch(r"(?:\w\.)+\w*\.?", word) else 0


def is_maker(words: str) -> bool:
    """Tell whether words name who made a picture: few, capitalised, no sentence."""
    providers = lexicon()["providers"]
    tokens = [t for t in re.split(r"[\s/,|]+", words.strip(" .)]")) if t]
    small = _SMALL | {"via", "by", "and", "at", "in", "on", "from", "courtesy", "&"}
    capital = [t for t in tokens if t[0].isupper() or t[0] == "@" or t.lower() in providers]
    return 0 < len(tokens) <= 14 and bool(capital) and all(t in small or t in capital or t[0] in "(@" for t in tokens)


def _can_open(line: str, at: int) -> bool:
    """Tell whether a credit can begin at ``at``: at the start of the line, after a sentence, or glued to a word."""
    before = line[:at].rstrip()
    return not before or before[-1] in '.!?”"|)([*_-–—/' or (before[-1].islower() and len(before) == at)
