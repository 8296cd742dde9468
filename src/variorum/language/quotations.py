"""What stands in quotation marks: all kinds of marks, nested, unbalanced, and mixed with apostrophes.

Which marks open, which close and which are apostrophes is decided for a whole paragraph at once: every reading of its
marks has a cost (a closing mark with a blank before it, an opening one that nothing closes), and the cheapest reading
is taken. A quotation that a paragraph leaves open goes on in the next one if that begins with a mark that opens; no
other reaches over the end of its paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import regex

from variorum.language.lists import lines_of
from variorum.language.pieces import Pieces

_MARK: Final = regex.compile(r"``|''|[\"'“”„‟‘’‚‛«»‹›`´′″＂「」『』]")
_WORD: Final = regex.compile(r"\p{L}+")
_BREAK: Final = regex.compile(r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])[^\S\n\r]*")
_FINAL: Final = ".!?:…”\"’')»]"
_SENTENCE_END: Final = regex.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)")

OUTSIDE, INSIDE, OPENS, CLOSES = range(4)
"""States of a piece, see `states_of`."""

_FAMILY: Final = {
    **dict.fromkeys(("“", "”", '"', "„", "‟", "＂", "``", "''", "″"), '"'),
    **dict.fromkeys(("‘", "’", "'", "‚", "‛", "`", "´", "′"), "'"),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("‹›", "‹"),
    **dict.fromkeys("「」", "「"),
    **dict.fromkeys("『』", "『"),
}
"""Marks that can close one another."""

_OPENERS: Final = frozenset(("“", "„", "‟", "``", "‘", "‚", "‛", "`", "«", "‹", "「", "『"))
_CLOSERS: Final = frozenset(("”", "''", "’", "´", "»", "›", "」", "』"))

NEVER: Final = 1e3
AGAINST: Final = 2.0
"""Cost of taking a mark that can only open for one that closes, or the other way."""
GLUED: Final = 2.0
"""Cost of a mark with a word on its outer side."""
LOOSE: Final = 3.0
"""Cost of a mark with a blank on its inner side."""
MISPLACED: Final = 2.5
"""Most that blanks in wrong places cost where the mark itself tells whether it opens or closes."""
STRAY: Final = 3.0
"""Cost of a mark that belongs to nothing."""
OPEN_END: Final = 2.2
"""Cost of a quotation that its paragraph leaves open."""
SAME_KIND: Final = 4.0
"""Cost of a quotation inside of another with the same marks."""
DEEPEST: Final = 3
_BEAM: Final = 24


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of text in quotation marks, with its marks."""

    start: int
    """Offset of the opening mark, in code points."""
    end: int
    """After the closing mark; where there is none, after the last word of what is quoted."""
    inner_start: int
    inner_end: int
    """The words without their marks."""
    depth: int
    """0, or the number of quotations around it."""
    closed: bool
    """Whether there is a closing mark."""
    continues: bool
    """Whether it goes on where the paragraph before left off."""

    @property
    def inner(self) -> tuple[int, int]:
        """The words without their marks, as a span."""
        return self.inner_start, self.inner_end


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str
    family: str
    costs: tuple[float, float, float]
    """As one that opens, one that closes, neither."""


@dataclass(frozen=True, slots=True)
class _Reading:
    cost: float
    stack: tuple[int, ...]
    """Marks that are open."""
    roles: tuple[Literal[-1, 0, 1] | int, ...]
    """For each mark: the mark that it closes, -1 where it opens, -2 where it is no mark of a quotation."""


