"""Files, archives and feeds into items, and what of them is rejected."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.reading.containers import limits, rows
from variorum.reading.formats import extract
from variorum.reading.opening import Notice, Options, open_file, parse_map
from variorum.records import Item, Rejection

ARTICLE = "Veldtown, 5 May. The council of Veldtown voted on Monday to close the old harbour, its speaker said."


def opened(data: bytes, label: str = "file", options: Options | None = None) -> list[Item | Rejection | Notice]:
    return list(open_file(label, io.BytesIO(data), options))


def items(data: bytes, label: str = "file", options: Options | None = None) -> list[Item]:
    found = opened(data, label, options)
    assert all(isinstance(f, Item) for f in found), found
    return [f for f in found if isinstance(f, Item)]


def reasons(data: bytes, label: str = "file") -> list[tuple[str, int | None, str]]:
    return [(f.path, f.line, f.reason) for f in opened(data, label) if isinstance(f, Rejection)]


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def dates(item: Item) -> list[str]:
    return [c.value for c in item.clues if c.field == "published"]


# --- what a file is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (ARTICLE.encode(), "text"),
        (ARTICLE.encode("utf-16"), "text"),
        (b"[AP] " + ARTICLE.encode(), "text"),
        (b"{sic} " + ARTICLE.encode(), "text"),
        (b"#MeToo march\n\n" + ARTICLE.encode(), "text"),
        (b"Mayor, council, and clerk met\n" + ARTICLE.encode(), "text"),
        (f"# Harbour closes\n\n**Veldtown** {ARTICLE}".encode(), "markdown"),
        (f"---\ntitle: Harbour\n---\n{ARTICLE}".encode(), "markdown"),
        (f"<!DOCTYPE html><title>x</title><p>{ARTICLE}".encode(), "html"),
        (f"  <!-- saved -->\n<html><body><p>{ARTICLE}</p></body></html>".encode(), "html"),
        (f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html><p>{ARTICLE}</p></html>'.encode(), "html"),
        (f"<div><p>{ARTICLE}</p></div>".encode(), "html"),
        (lines({"text": ARTICLE}), "record"),
        (json.dumps({"text": ARTICLE}, indent=2).encode(), "record"),
        (json.dumps([{"text": ARTICLE}]).encode(), "record"),
        (f'title,text\nHarbour,"{ARTICLE}"\n'.encode(), "record"),
    ],
)
def test_content_tells_the_format_whatever_the_name(data: bytes, form: str) -> None:
    (item,) = items(data, "name.without.meaning")
    assert item.format == form
    assert "The council of Veldtown voted" in extract(item).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t ", "there is nothing but white space in the file"),
        (bytes(range(256)) * 20, "a binary file, not a text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"{\\rtf1 words}", "a rich-text (RTF) file: save it as DOCX or plain text"),
        (b'<?xml version="1.0"?><urlset></urlset>', "XML of a kind that is not read (<urlset>)"),
        (b"\x1f\x8b\x08\x00broken", "it is cut off"),
        (b"PK\x03\x04broken", "broken zip file: file is not a zip file"),
        (zipped(), "an empty zip file"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    ((path, line, said),) = reasons(data, "sub/file.txt")
    assert (path, line) == ("sub/file.txt", None)
    assert said.startswith(reason)
    assert "\n" not in said


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "WARC/1.0\r\n", "%PDF-1.4", "\x1f\x8b", "PK\x03\x04", "[{", '{"', "<rss>", "---\n"]),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_stop_a_build(data: bytes, start: str) -> None:
    for found in opened(start.encode("latin-1") + data, "x"):
        if isinstance(found, Rejection):
            assert found.reason and "\n" not in found.reason


# --- rows ------------------------------------------------------------------------------------------------------------

NEWS_PLEASE: dict[str, object] = {"maintext": ARTICLE, "title": "Harbour", "authors": ["Ida Bell", "Tom Ash"],
               "date_publish": "2019-05-06 10:00:00", "date_download": "2021-01-02 00:00:00",
               "source_domain": "veldtimes.example", "url": "https://veldtimes.example/1",
               "language": "en", "text": None}  # fmt: skip
SHAPES: Sequence[tuple[dict[str, object], dict[str, str]]] = [
    (NEWS_PLEASE, {"text": "maintext", "date": "date_publish", "author": "authors", "outlet": "source_domain"}),
    (
        {"text": ARTICLE, "publish_date": "2019-05-06", "authors": ["I"], "title": "H"},
        {"text": "text", "date": "publish_date"},
    ),
    (
        {"text": ARTICLE, "sitename": "V", "hostname": "v.example", "date": "2019-05-06"},
        {"outlet": "sitename", "date": "date"},
    ),
    ({"text": ARTICLE, "bylines": "I", "extracted_at": "2020", "date": "2019"}, {"author": "bylines", "date": "date"}),
    ({"text": ARTICLE, "id": "p1", "series": "veldtimes"}, {"id": "id", "outlet": "series"}),
    (
        {"text": ARTICLE, "outlet_name": "V", "datetime": "06/05/2019 10:00"},
        {"outlet": "outlet_name", "date": "datetime"},
    ),
    ({"content": ARTICLE, "published_date": "2019-05-06"}, {"text": "content", "date": "published_date"}),
    ({"Article Text": ARTICLE, "Publish-Date": "2019-05-06"}, {"text": "Article Text", "date": "Publish-Date"}),
    ({"content": ARTICLE, "source": {"name": "V"}, "publishedAt": "2019-05-06T00:00:00Z"}, {"outlet": "source.name"}),
]


@pytest.mark.parametrize(("row", "names"), SHAPES)
def test_rows_of_known_programs_are_recognised_by_their_fields(row: dict[str, object], names: dict[str, str]) -> None:
    (item,) = items(lines(row), "rows.jsonl")
    assert {ours: item.fields.get(ours) for ours in names} == names
    assert extract(item).text == ARTICLE


def test_a_download_date_only_bounds_the_publication_date() -> None:
    (item,) = items(lines(NEWS_PLEASE), "rows.jsonl")
    assert dates(item) == ["2019-05-06", "../2021-01-02"]
    (item,) = items(lines({"text": ARTICLE, "date_download": "2021-01-02"}), "rows.jsonl")
    assert dates(item) == ["../2021-01-02"]


def test_other_names_are_mapped() -> None:
    data = lines({"Inhalt": ARTICLE, "Tag": "6.5.2019"})
    ((path, line, reason),) = reasons(data)
    assert (path, line) == ("file", None)
    assert reason == "no field is known to hold the text; it has Inhalt, Tag; say which with --map text=NAME"
    (item,) = items(data, options=Options(parse_map("text=Inhalt, date=Tag")))
    assert extract(item).text == ARTICLE
    assert dates(item) == ["2019-05-06/2019-06-05"]


@pytest.mark.parametrize("words", ["", "text", "text=", "body=x", "text=a,text=b"])
def test_a_mapping_that_means_nothing_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"'|nothing is mapped"):
        parse_map(words)


def test_a_broken_row_is_told_with_its_line_and_the_rest_goes_on() -> None:
    data = lines({"text": ARTICLE, "id": 1}) + b'\n{"text": "cut\n[1]\n\n' + lines({"text": ARTICLE, "id": 2}) + b"\n"
    found = opened(data, "rows.jsonl")
    assert [f.key for f in found if isinstance(f, Item)] == ["1", "2"]
    assert [(f.line, f.reason.split("(")[0].split(":")[0]) for f in found if isinstance(f, Rejection)] == [
        (2, "invalid JSON"),
        (3, "not an object but a list"),
    ]


def test_rows_before_a_fault_in_an_array_are_kept() -> None:
    data = json.dumps([{"text": ARTICLE, "id": 1}, {"text": ARTICLE, "id": 2}]).encode()
    found = opened(data[:-20])
    assert [f.key for f in found if isinstance(f, Item)] == ["1"]
    assert [f.line for f in found if isinstance(f, Rejection)] == [2]


def test_an_object_that_holds_a_list_gives_its_rows() -> None:
    data = json.dumps(
        {"status": "ok", "articles": [{"title": "A", "content": ARTICLE}, {"title": "B"}]}, indent=1
    ).encode()
    found = opened(data)
    assert [f.line for f in found if isinstance(f, Item)] == [1]
    assert [f.line for f in found if isinstance(f, Rejection)] == [2]


def test_a_file_that_is_one_object_is_one_document() -> None:
    (item,) = items(json.dumps({"title": "A", "text": ARTICLE}, indent=1).encode(), "a.json")
    assert (item.key, item.line) == ("", None)


def test_a_long_array_is_read_in_parts() -> None:
    data = json.dumps([{"id": n, "text": ARTICLE * 20} for n in range(500)]).encode()
    assert [i.key for i in items(data)] == [str(n) for n in range(500)]


def test_a_table_is_read_with_quotes_line_breaks_and_semicolons() -> None:
    data = f'\ufefftitle;text;id\r\n"A ""B""; C";"First line\r\n{ARTICLE}";x1\r\n'.encode()
    (item,) = items(data, "t.csv")
    found = extract(item)
    assert item.key == "x1"
    assert found.text == f"First line\r\n{ARTICLE}"
    assert [c.value for c in found.clues] == ['A "B"; C']


def test_a_row_with_more_cells_than_the_header_is_told() -> None:
    data = f"text,id\n{ARTICLE.replace(',', '')},1\nwords, and words, and more,2\n".encode()
    found = opened(data, "t.csv")
    assert [f.line for f in found if isinstance(f, Rejection)] == [2]


def test_a_row_with_html_is_read_as_html() -> None:
    (item,) = items(lines({"content": f"<h2>Harbour</h2><p>{ARTICLE}<script>evil()</script></p><p>Two.</p>"}))
    found = extract(item)
    assert found.text == f"Harbour\n{ARTICLE}\nTwo."
    assert [(z.kind, found.text[z.start : z.end]) for z in found.zones] == [("heading", "Harbour")]


def test_halves_of_surrogate_pairs_and_zeros_do_no_harm() -> None:
    (item,) = items(b'{"text": "A \\ud83d\\ude00 b \\udc00 c \\u0000 d, and so on", "title": "\\ud800"}')
    found = extract(item)
    assert found.text == "A \U0001f600 b \ufffd c \x00 d, and so on"
    assert all(c.value.encode("utf-8") for c in found.clues)


# --- keys ------------------------------------------------------------------------------------------------------------


def test_a_key_stays_when_other_rows_are_added() -> None:
    row, other = {"text": ARTICLE}, {"text": ARTICLE + " More."}
    alone = items(lines(row), "a.jsonl")[0].key
    assert [i.key for i in items(lines(other, row), "a.jsonl")][1] == alone
    assert items(lines({"url": "https://v.example/1", "text": ARTICLE}), "a.jsonl")[0].key == "https://v.example/1"


def test_rows_with_one_id_are_both_kept_and_told() -> None:
    one, two = {"id": 7, "text": ARTICLE}, {"id": 7, "text": "Another text."}
    found = opened(lines(one, two, two, two), "a.jsonl")
    keys = [f.key for f in found if isinstance(f, Item)]
    assert len(set(keys)) == 4
    assert keys[0] == "7" and keys[1].startswith("7~") and keys[2:] == [f"{keys[1]}~2", f"{keys[1]}~3"]
    assert [f.line for f in found if isinstance(f, Notice)] == [2, 3, 4]


# --- dates of a column -----------------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_one_row_tells_day_from_month_for_all_whatever_their_order(chance: random.Random) -> None:
    given_rows = [
        {"id": n, "text": ARTICLE, "date": d} for n, d in enumerate(["9/12/2022 11:12", "03/04/2022", "25/1/2022"])
    ]
    chance.shuffle(given_rows)
    found = {item.key: dates(item) for item in items(lines(*given_rows), "a.jsonl")}
    assert found == {"0": ["2022-12-09"], "1": ["2022-04-03"], "2": ["2022-01-25"]}


def test_where_no_row_tells_both_readings_are_kept_with_a_reason() -> None:
    (item,) = items(lines({"text": ARTICLE, "date": "9/12/2022"}), "a.jsonl")
    assert dates(item) == ["2022-09-12/2022-12-09"]
    assert "nothing in its column tells day from month" in item.clues[0].reason


def test_what_the_look_ahead_finds_holds_for_the_rest_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LOOKAHEAD_ROWS", 3)
    given_rows = [
        {"id": n, "text": ARTICLE, "date": d} for n, d in enumerate(["1/2/2022", "13/2/2022", "2/3/2022", "4/5/2022"])
    ]
    assert dates(items(lines(*given_rows), "a.jsonl")[3]) == ["2022-05-04"]


# --- archives --------------------------------------------------------------------------------------------------------


def test_members_of_archives_are_called_by_their_path() -> None:
    inner = zipped(("deep/b.txt", ARTICLE.encode()))
    rows = gzip.compress(lines({"id": 1, "text": ARTICLE}))
    data = zipped(("a.txt", ARTICLE.encode()), ("in.zip", inner), ("c.jsonl.gz", rows),
                  ("__MACOSX/a.txt", b"x"), (".hidden", b"x"))  # fmt: skip
    assert [(i.path, i.key) for i in items(data, "top.zip")] == [
        ("top.zip/a.txt", ""),
        ("top.zip/c.jsonl.gz", "1"),
        ("top.zip/in.zip/deep/b.txt", ""),
    ]


def test_members_cannot_lead_out_and_cannot_hide_each_other() -> None:
    data = zipped(("../../a.txt", ARTICLE.encode()), ("/a.txt", ARTICLE.encode()))
    assert [i.path for i in items(data, "z.zip")] == ["z.zip/a.txt", "z.zip/a.txt~2"]


def test_a_broken_member_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped(("a.txt", ARTICLE.encode() * 3), ("b.txt", ARTICLE.encode())))
    at = data.index(b"a.txt") + 10
    data[at : at + 20] = b"\x00" * 20
    found = opened(bytes(data), "z.zip")
    assert [f.path for f in found if isinstance(f, Item)] == ["z.zip/b.txt"]
    assert [f.path for f in found if isinstance(f, Rejection)] == ["z.zip/a.txt"]


def test_rows_before_the_end_of_a_cut_gzip_are_kept() -> None:
    chance = random.Random(1)
    given_rows = [{"id": n, "text": ARTICLE + "".join(chance.choices("abcdefgh ", k=2000))} for n in range(200)]
    data = gzip.compress(lines(*given_rows))
    found = opened(data[: len(data) // 2], "a.jsonl.gz")
    kept = [f.key for f in found if isinstance(f, Item)]
    assert kept == [str(n) for n in range(len(kept))] and 50 < len(kept) < 150
    assert found[-1] == Rejection("a.jsonl.gz", None, "it is cut off; what stood before that was read")


def test_a_cut_gzip_of_one_text_is_rejected_as_a_whole() -> None:
    chance = random.Random(1)
    data = gzip.compress("".join(chance.choices("abc def", k=400_000)).encode())
    assert reasons(data[: len(data) // 2], "a.txt.gz") == [("a.txt.gz", None, "it is cut off")]


def test_archives_within_archives_end_somewhere() -> None:
    data = ARTICLE.encode()
    for _ in range(6):
        data = zipped(("a", data))
    assert [r[2] for r in reasons(data)] == ["archives within archives, more than 3 deep"]
    for _ in range(6):
        data = gzip.compress(data)
    assert [r[2] for r in reasons(data)] == ["archives within archives, more than 3 deep"]


@pytest.mark.parametrize("pack", [lambda d: gzip.compress(d), lambda d: zipped(("a.jsonl", d))])
def test_a_decompression_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch, pack: object) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREE", 1_000_000)
    assert callable(pack)
    bomb = pack(lines({"id": 1, "text": ARTICLE}) + b"\n" + b" " * 30_000_000)
    found = opened(bomb, "bomb")
    assert [f.key for f in found if isinstance(f, Item)] == ["1"]
    assert "decompression bomb" in next(f.reason for f in found if isinstance(f, Rejection))


def test_one_long_line_is_told_and_what_follows_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"text": "' + b"x" * 25_000_000 + b'"}\n' + lines({"id": 2, "text": ARTICLE})
    found = opened(data, "a.jsonl")
    assert [(f.line, f.reason) for f in found if isinstance(f, Rejection)] == [(1, "the line is longer than 20 MB")]
    assert [f.key for f in found if isinstance(f, Item)] == ["2"]


def test_a_text_of_fifty_megabytes_in_one_line_is_rejected() -> None:
    assert reasons(b"word " * 10_000_000, "a.txt") == [("a.txt", None, "larger than 20 MB, which no article is")]


def test_json_that_is_nested_a_hundred_thousand_deep_is_rejected() -> None:
    deep = b"[" * 100_000
    assert reasons(b'{"text": ' + deep, "a.json")[0][2].startswith("it is nested too deeply")
    assert len(reasons(b'[{"text": ' + deep, "a.json")) == 1


# --- WARC, feeds, saved pages ----------------------------------------------------------------------------------------

BODY = f"<article><p>{ARTICLE}</p><p>{ARTICLE[::-1]}</p></article>"
PAGE = f"<html><head><title>Harbour</title></head><body>{BODY}</body></html>"


def record(
    url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-05-07T01:02:03Z\r\n" \
           f"WARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nContent-Type: application/http; msgtype=response\r\n" \
           f"Content-Length: {len(http)}\r\n\r\n"  # fmt: skip
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages_with_address_and_bound(packed: bool) -> None:
    parts = [
        record("https://v.example/1", PAGE.encode()),
        record("https://v.example/p.png", b"\x89PNG", "image/png"),
        record("https://v.example/gone", b"no", status="404 Not Found"),
        record("https://v.example/2", gzip.compress(PAGE.encode()), extra="Content-Encoding: gzip\r\n"),
    ]
    data = b"".join(gzip.compress(p) for p in parts) if packed else b"".join(parts)
    found = opened(data, "crawl.warc.gz" if packed else "crawl.warc")
    pages = [f for f in found if isinstance(f, Item)]
    assert [(p.key, p.line, p.encoding) for p in pages] == [
        ("https://v.example/1", 1, "utf-8"),
        ("https://v.example/2", 4, "utf-8"),
    ]
    assert [(c.field, c.value, c.method) for c in pages[0].clues] == [
        ("url", "https://v.example/1", "warc"),
        ("published", "../2019-05-07", "warc"),
    ]
    assert all("The council of Veldtown" in extract(p).text for p in pages)
    assert [f.text for f in found if isinstance(f, Notice)] == [
        "records of the archive that hold no article and were passed over: 1 of type image/png, 1 with status 404"
    ]


def test_a_web_archive_that_is_cut_off_keeps_what_it_has() -> None:
    data = gzip.compress(record("https://v.example/1", PAGE.encode())) + gzip.compress(
        record("https://v.example/2", PAGE.encode())
    )
    found = opened(data[:-40], "crawl.warc.gz")
    assert next(f.key for f in found if isinstance(f, Item)) == "https://v.example/1"
    assert any(isinstance(f, Rejection) for f in found)


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Veld Times</title><language>en-gb</language>
<item><title>Harbour &amp; pier</title><link>https://v.example/1</link><guid>v1</guid><dc:creator>Ida Bell</dc:creator>
<pubDate>Mon, 06 May 2019 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{ARTICLE}</p><script>evil()</script>
<p onclick="evil()">Second.</p>]]></content:encoded></item>
<item><title>Two</title><guid>v2</guid><description>Only a summary of the second story.</description></item>
<item><title>Three</title><guid>v3</guid></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Veld Times</title>
<entry><id>tag:1</id><title>Harbour</title><link rel="alternate" href="https://v.example/1"/><updated>2019-05-08T00:00:00Z</updated>
<content type="html">&lt;p&gt;{ARTICLE}&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_gives_its_entries() -> None:
    found = opened(RSS.encode(), "feed.xml")
    one, two = (f for f in found if isinstance(f, Item))
    assert extract(one).text == f"{ARTICLE}\nSecond."
    assert extract(two).text == "Only a summary of the second story."
    assert (one.key, two.key) == ("v1", "v2")
    assert {c.field: c.value for c in one.clues} == {
        "title": "Harbour & pier",
        "url": "https://v.example/1",
        "author": "Ida Bell",
        "outlet": "Veld Times",
        "language": "en-gb",
        "published": "2019-05-06",
    }
    assert [(f.line, f.reason) for f in found if isinstance(f, Rejection)] == [(3, "the entry has no text")]


def test_an_entry_that_was_only_updated_was_published_before() -> None:
    (item,) = items(ATOM.encode(), "feed.atom")
    assert dates(item) == ["../2019-05-08"]


def test_entities_in_a_feed_neither_grow_nor_open_files() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]>'
        "<rss><channel><item><title>&f;</title><description>words &a9; &f;</description></item></channel></rss>"
    )
    found = opened(data.encode(), "feed.xml")
    text = "".join(i.data.decode() for i in found if isinstance(i, Item))
    assert len(text) < 1_000_000
    assert "root:" not in text


def test_a_page_that_a_browser_saved_in_one_file_is_read() -> None:
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://v.example/1\r\n"
        "Date: Tue, 7 May 2019 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + PAGE + "\r\n--b--\r\n"
    ).encode()
    (item,) = items(data, "a.mhtml")
    assert [c.value for c in item.clues] == ["https://v.example/1", "../2019-05-07"]
    assert "The council of Veldtown" in extract(item).text
