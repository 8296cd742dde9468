"""What is known about a document, each fact with how it is known and with the hints that were overruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from variorum.publishing.dates import UNDATED, DateWords, clue_words, date_words
from variorum.publishing.languages import language_name
from variorum.reading.methods import method, precedence
from variorum.records import Clue, Document, Field, Span


@dataclass(frozen=True, slots=True)
class Known:
    """One hint, as a page tells it."""

    value: str
    """What it says."""
    method: str
    """Where it was found, in words."""
    reason: str
    """Why it is believed, in words."""
    score: float
    """How far it is trusted, 0 to 1."""
    place: Span | None
    """Where it stands in the text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known about a document, or is not."""

    field: Field
    """Which."""
    label: str
    """What it is called."""
    value: str | None
    """What it is; None where it is not known."""
    how: Sequence[Known]
    """The hints that say so."""
    others: Sequence[Known]
    """The hints that say something else."""
    reasons: Sequence[str] = ()
    """Of a date: the hints in words, as they were weighed."""
    doubtful: bool = False
    """Of a date: whether it is to be shown with doubt."""
    machine: str | None = None
    """Of a date: for a ``datetime`` attribute."""
    href: str | None = None
    """Of an address: where it leads, if it is one that a browser may follow."""


_LABELS: Sequence[tuple[Field, str]] = (
    ("outlet", "Outlet"),
    ("published", "Published"),
    ("place", "Place"),
    ("agency", "Agency"),
    ("author", "Author"),
    ("editor", "Editor"),
    ("language", "Language"),
    ("url", "Address"),
    ("title", "Title"),
    ("credit", "Credits"),
)

_ALWAYS: frozenset[Field] = frozenset(("outlet", "published", "author", "language", "url"))
"""Facts that are shown even where nothing is known of them."""


def facts(document: Document) -> list[Fact]:
    """Return what is known about ``document``, in the order in which a page tells it."""
    told = [_fact(document, name, label) for name, label in _LABELS]
    return [f for f in told if f.value is not None or f.others or f.field in _ALWAYS]


def _fact(document: Document, name: Field, label: str) -> Fact:
    clues = sorted((c for c in document.clues if c.field == name), key=precedence)
    value = _value(document, name, clues)
    if name == "published":
        date = date_words(document.published)
        without_year = next((c for c in clues if c.value.startswith("XXXX")), None)
        if date.text == UNDATED and without_year:
            date = DateWords(f"{clue_words(without_year.value)}?", True, None)
        how = [c for c in clues if c.method == document.published.method]
        return Fact(
            name,
            label,
            date.text,
            [_known(c) for c in how],
            [_known(c) for c in clues if c not in how],
            document.published.reasons,
            date.doubtful,
            date.machine,
        )
    how = clues if name == "credit" else [c for c in clues if value is not None and _same(c.value, value)]
    others = [c for c in clues if c not in how]
    shown = language_name(value) if name == "language" and value else value
    href = web_address(value) if name == "url" else None
    return Fact(name, label, shown, [_known(c) for c in how], [_known(c) for c in others], href=href)


def _value(document: Document, name: Field, clues: Sequence[Clue]) -> str | None:
    match name:
        case "place":
            return document.dateline.place
        case "agency":
            return document.dateline.agency
        case "published":
            return None
        case "credit":
            return "; ".join(dict.fromkeys(c.value for c in clues)) or None
        case _:
            value: str | None = getattr(document, name)
            return value


def _known(clue: Clue) -> Known:
    value = clue.value
    if clue.field == "published":
        value = clue_words(value)
    elif clue.field == "language":
        value = language_name(value)
    place = None
    if clue.start is not None and clue.end is not None and clue.start < clue.end:
        place = Span(clue.start, clue.end)
    return Known(value, method(clue.method).words, clue.reason, clue.score, place)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is one that a page may link to (http or https, with a host), else None."""
    if url is None or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
