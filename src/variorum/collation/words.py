"""The words of a text as collation compares them: without case, accents and house style, numbers by their value.

What only the style of a house decides is gone from a word's `form`, so that it can be no variant: case, accents,
kinds of marks, British and American spelling, points in abbreviations, contractions, figures against number words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from typing import Final, NamedTuple

import regex

from variorum.collation.lists import lines_of, sections_of, words_in

_APOSTROPHES: Final = "'’‘ʼ`´\ufffd?"
_TOKEN: Final = regex.compile(
    rf"""
      (?P<abbreviation>(?:\p{{L}}\.){{2,}}(?:\p{{L}}(?![\p{{L}}]))?)(?:[{_APOSTROPHES}]s\b)?
    | (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?
        | [1-9]\d{{0,2}}(?:[\ \u00a0\u2009\u202f]\d{{3}})+(?!\d)
        | \d+(?:\.\d+)?)
      (?P<scale>(?:bn|mn|m|k|tn)\b)?(?:st|nd|rd|th)?
    | (?P<word>\p{{L}}[\p{{L}}\p{{M}}]*)(?:[{_APOSTROPHES}](?P<ending>(?:s|t|re|ve|ll|d|m)\b))?
    | (?P<sign>[%&$€£])
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_SEPARATORS: Final = regex.compile(r"[, \u00a0\u2009\u202f]")
_SIGNS: Final = {"%": "percent", "&": "and", "$": "dollar", "€": "euro", "£": "pound"}
_ENDINGS: Final = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
_STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}
)
_NOT: Final = {"won": "will", "can": "can", "shan": "shall"}
_TENS: Final = frozenset(range(20, 100, 10))
_SUFFIXES: Final = {"bn": 1e9, "mn": 1e6, "m": 1e6, "k": 1e3, "tn": 1e12}


class Word(NamedTuple):
    """A word or a number as collation compares it."""

    start: int
    end: int
    form: str
    """What is compared; of a number, ``#`` and its value."""
    capital: bool
    """Whether it begins with a capital letter."""
    value: float | None = None
    """Of a number."""

    @property
    def is_number(self) -> bool:
        """Whether it counts or measures something."""
        return self.value is not None


@lru_cache(1 << 17)
def folded(word: str) -> str:
    """A word without case, accents and points, in one spelling."""
    plain = word.casefold()
    if not plain.isascii():
        plain = plain.translate(_STROKES)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.replace(".", "")
    return _spellings().get(plain) or _spelt_alike(plain)


