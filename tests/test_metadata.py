"""What the text of an article tells about itself, and what it doesn't."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.addresses import date_in
from variorum.reading.extracted import Extracted
from variorum.reading.languages import identify
from variorum.reading.metadata import find_clues
from variorum.reading.outlets import bare, outlet_of, same_outlet
from variorum.reading.settle import ACCEPT
from variorum.reading.written_dates import find_dates, read_date
from variorum.reading.zones import assign
from variorum.records import ZONE_KINDS, Clue, Zone

ARTICLE = """Harbour of Selm stays closed

By Ada Lund and Tom Fry

PORTO SELM, March 4 (AFP) - The harbour of Porto Selm will stay closed for another week, the ministry said on Monday.

Ships wait in the harbour on 3 March 2021.JANE ROE/AFP/Getty Images

Nobody at the ministry told Reuters why, and the port's own office did not return calls from this newspaper.

Edited by Max Berg from Selm.

<https://www.selmtimes.example/world/2021/03/05/harbour-stays-closed?utm_source=x>

**Selm Times**
"""

KINDS = ("heading", "byline", "dateline", "body", "caption", "body", "credit", "furniture", "credit")


def article_zones() -> tuple[Zone, ...]:
    zones: list[Zone] = []
    at = 0
    pieces = ARTICLE.strip().split("\n\n")
    lead, rest = pieces[2].split(" - ")
    pieces[2:3] = [lead + " - ", rest]
    for kind, piece in zip(KINDS, pieces, strict=True):
        at = ARTICLE.index(piece, at)
        zones.append(Zone(at, at + len(piece), kind))  # type: ignore[arg-type]
        at += len(piece)
    return tuple(zones)


def values(clues: tuple[Clue, ...], field: str, method: str | None = None) -> list[str]:
    return [c.value for c in clues if c.field == field and method in (None, c.method)]


@pytest.fixture(scope="module")
def clues() -> tuple[Clue, ...]:
    return find_clues(ARTICLE, article_zones())


def test_title_author_and_editor_are_found(clues: tuple[Clue, ...]) -> None:
    assert values(clues, "title") == ["Harbour of Selm stays closed"]
    assert values(clues, "author") == ["Ada Lund, Tom Fry"]
    assert values(clues, "editor") == ["Max Berg"]


def test_the_dateline_gives_place_agency_and_an_open_year(clues: tuple[Clue, ...]) -> None:
    assert values(clues, "place") == ["PORTO SELM"]
    assert values(clues, "agency") == ["AFP"]
    assert values(clues, "published", "dateline") == ["XXXX-03-04"]
    reason = next(c.reason for c in clues if c.field == "published" and c.method == "dateline")
    assert "without a year" in reason


def test_the_address_gives_date_and_outlet(clues: tuple[Clue, ...]) -> None:
    assert len(values(clues, "url")) == 1
    assert values(clues, "published", "url") == ["2021-03-05"]
    assert values(clues, "outlet", "signature") == ["Selm Times"]


def test_a_caption_only_says_how_old_the_article_is_at_most(clues: tuple[Clue, ...]) -> None:
    assert values(clues, "published", "caption") == ["2021-03-03/.."]


def test_a_credit_counts_and_a_mention_in_prose_does_not(clues: tuple[Clue, ...]) -> None:
    assert "Getty Images" in values(clues, "credit")
    assert "Reuters" not in values(clues, "credit")


def test_every_clue_has_a_reason_and_stands_where_it_says(clues: tuple[Clue, ...]) -> None:
    for clue in clues:
        assert clue.reason
        assert 0 < clue.score <= 1
        if clue.start is not None and clue.field in ("place", "agency", "credit", "editor", "url"):
            assert ARTICLE[clue.start : clue.end] == clue.value


def test_the_box_of_a_correspondent_names_the_outlet_and_not_the_author() -> None:
    text = "One.\n\nTwo.\n\nThree.\n\nBy Ada Lund, BBC diplomatic correspondent\n\nFour.\n\nFive."
    zones, at = [], 0
    for piece in text.split("\n\n"):
        zones.append(Zone(at, at + len(piece), "byline" if piece.startswith("By") else "body"))
        at += len(piece) + 2
    found = find_clues(text, zones)
    assert values(found, "outlet") == ["BBC"]
    assert all(c.score < 0.5 for c in found if c.field == "author")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published 12 March 2019", "2019-03-12"),
        ("First published on 12/03/2019", "2019-03-12/2019-12-03"),
        ("Last updated: 9:05 PM ET, Mon March 3, 2014", "2014-03-03"),
        ("Posted on Jan. 5, 2020 at 10:30 am", "2020-01-05"),
        ("March 3, 2014", "2014-03-03"),
    ],
)
def test_a_page_that_states_its_date_is_believed(line: str, value: str) -> None:
    text = f"A title of some words\n{line}\nThe body of the article stands here and goes on."
    assert value in values(find_clues(text, ()), "published")


@pytest.mark.parametrize("line", ["The book, published 12 March 2019, sold well.", "The war ended on 12 March 2019."])
def test_a_date_in_prose_is_not_the_date_of_the_article(line: str) -> None:
    assert values(find_clues(f"A title of some words\n{line}", ()), "published") == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5 September 2019", "2019-09-05"),
        ("Sept. 5", "XXXX-09-05"),
        ("3 JAN 90", "1990-01-03"),
        ("31 February 2019", None),
        ("12/9/2022", "2022-09-12/2022-12-09"),
        ("13/9/2022", "2022-09-13"),
        ("March 10, 20019", None),
        ("May 2020", "2020-05"),
    ],
)
def test_written_dates(words: str, value: str | None) -> None:
    assert read_date(words) == value


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://a.example/news/2013/aug/22/title/", "2013-08-22"),
        ("https://a.example/2019/6/25/18716000/title", "2019-06-25"),
        ("https://a.example/2019/11/title.html", "2019-11"),
        ("https://a.example/articles/2018-05-10/title", "2018-05-10"),
        ("https://a.example/story?id=20190101", None),
        ("https://a.example/2019/13/45/title", None),
    ],
)
def test_dates_in_addresses(url: str, value: str | None) -> None:
    assert date_in(url) == value


def test_addresses_are_compared_without_what_follows_readers() -> None:
    assert bare("https://www.a.example/x/?utm_source=y&id=3#top") == bare("http://a.example/x?id=3")
    assert bare("http://a.example/x?id=3") != bare("http://a.example/x?id=4")


def test_an_outlet_is_named_by_its_host() -> None:
    assert outlet_of("https://www.nytimes.com/2019/x") == ("The New York Times", True)
    assert outlet_of("https://english.selmtimes.co.uk/x") == ("selmtimes.co.uk", False)
    assert outlet_of("no address") is None
    assert same_outlet("CNN (Web News)", "cnn")
    assert not same_outlet("The Times", "Time")


def test_languages() -> None:
    english = "The ministry said on Monday that the harbour would stay closed for another week. "
    spanish = "El ministerio dijo el lunes que el puerto seguirá cerrado durante una semana más. "
    assert (identify(english) or ("", 0))[0] == "en"
    assert (identify(spanish * 200) or ("", 0))[0] == "es"
    assert identify("Hm.") is None


@given(st.text(max_size=300), st.lists(st.sampled_from(ZONE_KINDS), max_size=5))
def test_any_text_with_any_zones_is_survived(text: str, kinds: list[str]) -> None:
    step = max(1, len(text) // max(1, len(kinds)))
    zones = [
        Zone(i * step, min(len(text), (i + 1) * step), kind)  # type: ignore[arg-type]
        for i, kind in enumerate(kinds)
        if i * step < len(text)
    ]
    for clue in find_clues(text, zones):
        assert clue.value and clue.reason
        assert clue.start is None or (clue.end is not None and 0 <= clue.start <= clue.end <= len(text))


@pytest.mark.parametrize("seed", ["June 6 ", "https://a.example/\n", "By Jane Roe\n", "(AP) ", "1/2/", "A/", "© 2020 "])
@pytest.mark.parametrize("kind", ["caption", "credit", "furniture", "byline", "body"])
def test_much_bad_input_takes_little_time(seed: str, kind: str) -> None:
    text = seed * (200_000 // len(seed))
    before = time.perf_counter()
    find_clues(text, (Zone(0, len(text), kind),))  # type: ignore[arg-type]
    find_dates(text[:100_000])
    assert time.perf_counter() - before < 3


PAGE = """Skip to content
{name}
News Harbour Sailing Letters
Mayor reopens harbour after a week
By Jane Roe

