"""Where the article begins and ends among the lines of a page, and what its short lines are.

The article is the stretch of pieces with the greatest sum of values: running text counts by its words, short lines and
furniture count against it (Pasternack and Roth 2009, "Extracting article text from the web with maximum subsequence
segmentation", WWW). An article without furniture is thus the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.reading.agencies import named
from variorum.reading.bylines import is_name
from variorum.reading.datelines import find_dateline
from variorum.reading.outlets import known_outlet
from variorum.reading.zones.cues import is_author_note, is_dated_byline, is_stamp
from variorum.reading.zones.cutting import is_byline
from variorum.reading.zones.lexicon import normal
from variorum.reading.zones.pieces import Piece

WORTH = 60
"""Words that a paragraph counts for at most, so that one long notice does not outweigh an article."""
SHORT = 3.0
"""What a short line takes away. With FURNITURE and WALL set on the training pages (``benchmarks/furniture.py --tune``)."""
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
MENU = 6
"""Open short lines before the article from which they are a menu rather than headings."""
SUBHEADING = 14
"""Words of a heading within the article at most."""
STANDFIRST = 45
"""Words of a stand-first at most."""

_NAME_START = re.compile(r"[\"“]?([A-ZÀ-Þ][\w’'-]+ (?:(?:de|da|van|von|al|bin|del|la) ){0,2}[A-ZÀ-Þ][\w’'-]+)")


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


def arrange(pieces: Sequence[Piece], title: str | None) -> None:
    """Settle all pieces that are still open."""
    wanted = normal(title) if title else None
    _title(pieces, wanted)
    low, high = article(pieces)
    low, high = _grown(pieces, low, high)
    while low < high and (not _lead(pieces[low]) or _opens_like_headline(pieces, low)):
        low += 1
    _head(pieces, low)
    _inside(pieces, low, high)
    _tail(pieces, high)


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


def _opens_like_headline(pieces: Sequence[Piece], low: int) -> bool:
    """Tell whether the first words of all are a long headline: no full stop, and a longer paragraph soon after."""
    one = pieces[low]
    if one.count > STANDFIRST or any(p.kind in (None, "heading") for p in pieces[:low]):
        return False
    if one.words.rstrip('*_ "”’»')[-1:] in tuple(".…:;,"):
        return False
    return any(_lead(after) and after.count > one.count for after in pieces[low + 1 : low + 4])


def _title(pieces: Sequence[Piece], wanted: str | None) -> None:
    """Settle the lines that are the title, where it is known."""
    if not wanted or len(wanted) < 8:
        return
    for one in pieces:
        if one.kind is None and one.count <= 40 and normal(one.words) == wanted:
            one.settle("heading", 0.99, "is the title")


def _head(pieces: Sequence[Piece], low: int) -> None:
    """Settle what stands before the article: headline, stand-first, byline, or the links of a menu."""
    head = [one for one in pieces[:low] if one.kind is None]
    for one in head:
        _settle_stamp_or_byline(one)
    head = [one for one in head if one.kind is None]
    shorts = [one for one in head if not one.prose]
    if len(shorts) < MENU:
        for one in head:
            if one.weak:
                one.settle("furniture", 0.8, one.weak)
            elif _is_who(one.words) and (one is not head[0] or any(_is_who(p.words) for p in head[1:])):
                one.settle("byline", 0.75, "a name above the article")
            elif one.prose or one.count > 1 or len(head) == 1:
                _as_heading(one, "stands above the article")
            else:
                one.settle("heading", 0.5, "one word above the article: a guess")
        return
    headline = None if any(p.kind == "heading" for p in pieces[:low]) else _headline(shorts[-12:], pieces)
    since: int | None = None
    for one in pieces[:low]:
        if one.kind == "heading" or one is headline:
            since = 0
        elif since is not None:
            since += 1
        if one.kind is not None:
            continue
        if one is headline:
            one.settle("heading", 0.8, "the likeliest headline above the article: a guess")
        elif since is not None and (one.prose or (since <= 3 and one.count >= 6)):
            _as_heading(one, "a sentence between headline and article")
        elif since is not None and since <= SHORTS and one.count >= 3 and not one.weak:
            one.settle("body", 0.5, "a short line between headline and article: a guess")
        else:
            one.settle("furniture", 0.8, "one of many short lines above the article")


def _as_heading(one: Piece, reason: str) -> None:
    if one.count <= STANDFIRST:
        one.settle("heading", 0.85, reason)
    else:
        one.settle("body", 0.7, "running text")


def _headline(shorts: Sequence[Piece], pieces: Sequence[Piece]) -> Piece | None:
    """Return the likeliest headline: four to twenty words, near the article, said more than once on the page."""
    often: dict[str, int] = {}
    for one in pieces:
        often[one.words] = often.get(one.words, 0) + 1
    best, top = None, 0.0
    for rank, one in enumerate(shorts):
        if not 3 <= one.count <= 25 or one.weak:
            continue
        worth = min(one.count, 8) + 0.5 * rank + (3 if often[one.words] > 1 else 0)
        if worth >= top:
            best, top = one, worth
    return best


def _inside(pieces: Sequence[Piece], low: int, high: int) -> None:
    """Settle what stands within the article: paragraphs, headings, lists, strays of the page."""
    _standfirst(pieces, low, high)
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


def _standfirst(pieces: Sequence[Piece], low: int, high: int) -> None:
    """Settle the first sentence as a stand-first if it stands between the headline and the report."""
    open_pieces = [i for i in range(low, high) if _lead(pieces[i])][:2]
    headed = any(p.kind == "heading" for p in pieces[:low])
    if len(open_pieces) < 2 or not headed:
        return
    one, after = pieces[open_pieces[0]], pieces[open_pieces[1]]
    if one.count > STANDFIRST or re.search(r"[.!?][\"”]? [A-Z]", one.words[:-3]) and one.count > 30:
        return
    between = pieces[open_pieces[0] + 1 : open_pieces[1]]
    typical = _typical_gap(pieces[open_pieces[1] + 1 : high])
    if any(p.kind == "byline" for p in between):
        one.settle("heading", 0.85, "a sentence between headline and byline")
    elif starts_with_dateline(after) and not starts_with_dateline(one):
        one.settle("heading", 0.85, "a sentence between headline and dateline")
    elif typical and after.gap > typical and one.count <= 30:
        one.settle("heading", 0.75, "a sentence under the headline, set apart from the report")
    elif one.count <= 35 and _introduces_again(one, after):
        one.settle(
            "heading",
            0.7,
            "a sentence under the headline; the next paragraph begins with the same name: a guess",
        )


def _typical_gap(pieces: Sequence[Piece]) -> int:
    gaps = sorted(p.gap for p in pieces if p.gap)
    return gaps[len(gaps) // 2] if len(gaps) >= 2 else 0


def starts_with_dateline(one: Piece) -> bool:
    """Tell whether a paragraph begins with a dateline."""
    found = find_dateline(one.words[:400])
    return found is not None and found.score >= 0.8


def _introduces_again(one: Piece, after: Piece) -> bool:
    """Tell whether the next paragraph begins with a full name that this one has already given."""
    name = _NAME_START.match(after.words)
    return name is not None and name[1] in one.words and after.count > one.count


def _settle_stamp_or_byline(one: Piece) -> None:
    if is_stamp(one.words):
        one.settle("byline", 0.85, "says when it was published")
        return
    if is_dated_byline(one.words):
        one.settle("byline", 0.8, "says who wrote it and when")
        return
    sure = is_byline(one.words)
    if sure:
        one.settle("byline", sure, "names who wrote it")


def _is_opened_byline(one: Piece) -> bool:
    """Tell whether a short line within the article is surely a byline ("By ..."), not the name under a quotation, or says
    that it was updated.
    """
    if is_byline(one.words) >= 0.9:
        return True
    return is_stamp(one.words) and one.words.casefold().lstrip("|• ").startswith(
        ("updated", "published", "posted", "last ")
    )


def _is_who(words: str) -> bool:
    """Tell whether a line is nothing but the name of a person or of an outlet."""
    words = words.strip("*_ |,.")
    return is_name(words) or known_outlet(words) is not None or named(words) is not None


def _tail(pieces: Sequence[Piece], high: int) -> None:
    """Settle what stands behind the article: signature, links of the foot, and sentences among them."""
    apart = 0
    tail = [one for one in pieces[high:] if one.kind is None and not one.prose]
    for one in pieces[high:]:
        if one.kind is None and not one.prose:
            _settle_stamp_or_byline(one)
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
