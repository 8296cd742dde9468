"""The pages in a real browser: accessible, usable on a phone, by keyboard and without JavaScript, and alone."""

from __future__ import annotations

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
from playwright.sync_api import Browser, Page, expect

from browsers import chromium
from fixtures_edition import ALL, HARBOUR, ODD, Told, small_edition
from variorum.publishing.app import create_app
from variorum.publishing.site import publish

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "start": "/",
    "documents": "/documents",
    "narrowed": "/documents?outlet=%3F&sort=title",
    "document": f"/documents/{HARBOUR.id}",
    "place": f"/documents/{HARBOUR.id}?at=300-320",
    "chosen": f"/documents/{HARBOUR.id}#a1",
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
    bound = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(edition), log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
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
    # the scheme changes colours and nothing else, so that in the dark the contrast alone is looked at
    only = "" if scheme == "light" else "runOnly: ['color-contrast'], "
    found: dict[str, object] = {}
    for name, address in PAGES.items():
        page.goto(server + address)
        page.add_script_tag(content=axe)
        result = page.evaluate(f"axe.run({{{only}resultTypes: ['violations']}})")
        assert result["passes"], f"{name}: nothing was looked at"
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


FOCUSABLE = "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]"
FOCUSED = """(() => {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    return {number: window.controls.indexOf(e), name: e.outerHTML.slice(0, 100),
            outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
            inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
})()"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_everything_and_the_focus_can_be_seen(browser: Browser, server: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    for name in ("start", "narrowed", "document", "hits", "left out", "nothing"):
        page.goto(server + PAGES[name])
        page.evaluate(f"window.controls = {FOCUSABLE}.filter(e => e.checkVisibility())")
        controls = page.evaluate("window.controls.length")
        reached = []
        for _ in range(controls):
            page.keyboard.press("Tab")
            state = page.evaluate(FOCUSED)
            assert state["outline"], f"{name}: no focus to see on {state['name']}"
            assert state["inside"], f"{name}: the focus is out of sight on {state['name']}"
            reached.append(state["number"])
        assert reached == list(range(controls)), name
        assert "skip" in page.evaluate("window.controls[0].className")
    page.close()


def test_the_skip_link_leads_past_the_navigation(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(server + PAGES["documents"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


def without_javascript(browser: Browser, width: int = 1280) -> Page:
    return browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 700}).new_page()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_without_javascript_searches_and_gets_to_the_place(browser: Browser, server: str, width: int) -> None:
    page = without_javascript(browser, width)
    page.goto(server)
    page.get_by_role("searchbox").fill('"interim government"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".snippets mark")).to_have_text(["interim government"])
    page.locator(".snippets a").click()
    expect(page).to_have_url(re.compile("#at$"))
    box = page.locator("#at").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 700 - box["height"]
    assert page.locator("#at ins").inner_text() == "interim"
    page.context.close()


def test_a_reader_without_javascript_narrows_and_sorts_a_list(browser: Browser, server: str) -> None:
    page = without_javascript(browser)
    page.goto(server + PAGES["documents"])
    page.get_by_role("link", name="Espejo del Sur").click()
    expect(page.locator("h3.name")).to_have_text(["El consejo se divide"])
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("h3.name")).to_have_count(len(ALL))
    page.get_by_label("to", exact=True).fill("2019-06-06")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h3.name")).to_have_count(2)
    page.get_by_role("link", name="by title").click()
    expect(page).to_have_url(re.compile("sort=title"))
    assert "until=2019-06-06" in page.url
    assert page.locator("h3.name").all_inner_texts() == ["El consejo se divide", HARBOUR.title]
    page.context.close()


def test_a_mended_word_tells_its_broken_form(browser: Browser, server: str) -> None:
    page = without_javascript(browser)
    page.goto(server + PAGES["document"])
    word = page.locator("a.repair").first
    assert word.locator("ins").inner_text() == "interim"
    broken = word.locator(".broken")
    wide = "e => e.getBoundingClientRect().width"
    assert broken.evaluate(wide) < 2
    for show in (word.hover, word.focus):
        show()
        assert broken.evaluate(wide) > 30
        assert "interi m" in broken.inner_text()
        page.mouse.move(0, 0)
        page.get_by_role("link", name="Variorum").focus()
    page.context.close()


LIT = "e => getComputedStyle(e).backgroundColor !== 'rgba(0, 0, 0, 0)'"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("where", ["server", "folder"])
def test_a_reader_without_javascript_lights_up_whom_a_name_means(
    browser: Browser, server: str, tmp_path: Path, where: str, width: int
) -> None:
    page = without_javascript(browser, width)
    if where == "folder":
        publish(small_edition(tmp_path / "harbour.edition"), tmp_path / "site")
        page.goto((tmp_path / "site" / "documents" / f"{HARBOUR.id}.html").as_uri())
    else:
        page.goto(server + PAGES["document"])

    def lit() -> list[str]:
        return [e.inner_text() for e in page.locator(".text .spoken").all() if e.evaluate(LIT)]

    assert lit() == []
    page.get_by_role("link", name="Tom Varga").first.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.locator(".text").get_by_role("link", name="Tom Varga").click()
    assert page.evaluate("scrollY") == before  # nothing moves under the reader's eyes
    assert lit() == ["mayor of ", "Port Elder", "Her", " rival", "Tom Varga", "Mr Varga"]
    card = page.locator(".cast li:target")
    expect(card).to_be_in_viewport()
    assert "2 names, 2 descriptions" in card.inner_text()
    card.get_by_role("link", name="put out").click()
    assert lit() == []
    page.locator(".cast").get_by_role("link", name="Mara Oskin").click()
    assert lit() == ["Mara Oskin", "Her", "Ms Oskin"]
    page.get_by_role("link", name="first place").click()
    expect(page.locator(".text .spoken:target")).to_be_in_viewport()
    page.context.close()


STORED = """(() => {
    let text = '';
    const take = node => {
        if (node.nodeType === Node.TEXT_NODE) text += node.data;
        else if (!node.matches('ins, .aside, .label')) node.childNodes.forEach(take);
    };
    document.querySelectorAll('.text > .gap, .text > .zone > .words').forEach(take);
    return text;
})()"""


@pytest.mark.parametrize("told", [HARBOUR, ODD], ids=["plain", "odd"])
def test_a_browser_holds_the_stored_text_code_point_by_code_point(browser: Browser, server: str, told: Told) -> None:
    page = browser.new_page()
    page.goto(f"{server}/documents/{told.id}")
    assert page.evaluate(STORED) == told.text
    page.close()


def test_light_and_dark_differ(browser: Browser, server: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(server)
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        context.close()
    assert len(colours) == 2


def test_a_page_fits_on_paper(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(server + PAGES["document"])
    assert not page.locator(".masthead form").first.is_visible()
    assert page.locator("article").first.is_visible()
    page.close()
