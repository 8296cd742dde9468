"""Where two passages that correspond differ, in what, and how grave that is.

What kind a difference is of follows from the words that differ and from where they stand, never from how much two
sentences are alike: one "not" that a long sentence lacks is the gravest variant there is. Differences that only the
style of a house makes are none (variorum.collation.words).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.collation.aligned import Laid, Pair
from variorum.collation.doubts import hedged, negated
from variorum.collation.facts import names, numbers, times, units
from variorum.collation.findings import SEVERITIES, Severity, Stretch, Variant, VariantKind
from variorum.collation.quoted import in_quotation
from variorum.collation.roles import exchange, opposed
from variorum.collation.sites import (
    GRAVENESS,
    LONG,
    SHAKY,
    Site,
    content_of,
    distance_of,
    is_style,
    shown,
    site_of,
    told,
)
from variorum.collation.wording import Difference, differences
from variorum.collation.words import is_function_word, stem

LIKE: Final = 0.45
"""Cosine from which a word is no more than another wording for the other."""


def variants(laid: Laid, *, related: bool) -> tuple[Variant, ...]:
    """All variants of two witnesses, gravest first.

    Where the two are not related, only sentences that are mostly the same are compared, and nothing is left out or
    added.

    """
    found: list[Variant] = []
    for pair in laid.pairs:
        if related or pair.same >= 0.6:
            found += _of_pair(laid, pair)
    if related:
        found += _unmatched(laid)
    return tuple(sorted(found, key=_order))


def _order(variant: Variant) -> tuple[int, float, Stretch, Stretch]:
    return (
        SEVERITIES.index(variant.severity),
        -variant.weight,
        variant.a or (-1, -1),
        variant.b or (-1, -1),
    )


def _of_pair(laid: Laid, pair: Pair) -> Iterator[Variant]:
    forms_a = laid.a.forms[pair.a.start : pair.a.stop]
    forms_b = laid.b.forms[pair.b.start : pair.b.stop]
    local = [(i - pair.a.start, j - pair.b.start) for i, j in pair.words]
    found = [_shifted(one, pair) for one in differences(forms_a, forms_b, local)]
    found = [one for one in found if not _same_letters(laid, one)]
    exchanged = exchange(laid, pair, found)
    if exchanged:
        yield exchanged
    for difference in _without_moved(laid, found):
        site = site_of(laid, pair, difference)
        if exchanged and _touches(exchanged, site):
            continue
        yield from _judged(site)


def _shifted(difference: Difference, pair: Pair) -> Difference:
    return Difference(
        range(difference.a.start + pair.a.start, difference.a.stop + pair.a.start),
        range(difference.b.start + pair.b.start, difference.b.stop + pair.b.start),
    )


def _touches(variant: Variant, site: Site) -> bool:
    """Whether a difference is part of what a variant covers already."""
    return any(
        whole is not None and part is not None and whole[0] <= part[0] and part[1] <= whole[1]
        for whole, part in ((variant.a, site.a.stretch), (variant.b, site.b.stretch))
    )


def _same_letters(laid: Laid, difference: Difference) -> bool:
    """Whether both sides are the same but for blanks: a broken word, "re-election" and "reelection"."""
    a = "".join(laid.a.forms[i] for i in difference.a)
    b = "".join(laid.b.forms[i] for i in difference.b)
    return bool(a) and a == b


def _without_moved(laid: Laid, found: Sequence[Difference]) -> Iterator[Difference]:
    """The differences without words that one side has at another place of the same sentence."""
    left = Counter(form for one in found for form in content_of(laid.a.forms, one.a))
    right = Counter(form for one in found for form in content_of(laid.b.forms, one.b))
    both = left & right
    for one in found:
        a = _trimmed(laid.a.forms, one.a, both) if not len(one.b) else one.a
        b = _trimmed(laid.b.forms, one.b, both) if not len(one.a) else one.b
        if len(a) or len(b):
            yield Difference(a, b)


def _trimmed(forms: Sequence[str], words: range, moved: Counter[str]) -> range:
    """The words without those at their ends that stand elsewhere on the other side; none if no content is left."""
    start, stop = words.start, words.stop
    while start < stop and (moved[forms[start]] or is_function_word(forms[start])):
        start += 1
    while stop > start and (moved[forms[stop - 1]] or is_function_word(forms[stop - 1])):
        stop -= 1
    if start == stop and any(moved[forms[i]] for i in words):
        return range(words.start, words.start)
    return words if start == stop else range(start, stop)


def _judged(site: Site) -> Iterator[Variant]:
    a, b = site.a, site.b
    if a.quoted and b.quoted:
        yield from in_quotation(site)
        return
    if is_style(site):
        return
    found = [*numbers(site), *units(site), *times(site), *names(site)]
    turned = opposed(site)
    if turned:
        found.append(turned)
    denied = negated(site) if turned is None else None
    if denied:
        found.append(denied)
    doubted = hedged(site)
    if doubted:
        found.append(doubted)
    yield from found
    rest = _reworded(site) if len(a.here) and len(b.here) else _one_sided(site)
    if rest and (not found or (rest.severity == "medium" and not _covered(rest, found))):
        yield rest


def _covered(variant: Variant, found: Sequence[Variant]) -> bool:
    """Whether what is already found says why the rest differs."""
    return any(one.severity != "low" for one in found) or variant.kind in ("omission", "addition")


def _reworded(site: Site) -> Variant | None:
    a, b = _unexplained(site)
    if not a and not b and (site.a.content or site.b.content):
        return site.variant("wording", "low", "The same in another form.")
    if not a and not b:
        return None if site.pair.same < SHAKY else site.variant("wording", "low", "Small words differ.")
    if not a or not b:
        return site.variant("wording", "low", "Put in more or fewer words.")
    if sorted(map(stem, a)) == sorted(map(stem, b)):
        return site.variant("wording", "low", "The same words in another form or order.")
    distance = distance_of(a, b)
    if distance <= 1 - LIKE:
        return site.variant("wording", "low", "Words of like meaning.", distance=distance)
    if len(a) + len(b) > 2 * LONG or site.pair.same < SHAKY:
        return site.variant("wording", "low", "Told in other words.", distance=distance)
    return site.variant("wording", "medium", told(site.a, site.b, "Words of other meaning"), distance=distance)


def _unexplained(site: Site) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that say something on both sides, but for numbers and names that are judged as such."""
    left: list[tuple[str, ...]] = []
    numbered = all(any(side.words[i].is_number for i in side.here) for side in (site.a, site.b))
    named = all(any(side.names[i] for i in side.here) for side in (site.a, site.b))
    for side in (site.a, site.b):
        kept = (
            i
            for i in side.here
            if not (numbered and side.words[i].is_number)
            and not (named and side.names[i])
            and not is_function_word(side.words[i].form)
        )
        left.append(tuple(side.words[i].form for i in kept))
    return left[0], left[1]


