"""What the training of the language models stands on, as far as it needs no PyTorch."""

from pathlib import Path

import pytest

from language.names import joined
from language.quantisation import too_costly
from language.treebank import read_treebank

CONLLU = """# newdoc id = GUM_news_x
# newpar
# sent_id = 1
1\tMira\tMira\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-c-cf1-1-coref-Mira)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t3\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = 2
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-c-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""


def test_a_treebank_is_read_as_the_text_that_people_read(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU, "utf-8")
    (document,) = read_treebank(path)
    assert document.genre == "news"
    assert document.text.rstrip() == "Mira didn't .\n\nShe left"
    assert [document.text[w.start : w.end] for w in document.words] == ["Mira", "did", "n't", ".", "She", "left"]
    assert document.words[1].multiword == document.words[2].multiword == (5, 11)
    assert [(m.group, m.type, m.start, m.end, m.link) for m in document.mentions] == [
        ("1", "person", 0, 1, "coref"),
        ("1", "person", 4, 5, "ana"),
    ]
    assert document.sentences == [(0, 4), (4, 6)]
    assert document.words[4].head == 5


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ('He said , " We won \' t go . "', 'He said, "We won\'t go."'),
        ("two - thirds of the island", "two-thirds of the island"),
        ("after a lull - In Madagascar", "after a lull - In Madagascar"),
        ("the UN 's agency ( FAO ) said", "the UN's agency (FAO) said"),
        ("the M ā ori party", "the Māori party"),
        ("it cost $ 5 .", "it cost $5."),
    ],
)
def test_tokens_are_set_as_an_editor_would(tokens: str, text: str) -> None:
    found, spans = joined(tokens.split(" "))
    assert found == text
    assert [found[start:end] for start, end in spans] == tokens.split(" ")


def test_a_quantisation_that_costs_too_much_is_told() -> None:
    def figures(whole: float, genre: float, main: float, people: float) -> dict[str, dict[str, float]]:
        return {
            "parsing": {"ewt LAS": whole, "ewt email LAS": genre},
            "names": {"uner ewt main": main, "uner ewt PER": people},
        }

    exact = figures(86.9, 80, 78, 84)
    assert too_costly(exact, figures(86.6, 70, 77.6, 80)) == []
    badly = figures(86.4, 80, 77, 84)
    assert [line.split(":")[1].strip() for line in too_costly(exact, badly)] == ["ewt LAS", "uner ewt main"]
