"""Who said what: attributions of invented texts, read by the shipped weights."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.language import annotate
from variorum.language.annotation import Annotation, Attribution


def _said(text: str, words: str) -> Attribution:
    """The innermost attribution in whose content some words stand."""
    at = text.index(words)
    found = [a for a in annotate(text).attributions if any(s <= at and at + len(words) <= e for s, e in a.content)]
    assert found, f"nobody says {words!r}"
    return min(found, key=lambda a: sum(e - s for s, e in a.content))


def _names(found: Attribution) -> list[str]:
    return [speaker.name for speaker in found.speakers]


MEETING = (
    "Finance Minister Elena Marsh met the union on Monday.\n\n"
    "“We will not raise taxes this year,” Marsh said. “The budget is sound.”\n\n"
    "She added that the talks would go on. A spokesman for the Treasury declined to comment."
)


def test_a_direct_quotation_in_two_pieces() -> None:
    found = _said(MEETING, "We will not raise taxes")
    assert found.kind == "direct"
    assert _names(found) == ["Elena Marsh"]
    assert any("said" in MEETING[s:e] for s, e in found.cue)


def test_the_rest_of_a_quotation_has_the_same_speaker() -> None:
    assert _names(_said(MEETING, "The budget is sound")) == ["Elena Marsh"]


def test_a_pronoun_is_resolved_to_the_name() -> None:
    found = _said(MEETING, "the talks would go on")
    assert found.kind == "indirect"
    assert _names(found) == ["Elena Marsh"]


def test_a_spokesman_speaks_for_a_body() -> None:
    text = "A spokesman for the Treasury said the fund would be closed in May. The Treasury runs it."
    found = _said(text, "the fund would be closed")
    assert _names(found) == ["Treasury"] or _names(found) == ["the Treasury"]
    assert "speaks for" in found.reason


def test_two_speakers() -> None:
    text = "Ana Silva and Bram de Wit said on Friday that the bridge was unsafe."
    assert _names(_said(text, "the bridge was unsafe")) == ["Ana Silva", "Bram de Wit"]


def test_both_are_those_that_were_named_together() -> None:
    text = "Norway and Finland signed the pact in Oslo. Both governments said that the border would stay open."
    assert _names(_said(text, "the border would stay open")) == ["Norway", "Finland"]


def test_an_unnamed_source_is_kept_as_described() -> None:
    text = "A senior official said the minister had been warned twice."
    found = _said(text, "the minister had been warned")
    assert _names(found) == ["A senior official"]
    assert found.speakers[0].actor is None


def test_an_attribution_inside_of_another() -> None:
    text = "The Herald reported on Sunday that Marsh told lawmakers that the bank was insolvent."
    inner = _said(text, "the bank was insolvent")
    found = annotate(text).attributions
    assert _names(inner) == ["Marsh"]
    assert inner.within is not None
    assert _names(found[inner.within]) == ["The Herald"] or _names(found[inner.within]) == ["Herald"]


def test_nobody_names_himself_in_what_he_says() -> None:
    text = (
        "Opposition leader Karl Brandt attacked the president on Tuesday.\n\n"
        "“President Otto Lind has lied to us all, and Lind knows it,” he said."
    )
    assert _names(_said(text, "has lied to us all")) == ["Karl Brandt"]


def test_a_quotation_that_runs_over_paragraphs_keeps_its_speaker() -> None:
    text = (
        "“We came here to talk,” said Ana Silva. “We waited for a day.\n\n“Nobody came to the table.”\n\n"
        "The hall was empty."
    )
    assert _names(_said(text, "Nobody came to the table")) == ["Ana Silva"]


def test_a_headline_with_a_colon() -> None:
    text = "Silva: Ports must open within days\n\nMinister Ana Silva spoke in the harbour on Monday."
    found = _said(text, "Ports must open within days")
    assert _names(found) == ["Ana Silva"]


def test_an_interview() -> None:
    text = "Q: Why did you leave the party?\n\nA: I could not stay.\n\nQ: Will you come back?\n\nA: No, I will not."
    assert [_names(_said(text, words)) for words in ("I could not stay", "Will you come back")] == [["A"], ["Q"]]


@pytest.mark.parametrize(
    "text",
    [
        "The office for “Coastal Affairs” opens in May.",
        "The film “The Long Night” was shown on Friday.",
        "Its so-called “exit” was planned for years.",
    ],
)
def test_names_and_terms_in_marks_are_no_quotations(text: str) -> None:
    assert [a for a in annotate(text).attributions if a.kind != "indirect"] == []


def _whole(found: Annotation, text: str) -> None:
    for i, a in enumerate(found.attributions):
        spans = [*a.source, *a.cue, *a.content, *a.hedges]
        assert a.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in zip(a.content, a.content[1:], strict=False))
        assert a.within != i
        assert 0 <= a.score <= 1
        assert all(s.actor is None or found.actors[s.actor].name == s.name for s in a.speakers)
        seen = {i}
        outer = a.within
        while outer is not None:
            assert outer not in seen
            seen.add(outer)
            outer = found.attributions[outer].within


@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "'", "said", "he", "Ana Silva", ":", "no.", "\n\n", "(", "that", "Q:", "I"]),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_mess_of_marks_is_read(words: list[str]) -> None:
    text = " ".join(words)
    _whole(annotate(text), text)


def test_an_odd_number_of_marks_does_not_swallow_the_rest() -> None:
    text = (
        'He said "we stay. The vote was held on Tuesday.\n\nNothing else happened.\n\n"Yes," said Ana Silva. She left.'
    )
    found = annotate(text)
    _whole(found, text)
    assert all(end - start < 60 for a in found.attributions for start, end in a.content)


def test_a_page_of_nothing_but_quotations() -> None:
    text = "\n\n".join(f"“We have waited {n} days for the boat.”" for n in range(2, 40))
    found = annotate(text)
    _whole(found, text)
    assert len([a for a in found.attributions if a.kind == "direct"]) == 38
    assert all(not a.speakers for a in found.attributions)


def test_a_long_transcript() -> None:
    turns = ["MARSH: The bill will pass in June, I am sure of it.", "BRANDT: It will not, and you know that very well."]
    text = "\n\n".join(turns[n % 2] for n in range(700))
    found = annotate(text)
    _whole(found, text)
    said = [a for a in found.attributions if a.within is None]
    assert max(e - s for a in said for s, e in a.content) < 100
    assert len(said) >= 700


def test_chains_and_speakers_go_on_in_very_long_texts() -> None:
    filler = "The harbour was quiet on that day, and the boats stayed in.\n\n" * 1100
    text = MEETING + "\n\n" + filler + MEETING
    found = annotate(text)
    _whole(found, text)
    marsh = {s.actor for a in found.attributions for s in a.speakers if s.name == "Elena Marsh"}
    assert len(marsh) == 1
