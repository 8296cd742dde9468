"""Run the networks over texts: pieces in, numbers for each piece out.

Windows of all texts at hand are put together by length, padded to a multiple of `STEP`, and read in batches. What a
window says does not depend on the others in its batch: windows of one padded length go through the same arithmetic row
by row (the matrix products are exact integers, see ``training/language/graph.py``).
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from variorum.language import bundle
from variorum.language.pieces import Pieces, pieces_of, special
from variorum.language.quotations import Quotation, quotations_of, states_of
from variorum.language.windows import Window, windows_of

Floats = npt.NDArray[np.float32]

STEP: Final = 16
"""Lengths of batches are multiples of this many pieces."""

FULL: Final = 576
"""Pieces in a batch, padding included; bounds what a batch takes in memory, and fits the caches."""

_CORE: Final = ("seg", "upos", "mention", "lemma", "anaphor", "antecedent", "label_dep", "label_head")
_NEWS: Final = ("names", "flat", "cue", "role_piece", "role_cue")
_PER_PIECE: Final = (*_CORE, *_NEWS)
_SYNTAX: Final = ("label_dep", "label_head", "upos", "seg")
"""What the news weights read of the core's heads, in this order."""


@dataclass(frozen=True)
class Reading:
    """What the networks say about one text; the arrays have one row for each piece."""

    text: str
    pieces: Pieces
    seg: Floats
    """Scores of: inside a word, first of a word, first of a sentence."""
    upos: Floats
    mention: Floats
    lemma: npt.NDArray[np.int64]
    """Indices of the best edit scripts, the best first."""
    anaphor: Floats
    antecedent: Floats
    label_dep: Floats
    label_head: Floats
    names: Floats
    flat: Floats
    """Scores of the classes of ``attribution_heads.FLAT_TAGS``."""
    cue: Floats
    role_piece: Floats
    role_cue: Floats
    quotations: tuple[Quotation, ...]
    """What stands in quotation marks."""
    runs: tuple[tuple[tuple[Window, Floats], ...], ...]
    """Windows as :func:`windows_of` made them, each with its scores of arcs: (pieces, 1 + pieces), the root first."""
    first_of_window: npt.NDArray[np.bool_]
    """Whether a run of windows begins at the piece."""


@dataclass(frozen=True)
class _Job:
    text: int
    run: int
    window: Window


def read(texts: Sequence[str], threads: int = 1) -> list[Reading]:
    """Read texts, on `threads` threads; the result does not depend on their number, nor on which texts come together.

    Raises WeightsError where there are no weights.
    """
    pieces = [pieces_of(text) for text in texts]
    runs = [windows_of(text, found) for text, found in zip(texts, pieces, strict=True)]
    quotations = [quotations_of(text) for text in texts]
    states = [states_of(own, found) for own, found in zip(pieces, quotations, strict=True)]
    jobs = [_Job(t, r, w) for t, found in enumerate(runs) for r, run in enumerate(found) for w in run]
    batches = list(_batches(jobs))
    bundle.core(), bundle.news()  # load once, not in each thread
    said: dict[_Job, dict[str, npt.NDArray[Any]]] = {}

    def one(batch: tuple[int, list[_Job]]) -> list[dict[str, npt.NDArray[Any]]]:
        return _run(batch[1], batch[0], pieces, states)

    if threads > 1 and len(batches) > 1:
        with ThreadPoolExecutor(min(threads, len(batches))) as pool:
            results = list(pool.map(one, batches))
    else:
        results = [one(batch) for batch in batches]
    for (_, batch), found in zip(batches, results, strict=True):
        said.update(zip(batch, found, strict=True))
    return [_assembled(t, text, pieces[t], quotations[t], runs[t], said) for t, text in enumerate(texts)]


def chances_of(scores: Floats) -> Floats:
    """Probabilities of the classes (second axis) from their scores."""
    found = np.exp(scores - scores.max(1, keepdims=True))
    return cast(Floats, found / found.sum(1, keepdims=True))


