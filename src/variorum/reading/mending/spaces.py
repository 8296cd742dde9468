"""Words with a stray space inside, chosen among all joins of a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.reading.mending.found import Found
from variorum.reading.mending.joins import Join, Vocabulary, find
from variorum.reading.mending.tokens import Tokens, spelt
from variorum.reading.mending.weighing import log_odds, scores
from variorum.records import RepairKind

SURE = 0.9
"""Score from which a join is a repair. At .8, recall of single breaks is .005 higher on the weights part, but at .85
the AQUAINT reports have "Dar es" joined."""

_LIGATURE = re.compile("ff[il]?|f[il]")


@dataclass(frozen=True, slots=True)
class _Choice:
    join: Join
    odds: float
    score: float


def mend(stretches: Sequence[Tokens], vocabulary: Vocabulary) -> list[list[Found]]:
    """Return the repairs of each stretch of a document, sorted, in offsets of that stretch."""
    joins = [[(join, log_odds(join)) for join in find(tokens, vocabulary)] for tokens in stretches]
    sure = iter(scores([odds for group in joins for _, odds in group], vocabulary.counts.total()))
    found = []
    for tokens, group in zip(stretches, joins, strict=True):
        choices = [_Choice(join, odds, score) for (join, odds), score in zip(group, sure, strict=False)]
        best = _best([choice for choice in choices if choice.score >= SURE])
        starts = tokens.starts() if best else []
        found.append([_found(tokens, starts, choice) for choice in best])
    return found


def _best(choices: list[_Choice]) -> list[_Choice]:
    """Return the joins that share no piece and are likeliest together: weighted interval scheduling, sorted."""
    choices = sorted(choices, key=lambda c: (c.join.last, c.join.first, c.join.lost))
    lasts = [c.join.last for c in choices]
    totals = [0.0]
    for n, choice in enumerate(choices):
        totals.append(max(totals[n], choice.odds + totals[bisect_left(lasts, choice.join.first, 0, n)]))
    best: list[_Choice] = []
    n = len(choices)
    while n:
        if totals[n] == totals[n - 1]:
            n -= 1
        else:
            best.append(choices[n - 1])
            n = bisect_left(lasts, choices[n - 1].join.first, 0, n - 1)
    return best[::-1]


def _found(tokens: Tokens, starts: list[int], choice: _Choice) -> Found:
    first, last, lost = choice.join.first, choice.join.last, choice.join.lost
    words = tokens.words[first : last + 1]
    repaired = lost.join(spelt(word) for word in words)
    kind: RepairKind = "ligature" if lost or _at_ligature(words) else "space"
    fault = f"“{lost}” is lost" if lost else "a stray space" if last == first + 1 else "stray spaces"
    where = "stands elsewhere in the text" if choice.join.own else "is a known word"
    reason = f"“{repaired}” {where} and fits here far better than “{' '.join(words)}”: {fault}"
    return Found(starts[first], starts[last] + len(words[-1]), repaired, kind, round(choice.score, 4), reason)


def _at_ligature(words: list[str]) -> bool:
    """Tell whether the pieces part at a ligature: a glyph, one that stands alone, or between the letters of one."""
    if any(spelt(word) != word or _LIGATURE.fullmatch(word) for word in words):
        return True
    at, cuts = 0, []
    for word in words[:-1]:
        at += len(word)
        cuts.append(at)
    inside = {i for match in _LIGATURE.finditer("".join(words)) for i in range(match.start() + 1, match.end())}
    return inside.issuperset(cuts)