_SHORTEST_SPELLING: Final = 5
_RULES: Final = (
    (
        regex.compile(r"(?<=[bdgilmnpv])our(?=(?:s|ed|er|ers|ing|ite|ites|able|ful|hood|hoods|ly|less|al|ist|ists)?$)"),
        "or",
    ),
    (regex.compile(r"(?<=[^aeiou])is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)"), "iz"),
    (regex.compile(r"ys(?=(?:e|es|ed|ing)$)"), "yz"),
    (regex.compile(r"(?<=[bht])re(?=s?$)"), "er"),
    (regex.compile(r"(?<=(?:off|def|lic|pret)en)c(?=es?$|ed$|eless$)"), "s"),
    (regex.compile(r"(?<=[aeiou][^aeiou]{1,3}[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),
)


def _spelt_alike(plain: str) -> str:
    if len(plain) >= _SHORTEST_SPELLING:
        for pattern, canonical in _RULES:
            plain = pattern.sub(canonical, plain)
    return plain


@cache
def _spellings() -> dict[str, str]:
    return {other: line.split()[0] for line in lines_of("spelling.txt") for other in line.split()[1:]}


@cache
def _number_words() -> dict[str, float]:
    return {word: float(value) for line in sections_of("numbers.txt")["values"] for word, value in [line.split()]}


@cache
def _scales() -> dict[str, float]:
    return {word: float(value) for line in sections_of("numbers.txt")["scales"] for word, value in [line.split()]}


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return tuple(_numbered(list(_plain(text))))


def _plain(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match["word"]
        if word and match["ending"] is None and word not in ("cannot", "Cannot"):
            yield Word(start, end, folded(word), word[0].isupper())
        elif word:
            yield from _of_word(match, start, end)
        elif match["number"]:
            value = float(_SEPARATORS.sub("", match["number"])) * _SUFFIXES.get((match["scale"] or "").lower(), 1)
            yield Word(start, end, _number(value), capital=False, value=value)
        elif match["abbreviation"]:
            yield Word(start, end, folded(match["abbreviation"]), capital=match["abbreviation"][0].isupper())
        else:
            yield Word(start, end, _SIGNS.get(match["sign"], match["sign"]), capital=False)


def _of_word(match: regex.Match[str], start: int, end: int) -> Iterator[Word]:
    word, ending = match["word"], (match["ending"] or "").lower()
    capital, middle = word[0].isupper(), match.end("word")
    if ending == "t" and (word.lower().endswith("n")):
        stem = _NOT.get(word.lower(), word[:-1].lower())
        yield Word(start, middle - 1, folded(stem), capital=capital)
        yield Word(middle - 1, end, "not", capital=False)
    elif word.lower() == "cannot":
        yield Word(start, start + 3, "can", capital=capital)
        yield Word(start + 3, end, "not", capital=False)
    elif ending in _ENDINGS:
        yield Word(start, middle, folded(word), capital=capital)
        yield Word(middle, end, _ENDINGS[ending], capital=False)
    elif ending == "t":
        yield Word(start, middle, folded(word), capital=capital)
        yield Word(middle + 1, end, "t", capital=False)
    else:
        yield Word(start, end if ending else middle, folded(word), capital=capital)


def _number(value: float) -> str:
    return f"#{value:.10g}"


def _numbered(words: Sequence[Word]) -> Iterator[Word]:
    """The words, with number words and their scales put together into numbers."""
    values, scales = _number_words(), _scales()
    at = 0
    while at < len(words):
        word = words[at]
        if word.form == "half" and at + 2 < len(words) and words[at + 1].form == "a" and _is_scale(words, at + 2):
            half = scales[words[at + 2].form] / 2
            yield Word(word.start, words[at + 2].end, _number(half), word.capital, half)
            at += 3
            continue
        if word.value is None and word.form not in values and not _before_scale(words, at, inf):
            yield word
            at += 1
            continue
        first, total, current = at, 0.0, 0.0
        previous: float | None = None
        while at < len(words) and (at == first or words[at].start <= words[at - 1].end + 1):
            word = words[at]
            value = word.value if word.value is not None else values.get(word.form)
            if previous is None and _before_scale(words, at, inf):
                value = 1.0
            if previous is not None and words[at - 1].value is None and word.value is None:
                if word.form == "one" and (previous in _TENS or _before_scale(words, at, previous)):
                    value = 1.0
                elif _goes_on(words, at, previous, values):
                    at += 1
                    continue
                elif [one.form for one in words[at : at + 3]] == ["and", "a", "half"]:
                    current, at = current + 0.5, at + 3
                    continue
            if value is not None and (previous is None or _adds(previous, value, words[at - 1], word)):
                current, previous = current + value, value
            elif word.form in scales and previous is not None:
                scale = scales[word.form]
                current = (current or 1.0) * scale
                if scale > 100:
                    total, current = total + current, 0.0
                previous = scale
            else:
                break
            at += 1
        value = total + current
        yield Word(words[first].start, words[at - 1].end, _number(value), words[first].capital, value)


def _goes_on(words: Sequence[Word], at: int, previous: float, values: dict[str, float]) -> bool:
    """Whether an "and" stands inside of a number, as in "two hundred and five"."""
    return (
        previous >= 100
        and words[at].form == "and"
        and at + 1 < len(words)
        and (words[at + 1].form in values or _before_scale(words, at + 1, previous))
    )


def _is_scale(words: Sequence[Word], at: int) -> bool:
    """Whether "hundred", "million" stands for a number here ("a million"), not for many ("millions")."""
    return 0 < at < len(words) and words[at].form in _scales() and words[at - 1].form in ("a", "one")


def _before_scale(words: Sequence[Word], at: int, below: float) -> bool:
    """Whether "a" or "one" stands before a scale less than that, and for one of it: "a hundred", "one million"."""
    return (
        words[at].form in ("a", "one")
        and at + 1 < len(words)
        and words[at + 1].value is None
        and _scales().get(words[at + 1].form, inf) < below
    )


def _adds(previous: float, value: float, before: Word, word: Word) -> bool:
    """Whether a number word goes on with the one before: "twenty three", "two hundred five"."""
    if before.value is not None or word.value is not None:
        return False
    return previous >= 20 and value < previous and (previous >= 100 or value < 10)


@lru_cache(1 << 17)
def stem(form: str) -> str:
    """A word without what number, tense or degree adds to it, roughly (Porter 1980, step 1)."""
    if form.startswith("#") or len(form) < 4:
        return form
    irregular = _irregular().get(form)
    if irregular:
        return irregular
    for ending, put in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if form.endswith(ending) and len(form) - len(ending) >= 3 and not form.endswith(("ss", "us", "is")):
            base = form[: len(form) - len(ending)] + put
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeilos":
                base = base[:-1]
            return base.removesuffix("e")
    return form.removesuffix("e")


@cache
def _irregular() -> dict[str, str]:
    return {
        form: line.split()[0].removesuffix("e") for line in sections_of("forms.txt")["verbs"] for form in line.split()
    }


@lru_cache(1 << 17)
def is_function_word(form: str) -> bool:
    """Whether a word says little by itself."""
    return form in words_in("forms.txt", "function")


def is_number(form: str) -> bool:
    """Whether the form is that of a number, told by its value."""
    return form.startswith("#")
