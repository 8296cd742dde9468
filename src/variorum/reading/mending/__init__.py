"""Broken words: stray spaces, hyphens left from line ends, ligatures and wrong decoding.

The stored text stays as it is; a repair says which stretch of it should be read differently. A document is searched
as it is read (:class:`variorum.records.ReadingText`), again and again until nothing is found any more, so that a
mended text is left alone when it is read anew, and a word that is broken in two ways is mended in both.

Words glued together ("captionWho") are no repair: a zone ends there or it stays. Quotation marks stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from variorum.reading.mending import encodings, hyphens, spaces
from variorum.reading.mending.found import Found
from variorum.reading.mending.joins import Vocabulary
from variorum.reading.mending.tokens import GLYPHS, Tokens, spelt
from variorum.records import READ_ZONES, Edit, ReadingText, Repair, Zone

ROUNDS = 8
"""Most times that a document is searched; articles with one word in thirty broken take three."""

STRETCH = 200_000
"""Code points after which a long zone is cut at the next white space."""

BATCH = 4_000_000
"""Code points of stretches that are judged together, to bound the memory that their words take: 20 novels' worth."""

_WHITE = re.compile(r"\s")


def find_repairs(text: str, zones: Sequence[Zone], edits: Sequence[Edit] = ()) -> tuple[Repair, ...]:
    """Return the broken words of a document with their mended forms.

    ``text`` is the stored text, ``zones`` tell what is read of it, ``edits`` what is read differently anyway. The
    repairs are sorted, do not overlap one another, and lie each within one zone that is read; one that overlaps an
    edit takes its place. Never raises for any text.
    """
    repairs: list[Repair] = [
        Repair(f.start, f.end, f.repaired, f.kind, f.score, f.reason)
        for zone in sorted(zones, key=lambda z: (z.start, z.end))
        if zone.kind in READ_ZONES
        for f in encodings.find(text, zone.start, zone.end)
    ]
    for number in range(ROUNDS):
        reading = ReadingText.of(text, zones, edits, repairs)
        found = _search(reading, changed=bool(edits) or number > 0)
        if not found:
            break
        repairs = _stored(reading, found, repairs)
    return tuple(repairs)


def _search(reading: ReadingText, changed: bool) -> list[Found]:
    """Return what is broken in a text as it is read, sorted, without overlaps.

    ``changed`` tells whether the text differs from the stored one, where wrong decoding has been looked for already.
    """
    found: list[Found] = []
    for batch in _batches(reading):
        texts = [reading.text[start:end] for start, end in batch]
        tokens = list(map(Tokens.of, texts))
        vocabulary = Vocabulary(tokens)
        for (start, _), text, words, joined in zip(batch, texts, tokens, spaces.mend(tokens, vocabulary), strict=True):
            wrong = encodings.find(text) if changed else ()
            ways = (wrong, hyphens.find(text, vocabulary), joined, _glyphs(text, words))
            found += [replace(f, start=f.start + start, end=f.end + start) for f in _apart(ways)]
    return found


def _batches(reading: ReadingText) -> Iterator[list[tuple[int, int]]]:
    """Yield the stretches of a text in groups that are judged together: one, but for a huge document."""
    batch: list[tuple[int, int]] = []
    for start, end in _stretches(reading):
        if batch and end - batch[0][0] > BATCH:
            yield batch
            batch = []
        batch.append((start, end))
    if batch:
        yield batch


def _stretches(reading: ReadingText) -> Iterator[tuple[int, int]]:
    """Yield start and end of each block of a reading text, long ones in parts."""
    for block in reading.blocks:
        start = block.start
        while block.end - start > STRETCH:
            white = _WHITE.search(reading.text, start + STRETCH, block.end)
            if white is None:
                break
            yield start, white.end()
            start = white.end()
        yield start, block.end


def _glyphs(text: str, tokens: Tokens) -> Iterator[Found]:
    """Yield the words with a ligature glyph inside."""
    if GLYPHS.search(text) is None:
        return
    for start, word in zip(tokens.starts(), tokens.words, strict=True):
        if GLYPHS.search(word):
            yield Found(
                start, start + len(word), spelt(word), "ligature", 1.0, "a ligature glyph stands for its letters"
            )


def _apart(ways: Iterable[Iterable[Found]]) -> list[Found]:
    """Return what was found, sorted, without overlaps; the earlier ways go first."""
    kept: list[Found] = []
    for way in ways:
        new = [f for f in way if _free(f, kept)] if kept else list(way)
        kept = sorted((*kept, *new), key=lambda f: f.start) if new else kept
    return kept


def _free(found: Found, kept: list[Found]) -> bool:
    after = bisect_right(kept, found.start, key=lambda f: f.end)
    return after == len(kept) or kept[after].start >= found.end


def _stored(reading: ReadingText, found: Sequence[Found], repairs: Sequence[Repair]) -> list[Repair]:
    """Return the repairs with what was found in their reading text added, in offsets of the stored text.

    What touches a stretch that was repaired or edited takes in the whole of it.
    """
    new: list[Repair] = []
    for f in found:
        low, high = f.start, f.end
        first = bisect_right(reading.runs, low, key=lambda r: r.reading_end)
        last = bisect_left(reading.runs, high, key=lambda r: r.reading_start) - 1
        if not reading.runs[first].verbatim:
            low = reading.runs[first].reading_start
        if not reading.runs[last].verbatim:
            high = reading.runs[last].reading_end
        span = reading.to_stored(low, high)
        repaired = reading.text[low : f.start] + f.repaired + reading.text[f.end : high]
        if new and span.start < new[-1].end:
            continue
        new.append(Repair(span.start, span.end, repaired, f.kind, f.score, f.reason))
    return _merged(new, repairs)


def _merged(new: list[Repair], old: Sequence[Repair]) -> list[Repair]:
    """Return both, sorted; a new repair replaces the old ones that it takes in, and is no surer than they were."""
    merged: list[Repair] = []
    starts = [r.start for r in old]
    taken = 0
    for repair in new:
        first = bisect_left(starts, repair.start, taken)
        merged += old[taken:first]
        taken = bisect_left(starts, repair.end, first)
        score = min([repair.score, *(r.score for r in old[first:taken])])
        reason = "; ".join([*(r.reason for r in old[first:taken]), repair.reason])
        merged.append(Repair(repair.start, repair.end, repair.repaired, repair.kind, score, reason))
    return merged + list(old[taken:])


__all__ = ["find_repairs"]
