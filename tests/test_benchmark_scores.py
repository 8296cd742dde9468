"""The scorers of the benchmarks, against cases worked out by hand and published ones."""

import pytest

from coref_scores import Tally
from coreference import pronouns
from language.names import NamedText
from language.treebank import Mention as Marked
from language.treebank import TreebankDocument
from language.treebank import Word as Marking
from names import recased, scores
from ud_scores import Word, align, counts, f1
from variorum.language import Annotation, Entity, Mention


def word(start: int, end: int, form: str, head: int = -1, deprel: str = "root", contracted: bool = False) -> Word:
    return Word(start, end, form, "X", form.lower(), head, deprel, contracted)


def test_words_are_aligned_by_their_characters() -> None:
    gold = [word(0, 3, "The"), word(4, 8, "self"), word(8, 9, "-"), word(9, 13, "rule"), word(14, 18, "ends")]
    system = [word(0, 3, "The"), word(4, 13, "self-rule"), word(14, 18, "ends")]
    assert align(gold, system) == {0: 0, 2: 4}


def test_words_of_a_contraction_are_aligned_by_their_forms() -> None:
    # "didn't" is one token of the treebank and two of its words
    gold = [
        word(0, 2, "He"),
        word(3, 9, "did", contracted=True),
        word(3, 9, "n't", contracted=True),
        word(10, 12, "go"),
    ]
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
    assert tally.scores() == dict.fromkeys(("muc", "b3", "ceafe", "lea", "mentions", "conll"), 100)


def test_the_worked_example_of_the_reference_scorer() -> None:
    # Pradhan et al. 2014, figure 1 and tables 2 to 4: key {a,b,c}, {d,e,f,g}; response {a,b}, {c,d}, {f,g,h,i}
    tally = Tally()
    tally.add(chains("abc", "defg"), chains("ab", "cd", "fghi"))
    muc, b3, ceafe, lea, _ = tally.parts.values()
    assert [muc[0] / muc[1], muc[2] / muc[3]] == pytest.approx([2 / 5, 2 / 5])
    assert [b3[0] / b3[1], b3[2] / b3[3]] == pytest.approx([0.42, 0.50], abs=0.006)
    assert [ceafe[0] / ceafe[1], ceafe[2] / ceafe[3]] == pytest.approx([0.65, 0.43], abs=0.006)
    # by hand: one link of three of the first chain of three, one of six of the second of four
    assert lea[0] / lea[1] == pytest.approx((3 * 1 / 3 + 4 * 1 / 6) / 7)
    assert lea[2] / lea[3] == pytest.approx((2 * 1 + 2 * 0 + 4 * 1 / 6) / 8)


def test_everything_in_one_chain_is_not_rewarded() -> None:
    tally = Tally()
    tally.add(chains("ab", "cd", "ef"), chains("abcdef"))
    assert tally.scores()["ceafe"] < 40
    assert tally.scores()["b3"] < 51


TEXT = "Byron left . Byron's junior said he wept ."


def byron(*chain: Mention) -> str:
    """What is said of "he", who is Byron, if the system's chain is this."""
    document = TreebankDocument("GUM_bio_byron", TEXT)
    kinds = ("PROPN", "VERB", "X", "PROPN", "NOUN", "VERB", "PRON", "VERB", "X")
    at = 0
    for form, upos in zip(TEXT.split(), kinds, strict=True):
        document.words.append(Marking(at, at + len(form), form, form, upos, -1, "root"))
        at += len(form) + 1
    document.mentions = [Marked("1", "person", i, i + 1, (i,), "coref") for i in (0, 3, 6)]
    (outcome,) = pronouns(document, Annotation((), (), (), (), (chain,) if chain else ()))
    return outcome


def test_a_pronoun_is_right_only_with_the_name_and_not_with_what_has_it_inside() -> None:
    he, name = Mention(33, 35, "pronoun", 1), Mention(0, 5, "name", 1)
    junior, other = Mention(13, 27, "nominal", 1), Mention(6, 10, "name", 1)
    assert byron(name, he) == "right"
    assert byron(other, he) == "wrong"
    assert byron(junior, other, he) == "wrong"
    assert byron(junior, he) == "nameless"
    assert byron() == "alone"


def test_names_are_scored_by_span_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Maduro met the EU in Caracas , and ISIL did not"
    corpus = [NamedText("1", text, ((0, 6, "PER"), (15, 17, "ORG"), (21, 28, "LOC")), (0,), unsaid=((35, 39),))]
    names = (
        Entity(0, 6, "PER", None, 1),
        Entity(15, 17, "LOC", None, 1),
        Entity(21, 28, "LOC", None, 1),
        Entity(35, 39, "ORG", None, 1),
    )
    monkeypatch.setattr("names.annotate_all", lambda texts: [Annotation((), (), names, (), ())])
    measured = scores(corpus)
    # the EU is no place, which counts; of ISIL the corpus says nothing, which does not
    assert measured["main precision"] == measured["main recall"] == 66.7
    assert measured["ORG"] == 0
    assert measured["PER"] == 100


def test_a_text_in_another_case_keeps_its_offsets() -> None:
    (shown,) = recased([NamedText("1", "Groß-Berlin", ((0, 11, "LOC"),), (0,))], upper=True)
    assert shown.text == "GROß-BERLIN"
