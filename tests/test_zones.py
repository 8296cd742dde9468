"""Zones: every stretch of a document is what it is, and no paragraph is taken for page furniture."""

from __future__ import annotations

import time
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.reading.extracted import Extracted
from variorum.reading.zones import assign
from variorum.records import ZONE_KINDS, Zone, ZoneKind

LEAD = (
    "The mayor of Ortavale, Ilse Brandt, said on Tuesday that the harbour would reopen within a week, despite protests "
    "from dock workers who want higher pay."
)
QUOTE = "“We have listened to everyone,” she told reporters outside the town hall. “Now it is time to act.”"
RIVAL = "Her rival, Tomas Reyl, who also claims the office, called the decision illegal and urged the council to meet."
COUNCIL = "The council has been split since the vote in March, when both candidates declared victory."
BODY = (LEAD, QUOTE, RIVAL, COUNCIL)


def zones(*lines: str, title: str | None = None, between: str = "\n\n") -> list[tuple[ZoneKind, str]]:
    """Return kind and words of each zone of a text made of these lines."""
    text = between.join(lines)
    return [(z.kind, text[z.start : z.end]) for z in assign(Extracted(text), title)]


def kind_of(line: str, around: tuple[str, ...] = BODY) -> ZoneKind:
    """Return what ``line`` is taken for in the middle of an article."""
    return next(kind for kind, words in zones(*around[:2], line, *around[2:]) if words == line)


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Advertisement",
        "ADVERTISEMENT:",
        "Share on Facebook",
        "Share this with Email Facebook Messenger Twitter",
        "Follow us on Twitter",
        "Media playback is unsupported on your device",
        "Story continues below advertisement",
        "Read more: Dock workers strike again",
        "SEE ALSO: What the rival mayor wants",
        "Sign up for our morning newsletter and never miss a story.",
        "We use cookies to give you the best experience. By continuing you agree to our cookie policy.",
        "Tags: harbour, mayor, strike",
        "© 2019 The Ortavale Times. All rights reserved.",
        "https://ortavale.example/news/2019/harbour",
        "<https://ortavale.example/news/2019/harbour>",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "12 Comments",
        "---",
        "* * *",
        "Kommentar schreiben",
    ],
)
def test_furniture_alone_on_a_line_is_set_apart(line: str) -> None:
    assert kind_of(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "The advertisement ran in all newspapers on the island.",
        "Read more about the harbour, she said, and you will change your mind.",
        "“Subscribe to our vision,” she told the crowd, “and join us on the road to peace.”",
        "Share prices fell by 3% after the news.",
        "Comments by the mayor were not welcome.",
        "The company said its cookies policy had not changed, and that all rights reserved to it were in the contract.",
        "Follow the money, Mr Reyl said.",
        "Facebook said this is controlled by the privacy settings of a user's friends, and no longer possible.",
        "He declined to comment.",
        "No.",
        "The image copyright belongs to the harbour company, the court found.",
    ],
)
def test_a_sentence_that_uses_the_words_of_furniture_stays_body(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\r\n\r\n"])
def test_labels_of_pictures_announce_credit_and_caption(between: str) -> None:
    found = zones(
        *(LEAD, "Image copyright", "Getty Images", "Image caption", "Ilse Brandt took office in March", QUOTE),
        between=between,
    )
    assert [kind for kind, _ in found] == ["body", "furniture", "credit", "furniture", "caption", "body"]


def test_a_label_glued_to_its_caption_is_cut_at_the_word() -> None:
    found = zones(LEAD, "Media captionWho is really in charge? Our correspondent explains", QUOTE)
    assert found[1:3] == [
        ("furniture", "Media caption"),
        ("caption", "Who is really in charge? Our correspondent explains"),
    ]


def test_a_caption_glued_to_a_label_is_cut_at_the_word() -> None:
    found = zones("Mayor reopens harbour", "Ilse Brandt in Ortavale, 3 MarchImage copyright\nReuters", *BODY)
    assert found[:4] == [
        ("heading", "Mayor reopens harbour"),
        ("caption", "Ilse Brandt in Ortavale, 3 March"),
        ("furniture", "Image copyright"),
        ("credit", "Reuters"),
    ]


def test_several_labels_on_one_line() -> None:
    found = zones(LEAD, "Image copyrightEPAImage captionDock workers marched through the town on Monday", QUOTE)
    assert [kind for kind, _ in found] == ["body", "furniture", "credit", "furniture", "caption", "body"]


def test_caption_and_credit_without_a_space_between_them() -> None:
    found = zones("Open this photo in gallery:", "Mayor Brandt speaks in Ortavale.JANE ROE/AFP/Getty Images", *BODY)
    assert found[:3] == [
        ("furniture", "Open this photo in gallery:"),
        ("caption", "Mayor Brandt speaks in Ortavale."),
        ("credit", "JANE ROE/AFP/Getty Images"),
    ]


def test_a_page_that_became_one_line() -> None:
    text = (
        f"Skip to main content Open this photo in gallery: Mayor Brandt speaks.JANE ROE/AFP/Getty Images {LEAD} {QUOTE}"
    )
    assert [kind for kind, _ in zones(text)] == ["furniture", "furniture", "caption", "credit", "body"]


def test_headline_standfirst_byline_and_dateline() -> None:
    found = zones(
        *(
            "Mayor reopens harbour",
            "The rival mayor calls it “an act of war.”",
            "By Jane Roe and John Doe, Staff Writers",
        ),
        f"ORTAVALE, Jan 23 (Reuters) - {LEAD}",
        *(QUOTE, "Diplomatic pressure grows", RIVAL, "What does the council say?", COUNCIL),
        "(Reporting by Jane Roe in Ortavale; Editing by John Doe)",
    )
    expected = [
        "heading",
        "heading",
        "byline",
        "dateline",
        "body",
        "body",
        "heading",
        "body",
        "heading",
        "body",
        "credit",
    ]
    assert [kind for kind, _ in found] == expected
    assert found[3][1] == "ORTAVALE, Jan 23 (Reuters) -"


def test_the_end_of_a_story_from_a_radio_in_markdown() -> None:
    found = zones(
        "# *Mayor reopens harbour*",
        "---",
        *BODY,
        "---",
        "<https://radio.example/index.php/en/1234>",
        "**Radio Ortavale**",
    )
    assert [kind for kind, _ in found] == ["heading", "furniture", *["body"] * 4, "furniture", "furniture", "credit"]


def test_front_matter_is_furniture() -> None:
    found = zones("---\ntitle: Mayor reopens harbour\ndate: 2019-02-03\n---", *BODY)
    assert [kind for kind, _ in found] == ["furniture", *["body"] * 4]


def test_people_who_edited_and_translated_are_credits() -> None:
    found = zones("Mayor reopens harbour", *BODY, "Translated by Jane Roe", "Edited by John Doe from Ortavale.")
    assert [kind for kind, _ in found[-2:]] == ["credit", "credit"]


def test_links_under_their_head_are_furniture_and_items_of_a_list_are_not() -> None:
    links = zones(
        LEAD, QUOTE, RIVAL, COUNCIL, "Related stories", "Harbour row: what we know", "Rival mayor vows to stay"
    )
    assert [kind for kind, _ in links[-3:]] == ["furniture"] * 3
    items = zones(
        LEAD, "The council has listed three demands:", "Reopen the harbour", "Pay the workers", "Vote again", RIVAL
    )
    assert all(kind == "body" for kind, _ in items)


def test_comments_form_behind_the_article() -> None:
    form = ("Leave a Reply", "Your email address will not be published.", "Comment *", "Name *", "Email *", "Website")
    found = zones("Mayor reopens harbour", *BODY, *form)
    assert [kind for kind, _ in found] == ["heading", *["body"] * 4, *["furniture"] * 6]


def test_menu_before_the_article_and_foot_behind_it() -> None:
    menu = ("Home", "News", "Harbour", "Island life", "Ferries", "Our region", "Sport", "Archive")
    foot = ("About us", "Privacy Policy", "Terms of Use", "Island weather", "Ferry times")
    found = zones(*menu, "Mayor reopens harbour after three weeks", *BODY, *foot, between="\n")
    kinds = [kind for kind, _ in found]
    assert kinds == [*["furniture"] * 8, "heading", *["body"] * 4, *["furniture"] * 5]


def test_a_table_before_the_text_is_no_menu() -> None:
    table = ["Results of the harbour cup", *(f"| {n} | Boat {n} of Ortavale | {n * 3} |" for n in range(1, 15))]
    found = zones(*table, *BODY, between="\n")
    assert [kind for kind, _ in found] == ["heading", *["body"] * 18]


def test_wrapped_lines_become_one_paragraph() -> None:
    paragraphs = [f"{LEAD} {QUOTE}", f"{RIVAL} {COUNCIL}", f"{COUNCIL} {LEAD}"]
    text = "\n\n".join("\n".join(wrap(p, 68)) for p in paragraphs)
    found = zones("Mayor reopens harbour", "By Jane Roe", text, "Advertisement")
    assert [kind for kind, _ in found] == ["heading", "byline", "body", "body", "body", "furniture"]
    assert [" ".join(words.split()) for kind, words in found if kind == "body"] == paragraphs


def test_a_line_that_repeats_the_title_is_a_heading() -> None:
    found = zones(
        LEAD, "Brandt and Reyl, two mayors for one town", QUOTE, title="Brandt and Reyl, two mayors for one town"
    )
    assert found[1][0] == "heading"


def test_the_mark_up_is_believed_unless_it_is_absurd() -> None:
    text = "\n\n".join(("Island life", LEAD, "Leave a Reply", QUOTE, " ".join([RIVAL] * 6)))
    at = {line: (text.index(line), text.index(line) + len(line)) for line in text.split("\n\n")}
    hints = [
        Zone(*at[LEAD], "caption", 0.9, "marked as a caption"),
        Zone(*at["Leave a Reply"], "heading", 0.9, "marked as a heading"),
        Zone(*at[" ".join([RIVAL] * 6)], "heading", 0.9, "marked as a heading"),
    ]
    found = {text[z.start : z.end]: z.kind for z in assign(Extracted(text, tuple(hints)))}
    assert found[LEAD] == "caption"
    assert found["Leave a Reply"] == "furniture"
    assert found[" ".join([RIVAL] * 6)] == "body"


def test_a_guess_says_so() -> None:
    found = assign(Extracted("\n\n".join(["Mayor reopens harbour", *BODY, "Harbour and town"])))
    assert all(z.reason for z in found)
    assert found[-1].score < 0.8


FRAGMENTS = st.sampled_from(
    [
        *BODY,
        *(
            "Image copyright",
            "Image caption",
            "Getty Images",
            "Read more:",
            "Leave a Reply",
            "---",
            "By Jane Roe",
            "News",
            "#",
        ),
        *(
            "CARACAS (AP) — ",
            "toggle caption",
            "JANE ROE/AFP/Getty Images",
            "(Reporting by A; Editing by B)",
            "www.example.org",
        ),
        *(
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "\u00a0",
            "\u2028",
            "\u200b",
            "\x00",
            "é",
            "漢字。",
            "🙂",
            "\ud800",
            "a",
            ".",
            "’",
        ),
    ]
)


@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=20)), max_size=30), st.one_of(st.none(), st.text(max_size=40)))
@settings(max_examples=300, deadline=None)
def test_zones_tile_any_text(parts: list[str], title: str | None) -> None:
    text = "".join(parts)
    check_tiling(text, assign(Extracted(text), title))