_OPEN, _NONE = -1, -2


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, by line breaks; a break inside of a sentence, as in wrapped lines, does not end one."""
    start = 0
    for found in _BREAK.finditer(text):
        before, after = text[start : found.start()].rstrip(), text[found.end() : found.end() + 1]
        if before and before[-1] not in _FINAL and (after.islower() or after.isdigit()):
            continue
        if before:
            yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def quotations_of(text: str) -> tuple[Quotation, ...]:
    """What stands in quotation marks, in the order of the text; outer quotations before those inside of them."""
    found: list[Quotation] = []
    left_open = False
    paragraphs = list(paragraphs_of(text))
    for number, (start, end) in enumerate(paragraphs):
        marks = [_mark(text, start, end, match) for match in _MARK.finditer(text, start, end)]
        marks = [mark for mark in marks if mark.costs[2] > 0]
        if not marks:
            left_open = False
            continue
        goes_on = number + 1 < len(paragraphs) and _begins_with_mark(text, *paragraphs[number + 1])
        first = text[start : marks[0].start].strip() == ""
        roles = _cheapest(marks, goes_on)
        own = list(_built(text, end, marks, roles, goes_on, continues=left_open and first))
        found += own
        left_open = goes_on and any(not quotation.closed and quotation.end >= _last(text, end) for quotation in own)
    return tuple(sorted(found, key=lambda quotation: (quotation.start, -quotation.end)))


def states_of(pieces: Pieces, quotations: tuple[Quotation, ...]) -> npt.NDArray[np.int64]:
    """Whether each piece stands outside of quotation marks, inside, or is a mark that opens or closes."""
    states = np.zeros(len(pieces), dtype=np.int64)
    for quotation in quotations:
        low, opened, closed, high = np.searchsorted(
            pieces.starts, [quotation.start, quotation.inner_start, quotation.inner_end, quotation.end]
        ).tolist()
        states[low:opened] = OPENS
        states[opened:closed] = np.maximum(states[opened:closed], INSIDE)
        if quotation.closed:
            states[closed:high] = CLOSES
    return states


def _last(text: str, end: int) -> int:
    """End of the last word before an offset."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _begins_with_mark(text: str, start: int, end: int) -> bool:
    begin = text[start : min(end, start + 8)].lstrip()
    return bool(begin) and (begin[0] in '"“„«‘‹「' or (begin[0] == "'" and begin[1:2].isupper()))


def _elided(text: str, at: int) -> bool:
    """Whether a word that begins here is one that drops its beginning: 'em, '90s."""
    if text[at : at + 2].isdigit() and not text[at + 2 : at + 3].isdigit():
        return True
    word = _WORD.match(text, at)
    return word is not None and word.group().lower() in lines_of("elisions.txt")


def _mark(text: str, start: int, end: int, match: "regex.Match[str]") -> _Mark:
    low, high = match.span()
    sign = match.group()
    before = text[low - 1] if low > start else " "
    after = text[high] if high < end else " "
    word_before, word_after = before.isalnum() or before in "%$€£", after.isalnum() or after in "$€£#@"
    opens = 0.0 if not word_before else GLUED
    opens += LOOSE if after.isspace() or after in ",;.!?)" else 0
    opens = opens + AGAINST if sign in _CLOSERS else min(opens, MISPLACED) if sign in _OPENERS else opens
    closes = 0.0 if not word_after else GLUED
    closes += LOOSE if before.isspace() or before in "([" else 0
    closes = closes + AGAINST if sign in _OPENERS else min(closes, MISPLACED) if sign in _CLOSERS else closes
    if before.isspace() and after.isspace():
        opens, closes = opens - 1.5, closes - 1.5
    if sign in "„‚«‹「『" or sign in "»›":
        closes = 0.5 if sign in "„‚" else closes
        return _Mark(low, high, sign, _FAMILY[sign], (opens, closes, STRAY))
    family = _FAMILY[sign]
    if family == '"':
        inches = before.isdigit() and sign in '"″'
        return _Mark(low, high, sign, family, (opens, closes, 1.0 if inches else STRAY))
    around = text[max(0, low - 2) : low], text[high : high + 2]
    if (word_before and word_after) or any(
        n.lower().strip("'‘’") == "n" and len(n) == 2 for n in around
    ):  # rock 'n' roll
        rest = 0.0
    elif word_before:
        rest = 0.2 if before.isdigit() else 0.3 if before in "sSzx" else 1.6
    elif word_after and _elided(text, high):
        rest = 0.2
    else:
        rest = STRAY
    return _Mark(low, high, sign, family, (opens, closes, rest))


