"""Numbers, times and names that stand against others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from variorum.collation.findings import Severity, Variant
from variorum.collation.lists import words_in
from variorum.collation.names import kinship
from variorum.collation.sites import SHAKY, Side, Site, counts, listed
from variorum.collation.words import Word, is_function_word, stem

ROUNDED: Final = 0.03
"""Difference of two numbers, as a share, up to which one may be the other rounded."""


def numbers(site: Site) -> Iterator[Variant]:
    """Numbers that stand against another value."""
    own, others = counts(site)
    a = [i for i in _numbered(site.a) if own[site.a.words[i].form] > others[site.a.words[i].form]]
    b = [j for j in _numbered(site.b) if others[site.b.words[j].form] > own[site.b.words[j].form]]
    for i, j in zip(a, b, strict=False):
        one, other = site.a.words[i], site.b.words[j]
        if one.value is None or other.value is None or _is_sum(site, i, j):
            continue
        spans = ((one.start, one.end), (other.start, other.end))
        if _is_date(site.a.words, i) or _is_date(site.b.words, j) or (_is_year(site.a, i) and _is_year(site.b, j)):
            yield site.variant(
                "time", "medium", f"Another date: {one.form[1:]} against {other.form[1:]}.", *spans, whole=False
            )
        elif _is_rounded(site, one.value, other.value, i, j):
            yield site.variant("number", "low", "One side rounds the number.", *spans, whole=False)
        else:
            reason = f"Another number: {one.form[1:]} against {other.form[1:]}."
            severity: Severity = "medium" if site.pair.same < SHAKY else "high"
            yield site.variant("number", severity, reason, *spans, whole=False)


def units(site: Site) -> Iterator[Variant]:
    """Another currency, measure or part of a whole, beside a number."""
    a, b = _units(site.a), _units(site.b)
    if a and b and not {stem(site.a.words[i].form) for i in a} & {stem(site.b.words[j].form) for j in b}:
        one, other = site.a.words[a[0]], site.b.words[b[0]]
        reason = f"Another unit: {one.form} against {other.form}."
        yield site.variant("number", "high", reason, (one.start, one.end), (other.start, other.end), whole=False)


def _units(side: Side) -> list[int]:
    """Units in a difference that a number, or "a", stands beside."""
    wanted = words_in("judging.txt", "units")
    return [i for i in side.here if stem(side.words[i].form) in {stem(unit) for unit in wanted} and _counted(side, i)]


def _counted(side: Side, i: int) -> bool:
    beside = [side.words[k] for k in (i - 1, i + 1) if 0 <= k < len(side.words)]
    return any(word.is_number for word in beside) or (i > 0 and side.words[i - 1].form in ("a", "one"))


def _numbered(side: Side) -> list[int]:
    return [i for i in side.here if side.words[i].is_number]


def _is_date(words: Sequence[Word], i: int) -> bool:
    """Whether a number is a day of a month or a year."""
    before_that = i - 2 if i > 1 and words[i - 1].is_number and (words[i].value or 0) >= 1000 else i
    beside = {words[k].form for k in (before_that, i - 1, i + 1) if 0 <= k < len(words)}
    value = words[i].value or 0
    if beside & words_in("judging.txt", "months") and not ({"may", "march"} & beside and value > 31):
        return True
    before = words[i - 1].form if i else ""
    is_year = 1000 <= value <= 2100 and value == int(value)
    return is_year and before in (
        "in",
        "since",
        "of",
        "until",
        "by",
        "from",
        "late",
        "early",
        "mid",
        "and",
        "to",
        "during",
    )


def _is_year(side: Side, i: int) -> bool:
    """Whether a number is written as years of our time are."""
    word = side.words[i]
    return side.text[word.start : word.end].isdigit() and 1900 <= (word.value or 0) <= 2100


def _is_sum(site: Site, i: int, j: int) -> bool:
    """Whether one side counts in what the other names besides: "13 states and Canada" are 14."""
    for side, at, difference in ((site.a, i, _less(site, i, j)), (site.b, j, -_less(site, i, j))):
        if 0 < difference <= 3:
            following = range(at + 1, min(at + 9, len(side.words)))
            joined = [k for k in following if side.words[k].form in ("and", "plus")]
            named = sum(bool(side.names[k]) and not side.names[k - 1] for k in following if joined and k > joined[0])
            if joined and named == difference:
                return True
    return False


def _less(site: Site, i: int, j: int) -> float:
    return (site.b.words[j].value or 0) - (site.a.words[i].value or 0)


def _is_rounded(site: Site, one: float, other: float, i: int, j: int) -> bool:
    near = abs(one - other) <= ROUNDED * max(abs(one), abs(other))
    approximate = words_in("judging.txt", "approximate")
    before = {site.a.words[k].form for k in (i - 1, i - 2) if k >= 0} | {
        site.b.words[k].form for k in (j - 1, j - 2) if k >= 0
    }
    return near and bool(before & approximate)


def times(site: Site) -> Iterator[Variant]:
    """Days, months and the like that stand against others."""
    own, others = counts(site)
    a = tuple(form for form in listed(site.a.forms, "weekdays", "months") if own[form] > others[form])
    b = tuple(form for form in listed(site.b.forms, "weekdays", "months") if others[form] > own[form])
    days_a, days_b = listed(site.a.forms, "days"), listed(site.b.forms, "days")
    weekdays = words_in("judging.txt", "weekdays")
    if a and b and {form in weekdays for form in a} != {form in weekdays for form in b}:
        yield site.variant("time", "low", "The day is named differently.")
    elif a and b and a != b:
        yield site.variant("time", "medium", f"Another time: {a[0].title()} against {b[0].title()}.")
    elif {*site.a.forms, *site.b.forms} == {"before", "after"} and site.a.forms != site.b.forms:
        yield site.variant("time", "medium", "“before” against “after”.")
    elif (a and days_b) or (b and days_a):
        yield site.variant("time", "low", "The day is named differently.")
    elif days_a and days_b and days_a != days_b:
        yield site.variant("time", "medium", f"Another day: {days_a[0]} against {days_b[0]}.")
    else:
        relative_a, relative_b = _relative(site.a), _relative(site.b)
        if relative_a and relative_b and relative_a != relative_b:
            yield site.variant("time", "medium", f"Another time: “{relative_a}” against “{relative_b}”.")


def _relative(side: Side) -> str | None:
    """A word such as "last" or "next", or a unit, where it belongs to a time."""
    nouns = words_in("judging.txt", "timenouns") | words_in("judging.txt", "weekdays")
    for i in side.here:
        form = side.words[i].form
        if form in words_in("judging.txt", "relative") and i + 1 < len(side.words) and side.words[i + 1].form in nouns:
            return form
        counted = i and (side.words[i - 1].is_number or side.words[i - 1].form in words_in("judging.txt", "relative"))
        if form in nouns and counted:
            return form
    return None


def names(site: Site) -> Iterator[Variant]:
    """Names that stand against others."""
    runs_a, runs_b = _name_runs(site.a), _name_runs(site.b)
    if runs_a and not runs_b:
        runs_b = _capital_runs(site.b)
    elif runs_b and not runs_a:
        runs_a = _capital_runs(site.a)
    for one, other in zip(runs_a, runs_b, strict=False):
        name_a, name_b = site.a.of(one), site.b.of(other)
        if set(name_a) & set(name_b) or _elsewhere(site, name_a, name_b):
            continue
        if kinship(site.a.of(_whole_name(site.a, one)), site.b.of(_whole_name(site.b, other))) == "same":
            continue
        spans = (site.a.span(one), site.b.span(other))
        kind = kinship(name_a, name_b)
        if kind in ("same", "spelling"):
            if kind == "spelling":
                yield site.variant("name", "low", "One name in two spellings.", *spans, whole=False)
        elif kind == "misspelt":
            yield site.variant("name", "medium", "The name is written differently.", *spans, whole=False)
        elif kind == "renamed":
            yield site.variant("name", "medium", "A word of the name is replaced by another.", *spans, whole=False)
        else:
            severity: Severity = "medium" if site.pair.same < SHAKY else "high"
            yield site.variant("name", severity, "Another name.", *spans, whole=False)


def _whole_name(side: Side, part: range) -> range:
    """A name of which part stands in the difference."""
    start, stop = part.start, part.stop
    while start > 0 and side.names[start - 1]:
        start -= 1
    while stop < len(side.words) and side.names[stop]:
        stop += 1
    return range(start, stop)


def _name_runs(side: Side) -> list[range]:
    """Names in a difference, without titles, and days and months, which are times."""
    left_out = words_in("forms.txt", "titles") | words_in("judging.txt", "weekdays") | words_in("judging.txt", "months")
    return side.runs(lambda i: side.names[i] and side.words[i].form not in left_out)


def _capital_runs(side: Side) -> list[range]:
    """Words with a capital, which at the start of a sentence may be names."""
    left_out = words_in("forms.txt", "titles") | words_in("judging.txt", "weekdays") | words_in("judging.txt", "months")

    def is_wanted(i: int) -> bool:
        word = side.words[i]
        return word.capital and not is_function_word(word.form) and word.form not in left_out and not word.is_number

    return side.runs(is_wanted)


def _elsewhere(site: Site, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each side has both names equally often in the same sentence, so that they only stand in another order."""
    own, others = counts(site)
    return all(own[form] == others[form] for form in (*one, *other))
