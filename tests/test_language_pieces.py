"""A text as the model reads it: nothing of it gets lost, wherever it is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.lemmas import apply_script, script_of
from variorum.language.pieces import Shape, Space, pieces_of, shape_of, units_of
from variorum.language.windows import windows_of

TEXTS = st.text(st.characters(), max_size=400) | st.text("ab .\n\"'-’U.S?!’“é́漢🙂\u200f\x00", max_size=400)


@given(TEXTS)
def test_every_character_but_white_space_lies_in_one_unit(text: str) -> None:
    covered = [i for start, end in units_of(text) for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))


@given(TEXTS)
def test_pieces_stand_in_the_order_of_the_text(text: str) -> None:
    pieces = pieces_of(text)
    starts = pieces.starts[pieces.first]
    assert list(starts) == [start for start, _ in units_of(text)]
    assert all(text[s:e].strip() for s, e in zip(pieces.starts, pieces.ends, strict=True))


@given(TEXTS, st.integers(4, 60))
def test_windows_cover_a_text_once_but_for_overlaps_within_a_run(text: str, longest: int) -> None:
    pieces = pieces_of(text)
    runs = windows_of(text, pieces, longest)
    at = 0
    for run in runs:
        assert run[0].start == at
        for before, after in pairwise(run):
            assert before.start < after.start <= before.end < after.end
        assert all(0 < window.end - window.start <= longest for window in run)
        at = run[-1].end
    assert at == len(pieces)


def test_windows_end_where_sentences_do() -> None:
    text = "The minister spoke to Mr. Smith for an hour. " * 40
    pieces = pieces_of(text)
    for (window,) in windows_of(text, pieces, 60):
        assert text[int(pieces.starts[window.start]) :].startswith("The minister")


def test_a_paragraph_is_the_better_end() -> None:
    text = "One two three four five six. " * 6 + "\n\n" + "One two three four five six. " * 3
    pieces = pieces_of(text)
    runs = windows_of(text, pieces, 55)
    assert pieces.spaces[runs[1][0].start] == Space.PARAGRAPH


@pytest.mark.parametrize(
    ("unit", "shape"),
    [
        ("talks", Shape.LOWER), ("Talks", Shape.TITLE), ("UN", Shape.UPPER), ("I", Shape.LETTER), ("tWP", Shape.MIXED),
        ("McCain", Shape.MIXED), ("2019", Shape.DIGITS), ("…", Shape.SIGN), ("...", Shape.SIGNS), ("“", Shape.OPEN),
        ("»", Shape.CLOSE), ("委", Shape.CASELESS), ("Éire", Shape.TITLE),
    ],
)  # fmt: skip
def test_shapes(unit: str, shape: Shape) -> None:
    assert shape_of(unit) is shape


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("didn't", ["did", "n", "'", "t"]), ("can’t", ["ca", "n", "’", "t"]), ("cannot", ["can", "not"]),
        ("Wanna", ["Wan", "na"]), ("U.S.-backed", ["U", ".", "S", ".", "-", "backed"]), ("10am", ["10", "am"]),
        ("wait...", ["wait", "..."]), ("cannotes", ["cannotes"]),
    ],
)  # fmt: skip
def test_units_are_where_words_may_begin(text: str, units: list[str]) -> None:
    assert [text[start:end] for start, end in units_of(text)] == units


def test_accents_and_typographic_marks_lose_nothing() -> None:
    composed, decomposed = "Guaidó", "Guaido\u0301"
    assert list(pieces_of(composed).ids) == list(pieces_of(decomposed).ids)
    assert pieces_of(decomposed).ends[-1] == len(decomposed)


@given(st.text(max_size=20).filter(bool), st.text(max_size=20).filter(bool))
def test_a_script_makes_its_lemma(form: str, lemma: str) -> None:
    made = apply_script(script_of(form, lemma), form)
    # a form whose lower case has another length can't be undone by endings alone
    assert made == lemma or len(form.lower()) != len(form)


@pytest.mark.parametrize(
    ("form", "like", "lemma"),
    [
        ("cities", ("countries", "country"), "city"),
        ("WON", ("won", "win"), "win"),
        ("2,000", ("1,500", "1500"), "2000"),
    ],
)
def test_a_script_serves_other_words(form: str, like: tuple[str, str], lemma: str) -> None:
    assert apply_script(script_of(*like), form) == lemma