@given(st.lists(FRAGMENTS, min_size=1, max_size=20), st.data())
@settings(max_examples=100, deadline=None)
def test_zones_tile_any_text_with_any_hints(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    hints = tuple(
        Zone(a, b, data.draw(st.sampled_from(ZONE_KINDS)), 0.9, "said by the mark-up")
        for a, b in zip(ends[::2], ends[1::2], strict=False)
    )
    check_tiling(text, assign(Extracted(text, hints)))


def check_tiling(text: str, found: tuple[Zone, ...]) -> None:
    """Zones are sorted, don't overlap, and leave nothing but white space outside them and at their edges."""
    at = 0
    for zone in found:
        assert zone.start >= at
        assert not text[at : zone.start].strip()
        words = text[zone.start : zone.end]
        assert words
        assert words == words.strip()
        assert 0 <= zone.score <= 1
        assert zone.reason
        at = zone.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    ["word " * 400_000, "A/" * 500_000, "Image copyright " * 20_000, "(" * 500_000, "---\n" * 30_000, "AP/" * 300_000],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.perf_counter()
    assign(Extracted(text))
    assert time.perf_counter() - start < 8


def test_a_second_report_behind_many_links_is_not_given_up() -> None:
    links = ("Share on Facebook", "Share on Twitter", "Email", "Print", "Subscribe", "Advertisement", "Related stories")
    second = (RIVAL, COUNCIL, LEAD, QUOTE, RIVAL, COUNCIL)
    kinds = [kind for kind, _ in zones("Mayor reopens harbour", *(BODY * 3), *links, *second)]
    assert kinds == ["heading", *["body"] * 12, *["furniture"] * 7, *["body"] * 6]


MENU = "Home World Isles Business Weather"


def test_masthead_navigation_and_stamp_above_the_headline_are_told_apart() -> None:
    head = (
        "Skip to content",
        "The Ortavale Gazette",
        "News Harbour Sailing Letters",
        "Mayor reopens harbour after a week",
    )
    found = zones("\n".join((*head, "By Jane Roe", "Tuesday, 7.40am", "Share Print Email")), *BODY)
    kinds = ["furniture", "furniture", "furniture", "heading", "byline", "byline", "furniture"]
    assert [kind for kind, _ in found] == [*kinds, *["body"] * 4]


def test_a_name_in_capitals_above_the_links_of_the_page_is_no_heading() -> None:
    found = zones(
        "OBC", "Skip to main content", MENU, "Mayor reopens harbour after a week", "Share page", *BODY, between="\n"
    )
    assert [kind for kind, _ in found] == ["furniture"] * 3 + ["heading", "furniture"] + ["body"] * 4


@pytest.mark.parametrize(
    "line", ["Court Upholds Ortavale Ban", "Council Names Brandt Harbour Mayor", "Ilse Brandt Meets Reyl"]
)
def test_a_headline_in_capitals_is_no_navigation(line: str) -> None:
    assert zones(line, "By Jane Roe", *BODY)[0][0] == "heading"
    assert zones("Skip to content", line, "By Jane Roe", *BODY)[1][0] == "heading"


def test_navigation_is_not_given_up_where_it_may_be_the_headline() -> None:
    assert zones("World Business News Weather", *BODY)[0][0] == "heading"


def test_the_name_that_the_mark_up_gives_the_site_is_furniture() -> None:
    lines = ("The Islander", "Mayor reopens harbour after a week", "Jane Roe, The Islander", *BODY)
    text = "\n\n".join(lines)
    found = [z.kind for z in assign(Extracted(text), outlets=["Islander"])]
    assert found == ["furniture", "heading", "byline", *["body"] * 4]
    assert next(z.kind for z in assign(Extracted(text), outlets=["www.islander.example"])) == "furniture"
    assert next(z.kind for z in assign(Extracted(text), outlets=["www.ortavale.example"])) == "heading"


def test_a_markdown_heading_that_repeats_the_title_stays_a_heading() -> None:
    text = "---\ntitle: The Islander speaks\nsite: The Islander\n---\n\n# The Islander speaks\n\n" + "\n\n".join(BODY)
    found = assign(Extracted(text), "The Islander speaks", ["The Islander"])
    assert [z.kind for z in found] == ["furniture", "heading", *["body"] * 4]


def test_a_name_with_the_post_below_it_is_a_byline() -> None:
    found = zones("Mayor reopens harbour after a week", "Corin Vale", "Isles correspondent", *BODY)
    assert [kind for kind, _ in found] == ["heading", "byline", "byline", *["body"] * 4]


def test_a_line_above_the_credit_of_its_picture_is_a_caption() -> None:
    picture = "The quay at low water on Monday. Nothing sailed.Picture: Elin Marr"
    assert [kind for kind, _ in zones("Mayor reopens harbour", picture, *BODY)][1:3] == ["caption", "credit"]
    apart = picture.replace("Picture", "\nPicture")
    assert [kind for kind, _ in zones("Mayor reopens harbour", apart, *BODY)][1:3] == ["caption", "credit"]


def test_a_report_that_a_scrape_glued_to_the_caption_is_cut_off() -> None:
    found = zones(
        "Mayor reopens harbour", "Image caption\nThe mayor at the quay after the fleet sailed" + LEAD, *BODY[1:]
    )
    assert found[2:4] == [("caption", "The mayor at the quay after the fleet sailed"), ("body", LEAD)]
