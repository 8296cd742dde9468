"""The mapping from predicates to kinds of events and to stances."""

from __future__ import annotations

import re

import pytest

from variorum.language.lists import lines_of
from variorum.language.predicates import Sense, match, nouns

TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
STANCES = {"recognises", "supports", "neutral", "opposes", "rejects", "derecognises"}
FLAGS = {"issue", "invert", "carry", "matter", "weak"}
ROLE = re.compile(r"[a-z_-]+(/[a-z_-]+)*")

Fillers = list[tuple[str, str]]


def fields_of(line: str) -> list[str]:
    fields = [field.strip() for field in line.split("|")]
    return fields + [""] * (10 - len(fields))


def lines() -> list[list[str]]:
    return [fields_of(line) for line in lines_of("predicates.txt") if not line.startswith("$")]


def sense_of(predicate: str, pos: str, fillers: Fillers, *modifiers: str) -> Sense:
    sense = match(predicate, pos, fillers, modifiers)
    assert sense is not None, predicate
    return sense


@pytest.mark.parametrize(
    ("predicate", "fillers", "type", "subtype", "stance"),
    [
        ("recognise", [("subj", "state"), ("obj", "regent")], "SUPPORT", "recognise", "recognises"),
        ("stand", [("by", "ally")], "SUPPORT", "support", "supports"),
        ("call", [("obj", "vote"), ("comp", "sham")], "ACCUSE", "call illegitimate", "rejects"),
        ("reject", [("obj", "plan")], "REJECT", "reject", "rejects"),
        ("object", [("to", "plan")], "REJECT", "object", "opposes"),
        ("call off", [("obj", "summit")], "SANCTION", "cancel", None),
        ("withdraw", [("obj", "recognition")], "SANCTION", "derecognise", "derecognises"),
        ("withdraw", [("from", "city")], "RETREAT", "withdraw", None),
        ("withdraw", [("from", "treaty")], "SANCTION", "leave", None),
        ("withdraw", [("obj", "lawsuit")], "CONCEDE", "drop", None),
        ("freeze", [("obj", "asset")], "SANCTION", "freeze", None),
        ("expel", [("obj", "diplomat")], "SANCTION", "recall", None),
        ("resign", [("subj", "minister")], "RETREAT", "resign", None),
        ("release", [("obj", "prisoner")], "RETREAT", "release", None),
        ("release", [("obj", "report")], None, "release", None),
        ("lift", [("obj", "curfew")], "CONCEDE", "lift", None),
        ("lift", [("obj", "embargo")], "RETREAT", "lift", None),
        ("vow", [("inf", "help")], "AGREE", "vow", None),
        ("vow", [("inf", "attack")], "THREATEN", "threaten", None),
        ("throw", [("obj", "stone")], "ASSAULT", "attack", None),
        ("fire", [("obj", "missile"), ("at", "town")], "ASSAULT", "shoot", None),
        ("fire", [("obj", "aide")], None, "dismiss", None),
        ("send", [("obj", "troop"), ("to", "border")], "MOBILIZE", "deploy", None),
        ("send", [("obj", "medicine"), ("to", "town")], "AID", "send aid", None),
        ("beat", [("obj", "rival")], None, "win", None),
        ("beat", [("obj", "detainee")], "ASSAULT", "beat", None),
        ("elect", [("obj", "regent")], None, "elect", None),
    ],
)
def test_verbs(predicate: str, fillers: Fillers, type: str | None, subtype: str, stance: str | None) -> None:
    sense = sense_of(predicate, "verb", fillers)
    assert (sense.type, sense.subtype, sense.stance) == (type, subtype, stance)


@pytest.mark.parametrize(
    ("predicate", "pos", "fillers", "modifiers", "type", "stance"),
    [
        ("strike", "noun", [], ["hunger"], "PROTEST", None),
        ("strike", "noun", [], ["missile"], "ASSAULT", None),
        ("attack", "noun", [], ["heart"], None, None),
        ("exercise", "noun", [], ["military"], "MOBILIZE", None),
        ("exercise", "noun", [], ["joint"], "COOPERATE", None),
        ("support", "noun", [("for", "premier")], [], "SUPPORT", "supports"),
        ("coup", "noun", [], [], "ASSAULT", None),
        ("neutral", "adjective", [("subj", "state")], [], None, "neutral"),
        ("hostile", "adjective", [("to", "treaty")], [], None, "opposes"),
    ],
)
def test_nouns_and_adjectives(
    predicate: str, pos: str, fillers: Fillers, modifiers: list[str], type: str | None, stance: str | None
) -> None:
    sense = sense_of(predicate, pos, fillers, *modifiers)
    assert (sense.type, sense.stance) == (type, stance)


