"""Stances, posts, events and claims of one text."""

from __future__ import annotations

import pytest

from variorum.language.annotator import annotate
from variorum.situation.claims import claimed_in
from variorum.situation.happening import happened_in
from variorum.situation.offices import held_in
from variorum.situation.stances import recognised, stances_in
from variorum.situation.telling import Telling


def told(text: str) -> Telling:
    return Telling(text, annotate(text))


def name(telling: Telling, actor: int | None) -> str:
    return telling.annotation.actors[actor].name if actor is not None else ""


def stances(text: str) -> list[tuple[str, str, str, str]]:
    telling = told(text)
    return [
        (
            name(telling, s.actor.actor),
            s.stance,
            name(telling, s.target.actor) if s.target else s.issue or "",
            s.modality,
        )
        for s in stances_in(telling)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("France recognises Anna Berg.", ("France", "recognises", "Anna Berg", "asserted")),
        ("France does not recognise Anna Berg.", ("France", "recognises", "Anna Berg", "denied")),
        ("France refused to recognise Anna Berg.", ("France", "recognises", "Anna Berg", "denied")),
        ("France will recognise Anna Berg on Monday.", ("France", "recognises", "Anna Berg", "planned")),
        ("France would recognise Anna Berg if she won.", ("France", "recognises", "Anna Berg", "conditional")),
        ("France withdrew its recognition of Anna Berg.", ("France", "derecognises", "Anna Berg", "asserted")),
        ("Anna Berg has the backing of France.", ("France", "supports", "Anna Berg", "asserted")),
        ("France opposes any military intervention.", ("France", "opposes", "military intervention", "asserted")),
        ("France rejected calls for sanctions.", ("France", "rejects", "calls for sanctions", "asserted")),
        ("Mexico remains neutral.", ("Mexico", "neutral", "", "asserted")),
        ("France, an ally of Anna Berg, sent ships.", ("France", "supports", "Anna Berg", "asserted")),
        ("France recognises the government led by Anna Berg.", ("France", "recognises", "Anna Berg", "asserted")),
        ("France urged Norway to leave the islands.", ("France", "supports", "leave the islands", "demanded")),
        ("Carl Dorn urged Norway not to sign the deal.", ("Carl Dorn", "opposes", "sign the deal", "demanded")),
        ("Carl Dorn urged Norway to reject the deal.", ("Carl Dorn", "rejects", "deal", "demanded")),
        ("Carl Dorn called on Norway to free the man.", ("Carl Dorn", "supports", "free the man", "demanded")),
        ("France warned Norway against a strike.", ("France", "opposes", "strike", "asserted")),
        ("A statement by France condemned the vote.", ("France", "opposes", "vote", "asserted")),
        ("France called for sanctions against Norway.", ("France", "opposes", "Norway", "asserted")),
        ("Carl Dorn faulted Anna Berg for her opposition to the pact.", ("Anna Berg", "opposes", "pact", "reported")),
    ],
)  # fmt: skip
def test_stances(text: str, wanted: tuple[str, str, str, str]) -> None:
    assert wanted in stances(text)


def test_what_somebody_says_is_on_his_word() -> None:
    telling = told("“I recognise Anna Berg as president,” said Carl Dorn, the party leader.")
    found = stances_in(telling)[0]
    assert name(telling, found.actor.actor) == "Carl Dorn"
    assert found.attribution is not None
    assert found.modality == "reported"


def test_members_who_are_named_stand_there_too() -> None:
    found = stances("Most ministers, including Carl Dorn, opposed the plan.")
    assert ("Carl Dorn", "opposes", "plan", "asserted") in found


@pytest.mark.parametrize(
    "text",
    [
        "France and Mexico met in Paris. Anna Berg spoke for an hour.",
        "Carl Dorn asked whether to boycott the summit.",
        "Does France support Anna Berg?",
        "The airline Norska is carbon neutral.",
        "Any country that opposes the plan can leave.",
        "France has a mission to support schools.",
        "Carl Dorn never said that he hated Norway.",
        "Anna Berg resigned from the government of Norway.",
    ],
)
def test_silence_is_no_stance(text: str) -> None:
    assert stances(text) == []


