"""The edges of names, whatever the model tags."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from variorum.language import names as module
from variorum.language.annotation import NameType, Token
from variorum.language.coreference import name_words, same_name
from variorum.language.names import Name


def tokens(text: str, *tags: str) -> tuple[list[str], list[Token]]:
    """Words separated by spaces, "+" where there is none in the text; part of speech PROPN unless told."""
    words, found, at = [], [], 0
    parts = [part for chunk in text.split() for part in chunk.split("+")]
    glue = [i > 0 for chunk in text.split() for i in range(len(chunk.split("+")))]
    for i, (word, glued) in enumerate(zip(parts, glue, strict=True)):
        at += 0 if glued or i == 0 else 1
        tag = (
            tags[i]
            if i < len(tags)
            else "PART"
            if word in ("'s", "’s")
            else "PUNCT"
            if not word[0].isalnum()
            else "PROPN"
        )
        found.append(Token(at, at + len(word), tag, word.lower(), -1, "dep"))
        words.append(word)
        at += len(word)
    return words, found


def trimmed(text: str, start: int, end: int, type: NameType) -> str | None:
    words, found = tokens(text)
    name = module._trimmed(Name(start, end, type, 0.9), words, found)
    return None if name is None else " ".join(words[name.start : name.end])


@pytest.mark.parametrize(
    ("text", "type", "left"),
    [
        ("Maduro+'s", "PER", "Maduro"),
        ("Mr. Guaidó", "PER", "Guaidó"),
        ("Foreign Minister Jorge Arreaza", "PER", "Jorge Arreaza"),
        ("President", "PER", None),
        ("the United Nations", "ORG", "United Nations"),
        ("“+Forward", "ORG", "Forward"),
        ("The Hague", "MISC", "The Hague"),
        ("King", "ORG", "King"),
        ("...", "PER", None),
        ("U.S.", "LOC", "U.S."),
        ("Washington+.", "LOC", "Washington"),
    ],
)
def test_what_is_no_part_of_a_name_stays_outside(text: str, type: NameType, left: str | None) -> None:
    count = len([part for chunk in text.split() for part in chunk.split("+")])
    assert trimmed(text, 0, count, type) == left


def joined(text: str, *spans: tuple[int, int], type: NameType = "PER") -> list[str]:
    words, found = tokens(text)
    names = module._joined([Name(s, e, type, 0.9) for s, e in spans], words, found)
    return [text.replace("+", "")[found[n.start].start : found[n.end - 1].end] for n in names]


def test_names_are_whole_across_hyphens_and_particles() -> None:
    assert joined("Alexandria Ocasio+-+Cortez spoke", (0, 2), (3, 4)) == ["Alexandria Ocasio-Cortez"]
    assert joined("Alexandria Ocasio+-+Cortez spoke", (0, 2)) == ["Alexandria Ocasio-Cortez"]
    assert joined("Rómulo de la Peña spoke", (0, 1), (3, 4)) == ["Rómulo de la Peña"]
    assert joined("Fuad and Tariq spoke", (0, 1), (2, 3)) == ["Fuad", "Tariq"]
    assert joined("Merkel - Macron", (0, 1)) == ["Merkel"]


@pytest.fixture
def tags(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """Classes of names without weight files."""
    found = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")

    class Fake:
        tags = found

    monkeypatch.setattr("variorum.language.bundle.news", lambda: Fake)
    module._forbidden.cache_clear()
    yield found
    module._forbidden.cache_clear()


def test_an_inside_follows_a_beginning_of_its_kind(tags: tuple[str, ...]) -> None:
    generator = np.random.default_rng(3)
    for _ in range(200):
        scores = generator.normal(size=(7, len(tags))).astype(np.float32) * 3
        chances = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        found = module._decoded(scores, chances, 10)
        assert all(10 <= n.start < n.end <= 17 and 0 <= n.score <= 1 for n in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_name_is_of_one_kind_throughout_a_text(tags: tuple[str, ...]) -> None:
    words, found = tokens("Caracas said Caracas would Caracas and caracas")
    chances = np.full((len(words), len(tags)), 0.2, dtype=np.float32)
    names = [Name(0, 1, "LOC", 0.95), Name(2, 3, "PER", 0.3)]
    kept = module._consistent(names, words, found, chances)
    assert [(n.start, n.type) for n in kept] == [(0, "LOC"), (2, "LOC"), (4, "LOC")]


@pytest.mark.parametrize(
    ("a", "b", "kind", "same"),
    [
        ("Juan Guaidó", "Guaido", "PER", True),
        ("Juan Gerardo Guaidó", "Juan Guaidó", "PER", True),
        ("J. Guaidó", "Juan Guaidó", "PER", True),
        ("Nicolás Maduro", "Delcy Maduro", "PER", False),
        ("George Bush", "George Clooney", "PER", False),
        ("United Nations", "UN", "ORG", True),
        ("Organization of American States", "OAS", "ORG", True),
        ("National Assembly", "National Guard", "ORG", False),
        ("Lima Group", "Lima", "ORG", True),
        ("New York", "York", "LOC", False),
    ],
)
def test_which_names_can_be_forms_of_one(a: str, b: str, kind: str, same: bool) -> None:
    assert same_name(name_words(a.split()), name_words(b.split()), kind) is same
    assert same_name(name_words(b.split()), name_words(a.split()), kind) is same
