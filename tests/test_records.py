"""Offsets survive: from the stored text to the reading text and back, whatever the text is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from variorum.records import (
    BLOCK_BREAK,
    READ_ZONES,
    ZONE_KINDS,
    Edit,
    ReadingText,
    Repair,
    Span,
    Zone,
    cite,
    document_id,
)

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab cd\n\r\t.,“”’*_#\u00ad\u200b\u0301\ufb01\U0001f600\u05d0\u202e"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Zone], list[Edit], list[Repair]]:
    """A text with zones that tile it, and with edits and repairs anywhere in it, overlapping ones included."""
    text = draw(WORDS)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=5))})
    zones = [Zone(a, b, draw(st.sampled_from(ZONE_KINDS))) for a, b in pairwise(cuts)]

    def spans() -> list[tuple[int, int, str]]:
        pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), WORDS), max_size=5))
        return [(min(a, b), max(a, b), words) for a, b, words in pairs if a != b]

    edits = [Edit(*s) for s in spans()]
    repairs = [Repair(a, b, words, "space") for a, b, words in spans()]
    return text, zones, edits, repairs


@given(marked_texts())
def test_every_read_code_point_leads_to_the_stored_text_and_back(
    made: tuple[str, list[Zone], list[Edit], list[Repair]],
) -> None:
    text, zones, edits, repairs = made
    reading = ReadingText.of(text, zones, edits, repairs)
    for run in reading.runs:
        for at in range(run.reading_start, run.reading_end):
            stored = reading.to_stored(at, at + 1)
            assert 0 <= stored.start <= stored.end <= len(text)
            if run.verbatim:
                assert stored.of(text) == reading.text[at]
            if stored.start < stored.end:
                back = reading.to_reading(stored.start, stored.end)
                assert back is not None
                assert back.start <= at < back.end


@given(marked_texts())
def test_what_lies_between_two_runs_is_a_break_and_nothing_else(
    made: tuple[str, list[Zone], list[Edit], list[Repair]],
) -> None:
    text, zones, edits, repairs = made
    reading = ReadingText.of(text, zones, edits, repairs)
    at = 0
    for run in reading.runs:
        assert reading.text[at : run.reading_start] in ("", BLOCK_BREAK)
        at = run.reading_end
    assert at == len(reading.text)
    for one, two in pairwise(reading.runs):
        assert one.stored_end <= two.stored_start


@given(marked_texts())
def test_only_zones_that_are_read_are_read(made: tuple[str, list[Zone], list[Edit], list[Repair]]) -> None:
    text, zones, edits, repairs = made
    reading = ReadingText.of(text, zones, edits, repairs)
    for run in reading.runs:
        zone = next(z for z in zones if z.start <= run.stored_start and run.stored_end <= z.end)
        assert zone.kind in READ_ZONES
        assert reading.zone_at(run.reading_start) == zone.kind


@given(marked_texts())
def test_the_order_of_zones_edits_and_repairs_does_not_matter(
    made: tuple[str, list[Zone], list[Edit], list[Repair]],
) -> None:
    text, zones, edits, repairs = made
    one = ReadingText.of(text, zones, edits, repairs)
    assert one == ReadingText.of(text, zones[::-1], edits[::-1], repairs[::-1])


@given(WORDS)
@example("e\u0301\r\nx")
def test_a_text_without_changes_is_read_as_it_stands(text: str) -> None:
    reading = ReadingText.of(text, [Zone(0, len(text), "body")])
    assert reading.text == (text if text.strip() else "")
    for start in range(len(reading.text)):
        for end in range(start + 1, len(reading.text) + 1):
            assert reading.to_stored(start, end) == Span(start, end)
            assert reading.to_reading(start, end) == Span(start, end)


def test_zones_that_a_scrape_glued_together_are_read_apart() -> None:
    text = "Media captionWho is in charge?"
    reading = ReadingText.of(text, [Zone(0, 13, "furniture"), Zone(13, 30, "caption")])
    assert reading.text == "Who is in charge?"
    glued = "A boat, 26 JuneThe talks went on."
    apart = ReadingText.of(glued, [Zone(0, 15, "caption"), Zone(15, len(glued), "body")])
    assert apart.text == "A boat, 26 June\n\nThe talks went on."
    assert apart.to_stored(17, 20).of(glued) == "The"


def test_a_mended_word_leads_to_its_broken_form() -> None:
    text = "the gov ern ment fell"
    reading = ReadingText.of(text, [Zone(0, len(text), "body")], [], [Repair(4, 16, "government", "space")])
    assert reading.text == "the government fell"
    assert reading.to_stored(4, 14).of(text) == "gov ern ment"
    assert reading.to_stored(0, 19) == Span(0, len(text))
    assert reading.to_reading(8, 11) == Span(4, 14)


def test_a_repair_outweighs_an_edit_at_the_same_place() -> None:
    text = "go\u00advern ment"
    reading = ReadingText.of(
        text, [Zone(0, len(text), "body")], [Edit(2, 3, "")], [Repair(0, len(text), "government", "space")]
    )
    assert reading.text == "government"


def test_places_outside_the_reading_text_are_refused() -> None:
    reading = ReadingText.of("a\n\nb", [Zone(0, 1, "body"), Zone(3, 4, "body")])
    with pytest.raises(ValueError, match="outside"):
        reading.to_stored(0, 99)
    with pytest.raises(ValueError, match="break"):
        reading.to_stored(1, 3)
    assert reading.to_reading(1, 3) is None


def test_a_span_ends_no_earlier_than_it_starts() -> None:
    with pytest.raises(ValueError, match="no such span"):
        Span(3, 2)


@given(WORDS, st.integers(0, 80), st.integers(0, 80))
def test_evidence_quotes_the_text_around_it(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    evidence = cite("d", text, Span(start, end))
    assert text[evidence.start : evidence.end] == evidence.exact
    assert len(evidence.prefix) == min(32, start)
    assert text.endswith(evidence.prefix + evidence.exact + evidence.suffix + text[end + 32 :])


def test_an_id_depends_on_path_and_key_alone() -> None:
    assert document_id("a/b.txt") == "d" + document_id("a/b.txt")[1:]
    assert document_id("a/b.txt") != document_id("a/b.txt", "1")
    assert document_id("a", "b") != document_id("ab")
    assert len(document_id("\udcff")) == 13


def test_an_id_never_changes() -> None:
    """Decisions and addresses depend on it: another value here breaks every edition that anybody has."""
    assert document_id("reports/02.txt") == document_id("reports/02.txt", "")
    assert document_id("rows.jsonl", "7") == "dzqz7qcl3pyay"
