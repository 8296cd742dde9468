"""When documents were published: bounds from words, from copies, from what others tell, and from a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.times import Meaning
from variorum.records import DateInterval
from variorum.situation.dates import CalendarError, Kin, Mention, Undated, solve
from variorum.situation.dates.calendars import parse_calendar
from variorum.situation.dates.days import days_of, iso, last_before, next_after, period

COUP = frozenset({"minister", "announce", "resignation", "harbour", "scandal"})
OTHER = frozenset({"team", "win", "match", "trophy"})


def absolute(value: str, direction: int, at: int = 0, about: frozenset[str] = OTHER) -> Mention:
    return Mention(at, at + 5, value, "DATE", Meaning("absolute", value, direction=direction), about)  # type: ignore[arg-type]


def partial(value: str, direction: int, at: int = 0, about: frozenset[str] = OTHER, words: str = "") -> Mention:
    return Mention(at, at + 5, words or value, "DATE", Meaning("partial", value, direction=direction), about)  # type: ignore[arg-type]


def weekday(day: int, direction: int, at: int = 0, about: frozenset[str] = OTHER) -> Mention:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    meaning = Meaning("weekday", f"XXXX-WXX-{day + 1}", "day", day, direction)  # type: ignore[arg-type]
    return Mention(at, at + 5, names[day], "DATE", meaning, about)


def shift(unit: str, offset: int, at: int = 0, about: frozenset[str] = OTHER, words: str = "") -> Mention:
    meaning = Meaning("shift", "", unit, offset, -1 if offset < 0 else 0)  # type: ignore[arg-type]
    return Mention(at, at + 5, words or f"{offset} {unit}", "DATE", meaning, about)


def close(one: Mention) -> Mention:
    return replace(one, near=one.about)


def document(
    id: str, *mentions: Mention, day: str | None = None, base: DateInterval | None = None, yearless: str = ""
) -> Undated:
    known = DateInterval(day, day, day, "day", "sheet", True) if day else base or DateInterval()
    clues = ((yearless, "the dateline has no year"),) if yearless else ()
    return Undated(id, f"Article {id}", known, clues, tuple(mentions))


def interval(one: Undated, *others: Undated, **more: object) -> tuple[str | None, str | None]:
    found = solve([one, *others], **more)[one.id].date  # type: ignore[arg-type]
    return found.earliest, found.latest


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-09-05", "2019-09-05", "2019-09-05"),
        ("2019-09-05T09:30", "2019-09-05", "2019-09-05"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-W01", "2018-12-31", "2019-01-06"),
        ("2019-W01-WE", "2019-01-05", "2019-01-06"),
        ("2019-Q4", "2019-10-01", "2019-12-31"),
        ("2019-WI", "2019-12-01", "2020-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
    ],
)
def test_values_cover_days(value: str, first: str, last: str) -> None:
    days = days_of(value)
    assert days is not None
    assert (iso(days[0]), iso(days[1])) == (first, last)


@pytest.mark.parametrize("value", ["2019-02-31", "2019-13", "P9M", "PAST_REF", "XXXX-09-05", "20019", "", "2019-W60"])
def test_what_is_no_definite_time_covers_none(value: str) -> None:
    assert days_of(value) is None


@given(st.integers(date(1800, 1, 1).toordinal(), date(2050, 1, 1).toordinal()), st.integers(-30, 30))
def test_periods_of_a_unit_follow_each_other(day: int, offset: int) -> None:
    for unit in ("day", "week", "month", "quarter", "year", "decade"):
        this, following = period(day, unit, offset), period(day, unit, offset + 1)
        assert this
        assert following
        assert this[1] + 1 == following[0]
        here = period(day, unit)
        assert here
        assert here[0] <= day <= here[1]


@given(st.integers(date(1800, 1, 1).toordinal(), date(2050, 1, 1).toordinal()))
def test_the_nearest_day_of_the_year_is_within_a_year(day: int) -> None:
    assert 0 <= day - last_before(day, 6, 15) <= 365
    assert 0 <= next_after(day, 6, 15) - day <= 365
    assert 0 <= day - last_before(day, 2, 29) <= 8 * 366


def test_a_past_day_bounds_from_below_and_one_to_come_from_above() -> None:
    one = document("a", absolute("2019-03-04", -1), absolute("2019-03-01", -1), absolute("2019-04-09", 1))
    assert interval(one) == ("2019-03-04", "2019-04-09")


def test_without_any_clue_nothing_is_known() -> None:
    found = solve([document("a")])["a"].date
    assert (found.earliest, found.latest, found.best, found.precision) == (None, None, None, "unknown")


def test_a_reliable_day_is_left_alone() -> None:
    assert solve([document("a", absolute("2020-01-01", -1), day="2019-01-01")]) == {}


def test_the_weaker_of_two_clues_that_contradict_yields_and_is_kept() -> None:
    settled = solve([document("a", absolute("2019-03-04", -1), absolute("2018-01-01", 1))])["a"]
    assert settled.date.earliest == "2019-03-04"
    assert settled.date.latest is None
    assert [verdict for _, verdict in settled.bounds] == ["used", "overruled"]
    assert any("overruled" in reason for reason in settled.date.reasons)


def test_days_of_the_week_around_it_single_out_days() -> None:
    one = document(
        "a", absolute("2019-01-26", -1), absolute("2019-02-03", 1), weekday(2, -1), weekday(3, 1), weekday(0, -1)
    )
    found = solve([one])["a"].date
    # a Wednesday or Thursday from 26 January to 3 February
    assert (found.earliest, found.latest, found.precision) == ("2019-01-30", "2019-01-31", "week")
    assert found.best in ("2019-01-30", "2019-01-31")
    assert not found.reliable


def test_a_weekday_with_day_and_month_tells_the_year() -> None:
    told = partial("XXXX-01-23", -1, words="Wednesday, January 23")
    one = document("a", absolute("2016-05-01", -1), told, absolute("2021-01-01", 1))
    assert interval(one) == ("2019-01-23", "2020-01-22")


def test_a_dateline_without_a_year_takes_it_from_what_others_say_of_a_day() -> None:
    dated = document("b", partial("XXXX-01-23", -1), day="2019-06-06")
    one = document("a", partial("XXXX-01-23", -1), yearless="XXXX-09-05")
    found = solve([one, dated])["a"].date
    assert (found.earliest, found.latest, found.precision) == ("2019-09-05", "2019-09-05", "day")
    assert any("Article b" in reason for reason in found.reasons)


def test_others_that_disagree_about_the_year_tell_nothing() -> None:
    one = document("a", partial("XXXX-01-23", -1), yearless="XXXX-09-05")
    others = [
        document("b", absolute("2018-01-23", -1, about=COUP), day="2018-06-06"),
        document("c", absolute("2019-01-23", -1, about=COUP), day="2019-06-06"),
    ]
    assert interval(one, *others) == (None, None)


def test_this_month_is_the_month_of_the_happening_that_another_dates() -> None:
    dated = document("b", absolute("2019-01-23", -1, about=COUP), day="2019-06-06")
    one = document("a", shift("month", 0, about=COUP, words="earlier this month"))
    assert interval(one, dated) == ("2019-01-01", "2019-01-31")


def test_of_several_happenings_in_like_words_none_is_chosen() -> None:
    others = [document(y, absolute(f"{y}-01-23", -1, about=COUP), day=f"{y}-06-06") for y in ("2018", "2019")]
    assert interval(document("a", shift("month", 0, about=COUP)), *others) == (None, None)


def test_happenings_in_other_words_tell_nothing() -> None:
    dated = document("b", absolute("2019-01-23", -1, about=OTHER), day="2019-06-06")
    assert interval(document("a", shift("month", 0, about=COUP)), dated) == (None, None)


def test_a_chain_of_documents_is_followed_to_its_end() -> None:
    third = frozenset({"parliament", "vote", "budget", "bridge", "repair"})
    dated = document("c", absolute("2019-01-23", -1, about=COUP), day="2019-06-06")
    between = document(
        "b", shift("month", 0, about=COUP), absolute("2019-01-29", -1, at=9), partial("XXXX-01-23", -1, about=third)
    )
    one = document("a", weekday(2, -1, about=third))
    assert interval(one, between, dated) == ("2019-01-23", "2019-01-29")


def test_a_copy_is_no_older_than_its_source_and_appears_soon() -> None:
    one, source = document("a"), document("b", day="2019-01-23")
    assert interval(one, source, kin=[Kin("a", "b", "copy", "a-from-b")]) == ("2019-01-22", "2019-02-06")
    assert interval(one, source, kin=[Kin("a", "b", "copy", "b-from-a")]) == ("2019-01-09", "2019-01-24")


def test_a_weekday_in_shared_words_is_one_day() -> None:
    one, source = document("a", weekday(6, -1)), document("b", weekday(6, -1), day="2021-12-07")
    found = interval(one, source, kin=[Kin("a", "b", "copy", "siblings", ((0, 0),))])
    assert found == ("2021-12-05", "2021-12-11")


def test_a_month_that_is_named_is_not_the_running_one() -> None:
    one = document(
        "a", absolute("2021-11-21", -1), absolute("2022-09", 1), partial("XXXX-11", -1), partial("XXXX-01", 1)
    )
    assert interval(one) == ("2021-12-01", "2021-12-31")


def test_an_event_of_the_calendar_dates_what_names_it() -> None:
    calendar = parse_calendar("# known\n2021-11-21 regional elections; gubernatorial vote\n", "calendar.txt")
    about = frozenset({"loss", "local", "region", "election", "opposit"})
    stems = frozenset(next(iter(calendar)).names[0])
    one = document("a", close(partial("XXXX-11", -1, about=about | stems)))
    assert interval(one, calendar=calendar) == ("2021-12-01", "2022-10-31")
    assert interval(document("a", close(partial("XXXX-10", -1, about=stems))), calendar=calendar) == (None, None)


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("2021-11-21 regional elections", "2021-11-21"),
        ("2021-11-21\tregional elections", "2021-11-21"),
        ('2021-11-21,"regional elections"', "2021-11-21"),
        ("2021-11-20/2021-11-21: regional elections", "2021-11-20/2021-11-21"),
    ],
)
def test_lines_of_a_calendar_may_be_written_in_several_ways(line: str, when: str) -> None:
    (entry,) = parse_calendar(line, "calendar.txt")
    assert (entry.when, entry.words) == (when, "regional elections")


@pytest.mark.parametrize(
    "line", ["regional elections", "2021-11-31 elections", "2021-11-21", "2022-01-02/2021-01-01 x"]
)
def test_a_line_that_is_wrong_is_named(line: str) -> None:
    with pytest.raises(CalendarError, match=r"calendar\.txt: line 2"):
        parse_calendar(f"# title\n{line}", "calendar.txt")


@given(st.permutations(range(4)), st.data())
def test_no_order_matters(order: list[int], data: st.DataObject) -> None:
    days = st.integers(1, 28).map(lambda day: f"2019-03-{day:02}")
    documents = [
        document(
            name,
            absolute(data.draw(days), data.draw(st.sampled_from((-1, 1)))),
            weekday(data.draw(st.integers(0, 6)), data.draw(st.sampled_from((-1, 1))), at=9, about=COUP),
            shift("week", data.draw(st.integers(-1, 0)), at=20, about=COUP),
        )
        for name in "abcd"
    ]
    kin = [Kin("a", "b", "copy", "siblings", ((1, 1),)), Kin("b", "c", "copy", "a-from-b")]
    assert solve([documents[i] for i in order], kin[::-1]) == solve(documents, kin)
