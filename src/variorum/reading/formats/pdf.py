"""PDF: the text of its pages."""

from __future__ import annotations

import io
import logging

from variorum.reading.containers.limits import PAGES, TEXT_LENGTH
from variorum.reading.dates import not_after, parse_date
from variorum.reading.decoding import clean
from variorum.reading.extracted import Extracted, Unreadable
from variorum.reading.formats.exports import header_clues
from variorum.records import Clue, Item

TITLE_SCORE = 0.3
"""How far to trust a PDF's own title: it is as often the name of a template or of a file."""

DATE_SCORE = 0.5
"""A PDF is made after its article, but the clock of the machine that made it can be wrong."""


def extract(item: Item) -> Extracted:
    """Return the text of a PDF, page by page, hyphens at line ends as they are.

    Raises Unreadable for a file that is broken, encrypted or holds pictures of pages only.
    """
    try:
        from pypdf import PdfReader
    except ImportError:
        raise Unreadable("reading PDF needs an extra: pip install 'variorum[documents]'") from None

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(item.data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("it is encrypted: save a copy without its password first")
        if len(reader.pages) > PAGES:
            raise Unreadable(f"{len(reader.pages):,} pages; at most {PAGES:,} are read")
        pages, size = [], 0
        for page in reader.pages:
            words = clean(page.extract_text() or "").strip("\n")
            size += len(words)
            if size > TEXT_LENGTH:
                raise Unreadable(f"more than {TEXT_LENGTH:,} characters of text")
            pages.append(words)
        facts = reader.metadata
        title = " ".join(clean(str((facts.title if facts else "") or "")).split())
        made = str((facts.get("/CreationDate") if facts else "") or "").removeprefix("D:")[:8]
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever a broken file makes it raise
        raise Unreadable(f"a broken PDF file: {type(error).__name__}") from None
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        raise Unreadable("a PDF without text: a scan needs text recognition (OCR) first")
    clues = list(header_clues(text))
    if title and len(title) < 300:
        clues.append(Clue("title", title, "container", TITLE_SCORE, "the title in the PDF file's properties"))
    day = parse_date(made)
    bound = not_after(day) if day else None
    if bound:
        clues.append(Clue("published", bound, "container", DATE_SCORE, f"the PDF file was made on {day}"))
    return Extracted(text, clues=tuple(clues))
