"""A dateline gives place, date and agency; prose that looks a little like one gives nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.datelines import find_dateline

REAL = [
    ("Moscow, September 5 (RHC)-- The ministry said", "Moscow", "XXXX-09-05", "RHC"),
    ("WASHINGTON (AP) — The senators met", "WASHINGTON", None, "AP"),
    ("Merida, June 6 2019 ( – The minister said", "Merida", "2019-06-06", None),
    ("CARACAS, Jan 23 (Reuters) - Two envoys met", "CARACAS", "XXXX-01-23", "Reuters"),
    ("BEIRUT — The port was closed", "BEIRUT", None, None),
    ("New Delhi: The government said on Monday that it would open the archives to all.", "New Delhi", None, None),
    ("PARIS, France (CNN) -- A court ruled", "PARIS, France", None, "CNN"),
    ("(CNN) Two men were freed", None, None, "CNN"),
    ("(Bloomberg) -- Prices fell", None, None, "Bloomberg"),
    ("LONDON/BERLIN, 4 Dec. 2020 (AFP) – The talks", "LONDON/BERLIN", "2020-12-04", "AFP"),
    ("SAN SALVADOR, 3 JAN 90 -- [TEXT] THE ARMY", "SAN SALVADOR", "1990-01-03", None),
    ("Kyiv, Ukraine - Officials said", "Kyiv, Ukraine", None, None),
    ("Alicante (Spain) (AFP) \ufffd The pipeline", "Alicante (Spain)", None, "AFP"),
    ("CAMBRIDGE, Mass., Dec. 11 (UPI) — Voters", "CAMBRIDGE, Mass.", "XXXX-12-11", "UPI"),
    ("**BOGOTÁ, 2 May (EFE).-** The minister", "BOGOTÁ", "XXXX-05-02", "EFE"),
    ("BOGOTA, 8 JAN 90 (ACAN-EFE) -- [TEXT] THE", "BOGOTA", "1990-01-08", "ACAN-EFE"),
    ("BURLINGTON, Iowa—The candidate", "BURLINGTON, Iowa", None, None),
    ("Washington CNN — The court", "Washington", None, "CNN"),
]

PROSE = [
    "Duarte, 57 (pictured) — The man who",
    "He said – The man who",
    "Analysis: The government said on Monday that it would open the archives to all who ask.",
    "UPDATE — The government",
    "FILE - In this photo of 4 October the inspector stands",
    "Congress — A body that",
    "Senator Ana Ruiz (D-Calif.) wants",
    "Berlin: a city changes",
    "The first stop — Britain — was rocky",
    "Friend --",
    "What happened – The facts",
    "London's mayor – The first – said",
    "BREAKING NEWS: The minister has resigned after weeks of protests in the capital city.",
    "",
    "—",
    "(",
]


@pytest.mark.parametrize(("text", "place", "date", "agency"), REAL)
def test_a_dateline_is_taken_apart(text: str, place: str | None, date: str | None, agency: str | None) -> None:
    match = find_dateline(text)
    assert match is not None
    assert (match.place, match.date, match.agency) == (place, date, agency)
    assert text[match.end :][:1].isupper() or text[match.end] == "["


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_the_year_that_is_not_given_is_not_guessed() -> None:
    match = find_dateline("Lima, 29 February (EFE) - The court")
    assert match is not None
    assert match.date == "XXXX-02-29"


def test_a_day_that_no_calendar_has_is_not_reported() -> None:
    match = find_dateline("LIMA, February 31 (EFE) - The court")
    assert match is None or match.date is None


PIECES = st.sampled_from(
    [
        "LIMA",
        "Paris",
        ", ",
        " (",
        "AP",
        ")",
        " — ",
        "--",
        "- ",
        ": ",
        "June 6",
        " 2019",
        "The ",
        "a",
        "\n",
        "(",
        "[",
        "é",
        "\ufffd",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=200))
def test_the_parts_stand_where_the_match_says(text: str) -> None:
    match = find_dateline(text)
    if match is None:
        return
    assert 0 <= match.start < match.end <= len(text)
    for words, span in ((match.place, match.place_span), (match.agency, match.agency_span)):
        assert (words is None) == (span is None)
        if span is not None:
            assert span.of(text) == words
            assert match.start <= span.start < span.end <= match.end
    if match.date_span is not None:
        assert match.start <= match.date_span.start < match.date_span.end <= match.end


@pytest.mark.parametrize("seed", ["A ", "(", "LIMA, ", "June 6 ", "a-", "((a)", " - ", "AP/"])
def test_a_megabyte_of_bad_input_takes_no_time(seed: str) -> None:
    text = seed * (1_000_000 // len(seed))
    before = time.perf_counter()
    find_dateline(text)
    assert time.perf_counter() - before < 1
