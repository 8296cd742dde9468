"""What `annotate` promises of any text, with the weights that ship."""

import json
from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.language import Annotation, annotate, annotate_all
from variorum.language.reader import read
from variorum.language.windows import LONGEST

NEWS = (
    "Moscow, September 5 (RHC)-- Venezuela's opposition leader Juan Guaidó didn't recognise Mr. Maduro's re-election, "
    'U.S.-backed officials said. "He can\'t stay," Guaidó told the Post. "We won\'t go..."\n\n'
    "The foreign minister, Jorge Arreaza, said on Sept. 5 that [the U.S.] cannot decide."
)

ODD = [
    "",
    " ",
    "\n\n\n",
    "No",
    "?",
    "…",
    "“”‘’\"'",
    '"""" ""',
    "🙂🙂 🙂",
    "a" * 3000,
    "́́́",
    "\x00\x01 text \x7f\x9f",
    "\ud800 half a pair \udfff",
    "قال الرئيس إنه لن يستقيل.",
    "\u202eolleh\u202c she said",
    "总统说他不会辞职。",
    "El presidente dijo que no renunciará al cargo.",
    "- one\n- two\n- three",
    "WHO SHOT THE MAYOR?",
    "(((((((((((",
    "x " * 900,
    "\t\t|a|b|\r\n|--|--|\r\n",
    "https://example.org/a?b=c&d=e#f",
]


def sound(text: str, found: Annotation) -> None:
    """Check whatever holds for every text."""
    at = 0
    for token in found.tokens:
        assert at <= token.start < token.end <= len(text)
        assert not text[at : token.start].strip(), "text between words"
        at = token.end
    assert not text[at:].strip()
    starts, ends = {t.start for t in found.tokens}, {t.end for t in found.tokens}
    spans = [*found.sentences, *((e.start, e.end) for e in found.entities)]
    spans += [(m.start, m.end) for chain in (*found.chains, *(a.mentions for a in found.actors)) for m in chain]
    for start, end in spans:
        assert start in starts
        assert end in ends
        assert start < end
    assert all(a[1] <= b[0] for a, b in pairwise(found.sentences))
    assert all(any(s <= t.start and t.end <= e for s, e in found.sentences) for t in found.tokens)
    for i, token in enumerate(found.tokens):
        assert token.head < len(found.tokens)
        assert token.head != i
        assert (token.head == -1) == (token.deprel == "root")
        assert token.lemma
    for start, end in found.sentences:
        inside = [i for i, t in enumerate(found.tokens) if start <= t.start < end]
        heads = [found.tokens[i].head for i in inside]
        assert heads.count(-1) == 1
        assert set(heads) - {-1} <= set(inside)
    for entity in found.entities:
        assert entity.actor is None or 0 <= entity.actor < len(found.actors)
        assert 0 <= entity.score <= 1
    for chain in (*found.chains, *(actor.mentions for actor in found.actors)):
        assert list(chain) == sorted(chain, key=lambda m: (m.start, -m.end))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts(text: str) -> None:
    sound(text, annotate(text))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=120) | st.lists(st.sampled_from([*NEWS.split(" "), "\n\n", "“", "🙂"]), max_size=60).map(" ".join)
)
def test_any_text(text: str) -> None:
    sound(text, annotate(text))


def test_words_and_sentences_of_news() -> None:
    found = annotate(NEWS)
    words = [NEWS[t.start : t.end] for t in found.tokens]
    assert words[:5] == ["Moscow", ",", "September", "5", "("]
    for pair in (["did", "n't"], ["ca", "n't"], ["wo", "n't"], ["can", "not"], ["Guaidó", "did"], ["Maduro", "'s"]):
        assert any(words[i : i + 2] == pair for i in range(len(words)))
    assert "U.S." in words
    assert "Mr." in words
    sentences = [NEWS[start:end] for start, end in found.sentences]
    assert sentences[0] == "Moscow, September 5 (RHC)--"
    assert sentences[2] == '"He can\'t stay," Guaidó told the Post.'
    assert sentences[-1].startswith("The foreign minister")


def test_names_and_who_is_meant() -> None:
    found = annotate(NEWS)
    names = {NEWS[e.start : e.end]: e.type for e in found.entities}
    assert names["Juan Guaidó"] == names["Maduro"] == names["Jorge Arreaza"] == "PER"
    assert names["Venezuela"] == "LOC"
    by_name = {actor.name: actor for actor in found.actors}
    assert {"Juan Guaidó", "Guaidó"} <= {NEWS[m.start : m.end] for m in by_name["Juan Guaidó"].mentions}
    assert by_name["Venezuela"].kind == "state"
    assert by_name["Jorge Arreaza"].kind == "person"


def test_a_text_comes_out_the_same_in_any_company() -> None:
    texts = [NEWS, "Short.", NEWS * 3, *ODD, "The minister resigned. " * 60]
    together = annotate_all(texts, threads=2)
    assert together == [annotate(text) for text in texts]
    assert annotate_all(texts[::-1], threads=1) == together[::-1]


def test_long_sentences_are_read_to_their_end() -> None:
    text = "He said that " + "the old minister of the small country and " * 120 + "the king resigned."
    (reading,) = read([text])
    assert len(reading.pieces) > 3 * LONGEST
    assert len(reading.runs[0]) > 3
    found = annotate(text)
    sound(text, found)
    assert [t.upos for t in found.tokens].count("NOUN") > 120
    assert text[found.tokens[-2].start :] == "resigned."


def test_case_quotes_and_accents_do_not_decide() -> None:
    plain = annotate("Juan Guaido said the talks failed. He left Caracas.")
    for text in (
        "JUAN GUAIDO SAID THE TALKS FAILED. HE LEFT CARACAS.",
        "juan guaido said the talks failed. he left caracas.",
        "Juan Guaidó Said The Talks Failed. He Left Caracas.",
    ):
        found = annotate(text)
        assert len(found.sentences) == 2
        same = sum(a.upos == b.upos for a, b in zip(plain.tokens, found.tokens, strict=True))
        assert same >= len(plain.tokens) - 2


def test_a_record_is_what_the_contract_says() -> None:
    record = annotate(NEWS).as_record()
    assert list(record) == ["sentences", "tokens", "entities", "actors", "times", "attributions", "events"]
    assert json.loads(json.dumps(record)) == record
    assert asdict(annotate(NEWS).tokens[0]).keys() == record["tokens"][0].keys()
