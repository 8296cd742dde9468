"""Broken words are mended, whole ones are left alone, and the stored text keeps what it has."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.reading.mending import find_repairs, lexicon
from variorum.records import READ_ZONES, ZONE_KINDS, Edit, ReadingText, Repair, Zone

PROSE = (
    "The harbour council met on Tuesday to discuss the ferry contract, which has divided the islands since the spring. "
    "Its chair said that the vote would be held before the end of the month. {} "
    "Several members had asked for more time, and the opposition said that it would not take part."
)


def body(text: str, edits: tuple[Edit, ...] = ()) -> tuple[Repair, ...]:
    return find_repairs(text, [Zone(0, len(text), "body")], edits)


def mended(text: str) -> str:
    return ReadingText.of(text, [Zone(0, len(text), "body")], (), body(text)).text


@pytest.mark.parametrize(
    ("broken", "whole", "kind"),
    [
        ("The interi m report blames the weather.", "interim", "space"),
        ("The go vernment has promised money.", "government", "space"),
        ("The gov ern ment has promised money.", "government", "space"),
        ("It has be come a question of trust.", "become", "space"),
        ("The council ordered a n ew vote.", "new", "space"),
        ("It came from t he neighbouring island.", "the", "space"),
        ("Ships from Colom bia waited outside.", "Colombia", "space"),
        ("Venezu ela's coast guard watched.", "Venezuela", "space"),
        ("The pres\nident of the port was absent.", "president", "space"),
        ("The pres\u00a0ident of the port was absent.", "president", "space"),
        ("The presi\u200bdent of the port was absent.", "president", "space"),
        ("THE GOVERN MENT HAS PROMISED MONEY.", "GOVERNMENT", "space"),
        ("The govern- ment has promised money.", "government", "hyphen"),
        ("The govern-\nment has promised money.", "government", "hyphen"),
        ("The govern-\r\nment has promised money.", "government", "hyphen"),
        ("He asked for his re-\nelection in May.", "re-election", "hyphen"),
        ("The com\u00admit\u00adtee sat until dawn.", "committee", "hyphen"),
        ("The ﬁnancial report came late.", "financial", "ligature"),
        ("The oﬃce was closed.", "office", "ligature"),
        ("The con ﬂ ict went on.", "conflict", "ligature"),
        ("The con fl ict went on.", "conflict", "ligature"),
        ("The of fice was closed.", "office", "ligature"),
        ("The of cials identi ed the ship.", "officials", "ligature"),
        ("The of cials identi ed the ship.", "identified", "ligature"),
        ("The mayor, JosÃ© Ribeira, agreed.", "JosÃ©=José", "mojibake"),
        ("They donâ€™t want it.", "don’t", "mojibake"),
        ("They don\x92t want it.", "don’t", "mojibake"),
    ],
)
def test_a_broken_word_is_mended(broken: str, whole: str, kind: str) -> None:
    text = PROSE.format(broken)
    whole = whole.rpartition("=")[2]
    repairs = [r for r in body(text) if r.repaired == whole]
    assert [r.kind for r in repairs] == [kind]
    assert 0.8 <= repairs[0].score <= 1 and repairs[0].reason
    assert text[repairs[0].start : repairs[0].end] != whole
    assert whole in mended(text)


@pytest.mark.parametrize(
    "whole",
    [
        "They can not come, and any one of them may be right every day of the week.",
        "From day to day he looked in to see her, a part of the old crew, a cross in his hand.",
        "It was sent in to them on line four, to day trips and all.",
        "The U. S. envoy, J. K. Marrow, left at 5 p. m. for St. Helen.",
        "The envoy of the U S, J K Marrow, spoke of x y and z, and of A B C D E.",
        "Mr Mc Donald has an i Phone and a You Tube channel.",
        "Both pre- and post-war houses, and mid- to late summer, and the low- or high-rate loans.",
        "The vote of the council- he said this twice- was free.",
        "Il est venu à la mairie et il a dit que le maire ne vient pas.",
        "A battle ground, a road block, a land mine, a court room and a cease fire.",
        "The captionWho said this, and the ofthe people.",
        "“So,” she said, ‘it’s fine’ — and 'no' to \"that\" … at São Tomé, naïve café.",
        "Shares of A T & T, G E and T rose; see www.example.com/gov ernment and @gov ernment.",
        "Na na na, no no no, bye bye.",
        "The decade 's end.",
    ],
)
def test_whole_words_are_left_alone(whole: str) -> None:
    assert body(PROSE.format(whole)) == ()
    assert body(whole) == ()


def test_a_name_that_no_list_has_is_mended_from_the_document_itself() -> None:
    text = PROSE.format("The chair, Olvarinde Quessant, spoke first. Later Olva rinde left.")
    assert [r.repaired for r in body(text)] == ["Olvarinde"]
    assert body(text.replace("Olvarinde", "Bertram", 1)) == ()


def test_a_broken_document_lowers_the_bar() -> None:
    doubtful = "The minister spoke of the talk s today."
    clean = " ".join(["The council met and the members spoke about the harbour and the ferry for a long time."] * 30)
    broken = clean.replace("members", "mem bers").replace("council", "coun cil")
    scores = [[r.score for r in body(f"{rest} {doubtful}") if r.repaired == "talks"] for rest in (clean, broken)]
    assert scores[1] and (not scores[0] or scores[1][0] > scores[0][0])


def test_other_languages_are_not_taken_for_broken_english() -> None:
    text = "De raad kwam bijeen en de leden spraken over de haven en de boot. Het was een lange dag in de stad. " * 5
    assert body(text) == ()


def test_what_is_not_read_is_not_mended() -> None:
    text = "The go vernment spoke."
    for kind in ZONE_KINDS:
        assert bool(find_repairs(text, [Zone(0, len(text), kind)])) == (kind in READ_ZONES)


def test_a_repair_never_crosses_the_edge_of_a_zone() -> None:
    text = "The go vernment spoke."
    edge = text.index(" vern")
    for end, start in ((edge, edge), (edge, edge + 1), (edge + 1, edge + 1)):
        assert find_repairs(text, [Zone(0, end, "heading"), Zone(start, len(text), "body")]) == ()


def test_a_repair_takes_the_place_of_an_edit() -> None:
    text = PROSE.format("The go** **vernment spoke, and the don\x92t stayed.")
    at, apostrophe = text.index("** **"), text.index("\x92")
    edits = (Edit(at, at + 2, ""), Edit(at + 3, at + 5, ""), Edit(apostrophe, apostrophe + 1, ""))
    repairs = body(text, edits)
    assert [(text[r.start : r.end], r.repaired) for r in repairs] == [
        ("go** **vernment", "government"),
        ("don\x92t", "don’t"),
    ]


def test_a_word_broken_in_two_ways_is_one_repair() -> None:
    text = PROSE.format("The chief, JosÃ©phine Bell, read the con\u00adﬁ den tial paper; JosÃ©phine left.")
    spans = {text[r.start : r.end]: r.repaired for r in body(text)}
    assert spans["con\u00adﬁ den tial"] == "confidential"
    assert spans["JosÃ©phine"] == "Joséphine"


WORDS = "the go vernment of Colom bia has be come a n ew kind gov ern ment interi m re- election ﬁ nancial ict . “ ”"
ODD = "GuaidÃ³|donâ€™t|ﬂ|\u00ad|\u200b|\x92|Â|-|'s|\n|\n\n|U.|S.|É|e\u0301|\ud800|\U0001f600|İ|ß|漢字"
ODD += "|\u202e|\x00|ÃƒÂ©|con\u00adﬂ"
PIECES = st.sampled_from(WORDS.split() + ODD.split("|"))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " ", "\n", "\u00a0"])), max_size=60).map(
    lambda parts: "".join(a + b for a, b in parts)
) | st.text(max_size=80)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Zone], list[Edit]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    kinds = st.sampled_from(ZONE_KINDS)
    zones = [Zone(a, b, draw(kinds)) for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b]
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = [Edit(a, b, draw(st.sampled_from(["", "x"]))) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    return text, zones, edits


@given(documents())
@settings(max_examples=150, deadline=None)
def test_repairs_lie_apart_in_zones_that_are_read_and_map_there_and_back(
    document: tuple[str, list[Zone], list[Edit]],
) -> None:
    text, zones, edits = document
    repairs = find_repairs(text, zones, edits)
    assert repairs == find_repairs(text, zones, edits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(repairs))
    reading = ReadingText.of(text, zones, edits, repairs)
    for r in repairs:
        assert r.start < r.end and 0 <= r.score <= 1 and text[r.start : r.end] != r.repaired
        assert any(z.start <= r.start and r.end <= z.end for z in zones if z.kind in READ_ZONES)
        span = reading.to_reading(r.start, r.end)
        if r.repaired:
            assert span is not None and span.of(reading.text) == r.repaired
            assert reading.to_stored(span.start, span.end).of(text) == text[r.start : r.end]


@given(documents())
@settings(max_examples=150, deadline=None)
def test_a_mended_text_is_left_alone(document: tuple[str, list[Zone], list[Edit]]) -> None:
    text, zones, edits = document
    reading = ReadingText.of(text, zones, edits, find_repairs(text, zones, edits))
    blocks = [Zone(b.start, b.end, b.kind) for b in reading.blocks]
    assert find_repairs(reading.text, blocks) == ()


def test_nothing_comes_of_nothing() -> None:
    assert find_repairs("", []) == ()
    assert find_repairs("The go vernment spoke.", []) == ()


@pytest.mark.parametrize(
    "hostile",
    [
        "a ",
        "a",
        "be come ",
        "be- ",
        "a-",
        "\u00ad",
        "a\u00ad",
        "ﬁ ",
        "Ã©",
        "Ã ",
        "\x92",
        "é",
        "x\u200b",
        "- ",
        "\u00a0",
        "go ver ",
    ],
)
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    def seconds(size: int) -> float:
        text = hostile * (size // len(hostile))
        began = time.process_time()
        body(text)
        return time.process_time() - began

    body("The lists are loaded before.")
    assert seconds(200_000) < 8 * seconds(50_000) + 0.3


def test_the_word_lists_are_small_and_know_their_words() -> None:
    words, pairs = lexicon.words(), lexicon.pairs()
    assert 200_000 < len(words) < 300_000
    assert words["the"] > words["government"] > words["venezuela"] > 0
    assert "interi" not in words and "re-election" in words
    assert pairs.count("has", "become") > 100 and pairs.count("be", "come") == 0
