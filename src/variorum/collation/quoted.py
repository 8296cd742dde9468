"""Differences inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from variorum.collation.findings import Severity, Variant
from variorum.collation.lists import words_in
from variorum.collation.names import kinship
from variorum.collation.sites import Side, Site, distance_of, is_style, listed, told
from variorum.collation.words import stem

BRACKETED: Final = 40
"""Code points around words in which the brackets stand that they are in."""
ADJUNCT: Final = 0.6
"""How much less words weigh that say when, where or how."""


def in_quotation(site: Site) -> Iterator[Variant]:
    """What differs between two versions of a quotation, and how gravely."""
    a, b = site.a, site.b
    if is_style(site):
        yield site.variant("quote", "low", "Only an article or the like differs inside the quotation.")
        return
    if _in_brackets(a) or _in_brackets(b):
        yield site.variant("quote", "low", "What an editor put in brackets differs, or stands for a word.")
        return
    if not len(a.here) or not len(b.here):
        longer, shorter = (a, b) if len(a.here) else (b, a)
        if _shows_gap(shorter) or _in_brackets(longer):
            yield site.variant("quote", "low", "Words are left out where the quotation shows it.")
        elif longer.content:
            yield site.variant(
                "quote", "high", "Inside the quotation, one side has words that the other lacks.", distance=0.3
            )
        else:
            yield site.variant("quote", "medium", "Inside the quotation, a small word is missing on one side.")
        return
    if not a.content and not b.content:
        negated = bool(listed(a.forms, "negators")) != bool(listed(b.forms, "negators"))
        severity: Severity = "high" if negated else "medium"
        yield site.variant(
            "quote", severity, "Small words inside the quotation differ.", distance=0.9 if negated else 0.0
        )
        return
    if a.content and b.content and [stem(x) for x in a.content] == [stem(x) for x in b.content]:
        yield site.variant("quote", "medium", "A word inside the quotation stands in another form.")
        return
    distance = distance_of(a.content, b.content, related=0.75) * (ADJUNCT if _is_adjunct(a) and _is_adjunct(b) else 1.0)
    names = kinship(a.content, b.content) if a.content and b.content else "other"
    if names in ("same", "spelling"):
        yield site.variant("quote", "low", "A name inside the quotation is spelt differently.")
        return
    yield site.variant("quote", "high", told(a, b, "Quoted words differ"), distance=distance)


def _is_adjunct(side: Side) -> bool:
    """Whether the words begin with a preposition, so that they say when, where or how rather than what."""
    return side.forms[0] in words_in("judging.txt", "prepositions")


def _in_brackets(side: Side) -> bool:
    """Whether the words stand in brackets."""
    if not len(side.here):
        return False
    start, end = side.stretch or (0, 0)
    before, after = side.text[max(0, start - BRACKETED) : start], side.text[end : end + BRACKETED]
    opened = max(before.rfind("("), before.rfind("["))
    closing = [at for sign in ")]" if (at := after.find(sign)) >= 0]
    return (
        opened > max(before.rfind(")"), before.rfind("]"))
        and bool(closing)
        and not set("([") & set(after[: min(closing)])
    )


def _shows_gap(side: Side) -> bool:
    """Whether the quotation shows at this place that something is left out, or ends or begins there."""
    i = side.here.start
    before = side.words[i - 1].end if i else 0
    after = side.words[i].start if i < len(side.words) else len(side.text)
    between = side.text[before:after]
    return any(sign in between for sign in ("...", "…", ". . .", "[", "]", '"', "“", "”"))
