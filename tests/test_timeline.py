"""Times and dates as the edition tells them, as words, and as a drawing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures_edition import Told, day, write_edition
from variorum.edition import dates, file
from variorum.edition.dates import Dated, Named, Published, Time
from variorum.edition.listing import Filter, published_between, years_of
from variorum.edition.reading import Edition
from variorum.publishing.queries import BadQuery
from variorum.publishing.time_words import meaning, time_words
from variorum.publishing.timeline import Days, days
from variorum.publishing.timeline_graph import MOST_LANES, TALLEST, Drawing, Mark, drawn
from variorum.publishing.timeline_scale import NARROW, WIDE, days_of, window
from variorum.records import DateInterval
from variorum.situation.dates.days import days_of as covered
from variorum.situation.dates.days import iso

# --- an edition with times --------------------------------------------------------------------------------------------

Row = tuple[str, str, str, str | None, str, bool]
"""Words, type, value, mod, method, reliable."""

FERRY = Told(
    "herald/ferry.txt",
    [
        ("heading", "Ferry talks fail"),
        (None, "\n\n"),
        ("dateline", "PORT SALLOW, March 6 — "),
        (
            "body",
            "The strike began on 3 March 2021. Elena Marsh said on Wednesday that it would last two weeks.\n"
            "In January the union had asked for talks.",
        ),
    ],
    title="Ferry talks fail",
    outlet="The Herald",
    published=day("2021-03-06"),
    cast=[("Elena Marsh", "person", [("Elena Marsh", "name", 1.0)])],
)
COPY = Told(
    "mirror/ferry.txt",
    [("body", "The strike began on 3 March 2021. Elena Marsh said on Wednesday that it would last two weeks.")],
    title="Talks on ferry collapse",
    outlet="The Mirror",
    published=DateInterval("2021-03-06", "2021-03-20", "2021-03-13", "month", "copies", False, ("a copy",)),
)
LATER = Told(
    "gazette/later.txt",
    [("body", "Since 3 March the islands have had no ferry, and every Friday people wait at the quay.")],
    title="Islands wait",
    outlet="The Gazette",
    published=DateInterval("2021-03-08", None, None, "unknown", "text", False, ("it names 8 March",)),
)
BARE = Told("loose/bare.txt", [("body", "Nobody knows when the ferry left.")], outlet="The Herald")

TIMES: Mapping[str, Sequence[Row]] = {
    FERRY.id: (
        ("March 6", "DATE", "2021-03-06", None, "publication", True),
        ("3 March 2021", "DATE", "2021-03-03", None, "said", True),
        ("on Wednesday", "DATE", "2021-03-03", None, "publication", True),
        ("two weeks", "DURATION", "P2W", None, "said", True),
        ("January", "DATE", "2021-01", None, "publication", True),
    ),
    COPY.id: (
        ("3 March 2021", "DATE", "2021-03-03", None, "said", True),
        ("on Wednesday", "DATE", "XXXX-WXX-3", None, "unanchored", False),
        ("two weeks", "DURATION", "P2W", None, "said", True),
    ),
    LATER.id: (
        ("3 March", "DATE", "2021-03-03", None, "publication", False),
        ("every Friday", "SET", "XXXX-WXX-5", None, "said", True),
    ),
}

ALL = (FERRY, COPY, LATER, BARE)


def put_times(connection: sqlite3.Connection, told: Told, rows: Sequence[Row]) -> None:
    """Write time expressions of a document as a build does, each at the first place of its words."""
    n = connection.execute("SELECT n FROM documents WHERE id = ?", [told.id]).fetchone()["n"]
    zones = told.document().zones
    for number, (words, type_, value, mod, method, reliable) in enumerate(rows):
        start = told.text.index(words)
        zone = next((z.kind for z in zones if z.start <= start < z.end), None)
        found = covered(value) if type_ in ("DATE", "TIME") else None
        first, last = map(iso, found) if found else (None, None)
        connection.execute(
            "INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', '[]')",
            [n, number, zone, start, start + len(words), type_, value, mod, first, last, method, int(reliable)],
        )


def put_bounds(connection: sqlite3.Connection, told: Told, rows: Sequence[Sequence[Any]]) -> None:
    """Write what bounds the date of a document."""
    n = connection.execute("SELECT n FROM documents WHERE id = ?", [told.id]).fetchone()["n"]
    for number, row in enumerate(rows):
        connection.execute("INSERT INTO bounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [n, number, *row])


def put_origin(connection: sqlite3.Connection, told: Told, origin: str) -> None:
    """Say what most of a document descends from."""
    n = connection.execute("SELECT n FROM documents WHERE id = ?", [told.id]).fetchone()["n"]
    spans = json.dumps([[0, len(told.text)]])
    connection.execute("INSERT INTO origins VALUES (?, 0, ?, ?)", [n, origin, spans])


BOUNDS: Mapping[str, Sequence[Sequence[Any]]] = {
    COPY.id: (
        (
            "2021-03-06",
            "2021-03-20",
            "copies",
            0.8,
            "it shares its text with a dated one",
            None,
            None,
            FERRY.id,
            "used",
        ),
        ("2021-03-03", None, "text", 0.9, "“3 March 2021” is told as past", 20, 32, None, "agrees"),
        (None, None, "text", 0.45, "“Wednesday” lies behind it", 54, 63, None, "overruled"),
    ),
}


def ferry_edition(path: Path) -> Path:
    """Write an edition of four documents with their times: one is a copy, one has no date."""
    write_edition(path, ALL)
    connection = file.create(path)
    with file.transaction(connection):
        for told in ALL:
            put_times(connection, told, TIMES.get(told.id, ()))
            put_bounds(connection, told, BOUNDS.get(told.id, ()))
        put_origin(connection, COPY, FERRY.id)
        put_origin(connection, FERRY, FERRY.id)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ferry_edition(tmp_path_factory.mktemp("timeline") / "ferry.edition")


def test_times_come_in_the_order_of_the_text(edition: Path) -> None:
    with Edition.open(edition) as opened:
        found = dates.times_of(opened, FERRY.id)
    assert [time.span.of(FERRY.text) for time in found] == [words for words, *_ in TIMES[FERRY.id]]
    assert [time.day for time in found] == [None, "2021-03-03", "2021-03-03", None, "2021-01"]


def test_a_day_is_counted_by_independent_origins_and_a_copy_is_none(edition: Path) -> None:
    with Edition.open(edition) as opened:
        found = {one.day: one for one in dates.named(opened)}
        counted = dates.count(opened, "2021-03-03", "2021-03-03")
    assert set(found) == {"2021-01", "2021-03-03"}, "the day of a dateline is that of publication"
    third = found["2021-03-03"]
    assert (third.places, third.documents) == (4, 3)
    assert third.origins == {FERRY.id, LATER.id}
    assert third.sure == {FERRY.id}, "the other counts from a doubtful date"
    assert (counted.places, counted.documents, counted.origins) == (4, 3, 2)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(outlet="The Gazette"), ["2021-03-03"]),
        (Filter(since="2021-02-01"), ["2021-03-03"]),
        (Filter(since="2021-01-31"), ["2021-01", "2021-03-03"]),
        (Filter(until="2021-01-01"), ["2021-01"]),
        (Filter(until="2020-12-31"), []),
    ],
)
def test_days_are_narrowed_to_whose_texts_and_to_which_days(edition: Path, wanted: Filter, found: list[str]) -> None:
    with Edition.open(edition) as opened:
        assert [one.day for one in dates.named(opened, wanted)] == found


def test_a_place_that_names_a_day_comes_with_its_sentence_and_exact_words(edition: Path) -> None:
    with Edition.open(edition) as opened:
        found = dates.spoken(opened, "2021-03-01", "2021-03-31")
        pages = [dates.spoken(opened, "2021-03-01", "2021-03-31", offset=i, limit=1) for i in range(4)]
    assert [one for page in pages for one in page] == found
    texts = {told.id: told.text for told in ALL}
    for one in found:
        text = texts[one.document.id]
        assert text[one.evidence.start : one.evidence.end] == one.evidence.exact
        assert one.evidence.prefix + one.evidence.exact + one.evidence.suffix in text
        assert one.before + one.evidence.exact + one.after in text
        assert "\n" not in one.before + one.after, "it goes no further than its sentence"
    assert [one.document.id for one in found] == [FERRY.id, FERRY.id, LATER.id, COPY.id]


def test_what_bounds_a_date_comes_surest_first_with_its_place_and_source(edition: Path) -> None:
    with Edition.open(edition) as opened:
        used, agrees, overruled = dates.bounds_of(opened, COPY.id)
        assert dates.bounds_of(opened, FERRY.id) == []
    assert used.other == (FERRY.id, "Ferry talks fail")
    assert used.place is None
    assert agrees.place is not None
    assert agrees.place.of(COPY.text) == "3 March 2021"
    assert (agrees.earliest, agrees.latest) == ("2021-03-03", None)
    assert [bound.verdict for bound in (used, agrees, overruled)] == ["used", "agrees", "overruled"]


def test_documents_are_dated_or_listed_apart(edition: Path) -> None:
    with Edition.open(edition) as opened:
        assert [one.id for one in dates.dated(opened)] == [FERRY.id, LATER.id, COPY.id]
        assert [one.id for one in dates.undated(opened, Filter(since="2021-01-01"))] == [BARE.id]
        assert dates.undated(opened, Filter(outlet="The Mirror")) == []
        assert sum(one.documents for one in dates.published(opened)) == 3


# --- filters ----------------------------------------------------------------------------------------------------------

some_days = st.dates(date(2018, 12, 1), date(2020, 2, 1)).map(date.isoformat)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[str | None, str | None, str | None]:
    """Earliest, latest and best day, any of them open; in order of time."""
    earliest, best, latest = sorted(draw(st.tuples(some_days, some_days, some_days)))
    open_ = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    first, last, middle = (None if o else value for o, value in zip(open_, (earliest, latest, best), strict=True))
    return first, last, middle


def allows(interval: tuple[str | None, str | None, str | None], since: str | None, until: str | None) -> bool:
    """What the pages promise of a period: a document is in if its interval allows it."""
    earliest, latest, best = interval
    if earliest is None and latest is None:
        earliest = latest = best
    if earliest is None and latest is None:
        return since is None and until is None
    return (since is None or latest is None or latest >= since) and (
        until is None or earliest is None or earliest <= until
    )


@given(st.lists(intervals(), max_size=12), st.none() | some_days, st.none() | some_days)
def test_a_period_has_the_documents_whose_interval_allows_it(
    published: list[tuple[str | None, str | None, str | None]], since: str | None, until: str | None
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE d (n INTEGER, published_earliest, published_latest, published_best)")
    connection.executemany("INSERT INTO d VALUES (?, ?, ?, ?)", [(n, *one) for n, one in enumerate(published)])
    tests, values = published_between(since, until)
    where = " AND ".join(tests) or "TRUE"
    found = {n for (n,) in connection.execute(f"SELECT n FROM d WHERE {where}", values)}
    connection.close()
    assert found == {n for n, one in enumerate(published) if allows(one, since, until)}
    for year in years_of([(*one, 1) for one in published]):
        if year.value != "?":
            assert year.documents == sum(allows(one, f"{year.value}-01-01", f"{year.value}-12-31") for one in published)


def test_a_document_of_two_days_is_found_by_each_of_them() -> None:
    between = ("2019-01-30", "2019-01-31", None)
    assert allows(between, "2019-01-31", None)
    tests, values = published_between("2019-01-31", "2019-01-31")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE d (published_earliest, published_latest, published_best)")
    connection.execute("INSERT INTO d VALUES (?, ?, ?)", between)
    assert connection.execute(f"SELECT count(*) FROM d WHERE {' AND '.join(tests)}", values).fetchone()[0] == 1
    connection.close()


# --- days of an address -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first", "last", "words"),
    [
        ("2019-01-23", "2019-01-23", "2019-01-23", "23 January 2019"),
        ("2019-02", "2019-02-01", "2019-02-28", "February 2019"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
        ("2019", "2019-01-01", "2019-12-31", "2019"),
        ("2019-01-21/2019-01-27", "2019-01-21", "2019-01-27", "21 to 27 January 2019"),
        ("2019-01-28/2019-02-03", "2019-01-28", "2019-02-03", "28 January 2019 to 3 February 2019"),
    ],
)
def test_an_address_names_days(typed: str, first: str, last: str, words: str) -> None:
    assert days(typed) == Days(first, last)
    assert days(typed).key == typed
    assert days(typed).words == words


@given(some_days, some_days)
def test_days_of_an_address_are_what_it_was_made_of(one: str, other: str) -> None:
    first, last = sorted((one, other))
    assert days(days_of(first, last)) == Days(first, last)


@pytest.mark.parametrize("typed", ["yesterday", "2019-13", "2019-02-30", "2019-01-02/2019-01-01", "2019/", "/", "0000"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(BadQuery, match="is not a day"):
        days(typed)


# --- values in words --------------------------------------------------------------------------------------------------


def time(value: str, type_: str = "DATE", mod: str | None = None, method: str = "said", reliable: bool = True) -> Time:
    found = covered(value) if type_ in ("DATE", "TIME") else None
    first, last = map(iso, found) if found else (None, None)
    return Time(0, 1, None, type_, value, mod, first, last, method, reliable)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "type_", "mod", "words"),
    [
        ("2019-01-23", "DATE", None, "23 January 2019"),
        ("2019-01", "DATE", "START", "the beginning of January 2019"),
        ("2019", "DATE", "END", "the end of 2019"),
        ("199", "DATE", None, "the 1990s"),
        ("2019-W04", "DATE", None, "between 21 January 2019 and 27 January 2019"),
        ("2019-W04-WE", "DATE", None, "between 26 January 2019 and 27 January 2019"),
        ("2019-Q3", "DATE", None, "the third quarter of 2019"),
        ("2019-SU", "DATE", None, "summer 2019"),
        ("XXXX-09-05", "DATE", None, "5 September, no year"),
        ("XXXX-WXX-3", "DATE", None, "a Wednesday"),
        ("XXXX-WXX-3TMO", "TIME", None, "a Wednesday, in the morning"),
        ("XXXX-XX-XX", "DATE", None, "a day"),
        ("2019-01-23T10:30", "TIME", None, "23 January 2019, 10:30"),
        ("T09", "TIME", None, "09:00"),
        ("BC0044", "DATE", None, "44 BC"),
        ("PAST_REF", "DATE", None, "in the past"),
        ("P9M", "DURATION", None, "nine months"),
        ("P1Y", "DURATION", "MORE_THAN", "more than one year"),
        ("P2W", "DURATION", "APPROX", "about two weeks"),
        ("PT30M", "DURATION", None, "30 minutes"),
        ("PT0.5H", "DURATION", None, "half an hour"),
        ("P1DT6H", "DURATION", None, "one day and six hours"),
        ("PXD", "DURATION", None, "some days"),
        ("P3E", "DURATION", None, "three decades"),
        ("P1D", "SET", None, "every day"),
        ("P2W", "SET", None, "every two weeks"),
        ("XXXX-WXX-5", "SET", None, "every Friday"),
        ("XXXX-06", "SET", None, "every June"),
        ("XXXX-XX-XXTMO", "SET", None, "every day, in the morning"),
    ],
)
def test_a_value_in_words(value: str, type_: str, mod: str | None, words: str) -> None:
    assert meaning(time(value, type_, mod)) == words


def test_words_say_what_a_time_is_counted_from_and_how_sure_that_is() -> None:
    assert time_words(time("2019-01-23")) == "23 January 2019"
    counted = time_words(time("2019-01-23", method="publication"))
    assert counted == "23 January 2019 — counted from the date of publication"
    doubtful = time_words(time("2019-01-23", method="publication", reliable=False))
    assert doubtful == "23 January 2019? — counted from the doubtful date of publication"
    assert time_words(time("XXXX-WXX-3", method="unanchored", reliable=False)) == "a Wednesday"


@given(
    st.text(st.sampled_from("PTXWYMDHQ0123456789-.:REFBC_ <é"), max_size=14),
    st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
)
def test_no_value_is_without_words(value: str, type_: str) -> None:
    if value:
        assert meaning(time(value, type_)).strip() or not value.strip()


# --- the drawing ------------------------------------------------------------------------------------------------------


def paper(number: int, published: DateInterval, outlet: str | None = "The Herald") -> Dated:
    return Dated(f"d{number}", f"Title {number}", outlet, f"{number}.txt", published, f"d{number}")


def published(documents: Sequence[Dated]) -> list[Published]:
    found = [one.published for one in documents]
    return [Published(one.earliest, one.latest, one.best, one.reliable, 1) for one in found]


def draw(documents: Sequence[Dated], named: Sequence[Named] = (), **ends: str) -> Drawing:
    found = drawn(documents, published(documents), named, **ends)
    assert found is not None
    return found


def days_from(first: str, *offsets: int) -> list[str]:
    return [(date.fromisoformat(first) + timedelta(offset)).isoformat() for offset in offsets]


def names(first: str, last: str | None = None, origins: int = 1, sure: int = 1) -> Named:
    ids = [f"o{i}" for i in range(origins)]
    return Named(first, last or first, frozenset(ids), frozenset(ids[:sure]), origins, origins)


@pytest.mark.parametrize(("span", "unit"), [(14, "day"), (180, "week"), (1100, "month"), (9000, "year")])
def test_columns_stand_for_what_the_stretch_has_room_for(span: int, unit: str) -> None:
    documents = [paper(i, day(d)) for i, d in enumerate(days_from("2019-01-20", 0, span))]
    found = draw(documents, [names(d) for d in days_from("2019-01-20", 0, 3, span // 2)])
    assert found.unit == unit
    assert 2 <= len(found.columns) <= 3
    assert all(column.width > 0.4 for column in found.columns)
    for labels, most in ((found.wide, 12), (found.narrow, 5)):
        assert 1 <= len(labels) <= most
        assert any(label.words for label in labels)
        assert [label.x for label in labels] == sorted({label.x for label in labels})


def test_a_column_is_as_high_as_there_are_origins_and_solid_as_far_as_they_are_sure() -> None:
    found = draw(
        [paper(1, day("2019-01-20"))], [names("2019-01-21", origins=4, sure=1), names("2019-01-22", origins=2)]
    )
    high, low = found.columns
    assert (high.count, high.sure, low.count) == (4, 1, 2)
    assert high.height == 2 * low.height <= TALLEST
    assert high.solid == high.height / 4
    assert high.told == "21 January 2019: 4 independent origins, 3 of them doubtful"
    assert high.y + high.height == low.y + low.height, "they stand on one line"


def test_the_same_origin_counts_once_in_a_month() -> None:
    documents = [paper(1, day("2019-01-20")), paper(2, day("2021-05-05"))]
    found = draw(documents, [names("2019-03-01"), names("2019-03-02", origins=2), names("2019-03-01", "2019-03-31")])
    (march,) = found.columns
    assert (march.day, march.count) == ("2019-03", 2)


def test_what_is_open_fades_and_what_is_known_does_not() -> None:
    dot, after, before, between = (
        day("2019-06-06"),
        DateInterval("2019-06-10", None),
        DateInterval(None, "2019-06-20"),
        DateInterval("2019-06-01", "2019-06-30", "2019-06-15", "month"),
    )
    marks = draw([paper(i, one) for i, one in enumerate((dot, after, before, between))]).marks
    assert marks[0].dot is not None
    assert (marks[0].bar, marks[0].before, marks[0].after) == (None, None, None)
    assert marks[1].dot is None
    assert marks[1].before is None
    assert marks[1].after is not None and marks[1].bar is not None
    assert marks[1].after > marks[1].bar[0]
    assert marks[2].after is None
    assert marks[2].before is not None and marks[2].bar is not None
    assert marks[2].before < marks[2].bar[1]
    assert marks[3].bar is not None and marks[3].dot is not None
    assert marks[3].bar[0] < marks[3].dot < marks[3].bar[1]
    assert (marks[3].before, marks[3].after) == (None, None)


def room(mark: Mark, width: int) -> tuple[float, float]:
    """From where to where a mark covers its lane, in pixels of a drawing of this width."""
    edges = [value for value in (mark.dot, mark.before, mark.after, *(mark.bar or ())) if value is not None]
    low, high = min(edges) / 100 * width - 6, max(edges) / 100 * width + 6
    label = len(str(mark.number)) * 6.4 + (6.4 * (len(mark.label) + 1) if width == WIDE else 0)
    at = mark.label_x / 100 * width
    return min(low, at - 10 - label if mark.leftward else at), max(high, at if mark.leftward else at + 10 + label)


near = st.dates(date(2018, 6, 1), date(2020, 6, 1)).map(date.isoformat)


@st.composite
def dated_papers(draw_: st.DrawFn) -> list[Dated]:
    found = []
    for number in range(draw_(st.integers(1, 30))):
        earliest, best, latest = sorted(draw_(st.tuples(near, near, near)))
        kind = draw_(st.sampled_from(["day", "month", "after", "before", "between"]))
        interval = {
            "day": day(best),
            "month": DateInterval(earliest, latest, best, "month"),
            "after": DateInterval(earliest),
            "before": DateInterval(None, latest),
            "between": DateInterval(earliest, latest),
        }[kind]
        found.append(
            paper(number, interval, draw_(st.sampled_from([None, "The Herald", "A very long name of an outlet"])))
        )
    return found


@given(dated_papers(), st.lists(near, max_size=20))
def test_no_document_covers_another_and_all_stay_inside(documents: list[Dated], told: list[str]) -> None:
    named = [names(value) for value in sorted(set(told))]
    found = draw(documents, named)
    assert found == draw(documents, named)
    lanes: dict[float, list[Mark]] = {}
    for mark in found.marks:
        lanes.setdefault(mark.y, []).append(mark)
        edges = [value for value in (mark.dot, mark.before, mark.after, *(mark.bar or ())) if value is not None]
        assert all(0 <= value <= 100 for value in edges)
        assert 0 < mark.y < found.floor
    assert len(lanes) <= MOST_LANES
    for marks in lanes.values():
        for width in (WIDE, NARROW):
            spans = sorted(room(mark, width) for mark in marks)
            assert all(one[1] <= other[0] + 0.5 for one, other in pairwise(spans))
    for column in found.columns:
        assert 0 <= column.x <= column.x + column.width <= 100.01
        assert column.y + column.height <= found.height
    assert len(found.marks) + found.left_out == len(documents)
    drawn_days = sum(column.count for column in found.columns) if found.unit == "day" else 0
    assert drawn_days <= len(named)


def test_many_documents_become_columns_that_count_them_all() -> None:
    found = [Published(None, None, d, i % 2 == 0, 10) for i, d in enumerate(days_from("2019-01-01", *range(100)))]
    found.append(Published("2019-01-01", None, None, False, 7))
    drawing = drawn(None, found, [])
    assert drawing is not None
    assert not drawing.marks
    assert sum(column.count for column in drawing.documents) == 1000
    assert sum(column.sure for column in drawing.documents) == 500
    assert drawing.left_out == 7


def test_a_drawing_reaches_as_far_as_it_is_told() -> None:
    documents = [paper(1, day("2019-01-20")), paper(2, day("2019-03-05"))]
    far = names("1998-12-06")
    assert draw(documents, [far]).outside == 1
    found = draw(documents, [far], since="1998-01-01")
    assert (found.outside, found.first) == (0, "1998-01-01")
    assert window([], [], "2019-02-01", "2019-02-28") is not None
    assert drawn([], [], []) is None


@given(st.lists(near, min_size=1, max_size=10), st.none() | some_days, st.none() | some_days)
def test_every_likeliest_day_is_drawn_unless_an_end_is_given(
    best: list[str], since: str | None, until: str | None
) -> None:
    found = window([Published(None, None, d, True, 1) for d in best], [], since, until)
    assert found is not None
    first, last = (date.fromordinal(edge).isoformat() for edge in found)
    assert first <= last
    assert since is not None or until is not None or all(first <= d <= last for d in best)
    if since is not None:
        assert first == since
