"""Sources, cues and contents of a text, as the attribution heads of the news weights find them.

Cues come first, from the best path through the flat classes; then every cue asks all pieces around it what they are
to it (see ``training/language/attribution.py``). So a source or a content may belong to several cues, lie inside of
another content, or come in pieces.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from variorum.language import bundle
from variorum.language.annotation import Span
from variorum.language.attribution_heads import (
    FLAT_TAGS,
    IMPOSSIBLE,
    ROLE_TAGS,
    best_paths,
    far_of,
    path_chances,
    spans_in,
)
from variorum.language.lists import reporting
from variorum.language.quotations import Quotation
from variorum.language.reader import Reading, chances_of, read

CALIBRATION: Final = (1.03, 1.77)
"""Slope and offset of the logistic of a likelihood's logarithm, fitted on PolNeAR dev (Platt 1999)."""
DEEPEST: Final = 2
"""How often contents are read once more."""
MOSTLY: Final = 0.5
"""Share of a quotation that must lie in a content for the quotation to belong to it."""
_EDGES: Final = "\"“”„‟'‘’«»‹›,;: "
_WORD: Final = regex.compile(r"\p{L}+")
_TOGETHER: Final = 48
"""Cues that are asked at once."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An attribution in offsets of the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    """How sure the model is of the cue and of what belongs to it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch that the model takes for the content of some attribution, whatever its cue."""

    start: int
    end: int


def attributions_in(readings: Sequence[Reading], threads: int = 1) -> list[list[Raw]]:
    """The attributions of texts that have a cue, those inside of contents included; each in the order of their cues.

    PolNeAR marks none inside of a content, and so the network finds none there. Contents in which somebody seems to be
    reported are therefore read once more, each as a text of its own.
    """
    found = [_whole(reading) for reading in readings]
    fresh = [list(rows) for rows in found]
    for _ in range(DEEPEST):
        waiting = [
            (i, start, end)
            for i, rows in enumerate(fresh)
            for start, end in dict.fromkeys(_stripped(readings[i].text, span) for raw in rows for span in raw.content)
            if _reports(readings[i].text[start:end])
        ]
        if not waiting:
            break
        again = read([readings[i].text[start:end] for i, start, end in waiting], threads)
        fresh = [[] for _ in readings]
        for (i, start, _), inner in zip(waiting, again, strict=True):
            said = [raw for raw in _whole(inner) if raw.source and _reports(_cue_words(raw, inner.text))]
            fresh[i] += [_moved(raw, start) for raw in said]
        for i, rows in enumerate(fresh):
            known = {raw.cue for raw in found[i]}
            found[i] += (rows := [raw for raw in rows if raw.cue not in known])
            fresh[i] = rows
    return [sorted(rows, key=lambda raw: (raw.cue, raw.content)) for rows in found]


def _whole(reading: Reading) -> list[Raw]:
    """What the network finds in a text, with whole quotations."""
    return [
        part
        for raw in raw_attributions(reading)
        if raw.content
        for part in unchained(completed(raw, reading.text, reading.quotations), reading.text)
    ]


def nearest(source: tuple[Span, ...], cue: Span, text: str) -> tuple[Span, ...]:
    """The piece of a source that counts where the network gives several: the agent ("by ..."), or the closest one."""
    if len(source) < 2:
        return source
    agents = [span for span in source if text[max(0, span[0] - 3) : span[0]] == "by "]
    return (min(agents or source, key=lambda span: max(span[0] - cue[1], cue[0] - span[1])),)


def _stripped(text: str, span: Span) -> Span:
    """A content without marks and blanks at its edges, and without the "that" before it."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGES):
        end -= 1
    return (start + 5, end) if text[start : start + 5].lower() == "that " else (start, end)


def unchained(raw: Raw, text: str) -> list[Raw]:
    """An attribution whose source holds another ("the Post claims Pompeo" said), as the two that they are."""
    if not raw.source:
        return [raw]
    start, end = raw.source[0][0], raw.source[-1][1]
    words = list(_WORD.finditer(text, start, end))
    for i in range(1, len(words) - 1):
        if words[i].group() not in reporting() or not words[i + 1].group()[0].isupper():
            continue
        if not all(any(s <= word.start() < e for s, e in raw.source) for word in (words[0], words[i], words[i + 1])):
            continue
        own = (words[i + 1].start(), end)
        reported = merged([(own[0], max(own[1], raw.cue[-1][1])), *raw.content])
        outer = Raw(((start, words[i - 1].end()),), (words[i].span(),), _bridged(reported, text), raw.score)
        return [outer, replace(raw, source=(own,))]
    return [replace(raw, source=nearest(raw.source, raw.cue[0], text))]


def _reports(words: str) -> bool:
    """Whether words could report speech."""
    known = reporting()
    return any(word.lower() in known for word in _WORD.findall(words))


def _cue_words(raw: Raw, text: str) -> str:
    return " ".join(text[start:end] for start, end in raw.cue)


def _moved(raw: Raw, by: int) -> Raw:
    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((start + by, end + by) for start, end in spans)

    return Raw(moved(raw.source), moved(raw.cue), moved(raw.content), raw.score)


