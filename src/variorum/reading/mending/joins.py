"""Places where neighbouring words may be the pieces of one, and what speaks for it.

A place is worth a look if the joined word is known, from the word list or from elsewhere in the document, and is not
far rarer than its pieces would be side by side. What speaks for and against it is put in numbers, in bits where it
can be: the frequencies of the pieces and of the whole, how well the neighbours go with either, how often the pieces
stand together. :mod:`variorum.reading.mending.weighing` adds them up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress, count, pairwise, repeat
from math import log2
from operator import add

from variorum.reading.mending import lexicon
from variorum.reading.mending.lexicon import CERTAIN, STEPS
from variorum.reading.mending.tokens import Tokens, is_gap

PIECES = 4
"""Most pieces that one word is put together from."""

LONGEST = 40
"""Letters of the longest joined word."""

FLOOR = -2 * STEPS
"""Least margin, in classes, by which a joined word is looked at: even good neighbours don't make up for less."""

FLOOR_LOST = 10 * STEPS
"""The same, where a lost ligature has to be put in."""

ENGLISH = 0.2
"""Least share of common English words in a document: news has .34 to .6, other languages .13 at most."""

LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
"""Letters that a lost glyph may have stood for ("identi ed")."""

_WEAK = 27
"""Class (11,000 in a thousand million) below which a word may be one of three pieces or stand by a lost ligature."""

_COMMON = 18 * STEPS
"""Class of the four hundred commonest words of English."""

_LETTERS = frozenset("bcdefghjklmnopqrstuvwxyz")
"""Letters that are no words."""

_UNKNOWN = 0
"""Class that a word counts for that is not in the list."""

_NEVER = -10_000
_ADDRESS = frozenset("@#/\\_=&+~%")
_HYPHEN_BREAK = re.compile(r"-\s")
_WINDOW = 8
"""Words on each side that tell whether the surroundings are English prose."""

FEATURES = (
    "margin",  # bits by which the joined word is likelier than its pieces, each on its own
    "compound margin",  # the same, where the pieces are known words of three letters or more: "battle ground"
    "compound",  # 1 for such pieces
    "pair",  # bits by which the pieces stand side by side more often than by chance
    "left",  # bits by which the word before goes better with the joined word than with the first piece
    "right",  # bits by which the word behind goes better with the joined word than with the last piece
    "unknown",  # pieces that are in no list, in lower case
    "unknown names",  # the same, with a capital
    "letters",  # pieces of one letter, other than a and I
    "pieces",  # pieces beyond two
    "from document",  # 1 if only the document itself has the joined word
    "seen",  # log2 of 1 and the times that the document has the joined word
    "pieces seen",  # log2 of the times that it has the rarer piece
    "length",  # letters of the joined word, up to 20
    "shortest",  # letters of the shortest piece, up to 6
    "capitals",  # 1 if all is in capitals
    "lost",  # 1 if a ligature has to be put between the pieces
)
"""What speaks for and against a join; the order is that of :attr:`Join.features`."""


@dataclass(frozen=True, slots=True)
class Join:
    """Pieces that may be one word."""

    first: int
    """Index of the first piece."""
    last: int
    """Index of the last piece."""
    lost: str
    """Letters of a lost ligature between the two pieces; mostly none."""
    own: bool
    """Whether the joined word is known from the document alone."""
    features: tuple[float, ...]
    """What speaks for and against it, in the order of :data:`FEATURES`."""


@cache
def _common() -> frozenset[str]:
    """Return the words that tell English from other languages."""
    return frozenset(w for w, c in lexicon.words().items() if c >= _COMMON and len(w) > 1) - lexicon.small("shared")


class Vocabulary:
    """How often each word stands in a document, which of them no list has, and whether it is in English."""

    def __init__(self, stretches: Iterable[Tokens]) -> None:
        known = lexicon.words()
        self.counts: Counter[str] = Counter()
        handles: set[str] = set()
        for tokens in stretches:
            self.counts.update(tokens.forms)
            handles.update(f for g, f in zip(tokens.gaps, tokens.forms, strict=False) if g.endswith(("@", "#")))
        common = sum(map(self.counts.get, _common(), repeat(0)))
        self.english = common >= ENGLISH * (self.counts.total() - _WINDOW * 4)
        self.own = {w for w in set(self.counts).difference(known, handles) if len(w) >= 4 and w.isalpha()}


def find(tokens: Tokens, vocabulary: Vocabulary) -> Iterator[Join]:
    """Yield the joins that are worth a look, in the order of their first pieces."""
    for first, last, lost in _places(tokens, vocabulary.own) if vocabulary.english else ():
        form = _whole(tokens, first, last, lost)
        if form and _in_english(tokens, first, last):
            features = _weigh(tokens, first, last, lost, form, vocabulary.counts)
            yield Join(first, last, lost, form in vocabulary.own, features)


def _places(tokens: Tokens, own: set[str]) -> list[tuple[int, int, str]]:
    """Return first and last index of what makes a known word when joined, by frequencies alone: the quick part."""
    known = lexicon.words()
    forms = tokens.forms
    classes = list(map(known.get, forms, repeat(_UNKNOWN)))
    joined = list(map(add, forms, forms[1:]))
    found = {
        (i, i + 1, "")
        for i in compress(count(), map(known.__contains__, joined))
        if known[joined[i]] - classes[i] - classes[i + 1] > FLOOR - CERTAIN
    }
    if own:
        found.update((i, i + 1, "") for i in compress(count(), map(own.__contains__, joined)))
    weak = set(compress(count(), map(_WEAK.__gt__, classes)))
    weak.update(compress(count(), map(_LETTERS.__contains__, forms)))
    for i in weak:
        if forms[i].isalpha():
            found.update(_longer(tokens, classes, i, own))
            found.update(_lost(tokens, classes, i))
    return sorted(found)


