"""Markdown is kept as it stands and read without its signs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures_formats import item, read, sound
from variorum.reading.formats import extract
from variorum.reading.formats.markdown import looks_like_markdown, of_text
from variorum.records import Edit, ReadingText, Zone


def words(text: str) -> str:
    """Return how a Markdown text is read, what is furniture left out."""
    found = extract(item("markdown", text))
    sound(found)
    furniture = [Edit(z.start, z.end, "") for z in found.zones if z.kind == "furniture"]
    return ReadingText.of(text, (Zone(0, len(text), "body"),), [*found.edits, *furniture]).text.strip("\n")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("The *old* harbour, the **very old** one, the ***oldest***", "The old harbour, the very old one, the oldest"),
        ("the _old_ harbour and the __pier__", "the old harbour and the pier"),
        ("snake_case_name and 2 * 3 * 4 and a * b", "snake_case_name and 2 * 3 * 4 and a * b"),
        ("a lone * star and **unclosed", "a lone * star and **unclosed"),
        ("**bold with *nested* words**", "bold with nested words"),
        ("~~struck~~ word", "struck word"),
        ("see [the report](https://v.example/r_1_(x) \"title\"), it says", "see the report, it says"),
        ("see [the *old* report](/r) and [not a link]", "see the old report and [not a link]"),
        ("he said [the mayor] would go", "he said [the mayor] would go"),
        ("see [one][1], [two][] and [three].\n\n[1]: https://v.example\n[two]: /2\n[three]: <x>",
         "see one, two and three."),
        ("before ![alt words](x.jpg) after", "before  after"),
        ("<https://v.example/a_b_c>", "https://v.example/a_b_c"),
        ("a \\*star\\* and a \\_line\\_", "a *star* and a _line_"),
        ("AT&amp;T &quot;quoted&quot; &nbsp;&bogus;", "AT&T \"quoted\"  &bogus;"),
        ("a <b>bold</b> word<br>next <!-- hidden --> end", "a bold word\nnext  end"),
        ("run `a*b*c` now", "run a*b*c now"),
        ("a footnote[^1] here", "a footnote here"),
        ("> quoted\n> words", "quoted\nwords"),
        ("- one\n- two\n\n1. three", "one\ntwo\n\n1. three"),
        ("# Harbour *closes* #\n\ntext", "Harbour closes\n\ntext"),
        ("#MeToo is no heading", "#MeToo is no heading"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a\tb\n\n1\t2"),
        ("```\n*code*\n```\nafter *it*", "\n*code*\n\nafter it"),
        ("line one\\\nline two", "line one\nline two"),
        ("<script>evil()</script>after", "after"),
        ("*one\ntwo*", "one\ntwo"),
        ("\"*Harbour*\", she said, 5*5", "\"Harbour\", she said, 5*5"),
    ],
)  # fmt: skip
def test_signs_are_not_read_and_words_are(text: str, read_as: str) -> None:
    assert words(text) == read_as.strip("\n")


def kinds(text: str) -> list[tuple[str, str]]:
    found = of_text(text)
    return [(z.kind, text[z.start : z.end]) for z in found.zones]


def test_headings_rules_and_pictures_are_zones() -> None:
    text = "# One\n\nTwo\n===\n\nwords\n\n---\n\n![Pier](pier.jpg)\n\n[1]: https://v.example\n"
    assert kinds(text) == [
        ("heading", "# One"),
        ("heading", "Two\n==="),
        ("furniture", "---"),
        ("furniture", "![Pier](pier.jpg)"),
        ("furniture", "[1]: https://v.example"),
    ]


def test_front_matter_gives_clues_and_is_set_apart() -> None:
    fields = "title: 'Harbour: closed'\nauthor: [Ida Bell, Tom Ash]\ndate: 2019-05-06\nsite: Veld Times\nyes: no"
    text = f"---\n{fields}\n---\nWords."
    found = of_text(text)
    assert {c.field: (c.value, c.method) for c in found.clues} == {
        "title": ("Harbour: closed", "frontmatter"),
        "author": ("Ida Bell, Tom Ash", "frontmatter"),
        "published": ("2019-05-06", "frontmatter"),
        "outlet": ("Veld Times", "frontmatter"),
    }
    assert [(z.kind, text[z.start : z.end][:3], text[z.end :]) for z in found.zones] == [
        ("furniture", "---", "\nWords.")
    ]


def test_front_matter_in_toml() -> None:
    found = of_text('+++\ntitle = "Harbour"\ndate = 2019-05-06T10:00:00Z\n+++\nWords.')
    assert {c.field: c.value for c in found.clues} == {"title": "Harbour", "published": "2019-05-06"}


@pytest.mark.parametrize(
    "body", ["a: [", "a: &x [*x]", "- " * 5000, "a: !!python/object/apply:os.system ['x']", "[" * 5000]
)
def test_broken_front_matter_says_nothing(body: str) -> None:
    found = of_text(f"---\nx: y\n{body}\n---\nWords.")
    assert read(found).text.endswith("Words.")


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert not of_text("---\n\nWords.\n\n---\nMore").clues


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.\n\nMore words * and [sic] words.",
        "- a dash\n- another",
        "#hashtag and *stage direction*",
        "a\n---\nb",
        "1. one\n2. two",
    ],
)
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    assert not looks_like_markdown(text)


SIGNS = st.text(st.sampled_from("*_[]()`<>#-|!\\&;~:= \n\rab\"'1.x/") | st.characters(codec="utf-8"), max_size=80)


@given(SIGNS)
@settings(deadline=None)
def test_any_text_keeps_its_offsets(text: str) -> None:
    found = of_text(text)
    assert found.text == text
    sound(found)
    sound(extract(item("markdown", text + " x")))


@given(st.text(st.sampled_from("abc ,.\n\"'()"), max_size=80))
def test_text_without_signs_is_read_as_it_stands(text: str) -> None:
    found = of_text(text)
    assert not found.edits and not found.zones


@pytest.mark.parametrize(
    "unit",
    ["*a ", "**", "_a_", "[", "[a](", "![", "`", "<a ", "&amp", "\\", "[a][b]", "~~", "> ", "- ", "# ", "|", "<!--",
     "***a", "a**b*c_", "![a](b)", "\n---", "```\n", "[^", "<script>", "`a``", "(", "a*"],
)  # fmt: skip
def test_the_worst_input_takes_no_more_than_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.perf_counter()
    sound_text = of_text(text).text
    looks_like_markdown(text)
    assert sound_text == text
    assert time.perf_counter() - began < 3
