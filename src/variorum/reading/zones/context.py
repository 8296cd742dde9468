"""What a label announces: the caption, the credit or the list of links that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from variorum.reading.zones.cues import is_caption
from variorum.reading.zones.cutting import CAPTION_WORDS, PICTURE_CREDIT, credit_in
from variorum.reading.zones.pieces import Piece

LINK_WORDS = 20
"""Words of a link's text at most: headlines in the training half of the outlets have 19 or fewer in 99 of 100 cases."""

LINKS = 12
"""Links in one list at most."""

SUMMARY = 6
"""Points in a summary at most (CNN's "Story highlights" have one to five in the outlets' training half)."""

_SENTENCE = re.compile(r"[.!?][”\"’)]? +[“\"‘(]?[A-ZÀ-Þ]")
_BUTTONS = frozenset(
    (
        *("read more", "see more", "view more", "learn more", "find out more", "continue reading", "keep reading"),
        *("watch", "more", "read next", "the latest"),
    )
)
"""Heads that are as often buttons under a text, with nothing announced, where no colon follows."""


def follow(pieces: Sequence[Piece]) -> None:
    """Settle the open pieces that a label announces, or that the credit of a picture follows."""
    spaced = _is_spaced(pieces)
    for before, credit in pairwise(pieces):
        if credit.kind != "credit" or credit.reason != PICTURE_CREDIT:
            continue
        if _describes(before):
            before.settle("caption", 0.85, "the credit of a picture follows it")
        elif spaced and credit.gap == 1 and before.kind is None and before.count <= CAPTION_WORDS:
            before.settle("caption", 0.75, "the credit of a picture stands in the line below, without a blank one")
    for index, label in enumerate(pieces):
        if label.opens == "caption":
            _caption(pieces, index)
        elif label.opens == "credit":
            _glued_caption(pieces, index)
            _credit(pieces, index)
        elif label.opens == "picture":
            _picture(pieces, index)
        elif label.opens == "links":
            _links(pieces, index)
        elif label.opens == "tags":
            _tags(pieces, index)
        elif label.opens == "summary":
            _summary(pieces, index)


def _is_spaced(pieces: Sequence[Piece]) -> bool:
    """Tell whether blank lines part the paragraphs of running text, so that lines without one belong together."""
    gaps = [after.gap for before, after in pairwise(pieces) if before.prose and after.prose]
    return len(gaps) >= 3 and 4 * sum(gap >= 2 for gap in gaps) >= 3 * len(gaps)


def _describes(one: Piece) -> bool:
    """Tell whether an open piece before the credit of a picture is its caption: it says so, or is no whole sentence."""
    if one.kind is not None or one.count > CAPTION_WORDS or one.words[-1] in ":?":
        return False
    return is_caption(one.words) or (not one.prose and one.count >= 5)


def _next(pieces: Sequence[Piece], index: int) -> Piece | None:
    return pieces[index + 1] if index + 1 < len(pieces) else None


def _caption(pieces: Sequence[Piece], index: int) -> None:
    follower = _next(pieces, index)
    if follower and follower.kind in (None, "caption") and not follower.hinted and follower.count <= CAPTION_WORDS:
        follower.settle("caption", 0.95, f"follows the label “{pieces[index].words}”")


def _glued_caption(pieces: Sequence[Piece], index: int) -> None:
    """Before the label of a credit on the same line: the caption that the scrape has glued to it."""
    label = pieces[index]
    before = pieces[index - 1] if index else None
    if before and label.gap == 0 and before.kind is None and before.count <= 30 and not before.final:
        before.settle("caption", 0.85, f"stands on one line with the label “{label.words}”")


def _credit(pieces: Sequence[Piece], index: int) -> None:
    follower = _next(pieces, index)
    if follower and follower.kind in (None, "byline") and follower.count <= 12 and not follower.prose:
        follower.settle("credit", 0.95, f"follows the label “{pieces[index].words}”")


def _picture(pieces: Sequence[Piece], index: int) -> None:
    """After a button of a picture: a credit, or a caption that shows itself as one."""
    follower = _next(pieces, index)
    if follower is None or follower.kind is not None or follower.count > CAPTION_WORDS:
        return
    label = pieces[index].words
    if follower.gap == 0 and follower.count <= 10 and not follower.final and _names_only(follower.words):
        follower.settle("credit", 0.8, f"a name after the button “{label}”")
        return
    after = _next(pieces, index + 1)
    credited = after is not None and after.gap <= 1 and after.kind == "credit" and credit_in(after.words) is not None
    if is_caption(follower.words) or credited or (follower.gap == 0 and len(_SENTENCE.findall(follower.words)) < 3):
        follower.settle("caption", 0.9, f"describes the picture of the button “{label}”")


def _names_only(words: str) -> bool:
    small = ("of", "for", "the", "via", "and", "by", "de", "/")
    return all(w[0].isupper() or not w[0].isalpha() or w.lower() in small for w in words.split())


def _links(pieces: Sequence[Piece], index: int) -> None:
    label = pieces[index]
    if label.words.casefold() in _BUTTONS:
        return
    for follower in pieces[index + 1 : index + 1 + LINKS]:
        if follower.opens:
            return
        if follower.kind == "furniture":
            continue
        if follower.kind is not None or follower.count > LINK_WORDS or follower.words[-1] in '.,;:"”':
            return
        follower.settle("furniture", 0.85, f"a link under “{label.words}”")


def _tags(pieces: Sequence[Piece], index: int) -> None:
    for follower in pieces[index + 1 : index + 1 + LINKS]:
        if follower.opens:
            return
        if follower.kind == "furniture":
            continue
        if follower.kind is not None or follower.count > 4 or follower.final or follower.words[0] in '"“':
            return
        follower.settle("furniture", 0.85, f"a word under “{pieces[index].words}”")


def _summary(pieces: Sequence[Piece], index: int) -> None:
    for follower in pieces[index + 1 : index + 1 + SUMMARY]:
        if follower.kind is not None or follower.count > 30 or (follower.final and follower.words[-1] not in "\"”'’"):
            return
        follower.settle("heading", 0.85, f"a point of the summary under “{pieces[index].words}”")
