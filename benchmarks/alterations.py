"""How well grave alterations in reprints are found, and how well harmless ones are passed over.

    python benchmarks/alterations.py [--data ../shared/data] [--seed 2] [--json FILE] [--errors]

On pairs of a news article and its reprint that ``altering.py`` makes: 70 with one grave change of each kind among
harmless ones, 200 with harmless ones alone. A change is *found* if a variant of its kind and of severity high or medium
overlaps it on either side; where a verb was turned into its converse, the kinds negation and, if high, wording will do
as well (``strict`` counts role alone). *Any kind*: found under whatever kind. *Precision* of a kind: of its variants of
severity high or medium in all pairs, those that overlap a change of whatever kind; the others are false alarms.
Seed 1 is for tuning, seed 2 for the figures that are reported; they share no article.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from altering import KINDS, Article, Change, Pair, Span, pairs, read_articles
from figures import DATA

if TYPE_CHECKING:
    from variorum.collation import Variant, Witness

UNALTERED = ("wording", "omission", "addition")
"""Kinds of variants that no grave change has; each of them is a false alarm unless it overlaps one."""


@dataclass(slots=True)
class Tally:
    """What was found in all pairs."""

    wanted: Counter[str] = field(default_factory=Counter)
    any_kind: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    alarmed: int = 0

    def add(self, change: Change | None, variants: Sequence[Variant]) -> None:
        """Count a pair. Variants of low severity don't count."""
        grave = [variant for variant in variants if variant.severity != "low"]
        self.reported.update(variant.kind for variant in grave)
        if change is None:
            self.harmless += 1
            self.alarmed += bool(grave)
            return
        hits = [variant for variant in grave if overlaps(variant, change)]
        self.true.update(variant.kind for variant in hits)
        self.wanted[change.kind] += 1
        self.any_kind[change.kind] += bool(hits)
        self.right[change.kind] += any(fits(variant, change) for variant in hits)
        self.strict[change.kind] += any(variant.kind == change.kind for variant in hits)

    def figures(self) -> dict[str, float]:
        """Figures by name, in per cent."""
        found: dict[str, float] = {}
        for kind in KINDS:
            precision = percent(self.true[kind], self.reported[kind])
            recall = percent(self.right[kind], self.wanted[kind])
            found |= {f"{kind} precision": precision, f"{kind} recall": recall, f"{kind} f1": mean(precision, recall)}
            found[f"{kind} recall, strict"] = percent(self.strict[kind], self.wanted[kind])
            found[f"{kind} recall, any kind"] = percent(self.any_kind[kind], self.wanted[kind])
        found["all precision"] = percent(self.true.total(), self.reported.total())
        found["all recall"] = percent(self.right.total(), self.wanted.total())
        found["all f1"] = mean(found["all precision"], found["all recall"])
        found["all recall, any kind"] = percent(self.any_kind.total(), self.wanted.total())
        found["harmless pairs without alarm"] = percent(self.harmless - self.alarmed, self.harmless)
        return found

    def rows(self) -> list[str]:
        """The table that is printed."""
        lines = [f"{'':<10}{'n':>5}{'found':>7}{'right':>7}{'strict':>7}{'alarms':>8}{'prec':>7}{'rec':>7}{'f1':>7}"]
        for kind in (*KINDS, *UNALTERED):
            precision = percent(self.true[kind], self.reported[kind])
            recall = percent(self.right[kind], self.wanted[kind])
            counts = f"{self.wanted[kind]:5}{self.any_kind[kind]:7}{self.right[kind]:7}{self.strict[kind]:7}"
            shares = (
                f"{precision:7.1f}{recall:7.1f}{mean(precision, recall):7.1f}" if kind in KINDS else f"{precision:7.1f}"
            )
            lines.append(f"{kind:<10}{counts}{self.reported[kind] - self.true[kind]:8}{shares}")
        return lines


def percent(part: int, whole: int) -> float:
    """A share in per cent; 0 of nothing."""
    return round(100 * part / max(1, whole), 1)


def mean(one: float, other: float) -> float:
    """The harmonic mean."""
    return round(2 * one * other / max(1e-9, one + other), 1)


def overlaps(variant: Variant, change: Change) -> bool:
    """Whether a variant and a change share text on either side."""
    return any(
        mine is not None and max(mine[0], gold[0]) < min(mine[1], gold[1])
        for mine, gold in ((variant.a, change.a), (variant.b, change.b))
    )


def fits(variant: Variant, change: Change) -> bool:
    """Whether a variant is of the kind of a change, or one that a turned verb may have as well."""
    if change.how == "antonym" and (
        variant.kind == "negation" or (variant.kind, variant.severity) == ("wording", "high")
    ):
        return True
    return variant.kind == change.kind


def measure(data: Path, seed: int, *, errors: bool = False) -> Tally:
    """Collate all pairs of a seed."""
    from variorum.collation import collate

    tally = Tally()
    for pair in pairs(read_articles(data, seed), seed):
        found = collate(witness(pair.a), witness(pair.b)).variants
        tally.add(pair.change, found)
        if errors:
            _show(pair, found)
    return tally


def witness(article: Article) -> Witness:
    """An article as collation sees it."""
    from variorum.collation import Witness

    return Witness(article.id, article.text, article.title, article.outlet, article.published)


def _show(pair: Pair, variants: Sequence[Variant]) -> None:
    """Print what is missed and what is a false alarm."""
    grave = [variant for variant in variants if variant.severity != "low"]
    change = pair.change
    if change and not any(fits(variant, change) for variant in grave if overlaps(variant, change)):
        other = [variant.kind for variant in grave if overlaps(variant, change)]
        print(f"{pair.id}: missed {change.kind}, {change.how} {other}: {_words(pair, change.a, change.b)}")
    for variant in grave:
        if change is None or not overlaps(variant, change):
            print(f"{pair.id}: alarm {variant.kind} {variant.severity}: {_words(pair, variant.a, variant.b)}")


def _words(pair: Pair, a: Span | None, b: Span | None) -> str:
    both = [text[slice(*span)] if span else "" for text, span in ((pair.a.text, a), (pair.b.text, b))]
    return " | ".join(repr(words[:80]) for words in both)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public corpora")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    given = parser.parse_args()
    tally = measure(given.data, given.seed, errors=given.errors)
    print("\n".join(tally.rows()))
    figures = tally.figures()
    for name, value in figures.items():
        print(f"{name:<40} {value:6.1f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
