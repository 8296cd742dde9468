"""A stretch of text cut into words and what stands between them, in a form that is quick to go through.

A word is a run of letters and digits; an apostrophe, a hyphen or an underscore parts two words. A word that follows
an apostrophe directly keeps it in its form ("Venezuela's" is ``venezuela`` and ``'s``), so that the s of a possessive
is never taken for a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

_SPLIT = re.compile(r"([^\W_]+)")
_GAP = re.compile(
    r"[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]{1,2}|[ \t\u00a0]{0,3}\r?\n[ \t\u00a0]{0,3}"
)
GLYPHS = re.compile("[\ufb00-\ufb06]")
"""The Latin ligature glyphs ff, fi, fl, ffi, ffl, long s t and st."""

_SPELT = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_APOSTROPHES = frozenset("'’")
_COMMA = frozenset(",;:")
_STOP = frozenset(".?!…")
_DASH = frozenset("-–—‐‑‒―")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words with their gaps: ``gaps[i]`` stands before ``words[i]``, and one gap more follows the last word."""

    words: list[str]
    """The words as they stand."""
    gaps: list[str]
    """What stands between them; one longer than ``words``."""
    forms: list[str]
    """The words in lower case, ligature glyphs resolved, with an apostrophe that parts them from the word before."""

    @staticmethod
    def of(text: str) -> Tokens:
        """Cut a text into words."""
        parts = _SPLIT.split(text)
        words, gaps = parts[1::2], parts[0::2]
        forms = list(map(str.lower, words))
        if GLYPHS.search(text):
            forms = list(map(spelt, forms))
        if "'" in text or "’" in text:
            forms = ["'" + w if g in _APOSTROPHES else w for g, w in zip(gaps, forms, strict=False)]
        return Tokens(words, gaps, forms)

    def starts(self) -> list[int]:
        """Return the offset of each word in the text."""
        ends = list(accumulate(n for g, w in zip(self.gaps, self.words, strict=False) for n in (len(g), len(w))))
        return ends[0::2]

    def before(self, i: int) -> str:
        """Return what stands before word ``i`` as the pair list knows it: a word's form or a mark for punctuation."""
        return self._form(i - 1) if i and self._joins(i) else _mark(self.gaps[i], last=True)

    def after(self, i: int) -> str:
        """Return what stands behind word ``i``, in the same way."""
        return (
            self._form(i + 1) if i + 1 < len(self.words) and self._joins(i + 1) else _mark(self.gaps[i + 1], last=False)
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield every pair of neighbours: each word with what stands before it, and with the punctuation behind it."""
        for i in range(len(self.words)):
            here = self._form(i)
            yield self.before(i), here
            after = self.after(i)
            if after in MARKS:
                yield here, after

    def _form(self, i: int) -> str:
        form = self.forms[i]
        return form if form.isalpha() or form[0] == "'" else NUMBER

    def _joins(self, i: int) -> bool:
        return self.gaps[i] in _APOSTROPHES or is_gap(self.gaps[i])


NUMBER = "0"
"""Stands for every word with a digit in it."""

MARKS = frozenset(",.-|")
"""What stands for punctuation in a pair: comma and the like, end of sentence, dash, anything else."""


def spelt(word: str) -> str:
    """Return the word with its ligature glyphs spelt out."""
    return word.translate(_SPELT)


def is_gap(between: str) -> bool:
    """Tell whether nothing but a little white space (at most one line break) stands there."""
    return between == " " or _GAP.fullmatch(between) is not None


def _mark(between: str, last: bool) -> str:
    signs = between.strip()
    sign = signs[-1 if last else 0] if signs else "."
    return "," if sign in _COMMA else "." if sign in _STOP else "-" if sign in _DASH else "|"
