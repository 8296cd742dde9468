"""Hyphens that a line end has left inside words ("govern- ment"), and soft hyphens.

Whether the hyphen goes ("government") or stays ("re-election") is told by which form the word list has oftener. A
hyphen that stands for a part left out ("pre- and post-war"), and one that stands for a dash, are no breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.reading.mending import lexicon
from variorum.reading.mending.found import Found
from variorum.reading.mending.joins import Vocabulary
from variorum.reading.mending.lexicon import STEPS

SOFT = "\u00ad"
"""The soft hyphen: a mark where a line may end, which is not read."""

KEPT = 0.95
"""Score of a hyphen that stays where no list has the compound, only its parts: right in 95 of 100 such places."""

MARGIN = 0 * STEPS
"""Classes by which a word must be likelier than its two parts side by side, for a hyphen before a space."""

MARGIN_AT_LINE_END = -8 * STEPS
"""The same for a hyphen before a line break, where a hyphen is expected."""

MARGIN_BEFORE_FUNCTION = 12 * STEPS
"""The same where the second part is a function word: "televisi- on", but not "high- and"."""

COMPOUND = 3 * STEPS
"""Classes by which a compound may be rarer than the word without hyphen and still be kept: the hyphen is there, after
all."""

_SOFT = re.compile(r"(?:\u00ad(?:[ \t]{0,3}\r?\n[ \t]{0,3})?[^\W\d_]+)+")
_BREAK = re.compile(r"[-\u2010\u2011\u00ac]([ \t\u00a0\u200b]{1,3}|[ \t\u00a0]{0,3}\r?\n[ \t\u00a0]{0,3})(?=[^\W\d_])")
_HEAD = re.compile(r"(?<![\w@#/.&'’-])[^\W\d_]+(?:-[^\W\d_]+){0,4}$")
_TAIL = re.compile(r"[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,3}(?![\w@]|-\s)")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){1,5}(?![\w-])")
_REACH = 60
"""Code points before the hyphen in which its word must start."""

_FUNCTION = 21 * STEPS
"""Class of the fifty commonest words: what stands behind a dash or a part left out, hardly ever the end of a
compound."""


def find(text: str, vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield the words with a hyphen left from a line end, in order; ``text`` is one stretch of the document."""
    yield from _soft(text)
    compounds: set[str] | None = None
    at = 0
    for match in _BREAK.finditer(text):
        low = max(at, match.start() - _REACH)
        head = _HEAD.search(text, low, match.start())
        tail = _TAIL.match(text, match.end())
        if head is None or tail is None or (head.start() == low > at):
            continue
        if compounds is None:
            compounds = {m.group().lower() for m in _COMPOUND.finditer(text)}
        found = _decide(head, tail, "\n" in match.group(1), vocabulary, compounds)
        if found is not None:
            yield found
            at = found.end


def _soft(text: str) -> Iterator[Found]:
    at = 0
    if SOFT not in text:
        return
    for match in _SOFT.finditer(text):
        start = match.start()
        while start > at and text[start - 1].isalpha():
            start -= 1
        at = match.end()
        if start < match.start():
            word = "".join(c for c in text[start:at] if c.isalpha())
            yield Found(start, at, word, "hyphen", 0.99, "a soft hyphen marks where a line may end")


def _decide(
    head: re.Match[str], tail: re.Match[str], line_end: bool, vocabulary: Vocabulary, compounds: set[str]
) -> Found | None:
    """Return the mended word, with or without its hyphen, or None where the hyphen is no break."""
    known = lexicon.words()
    first, second = head.group().rpartition("-")[2], tail.group().partition("-")[0]
    low = second.lower()
    whole = f"{head.group()}-{tail.group()}"
    pair = f"{first}-{second}"
    joined = _class((first + second).lower(), vocabulary.own)
    compound = max(_class(form.lower(), compounds) for form in (whole, pair))
    stuttered = not line_end and min(len(first), len(second)) < 2
    suspended = known.get(low, 0) >= _FUNCTION or low in lexicon.small("links")
    margin = joined - known.get(first.lower(), 0) - known.get(low, 0) + lexicon.CERTAIN
    bar = MARGIN_BEFORE_FUNCTION if suspended else MARGIN_AT_LINE_END if line_end else MARGIN
    fits = second.islower() or (first.isupper() and second.isupper() and len(first) > 1)
    if fits and not stuttered and joined >= 0 and joined > compound + COMPOUND and margin > bar:
        reason = f"“{first + second}” is a word; the hyphen is left from a line end"
        return Found(head.end() - len(first), tail.start() + len(second), first + second, "hyphen", 0.99, reason)
    if compound >= 0 and len(second) > 1:
        reason = f"“{whole}” is written with a hyphen and without a space"
        return Found(head.start(), tail.end(), whole, "hyphen", 0.99, reason)
    if line_end and not suspended and second.islower() and first.lower() in known and low in known:
        reason = "the line ends at a hyphen between two words"
        return Found(head.start(), tail.end(), whole, "hyphen", KEPT, reason)
    return None


def _class(form: str, own: set[str]) -> int:
    """Return the class of a word or compound; -1 for one that neither the list nor the document has."""
    return lexicon.words().get(form, 0 if form in own else -1)
