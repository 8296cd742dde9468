"""The generators of altered reprints and of families of copies: what they promise about their texts."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from altering import (
    KINDS,
    Article,
    Change,
    Edit,
    Page,
    Pair,
    altered,
    apply,
    disjoint,
    exchanged,
    house_style,
    moved,
    pairs,
    sites,
)
from descending import KINDS as MADE
from descending import Family, families, reworded
from wordforms import bases, cased, inflected, synonyms, table

TEXT = """PORT ARDEN (AP) — Governor Elena Marsh said Monday that the province of Veld will not close its harbor.

“We have always been a strong people, and we will keep the harbor open,” Marsh said at a news conference on March 3.

Marsh accused Daniel Orr of misleading voters before the election, in which her party won most of the seats.

Daniel Orr, who leads the opposition, denied it. Orr said the harbor lost 1,200 workers in two years — a third of all.

About 4,500 people marched through the capital, according to the police. At least 35 percent of them came from Norway.

“This government is honest, and the economy is good,” Marsh added. “Nobody wants a war over the harbor program.”

The bill was approved by the assembly in 2016. It may be repealed before the end of the year, two lawmakers said.

Orr allegedly met envoys from Chile and Portugal in September. He did not answer questions from three reporters.

The company that runs the harbor rejected the offer of $12 million. It has no plan to sell, its director told Orr.

The union, which represents 900 dockers, criticized the governor on Tuesday. Its chief could not be reached for comment.

“The decision was wrong,” the chief told a newspaper. “But we trust the court, and we hope for a better deal.”

The court is expected to hear the case on Thursday. Five of its seven judges were appointed by Orr when he was governor.

