"""PolNeAR, the corpus of attributions in political news (Newell, Margolin and Ruths 2018)."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]
Parts = dict[str, Spans]
"""Spans of ``source``, ``cue`` and ``content``."""


@dataclass(frozen=True)
class AttributedText:
    """An article, with the attributions of its first annotator."""

    id: str
    text: str
    attributions: tuple[Parts, ...]


def polnear(folder: Path, part: str) -> Iterator[AttributedText]:
    """The articles of a part, ``train`` or ``dev``."""
    with gzip.open(folder / f"polnear.{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            first = article["annotators"][0]
            rows = tuple(
                {name: tuple((start, end) for start, end in row[name]) for name in ("source", "cue", "content")}
                for row in article["attributions"]
                if row["annotator"] == first and row["cue"]
            )
            yield AttributedText(article["id"], article["text"], rows)
