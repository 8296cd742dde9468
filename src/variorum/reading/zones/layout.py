"""Where the article begins and ends among the lines of a page, and what its short lines are.

The article is the stretch of pieces with the greatest sum of values: running text counts by its words, short lines and
furniture count against it (Pasternack and Roth 2009, "Extracting article text from the web with maximum subsequence
segmentation", WWW). An article without furniture is thus the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.reading.zones.cues import is_author_note, is_stamp
from variorum.reading.zones.cutting import is_byline
from variorum.reading.zones.heads import (
    opens_like_headline,
    settle_byline,
    settle_head,
    settle_standfirst,
    settle_title,
)
from variorum.reading.zones.lexicon import normal
from variorum.reading.zones.mastheads import settle_masthead
from variorum.reading.zones.pieces import Piece

WORTH = 60
"""Words that a paragraph counts for at most, so that one long notice does not outweigh an article."""
SHORT = 3.0
"""What a short line takes away. Like the next three set on the training pages (``benchmarks/furniture.py --tune``):
1.5 to 4 do equally well, 6 loses a fortieth of the article."""
FURNITURE = 6.0
"""What a line of the lexicon takes away."""
WALL = 60.0
"""What the head of the comments takes away."""
LINKS = 20.0
"""What the head of a list of links takes away."""
APART = 5
"""Short lines and furniture that must stand between the article and a sentence that is given up with them."""
SHORTS = 12
"""Open short lines between the article and a sentence from which it is given up with them."""
SECOND_PARAGRAPHS = 4
"""Paragraphs of a text apart from the article from which it is not given up."""
SECOND_WORTH = 120
"""What they must be worth, in words less the short lines between them."""
SUBHEADING = 14
"""Words of a heading within the article at most."""

_SPEAKER = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,30}: ")


def article(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Return the first piece of the article and one past its last; equal if there is none."""
    best = total = 0.0
    low = high = begin = 0
    for index, one in enumerate(pieces):
        if total <= 0:
            total, begin = 0.0, index
        total += _value(one)
        if total > best:
            best, low, high = total, begin, index + 1
    return low, high


def _value(one: Piece) -> float:
    if one.kind is None:
        if one.prose:
            return min(one.count, WORTH)
        return -SHORT
    if one.kind != "furniture" or one.neutral:
        return 0.0
    if one.wall:
        return -WALL
    return -LINKS if one.opens == "links" else -FURNITURE


def arrange(pieces: Sequence[Piece], title: str | None, outlets: Sequence[str] = ()) -> None:
    """Settle all pieces that are still open; ``outlets`` are the names that the mark-up gives the site."""
    wanted = normal(title) if title else None
    settle_title(pieces, wanted)
    low, high = article(pieces)
    low, high = _grown(pieces, low, high)
    while low < high and (not _lead(pieces[low]) or opens_like_headline(pieces, low)):
        low += 1
    _second(pieces[:low])
    _second(pieces[high : next((i for i in range(high, len(pieces)) if pieces[i].wall), len(pieces))])
    settle_masthead(pieces, low, wanted, outlets)
    settle_head(pieces, low, outlets)
    _inside(pieces, low, high)
    _tail(pieces, high)


def _second(pieces: Sequence[Piece]) -> None:
    """Settle running text apart from the article that is itself as long as one, such as a second report."""
    low, high = article(pieces)
    prose = [one for one in pieces[low:high] if _lead(one)]
    if len(prose) >= SECOND_PARAGRAPHS and sum(_value(one) for one in pieces[low:high]) >= SECOND_WORTH:
        for one in prose:
            one.settle("body", 0.6, "running text apart from the article: a guess")


def _grown(pieces: Sequence[Piece], low: int, high: int) -> tuple[int, int]:
    """Return the article with the sentences around it that too little stands before or behind to give them up."""
    low -= _reach(pieces[low - 1 :: -1] if low else ())
    return low, high + _reach(pieces[high:])


def _reach(around: Sequence[Piece]) -> int:
    """Return how many of the pieces ``around`` the article, from the nearest outwards, still belong to it."""
    kept = links = shorts = 0
    for index, one in enumerate(around):
        if one.wall or one.opens == "links":
            break
        links += one.kind == "furniture" and not one.neutral
        shorts += one.kind is None and not one.prose
        if _lead(one):
            kept, links, shorts = index + 1, 0, 0
        if links >= APART or shorts > SHORTS:
            break
    return kept


