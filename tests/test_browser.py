"""The pages in a real browser: accessible, usable on a phone, by keyboard and without JavaScript, and alone."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from browsers import chromium
from fixtures_edition import HARBOUR, ODD, small_edition
from variorum.publishing.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "start": "/",
    "documents": "/documents",
    "narrowed": "/documents?outlet=%3F&sort=title",
    "document": f"/documents/{HARBOUR.id}",
    "place": f"/documents/{HARBOUR.id}?at=300-320",
    "odd": f"/documents/{ODD.id}",
    "search": "/search",
    "hits": "/search?q=harbour",
    "no hits": "/search?q=nothinglikethis",
    "left out": "/rejected",
    "notices": "/notices",
    "nothing": "/no/such/page",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    edition = small_edition(tmp_path_factory.mktemp("browser") / "harbour.edition")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(create_app(edition), port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    axe = next(f for f in (resources.files("axe_playwright_python")).iterdir() if f.name == "axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for axe alone, which is put into the page
    )
    page = context.new_page()
    found: dict[str, object] = {}
    for name, address in PAGES.items():
        page.goto(server + address)
        page.add_script_tag(content=axe)
        result = page.evaluate("axe.run()")
        if result["violations"]:
            found[name] = [
                (v["id"], v["help"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]
            ]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[f"{name} scrolls"] = over
    context.close()
    assert found == {}, json.dumps(found, indent=1)


def test_no_page_asks_another_host_or_breaks_its_own_rules(browser: Browser, server: str) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith((server, "data:")) else None)
    page.on(
        "console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") and "404" not in m.text else None
    )
    page.on("dialog", lambda d: wrong.append(d.message))
    page.on("pageerror", lambda e: wrong.append(str(e)))
    for address in PAGES.values():
        page.goto(server + address)
    page.close()
    assert wrong == []


def test_the_keyboard_reaches_everything_and_the_focus_can_be_seen(browser: Browser, server: str) -> None:
    page = browser.new_page()
    for address in (PAGES["hits"], PAGES["document"]):
        page.goto(server + address)
        page.keyboard.press("Tab")
        assert "skip" in (page.evaluate("document.activeElement.className") or "")
        reachable = page.evaluate(
            """[...document.querySelectorAll('a[href], button, input, select, summary')]
               .filter(e => e.checkVisibility()).length"""
        )
        seen = set()
        for _ in range(reachable + 5):
            state = page.evaluate(
                """(() => { const e = document.activeElement, s = getComputedStyle(e);
                    if (!window.order) window.order = [];
                    if (!order.includes(e)) order.push(e);
                    const wrapped = e.closest('.field') ? getComputedStyle(e.closest('.field')) : s;
                    const visible = s.outlineStyle !== 'none' || s.boxShadow !== 'none'
                        || wrapped.outlineStyle !== 'none' || wrapped.boxShadow !== 'none';
                    return [order.indexOf(e), e.tagName, visible]; })()"""
            )
            seen.add(state[0])
            assert state[1] == "BODY" or state[2], f"{address}: no focus to see on {state}"
            page.keyboard.press("Tab")
        assert len(seen) >= reachable
    page.close()


def without_javascript(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 700}).new_page()


def test_a_reader_without_javascript_searches_and_gets_to_the_place(browser: Browser, server: str) -> None:
    page = without_javascript(browser)
    page.goto(server)
    page.get_by_role("searchbox").first.fill('"interim government"')
    page.get_by_role("searchbox").first.press("Enter")
    page.locator(".snippets a").first.click()
    assert page.url.endswith("#at")
    box = page.locator("mark#at, #at").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 700
    page.context.close()


def test_a_mended_word_tells_its_broken_form(browser: Browser, server: str) -> None:
    page = without_javascript(browser)
    page.goto(server + PAGES["document"])
    text = page.locator("article").first.inner_text()
    assert "interim" in text or "interi m" in text
    assert "interi m" in page.content()
    assert "government" in page.content()
    page.context.close()


def test_light_and_dark_differ(browser: Browser, server: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(server)
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        context.close()
    assert len(colours) == 2


def test_a_page_fits_on_paper(browser: Browser, server: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(server + PAGES["document"])
    assert not page.locator(".masthead form").first.is_visible()
    assert page.locator("article").first.is_visible()
    page.close()
