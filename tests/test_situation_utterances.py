from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.annotation import AttributionKind
from variorum.situation.utterances import COMMON, Said, Utterance, group, versions

BRIDGE = (
    "The old bridge will be closed before winter, because its northern pillar has moved by eleven millimetres "
    "since the flood, and nobody in this council will gamble with the lives of commuters."
)
REWORDED = (
    "The old bridge is going to close before winter: its northern pillar shifted eleven millimetres after flooding."
)


def said(
    document: str,
    *content: str,
    by: str = "mayor",
    name: str = "",
    kind: AttributionKind = "direct",
    day: str | None = "2021-05-03",
    number: int = 0,
) -> Said:
    speakers, names = ((), (name,)) if name else ((by,) if by else (), ())
    return Said(f"{document}{number}", document, kind, speakers, names, content, day, day)


def together(*attributions: Said) -> bool:
    return len(group(attributions)) == 1


def only(*attributions: Said) -> Utterance:
    (found,) = group(attributions)
    return found


def test_the_same_words_of_one_speaker_are_one_utterance() -> None:
    found = only(said("a", BRIDGE), said("b", f"“{BRIDGE}”"))
    assert found.documents == ("a", "b")
    assert found.attributions == ("a0", "b0")
    assert found.speakers == ("mayor",)
    assert not found.altered
    assert 0.9 < found.score <= 1


def test_what_is_carried_once_stands_alone() -> None:
    (found,) = group([said("a", BRIDGE)])
    assert found.documents == ("a",)
    assert not found.altered
    assert group([]) == ()


def test_a_cut_version_is_the_same_utterance_and_no_alteration() -> None:
    for short in (
        "The old bridge will be closed before winter",
        "nobody in this council will gamble with the lives of commuters",
        "its northern pillar has moved by eleven millimetres since the flood",
    ):
        assert not only(said("a", BRIDGE), said("b", short)).altered, short


def test_an_ellipsis_in_the_middle_is_no_alteration() -> None:
    for content in (
        ("The old bridge will be closed before winter … nobody in this council will gamble with the lives",),
        ("The old bridge will be closed", "nobody in this council will gamble with the lives of commuters."),
        ("The old bridge will be closed before winter, because its northern pillar has moved [...] since the flood",),
        ("[The bridge] will be closed before winter, because its northern pillar has moved by eleven millimetres",),
    ):
        assert not only(said("a", BRIDGE), said("b", *content)).altered, content


def test_words_left_out_without_a_sign_are_an_alteration() -> None:
    short = "The old bridge will be closed, because its northern pillar has moved by eleven millimetres"
    assert only(said("a", BRIDGE), said("b", short)).altered


def test_signs_case_and_spelling_of_marks_are_no_alteration() -> None:
    other = BRIDGE.replace("before winter,", "before winter –").replace("The old", "the old").upper()
    assert not only(said("a", BRIDGE), said("b", other)).altered
    one, other = (
        "We've cut 11% of the U.S. office's long standing budget",
        "We’ve cut 11 percent of the US office’s long",
    )
    assert not only(said("a", one), said("b", other)).altered


@pytest.mark.parametrize(("word", "other"), [("closed", "opened"), ("eleven", "ninety"), ("will be", "will not be")])
def test_another_word_number_or_a_negation_is_the_same_utterance_altered(word: str, other: str) -> None:
    assert only(said("a", BRIDGE), said("b", BRIDGE.replace(word, other))).altered


def test_indirect_versions_are_never_altered_quotations() -> None:
    retold = "the old bridge would be closed before winter because its northern pillar had moved since the flood"
    assert not only(said("a", BRIDGE), said("b", retold, kind="indirect")).altered


def test_two_translations_are_one_utterance() -> None:
    one = "We do not accept these elections, and we will ask all friendly governments to refuse the results."
    other = "We cannot accept these elections and are going to ask every friendly government to reject their results."
    found = only(said("a", one), said("b", other))
    assert found.altered
    assert found.score < 0.97


def test_two_statements_that_share_a_stock_phrase_are_two() -> None:
    one = "At the end of the day, the people of this great country want schools that teach their children to read."
    other = "At the end of the day, the people of this great country deserve trains that leave the station on time."
    assert not together(said("a", one), said("b", other))
    assert not together(said("a", one), said("a", other, number=1))


def test_one_speaker_on_one_subject_twice_is_two() -> None:
    one = "The northern pillar of the bridge is being measured every night by engineers of the university."
    other = "Commuters will find replacement buses on both banks of the river while the bridge is being repaired."
    assert not together(said("a", one), said("b", other))


def test_different_speakers_with_like_words_are_two() -> None:
    one = "I will not resign, and I call for new elections."
    assert not together(said("a", one), said("b", one, by="rival"))


