"""The scorers of the benchmarks, against cases worked out by hand and published ones."""

import pytest
from coref_scores import Tally
from ud_scores import Word, align, counts, f1


def word(start: int, end: int, form: str, head: int = -1, deprel: str = "root", contracted: bool = False) -> Word:
    return Word(start, end, form, "X", form.lower(), head, deprel, contracted)


def test_words_are_aligned_by_their_characters() -> None:
    gold = [word(0, 3, "The"), word(4, 8, "self"), word(8, 9, "-"), word(9, 13, "rule"), word(14, 18, "ends")]
    system = [word(0, 3, "The"), word(4, 13, "self-rule"), word(14, 18, "ends")]
    assert align(gold, system) == {0: 0, 2: 4}


def test_words_of_a_contraction_are_aligned_by_their_forms() -> None:
    # "didn't" is one token of the treebank and two of its words
    gold = [word(0, 2, "He"), word(3, 9, "did", contracted=True), word(3, 9, "n't", contracted=True), word(10, 12, "go")]
    system = [word(0, 2, "He"), word(3, 6, "did"), word(6, 9, "n't"), word(10, 12, "go")]
    assert align(gold, system) == {0: 0, 1: 1, 2: 2, 3: 3}
    whole = [word(0, 2, "He"), word(3, 9, "didn't"), word(10, 12, "go")]
    assert align(gold, whole) == {0: 0, 2: 3}


def test_a_head_counts_if_it_is_the_aligned_word() -> None:
    gold = [word(0, 3, "She", 1, "nsubj"), word(4, 8, "left"), word(9, 13, "home", 1, "obj")]
    system = [word(0, 3, "She", 1, "nsubj:pass"), word(4, 8, "left"), word(9, 13, "home", 0, "obj")]
    found = counts(gold, system, [(0, 13)], [(0, 8), (9, 13)])
    scores = f1(found)
    assert scores["Words"] == 100
    assert scores["UAS"] == scores["LAS"] == pytest.approx(66.67, abs=0.01)
    assert scores["Sentences"] == 0


def chains(*groups: str) -> list[frozenset[object]]:
    return [frozenset(group) for group in groups]


def test_chains_that_are_right_score_full() -> None:
    tally = Tally()
    tally.add(chains("abc", "de"), chains("de", "cba"))
    assert tally.scores() == {name: 100 for name in ("muc", "b3", "ceafe", "mentions", "conll")}


def test_the_worked_example_of_the_reference_scorer() -> None:
    # Pradhan et al. 2014, figure 1 and tables 2 to 4: key {a,b,c}, {d,e,f,g}; response {a,b}, {c,d}, {f,g,h,i}
    tally = Tally()
    tally.add(chains("abc", "defg"), chains("ab", "cd", "fghi"))
    muc, b3, ceafe, _ = tally.parts.values()
    assert [muc[0] / muc[1], muc[2] / muc[3]] == pytest.approx([2 / 5, 2 / 5])
    assert [b3[0] / b3[1], b3[2] / b3[3]] == pytest.approx([0.42, 0.50], abs=0.006)
    assert [ceafe[0] / ceafe[1], ceafe[2] / ceafe[3]] == pytest.approx([0.65, 0.43], abs=0.006)


def test_everything_in_one_chain_is_not_rewarded() -> None:
    tally = Tally()
    tally.add(chains("ab", "cd", "ef"), chains("abcdef"))
    assert tally.scores()["ceafe"] < 40
    assert tally.scores()["b3"] < 51
