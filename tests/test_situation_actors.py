from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from variorum.language.annotation import ActorKind
from variorum.situation.actors import CorpusActor, LocalActor, resolve


def local(document: str, number: int, *names: str, kind: ActorKind = "person") -> LocalActor:
    return LocalActor(document, number, max(names, key=lambda name: len(name.split())), kind, names)


def people(*documents: Sequence[str], kind: ActorKind = "person") -> list[LocalActor]:
    """An actor for each form in each document."""
    return [
        local(f"d{d}", number, name, kind=kind)
        for d, names in enumerate(documents)
        for number, name in enumerate(names)
    ]


def together(actors: Sequence[LocalActor]) -> set[frozenset[str]]:
    """Which names, with their documents, are one."""
    name_of = {(actor.document, actor.number): f"{actor.document} {actor.name}" for actor in actors}
    return {frozenset(name_of[member] for member in found.members) for found in resolve(actors)}


def joined(actors: Sequence[LocalActor], one: str, other: str) -> bool:
    return any({one, other} <= group for group in together(actors))


def only(actors: Sequence[LocalActor]) -> CorpusActor:
    (found,) = resolve(actors)
    return found


def test_the_same_full_name_with_and_without_accents_is_one_actor() -> None:
    found = only(people(["Nicolás Maduro"], ["Nicolas Maduro"], ["NICOLÁS MADURO"]))
    assert found.name in ("Nicolás Maduro", "Nicolas Maduro")
    assert found.members == (("d0", 0), ("d1", 0), ("d2", 0))
    assert set(found.aliases) | {found.name} == {"Nicolás Maduro", "Nicolas Maduro", "NICOLÁS MADURO"}


def test_a_surname_joins_its_only_bearer() -> None:
    found = only(people(["Ana Belmonte"], ["Belmonte"]))
    assert found.name == "Ana Belmonte"
    assert found.aliases == ("Belmonte",)
    assert found.score < 1
    assert "nobody else" in found.reason


def test_a_surname_of_two_bearers_joins_neither() -> None:
    actors = people(["Fidel Castro"], ["Raúl Castro"], ["Castro"], ["Castro"])
    assert len(resolve(actors)) == 4
    assert all(len(found.members) == 1 for found in resolve(actors))


def test_two_given_names_are_never_one_person() -> None:
    assert not joined(people(["Ana Belmonte"], ["Alba Belmonte"]), "d0 Ana Belmonte", "d1 Alba Belmonte")


def test_father_and_son_stay_apart() -> None:
    for one, other in (
        ("Oskar Brandt", "Oskar Brandt Jr."),
        ("Oskar Brandt Sr.", "Oskar Brandt, Jr."),
        ("George W. Bush", "George H. W. Bush"),
        ("George W. Bush", "George Herbert Walker Bush"),
    ):
        assert len(resolve(people([one], [other]))) == 2, (one, other)


def test_a_name_that_fits_father_and_son_joins_neither() -> None:
    assert len(resolve(people(["George Bush"], ["George W. Bush"], ["George H. W. Bush"]))) == 3
    assert len(resolve(people(["Nicolás Maduro"], ["Nicolás Maduro Moros"], ["Nicolás Maduro Guerra"]))) == 3


def test_initials_and_second_surnames_are_forms_of_one_name() -> None:
    for one, other in (
        ("Donald Trump", "Donald J. Trump"),
        ("Nicolás Maduro", "Nicolás Maduro Moros"),
        ("Juan Guaidó", "Juan Gerardo Guaidó Márquez"),
        ("N. Maduro", "Nicolás Maduro"),
        ("A. Belmonte", "Ana Belmonte"),
        ("J.R. Hale", "J. R. Hale"),
    ):
        assert len(resolve(people([one], [other]))) == 1, (one, other)


def test_an_initial_that_fits_two_joins_neither() -> None:
    assert len(resolve(people(["J. Castro"], ["Juan Castro"], ["José Castro"]))) == 3


def test_three_forms_of_one_name_are_one() -> None:
    found = only(people(["Nicolás Maduro"], ["Nicolás Maduro Moros"], ["N. Maduro"], ["Maduro"]))
    assert found.name == "Nicolás Maduro Moros"


def test_a_title_is_no_given_name() -> None:
    assert len(resolve(people(["Ana Belmonte"], ["President Belmonte"]))) == 1
    assert len(resolve(people(["Ana Belmonte"], ["Luis Belmonte"], ["President Belmonte"]))) == 3


def test_a_family_name_that_comes_first_is_known_by_its_use() -> None:
    used = [local("d0", 0, "Xi Jinping", "Xi"), local("d1", 0, "Xi")]
    assert len(resolve(used)) == 1
    assert len(resolve([local("d0", 0, "Juan Guaidó", "Guaidó", "Juan"), local("d1", 0, "Juan")])) == 2


def test_given_names_alone_are_joined_to_nobody() -> None:
    actors = people(["Maria Keller"], ["Maria"], ["Maria"])
    assert len(resolve(actors)) == 3


