"""A credit gives agencies, people and editor; a mention in prose gives nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.credits import find_credit

WHOLE = [
    ("JUAN PEREZ/AFP/Getty Images", "picture", ["AFP", "Getty Images"]),
    ("AP Photo/Jane Roe", "picture", ["AP Photo"]),
    ("Photo: Jane Roe", "picture", []),
    ("Picture: Jane Roe", "picture", []),
    ("(Reuters)", "wire", ["Reuters"]),
    ("Getty Images", "picture", ["Getty Images"]),
    ("Image copyright Getty Images", "picture", ["Getty Images"]),
    ("Evan Lund / AP", "picture", ["AP"]),
    ("Jane Roe for The Washington Post via Getty Images", "picture", ["Getty Images"]),
    ("Photo by Jane Roe/Getty Images.", "picture", ["Getty Images"]),
    ("The Associated Press contributed to this report.", "wire", ["The Associated Press"]),
    ("Fox News' Jane Roe and The Associated Press contributed to this report.", "wire", ["The Associated Press"]),
    ("Maggie Roe contributed to this report.", "staff", []),
    ("— With files from AFP", "wire", ["AFP"]),
    ("Source: Reuters", "wire", ["Reuters"]),
    ("© 2020 Reuters", "copyright", ["Reuters"]),
    ("Copyright 2022 The Associated Press. All rights reserved", "copyright", ["The Associated Press"]),
    ("With input from agencies", "wire", []),
]

TAILS = [
    ("Ada Lund speaks to John Marr Jane P. Roe | Bloomberg | Getty Images", "Jane P. Roe | Bloomberg | Getty Images"),
    ("A man waves in Bogota.JUAN PEREZ/AFP/Getty Images", "JUAN PEREZ/AFP/Getty Images"),
    ("A man waves in Bogota. (AP Photo/Jane Roe)", "(AP Photo/Jane Roe)"),
    ("A man waves in Bogota (Jane Roe/Reuters)", "(Jane Roe/Reuters)"),
    ("People in Lima on Monday.REUTERS/Jane Roe", "REUTERS/Jane Roe"),
    ("Crowds in Kyiv. Photograph: Jane Roe/The Guardian", "Photograph: Jane Roe/The Guardian"),
    ("toggle caption Jane Roe/AP", "Jane Roe/AP"),
    ("The price rose on Friday. (AP)", "(AP)"),
]

PROSE = [
    "He told Reuters.",
    "He spoke to AP",
    "She is a member of the House/Senate committee.",
    "The rain contributed to this disaster in the region",
    "The photo shows a man.",
    "This image was taken by the police: it shows the man",
    "The deal was first reported by Reuters on Monday and the ministry did not deny it.",
    "Image 1 of 3",
    "",
    "  ",
]


@pytest.mark.parametrize(("line", "kind", "agencies"), WHOLE)
def test_a_line_that_is_a_credit(line: str, kind: str, agencies: list[str]) -> None:
    match = find_credit(line)
    assert match is not None
    assert (match.start, match.end, match.kind) == (0, len(line), kind)
    assert [mention.span.of(line) for mention in match.agencies] == agencies


@pytest.mark.parametrize(("line", "credit"), TAILS)
def test_a_credit_at_the_end_of_a_caption(line: str, credit: str) -> None:
    match = find_credit(line)
    assert match is not None
    assert line[match.start : match.end] == credit


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_credit(line: str) -> None:
    assert find_credit(line) is None


def test_the_tail_of_a_wire_story_names_reporters_and_editors() -> None:
    line = "(Reporting by Jane Roe in Caracas and Max Lund in Bogota; Editing by Tim Fry and Ada Berg)"
    match = find_credit(line)
    assert match is not None
    assert match.kind == "staff"
    assert [span.of(line) for span in match.people] == ["Jane Roe", "Max Lund"]
    assert match.editor == "Tim Fry and Ada Berg"


def test_the_editor_of_an_article_is_named_without_the_place() -> None:
    match = find_credit("Edited by Ricardo Roe from Caracas.")
    assert match is not None
    assert match.editor == "Ricardo Roe"


WORDS = st.sampled_from(
    [
        "Photo: ",
        "Jane Roe",
        "/",
        "AFP",
        "Getty Images",
        " via ",
        "(",
        ")",
        ".",
        "©",
        "2020",
        "Edited by ",
        "contributed",
        "\n",
        "é",
    ]
)


@given(st.lists(WORDS, max_size=15).map("".join) | st.text(max_size=120))
def test_the_parts_stand_where_the_match_says(line: str) -> None:
    match = find_credit(line)
    if match is None:
        return
    assert 0 <= match.start < match.end <= len(line)
    spans = [m.span for m in match.agencies] + list(match.people)
    spans += [s for s in (match.editor_span, match.owner_span) if s]
    for span in spans:
        assert match.start <= span.start < span.end <= match.end


@pytest.mark.parametrize(
    "seed", ["Photo by A ", "A/", "(AP ", "contributed to ", "© 2020 ", "A via ", "by A; Editing "]
)
def test_a_megabyte_of_bad_input_takes_no_time(seed: str) -> None:
    before = time.perf_counter()
    find_credit(seed * (1_000_000 // len(seed)))
    find_credit((seed * 400)[:399])
    find_credit("Reporting by " + (seed * 100)[:380])
    assert time.perf_counter() - before < 1.5
