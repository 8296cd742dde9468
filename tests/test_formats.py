"""Items into stored text, and what their mark-up gives away."""

from __future__ import annotations

import json
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures_formats import ARTICLE, MORE, item, read, sound
from variorum.reading.containers.limits import TEXT_LENGTH
from variorum.reading.decoding import clean, decode
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats import extract
from variorum.reading.formats.edits import merged, normalising
from variorum.records import Edit, Item

# --- decoding --------------------------------------------------------------------------------------------------------

FRENCH = "« Le président a été réélu », déclare l’élu."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_common_encodings_are_told_without_a_declaration(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_latin_1_has_the_typographic_quotes_of_windows() -> None:
    assert decode(b"\x93Quoted\x94 \x96 it\x92s", "iso-8859-1") == "“Quoted” – it’s"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Совет города в понедельник решил закрыть старую гавань, сообщил его спикер после долгих споров.", "cp1251"),
     ("Совет города в понедельник решил закрыть старую гавань, сообщил его спикер после долгих споров.", "koi8-r"),
     ("Το συμβούλιο της πόλης αποφάσισε τη Δευτέρα να κλείσει το παλιό λιμάνι, είπε ο πρόεδρος.", "cp1253"),
     ("市议会星期一决定关闭旧港口，发言人在长时间辩论后表示，渔民们已经封锁了道路。", "gb18030")],
)  # fmt: skip
def test_other_scripts_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
    assert decode(text.encode(encoding), encoding) == text


def test_a_few_bad_bytes_do_not_turn_utf8_into_mojibake() -> None:
    assert decode("é".encode() * 20 + b"\xff" + "é".encode()) == "é" * 20 + "\ufffd" + "é"


def test_a_wrong_declaration_does_not_spoil_utf8() -> None:
    assert decode("café".encode(), "iso-8859-1") == "café"
    assert decode("café".encode("cp1252"), "utf-8-of-nowhere") == "café"


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "utf-7", "hex", "\0"])
)
def test_any_bytes_become_text_that_can_be_stored(data: bytes, declared: str | None) -> None:
    decode(data, declared).encode("utf-8")


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_utf8_is_never_changed(text: str) -> None:
    text = text.lstrip("\ufeff").replace("\0", "")
    assert decode(text.encode("utf-8")) == text


def test_halves_of_a_pair_that_belong_together_are_joined() -> None:
    assert clean("a\ud83d\ude00b\ud83dc") == "a\U0001f600b\ufffdc"


# --- plain text ------------------------------------------------------------------------------------------------------


def test_line_ends_and_spaces_stay_in_the_stored_text_and_are_read_as_plain_ones() -> None:
    found = extract(item("text", b"\xef\xbb\xbf" + "one\r\ntwo\u00a0three\rfo\u00adur\u200b five\u2028six".encode()))
    assert found.text == "one\r\ntwo\u00a0three\rfo\u00adur\u200b five\u2028six"
    assert read(found).text == "one\ntwo three\nfour five\nsix"
    sound(found)


def test_letters_with_marks_are_read_composed() -> None:
    found = extract(item("text", "Guaido\u0301 met A\u030angstro\u0308m"))
    assert found.text == "Guaido\u0301 met A\u030angstro\u0308m"
    assert read(found).text == "Guaidó met Ångström"
    assert read(found).to_stored(5, 6).of(found.text) == "o\u0301"


def test_joiners_stay_where_a_script_needs_them() -> None:
    found = extract(item("text", "می\u200cخواهم and co\u200cop \U0001f468\u200d\U0001f469"))
    assert read(found).text == "می\u200cخواهم and coop \U0001f468\u200d\U0001f469"


