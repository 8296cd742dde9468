"""Time expressions: what is one, what it says, and what it comes to when it is counted from a day."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.times import TimeExpression, anchored, find

PUBLISHED = "2019-06-05"  # a Wednesday


def times(text: str, published: str | None = PUBLISHED, **more: object) -> list[TimeExpression]:
    found = find(text, (), [(0, len(text))])
    return list(anchored(found, published, **more))  # type: ignore[arg-type]


def values(text: str, published: str | None = PUBLISHED) -> dict[str, str]:
    return {text[one.start : one.end]: one.value for one in times(text, published)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It was signed on 23 January 2019 in Caracas.", "23 January 2019", "2019-01-23"),
        ("It was signed on January 23, 2019, in Caracas.", "January 23, 2019", "2019-01-23"),
        ("It was signed on the 23rd of January, 2019.", "the 23rd of January, 2019", "2019-01-23"),
        ("It was signed on Wednesday, Jan. 23, 2019.", "Wednesday, Jan. 23, 2019", "2019-01-23"),
        ("It was signed on 2019-01-23.", "2019-01-23", "2019-01-23"),
        ("It was signed on 25/12/2018.", "25/12/2018", "2018-12-25"),
        ("It was signed on 12/25/2018.", "12/25/2018", "2018-12-25"),
        ("It was signed in January 2019.", "January 2019", "2019-01"),
        ("It was signed in 2013.", "2013", "2013"),
        ("They ruled in the 1990s.", "the 1990s", "199"),
        ("They ruled in the 19th century.", "the 19th century", "18"),
        ("They ruled in 44 BC.", "44 BC", "BC0044"),
        ("It grew in the third quarter of 2018.", "the third quarter of 2018", "2018-Q3"),
        ("It rained in the summer of 2018.", "the summer of 2018", "2018-SU"),
        ("It fell in fiscal 2018.", "fiscal 2018", "2018"),
    ],
)
def test_a_whole_date_needs_no_day_to_count_from(text: str, words: str, value: str) -> None:
    assert values(text, None) == {words: value}


@pytest.mark.parametrize(
    ("text", "words", "value", "unanchored"),
    [
        ("They met on January 23.", "January 23", "2019-01-23", "XXXX-01-23"),
        ("They met on 26 January.", "26 January", "2019-01-26", "XXXX-01-26"),
        ("They will meet on 7 February.", "7 February", "2020-02-07", "XXXX-02-07"),
        ("They met in late November.", "late November", "2018-11", "XXXX-11"),
        ("They met on Sunday.", "Sunday", "2019-06-02", "XXXX-WXX-7"),
        ("They met on Wednesday.", "Wednesday", "2019-06-05", "XXXX-WXX-3"),
        ("They will meet on Sunday.", "Sunday", "2019-06-09", "XXXX-WXX-7"),
        ("They met last Friday.", "last Friday", "2019-05-31", "XXXX-WXX-5"),
        ("They met yesterday.", "yesterday", "2019-06-04", "XXXX-XX-XX"),
        ("They will meet the day after tomorrow.", "the day after tomorrow", "2019-06-07", "XXXX-XX-XX"),
        ("They met last week.", "last week", "2019-W22", "XXXX-WXX"),
        ("They met earlier this month.", "earlier this month", "2019-06", "XXXX-XX"),
        ("They met last month.", "last month", "2019-05", "XXXX-XX"),
        ("They met last year.", "last year", "2018", "XXXX"),
        ("They met two years ago.", "two years ago", "2017", "XXXX"),
        ("They met three weeks ago.", "three weeks ago", "2019-W20", "XXXX-WXX"),
        ("They met last summer.", "last summer", "2018-SU", "XXXX-SU"),
        ("They met on Christmas Day.", "Christmas Day", "2018-12-25", "XXXX-12-25"),
        ("They met on Easter Sunday.", "Easter Sunday", "2019-04-21", "XXXX-XX-XX"),
    ],
)
def test_what_is_told_from_the_day_of_publication_keeps_its_gaps_without_one(
    text: str, words: str, value: str, unanchored: str
) -> None:
    assert values(text) == {words: value}
    assert values(text, None) == {words: unanchored}


@pytest.mark.parametrize(
    ("text", "words", "type_", "value"),
    [
        ("It lasted for nine months.", "nine months", "DURATION", "P9M"),
        ("Over the last nine months it grew.", "the last nine months", "DURATION", "P9M"),
        ("It took more than four hours.", "more than four hours", "DURATION", "PT4H"),
        ("It took two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("A 16-hour flight.", "16-hour", "DURATION", "PT16H"),
        ("They meet every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
        ("They met at 5 p.m. on Friday.", "5 p.m. on Friday", "TIME", "2019-05-31T17"),
        ("They met on Monday morning.", "Monday morning", "TIME", "2019-06-03TMO"),
        ("They now agree.", "now", "DATE", "PRESENT_REF"),
        ("They have recently agreed.", "recently", "DATE", "PAST_REF"),
    ],
)
def test_durations_sets_and_times_of_day(text: str, words: str, type_: str, value: str) -> None:
    (one,) = times(text)
    assert (text[one.start : one.end], one.type, one.value) == (words, type_, value)


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("They met in early 2019.", "START"),
        ("They met in late 2019.", "END"),
        ("They met in mid-November.", "MID"),
        ("They met at the beginning of 2019.", "START"),
        ("They met at the end of November.", "END"),
        ("It took more than two weeks.", "MORE_THAN"),
        ("It took at least two weeks.", "EQUAL_OR_MORE"),
        ("They met about two years ago.", "APPROX"),
    ],
)
def test_what_narrows_a_time_is_its_mod(text: str, mod: str) -> None:
    assert [one.mod for one in times(text)] == [mod]


def test_the_next_day_counts_from_the_day_before_it_in_the_text() -> None:
    assert list(
        values("They met on 3 March 2012. The next day they parted. Two weeks later they met again.").values()
    ) == [
        "2012-03-03",
        "2012-03-04",
        "2012-W11",
    ]


def test_a_text_about_years_long_ago_goes_on_in_them() -> None:
    text = (
        "War came in 1914. In 1915 Italy joined. In 1916 they fought on the Somme, in 1917 at Ypres. In 1918 it ended, "
    )
    text += "and in 1919 they met. On 28 June they signed."
    assert values(text)["28 June"] == "1919-06-28"


def test_of_a_month_or_year_alone_values_are_as_exact_as_it_allows() -> None:
    assert values("They met last month.", "2019-06") == {"last month": "2019-05"}
    assert values("They met last year.", "2019") == {"last year": "2018"}
    assert values("They met yesterday.", "2019")["yesterday"].startswith(("2019", "XXXX"))


def test_an_event_of_a_calendar_has_its_day() -> None:
    text = "They vote on election day."
    (one,) = times(text, calendar={"election day": ["2018-11-06", "2019-06-30"]})
    assert one.value == "2019-06-30"
    (one,) = times(text)
    assert one.value == "XXXX-XX-XX"


@pytest.mark.parametrize(
    "text",
    [
        "They march on the palace, and may stay.",
        "Theresa May resigned, said Mr. May.",
        "The Sunday Times reported it.",
        "On the second floor he came second.",
        "Call 555-0199 or +1 202 555 0143.",
        "They won 3-2 and lost 1-2.",
        "It cost $2019 and £1,999.",
        "She is 34 years old, a 34-year-old doctor.",
        "A quarter of the voters stayed away.",
        "The sun set as they sat down.",
        "The fall of the city was near.",
        "Year 20019 and number 19999.",
        "They counted 2000 votes.",
    ],
)
def test_what_looks_like_a_time_and_is_none(text: str) -> None:
    assert values(text) == {}


def test_days_that_there_are_not_are_no_dates() -> None:
    assert "2019-02-31" not in values("It was due on 31 February 2019.").values()
    assert all(not value.startswith("XXXX-02-3") for value in values("It was due on 31 February.", None).values())
    assert values("On 2019-13-45 and 45/45/2019.", None) == {}


def test_ranges_are_two_years() -> None:
    assert list(values("They ruled in 1999-2001 and fled.").values()) == ["1999", "2001"]


def test_the_order_of_day_and_month_follows_from_other_dates_of_the_text() -> None:
    assert values("Sent 25/12/2018, read 3/4/2019.")["3/4/2019"] == "2019-04-03"
    assert values("Sent 12/25/2018, read 3/4/2019.")["3/4/2019"] == "2019-03-04"
    found = find("Read 3/4/2019.", (), [(0, 14)], day_first=True)
    assert anchored(found, None)[0].value == "2019-04-03"


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_any_day_comes_back_as_it_was_written(day: date, published: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y"):
        written = f"{day:{form}}"
        (one,) = times(f"They met on {written} in town.", published.isoformat())
        assert one.value == day.isoformat()


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 6))
def test_the_nearest_weekday_is_meant(published: date, weekday: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    (past,) = times(f"They met on {name}.", published.isoformat())
    (future,) = times(f"They will meet on {name}.", published.isoformat())
    assert 0 <= (published - date.fromisoformat(past.value)).days < 7
    assert 0 <= (date.fromisoformat(future.value) - published).days < 7
    assert date.fromisoformat(past.value).weekday() == weekday


@given(st.text(alphabet="0123456789 /.-:,JanMayofthe’'$%\n", max_size=300))
def test_expressions_lie_in_the_text_in_order_whatever_it_is(text: str) -> None:
    found = times(text)
    assert all(0 <= one.start < one.end <= len(text) and one.value for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("piece", ["1", "19 ", "the ", "two ", "Jan ", "1/", "May 1", "first ", " and a half"])
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.perf_counter()
    find(text, (), [(0, len(text))])
    assert time.perf_counter() - start < 20
