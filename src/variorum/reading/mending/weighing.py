"""Which joins are breaks: the odds of each, given how broken the document is.

The odds are those of a logistic regression over :data:`variorum.reading.mending.joins.FEATURES`, fitted on articles
with breaks put in at a known rate (``training/repair_weights.py``). A document has its own rate: it is estimated from
the joins themselves, by expectation and maximisation (Dempster, Laird and Rubin 1977), starting from the low rate of
a clean article. So one sure break lowers the bar for the doubtful ones beside it, and a clean document raises it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from variorum.reading.mending.joins import FEATURES, Join

CLEAN = 1e-4
"""Breaks per word of a document about which nothing is known. On the weights part (1,181 articles) rates from 1e-5 to
1e-4 joined no whole words, and recall of a single break rose from .83 to .85; at 3e-4 "Dar es Salaam" was joined."""

BELIEF = 0.05
"""How many breaks' worth of evidence that assumption counts for."""

ROUNDS = 4
"""Rounds of estimation: the rate has settled by then in all articles of the weights part."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights."""

    bias: float
    """Log odds where every feature is 0."""
    weights: tuple[float, ...]
    """Log odds for each unit of each feature."""
    rate: float
    """Breaks per word in the articles that the weights were fitted on."""


@cache
def weights() -> Weights:
    """Return the weights in ``reading/data/mending.toml``."""
    table = tomllib.loads((files("variorum.reading") / "data/mending.toml").read_text(encoding="utf-8"))
    return Weights(table["bias"], tuple(table["weights"][name] for name in FEATURES), table["rate"])


def log_odds(join: Join) -> float:
    """Return the log odds that the join is a break, at the rate of breaks that the weights were fitted on."""
    fitted = weights()
    return fitted.bias + sum(w * f for w, f in zip(fitted.weights, join.features, strict=True))


def scores(odds: Sequence[float], words: int) -> list[float]:
    """Return how sure each join is, 0 to 1, from the log odds of all joins of a document and its number of words."""
    fitted, rate = weights(), CLEAN
    found = [0.0] * len(odds)
    for _ in range(ROUNDS):
        shift = log(rate / fitted.rate)
        found = [1 / (1 + exp(-max(-500.0, min(500.0, o + shift)))) for o in odds]
        rate = min(fitted.rate * 10, (sum(found) + BELIEF) / (words + BELIEF / CLEAN))
    return found
