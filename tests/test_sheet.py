"""The metadata sheet: what people know outweighs what is inferred."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.reading.sheet import Sheet, SheetError, parse_sheet, read_sheet

A, B = ("north/a.txt", "", "daaaaaaaaaaaa"), ("south/b.jsonl", "row-7", "dbbbbbbbbbbbb")


def said(sheet: Sheet, address: tuple[str, str, str]) -> dict[str, str]:
    return {clue.field: clue.value for clue in sheet.clues_for(*address)}


@pytest.mark.parametrize(
    "content",
    [
        "path,outlet,date\nnorth/a.txt,The Harbour Post,2019-06-06\n",
        "\ufeffPath;Outlet;Published\r\nnorth/a.txt;The Harbour Post;6 June 2019\r\n",
        "DATE\tFile\tpublisher\n06/06/2019\tnorth\\a.txt\tThe Harbour Post\n",
    ],
)
def test_columns_come_in_any_order_case_and_separator(tmp_path: Path, content: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(content, "utf-8")
    sheet = read_sheet(path)
    assert said(sheet, A) == {"outlet": "The Harbour Post", "published": "2019-06-06"}
    assert not sheet.problems
    assert {c.method for c in sheet.clues_for(*A)} == {"sheet"}


def test_a_document_is_named_by_path_by_id_or_by_its_row() -> None:
    sheet = parse_sheet(
        "path,id,title\n./north/a.txt,,One\n,dbbbbbbbbbbbb,Two\n,row-7,Three\nsouth/b.jsonl,,Four\n", "s.csv"
    )
    assert said(sheet, A) == {"title": "One"}
    assert said(sheet, B) == {"title": "Two"}
    assert said(sheet, ("x.jsonl", "row-7", "dcccc")) == {"title": "Three"}
    assert said(sheet, ("south/b.jsonl", "row-8", "dcccc")) == {"title": "Four"}


def test_a_row_of_a_file_that_holds_many_is_named_by_path_and_id() -> None:
    sheet = parse_sheet("path,id,title\nsouth/b.jsonl,row-7,Seven\n", "s.csv")
    assert said(sheet, B) == {"title": "Seven"}
    assert said(sheet, ("south/b.jsonl", "row-8", "dcccc")) == {}


def test_the_end_of_a_path_is_enough_if_one_document_has_it() -> None:
    sheet = parse_sheet("path,title\na.txt,Tail\n/home/me/corpus/south/b.jsonl,Longer\n", "s.csv").among([A, B])
    assert said(sheet, A) == {"title": "Tail"}
    assert said(sheet, B) == {"title": "Longer"}
    assert not sheet.unmatched([A, B])


def test_the_end_of_two_paths_names_neither_and_is_told() -> None:
    other = ("west/a.txt", "", "dddd")
    sheet = parse_sheet("path,title\na.txt,Which\n", "s.csv").among([A, other])
    assert said(sheet, A) == said(sheet, other) == {}
    assert [(p.line, p.text) for p in sheet.problems] == [
        (2, "'a.txt' can be north/a.txt, west/a.txt: give more of the path")
    ]


def test_a_name_inside_another_name_is_no_end_of_a_path() -> None:
    sheet = parse_sheet("path,title\na.txt,X\n", "s.csv").among(
        [("north/extra.txt", "", "d1"), ("banana.txt", "", "d2")]
    )
    assert [n.line for n in sheet.unmatched([("north/extra.txt", "", "d1")])] == [2]


def test_rows_that_name_nothing_are_reported() -> None:
    sheet = parse_sheet("path,title\nnorth/a.txt,One\ngone.txt,Two\n", "s.csv")
    assert [(n.path, n.line, n.text) for n in sheet.unmatched([A, B])] == [
        ("s.csv", 3, "'gone.txt' is none of the documents")
    ]


def test_broken_cells_are_told_and_the_rest_is_used() -> None:
    sheet = parse_sheet(
        "path,date,language,colour,title\nnorth/a.txt,31 February 2019,Klingon language,red,Good\n,2019-01-01,en,,\n",
        "s.csv",
    )
    assert said(sheet, A) == {"title": "Good"}
    assert [(p.line, p.text.split(";")[0]) for p in sheet.problems] == [
        (1, "the column 'colour' is not used"),
        (2, "'31 February 2019' is no date"),
        (2, "'Klingon language' is no language code such as en"),
        (3, "neither path nor id is given: the row is not used"),
    ]


def test_day_and_month_are_told_by_the_column() -> None:
    sheet = parse_sheet("path,date\nnorth/a.txt,3/4/2019\nx.txt,25/4/2019\n", "s.csv")
    assert said(sheet, A) == {"published": "2019-04-03"}
    alone = parse_sheet("path,date\nnorth/a.txt,3/4/2019\n", "s.csv")
    assert said(alone, A) == {"published": "2019-03-04/2019-04-03"}
    assert "two ways" in alone.problems[0].text


def test_empty_cells_say_nothing_and_the_first_of_two_rows_counts() -> None:
    sheet = parse_sheet("path,title,author\nnorth/a.txt,,Ida Bell\nnorth/a.txt,Second,Someone Else\n", "s.csv")
    assert said(sheet, A) == {"author": "Ida Bell", "title": "Second"}
    assert "stands in line 2 too" in sheet.problems[0].text


def test_lines_are_counted_as_the_file_has_them() -> None:
    sheet = parse_sheet('path,title\n\nnorth/a.txt,"two\nlines"\ngone.txt,X\n', "s.csv")
    assert [n.line for n in sheet.unmatched([A])] == [5]


@pytest.mark.parametrize(
    ("content", "why"),
    [("", "empty"), ("outlet,date\nX,2019\n", "needs a column 'path' or 'id'"), ("PK\x03\x04rest", "workbook")],
)
def test_a_sheet_that_cannot_be_used_says_why(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(content)
    with pytest.raises(SheetError, match=why):
        read_sheet(path)


def test_a_sheet_is_made_anew_from_its_content() -> None:
    sheet = parse_sheet("path,title\nnorth/a.txt,One\n", "s.csv")
    assert parse_sheet(sheet.content, sheet.name) == sheet
