"""Files that databases export (Nexis, Factiva): PDF, DOCX or plain text with one article in it, or many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec

from variorum.reading.containers.keys import Keys
from variorum.reading.containers.made import Made, Notice
from variorum.reading.extracted import Unreadable
from variorum.reading.formats import docx, pdf
from variorum.reading.formats.exports import header_clues
from variorum.records import Item, Rejection

_NEEDS = {"pdf": "pypdf", "docx": "docx"}
_END = re.compile(
    r"^[ \t]*(?:End of Document|Document (?P<factiva>[A-Z0-9]{16,40}))[ \t]*$(?:\r?\n)?",
    re.MULTILINE,
)
"""The last line of an article: Nexis and Lexis write the first form, Factiva the second, with the article's number."""


def items_of(label: str, form: str, data: bytes) -> Iterator[Made]:
    """Yield the articles of a PDF or DOCX file: the file itself if it holds one, else each as its own text."""
    if find_spec(_NEEDS[form]) is None:
        yield Rejection(label, None, f"reading {form.upper()} needs an extra: pip install 'variorum[documents]'")
        return
    whole = Item(label, "", None, form, data)
    try:
        text = (pdf if form == "pdf" else docx).extract(whole).text
    except Unreadable as error:
        yield Rejection(label, None, str(error))
        return
    if len(_articles(text)) > 1:
        yield from _parts(label, text)
    else:
        yield whole


def texts_of(label: str, data: bytes, text: str) -> Iterator[Made]:
    """Yield the articles of a plain text: the file itself unless it is an export of several."""
    if len(_articles(text)) > 1:
        yield from _parts(label, text)
    else:
        yield Item(label, "", None, "text", data)


def _parts(label: str, text: str) -> Iterator[Made]:
    """Yield each article of an export, under Factiva's number for it or the hash of its content."""
    keys = Keys()
    for number, (name, article) in enumerate(_articles(text), start=1):
        content = article.encode("utf-8")
        key, said = keys.give(name, content)
        if said:
            yield Notice(label, number, said)
        yield Item(label, key, number, "text", content, tuple(header_clues(article)), {}, "utf-8")


def _articles(text: str) -> list[tuple[str, str]]:
    """Return the articles of an export with their numbers; one without an end line at the end is one too."""
    found = []
    at = 0
    for match in _END.finditer(text):
        found.append((match["factiva"] or "", text[at : match.end()].strip("\r\n")))
        at = match.end()
    if found and len(text[at:].split()) >= SHORTEST:
        found.append(("", text[at:].strip("\r\n")))
    return [(name, article) for name, article in found if len(article.split()) >= SHORTEST]


SHORTEST = 20
"""Words under which a stretch between two ends is no article but a list of contents or a remark of the database."""
