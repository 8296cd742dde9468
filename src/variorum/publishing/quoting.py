"""The pages of who said what: the list of quotes, one utterance with its versions, one actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.edition import copies, quotes
from variorum.edition.listing import UNKNOWN
from variorum.edition.quotes import NAMED, Asked, Quote, Sort
from variorum.edition.reading import Edition
from variorum.publishing import standings
from variorum.publishing.dates import first_day, last_day
from variorum.publishing.links import Argument, Place, place
from variorum.publishing.lists import FACET, Choice, Facet, pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.queries import LONGEST_QUERY, BadQuery, number, period
from variorum.publishing.shading import chain_in_words
from variorum.situation.utterances import Word, versions

QUOTES_A_PAGE = 40
"""Quotes that a page of the list shows."""

LONGEST = 600
"""Characters of a piece of a quote that a list shows."""

_ORDERS: Sequence[tuple[Sort, str]] = (
    ("speaker", "by speaker"),
    ("date", "oldest first"),
    ("-date", "newest first"),
    ("document", "by document"),
)


@dataclass(frozen=True, slots=True)
class Wished:
    """Which stretch of the list of quotes is asked for; fields as in an address."""

    q: str = ""
    """Words of the content."""
    speaker: str | None = None
    """Id of an actor, ``name:`` and a name, or ``?``."""
    outlet: str | None = None
    """Only this outlet; ``?`` for none known."""
    kind: str | None = None
    """direct, indirect or mixed."""
    modality: str | None = None
    """Only this one."""
    since: str | None = None
    """Only from this day, month or year on, as typed."""
    until: str | None = None
    """Only up to this one, as typed."""
    shared: bool = False
    """Only what several documents carry."""
    sort: Sort = "speaker"
    """The order."""
    page: int = 1
    """Which page."""

    @property
    def asked(self) -> Asked:
        """The same as an edition takes it."""
        since = first_day(self.since) if self.since else None
        until = last_day(self.until) if self.until else None
        return Asked(
            *(self.q, self.speaker, self.outlet, self.kind, self.modality, since, until, None, self.shared, self.sort)
        )

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        given = (self.q, self.speaker, self.outlet, self.kind, self.modality, self.since, self.until, self.shared)
        return any(given)

    def query(self, **changes: Argument) -> dict[str, Argument]:
        """Return the query of an address for this list with ``changes``; the page is not part of it."""
        query: dict[str, Argument] = {
            "q": self.q,
            "speaker": self.speaker,
            "outlet": self.outlet,
            "kind": self.kind,
            "modality": self.modality,
            "since": self.since,
            "until": self.until,
            "shared": "1" if self.shared else None,
            "sort": None if self.sort == "speaker" else self.sort,
        }
        return {**query, **changes}

    def place(self, **changes: Argument) -> Place:
        """Return the place of this list with ``changes``."""
        return place("quotes", "", "", "", **self.query(**changes))


def wished(query: Mapping[str, str]) -> Wished:
    """Return what a query asks for. Raises BadQuery for a day or an order that there is not."""

    def text(key: str) -> str | None:
        return query.get(key, "").strip()[:LONGEST_QUERY] or None

    sort = text("sort") or "speaker"
    if sort not in quotes.SORTS:
        raise BadQuery(f"“{sort}” is not an order that quotes can be listed in. Orders are: {', '.join(quotes.SORTS)}.")
    return Wished(
        *(text("q") or "", text("speaker"), text("outlet"), text("kind"), text("modality"), *period(query)),
        *(bool(text("shared")), sort, number(query, "page")),
    )


def listing(edition: Edition, wanted: Wished) -> View:
    """Return one page of the list of quotes."""
    total = quotes.count(edition, wanted.asked)
    pages = pages_of(total, QUOTES_A_PAGE)
    page = min(wanted.page, pages)
    rows = quotes.quotes(edition, wanted.asked, (page - 1) * QUOTES_A_PAGE, QUOTES_A_PAGE)
    context = {
        "wanted": wanted,
        "total": total,
        "quotes": rows,
        "chains": {quote.id: chain_in_words(quote) for quote in rows},
        "facets": _facets(edition, wanted),
        "orders": [Choice(w, wanted.place(sort=None if s == "speaker" else s), s == wanted.sort) for s, w in _ORDERS],
        "pager": pager("quotes", wanted.query(), page, pages),
        "narrowed": _narrowed(edition, wanted),
        "longest": LONGEST,
    }
    title = "Quotes" if page == 1 else f"Quotes, page {page}"
    return View("quotes.html", title, wanted.place(page=page), context, ("json", "csv"))


def utterance(edition: Edition, id: str) -> View:
    """Return the page of one utterance. Raises KeyError if there is none."""
    found = quotes.utterance(edition, id)
    if found is None:
        raise KeyError(id)
    words = dict(zip((q.id for q in found.quotes), versions([q.words for q in found.quotes]), strict=True))
    names = ", ".join(by.name for by in found.speakers) or "Somebody"
    context = {
        "utterance": found,
        "names": names,
        "versions": _shown(found.quotes, words),
        "chains": {quote.id: chain_in_words(quote) for quote in found.quotes},
        "documents": len({quote.document for quote in found.quotes}),
        "likely": next((quote for quote in found.quotes if quote.id == found.original), None),
        "alterations": copies.differences(edition, utterance=id) if found.variants else [],
        "apart": len({tuple(by.name for by in quote.speakers) for quote in found.quotes}) > 1,
    }
    return View("utterance.html", f"{names}: a quote", place("utterance", id), context, ("json",))


def _shown(found: Sequence[Quote], words: Mapping[str, Sequence[Word]]) -> list[tuple[Quote, Sequence[Word]]]:
    return [(quote, words[quote.id]) for quote in found]


def actor(edition: Edition, id: str) -> View:
    """Return the page of one actor. Raises KeyError if there is none."""
    found = quotes.actor(edition, id)
    if found is None:
        raise KeyError(id)
    asked = Asked(speaker=id, sort="date")
    rows = quotes.quotes(edition, asked, 0, QUOTES_A_PAGE)
    context = {
        "actor": found,
        "origins": copies.origins_among(edition, [place.document for place in found.documents]),
        "quotes": rows,
        "chains": {quote.id: chain_in_words(quote) for quote in rows},
        "longest": LONGEST,
        **standings.of_actor(edition, id),
    }
    return View("actor.html", found.name, place("actor", id), context, ("json",))


def _facets(edition: Edition, wanted: Wished) -> list[Facet]:
    counts = quotes.facets(edition, wanted.asked)
    told = (
        ("Speaker", "speaker", counts.speakers, wanted.speaker),
        ("Outlet", "outlet", counts.outlets, wanted.outlet),
        ("How it is said", "kind", counts.kinds, wanted.kind),
        ("How it is told", "modality", counts.modalities, wanted.modality),
    )
    found = []
    for name, key, values, chosen in told:
        choices = [
            Choice(
                "not told" if c.value == UNKNOWN else c.label,
                wanted.place(**{key: None if c.value == chosen else c.value}),
                c.value == chosen,
                c.count,
            )
            for c in values
        ]
        if len(choices) > 1 or any(c.chosen for c in choices):
            first = [c for i, c in enumerate(choices) if i < FACET or c.chosen]
            found.append(Facet(name, first, [c for c in choices if c not in first]))
    return found


def _narrowed(edition: Edition, wanted: Wished) -> list[str]:
    """Return in words what the list is narrowed to."""
    found = []
    if wanted.q:
        found.append(f"“{wanted.q}”")
    if wanted.speaker == UNKNOWN:
        found.append("no speaker told")
    elif wanted.speaker and wanted.speaker.startswith(NAMED):
        found.append(wanted.speaker[len(NAMED) :])
    elif wanted.speaker:
        known = quotes.actor(edition, wanted.speaker)
        found.append(known.name if known else "an actor who is not in this edition")
    if wanted.outlet:
        found.append("no known outlet" if wanted.outlet == UNKNOWN else wanted.outlet)
    found += [value for value in (wanted.kind, wanted.modality) if value]
    found += [f"from {wanted.since}"] if wanted.since else []
    found += [f"to {wanted.until}"] if wanted.until else []
    found += ["carried by several documents"] if wanted.shared else []
    return found


def of_speaker(id: str) -> Wished:
    """Return the list of what one actor says."""
    return replace(Wished(), speaker=id)
