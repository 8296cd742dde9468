"""The language core on a report of our own, which ships with the source: a check that needs no public data.

    python benchmarks/sample.py [--json FILE]

``sample/report.conllu`` holds words, tags, lemmas and trees, ``sample/report.json`` names and actors. It is small and
its trees started from the models' own, so its figures tell that nothing broke, not how good the models are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from coref_scores import Tally
from parsing import words_in, words_of
from ud_scores import counts, f1
from variorum.language import annotate

SAMPLE = Path(__file__).parent / "sample"


def measure() -> dict[str, float]:
    """Figures by name."""
    from language.treebank import read_treebank  # on the path since `parsing` was imported

    (document,) = read_treebank(SAMPLE / "report.conllu")
    gold = json.loads((SAMPLE / "report.json").read_text("utf-8"))
    found = annotate(document.text)
    sentences = [(document.words[first].start, document.words[end - 1].end) for first, end in document.sentences]
    scored = counts(words_of(document), words_in(document.text, found), sentences, found.sentences)
    figures = {name: round(value, 2) for name, value in f1(scored).items()}
    names = {tuple(name) for name in gold["names"]}
    ours = {(e.start, e.end, e.type) for e in found.entities}
    figures["names"] = round(200 * len(names & ours) / (len(names) + len(ours)), 2)
    tally = Tally()
    tally.add(
        [frozenset(tuple(mention) for mention in actor) for actor in gold["actors"]],
        [frozenset((m.start, m.end) for m in actor.mentions) for actor in found.actors if len(actor.mentions) > 1],
    )
    figures["actors"] = round(tally.scores()["conll"], 2)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="taken for the sake of gate.py, and not read")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = measure()
    for name, value in figures.items():
        print(f"{name:<12} {value:6.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