def test_an_acronym_joins_what_a_document_spells_out_only() -> None:
    def bodies(*rows: tuple[str, ...]) -> list[LocalActor]:
        return [local(f"d{n}", 0, *names, kind="organisation") for n, names in enumerate(rows)]

    assert len(resolve(bodies(("Organization of American States", "OAS"), ("OAS",)))) == 1
    assert len(resolve(bodies(("Organization of American States", "O.A.S."), ("OAS",)))) == 1
    assert len(resolve(bodies(("Organization of American States",), ("OAS",)))) == 2
    two = bodies(("Organization of American States", "OAS"), ("Office of Aerial Surveys", "OAS"), ("OAS",))
    assert len(resolve(two)) == 3


def test_a_common_noun_that_two_bodies_bear_joins_nobody() -> None:
    actors = people(["Foreign Ministry"], ["Defence Ministry"], ["Ministry"], ["Ministry"], kind="organisation")
    assert len(resolve(actors)) == 4


def test_names_of_a_state_are_one_with_its_code() -> None:
    actors = [
        local("d0", 0, "United States", kind="state"),
        local("d1", 0, "U.S.", kind="state"),
        local("d2", 0, "USA", kind="place"),
    ]
    found = only(actors)
    assert (found.iso3166, found.kind) == ("USA", "state")


def test_accents_case_and_article_make_no_other_state() -> None:
    found = only(people(["Perú", "PERU", "Peru", "the Peru"], kind="place"))
    assert found.iso3166 == "PER"
    assert found.name in ("Peru", "Perú")
    assert only(people(["The United States"], ["United States"], kind="state")).name == "United States"
    assert not joined(people(["United States"], ["States"], kind="place"), "d0 United States", "d1 States")


def test_kinds_that_do_not_fit_stay_apart() -> None:
    actors = [local("d0", 0, "Paris Hilton"), local("d1", 0, "Paris", kind="place")]
    assert len(resolve(actors)) == 2
    assert len(resolve([local("d0", 0, "Bosch", kind="organisation"), local("d1", 0, "Bosch")])) == 2
    party = [local("d0", 0, "Voluntad Popular", kind="group"), local("d1", 0, "Voluntad Popular", kind="organisation")]
    assert len(resolve(party)) == 1


def test_who_has_no_name_is_nobody_else() -> None:
    actors = [LocalActor(f"d{n}", 0, "a senior official", "person", ()) for n in range(3)]
    assert len(resolve(actors)) == 3


def test_how_sure_a_name_is_counts_for_who_stands_alone() -> None:
    unsure = LocalActor("d0", 0, "Ana Belmonte", "person", ("Ana Belmonte",), 0.4)
    assert only([unsure]).score == 0.4
    assert only([unsure, local("d1", 0, "Ana Belmonte")]).score > 0.9


def test_ids_survive_new_documents_and_fuller_names() -> None:
    before = people(["Nicolás Maduro"], ["Ana Belmonte"])
    after = [*before, *[local("a", 0, "Nicolás Maduro Moros"), local("a", 1, "Maduro")]]
    assert {found.id for found in resolve(before)} == {found.id for found in resolve(after)}


NAMES = (
    "Ana Belmonte",
    "A. Belmonte",
    "Belmonte",
    "Luis Belmonte",
    "Ana María Belmonte Ruiz",
    "Ruiz",
    "Ana",
    "Luis Ruiz",
)


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(NAMES)), max_size=14, unique=True),
    st.randoms(use_true_random=False),
)
def test_each_actor_comes_out_once_whatever_the_order(rows: list[tuple[str, str]], order: random.Random) -> None:
    actors = [local(document, number, name) for number, (document, name) in enumerate(rows)]
    found = resolve(actors)
    members = sorted(member for actor in found for member in actor.members)
    assert members == sorted((actor.document, actor.number) for actor in actors)
    assert len({actor.id for actor in found}) == len(found)
    shuffled = list(actors)
    order.shuffle(shuffled)
    assert resolve(shuffled) == found


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=10))
def test_two_given_names_are_never_in_one_actor(names: list[str]) -> None:
    for found in resolve(people(*[[name] for name in names])):
        forms = {found.name, *found.aliases}
        assert not ({"Luis Belmonte", "Luis Ruiz"} & forms and any(form.startswith("A") for form in forms))


def test_a_large_corpus_is_resolved_in_seconds() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefghij", k=6)).title() for _ in range(4000)]
    actors = []
    for document in range(800):
        for number in range(40):
            one, other = chance.choice(words), chance.choice(words)
            actors.append(local(f"d{document}", number, *((f"{one} {other}",) if number % 3 else (other,))))
    actors += [local(f"e{n}", 0, "Nicolás Maduro", "Maduro") for n in range(4000)]
    start = time.process_time()
    found = resolve(actors)
    assert time.process_time() - start < 20
    assert sum(len(actor.members) for actor in found) == len(actors)


def test_a_surname_that_thousands_share_is_resolved_in_seconds() -> None:
    given_names = ["".join(letters) for letters in product("abcdefgh", repeat=5)][:8000]
    actors = [local(f"d{n}", 0, f"{name.title()} Garcia") for n, name in enumerate(given_names)]
    start = time.process_time()
    assert len(resolve(actors)) == 8000
    assert time.process_time() - start < 10
