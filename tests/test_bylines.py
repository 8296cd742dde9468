"""A byline gives names, role and outlet; a sentence that begins with "By" gives nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.bylines import find_byline, is_name, read_names

REAL = [
    ("By Ada Lund, BBC diplomatic correspondent", ["Ada Lund"], "BBC diplomatic correspondent", "BBC"),
    ("By A. B. and C. D., Staff Writers", ["A. B.", "C. D."], "Staff Writers", None),
    ("by Jane Roe in Caracas", ["Jane Roe"], None, None),
    ("Jane Roe, Ap Sports Writer", ["Jane Roe"], "Ap Sports Writer", "Ap"),
    ("Written by Jane Roe", ["Jane Roe"], None, None),
    ("Jane Roe, Reuters", ["Jane Roe"], None, "Reuters"),
    ("Words: Jane Roe", ["Jane Roe"], None, None),
    ("By JANE ROE and MAX VAN DER BERG", ["JANE ROE", "MAX VAN DER BERG"], None, None),
    ("By Reuters Staff", [], None, "Reuters Staff"),
    ("BY ASSOCIATED PRESS", [], None, "ASSOCIATED PRESS"),
    ("By Jane Roe @janeroe", ["Jane Roe"], None, None),
    ("By Jane Roe Updated March 3, 2019 10:30 am ET", ["Jane Roe"], None, None),
    ("By Jane Roe | Fox News", ["Jane Roe"], None, "Fox News"),
    (
        "*By Lucía O'Neil-Ruiz de la Torre, Special to The Times*",
        ["Lucía O'Neil-Ruiz de la Torre"],
        "Special to The Times",
        "The Times",
    ),
    ("By Jane Roe, Max Lund, Ada Berg and Tom Fry, CNN", ["Jane Roe", "Max Lund", "Ada Berg", "Tom Fry"], None, "CNN"),
]

PROSE = [
    "By Sunday, the government must decide",
    "By a vote of 5-4",
    "By Ana Ruiz’s logic, he won",
    "By Election Day",
    "By order of the court",
    "By Rep. Ana Ruiz of Texas said",
    "Ana Ruiz and Max Lund",
    "JANE ROE, HOST:",
    "Ana Ruiz said on Monday",
    "President Ruiz, who",
    "By",
    "",
]


@pytest.mark.parametrize(("line", "names", "role", "outlet"), REAL)
def test_a_byline_is_taken_apart(line: str, names: list[str], role: str | None, outlet: str | None) -> None:
    match = find_byline(line)
    assert match is not None
    assert [span.of(line) for span in match.names] == names
    assert (match.role, match.outlet) == (role, outlet)


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_byline(line: str) -> None:
    assert find_byline(line) is None


def test_a_line_of_names_alone_can_be_read() -> None:
    line = "Jane Roe and Max Lund"
    assert [span.of(line) for span in read_names(line)] == ["Jane Roe", "Max Lund"]
    assert read_names("Jane Roe said so") == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Jane Roe", True),
        ("Jane", False),
        ("White House", False),
        ("Economic Scene.", False),
        ("José de la Cruz", True),
    ],
)
def test_a_name_is_two_capitalised_words_or_more(words: str, expected: bool) -> None:
    assert is_name(words) is expected


WORDS = st.sampled_from(
    [
        "By ",
        "by ",
        "Jane Roe",
        "Reuters",
        ", ",
        " and ",
        " | ",
        "(",
        ")",
        "staff",
        " in ",
        "Lima",
        "2019",
        "said",
        "é",
        "*",
        "-",
    ]
)


@given(st.lists(WORDS, max_size=15).map("".join) | st.text(max_size=120))
def test_the_parts_stand_where_the_match_says(line: str) -> None:
    match = find_byline(line)
    if match is None:
        return
    assert 0 <= match.start < match.end <= len(line)
    assert match.names or match.outlet
    for span in (*match.names, match.role_span, match.outlet_span):
        if span is not None:
            assert match.start <= span.start < span.end <= match.end
    if match.outlet_span:
        assert match.outlet_span.of(line) == match.outlet


@pytest.mark.parametrize("seed", ["By A ", "By Jane Roe, ", "A. ", "By (", "a-", "By Jane Roe and "])
def test_long_lines_take_no_time(seed: str) -> None:
    before = time.perf_counter()
    find_byline(seed * (1_000_000 // len(seed)))
    find_byline((seed * 100)[:299])
    assert time.perf_counter() - before < 1
