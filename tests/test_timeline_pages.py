"""The timeline on a server, in a static site and in a browser; times in a text, and what bounds a date."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from browsers import chromium
from fixtures_edition import HOSTILE, Told, day, write_edition
from test_pages import Read, read, shown
from test_timeline import ALL, BARE, COPY, FERRY, LATER, TIMES, ferry_edition, put_bounds, put_times
from variorum.edition import file
from variorum.edition.dates import Time
from variorum.edition.reading import Edition
from variorum.publishing import rows
from variorum.publishing.app import create_app
from variorum.publishing.article import article
from variorum.publishing.shading import Shade, Shading, shading_of
from variorum.publishing.site import publish
from variorum.records import Clue, DateInterval, Document, Repair, Span, Zone

DAY = "/timeline?day=2021-03-03"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ferry_edition(tmp_path_factory.mktemp("timeline") / "ferry.edition")


@pytest.fixture(scope="module")
def client(edition: Path) -> TestClient:
    return TestClient(create_app(edition))


def lines(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


# --- the timeline -----------------------------------------------------------------------------------------------------


def test_each_dated_document_is_drawn_and_listed_and_the_others_stand_apart(client: TestClient) -> None:
    page = read(client, "/timeline")
    svg = page.within("svg")
    assert "6 March 2021: Ferry talks fail, The Herald" in svg
    assert "on or after 8 March 2021?: Islands wait, The Gazette" in svg
    for told in (FERRY, COPY, LATER):
        assert page.links().count(f"/documents/{told.id}") == 2, "once in the drawing, once in the table"
        assert (told.title or told.path) in page.within("dated")
    assert "on or after 8 March 2021?" in page.within("i", frozenset(("svg",)))
    assert page.links().count(f"/documents/{BARE.id}") == 1
    assert BARE.path not in page.within("dated")
    assert "3 documents have a date, 1 has none" in page.text


def test_a_column_and_its_row_lead_to_the_sentences(client: TestClient) -> None:
    page = read(client, "/timeline")
    assert "3 March 2021: 2 independent origins, 1 of them doubtful" in page.within("svg")
    assert page.links().count(DAY) == 2
    found = read(client, DAY)
    assert "4 places in 3 documents, of 2 independent origins, name it" in found.text
    marks = [words for words, inside in found.runs if any(tag == "mark" for tag, _ in inside)]
    assert marks == ["3 March 2021", "on Wednesday", "3 March", "3 March 2021"]
    quotes = found.within("blockquote")
    assert "The strike began on 3 March 2021." in quotes
    assert "Since 3 March the islands have had no ferry" in quotes
    start = FERRY.text.index("3 March 2021")
    assert f"/documents/{FERRY.id}?at={start}-{start + 12}#at" in found.links()
    assert "3 March 2021? — counted from the doubtful date of publication" in found.within("i")


def test_a_longer_stretch_has_its_days_and_says_what_was_published_then(client: TestClient) -> None:
    page = read(client, "/timeline?day=2021-01/2021-03")
    assert page.within("h1").startswith("1 January 2021 to 31 March 2021")
    assert "January 2021" in page.within("leaders")
    assert DAY in page.links()
    assert "/documents?since=2021-01-01&until=2021-03-31" in page.links()
    assert "3 documents were published then" in page.text
    nothing = read(client, "/timeline?day=1999-01-01")
    assert "No text names it" in nothing.text
    assert DAY not in nothing.links()
    assert "/timeline?day=2021-01" in nothing.links(), "the next day that texts name"


@pytest.mark.parametrize("query", ["day=soon", "day=2019-02-30", "day=2019-01/2018-01", "since=soon", "until=2019-13"])
def test_a_day_that_there_is_not_is_refused(client: TestClient, query: str) -> None:
    assert "is not a day" in read(client, f"/timeline?{query}", status=400).text
    assert client.get(f"/timeline.csv?{query}").status_code == 400
    assert client.get(f"/timeline.json?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "documents", "found"),
    [
        ("", [FERRY, LATER, COPY], ["2021-01", "2021-03-03"]),
        ("outlet=The+Mirror", [COPY], ["2021-03-03"]),
        ("since=2021-03-07", [LATER, COPY], []),
        ("until=2021-03-06", [FERRY, COPY], ["2021-01", "2021-03-03"]),
        ("since=2021-03&until=2021-03-03", [], ["2021-03-03"]),
        ("until=1999", [], []),
    ],
)
def test_the_page_and_its_data_are_filtered_alike(
    client: TestClient, query: str, documents: list[Told], found: list[str]
) -> None:
    data = json.loads(client.get(f"/timeline.json?{query}").text)
    listed = [row for row in data["timeline"] if row["kind"] == "document"]
    dated = [row["id"] for row in listed if row["published"]["precision"] != "unknown" or row["published"]["earliest"]]
    assert dated == [told.id for told in documents]
    assert data["documents"] == len(documents)
    assert [row["day"] for row in data["timeline"] if row["kind"] == "day"] == found
    table = lines(client, f"/timeline.csv?{query}")
    assert [row["day"] for row in table if row["kind"] == "day"] == found
    assert [row["id"] for row in table if row["kind"] == "document"] == [row["id"] for row in listed]
    page = read(client, f"/timeline?{query}")
    assert [told for told in ALL if told is not BARE and f"/documents/{told.id}" in page.links()] == [
        told for told in ALL if told in documents
    ]
    assert sorted({link.partition("day=")[2] for link in page.links() if "day=" in link and "csv" not in link}) == found


def test_the_data_of_a_day_are_rows_of_times(client: TestClient) -> None:
    found = json.loads(client.get("/timeline.json?day=2021-03-03").text)
    assert (found["places"], found["documents"], found["origins"]) == (4, 3, 2)
    assert [row["exact"] for row in found["times"]] == ["3 March 2021", "on Wednesday", "3 March", "3 March 2021"]
    table = lines(client, "/timeline.csv?day=2021-03-03")
    assert [row["start"] for row in table] == [str(row["start"]) for row in found["times"]]


def test_times_are_exported_as_their_schema_says(edition: Path) -> None:
    schema = json.loads((Path(__file__).parent.parent / "docs" / "schema" / "times.json").read_text("utf-8"))
    check = Draft202012Validator(schema)
    texts = {told.id: told.text for told in ALL}
    with Edition.open(edition) as opened:
        found = list(rows.times(opened))
    assert len(found) == sum(len(of) for of in TIMES.values())
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        check.validate(row)
        assert texts[row["document"]][row["start"] : row["end"]] == row["exact"]
    sure = {row["exact"]: row["score"] for row in found}
    assert sure["3 March"] < sure["on Wednesday"] or sure["3 March"] < sure["3 March 2021"]


def test_an_edition_without_times_or_documents_has_a_timeline(tmp_path: Path) -> None:
    for told in ([], [BARE]):
        path = write_edition(tmp_path / f"{len(told)}.edition", told)
        client = TestClient(create_app(path))
        page = read(client, "/timeline")
        assert "Nothing here has a date" in page.text
        assert "<svg" not in client.get("/timeline").text
        assert json.loads(client.get("/timeline.json").text)["documents"] == 0
        assert publish(path, tmp_path / f"site{len(told)}") > 10


def test_very_many_documents_are_drawn_as_columns(tmp_path: Path) -> None:
    told = [
        Told(f"{i:03}.txt", [("body", "The ferry left on 3 March.")], published=day(f"2021-0{i % 9 + 1}-05"))
        for i in range(150)
    ]
    client = TestClient(create_app(write_edition(tmp_path / "many.edition", told)))
    page = read(client, "/timeline")
    assert sum("column" in attributes.get("class", "").split() for _, attributes in page.elements) == 9
    assert "too many to draw them one by one" in page.text
    weeks = [link for link in page.links() if link.startswith("/documents?since=")]
    assert len(set(weeks)) == 9
    assert "of 150" in read(client, "/documents?page=2").text or "150 documents" in page.text
    total = sum(json.loads(client.get(link.replace("?", ".json?")).text)["total"] for link in set(weeks))
    assert total == 150


# --- times in a text --------------------------------------------------------------------------------------------------


def meanings(client: TestClient, told: Told) -> list[tuple[str, dict[str, str]]]:
    """Return the elements that mark times in a document."""
    page = read(client, f"/documents/{told.id}")
    return [
        (tag, found)
        for tag, found in page.elements
        if "time" in found.get("class", "").split() and "data-means" in found
    ]


def test_each_time_says_what_it_means_and_a_day_leads_to_the_timeline(client: TestClient) -> None:
    found = meanings(client, FERRY)
    assert [attributes["data-means"].partition(" —")[0] for _, attributes in found] == [
        *("6 March 2021", "3 March 2021", "3 March 2021", "two weeks", "January 2021"),
    ]
    assert [attributes.get("href") for _, attributes in found] == [
        *(None, DAY, DAY, None, "/timeline?day=2021-01"),
    ]
    assert found[3][1]["tabindex"] == "0", "what leads nowhere can be reached all the same"
    assert shown(client.get(f"/documents/{FERRY.id}").text) == FERRY.text


def test_a_time_that_counts_from_a_doubtful_date_says_so(client: TestClient) -> None:
    doubtful, plain = meanings(client, LATER)
    assert "unsure" in doubtful[1]["class"]
    assert doubtful[1]["data-means"] == "3 March 2021? — counted from the doubtful date of publication"
    assert "unsure" not in plain[1]["class"]


NESTED = Told(
    "nested.txt",
    [
        (
            "body",
            "The March 3 Alliance met. “We meet on 3 Mar ch 2021 in Port Sallow\nand again two weeks later,” Elena "
            "Marsh said on 4 March.",
        )
    ],
    cast=[
        ("The March 3 Alliance", "organisation", [("March 3 Alliance", "name", 1.0)]),
        ("Elena Marsh", "person", [("Elena Marsh", "name", 0.4)]),
    ],
    broken=[("Mar ch", "March")],
    published=day("2021-03-05"),
)


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = write_edition(tmp_path_factory.mktemp("nested") / "nested.edition", [NESTED])
    text = NESTED.text
    quote = [text.index("“"), text.index("” ") + 1 if "” " in text else text.index("later,”") + 7]
    cue = [text.index("said"), text.index("said") + 4]
    source = [text.index("Elena"), text.index("Elena") + 11]
    connection = file.create(path)
    with file.transaction(connection):
        put_times(
            connection,
            NESTED,
            [
                ("March 3", "DATE", "2021-03-03", None, "publication", True),
                ("on 3 Mar ch 2021", "DATE", "2021-03-03", None, "said", True),
                ("Sallow\nand again two weeks later", "DATE", "2021-03-17", None, "text", False),
                ("on 4 March", "DATE", "2021-03-04", None, "publication", True),
            ],
        )
        connection.execute(
            """INSERT INTO attributions (id, document, zone, kind, source, cue, content, hedges, negated, stance,
                                         modality, start, words, plain, score, reason, utterance)
               SELECT 'qaaaaaaaaaaaa', n, 'body', 'direct', ?, ?, ?, '[]', 0, 'neutral',
                      'reported', ?, ?, ?, 0.9, 'found', 'uaaaaaaaaaaaa' FROM documents""",
            [*map(json.dumps, ([source], [cue], [quote])), quote[0], text[slice(*quote)], text[slice(*quote)]],
        )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return TestClient(create_app(path))


def test_times_nest_within_quotes_names_and_mended_words(nested: TestClient) -> None:
    answer = nested.get(f"/documents/{NESTED.id}").text
    assert shown(answer) == NESTED.text
    page = Read(answer)  # raises where elements cross
    for words, inside in page.runs:
        assert sum(tag == "a" for tag, _ in inside) < 2 or not words.strip(), f"a link within a link: {words}"
    ours = frozenset(("ins", "aside", "sample"))
    classes = [
        (words, set[str]().union(*(names for _, names in inside), {tag for tag, _ in inside} & ours))
        for words, inside in page.runs
    ]
    timed = [words for words, names in classes if "words" in names and "time" in names and not names & ours]
    assert "".join(timed) == "March 3on 3 Mar ch 2021Sallow\nand again two weeks lateron 4 March"
    within = page.within("said")
    assert "We meet on 3" in within
    tags = [(tag, found.get("href")) for tag, found in page.elements if "data-means" in found]
    assert tags[0] == ("span", None), "the name is the link"
    assert ("a", "/timeline?day=2021-03-04") in tags


def spans(text: str) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: (min(p), max(p)))


@given(st.text(st.sampled_from("ab .\n\r"), min_size=1, max_size=50), st.data())
def test_the_pieces_of_a_text_with_times_are_the_text(text: str, data: st.DataObject) -> None:
    ends = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=8))))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    times = [Time(s, e, None, "DATE", "2021-03-03", None, "2021-03-03", "2021-03-03", "said", True) for s, e in pairs]
    shading = shading_of([], Span(0, len(text)), times)
    said = [Shade(s, e, "direct") for s, e in data.draw(st.lists(spans(text), max_size=4)) if s < e]
    mixed = Shading(sorted([*shading.shades, *said], key=lambda shade: (shade.start, -shade.end, shade.kind)))
    found = Document("d", "p", "", None, "", text, zones=(Zone(0, len(text), "body"),)) if text.strip() else None
    if found is None:
        return
    page = article(found, shading=mixed)
    pieces = [piece for block in page.blocks for piece in block.pieces]
    assert page.gaps[0] + "".join(piece.text for piece in pieces) + page.gaps[-1] == text
    for one in times:
        own = [piece for piece in pieces if one.start <= piece.start < one.end]
        assert "".join(piece.text for piece in own) == text[one.start : one.end]
        assert [piece.time_opens for piece in own] == [True] + [False] * (len(own) - 1)
    outside = [p for p in pieces if not any(one.start <= p.start < one.end for one in times)]
    assert all(piece.time is None for piece in outside)


def test_a_mended_word_is_not_cut_by_a_time() -> None:
    text = "in Mar ch 2021"
    found = Document(
        "d", "p", "", None, "", text, zones=(Zone(0, 14, "body"),), repairs=(Repair(3, 9, "March", "space"),)
    )
    times = [Time(7, 14, None, "DATE", "2021", None, "2021-01-01", "2021-12-31", "said", True)]
    pieces = article(found, shading=shading_of([], Span(0, 14), times)).blocks[0].pieces
    assert [(p.text, p.time is not None, p.time_opens) for p in pieces] == [
        *(("in ", False, False), ("Mar ch", True, True), (" 2021", True, False)),
    ]


# --- what bounds a date -----------------------------------------------------------------------------------------------


def test_the_page_of_a_document_tells_what_bounds_its_date(client: TestClient) -> None:
    page = read(client, f"/documents/{COPY.id}")
    told = page.within("published")
    for words in (
        "What makes it",
        "What fits it",
        "Overruled",
        "“3 March 2021” is told as past: on or after 3 March 2021",
    ):
        assert words in told
    assert told.index("it shares its text") < told.index("is told as past") < told.index("lies behind it")
    assert f"/documents/{COPY.id}?at=20-32#at" in page.links()
    assert f"/documents/{FERRY.id}" in page.links()
    assert f"variorum decide EDITION date {COPY.id} " in told
    assert "between 6 March 2021 and 20 March 2021?" in page.within("i") or "March 2021?" in page.within("i")


def test_a_date_that_an_editor_set_is_told_so(tmp_path: Path) -> None:
    clue = Clue("published", "2021-03-07", "decision", 1.0, "set by the editor mk: masthead")
    set_ = DateInterval("2021-03-07", "2021-03-07", "2021-03-07", "day", "decision", True, ("set by the editor mk",))
    told = Told("a.txt", [("body", "The ferry left.")], published=set_, clues=[clue])
    page = read(TestClient(create_app(write_edition(tmp_path / "x.edition", [told]))), f"/documents/{told.id}")
    words = page.within("published")
    assert "Set by an editor" in words
    assert "masthead" in words
    assert "undo" in words
    assert f"date {told.id}" not in words, "who set it knows how"
    assert "7 March 2021" in words and "?" not in words


def test_a_reliable_date_asks_for_no_decision(client: TestClient) -> None:
    assert "decide" not in read(client, f"/documents/{FERRY.id}").within("published")


def test_what_others_wrote_is_no_mark_up(tmp_path: Path) -> None:
    told = Told(
        "x.txt", [("body", f"On 3 March {HOSTILE} left.")], title=HOSTILE, outlet=HOSTILE, published=day("2021-03-05")
    )
    path = write_edition(tmp_path / "x.edition", [told])
    connection = file.create(path)
    with file.transaction(connection):
        put_times(connection, told, [(f"3 March {HOSTILE}", "DATE", "2021-03-03", HOSTILE, "said", True)])
        put_bounds(connection, told, [(None, None, HOSTILE, 0.5, HOSTILE, 3, 10, told.id, "used")])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    client = TestClient(create_app(path))
    for address in ("/timeline", DAY, f"/documents/{told.id}"):
        page = read(client, address)
        assert html.escape(HOSTILE, quote=False)[:9] in client.get(address).text
        assert not {"img", "script"} & {tag for tag, _ in page.elements}
        assert not any(name.startswith("on") for _, found in page.elements for name in found)
    assert shown(client.get(f"/documents/{told.id}").text) == told.text


# --- filters and doubt elsewhere --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kin(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An edition in which one document is a copy of another, with one word altered."""
    path = ferry_edition(tmp_path_factory.mktemp("kin") / "kin.edition")
    connection = file.create(path)
    numbers = {row["id"]: row["n"] for row in connection.execute("SELECT id, n FROM documents")}
    a, b = numbers[FERRY.id], numbers[COPY.id]
    with file.transaction(connection):
        connection.execute(
            "INSERT INTO relations VALUES (?, ?, ?, 'excerpt', 'b-from-a', ?, 0, 0.8, 0.9, '', 0.9, 'alike')",
            ["raaaaaaaaaaaa", a, b, FERRY.id],
        )
        connection.execute("INSERT INTO families VALUES (?, 0, 2)", [FERRY.id])
        connection.executemany(
            "INSERT INTO descents VALUES (?, ?, ?, ?, ?, 0.9, 'alike')",
            [(a, FERRY.id, None, None, None), (b, FERRY.id, FERRY.id, "excerpt", "raaaaaaaaaaaa")],
        )
        start = FERRY.text.index("two weeks"), COPY.text.index("two weeks")
        connection.execute(
            "INSERT INTO variants VALUES (?, ?, ?, ?, ?, ?, 'time', 'high', 1, 0.9, 'so', NULL)",
            ["vaaaaaaaaaaaa", "raaaaaaaaaaaa", start[0], start[0] + 9, start[1], start[1] + 9],
        )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return TestClient(create_app(path))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("since=2021-03-20", True),  # the copy may be as late as that
        ("since=2021-03-21", False),
        ("until=2021-03-06", True),
        ("until=2021-03-05", False),
        ("since=2021-03-10&until=2021-03-11", True),
    ],
)
def test_lineage_and_alterations_can_be_narrowed_to_a_period(kin: TestClient, query: str, found: bool) -> None:
    assert ("vaaaaaaaaaaaa" in kin.get(f"/alterations?{query}").text) is found
    assert json.loads(kin.get(f"/alterations.json?{query}").text)["total"] == int(found)
    assert len(lines(kin, f"/alterations.csv?{query}")) == int(found)
    assert ("<svg" in kin.get(f"/lineage?{query}").text.partition("<main")[2].partition("</ul>")[2]) is found
    assert json.loads(kin.get(f"/lineage.json?{query}").text)["families"] == int(found)
    assert len(lines(kin, f"/lineage.csv?{query}")) == int(found)


