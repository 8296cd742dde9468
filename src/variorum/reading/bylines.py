"""Bylines: the line that says who wrote a report.

A byline is a line of its own and says nothing else: "By A. B. and C. D., Staff Writers", "Jane Roe, Reuters". The
parser reads names, then what may follow a name (a role, an outlet, a place, a date); a line with anything left over
is prose ("By Sunday, the government must decide"). What the words are is data (``data/bylines.toml``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.reading.agencies import named
from variorum.reading.outlets import known_outlet
from variorum.reading.written_dates import DATE
from variorum.records import Span

LONGEST = 300
"""Code points that a byline takes at most: eight names with their roles."""

_SPACE = re.compile(r"[\s*_>#•|·\u200b]*")
_TOKEN = r"(?:[^\W\d_][^\W\d_’'\-]*(?:[’'\-‑][^\W\d_]+)*\.?)"
_PARTICLE = r"(?:al|ap|bin|ben|da|das|de|del|della|den|der|di|do|dos|du|e|el|ibn|la|le|ten|ter|van|von|y|zu)"
_NAME = re.compile(
    rf"{_TOKEN}(?:[  ]{{1,3}}(?:{_PARTICLE}[  ]{{1,2}}){{0,2}}{_TOKEN}){{0,4}}(?:,? (?:Jr|Sr|III|II)\b\.?)?"
)
_JOIN = re.compile(r"\s{0,3}(?:,\s{0,3}(?:and|&)\s|,|;|&|\band\b|\bwith\b|/)\s{0,3}", re.IGNORECASE)
_AFTER = re.compile(
    r"\s{0,3}(?:,|\||–|—|-{1,2}(?=\s)|\(|/|·|•|:|\bfor\b|\bof\b|\bat\b|\bin\b|\bfrom\b)\s{0,3}", re.IGNORECASE
)
_PLACE = re.compile(r"\s{1,3}(?:in|from|at)\s{1,3}(?P<place>[^\W\d_][^,|()\n]{1,60})", re.IGNORECASE)
_STAMP = re.compile(
    r"\s{0,3}[|,·•–—-]?\s{0,3}(?:(?:updated|published|posted|last updated|first published|created|on)\b:?\s{0,3})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"[\s,|·•–—-]*(?:at\s{1,3})?\d{1,2}[:.]?\d{0,2}\s?(?:[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|hours|local time))?\s*",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s{0,3}[(|,·-]{0,2}\s{0,3}(?:@\w{2,30}|[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20})\)?")


@dataclass(frozen=True, slots=True)
class BylineMatch:
    """A byline. Offsets are code points into the line that was searched."""

    start: int
    """First code point of the byline, its opening word included."""
    end: int
    """One past its last code point."""
    names: tuple[Span, ...]
    """The writers' names, in order; empty for a desk ("By staff")."""
    role: str | None
    """What the writers do, as written ("BBC diplomatic correspondent")."""
    role_span: Span | None
    """Where the role stands."""
    outlet: str | None
    """The outlet or agency that the byline names, as written, or None."""
    outlet_span: Span | None
    """Where the outlet stands."""
    score: float
    """How sure, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    opening: re.Pattern[str]
    roles: re.Pattern[str]
    posts: re.Pattern[str]
    desk: re.Pattern[str]
    not_names: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads((files("variorum.reading") / "data" / "bylines.toml").read_text("utf-8"))

    def choice(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    bare_words = [w for w in data["openings"] if w not in data["needs_colon"]]
    bare, marked = choice(bare_words), choice(data["needs_colon"])
    opening = rf"(?:(?:{bare}|{marked})\s{{0,2}}:|(?:{bare})(?=[\s\u00a0]))\s{{0,3}}"
    return _Lexicon(
        re.compile(opening, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{choice(data['roles'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{choice(data['posts'])})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?:(?:the|our)\s)?(?:[^\W\d_][\w.&'’-]*\s{{1,2}}){{0,4}}(?:{choice(data['desks'])})", re.IGNORECASE
        ),
        frozenset(data["not_names"]),
    )


def find_byline(line: str) -> BylineMatch | None:
    """Return the byline that ``line`` is, or None. Markdown signs and white space around it don't matter."""
    text = line.rstrip(" \t\r\n*_|")
    lead = _SPACE.match(text)
    start = lead.end() if lead else 0
    if not 4 <= len(text) - start <= LONGEST or "\n" in text[start:]:
        return None
    opening = _lexicon().opening.match(text, start)
    if opening:
        return _opened(text, start, opening.end())
    return _signed(text, start)


