"""Parts of speech, lemmas and the dependency tree of each sentence."""

from dataclasses import replace
from typing import cast

import numpy as np
import numpy.typing as npt

from variorum.language import bundle
from variorum.language.annotation import Token
from variorum.language.lemmas import apply_script
from variorum.language.reader import Floats, Reading
from variorum.language.splitting import Split
from variorum.language.trees import best_tree
from variorum.reading.mending.lexicon import words

Integers = npt.NDArray[np.int64]

_OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
"""Parts of speech whose lemmas can be looked up."""

_UNSEEN = np.float32(-1e4)
"""Score of an arc between words that no window holds both."""


def tokens_of(reading: Reading, split: Split) -> tuple[Token, ...]:
    """The words of a text with what the core says about each."""
    core = bundle.core()
    if not len(split):
        return ()
    heads = _heads(reading, split)
    first = split.first
    upos = reading.upos[first].argmax(1)
    labels = _labels(reading, first, heads)
    tokens = []
    for i in range(len(split)):
        start, end = int(split.starts[i]), int(split.ends[i])
        form = reading.text[start:end]
        tag = core.upos[upos[i]]
        lemma = _lemma(form, tag, [core.lemmas[n] for n in reading.lemma[first[i]]])
        tokens.append(Token(start, end, tag, lemma, int(heads[i]), core.deprels[labels[i]]))
    return tuple(_righted(reading.text, tokens))


def _righted(text: str, tokens: list[Token]) -> list[Token]:
    """Turn "the Obama *administration*" round where the noun was taken for a part of the name, which it heads."""
    for i, noun in enumerate(tokens):
        name = noun.head
        if noun.deprel != "flat" or noun.upos != "NOUN" or not text[noun.start].islower() or not 0 <= name < i:
            continue
        if tokens[name].upos != "PROPN" or any(tokens[k].head != name for k in range(name + 1, i)):
            continue
        if not any(tokens[k].head == name and tokens[k].deprel == "det" for k in range(max(0, name - 4), name)):
            continue
        above = tokens[name]
        for k, token in enumerate(tokens):
            if token.head == name and (k > i or (k < name and token.deprel != "compound")):
                tokens[k] = replace(token, head=i)
        tokens[name] = replace(above, head=i, deprel="compound")
        tokens[i] = replace(noun, head=above.head, deprel=above.deprel)
    return tokens


def _lemma(form: str, upos: str, scripts: list[str]) -> str:
    """The lemma that the best script makes, or, if that is no word, the best one that is ("decline", not "declin")."""
    ways = [apply_script(script, form) for script in scripts]
    if upos not in _OPEN or ways[0] == form.lower():
        return ways[0]
    for known in (bundle.core().known_lemmas, words()):
        for lemma in ways:
            if lemma.lower() in known:
                return lemma
    return ways[0]


def _heads(reading: Reading, split: Split) -> Integers:
    """Index of the head of each word, -1 for roots."""
    heads = np.full(len(split), -1, dtype=np.int64)
    run = 0
    for low, high in zip(split.sentences[:-1].tolist(), split.sentences[1:].tolist(), strict=True):
        places = split.first[low:high]
        while reading.runs[run][-1][0].end <= places[0]:
            run += 1
        tree = best_tree(_scores(reading, run, places))
        heads[low:high] = np.where(tree == 0, -1, tree - 1 + low)
    return heads


def _scores(reading: Reading, run: int, places: Integers) -> Floats:
    """Scores of arcs among the words of a sentence: (words, 1 + words)."""
    windows = reading.runs[run]
    if len(windows) == 1:
        window, arcs = windows[0]
        rows = places - window.start
        return cast(Floats, arcs[np.ix_(rows, np.append(0, rows + 1))])
    found = np.full((len(places), len(places) + 1), _UNSEEN, dtype=np.float32)
    middle = np.full(found.shape, -1)
    for window, arcs in windows:
        inside = np.flatnonzero((places >= window.start) & (places < window.end))
        if not len(inside):
            continue
        rows = places[inside] - window.start
        # the window counts in which the dependent stands farthest from an edge
        depth = np.minimum(rows, window.end - window.start - 1 - rows)
        cells = np.ix_(inside, np.append(0, inside + 1))
        better = depth[:, None] > middle[cells]
        found[cells] = np.where(better, arcs[np.ix_(rows, np.append(0, rows + 1))], found[cells])
        middle[cells] = np.where(better, depth[:, None], middle[cells])
    return found


def _labels(reading: Reading, first: Integers, heads: Integers) -> Integers:
    """Index of the relation of each word to its head; a word is "root" where it has none, and nowhere else."""
    core = bundle.core()
    root = core.deprels.index("root")
    labels = np.full(len(first), root, dtype=np.int64)
    hanging = np.flatnonzero(heads >= 0)
    if len(hanging):
        feed = {"dep": reading.label_dep[first[hanging]], "head": reading.label_head[first[heads[hanging]]]}
        scores = core.labels.run(["labels"], feed)[0]
        scores[:, root] = -np.inf
        labels[hanging] = scores.argmax(1)
    return labels
