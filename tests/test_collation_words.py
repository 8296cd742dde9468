"""What is one word for collation: numbers by their value, spellings, accents, marks and short forms as one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.collation import Witness
from variorum.collation.parsed import parsed
from variorum.collation.words import folded, stem, words_of

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ODD = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80)
"""Any code points, lone surrogates among them."""
WORDY = st.lists(
    st.sampled_from(
        [
            "two",
            "thousand",
            "5bn",
            "$3m",
            "isn't",
            "U.S.",
            "a",
            "million",
            "dozen",
            "1,000",
            "2 000",
            "“Yes”",
            "é",
            "\ud800",
        ]
    )
).map(" ".join)


def forms(text: str) -> list[str]:
    return [word.form for word in words_of(text)]


def values(text: str) -> list[float]:
    return [word.value for word in words_of(text) if word.value is not None]


def spelt(number: int) -> str:
    """A number below a thousand million in words, as American newspapers write it."""
    return " ".join(_spelt(number)) or SMALL[0]


def _spelt(number: int) -> Iterator[str]:
    for name, scale in (("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= scale:
            yield from _spelt(number // scale)
            yield name
            number %= scale
    if number >= 20:
        yield "-".join([TENS[number // 10 - 2], *([SMALL[number % 10]] if number % 10 else [])])
    elif number:
        yield SMALL[number]


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (2000, ["2,000", "2 000", "2\u00a0000", "2\u202f000", "2000", "two thousand", "Two thousand", "2 thousand"]),
        (5e9, ["5bn", "5 billion", "five billion", "5,000,000,000", "5BN", "5.0 billion"]),
        (23, ["23", "twenty-three", "twenty three", "Twenty-three", "23rd"]),
        (340_000, ["340,000", "340k", "three hundred forty thousand", "three hundred and forty thousand"]),
        (12, ["12", "twelve", "a dozen"]),
        (205, ["205", "two hundred and five", "two hundred five"]),
        (41_000, ["41,000", "forty-one thousand", "41k"]),
        (32_100, ["32,100", "thirty-two thousand one hundred", "thirty-two thousand and one hundred"]),
        (100, ["100", "a hundred", "one hundred"]),
        (500_000, ["500,000", "half a million", "0.5 million"]),
        (2.5e6, ["2,500,000", "2.5 million", "2.5m", "2.5mn", "two and a half million"]),
        (1e6, ["1,000,000", "a million", "1m", "1 million"]),
        (61.4, ["61.4", "61.40"]),
    ],
)
def test_a_number_is_its_value_however_it_is_written(value: float, ways: list[str]) -> None:
    assert {way: values(f"They counted {way} of them.") for way in ways} == {way: [value] for way in ways}


@given(st.integers(2, 10**9 - 1).filter(lambda n: n % 1000 != 1 and n // 1000 % 1000 != 1 and n // 10**6 != 1))
def test_figures_with_any_separator_and_words_have_one_value(number: int) -> None:
    plain, points = str(number), f"{number:,}"
    ways = [plain, points, points.replace(",", " "), points.replace(",", "\u202f")]
    assert [values(f"about {way} people") for way in ways] == [[float(number)]] * len(ways)


@given(st.integers(2, 999_999).filter(lambda n: "1" not in str(n)))
def test_numbers_in_words_have_the_value_of_figures(number: int) -> None:
    assert values(f"about {spelt(number)} people") == [float(number)]


@pytest.mark.parametrize(
    "text",
    [
        "three of 23",
        "18 votes to 17",
        "1997, 2001",
        "two 40-year-olds",
        "3 4",
        "five, six",
        "one million, two thousand",
    ],
)
def test_two_numbers_beside_each_other_stay_two(text: str) -> None:
    assert len(values(text)) == 2


@pytest.mark.parametrize("text", ["one of them", "nobody", "millions of people", "a few", "St. Tenby"])
def test_what_counts_nothing_has_no_value(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour of Calderón", "The harbor of Calderon"),
        ("organise the programme", "organize the program"),
        ("He didn’t go", "He did not go"),
        ("He didn't go", "He didn’t go"),
        ("They won't, can't and cannot", "They will not, can not and can not"),
        ("The U.S. and the U.N.", "The US and the UN"),
        ("“So it is,” he said", '"So it is" — he said'),
        ("the mayor's car", "the mayor’s car"),
        ("5% of it", "5 percent of it"),
        ("Müller, Łódź, Søren, Đorđe", "Muller, Lodz, Soren, Dorde"),
        ("THE MAYOR OF TENBY", "the mayor of Tenby"),
        ("travelled to the theatre", "traveled to the theater"),
        ("they're here, I'm there", "they are here, I am there"),
        ("[the] bridge (old)", "the bridge old"),
    ],
)
def test_what_only_the_style_of_a_house_decides_is_no_difference(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can", "cannot"),
        ("is", "isn't"),
        ("2.5", "25"),
        ("2.5 million", "2.5 billion"),
        ("caste", "class"),
        ("Boeing", "being"),
        ("Michael", "Michel"),
        ("filled", "filed"),
        ("hour", "hor"),
        ("our", "or"),
        ("rise", "rize"),
        ("won", "won't"),
    ],
)
def test_what_says_something_else_is_another_word(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_words_point_at_what_is_written() -> None:
    text = "It isn’t 2 000 cars, Ms. Ågren said: “U.S.-made.”"
    assert [(text[word.start : word.end], word.form) for word in words_of(text)][:5] == [
        ("It", "it"),
        ("is", "is"),
        ("n’t", "not"),
        ("2 000", "#2000"),
        ("cars", "cars"),
    ]


@given(ODD | WORDY)
def test_words_lie_in_the_text_in_order_and_are_not_empty(text: str) -> None:
    found = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) and word.form for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(ODD | WORDY)
def test_sentences_hold_every_word_once_in_order(text: str) -> None:
    found = parsed(Witness("a", text))
    assert [i for sentence in found.sentences for i in sentence] == list(range(len(found.words)))
    assert all(len(sentence) for sentence in found.sentences)
    assert len(found.paragraphs) == len(found.sentences)
    assert all(0 <= start <= end <= len(text) for start, end in found.quotes)


@given(ODD | WORDY)
def test_case_changes_no_form(text: str) -> None:
    plain = "".join(c for c in text if c.isascii())
    assert forms(plain.lower()) == forms(plain.lower().capitalize())


@pytest.mark.parametrize(
    "words", ["vote votes voted voting", "carry carries carried", "go goes went gone", "plan plans planned planning"]
)
def test_forms_of_one_word_have_one_stem(words: str) -> None:
    assert len({stem(folded(word)) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["thing thin", "caste class", "vote voice", "trust true", "hall halt"])
def test_other_words_have_other_stems(words: str) -> None:
    assert len({stem(folded(word)) for word in words.split()}) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The vote is on Monday. Nobody knows why.", 2),
        ("Ms. Varga and J. R. Holm met Gov. Ash on Feb. 3. They left.", 2),
        ("“Never.” She left. “Never,” she said, “will I sign.”", 3),
        ("A first line\n\nA second one\n\nA third one", 3),
        ("It cost $2.5 million. In 2016 it was 1.9 million.", 2),
        ("", 0),
        ("... !!! ???", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(parsed(Witness("a", text)).sentences) == count


def test_a_table_without_points_is_cut_into_pieces() -> None:
    found = parsed(Witness("a", "north 12 south 14 east 9 west " * 300))
    assert len(found.sentences) > 5
    assert max(map(len, found.sentences)) <= 240


def test_marks_that_a_conversion_lost_still_open_and_close_a_quotation() -> None:
    text = "He said: \ufffdThe pillar has moved, and it will move again.\ufffd Then he left."
    (inner,) = parsed(Witness("a", text)).quotes
    assert text[slice(*inner)] == "The pillar has moved, and it will move again."
