"""Page furniture learned from repetition: lines that many documents of one outlet share are the outlet's.

Three steps, all pure: each document is reduced to digests of its lines (:func:`line_digests`, eight bytes a line),
the digests of all documents are compared by outlet (:func:`repeated`), and the lines that repeat are marked
(:func:`mark`). The idea is that of site-wide repetition (Bar-Yossef and Rajagopalan 2002, "Template detection via
data mining", WWW).

Two things must not be taken for furniture. Copies and revisions of one article share all of their lines, so they count
as one document. And sentences recur in honest reporting ("He declined to comment."), so a sentence must also stand at
a stable place: at the head or the tail of documents or beside other furniture.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from variorum.reading.zones.lexicon import normal
from variorum.records import Zone, ZoneKind

CHANGED: frozenset[ZoneKind] = frozenset(("heading", "body", "caption"))
"""The zones that can turn out to be furniture; the others are not read anyway."""

FEW = 3
"""Documents (copies counted once) from which a line at the edge of most of them is learned: a corpus of one story
seldom has more of an outlet. In two draws of 1,200 groups of three or four articles of one outlet (AllSides, half of
the groups about one topic; ``few`` in ``benchmarks/furniture.py`` is the second) 17 and 3 lines were marked; read one
by one, all were boxes of the outlet. When the line under the headline counted as an edge too, the sub-heading of a
column was among them ("What's happening")."""
MOST = 2 / 3
"""Part of the outlet's documents that must share such a line."""
LEAST = 5
"""Documents (copies counted once) that must share a line. On the training half of the outlets, where the lexicon
had left little, 3 found 36 lines, among them the sub-headings of a column ("What's next"); 5 found 14, 10 found
6."""
PLACED_SHARE = 0.02
"""Share of the outlet's documents for a line that is no sentence and stands at the head, the tail or beside
furniture."""
SENTENCE_SHARE = 0.05
"""Share for a sentence that stands there."""
INSIDE_SHARE = 0.2
"""Share for a line that is no sentence and stands within articles."""
STABLE = 0.7
"""Part of a line's occurrences that must be at the head, the tail or beside furniture to call its place stable."""
EDGE = 2
"""Read zones at the head and at the tail of a document that count as its edges."""
LONG = 8
"""Words of a line that tells copies apart: shorter ones recur by chance."""
COPY = 0.5
"""Part of the long lines of the shorter document; two documents that share more are copies."""
KEEP = 0.5
"""Part of a document's read words that must be left; otherwise nothing of it is marked, since it is all one notice."""

_QUOTES = re.compile(r"[\"“”«»„]")
"""Quotation marks: what somebody said is never furniture, however often it is carried."""
_READER = re.compile(
    r"\b(?:you|your|yours|subscribe|subscription|sign up|newsletter|inbox)\b"
    r"|\b(?:follow|join|contact|tell|support) us\b",
    re.IGNORECASE,
)
"""Words by which a notice turns to the reader; the background that closes reports of one story has none of them."""
_PLACED, _SENTENCE, _LONG, _EDGE, _NOTICE = 1, 2, 4, 8, 16
_FLAGS = 31


@dataclass(frozen=True, slots=True)
class Repeated:
    """The lines that repeat in one outlet."""

    documents: int = 0
    """Documents of the outlet, copies counted once."""
    lines: Mapping[int, int] = field(default_factory=dict)
    """Digest of a line to the number of documents that have it, copies counted once; sorted by digest."""


def line_digests(text: str, zones: Sequence[Zone]) -> bytes:
    """Return the digests of a document's read zones: eight bytes each, in order.

    The lowest five bits say whether the line stands at an edge or beside furniture, whether it is a sentence, whether
    it is long, whether it stands at the tail or above the headline, and whether it stands at the tail and turns to
    the reader; the others are a hash of its words.
    """
    read = [z for z in zones if z.kind in CHANGED]
    tail = {z.start for z in read[-EDGE:]}
    edges = tail | {z.start for z in read[:EDGE]}
    headed = any(z.kind == "heading" for z in read[1 : 1 + EDGE])
    outer = tail | ({read[0].start} if headed else set())
    found = array("Q")
    for index, zone in enumerate(zones):
        if zone.kind not in CHANGED:
            continue
        words = text[zone.start : zone.end]
        beside = any(z.kind == "furniture" for z in (*zones[max(0, index - 1) : index], *zones[index + 1 : index + 2]))
        flags = _PLACED if (beside or zone.start in edges) and not _QUOTES.search(words) else 0
        flags |= _EDGE if zone.start in outer and not _QUOTES.search(words) else 0
        flags |= _NOTICE if zone.start in tail and _READER.search(words) and not _QUOTES.search(words) else 0
        flags |= _SENTENCE if _is_sentence(words) else 0
        flags |= _LONG if words.count(" ") + 1 >= LONG else 0
        found.append(_digest(words) | flags)
    return found.tobytes()


