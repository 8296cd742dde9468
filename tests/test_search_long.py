"""Search in texts that are very long."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from fixtures_edition import Told, write_edition
from variorum.edition import search
from variorum.edition.reading import Edition


@pytest.mark.parametrize("query", ["word3", "wo* -zebra", '"alpha beta"', "title:x OR 77", "and word1"])
def test_a_long_text_has_its_places_where_a_short_one_has_them(query: str) -> None:
    text = " ".join(f"wörd{i % 7} and Alpha-beta {i}" for i in range(2500))
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE s USING fts5 (title, text, tokenize = '{search._TOKENIZER}')")
        connection.execute("INSERT INTO s VALUES ('', ?)", [text])
        marked = connection.execute(
            "SELECT highlight(s, 1, ?, ?) FROM s WHERE s MATCH ?",
            [search._OPEN, search._CLOSE, search.expression(query)],
        ).fetchone()[0]
    assert len(text) > 2 * search.PIECE
    assert search._places_in_long(text, query) == search._places(marked) != []


def test_a_word_that_fills_a_very_long_text_is_found_at_once(tmp_path: Path) -> None:
    told = Told("long.txt", [("body", "word and word " * 300_000)], title="Long")
    with Edition.open(write_edition(tmp_path / "long.edition", [told])) as edition:
        began = time.monotonic()
        (hit,) = search.search(edition, "word").rows
        assert time.monotonic() - began < 20  # marking it as a whole takes minutes
    assert hit.snippets[0].span.of(told.text) == "word"
    assert hit.snippets[0].span.start == 0


def test_a_place_beyond_what_is_looked_through_is_still_found(tmp_path: Path) -> None:
    told = Told("long.txt", [("body", "x" * (search.LOOKED_THROUGH + search.PIECE) + " harbour")], title="Long")
    with Edition.open(write_edition(tmp_path / "long.edition", [told])) as edition:
        (hit,) = search.search(edition, "harbour").rows
    assert hit.snippets == []
