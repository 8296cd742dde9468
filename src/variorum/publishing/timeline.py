"""The timeline: documents on their days, the days that texts speak of, and the sentences that name one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from variorum.edition import dates
from variorum.edition.dates import Dated, Named, Spoken
from variorum.edition.listing import Filter
from variorum.edition.reading import Edition
from variorum.publishing.data import CHUNK, Table
from variorum.publishing.dates import first_day, last_day
from variorum.publishing.links import place
from variorum.publishing.lists import facet_choices, pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.queries import BadQuery, Wanted, wanted
from variorum.publishing.rows import Row, date_row, time_row
from variorum.publishing.time_words import is_doubtful, time_words
from variorum.publishing.timeline_events import deeds
from variorum.publishing.timeline_events import rows as event_rows
from variorum.publishing.timeline_graph import MOST, Column, drawn
from variorum.publishing.timeline_scale import days_in_words, days_of, iso, ordinal

PLACES_A_PAGE = 40
"""Sentences that a page about a day shows."""

MOST_ROWS = 400
"""Rows of the tables below the drawing; where more were wanted, its columns stand in them."""

FOLDED = 60
"""Rows of such a table above which it is folded."""

MOST_NAMED = 20
"""Days that are listed by how many origins name them, where the table of all is folded."""

MOST_UNDATED = 100
"""Documents without a date that a page names."""


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days that an address asks for."""

    first: str
    """Its first day, in ISO 8601."""
    last: str
    """Its last one."""

    @property
    def words(self) -> str:
        """What to call it."""
        return days_in_words(self.first, self.last)

    @property
    def key(self) -> str:
        """What stands for it in an address: a day, a month, a year, or two days with a slash between."""
        return days_of(self.first, self.last)


def days(typed: str) -> Days:
    """Return the days that an address names. Raises BadQuery if it names none."""
    first, slash, last = typed.strip().partition("/")
    try:
        found = Days(first_day(first), iso(ordinal(last_day(last if slash else first))))
        if found.first <= found.last and iso(ordinal(found.first)) == found.first:
            return found
    except ValueError:
        pass
    raise BadQuery(f"“{typed}” is not a day. Write 2019-06-30, 2019-06, 2019 or 2019-06-24/2019-06-30.")


def shown(edition: Edition, query: Mapping[str, str]) -> View:
    """Return the page that a query asks for: the timeline, or with ``day`` what is said of it. Raises BadQuery."""
    asked = replace(wanted(query), q="", sort="published")
    day = query.get("day", "").strip()
    return of_day(edition, days(day), asked) if day else timeline(edition, asked)


def table(edition: Edition, query: Mapping[str, str]) -> Table:
    """Return the data of the page that a query asks for. Raises BadQuery."""
    asked = wanted(query)
    day = query.get("day", "").strip()
    return day_table(edition, days(day), asked) if day else timeline_table(edition, asked)


# --- the timeline -----------------------------------------------------------------------------------------------------


def timeline(edition: Edition, asked: Wanted) -> View:
    """Return the timeline of the documents and days that are asked for."""
    filter = asked.filter
    published = dates.published(edition, filter)
    total = sum(one.documents for one in published)
    documents = dates.dated(edition, filter) if total <= MOST_ROWS else None
    named = dates.named(edition, filter)
    undated = dates.undated(edition, filter)
    drawing = drawn(documents if total <= MOST else None, published, named, filter.since, filter.until)
    context = {
        "wanted": asked,
        "drawing": drawing,
        "total": total,
        "days": len(named),
        "documents": documents,
        "columns": _in_order(drawing.columns) if drawing and len(named) > MOST_ROWS else None,
        "named": named if len(named) <= MOST_ROWS else [],
        "most_named": sorted(named, key=_by_origins)[:MOST_NAMED] if len(named) > FOLDED else [],
        "folded": FOLDED,
        "undated": undated[:MOST_UNDATED],
        "undated_total": len(undated),
        "facets": facet_choices("timeline", asked, edition.facets(filter)),
        "in_words": days_in_words,
        "deeds": deeds(edition, asked, filter.since, filter.until, drawing),
    }
    return View("timeline.html", "Timeline", asked.place("timeline"), context, ("json", "csv"))


def _by_origins(day: Named) -> tuple[int, int, str, str]:
    return -len(day.origins), -day.documents, day.earliest, day.latest


def _in_order(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: (column.first, column.last))


def timeline_table(edition: Edition, asked: Wanted) -> Table:
    """Return the documents and the days of a timeline, in order of time, those without a date last."""
    filter = asked.filter

    def rows() -> Iterator[Row]:
        yield from map(_document_row, dates.dated(edition, filter))
        yield from map(_day_row, dates.named(edition, filter))
        yield from event_rows(edition, asked)
        yield from map(_document_row, dates.undated(edition, filter))

    counts = {
        "documents": sum(one.documents for one in dates.published(edition, filter)),
        "undated": len(dates.undated(edition, filter)),
        "days": len(dates.named(edition, filter)),
    }
    return Table("timeline", _TIMELINE, rows, counts)


