"""A base text with an apparatus: below each sentence, what other witnesses have instead.

The form is that in which editors print the witnesses of an old text: the words of the base, a bracket, what others have
and who they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from variorum.publishing.side_by_side import lines_of
from variorum.publishing.witnesses import SEVERITIES, SIGLA, Compared, Stretch, Text, gravest_first, overlap

if TYPE_CHECKING:
    from variorum.edition.copies import Difference, Shared

COVERED = 0.2
"""Share of a sentence that a witness must have for it not to count as lacking."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’»)\]]*\s+(?=[“\"‘«(\[]*[^\W\d_a-zß-öø-ÿ]|[“\"‘«(\[]*\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What some witnesses have where the base text has something else."""

    lemma: str
    """The words of the base text; empty where it has none."""
    words: str
    """Theirs; empty where they have none."""
    sigla: tuple[str, ...]
    """Which witnesses."""
    gravest: Difference
    """The gravest of the differences that it stands for."""
    differences: tuple[Difference, ...]
    """All of them, in the order of the sigla."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the base text with its apparatus."""

    start: int
    """Its first code point."""
    pieces: Sequence[tuple[str, str]]
    """Its words, cut up where witnesses differ; each with the gravest severity, empty for words that all have."""
    readings: Sequence[Reading]
    """What others have instead, in the order of the text."""
    lacking: tuple[str, ...]
    """Sigla of the witnesses that lack it."""

    @property
    def varied(self) -> bool:
        """Whether any witness differs."""
        return bool(self.readings or self.lacking)


def apparatus(
    base: Text, others: Sequence[Compared], sentences: Sequence[Stretch] | None = None
) -> list[list[Sentence]]:
    """Return the paragraphs of a base text, sentence by sentence, with what ``others`` have instead.

    A difference belongs to the sentence in which it begins; what a witness adds, to the one that it follows there.
    """
    spans = [span for span in sentences or sentences_of(base.text) if not _within(span, base.aside)]
    told: list[list[tuple[str, Difference]]] = [[] for _ in spans]
    for siglum, other in zip(SIGLA[1:], others, strict=False):
        for difference in other.differences:
            at = _sentence_at(spans, _anchor(difference, other.shared))
            if at is not None:
                told[at].append((siglum, difference))
    paragraphs: list[list[Sentence]] = []
    end = 0
    for span, found in zip(spans, told, strict=True):
        lacking = [s for s, other in zip(SIGLA[1:], others, strict=False) if _lacks(span, base.text, other)]
        if not paragraphs or "\n" in base.text[end : span[0]]:
            paragraphs.append([])
        pieces = _cut(base.text, span, [difference for _, difference in found])
        paragraphs[-1].append(Sentence(span[0], pieces, _readings(found), tuple(lacking)))
        end = span[1]
    return paragraphs


def sentences_of(text: str) -> list[Stretch]:
    """Return sentences by their signs alone: for texts that no parser has read. An abbreviation can cut one in two."""
    found = []
    for line in lines_of(text, (0, len(text))):
        start = line[0]
        for gap in _SENTENCE_END.finditer(text, *line):
            end = gap.start() + len(gap.group().rstrip())
            found.append((start, end))
            start = gap.end()
        found.append((start, line[1]))
    return found


def _within(span: Stretch, others: Iterable[Stretch]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _anchor(difference: Difference, shared: Iterable[Shared]) -> int:
    """Return the code point of the base text that a difference belongs to."""
    if difference.a_span:
        return difference.a_span[0]
    added = difference.b_span[0] if difference.b_span else 0
    before = [(passage.b, passage.a) for passage in shared if passage.b[0] <= added]
    return max(before)[1][1] - 1 if before else 0


def _sentence_at(spans: Sequence[Stretch], at: int) -> int | None:
    """Return the last sentence that begins at or before a code point; the first one if none does."""
    if not spans:
        return None
    return max(0, bisect_left(spans, (at + 1,)) - 1)


def _lacks(span: Stretch, text: str, other: Compared) -> bool:
    """Tell whether a witness lacks a sentence, and no difference says so."""
    if not other.shared:
        return False
    if any(d.b_span is None and d.a_span and overlap(d.a_span, span) for d in other.differences):
        return False
    held = sum(_letters(text[max(s.a[0], span[0]) : min(s.a[1], span[1])]) for s in other.shared if overlap(s.a, span))
    return held < COVERED * _letters(text[slice(*span)])


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)


def _cut(text: str, span: Stretch, differences: Iterable[Difference]) -> list[tuple[str, str]]:
    marks = [(max(d.a_span[0], span[0]), min(d.a_span[1], span[1]), d.severity) for d in differences if d.a_span]
    edges = sorted({*span, *(start for start, _, _ in marks), *(end for _, end, _ in marks)})
    found = []
    for first, last in pairwise(edges):
        on = [severity for start, end, severity in marks if start <= first and last <= end]
        found.append((text[first:last], min(on, key=SEVERITIES.index, default="")))
    return found


def _readings(found: Iterable[tuple[str, Difference]]) -> list[Reading]:
    """Return the readings of a sentence in the order of the text; those that agree are one."""
    alike: dict[tuple[Stretch | None, str, str], list[tuple[str, Difference]]] = {}
    for siglum, difference in found:
        words = " ".join(difference.b_words.split()).casefold()
        alike.setdefault((difference.a_span, words, difference.kind), []).append((siglum, difference))
    groups = sorted(alike.items(), key=lambda one: (one[0][0] or (1 << 60, 0), one[0][1], one[0][2]))
    return [
        Reading(
            lemma=some[0][1].a_words,
            words=some[0][1].b_words,
            sigla=tuple(dict.fromkeys(siglum for siglum, _ in some)),
            gravest=gravest_first(difference for _, difference in some)[0],
            differences=tuple(difference for _, difference in some),
        )
        for _, some in groups
    ]
