"""Bodies of states and people, places that act, titles, spellings and ties: in one text, and across documents."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from functools import cache

import pytest

from variorum.language import Annotation, annotate
from variorum.language.annotation import ActorKind
from variorum.language.bodies import BodyKind, Owner, body_of_name
from variorum.language.clues import Clues, Post, TieClue, as_json, clues_of, of_json
from variorum.situation.actors import CorpusActor, LocalActor, Resolution, resolve, resolve_all

TEXT = (
    "Paris warned on Monday that it would not wait. French officials had met the Spanish foreign minister, "
    "Ana Belmonte, in Paris a day before.\n\n"
    "The government of Spain rejected the plan, and Belmonte's government rejected it too. The opposition called for "
    "calm. A police spokesman said nothing. A government must act, he added.\n\n"
    "Her yacht Carla Ruiz lay in the harbour. Luis Ruiz, who leads the Harbour Party, did not come."
)


@cache
def read() -> Annotation:
    return annotate(TEXT)


def found(name: str, kind: ActorKind | None = None) -> list[int]:
    return [n for n, a in enumerate(read().actors) if a.name == name and kind in (None, a.kind)]


# --- one text --------------------------------------------------------------------------------------------------------


def test_bodies_are_actors_even_if_a_text_speaks_of_them_once() -> None:
    assert found("French officials", "group")
    assert found("government of Spain", "organisation")
    assert found("Belmonte's government", "organisation")
    assert found("opposition", "organisation")


def test_a_body_that_could_be_anyones_is_no_actor() -> None:
    assert not any(actor.name in ("government", "A government", "police") for actor in read().actors)


def test_a_place_that_acts_and_is_a_place_is_two() -> None:
    (place,), (acting,) = found("Paris", "place"), found("Paris", "organisation")
    where = {
        number: [m.start for m in read().actors[number].mentions if m.kind == "name"] for number in (place, acting)
    }
    assert where == {place: [TEXT.index("in Paris") + 3], acting: [0]}
    named = {e.start: e.actor for e in read().entities}
    assert (named[0], named[TEXT.index("in Paris") + 3]) == (acting, place)


def test_a_boat_is_nobody() -> None:
    assert not found("Carla Ruiz")
    assert found("Luis Ruiz", "person")


def test_clues_tell_whose_a_body_is_what_a_place_does_and_who_leads_what() -> None:
    clues = clues_of(TEXT, read())
    spain = clues[found("government of Spain")[0]]
    assert (spain.head, spain.kind, [one.words for one in spain.of]) == ("government", "government", ["Spain"])
    assert [TEXT[start:end] for start, end in spain.spans] == ["government of Spain"]
    assert (clues[found("Paris", "organisation")[0]].acts, clues[found("Paris", "place")[0]].places) == (1, 1)
    assert "foreign minister" in [post.name for post in clues[found("Ana Belmonte")[0]].posts]
    (tie,) = clues[found("Luis Ruiz")[0]].ties
    assert (tie.kind, read().actors[tie.other].name) == ("leader", "Harbour Party")


def test_clues_go_through_json_unchanged() -> None:
    clues = clues_of(TEXT, read())
    assert [of_json(json.loads(json.dumps(as_json(one)))) for one in clues] == list(clues)
    assert as_json(Clues()) == {}


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("US Justice Department", "justice department"),
        ("Department of Justice", "justice department"),
        ("Ministry of Foreign Affairs", "foreign ministry"),
        ("Russian Foreign Ministry", "foreign ministry"),
        ("Supreme Court", "supreme court"),
        ("Harbour Party", None),
    ],
)
def test_the_type_of_a_body_is_read_off_its_name(name: str, type: str | None) -> None:
    body = body_of_name(name)
    assert (body.type if body else None) == type


# --- across documents ------------------------------------------------------------------------------------------------


def owner(words: str, actor: int | None = None, type: str = "LOC", how: str = "before") -> Owner:
    return Owner(words, 0, len(words), actor, type, how)


def body(
    document: str,
    number: int,
    name: str,
    *owners: Owner,
    type: str = "government",
    kind: BodyKind = "government",
    named: bool = False,
) -> LocalActor:
    clues = Clues(type, kind, owners, named=named, spans=((0, len(name)),) if owners else ())
    return LocalActor(document, number, name, "organisation", (name,) if named else (), clues=clues)


def named(document: str, number: int, name: str, kind: ActorKind, mentions: int = 1, **clues: object) -> LocalActor:
    return LocalActor(document, number, name, kind, (name,), mentions=mentions, clues=replace(Clues(), **clues))  # type: ignore[arg-type]


def groups(actors: list[LocalActor]) -> set[frozenset[str]]:
    name = {actor.place: f"{actor.document} {actor.name}" for actor in actors}
    return {frozenset(name[place] for place in one.members) for one in resolve(actors)}


def of(actors: list[LocalActor], document: str, number: int = 0) -> CorpusActor:
    return next(one for one in resolve(actors) if (document, number) in one.members)


def test_one_body_of_one_state_is_one_under_all_its_names() -> None:
    actors = [
        body("a", 0, "US government", owner("US")),
        body("b", 0, "the U.S. government", owner("U.S.")),
        body("c", 0, "government of the United States", owner("United States", how="of")),
        body("d", 0, "American government", owner("American", type="MISC")),
        body("e", 0, "French government", owner("French", type="MISC")),
        body("f", 0, "US embassy", owner("US"), type="embassy", kind="part"),
    ]
    assert {len(group) for group in groups(actors)} == {4, 1}
    assert len(groups(actors)) == 3


def test_the_government_of_a_person_is_neither_that_person_nor_another_government() -> None:
    actors = [
        named("a", 0, "Ana Belmonte", "person"),
        body("a", 1, "Belmonte's government", owner("Belmonte", 0, "PER", "poss")),
        named("b", 0, "Ana Belmonte", "person"),
        body("b", 1, "Belmonte government", owner("Belmonte", 0, "PER")),
        named("b", 2, "Luis Ruiz", "person"),
        body("b", 3, "Ruiz government", owner("Ruiz", 2, "PER")),
        body("b", 4, "Spanish government", owner("Spanish", type="MISC")),
    ]
    assert {"a Belmonte's government", "b Belmonte government"} in groups(actors)
    assert {"a Ana Belmonte", "b Ana Belmonte"} in groups(actors)
    assert len(groups(actors)) == 5


def test_a_body_without_an_owner_goes_to_the_state_of_which_its_document_speaks_and_says_so() -> None:
    owned = body("a", 0, "Spanish opposition", owner("Spanish", type="MISC"), type="opposition", kind="camp")
    bare = body("b", 0, "opposition", type="opposition", kind="camp")
    spain, france = named("b", 1, "Spain", "state", 5), named("b", 2, "France", "state", 5)
    told = of([owned, bare, spain], "b")
    assert told.members == (("a", 0), ("b", 0))
    assert told.score < 0.6
    assert "guess" in told.reason
    assert of([owned, bare, spain, france], "b").members == (("b", 0),)


def test_courts_of_two_states_stay_apart_although_they_have_one_name() -> None:
    actors = [
        body("a", 0, "Supreme Court", owner("Spain", how="poss"), type="supreme court", kind="part", named=True),
        body("b", 0, "Supreme Court", owner("France", how="poss"), type="supreme court", kind="part", named=True),
        body("c", 0, "Supreme Court", type="supreme court", kind="part", named=True),
    ]
    assert len(groups(actors)) == 3
    assert len(groups([actors[0], actors[2]])) == 1


def test_a_capital_that_acts_is_its_states_and_a_place_elsewhere() -> None:
    actors = [
        named("a", 0, "Madrid", "organisation", acts=2),
        named("b", 0, "Madrid", "place", places=1),
        named("c", 0, "Spain", "state"),
        named("d", 0, "Madrid", "organisation", places=1),
    ]
    spain, place = of(actors, "a"), of(actors, "b")
    assert (spain.iso3166, spain.kind, spain.aliases, spain.wikidata) == ("ESP", "state", ("Madrid",), "Q29")
    assert spain.score < 0.99
    assert "Madrid" in spain.reason
    assert (place.kind, place.members) == ("place", (("b", 0), ("d", 0)))


def test_somebody_called_like_a_capital_is_not_its_state() -> None:
    actors = [
        named("a", 0, "Eva London", "person"),
        named("b", 0, "London", "person", acts=1),
        named("c", 0, "Britain", "state"),
    ]
    assert of(actors, "c").members == (("c", 0),)
    assert of(actors, "a").members == (("a", 0), ("b", 0))


def test_states_that_no_table_has_are_told_by_what_only_states_have() -> None:
    minister = Post("foreign minister", (owner("Velmaran", type="MISC"),), 0, 10)
    actors = [
        named("a", 0, "Velmara", "place"),
        named("b", 0, "Ana Belmonte", "person", posts=(minister,)),
        named("c", 0, "Velmara", "person", acts=1),
        named("c", 1, "Orsk", "organisation", acts=1, capital_of=(owner("Velmara"),)),
        body("d", 0, "Velmaran government", owner("Velmaran", type="MISC")),
        body("e", 0, "government of Velmara", owner("Velmara", how="of")),
        named("f", 0, "Little Rock", "place"),
    ]
    velmara = of(actors, "a")
    assert (velmara.kind, velmara.iso3166, velmara.name) == ("state", None, "Velmara")
    assert velmara.members == (("a", 0), ("c", 0), ("c", 1))
    assert velmara.score < 0.9
    assert {"d Velmaran government", "e government of Velmara"} in groups(actors)
    assert of(actors, "f").kind == "place"


def test_a_title_tells_bearers_of_one_surname_apart() -> None:
    actors = [
        named("a", 0, "Ana Belmonte", "person", sex="f"),
        named("b", 0, "Luis Belmonte", "person", sex="m"),
        named("c", 0, "Belmonte", "person", sex="m"),
        named("d", 0, "Belmonte", "person", sex="f"),
        named("e", 0, "Belmonte", "person"),
    ]
    assert groups(actors) == {
        frozenset({"a Ana Belmonte", "d Belmonte"}),
        frozenset({"b Luis Belmonte", "c Belmonte"}),
        frozenset({"e Belmonte"}),
    }


def test_the_only_bearer_of_a_name_is_not_one_of_the_other_sex() -> None:
    actors = [named("a", 0, "Ana Belmonte", "person", sex="f"), named("b", 0, "Belmonte", "person", sex="m")]
    assert len(groups(actors)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olena Zelensky", "Olena Zelenskyy"),
        ("Dzhorvat Kelen", "Jorvat Kelen"),
        ("Sergei Orlov", "Sergey Orlov"),
        ("Kim Il Su", "Kim Il-su"),
        ("Bill Harker", "William J. Harker"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    actors = [named("a", 0, one, "person"), named("b", 0, other, "person")]
    assert len(resolve(actors)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario Belmonte", "Maria Belmonte"),
        ("Daniel Ruiz", "Daniela Ruiz"),
        ("Ana Belmonte", "Alba Belmonte"),
        ("Halvor Lindgren", "Halvor Lindgrem"),
        ("George W. Bush", "George H. Bush"),
    ],
)
def test_names_that_may_be_two_peoples_stay_apart(one: str, other: str) -> None:
    actors = [named("a", 0, one, "person"), named("b", 0, other, "person")]
    assert len(resolve(actors)) == 2


def test_one_letter_is_forgiven_where_the_post_is_the_same_and_listed_where_it_is_not() -> None:
    post = Post("harbour director", (), 0, 5)
    alike = [named("a", 0, "Halvor Lindgren", "person"), named("b", 0, "Halvor Lindgrem", "person")]
    assert len(resolve([named(a.document, 0, a.name, "person", posts=(post,)) for a in alike])) == 1
    (pair,) = resolve_all(alike).undecided
    assert {pair.a, pair.b} == {one.id for one in resolve(alike)}


def test_a_spelling_that_fits_two_joins_neither() -> None:
    names = ("Sergei Orlov", "Sergey Orlov", "Serghei Orlov", "Sergeii Orlov")
    actors = [named(f"d{n}", 0, name, "person") for n, name in enumerate(names)]
    assert len(resolve(actors)) >= 3


def test_a_surname_of_a_father_is_not_given_to_the_son() -> None:
    actors = [named("a", 0, "Oskar Brandt", "person"), named("b", 0, "Oskar Brandt Jr.", "person")]
    actors.append(named("c", 0, "Brandt", "person"))
    assert of(actors, "c").members == (("a", 0), ("c", 0))


def ties(actors: list[LocalActor]) -> set[tuple[str, str, str]]:
    told: Resolution = resolve_all(actors)
    name = {one.id: one.name for one in told.actors}
    assert all(tie.evidence and 0 < tie.score < 1 and tie.reason for tie in told.ties)
    return {(name[tie.actor], tie.kind, name[tie.of]) for tie in told.ties}


def test_ties_say_whose_government_a_body_is_and_who_leads_it() -> None:
    tie = TieClue("spokesperson", 1, 3, 9)
    actors = [
        named("a", 0, "Spain", "state"),
        body("a", 1, "Spanish government", owner("Spanish", type="MISC")),
        named("a", 2, "Ana Belmonte", "person"),
        body("a", 3, "Belmonte's government", owner("Belmonte", 2, "PER", "poss")),
        body("a", 4, "Spanish army", owner("Spanish", type="MISC"), type="army", kind="part"),
        body("a", 5, "Spanish opposition", owner("Spanish", type="MISC"), type="opposition", kind="camp"),
        named("a", 6, "Luis Ruiz", "person", ties=(tie,)),
    ]
    assert ties(actors) == {
        ("Spanish government", "government", "Spain"),
        ("Spanish army", "part", "Spain"),
        ("Ana Belmonte", "leader", "Belmonte's government"),
        ("Luis Ruiz", "spokesperson", "Spanish government"),
    }


def test_pairs_of_a_surname_that_many_bear_are_few_and_soon_found() -> None:
    actors = [named(f"d{n}", 0, f"Given{n:05} Garcia", "person") for n in range(3000)]
    actors += [named(f"e{n}", 0, "Garcia", "person") for n in range(3000)]
    actors += [named(f"f{n}", n, name, "person") for n, name in enumerate(("Ana Belmonte", "Luis Belmonte"))]
    actors += [named(f"g{n}", 0, "Belmonte", "person") for n in range(3000)]
    start = time.process_time()
    told = resolve_all(actors)
    assert time.process_time() - start < 15
    assert len(told.actors) == len(actors)
    assert 0 < len(told.undecided) < 50


def test_what_comes_out_does_not_depend_on_the_order() -> None:
    actors = [
        named("a", 0, "Spain", "state"),
        named("a", 1, "Madrid", "organisation", acts=1),
        body("a", 2, "Spanish government", owner("Spanish", type="MISC")),
        body("b", 0, "government", type="government"),
        named("b", 1, "Spain", "state", 5),
        named("b", 2, "Sergei Orlov", "person"),
        named("c", 0, "Sergey Orlov", "person"),
    ]
    assert resolve_all(actors) == resolve_all(actors[::-1])
