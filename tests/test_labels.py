"""How a text names actors and acts, in whose voice, and how that sounds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.annotator import annotate
from variorum.situation.labels import Label, labels_of
from variorum.situation.lists import sections


def all_labels(text: str) -> tuple[Label, ...]:
    return labels_of(text, annotate(text))


def labels(text: str) -> dict[str, Label]:
    return {label.words: label for label in all_labels(text)}


@pytest.mark.parametrize(
    ("text", "words", "tone", "scare"),
    [
        ("President Anna Berg spoke to reporters.", "President Anna Berg", "plain", False),
        ("Self-proclaimed president Anna Berg spoke.", "Self-proclaimed president Anna Berg", "distancing", False),
        ("Anna Berg, a surgeon who leads the party, spoke.", "a surgeon who leads the party", "plain", False),
        ("Anna Berg, the dictator, spoke to reporters.", "the dictator", "loaded", False),
        ("He met the so-called “president” Anna Berg.", "the so-called “president” Anna Berg", "distancing", True),
        ("A certain Anna Berg spoke to reporters.", "A certain Anna Berg", "distancing", False),
        ("Her Majesty Queen Anna met reporters.", "Her Majesty Queen Anna", "loaded", False),
        ("Troops fled after the massacre in Oslo on Monday.", "the massacre in Oslo", "loaded", False),
        ("Norway signed the trade agreement on Monday.", "the trade agreement", "plain", False),
    ],
)  # fmt: skip
def test_words_and_tone(text: str, words: str, tone: str, scare: bool) -> None:
    found = labels(text)
    assert words in found, sorted(found)
    assert (found[words].tone, found[words].scare) == (tone, scare)


def test_a_loaded_label_names_the_word_and_the_list_that_has_it() -> None:
    reason = labels("Anna Berg, the dictator, spoke to reporters.")["the dictator"].reason
    assert "“dictator”" in reason
    assert "Hu and Liu" in reason


def test_the_head_is_the_noun_of_a_title_and_the_name_of_a_bare_name() -> None:
    found = labels("Former finance minister Anna Berg met Carl Dorn in Oslo.")
    assert found["Former finance minister Anna Berg"].head == "minister"
    assert found["Carl Dorn"].head == "carl dorn"


def test_scare_quotes_keep_a_distance() -> None:
    found = [label for label in all_labels("The outlet wrote of the “president” Anna Berg on Monday.") if label.scare]
    assert found
    assert {label.tone for label in found} == {"distancing"}


def test_a_work_in_quotation_marks_is_not_kept_at_a_distance() -> None:
    assert not [label for label in all_labels("Anna Berg wrote “The Harbour” with Carl Dorn.") if label.scare]


def test_words_inside_of_a_name_do_not_load_it() -> None:
    found = all_labels("The Patriot Party and the Radical Party of Norway met in Oslo.")
    assert found
    assert {label.tone for label in found} == {"plain"}


def test_a_post_is_claimed_for_one_alone_where_it_is_said_of_somebody() -> None:
    assert labels("Anna Berg remains the only president of Norway.")["the only president of Norway"].tone == "loaded"


def test_what_somebody_is_not_is_no_label() -> None:
    assert "a dictator" not in labels("Anna Berg is not a dictator.")
    assert labels("Anna Berg is a dictator.")["a dictator"].tone == "loaded"


def test_the_voice_is_the_speaker_s_in_a_quotation_and_the_outlet_s_outside() -> None:
    text = "“The dictator Anna Berg must go,” said Carl Dorn. Anna Berg, the president, lives in Oslo."
    found = labels(text)
    assert found["the president"].attribution is None
    assert found["The dictator Anna Berg"].attribution is not None
    assert found["Carl Dorn"].attribution is None


def test_in_indirect_speech_a_judgement_is_the_speaker_s_and_a_plain_title_the_outlet_s() -> None:
    found = labels("Carl Dorn said that the tyrant Anna Berg had left and that minister Eva Falk had stayed.")
    tyrant = next(label for words, label in found.items() if "tyrant" in words)
    minister = next(label for words, label in found.items() if "Falk" in words)
    assert (tyrant.tone, minister.tone) == ("loaded", "plain")
    assert tyrant.attribution is not None
    assert tyrant.score < minister.score
    assert minister.attribution is None


def test_a_judgement_that_the_outlet_makes_itself_stays_its_own_in_indirect_speech() -> None:
    text = "The tyrant Anna Berg lives in Oslo. Carl Dorn said that the tyrant Anna Berg had left."
    found = [label for label in all_labels(text) if "tyrant" in label.words]
    assert len(found) == 2
    assert {label.attribution for label in found} == {None}


def test_the_words_stand_where_they_are_said_to() -> None:
    text = "The embattled president, Anna Berg, met  former minister Carl Dorn in Paris.\n"
    for label in all_labels(text):
        assert " ".join(text[label.start : label.end].split()) == label.words


@given(st.text("ab \n“”\"'-,.()AB", max_size=60))
def test_any_text_has_labels_within_its_bounds(text: str) -> None:
    for label in all_labels(text):
        assert 0 <= label.start < label.end <= len(text)
        assert 0 <= label.score <= 1


def test_a_list_of_names_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        text = ", ".join(f"minister {first} {last}" for first in ("Ann", "Bob", "Cid") for last in NAMES[: count // 3])
        annotation = annotate(text)
        start = time.perf_counter()
        assert len(labels_of(text, annotation)) <= 2 * count
        return time.perf_counter() - start

    seconds(30)
    assert min(seconds(900) for _ in range(3)) < 40 * max(min(seconds(90) for _ in range(3)), 0.005)


NAMES = [
    f"{a}{b}" for a in ("Han", "Ber", "Lun", "Fal", "Dor", "Vik") for b in ("sen", "berg", "gren", "ström", "kov")
] * 10


def test_every_list_of_tones_has_a_source() -> None:
    about = "kinds and lists"
    for name, lines in sections("tones").items():
        kind, colon, source = name.partition(": ")
        assert kind, about
        assert colon, name
        assert source, name
        assert any(line.strip() for line in lines), name


def test_no_word_is_both_judging_and_distancing() -> None:
    entries = {
        name: {e.strip() for line in lines for e in line.split(",")} for name, lines in sections("tones").items()
    }
    judging = set().union(*(words for name, words in entries.items() if name.startswith("loaded")))
    distant = set().union(*(words for name, words in entries.items() if name.startswith("distancing: ")))
    assert len(judging) > 300
    assert not judging & distant
