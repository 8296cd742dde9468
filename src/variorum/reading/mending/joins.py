"""Places where neighbouring words may be the pieces of one, and what speaks for it.

A place is worth a look if the joined word is known, from the word list or from elsewhere in the document, and is not far
rarer than its pieces would be side by side. What speaks for and against it is put in numbers, in bits where it can be:
the frequencies of the pieces and of the whole, how well the neighbours go with either, how often the pieces stand together.
:mod:`variorum.reading.mending.weighing` adds them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from math import log2
from operator import add

from variorum.reading.mending import lexicon
from variorum.reading.mending.lexicon import CERTAIN, STEPS
from variorum.reading.mending.tokens import Tokens, is_gap

PIECES = 4
"""Most pieces that one word is put together from."""

LONGEST = 40
"""Letters of the longest joined word."""

FLOOR = -8 * STEPS
"""Least margin, in classes, by which a joined word is looked at: even good neighbours don't make up for less."""

LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
"""Letters that a lost glyph may have stood for ("identi ed")."""

_RARE = 12 * STEPS
"""Class of a word (4 in a thousand million) below which it may be what a lost ligature left over."""

_COMMON = 20 * STEPS
"""Class of the hundred commonest words of English."""

_UNKNOWN = 0
"""Class that a word counts for that is not in the list."""

_NEVER = -10_000
_ADDRESS = frozenset("@#/\\_=&+~%")
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


class Vocabulary:
    """How often each word stands in a document, and which of them no list has."""

    def __init__(self, stretches: Iterable[Tokens]) -> None:
        known = lexicon.words()
        self.counts: Counter[str] = Counter()
        for tokens in stretches:
            self.counts.update(tokens.forms)
        self.own = {w for w in self.counts.keys() - known.keys() if len(w) >= 4 and w.isalpha()}


def find(tokens: Tokens, vocabulary: Vocabulary) -> Iterator[Join]:
    """Yield the joins that are worth a look, in the order of their first pieces."""
    for first, last, lost in _places(tokens, vocabulary.own):
        form = _whole(tokens, first, last, lost)
        if form and _in_english(tokens, first, last):
            yield Join(first, last, lost, form in vocabulary.own, _weigh(tokens, first, last, lost, form, vocabulary.counts))


def _places(tokens: Tokens, own: set[str]) -> list[tuple[int, int, str]]:
    """Return first and last index of what makes a known word when joined, by frequencies alone: the quick part."""
    known = lexicon.words()
    forms = tokens.forms
    classes = list(map(known.get, forms, repeat(_UNKNOWN)))
    places: list[tuple[int, int, str]] = []
    joined = forms
    apart = classes
    for more in range(1, min(PIECES, len(forms))):
        joined = list(map(add, joined, forms[more:]))
        apart = list(map(add, apart, classes[more:]))
        bar = FLOOR - CERTAIN * more
        whole = map(known.get, joined, repeat(_NEVER))
        places += [(i, i + more, "") for i, (w, a) in enumerate(zip(whole, apart, strict=False)) if w - a > bar]
        if own:
            places += [(i, i + more, "") for i, w in enumerate(joined) if w in own]
    rare = {j for i, c in enumerate(classes) if c < _RARE for j in (i - 1, i) if 0 <= j < len(forms) - 1}
    for i in sorted(rare):
        places += [(i, i + 1, lost) for lost in LIGATURES if forms[i] + lost + forms[i + 1] in known]
    return sorted(places)


def _whole(tokens: Tokens, first: int, last: int, lost: str) -> str:
    """Return the joined word in lower case; nothing where letters, gaps or capitals do not allow it."""
    words, gaps = tokens.words, tokens.gaps
    if not all(is_gap(gaps[i]) for i in range(first + 1, last + 1)):
        return ""
    before, after = gaps[first][-1:], gaps[last + 1]
    if before in _ADDRESS or after[:1] in _ADDRESS or (after == "." and last + 1 < len(words)):
        return ""
    head, rest = words[first], words[first + 1 : last + 1]
    capitals = head.isupper()
    if not all(w.islower() for w in rest) or (capitals and len(head) > 1):
        if lost or not capitals or not all(w.isupper() for w in rest):
            return ""
    form = lost.join(tokens.forms[first : last + 1])
    return form if form.isalpha() and len(form) <= LONGEST else ""


def _in_english(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a common English word stands near, or nothing much stands near at all."""
    known = lexicon.words()
    around = tokens.forms[max(0, first - _WINDOW) : first] + tokens.forms[last + 1 : last + 1 + _WINDOW]
    return len(around) < _WINDOW or any(known.get(w, 0) >= _COMMON for w in around)


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
        sum(_tie(a, b) for a, b in zip(pieces, pieces[1:], strict=False)),
        _tie(before, form) - _tie(before, pieces[0]),
        _tie(form, after) - _tie(pieces[-1], after),
        float(sum(w.islower() for w in unknown)),
        float(sum(not w.islower() for w in unknown)),
        float(sum(len(p) == 1 and p not in "ai" for p in pieces)),
        float(last - first - 1),
        float(form not in known),
        log2(1 + seen[form]),
        log2(max(1, min(seen[p] for p in pieces))),
        float(min(20, len(form))),
        float(min(6, shortest)),
        float(tokens.words[last].isupper() and len(pieces[-1]) > 1),
        float(bool(lost)),
    )
