"""Treebank documents as arrays: the pieces that the model reads and what it should say at each."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from language.treebank import Mention, TreebankDocument
from variorum.language.lemmas import script_of
from variorum.language.pieces import Pieces, pieces_of

Integers = npt.NDArray[np.int32]
IGNORE = -1
INSIDE, WORD, SENTENCE = 0, 1, 2

MENTION_TYPES = ("", "person", "organization", "place", "abstract", "event", "object", "time", "substance", "animal",
                 "plant")  # fmt: skip
"""GUM's types of entities; the first stands for a word that carries no mention."""


@dataclass(frozen=True)
class Inventory:
    """The names of the classes of each head, in the order of the model's outputs."""

    upos: tuple[str, ...]
    deprels: tuple[str, ...]
    lemmas: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """One document; every array has one entry for each piece, `IGNORE` where there is nothing to learn."""

    id: str
    pieces: Pieces
    seg: Integers
    """INSIDE, WORD or SENTENCE at the first piece of each unit."""
    upos: Integers
    lemma: Integers
    head: Integers
    """Piece index of the head's first piece; -2 for a root."""
    deprel: Integers
    mention: Integers
    """Type of the mention that the word carries, 0 for none; `IGNORE` throughout where mentions are not annotated."""
    cluster: Integers
    """Number of the coreference chain of that mention."""
    anaphor: npt.NDArray[np.bool_]
    sentences: Integers
    """First piece of each sentence, and the number of pieces."""


def inventory_of(documents: list[TreebankDocument], least: int) -> Inventory:
    """The classes that training data holds; lemma scripts only where seen at least `least` times."""
    words = [word for document in documents for word in document.words]
    scripts = Counter(script_of(word.form, word.lemma) for word in words)
    return Inventory(
        tuple(sorted({word.upos for word in words})),
        tuple(sorted({word.deprel for word in words})),
        tuple(sorted(script for script, count in scripts.items() if count >= least)),
    )


def head_of(document: TreebankDocument, mention: Mention) -> int:
    """The word that carries a mention: the one of its minimal span that hangs highest in the parse."""
    words = mention.heads or tuple(range(mention.start, mention.end))
    inside = set(range(mention.start, mention.end))
    for word in words:
        if document.words[word].head not in inside:
            return word
    return words[0]


def example_of(document: TreebankDocument, inventory: Inventory, *, coreference: bool) -> Example:
    """The arrays of one document."""
    pieces = pieces_of(document.text)
    size = len(pieces)
    starts = {int(start): i for i, start in reversed(list(enumerate(pieces.starts)))}
    at = [starts.get(word.start, IGNORE) for word in document.words]
    upos_of, deprel_of, lemma_of = (
        {name: i for i, name in enumerate(names)} for names in (inventory.upos, inventory.deprels, inventory.lemmas)
    )

    def column(fill: int = IGNORE) -> Integers:
        return np.full(size, fill, dtype=np.int32)

    seg = np.where(pieces.first, INSIDE, IGNORE).astype(np.int32)
    upos, lemma, head, deprel = column(), column(), column(), column()
    mention, cluster = column(), column()
    for word, place in zip(document.words, at, strict=True):
        if place == IGNORE:
            continue
        seg[place] = WORD
        upos[place] = upos_of.get(word.upos, IGNORE)
        lemma[place] = lemma_of.get(script_of(word.form, word.lemma), IGNORE)
        above = -2 if word.head < 0 else at[word.head]
        if above != IGNORE:
            head[place] = above
            deprel[place] = deprel_of.get(word.deprel, IGNORE)
        if coreference:
            mention[place] = 0
    sentences = []
    for first, _ in document.sentences:
        if at[first] != IGNORE:
            seg[at[first]] = SENTENCE
            sentences.append(at[first])
    groups: dict[str, int] = {}
    anaphor = np.zeros(size, dtype=np.bool_)
    if coreference:
        for found in sorted(document.mentions, key=lambda m: m.end - m.start):
            place = at[head_of(document, found)]
            if place != IGNORE and cluster[place] == IGNORE:
                mention[place] = MENTION_TYPES.index(found.type)
                cluster[place] = groups.setdefault(found.group, len(groups))
                anaphor[place] = found.link in ("ana", "coref")
    edges = np.array([*sentences, size], dtype=np.int32)
    return Example(document.id, pieces, seg, upos, lemma, head, deprel, mention, cluster, anaphor, edges)
