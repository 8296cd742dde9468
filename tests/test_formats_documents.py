"""PDF and DOCX, with the heads that Nexis and Factiva give their exports."""

from __future__ import annotations

import importlib.util
import io
import zipfile

import pytest

from fixtures_formats import ARTICLE, MORE, item, sound
from variorum.reading.containers import exports
from variorum.reading.extracted import Unreadable
from variorum.reading.formats import extract
from variorum.reading.formats.exports import header_clues
from variorum.reading.opening import open_file
from variorum.records import Item, Rejection

docx = pytest.importorskip("docx", reason="needs the extra 'documents'")
pytest.importorskip("pypdf", reason="needs the extra 'documents'")


def word(*paragraphs: tuple[str, str], title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    for words, style in paragraphs:
        document.add_paragraph(words, style=style or None)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(*pages: str) -> bytes:
    """Return a small PDF with a line of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        content = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode() if words else b""
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /MediaBox [0 0 600 800] "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    data = b"%PDF-1.4\n"
    offsets = []
    for number, words_of in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, words_of)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail


def test_a_word_document_is_read_by_paragraphs_and_its_headings_are_zones() -> None:
    data = word(("Harbour closes", "Heading 1"), (ARTICLE, ""), (MORE, ""), title="Harbour")
    (found,) = open_file("a.docx", io.BytesIO(data))
    assert isinstance(found, Item) and found.format == "docx"
    read = extract(found)
    sound(read)
    assert read.text == f"Harbour closes\n{ARTICLE}\n{MORE}\n"
    assert [(z.kind, read.text[z.start : z.end]) for z in read.zones] == [("heading", "Harbour closes")]
    assert [(c.field, c.value, c.method) for c in read.clues] == [("title", "Harbour", "container")]


def test_a_pdf_is_read_page_by_page() -> None:
    (found,) = open_file("a.pdf", io.BytesIO(pdf("The council voted.", "", "Second page.")))
    assert isinstance(found, Item)
    assert extract(found).text == "The council voted.\n\nSecond page."


def test_a_broken_file_is_rejected_when_it_is_opened() -> None:
    ((found),) = open_file("a.pdf", io.BytesIO(b"%PDF-1.4 nothing"))
    assert isinstance(found, Rejection) and found.reason.startswith("a broken PDF file")


@pytest.mark.parametrize(("data", "why"), [(pdf(""), "OCR"), (b"%PDF-1.4 nothing", "broken PDF")])
def test_a_pdf_without_text_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        extract(item("pdf", data))


def test_a_broken_word_document_says_so() -> None:
    with pytest.raises(Unreadable, match="broken DOCX"):
        extract(item("docx", b"PK\x03\x04"))


def test_a_word_document_that_is_a_bomb_is_refused() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(300):
            member.write(b" " * 1_000_000)
    (found,) = open_file("a.docx", io.BytesIO(buffer.getvalue()))
    assert found == Rejection("a.docx", None, "larger than 256 MB, which no article is")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda name: None)
    assert importlib.util.find_spec("docx") is not None
    assert list(open_file("a.pdf", io.BytesIO(pdf("x")))) == [
        Rejection("a.pdf", None, "reading PDF needs an extra: pip install 'variorum[documents]'")
    ]


NEXIS = f"""Council closes harbour
Veld Times (Veldtown)
May 6, 2019 Monday

Copyright 2019 Veld Publishing All Rights Reserved
Section: NEWS; Pg. 4
Length: 250 words
Byline: Ida Bell

Body

{ARTICLE}

Load-Date: May 8, 2019

End of Document
"""


def test_the_head_of_a_nexis_export_gives_clues() -> None:
    found = {(c.field, c.value) for c in header_clues(NEXIS)}
    assert found == {
        ("title", "Council closes harbour"),
        ("outlet", "Veld Times (Veldtown)"),
        ("published", "2019-05-06"),
        ("author", "Ida Bell"),
        ("published", "../2019-05-08"),
    }
    assert all(NEXIS[c.start : c.end] for c in header_clues(NEXIS))


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_an_export_of_several_articles_gives_each(form: str) -> None:
    second = NEXIS.replace("Council closes harbour", "Fishermen protest").replace("May 6", "May 7")
    whole = NEXIS + "\n" + second
    data = whole.encode() if form == "txt" else word(*((line, "") for line in whole.splitlines()))
    found = [f for f in open_file(f"a.{form}", io.BytesIO(data)) if isinstance(f, Item)]
    titles = [next(c.value for c in f.clues if c.field == "title") for f in found]
    assert titles == ["Council closes harbour", "Fishermen protest"]
    assert len({f.key for f in found}) == 2 and all(f.key for f in found)
    assert extract(found[0]).text.startswith("Council closes harbour")
    assert "Fishermen protest" not in extract(found[0]).text


def test_an_export_of_one_article_is_the_file_itself() -> None:
    (found,) = open_file("a.txt", io.BytesIO(NEXIS.encode()))
    assert isinstance(found, Item) and found.key == ""
    assert ("outlet", "Veld Times (Veldtown)") in {(c.field, c.value) for c in extract(found).clues}


def test_a_text_without_such_a_head_gives_none() -> None:
    assert not list(header_clues(f"Council closes harbour\n\n{ARTICLE}\n\nMay 6, 2019\n\nByline: x\n"))
