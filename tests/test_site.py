"""The static site: complete, the same every time, safe, and searchable in the page from a folder."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from browsers import chromium
from fixtures_edition import ALL, HARBOUR, HOSTILE, small_edition, write_edition
from variorum.publishing.site import MARKER, SiteError, publish
from variorum.publishing.site_index import tokens


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_edition(tmp_path_factory.mktemp("site") / "x.edition")


@pytest.fixture(scope="module")
def site(edition: Path) -> Path:
    publish(edition, edition.parent / "site")
    return edition.parent / "site"


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    checked = 0
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', page.read_text(encoding="utf-8")):
            if address.startswith(("https://", "http://")):
                continue
            path, _, fragment = unquote(address.replace("&amp;", "&")).partition("#")
            assert not path.startswith("/"), f"{page}: {address} is not relative"
            target = (page.parent / path) if path else page
            assert target.is_file(), f"{page}: {address}"
            if fragment and target.suffix == ".html":
                assert f'id="{fragment}"' in target.read_text(encoding="utf-8"), f"{page}: {address}"
            checked += 1
    assert checked > 100


def test_each_document_has_a_page_and_its_data(site: Path) -> None:
    for told in ALL:
        assert (site / "documents" / f"{told.id}.html").is_file()
        assert json.loads((site / "documents" / f"{told.id}.json").read_text())["text"] == told.text
    assert len(json.loads((site / "documents.json").read_text())["documents"]) == len(ALL)


def test_two_sites_of_one_edition_are_the_same_byte_for_byte(edition: Path, site: Path, tmp_path: Path) -> None:
    publish(edition, tmp_path / "again")
    assert files(tmp_path / "again") == files(site)


def test_a_new_site_takes_away_what_it_no_longer_has(edition: Path, site: Path, tmp_path: Path) -> None:
    smaller = write_edition(tmp_path / "x.edition", [HARBOUR])
    shutil.copytree(site, tmp_path / "site")
    publish(smaller, tmp_path / "site")
    publish(smaller, tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_a_folder_with_other_files_is_left_alone(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(SiteError, match="other files"):
        publish(edition, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["holiday.jpg"]
    with pytest.raises(SiteError, match="not a folder"):
        publish(edition, tmp_path / "holiday.jpg")


def test_a_site_never_removes_a_file_outside_its_folder(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "precious.txt").write_text("x")
    (tmp_path / "site" / MARKER).write_text(json.dumps(["../precious.txt", str(tmp_path / "precious.txt")]))
    publish(edition, tmp_path / "site")
    assert (tmp_path / "precious.txt").exists()


def test_what_outlets_wrote_is_never_mark_up(site: Path) -> None:
    for name, content in files(site).items():
        if name.endswith(".html"):
            assert b"<script>alert" not in content, name
            assert b"<img src=x" not in content, name
        if name.startswith("search/"):
            assert b"<" not in content, name


def test_words_are_compared_without_accents_and_capitals() -> None:
    assert tokens("Señor GUAIDÓ's e\u0301tat") == ["senor", "guaido", "s", "etat"]


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    ("query", "told", "marked"),
    [
        ("interim government", {"Harbour council splits over the two mayors"}, "interim"),
        ('"swore in"', set(), ""),
        ('"sworn in by"', {"Harbour council splits over the two mayors"}, "sworn in by"),
        ("DIVIDIO", {"El consejo se divide"}, "dividió"),
        ("harb* -council", {"loose/bare.txt", HOSTILE}, "harbour"),
        ("jueves OR seal", {"El consejo se divide", "Harbour council splits over the two mayors"}, "jueves"),
        ("title:divide", {"El consejo se divide"}, "divide"),
        ("nothinglikethis", set(), ""),
        (HOSTILE, {HOSTILE}, "script"),
    ],
)
def test_the_site_searches_from_a_folder(site: Path, browser: Browser, query: str, told: set[str], marked: str) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    missing = "ERR_FILE_NOT_FOUND"  # how a browser says that no word of the corpus begins so
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and missing not in m.text else None)
    page.on("dialog", lambda d: wrong.append(d.message))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith("file:") else None)
    page.goto((site / "search.html").as_uri())
    page.fill("#q", query)
    page.press("#q", "Enter")
    page.wait_for_selector("body[data-searched]")
    assert {h.inner_text() for h in page.query_selector_all("#hits h3")} == {" ".join(t.split()) for t in told}
    marks = {m.inner_text() for m in page.query_selector_all("#hits mark")}
    assert not marked or any(marked in mark for mark in marks)
    assert wrong == []
    if told and marked != "divide":
        page.click("#hits .snippets a")
        page.wait_for_url(re.compile("/documents/"))
        assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")
    page.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_file_of_the_site_has_an_accessibility_violation_or_scrolls_sideways(
    site: Path, browser: Browser, width: int, scheme: str
) -> None:
    axe = next(f for f in resources.files("axe_playwright_python").iterdir() if f.name == "axe.min.js").read_text()
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    found: dict[str, object] = {}
    for name in ("index.html", "documents/index.html", f"documents/{HARBOUR.id}.html", "search.html?q=harbour"):
        page.goto(f"{site.as_uri()}/{name}")
        if name.startswith("search"):
            page.wait_for_selector("body[data-searched]")
            assert page.locator("#hits h3").count() == 4
        page.evaluate(axe)
        for violation in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
            found[f"{name}: {violation['id']}"] = [n["html"][:120] for n in violation["nodes"][:3]]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[f"{name} scrolls"] = over
    page.close()
    assert found == {}, json.dumps(found, indent=1)
