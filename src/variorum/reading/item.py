"""One item through the reading room: text, zones, repairs and clues, from its bytes alone."""

from __future__ import annotations

import re
from bisect import bisect_right

from variorum.reading.extracted import Unreadable
from variorum.reading.formats import extract
from variorum.reading.furniture import line_digests
from variorum.reading.mending import find_repairs
from variorum.reading.metadata import find_clues
from variorum.reading.zones import assign
from variorum.records import Edit, Item, ReadItem, Repair

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
"""Control characters but tab, line feed and carriage return: they mean nothing in an article."""


def read_item(item: Item) -> ReadItem:
    """Read one item. Raises Unreadable, with the reason in one line, if there is no article in it."""
    extracted = extract(item)
    text = extracted.text
    if not text.strip():
        raise Unreadable("there is no text in it")
    told = (*item.clues, *extracted.clues)
    title = next((clue.value for clue in told if clue.field == "title"), None)
    zones = assign(extracted, title, [clue.value for clue in told if clue.field == "outlet"])
    edits = _with_control_characters(text, extracted.edits)
    repairs = find_repairs(text, zones, edits)
    clues = (*told, *find_clues(text, zones))
    return ReadItem(text, zones, repairs, _without(edits, repairs), clues, line_digests(text, zones))


def _with_control_characters(text: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Add an edit that drops each run of control characters, where no other edit touches it."""
    ends = [e.end for e in edits]
    found = []
    for match in _CONTROL.finditer(text):
        after = bisect_right(ends, match.start())
        if after == len(edits) or edits[after].start >= match.end():
            found.append(Edit(match.start(), match.end(), ""))
    return tuple(sorted((*edits, *found), key=lambda e: (e.start, e.end))) if found else edits


def _without(edits: tuple[Edit, ...], repairs: tuple[Repair, ...]) -> tuple[Edit, ...]:
    """Return the edits that no repair overlaps: the mended word has taken their place."""
    if not repairs or not edits:
        return edits
    ends = [r.end for r in repairs]

    def free(edit: Edit) -> bool:
        after = bisect_right(ends, edit.start)
        return after == len(repairs) or repairs[after].start >= edit.end

    return tuple(e for e in edits if free(e))
