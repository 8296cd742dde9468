"""The rooms of an edition as its navigation shows them. Whoever adds a room adds a line here, its page and template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation."""

    name: str
    """The room that it leads to, see :class:`variorum.publishing.links.Place`."""
    words: str
    """What it is called."""


ROOMS = (
    Room("start", "The edition"),
    Room("documents", "Documents"),
    Room("quotes", "Quotes"),
    Room("actors", "Actors"),
    Room("offices", "Offices"),
    Room("stances", "Stances"),
    Room("lineage", "Lineage"),
    Room("alterations", "Alterations"),
    Room("timeline", "Timeline"),
    Room("events", "Events"),
    Room("labels", "Labels"),
    Room("claims", "Claims"),
    Room("conflicts", "Conflicts"),
    Room("omissions", "Omissions"),
    Room("search", "Search"),
    Room("rejected", "Left out"),
)