@pytest.mark.parametrize("room", ["alterations", "lineage", "search", "timeline", "quotes", "documents"])
def test_a_period_that_makes_no_sense_is_refused_everywhere(kin: TestClient, room: str) -> None:
    assert "“soon” is not a day" in read(kin, f"/{room}?q=ferry&since=soon", status=400).text


def test_search_keeps_its_facets_in_a_period_and_sorts_by_date(kin: TestClient) -> None:
    def found(query: str) -> list[str]:
        return [
            hit["document"]["id"] for hit in json.loads(kin.get(f"/search.json?q=ferry+OR+strike{query}").text)["hits"]
        ]

    assert found("&sort=date") == [FERRY.id, LATER.id, COPY.id, BARE.id]
    assert found("&sort=-date") == [COPY.id, LATER.id, FERRY.id, BARE.id]
    assert set(found("&since=2021-03-07")) == {LATER.id, COPY.id}
    page = read(kin, "/search?q=ferry+OR+strike&since=2021-03-07&sort=-date")
    assert "The Mirror" in page.within("leaders")
    assert "The Herald" not in page.within("leaders")
    assert any(
        "outlet=The+Mirror" in link and "since=2021-03-07" in link and "sort=-date" in link for link in page.links()
    )
    assert "is not an order" in read(kin, "/search?q=ferry&sort=loudness", status=400).text


