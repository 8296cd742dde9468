"""The weights by which ``variorum.language.polarity`` tells who stands for or against whom.

    python training/polarity.py [--data ../shared/data] [--networks 4] [--epochs 10]

DSE (bywords/directed_sentiment_analysis, Findings of ACL 2021; no licence stated): sentences of news with two marked
parties and who is positive or negative towards whom. The sentences are annotated, each pair is described from either
side, and small networks are trained on the descriptions; at last they are one, by the mean of their scores. How many
epochs are good, and how far the scores must be flattened to be probabilities, is told by a fifth of the sentences that
networks of the same making did not see; those that ship saw all of the training part. Lemmas are left out at random
again and again, so that the vectors of words are learnt from as well.

Needs PyTorch, and nothing else beyond the package.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from variorum.collation.meanings import word_vectors
from variorum.collation.words import folded
from variorum.language import annotate_all
from variorum.language.annotation import Annotation
from variorum.language.polarity import Described, described

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
ROOM: Final = Path(__file__).parents[1] / "src" / "variorum" / "language" / "weights"
CARD: Final = Path(__file__).parent / "language" / "cards" / "polarity.md"
LEAST: Final = 5
"""Occurrences of a mark, and of a lemma, that gets numbers of its own."""
SEED: Final = 1


@dataclass(frozen=True)
class Pair:
    """One row of DSE: a sentence without its marks, and the two parties in it."""

    text: str
    p: tuple[int, int]
    """Start and end in code points."""
    q: tuple[int, int]
    label: int
    """0 none, 1 p is positive towards q, 2 q towards p, 3 p is negative towards q, 4 q towards p."""


def pairs(data: Path, part: str) -> list[Pair]:
    """The rows of a part of DSE, ``train`` or ``valid``, each of them once.

    Rows of ``valid`` whose sentence is in ``train`` are left out; so are the few whose marks can't be read.
    """
    with gzip.open(data / "stances" / f"dse.{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [pair for line in lines if (pair := _pair(json.loads(line))) is not None]
    known = {pair.text for pair in pairs(data, "train")} if part == "valid" else set()
    return [pair for pair in found if pair.text not in known]


def _pair(row: Mapping[str, Any]) -> Pair | None:
    text, spans = "", []
    for n, piece in enumerate(row["text"].replace("]", "[").split("[")):
        if n % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return Pair(text, spans[0], spans[1], row["label"]) if len(spans) == 2 else None


def party(annotation: Annotation, span: tuple[int, int]) -> range:
    """The tokens of a party, without a possessive ending; none where it has none."""
    tokens = annotation.tokens
    inside = [i for i, token in enumerate(tokens) if token.start < span[1] and token.end > span[0]]
    while len(inside) > 1 and tokens[inside[-1]].upos in ("PART", "PUNCT"):
        inside.pop()
    return range(inside[0], inside[-1] + 1) if inside else range(0)
