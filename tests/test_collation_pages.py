"""The pages of collation: two texts side by side, a base text with its apparatus, the list of alterations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from browsers import chromium
from test_lineage_graph import HOSTILE, Links, harbour
from variorum.edition.copies import Difference, Kinship, Paper, Shared
from variorum.edition.quotes import Count
from variorum.publishing import collating
from variorum.publishing.apparatus import apparatus, sentences_of
from variorum.publishing.collating import Tallies, Wished
from variorum.publishing.links import FileLinks
from variorum.publishing.pages import View
from variorum.publishing.queries import BadQuery
from variorum.publishing.rendering import render, static_files
from variorum.publishing.side_by_side import FOLDED, Piece, Row, side_by_side
from variorum.publishing.witnesses import SIGLA, Compared, Stretch, Text, seen_from, turned

FERRY = (
    "Ferry talks fail\n\n"
    "Three islands lost their ferry on Monday. "
    "“We will not pay twice for the same boat,” Minister Elena Marsh said.\n\n"
    "The strike fund is empty, members were told.\n\n"
    "Talks go on in Port Sallow."
)
COPY = (
    "Talks on ferry collapse\n\n"
    "Four islands lost their ferry on Monday. "
    "“We will not pay twice for the same ship,” Minister Elena Marsh said.\n\n"
    "Talks go on in Port Sallow. A mediator is expected on Friday."
)
OTHER = (
    "Three islands lost their ferry on Tuesday.\n\n"
    "“We will not pay twice for the same ship,” Mayor Elena Marsh said.\n\n"
    "The strike fund is not empty, members were told."
)
A = Paper("a", "Ferry talks fail", "The Herald", "1 March 2021", "herald.txt")
B = Paper("b", "Talks on ferry collapse", None, "March 2021?", "copy.txt")
C = Paper("c", "", "The Gazette", None, "gazette.txt")

Severity = Literal["high", "medium", "low"]


def at(text: str, words: str) -> Stretch:
    """Where words stand in a text; they must stand there once."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return start, start + len(words)


def shared(one: str, two: str, a: str, b: str | None = None) -> Shared:
    return Shared(f"p{a[:9]}", at(one, a), at(two, b or a), "reworded" if b else "verbatim")


def difference(
    one: tuple[Paper, str],
    two: tuple[Paper, str],
    a: str,
    b: str,
    kind: str,
    severity: Severity,
    utterance: str | None = None,
) -> Difference:
    spans = [at(text, words) if words else None for (_, text), words in ((one, a), (two, b))]
    id = f"v{two[0].id}-{kind}-{len(a)}-{len(b)}"
    around = [
        (text[max(0, span[0] - 20) : span[0]], text[span[1] : span[1] + 20]) if span else ("", "")
        for (_, text), span in zip((one, two), spans, strict=True)
    ]
    speaker = "Elena Marsh" if utterance else None
    return Difference(
        *(id, "r1", one[0], two[0], spans[0], spans[1], a, b, around[0], around[1], kind, severity, 0.8),
        *(f"“{a}” against “{b}”", utterance, speaker),
    )


KINSHIP = Kinship("r1", A, B, "rewrite", "siblings", "x", True, 0.62, 0.9, "both credit the same agency", {"high": 1})


def compared() -> Compared:
    """The second text as seen from the first."""
    return Compared(
        Text(B, COPY),
        (
            shared(FERRY, COPY, "Ferry talks fail", "Talks on ferry collapse"),
            shared(
                FERRY, COPY, "Three islands lost their ferry on Monday.", "Four islands lost their ferry on Monday."
            ),
            shared(
                FERRY,
                COPY,
                "“We will not pay twice for the same boat,” Minister Elena Marsh said.",
                "“We will not pay twice for the same ship,” Minister Elena Marsh said.",
            ),
            shared(FERRY, COPY, "Talks go on in Port Sallow."),
        ),
        (
            difference((A, FERRY), (B, COPY), "Ferry talks fail", "Talks on ferry collapse", "wording", "low"),
            difference((A, FERRY), (B, COPY), "boat", "ship", "quote", "high", "u1"),
            difference((A, FERRY), (B, COPY), "Three", "Four", "number", "high"),
            difference((A, FERRY), (B, COPY), "The strike fund is empty, members were told.", "", "omission", "medium"),
            difference((A, FERRY), (B, COPY), "", "A mediator is expected on Friday.", "addition", "medium"),
        ),
        KINSHIP,
    )


