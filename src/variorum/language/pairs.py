"""What can be told from the words about two mentions: the features of the scorer of antecedents.

Training and annotating share this module, so that the scorer sees the same numbers in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

REACH: Final = 120
"""How many mentions back an antecedent is looked for."""

FEATURES: Final = 24
"""Number of features of a pair."""

PRONOUNS: Final = {
    "i": 1, "me": 1, "my": 1, "mine": 1, "myself": 1, "we": 1, "us": 1, "our": 1, "ours": 1, "ourselves": 1,
    "you": 2, "your": 2, "yours": 2, "yourself": 2, "yourselves": 2,
    "he": 3, "him": 3, "his": 3, "himself": 3, "she": 4, "her": 4, "hers": 4, "herself": 4,
    "it": 5, "its": 5, "itself": 5, "they": 6, "them": 6, "their": 6, "theirs": 6, "themselves": 6, "themself": 6,
}  # fmt: skip
"""Personal pronouns by class: first and second person, he, she, it, they."""

_NAME_PARTS = frozenset({"flat", "compound", "amod", "nummod", "nmod:poss"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


@dataclass(frozen=True)
class ParsedWord:
    """One word of a document as the scorer needs it."""

    form: str
    lemma: str
    upos: str
    head: int
    """Index of the head in the document; -1 for a root."""
    deprel: str
    sentence: int


def antecedents_of(count: int, reach: int = REACH) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """For each of `count` mentions the indices of those before it, nearest first, and which of them exist."""
    width = min(reach, max(count - 1, 1))
    found = np.arange(count)[:, None] - 1 - np.arange(width)[None, :]
    return np.maximum(found, 0), found >= 0


def _incidence(words: Sequence[ParsedWord], heads: Sequence[int]) -> npt.NDArray[np.float32]:
    """Which content words each mention is made of: its head and the parts of its name or description."""
    parts: dict[int, list[str]] = {head: [words[head].lemma.lower()] for head in heads}
    for word in words:
        if word.head in parts and word.deprel in _NAME_PARTS:
            parts[word.head].append(word.lemma.lower())
    vocabulary: dict[str, int] = {}
    for head in heads:
        for part in parts[head]:
            vocabulary.setdefault(part, len(vocabulary))
    table = np.zeros((len(heads), max(len(vocabulary), 1)), dtype=np.float32)
    for row, head in enumerate(heads):
        table[row, [vocabulary[part] for part in parts[head]]] = 1.0
    return table


def features_of(words: Sequence[ParsedWord], heads: Sequence[int], reach: int = REACH) -> Floats:
    """Features of each mention with each of its antecedents: (mentions, antecedents, FEATURES).

    `heads` are the words that carry the mentions, in order; the second axis is that of :func:`antecedents_of`.
    """
    count = len(heads)
    before, _ = antecedents_of(count, reach)
    table = np.zeros((*before.shape, FEATURES), dtype=np.float32)
    if not count:
        return table
    lemma_ids: dict[str, int] = {}
    lemma = np.array([lemma_ids.setdefault(words[h].lemma.lower(), len(lemma_ids)) for h in heads])
    form_ids: dict[str, int] = {}
    form = np.array([form_ids.setdefault(words[h].form.lower(), len(form_ids)) for h in heads])
    kind = np.array([PRONOUNS.get(words[h].form.lower(), 0) for h in heads])
    proper = np.array([words[h].upos == "PROPN" for h in heads])
    subject = np.array([words[h].deprel in _SUBJECTS for h in heads])
    sentence = np.array([words[h].sentence for h in heads])
    position = np.array(heads)
    parent = np.array([words[h].head for h in heads])
    relation = np.array([words[h].deprel == "appos" for h in heads])

    away = np.broadcast_to(np.arange(before.shape[1])[None, :], before.shape)
    for i, (low, high) in enumerate(((0, 1), (1, 3), (3, 7), (7, 15), (15, 40), (40, 1 << 30))):
        table[..., i] = (away >= low) & (away < high)
    sentences = sentence[:, None] - sentence[before]
    for i, (low, high) in enumerate(((0, 1), (1, 2), (2, 4), (4, 1 << 30))):
        table[..., 6 + i] = (sentences >= low) & (sentences < high)
    made = _incidence(words, heads)
    sizes = made.sum(1)
    shared = np.take_along_axis(made @ made.T, before, 1)
    table[..., 10] = lemma[:, None] == lemma[before]
    table[..., 11] = (shared == sizes[:, None]) & (shared == sizes[before])
    table[..., 12] = (shared == sizes[:, None]) | (shared == sizes[before])
    for i in range(1, 7):
        table[..., 12 + i] = (kind == i)[:, None]
    table[..., 19] = (kind[:, None] > 0) & (kind[:, None] == kind[before])
    table[..., 20] = (form[:, None] == form[before]) & (kind[:, None] > 0)
    table[..., 21] = proper[:, None] & proper[before]
    table[..., 22] = relation[:, None] & (parent[:, None] == position[before])
    table[..., 23] = subject[before]
    return table
