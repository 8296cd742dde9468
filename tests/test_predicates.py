"""The mapping from predicates to kinds of events and to stances."""

from __future__ import annotations

import pytest

from variorum.language.lists import lines_of
from variorum.language.predicates import match, nouns

TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
STANCES = {"recognises", "supports", "neutral", "opposes", "rejects", "derecognises"}


@pytest.mark.parametrize(
    ("predicate", "pos", "fillers", "type", "subtype", "stance"),
    [
        ("recognise", "verb", [("subj", "state"), ("obj", "regent")], "SUPPORT", "recognise", "recognises"),
        ("reject", "verb", [("obj", "plan")], "REJECT", "reject", "rejects"),
        ("withdraw", "verb", [("obj", "recognition")], "SANCTION", "derecognise", "derecognises"),
        ("withdraw", "verb", [("from", "city")], "RETREAT", "withdraw", None),
        ("freeze", "verb", [("obj", "asset")], "SANCTION", "freeze", None),
        ("resign", "verb", [("subj", "minister")], "RETREAT", "resign", None),
        ("neutral", "adjective", [("subj", "state")], None, "", "neutral"),
    ],
)
def test_senses(
    predicate: str, pos: str, fillers: list[tuple[str, str]], type: str | None, subtype: str, stance: str | None
) -> None:
    sense = match(predicate, pos, fillers)
    assert sense is not None
    assert (sense.type, sense.subtype, sense.stance) == (type, subtype, stance)


def test_what_the_mapping_lacks_has_no_sense() -> None:
    assert match("flibber", "verb", []) is None
    assert match("recognise", "noun", []) is None


def test_every_line_is_well_formed() -> None:
    count = 0
    for line in lines_of("predicates.txt"):
        words, pos, *fields = [field.strip() for field in line.split("|")]
        assert words
        assert pos in ("v", "n", "a"), line
        fields += [""] * (8 - len(fields))
        assert fields[1] in TYPES | {""}, line
        assert fields[5] in STANCES | {""}, line
        count += len(words.split(","))
    assert count > 500
    assert "protest" in nouns()
