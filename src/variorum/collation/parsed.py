"""A witness cut into sentences and words, with what stands in quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import add
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from variorum.collation.findings import Stretch, Witness
from variorum.collation.meanings import Vector, is_common, sentence_vectors, weight
from variorum.collation.words import Word, is_function_word, stem, words_of
from variorum.language.lists import lines_of
from variorum.language.quotations import quotations_of

LONGEST_QUOTATION: Final = 5_000
"""Code points of a quotation that is believed; a longer one has lost its end."""
FUNCTION_WORD: Final = 0.05
"""What a word tells that says little."""
LONGEST_SENTENCE: Final = 120
"""Words; lists and tables without points are cut after so many."""

_GAPS: Final = frozenset((" ", "-", "\u00ad", "\n", "- ", "-\n"))
"""What stands between the pieces of a broken word."""
_PARAGRAPH: Final = regex.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_BREAK: Final = regex.compile(r"\n")
_END: Final = regex.compile(
    r"""[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[\p{Lu}\p{Lo}\d])|[\"”»](?=\s+[“«]?\p{Lu}\p{Ll}+\s\p{Lu})""", regex.VERBOSE
)
_LAST_WORD: Final = regex.compile(r"(\S+?)[.]$")
_INITIALS: Final = regex.compile(r"(?:\p{L}\.)*\p{L}$")
_LOST_OPENING: Final = regex.compile(r"(?<![^\s(\[])\ufffd+(?=[\p{L}\d$])")
_LOST_CLOSING: Final = regex.compile(r"(?<=[^\s\ufffd])\ufffd+(?![^\s.,;:!?)\]])")


