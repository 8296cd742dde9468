"""What the tests of formats share: two paragraphs, items of them, and the contract that every format keeps."""

from __future__ import annotations

from variorum.reading.extracted import Extracted
from variorum.records import Item, ReadingText, Zone

ARTICLE = "The council of Veldtown voted on Monday to close the old harbour, its speaker said after a long debate."
MORE = "Fishermen had blocked the road to the pier for three weeks, and some of them said they would not give up."


def item(form: str, data: bytes | str, encoding: str | None = None) -> Item:
    return Item("a", "", None, form, data.encode("utf-8") if isinstance(data, str) else data, (), {}, encoding)


def read(found: Extracted) -> ReadingText:
    return ReadingText.of(found.text, (Zone(0, len(found.text), "body"),), found.edits)


def sound(found: Extracted) -> None:
    """Whatever comes out of a format keeps the contract."""
    found.text.encode("utf-8")
    for marks in (found.zones, found.edits):
        at = 0
        for mark in marks:
            assert at <= mark.start <= mark.end <= len(found.text)
            at = mark.end
    reading = read(found)
    for run in reading.runs:
        if run.verbatim:
            words = reading.text[run.reading_start : run.reading_end]
            assert found.text[run.stored_start : run.stored_end] == words
        there = reading.to_stored(run.reading_start, run.reading_end)
        back = reading.to_reading(there.start, there.end)
        assert back is not None and back.start <= run.reading_start and run.reading_end <= back.end
