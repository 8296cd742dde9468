"""One answer for each field of a document's metadata, out of all clues.

A pure decider: it reads nothing and changes nothing. What people gave (a sheet, a decision) outweighs all else;
among the rest the precedence of the method decides, then the score (:mod:`variorum.reading.methods`). Whatever was
overruled stays in :attr:`~variorum.records.Document.clues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from variorum.reading.addresses import clues_of
from variorum.reading.methods import method, precedence
from variorum.reading.outlets import fold, host_of, initials, same_outlet
from variorum.reading.publication import settle_date
from variorum.records import Clue, Dateline, Document, Field, ReadItem, Zone

ACCEPT = 0.5
"""An inferred clue that scores less is kept and not chosen: no answer is better than a likely wrong one."""

AGREED = 0.55
"""Score of an outlet that only the dateline and one more hint name."""

LONGEST: dict[Field, int] = {
    "title": 500, "outlet": 120, "author": 300, "editor": 200, "url": 2000, "published": 60, "place": 120,
    "agency": 120, "credit": 120, "language": 12,
}  # fmt: skip
"""Code points that a value may have; a longer one is cut, at a word where there is one."""

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]+")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9-]+)?")
_BY = re.compile(r"[Bb][Yy]\s+(?=[A-ZÀ-Þ])")
_SUFFIX = re.compile(r"(?P<title>\S.{0,480}\S)\s+[|–—:-]\s+(?P<outlet>\S[^|]{0,80})")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is known by."""

    id: str
    """See :func:`variorum.records.document_id`."""
    path: str
    """Path of its file below the source."""
    key: str
    """What tells it from the others of its file."""
    line: int | None
    """Line, row or record number in the file, if it is a part of one."""
    sha256: str
    """Of the item's own bytes."""


def settle(identity: Identity, read: ReadItem, zones: Sequence[Zone], given: Sequence[Clue]) -> Document:
    """Return the document that an item amounts to.

    ``zones`` are its zones after the other documents had a say. ``given`` are the clues of people: the rows of a
    metadata sheet (method ``sheet``) and decisions (method ``decision``).
    """
    clues = _clean((*given, *read.clues))
    url = _choose(clues, "url")
    if url and url.start is None:
        clues = _clean((*clues, *clues_of(url.value)))
    clues = _supported(clues)
    chosen = {name: _choose(clues, name) for name in LONGEST if name not in ("published", "credit", "language")}
    chosen["language"] = _language(clues)
    published = settle_date(clues)
    inferred = [c for c in chosen.values() if c is not None and not method(c.method).given]
    dated = [c for c in clues if c.field == "published" and c.method == published.method]
    known = published.earliest is not None and published.latest is not None
    if dated and known and published.method and not method(published.method).given:
        inferred.append(min(dated, key=precedence))

    def value(name: Field) -> str | None:
        clue = chosen[name]
        return clue.value if clue else None

    return Document(
        id=identity.id,
        path=identity.path,
        key=identity.key,
        line=identity.line,
        sha256=identity.sha256,
        text=read.text,
        title=value("title"),
        outlet=value("outlet"),
        author=value("author"),
        editor=value("editor"),
        url=value("url"),
        dateline=Dateline(value("place"), value("agency")),
        language=value("language"),
        published=published,
        zones=tuple(zones),
        repairs=read.repairs,
        clues=clues,
        score=round(min((c.score for c in inferred), default=1.0), 4),
        reason=_sentence([*chosen.values()], published.method if known else None),
    )


def clean_value(field: Field, value: str) -> str:
    """Return ``value`` on one line, without characters that can't be seen, and no longer than a ``field`` may be."""
    value = _UNSEEN.sub("" if field == "url" else " ", value).strip()
    limit = LONGEST[field]
    if len(value) > limit:
        cut = value[:limit]
        value = cut if field == "url" or " " not in cut else cut.rsplit(" ", 1)[0]
    return value