def test_a_doubtful_date_is_in_italics_on_the_pages_of_copies(kin: TestClient) -> None:
    for address in (f"/families/{FERRY.id}", "/copies/raaaaaaaaaaaa", "/alterations"):
        page = read(kin, address)
        assert "March 2021?" in page.within("i"), address
        assert "6 March 2021" in page.text
        assert "6 March 2021?" not in page.text
    drawing = kin.get("/lineage").text
    assert re.search(r'<text class="when doubtful"[^>]*>March 2021\?<', drawing)
    assert re.search(r'<text class="when"[^>]*>6 March 2021<', drawing)


# --- the static site --------------------------------------------------------------------------------------------------


def test_the_site_has_the_timeline_with_all_its_days(edition: Path, tmp_path: Path) -> None:
    publish(edition, tmp_path / "site")
    start = tmp_path / "site" / "timeline.html"
    assert (tmp_path / "site" / "timeline" / "2021-03-03.html").is_file()
    assert len(json.loads((tmp_path / "site" / "timeline.json").read_text("utf-8"))["timeline"]) == 6
    days = list((tmp_path / "site" / "timeline").iterdir())
    for path in (start, *days, tmp_path / "site" / "documents" / f"{FERRY.id}.html"):
        text = path.read_text("utf-8")
        assert "<form" not in text.partition("<main")[2], "nothing answers it"
        for link in re.findall(r'href="([^"#]+)', text):
            if not link.startswith("http"):
                assert (path.parent / html.unescape(link)).resolve().is_file(), (path.name, link)
    assert "../timeline/2021-03-03.html" in (tmp_path / "site" / "documents" / f"{FERRY.id}.html").read_text("utf-8")


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(edition: Path) -> Iterator[str]:
    bound = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(edition), log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    running.should_exit = True
    thread.join()


