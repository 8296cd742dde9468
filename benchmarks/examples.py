"""Who said what in the example corpus, against its truth, the whole way from files to an edition.

    python benchmarks/examples.py [--json FILE] [--errors]

Needs nothing from outside. Of the quotes that ``variorum/examples/truth.json`` lists (every one of the corpus): how
many are found (most of the words of their content in one attribution), with all their speakers, of the right kind,
negated where they are, and with the speakers of the whole chain around them. Of what stands in marks and is no speech:
how much is left alone. Of pairs of quotes that are one utterance in the truth: precision and recall of the grouping.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path
from typing import Any

from variorum.build import build
from variorum.edition import quotes
from variorum.edition.quotes import Quote
from variorum.edition.reading import Edition
from variorum.examples import corpus

sys.path.insert(0, str(Path(__file__).parent))

from figures import run
from quotes import same_names

ENOUGH = 0.6
"""Share of the words of a content that must be in an attribution for it to be found."""


def _found(text: str, said: Sequence[Quote], wanted: dict[str, Any]) -> Quote | None:
    """The innermost attribution that has the content of a quote of the truth."""
    spans = []
    for piece in wanted["content"]:
        at = text.find(piece)
        if at >= 0:
            spans.append((at, at + len(piece)))
    total = sum(end - start for start, end in spans)
    best: tuple[float, int, Quote] | None = None
    for quote in said:
        own = sum(max(0, min(end, span.end) - max(start, span.start)) for start, end in spans for span in quote.content)
        size = sum(span.end - span.start for span in quote.content)
        if total and own >= ENOUGH * total:
            fit = own / max(total, size)
            if best is None or fit > best[0]:
                best = (fit, size, quote)
    return best[2] if best else None


def measure(_: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent; no data is needed."""
    truth = json.loads((files("variorum.examples") / "truth.json").read_text("utf-8"))
    paths = {document["id"]: (document["path"], document.get("row")) for document in truth["documents"]}
    with tempfile.TemporaryDirectory() as folder, as_file(corpus()) as source:
        build([source], Path(folder) / "examples.edition")
        with Edition.open(Path(folder) / "examples.edition") as edition:
            by_place: dict[str, list[tuple[str, list[Quote]]]] = {}
            for id in edition.ids():
                document = edition.document(id)
                by_place.setdefault(document.path, []).append((document.text, quotes.of_document(edition, id)))
            return _measured(truth, paths, by_place, errors=errors)


def _measured(truth: Any, paths: Any, by_place: Any, *, errors: bool) -> dict[str, float]:
    count: dict[str, list[int]] = {
        key: [0, 0] for key in ("found", "speakers", "kind", "negated", "chain", "not speech left alone")
    }

    def tell(key: str, good: bool, wanted: Any, got: Any = "") -> None:
        count[key][0] += good
        count[key][1] += 1
        if errors and not good:
            print(f"{key}: {wanted} and not {got}")

    grouped: list[tuple[str, str]] = []
    for wanted in truth["quotes"]:
        here = [
            (text, said)
            for text, said in by_place.get(paths[wanted["document"]][0], ())
            if all(piece in text for piece in wanted["content"])
        ]
        found = _found(*here[0], wanted) if here else None
        words = " … ".join(wanted["content"])[:90]
        tell("found", found is not None, f"{wanted['document']}: {words}")
        if found is None:
            continue
        names = [by.name for by in found.speakers]
        tell("speakers", same_names(names, wanted["speakers"]), f"{words}: {wanted['speakers']}", names)
        tell("kind", found.kind == wanted["kind"], f"{words}: {wanted['kind']}", found.kind)
        tell("negated", found.negated == wanted["negated"], f"{words}: {wanted['negated']}", found.negated)
        if wanted["via"]:
            chain = [[by.name for by in link.speakers] for link in found.via]
            right = [link["speakers"] for link in wanted["via"]]
            good = len(chain) == len(right) and all(same_names(a, b) for a, b in zip(chain, right, strict=True))
            tell("chain", good, f"{words}: {right}", chain)
        grouped.append((wanted["utterance"] or f"alone {len(grouped)}", found.utterance))
    for wanted in truth["not_speech"]:
        words = wanted["words"]
        for text, said in by_place.get(paths[wanted["document"]][0], ()):
            at = text.find(words)
            if at >= 0:
                quoted = any(
                    q.kind == "direct" and any(s.start <= at and at + len(words) <= s.end for s in q.content)
                    for q in said
                )
                tell("not speech left alone", not quoted, words, "a quote")
    figures = {key: round(100 * good / max(1, all), 1) for key, (good, all) in count.items()}
    true = {(i, j) for i, j in combinations(range(len(grouped)), 2) if grouped[i][0] == grouped[j][0]}
    ours = {(i, j) for i, j in combinations(range(len(grouped)), 2) if grouped[i][1] == grouped[j][1]}
    figures["utterances precision"] = round(100 * len(true & ours) / max(1, len(ours)), 1)
    figures["utterances recall"] = round(100 * len(true & ours) / max(1, len(true)), 1)
    return figures


if __name__ == "__main__":
    run(__doc__, measure)