def _clean(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    """Return the clues with clean values, each once, sorted by field and weight; empty ones are dropped."""
    found: dict[tuple[str, str, str, int | None], Clue] = {}
    for clue in clues:
        value = clean_value(clue.field, clue.value)
        if not value or (clue.field == "url" and not _SCHEME.match(value) and not value.startswith("www.")):
            continue
        score = min(1.0, max(0.0, clue.score))
        reason = _UNSEEN.sub(" ", clue.reason).strip()[:400]
        found.setdefault(
            (clue.field, value, clue.method, clue.start),
            Clue(clue.field, value, clue.method, score, reason, clue.start, clue.end),
        )
    outlets = [c.value for c in found.values() if c.field == "outlet"]
    found = {key: _bared(clue, outlets) for key, clue in found.items()}
    order = list(LONGEST)
    return tuple(sorted(found.values(), key=lambda c: (order.index(c.field), precedence(c))))


def _bared(clue: Clue, outlets: Sequence[str]) -> Clue:
    """Return a clue without what mark-up adds to it: the outlet behind a title, "By" before an author."""
    if method(clue.method).given:
        return clue
    if clue.field == "author":
        return replace(clue, value=_BY.sub("", clue.value) or clue.value)
    match = _SUFFIX.fullmatch(clue.value) if clue.field == "title" else None
    if match and any(same_outlet(match["outlet"], outlet) for outlet in outlets):
        return replace(clue, value=match["title"])
    return clue


def _supported(clues: tuple[Clue, ...]) -> tuple[Clue, ...]:
    """Return the clues with the outlet of a dateline raised above doubt where the address or another name agrees.

    A byline is no support: a reprint keeps it, as it keeps the dateline.
    """
    others = [
        c.value for c in clues if c.field == "outlet" and c.method not in ("dateline", "byline") and c.score >= ACCEPT
    ]
    labels = {label for c in clues if c.field == "url" for label in (host_of(c.value) or "").split(".")[:-1]}
    found = []
    for clue in clues:
        if clue.field == "outlet" and clue.method == "dateline" and clue.score < ACCEPT:
            agrees = fold(clue.value) in labels or any(
                same_outlet(clue.value, other) or initials(other) == clue.value for other in others
            )
            if agrees:
                clue = replace(clue, score=AGREED, reason=f"{clue.reason}, and another hint agrees")
        found.append(clue)
    return tuple(found)


def _choose(clues: Sequence[Clue], name: Field) -> Clue | None:
    """Return the clue that answers for the field ``name``, or None."""
    good = [c for c in clues if c.field == name and (method(c.method).given or c.score >= ACCEPT)]
    return min(good, key=precedence, default=None)


def _language(clues: Sequence[Clue]) -> Clue | None:
    """Return the language: what people say, else what fields say unless the words differ, else the words."""
    codes = []
    for clue in clues:
        match = _LANGUAGE.fullmatch(clue.value.lower()) if clue.field == "language" else None
        if match:
            codes.append(Clue("language", match[1], clue.method, clue.score, clue.reason, clue.start, clue.end))
    told = min((c for c in codes if c.method != "identified"), key=precedence, default=None)
    seen = next((c for c in codes if c.method == "identified"), None)
    if told is None or seen is None or method(told.method).given:
        return told or (seen if seen and seen.score >= ACCEPT else None)
    return told if told.value == seen.value or seen.score < 0.9 else seen


_NAMES: tuple[tuple[Field, str], ...] = (
    ("title", "title"), ("outlet", "outlet"), ("author", "author"), ("editor", "editor"), ("url", "address"),
    ("place", "place"), ("agency", "agency"), ("language", "language"),
)  # fmt: skip


def _sentence(chosen: Sequence[Clue | None], dated_by: str | None) -> str:
    """Return in words where the metadata comes from: "Title from the heading of the text; date from the dateline."."""
    sources: dict[str, list[str]] = {}
    by_field = {c.field: c for c in chosen if c is not None}
    for field, word in _NAMES:
        if field in by_field:
            sources.setdefault(method(by_field[field].method).words, []).append(word)
    if dated_by:
        sources.setdefault(method(dated_by).words, []).append("date")
    if not sources:
        return "Nothing tells title, outlet, author or date."
    parts = [f"{_listed(words)} from {source}" for source, words in sources.items()]
    sentence = "; ".join(parts) + "."
    return sentence[0].upper() + sentence[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
