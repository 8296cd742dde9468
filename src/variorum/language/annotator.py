"""The language stage over plain texts: from a string to an Annotation."""

from collections.abc import Iterator, Sequence
from typing import Final

from variorum.language.actors import cast_of
from variorum.language.annotation import Annotation, Timed
from variorum.language.attribution_spans import Raw, attributions_in
from variorum.language.attributions import attributions_of
from variorum.language.coreference import chains_of
from variorum.language.happenings import about
from variorum.language.mentions import candidates_of
from variorum.language.names import names_of
from variorum.language.parsing import tokens_of
from variorum.language.reader import Reading, cores, read
from variorum.language.sections import joined, moved, sections_of
from variorum.language.splitting import split
from variorum.language.times import find

TOGETHER: Final = 20_000
"""Characters of the texts that are read at once."""


def annotate(text: str) -> Annotation:
    """Read one English text: sentences, parsed words, names, who is meant, who says what, and when.

    ``text`` is taken as it is, with no zones and no repairs; all offsets are code points in it. Raises WeightsError
    where the weight files are missing.
    """
    return annotate_all([text])[0]


def annotate_all(texts: Sequence[str], threads: int | None = None) -> list[Annotation]:
    """Read several texts at once, on all cores of the process unless told otherwise.

    Each text comes out as it would alone. Raises WeightsError where the weight files are missing.
    """
    found: list[list[Annotation]] = [[] for _ in texts]
    parts = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in sections_of(text)]
    for group in _groups(parts):
        readings = read([text for _, _, text in group], threads or cores())
        said = attributions_in(readings, threads or cores())
        for (i, start, _), reading, raw in zip(group, readings, said, strict=True):
            found[i].append(moved(annotation_of(reading, raw), start))
    return [joined(sections) for sections in found]


def _groups(parts: Sequence[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Texts that are read together: enough for full batches on all cores, few enough to bound the memory."""
    group: list[tuple[int, int, str]] = []
    size = 0
    for part in parts:
        if group and size + len(part[2]) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(part)
        size += len(part[2])
    if group:
        yield group


def annotation_of(reading: Reading, said: Sequence[Raw]) -> Annotation:
    """What the networks said about a text, made into an annotation; `said` are its attributions that have a cue."""
    text = reading.text
    cut = split(reading)
    tokens = tokens_of(reading, cut)
    words = [text[token.start : token.end] for token in tokens]
    names = names_of(reading, cut, tokens)
    mentions = candidates_of(reading, cut, tokens, names, words)
    chains = chains_of(reading, cut, tokens, mentions, words)
    entities, actors, shown = cast_of(text, tokens, names, mentions, chains)
    sentences = tuple(
        (tokens[low].start, tokens[high - 1].end)
        for low, high in zip(cut.sentences[:-1].tolist(), cut.sentences[1:].tolist(), strict=True)
        if high > low
    )
    attributions = attributions_of(reading, said, tokens, sentences, entities, actors, shown)
    times = find(text, tokens, sentences)
    timed = tuple(map(Timed, times, about(times, tokens, sentences)))
    return Annotation(sentences, tokens, entities, actors, shown, attributions, timed)
