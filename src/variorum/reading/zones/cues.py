"""Cues of single lines that the lexicon can't list: dates alone, captions, notes (``data/cues.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from variorum.reading.bylines import is_name
from variorum.reading.written_dates import DATE


@cache
def _cue(name: str) -> re.Pattern[str]:
    rows: list[str] = tomllib.loads((files("variorum.reading") / "data" / "cues.toml").read_text("utf-8"))[name]
    return re.compile("|".join(rows), re.IGNORECASE)


def is_stamp(words: str) -> bool:
    """Tell whether ``words`` are nothing but when something was published: "Published 3 May 2019 at 10:04 GMT"."""
    if len(words) > 120 or not any(c.isdigit() for c in words):
        return False
    rest = DATE.sub(" ", words)
    if rest != words:
        return _cue("around_a_date").fullmatch(rest) is not None
    return _cue("ago").fullmatch(words) is not None or _cue("weekday").fullmatch(words) is not None


def is_dated_byline(words: str) -> bool:
    """Tell whether ``words`` say who wrote something and when: "3 May 2019 by Jane Roe"."""
    if len(words) > 120 or not any(c.isdigit() for c in words):
        return False
    rest = DATE.sub(" ", words)
    if rest == words:
        return False
    if _cue("by").search(words):
        return _cue("by_line").fullmatch(" ".join(rest.split())) is not None
    left = re.split(r"\s[-–—|•·]+\s|,\s", rest, maxsplit=1)
    return len(left) == 2 and is_name(left[0].strip()) and is_stamp(words[len(left[0]) :].strip())


def is_caption(words: str) -> bool:
    """Tell whether ``words`` describe a picture as agencies do: "In this file photo taken ...", "(left)"."""
    return len(words) <= 500 and _cue("caption").search(words) is not None


def is_author_note(words: str) -> bool:
    """Tell whether ``words`` say who the author is: "Jane Roe is a reporter for ..."."""
    return len(words) <= 500 and _cue("author_note").search(words) is not None


def is_made_by(words: str) -> bool:
    """Tell whether ``words`` say who translated, compiled or drew something: "Translated by Jane Roe"."""
    found = _cue("made_by").match(words) if len(words) <= 140 else None
    if found is None:
        return False
    names = re.split(r"\bby\b|:", words, maxsplit=1, flags=re.IGNORECASE)[-1].strip("*_ .)]").split()
    return bool(names) and len(names) <= 12 and all(w[0].isupper() or w in _SMALL or not w[0].isalpha() for w in names)


_SMALL = frozenset(
    ("and", "from", "for", "in", "with", "of", "the", "de", "la", "del", "van", "von", "al", "bin", "&", "via", "at")
)