def _longer(tokens: Tokens, classes: list[int], at: int, own: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the joins of three pieces or more that hold the word at an index; a capital can only stand first."""
    get = lexicon.words().get
    forms, gaps, words = tokens.forms, tokens.gaps, tokens.words
    for first in range(max(0, at - PIECES + 1) if words[at].islower() else at, at + 1):
        form, apart = forms[first], classes[first]
        for last in range(first + 1, min(first + PIECES, len(forms))):
            if not is_gap(gaps[last]) or not words[last].islower():
                break
            form += forms[last]
            apart += classes[last]
            likely = get(form, _NEVER) - apart > FLOOR - CERTAIN * (last - first)
            if last >= max(at, first + 2) and (likely or form in own):
                yield first, last, ""


def _lost(tokens: Tokens, classes: list[int], at: int) -> Iterator[tuple[int, int, str]]:
    """Yield the joins of the word at an index with a neighbour that a ligature makes a word."""
    get = lexicon.words().get
    forms, gaps = tokens.forms, tokens.gaps
    for i in (at - 1, at):
        if 0 <= i < len(forms) - 1 and is_gap(gaps[i + 1]) and tokens.words[i + 1].islower():
            bar = classes[i] + classes[i + 1] - CERTAIN + FLOOR_LOST
            for lost in LIGATURES:
                if get(forms[i] + lost + forms[i + 1], _NEVER) > bar:
                    yield i, i + 1, lost


def _whole(tokens: Tokens, first: int, last: int, lost: str) -> str:
    """Return the joined word in lower case; nothing where letters, gaps or capitals do not allow it.

    Nor where the pieces repeat one another ("na na"), or single letters stand in a row: a list, or a spaced title.
    """
    words, gaps = tokens.words, tokens.gaps
    if not all(is_gap(gaps[i]) for i in range(first + 1, last + 1)):
        return ""
    before, after = gaps[first], gaps[last + 1]
    if before[-1:] in _ADDRESS or after[:1] in _ADDRESS or (after == "." and last + 1 < len(words)):
        return ""
    if _HYPHEN_BREAK.search(before) or _HYPHEN_BREAK.match(after) or _in_compound(tokens, first):
        return ""
    pieces = words[first : last + 1]
    small = all(map(str.islower, pieces[1:])) and (len(pieces[0]) == 1 or not pieces[0].isupper())
    capitals = not lost and all(len(w) > 1 and w.isupper() for w in pieces)
    if not small and not capitals:
        return ""
    forms = tokens.forms
    alone = sum(len(f) == 1 for f in forms[max(0, first - 2) : last + 3])
    if alone > 3 or len(set(forms[first : last + 1])) == 1:
        return ""
    form = lost.join(forms[first : last + 1])
    if all(len(f) == 1 for f in forms[first : last + 1]):  # "8 p m", "x y"; but "i n"
        numbered = first > 0 and forms[first - 1].isdigit()
        if numbered or lexicon.words().get(form, 0) < _COMMON:
            return ""
    return form if form.isalpha() and len(form) <= LONGEST else ""


def _in_compound(tokens: Tokens, first: int) -> bool:
    """Tell whether the first piece ends a compound ("sworn-in come") or a word with letters left out ("d--n")."""
    if first == 0 or not tokens.gaps[first].endswith("-"):
        return False
    compound = f"{tokens.forms[first - 1]}-{tokens.forms[first]}"
    return len(tokens.forms[first]) == 1 or (tokens.gaps[first] == "-" and compound in lexicon.words())


def _in_english(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether common English words stand near, or nothing much stands near at all."""
    common = _common()
    around = tokens.forms[max(0, first - _WINDOW) : first] + tokens.forms[last + 1 : last + 1 + _WINDOW]
    return sum(w in common for w in around) >= (0, 1, 2)[len(around) * 3 // (2 * _WINDOW + 1)]


def _bits(word: str) -> float:
    return lexicon.words().get(word, _UNKNOWN) / STEPS - CERTAIN / STEPS


def _tie(first: str, second: str) -> float:
    """Return by how many bits the second word is likelier behind the first than elsewhere."""
    known = lexicon.words()
    if first not in known or second not in known:
        return 0.0
    pairs = lexicon.pairs()
    expected = pairs.total * 2.0 ** (_bits(first) + _bits(second))
    return log2((pairs.count(first, second) + 0.5) / (expected + 0.5))


def _weigh(tokens: Tokens, first: int, last: int, lost: str, form: str, seen: Counter[str]) -> tuple[float, ...]:
    known = lexicon.words()
    pieces = tokens.forms[first : last + 1]
    unknown = [w for p, w in zip(pieces, tokens.words[first : last + 1], strict=True) if p not in known]
    before, after = tokens.before(first), tokens.after(last)
    margin = min(60.0, _bits(form) - sum(map(_bits, pieces)))
    shortest = min(map(len, pieces))
    compound = not unknown and shortest >= 3
    return (
        margin,
        margin if compound else 0.0,
        float(compound),
        sum(_tie(a, b) for a, b in pairwise(pieces)),
        _tie(before, form) - _tie(before, pieces[0]),
        _tie(form, after) - _tie(pieces[-1], after),
        float(sum(w.islower() for w in unknown)),
        float(sum(not w.islower() for w in unknown)),
        float(sum(p in _LETTERS for p in pieces)),
        float(last - first - 1),
        float(form not in known),
        log2(1 + seen[form]),
        log2(max(1, min(seen[p] for p in pieces))),
        float(min(20, len(form))),
        float(min(6, shortest)),
        float(tokens.words[last].isupper() and len(pieces[-1]) > 1),
        float(bool(lost)),
    )
