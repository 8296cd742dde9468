"""Who did what to whom: names that changed places, and words that turn an outcome around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.collation.aligned import Laid, Pair
from variorum.collation.doubts import negations
from variorum.collation.findings import Variant
from variorum.collation.lists import words_in
from variorum.collation.meanings import opposition
from variorum.collation.sites import Site, site_of
from variorum.collation.wording import Difference
from variorum.collation.words import is_function_word

NEARBY: Final = 4
"""Words between differences that are looked at together."""
REACH: Final = 9
"""Words between two that may have changed places."""


def exchange(laid: Laid, pair: Pair, found: Sequence[Difference]) -> Variant | None:
    """Two names or nouns that have changed places around a word that both sides have between them.

    Who did it, and to whom.
    """
    changed = {i for one in found for i in one.a}, {j for one in found for j in one.b}
    for near_a, near_b in _regions(found):
        exchanged = _exchange_in(laid, pair, changed, near_a, near_b)
        if exchanged:
            return exchanged
    return None


def _regions(found: Sequence[Difference]) -> Iterator[tuple[range, range]]:
    """Where differences stand close together, from the first to the last of them."""
    at = 0
    while at < len(found):
        last = at
        while last + 1 < len(found) and found[last + 1].a.start - found[last].a.stop <= NEARBY:
            last += 1
        group = found[at : last + 1]
        if any(len(one.a) for one in group) and any(len(one.b) for one in group):
            yield range(group[0].a.start, group[-1].a.stop), range(group[0].b.start, group[-1].b.stop)
        at = last + 1


def _exchange_in(
    laid: Laid, pair: Pair, changed: tuple[set[int], set[int]], near_a: range, near_b: range
) -> Variant | None:
    places_a, places_b = _single(laid.a.forms, near_a), _single(laid.b.forms, near_b)
    common = sorted((form for form in places_a if form in places_b), key=lambda form: places_a[form])
    moved = {form for form in common if places_a[form] in changed[0] or places_b[form] in changed[1]}
    for first in common:
        for second in common:
            if first not in moved and second not in moved:
                continue
            for between in _between(first, second, common, places_a, places_b):
                ends_a = sorted((places_a[first], places_a[second]))
                ends_b = sorted((places_b[first], places_b[second]))
                if _is_exchange(laid, ends_a, ends_b, between):
                    words = Difference(range(ends_a[0], ends_a[1] + 1), range(ends_b[0], ends_b[1] + 1))
                    return site_of(laid, pair, words).variant(
                        "role", "high", "Who does it and to whom it is done have changed places.", distance=0.8
                    )
    return None


def _single(forms: Sequence[str], words: range) -> dict[str, int]:
    """Where the words that say something and occur once stand."""
    times = (
        words_in("judging.txt", "weekdays") | words_in("judging.txt", "months") | words_in("judging.txt", "timenouns")
    )
    counted = Counter(forms[i] for i in words)
    return {
        forms[i]: i
        for i in words
        if counted[forms[i]] == 1 and not is_function_word(forms[i]) and forms[i][0] != "#" and forms[i] not in times
    }


def _between(first: str, second: str, common: Sequence[str], a: dict[str, int], b: dict[str, int]) -> Iterator[str]:
    """Words that stand between two others on both sides, where these stand the other way round."""
    if not (0 < a[second] - a[first] <= REACH and 0 < b[first] - b[second] <= REACH):
        return
    for form in common:
        if a[first] < a[form] < a[second] and b[second] < b[form] < b[first]:
            yield form


def _is_exchange(laid: Laid, ends_a: Sequence[int], ends_b: Sequence[int], between: str) -> bool:
    """Whether both ends are names, or neither a name, and no "by" on one side alone turns the sense back."""
    names = [laid.a.names[i] for i in ends_a]
    titles = words_in("forms.txt", "titles")
    compact = max(ends_a[1] - ends_a[0], ends_b[1] - ends_b[0]) <= NEARBY + 1
    titled = any(laid.a.forms[i] in titles for i in ends_a)
    if names[0] != names[1] and not (titled or compact or _has_article(laid, ends_a)):
        return False
    inner_a = range(ends_a[0] + 1, ends_a[1])
    inner_b = range(ends_b[0] + 1, ends_b[1])
    if any(laid.a.names[i] and laid.a.forms[i] == between for i in inner_a):
        return False
    turned = [
        any(forms[i] == "by" for i in inner) for forms, inner in ((laid.a.forms, inner_a), (laid.b.forms, inner_b))
    ]
    listed = any(
        forms[i] in ("and", "or") for forms, inner in ((laid.a.forms, inner_a), (laid.b.forms, inner_b)) for i in inner
    )
    return turned[0] == turned[1] and not listed


def _has_article(laid: Laid, ends: Sequence[int]) -> bool:
    """Whether the end that is no name is a noun, since an article stands before it or it is a plural."""
    for i in ends:
        if not laid.a.names[i]:
            before = laid.a.forms[i - 1] if i else ""
            return before in ("the", "a", "an", "his", "her", "their", "its") or laid.a.forms[i].endswith("s")
    return True


def opposed(site: Site) -> Variant | None:
    """Words of opposite meaning, unless a negation makes up for it."""
    if bool(negations(site.a)) != bool(negations(site.b)):
        return None
    for one in site.a.content:
        for other in site.b.content:
            kind = opposition(one, other)
            if kind is None or (kind == "opposite" and len(site.a.content) + len(site.b.content) > 2):
                continue
            reason = f"“{one}” against “{other}”: "
            if kind == "outcomes":
                return site.variant("role", "high", reason + "another outcome, or another who got it.", distance=1.0)
            if kind == "answers":
                return site.variant("negation", "high", reason + "the opposite answer.", distance=0.9)
            return site.variant("wording", "high", reason + "words of opposite meaning.", distance=1.0)
    return None
