"""How the weights of the mending stage were fitted.

    python training/repair_weights.py --data DATA --out src/variorum/reading/data/mending.toml

breaks words of the articles in the part ``weights`` of the outlets corpus (the word lists were not counted on them),
one word in a hundred, and fits a logistic regression that tells the joins that undo a break from all others, by
iteratively reweighted least squares with a small ridge. Text from the outlets holds breaks of its own: a join that
was not broken here, but that a first fit takes for a break with near certainty, is left out of the second. Needs
numpy.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

import numpy as np

from lexicon import outlets
from variorum.reading.mending.joins import FEATURES, LIGATURES, Vocabulary, find
from variorum.reading.mending.tokens import Tokens

RATE = 0.01
"""Words that are broken."""

NATURAL = 0.995
"""How sure the first fit must be of a join that nobody broke for it to be left out."""

WORD = re.compile(r"(?<![\w@#/.'’-])[^\W\d_]{2,}(?![\w@/]|\.\w)")
GAPS = (" ",) * 17 + ("\n", "\u00a0", "\u200b")


def broken(text: str, chance: random.Random) -> tuple[str, dict[tuple[int, int], str]]:
    """Return the text with broken words, and what stood at the span of each."""
    parts: list[str] = []
    spans: dict[tuple[int, int], str] = {}
    at = length = 0
    for match in WORD.finditer(text):
        if chance.random() > RATE:
            continue
        word = _cut(match.group(), chance)
        parts += [text[at : match.start()], word]
        length += match.start() - at
        spans[length, length + len(word)] = match.group()
        length += len(word)
        at = match.end()
    return "".join([*parts, text[at:]]), spans


def _cut(word: str, chance: random.Random) -> str:
    inside = [i for i in LIGATURES if i in word[1:-1]]
    if inside and chance.random() < 0.1:
        glyph = max(inside, key=len)
        at = word.index(glyph, 1)
        return word[:at] + " " + word[at + len(glyph) :]
    cuts = {chance.randrange(1, len(word)) for _ in range(1 + (len(word) > 5 and chance.random() < 0.15))}
    gap = chance.choice(GAPS)
    for at in sorted(cuts, reverse=True):
        word = word[:at] + gap + word[at:]
    return word


def samples(data: Path, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of all joins in the broken articles, and for each whether it undoes a break."""
    chance = random.Random(seed)
    features, labels = [], []
    for row in outlets(data, "weights"):
        text, spans = broken(row["text"], chance)
        tokens = Tokens.of(text)
        starts = tokens.starts()
        touched = {i for s, e in spans for i in range(s, e)}
        for join in find(tokens, Vocabulary([tokens])):
            start, end = starts[join.first], starts[join.last] + len(tokens.words[join.last])
            mended = join.lost.join(tokens.words[join.first : join.last + 1])
            undoes = spans.get((start, end)) == mended
            if undoes or not touched.intersection(range(start, end)):
                features.append(join.features)
                labels.append(undoes)
    return np.array(features), np.array(labels, dtype=float)


def fit(features: np.ndarray, labels: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Return bias and weights."""
    scale = np.maximum(features.std(axis=0), 1e-9)
    x = np.hstack([np.ones((len(features), 1)), features / scale])
    penalty = ridge * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (labels - p) - penalty @ w
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, gradient)
        w += step * min(1.0, 3.0 / float(np.abs(step).max()))
    w[1:] /= scale
    return w


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/variorum/reading/data/mending.toml"))
    arguments = parser.parse_args()
    x, y = samples(arguments.data, seed=1)
    w = fit(x, y)
    sure = 1 / (1 + np.exp(-(w[0] + x @ w[1:])))
    keep = (y == 1) | (sure < NATURAL)
    w = fit(x[keep], y[keep])
    lines = [
        "# How much each sign counts when neighbouring words may be the pieces of one, in log odds.",
        "# Fitted by training/repair_weights.py on the outlets corpus (Baly et al. 2020), part `weights`.",
        f"# {int(y.sum())} breaks and {int((1 - y).sum())} other joins, of which {int((~keep).sum())} were left out.",
        f"rate = {RATE}  # words that were broken",
        f"bias = {w[0]:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {value:.4f}' for name, value in zip(FEATURES, w[1:], strict=True)),
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
