"""The nouns of the project, as small frozen dataclasses.

Offsets are Unicode code points into the stored ``text`` of a document, end exclusive, in every record here, with
one exception that its name states: :class:`ReadingText` also speaks of offsets in the text as it is read.

Invariants, kept by the property tests in ``tests/test_records.py``:

* a span that comes out of a transformation lies inside the text that it speaks of;
* the zones of a document are sorted, do not overlap, and leave nothing but white space between them;
* every code point of a reading text leads to a stored span, and back.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, get_args

ZoneKind = Literal["heading", "dateline", "byline", "body", "caption", "credit", "furniture"]
"""What a stretch of a document is."""

ZONE_KINDS: tuple[ZoneKind, ...] = get_args(ZoneKind)

READ_ZONES: frozenset[ZoneKind] = frozenset(("heading", "dateline", "body", "caption"))
"""The zones that the reading text holds; byline, credit and furniture are kept but not read."""

RepairKind = Literal["space", "hyphen", "ligature", "mojibake"]
"""What had broken a word: a stray space, a line-end hyphen, a ligature glyph, a wrong decoding."""

Precision = Literal["day", "week", "month", "year", "unknown"]
"""How exactly a date is known."""

Field = Literal["title", "outlet", "author", "editor", "url", "published", "place", "agency", "credit", "language"]
"""What a clue can speak about. ``credit`` is a wire or picture agency that is named as a source."""

CONTEXT = 32
"""Code points of surroundings that a piece of evidence carries on each side."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no such span: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document with its words and surroundings: a Web Annotation position and quote selector in one."""

    document: str
    """Id of the document."""
    start: int
    """First code point in the stored text."""
    end: int
    """One past the last code point."""
    exact: str
    """The words themselves."""
    prefix: str
    """Up to 32 code points that stand before."""
    suffix: str
    """Up to 32 code points that stand after."""


def cite(document: str, text: str, span: Span) -> Evidence:
    """Return the evidence for ``span`` of the stored ``text`` of ``document`` (an id)."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return Evidence(document, span.start, span.end, span.of(text), before, after)


@dataclass(frozen=True, slots=True)
class Zone:
    """What a stretch of a document is, and how that is known."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last code point."""
    kind: ZoneKind
    """What it is."""
    score: float = 1.0
    """How sure, 0 to 1."""
    reason: str = ""
    """Why, in words."""

    @property
    def span(self) -> Span:
        """The stretch alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Repair:
    """A broken word and its mended form. The stored text keeps the broken one."""

    start: int
    """First code point of the broken form in the stored text."""
    end: int
    """One past its last code point."""
    repaired: str
    """The word as it should be read."""
    kind: RepairKind
    """What had broken it."""
    score: float = 1.0
    """How sure, 0 to 1."""
    reason: str = ""
    """Why, in words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the stored text that the reading text replaces (by nothing, for a mark-up sign)."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last code point."""
    replacement: str
    """What is read instead."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One hint about a document's metadata. All hints are kept; :mod:`variorum.reading.settle` chooses."""

    field: Field
    """What it speaks about."""
    value: str
    """What it says. A date is ISO 8601 or EDTF: ``2019-06-06``, ``2019-06``, ``XXXX-09-05`` (no year given),
    ``../2020-01-01`` (not after), ``2019-09-18/..`` (not before), ``2019-02-03/2019-03-02`` (either order)."""
    method: str
    """Where it was found: one of the methods in ``reading/data/methods.toml``."""
    score: float
    """How far to trust it, 0 to 1."""
    reason: str
    """Why, in words that a reader of the page understands."""
    start: int | None = None
    """First code point in the stored text, where the hint stands in the text."""
    end: int | None = None
    """One past the last code point."""