@dataclass(frozen=True, eq=False)
class Parsed:
    """A witness as it is compared; sentences are ranges of its words."""

    witness: Witness
    words: tuple[Word, ...]
    sentences: tuple[range, ...]
    paragraphs: tuple[int, ...]
    """For each sentence, the number of its paragraph."""
    quotes: tuple[Stretch, ...]
    """What stands in quotation marks, without the marks, in order; those inside of others are left out."""
    broken: int = 0
    """Words that it breaks apart and another witness has whole."""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of the words."""
        return tuple(word.form for word in self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words."""
        return tuple(map(stem, self.forms))

    @cached_property
    def stem_numbers(self) -> dict[str, int]:
        """The stems, each once, numbered in the order in which they come."""
        return {one: n for n, one in enumerate(dict.fromkeys(self.stems))}

    @cached_property
    def numbered(self) -> npt.NDArray[np.int64]:
        """The number of the stem of each word."""
        return np.array([self.stem_numbers[one] for one in self.stems], np.int64)

    @cached_property
    def values(self) -> npt.NDArray[np.float32]:
        """What each word tells, 0 to 1; words that say little next to nothing."""
        return np.array([FUNCTION_WORD if is_function_word(form) else weight(form) for form in self.forms], np.float32)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The forms, each once."""
        return frozenset(self.forms)

    @cached_property
    def wholes(self) -> frozenset[str]:
        """What two or three words in a row make if they are put together."""
        twos = list(map(add, self.forms, self.forms[1:]))
        return frozenset(twos).union(map(add, twos, self.forms[2:]))

    def breaks(self, whole: str) -> Iterator[range]:
        """Two or three words of a sentence that make a word, with nothing but a blank or a hyphen between them."""
        text = self.witness.text
        for sentence in self.sentences:
            for at in sentence:
                for stop in range(at + 2, min(at + 4, sentence.stop + 1)):
                    if whole.startswith(self.forms[at]) and whole == "".join(self.forms[at:stop]):
                        gaps = (text[self.words[i].end : self.words[i + 1].start] for i in range(at, stop - 1))
                        if _GAPS.issuperset(gaps):
                            yield range(at, stop)

    @cached_property
    def sentence_of(self) -> npt.NDArray[np.int64]:
        """The number of the sentence that each word stands in."""
        return np.repeat(np.arange(len(self.sentences)), self.lengths)

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """Words of each sentence."""
        return np.array([len(sentence) for sentence in self.sentences], np.int64)

    @cached_property
    def quoted(self) -> npt.NDArray[np.bool_]:
        """Of each word, whether it stands in quotation marks."""
        found = np.zeros(len(self.words), np.bool_)
        starts = [word.start for word in self.words]
        for start, end in self.quotes:
            found[bisect_left(starts, start) : bisect_left(starts, end)] = True
        return found

    @cached_property
    def vectors(self) -> Vector:
        """The meaning of each sentence."""
        return sentence_vectors([[self.forms[i] for i in sentence] for sentence in self.sentences])

    @cached_property
    def lower(self) -> frozenset[str]:
        """Forms that the text also writes without a capital."""
        return frozenset(word.form for word in self.words if not word.capital)

    @cached_property
    def names(self) -> tuple[bool, ...]:
        """Of each word, whether it is part of a name: written with a capital where only names are."""
        inner = Counter(
            self.words[i].form for sentence in self.sentences for i in list(sentence)[1:] if self._plainly_capital(i)
        )
        first = {sentence.start for sentence in self.sentences if len(sentence)}
        return tuple(
            word.capital
            and word.value is None
            and not is_function_word(word.form)
            and (i not in first or (word.form not in self.lower and (inner[word.form] > 0 or not is_common(word.form))))
            for i, word in enumerate(self.words)
        )

    def _plainly_capital(self, i: int) -> bool:
        return self.words[i].capital and not self._opens_quotation(i)

    def _opens_quotation(self, i: int) -> bool:
        before = self.witness.text[max(0, self.words[i].start - 1) : self.words[i].start]
        return before in ("“", '"', "«", "‘")

    def span(self, words: range) -> Stretch:
        """Where a range of words stands in the text."""
        return self.words[words.start].start, self.words[words.stop - 1].end


def of_witness(parsed: Parsed, witness: Witness) -> Parsed:
    """The same words as those of another witness with the same text; what was worked out of them is kept."""
    made = replace(parsed, witness=witness)
    made.__dict__.update({key: value for key, value in parsed.__dict__.items() if key not in made.__dict__})
    return made


def parsed(witness: Witness) -> Parsed:
    """Cut a witness into sentences and words."""
    text = marks_restored(witness.text)
    words = words_of(witness.text)
    sentences, paragraphs = _sentences(text, words)
    quotes = tuple(
        quotation.inner
        for quotation in quotations_of(text)
        if quotation.depth == 0 and quotation.inner_end - quotation.inner_start <= LONGEST_QUOTATION
    )
    return Parsed(witness, words, sentences, paragraphs, quotes)


def rejoined(parsed: Parsed, forms: frozenset[str]) -> Parsed:
    """The witness with words that it breaks apart put together.

    They are put together where another witness writes them as one; `forms` are those of the other.
    """
    found = [
        join
        for whole in (parsed.wholes & forms) - parsed.vocabulary
        for join in parsed.breaks(whole)
        if not forms.issuperset(parsed.forms[join.start : join.stop])
    ]
    joins: list[range] = []
    for join in sorted(found, key=lambda join: (join.start, -join.stop)):
        if not joins or join.start >= joins[-1].stop:
            joins.append(join)
    if not joins:
        return parsed
    words: list[Word] = []
    place = [0] * (len(parsed.words) + 1)
    starts = {join.start: join for join in joins}
    at = 0
    while at < len(parsed.words):
        join = starts.get(at, range(at, at + 1))
        first, last = parsed.words[join.start], parsed.words[join.stop - 1]
        form = "".join(parsed.forms[join.start : join.stop])
        for i in join:
            place[i] = len(words)
        words.append(first if len(join) == 1 else Word(first.start, last.end, form, first.capital))
        at = join.stop
    place[-1] = len(words)
    sentences = tuple(range(place[one.start], place[one.stop]) for one in parsed.sentences)
    return Parsed(parsed.witness, tuple(words), sentences, parsed.paragraphs, parsed.quotes, len(joins))


def marks_restored(text: str) -> str:
    """The text with quotation marks where a conversion left replacement characters; of the same length."""
    if "\ufffd" not in text:
        return text
    text = _LOST_OPENING.sub(lambda match: "“" + " " * (len(match[0]) - 1), text)
    text = _LOST_CLOSING.sub(lambda match: "”" + " " * (len(match[0]) - 1), text)
    return text.replace("\ufffd", "’")


@lru_cache(1)
def _abbreviations() -> frozenset[str]:
    return frozenset(word.lower().removesuffix(".") for line in lines_of("abbreviations.txt") for word in line.split())


def _breaks(text: str) -> list[int]:
    """Offsets at which paragraphs end.

    At empty lines, and at line breaks of a text whose lines are not cut to a width.
    """
    found = [match.start() for match in _PARAGRAPH.finditer(text)]
    lines = [line for line in text.split("\n") if line.strip()]
    ending = sum(line.rstrip()[-1] in ".!?…”\"’'»:" for line in lines)
    if lines and ending * 2 >= len(lines):
        found += [match.start() for match in _LINE_BREAK.finditer(text)]
    return sorted(set(found))


def _sentences(text: str, words: tuple[Word, ...]) -> tuple[tuple[range, ...], tuple[int, ...]]:
    breaks = _breaks(text)
    ends = sorted({*breaks, *(match.end() for match in _END.finditer(text) if _is_end(text, match))})
    starts = [word.start for word in words]
    sentences: list[range] = []
    paragraphs: list[int] = []
    first = 0
    for end in (*ends, len(text) + 1):
        last = bisect_left(starts, end, first)
        while first < last:
            cut = min(last, first + LONGEST_SENTENCE) if last - first > 2 * LONGEST_SENTENCE else last
            sentences.append(range(first, cut))
            paragraphs.append(bisect_left(breaks, words[first].start))
            first = cut
    return tuple(sentences), tuple(paragraphs)


def _is_end(text: str, match: regex.Match[str]) -> bool:
    """Whether the mark ends a sentence, and is not the point of an abbreviation or of initials."""
    if match[0][0] != ".":
        return True
    before = text[max(0, match.start() - 24) : match.start()]
    last = before.split()[-1] if before.split() else ""
    last = last.lstrip("(\"'“‘[")
    return not (
        last.lower() in _abbreviations() or (_INITIALS.fullmatch(last) and match[0] == "." and last[0].isupper())
    )
