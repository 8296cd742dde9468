"""The words of an utterance, and what turns one version of it into another."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?=n['’]t\b)|n['’]t\b|\w+|[%&]|(?<=\w)['’]\w+")
_GAP: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)|\.\s?\.\s?\.|…")
_SIGNS: Final = {"%": "percent", "&": "and"}
_ENDINGS: Final = ("ing", "ed", "es", "s")
_STEM: Final = 4
"""Letters that a word keeps at least when its ending is cut off."""
_NEARLY_WHOLE: Final = 0.8
"""Share of the longest version's words from which another is compared with the whole of it."""

Edit = tuple[Literal["replace", "delete", "insert"], int, int, int, int]
"""What is done, and the words of the one and of the other that it concerns, as in `rapidfuzz`."""


def folded(text: str) -> str:
    """Text without case and accents."""
    text = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(character for character in text if not unicodedata.combining(character))


def plain_words(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Words without case, accents and signs, and where they stand; "U.S." is one, "it's" two."""
    return [(_plain(match.group()), match.span()) for match in _WORD.finditer(text)]


def words_of(text: str) -> tuple[str, ...]:
    """The words alone."""
    return tuple(word for word, _ in plain_words(text))


@lru_cache(1 << 16)
def _plain(word: str) -> str:
    return _SIGNS.get(word) or folded(word).replace(".", "")


def segments(content: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Words that follow each other: pieces of a content, cut at an ellipsis and at what an editor put in brackets."""
    return tuple(words for piece in content for part in _GAP.split(piece) if (words := words_of(part)))


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word without the ending that number or tense gives it, roughly."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of one stand in the other, one behind the other."""
    return any(tuple(long[at : at + len(short)]) == tuple(short) for at in range(len(long) - len(short) + 1))


def edits(one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """What turns one sequence of words into another, with neighbouring changes put together.

    A much shorter one is compared with the place in the longer that is most like it.
    """
    start, end = 0, len(one)
    if len(other) < _NEARLY_WHOLE * len(one) and (best := fuzz.partial_ratio_alignment(list(other), list(one))):
        margin = len(other) // 2 + 1
        start, end = max(0, best.dest_start - margin), min(len(one), best.dest_end + margin)
    found: list[Edit] = []
    for op in Levenshtein.opcodes(one[start:end], other):
        a, b, c, d = op.src_start + start, op.src_end + start, op.dest_start, op.dest_end
        if op.tag == "equal":
            continue
        if found and found[-1][2] == a and found[-1][4] == c:
            _, a, _, c, _ = found.pop()
        found.append(("replace" if b > a and d > c else "insert" if d > c else "delete", a, b, c, d))
    return found


class Version:
    """The words of one version of a quotation, and where something is left out or put in."""

    def __init__(self, content: Sequence[str]) -> None:
        self._segments = segments(content)
        self.words = tuple(word for segment in self._segments for word in segment)

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Places between words, counted by the words before, at which it may lack some: both ends are such."""
        places, at = {0}, 0
        for segment in self._segments:
            at += len(segment)
            places.add(at)
        return frozenset(places)

    def altered_by(self, other: "Version") -> bool:
        """Whether another version has other words, or lacks some where it does not show it."""
        if _in_order(other._segments, self.words):
            return False
        return any(self._alters(edit, other) for edit in edits(self.words, other.words))

    def _alters(self, edit: Edit, other: "Version") -> bool:
        tag, a, _, c, _ = edit
        if tag == "delete":
            return c not in other.gaps
        return tag == "replace" or a not in self.gaps


def _in_order(parts: Sequence[Sequence[str]], words: Sequence[str]) -> bool:
    """Whether every part stands in the words as it is, one after the other."""
    at = 0
    for part in parts:
        found = next((i for i in _places(part, words) if i >= at), None)
        if found is None:
            return False
        at = found + len(part)
    return True


def _places(part: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    return (i for i in range(len(words) - len(part) + 1) if tuple(words[i : i + len(part)]) == tuple(part))
