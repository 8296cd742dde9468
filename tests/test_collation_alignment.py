"""Sentences find each other in any order, merged or split; which of two texts comes first changes nothing."""

from __future__ import annotations

import tempfile
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_collation_relation import BAKER, CAKES, FIRST, INDEPENDENT, PARTS, REWORDED, SECOND, collated
from test_collation_variants import STORY, changed, worst
from variorum.build import build
from variorum.collation import Collation, Variant, Witness, collate
from variorum.collation.alignment import align
from variorum.collation.parsed import parsed
from variorum.edition import collation as stored
from variorum.edition.reading import Edition
from variorum.examples import corpus, truth

TURNED: Final = {"a-from-b": "b-from-a", "b-from-a": "a-from-b", "omission": "addition", "addition": "omission"}
ODD = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
FIRST_SENTENCES = (
    "The council of the town voted on Tuesday to close the old bridge. Engineers had told it that a pillar had moved."
)
MERGED = (
    "The council of the town voted on Tuesday to close the old bridge, after engineers had told it that a pillar had "
    "moved."
)
REST = "\n\n".join(PARTS[1:])


@cache
def examples() -> dict[str, Witness]:
    """The articles of the example corpus, as an edition has them, by the ids of the truth file."""
    names = {(row["path"], row["row"]): row["id"] for row in truth()["documents"]}
    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder) / "examples.edition"
        build((str(corpus()),), edition, jobs=1, annotate=False)
        with Edition.open(edition) as opened:
            places = {id: (opened.document(id).path, opened.document(id).line) for id in opened.ids()}
            pile = [witness for witness, _ in stored.witnesses(opened.connection)]
    return {names[places[witness.id]]: witness for witness in pile}


def blocks(a: str, b: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(one.a, one.b) for one in align(parsed(Witness("a", a)), parsed(Witness("b", b)))]


def sides(found: tuple[Variant, ...]) -> set[tuple[object, ...]]:
    return {(one.a, one.b, one.kind, one.severity, one.score) for one in found}


def assert_mirrored(one: Collation, other: Collation) -> None:
    """What is found is the same whichever text comes first, with the sides exchanged."""
    assert {(p.a, p.b, p.kind, p.score) for p in one.passages} == {(p.b, p.a, p.kind, p.score) for p in other.passages}
    turned = {(v.b, v.a, TURNED.get(v.kind, v.kind), v.severity, v.score) for v in other.variants}
    assert sides(one.variants) == turned
    assert (one.relation is None) == (other.relation is None)
    if one.relation and other.relation:
        assert one.relation.direction == TURNED.get(other.relation.direction, other.relation.direction)
        for key in ("kind", "similarity", "score", "direction_score"):
            assert getattr(one.relation, key) == getattr(other.relation, key)


def test_the_same_sentences_correspond_one_to_one() -> None:
    found = blocks(STORY, STORY)
    assert found == [((i,), (i,)) for i in range(len(found))]
    assert len(found) == len(parsed(Witness("a", STORY)).sentences)


@given(st.permutations(range(len(PARTS))))
def test_paragraphs_in_another_order_are_still_the_same(order: list[int]) -> None:
    moved = "\n\n".join(PARTS[i] for i in order)
    found = collated(STORY, moved)
    assert found.relation is not None
    assert found.relation.kind == "reprint"
    assert found.relation.similarity == 1
    assert found.variants == ()


def test_two_sentences_put_into_one_correspond_to_it() -> None:
    assert ((0, 1), (0,)) in blocks(f"{FIRST_SENTENCES}\n\n{REST}", f"{MERGED}\n\n{REST}")


def test_a_sentence_split_into_two_corresponds_to_both() -> None:
    assert ((0,), (0, 1)) in blocks(f"{MERGED}\n\n{REST}", f"{FIRST_SENTENCES}\n\n{REST}")
    found = collated(f"{MERGED}\n\n{REST}", f"{FIRST_SENTENCES}\n\n{REST}")
    assert worst(found.variants) in (None, "low")


def test_what_stands_in_one_sentence_and_moved_is_neither_left_out_nor_added() -> None:
    copy = changed("voted on Tuesday to close the old bridge", "on Tuesday voted to close the old bridge")
    assert worst(collated(STORY, copy).variants) in (None, "low")


def test_reworded_sentences_correspond_in_order() -> None:
    found = blocks("\n\n".join((*PARTS[:2], *PARTS[3:6])), REWORDED)
    assert [a[0] for a, _ in found] == [b[0] for _, b in found]
    assert len(found) >= 8


@pytest.mark.parametrize(("a", "b"), [(STORY, CAKES), (FIRST, CAKES), (INDEPENDENT, BAKER), (STORY, ""), ("", "")])
def test_sentences_of_different_matters_do_not_correspond(a: str, b: str) -> None:
    assert collated(a, b).passages == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schoolchildren", "school children"),
        ("commuters", "com muters"),
        ("abstained", "abs-\ntained"),
        ("millimetres", "milli\u00admetres"),
    ],
)
def test_a_broken_word_is_the_word(old: str, new: str) -> None:
    found = collated(STORY, changed(old, new))
    assert found.variants == ()
    assert found.relation is not None
    assert found.relation.similarity > 0.99


