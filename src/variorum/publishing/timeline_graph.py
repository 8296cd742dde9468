"""A timeline as a drawing: documents on their days, and below them the days that texts speak of, as columns.

Nothing here knows of pages. Across, places are in hundredths of the width, so that a drawing fits any window; down, in
CSS pixels. The template ``timeline.html`` writes it as SVG. The same dates give the same drawing.

A document with a best day is a dot on it; the days that it may be of are a bar, which fades where an end is open.
Documents are put into lanes so that none covers another, on a wide screen with its name and on a phone without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.publishing.timeline_scale import (
    LETTER,
    NARROW,
    WIDE,
    Label,
    Scale,
    Unit,
    axis,
    begin,
    days_in_words,
    days_of,
    end,
    iso,
    ordinal,
    unit_of,
    window,
)
from variorum.publishing.words import cut, plural

if TYPE_CHECKING:
    from variorum.edition.dates import Dated, Named, Published

MOST = 120
"""Documents that are drawn one by one; more become columns."""

MOST_LANES = 40
"""Lanes of documents; where more would be wanted, documents become columns."""

LANE = 19
"""Height of a lane."""

TALLEST = 130
"""Height of the tallest column."""

STEP = 24
"""Height of a column for each that it counts, as long as the tallest has room for it."""

LOW = 3
"""Height of the lowest one."""

AXIS = 40
"""Room for the words of the axis."""

MARGIN = 8
"""Room around documents and columns."""

_DOT = 7
"""Room of a dot to each side."""

_TAIL = 12.0
"""Length of what fades, in hundredths."""

_LONGEST_NAME = 26
_LONGEST_DEED = 44


@dataclass(frozen=True, slots=True)
class Mark:
    """A document."""

    document: Dated
    number: int
    """What the drawing and the table call it, from 1."""
    y: float
    """Middle of its lane."""
    dot: float | None
    """Where its best day is; None where there is none."""
    bar: tuple[float, float] | None
    """From where to where it may be, as far as that is known."""
    before: float | None
    """Where what fades to the left begins; None where it does not."""
    after: float | None
    """Where what fades to the right ends; None where it does not."""
    label_x: float
    """Where its name stands; over its bar where there is no room beside it."""
    leftward: bool
    """Whether its name ends there instead of beginning."""
    label: str
    """Its name, cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """A day, week, month or year with a count."""

    first: str
    """Its first day, in ISO 8601."""
    last: str
    """Its last one."""
    count: int
    """How many there are."""
    sure: int
    """How many of them are not doubtful."""
    x: float
    width: float
    y: float
    """Upper edge."""
    height: float
    solid: float
    """Height of the part for those that are sure."""
    told: str
    """What it says, in words."""
    whole: bool = False
    """Whether it is a month among days or weeks."""

    @property
    def day(self) -> str:
        """Its days, as an address has them."""
        return days_of(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline as it is drawn."""

    unit: Unit
    """What a column stands for."""
    first: str
    """Its first day, in ISO 8601."""
    last: str
    """Its last one."""
    height: float
    floor: float
    """Height at which documents end and the axis begins."""
    marks: Sequence[Mark]
    """Documents one by one, in order of their dates; none where they are columns."""
    documents: Sequence[Column]
    """Documents as columns."""
    columns: Sequence[Column]
    """What texts speak of."""
    wide: Sequence[Label]
    """The axis of a wide drawing."""
    narrow: Sequence[Label]
    """The axis of a narrow one."""
    most: int
    """The highest count of the columns below the axis."""
    outside: int
    """How many of the days that texts speak of lie outside of it."""
    left_out: int
    """How many documents are not drawn: they lie outside, or in no single column."""


def drawn(
    documents: Sequence[Dated] | None,
    published: Sequence[Published],
    named: Sequence[Named],
    since: str | None = None,
    until: str | None = None,
) -> Drawing | None:
    """Return the drawing of a timeline; None where nothing has a date.

    ``published`` are the dates of all documents. ``documents`` are these documents, or None if there are more than
    :data:`MOST`. ``named`` is what texts speak of; ``since`` and ``until`` (ISO 8601 days) are where it is to begin
    and end, whatever lies there.
    """
    ends = window(published, named, since, until)
    if ends is None:
        return None
    unit = unit_of(ends[1] - ends[0] + 1)
    scale = Scale(begin(ends[0], unit), end(ends[1], unit))
    marks = _marks(documents or (), scale)
    many = documents is None or marks is None
    top = _document_columns(published, scale, unit) if many else []
    floor = _foot(top) if top else (max((mark.y for mark in marks or ()), default=0) + LANE / 2 + MARGIN)
    columns = _columns(named, scale, unit, floor + AXIS + MARGIN)
    counted = sum(column.count for column in top)
    return Drawing(
        unit,
        iso(scale.first),
        iso(scale.last),
        _foot(columns) + MARGIN if columns else floor + AXIS,
        floor,
        () if many else marks or (),
        top,
        columns,
        tuple(axis(scale, WIDE)),
        tuple(axis(scale, NARROW)),
        max((column.count for column in columns), default=0),
        sum(not scale.has(ordinal(one.earliest), ordinal(one.latest)) for one in named),
        (sum(one.documents for one in published) - counted if many else len(documents or ()) - len(marks or ())),
    )


@dataclass(frozen=True, slots=True)
class Strip:
    """What is drawn below a timeline, on the same days."""

    marks: Sequence[Mark]
    height: float
    floor: float
    """Height at which marks end and the axis begins."""
    wide: Sequence[Label]
    """The axis of a wide drawing."""
    narrow: Sequence[Label]
    """The axis of a narrow one."""


def strip(dated: Sequence[Dated], drawing: Drawing) -> Strip | None:
    """Return marks on the days of a drawing; None where none of them lies there, or they need too many lanes."""
    marks = _marks(dated, Scale(ordinal(drawing.first), ordinal(drawing.last)), _LONGEST_DEED)
    if not marks:
        return None
    floor = max(mark.y for mark in marks) + LANE / 2 + MARGIN
    return Strip(marks, floor + AXIS, floor, drawing.wide, drawing.narrow)


def _foot(columns: Sequence[Column]) -> float:
    """Return where columns stand."""
    return max(column.y + column.height for column in columns)


# --- documents --------------------------------------------------------------------------------------------------------


def _marks(documents: Sequence[Dated], scale: Scale, longest: int = _LONGEST_NAME) -> list[Mark] | None:
    """Return documents in lanes, their names cut to ``longest``; None if they need too many."""
    lanes: list[float] = []
    found = []
    for number, document in enumerate(documents, 1):
        plan = _placed(document, number, scale, longest)
        if plan is None:
            continue
        low, high, made = plan
        lane = next((i for i, end in enumerate(lanes) if end <= low), len(lanes))
        if lane == len(lanes):
            lanes.append(high)
        lanes[lane] = high
        found.append(made(MARGIN + LANE * (lane + 0.5)))
    return None if len(lanes) > MOST_LANES else found


def _placed(
    document: Dated, number: int, scale: Scale, longest: int
) -> tuple[float, float, Callable[[float], Mark]] | None:
    """Return from where to where a document needs room, and what makes its mark; None if it lies outside."""
    date = document.published
    first, last = (ordinal(day) if day else None for day in (date.earliest, date.latest))
    best = ordinal(date.best) if date.best else None
    if first is None and last is None:
        first = last = best
    assert first is not None or last is not None  # what has no date is not drawn
    if not scale.has(first if first is not None else scale.first, last if last is not None else scale.last):
        return None
    dot = scale.x(best + 0.5) if best is not None and scale.has(best, best) else None
    left = scale.x(first) if first is not None else None
    right = scale.x(last + 1) if last is not None else None
    before = after = None
    if left is None:
        left = dot if dot is not None else right or 0.0
        before = max(0.0, round(left - _TAIL, 2))
    if right is None:
        right = dot if dot is not None and dot > left else left
        after = min(100.0, round(right + _TAIL, 2))
    bar = (left, right) if first != last or before is not None or after is not None else None
    low = min(value for value in (dot, before, left if bar else None) if value is not None)
    high = max(value for value in (dot, after, right if bar else None) if value is not None)
    name = cut(document.outlet or document.name, longest)
    digits = len(str(number)) * LETTER + _DOT
    room = _share(_DOT + MARGIN + len(name) * LETTER + digits, WIDE)
    short = _share(_DOT + digits, NARROW)
    room = max(room, short)
    leftward = high + room > 100 and low - room >= 0
    inside = high + room > 100 and not leftward
    ends = (low - room, high) if leftward else (low, 100.0) if inside else (low, high + room)
    dot_room = _share(_DOT, NARROW)
    label_x = low if leftward or inside else high

    def made(y: float) -> Mark:
        return Mark(document, number, y, dot, bar, before, after, label_x, leftward, name)

    return ends[0] - dot_room, ends[1] + dot_room, made


def _share(pixels: float, width: int) -> float:
    return pixels / width * 100


def _document_columns(published: Sequence[Published], scale: Scale, unit: Unit) -> list[Column]:
    """Return documents as columns: by their best day, or else by a unit that holds all days that they may be of."""
    counts: dict[tuple[int, int], list[int]] = {}
    for one in published:
        days = (one.best, one.best) if one.best else (one.earliest, one.latest)
        if days[0] is None or days[1] is None:
            continue
        first, last = ordinal(days[0]), ordinal(days[1])
        bin = (begin(first, unit), end(first, unit))
        if last <= bin[1] and scale.has(*bin):
            count = counts.setdefault(bin, [0, 0])
            count[0] += one.documents
            count[1] += one.documents if one.reliable else 0
    most = max((count for count, _ in counts.values()), default=0)
    return [
        _column(bin, (count, sure), most, scale, MARGIN, "document") for bin, (count, sure) in sorted(counts.items())
    ]


# --- what texts speak of ----------------------------------------------------------------------------------------------


def _columns(named: Sequence[Named], scale: Scale, unit: Unit, top: float) -> list[Column]:
    """Return what texts speak of as columns, by independent origins; whole months among days or weeks come first."""
    bins: dict[tuple[int, int, bool], tuple[set[str], set[str]]] = {}
    for one in named:
        first, last = ordinal(one.earliest), ordinal(one.latest)
        if not scale.has(first, last):
            continue
        whole = first != last and unit in ("day", "week")
        key = (first, last, True) if whole else (begin(first, unit), end(first, unit), False)
        origins, sure = bins.setdefault(key, (set(), set()))
        origins |= one.origins
        sure |= one.sure
    most = max((len(origins) for origins, _ in bins.values()), default=0)
    ordered = sorted(bins.items(), key=lambda bin: (not bin[0][2], bin[0]))
    return [
        _column((first, last), (len(origins), len(sure)), most, scale, top, "independent origin", whole)
        for (first, last, whole), (origins, sure) in ordered
    ]


def _column(
    days: tuple[int, int],
    counted: tuple[int, int],
    most: int,
    scale: Scale,
    top: float,
    what: str,
    whole: bool = False,
) -> Column:
    """Return a column of what is ``counted``: how many there are, and how many of them are not doubtful."""
    count, sure = counted
    left, right = scale.x(days[0]), scale.x(days[1] + 1)
    tallest = min(TALLEST, most * STEP)
    height = max(LOW, round(count / most * tallest, 1))
    gap = 0.0 if whole else (right - left) * 0.1
    first, last = iso(days[0]), iso(days[1])
    doubt = f", {count - sure} of them doubtful" if 0 < sure < count else ", doubtful" if not sure else ""
    told = f"{days_in_words(first, last)}: {plural(count, what)}{doubt}"
    return Column(
        *(first, last, count, sure, round(left + gap, 2), round(right - left - 2 * gap, 2)),
        *(round(top + tallest - height, 1), height, round(height * sure / count, 1), told, whole),
    )