def is_name(words: str) -> bool:
    """Tell whether words look like the name of one person: two to five capitalised words that no data file excludes."""
    if not _NAME.fullmatch(words):
        return False
    tokens = re.split(r"[\s\u00a0]+", words)
    strong = [t for t in tokens if t[0].isupper()]
    if not 2 <= len(strong) <= 5 or any(not t[0].isupper() and not re.fullmatch(_PARTICLE, t) for t in tokens):
        return False
    if _lexicon().roles.search(words.lower()) or any(len(t) > 4 and t.endswith(".") for t in tokens):
        return False
    return not any(t.lower().rstrip(".,") in _lexicon().not_names for t in tokens)


def is_role(line: str) -> bool:
    """Tell whether a line of its own says what a writer does ("Islands correspondent"): it ends in the word for it."""
    words = line.strip(" *_|,")
    if not 1 <= len(words.split()) <= 6 or len(words) > 80 or words.endswith((".", "?", "!", ":")):
        return False
    return any(match.end() == len(words) for match in _lexicon().posts.finditer(words))


def read_names(line: str) -> tuple[Span, ...]:
    """Return the names that ``line`` lists, if it holds nothing else ("Jane Roe and A. B. Cole"); else nothing."""
    lead = _SPACE.match(line)
    names, end = _names(line, lead.end() if lead else 0)
    return names if not line[end:].strip(" .,*_|") else ()


def _opened(text: str, start: int, at: int) -> BylineMatch | None:
    """Return the byline after its opening word."""
    names, at = _names(text, at)
    if names:
        return _finish(text, start, at, names, 0.95)
    body = text[at:]
    organisation = _organisation(body)
    if organisation:
        span = Span(at, at + len(organisation))
        rest = _finish(text, start, span.end, (), 0.9)
        if rest is None:
            return None
        return BylineMatch(start, rest.end, (), rest.role, rest.role_span, organisation, span, rest.score)
    return None


def _organisation(body: str) -> str | None:
    """Return the agency, outlet or desk that ``body`` begins with."""
    for end in [len(body), *(m.start() for m in re.finditer(r"\s*[,|(]|\s+(?:on|updated|published)\b", body))]:
        words = body[:end].strip()
        if words and (named(words) or known_outlet(words) or (words[0].isupper() and _lexicon().desk.fullmatch(words))):
            return words
    return None


def _names(text: str, at: int) -> tuple[tuple[Span, ...], int]:
    """Read a list of names from ``at``; return their spans and where the list ends."""
    found: list[Span] = []
    end = at
    while len(found) < 12:
        name = _one_name(text, at)
        if name is None:
            break
        found.append(name)
        end = name.end
        join = _JOIN.match(text, end)
        if not join or (
            join.group().strip() == "," and is_role(re.split(r"[,|(;]", text[join.end() :], maxsplit=1)[0])
        ):
            break
        at = join.end()
    return tuple(found), end


def _one_name(text: str, at: int) -> Span | None:
    match = _NAME.match(text, at)
    if not match:
        return None
    words = match.group()
    ends = [at + len(words), *(at + m.start() for m in reversed(list(re.finditer(r"[\s\u00a0]+|,", words))))]
    for end in ends:
        piece = text[at:end]
        after = text[end : end + 1]
        if after not in ("", " ", "\u00a0", ",", ";", "|", "(", "/", "\t", ":", "–", "—", "·", "•"):
            continue
        if is_name(piece) and not named(piece) and not known_outlet(piece) and not _lexicon().desk.fullmatch(piece):
            return Span(at, end)
    return None