def _one_sided(site: Site) -> Variant | None:
    having, kind = (site.a, "omission") if len(site.a.here) else (site.b, "addition")
    if not having.content:
        return None
    is_long = len(having.content) >= LONG
    severity: Severity = "medium" if is_long else "low"
    said = "The second lacks" if kind == "omission" else "The first lacks"
    reason = f"{said} “{shown(having)}”."
    return site.variant("omission" if kind == "omission" else "addition", severity, reason)


def _unmatched(laid: Laid) -> Iterator[Variant]:
    """Sentences that one side lacks altogether, those that follow each other as one."""
    used_a = {i for pair in laid.pairs for i in pair.block.a}
    used_b = {j for pair in laid.pairs for j in pair.block.b}
    for kind, parsed, used in (("omission", laid.a, used_a), ("addition", laid.b, used_b)):
        if not used:
            continue
        run: list[int] = []
        for i in (*range(len(parsed.sentences)), None):
            if i is not None and i not in used and (not run or parsed.paragraphs[i] == parsed.paragraphs[run[0]]):
                run.append(i)
                continue
            if run:
                yield _missing(laid, kind == "omission", run, after=run[0] > max(used), before=run[-1] < min(used))
            run = [i] if i is not None and i not in used else []


def _missing(laid: Laid, omitted: bool, run: Sequence[int], *, after: bool, before: bool) -> Variant:
    parsed = laid.a if omitted else laid.b
    span = parsed.span(range(parsed.sentences[run[0]].start, parsed.sentences[run[-1]].stop))
    where = "at the end" if after else "at the beginning" if before else "between passages that both have"
    who = "second" if omitted else "first"
    words = sum(len(parsed.sentences[i]) for i in run)
    severity: Severity = "low" if after or before or words < LONG else "medium"
    sentences = "a sentence" if len(run) == 1 else f"{len(run)} sentences"
    kind: VariantKind = "omission" if omitted else "addition"
    weight = GRAVENESS[kind] + min(words / 20, 5)
    a, b = (span, None) if omitted else (None, span)
    return Variant(a, b, kind, severity, 0.8, f"The {who} lacks {sentences} {where}.", weight)