def _digest(words: str) -> int:
    plain = " ".join(normal(words[:2000]).split())
    value = int.from_bytes(blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return value & ~_FLAGS


def _is_sentence(words: str) -> bool:
    return words.count(" ") >= 3 and words.rstrip("*_\"”’') ")[-1:] in (".", "!", "?", "…")


def repeated(documents: Iterable[tuple[str, str, bytes]]) -> dict[str, Repeated]:
    """Return, for each outlet, the lines that repeat across its documents.

    ``documents`` are (document id, outlet, digests of its lines); their order does not matter. Outlets with fewer than
    three documents have no repeats; with three or four, only lines that stand at the edge of most of them.
    """
    outlets: dict[str, dict[str, bytes]] = defaultdict(dict)
    for document, outlet, digests in documents:
        outlets[outlet][document] = digests
    return {outlet: _repeats(outlets[outlet]) for outlet in sorted(outlets)}


def _repeats(documents: Mapping[str, bytes]) -> Repeated:
    rows = [_unpacked(documents[key]) for key in sorted(documents)]
    family = _families(rows)
    total = len(set(family))
    if total < FEW:
        return Repeated(total)
    holders: dict[int, set[int]] = defaultdict(set)
    placed: dict[int, int] = defaultdict(int)
    edged: dict[int, int] = defaultdict(int)
    notices: dict[int, int] = defaultdict(int)
    times: dict[int, int] = defaultdict(int)
    sentence: dict[int, bool] = {}
    for number, row in enumerate(rows):
        for value in row:
            line = value & ~_FLAGS
            holders[line].add(family[number])
            times[line] += 1
            placed[line] += bool(value & _PLACED)
            edged[line] += bool(value & _EDGE)
            notices[line] += bool(value & _NOTICE)
            sentence[line] = sentence.get(line, False) or bool(value & _SENTENCE)
    lines = {}
    for line in sorted(holders):
        count = len(holders[line])
        stable = placed[line] >= STABLE * times[line]
        placed_share = SENTENCE_SHARE if sentence[line] else PLACED_SHARE
        share = placed_share if stable else INSIDE_SHARE
        often = count >= LEAST and count >= share * total and (stable or not sentence[line])
        everywhere = count == total and notices[line] == times[line]
        edge = edged[line] == times[line] and (everywhere if sentence[line] else count >= MOST * total)
        if often or (count >= FEW and edge):
            lines[line] = count
    return Repeated(total, lines)


def _unpacked(digests: bytes) -> array[int]:
    row: array[int] = array("Q")
    row.frombytes(digests)
    return row


def _families(rows: Sequence[array[int]]) -> list[int]:
    """Return for each document the number of its family: copies and revisions of one article share one.

    Only neighbours in a line's list of documents are compared, which is enough, since the lines that copies alone share
    have lists of copies alone; so the work grows with the number of lines.
    """
    long_lines = [frozenset(value & ~_FLAGS for value in row if value & _LONG) for row in rows]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, lines in enumerate(long_lines):
        for line in lines:
            holders[line].append(number)
    parent = list(range(len(rows)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    compared: set[tuple[int, int]] = set()
    for line in sorted(holders):
        for a, b in zip(holders[line], holders[line][1:], strict=False):
            if (a, b) in compared:
                continue
            compared.add((a, b))
            few = min(len(long_lines[a]), len(long_lines[b]))
            if len(long_lines[a] & long_lines[b]) > COPY * few:
                low, high = sorted((root(a), root(b)))
                parent[high] = low
    return [root(number) for number in range(len(rows))]


def hits(digests: bytes, repeats: Repeated) -> tuple[tuple[int, int], ...]:
    """Return which of a document's lines repeat in its outlet, and in how many documents: what :func:`mark` goes by."""
    lines = {value & ~_FLAGS for value in _unpacked(digests)}
    return tuple((line, repeats.lines[line]) for line in sorted(lines & repeats.lines.keys()))


def mark(text: str, zones: Sequence[Zone], repeats: Repeated) -> tuple[Zone, ...]:
    """Return the zones with the lines that repeat in the document's outlet turned into furniture."""
    if not repeats.lines:
        return tuple(zones)
    changed: list[Zone] = []
    read = gone = 0
    for zone in zones:
        words = text[zone.start : zone.end]
        read += len(words) if zone.kind in CHANGED else 0
        count = repeats.lines.get(_digest(words), 0) if zone.kind in CHANGED and zone.reason != "is the title" else 0
        if count:
            gone += len(words)
            share = count / repeats.documents
            reason = f"the same line stands in {count} of {repeats.documents} documents of this outlet"
            zone = replace(zone, kind="furniture", score=round(min(0.97, 0.8 + share), 2), reason=reason)
        changed.append(zone)
    return tuple(changed) if gone <= (1 - KEEP) * read else tuple(zones)
