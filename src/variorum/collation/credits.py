"""Whom a text credits, and whose text it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from variorum.collation.findings import Witness
from variorum.reading.agencies import mentions, named, sells_words

HEAD: Final = 400
TAIL: Final = 400
"""Code points at both ends of a text in which an agency in brackets or in a byline is a credit."""

_BRACKETS: Final = regex.compile(r"[(\[–—-]\s*(?:[^()\[\]\n]{0,24}[\s/])?$")
_CREDIT: Final = regex.compile(
    r"(?:^|\n)\s*(?:by\s|reporting\sby\s|source:\s*|©\s*|from\s|\()[^\n]{0,60}$", regex.IGNORECASE
)
_SAYS: Final = regex.compile(
    r"^\s*(?:news agency\s+|newswire\s+)?(?:report(?:s|ed)|said in a report|has reported|first reported)\b"
    r"|^\s*contributed to this\b",
    regex.IGNORECASE,
)
_TO: Final = regex.compile(
    r"\b(?:according to|reported by|courtesy of|via|first published (?:by|in|on))\s+(?:the\s+)?$", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Credits:
    """Whom a text credits."""

    agencies: frozenset[str]
    """Names of agencies and outlets that it has its words from."""
    own: frozenset[str]
    """Names of who published it."""
    outlets_known: bool

    @property
    def own_name(self) -> str:
        """Who published it: the name that it credits itself with, if it does."""
        return min(self.own & self.agencies, default=min(self.own, default="the outlet"))

    @property
    def of_agency(self) -> bool:
        """Whether an agency published it, whose texts others take over."""
        return bool(self.own & self.agencies) or any(sells_words(name) for name in self.own)

    def credits(self, other: Credits) -> bool:
        """Whether it credits who published the other."""
        return bool((self.agencies - self.own) & other.own)


@lru_cache(1 << 14)
def _found(text: str) -> frozenset[str]:
    """Agencies that a text credits with its words: at its ends in brackets or a byline, anywhere as a source."""
    found = set()
    for mention in mentions(text):
        start, end = mention.span.start, mention.span.end
        before, after = text[max(0, start - 80) : start], text[end : end + 40]
        if mention.agency.pictures_only:
            continue
        at_end = start < HEAD or end > len(text) - TAIL
        if (
            (at_end and (_BRACKETS.search(before) or _CREDIT.search(before)))
            or _SAYS.match(after)
            or _TO.search(before)
        ):
            found.add(mention.agency.name)
    return frozenset(found)


def credits_of(witness: Witness) -> Credits:
    """Whom a witness credits, by its text and by what is known of it from elsewhere."""
    agencies = {_name(credit) for credit in witness.credits} | _found(witness.text)
    own = frozenset(_name(name) for name in (witness.outlet, witness.agency) if name)
    return Credits(frozenset(agencies), own, witness.outlet is not None)


def _name(name: str) -> str:
    """The name of an outlet or agency; "Associated Press News" is the agency's too."""
    agency = named(name)
    if agency is None:
        first = next(iter(mentions(name)), None)
        agency = first.agency if first and not name[: first.span.start].strip(" Tthe") else None
    return agency.name if agency else name.strip().removeprefix("The ").removeprefix("the ")
