"""One pattern for all time expressions, put together from ``data/patterns.txt``."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from variorum.language.times.lexicon import coded, counted, either, numbered, sections, units

PARTS: Final = "parts"
"""The section whose patterns are parts of the others; all other sections are kinds of expressions."""
_LISTS: Final = {
    "months": numbered,
    "weekdays": numbered,
    "ordinals": counted,
    "cardinals": counted,
    "decades": counted,
}


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of expressions, in the order in which they are tried."""
    return tuple(name for name in sections("patterns.txt") if name not in (PARTS, "keys"))


@cache
def pattern() -> regex.Pattern[str]:
    """The pattern; each match has one of :func:`kinds` as a group, with ``k_`` before it."""
    rules = sections("patterns.txt")
    parts: dict[str, str] = {}
    for line in rules[PARTS]:
        name, equals, text = line.partition(" = ")
        if equals and regex.fullmatch(r"[a-z_]+", name):
            last = name
            parts[last] = _filled(text, parts)
        else:
            parts[last] += _filled(line.strip(), parts)
    made = ((name, "".join(_filled(line.strip(), parts) for line in rules[name])) for name in kinds())
    alternatives = "|".join(f"(?P<k_{name}>{text})" for name, text in made)
    return regex.compile(rf"(?<![\w$€£#@])(?<!\d[.,:/])(?:{alternatives})(?!\w)", regex.IGNORECASE)


@cache
def key_words() -> frozenset[str]:
    """Words of which every expression without figures has one."""
    lists = [numbered("months"), numbered("weekdays"), units(), coded("seasons"), coded("parts"), counted("decades")]
    found = {word for words in lists for word in words} | set(sections("patterns.txt")["keys"][0].split())
    found |= {word.rpartition(" ")[2] for name in ("references", "sets", "feasts") for word in coded(name)}
    return frozenset(word for one in found for word in (one, f"{one}s"))


def _filled(text: str, parts: dict[str, str]) -> str:
    """A pattern with its parts and lists of words in their places."""
    text = regex.sub(r"<<([a-z_]+)>>", lambda found: parts[found[1]], text)
    return regex.sub(r"\{([a-z]+)\}", lambda found: _words(found[1]), text)


def _words(section: str) -> str:
    if section == "units":
        return either(units())
    return either(_LISTS.get(section, coded)(section))
