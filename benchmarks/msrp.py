"""How well what is laid side by side tells whether two sentences say the same: the MSRP corpus.

    python benchmarks/msrp.py [--data ../shared/data] [--json FILE]

Each pair of sentences of the training portion is laid out as two witnesses. From what is found (the words that
correspond, those that have no counterpart, numbers, names, the likeness of the vectors) a logistic regression judges
whether they are paraphrases: accuracy and F1 of ten-fold cross-validation. *One figure alone* puts a threshold on the
share of words, by weight, that have a counterpart. The corpus is for non-commercial use, works derived of it included:
what is fitted here is thrown away, and nothing of it ships.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from figures import run
from variorum.collation import Witness
from variorum.collation.meanings import sentence_vectors
from variorum.collation.parsed import parsed, rejoined
from variorum.collation.wording import alignment, worths
from variorum.collation.words import is_number

Numbers = npt.NDArray[np.float64]

FOLDS = 10
RIDGE = 3.0
STEPS = 30
EVEN = 0
"""The feature that is judged by alone: the lesser of both shares of words that have a counterpart."""


def features(one: str, other: str) -> list[float]:
    """What is found of two sentences laid side by side."""
    a, b = parsed(Witness("a", one)), parsed(Witness("b", other))
    a, b = rejoined(a, b.vocabulary), rejoined(b, a.vocabulary)
    pairs = alignment(a.forms, b.forms)
    worth = worths(a.forms, b.forms)
    left, right = worth.max(1), worth.max(0)
    near = sentence_vectors([a.forms, b.forms])
    shares = [_share(a.values, [i for i, _ in pairs]), _share(b.values, [j for _, j in pairs])]
    anywhere = [_share(a.values, np.flatnonzero(left)), _share(b.values, np.flatnonzero(right))]
    lost = [float(a.values[left == 0].sum()), float(b.values[right == 0].sum())]
    names = [sum(parse.words[i].capital for i in np.flatnonzero(best == 0)) for parse, best in ((a, left), (b, right))]
    numbers_a, numbers_b = set(filter(is_number, a.forms)), set(filter(is_number, b.forms))
    sizes = [len(a.forms), len(b.forms)]
    same = sum(a.forms[i] == b.forms[j] for i, j in pairs)
    return [
        *sorted(shares),
        *sorted(anywhere),
        *sorted(lost),
        float(near[0] @ near[1]),
        2 * same / sum(sizes),
        len(pairs) / max(sizes),
        len(numbers_a & numbers_b),
        len(numbers_a ^ numbers_b),
        float(numbers_a == numbers_b),
        float(bool(numbers_a - numbers_b) and bool(numbers_b - numbers_a)),
        *sorted(map(float, names)),
        abs(sizes[0] - sizes[1]),
        min(sizes) / max(sizes),
        sum(sizes),
        *_in_common(set(a.stems), set(b.stems)),
        *_in_common(_runs(a.forms, 2), _runs(b.forms, 2)),
        *_in_common(_runs(a.forms, 3), _runs(b.forms, 3)),
        float(len(a.quotes) != len(b.quotes)),
    ]


def _share(values: npt.NDArray[np.float32], at: Sequence[int] | npt.NDArray[np.int64]) -> float:
    return float(values[list(at)].sum() / max(values.sum(), 1e-6))


def _runs(forms: Sequence[str], size: int) -> set[Any]:
    return set(zip(*(forms[i:] for i in range(size)), strict=False))


def _in_common(one: set[Any], other: set[Any]) -> tuple[float, float]:
    return len(one & other) / max(1, min(len(one), len(other))), len(one & other) / max(1, len(one | other))


def logistic(rows: Numbers, labels: Numbers) -> Callable[[Numbers], npt.NDArray[np.bool_]]:
    """A logistic regression with a ridge, fitted by Newton's method."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9

    def table(given: Numbers) -> Numbers:
        return np.hstack([(given - mean) / spread, np.ones((len(given), 1))])

    design = table(rows)
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[-1, -1] = 0
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (likely - labels) + ridge @ weights
        weights -= np.linalg.solve((design * (likely * (1 - likely))[:, None]).T @ design + ridge, slope)
    return lambda given: table(given) @ weights > 0


def threshold(rows: Numbers, labels: Numbers) -> Callable[[Numbers], npt.NDArray[np.bool_]]:
    """The threshold on one feature with the most right answers."""
    order = np.argsort(rows[:, EVEN], kind="stable")
    right = np.concatenate([[0], np.cumsum(1 - labels[order])]) + (labels.sum() - np.cumsum([0, *labels[order]]))
    at = int(right.argmax())
    cut = rows[order[min(at, len(order) - 1)], EVEN]
    return lambda given: given[:, EVEN] >= cut


def measure(data: Path) -> dict[str, float]:
    """Accuracy and F1 in per cent."""
    with gzip.open(data / "reuse" / "msrp.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    rows = np.array([features(pair["a"]["text"], pair["b"]["text"]) for pair in pairs])
    labels = np.array([pair["label"] for pair in pairs], float)
    fold = np.random.Generator(np.random.PCG64(1)).permutation(len(rows)) % FOLDS
    figures: dict[str, float] = {"pairs": float(len(rows))}
    for name, fit in (("one figure alone", threshold), ("all that is found", logistic)):
        found = np.zeros(len(rows), np.bool_)
        for k in range(FOLDS):
            found[fold == k] = fit(rows[fold != k], labels[fold != k])(rows[fold == k])
        true = float((found & (labels > 0)).sum())
        figures[f"{name}, accuracy"] = round(100 * float((found == (labels > 0)).mean()), 1)
        figures[f"{name}, F1"] = round(200 * true / float(found.sum() + labels.sum()), 1)
    return figures


if __name__ == "__main__":
    run(__doc__, measure, can_show_errors=False)
