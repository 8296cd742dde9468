"""What people type into the search box means what they expect, and never breaks the search."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from variorum.edition.search import expression


def found(query: str) -> list[str]:
    texts = {
        "a": "The interim government met in Caracas.",
        "b": "The government of the interim, Guaidó said.",
        "c": "U.S. sanctions on the oil firm",
        "d": "Governments come and go",
    }
    index = sqlite3.connect(":memory:")
    index.execute('CREATE VIRTUAL TABLE s USING fts5 (title, text, tokenize="unicode61 remove_diacritics 2")')
    index.executemany("INSERT INTO s VALUES (?, ?)", texts.items())
    match = expression(query)
    if match is None:
        return []
    return [row[0] for row in index.execute("SELECT title FROM s WHERE s MATCH ? ORDER BY title", [match])]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("interim government", ["a", "b"]),
        ('"interim government"', ["a"]),
        ("government -caracas", ["b"]),
        ("govern*", ["a", "b", "d"]),
        ("guaido", ["b"]),
        ("GUAIDÓ", ["b"]),
        ("u.s.", ["c"]),
        ("caracas OR sanctions", ["a", "c"]),
        ("title:d", ["d"]),
        ('"unfinished phrase', []),
        ('"interim government', ["a"]),
        ("-caracas", []),
        ("OR", []),
        ("NEAR(a b) AND NOT", []),
        ("", []),
        ("()*^\"'", []),
    ],
)
def test_a_query_finds(query: str, titles: list[str]) -> None:
    assert found(query) == titles


@given(st.text(max_size=40))
@example('a" OR "b')
@example("text:text:x")
@example("-title:\x00*")
@example("oil OR -oil")
def test_no_query_breaks_the_search(query: str) -> None:
    found(query)