def _finish(text: str, start: int, at: int, names: tuple[Span, ...], score: float) -> BylineMatch | None:
    """Read what follows the names to the end of the line; None if something is left that no byline has."""
    role: Span | None = None
    outlet: Span | None = None
    for _ in range(6):
        rest = text[at:]
        if not rest.strip(" .,;:|()–—·•-"):
            words = role.of(text) if role else None
            if role and outlet is None:
                outlet = _outlet_in(text, role)
            return BylineMatch(start, len(text), names, words, role, outlet.of(text) if outlet else None, outlet, score)
        stamp = _stamp(text, at) or _handle(text, at)
        if stamp:
            at = stamp
            continue
        place = _PLACE.match(text, at)
        if place and place["place"][0].isupper() and len(place["place"].split()) <= 5:
            at = place.end()
            continue
        after = _AFTER.match(text, at)
        low = after.end() if after else at + len(rest) - len(rest.lstrip())
        piece = Span(low, low + len(re.split(r"[,|()\n;]|\s[–—-]+\s", text[low:], maxsplit=1)[0].rstrip()))
        if len(piece) == 0:
            return None
        words = piece.of(text)
        if named(words) or known_outlet(words):
            outlet = piece
        elif _is_role(words):
            role = piece
        elif not (after and after.group().strip() in ",|/(" and _plain_organisation(words)):
            return None
        else:
            outlet, score = piece, min(score, 0.8)
        at = piece.end
    return None


def _is_role(words: str) -> bool:
    return len(words.split()) <= 10 and bool(_lexicon().roles.search(words)) and not re.search(r"[.!?]\s", words)


def _plain_organisation(words: str) -> bool:
    tokens = words.split()
    return len(tokens) <= 5 and all(t[0].isupper() or t in ("of", "the", "and", "for", "&", "de") for t in tokens)


def _stamp(text: str, at: int) -> int | None:
    """Return where a date, with a word such as "updated" before it and a time behind it, ends."""
    lead = _STAMP.match(text, at)
    date = DATE.match(text, lead.end() if lead else at)
    if date:
        clock = _CLOCK.match(text, date.end())
        return clock.end() if clock else date.end()
    return None


def _handle(text: str, at: int) -> int | None:
    handle = _HANDLE.match(text, at)
    return handle.end() if handle and handle.end() > at else None


def _outlet_in(text: str, role: Span) -> Span | None:
    """Return the outlet that a role begins with: "BBC diplomatic correspondent"."""
    words = role.of(text)
    for cut in [m.start() for m in re.finditer(r"(?:[’']s)?\s", words)][::-1][:8]:
        piece = re.sub(r"^(?:the|for)\s", "", words[:cut])
        if named(piece) or known_outlet(piece) or (len(piece) <= 4 and piece.istitle() and named(piece.upper())):
            low = role.start + cut - len(piece)
            return Span(low, role.start + cut)
    tail = re.search(r"(?i:for|at|special to)\s{1,2}(?P<outlet>[A-Z].{1,50})$", words)
    return Span(role.start + tail.start("outlet"), role.end) if tail and _plain_organisation(tail["outlet"]) else None


def _signed(text: str, start: int) -> BylineMatch | None:
    """Return a byline without an opening word: names, then an agency or outlet that is known, and nothing else."""
    names, at = _names(text, start)
    if not names or text.endswith(":"):
        return None
    tail = re.compile(r"\s{0,3}(?:[,|/]|–|—|\s-\s|\()\s{0,3}(?P<outlet>[^|()\n]{2,60}?)\)?\s*$").match(text, at)
    if not tail:
        return None
    outlet = Span(*tail.span("outlet"))
    if named(outlet.of(text)) or known_outlet(outlet.of(text)):
        if "/" in tail.group()[:3] or "(" in tail.group()[:3]:
            return None
        return BylineMatch(start, len(text), names, None, None, outlet.of(text), outlet, 0.85)
    if _is_role(outlet.of(text)) and len(outlet.of(text).split()) <= 6 and not text.endswith("."):
        inner = _outlet_in(text, outlet)
        words = outlet.of(text)
        return BylineMatch(start, len(text), names, words, outlet, inner.of(text) if inner else None, inner, 0.7)
    return None