@dataclass(frozen=True, slots=True)
class DateInterval:
    """A date as an interval, with what is known of how sure it is. Days are ISO 8601; None is an open end."""

    earliest: str | None = None
    """No earlier than this day."""
    latest: str | None = None
    """No later than this day."""
    best: str | None = None
    """The likeliest day; None only when nothing singles out a month."""
    precision: Precision = "unknown"
    """How exactly the date is known."""
    method: str | None = None
    """Where it comes from, see :attr:`Clue.method`."""
    reliable: bool = False
    """Whether it can be used without a question mark."""
    reasons: tuple[str, ...] = ()
    """The clues in words, those that were overruled included."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report says it was written, and for whom."""

    place: str | None = None
    """The place as written."""
    agency: str | None = None
    """The agency that the dateline names, as written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it came out of its file, before it is read. A file holds one item or many."""

    path: str
    """Path below the source, with ``/`` between its parts, those inside an archive included."""
    key: str
    """What tells this item from the others of its file: empty for a file that is one article."""
    line: int | None
    """Line (JSON Lines) or row (CSV) or record number (feeds, WARC) in the file, from 1."""
    format: str
    """``text``, ``markdown``, ``html``, ``record`` (a row of JSON or CSV), ``pdf`` or ``docx``."""
    data: bytes
    """The item's own bytes: a file's content, a row as canonical JSON, a record's payload."""
    clues: tuple[Clue, ...] = ()
    """What the container says about it: URL and time of a WARC record, fields of a feed entry."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """For a ``record``: our name of a field (text, title, ...) to the row's own name of it."""
    encoding: str | None = None
    """The encoding that the container declares, such as a charset in an HTTP header."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that could not be read."""

    path: str
    """Path below the source."""
    line: int | None
    """Line, row or record number, if it is a part of the file."""
    reason: str
    """What is wrong, in one line."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """What the reading stage found in one item alone, before the other documents and people have a say."""

    text: str
    """The stored text."""
    zones: tuple[Zone, ...]
    """Its zones, sorted."""
    repairs: tuple[Repair, ...]
    """Its mended words, sorted; they lie inside zones that are read."""
    edits: tuple[Edit, ...]
    """Mark-up signs and other stretches that are not read as they stand, sorted; they overlap no repair."""
    clues: tuple[Clue, ...]
    """Every hint about its metadata."""
    lines: bytes = b""
    """Digests of its lines, to find those that repeat in its outlet: see :mod:`variorum.reading.furniture`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text as one outlet published it."""

    id: str
    """See :func:`document_id`."""
    path: str
    """Path of its file below the source."""
    key: str
    """What tells it from the others of its file; empty where the file is one document."""
    line: int | None
    """Line, row or record number in the file, if it is a part of one."""
    sha256: str
    """Of the item's own bytes."""
    text: str
    """The stored text: see the contract in the reference for what it is in each format."""
    title: str | None = None
    """Its title."""
    outlet: str | None = None
    """Who published it."""
    author: str | None = None
    """Who wrote it."""
    editor: str | None = None
    """Who edited it."""
    url: str | None = None
    """Where it was published."""
    dateline: Dateline = Dateline()
    """Place and agency."""
    language: str | None = None
    """ISO 639-1 code."""
    published: DateInterval = DateInterval()
    """When it was published."""
    zones: tuple[Zone, ...] = ()
    """What each stretch of it is."""
    repairs: tuple[Repair, ...] = ()
    """Its mended words."""
    clues: tuple[Clue, ...] = ()
    """Every hint about its metadata, the chosen ones and the overruled ones."""
    score: float = 1.0
    """How far the inferred metadata can be trusted, 0 to 1: the least of the chosen clues."""
    reason: str = ""
    """Where the metadata comes from, in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a reading text's map: as many code points one to one, or a replacement as a whole."""

    reading_start: int
    """First code point in the reading text."""
    reading_end: int
    """One past the last one."""
    stored_start: int
    """First code point in the stored text."""
    stored_end: int
    """One past the last one."""
    verbatim: bool
    """Whether the two stretches are the same words, code point by code point."""


@dataclass(frozen=True, slots=True)
class Block:
    """A zone as it stands in the reading text."""

    start: int
    """First code point in the reading text."""
    end: int
    """One past the last one."""
    kind: ZoneKind
    """Its kind."""