def held(text: str) -> list[tuple[str, str, str]]:
    telling = told(text)
    return [(name(telling, h.actor.actor), h.post.name, h.status) for h in held_in(telling)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("President Anna Berg spoke.", ("Anna Berg", "president", "holds")),
        ("Former foreign minister Anna Berg spoke.", ("Anna Berg", "foreign minister", "former")),
        ("Interim president Anna Berg spoke.", ("Anna Berg", "president", "acting")),
        ("Self-proclaimed president Anna Berg spoke.", ("Anna Berg", "president", "claims")),
        ("Anna Berg, the prime minister of Norway, spoke.", ("Anna Berg", "prime minister", "holds")),
        ("Anna Berg declared herself president in January.", ("Anna Berg", "president", "claims")),
        ("Anna Berg was elected president on Monday.", ("Anna Berg", "president", "holds")),
        ("Anna Berg resigned as foreign minister on Monday.", ("Anna Berg", "foreign minister", "former")),
        ("The party nominated Anna Berg as chancellor.", ("Anna Berg", "chancellor", "proposed")),
        ("Then-foreign minister Anna Berg spoke.", ("Anna Berg", "foreign minister", "former")),
        ("President-elect Anna Berg spoke.", ("Anna Berg", "president", "proposed")),
        ("UN Secretary-General Anna Berg spoke.", ("Anna Berg", "secretary-general", "holds")),
        ("Anna Berg served as mayor of Oslo in 2010.", ("Anna Berg", "mayor", "former")),
        ("Anna Berg was the finance minister of Norway.", ("Anna Berg", "finance minister", "former")),
        ('The so-called "speaker" Berg, Speaker Carl Dorn said, can leave.', ("Carl Dorn", "speaker", "holds")),
    ],
)
def test_posts(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in held(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, the secretary of state's wife, spoke.",
        "The union demanded that Anna Berg resign.",
    ],
)
def test_who_is_in_no_post(text: str) -> None:
    assert held(text) == []


def test_whose_post_it_is() -> None:
    telling = told("Spain's Prime Minister Pedro Ruiz met Norwegian officials.")
    post = held_in(telling)[0].post
    assert post.body is not None
    assert name(telling, post.body.actor) == "Spain"


def test_who_recognises_somebody_says_that_he_holds_the_post() -> None:
    telling = told("France recognises Anna Berg as president of Norway.")
    found = list(recognised(telling, stances_in(telling)))
    assert [(h.post.name, name(telling, h.by.actor) if h.by else "") for h in found] == [("president", "France")]
    denied = told("France does not recognise Anna Berg as president of Norway.")
    assert list(recognised(denied, stances_in(denied))) == []


def events(text: str) -> list[tuple[str | None, str, str]]:
    return [(e.type, e.subtype, e.modality) for e in happened_in(told(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("France imposed sanctions on Norway on Monday.", ("SANCTION", "sanction", "asserted")),
        ("Anna Berg resigned on Monday.", ("RETREAT", "resign", "asserted")),
        ("France held talks with Norway on Monday.", ("CONSULT", "talk", "asserted")),
        ("Anna Berg was elected on Monday.", (None, "elect", "asserted")),
        ("Anna Berg demanded that Carl Dorn resign.", ("REQUEST", "resign", "demanded")),
        ("France withdrew its recognition of Norway on Monday.", ("SANCTION", "derecognise", "asserted")),
        ("Police detained Anna Berg in Oslo on Monday.", ("COERCE", "detain", "asserted")),
    ],
)
def test_events(text: str, wanted: tuple[str | None, str, str]) -> None:
    assert wanted in events(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg said that it was cold. France supports Norway.",
        "The law allows Norway to keep the money.",
        "Has France attacked Norway?",
        "A book was released on Tuesday.",
        "France should respect Norway.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert events(text) == []


def test_a_statement_acts_for_who_makes_it() -> None:
    telling = told("A joint letter from France and Spain demanded sanctions on Monday.")
    (event,) = happened_in(telling)
    assert [name(telling, who.actor) for who in event.actors] == ["France", "Spain"]


def test_numbers_of_claims() -> None:
    for text, low, high, thing in (
        ("Five people were killed on Monday.", 5, 5, "person"),
        ("At least five people were killed.", 5, float("inf"), "person"),
        ("Fewer than 400 members joined.", 0, 400, "member"),
        ("Turnout was 61.4 percent.", 61.4, 61.4, "turnout"),
        ("Dozens of people were killed.", 24, float("inf"), "person"),
    ):
        found = [c for c in claimed_in(told(text)) if c.value is not None]
        assert [(c.value.low, c.value.high, c.thing) for c in found if c.value] == [(low, high, thing)], text


def test_what_is_denied_is_claimed_not_to_be_so() -> None:
    positive = {c.predicate: c.positive for c in claimed_in(told("The union denied that Anna Berg had thrown chains."))}
    assert positive["throw"] is False
    positive = {c.predicate: c.positive for c in claimed_in(told("Anna Berg threw chains at the police."))}
    assert positive["throw"] is True
