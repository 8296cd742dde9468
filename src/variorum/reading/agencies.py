"""Agencies: who sells words and pictures to other outlets, and how texts credit them.

The names and forms are data (``data/agencies.toml``). A form in capitals ("ANSA", "AP") is an agency only in
capitals, so that "Ansa" or "ap" in running text is not taken for one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.records import Span


@dataclass(frozen=True, slots=True)
class Agency:
    """One news or picture agency."""

    name: str
    """What the agency calls itself."""
    forms: tuple[str, ...]
    """How texts credit it."""
    pictures_only: bool
    """Whether it deals in pictures alone, so that its name is never a credit for words."""
    outlet: bool
    """Whether its words are mostly its own outlet's, so that its name tells who published."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency where a text names it."""

    span: Span
    """The name as written."""
    agency: Agency
    """Whose name it is."""


@cache
def agencies() -> tuple[Agency, ...]:
    """Return all agencies that the data file lists."""
    rows = tomllib.loads((files("variorum.reading") / "data" / "agencies.toml").read_text("utf-8"))["agency"]
    return tuple(
        Agency(row["name"], tuple(row["forms"]), row["deals"] == ["picture"], row.get("outlet", False)) for row in rows
    )


@cache
def by_form() -> dict[str, Agency]:
    """Return every form of every agency; the first in the file wins where two share one."""
    table: dict[str, Agency] = {}
    for agency in agencies():
        for form in agency.forms:
            table.setdefault(form, agency)
            if " " in form:
                table.setdefault(form.upper(), agency)
    return table


@cache
def pattern() -> str:
    """Return a regular expression (without groups) for any form, the longest first."""
    forms = sorted(by_form(), key=lambda form: (-len(form), form))
    return r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])"


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(pattern())


def named(words: str) -> Agency | None:
    """Return the agency that ``words`` are a form of, or None. A leading "the" and outer white space don't matter."""
    words = words.strip()
    return by_form().get(words) or by_form().get(re.sub(r"^[Tt]he\s+", "", words))


def mentions(text: str) -> tuple[Mention, ...]:
    """Return all agencies that ``text`` names, in order."""
    table = by_form()
    return tuple(Mention(Span(*m.span()), table[m.group()]) for m in _compiled().finditer(text))


def sells_words(name: str) -> bool:
    """Tell whether an agency sells its words to everyone, so that its name says nothing of who published."""
    agency = named(name)
    return agency is not None and not agency.outlet
