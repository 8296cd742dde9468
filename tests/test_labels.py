"""How a text names actors and acts, in whose voice, and how that sounds."""

from __future__ import annotations

import pytest

from variorum.language.annotator import annotate
from variorum.situation.labels import Label, labels_of
from variorum.situation.lists import sections


def labels(text: str) -> dict[str, Label]:
    return {label.words: label for label in labels_of(text, annotate(text))}


@pytest.mark.parametrize(
    ("text", "words", "tone", "scare"),
    [
        ("President Anna Berg spoke to reporters.", "President Anna Berg", "plain", False),
        ("Self-proclaimed president Anna Berg spoke.", "Self-proclaimed president Anna Berg", "distancing", False),
        ("Anna Berg, a surgeon who leads the party, spoke.", "a surgeon who leads the party", "plain", False),
        ("Anna Berg, the dictator, spoke to reporters.", "the dictator", "loaded", False),
        ("Troops fled after the massacre in Oslo on Monday.", "the massacre in Oslo", "loaded", False),
    ],
)
def test_words_and_tone(text: str, words: str, tone: str, scare: bool) -> None:
    found = labels(text)
    assert words in found, sorted(found)
    assert (found[words].tone, found[words].scare) == (tone, scare)


def test_scare_quotes_keep_a_distance() -> None:
    found = [
        label for label in labels("The outlet wrote of the “president” Anna Berg on Monday.").values() if label.scare
    ]
    assert found
    assert {label.tone for label in found} == {"distancing"}


def test_the_voice_is_the_speaker_s_in_a_quotation_and_the_outlet_s_outside() -> None:
    text = "“The dictator Anna Berg must go,” said Carl Dorn. Anna Berg, the president, lives in Oslo."
    found = labels(text)
    assert found["the president"].attribution is None
    inside = [label for label in found.values() if label.attribution is not None]
    assert inside
    assert all(label.start < text.index("said") for label in inside)


def test_the_words_stand_where_they_are_said_to() -> None:
    text = "The embattled president, Anna Berg, met  former minister Carl Dorn in Paris.\n"
    for label in labels_of(text, annotate(text)):
        assert " ".join(text[label.start : label.end].split()) == label.words


def test_a_long_list_of_names_is_read_in_linear_time() -> None:
    names = ", ".join(f"{first} Smith" for first in ("Ann", "Bob", "Cid", "Dee") * 200)
    assert len(labels_of(names, annotate(names))) < 2000


def test_the_lists_do_not_overlap() -> None:
    entries = {
        part: {e.strip() for line in lines for e in line.split(",")} for part, lines in sections("tones").items()
    }
    assert not entries["honours"] & entries["loaded"]
    assert len(entries["loaded"]) > 150
