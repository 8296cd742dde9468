"""How well raw text is cut into words and sentences, tagged, parsed and lemmatised.

    python benchmarks/parsing.py [--data ../shared/data] [--json FILE]

The dev parts of the English Web Treebank (UD 2.12) and of GUM (UD 2.16), whole documents as raw text, scored as in the
CoNLL 2018 shared task (see ``ud_scores.py``). The models were trained on the train parts of the same treebanks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from ud_scores import METRICS, Word, counts, f1
from variorum.language import Annotation, annotate_all

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from language.treebank import TreebankDocument, read_treebank

DATA = Path(__file__).parents[2] / "shared" / "data"
DEV = {"ewt": "en_ewt-ud-dev.r2.12.conllu.gz", "gum": "en_gum-ud-dev.r2.16.conllu.gz"}


def words_of(document: TreebankDocument) -> list[Word]:
    """The words of a treebank for the scorer."""
    return [
        Word(*(w.multiword or (w.start, w.end)), w.form, w.upos, w.lemma, w.head, w.deprel, w.multiword is not None)
        for w in document.words
    ]


def words_in(text: str, found: Annotation) -> list[Word]:
    """The words of an annotation for the scorer."""
    return [Word(t.start, t.end, text[t.start : t.end], t.upos, t.lemma, t.head, t.deprel) for t in found.tokens]


def measure(data: Path) -> dict[str, float]:
    """Figures by name."""
    figures: dict[str, float] = {}
    for name, file in DEV.items():
        documents = list(read_treebank(data / "treebank" / file))
        by_genre: dict[str, Counter[str]] = defaultdict(Counter)
        for document, found in zip(documents, annotate_all([d.text for d in documents]), strict=True):
            sentences = [
                (document.words[first].start, document.words[end - 1].end) for first, end in document.sentences
            ]
            scored = counts(words_of(document), words_in(document.text, found), sentences, found.sentences)
            by_genre[""].update(scored)
            by_genre[document.genre].update(scored)
        for genre, scored in sorted(by_genre.items()):
            for metric, value in f1(scored).items():
                if not genre or metric in ("UPOS", "LAS", "Sentences"):
                    figures[" ".join(part for part in (name, genre, metric) if part)] = round(value, 2)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = measure(arguments.data)
    for name in DEV:
        print(name, "  ".join(f"{metric} {figures[f'{name} {metric}']:.2f}" for metric in METRICS))
    for name, value in figures.items():
        if len(name.split()) == 3:
            print(f"  {name:<28} {value:6.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
