"""What a time expression is said of: the words that say something around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from variorum.language.annotation import Token
from variorum.language.times import Found

AROUND: Final = 15
"""Words on either side of a time expression that are looked at, within its sentence."""
TELLING: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
"""Parts of speech that say something by themselves."""


def about(
    times: Sequence[Found], tokens: Sequence[Token], sentences: Sequence[tuple[int, int]]
) -> list[tuple[tuple[str, int], ...]]:
    """For each time expression the lemmas around it, in lower case, each once, with its distance in words.

    The nearest come first.

    Words of time expressions themselves are left out. Raises nothing.
    """
    starts = [token.start for token in tokens]
    taken = [False] * len(tokens)
    places = []
    for one in times:
        here = [i for i in _within(starts, one.start, one.end) if tokens[i].end <= one.end]
        places.append(here)
        for i in here:
            taken[i] = True
    bounds = [range(*_edges(starts, start, end)) for start, end in sentences]
    found: list[tuple[tuple[str, int], ...]] = []
    for here in places:
        sentence = next((words for words in bounds if here and here[0] in words), range(0))
        if not here or not sentence:
            found.append(())
            continue
        near = range(max(sentence.start, here[0] - AROUND), min(sentence.stop, here[-1] + 1 + AROUND))
        apart: dict[str, int] = {}
        for i in near:
            if not taken[i] and tokens[i].upos in TELLING:
                lemma, distance = tokens[i].lemma.lower(), max(here[0] - i, i - here[-1])
                apart[lemma] = min(distance, apart.get(lemma, distance))
        found.append(tuple(sorted(apart.items(), key=lambda one: (one[1], one[0]))))
    return found


def _within(starts: Sequence[int], start: int, end: int) -> range:
    return range(*_edges(starts, start, end))


def _edges(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return bisect_left(starts, start), bisect_left(starts, end)