Marsh has promised to respect whatever the U.S. mediators decide. They will travel to Veld on Friday, Marsh said."""

ARTICLE = Article("veld", TEXT, "Veld keeps its harbor", "Veld Courier", date(2020, 3, 4), "harbors")


def seeds(count: int) -> list[Article]:
    """The article under several ids, each of which is altered in another way."""
    return [replace(ARTICLE, id=f"veld{number}") for number in range(count)]


def one_pair(kind: str, seed: int) -> Pair:
    rng = random.Random(f"{kind} {seed}")
    return altered(ARTICLE, rng.choice(sites(Page(TEXT), kind, rng)), [ARTICLE], rng)


def original_first(pair: Pair) -> Pair:
    return pair if pair.a.text == TEXT else exchanged(pair)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_change_finds_a_place(kind: str) -> None:
    assert sites(Page(TEXT), kind, random.Random(1))


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert pairs(seeds(30), 1, each=3, harmless=5) == pairs(seeds(30), 1, each=3, harmless=5)
    assert pairs(seeds(30), 1, each=3, harmless=5) != pairs(seeds(30), 2, each=3, harmless=5)


def test_as_many_pairs_of_each_kind_as_asked_for() -> None:
    found = Counter(pair.change.kind if pair.change else "harmless" for pair in pairs(seeds(40), 1, each=4, harmless=6))
    assert found == {**dict.fromkeys(KINDS, 4), "harmless": 6}


def test_either_side_may_be_the_original() -> None:
    assert {pair.a.text == TEXT for pair in pairs(seeds(40), 1, each=4)} == {True, False}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_spans_hold_the_change_in_both_texts(kind: str, seed: int) -> None:
    rng = random.Random(f"{kind} {seed}")
    site = rng.choice(sites(Page(TEXT), kind, rng))
    pair = original_first(altered(ARTICLE, site, [ARTICLE], rng))
    change = pair.change
    assert change is not None and change.kind == kind
    before, after = pair.a.text[slice(*change.a)], pair.b.text[slice(*change.b)]
    assert before.strip() and after.strip() and before != after
    for edit in site.edits:
        assert TEXT[edit.start : edit.end] in before
        assert edit.text.strip() in after


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_beside_the_one_grave_change_all_is_harmless(kind: str, seed: int) -> None:
    pair = original_first(one_pair(kind, seed))
    assert pair.change is not None
    around = [
        (pair.a.text[: pair.change.a[0]], pair.b.text[: pair.change.b[0]]),
        (pair.a.text[pair.change.a[1] :], pair.b.text[pair.change.b[1] :]),
    ]
    for before, after in around:
        assert plain(after) == plain(before)


@pytest.mark.parametrize("seed", range(40))
def test_harmless_changes_alter_no_word(seed: int) -> None:
    pair = original_first(altered(ARTICLE, None, [ARTICLE], random.Random(seed)))
    assert pair.change is None
    assert plain(pair.b.text) == plain(TEXT)


def test_harmless_changes_are_many() -> None:
    texts = [original_first(altered(ARTICLE, None, [ARTICLE], random.Random(seed))).b.text for seed in range(60)]
    for sign in (
        '"We have',
        "harbour",
        "1200 workers",
        "3 March",
        "35%",
        "US mediators",
        "3 reporters",
        "\nMarsh accused",
    ):
        assert any(sign in text for text in texts), sign
    assert any(text.startswith("Governor") for text in texts)


def plain(text: str) -> list[str]:
    """The words of a text in one spelling, without what a house style may choose.

    Written apart from the generator: what may differ is named here once more, by hand.
    """
    text = re.sub(r"^By \w+ \w+\s+|^[A-Z][A-Z ]+(?: [(\[]AP[)\]])? ?(?:—|–|--|-) ?", "", text)
    text = re.sub(r"(\d)[,\u202f ](\d{3})\b", r"\1\2", text.replace("\xa0", " "))
    text = re.sub(r"%| per cent\b", " percent", text)
    text = re.sub(r"U\.S\.", "US", text)
    text = re.sub(r"\b(\d+) (March)\b", r"\2 \1", text)
    text = text.replace("harbour", "harbor").replace("criticised", "criticized")
    text = text.replace("programme", "program")
    figures = {"two": "2", "three": "3", "five": "5", "seven": "7"}
    return [figures.get(word, word) for word in re.findall(r"\w+", text.lower())]


def test_only_quotations_change_inside_quotation_marks() -> None:
    page = Page(TEXT)
    for kind in KINDS:
        for site in sites(page, kind, random.Random(2)):
            inside = [any(start <= edit.start < end for start, end in page.quoted) for edit in site.edits]
            assert all(inside) if kind == "quote" else not any(inside)


def test_actor_and_recipient_are_exchanged() -> None:
    swaps = [site for site in sites(Page(TEXT), "role", random.Random(1)) if site.how == "swap"]
    assert "Daniel Orr accused Marsh of misleading voters" in apply(TEXT, swaps[0].edits)


def test_a_span_moves_with_the_edits_before_it() -> None:
    text = "One two three four."
    edits = [Edit(0, 3, "A"), Edit(8, 13, "several more")]
    assert apply(text, edits) == "A two several more four."
    assert moved((8, 18), edits) == (6, 23)
    assert moved((4, 7), [Edit(4, 4, "not ")], [Edit(4, 4, "not ")]) == (4, 11)


def test_edits_that_touch_an_earlier_one_are_left_out() -> None:
    assert disjoint([Edit(5, 9, "x"), Edit(0, 2, "y"), Edit(8, 12, "z")]) == [Edit(0, 2, "y"), Edit(5, 9, "x")]


def test_without_layout_paragraphs_stay() -> None:
    for seed in range(20):
        text = apply(TEXT, disjoint(house_style(TEXT, random.Random(seed), layout=False)))
        assert text.count("\n\n") == TEXT.count("\n\n")


def test_a_change_keeps_its_kind_when_the_sides_are_exchanged() -> None:
    pair = one_pair("number", 1)
    change = pair.change
    assert change is not None
    assert exchanged(pair).change == Change(change.kind, change.how, change.b, change.a)
    assert exchanged(exchanged(pair)) == pair


# Families


@pytest.fixture(scope="module")
def some_families() -> list[Family]:
    return families(seeds(80), 1, count=20)


def test_the_same_seed_gives_the_same_families(some_families: list[Family]) -> None:
    assert families(seeds(80), 1, count=20) == some_families


def test_families_have_three_to_eight_texts_and_gold_for_each_pair(some_families: list[Family]) -> None:
    assert len(some_families) == 20
    for family in some_families:
        ids = [article.id for article in family.articles]
        assert 3 <= len(ids) <= 8
        assert {(gold.a, gold.b) for gold in family.gold} == {(a, b) for a in ids for b in ids if a < b}


def test_all_that_happens_to_texts_happens(some_families: list[Family]) -> None:
    assert {gold.made for family in some_families for gold in family.gold} == {None, *MADE}
    directions = Counter(gold.direction for family in some_families for gold in family.gold)
    assert set(directions) == {"a-from-b", "b-from-a", "siblings"}


def test_what_was_made_of_a_text_shows(some_families: list[Family]) -> None:
    for family in some_families:
        texts = {article.id: article for article in family.articles}
        for gold in family.gold:
            child, parent = (
                (texts[gold.a], texts[gold.b]) if gold.direction == "a-from-b" else (texts[gold.b], texts[gold.a])
            )
            if gold.made == "cut":
                assert child.text.count("\n\n") < parent.text.count("\n\n") + 2
            if gold.made == "corrected":
                assert child.outlet == parent.outlet
                assert child.published and parent.published and child.published > parent.published
            if gold.made == "reworded":
                assert plain(child.text) != plain(parent.text) and gold.tells
            if gold.made == "extended":
                assert len(child.text) > len(parent.text)


def test_the_gold_of_descent_is_transitive(some_families: list[Family]) -> None:
    for family in some_families:
        above = {
            (gold.a, gold.b) if gold.direction == "a-from-b" else (gold.b, gold.a)
            for gold in family.gold
            if gold.direction != "siblings"
        }
        assert all((a, d) in above for a, b in above for c, d in above if b == c)


def test_rewording_keeps_names_figures_and_order() -> None:
    text = reworded(TEXT, random.Random(1))
    assert text != TEXT
    assert re.findall(r"\d+", text) == re.findall(r"\d+", TEXT)
    for name in ("Elena Marsh", "Daniel Orr", "Norway", "Portugal", "Port Arden".upper()):
        assert text.count(name) == TEXT.count(name)
    assert text.count("\n\n") == TEXT.count("\n\n")


# Words


def test_words_are_inflected() -> None:
    assert [inflected("carry on", form) for form in ("base", "past", "participle", "gerund", "third")] == [
        "carry on",
        "carried on",
        "carried on",
        "carrying on",
        "carries on",
    ]
    assert inflected("draft statute", "plural") == "draft statutes"
    assert inflected("write", "participle") == "written"
    assert bases()["denied"] == "deny"
    assert cased("truth", "LIE") == "TRUTH" and cased("truth", "Lie") == "Truth"


def test_tables_are_large_enough_and_without_duplicates() -> None:
    assert len({base for _, base, _ in table("synonyms")}) >= 400
    assert len(table("opposites")) >= 40 and len(table("spellings")) >= 60
    for name in ("synonyms", "opposites", "spellings", "transitives", "irregular", "quote_words", "names"):
        rows = table(name)
        assert len(set(rows)) == len(rows)
    assert all(word not in others for word, others in synonyms().items() if len(others) == 1)
