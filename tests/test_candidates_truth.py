"""The exact comparison that the search for shared text is measured against."""

import string

import pytest

from candidates import containments, grams

WORDS = [one + two for one in string.ascii_lowercase for two in string.ascii_lowercase]


def words(start: int, stop: int) -> str:
    return " ".join(WORDS[start:stop])


def test_containment_is_the_share_of_the_shorter_text() -> None:
    # 20 words have 13 runs of eight, and 100 have 93; words 10 to 19 have three
    assert containments([words(0, 20), words(10, 110)]) == {(0, 1): pytest.approx(3 / 13)}


def test_a_text_within_another_is_contained_whole() -> None:
    assert containments([words(0, 200), words(50, 70)]) == {(0, 1): 1.0}


def test_a_single_run_of_eight_words_is_seen_and_one_of_seven_is_not() -> None:
    assert containments([words(0, 108), words(100, 208)]) == {(0, 1): pytest.approx(1 / 101)}
    assert containments([words(0, 107), words(100, 208)]) == {}


def test_what_many_texts_share_counts_for_each_pair_of_them() -> None:
    texts = [f"{words(0, 8)} {words(8 + 10 * i, 18 + 10 * i)}" for i in range(1, 41)]
    found = containments(texts)
    assert set(found) == {(i, j) for j in range(40) for i in range(j)}
    assert list(found.values()) == pytest.approx([1 / 11] * len(found))


def test_case_and_marks_make_no_difference() -> None:
    assert containments([words(0, 10), words(0, 10).upper().replace(" ", ", ")]) == {(0, 1): 1.0}


def test_a_run_that_a_text_repeats_counts_once() -> None:
    assert len(grams(f"{words(0, 8)} {words(0, 8)}")) == 8
    assert containments([f"{words(0, 8)} {words(0, 8)}", words(0, 20)]) == {(0, 1): pytest.approx(1 / 8)}


def test_texts_too_short_for_a_run_share_nothing() -> None:
    assert containments(["", words(0, 7), words(0, 7)]) == {}
    assert containments([]) == {}