def test_a_long_quotation_under_another_name_is_one_and_says_so() -> None:
    found = only(said("a", BRIDGE), said("b", BRIDGE, by="rival"))
    assert found.speakers == ("mayor", "rival")
    assert "different speakers" in found.reason
    assert found.score < 0.7


def test_a_long_quotation_within_another_persons_statement_stays_two() -> None:
    other = f"My opponent told you this: {BRIDGE}"
    assert together(said("a", BRIDGE), said("b", other, by="rival"))
    mixed = f"{' '.join(BRIDGE.split()[:13])} and then every shop on the southern bank went bankrupt within two months"
    assert not together(said("a", BRIDGE), said("b", mixed, by="rival"))


def test_an_unknown_speaker_needs_nearly_the_same_words() -> None:
    assert together(said("a", BRIDGE), said("b", REWORDED))
    for unknown in (said("b", REWORDED, by=""), said("b", REWORDED, name="an official")):
        assert not together(said("a", BRIDGE), unknown)
        assert together(said("a", BRIDGE), replace(unknown, content=(BRIDGE[:90],)))


def test_a_person_may_speak_for_a_body() -> None:
    words = "The talks will go on in Oslo next week."
    one = replace(said("a", words, by="ministry"), speaker_kinds=("organisation",))
    other = replace(said("b", words, by="spokeswoman"), speaker_kinds=("person",))
    assert together(one, other)
    assert not together(one, replace(other, speaker_kinds=("organisation",)))


def test_few_words_must_be_the_same_at_about_the_same_time() -> None:
    one = said("a", "a stupid decision")
    assert together(one, said("b", "“A stupid decision,”", day="2021-05-06"))
    assert together(one, said("b", "a stupid decision", day=None))
    assert not together(one, said("b", "a stupid decision", day="2021-09-06"))
    assert not together(one, said("b", "a stupid decision", by="rival"))
    assert not together(one, said("b", "a stupid mistake"))


def test_a_sentence_with_another_word_in_it_is_the_same_utterance_altered() -> None:
    one, other = (
        "They are a deformed caste and nothing else, you know",
        "They are a corrupt caste and nothing else, you know",
    )
    found = only(said("a", one), said("b", other))
    assert found.altered
    assert not together(said("a", one), said("b", other, day="2021-09-06"))
    assert not together(said("a", one), said("b", "They are an honest family and nothing less, you see"))


def test_what_two_sources_tell_alike_is_two_utterances() -> None:
    told = "five people were killed on the main quay when police and striking ferry crews clashed there on Wednesday"
    police = said("a", told, by="police", kind="indirect")
    assert not together(police, said("b", told, name="its hospital", kind="indirect"))
    assert together(police, said("b", told, by="", kind="indirect"))
    assert together(police, said("b", told, by="police", kind="indirect"))


def test_a_fragment_belongs_to_the_quotation_that_holds_it_if_only_one_does() -> None:
    fragment = said("b", "gamble with the lives")
    assert together(said("a", BRIDGE), fragment)
    other = "Whoever reopens the tunnel without sprinklers will gamble with the lives of our children and firemen."
    assert len(group([said("a", BRIDGE), said("c", other), fragment])) == 3


def test_a_rewording_a_year_later_is_another_utterance() -> None:
    assert together(said("a", BRIDGE), said("b", REWORDED, day="2021-05-20"))
    assert together(said("a", BRIDGE), said("b", REWORDED, day=None))
    assert not together(said("a", BRIDGE), said("b", REWORDED, day="2022-05-20"))
    assert together(said("a", BRIDGE), said("b", BRIDGE, day="2022-05-20"))


def test_an_open_interval_of_publication_allows_what_lies_in_it() -> None:
    one = said("a", "a stupid decision")
    open_end = replace(said("b", "a stupid decision"), earliest="2019-01-01", latest=None)
    assert together(one, open_end)
    assert together(one, replace(open_end, earliest=None, latest="2030-01-01"))
    assert not together(one, replace(open_end, earliest="2022-01-01"))
    assert not together(one, replace(open_end, earliest=None, latest="2019-01-01"))


def test_an_indirect_version_must_agree_in_numbers() -> None:
    one = "We have sent 250 trucks of medicine from Cartagena to the border hospitals this week."
    retold = "250 trucks of medicine had been sent from Cartagena to border hospitals"
    assert together(said("a", one), said("b", retold, kind="indirect"))
    assert not together(said("a", one), said("b", retold.replace("250", "600"), kind="indirect"))
    assert not together(said("a", one), said("b", retold.replace("Cartagena", "Maracaibo"), kind="indirect"))


def test_in_one_document_a_headline_that_repeats_the_body_is_the_same_utterance() -> None:
    assert together(said("a", BRIDGE), said("a", "The old bridge will be closed before winter", number=1))
    spans = replace(said("a", BRIDGE), spans=((0, 100),)), replace(said("a", BRIDGE, number=1), spans=((20, 60),))
    assert not together(*spans)