TEXTS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\r\n\u00a0\u00ad\u200b\u200d\u0301\u0323\u1100\u1161\u11a8\u212b\ufeff\u2028 ab*_[]()`<>#-|!\\&;~"
        ),
    ),
    max_size=60,
)


@given(TEXTS)
def test_normalising_reads_as_nfc_and_leads_back(text: str) -> None:
    found = Extracted(text, edits=normalising(text))
    sound(found)
    reading = read(found).text
    assert "\r" not in reading and "\u00a0" not in reading and "\u00ad" not in reading
    if not any(e.replacement == "" for e in found.edits):
        assert unicodedata.is_normalized("NFC", reading)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5))),
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5))),
)
def test_merging_keeps_the_first_of_two_that_overlap(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    def apart(spans: list[tuple[int, int]], words: str) -> list[Edit]:
        edits: list[Edit] = []
        for start, length in sorted(spans):
            if not edits or start >= edits[-1].end:
                edits.append(Edit(start, start + length, words))
        return edits

    first, second = apart(one, "1"), apart(two, "2")
    both = merged(first, second)
    assert [e for e in both if e.replacement == "1"] == first
    assert all(a.end <= b.start for a, b in pairwise(both))


# --- rows ------------------------------------------------------------------------------------------------------------


def test_the_fields_of_a_row_are_clues() -> None:
    row = {"text": ARTICLE, "title": "Harbour", "authors": ["Ida Bell", "Tom Ash"], "site": "v.example", "lang": "en"}
    fields = {"text": "text", "title": "title", "author": "authors", "outlet": "site", "language": "lang"}
    found = extract(Item("a", "k", 1, "record", json.dumps(row).encode(), (), fields))
    assert found.text == ARTICLE
    assert {c.field: (c.value, c.method) for c in found.clues} == {
        "title": ("Harbour", "field"),
        "author": ("Ida Bell, Tom Ash", "field"),
        "outlet": ("v.example", "field"),
        "language": ("en", "field"),
    }


def test_an_empty_text_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no text"):
        extract(item("text", " \n "))


def test_a_text_longer_than_any_article_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="5,000,001 characters"):
        extract(item("text", "x" * (TEXT_LENGTH + 1)))


# --- HTML ------------------------------------------------------------------------------------------------------------

LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#org", "name": "Veld Times"},
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "NewsArticle", "headline": "Another story", "datePublished": "2001-01-01"}],
        },
        {
            "@type": ["NewsArticle"],
            "headline": "Council &amp; harbour",
            "author": [{"@type": "Person", "name": "Ida Bell"}, {"@type": "Person", "name": "Tom Ash"}],
            "publisher": {"@id": "#org"},
            "datePublished": "2019-05-06T23:30:00-05:00",
            "dateModified": "2019-05-08",
            "mainEntityOfPage": {"@id": "https://v.example/harbour"},
            "inLanguage": "en-GB",
        },
    ],
}
PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0026)https://v.example/harbour?x -->
<html lang="en"><head><title>Council closes harbour | Veld Times</title>
<script type="application/ld+json">{json.dumps(LD)}</script>
<meta property="og:title" content="Council closes harbour"><meta property="og:site_name" content="Veld Times">
<meta property="article:published_time" content="2019-05-06T10:00:00Z"><meta name="author" content="Ida Bell">
<link rel="canonical" href="https://v.example/harbour"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Council closes harbour</h1><p>{ARTICLE} {MORE}</p><h2>What the fishermen say</h2><p>{MORE} {ARTICLE}</p>
<figure><img src="x.jpg"><figcaption>The old harbour of Veldtown, seen from the pier in spring.</figcaption></figure>
<p>{ARTICLE}</p></article><script>evil()</script><footer>About us</footer></body></html>"""


def test_a_page_gives_its_article_and_every_hint_with_its_method() -> None:
    found = extract(item("html", PAGE))
    sound(found)
    assert ARTICLE in found.text and "evil" not in found.text and "About us" not in found.text
    hints = {(c.field, c.method, c.value) for c in found.clues}
    assert hints >= {
        ("title", "jsonld", "Council & harbour"),
        ("author", "jsonld", "Ida Bell, Tom Ash"),
        ("outlet", "jsonld", "Veld Times"),
        ("published", "jsonld", "2019-05-06"),
        ("published", "jsonld", "../2019-05-08"),
        ("url", "jsonld", "https://v.example/harbour"),
        ("language", "jsonld", "en"),
        ("title", "opengraph", "Council closes harbour"),
        ("outlet", "opengraph", "Veld Times"),
        ("published", "opengraph", "2019-05-06"),
        ("author", "meta", "Ida Bell"),
        ("url", "canonical", "https://v.example/harbour"),
        ("url", "container", "https://v.example/harbour?x"),
    }
    assert not any("Another story" in c.value or "2001" in c.value for c in found.clues)
    assert all(0 <= c.score <= 1 and c.reason for c in found.clues)


def test_headings_of_a_page_are_zones() -> None:
    found = extract(item("html", PAGE))
    headings = [found.text[z.start : z.end] for z in found.zones if z.kind == "heading"]
    assert "What the fishermen say" in headings


def test_the_charset_of_a_page_is_its_own_or_that_of_the_header() -> None:
    words = f"<p>Совет города решил закрыть гавань.</p><p>{ARTICLE}</p>"
    page = f'<html><head><meta charset="windows-1251"></head><body>{words}</body></html>'
    assert "Совет города" in extract(item("html", page.encode("cp1251"))).text
    bare = page.replace('<meta charset="windows-1251">', "").encode("cp1251")
    assert "Совет города" in extract(item("html", bare, "cp1251")).text


def test_a_fragment_is_taken_whole_block_by_block() -> None:
    found = extract(
        item(
            "html",
            "<h2>Harbour</h2><p>One <b>bold</b> word.</p><ul><li>a<li>b</ul>c<br>d<figcaption>Pier</figcaption>",
        )
    )
    assert found.text == "Harbour\nOne bold word.\na\nb\nc\nd\nPier"
    assert [(z.kind, found.text[z.start : z.end]) for z in found.zones] == [("heading", "Harbour"), ("caption", "Pier")]


def test_scripts_in_every_field_stay_words_and_nothing_of_them_runs() -> None:
    evil = "<script>alert(1)</script>"
    ld = json.dumps({"@type": "NewsArticle", "headline": evil, "author": evil, "datePublished": evil}).replace(
        "</", "<\\/"
    )
    page = (
        f'<html><head><title>{evil}</title><meta name="author" content="{evil}">'
        f'<script type="application/ld+json">{ld}</script></head>'
        f'<body onload="evil()"><p onclick="evil()">{ARTICLE} {MORE}</p><p>{MORE}</p><iframe src="http://evil.example"></iframe></body></html>'
    )
    found = extract(item("html", page))
    assert "alert" not in found.text and "onclick" not in found.text
    assert not any(c.field == "published" for c in found.clues if c.method != "htmldate")


@pytest.mark.parametrize(
    ("tag", "times"),
    [
        ("div", 100_000),
        ("b", 100_000),
        ("table", 100_000),
        ("x-y", 100_000),
        ("h1", 100_000),
        ("p", 5_000),
        ("a", 5_000),
    ],
)
def test_a_page_that_is_nested_very_deeply_is_read(tag: str, times: int) -> None:
    page = f"<html><body>{f'<{tag}>' * times}<p>{ARTICLE}</p>\n<p>{MORE}</p></body></html>"
    began = time.perf_counter()
    assert ARTICLE in extract(item("html", page)).text
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body title='{'x' * 5_000_000}'><p>{ARTICLE}</p><p>{MORE}</p></body></html>",
        f"<html><body {'a=b ' * 50_000}><p>{ARTICLE}</p><p>{MORE}</p></body></html>",
        f"<html><body><p>{ARTICLE}<p>{MORE}<div><table><td></p></b></i>&#0;&#xD800;&bogus;<![CDATA[x]]><!-- -- --><<<>",
        f"<html><body>{'<!--' * 20_000}<p>{ARTICLE}</p><p>{MORE}</p>",
    ],
)
def test_broken_pages_neither_crash_nor_take_for_ever(page: str) -> None:
    began = time.perf_counter()
    try:
        sound(extract(item("html", page)))
    except Unreadable as error:
        assert "\n" not in str(error)
    assert time.perf_counter() - began < 10


def test_a_page_without_an_article_says_so() -> None:
    with pytest.raises(Unreadable, match="no article"):
        extract(item("html", "<html><body><nav><a href='/'>Home</a></nav></body></html>"))


@given(st.text(st.sampled_from("<>/ap=\"'!-&;#x0 \n") | st.characters(codec="utf-8"), max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_mark_up_is_read_or_refused(markup: str) -> None:
    for page in (markup, f"<html><body><p>{ARTICLE}</p>{markup}<p>{MORE}</p>"):
        try:
            sound(extract(item("html", page)))
        except Unreadable as error:
            assert "\n" not in str(error)