SELM (QNS) - The mayor of Ortavale said on Tuesday that the harbour would reopen within a week, despite protests.

Her rival, who also claims the office, called the decision illegal and urged the council to meet at once.

{foot}
"""


def page_clues(name: str, foot: str) -> tuple[Clue, ...]:
    text = PAGE.format(name=name, foot=foot)
    return find_clues(text, assign(Extracted(text)))


@pytest.mark.parametrize(
    ("name", "foot"),
    [
        ("The Ortavale Gazette", "Leave a comment"),
        ("Ortavale Online", "© Ortavale Online"),
        ("OBC", "© Ortavale Broadcasting Company"),
        ("Ortavale Online", "Contact us: desk@ortavaleonline.example"),
    ],
)
def test_a_masthead_names_the_outlet_where_more_than_its_place_says_so(name: str, foot: str) -> None:
    found = page_clues(name, foot)
    assert values(found, "outlet", "masthead") == [name]
    assert values(found, "title") == ["Mayor reopens harbour after a week"]


def test_a_masthead_without_support_names_nothing() -> None:
    assert values(page_clues("Ortavale Online", "Leave a comment"), "outlet", "masthead") == []


def test_the_agency_of_a_dateline_is_not_the_outlet_of_a_reprint() -> None:
    found = page_clues("Ortavale Online", "Leave a comment")
    assert [c.score < ACCEPT for c in found if c.field == "outlet"] == [True]