def test_who_acts_and_who_is_concerned() -> None:
    assert sense_of("recognise", "verb", []).actors == ("subj",)
    assert sense_of("negotiate", "verb", []).recipients == ("with", "obj")
    assert sense_of("side", "verb", [("with", "rebel")]).targets == ("with",)
    assert "poss" in sense_of("visit", "noun", [("to", "capital")]).actors


def test_what_a_predicate_makes_of_what_it_governs() -> None:
    assert sense_of("refuse", "verb", [("inf", "recognise")]).carries == "invert"
    assert sense_of("promise", "verb", [("inf", "help")]).carries == "carry"
    assert sense_of("welcome", "verb", [("obj", "move")]).carries == "matter"
    assert sense_of("meet", "verb", []).carries == ""


def test_a_matter_can_be_opposed_and_a_suspect_is_accused() -> None:
    assert sense_of("oppose", "verb", [("obj", "intervention")]).issue
    assert not sense_of("accuse", "verb", [("obj", "minister")]).issue


def test_a_sense_that_rests_on_the_object_says_so() -> None:
    assert sense_of("lift", "verb", [("obj", "sanction")]).by_object
    assert not sense_of("attack", "verb", [("obj", "convoy")]).by_object


@pytest.mark.parametrize(
    ("british", "american"),
    [("criticise", "criticize"), ("honour", "honor"), ("mobilisation", "mobilization"), ("favourable", "favorable")],
)
def test_american_spelling_means_the_same(british: str, american: str) -> None:
    pos = "noun" if british.endswith("ion") else "adjective" if british.endswith("able") else "verb"
    fillers = [("obj", "leader"), ("to", "leader")]
    assert match(american, pos, fillers) == match(british, pos, fillers) is not None


@pytest.mark.parametrize(
    ("misread", "verb"), [("cancell", "cancel"), ("fre", "free"), ("severe", "sever"), ("arrested", "arrest")]
)
def test_a_verb_whose_dictionary_form_was_not_known(misread: str, verb: str) -> None:
    fillers = [("obj", "relation"), ("obj", "visit")]
    assert match(misread, "verb", fillers) == match(verb, "verb", fillers) is not None


def test_a_particle_that_was_read_as_a_preposition() -> None:
    walked = sense_of("walk", "verb", [("subj", "envoy"), ("out of", "talk")])
    assert (walked.type, walked.subtype, walked.recipients[0]) == ("SANCTION", "walk out", "out of")
    handed = sense_of("hand", "verb", [("subj", "militia"), ("over", "weapon")])
    assert (handed.type, handed.subtype) == ("RETREAT", "disarm")
    assert match("hand", "verb", [("over", "weapon"), ("obj", "letter")]) is None


def test_an_unknown_particle_leaves_what_the_object_tells() -> None:
    fillers = [("obj", "troop"), ("to", "force")]
    assert match("contribute up", "verb", fillers) == match("contribute", "verb", fillers) is not None
    assert match("attack up", "verb", [("obj", "convoy")]) is None


def test_what_the_mapping_lacks_has_no_sense() -> None:
    assert match("flibber", "verb", []) is None
    assert match("flibber up", "verb", [("obj", "troop")]) is None
    assert match("recognise", "noun", []) is None


def test_every_line_is_well_formed() -> None:
    for words, pos, condition, type, _, actors, recipients, stance, targets, flags in lines():
        assert words, condition
        assert pos in ("v", "n", "a"), words
        assert type in TYPES | {""}, words
        assert stance in STANCES | {""}, words
        assert set(flags.split()) <= FLAGS, (words, flags)
        for part in condition.split():
            roles, _, lemmas = part.removeprefix("!").partition(":")
            assert ROLE.fullmatch(roles), (words, part)
            assert "mod" not in roles.split("/") or lemmas, (words, part)
        for role in f"{actors} {recipients} {targets}".split():
            assert ROLE.fullmatch(role), (words, role)


def test_no_line_has_more_fields_than_there_are() -> None:
    assert all(len(fields) == 10 for fields in lines())


def test_every_group_that_is_named_is_there() -> None:
    groups = {line.partition("=")[0].strip() for line in lines_of("predicates.txt") if line.startswith("$")}
    named = {name for line in lines_of("predicates.txt") for name in re.findall(r"\$[a-z]+", line)}
    assert named == groups


def test_every_type_has_lines() -> None:
    assert {fields[3] for fields in lines()} == TYPES | {""}


def test_no_line_is_shadowed_by_one_alike() -> None:
    said: dict[tuple[str, str, frozenset[str]], list[str]] = {}
    for words, pos, condition, *rest in lines():
        for word in (w.strip() for w in words.split(",")):
            key = word, pos, frozenset(condition.split())
            assert said.setdefault(key, rest) is rest, (word, condition)


def test_its_nouns_are_known() -> None:
    assert {"protest", "coup", "re-election", "resignation", "sanction", "visit", "leak"} <= nouns()
    assert "table" not in nouns()
