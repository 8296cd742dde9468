"""Texts that are too long to be read at once."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from variorum.language import Actor, Annotation, Entity, Mention, Token, annotate
from variorum.language.sections import LONGEST, joined, moved, sections_of


@given(st.text("ab. \n", max_size=300), st.integers(2, 40))
def test_sections_are_the_text_cut_up(text: str, longest: int) -> None:
    found = list(sections_of(text, longest))
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(0 < end - start <= longest for start, end in found) or not text


def test_a_section_ends_with_a_paragraph_if_it_can() -> None:
    text = "One two. Three.\n\nFour five six. Seven eight nine ten."
    start, end = next(sections_of(text, 30))
    assert text[start:end].endswith("Three.\n\n")


def section(*names: tuple[str, str]) -> Annotation:
    """Two words and the actors of those names and kinds, each named once."""
    mention = Mention(0, 1, "name", 1.0)
    return Annotation(
        ((0, 3),),
        (Token(0, 1, "PROPN", "a", 1, "nsubj"), Token(2, 3, "VERB", "b", -1, "root")),
        tuple(Entity(0, 1, "PER", i, 0.9) for i in range(len(names))),
        tuple(Actor(name, kind, (mention,)) for name, kind in names),  # type: ignore[arg-type]  # kinds of the test
        (),
    )


def test_actors_go_on_by_their_names() -> None:
    first = section(("Juan Guaidó", "person"), ("United Nations", "organisation"))
    second = section(("Guaido", "person"), ("UN", "organisation"), ("Juan Guaidó", "organisation"))
    third = section(("Ana Guaidó", "person"), ("Guaidó", "person"))
    found = joined([first, moved(second, 10), moved(third, 20)])
    assert [(a.name, a.kind, len(a.mentions)) for a in found.actors] == [
        ("Juan Guaidó", "person", 2),
        ("United Nations", "organisation", 2),
        ("Juan Guaidó", "organisation", 1),
        ("Ana Guaidó", "person", 1),
        # with two bearers of the name, whose it is can't be told
        ("Guaidó", "person", 1),
    ]
    assert [t.head for t in found.tokens] == [1, -1, 3, -1, 5, -1]
    assert [found.actors[e.actor].name for e in found.entities if e.actor is not None][:2] == [
        "Juan Guaidó",
        "United Nations",
    ]


def test_a_long_text_is_read_as_one() -> None:
    text = (
        "Juan Guaidó left Caracas. "
        + "The talks went on for days without an end in sight. " * (LONGEST // 45)
        + "Guaidó came back."
    )
    assert len(text) > LONGEST
    found = annotate(text)
    assert text[found.tokens[-2].start : found.tokens[-2].end] == "back"
    (actor,) = [a for a in found.actors if a.name == "Juan Guaidó"]
    assert [text[m.start : m.end] for m in actor.mentions] == ["Juan Guaidó", "Guaidó"]
