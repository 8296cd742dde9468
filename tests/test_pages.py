"""The pages on a server: what each shows, its data at the same address, and nothing from outside as mark-up."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from fixtures_edition import (
    ALL,
    HARBOUR,
    HOSTILE,
    MIRROR,
    NOTHING,
    ODD,
    UNDATED,
    WEIRD,
    Told,
    day,
    small_edition,
    write_edition,
)
from variorum.edition import file
from variorum.edition.file import SCHEMA_VERSION
from variorum.language import Actor, Mention
from variorum.publishing import article as articles
from variorum.publishing.app import create_app
from variorum.publishing.cast import LIT, MOST_ACTORS, MOST_MENTIONS, Cast, cast_of
from variorum.publishing.dates import clue_words, date_words
from variorum.publishing.guard import HEADERS, LOOPBACK, host_name
from variorum.records import Clue, DateInterval, Document, Repair, Span, Zone

PAGES = (
    "/",
    "/documents",
    "/documents?outlet=%3F&sort=-published",
    "/search",
    "/search?q=harbour",
    "/search?q=nothinglikethis",
    "/rejected",
    "/notices",
    *(f"/documents/{told.id}" for told in ALL),
    "/nowhere",
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_edition(tmp_path_factory.mktemp("pages") / "port elder.edition")


@pytest.fixture(scope="module")
def client(edition: Path) -> TestClient:
    return TestClient(create_app(edition))


class Read(HTMLParser):
    """A page as a browser reads it: its elements with their attributes, and the text in each class."""

    VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, frozenset[str]]] = []
        self.runs: list[tuple[str, list[tuple[str, frozenset[str]]]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in self.VOID:
            self.open.append((tag, frozenset(found.get("class", "").split())))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> ends nothing"
        assert self.open.pop()[0] == tag, f"</{tag}> is out of place"

    def handle_data(self, data: str) -> None:
        self.runs.append((data, list(self.open)))

    def within(self, name: str, without: frozenset[str] = frozenset()) -> str:
        """Return the text inside elements of class (or name) ``name``, but for what is inside ``without``."""
        return "".join(text for text, inside in self.runs if _names(inside) & {name} and not _names(inside) & without)

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]

    @property
    def text(self) -> str:
        return " ".join(" ".join(text for text, _ in self.runs).split())


def _names(inside: list[tuple[str, frozenset[str]]]) -> set[str]:
    return {tag for tag, _ in inside}.union(*(classes for _, classes in inside))


def read(client: TestClient, address: str, status: int = 200) -> Read:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Read(answer.text)
    assert page.open == [], "an element is left open"
    return page


def table(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def names(client: TestClient, address: str) -> list[str]:
    """Return the names of the documents that a list shows, in order."""
    return re.findall(r'class="name"><a [^>]*><bdi>([^<]*)</bdi>', client.get(address).text)


# --- what the pages show ----------------------------------------------------------------------------------------------


def test_the_start_page_says_what_the_corpus_is(client: TestClient) -> None:
    page = read(client, "/")
    assert "5 documents from at least 3 outlets" in page.text  # two documents are of unknown ones
    assert "6 June 2019" in page.text
    assert "3 dates are doubtful" in page.text
    assert "1 document has no date" in page.text
    assert "3 broken words were mended" in page.text
    assert "2 pieces were left out" in page.text
    assert "2 notices" in page.text
    assert "broken.json" in page.text
    numbers = client.get("/index.json").json()
    assert numbers["documents"] == 5
    assert numbers["rejected"] == 2
    assert numbers["doubtful"] == 3
    assert numbers["complete"] is True


def test_counts_of_zero_are_left_out(tmp_path: Path) -> None:
    plain = Told("a.txt", [("body", "One text.")], outlet="The Post", published=day("2019-06-06"))
    page = read(TestClient(create_app(write_edition(tmp_path / "x.edition", [plain]))), "/")
    assert "1 document from 1 outlet, 6 June 2019 , 2 words to read" in page.text
    assert "1 file was read; none was left out" in page.text
    assert " 0 " not in page.text


def test_the_first_and_last_day_of_a_corpus_are_as_sure_as_the_documents_that_have_them(tmp_path: Path) -> None:
    told = [
        Told("a.txt", [("body", "One")], published=day("2019-06-06", reliable=False)),
        Told("b.txt", [("body", "Two")], published=day("2019-08-01")),
    ]
    lead = read(TestClient(create_app(write_edition(tmp_path / "x.edition", told))), "/")
    assert "6 June 2019? to 1 August 2019 ," in lead.text
    assert "6 June 2019?" in lead.within("i")


def test_an_edition_without_documents_says_so(tmp_path: Path) -> None:
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [])))
    assert "This edition holds no documents" in read(client, "/").text
    assert "No document is like that" in read(client, "/documents").text
    assert "0 documents have" in read(client, "/search?q=a").text
    assert client.get("/documents.json").json() == {"total": 0, "documents": []}


def test_an_interrupted_build_is_named_on_the_start_page(tmp_path: Path) -> None:
    path = write_edition(tmp_path / "x.edition", [HARBOUR])
    with file.connect(path, writing=True) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'complete'")
    connection.close()
    assert "did not run to its end" in read(TestClient(create_app(path)), "/").text


def test_a_document_shows_what_is_known_and_how(client: TestClient) -> None:
    page = read(client, f"/documents/{HARBOUR.id}")
    facts = page.within("facts")
    for known in ("The Elder Courier", "6 June 2019", "PORT ELDER", "Coast Wire", "Ines Falk", "English"):
        assert known in facts
    assert "the field “site” names it" in facts
    assert "overruled: “Coast Wire”" in facts
    assert "how sure: 0.97" in facts
    assert "https://courier.example/harbour?id=1&x=2" in page.links()
    assert HARBOUR.document().sha256 in facts
    assert f"/documents/{HARBOUR.id}?at=181-191#at" in page.links()


def test_a_document_shows_each_zone_and_each_mended_word(client: TestClient) -> None:
    page = read(client, f"/documents/{HARBOUR.id}")
    assert "Skip to main content" in page.within("furniture")
    assert "By Ines Falk" in page.within("byline")
    assert "The harbour council split" in page.within("body")
    assert page.within("ins") == "interimgovernment"
    assert page.within("del") == "interi mgo vernment"
    assert "interim] interi m" in " ".join(page.within("apparatus").split())


def test_a_doubtful_date_stands_in_italics_with_a_question_mark_wherever_it_is_shown(client: TestClient) -> None:
    for address in ("/", "/documents", "/search?q=puerto", f"/documents/{MIRROR.id}"):
        assert "June 2019?" in read(client, address).within("i"), address
    assert "on or after 18 September 2019?" in read(client, f"/documents/{UNDATED.id}").within("i")
    opening = read(client, f"/documents/{HARBOUR.id}").within("opening")
    assert "6 June 2019" in opening
    assert "?" not in opening
    assert "undated" in read(client, f"/documents/{NOTHING.id}").within("opening")


@pytest.mark.parametrize(
    ("date", "words", "doubtful"),
    [
        (day("2019-06-06"), "6 June 2019", False),
        (day("2019-06-06", reliable=False), "6 June 2019?", True),
        (DateInterval("2019-06-01", "2019-06-30", "2019-06-15", "month"), "June 2019?", True),
        (DateInterval("2019-01-01", "2019-12-31", "2019-07-01", "year"), "2019?", True),
        (DateInterval("2019-06-03", "2019-06-09", "2019-06-06", "week"), "between 3 June 2019 and 9 June 2019?", True),
        (DateInterval("2019-06-03", None), "on or after 3 June 2019?", True),
        (DateInterval(None, "2019-06-03"), "on or before 3 June 2019?", True),
        (DateInterval("2019-06-03", "2019-07-03"), "between 3 June 2019 and 3 July 2019?", True),
        (DateInterval(), "undated", False),
    ],
)
def test_a_date_in_words(date: DateInterval, words: str, doubtful: bool) -> None:
    assert (date_words(date).text, date_words(date).doubtful) == (words, doubtful)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019-06-06", "6 June 2019"),
        ("XXXX-06-03", "3 June, no year"),
        ("../2019-06-03", "on or before 3 June 2019"),
        ("2019-06-03/..", "on or after 3 June 2019"),
        ("2019-06/2019-07", "between June 2019 and July 2019"),
        ("2019-13-03", "2019-13-03"),
        ("someday", "someday"),
    ],
)
def test_a_hint_about_a_date_in_words(value: str, words: str) -> None:
    assert clue_words(value) == words


def test_what_was_left_out_is_listed_with_its_reason(client: TestClient) -> None:
    page = read(client, "/rejected")
    assert "2 pieces of input could not be read" in page.text
    assert "broken.json 12 the line is no JSON" in page.text
    assert [row["path"] for row in client.get("/rejected.json").json()["rejected"]] == [f"bad/{HOSTILE}", "broken.json"]
    assert [row["line"] for row in table(client, "/rejected.csv")] == ["", "12"]
    assert "no document is called harbor.txt" in read(client, "/notices").text
    assert client.get("/notices.json").json()["total"] == 2


def test_a_long_list_of_what_was_left_out_has_pages(tmp_path: Path) -> None:
    from variorum.records import Rejection

    rejected = [Rejection(f"{n:03}.txt", None, "nothing in it") for n in range(450)]
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [HARBOUR], rejected)))
    assert len(re.findall(r"<tr>", client.get("/rejected?page=3").text)) == 51
    assert "/rejected?page=2" in read(client, "/rejected").links()
    assert client.get("/rejected.json?page=2").json()["total"] == 450


def test_the_original_file_comes_back_byte_for_byte(client: TestClient) -> None:
    for told in (HARBOUR, MIRROR, ODD):
        answer = client.get(f"/documents/{told.id}/original")
        assert answer.content == told.text.encode()
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_document_is_between_its_neighbours(client: TestClient) -> None:
    page = client.get(f"/documents/{HARBOUR.id}").text
    assert re.search(rf'rel="next" href="/documents/({"|".join(t.id for t in ALL if t is not HARBOUR)})"', page)


# --- lists: order, filters, pages, and the same as data --------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", [HARBOUR, MIRROR, UNDATED, ODD, NOTHING]),
        ("sort=-published", [ODD, UNDATED, MIRROR, HARBOUR, NOTHING]),
        ("sort=path", [HARBOUR, NOTHING, UNDATED, MIRROR, ODD]),
        ("sort=title", [ODD, MIRROR, HARBOUR, NOTHING, UNDATED]),
        ("sort=outlet", [ODD, MIRROR, HARBOUR, NOTHING, UNDATED]),
        ("outlet=The+Elder+Courier", [HARBOUR]),
        ("outlet=%3F", [UNDATED, NOTHING]),
        ("language=es", [MIRROR]),
        ("language=%3F", [NOTHING]),
        ("since=2019-06-07&until=2019-07", [MIRROR]),
        ("until=2019-06-06", [HARBOUR, MIRROR]),
        ("since=2019&until=2019&language=es", [MIRROR]),
        ("since=2020", [UNDATED, ODD]),
        ("outlet=Nobody", []),
        ("page=99", [HARBOUR, MIRROR, UNDATED, ODD, NOTHING]),
        ("page=x&outlet=", [HARBOUR, MIRROR, UNDATED, ODD, NOTHING]),
    ],
)
def test_a_list_and_its_data_are_filtered_and_sorted_alike(client: TestClient, query: str, told: list[Told]) -> None:
    ids = [one.id for one in told]
    shown = re.findall(r'class="name"><a href="/documents/([^"]*)"', client.get(f"/documents?{query}").text)
    assert shown == ids
    as_json = client.get(f"/documents.json?{query}").json()
    assert as_json["total"] == len(ids)
    assert [row["id"] for row in as_json["documents"]] == ids
    assert [row["id"] for row in table(client, f"/documents.csv?{query}")] == ids


def test_a_list_links_to_its_data_with_the_same_filters(client: TestClient) -> None:
    links = read(client, "/documents?outlet=%3F&sort=path&page=1").links()
    assert "/documents.json?outlet=%3F&sort=path" in links
    assert "/documents.csv?outlet=%3F&sort=path" in links
    links = read(client, "/search?q=harbour+council&language=en").links()
    assert "/search.csv?q=harbour+council&language=en" in links


def test_facets_count_what_choosing_them_shows(client: TestClient) -> None:
    for room in ("/documents", "/search?q=harbour"):
        page = client.get(room).text
        facets = re.findall(r'<a href="([^"]*)"><bdi>[^<]*</bdi></a><span class="leader"[^>]*></span>.*?(\d+)<', page)
        assert len(facets) > 4
        for href, count in facets:
            address = href.replace("&amp;", "&")
            assert len(names(client, address)) == int(count), address


def test_a_chosen_facet_can_be_taken_back(client: TestClient) -> None:
    page = read(client, "/documents?language=es&since=2019")
    assert "Spanish" in page.within("narrowed")
    assert "/documents?since=2019" in page.links()


def test_a_long_list_has_pages_that_show_each_document_once(tmp_path: Path) -> None:
    told = [Told(f"{n:03}.txt", [("body", "harbour words")], title=f"Number {n}") for n in range(120)]
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", told)))
    listed = [name for page in (1, 2, 3) for name in names(client, f"/documents?page={page}")]
    assert listed == [f"Number {n}" for n in range(120)]
    found = [name for page in range(1, 7) for name in names(client, f"/search?q=harbour&page={page}")]
    assert sorted(found) == sorted(listed)
    assert len(client.get("/search.json?q=harbour&page=2").json()["hits"]) == 120
    assert "page 2 of 3" in read(client, "/documents?page=2").text
    assert names(client, "/documents?page=99999999999999999999") == listed[100:]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("sort=loudness", "“loudness” is not an order"),
        ("since=yesterday", "“yesterday” is not a day. Write 2019-06-30, 2019-06 or 2019."),
        ("until=2019-13", "“2019-13” is not a day"),
        ("since=0000", "is not a day"),
        ("since=2019-06-32", "is not a day"),
        ("since=٢٠١٩", "is not a day"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused_with_what_to_write_instead(
    client: TestClient, query: str, says: str
) -> None:
    for room in ("documents", "search"):
        assert says in read(client, f"/{room}?{query}", status=400).text
        for suffix in ("json", "csv"):
            answer = client.get(f"/{room}.{suffix}?{query}")
            assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
            assert says in answer.text


def test_csv_and_json_give_values_exactly_as_they_are(client: TestClient) -> None:
    (row,) = [row for row in table(client, "/documents.csv") if row["id"] == ODD.id]
    assert (row["title"], row["outlet"], row["url"]) == (HOSTILE, HOSTILE, "javascript:alert(3)")
    assert client.get(f"/documents/{ODD.id}.json").json()["text"] == ODD.text
    answer = client.get("/documents.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="documents.csv"'
    assert client.get("/documents.json").headers["content-type"] == "application/json"


def test_the_data_of_a_document_is_its_exported_row(client: TestClient) -> None:
    row = client.get(f"/documents/{HARBOUR.id}.json").json()
    assert row["text"] == HARBOUR.text
    for span in (*row["zones"], *row["repairs"]):
        assert HARBOUR.text[span["start"] : span["end"]] == span["exact"]
    assert [r["repaired"] for r in row["repairs"]] == ["interim", "government"]
    assert row["published"]["best"] == "2019-06-06"


# --- who is in it ----------------------------------------------------------------------------------------------------


def test_a_document_lists_who_is_in_it_from_the_one_that_is_spoken_of_most(client: TestClient) -> None:
    page = read(client, f"/documents/{HARBOUR.id}")
    said = " ".join(page.within("cast").split())
    found = [said.index(words) for words in ("Tom Varga", "Mara Oskin", "Port Elder", "The customs house")]
    assert found == sorted(found)
    assert "Tom Varga person 2 names, 2 descriptions" in said
    assert "Mara Oskin person 2 names, 1 pronoun" in said
    assert "The customs house place 1 name" in said
    assert "who is meant is a guess" in said
    assert "Who is in it" not in read(client, f"/documents/{NOTHING.id}").text


def test_every_name_leads_to_its_actor_whose_mentions_can_be_lit_up(client: TestClient) -> None:
    html = client.get(f"/documents/{HARBOUR.id}").text
    links = re.findall(r'<a class="named" href="#(a\d+)">(.*?)</a>', html)
    assert [(number, re.sub("<[^>]*>", "", words)) for number, words in links] == [
        ("a4", "customs house"),
        ("a3", "Port Elder"),
        ("a2", "Mara Oskin"),
        ("a1", "Tom Varga"),
        ("a2", "Ms Oskin"),
        ("a1", "Mr Varga"),
    ]
    page = Read(html)
    assert page.within("a1", frozenset(("label",))) == "mayor of Port ElderHer rivalTom VargaMr Varga"
    assert page.within("a2") == "Mara OskinHerMs Oskin"
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {f"a{n}" for n in range(1, 6)} <= ids
    assert all(href[1:] in ids for href in page.links() if href.startswith("#"))


def test_a_doubtful_mention_says_so(client: TestClient) -> None:
    html = client.get(f"/documents/{HARBOUR.id}").text
    guesses = re.findall(r'<span class="[^"]*guess[^"]*"[^>]* title="([^"]*)">([^<]*)<', html)
    assert guesses == [("a guess; how sure: 0.55", "the port"), ("a guess; how sure: 0.50", "Ms Oskin")]
    assert "underlined with dots" in Read(html).within("cast")
    assert "underlined with dots" not in read(client, f"/documents/{MIRROR.id}").within("cast")


def test_a_text_in_another_language_is_said_to_be_read_as_english(client: TestClient) -> None:
    said = read(client, f"/documents/{MIRROR.id}").within("cast")
    assert "This text is in Spanish; it was read as if it were English." in said
    assert "as if it were English" not in read(client, f"/documents/{HARBOUR.id}").text


def test_a_text_that_could_not_be_annotated_says_why(tmp_path: Path) -> None:
    told = Told("x.txt", [("body", "Odd.")], trouble=f"the language stage failed on it: {HOSTILE}")
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [told])))
    assert HOSTILE in read(client, f"/documents/{told.id}").within("cast")
    assert client.get(f"/documents/{told.id}.json").json()["cast"] == []


def test_the_data_of_a_document_has_its_cast(client: TestClient) -> None:
    row = client.get(f"/documents/{HARBOUR.id}.json").json()
    cast = {actor["name"]: actor for actor in row["cast"]}
    assert cast["Mara Oskin"]["kind"] == "person"
    assert [(m["exact"], m["kind"], m["score"]) for m in cast["Mara Oskin"]["mentions"]] == [
        ("Mara Oskin", "name", 0.9),
        ("Her", "pronoun", 0.8),
        ("Ms Oskin", "name", 0.5),
    ]
    for actor in row["cast"]:
        for mention in actor["mentions"]:
            assert HARBOUR.text[mention["start"] : mention["end"]] == mention["exact"]


def test_the_stylesheet_has_a_rule_for_every_actor_that_can_be_lit_up(client: TestClient) -> None:
    rules = re.findall(r"body:has\(#a(\d+):target\) \.a(\d+)", client.get("/static/cast.css").text)
    assert rules == [(str(n), str(n)) for n in range(1, LIT + 1)]


def test_a_page_with_very_many_actors_stays_of_sensible_size(tmp_path: Path) -> None:
    names = [f"Ana {n:05}" for n in range(MOST_ACTORS * 3)]
    told = Told(
        "x.txt",
        [("body", " said ".join(names) + " and he" * 15_000)],
    )
    told.cast = [(name, "person", [(name, "name", 0.9)]) for name in names]
    told.cast.append(("Somebody", "group", [(" he", "pronoun", 0.9)] * 15_000))
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [told])))
    html = client.get(f"/documents/{told.id}").text
    assert len(html) < 1_000_000
    assert html.count('id="a') == MOST_ACTORS + 1  # and the heading of the facts
    assert 0 < html.count('class="spoken') <= MOST_MENTIONS + MOST_ACTORS
    assert f"{2 * MOST_ACTORS + 1:,}".replace(",", "\u202f") + " more are in the data" in html
    assert len(client.get(f"/documents/{told.id}.json").json()["cast"]) == 3 * MOST_ACTORS + 1
    assert shown(html) == told.text


def test_a_page_of_a_long_text_lists_those_whom_it_speaks_of() -> None:
    actors = [
        Actor("A", "person", (Mention(1, 3, "name", 0.9), Mention(90, 95, "pronoun", 0.9))),
        Actor("B", "group", (Mention(91, 92, "name", 0.2),)),
        Actor("C", "group", (Mention(95, 105, "name", 0.9), Mention(106, 107, "name", 0.9))),
    ]
    first, second = cast_of(actors, Span(0, 50)), cast_of(actors, Span(50, 100), "es-VE")
    assert [(m.name, m.names, m.pronouns) for m in first.members] == [("A", 1, 1)]
    assert [(m.name, m.first) for m in second.members] == [("A", 90), ("C", 95), ("B", 91)]
    assert [(m.start, m.end) for m in second.marked] == [(90, 95), (91, 92), (95, 100)]
    assert (first.doubtful, second.doubtful, first.foreign, second.foreign) == (False, True, False, True)
    assert cast_of([], Span(0, 9)) == Cast()


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_finds_mended_words_and_leads_to_their_place(client: TestClient) -> None:
    page = read(client, '/search?q="interim+government"')
    assert "1 document has" in page.text
    assert "interim government" in page.within("snippets")
    assert "interim government" in page.within("mark")
    (hit,) = client.get('/search.json?q="interim+government"').json()["hits"]
    (snippet,) = hit["snippets"]
    assert HARBOUR.text[snippet["start"] : snippet["end"]] == "interi m go vernment"
    (line,) = table(client, '/search.csv?q="interim+government"')
    assert (line["id"], line["matched"]) == (HARBOUR.id, "interim government")
    (link,) = [link for link in page.links() if "?at=" in link]
    assert link == f"/documents/{HARBOUR.id}?at={snippet['start']}-{snippet['end']}#at"


def test_furniture_is_not_searched_and_a_search_can_be_narrowed(client: TestClient) -> None:
    assert "0 documents have" in read(client, "/search?q=Facebook").text
    assert names(client, "/search?q=puerto&language=es") == ["El consejo se divide"]
    assert names(client, "/search?q=puerto&language=en") == []
    assert names(client, "/search?q=harbour&until=2019-06-06") == [HARBOUR.title]


def test_search_without_words_explains_how_to_search(client: TestClient) -> None:
    assert "How to search" in read(client, "/search").text
    page = read(client, "/search?q=%22%28%22")
    assert "There is no word in" in page.text
    assert client.get("/search.json?q=-").json() == {"query": "-", "total": 0, "hits": []}


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "'", "*", "a*", "^a", "a NEAR b", "NEAR(a b, 2)", "a AND", "OR", "a OR", "NOT a", "-", "--a", "(",
        "a)", "title:", "title:a", "text:(", "rowid:1", "a\x00b", "\x00", "\x02\x03", "a\ud7ffb", "\U0001f469\u200d",
        "%", "_", ";--", "{a b}", "+a", "a+b", "é e\u0301", "١٢٣", HOSTILE, "x" * 10_000, "a " * 5_000, '"' * 10_000,
        "-a " * 3_000 + "b", "b " + "-a " * 3_000, "a OR " * 2_000 + "b", "a* " * 3_000, "\u202e\u2066a",
    ],
)  # fmt: skip
def test_no_search_breaks(client: TestClient, query: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code == 200
    assert Read(answer.text).open == []
    for suffix in ("json", "csv"):
        assert client.get(f"/search.{suffix}", params={"q": query}).status_code == 200


# --- a place in a text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["neither side", "interi m go vernment", "wards recognise Ms Oskin", "customs house"])
def test_an_address_marks_its_place(client: TestClient, words: str) -> None:
    start = HARBOUR.text.index(words)
    page = read(client, f"/documents/{HARBOUR.id}?at={start}-{start + len(words)}")
    assert page.within("mark", frozenset(("ins", "aside", "legend"))) == words
    assert len([1 for _, attributes in page.elements if attributes.get("id") == "at"]) == 1


def test_a_mark_can_cross_paragraphs_and_zones(client: TestClient) -> None:
    start, end = HARBOUR.text.index("seat of the council"), HARBOUR.text.index("split on Thursday")
    page = read(client, f"/documents/{HARBOUR.id}?at={start}-{end}")
    marked = page.within("mark", frozenset(("legend",)))
    assert marked.startswith("seat of the council since May")
    assert marked.endswith("The harbour council ")


@pytest.mark.parametrize(
    "at", ["", "5", "9-5", "5-5", "a-b", "-1-5", "1-2-3", "٣-٥", "1e3-2e3", "999999999999-9999999999999"]
)
def test_an_address_with_an_odd_place_shows_the_document(client: TestClient, at: str) -> None:
    page = read(client, f"/documents/{HARBOUR.id}?at={at}")
    assert "not in this text" not in page.text
    assert not any(attributes.get("id") == "at" for _, attributes in page.elements)


def test_an_address_whose_place_is_gone_says_so(client: TestClient) -> None:
    assert (
        "The place that the address names is not in this text"
        in read(client, f"/documents/{HARBOUR.id}?at=5-100000").text
    )


# --- the text is the stored text -------------------------------------------------------------------------------------


def shown(html: str) -> str:
    """Return the stored text that a page shows: its zones and what stands between them, without what we added."""
    assert "\r" not in html, "a parser would turn a carriage return into a line feed"
    page = Read(html)
    ours = frozenset(("ins", "aside", "label"))
    pieces = [t for t, inside in page.runs if _names(inside) & {"gap", "words"} and not _names(inside) & ours]
    return "".join(pieces)


@pytest.mark.parametrize("told", ALL, ids=lambda told: told.path[:8])
def test_what_a_page_shows_is_the_stored_text_code_point_by_code_point(client: TestClient, told: Told) -> None:
    assert shown(client.get(f"/documents/{told.id}").text) == told.text


def test_text_of_every_kind_survives(tmp_path: Path) -> None:
    everything = "".join(map(chr, [*range(1, 0xD800, 7), *range(0xE000, 0x10000, 11), *range(0x10000, 0x11000, 13)]))
    # control characters of the C1 set are written as they are: a parser keeps them
    told = Told("x.txt", [(None, "\n\r"), ("body", everything + WEIRD), (None, "\r")])
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [told])))
    for at in ("", "?at=3-700"):
        assert shown(client.get(f"/documents/{told.id}{at}").text) == told.text


texts = st.text(st.sampled_from("ab .\n\r\t&<>\"'\u00a0\u2028\u0301\U0001f469"), max_size=60)


@settings(max_examples=300)
@given(texts, st.data())
def test_the_pieces_of_an_article_are_its_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    zones = [Zone(a, b, "body") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    spans = sorted(data.draw(st.sets(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5)))
    repairs = [Repair(a, b, "mended", "space", 0.9, "") for a, b in spans if a < b]
    a, b = data.draw(st.tuples(st.integers(0, 70), st.integers(0, 70)))
    document = Document("d", "p", "", None, "", text, zones=tuple(zones), repairs=tuple(repairs))
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    spoken = [Mention(a, b, data.draw(st.sampled_from(["name", "nominal"])), 0.5) for a, b in places if a < b]
    actors = [Actor(str(n), "person", tuple(sorted(spoken[n::2], key=lambda m: m.start))) for n in range(2)]
    cast = cast_of(actors, articles.shown_of(len(text), 1))
    page = articles.article(document, at=Span(min(a, b), max(a, b)), cast=cast)
    pieces = ["".join(piece.text for piece in block.pieces) for block in page.blocks]
    whole = "".join(gap + piece for gap, piece in zip(page.gaps, [*pieces, ""], strict=True))
    assert whole == text
    assert all(not gap.strip() for gap in page.gaps)
    assert all(document.text.startswith(p.text, p.start) for block in page.blocks for p in block.pieces)
    assert sum(p.first for block in page.blocks for p in block.pieces) <= 1
    for block in page.blocks:
        assert sum(p.opens - p.closes for p in block.pieces) == 0
        assert all(p.name is not None for p in block.pieces if p.opens or p.closes)
        for piece in block.pieces:
            for at in range(piece.start, piece.start + len(piece.text)):
                # a mention is shown in the zone that it begins in
                covered = {m.actor for m in cast.marked if block.start <= m.start <= at < m.end}
                # what begins or ends inside of a mended word covers it as a whole
                assert set(piece.actors) == covered or (piece.repair and set(piece.actors) > covered)


def test_a_very_long_document_is_shown_in_parts_that_are_its_text(tmp_path: Path) -> None:
    line = f"{'Words <&> of the “harbour” council, one after another. ' * 8}\r\n"
    told = Told("long.txt", [("body", line * 7_000), (None, "\n\n"), ("body", "The last words of all.")])
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [told])))
    assert len(told.text) > 3_000_000
    first = client.get(f"/documents/{told.id}").text
    parts = max(int(n) for n in re.findall(r"part=(\d+)", first))
    assert parts == articles.parts_of(len(told.text))
    whole = ""
    for part in range(1, parts + 1):
        html = client.get(f"/documents/{told.id}?part={part}").text
        assert len(html.encode()) < 1_000_000
        whole += shown(html)
    assert whole == told.text
    start = told.text.index("last words")
    assert "last words" in read(client, f"/documents/{told.id}?at={start}-{start + 10}").within("mark")
    assert client.get(f"/documents/{told.id}?part=9999").status_code == 200


def test_a_document_of_many_short_lines_still_makes_a_page_of_sensible_size(tmp_path: Path) -> None:
    told = Told("lines.txt", [("body", "&\n" * 1_000_000)])
    client = TestClient(create_app(write_edition(tmp_path / "x.edition", [told])))
    assert len(client.get(f"/documents/{told.id}").content) < 1_000_000


# --- nothing from outside becomes mark-up ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, f"/search?q={HOSTILE}", f"/documents?outlet={HOSTILE}", f"/{HOSTILE}"])
def test_nothing_from_outside_becomes_mark_up(client: TestClient, address: str) -> None:
    answer = client.get(address)
    page = Read(answer.text)
    assert page.open == []
    for tag, attributes in page.elements:
        assert tag not in ("script", "style", "iframe", "object", "embed", "img", "svg", "base"), f"<{tag}>"
        for name, value in attributes.items():
            assert not name.startswith("on"), f"{tag} {name}"
            assert name != "style", tag
            if name in ("href", "src", "action"):
                assert not value.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), value
                assert value.startswith(("/", "#", "https://courier.example/")), value
            if name == "lang":
                assert re.fullmatch(r"[a-zA-Z-]+", value), value


def test_what_is_hostile_is_shown_as_it_is(client: TestClient) -> None:
    page = read(client, f"/documents/{ODD.id}")
    assert HOSTILE in page.within("h1")
    assert page.within("facts").count(HOSTILE) >= 8
    assert "javascript:alert(3)" in page.within("facts")
    assert HOSTILE in page.within("ins")
    assert HOSTILE in read(client, "/rejected").text
    assert HOSTILE in read(client, "/notices").text


def test_ids_are_unique_on_each_page(client: TestClient) -> None:
    for address in PAGES:
        page = read(client, address, 404 if address == "/nowhere" else 200)
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), address


@pytest.mark.parametrize("address", [*PAGES, "/documents.json", "/static/style.css", "/documents/none/original"])
def test_every_answer_has_strict_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert not {"unsafe", "http", "*", "data:"} & {
        word for words in policy.values() for word in re.split(r"[-'\s]", words)
    }


def test_the_headers_are_documented() -> None:
    docs = (Path(__file__).parent.parent / "docs" / "pages.md").read_text(encoding="utf-8")
    for name, value in HEADERS.items():
        assert f"| `{name}` | `{value}` |" in docs


def test_a_page_of_the_program_itself_that_fails_is_guarded_too(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.publishing import pages

    def broken(*_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr(pages, "start", broken)
    answer = TestClient(create_app(edition), raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("", 421), ("127.0.0.1.evil.example:80", 421),
    ],
)  # fmt: skip
def test_a_server_of_this_machine_answers_to_its_own_names_alone(edition: Path, host: str, status: int) -> None:
    guarded = TestClient(create_app(edition, hosts=LOOPBACK))
    answer = guarded.get("/", headers={"Host": host})
    assert answer.status_code == status
    assert ("port elder" in answer.text) == (status == 200)
    assert host_name("[::1]:8000") == "::1"


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_page_that_is_not_there_leads_on(client: TestClient) -> None:
    for address in ("/nowhere", "/documents/none", "/documents/a/b/c", "/static/none.css", "/documents.xml"):
        page = read(client, address, status=404)
        assert "/documents" in page.links()
        assert any(attributes.get("name") == "q" for _, attributes in page.elements)
    for address in ("/documents/none.json", "/documents/none/original"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert client.post("/documents").status_code == 405
    assert client.get("/static/../app.py").status_code == 404


def unreadable(folder: Path) -> Iterator[Path]:
    yield folder / "missing.edition"
    (folder / "text.edition").write_text("this is no edition")
    yield folder / "text.edition"
    (folder / "empty.edition").touch()
    yield folder / "empty.edition"
    (folder / "folder.edition").mkdir()
    yield folder / "folder.edition"
    whole = small_edition(folder / "whole.edition").read_bytes()
    (folder / "cut.edition").write_bytes(whole[: len(whole) // 3])
    yield folder / "cut.edition"
    (folder / "damaged.edition").write_bytes(whole[:100] + bytes(len(whole) - 100))
    yield folder / "damaged.edition"
    for name, pragma in (("newer", f"user_version = {SCHEMA_VERSION + 1}"), ("other", "application_id = 7")):
        path = small_edition(folder / f"{name}.edition")
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
        yield path


def test_an_edition_that_cannot_be_read_is_said_to_be_so_on_every_page(tmp_path: Path) -> None:
    for path in unreadable(tmp_path):
        client = TestClient(create_app(path))
        for address in ("/", "/documents", "/search?q=harbour", f"/documents/{HARBOUR.id}", "/rejected"):
            answer = client.get(address)
            assert answer.status_code == 503, (path.name, address)
            assert "The edition can’t be read now" in answer.text
            assert answer.headers["retry-after"] == "5"
            assert str(tmp_path) not in answer.text
        for address in ("/documents.csv", "/index.json", f"/documents/{HARBOUR.id}/original"):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8"), path.name
        assert client.get("/static/style.css").status_code == 200


def test_pages_answer_while_a_build_is_writing(tmp_path: Path) -> None:
    path = small_edition(tmp_path / "x.edition")
    client = TestClient(create_app(path))
    before = client.get(f"/documents/{HARBOUR.id}").text
    building = file.connect(path, writing=True)
    building.execute("BEGIN IMMEDIATE")
    building.execute("DELETE FROM documents")
    assert client.get(f"/documents/{HARBOUR.id}").text == before
    assert client.get("/search.json?q=harbour").json()["total"] == 4
    building.execute("COMMIT")
    building.close()
    assert client.get(f"/documents/{HARBOUR.id}").status_code == 404
    assert client.get("/documents.json").json()["total"] == 0


def test_an_edition_that_is_made_while_the_server_runs_is_shown(tmp_path: Path) -> None:
    client = TestClient(create_app(tmp_path / "x.edition"))
    assert client.get("/").status_code == 503
    write_edition(tmp_path / "x.edition", [HARBOUR])
    assert "Harbour council splits" in read(client, "/").text


def test_an_edition_in_a_read_only_folder_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = write_edition(folder / "x.edition", [HARBOUR])
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        assert read(TestClient(create_app(path)), f"/documents/{HARBOUR.id}").within("h1").strip() == HARBOUR.title
    finally:
        folder.chmod(0o755)


def test_a_request_leaves_the_edition_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.edition.reading import Edition

    path = small_edition(tmp_path / "x.edition")
    opened: list[Edition] = []
    closed: list[Edition] = []

    class Counted(Edition):
        def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
            super().__init__(path, connection)
            opened.append(self)

        def close(self) -> None:
            closed.append(self)
            super().close()

    monkeypatch.setattr("variorum.publishing.app.Edition", Counted)
    client = TestClient(create_app(path))
    addresses = [
        "/",
        "/documents.json",
        "/documents.csv?sort=x",
        f"/documents/{HARBOUR.id}/original",
        "/documents/none",
    ]
    for address in [
        *addresses,
        "/documents/none.json",
        "/documents/none/original",
        "/search?sort=x",
        "/search.csv?q=a",
    ]:
        client.get(address)
    assert len(opened) == 9
    assert opened == closed


def test_a_day_without_a_year_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    clue = Clue("published", "XXXX-09-05", "dateline", 0.9, "the dateline reads so")
    told = Told("a.txt", [("body", "The council met at the harbour.")], clues=[clue])
    page = TestClient(create_app(write_edition(tmp_path / "x.edition", [told]))).get(f"/documents/{told.id}").text
    assert "5 September, no year?" in page
    assert "no date was found" not in page