def _lead(one: Piece) -> bool:
    return one.kind is None and one.prose


def _inside(pieces: Sequence[Piece], low: int, high: int) -> None:
    """Settle what stands within the article: paragraphs, headings, lists, strays of the page."""
    settle_standfirst(pieces, low, high)
    _author_notes(pieces[low + 1 : high])
    for one in pieces[low:high]:
        if one.kind is None and one.prose:
            one.settle("body", 0.95, "running text")
        elif one.kind is None and _is_opened_byline(one):
            one.settle("byline", 0.9, "names who wrote it")
    for index in range(low, high):
        one = pieces[index]
        if one.kind is not None:
            continue
        before, after = _around(pieces, index, low, high)
        if one.weak and not one.outside and one.words[-1] not in ".?!":
            one.settle("furniture", 0.75, one.weak)
        elif _is_subheading(one, before, after):
            one.settle("heading", 0.8, "a short line without a full stop between paragraphs")
        else:
            one.settle("body", 0.7, "a short line within the article")


def _author_notes(pieces: Sequence[Piece]) -> None:
    """Settle the last sentences of the article that say who its author is."""
    for one in pieces[-3:]:
        if one.kind is None and is_author_note(one.words):
            one.settle("credit", 0.8, "says who the author is")


def _around(pieces: Sequence[Piece], index: int, low: int, high: int) -> tuple[Piece | None, Piece | None]:
    """Return the nearest pieces on both sides that are neither furniture nor credits nor bylines."""
    skip = ("furniture", "credit", "byline", "caption")
    before = next((p for p in reversed(pieces[max(low, index - 8) : index]) if p.kind not in skip), None)
    after = next((p for p in pieces[index + 1 : min(high, index + 9)] if p.kind not in skip), None)
    return before, after


def _is_subheading(one: Piece, before: Piece | None, after: Piece | None) -> bool:
    words = one.words.strip("*_#> ")
    if not words or one.count > SUBHEADING or words[-1] in ".,;…—–-" or after is None or not after.prose:
        return False
    if words[0].islower() or words[0] in "-–—•·*(" or "http" in words or after.words[0].islower():
        return False
    if before is not None and (not before.prose or before.words[-1] in ":,;") and before.kind != "heading":
        return False
    if words[-1] in '"”' and words[0] not in '"“':
        return False
    return not (words[0] in '"“' and words[-1] in '"”' and one.count < 3)


def _is_opened_byline(one: Piece) -> bool:
    """Tell whether a line within the article is surely a byline ("By ..."), not the name under a quotation."""
    if is_byline(one.words) >= 0.9:
        return True
    return is_stamp(one.words) and one.words.casefold().lstrip("|• ").startswith(
        ("updated", "published", "posted", "last ")
    )


def _tail(pieces: Sequence[Piece], high: int) -> None:
    """Settle what stands behind the article: signature, links of the foot, and sentences among them."""
    apart = 0
    tail = [one for one in pieces[high:] if one.kind is None and not one.prose]
    for one in pieces[high:]:
        if one.kind is None and not one.prose:
            settle_byline(one)
        if one.kind is not None:
            apart += one.kind == "furniture" and not one.neutral
        elif one.prose and apart >= APART:
            one.settle("furniture", 0.6, "a sentence among links behind the article: a guess")
        elif is_author_note(one.words):
            one.settle("credit", 0.8, "says who the author is")
        elif one.prose:
            one.settle("body", 0.7, "running text")
        elif one.weak:
            one.settle("furniture", 0.8, one.weak)
            apart += 1
        elif len(tail) <= 2 and _is_signature(one):
            one.settle("credit", 0.7, "a name alone at the end")
        elif apart:
            one.settle("furniture", 0.75, "one of the short lines behind the article")
            apart += 1
        else:
            one.settle("body", 0.5, "a short line right behind the article: a guess")


def _is_signature(one: Piece) -> bool:
    words = one.words.strip("*_—–-()[]. ").split()
    small = ("de", "of", "the", "and", "for", "la", "del", "&", "/")
    return (
        0 < len(words) <= 5
        and all(w[0].isupper() or w in small for w in words)
        and one.words.rstrip("*_ ")[-1:] not in tuple(".?!:")
    )
