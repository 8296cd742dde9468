"""Actors, offices and stances: what an edition answers, the pages, the command line, the exports."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from browsers import chromium
from variorum.build import build
from variorum.cli import main
from variorum.edition import standings
from variorum.edition.reading import Edition
from variorum.edition.standings import Asked
from variorum.examples import corpus
from variorum.publishing.app import create_app


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standings") / "story.edition"
    build([corpus()], path)
    return path


@pytest.fixture(scope="module")
def client(edition: Path) -> TestClient:
    return TestClient(create_app(edition))


def ask(edition: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["ask", str(edition), *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_stance_is_in_force_until_the_other_side_is_taken(edition: Path) -> None:
    with Edition.open(edition) as opened:
        hallamor = next(a for a in standings.actors(opened, Asked(words="sigrun")) if a.kind == "person").id

        def on(day: str) -> set[tuple[str, str]]:
            found = standings.stances(opened, Asked(on=day, about=hallamor))
            return {(s.actor.name, s.stance) for s in found if s.real}

        assert ("Cassary", "recognises") in on("2018-03-01")
        assert ("Cassary", "recognises") not in on("2018-05-20")
        assert ("Cassary", "derecognises") in on("2018-05-20")
        assert on("2017-01-01") == set()


def test_two_views_of_one_office_stand_beside_each_other(edition: Path) -> None:
    with Edition.open(edition) as opened:
        regent = next(o for o in standings.offices(opened, Asked(words="regent askerra")) if len(o.holders) > 1)
    names = {by.name: {view.status for view in views} for by, views in regent.holders.items()}
    assert "holds" in names["Sigrun Hallamor"]
    assert {"holds", "claims"} <= names["Teodor Valmé"]


def test_the_matrix_shows_silence_as_silence(edition: Path) -> None:
    with Edition.open(edition) as opened:
        laid = standings.matrix(standings.stances(opened, Asked()), 5, 3)
    assert len(laid.rows) == 5
    assert len(laid.columns) == 3
    assert laid.more_rows > 0
    assert len(laid.cells) < 15
    assert all(cell for cell in laid.cells.values())


@pytest.mark.parametrize("room", ["actors", "offices", "stances"])
def test_pages_and_their_data(client: TestClient, room: str) -> None:
    page = client.get(f"/{room}")
    assert page.status_code == 200
    assert "Sigrun Hallamor" in page.text
    data = client.get(f"/{room}.json").json()
    rows = next(value for value in data.values() if isinstance(value, list))
    assert data["total"] == len(rows) > 5
    lines = list(csv.DictReader(io.StringIO(client.get(f"/{room}.csv").text)))
    assert len(lines) == len(rows)


def test_a_stance_leads_to_its_words(client: TestClient) -> None:
    row = client.get("/stances.json").json()["stances"][0]
    page = client.get(f"/stances/{row['id']}")
    assert page.status_code == 200
    first = row["evidence"][0]
    assert f"at={first['start']}-{first['end']}" in page.text.replace("&amp;", "&")
    text = client.get(f"/documents/{first['document']}.json").json()["text"]
    assert text[first["start"] : first["end"]] == first["exact"]
    assert client.get(f"/stances/{row['id']}.json").json() == row
    assert client.get("/stances/sabcdefghijkl").status_code == 404


def test_a_moment_and_a_voice_can_be_asked_for(client: TestClient) -> None:
    everything = client.get("/stances.json").json()["total"]
    on = client.get("/stances.json", params={"on": "2018-03-01"}).json()["total"]
    told = client.get("/stances.json", params={"according_to": "EBH"}).json()["total"]
    assert 0 < on < everything
    assert 0 < told < everything
    assert client.get("/stances", params={"on": "yesterday"}).status_code == 400
    assert client.get("/stances", params={"actor": "Nobody at all"}).status_code == 400
    assert client.get("/offices", params={"according_to": "Nobody"}).status_code == 400


def test_the_page_of_an_actor_tells_offices_stances_and_names(client: TestClient) -> None:
    found = next(a for a in client.get("/actors.json?q=valme").json()["actors"] if a["name"] == "Teodor Valmé")
    page = client.get(f"/actors/{found['id']}").text
    for words in (
        "Offices, according to whom",
        "Who stands where towards it",
        "How it is named",
        "What is said in this name",
    ):
        assert words in page
    assert "regent of Askerra" in page


def test_hostile_names_are_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("President <b>Anna</b> Berg backs the <script>alert(1)</script> plan of Carl Dorn.\n")
    build([folder], tmp_path / "x.edition")
    client = TestClient(create_app(tmp_path / "x.edition"))
    for room in ("actors", "offices", "stances"):
        assert "<script>alert" not in client.get(f"/{room}").text


@pytest.mark.parametrize("subject", ["actors", "offices", "stances", "events", "quotes", "alterations", "lineage",
                                     "labels", "claims", "conflicts", "omissions"])  # fmt: skip
def test_ask_answers_every_subject(edition: Path, subject: str) -> None:
    assert len(ask(edition, subject).splitlines()) > 2
    assert isinstance(json.loads(ask(edition, subject, "--format", "json")), dict)
    assert len(list(csv.reader(io.StringIO(ask(edition, subject, "--format", "csv"))))) > 1


def test_ask_takes_a_day_and_names(edition: Path) -> None:
    found = json.loads(ask(edition, "stances", "--on", "2018-03-01", "--about", "Sigrun Hallamor", "--format", "json"))[
        "stances"
    ]
    assert {row["target_name"] for row in found} == {"Sigrun Hallamor"}
    told = json.loads(ask(edition, "offices", "--according-to", "The Open Sluice", "--format", "json"))["occupancies"]
    assert {row["according_to"] for row in told} == {"The Open Sluice"}


def test_ask_tells_what_is_wrong_in_one_line(edition: Path) -> None:
    for words in (["stances", "--actor", "Nobody"], ["stances", "--on", "x"], ["lineage", "--about", "Nobody"]):
        result = CliRunner().invoke(main, ["ask", str(edition), *words])
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1, result.output
    assert CliRunner().invoke(main, ["ask", str(edition), "weather"]).exit_code == 2


# --- in a browser ----------------------------------------------------------------------------------------------------


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


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_standings_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    axe = next(f for f in (resources.files("axe_playwright_python")).iterdir() if f.name == "axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{server}/stances")
    stance = page.locator("a.cell").first.get_attribute("href") or ""
    actor = page.locator("table.matrix tbody th a").first.get_attribute("href") or ""
    found: dict[str, object] = {}
    for address in ("/stances", "/stances?on=2018-05-20", "/offices", "/actors", stance, actor):
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
def test_a_day_can_be_asked_for_without_a_script(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/stances")
    page.fill("input[name=on]", "2018-03-01")
    page.click(".moment button")
    assert "on=2018-03-01" in page.url
    words = page.inner_text("table.matrix")
    assert "recognises" in words
    assert "derecognises" not in words
    context.close()