def completed(raw: Raw, text: str, quotations: Sequence[Quotation]) -> Raw:
    """An attribution whose content takes in the whole of each quotation that it has most of, with its marks.

    Quotations that hold its cue are around it, and stay out.
    """
    cue = raw.cue[0][0] if raw.cue else -1
    content = list(raw.content)
    for quotation in quotations:
        if quotation.start <= cue < quotation.end:
            continue
        whole = (quotation.start, quotation.end)
        inner = quotation.inner_end - quotation.inner_start
        for i, span in enumerate(content):
            shared = overlap(span, quotation.inner)
            if not shared or (span[0] <= whole[0] and span[1] >= whole[1]):
                continue
            at_edge = abs(span[0] - quotation.inner_start) <= 2 or abs(span[1] - quotation.inner_end) <= 2
            if shared >= MOSTLY * inner or at_edge:
                content[i] = (min(span[0], whole[0]), max(span[1], whole[1]))
    return replace(raw, content=_bridged(merged(content), text))


def _bridged(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans without the gaps in which there is nothing but blanks."""
    found: list[Span] = []
    for span in spans:
        gap = text[found[-1][1] : span[0]] if found else "-"
        if not gap.strip() and gap.count("\n") < 2:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
    return tuple(found)


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span[1]))
        else:
            found.append(span)
    return tuple(found)


def raw_attributions(reading: Reading) -> list[Raw]:
    """The attributions of a text that have a cue, in the order of their cues."""
    cues = _cues(reading)
    found = []
    for at in range(0, len(cues), _TOGETHER):
        found += _with_roles(reading, cues[at : at + _TOGETHER])
    return found


def spoken_stretches(reading: Reading) -> list[Spoken]:
    """What the model takes for contents of attributions, each piece in itself."""
    return [Spoken(*_offsets(reading, low, high)) for low, high, kind in _flat(reading) if kind == "content"]


def _flat(reading: Reading) -> list[tuple[int, int, str]]:
    """Sources, cues and contents by themselves: first piece, the one after the last, and what it is."""
    windows = [window for run in reading.runs for window, _ in run]
    if not windows:
        return []
    lengths = np.array([window.end - window.start for window in windows])
    scores = np.zeros((len(windows), int(lengths.max()), len(FLAT_TAGS)), dtype=np.float32)
    for row, window in enumerate(windows):
        scores[row, : lengths[row]] = reading.flat[window.start : window.end]
    found = []
    for window, path in zip(windows, best_paths(scores, lengths, bundle.news().flat_steps).tolist(), strict=True):
        found += [(window.start + low, window.start + high, kind) for low, high, kind in spans_in(path, FLAT_TAGS)]
    return _apart(found)


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that do not overlap, where windows do: the longer one stays."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda item: (item[0], -item[1])):
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
        else:
            kept.append(span)
    return kept


def _cues(reading: Reading) -> list[tuple[int, int, float]]:
    """First piece, the one after the last, and the chance of each cue."""
    chances = chances_of(reading.cue) if len(reading.cue) else reading.cue
    return [(low, high, float(1 - chances[low:high, 0].mean())) for low, high, kind in _flat(reading) if kind == "cue"]


def _window_of(reading: Reading, low: int, high: int) -> tuple[int, int]:
    """The window in which a cue is furthest from the edges."""
    around = [w for run in reading.runs for w, _ in run if w.start <= low and high <= w.end]
    if not around:
        return low, high
    best = max(around, key=lambda w: min(low - w.start, w.end - high))
    return best.start, best.end


def _with_roles(reading: Reading, cues: list[tuple[int, int, float]]) -> list[Raw]:
    news = bundle.news()
    windows = [_window_of(reading, low, high) for low, high, _ in cues]
    lengths = np.array([end - start for start, end in windows])
    size = int(lengths.max())
    own = np.array([[low - start, high - start] for (low, high, _), (start, _) in zip(cues, windows, strict=True)])
    pieces = np.zeros((len(cues), size, reading.role_piece.shape[1]), dtype=np.float32)
    asking = np.zeros((len(cues), reading.role_cue.shape[1]), dtype=np.float32)
    for row, ((low, high, _), (start, end)) in enumerate(zip(cues, windows, strict=True)):
        pieces[row, : end - start] = reading.role_piece[start:end]
        asking[row] = reading.role_cue[low:high].mean(0)
    scores: npt.NDArray[np.float32] = news.roles.run(
        ["scores"], {"piece": pieces, "cue": asking, "far": far_of(own, size)}
    )[0]
    where = np.arange(size)
    scores[(where >= own[:, :1]) & (where < own[:, 1:]), 1:] = IMPOSSIBLE
    paths = best_paths(scores, lengths, news.role_steps)
    chances = path_chances(scores, lengths, news.role_steps, paths)
    found = []
    for row, ((low, high, chance), (start, _)) in enumerate(zip(cues, windows, strict=True)):
        parts: dict[str, list[Span]] = {"source": [], "content": []}
        for first, after, kind in spans_in(paths[row].tolist(), ROLE_TAGS):
            parts[kind].append(_offsets(reading, start + first, start + after))
        cue = _offsets(reading, low, high)
        found.append(
            Raw(tuple(parts["source"]), (cue,), tuple(parts["content"]), calibrated(chance * float(chances[row])))
        )
    return found


def calibrated(chance: float) -> float:
    """How often an attribution of that likelihood is right: its parts overlap with the true ones, its content by .8."""
    slope, offset = CALIBRATION
    return round(1 / (1 + math.exp(-slope * math.log(max(chance, 1e-4)) - offset)), 3)


def _offsets(reading: Reading, low: int, high: int) -> Span:
    return int(reading.pieces.starts[low]), int(reading.pieces.ends[high - 1])
