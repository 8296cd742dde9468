"""Which field of a row is the text, the title, the date: by its name (``data/fields.toml``) or as the user says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from variorum.reading.decoding import clean
from variorum.records import Clue, Field

Row = Mapping[str, Any]
"""An object of JSON, or a row of a table."""

NAMES = ("text", "title", "outlet", "author", "url", "date", "language", "id", "editor", "section", "html")
"""Our names of fields, which ``--map`` takes."""

NAMES_TOLD = 12
"""Names of a row's own fields that a message lists."""

VALUE_LENGTH = 2_000
"""Code points that a value of metadata may have; what is longer is no title, name or address."""

SCORES: Mapping[str, float] = {"title": 0.95, "outlet": 0.9, "author": 0.9, "editor": 0.9, "url": 0.95, "language": 0.8}
"""How far to trust a row's own field: somebody named it so, but exports mix up site and network, section and author."""

DOMAIN_SCORE = 0.6
"""The same for a domain in the outlet's place: right about who, but not what the outlet is called."""

_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
_IGNORED = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    names: Mapping[str, tuple[str, ...]]
    """Our name to the names that rows use, normalised, best first."""
    not_after: tuple[str, ...]
    """Names of dates that only bound the publication date, normalised."""
    rows: tuple[str, ...]
    """Names of lists of rows."""


def parse_map(words: str) -> dict[str, str]:
    """Read ``text=maintext,date=date_publish`` into ours-to-theirs.

    Raises ValueError, in one line for the user, for what is not of that form or a name that is not in :data:`NAMES`.
    """
    mapping: dict[str, str] = {}
    for part in words.split(","):
        if not part.strip():
            continue
        ours, equals, theirs = (piece.strip() for piece in part.partition("="))
        if not equals or not theirs:
            raise ValueError(f"'{part.strip()}' is not of the form name=field, as in text=maintext")
        if ours not in NAMES:
            raise ValueError(f"there is no field '{ours}' to map; the names are {', '.join(NAMES)}")
        if ours in mapping:
            raise ValueError(f"'{ours}' is mapped twice")
        mapping[ours] = theirs
    if not mapping:
        raise ValueError("nothing is mapped; say for example text=maintext,date=date_publish")
    return mapping


def recognise(row: Row, given: Mapping[str, str]) -> dict[str, str]:
    """Return our name of each field that the row fills, to the row's own name of it.

    ``given`` (ours to theirs) outweighs recognition. A name that is taken as id is not taken as url too.
    """
    known = _normalised(row)
    found: dict[str, str] = {}
    for ours in NAMES:
        if ours in given:
            theirs = given[ours] if filled(value_of(row, given[ours])) else known.get(normalise(given[ours]))
            if theirs is not None:
                found[ours] = theirs
            continue
        for name in _lexicon().names[ours]:
            if name in known and _fits(ours, value_of(row, known[name])):
                found[ours] = known[name]
                break
    return found


def bounds(row: Row, found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the row's dates after which it can't have been published, in the order of the lexicon."""
    known = _normalised(row)
    return tuple(known[name] for name in _lexicon().not_after if name in known and known[name] != found.get("date"))


def has_text(found: Mapping[str, str]) -> bool:
    """Tell whether a row was recognised as an article."""
    return "text" in found or "html" in found


def without_text(row: Row, given: Mapping[str, str]) -> str:
    """Return why a row without a text can't be read, and what can be done about it."""
    filled_names = [name for name in row if filled(row[name])]
    if not filled_names:
        return "the row is empty"
    told = ", ".join(_shown(name) for name in filled_names[:NAMES_TOLD]) + (
        ", ..." if len(filled_names) > NAMES_TOLD else ""
    )
    if "text" in given:
        return f"its field '{given['text']}' is missing or empty; it has {told}"
    return f"no field is known to hold the text; it has {told}; say which with --map text=NAME"


def value_of(row: Row, name: str) -> Any:
    """Return a field of a row, or None; a dot leads into a nested object where no name has it literally."""
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def words_of(value: Any) -> str:
    """Return a value as words: a list joined by commas, of an object its name. Empty for what says nothing."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        for key in ("name", "title", "value", "@value", "#text", "label", "uri", "url", "$date", "$oid", "@id"):
            if words := words_of(value.get(key)):
                return words
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(words for v in value if (words := words_of(v).strip())))
    return ""


def filled(value: Any) -> bool:
    """Tell whether a field says anything."""
    if isinstance(value, str):
        return bool(value.strip()) and value.strip().lower() not in ("nan", "null", "none", "n/a", "na", "\\n")
    return value is not None and value != [] and value != {} and not (isinstance(value, float) and value != value)


def clues(row: Row, found: Mapping[str, str]) -> Iterator[Clue]:
    """Yield what a row's fields say about its article, dates excepted (see :mod:`variorum.reading.dates`)."""
    for ours, theirs in found.items():
        if ours not in get_args(Field):
            continue
        words = " ".join(words_of(value_of(row, theirs)).split())
        if words and len(words) <= VALUE_LENGTH:
            score = DOMAIN_SCORE if ours == "outlet" and _DOMAIN.fullmatch(words) else SCORES[ours]
            yield Clue(ours, words, "field", score, f"the row's field '{_shown(theirs)}'")  # type: ignore[arg-type]


def list_of_rows(value: Row) -> list[Any] | None:
    """Return the rows in an object that holds a list of them (``{"articles": [...]}``), or None."""
    for name in _lexicon().rows:
        for key in (k for k in value if normalise(k) == name):
            inner = value[key]
            if isinstance(inner, list) and inner and all(isinstance(v, Mapping) for v in inner[:10]):
                return inner
            if isinstance(inner, Mapping) and (deeper := list_of_rows(inner)) is not None:
                return deeper
    return None


def canonical(row: Row) -> bytes:
    """Return a row as canonical JSON: sorted keys, no spaces, ASCII."""
    return json.dumps(row, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def normalise(name: str) -> str:
    """Return a field's name as it is compared."""
    return _IGNORED.sub("", name).lower()


def _normalised(row: Row) -> dict[str, str]:
    """Return the row's filled names by their normalised form, one level of nested objects included."""
    known: dict[str, str] = {}
    for name, value in row.items():
        if filled(value):
            known.setdefault(normalise(name), name)
        nested = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(nested, Mapping):
            for inner, deeper in nested.items():
                if isinstance(inner, str) and filled(deeper):
                    known.setdefault(normalise(f"{name}.{inner}"), f"{name}.{inner}")
    return known


def _fits(ours: str, value: Any) -> bool:
    """Tell whether a value can be what its name promises."""
    if ours in ("text", "html"):
        return isinstance(value, str)
    words = words_of(value)
    is_address = words.lower().startswith(("http://", "https://", "www."))
    if ours == "url":
        return is_address
    if is_address and ours in ("title", "outlet", "author", "editor"):
        return False
    return bool(words) and len(words) <= VALUE_LENGTH


def _shown(name: str) -> str:
    """Return a foreign name in one short line."""
    words = " ".join(clean(name).split())
    return words if len(words) <= 40 else words[:39] + "…"


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads((files("variorum.reading") / "data" / "fields.toml").read_text("utf-8"))
    names = {ours: tuple(normalise(n) for n in data[ours]) for ours in NAMES}
    return _Lexicon(
        names, tuple(normalise(n) for n in data["not_after"]), tuple(normalise(n) for n in data["rows"]["names"])
    )


def our_name(header: str) -> str | None:
    """Return our name of a field that is called ``header``, or None for one that is not known."""
    name = normalise(header)
    return next((ours for ours in NAMES if name in _lexicon().names[ours]), None)
