"""What stands in quotation marks: every kind of mark, nested, unbalanced, and beside apostrophes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language.pieces import pieces_of
from variorum.language.quotations import CLOSES, INSIDE, OPENS, OUTSIDE, paragraphs_of, quotations_of, states_of


def _inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations_of(text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We stay," he said, "but not for long."', ["We stay,", "but not for long."]),
        ("“We stay,” he said.", ["We stay,"]),
        ("‘We stay,’ he said. It’s the union’s ‘plan’.", ["We stay,", "plan"]),
        ("'We stay,' he said. It's the union's 'plan' of the '90s.", ["We stay,", "plan"]),
        ("«Nous restons», „wir bleiben“ and »ook wij«.", ["Nous restons", "wir bleiben", "ook wij"]),
        ("‹So› and „this”.", ["So", "this"]),
        ("``We stay,'' he said.", ["We stay,"]),
        ("„We stay,” he said.", ["We stay,"]),
        ("The owners’ ‘offer’ was rejected.", ["offer"]),
        ("'The owners' offer is bad,' she said.", ["The owners' offer is bad,"]),
        ("He is 6'2\" tall and said \"no\".", ["no"]),
        ("Rock 'n' roll, 'tis all the same to 'em.", []),
        ("“One.”“Two.”", ["One.", "Two."]),
        ("He spoke of a “[national] plan ... now”.", ["[national] plan ... now"]),
        ("It is “bad, ”Ivanova said.", ["bad,"]),
    ],
)  # fmt: skip
def test_marks_of_all_kinds(text: str, inner: list[str]) -> None:
    assert _inner(text) == inner


def test_a_quotation_inside_of_another() -> None:
    text = "“She told me ‘never again’ and left,” he said."
    outer, inside = quotations_of(text)
    assert (outer.depth, inside.depth) == (0, 1)
    assert text[inside.inner_start : inside.inner_end] == "never again"


def test_the_same_marks_inside_of_themselves() -> None:
    assert _inner("“I never said “no” to him,” she said.") == ["I never said “no” to him,", "no"]


def test_a_quotation_that_runs_over_paragraphs() -> None:
    text = "“We came early.\n\n“We stayed late.\n\n“We left.” He smiled."
    found = quotations_of(text)
    assert [text[q.inner_start : q.inner_end] for q in found] == ["We came early.", "We stayed late.", "We left."]
    assert [q.continues for q in found] == [False, True, True]
    assert [q.closed for q in found] == [False, False, True]


def test_an_odd_mark_swallows_no_more_than_its_sentence() -> None:
    text = 'He said "we stay. The meeting ended on Tuesday.\n\nNothing else was said. "Yes," said Ms Orr.'
    assert _inner(text) == ["we stay.", "Yes,"]


def test_a_mark_that_closes_nothing_is_left_alone() -> None:
    assert _inner('The party" which lost said "maybe".') == ["maybe"]


def test_a_wrapped_line_does_not_end_a_paragraph() -> None:
    text = "He said “we will\nstay in the\nhouse” on Monday.\nThen he left."
    assert [text[s:e] for s, e in paragraphs_of(text)] == [
        "He said “we will\nstay in the\nhouse” on Monday.",
        "Then he left.",
    ]
    assert _inner(text) == ["we will\nstay in the\nhouse"]


def test_states_of_pieces() -> None:
    text = "He said “no” twice."
    pieces = pieces_of(text)
    states = states_of(pieces, quotations_of(text))
    by_word = {text[s:e]: int(state) for s, e, state in zip(pieces.starts, pieces.ends, states, strict=True)}
    assert by_word == {
        "He": OUTSIDE,
        "said": OUTSIDE,
        "“": OPENS,
        "no": INSIDE,
        "”": CLOSES,
        "twice": OUTSIDE,
        ".": OUTSIDE,
    }


@given(st.text(alphabet="ab ,.\n\"'“”‘’«»„[(A", max_size=120))
def test_any_text_is_read(text: str) -> None:
    found = quotations_of(text)
    assert list(found) == sorted(found, key=lambda q: (q.start, -q.end))
    for q in found:
        assert 0 <= q.start < q.inner_start < q.inner_end <= q.end <= len(text)
        assert q.depth == sum(o.start < q.start and q.end <= o.end for o in found)
    pieces = pieces_of(text)
    assert np.isin(states_of(pieces, found), [OUTSIDE, INSIDE, OPENS, CLOSES]).all()