def test_each_sentence_stands_in_one_block_at_most() -> None:
    for a, b in combinations((STORY, REWORDED, INDEPENDENT, FIRST, SECOND, STORY + STORY), 2):
        found = blocks(a, b)
        for side in (0, 1):
            used = [i for block in found for i in block[side]]
            assert len(used) == len(set(used))


def test_a_text_that_repeats_itself_is_aligned_once() -> None:
    found = collated(STORY, f"{STORY}\n\n{STORY}")
    assert found.relation is not None
    covered = sum(passage.a[1] - passage.a[0] for passage in found.passages)
    assert len(STORY) * 0.9 < covered <= len(STORY)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*PARTS, *REWORDED.split("\n\n"), *FIRST.split("\n\n"), CAKES]), max_size=7),
    st.lists(st.sampled_from([*PARTS, *REWORDED.split("\n\n"), *SECOND.split("\n\n"), CAKES]), max_size=7),
)
def test_which_text_comes_first_changes_nothing(one: list[str], two: list[str]) -> None:
    a, b = Witness("a", "\n\n".join(one)), Witness("b", "\n\n".join(two))
    assert_mirrored(collate(a, b), collate(b, a))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("had not been easy", "had been easy"),
        ("11 millimetres", "17 millimetres"),
        ("Brandt defeated Ilse Korhonen", "Ilse Korhonen defeated Brandt"),
        ("will allegedly cost", "will cost"),
        ("will move again", "will fall again"),
        (PARTS[3] + "\n\n", ""),
    ],
)
def test_a_change_is_the_same_seen_from_either_side(old: str, new: str) -> None:
    a, b = Witness("a", STORY), Witness("b", changed(old, new))
    assert_mirrored(collate(a, b), collate(b, a))


def test_the_examples_look_the_same_from_either_side() -> None:
    related = 0
    for a, b in combinations(examples().values(), 2):
        one = collate(a, b)
        assert_mirrored(one, collate(b, a))
        related += one.relation is not None
    assert related


def test_the_copies_among_the_examples_are_found_and_nothing_else() -> None:
    stated = {frozenset((row["a"], row["b"])): row for row in truth()["copies"]}
    found = {}
    for a, b in combinations(examples(), 2):
        if relation := collate(examples()[a], examples()[b]).relation:
            found[frozenset((a, b))] = (relation.kind, relation.direction, a)
    assert set(found) == set(stated)
    for pair, (kind, direction, first) in found.items():
        row = stated[pair]
        assert kind == row["kind"]
        wanted = row["direction"] if first == row["a"] else TURNED.get(row["direction"], row["direction"])
        # a sibling by way of a third document is known from the pile alone
        assert direction == wanted or (direction == "unknown" and wanted == "siblings")


GRAVE = [row for row in truth()["variants"] if row["severity"] == "high" and row["b_words"]]


@pytest.mark.parametrize("row", GRAVE, ids=lambda row: f"{row['kind']}-{row['a_words'][:20]}")
def test_grave_variants_of_the_examples_are_found(row: dict[str, str]) -> None:
    a, b = examples()[row["a"]], examples()[row["b"]]
    found = [one for one in collate(a, b).variants if one.severity == "high" and one.kind == row["kind"]]
    assert any(one.a and meets(a.text, one.a, row["a_words"]) for one in found)
    assert any(one.b and meets(b.text, one.b, row["b_words"]) for one in found)


@pytest.mark.parametrize("row", truth()["variants"], ids=lambda row: str(row["a_words"] or row["b_words"])[:20])
def test_all_variants_of_the_examples_are_told(row: dict[str, str | None]) -> None:
    a, b = examples()[str(row["a"])], examples()[str(row["b"])]
    if row["kind"] == "omission" and str(row["a_words"]) not in a.text:
        pytest.skip("what a reading sets apart is not compared")
    found = [
        one
        for one in collate(a, b).variants
        for text, span, words in ((a.text, one.a, row["a_words"]), (b.text, one.b, row["b_words"]))
        if words and span and meets(text, span, words)
    ]
    assert row["kind"] in {one.kind for one in found}


@pytest.mark.parametrize(
    "row", [row for row in truth()["not_variants"] if "kind" not in row], ids=lambda row: row["a_words"]
)
def test_what_changes_nothing_in_the_examples_is_no_variant(row: dict[str, str]) -> None:
    a, b = examples()[row["a"]], examples()[row["b"]]
    grave = [one for one in collate(a, b).variants if one.severity != "low" and one.kind in ("number", "name", "time")]
    assert not any(one.a and meets(a.text, one.a, row["a_words"]) for one in grave)
    assert not any(one.b and meets(b.text, one.b, row["b_words"]) for one in grave)


def meets(text: str, span: tuple[int, int], words: str) -> bool:
    start = text.find(words)
    return start >= 0 and span[0] < start + len(words) and start < span[1]


@given(ODD, ODD)
def test_odd_texts_are_compared(one: str, two: str) -> None:
    assert_mirrored(collated(one, two), collated(two, one))


@given(ODD, st.integers(0, len(STORY)))
def test_odd_characters_inside_a_text_spoil_nothing_else(odd: str, at: int) -> None:
    found = collated(STORY, f"{STORY[:at]} {odd} {STORY[at:]}")
    assert found.relation is not None
    assert found.relation.similarity > 0.8