def cores() -> int:
    """How many threads this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(jobs: Sequence[_Job]) -> list[tuple[int, list[_Job]]]:
    """Windows by padded length, the longest first, so that no thread is left with a long one at the end."""
    by_length: dict[int, list[_Job]] = defaultdict(list)
    for job in jobs:
        by_length[-(-(job.window.end - job.window.start + 2) // STEP) * STEP].append(job)
    found = []
    for length in sorted(by_length, reverse=True):
        count = max(1, FULL // length)
        waiting = by_length[length]
        found += [(length, waiting[at : at + count]) for at in range(0, len(waiting), count)]
    return found


def _run(
    jobs: Sequence[_Job], length: int, pieces: Sequence[Pieces], states: Sequence[npt.NDArray[np.int64]]
) -> list[dict[str, npt.NDArray[Any]]]:
    shape = (len(jobs), length)
    ids, shapes, spaces, quoted = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    for row, job in enumerate(jobs):
        low, high = job.window.start, job.window.end
        size = high - low
        ids[row, 0], ids[row, size + 1] = special("[CLS]"), special("[SEP]")
        own = pieces[job.text]
        ids[row, 1 : size + 1] = own.ids[low:high]
        shapes[row, 1 : size + 1] = own.shapes[low:high] + 1
        spaces[row, 1 : size + 1] = own.spaces[low:high] + 1
        quoted[row, 1 : size + 1] = states[job.text][low:high]
    encoder, network = bundle.core().encoder, bundle.news().network
    outputs = [output.name for output in encoder.get_outputs()]
    found = dict(zip(outputs, encoder.run(outputs, {"ids": ids, "shapes": shapes, "spaces": spaces}), strict=True))
    syntax = np.concatenate([found[name] for name in _SYNTAX], -1)
    given = {"lower": found.pop("lower"), "syntax": syntax, "quoted": quoted, "ids": ids}
    found |= zip(_NEWS, network.run(_NEWS, given), strict=True)
    said = []
    for row, job in enumerate(jobs):
        size = job.window.end - job.window.start
        own_rows = {name: found[name][row, 1 : size + 1].copy() for name in _PER_PIECE}
        own_rows["arcs"] = found["arcs"][row, 1 : size + 1, : size + 1].copy()
        said.append(own_rows)
    return said


def _assembled(
    number: int,
    text: str,
    pieces: Pieces,
    quotations: tuple[Quotation, ...],
    runs: Sequence[Sequence[Window]],
    said: dict[_Job, dict[str, npt.NDArray[Any]]],
) -> Reading:
    """Put the windows of a text together; where two overlap, that counts in which a piece is closer to the middle."""
    parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in _PER_PIECE}
    arcs = []
    starts = np.zeros(len(pieces), dtype=np.bool_)
    for r, run in enumerate(runs):
        starts[run[0].start] = True
        found = [said[_Job(number, r, window)] for window in run]
        arcs.append(tuple((window, part["arcs"]) for window, part in zip(run, found, strict=True)))
        for i, (window, part) in enumerate(zip(run, found, strict=True)):
            low = window.start if i == 0 else (window.start + run[i - 1].end) // 2
            high = window.end if i == len(run) - 1 else (run[i + 1].start + window.end) // 2
            for name in _PER_PIECE:
                parts[name].append(part[name][low - window.start : high - window.start])
    core = bundle.core()
    widths = {"seg": 3, "upos": len(core.upos), "mention": len(core.mentions), "names": len(bundle.news().tags)}
    joined: dict[str, npt.NDArray[Any]] = {
        name: np.concatenate(found) if found else np.zeros((0, widths.get(name, 1)), dtype=np.float32)
        for name, found in parts.items()
    }
    if not len(pieces):
        joined["lemma"] = np.zeros((0, 1), dtype=np.int64)
    return Reading(text, pieces, **joined, quotations=quotations, runs=tuple(arcs), first_of_window=starts)