def test_no_utterance_grows_by_degrees() -> None:
    sentences = [
        "Alpha farmers harvested golden barley beside quiet rivers.",
        "Brave miners demanded safer tunnels beneath frozen mountains.",
        "Clever sailors repaired broken masts during violent storms.",
        "Young teachers painted crowded classrooms with yellow sunflowers.",
    ]
    chain = [said(f"d{n}", " ".join(sentences[n : n + 2])) for n in range(3)]
    for utterance in group(chain):
        assert not {"d0", "d2"} <= set(utterance.documents)


def test_content_without_words_is_an_utterance_of_its_own() -> None:
    assert len(group([said("a", "…"), said("b", "…"), said("c", "")])) == 3


def test_the_id_comes_from_the_earliest_member() -> None:
    first, later = said("z", BRIDGE, day="2021-05-01"), said("a", BRIDGE)
    assert only(first, later).id == only(first).id != only(later).id
    assert only(first, later, said("b", BRIDGE, day=None)).id == only(first).id


def test_what_hundreds_of_documents_carry_is_one_utterance() -> None:
    words = BRIDGE.split()
    many = [
        said(f"d{n:03}", " ".join(words[n % 7 : len(words) - n % 5]), by="" if n % 3 else "mayor") for n in range(300)
    ]
    assert len(many) > 2 * COMMON
    (found,) = group(many)
    assert len(found.documents) == 300


VERSIONS = (
    BRIDGE,
    BRIDGE[:80],
    BRIDGE.replace("closed", "shut"),
    BRIDGE[60:],
    "nobody will gamble",
    "We will rebuild the market hall next spring with money from the lottery, whatever it takes.",
    "rebuild the market hall",
    "",
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"),
            st.sampled_from(VERSIONS),
            st.sampled_from(("mayor", "rival", "")),
            st.sampled_from(("direct", "indirect", "mixed")),
            st.sampled_from((None, "2021-05-03", "2021-05-09", "2022-05-03")),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_each_attribution_comes_out_once_whatever_the_order(
    rows: list[tuple[str, str, str, AttributionKind, str | None]], order: random.Random
) -> None:
    given_ = [said(d, c, by=by, kind=kind, day=day, number=n) for n, (d, c, by, kind, day) in enumerate(rows)]
    found = group(given_)
    assert sorted(id for utterance in found for id in utterance.attributions) == sorted(one.id for one in given_)
    assert len({utterance.id for utterance in found}) == len(found)
    assert all(0 < utterance.score <= 1 and utterance.reason for utterance in found)
    shuffled = list(given_)
    order.shuffle(shuffled)
    assert group(shuffled) == found


def test_a_large_corpus_is_grouped_in_seconds() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(3000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    texts = [" ".join(chance.choices(words, weights, k=20)) for _ in range(3000)]
    many = [said(f"d{n % 997}", texts[n % 3000], by=f"s{n % 3000 % 7}", number=n) for n in range(12_000)]
    start = time.process_time()
    found = group(many)
    assert time.process_time() - start < 60
    assert 2900 <= len(found) <= 3000


def shown(*contents: str) -> list[list[str]]:
    """The words that differ."""
    return [[word.text for word in version if word.differs] for version in versions([(c,) for c in contents])]


def text_of(version: Sequence[object]) -> str:
    return "".join(getattr(word, "text", "") for word in version)


def test_differing_words_are_marked_in_both_versions() -> None:
    assert shown("We found a deformed caste of liars.", "We found a corrupt class of liars.") == [
        ["deformed caste"],
        ["corrupt class"],
    ]


def test_what_is_only_lacking_is_not_marked() -> None:
    assert shown(BRIDGE, BRIDGE.split(",")[0], "… because " + BRIDGE.split("because ")[1]) == [[], [], []]
    assert shown("We will go home now.", "We will all go home now.") == [[], []]
    assert shown("We will go home.", "“WE WILL GO HOME!”") == [[], []]


def test_a_version_cut_within_a_word_differs_in_that_word_alone() -> None:
    assert shown(BRIDGE, "ridge will be closed before winter") == [["bridge"], ["ridge"]]


def test_a_short_version_is_compared_with_its_own_place() -> None:
    text = f"The lives of fishermen matter. {BRIDGE} The lives of dogs matter."
    assert shown(text, "will gamble with the livelihood of commuters") == [["lives"], ["livelihood"]]


@given(st.lists(st.lists(st.text(st.sampled_from("ab .…'%"), max_size=12), min_size=1, max_size=3), max_size=4))
def test_versions_keep_every_character(contents: list[list[str]]) -> None:
    found = versions([tuple(content) for content in contents])
    assert [text_of(version) for version in found] == [" … ".join(content) for content in contents]
