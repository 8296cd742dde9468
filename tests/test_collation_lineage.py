"""Who descends from whom in a pile, what is lost, and how many independent origins there are, also of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_collation_alignment import examples
from test_collation_relation import CAKES, FIRST, INDEPENDENT, PARTS, SECOND, without
from test_collation_variants import STORY
from variorum.collation import Relation, Witness, copies
from variorum.collation.lineage import Family, Lineage, Share, lineage
from variorum.examples import truth

OWN = """The weir keeper, Halvard Renn, told this newspaper that he had measured the pillar himself with a plumb line \
and a bucket, and that his figures were half as large as those of the engineers. He keeps them in a tin under \
the stairs.

“Come and look,” he said. His daughter, who teaches sums in Ostley, went over them at the kitchen table last week and \
found no mistake, but she would not say in public whom she believes, since the school stands on the northern bank."""


def reports(**texts: str) -> list[Witness]:
    return [Witness(id, text) for id, text in texts.items()]


def line(pile: Sequence[Witness]) -> Lineage:
    return lineage(pile, copies(pile))


def origins(found: Lineage) -> set[str]:
    return {share.origin for share in found.shares}


def only(found: Lineage) -> Family:
    (family,) = found.families
    return family


def parents(found: Lineage) -> dict[str, str]:
    return {edge.child: edge.parent for family in found.families for edge in family.edges}


def shares(found: Lineage, document: str) -> list[Share]:
    return [share for share in found.shares if share.document == document]


def test_independent_articles_are_an_origin_each() -> None:
    pile = reports(a=STORY, b=FIRST, c=SECOND, d=INDEPENDENT, e=CAKES)
    found = line(pile)
    assert not (found.families or found.kinships or found.lost)
    assert [(share.document, share.origin) for share in found.shares] == [(id, id) for id in "abcde"]


def test_five_documents_with_one_cut_copy_are_four_origins() -> None:
    found = line(reports(a=STORY, b=FIRST, c=without(4, 5, 6), d=INDEPENDENT, e=CAKES))
    assert len(origins(found)) == 4
    assert parents(found) == {"c": "a"}
    assert only(found).origin == "a"
    assert only(found).lost is None


def test_copies_that_each_lack_something_descend_from_a_lost_text() -> None:
    found = line(reports(a=without(2), b=without(5)))
    (lost,) = found.lost
    assert only(found).lost == lost
    assert set(parents(found).values()) == {lost.id} == origins(found)
    assert lost.id not in "ab"
    assert lost.reason
    (kinship,) = found.kinships
    assert (kinship.lost, kinship.ancestor, kinship.relation.direction) == (True, lost.id, "siblings")


def test_a_lost_text_has_the_same_id_whatever_else_is_in_the_pile() -> None:
    alone = line(reports(a=without(2), b=without(5)))
    crowd = line(reports(a=without(2), b=without(5), c=CAKES, d=INDEPENDENT))
    assert alone.lost == crowd.lost


def test_a_lost_text_bears_the_name_that_all_credit() -> None:
    texts = [f"PORT SALLOW (Reuters) - {without(n)}" for n in (2, 5)]
    pile = [Witness(id, text, outlet=id) for id, text in zip("ab", texts, strict=True)]
    (lost,) = line(pile).lost
    assert lost.credited == "Reuters"
    assert "Reuters" in lost.reason


def test_reprints_of_one_agency_are_one_origin_that_is_not_there() -> None:
    pile = [Witness(id, f"PORT SALLOW (Reuters) - {STORY}", outlet=f"The {id}") for id in "abcd"]
    found = line(pile)
    assert origins(found) == {found.lost[0].id}
    assert set(parents(found)) == set("abcd")


def test_with_the_text_of_the_agency_nothing_is_lost() -> None:
    pile = [Witness(id, f"PORT SALLOW (Reuters) - {STORY}", outlet=f"The {id}") for id in "bcd"]
    found = line([*pile, Witness("a", f"PORT SALLOW (Reuters) - {STORY}", outlet="Reuters")])
    assert found.lost == ()
    assert parents(found) == {"b": "a", "c": "a", "d": "a"}
    assert origins(found) == {"a"}


def test_a_copy_of_a_copy_of_a_copy_is_three_deep() -> None:
    found = line(reports(a=STORY, b=without(5, 6), c=without(4, 5, 6), d=without(3, 4, 5, 6)))
    assert parents(found) == {"b": "a", "c": "b", "d": "c"}
    assert origins(found) == {"a"}
    assert {(one.relation.a, one.relation.b): one.ancestor for one in found.kinships}["b", "d"] == "b"


def test_siblings_of_an_original_that_is_there_descend_from_it() -> None:
    found = line(reports(a=STORY, b=without(2), c=without(5)))
    assert parents(found) == {"b": "a", "c": "a"}
    assert found.lost == ()
    ancestor = {(one.relation.a, one.relation.b): (one.ancestor, one.lost) for one in found.kinships}
    assert ancestor["b", "c"] == ("a", False)


def test_an_article_that_adds_its_own_reporting_has_two_origins() -> None:
    text = f"{PARTS[0]}\n\n{PARTS[1]}\n\n{OWN}\n\n{PARTS[3]}\n\n{PARTS[4]}\n\n(Reuters)"
    pile = [Witness("a", STORY, outlet="Reuters"), Witness("b", text, outlet="The Packet")]
    found = shares(line(pile), "b")
    assert {share.origin for share in found} == {"a", "b"}
    (own,) = [share for share in found if share.origin == "b"]
    assert "plumb line" in "".join(text[slice(*span)] for span in own.spans)
    assert PARTS[3] not in "".join(text[slice(*span)] for span in own.spans)


def test_a_passage_inside_another_article_has_the_origin_of_its_source() -> None:
    report = f"{CAKES}\n\n{OWN}\n\n{PARTS[3]}\n\n{PARTS[4]}\n\n{OWN[::-1]}"
    pile = [Witness("a", STORY, outlet="Reuters"), Witness("b", report + " (Reuters)", outlet="The Packet")]
    found = shares(line(pile), "b")
    assert [share.origin for share in found] == ["b", "a"]
    assert "".join(report[slice(*span)] for span in found[1].spans).startswith(PARTS[3][:40])


@settings(max_examples=20)
@given(st.data())
def test_the_shares_of_a_document_cover_its_text(data: st.DataObject) -> None:
    part = st.lists(st.sampled_from([*PARTS, OWN, CAKES, *INDEPENDENT.split("\n\n")]), max_size=7, unique=True)
    texts = data.draw(st.lists(part, min_size=1, max_size=5))
    pile = [Witness(f"d{n}", "\n\n".join(parts)) for n, parts in enumerate(texts)]
    found = line(pile)
    for witness in pile:
        spans = [span for share in shares(found, witness.id) for span in share.spans]
        assert shares(found, witness.id)
        assert all(0 <= start < end <= len(witness.text) for start, end in spans) or not witness.text
        assert {i for span in spans for i in range(*span)} == set(range(len(witness.text)))
    known = {*(witness.id for witness in pile), *(lost.id for lost in found.lost)}
    assert origins(found) <= known
    for family in found.families:
        assert len(family.edges) == len(family.documents) - (family.lost is None)
        assert {edge.child for edge in family.edges} | {family.origin} >= set(family.documents)


PILE = [
    Witness("a", STORY),
    Witness("b", without(2)),
    Witness("c", without(5)),
    Witness("d", without(4, 5, 6)),
    Witness("e", f"{CAKES}\n\n{PARTS[3]}\n\n{PARTS[4]}"),
    Witness("f", INDEPENDENT),
    Witness("g", f"PORT SALLOW (Reuters) - {STORY}", outlet="The Packet"),
    Witness("h", ""),
]
KNOWN = copies(PILE)


@settings(max_examples=15)
@given(st.permutations(PILE))
def test_the_order_of_the_pile_changes_nothing(pile: list[Witness]) -> None:
    assert copies(pile) == KNOWN
    assert lineage(pile, KNOWN) == lineage(PILE, KNOWN)


@given(st.permutations(KNOWN))
def test_the_order_of_the_relations_changes_nothing(relations: list[Relation]) -> None:
    assert lineage(PILE, relations) == lineage(PILE, KNOWN)


def test_pairs_are_told_once_in_order() -> None:
    keys = [(one.a, one.b) for one in KNOWN]
    assert keys == sorted(set(keys))
    assert all(a < b for a, b in keys)


def test_texts_in_two_languages_are_no_copies() -> None:
    pile = [Witness("a", STORY, language="en"), Witness("b", STORY, language="de")]
    assert copies(pile) == []
    assert len(copies([pile[0], replace(pile[1], language=None)])) == 1


@pytest.mark.parametrize("row", truth()["origins"], ids=lambda row: row["id"])
def test_the_origins_of_the_examples(row: dict[str, Any]) -> None:
    pile = list(examples().values())
    found = line(pile)
    main = {share.document: share.origin for share in reversed(found.shares)}
    ids = {name: witness.id for name, witness in examples().items()}
    (origin,) = {main[ids[name]] for name in row["documents"]}
    assert [id for id in main if main[id] == origin] == [id for id in main if id in {ids[n] for n in row["documents"]}]
    assert (origin in {lost.id for lost in found.lost}) == row["lost"]
    for name in row["passages_in"]:
        assert origin in {share.origin for share in shares(found, ids[name])}
