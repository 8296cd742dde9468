"""The head of a document: title, headline, stand-first, byline, and the menu that may stand above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from variorum.reading.agencies import named
from variorum.reading.bylines import is_name, is_role
from variorum.reading.datelines import find_dateline
from variorum.reading.outlets import known_outlet, same_outlet
from variorum.reading.zones.cues import is_dated_byline, is_stamp
from variorum.reading.zones.cutting import is_byline
from variorum.reading.zones.lexicon import normal
from variorum.reading.zones.mastheads import MASTHEAD, MENU_LINE
from variorum.reading.zones.pieces import Piece

MENU = 6
"""Open short lines before the article from which they are a menu rather than headings."""
KNOWN = 2
"""Lines of the lexicon that must stand above the article before lines without one are taken for parts of a menu."""
NEAR = 12
"""Lines before the article among which the headline is looked for, and after it those that may belong to the head."""
HEADLINE = 30
"""Words of a headline at most; 99 of 100 titles in the outlets' training half have 19 or fewer."""
STOPPED = 20
"""Words of a headline with a full stop at most."""
STANDFIRST = 45
"""Words of a stand-first at most."""

_CLOSING = '*_ "”’»'
_NAME_START = re.compile(r"[\"“]?([A-ZÀ-Þ][\w’'-]+ (?:(?:de|da|van|von|al|bin|del|la) ){0,2}[A-ZÀ-Þ][\w’'-]+)")


def settle_title(pieces: Sequence[Piece], wanted: str | None) -> None:
    """Settle the lines that are the title, where it is known."""
    if not wanted or len(wanted) < 8:
        return
    for one in pieces:
        if one.kind is None and one.count <= 40 and normal(one.words) == wanted:
            one.settle("heading", 0.99, "is the title")


def opens_like_headline(pieces: Sequence[Piece], low: int) -> bool:
    """Tell whether the first words of all are a headline that reads like a sentence, before a longer paragraph.

    It has no full stop; or it has one, but most of its words begin with capitals, or a dateline follows.
    """
    one = pieces[low]
    if one.count > HEADLINE or any(p.kind in (None, "heading") for p in pieces[:low]):
        return False
    after = next((p for p in pieces[low + 1 : low + 4] if p.kind is None and p.prose), None)
    if after is None or after.count <= one.count:
        return False
    if one.words.rstrip(_CLOSING)[-1:] not in tuple(".…:;,"):
        return True
    return one.words[-1] == "." and one.count <= STOPPED and (_in_capitals(one.words) or starts_with_dateline(after))


def _in_capitals(words: str) -> bool:
    """Tell whether the longer words of a line begin with capitals, as in the headlines of many outlets."""
    longer = [w for w in words.split() if len(w) > 3 and w[0].isalpha()]
    return len(longer) >= 4 and sum(w[0].isupper() for w in longer) >= 0.8 * len(longer)


def settle_head(pieces: Sequence[Piece], low: int, outlets: Sequence[str] = ()) -> None:
    """Settle what stands before the article: headline, stand-first, byline, or the links of a menu."""
    head = [one for one in pieces[:low] if one.kind is None]
    for one, below in pairwise(pieces[:low]):
        if one.kind is below.kind is None and is_name(one.words) and is_role(below.words):
            one.settle("byline", 0.85, "a name, and under it what its bearer does")
            below.settle("byline", 0.85, "what the writer named above it does")
    for one in head:
        if one.kind is None and outlets and _is_of(one.words, outlets):
            one.settle("byline", 0.8, "a name and the name of the site")
    for one in head:
        if one.kind is None:
            settle_byline(one)
    head = [one for one in head if one.kind is None]
    shorts = [one for one in head if not one.prose]
    above = sum(p.reason in (MASTHEAD, MENU_LINE) for p in pieces[:low])
    if len(shorts) + above < MENU:
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
    if sum(p.kind == "furniture" or p.weak is not None for p in pieces[:low]) < KNOWN:
        for one in head:
            one.settle("body", 0.5, "a short line before the running text, with no menu in sight: a guess")
        head[0].settle("heading", 0.6, "the first line")
        return
    headline = None if any(p.kind == "heading" for p in pieces[:low]) else _headline(shorts[-NEAR:], pieces)
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
        elif since is not None and since <= NEAR and one.count >= 3 and not one.weak:
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


def settle_standfirst(pieces: Sequence[Piece], low: int, high: int) -> None:
    """Settle the first sentence as a stand-first if it stands between the headline and the report."""
    open_pieces = [i for i in range(low, high) if pieces[i].kind is None and pieces[i].prose][:2]
    headed = any(p.kind == "heading" for p in pieces[:low])
    if len(open_pieces) < 2 or not headed:
        return
    one, after = pieces[open_pieces[0]], pieces[open_pieces[1]]
    if one.count > STANDFIRST or (one.count > 30 and re.search(r"[.!?][\"”]? [A-Z]", one.words[:-3])):
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


def _is_of(words: str, outlets: Sequence[str]) -> bool:
    """Tell whether a line is a person's name and, behind a comma, a name of the site ("Jane Roe, The Islander")."""
    name, comma, house = words.strip("*_ |").partition(", ")
    return bool(comma) and is_name(name) and any(same_outlet(house, outlet) for outlet in outlets)


def _is_who(words: str) -> bool:
    """Tell whether a line is nothing but the name of a person or of an outlet."""
    words = words.strip("*_ |,.")
    return is_name(words) or known_outlet(words) is not None or named(words) is not None


def settle_byline(one: Piece) -> None:
    """Settle a short line that says who wrote it, or when it was published."""
    if is_stamp(one.words):
        one.settle("byline", 0.85, "says when it was published")
        return
    if is_dated_byline(one.words):
        one.settle("byline", 0.8, "says who wrote it and when")
        return
    sure = is_byline(one.words)
    if sure:
        one.settle("byline", sure, "names who wrote it")
