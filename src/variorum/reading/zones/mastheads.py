"""The masthead: the name of the site and the links of its sections, as a scrape leaves them above the article.

The name of a site is no headline, though it stands where one is expected. It is known by what it stands beside: the
navigation follows it, the foot of the page repeats it, or the mark-up gives it as the name of the site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.reading.bylines import is_name
from variorum.reading.outlets import fold
from variorum.reading.zones.lexicon import look_up, normal
from variorum.reading.zones.pieces import Piece

MASTHEAD = "the name of the site above its navigation"
"""The reason of a masthead, by which :mod:`variorum.reading.edges` knows it again."""

MENU_LINE = "a line of the page's navigation: the names of sections"
"""The reason of a line of navigation."""

MENU_WORDS = 4
"""Words of a line of navigation at least."""
SECTIONS = 2
"""Words among them, at least, that name a section of a news site; and at least a third of all."""
NAME_WORDS = 5
"""Words of a site's name at most."""
FIRST = 6
"""Lines of the page among which its masthead is looked for."""

_SEPARATORS = re.compile(r"[|·•/>»]")
_SMALL = frozenset(("a", "and", "de", "del", "des", "el", "for", "in", "la", "le", "les", "of", "the", "&"))


def settle_masthead(pieces: Sequence[Piece], low: int, wanted: str | None, outlets: Sequence[str] = ()) -> None:
    """Settle the site's name and its navigation among the ``pieces`` before the article, which begins at ``low``.

    ``wanted`` is the title as the lexicon compares lines, where it is known; ``outlets`` are the names that the
    mark-up gives the site. Something must be left that can be the headline.
    """
    names = _names(outlets)
    head = pieces[:low]
    last = max((i for i, one in enumerate(head) if _may_be_headline(one)), default=-1)
    for index, one in enumerate(head):
        if one.kind is None and index < last and normal(one.words) != wanted and is_menu(one.words):
            one.settle("furniture", 0.85, MENU_LINE)
    for index, one in enumerate(head[:FIRST]):
        if one.kind not in (None, "heading") or not _is_site_name(one):
            continue
        if index >= last or normal(one.words) == wanted:
            continue
        if fold(one.words) in names:
            one.settle("furniture", 0.9, "the name that the mark-up gives the site")
        elif one.kind is None and _follows(head, index):
            one.settle("furniture", 0.8, MASTHEAD)


def _names(outlets: Sequence[str]) -> frozenset[str]:
    """Return the forms in which a line can repeat the names.

    Of a host ("www.islander.example") these are its parts of three letters or more, without the last.
    """
    forms = [fold(name) for name in outlets]
    forms += [part for name in outlets if " " not in name for part in name.casefold().split(".")[:-1] if len(part) > 2]
    return frozenset(form for form in forms if form)


def is_menu(words: str) -> bool:
    """Tell whether a line is nothing but names of sections ("Home World Business Weather").

    All of its words are capitalised and without punctuation, and several of them name sections that news sites have;
    a headline in capitals ("Court Upholds Travel Ban") seldom holds two.
    """
    tokens = _SEPARATORS.sub(" ", words).split()
    if not MENU_WORDS <= len(tokens) <= 40 or not all(t[0].isupper() and t.replace("-", "").isalpha() for t in tokens):
        return False
    sections = sum(_is_section(token) for token in tokens)
    return sections >= SECTIONS and 3 * sections >= len(tokens)


def _is_section(word: str) -> bool:
    entry = look_up(word)
    return entry is not None and not entry.sure and "section" in entry.says


def _is_site_name(one: Piece) -> bool:
    words = one.words.strip("*_#> ")
    tokens = words.split()
    if not tokens or len(tokens) > NAME_WORDS or not words[-1].isalnum() or any(c.isdigit() or c == ":" for c in words):
        return False
    return tokens[0][0].isupper() and all(t[0].isupper() or t.casefold() in _SMALL for t in tokens)


def _may_be_headline(one: Piece) -> bool:
    """Tell whether a line can be the headline, so that the masthead can be spared."""
    if one.kind is not None:
        return one.kind == "heading"
    return one.count >= 3 and not one.weak and not is_menu(one.words) and not is_name(one.words)


def _follows(head: Sequence[Piece], index: int) -> bool:
    """Tell whether the navigation follows a line, and nothing but furniture stands before it."""
    if any(p.kind not in ("furniture", None) or (p.kind is None and p.count > NAME_WORDS) for p in head[:index]):
        return False
    after = head[index + 1] if index + 1 < len(head) else None
    return after is not None and after.kind == "furniture" and "navigation" in after.reason