def _document_row(document: Dated) -> Row:
    return {
        "kind": "document",
        "id": document.id,
        "title": document.name,
        "outlet": document.outlet,
        "published": date_row(document.published),
        "day": None,
        "places": None,
        "documents": None,
        "origins": [document.origin],
        "origins_sure": None,
    }


def _day_row(day: Named) -> Row:
    return {
        "kind": "day",
        "id": None,
        "title": None,
        "outlet": None,
        "published": None,
        "day": day.day,
        "places": day.places,
        "documents": day.documents,
        "origins": sorted(day.origins),
        "origins_sure": sorted(day.sure),
    }


_TIMELINE = (
    *("kind", "id", "title", "outlet", "published_earliest", "published_latest", "published_best"),
    *("published_precision", "published_method", "published_reliable", "day", "places", "documents", "origins"),
    "origins_sure",
)


# --- a day ------------------------------------------------------------------------------------------------------------


def of_day(edition: Edition, asked_for: Days, asked: Wanted, every: Sequence[Named] | None = None) -> View:
    """Return the page of a stretch of days: the sentences that name one of them, or a month among them.

    ``every`` is what all texts that are asked for speak of, for whoever has read it already.
    """
    filter = _whose(asked)
    count = dates.count(edition, asked_for.first, asked_for.last, filter)
    pages = pages_of(count.places, PLACES_A_PAGE)
    page = min(asked.page, pages)
    rows = dates.spoken(
        *(edition, asked_for.first, asked_for.last, filter), offset=(page - 1) * PLACES_A_PAGE, limit=PLACES_A_PAGE
    )
    query = asked.query(since=None, until=None, day=asked_for.key)
    here = place("timeline", "", "", "", **{**query, "page": page})
    if every is None:
        every = dates.named(edition, filter)
    context = {
        "days": asked_for,
        "wanted": asked,
        "count": count,
        "groups": [(words, list(some)) for words, some in groupby(rows, key=_day_in_words)],
        "within": [day for day in every if _in(day, asked_for) and day.day != asked_for.key],
        "before": max((day for day in every if day.latest < asked_for.first), key=_end_of, default=None),
        "after": min((day for day in every if day.earliest > asked_for.last), key=_start_of, default=None),
        "in_words": days_in_words,
        "meaning": time_words,
        "doubtful": is_doubtful,
        "published": edition.documents(replace(filter, since=asked_for.first, until=asked_for.last), limit=0).total,
        "pager": pager("timeline", query, page, pages),
        "deeds": deeds(edition, asked, asked_for.first, asked_for.last, days=True) if page == 1 else None,
    }
    title = asked_for.words if page == 1 else f"{asked_for.words}, page {page}"
    return View("timeline_day.html", title, here, context, ("json", "csv"))


def _whose(asked: Wanted) -> Filter:
    """Return whose texts are asked for, whenever they were published."""
    return Filter(asked.outlet, asked.language)


def _in(day: Named, asked_for: Days) -> bool:
    return asked_for.first <= day.earliest and day.latest <= asked_for.last


def _start_of(day: Named) -> tuple[str, str]:
    return day.earliest, day.latest


def _end_of(day: Named) -> tuple[str, str]:
    return day.latest, day.earliest


def _day_in_words(one: Spoken) -> str:
    return days_in_words(one.time.earliest or "", one.time.latest or "")


def day_table(edition: Edition, asked_for: Days, asked: Wanted) -> Table:
    """Return all places that name a stretch of days, or a day or month of it."""
    filter = _whose(asked)
    count = dates.count(edition, asked_for.first, asked_for.last, filter)

    def rows() -> Iterator[Row]:
        for offset in range(0, count.places, CHUNK):
            found = dates.spoken(edition, asked_for.first, asked_for.last, filter, offset=offset, limit=CHUNK)
            yield from map(_place_row, found)

    head = {"day": asked_for.key, "places": count.places, "documents": count.documents, "origins": count.origins}
    return Table("times", _PLACES, rows, head)


def _place_row(one: Spoken) -> Row:
    return {
        **time_row(one.document.id, one.evidence.exact, one.time),
        "title": one.document.name,
        "outlet": one.document.outlet,
        "published": date_row(one.document.published),
        "prefix": one.evidence.prefix,
        "suffix": one.evidence.suffix,
    }


_PLACES = (
    *("id", "document", "title", "outlet", "published_best", "published_reliable", "zone", "start", "end", "prefix"),
    *("exact", "suffix", "type", "value", "mod", "method", "score", "reason"),
)


def day_pages(edition: Edition, named: Sequence[Named]) -> list[str]:
    """Return the days that the timeline of a whole edition leads to, as addresses have them.

    ``named`` is what its texts speak of.
    """
    found = {day.day for day in named}
    published = dates.published(edition)
    drawing = drawn(None, published, named)
    found |= {column.day for column in drawing.columns} if drawing else set()
    return sorted(found)