PAGES = ("/timeline", "/timeline?since=2021-03&outlet=The+Herald", DAY, "/timeline?day=2021", f"/documents/{COPY.id}")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_timeline_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    axe = next(f for f in (resources.files("axe_playwright_python")).iterdir() if f.name == "axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    found: dict[str, object] = {}
    for address in PAGES:
        page.goto(server + address)
        page.add_script_tag(content=axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert result["passes"], f"{address}: nothing was looked at"
        if result["violations"]:
            found[address] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[f"{address} scrolls"] = over
    context.close()
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_keyboard_reaches_each_document_and_column_of_the_drawing(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/timeline")
    wanted = page.evaluate("document.querySelectorAll('svg a').length")
    assert wanted == 4, "three documents and a column"
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """(() => { const e = document.activeElement;
            return e.closest('svg') ? e.querySelector('title').textContent : ''; })()"""
        )
        if told:
            reached.append(told)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
    assert len(set(reached)) == wanted
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_reader_without_javascript_sees_what_a_time_means(browser: Browser, server: str, way: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/documents/{LATER.id}")
    word = page.locator(".text .time").first
    expect(word).to_have_text("3 March")
    shows = "e => getComputedStyle(e, '::after').content"
    assert word.evaluate(shows) == "none"
    if way == "hover":
        word.hover()
    else:
        word.focus()
    assert "3 March 2021? — counted from the doubtful date" in word.evaluate(shows)
    page.locator(".text .time").nth(1).focus()
    assert "every Friday" in page.locator(".text .time").nth(1).evaluate(shows)
    context.close()
