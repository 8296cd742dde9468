"""Who said what, from articles to rows, pages, exports and the static site."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from browsers import chromium
from variorum.build import build
from variorum.edition import quotes
from variorum.edition.checking import check
from variorum.edition.quotes import NAMED, Asked
from variorum.edition.reading import Edition
from variorum.publishing.app import create_app
from variorum.publishing.exports import export
from variorum.publishing.site import publish

ARTICLES = {
    "herald.txt": (
        "Ferry talks fail\n\n"
        "Transport Minister Elena Marsh met the union in Port Sallow on Monday.\n\n"
        "“We will not pay twice for the same boat, and the islands know it,” Marsh said. “The offer stands.”\n\n"
        "The Gazette reported on Sunday that union leader Karl Brandt told members that the strike fund was empty.\n\n"
        "A senior official said the talks could go on. Marsh allegedly threatened to close the harbour.\n"
    ),
    "gazette.txt": (
        "Minister defiant\n\n"
        "Minister Elena Marsh was defiant. “We will not pay twice for the same ship, and the islands know it,” she "
        "told reporters in Port Sallow.\n\n"
        "Union leader Karl Brandt denied that the strike fund was empty. He called the offer “an insult”.\n"
    ),
    "hostile.txt": (
        "<script>alert(1)</script> speaks\n\n"
        "“<script>alert(2)</script> is what they wanted us to say,” Elena Marsh said in the harbour on Tuesday.\n"
    ),
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quotes")
    source = folder / "articles"
    source.mkdir()
    for name, text in ARTICLES.items():
        (source / name).write_text(text, encoding="utf-8")
    sheet = folder / "sheet.csv"
    sheet.write_text(
        "path,outlet,date\nherald.txt,The Herald,2021-03-02\ngazette.txt,The Gazette,2021-03-03\n", encoding="utf-8"
    )
    build([source], folder / "x.edition", meta=sheet, jobs=1)
    return folder / "x.edition"


@pytest.fixture
def client(edition: Path) -> TestClient:
    return TestClient(create_app(edition))


def test_the_edition_is_sound(edition: Path) -> None:
    with Edition.open(edition) as opened:
        assert list(check(opened)) == []


def test_quotes_are_found_by_words_speaker_outlet_kind_and_day(edition: Path) -> None:
    with Edition.open(edition) as opened:
        [marsh] = {by.actor for q in quotes.quotes(opened, Asked()) for by in q.speakers if by.name == "Elena Marsh"}
        asked = Asked(words="pay twice", speaker=marsh, kind="direct")
        assert quotes.count(opened, asked) == 2
        assert [q.outlet for q in quotes.quotes(opened, Asked(words="pay twice", outlet="The Gazette"))] == [
            "The Gazette"
        ]
        assert quotes.count(opened, Asked(words="pay twice", latest="2021-03-02")) == 1
        assert quotes.count(opened, Asked(words='title:"pay twice"')) == 2
        assert quotes.count(opened, Asked(words="!!")) == 0
        assert quotes.count(opened, Asked(speaker=f"{NAMED}A senior official")) == 1
        whole = sum(c.count for c in quotes.facets(opened, Asked()).kinds)
        assert whole == quotes.count(opened, Asked())


def test_versions_of_one_utterance_are_put_together_and_told_apart(edition: Path) -> None:
    with Edition.open(edition) as opened:
        [id] = [u.id for u in quotes.utterances(opened) if len({q.document for q in u.quotes}) == 2 and u.altered]
        found = quotes.utterance(opened, id)
        assert found is not None
        assert [by.name for by in found.speakers] == ["Elena Marsh"]
    page = TestClient(create_app(edition)).get(f"/utterances/{id}").text
    assert re.findall(r'<em class="differs">([^<]*)</em>', page) == ["boat", "ship"]


def test_a_chain_keeps_its_links(edition: Path, tmp_path: Path) -> None:
    with Edition.open(edition) as opened:
        export(opened, tmp_path, "jsonl")
    rows = [json.loads(line) for line in (tmp_path / "attributions.jsonl").read_text(encoding="utf-8").splitlines()]
    [inner] = [r for r in rows if r["via"] and "strike fund" in r["content"][0]["exact"]]
    assert [by["name"] for by in inner["speakers"]] == ["Karl Brandt"]
    assert [[by["name"] for by in link["speakers"]] for link in inner["via"]] in ([["The Gazette"]], [["Gazette"]])
    assert [span["exact"] for span in inner["via"][0]["cue"]] == ["reported"]


def test_hedges_and_denials_are_marked(edition: Path) -> None:
    with Edition.open(edition) as opened:
        rows = list(quotes.every(opened))
        text = {q.id: quotes.text_of(opened, q.document) for q in rows}
    hedged = {span.of(text[q.id]) for q in rows for span in q.hedges}
    assert "allegedly" in hedged
    denied = [q for q in rows if q.modality == "denied"]
    assert denied
    assert all(q.negated for q in denied)


def test_ids_survive_the_next_article(edition: Path, tmp_path: Path) -> None:
    source = tmp_path / "articles"
    source.mkdir()
    for name, text in ARTICLES.items():
        (source / name).write_text(text, encoding="utf-8")

    def ids() -> tuple[set[str], set[str]]:
        with Edition.open(tmp_path / "x.edition") as opened:
            return {q.id for q in quotes.every(opened)}, set(quotes.actor_ids(opened))

    build([source], tmp_path / "x.edition", jobs=1)
    before = ids()
    (source / "another.txt").write_text(
        "Karl Brandt said on Friday that the boats would stay in port.\n", encoding="utf-8"
    )
    build([source], tmp_path / "x.edition", jobs=1)
    after = ids()
    assert before[0] < after[0]
    assert before[1] <= after[1]
    (source / "another.txt").unlink()
    build([source], tmp_path / "x.edition", jobs=1)
    assert ids() == before


def test_rows_do_not_depend_on_the_order_of_builds(edition: Path, tmp_path: Path) -> None:
    source = tmp_path / "articles"
    source.mkdir()
    for name in reversed(ARTICLES):
        (source / name).write_text(ARTICLES[name], encoding="utf-8")
        build([source], tmp_path / "x.edition", meta=edition.parent / "sheet.csv", jobs=1)

    def dump(path: Path) -> list[tuple[object, ...]]:
        with sqlite3.connect(path) as connection:
            found = connection.execute(
                """SELECT a.id, d.id, a.kind, a.content, a.within, a.utterance, s.place, s.name, s.actor
                   FROM attributions a JOIN documents d ON d.n = a.document
                   LEFT JOIN speakers s ON s.attribution = a.n ORDER BY 1, 7"""
            ).fetchall()
            return [*found, *connection.execute("SELECT * FROM actors ORDER BY id").fetchall()]

    assert dump(tmp_path / "x.edition") == dump(edition)


def test_pages_escape_what_is_said(client: TestClient) -> None:
    for address in ("/quotes", "/quotes?q=wanted", "/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<script" not in page.text.lower()
    for row in client.get("/quotes.json").json()["quotes"]:
        page = client.get(f"/documents/{row['document']}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert client.get(f"/utterances/{row['utterance']}").status_code == 200


def test_lists_can_be_narrowed_by_their_addresses(client: TestClient) -> None:
    page = client.get("/quotes?outlet=The+Gazette&kind=direct").text
    assert "Narrowed to" in page and "The Herald" not in page.split('class="narrow"')[0].split("<h2")[1]
    assert client.get("/quotes?sort=sideways").status_code == 400
    assert client.get("/quotes?since=yesterday").status_code == 400
    assert client.get("/quotes?page=999").status_code == 200
    assert client.get("/quotes.csv").text.startswith("id,document,title")
    assert client.get("/utterances/unothing").status_code == 404
    assert client.get("/actors/anothing.json").status_code == 404


def test_a_documents_data_has_its_attributions(client: TestClient) -> None:
    row = client.get("/quotes.json?q=twice").json()["quotes"][0]
    data = client.get(f"/documents/{row['document']}.json").json()
    assert row["id"] in [a["id"] for a in data["attributions"]]
    for a in data["attributions"]:
        for span in (*a["source"], *a["cue"], *a["content"], *a["hedges"]):
            assert data["text"][span["start"] : span["end"]] == span["exact"]


def test_every_link_of_the_site_leads_somewhere(edition: Path, tmp_path: Path) -> None:
    publish(edition, tmp_path / "site")
    names = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*") if p.is_file()}
    assert {"quotes/index.html", "quotes.json", "quotes.csv"} <= names
    assert any(name.startswith("utterances/u") for name in names)
    for page in (tmp_path / "site").rglob("*.html"):
        for address in re.findall(r'href="([^"#:]+)', page.read_text(encoding="utf-8")):
            assert (page.parent / address).resolve().exists(), (page, address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [390, 1280])
def test_shading_can_be_put_out_and_nothing_sticks_out(
    browser: Browser, edition: Path, tmp_path: Path, width: int
) -> None:
    publish(edition, tmp_path / "site")
    with Edition.open(edition) as opened:
        first = quotes.quotes(opened, Asked(words="twice"))[0]
    page = browser.new_page(viewport={"width": width, "height": 900})
    for name in ("quotes/index", f"utterances/{first.utterance}", f"documents/{first.document}"):
        page.goto((tmp_path / "site" / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    said, voice = page.locator(".text .said.direct").first, page.locator(".text .voice").first
    assert voice.get_attribute("data-voice") == "Elena Marsh"
    assert voice.is_visible()
    shaded = said.evaluate("e => getComputedStyle(e).backgroundColor")
    page.locator("#shading").uncheck()
    assert not voice.is_visible()
    assert said.evaluate("e => getComputedStyle(e).backgroundColor") != shaded
    page.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_quotes_has_an_accessibility_violation(
    browser: Browser, edition: Path, tmp_path: Path, scheme: str
) -> None:
    axe = next(f for f in resources.files("axe_playwright_python").iterdir() if f.name == "axe.min.js").read_text()
    publish(edition, tmp_path / "site")
    with Edition.open(edition) as opened:
        first = quotes.quotes(opened, Asked(words="twice"))[0]
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    only = "" if scheme == "light" else "runOnly: ['color-contrast'], "
    found: dict[str, object] = {}
    addresses = ["quotes/index", f"utterances/{first.utterance}", f"documents/{first.document}"]
    addresses.append(f"actors/{first.speakers[0].actor}")
    for address in addresses:
        page.goto((tmp_path / "site" / f"{address}.html").as_uri())
        page.add_script_tag(content=axe)
        result = page.evaluate(f"axe.run({{{only}resultTypes: ['violations']}})")
        if result["violations"]:
            found[address] = [
                (v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]]) for v in result["violations"]
            ]
    context.close()
    assert found == {}, json.dumps(found, indent=1)
