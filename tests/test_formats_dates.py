"""Dates as programs and tables write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.dates import column_order, not_after, parse_date


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2019-06-06", "2019-06-06"),
        ("2019-06-06T23:30:00-05:00", "2019-06-06"),
        ("2019-06-06T23:30:00.123Z", "2019-06-06"),
        ("2019-06-06 23:30:00 UTC", "2019-06-06"),
        ("2019-06-06 10:00:00+0000", "2019-06-06"),
        ("2019/06/06", "2019-06-06"),
        ("20190606", "2019-06-06"),
        ("20190606123000", "2019-06-06"),
        ("Thu, 06 Jun 2019 23:30:00 GMT", "2019-06-06"),
        ("Thu, 06 Jun 2019 23:30:00 -0500 (EST)", "2019-06-06"),
        ("June 6, 2019", "2019-06-06"),
        ("6 June 2019 at 10:15 pm", "2019-06-06"),
        ("Thursday, June 6th, 2019", "2019-06-06"),
        ("9/12/2022 11:12", "2022-09-12/2022-12-09"),
        ("25/12/2022", "2022-12-25"),
        ("12/25/2022 1:05 PM", "2022-12-25"),
        ("5.5.2019", "2019-05-05"),
        ("6/7/19", "2019-06-07/2019-07-06"),
        ("2019-06", "2019-06"),
        ("2019", "2019"),
        ("../2020-01-01", "../2020-01-01"),
        ("2019-09-18/..", "2019-09-18/.."),
        ("XXXX-09-05", "XXXX-09-05"),
        (1559865600, "2019-06-07"),
        (1559865600000, "2019-06-07"),
        ("1559865600.5", "2019-06-07"),
        ({"$date": "2019-06-06T00:00:00Z"}, "2019-06-06"),
        (["2019-06-06"], "2019-06-06"),
    ],
)
def test_many_shapes_are_read(value: object, says: str) -> None:
    assert parse_date(value) == says


@pytest.mark.parametrize(
    "value",
    [None, "", "yesterday", "31/31/2019", "2019-02-30", "1970-01-01", "0000-00-00", True, 17, 3.5, "x" * 5000, "12345",
     {}, [], float("nan"), float("inf"), "99/99/9999", "1/2", "2019-13-01", "../..", 10**30],
)  # fmt: skip
def test_what_is_no_date_says_nothing(value: object) -> None:
    assert parse_date(value) is None


@given(
    st.dates(date(1971, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y %H:%M:%S +0000"]),
)
def test_what_a_program_writes_is_read_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day.isoformat()


@given(st.dates(date(1971, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_known_order_is_kept(day: date, day_first: bool) -> None:
    assert parse_date(day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y"), day_first) == day.isoformat()


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.text("0123456789/-.:T Z+", max_size=30)))
def test_no_value_stops_a_build(value: object) -> None:
    said = parse_date(value)
    assert said is None or not_after(said) is None or str(not_after(said)).startswith("../")


def test_a_column_is_of_one_order_only_if_no_value_speaks_against_it() -> None:
    assert column_order(["1/2/2019", "13/2/2019"]) is True
    assert column_order(["1/2/2019", "2/13/2019", None, 5]) is False
    assert column_order(["13/2/2019", "2/13/2019"]) is None
    assert column_order(["1/2/2019"]) is None
