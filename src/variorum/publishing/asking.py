"""What the addresses of events, labels, claims, conflicts and omissions ask for: filters, order, page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.edition import accounts
from variorum.edition.accounts import MOUTHS, NAMED, OWN, Sought
from variorum.edition.listing import UNKNOWN
from variorum.edition.quotes import Count
from variorum.edition.reading import Edition
from variorum.publishing.dates import first_day, last_day
from variorum.publishing.links import Argument, Place, place
from variorum.publishing.lists import FACET, Choice, Facet
from variorum.publishing.queries import LONGEST_QUERY, BadQuery, number, period

Orders = Sequence[tuple[str, str]]
"""Orders of a list with what they are called; the first is the usual one."""

AT_ONCE = 4000
"""Rows that the data of a list fetches at once."""

_ID = re.compile(r"a[a-z2-7]{12}")
_COMMON = ("q", "actor", "about", "speaker", "outlet", "language", "document", "since", "until")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "events": ("type", "subtype", "modality", *_COMMON),
    "labels": ("tone", "voice", "label", "event", *(key for key in _COMMON if key not in ("about", "speaker"))),
    "claims": ("predicate", "modality", "polarity", *_COMMON),
    "conflicts": ("kind", *_COMMON),
    "omissions": ("kind", *_COMMON),
}
"""What each list can be narrowed by."""


@dataclass(frozen=True, slots=True)
class Wished:
    """Which stretch of which list is asked for."""

    room: str
    """The list."""
    given: Mapping[str, str]
    """Its filters, as an address has them."""
    orders: Orders = ()
    """The orders that it can be in."""
    sort: str = ""
    """Its order."""
    page: int = 1
    """Which page."""

    @property
    def sought(self) -> Sought:
        """The same as an edition takes it."""
        fields: dict[str, Any] = {("words" if key == "q" else key): value for key, value in self.given.items()}
        if self.since:
            fields["since"] = first_day(self.since)
        if self.until:
            fields["until"] = last_day(self.until)
        return Sought(**fields, sort=self.sort)

    @property
    def q(self) -> str:
        """Words that are looked for."""
        return self.given.get("q", "")

    @property
    def since(self) -> str | None:
        """From which day on, as typed."""
        return self.given.get("since")

    @property
    def until(self) -> str | None:
        """Up to which day, as typed."""
        return self.given.get("until")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.given)

    def query(self, **changes: Argument) -> dict[str, Argument]:
        """Return the query of an address for this list with ``changes``; the page is not part of it."""
        usual = self.orders[0][0] if self.orders else ""
        return {**self.given, "sort": None if self.sort in ("", usual) else self.sort, **changes}

    def place(self, **changes: Argument) -> Place:
        """Return the place of this list with ``changes``."""
        return place(self.room, "", "", "", **self.query(**changes))


def wished(edition: Edition, room: str, query: Mapping[str, str], orders: Orders = ()) -> Wished:
    """Return what a query asks of a list.

    ``on`` stands for ``since`` and ``until`` of one day, ``according_to`` for an outlet or a speaker; actors may be
    named by a name that one of them alone bears. Raises BadQuery for a day, an order or an actor that there is not.
    """
    typed = {key: value.strip()[:LONGEST_QUERY] for key, value in query.items() if value.strip()}
    if "on" in typed:
        typed["since"] = typed["until"] = typed.pop("on")
    since, until = period(typed)
    if since and until and first_day(since) > last_day(until):
        raise BadQuery(f"“{since}” lies after “{until}”.")
    if "according_to" in typed:
        key, value = according_to(edition, typed.pop("according_to"))
        typed[key] = value
    for key in ("actor", "about", "speaker"):
        if key in typed:
            typed[key] = actor_id(edition, typed[key])
    if room == "labels":
        typed |= {"actor": typed["about"]} if "about" in typed else {}
        typed |= {"voice": typed["speaker"]} if "speaker" in typed else {}
    sort = typed.get("sort", orders[0][0] if orders else "")
    known = [name for name, _ in orders]
    if orders and sort not in known:
        raise BadQuery(f"“{sort}” is not an order of this list. Orders are: {', '.join(known)}.")
    given = {key: typed[key] for key in _KEYS[room] if key in typed}
    return Wished(room, given, orders, sort if orders else "", number(query, "page"))


def according_to(edition: Edition, typed: str) -> tuple[str, str]:
    """Return which filter ``typed`` is, with its value: an outlet, or the id of a speaker. Raises BadQuery."""
    row = edition.connection.execute(
        "SELECT outlet FROM documents WHERE lower(outlet) = lower(?) ORDER BY outlet LIMIT 1", [typed]
    ).fetchone()
    return ("outlet", row["outlet"]) if row else ("speaker", actor_id(edition, typed))


def actor_id(edition: Edition, typed: str) -> str:
    """Return the id of the actor that ``typed`` names: an id, or a name that one alone bears. Raises BadQuery."""
    if _ID.fullmatch(typed):
        return typed
    found = accounts.actors_called(edition, typed)
    if len(found) == 1:
        return found[0].actor or ""
    if not found:
        raise BadQuery(f"No actor is called “{typed}”.")
    some = "; ".join(f"{by.name} ({by.actor})" for by in found[:8])
    raise BadQuery(f"“{typed}” may be any of these: {some}. Write the id of one.")


def facets_of(
    wanted: Wished,
    counted: Mapping[str, Sequence[Count]],
    names: Mapping[str, str],
    called: Callable[[str, Count], str],
) -> list[Facet]:
    """Return the facets of a list by key, those that have something to choose or something chosen.

    ``names`` are their headings, and ``called`` says what a value is called.
    """
    found = []
    for key, heading in names.items():
        chosen = wanted.given.get(key)
        choices = [
            Choice(
                called(key, count),
                wanted.place(**{key: None if count.value == chosen else count.value}),
                count.value == chosen,
                count.count,
            )
            for count in counted[key]
        ]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            first = [choice for i, choice in enumerate(choices) if i < FACET or choice.chosen]
            found.append(Facet(heading, first, [choice for choice in choices if choice not in first]))
    return found


def order_choices(wanted: Wished) -> list[Choice]:
    """Return the orders that a list can be in."""
    usual = wanted.orders[0][0] if wanted.orders else ""
    return [
        Choice(words, wanted.place(sort=None if name == usual else name), name == wanted.sort)
        for name, words in wanted.orders
    ]


def called(key: str, count: Count) -> str:
    """Return what a value of a facet is called."""
    if count.value == UNKNOWN:
        return "no PLOVER type" if key == "type" else "not known"
    return _CALLED.get((key, count.value), count.label)


_CALLED: Mapping[tuple[str, str], str] = {
    ("voice", OWN): "the outlets’ own voice",
    ("voice", MOUTHS): "in speakers’ mouths",
    ("tone", "scare"): "in scare quotes",
    ("kind", "dropped"): "dropped by a copy",
    ("kind", "untold"): "told by others",
    ("kind", "number"): "numbers",
    ("kind", "time"): "days",
    ("kind", "holder"): "who holds an office",
    ("kind", "polarity"): "said to be so, and not to be so",
    ("kind", "stance"): "where somebody stands",
    ("polarity", "positive"): "said to be so",
    ("polarity", "negative"): "said not to be so",
}


def narrowed(edition: Edition, wanted: Wished) -> list[str]:
    """Return in words what a list is narrowed to."""
    found = []
    for key, value in wanted.given.items():
        if key == "q":
            found.append(f"“{value}”")
        elif key in ("actor", "about", "speaker") or (key == "voice" and _ID.fullmatch(value)):
            name = accounts.actor_name(edition, value) or "an actor who is not in this edition"
            found.append(f"{_BEFORE.get(key, '')}{name}")
        elif key == "document":
            found.append(accounts.document_name(edition, value) or "a document that is not in this edition")
        elif key == "voice" and value.startswith(NAMED):
            found.append(f"in the mouth of {value[len(NAMED) :]}")
        elif key == "outlet":
            found.append("no known outlet" if value == UNKNOWN else value)
        elif key == "language":
            found.append("no known language" if value == UNKNOWN else value)
        elif key in ("since", "until"):
            found.append(f"{'from' if key == 'since' else 'to'} {value}")
        elif key == "label":
            found.append(f"“{value}”")
        else:
            found.append(called(key, Count(value, value, 0)))
    return found


_BEFORE = {"about": "towards ", "speaker": "on the word of ", "voice": "in the mouth of "}
