"""How well the mentions of one document are joined.

    python benchmarks/coreference.py [--data ../shared/data] [--json FILE]

The dev part of GUM, whole documents from raw text. CoNLL F1 of chains of two mentions and more, with exact spans, and
with heads (a mention is right if the word that carries it is; where several gold mentions have one head, the shortest
stands for it), overall, by genre, and for news and interviews. Of the personal and possessive pronouns of the third
person whose chain holds a name of a person, body or place: how many stand in a chain that is named by that name
("right"), by others only ("wrong"), by none ("nameless"), or in no chain ("alone").
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from coref_scores import Chain, Tally
from variorum.language import Annotation, Mention, annotate_all
from variorum.language.pairs import PRONOUNS

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from language.examples import head_of
from language.treebank import TreebankDocument, read_treebank

DATA = Path(__file__).parents[2] / "shared" / "data"
DEV = "en_gum-ud-dev.r2.16.conllu.gz"
THIRD_PERSON = frozenset(word for word, kind in PRONOUNS.items() if kind >= 3)
NAMED = ("person", "organization", "place")


def _chains(groups: Iterable[Iterable[object]]) -> list[Chain]:
    found = [frozenset(group) for group in groups]
    return [chain for chain in found if len(chain) > 1]


def gold_chains(document: TreebankDocument, *, heads: bool) -> list[Chain]:
    """The treebank's chains, by spans or by the offset of the word that carries each mention."""
    groups: dict[str, list[object]] = defaultdict(list)
    taken: set[object] = set()
    for m in sorted(document.mentions, key=lambda m: m.end - m.start):
        span = (document.words[m.start].start, document.words[m.end - 1].end)
        shown = document.words[head_of(document, m)].start if heads else span
        if shown not in taken:  # a pair and its first member have one head; a mention is in one chain
            taken.add(shown)
            groups[m.group].append(shown)
    return _chains(groups.values())


def head_offset(found: Annotation, mention: Mention) -> int:
    """Offset of the word that carries a mention: the first whose head lies outside of it."""
    inside = [i for i, t in enumerate(found.tokens) if mention.start <= t.start < mention.end]
    return next((found.tokens[i].start for i in inside if found.tokens[i].head not in inside), mention.start)


def system_chains(found: Annotation, *, heads: bool) -> list[Chain]:
    """The chains found, likewise."""
    return _chains([head_offset(found, m) if heads else (m.start, m.end) for m in chain] for chain in found.chains)


def pronouns(document: TreebankDocument, found: Annotation) -> Counter[str]:
    """How many pronouns of named things are right, wrong (with another name), nameless or alone.

    A chain is named by its mentions that are names, and by those that gave an actor its name. A mention that only has
    a name in it names somebody else: "Byron's junior" is not Byron.
    """
    chain_of = {(m.start, m.end): chain for chain in found.chains for m in chain}
    text = document.text
    naming = {(m.start, m.end) for a in found.actors for m in a.mentions if text[m.start : m.end] == a.name}
    groups = defaultdict(list)
    for mention in document.mentions:
        groups[mention.group].append(mention)
    tally: Counter[str] = Counter()
    for group in groups.values():
        heads = [document.words[head_of(document, m)] for m in group if m.type in NAMED]
        names = [word.start for word in heads if word.upos == "PROPN"]
        for m in group if names else ():
            word = document.words[m.start]
            if m.end - m.start > 1 or word.form.lower() not in THIRD_PERSON:
                continue
            chain = chain_of.get((word.start, word.end), ())
            by = [other for other in chain if other.kind == "name" or (other.start, other.end) in naming]
            if any(other.start <= name < other.end for other in by for name in names):
                tally["right"] += 1
            elif any(other.kind == "name" for other in chain):
                tally["wrong"] += 1
            else:
                tally["nameless" if chain else "alone"] += 1
    return tally


def measure(data: Path) -> dict[str, float]:
    """Figures by name."""
    documents = list(read_treebank(data / "treebank" / DEV))
    everything = annotate_all([d.text for d in documents])
    tallies: dict[str, Tally] = defaultdict(Tally)
    resolved: dict[str, Counter[str]] = defaultdict(Counter)
    for document, found in zip(documents, everything, strict=True):
        news = ["news and interview"] if document.genre in ("news", "interview") else []
        for part in ["all", document.genre, *news]:
            tallies[f"{part} exact"].add(gold_chains(document, heads=False), system_chains(found, heads=False))
            tallies[f"{part} heads"].add(gold_chains(document, heads=True), system_chains(found, heads=True))
            resolved[part].update(pronouns(document, found))
    figures = {}
    for name, tally in tallies.items():
        figures.update({f"{name} {metric}": round(value, 1) for metric, value in tally.scores().items()})
    for part, count in resolved.items():
        total = sum(count.values())
        for outcome in ("right", "wrong", "nameless", "alone") if total else ():
            figures[f"{part} pronouns {outcome}"] = round(100 * count[outcome] / total, 1)
        figures[f"{part} pronouns counted"] = total
    return figures


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
