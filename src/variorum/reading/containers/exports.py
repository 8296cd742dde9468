"""PDF and DOCX files into items."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from variorum.reading.containers.made import Made
from variorum.records import Item, Rejection

_NEEDS = {"pdf": "pypdf", "docx": "docx"}


def items_of(label: str, form: str, data: bytes) -> Iterator[Made]:
    """Yield the items of a PDF or DOCX file."""
    if find_spec(_NEEDS[form]) is None:
        yield Rejection(label, None, f"reading {form.upper()} needs an extra: pip install 'variorum[documents]'")
        return
    yield Item(label, "", None, form, data)