BLOCK_BREAK = "\n\n"
"""What stands between two zones in a reading text, so that an edge of a zone is always a word boundary."""


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A document as it should be read, with a map back to the stored text.

    It is made of the zones in :data:`READ_ZONES`, each on its own, with a blank line between two; inside them repairs
    and edits are applied. Everything that later stages find in ``text`` is reported in stored offsets, through
    :meth:`to_stored`.
    """

    text: str
    """The words to read."""
    runs: tuple[Run, ...]
    """The map: sorted in both texts, without gaps in the reading text but for the block breaks."""
    blocks: tuple[Block, ...]
    """The zones that were read."""

    @staticmethod
    def of(text: str, zones: Iterable[Zone], edits: Iterable[Edit] = (), repairs: Iterable[Repair] = ()) -> ReadingText:
        """Build the reading text of a stored ``text``.

        An edit or a repair that crosses the edge of a zone is cut at the edge: its replacement is read where it starts.
        A repair outweighs an edit that overlaps it.
        """
        changes = _changes(edits, repairs)
        parts: list[str] = []
        runs: list[Run] = []
        blocks: list[Block] = []
        at = 0
        for zone in sorted(zones, key=lambda z: (z.start, z.end)):
            if zone.kind not in READ_ZONES or zone.start == zone.end:
                continue
            words, zone_runs = _apply(text, zone.span, changes, at + (len(BLOCK_BREAK) if blocks else 0))
            if not words.strip():
                continue
            if blocks:
                parts.append(BLOCK_BREAK)
                at += len(BLOCK_BREAK)
            parts.append(words)
            runs.extend(zone_runs)
            blocks.append(Block(at, at + len(words), zone.kind))
            at += len(words)
        return ReadingText("".join(parts), tuple(runs), tuple(blocks))

    def to_stored(self, start: int, end: int) -> Span:
        """Return the smallest stored span that holds the reading text from ``start`` to ``end``.

        Raises ValueError for a stretch that lies outside the text or that is nothing but a break between blocks.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} lies outside the reading text")
        if start == end:
            return self._stored_point(start)
        touched = [r for r in self._runs_at(start, end) if r.reading_start < end and start < r.reading_end]
        if not touched:
            raise ValueError(f"nothing stands at {start} to {end} but a break")
        first, last = touched[0], touched[-1]
        low, high = first.stored_start, last.stored_end
        if first.verbatim:
            low += max(0, start - first.reading_start)
        if last.verbatim:
            high -= max(0, last.reading_end - end)
        return Span(low, high)

    def to_reading(self, start: int, end: int) -> Span | None:
        """Return the smallest reading span that holds the stored stretch, or None where nothing of it is read."""
        touched = [r for r in self.runs if r.stored_start < end and start < r.stored_end]
        if not touched:
            return None
        first, last = touched[0], touched[-1]
        low, high = first.reading_start, last.reading_end
        if first.verbatim:
            low += max(0, start - first.stored_start)
        if last.verbatim:
            high -= max(0, last.stored_end - end)
        return Span(low, high) if low < high else None

    def zone_at(self, at: int) -> ZoneKind | None:
        """Return the kind of zone that the reading text has at code point ``at``; None in a break."""
        for block in self.blocks:
            if block.start <= at < block.end:
                return block.kind
        return None

    def _runs_at(self, start: int, end: int) -> Sequence[Run]:
        low = bisect_right(self.runs, start, key=lambda r: r.reading_end)
        high = bisect_left(self.runs, end, key=lambda r: r.reading_start)
        return self.runs[low:high]

    def _stored_point(self, at: int) -> Span:
        for run in self.runs:
            if run.reading_start <= at <= run.reading_end:
                point = run.stored_start + (at - run.reading_start) if run.verbatim else run.stored_start
                return Span(point, point)
        raise ValueError(f"nothing stands at {at}")


def _changes(edits: Iterable[Edit], repairs: Iterable[Repair]) -> list[Edit]:
    """Return edits and repairs as one sorted list; where two overlap, repairs and then the earlier win."""
    ranked = [(r.start, r.end, 0, r.repaired) for r in repairs]
    ranked += [(e.start, e.end, 1, e.replacement) for e in edits]
    kept: list[tuple[int, int, int, str]] = []
    for change in sorted(ranked):
        while kept and change[0] < kept[-1][1] and change[2] < kept[-1][2]:
            kept.pop()
        if not kept or change[0] >= kept[-1][1]:
            kept.append(change)
    return [Edit(start, end, words) for start, end, _, words in kept]


def _apply(text: str, zone: Span, changes: Sequence[Edit], at: int) -> tuple[str, list[Run]]:
    """Return the words of one zone with the changes made, and their runs; ``at`` is where they will be read."""
    parts: list[str] = []
    runs: list[Run] = []
    cursor = zone.start

    def add(words: str, low: int, high: int, verbatim: bool) -> None:
        nonlocal at
        if words:
            runs.append(Run(at, at + len(words), low, high, verbatim))
            parts.append(words)
            at += len(words)

    first = bisect_right(changes, zone.start, key=lambda c: c.end)
    for change in islice(changes, first, None):
        if change.start >= zone.end:
            break
        low, high = max(change.start, zone.start), min(change.end, zone.end)
        add(text[cursor:low], cursor, low, True)
        if change.start >= zone.start:
            add(change.replacement, low, high, False)
        cursor = high
    add(text[cursor : zone.end], cursor, zone.end, True)
    return "".join(parts), runs


def document_id(path: str, key: str = "") -> str:
    """Return the id of the document that is ``key`` in the file at ``path``: 13 characters, the same for ever.

    It depends on nothing else, so that it survives the next article and a change of the text.
    """
    return row_id("d", path, key)


def row_id(letter: str, *facts: str) -> str:
    """Return the id of a row that ``facts`` single out: a letter for its kind, and twelve characters more."""
    digest = hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).digest()
    return letter + b32encode(digest)[:12].decode("ascii").lower()


class Distinct:
    """Ids of rows that the same facts may single out: from the second row on, its place among them counts too."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def row_id(self, letter: str, *facts: str) -> str:
        """Return the id of the next row of these facts."""
        key = (letter, *facts)
        self._seen[key] += 1
        return row_id(letter, *facts, *([str(self._seen[key])] if self._seen[key] > 1 else []))
