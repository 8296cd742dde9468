"""How well attributions are found: source, cue and content, and what belongs together.

    python benchmarks/attributions.py [--data ../shared/data] [--json FILE] [--errors N]

*By document*, on PolNeAR dev from raw text: F1 of spans, exact (both edges right) and by overlap (some of it right);
of links (a cue with a piece of its source or content); and of whole attributions (every piece of all three; by
overlap: each part that either has overlaps).

*By sentence*, on the rows of CofeNet's form of PolNeAR dev, each read alone with its tokens joined as an editor would
set them: exact F1 of source, cue and content, one label a token, the outermost attribution first. That is the protocol
of the published figures (Wang et al. 2022, on the test part), and reads 1,925 rows without their surroundings. "spaced"
are the same rows as tokens between blanks.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from variorum.language import annotate_all
from variorum.language.annotation import Attribution, Span

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from language.names import joined
from language.polnear import Parts, polnear

DATA = Path(__file__).parents[2] / "shared" / "data"
PARTS = ("source", "cue", "content")
Labelled = tuple[int, int, str]


class Tally:
    """Right, found and wanted, by name."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()

    def add(self, name: str, gold: set[object], ours: set[object]) -> None:
        """Count two sets of which the same members are right."""
        self.add_hits(name, len(gold & ours), len(gold & ours), len(ours), len(gold))

    def add_hits(self, name: str, precise: int, recalled: int, found: int, wanted: int) -> None:
        """Count how many of ours are right, and how many of the wanted were found."""
        self.right[name] += precise
        self.hit[name] += recalled
        self.found[name] += found
        self.wanted[name] += wanted

    def f1(self, name: str) -> float:
        """F1 in per cent."""
        precision = self.right[name] / max(1, self.found[name])
        recall = self.hit[name] / max(1, self.wanted[name])
        return round(200 * precision * recall / max(1e-9, precision + recall), 1)


def parts_of(attribution: Attribution) -> Parts:
    """Source, cue and content."""
    return {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}


def _overlap(one: Iterable[Span], other: Iterable[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _alike(one: Parts, other: Parts) -> bool:
    return all(bool(one[p]) == bool(other[p]) and (not one[p] or _overlap(one[p], other[p])) for p in PARTS)


def count_document(tally: Tally, gold: Sequence[Parts], ours: Sequence[Parts]) -> None:
    """Count one document."""
    for part in PARTS:
        true = {span for row in gold for span in row[part]}
        said = {span for row in ours for span in row[part]}
        tally.add(f"exact {part}", set(true), set(said))
        tally.add_hits(
            f"overlap {part}",
            sum(_overlap([span], true) for span in said),
            sum(_overlap([span], said) for span in true),
            len(said),
            len(true),
        )

    def links(rows: Sequence[Parts]) -> set[tuple[Span, str, Span]]:
        return {(cue, p, span) for row in rows for cue in row["cue"] for p in ("source", "content") for span in row[p]}

    true_links, our_links = links(gold), links(ours)
    tally.add("exact link", set(true_links), set(our_links))

    def near(link: tuple[Span, str, Span], others: Iterable[tuple[Span, str, Span]]) -> bool:
        return any(p == link[1] and _overlap([c], [link[0]]) and _overlap([s], [link[2]]) for c, p, s in others)

    tally.add_hits(
        "overlap link",
        sum(near(link, true_links) for link in our_links),
        sum(near(link, our_links) for link in true_links),
        len(our_links),
        len(true_links),
    )
    tally.add(
        "exact whole", {tuple(row[p] for p in PARTS) for row in gold}, {tuple(row[p] for p in PARTS) for row in ours}
    )
    tally.add_hits(
        "overlap whole",
        sum(any(_alike(row, other) for other in gold) for row in ours),
        sum(any(_alike(row, other) for other in ours) for row in gold),
        len(ours),
        len(gold),
    )


def by_document(data: Path) -> dict[str, float]:
    """F1 on whole articles."""
    articles = list(polnear(data / "attribution", "dev"))
    tally = Tally()
    for article, found in zip(articles, annotate_all([a.text for a in articles]), strict=True):
        # a quotation without a cue is no attribution in PolNeAR, which links every source to a cue
        ours = [parts_of(a) for a in found.attributions if a.cue]
        count_document(tally, article.attributions, ours)
    names = [f"{how} {part}" for how in ("exact", "overlap") for part in (*PARTS, "link", "whole")]
    return {f"documents {name}": tally.f1(name) for name in names}


def flat(attributions: Sequence[Parts], tokens: Sequence[Span]) -> list[str]:
    """One BIO label a token; contents before sources and cues, long ones before short ones, none over another."""
    labels = ["O"] * len(tokens)
    spans = [(part, span) for row in attributions for part in PARTS for span in row[part]]
    covered = [
        (part, [i for i, (start, end) in enumerate(tokens) if start < span[1] and span[0] < end])
        for part, span in spans
    ]
    for part, inside in sorted(covered, key=lambda item: (item[0] != "content", -len(item[1]), item[1])):
        if inside and all(labels[i] == "O" for i in inside):
            for i in inside:
                labels[i] = f"I-{part}"
            labels[inside[0]] = f"B-{part}"
    return labels


def labelled(labels: Sequence[str]) -> set[Labelled]:
    """Spans of a row of labels."""
    found: list[Labelled] = []
    for i, label in enumerate(labels):
        mark, _, part = label.partition("-")
        if mark == "B" or (mark == "I" and not (found and found[-1][1] == i and found[-1][2] == part)):
            found.append((i, i + 1, part))
        elif mark == "I":
            found[-1] = (found[-1][0], i + 1, part)
    return set(found)


def spaced(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Tokens between blanks, and their spans."""
    spans: list[Span] = []
    at = 0
    for token in tokens:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), spans


def by_sentence(data: Path, *, apart: bool, errors: int = 0) -> dict[str, float]:
    """Exact F1 on CofeNet's rows."""
    with gzip.open(data / "attribution" / "cofenet_polnear.valid.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [spaced(row["tokens"]) if apart else joined(row["tokens"]) for row in rows]
    tally = Tally()
    for row, (_, spans), found in zip(rows, texts, annotate_all([text for text, _ in texts]), strict=True):
        labels = flat([parts_of(a) for a in found.attributions], spans)
        gold, ours = labelled(row["labels"]), labelled(labels)
        for part in PARTS:
            tally.add(part, {s for s in gold if s[2] == part}, {s for s in ours if s[2] == part})
        if gold != ours and errors:
            errors -= 1
            _show(row["tokens"], gold, ours)
    return {f"sentences{' spaced' if apart else ''} {part}": tally.f1(part) for part in PARTS}


def _show(tokens: Sequence[str], gold: set[Labelled], ours: set[Labelled]) -> None:
    for name, spans in (("gold", gold), ("ours", ours)):
        marks: defaultdict[int, str] = defaultdict(str)
        for low, high, part in sorted(spans):
            marks[low] += f"[{part[:3]} "
            marks[high - 1 + len(tokens)] += "]"
        line = " ".join(f"{marks[i]}{token}{marks[i + len(tokens)]}" for i, token in enumerate(tokens))
        print(f"{name}: {line}")
    print()


def measure(data: Path) -> dict[str, float]:
    """Figures by name."""
    return by_document(data) | by_sentence(data, apart=False) | by_sentence(data, apart=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="rows with errors to print")
    arguments = parser.parse_args()
    if arguments.errors:
        by_sentence(arguments.data, apart=False, errors=arguments.errors)
        return
    figures = measure(arguments.data)
    for name, value in figures.items():
        print(f"{name:<40} {value:6.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
