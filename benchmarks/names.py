"""How well names are found.

    python benchmarks/names.py [--data ../shared/data] [--json FILE]

F1 of exact spans with their types, from raw text: UNER EWT dev (people, organisations, places; it marks no others),
the region of the worldwide newswire that was held out of training, CrossNER politics dev, and what is a name in re3d,
none of which was trained on. UNER EWT once more in lower case and in capitals. "main" counts people, organisations and
places. Of re3d only these count: of other names it marks no more than nationalities.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from variorum.language import annotate_all

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from language.names import KINDS, NamedText, crossner, re3d, uner, worldwide

DATA = Path(__file__).parents[2] / "shared" / "data"
MAIN = ("PER", "ORG", "LOC")


def scores(texts: Sequence[NamedText]) -> dict[str, float]:
    """F1, precision and recall in per cent: each kind, the three main ones, and all (F1) where all are marked."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    silent = texts[0].silent
    for text, found in zip(texts, annotate_all([t.text for t in texts]), strict=True):
        gold = set(text.names)
        ours = {(e.start, e.end, str(e.type)) for e in found.entities if e.type not in silent}
        # where a corpus says nothing (see its reader), neither is a name wrong
        ours = {n for n in ours if n in gold or not any(n[0] < end and start < n[1] for start, end in text.unsaid)}
        for count, names in ((right, gold & ours), (wanted, gold), (given, ours)):
            count.update(kind for _, _, kind in names)

    def f1(kinds: Sequence[str]) -> float:
        total = sum(wanted[k] + given[k] for k in kinds)
        return round(200 * sum(right[k] for k in kinds) / total, 1) if total else 0.0

    groups: dict[str, Sequence[str]] = {kind: [kind] for kind in KINDS if kind not in silent}
    groups["main"] = MAIN
    found_scores = {name: f1(kinds) for name, kinds in groups.items()}
    if not silent:
        found_scores["all"] = f1(KINDS)
    for name, kinds in groups.items():
        hits = sum(right[k] for k in kinds)
        found_scores[f"{name} precision"] = round(100 * hits / max(1, sum(given[k] for k in kinds)), 1)
        found_scores[f"{name} recall"] = round(100 * hits / max(1, sum(wanted[k] for k in kinds)), 1)
    return found_scores


def recased(texts: Sequence[NamedText], upper: bool) -> list[NamedText]:
    """Texts in another case; characters whose other case has another length stay as they are."""
    change = str.upper if upper else str.lower
    return [replace(t, text="".join(c if len(change(c)) != 1 else change(c) for c in t.text)) for t in texts]


def measure(data: Path) -> dict[str, float]:
    """Figures by name."""
    names = data / "names"
    ewt = list(uner(names, data / "treebank" / "en_ewt-ud-dev.r2.12.conllu.gz", "dev"))
    corpora = {
        "uner ewt": ewt,
        "worldwide held out": list(worldwide(names, held=True)),
        "crossner politics": list(crossner(names, "dev")),
        "re3d": [replace(text, silent=frozenset({"MISC"})) for text in re3d(names)],
        "uner ewt, lower case": recased(ewt, upper=False),
        "uner ewt, capitals": recased(ewt, upper=True),
    }
    return {f"{name} {key}": value for name, texts in corpora.items() for key, value in scores(texts).items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = measure(arguments.data)
    for name, value in figures.items():
        print(f"{name:<40} {value:6.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
