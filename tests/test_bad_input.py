"""Bad input costs itself alone: a clear line for each, nothing lost, the rest built."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from variorum.build import Report, build
from variorum.edition.checking import check
from variorum.edition.reading import Edition
from variorum.records import Document

GOOD = "The council met on Monday and talked about the harbour for three hours, without an end in sight.\n"
SCRIPT = "<script>alert(1)</script>"


def bomb(levels: int) -> bytes:
    """Zeros, packed again and again."""
    data = b"0" * 50_000_000
    for level in range(levels):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip" if level else "zeros.txt", data)
        data = held.getvalue()
    return data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path, Path]:
    folder = tmp_path_factory.mktemp("bad")
    corpus = folder / "corpus"
    corpus.mkdir()

    def put(name: str, content: str | bytes) -> None:
        (corpus / name).write_bytes(content.encode() if isinstance(content, str) else content)

    put("good.txt", GOOD)
    put("empty.txt", b"")
    put("blank.txt", b" \n\t\r\n")
    put("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    put("broken.txt.gz", gzip.compress(GOOD.encode() * 1000)[:-20])
    put("bomb.zip", bomb(3))
    put("bomb.gz", gzip.compress(b"0" * 60_000_000))
    put("broken.json", '{"text": "never closed')
    put("broken.zip", b"PK\x03\x04" + b"\x00" * 100)
    put("latin.txt", "The café of Señor Nuñez stayed open until the council had gone home.".encode("latin-1"))
    put("invalid.txt", GOOD.encode() + b"\xff\xfe\x80 and then the council went home after all.\n")
    put("line.txt", "The council met at the harbour again. " * 60_000)
    put("word.txt", "x" * 1_000_000)
    put("deep.html", "<html><body><p>" + "<div>" * 50_000 + GOOD * 5)
    put(
        "script.html",
        f"<html><head><title>{SCRIPT}&lt;script&gt;alert(2)&lt;/script&gt;</title>"
        f'<meta name="author" content="{SCRIPT.replace("<", "&lt;")}" onload="alert(3)">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"&lt;img src=x onerror=alert(4)&gt;"}}'
        f"</script></head><body onload='alert(5)'><article><h1>Harbour</h1><p>{GOOD * 4}</p>"
        f"<p onclick='alert(6)'>{GOOD}</p></article></body></html>",
    )
    rows = [
        {"id": "1", "text": GOOD, "title": "First"},
        {"id": "1", "text": GOOD + "Then it met again.", "title": "Second"},
        {"id": "1", "text": GOOD + "Then it met again.", "title": "Second"},
        {"nothing": "here"},
        {"id": "2", "text": "A lone surrogate \ud800 and a NUL \u0000 in what the council said on Monday."},
    ]
    put("rows.jsonl", "\n".join([*map(json.dumps, rows), "{broken", json.dumps({"id": "3", "text": GOOD})]) + "\n")
    put("new\nline.txt", GOOD)
    (corpus / "loop").symlink_to(corpus, target_is_directory=True)
    (corpus / "nowhere.txt").symlink_to(corpus / "gone.txt")
    os.mkfifo(corpus / "pipe.txt")
    # half a million words in one line take minutes to annotate; test_annotating.py has texts as odd, and shorter
    return build([corpus], folder / "x.edition", jobs=1, annotate=False), folder / "x.edition", corpus


@pytest.fixture(scope="module")
def documents(built: tuple[Report, Path, Path]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    with Edition.open(built[1]) as opened:
        for id in opened.ids():
            document = opened.document(id)
            found.setdefault(document.path, []).append(document)
    return found


def test_the_edition_is_sound(built: tuple[Report, Path, Path]) -> None:
    with Edition.open(built[1]) as opened:
        assert list(check(opened)) == []


@pytest.mark.parametrize(
    "path",
    [
        *("empty.txt", "blank.txt", "picture.txt", "broken.json", "broken.zip", "broken.txt.gz"),
        *("bomb.zip", "bomb.gz", "nowhere.txt", "pipe.txt", "rows.jsonl:4", "rows.jsonl:6"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place_and_reason(built: tuple[Report, Path, Path], path: str) -> None:
    told = {}
    for rejection in built[0].rejected:
        told[rejection.path if rejection.line is None else f"{rejection.path}:{rejection.line}"] = rejection.reason
    reasons = [reason for place, reason in told.items() if place == path or place.startswith((f"{path}/", f"{path}:"))]
    assert reasons
    assert all(reason and "\n" not in reason and "Traceback" not in reason for reason in reasons)


@pytest.mark.parametrize("path", ["good.txt", "latin.txt", "invalid.txt", "line.txt", "deep.html", "script.html"])
def test_the_rest_is_built(documents: dict[str, list[Document]], path: str) -> None:
    assert len(documents[path]) == 1


def test_the_bytes_of_what_was_built_are_kept(built: tuple[Report, Path, Path]) -> None:
    with Edition.open(built[1]) as opened:
        for name in ("latin.txt", "invalid.txt", "script.html", "rows.jsonl", "picture.txt", "bomb.zip"):
            assert b"".join(opened.original(name)) == (built[2] / name).read_bytes()


def test_odd_bytes_become_readable_text(documents: dict[str, list[Document]]) -> None:
    assert "Señor Nuñez" in documents["latin.txt"][0].text
    assert documents["invalid.txt"][0].text.startswith(GOOD)
    lone = next(d for d in documents["rows.jsonl"] if d.key == "2")
    lone.text.encode("utf-8")
    assert "in what the council said" in lone.text


def test_rows_with_the_same_id_are_all_kept_and_told(
    built: tuple[Report, Path, Path], documents: dict[str, list[Document]]
) -> None:
    rows = documents["rows.jsonl"]
    assert len(rows) == 5
    assert len({d.id for d in rows}) == 5
    assert {d.key for d in rows} >= {"1", "2", "3"}
    assert any(n.path == "rows.jsonl" for n in built[0].notices)


def test_a_path_with_a_line_break_can_be_told_in_one_line(documents: dict[str, list[Document]]) -> None:
    (path,) = (p for p in documents if p.startswith("new"))
    assert "\n" not in path


def test_a_folder_that_links_to_itself_is_read_once(documents: dict[str, list[Document]]) -> None:
    assert not any(path.startswith("loop/") for path in documents)


def test_scripts_never_become_metadata_that_runs(
    documents: dict[str, list[Document]], built: tuple[Report, Path, Path]
) -> None:
    from starlette.testclient import TestClient

    from variorum.publishing.app import create_app

    page = TestClient(create_app(built[1])).get(f"/documents/{documents['script.html'][0].id}").text
    assert "<script" not in page
    assert "<img" not in page
    assert "onclick=" not in page
