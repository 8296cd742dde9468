"""Negations and hedges that one side lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from variorum.collation.findings import Variant
from variorum.collation.lists import sections_of, words_in
from variorum.collation.meanings import opposition
from variorum.collation.sites import LONG, Side, Site, listed
from variorum.collation.words import stem


def negations(side: Side) -> tuple[str, ...]:
    """Words of a side that deny."""
    return listed(side.forms, "negators")


def _denials(forms: Sequence[str], words: range) -> Counter[str]:
    return Counter(forms[i] for i in words if forms[i] in words_in("judging.txt", "negators"))


def negated(site: Site) -> Variant | None:
    """A negation that one side lacks, and nothing makes up for."""
    a, b = negations(site.a), negations(site.b)
    if bool(a) == bool(b):
        return None
    own, others = _denials(site.laid.a.forms, site.pair.a), _denials(site.laid.b.forms, site.pair.b)
    if not ((own - others) if a else (others - own)) or (own - others and others - own):
        return None
    lacking = site.b if a else site.a
    having = site.a if a else site.b
    denying = words_in("judging.txt", "denying")
    if any(stem(form) in denying or form in denying for form in lacking.forms):
        return None
    if len(lacking.here) == 0 and len(having.content) > 1:
        return None
    if any(opposition(one, other) for one in having.content for other in lacking.content):
        return None
    if len(having.content) > 4 or len(lacking.content) > 4:
        return None
    return site.variant("negation", "high", f"“{(a or b)[0]}” stands on one side only.", distance=0.5)


def hedged(site: Site) -> Variant | None:
    """A hedge that one side lacks, or "will" for "may"."""
    a, b = _hedges(site.a), _hedges(site.b)
    if bool(a) == bool(b):
        return None
    own = _hedges(replace(site.a, here=site.pair.a))
    others = _hedges(replace(site.b, here=site.pair.b))
    if len(own) == len(others):
        return None
    having = site.a if a else site.b
    lacking = site.b if a else site.a
    sourced = having.forms[:2] == ("according", "to")
    if len(having.content) > LONG and not len(lacking.here) and not sourced:
        return None
    return site.variant(
        "modality", "medium", f"“{(a or b)[0]}” stands on one side only: what was hedged is told as certain."
    )


def _hedges(side: Side) -> tuple[str, ...]:
    """Hedges among the words of a side, also "may" where no month is meant."""
    found = list(listed(side.forms, "hedges"))
    for i in side.here:
        word = side.words[i]
        if word.form in words_in("judging.txt", "possible") and not (word.form == "may" and word.capital):
            found.append(word.form)
    return (*found, *_hedge_phrases(side))


@cache
def _phrases_of_hedging() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in sections_of("judging.txt")["phrases"])


def _hedge_phrases(side: Side) -> Iterator[str]:
    forms = side.forms
    for phrase in _phrases_of_hedging():
        if any(forms[i : i + len(phrase)] == phrase for i in range(len(forms))):
            yield " ".join(phrase)