def third() -> Compared:
    return Compared(
        Text(C, OTHER),
        (
            shared(
                FERRY, OTHER, "Three islands lost their ferry on Monday.", "Three islands lost their ferry on Tuesday."
            ),
            shared(
                FERRY,
                OTHER,
                "“We will not pay twice for the same boat,” Minister Elena Marsh said.",
                "“We will not pay twice for the same ship,” Mayor Elena Marsh said.",
            ),
            shared(
                FERRY,
                OTHER,
                "The strike fund is empty, members were told.",
                "The strike fund is not empty, members were told.",
            ),
        ),
        (
            difference((A, FERRY), (C, OTHER), "boat", "ship", "quote", "medium", "u1"),
            difference((A, FERRY), (C, OTHER), "Minister", "Mayor", "role", "high"),
            difference((A, FERRY), (C, OTHER), "is empty", "is not empty", "negation", "high"),
        ),
    )


def words(pieces: object) -> str:
    assert isinstance(pieces, tuple)
    return "".join(piece.text for piece in pieces)


def rendered(view: View) -> str:
    return render(view, Links(), "harbour")


class Ids(HTMLParser):
    """The ids of a page, and where its links within the page lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.within: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value and value.startswith("#"):
                self.within.add(value[1:])


# --- two texts --------------------------------------------------------------------------------------------------------


def test_the_rows_stand_in_the_order_of_the_first_text() -> None:
    rows, _ = side_by_side(Text(A, FERRY), compared())
    assert [(row.kind, words(row.a)[:12], words(row.b)[:12]) for row in rows] == [
        ("reworded", "Ferry talks ", "Talks on fer"),
        ("reworded", "Three island", "Four islands"),
        ("only-a", "The strike f", ""),
        ("verbatim", "Talks go on ", "Talks go on "),
        ("only-b", "", "A mediator i"),
    ]


def test_differences_are_numbered_by_place_and_listed_by_gravity() -> None:
    view = collating.collation(Text(A, FERRY), compared())
    assert [mark.difference.kind for mark in view.context["marks"]] == [
        *("wording", "number", "quote", "omission", "addition")
    ]
    assert [(mark.difference.severity, mark.number) for mark in view.context["listed"]] == [
        *(("high", 3), ("high", 2), ("medium", 4), ("medium", 5), ("low", 1))
    ]


def test_every_difference_is_marked_on_both_sides_and_has_one_place() -> None:
    page = rendered(collating.collation(Text(A, FERRY), compared()))
    for said in ("boat", "ship"):
        assert re.search(rf'<mark class="high quote"><span class="unseen"> \[quote, high: </span>{said}<', page)
    found = Ids(page)
    assert len(found.ids) == len(set(found.ids))
    assert found.within <= {*found.ids}
    assert {one.id for one in compared().differences} <= set(found.ids)


def test_severity_is_told_in_a_word_and_a_shape() -> None:
    page = rendered(collating.collation(Text(A, FERRY), compared()))
    for shape, word in (("▲", "high"), ("◆", "medium"), ("○", "low")):
        assert f'<span class="severity {word}"><span aria-hidden="true">{shape}</span> {word}</span>' in page


def test_a_passage_at_another_place_is_said_to_be_elsewhere() -> None:
    one, two = "First words here.\n\nSecond words here.\n\nThird words here.", ""
    two = "Third words here.\n\nFirst words here.\n\nSecond words here."
    passages = [shared(one, two, f"{name} words here.") for name in ("First", "Second", "Third")]
    rows, _ = side_by_side(Text(A, one), Compared(Text(B, two), passages))
    assert [(words(row.a)[:6].strip(), row.moved) for row in rows] == [
        *(("First", False), ("Second", False), ("Third", True))
    ]
    assert "elsewhere in B" in rendered(collating.collation(Text(A, one), Compared(Text(B, two), passages)))


def test_a_long_stretch_that_only_one_has_is_folded_and_a_short_one_is_not() -> None:
    long = " ".join(["word"] * (FOLDED + 1))
    for text, folded in ((long, True), ("word", False)):
        view = collating.collation(Text(A, text), Compared(Text(B, "")))
        assert [row.folded for row in view.context["rows"]] == [folded]
        assert ("<details>" in rendered(view)) is folded


def test_a_long_passage_stands_paragraph_by_paragraph() -> None:
    text = "One is here.\nTwo is here.\n\nThree is here."
    rows, _ = side_by_side(
        Text(A, text), Compared(Text(B, text), [Shared("p", (0, len(text)), (0, len(text)), "verbatim")])
    )
    assert [(words(row.a), row.same) for row in rows] == [
        *(("One is here.", True), ("Two is here.", True), ("Three is here.", True))
    ]


def test_what_only_the_second_has_follows_the_whole_passage_before_it() -> None:
    one = "One is here.\nTwo is here.\nAnd three."
    two = "One is here.\nTwo is here.\nNews.\nAnd three."
    passages = [
        Shared("p", at(one, "One is here.\nTwo is here."), at(two, "One is here.\nTwo is here."), "verbatim"),
        shared(one, two, "And three."),
    ]
    rows, _ = side_by_side(Text(A, one), Compared(Text(B, two), passages))
    assert [words(row.a) or words(row.b) for row in rows] == ["One is here.", "Two is here.", "News.", "And three."]


def test_what_is_aside_is_left_out() -> None:
    text = "Share this page\n\nOne is here."
    rows, _ = side_by_side(Text(A, text, (at(text, "Share this page"),)), Compared(Text(B, "Else.")))
    assert [words(row.a) or words(row.b) for row in rows] == ["Else.", "One is here."]


def test_a_difference_in_what_is_left_out_is_listed_without_a_link() -> None:
    text = "Share this page\n\nOne is here."
    found = (
        difference((A, text), (B, "Else."), "page", "", "omission", "low"),
        difference((A, text), (B, "Else."), "One", "Else", "wording", "low"),
    )
    view = collating.collation(Text(A, text, (at(text, "Share this page"),)), Compared(Text(B, "Else."), (), found))
    ids = Ids(rendered(view))
    assert "n2" in ids.ids
    assert ids.within <= set(ids.ids)


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
TEXTS = st.text("ab \n.", max_size=60)


def within(text: str, span: Stretch) -> Stretch | None:
    start, end = min(span[0], len(text)), min(span[1], len(text))
    return (start, end) if start < end else None


@given(TEXTS, TEXTS, st.lists(st.tuples(SPANS, SPANS), max_size=6), st.lists(st.tuples(SPANS, SPANS), max_size=6))
def test_every_word_stands_in_a_row_and_every_difference_has_one_number(
    one: str, two: str, passages: list[tuple[Stretch, Stretch]], spans: list[tuple[Stretch, Stretch]]
) -> None:
    found = [(within(one, a), within(two, b)) for a, b in passages]
    common = [Shared(f"p{i}", a, b, "reworded") for i, (a, b) in enumerate(found) if a and b]
    placed = [(within(one, a), within(two, b)) for a, b in spans]
    differing = [
        Difference(f"v{i}", "r", A, B, a, b, "", "", ("", ""), ("", ""), "wording", "low", 0.5, "")
        for i, (a, b) in enumerate(placed)
        if a or b
    ]
    rows, marks = side_by_side(Text(A, one), Compared(Text(B, two), common, differing))
    for text, sides in ((one, [row.a for row in rows]), (two, [row.b for row in rows])):
        shown = [piece.text for side in sides for piece in side]
        assert sum(part.count("a") for part in shown) >= text.count("a")
        assert sum(part.count("b") for part in shown) >= text.count("b")
    assert sorted(mark.number for mark in marks) == list(range(1, len(differing) + 1))
    anchors = [m.number for row in rows for piece in pieces_of(row) for m in piece.anchors]
    assert len(anchors) == len(set(anchors))


def pieces_of(row: Row) -> Iterator[Piece]:
    yield from row.a
    yield from row.b


def test_the_relation_is_told_in_words_from_whichever_side() -> None:
    copy = Kinship("r", A, B, "excerpt", "b-from-a", "a", False, 0.5, 0.9, "")
    assert collating.kinship_in_words(copy, "a") == "B is an excerpt from A."
    assert collating.kinship_in_words(copy, "b") == "A is an excerpt from B."
    assert "a lost original" in collating.kinship_in_words(KINSHIP, "a")
    unknown = Kinship("r", A, B, "reprint", "unknown", "", False, 0.9, 0.9, "")
    assert (
        collating.kinship_in_words(unknown, "a") == "One of A and B is a reprint of the other; which one is not known."
    )


def test_two_that_are_not_related_are_said_to_be_so() -> None:
    page = rendered(collating.collation(Text(A, FERRY), Compared(Text(C, OTHER))))
    assert "Neither was found to descend from the other" in page
    assert "No difference was found in what they share" in page


def test_a_pair_can_be_seen_from_its_other_side() -> None:
    boat, omitted = compared().differences[1], compared().differences[3]
    other = seen_from("b", boat)
    assert (other.a, other.a_words, other.b_words, other.a_span) == (B, "ship", "boat", boat.b_span)
    assert seen_from("b", omitted).kind == "addition"
    assert seen_from("a", omitted) == omitted
    assert seen_from("a", seen_from("b", omitted)) == omitted
    assert turned(turned(compared().shared[0])) == compared().shared[0]


# --- three and more ---------------------------------------------------------------------------------------------------


def test_witnesses_that_agree_against_the_base_are_one_reading() -> None:
    (_, first, second, _) = apparatus(Text(A, FERRY), [compared(), third()])
    ferry, quote = first
    assert [(r.lemma, r.words, r.sigla) for r in ferry.readings] == [("Three", "Four", ("B",))]
    assert [(r.lemma, r.words, r.sigla) for r in quote.readings] == [
        *(("boat", "ship", ("B", "C")), ("Minister", "Mayor", ("C",)))
    ]
    assert quote.readings[0].gravest.severity == "high"
    (fund,) = second
    assert [(r.lemma[:6], r.words, r.sigla) for r in fund.readings] == [
        *(("The st", "", ("B",)), ("is emp", "is not empty", ("C",)))
    ]


def test_a_sentence_that_a_witness_lacks_says_so_unless_a_difference_does() -> None:
    paragraphs = apparatus(Text(A, FERRY), [compared(), third()])
    lacking = {FERRY[s.start : s.start + 9]: s.lacking for paragraph in paragraphs for s in paragraph}
    assert lacking == {
        **{"Ferry tal": ("C",), "Three isl": (), "“We will ": (), "The strik": (), "Talks go ": ("C",)},
    }


def test_what_a_witness_adds_stands_after_what_it_follows() -> None:
    *_, (last,) = apparatus(Text(A, FERRY), [compared(), third()])
    assert [(r.lemma, r.words[:10], r.sigla) for r in last.readings] == [("", "A mediator", ("B",))]


def test_the_apparatus_is_told_below_its_sentence() -> None:
    page = rendered(collating.apparatus_view(Text(A, FERRY), [compared(), third()]))
    assert '<bdi class="lemma">boat</bdi><span class="bracket">]</span> <bdi class="theirs">ship</bdi>' in page
    assert '<b class="by">B C</b>' in page
    assert page.index("on Monday.</p>") < page.index('<bdi class="theirs">Four</bdi>') < page.index("We will not")
    assert '<i>omitted by</i> <b class="by">B</b>' in page
    found = Ids(page)
    assert len(found.ids) == len(set(found.ids))


def test_a_witness_that_shares_nothing_is_not_said_to_lack_each_sentence() -> None:
    page = rendered(collating.apparatus_view(Text(A, FERRY), [compared(), Compared(Text(C, "Else."))]))
    assert "C shares no passage with A" in page
    assert "the sentence is not in" not in page


def test_six_witnesses_have_six_letters() -> None:
    papers = [Paper(f"w{n}", f"Witness {n}", None, None, "") for n in range(5)]
    others = [
        Compared(Text(paper, FERRY), [Shared("p", (0, len(FERRY)), (0, len(FERRY)), "verbatim")]) for paper in papers
    ]
    page = rendered(collating.apparatus_view(Text(A, FERRY), others))
    assert [f"<dt>{siglum}</dt>" in page for siglum in SIGLA] == [True] * 6


@given(st.text("aB .?”\n", max_size=80))
def test_sentences_hold_every_letter_once(text: str) -> None:
    spans = sentences_of(text)
    assert spans == sorted(spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join(c for span in spans for c in text[slice(*span)] if c.isalnum()) == "".join(filter(str.isalnum, text))


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    text = "He said: “It failed.” She left. In Port St. it rained."
    assert [text[slice(*span)] for span in sentences_of(text)] == [
        *("He said: “It failed.”", "She left.", "In Port St. it rained."),
    ]


# --- what is asked for ------------------------------------------------------------------------------------------------


def test_an_address_names_two_to_six_documents() -> None:
    assert collating.chosen([("b", "2"), ("a", "1"), ("b", "3,4"), ("b", "2")]) == ("1", "2", "3", "4")
    for query in ([("a", "1")], [("a", "1"), ("b", "1")], [("b", ",".join("1234567"))], []):
        with pytest.raises(BadQuery):
            collating.chosen(query)


def test_filters_of_alterations_are_read_and_odd_ones_refused() -> None:
    wanted = collating.wished(
        {"kind": "quote", "severity": "high", "outlet": " The Herald ", "quoted": "1", "page": "3"}
    )
    assert wanted == Wished("quote", "high", "The Herald", True, 3)
    assert collating.wished({}) == Wished()
    assert wanted.place(kind=None).query == {"severity": "high", "outlet": "The Herald", "quoted": "1"}
    for query in ({"kind": "colour"}, {"severity": "grave"}):
        with pytest.raises(BadQuery, match="There are: "):
            collating.wished(query)


TALLIES = Tallies(
    (Count("number", "number", 1), Count("quote", "quote", 2)),
    (Count("high", "high", 3), Count("low", "low", 1)),
    (Count("The Herald", "The Herald", 3), Count("?", "?", 1)),
)


def test_an_alteration_leads_to_both_places_and_to_the_pair() -> None:
    page = rendered(collating.alterations(compared().differences, 5, TALLIES, Wished()))
    start, end = at(FERRY, "boat")
    assert f'href="/documents/a?at={start}-{end}#at"' in page
    quote = compared().differences[1]
    assert f'href="/copies/r1#{quote.id}"' in page
    assert 'href="/utterances/u1"' in page
    assert "within a quote of <bdi>Elena Marsh</bdi>" in page
    assert "nothing here" in page
    assert 'href="/alterations?severity=high"' in page
    assert 'href="/alterations?quoted=1"' in page


def test_a_narrowed_list_says_to_what() -> None:
    page = rendered(collating.alterations((), 0, Tallies(), Wished("quote", "high", "?", True)))
    for told in ("high severity", "quote", "no known outlet", "within quotes"):
        assert f"<b><bdi>{told}</bdi></b>" in page
    assert "No alteration is like that." in page


def test_pages_of_a_long_list_keep_the_filters() -> None:
    page = rendered(collating.alterations(compared().differences, 100, TALLIES, Wished("quote", page=2)))
    assert 'href="/alterations?kind=quote&amp;page=3"' in page
    assert 'rel="prev" href="/alterations?kind=quote"' in page


# --- safety and looks -------------------------------------------------------------------------------------------------


def hostile_views() -> list[View]:
    bad = Paper("a", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    worse = Paper("b", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    text = f"{HOSTILE} one.\n\n{HOSTILE} two."
    span = (0, len(HOSTILE))
    found = Difference(
        *(
            "v1",
            "r1",
            bad,
            worse,
            span,
            span,
            HOSTILE,
            HOSTILE,
            (HOSTILE, HOSTILE),
            (HOSTILE, HOSTILE),
            "quote",
            "high",
        ),
        *(0.5, HOSTILE, "u", HOSTILE),
    )
    kinship = Kinship("r1", bad, worse, "reprint", "a-from-b", "b", False, 0.9, 0.9, HOSTILE)
    other = Compared(Text(worse, text), [Shared("p", span, span, "verbatim")], [found], kinship)
    counts = Tallies((), (), (Count(HOSTILE, HOSTILE, 1), Count("x", "x", 1)))
    return [
        collating.collation(Text(bad, text), other),
        collating.apparatus_view(Text(bad, text), [other, other]),
        collating.alterations([found], 1, counts, Wished(outlet=HOSTILE)),
    ]


def test_texts_from_outside_never_become_mark_up() -> None:
    for view in hostile_views():
        page = rendered(view)
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def all_views() -> dict[str, View]:
    return {
        "lineage": collating.lineage([harbour()], 1, 3),
        "family": collating.family(harbour()),
        "two": collating.collation(Text(A, FERRY), compared()),
        "many": collating.apparatus_view(Text(A, FERRY), [compared(), third()]),
        "alterations": collating.alterations(compared().differences, 5, TALLIES, Wished()),
    }


def test_the_same_pages_can_be_files() -> None:
    for view in all_views().values():
        page = render(view, FileLinks("lineage.html"), "harbour")
        assert 'href="None"' not in page
        assert "Set side by side" not in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def written(folder: Path, view: View) -> Path:
    """A page with its stylesheets beside it, so that a browser can open it from a folder."""
    for name, content in static_files().items():
        (folder / name).write_bytes(content)
    path = folder / "page.html"
    page = re.sub(r'(href|src)="/static/([^"?]+)[^"]*"', r'\1="\2"', rendered(view))
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    axe = next(f for f in resources.files("axe_playwright_python").iterdir() if f.name == "axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    found: dict[str, object] = {}
    for name, view in all_views().items():
        page.goto(written(tmp_path, view).as_uri())
        page.add_script_tag(content=axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert result["passes"], f"{name}: nothing was looked at"
        if result["violations"]:
            found[name] = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in result["violations"]]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[f"{name} scrolls"] = over
    context.close()
    assert found == {}


@pytest.mark.browser
def test_the_keyboard_goes_from_difference_to_difference(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=True)
    page.goto(written(tmp_path, collating.collation(Text(A, FERRY), compared())).as_uri())
    bar = page.locator(".place:target .steps")
    page.locator("a", has_text="Go to the first difference").press("Enter")
    for number in (1, 2, 3):
        assert f"{number} of 5" in bar.inner_text()
        next_step = bar.locator("a", has_text="next")
        for _ in range(3):
            page.keyboard.press("Tab")
            if next_step.evaluate("link => link === document.activeElement"):
                break
        assert next_step.evaluate("link => link === document.activeElement")
        page.keyboard.press("Enter")
    page.close()


@pytest.mark.browser
def test_words_are_not_cut_out_of_their_boxes(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(written(tmp_path, collating.lineage([harbour()], 1, 3)).as_uri())
    over = page.evaluate(
        """[...document.querySelectorAll('.drawing .node')].filter(node => {
            const box = node.querySelector('rect').getBoundingClientRect();
            return [...node.querySelectorAll('text')].some(t => t.getBoundingClientRect().right > box.right);
        }).length"""
    )
    page.close()
    assert over == 0
