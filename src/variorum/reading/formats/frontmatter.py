"""Front matter: the fields in YAML or TOML that stand above a Markdown text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from variorum.reading import fields
from variorum.reading.dates import column_order, is_ambiguous, not_after, parse_date
from variorum.records import Clue

LENGTH = 65_536
"""Code points that front matter may have."""

DATE_SCORE = 0.95
"""How far to trust its date: somebody wrote it there for this text."""

_FRONT = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n"
    r"(?P<body>(?:(?!(?:---|\+\+\+|\.\.\.)[ \t]*(?:\r?\n|\Z))[^\n]*\n){1,2000})"
    r"(?P<close>---|\+\+\+|\.\.\.)[ \t]*(?=\r?\n|\Z)"
)
_YAML_LINE = re.compile(r"^[A-Za-z_][\w .-]{0,60}:(?:\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter and what it says."""

    end: int
    """One past its last code point, the closing line included."""
    clues: tuple[Clue, ...]
    """What its fields say."""


def find(text: str) -> FrontMatter | None:
    """Return the front matter at the beginning of a text, or None. Where it is broken it says nothing."""
    match = _FRONT.match(text, 0, LENGTH)
    if match is None or (match["mark"] == "+++") != (match["close"] == "+++"):
        return None
    body = match["body"]
    if match["mark"] == "---" and not _YAML_LINE.search(body):
        return None
    return FrontMatter(match.end(), tuple(_clues(_parsed(body, match["mark"]))))


def _parsed(body: str, mark: str) -> Mapping[str, Any]:
    try:
        if mark == "+++":
            return tomllib.loads(body.replace("\r\n", "\n"))
        # every scalar as it is written: a date must not become an object, nor "no" a truth value
        value = yaml.load(body, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError, TypeError):
        return {}
    return value if isinstance(value, dict) else {}


def _clues(values: Mapping[str, Any]) -> Iterator[Clue]:
    row = {str(name): _plain(value) for name, value in values.items()}
    found = {ours: theirs for ours, theirs in fields.recognise(row, {}).items() if ours not in ("text", "html")}
    for clue in fields.clues(row, found):
        yield Clue(
            clue.field, clue.value, "frontmatter", clue.score, clue.reason.replace("the row's", "the front matter's")
        )
    if "date" in found:
        written = fields.value_of(row, found["date"])
        date = parse_date(written, column_order([written]))
        if date:
            score = DATE_SCORE - 0.15 if is_ambiguous(date) else DATE_SCORE
            yield Clue("published", date, "frontmatter", score, f"the front matter's field '{found['date']}'")
    for name in fields.bounds(row, found):
        date = parse_date(fields.value_of(row, name))
        bound = not_after(date) if date else None
        if bound:
            yield Clue(
                "published", bound, "frontmatter", DATE_SCORE, f"no later than the front matter's field '{name}'"
            )


def _plain(value: Any) -> Any:
    """Return what TOML makes of a date as it would be written."""
    return value.isoformat() if hasattr(value, "isoformat") else value