def _cheapest(marks: list[_Mark], goes_on: bool) -> tuple[int, ...]:
    """The role of each mark in the cheapest reading of a paragraph, by a search with a beam."""
    readings = [_Reading(0.0, (), ())]
    for number, mark in enumerate(marks):
        opens, closes, rest = mark.costs
        following: dict[tuple[int, ...], _Reading] = {}
        for reading in readings:
            for option in _options(marks, reading, number, mark, opens, closes, rest):
                kept = following.get(option.stack)
                if kept is None or option.cost < kept.cost:
                    following[option.stack] = option
        readings = sorted(following.values(), key=lambda reading: (reading.cost, reading.stack))[:_BEAM]
    return min(readings, key=lambda reading: (reading.cost + _unclosed(marks, reading, goes_on), reading.stack)).roles


def _options(
    marks: list[_Mark], reading: _Reading, number: int, mark: _Mark, opens: float, closes: float, rest: float
) -> Iterator[_Reading]:
    yield _Reading(reading.cost + rest, reading.stack, (*reading.roles, _NONE))
    if len(reading.stack) < DEEPEST:
        again = any(marks[i].family == mark.family for i in reading.stack)
        cost = reading.cost + opens + (SAME_KIND if again else 0)
        yield _Reading(cost, (*reading.stack, number), (*reading.roles, _OPEN))
    for depth in range(len(reading.stack) - 1, -1, -1):
        opener = marks[reading.stack[depth]]
        if opener.family != mark.family or mark.start == opener.end:
            continue
        cost = closes
        if opener.sign in "„‚" and mark.sign in "“‘":
            cost = max(0.0, closes - AGAINST)
        if (opener.sign in "»›") == (mark.sign in "»›") and mark.family in "«‹":
            cost += AGAINST
        cost += OPEN_END * (len(reading.stack) - 1 - depth)
        yield _Reading(reading.cost + cost, reading.stack[:depth], (*reading.roles, reading.stack[depth]))


def _unclosed(marks: list[_Mark], reading: _Reading, goes_on: bool) -> float:
    cost = 0.0
    for depth, number in enumerate(reading.stack):
        single = marks[number].family == "'"
        cost += 0.2 if goes_on and depth == 0 and not single else OPEN_END + single
    return cost


def _built(
    text: str, end: int, marks: list[_Mark], roles: tuple[int, ...], goes_on: bool, *, continues: bool
) -> Iterator[Quotation]:
    closed_by = {opener: number for number, opener in enumerate(roles) if opener >= 0}
    reach: list[int] = []
    for number, (mark, role) in enumerate(zip(marks, roles, strict=True)):
        if role != _OPEN:
            continue
        while reach and reach[-1] <= mark.start:
            reach.pop()
        resumed = continues and number == 0
        if number in closed_by:
            closer = marks[closed_by[number]]
            inner_end, stop, closed = closer.start, closer.end, True
        else:
            stop = _limit(text, mark, reach[-1] if reach else end, goes_on=goes_on or resumed)
            stop = min(stop, *(marks[i].start for i in range(number + 1, len(marks)) if roles[i] == _OPEN), stop)
            inner_end, closed = stop, False
        inner_start = _after_blanks(text, mark.end, inner_end)
        inner_end = _last(text, inner_end)
        if inner_end <= inner_start:
            continue
        yield Quotation(mark.start, stop if closed else inner_end, inner_start, inner_end, len(reach), closed, resumed)
        reach.append(stop)


def _after_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _limit(text: str, mark: _Mark, end: int, *, goes_on: bool) -> int:
    """Where a quotation ends that nothing closes: with its paragraph if it goes on, else with its sentence."""
    if goes_on:
        return _last(text, end)
    found = _SENTENCE_END.search(text, mark.end, end)
    return found.end() if found else _last(text, end)
