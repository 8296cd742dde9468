"""Addresses: of pages on a server, and of the same pages as files.

A template never writes an address; it asks ``link`` for the place that it means. A place that the static site does
not have (a list filtered in two ways, say) has no link there, and the template shows words alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import relpath
from typing import Protocol
from urllib.parse import quote, urlencode

from variorum.publishing.article import part_at

Argument = str | int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be linked to."""

    room: str
    """Which page: ``start``, ``documents``, ``document``, ``quotes``, ``utterance``, ``actor``, ``lineage``,
    ``family``, ``relation``, ``collation``, ``alterations``, ``timeline``, ``search``, ``rejected``, ``notices``,
    ``original``, ``static``, ``events``, ``event``, ``labels``, ``claims``, ``claim``, ``conflicts``, ``conflict``,
    ``omissions``.
    """
    id: str = ""
    """Which document or static file, where there are many."""
    suffix: str = ""
    """``json`` or ``csv`` for the data behind the page."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Filters, order and page number, those that are not the default."""
    fragment: str = ""
    """A place within the page."""


def place(room: str, id: str = "", suffix: str = "", fragment: str = "", **query: Argument) -> Place:
    """Return a place; arguments of the query that are None or empty, and the first page, are left out."""
    kept = {key: str(value) for key, value in query.items() if value not in (None, "")}
    if kept.get("page") == "1":
        del kept["page"]
    if kept.get("part") == "1":
        del kept["part"]
    return Place(room, id, suffix, kept, fragment)


class Links(Protocol):
    """Makes links for one page."""

    live: bool
    """Whether there is a server that answers queries."""

    def to(self, place: Place) -> str | None:
        """Return the link to a place, or None if there is none."""


class ServerLinks:
    """Links between the pages of a server. They begin with a slash."""

    live = True

    def to(self, place: Place) -> str | None:
        """Return the address of a place: every place has one."""
        suffix = f".{place.suffix}" if place.suffix else ""
        path = {
            "start": "/index" if suffix else "/",
            "document": f"/documents/{quote(place.id, safe='')}",
            "utterance": f"/utterances/{quote(place.id, safe='')}",
            "actor": f"/actors/{quote(place.id, safe='')}",
            "family": f"/families/{quote(place.id, safe='')}",
            "relation": f"/copies/{quote(place.id, safe='')}",
            "stance": f"/stances/{quote(place.id, safe='')}",
            "event": f"/events/{quote(place.id, safe='')}",
            "claim": f"/claims/{quote(place.id, safe='')}",
            "conflict": f"/conflicts/{quote(place.id, safe='')}",
            "original": f"/documents/{quote(place.id, safe='')}/original",
            "static": f"/static/{place.id}",
        }.get(place.room, f"/{place.room}")
        query = f"?{urlencode(place.query)}" if place.query else ""
        fragment = f"#{place.fragment}" if place.fragment else "#at" if "at" in place.query else ""
        return f"{path}{suffix}{query}{fragment}"


class FileLinks:
    """Links from one file of a static site to others. They are relative, so that the site works anywhere."""

    live = False

    def __init__(self, here: str, zones: Sequence[int] = ()) -> None:
        """``here`` is the file that links; ``zones`` are where the zones of its document start, in order."""
        self.folder = here.rpartition("/")[0]
        self.zones = zones

    def to(self, place: Place) -> str | None:
        """Return the way to the file of a place, or None if the site has none."""
        file = file_of(place)
        if file is None:
            return None
        fragment = f"#{place.fragment}" if place.fragment else ""
        if "at" in place.query and not fragment:
            # a file can't mark a place for each address: its zone stands for it
            before = bisect_right(self.zones, int(place.query["at"].partition("-")[0]))
            fragment = f"#p{self.zones[before - 1]}" if before else ""
        return quote(relpath(file, self.folder or "."), safe="/") + fragment


FOLDERS = {
    **{"utterance": "utterances", "actor": "actors", "family": "families", "relation": "copies"},
    **{"event": "events", "claim": "claims", "conflict": "conflicts", "stance": "stances"},
}
"""Where a static site keeps the pages of things that there are many of."""

PARTS = {"events": ("actor",), "labels": ("actor", "event"), "conflicts": ("kind",), "omissions": ("document",)}
"""Lists of which a static site has parts, each with the filters that make one."""


def file_of(place: Place) -> str | None:
    """Return the file that shows a place in a static site, relative to its folder; None if it is not in there."""
    query = dict(place.query)
    if place.room == "static":
        return f"static/{place.id}"
    if place.room == "document":
        return _document_file(place, query)
    if place.room in FOLDERS:
        return f"{FOLDERS[place.room]}/{place.id}.{place.suffix or 'html'}"
    if place.room == "collation" or (place.room == "alterations" and place.query.keys() - {"page"}):
        return None
    page = query.pop("page", "1")
    ending = "" if page == "1" else f"-{page}"
    if place.room == "documents" and len(query) == 1 and not place.suffix:
        ((key, value),) = query.items()
        return f"documents/{key}/{slug(value)}{ending}.html" if key in ("outlet", "language") else None
    if place.room == "quotes" and len(query) == 1 and not place.suffix:
        ((key, value),) = query.items()
        return f"quotes/{key}/{slug(value)}{ending}.html" if key in ("outlet", "speaker") else None
    if place.room == "timeline" and query.keys() == {"day"} and not place.suffix:
        return f"timeline/{query['day'].replace('/', '--')}{ending and f'-page{ending}'}.html"
    if len(query) == 1 and not place.suffix:
        ((key, value),) = query.items()
        if key in PARTS.get(place.room, ()):
            return f"{place.room}/{key}/{slug(value)}{ending}.html"
    if query or place.room == "original":
        return None
    if place.suffix:
        return f"{'index' if place.room == 'start' else place.room}.{place.suffix}" if not ending else None
    if place.room == "start":
        return "index.html"
    if place.room in ("documents", "quotes"):
        return f"{place.room}/index.html" if not ending else f"{place.room}/page{ending}.html"
    return f"{place.room}{ending}.html"


def _document_file(place: Place, query: dict[str, str]) -> str | None:
    if place.suffix:
        return f"documents/{place.id}.{place.suffix}"
    part = query.get("part", "1")
    if "at" in query:
        part = str(part_at(int(query["at"].partition("-")[0])))
    return f"documents/{place.id}.html" if part == "1" else f"documents/{place.id}-{part}.html"


def slug(value: str) -> str:
    """Return a file name for a value from outside: plain letters for people, and a hash that no other value has."""
    ascii = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii).strip("-")[:40]
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest
