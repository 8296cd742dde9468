"""Who does what to whom, read off the parse."""

from __future__ import annotations

import pytest

from variorum.language.annotation import Frame
from variorum.language.annotator import annotate
from variorum.language.frames import frames_of


def frames(text: str) -> list[Frame]:
    return list(frames_of(text, annotate(text)))


def one(text: str, predicate: str) -> tuple[Frame, dict[str, list[str]]]:
    frame = next(f for f in frames(text) if f.predicate == predicate)
    roles: dict[str, list[str]] = {}
    for filler in frame.fillers:
        roles.setdefault(filler.role, []).append(text[filler.start : filler.end])
    return frame, roles


def test_roles_of_an_active_clause() -> None:
    frame, roles = one("Estervale has recognised Teodor Valmé as regent.", "recognise")
    assert roles == {"subj": ["Estervale"], "obj": ["Teodor Valmé"], "as": ["regent"]}
    assert (frame.tense, frame.modality, frame.negated) == ("past", "asserted", False)


def test_a_passive_is_turned_round() -> None:
    _, roles = one("The minister was dismissed by the council.", "dismiss")
    assert roles["obj"] == ["The minister"]
    assert roles["subj"] == ["the council"]


def test_by_a_measure_is_no_agent() -> None:
    _, roles = one("She was elected by 18 votes.", "elect")
    assert "subj" not in roles
    assert roles["by"] == ["18 votes"]


def test_coordinated_names_are_one_filler_each() -> None:
    _, roles = one("Russia, China and Turkey support the president.", "support")
    assert sorted(roles["subj"]) == ["China", "Russia", "Turkey"]


def test_coordinated_verbs_share_their_subject() -> None:
    _, roles = one("Cassary recalled its envoy and recognised her rival.", "recognise")
    assert roles["subj"] == ["Cassary"]
    assert roles["obj"] == ["her rival"]


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    _, roles = one("They met Valmé, whom Estervale recognises.", "recognise")
    assert roles["obj"] == ["Valmé"]
    assert roles["subj"] == ["Estervale"]


def test_an_infinitive_takes_its_subject_from_above() -> None:
    _, roles = one("The minister urged the council to resign.", "resign")
    assert roles["subj"] == ["the council"]
    _, roles = one("The minister promised the council to resign.", "resign")
    assert roles["subj"] == ["The minister"]


def test_a_participle_takes_its_noun() -> None:
    _, roles = one("Julio Borges, appointed by the opposition leader, spoke.", "appoint")
    assert roles["obj"] == ["Julio Borges"]


def test_backed_by_a_hyphen() -> None:
    _, roles = one("The US-backed government met on Monday.", "back")
    assert roles["subj"] == ["US"]


def test_a_light_verb_lends_its_subject() -> None:
    _, roles = one("Cassary withdrew its recognition of Hallamor.", "recognition")
    assert roles["subj"] == ["Cassary"]
    assert roles["of"] == ["Hallamor"]


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("Pellador will recognise him on Tuesday.", "recognise", "planned"),
        ("Pellador plans to recognise him.", "recognise", "planned"),
        ("They would recognise him.", "recognise", "conditional"),
        ("If he does not announce elections, they will act.", "announce", "conditional"),
        ("The government must resign.", "resign", "demanded"),
        ("The government resigned.", "resign", "asserted"),
    ],
)
def test_how_a_clause_is_put(text: str, predicate: str, modality: str) -> None:
    assert one(text, predicate)[0].modality == modality


@pytest.mark.parametrize(
    ("text", "predicate", "negated"),
    [
        ("No officer fired a shot.", "fire", True),
        ("The police did not fire.", "fire", True),
        ("Not only did the police fire.", "fire", False),
        ("The police fired.", "fire", False),
    ],
)
def test_what_is_said_not_to_be_so(text: str, predicate: str, negated: bool) -> None:
    assert one(text, predicate)[0].negated is negated


def test_time_and_place_belong_to_their_clause() -> None:
    text = "The council met in Paris on Monday before the king resigned in March."
    annotation = annotate(text)
    found = {f.predicate: f for f in frames_of(text, annotation)}
    times = {p: text[annotation.times[f.time].found.start : annotation.times[f.time].found.end]
             for p, f in found.items() if f.time is not None}  # fmt: skip
    assert times["meet"] == "Monday"
    assert times["resign"] == "March"
    assert [text[s:e] for s, e in found["meet"].place] == ["Paris"]


def test_a_clause_knows_in_whose_words_it_stands() -> None:
    text = "The minister said that Cassary had recognised the rival. Cassary denied it."
    annotation = annotate(text)
    recognise = next(f for f in frames_of(text, annotation) if f.predicate == "recognise")
    assert recognise.attribution is not None
    assert annotation.attributions[recognise.attribution].speakers[0].name


def test_odd_texts_have_no_frames_and_raise_nothing() -> None:
    for text in ("", "   ", "12 13 14", "!!!", "a" * 5000, "Names: Ann, Bob, Cid, Dee, Eve, Fay."):
        frames(text)
