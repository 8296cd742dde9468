"""Scores of coreference chains: MUC, B-cubed, CEAF-e and their mean, the CoNLL F1; and LEA.

As defined in Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation",
over predicted mentions; counts are added up over documents, or over topics where chains go across documents, before the
ratios are taken. A chain is a set of mentions, a mention whatever can be compared (here a span). Chains of one mention
are the caller's to leave out; where they stay, one counts as a link to itself in LEA.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Chain = frozenset[Hashable]


@dataclass
class Tally:
    """What has been counted so far: for each metric numerator and denominator of recall and of precision."""

    parts: dict[str, list[float]] = field(
        default_factory=lambda: {m: [0.0] * 4 for m in ("muc", "b3", "ceafe", "lea", "mentions")}
    )

    def add(self, gold: Sequence[Chain], system: Sequence[Chain]) -> None:
        """Count one document, or one topic."""
        for name, count in (("muc", _muc), ("b3", _b3), ("ceafe", _ceafe), ("lea", _lea), ("mentions", _mentions)):
            for i, value in enumerate((*count(gold, system), *count(system, gold))):
                self.parts[name][i] += value

    def scores(self) -> dict[str, float]:
        """F1 of each metric, of the mentions, and the mean of the first three ("conll"), in per cent."""
        found = {}
        for name, (hit, wanted, right, given) in self.parts.items():
            recall, precision = hit / wanted if wanted else 0.0, right / given if given else 0.0
            found[name] = 200 * recall * precision / (recall + precision) if recall + precision else 0.0
        found["conll"] = (found["muc"] + found["b3"] + found["ceafe"]) / 3
        return found


def _owner(chains: Sequence[Chain]) -> dict[Hashable, int]:
    return {mention: i for i, chain in enumerate(chains) for mention in chain}


def _muc(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Links of the key that the response keeps (Vilain et al. 1995)."""
    owner = _owner(response)
    kept = total = 0
    for chain in key:
        parts = {owner.get(mention, (mention,)) for mention in chain}
        kept += len(chain) - len(parts)
        total += len(chain) - 1
    return kept, total


def _b3(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Share of each mention's chain that the response has with it (Bagga and Baldwin 1998)."""
    owner = _owner(response)
    hit = 0.0
    for chain in key:
        shared = Counter(owner[mention] for mention in chain if mention in owner)
        hit += sum(count * count for count in shared.values()) / len(chain)
    return hit, sum(len(chain) for chain in key)


def _ceafe(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Similarity of chains under the best one-to-one alignment (Luo 2005), with 2 |a and b| / (|a| + |b|)."""
    if not key or not response:
        return 0.0, float(len(key))
    alike = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum()), float(len(key))


def _lea(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Share of each chain's links that the response has, a chain counted by its size (Moosavi and Strube 2016)."""
    owner = _owner(response)
    hit = 0.0
    for chain in key:
        if len(chain) == 1:
            hit += chain in response
            continue
        shared = Counter(owner[mention] for mention in chain if mention in owner)
        links = sum(count * (count - 1) for count in shared.values())
        hit += links / (len(chain) - 1)
    return hit, sum(len(chain) for chain in key)


def _mentions(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    ours, theirs = _owner(key).keys(), _owner(response).keys()
    return float(len(ours & theirs)), float(len(ours))
