"""Scores of the CoNLL 2018 shared task for words, sentences, tags, trees and lemmas from raw text.

After ``conll18_ud_eval.py`` (Zeman et al. 2018, "CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to
Universal Dependencies"): words are aligned by their characters; where the treebank has a contraction, the words in it
are aligned by the longest common subsequence of their forms. Relations are compared without subtypes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

METRICS = ("Words", "Sentences", "UPOS", "UAS", "LAS", "Lemmas")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, of the treebank or of a system."""

    start: int
    end: int
    """Its own span, or that of the contraction that it is part of."""
    form: str
    upos: str
    lemma: str
    head: int
    """Index of its head, -1 for a root."""
    deprel: str
    contracted: bool = False


def align(gold: Sequence[Word], system: Sequence[Word]) -> dict[int, int]:
    """Index of the treebank's word by index of the system's, for those that are the same word."""
    pairs: dict[int, int] = {}
    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].contracted or system[s].contracted:
            g, s = _contraction(gold, system, g, s, pairs)
        elif (gold[g].start, gold[g].end) == (system[s].start, system[s].end):
            pairs[s] = g
            g, s = g + 1, s + 1
        elif gold[g].start <= system[s].start:
            g += 1
        else:
            s += 1
    return pairs


def _contraction(
    gold: Sequence[Word], system: Sequence[Word], g: int, s: int, pairs: dict[int, int]
) -> tuple[int, int]:
    """Align the words around a contraction; return where to go on."""
    if gold[g].contracted:
        end = gold[g].end
        s += not system[s].contracted and system[s].start < gold[g].start
    else:
        end = system[s].end
        g += gold[g].start < system[s].start
    last_g, last_s = g, s
    while _within(gold, last_g, end) or _within(system, last_s, end):
        if last_g < len(gold) and (last_s >= len(system) or gold[last_g].start <= system[last_s].start):
            end = max(end, gold[last_g].end) if gold[last_g].contracted else end
            last_g += 1
        else:
            end = max(end, system[last_s].end) if system[last_s].contracted else end
            last_s += 1
    a = [word.form.lower() for word in gold[g:last_g]]
    b = [word.form.lower() for word in system[s:last_s]]
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            lengths[i][j] = 1 + lengths[i + 1][j + 1] if a[i] == b[j] else max(lengths[i + 1][j], lengths[i][j + 1])
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs[s + j] = g + i
            i, j = i + 1, j + 1
        elif lengths[i][j] == lengths[i + 1][j]:
            i += 1
        else:
            j += 1
    return last_g, last_s


def _within(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the word at an index belongs to a contraction's span up to ``end``; other words must lie wholly in it."""
    return at < len(words) and (words[at].start < end if words[at].contracted else words[at].end <= end)


def counts(
    gold: Sequence[Word],
    system: Sequence[Word],
    gold_sentences: Sequence[tuple[int, int]],
    system_sentences: Sequence[tuple[int, int]],
) -> Counter[str]:
    """Number right of each metric, and "gold ..." and "system ..." of words and sentences, to be added up."""
    pairs = align(gold, system)
    found = Counter({"gold Words": len(gold), "system Words": len(system), "Words": len(pairs)})
    found["gold Sentences"] = len(gold_sentences)
    found["system Sentences"] = len(system_sentences)
    found["Sentences"] = len(set(gold_sentences) & set(system_sentences))
    for s, g in pairs.items():
        ours, theirs = system[s], gold[g]
        head = -1 if ours.head < 0 else pairs.get(ours.head, -2)
        attached = head == theirs.head
        found["UPOS"] += ours.upos == theirs.upos
        found["Lemmas"] += theirs.lemma in ("_", ours.lemma)
        found["UAS"] += attached
        found["LAS"] += attached and ours.deprel.split(":")[0] == theirs.deprel.split(":")[0]
    return found


def f1(found: Counter[str]) -> dict[str, float]:
    """F1 of each metric in per cent."""
    scores = {}
    for metric in METRICS:
        unit = "Sentences" if metric == "Sentences" else "Words"
        total = found[f"gold {unit}"] + found[f"system {unit}"]
        scores[metric] = 200 * found[metric] / total if total else 0.0
    return scores
