"""The pages of collation: families of documents, two to six witnesses beside each other, what copies altered.

The views take records of the edition and return pages; nothing here reads an edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.edition.listing import UNKNOWN
from variorum.edition.quotes import Count
from variorum.publishing.apparatus import apparatus
from variorum.publishing.lineage_graph import KINDS, MOST, descent, drawn
from variorum.publishing.links import Argument, Place, place
from variorum.publishing.lists import FACET, Choice, Facet, pager, pages_of
from variorum.publishing.pages import View
from variorum.publishing.queries import LONGEST_QUERY, BadQuery, Wanted, number, period
from variorum.publishing.side_by_side import Mark, Row, side_by_side
from variorum.publishing.witnesses import MOST_WITNESSES, SEVERITIES, SIGLA, Compared, Stretch, Text, counts
from variorum.publishing.words import plural

if TYPE_CHECKING:
    from variorum.edition.copies import Difference, Family, Kinship, Paper

FAMILIES_A_PAGE = 20
"""Families that a page of the lineage room shows."""

ALTERATIONS_A_PAGE = 40
"""Alterations that a page of their list shows."""

VARIANT_KINDS = (
    *("quote", "number", "name", "role", "time", "negation", "modality", "wording", "omission", "addition"),
)
"""What a variant can be."""


# --- lineage ----------------------------------------------------------------------------------------------------------


def lineage(
    families: Sequence[Family], total: int, documents: int, page: int = 1, wanted: Wanted | None = None
) -> View:
    """Return one page of the families of an edition.

    ``families`` are those of this page, the biggest first; ``total`` is how many ``wanted`` allows on all pages,
    ``documents`` how many documents they have together.
    """
    wanted = wanted or Wanted()
    pages = pages_of(total, FAMILIES_A_PAGE)
    page = min(page, pages)
    context = {
        "families": [(family, drawn(family)) for family in families],
        "total": total,
        "documents": documents,
        "most": MOST,
        "kinds": tuple(KINDS),
        "wanted": wanted,
        "pager": pager("lineage", wanted.query(), page, pages),
    }
    title = "Lineage" if page == 1 else f"Lineage, page {page}"
    return View("lineage.html", title, wanted.place("lineage", page=page), context, ("json", "csv"))


def family(found: Family, kinships: Mapping[str, Kinship] | None = None) -> View:
    """Return the page of one family; ``kinships`` are the relations that its edges rest on, by id."""
    drawing = drawn(found)
    kin = kinships or {}
    names = {paper.id: called(paper) for paper in found.documents} | {lost.id: lost.name for lost in found.lost}
    numbers = {paper.id: i + 1 for i, paper in enumerate(found.documents)}
    numbers |= {node.id: node.number for node in drawing.nodes} if not drawing.left_out else {}
    above = {id: [(edge, kin.get(edge.relation or "")) for edge in found.edges if edge.child == id] for id in names}
    context = {
        "family": found,
        "drawing": drawing,
        "names": names,
        "numbers": numbers,
        "above": above,
        "most": MOST,
        "most_witnesses": MOST_WITNESSES,
        "kinds": tuple(KINDS),
        "descent": descent,
    }
    return View("family.html", f"A family of {len(found.documents)}", place("family", found.id), context, ("json",))


def called(paper: Paper) -> str:
    """Return what a document is called: its title, or its path where it has none."""
    return paper.title or paper.path


# --- alterations ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tallies:
    """How a list of alterations divides; each is counted with the filters on the others applied."""

    kinds: Sequence[Count] = ()
    severities: Sequence[Count] = ()
    outlets: Sequence[Count] = ()


@dataclass(frozen=True, slots=True)
class Wished:
    """Which stretch of the list of alterations is asked for; fields as in an address."""

    kind: str | None = None
    """Only this kind."""
    severity: str | None = None
    """Only this severity."""
    outlet: str | None = None
    """Only between documents of which this outlet published one; ``?`` for none known."""
    quoted: bool = False
    """Only within what somebody says."""
    page: int = 1
    """Which page."""
    since: str | None = None
    """Only where one of the two was published from this day, month or year on, as typed."""
    until: str | None = None
    """Only where it was published up to this one, as typed."""

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.kind or self.severity or self.outlet or self.quoted or self.since or self.until)

    def query(self, **changes: Argument) -> dict[str, Argument]:
        """Return the query of an address for this list with ``changes``; the page is not part of it."""
        query: dict[str, Argument] = {
            "kind": self.kind,
            "severity": self.severity,
            "outlet": self.outlet,
            "quoted": "1" if self.quoted else None,
            "since": self.since,
            "until": self.until,
        }
        return {**query, **changes}

    def place(self, **changes: Argument) -> Place:
        """Return the place of this list with ``changes``."""
        return place("alterations", "", "", "", **self.query(**changes))


def wished(query: Mapping[str, str]) -> Wished:
    """Return what a query asks for. Raises BadQuery for a kind or a severity that there is not."""

    def text(key: str, known: Sequence[str] = ()) -> str | None:
        typed = query.get(key, "").strip()[:LONGEST_QUERY] or None
        if typed and known and typed not in known:
            raise BadQuery(f"“{typed}” is no {key} of an alteration. There are: {', '.join(known)}.")
        return typed

    kind, severity = text("kind", VARIANT_KINDS), text("severity", SEVERITIES)
    since, until = period(query)
    return Wished(kind, severity, text("outlet"), bool(text("quoted")), number(query, "page"), since, until)


def alterations(found: Sequence[Difference], total: int, tallies: Tallies, wanted: Wished) -> View:
    """Return one page of the list of what copies altered.

    ``found`` are those of this page, the gravest first; ``total`` is how many ``wanted`` allows on all pages.
    """
    pages = pages_of(total, ALTERATIONS_A_PAGE)
    page = min(wanted.page, pages)
    context = {
        "wanted": wanted,
        "total": total,
        "found": found,
        "facets": _facets(tallies, wanted),
        "narrowed": _narrowed(wanted),
        "pager": pager("alterations", wanted.query(), page, pages),
        "severities": SEVERITIES,
    }
    title = "Alterations" if page == 1 else f"Alterations, page {page}"
    return View("alterations.html", title, wanted.place(page=page), context, ("json", "csv"))


def _facets(tallies: Tallies, wanted: Wished) -> list[Facet]:
    told = (
        ("How grave", "severity", tallies.severities, wanted.severity),
        ("What was altered", "kind", tallies.kinds, wanted.kind),
        ("Outlet", "outlet", tallies.outlets, wanted.outlet),
    )
    facets = []
    for name, key, values, chosen in told:
        choices = [
            Choice(
                "not known" if count.value == UNKNOWN else count.label,
                wanted.place(**{key: None if count.value == chosen else count.value}),
                count.value == chosen,
                count.count,
            )
            for count in values
        ]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            first = [choice for i, choice in enumerate(choices) if i < FACET or choice.chosen]
            facets.append(Facet(name, first, [choice for choice in choices if choice not in first]))
    return facets


def _narrowed(wanted: Wished) -> list[str]:
    """Return in words what the list is narrowed to."""
    outlet = "no known outlet" if wanted.outlet == UNKNOWN else wanted.outlet
    grave = f"{wanted.severity} severity" if wanted.severity else None
    quoted = "within quotes" if wanted.quoted else None
    since = f"from {wanted.since}" if wanted.since else None
    until = f"to {wanted.until}" if wanted.until else None
    return [words for words in (grave, wanted.kind, outlet, quoted, since, until) if words]


# --- collation --------------------------------------------------------------------------------------------------------


def chosen(query: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids of the documents that an address asks to collate, ``a`` first, then each ``b``.

    A ``b`` may hold several ids with commas between them. Raises BadQuery for fewer than two or more than
    :data:`MOST_WITNESSES`.
    """
    pairs = list(query)
    typed = [value for key in ("a", "b") for name, value in pairs if name == key]
    ids = tuple(dict.fromkeys(id for value in typed for part in value.split(",") if (id := part.strip())))
    if not 2 <= len(ids) <= MOST_WITNESSES:
        raise BadQuery(f"Choose 2 to {MOST_WITNESSES} documents to set beside each other, not {len(ids)}.")
    return ids


def kinship_in_words(kinship: Kinship, base: str, a: str = "A", b: str = "B") -> str:
    """Return in words how two documents are related: the one with the id ``base`` is called ``a``, the other ``b``."""
    if kinship.a.id != base:
        a, b = b, a
    descends = descent(kinship.kind)
    if kinship.direction == "a-from-b":
        return f"{a} is {descends} {b}."
    if kinship.direction == "b-from-a":
        return f"{b} is {descends} {a}."
    if kinship.direction == "siblings":
        original = "a lost original" if kinship.ancestor_lost else "one original"
        return f"{a} and {b} descend from {original}, neither from the other; they differ as a {kinship.kind} does."
    return f"One of {a} and {b} is {descends} the other; which one is not known."


def collation(base: Text, other: Compared, here: Place | None = None) -> View:
    """Return the page of two texts side by side, in the order of the first."""
    rows, marks = side_by_side(base, other)
    context = {
        "witnesses": list(zip(SIGLA, (base, other.text), strict=False)),
        "others": [other],
        "kinship": other.kinship,
        "kin": kinship_in_words(other.kinship, base.paper.id) if other.kinship else "",
        "rows": rows,
        "marks": marks,
        "placed": sum(len(piece.anchors) for row in rows for piece in (*row.a, *row.b)),
        "listed": sorted(marks, key=lambda m: (SEVERITIES.index(m.difference.severity), _rank(other, m))),
        "counts": counts(other.differences),
        "parts": _parts(rows),
        "severities": SEVERITIES,
    }
    ids = {"a": base.paper.id, "b": other.text.paper.id}
    title = f"{called(base.paper)} / {called(other.text.paper)}"
    return View("collation.html", title, here or place("collation", "", "", "", **ids), context, ("json",))


def _rank(other: Compared, mark: Mark) -> int:
    return next(i for i, difference in enumerate(other.differences) if difference is mark.difference)


def _parts(rows: Sequence[Row]) -> list[str]:
    """Return in words how much the two share."""
    told = (
        ("verbatim", "passage is shared word for word", "passages are shared word for word"),
        ("reworded", "passage is shared in other words", "passages are shared in other words"),
        ("only-a", "stretch stands in A alone", "stretches stand in A alone"),
        ("only-b", "stretch stands in B alone", "stretches stand in B alone"),
    )
    tally = [(sum(row.kind == kind for row in rows), one, many) for kind, one, many in told]
    return [plural(count, one, many) for count, one, many in tally if count]


def apparatus_view(base: Text, others: Sequence[Compared], sentences: Sequence[Stretch] | None = None) -> View:
    """Return the page of a base text with what two to five others have instead, sentence by sentence.

    ``sentences`` are those of the base text; without them it is cut after full stops.
    """
    paragraphs = apparatus(base, others, sentences)
    context = {
        "witnesses": list(zip(SIGLA, [base, *(other.text for other in others)], strict=False)),
        "others": others,
        "kin": [
            kinship_in_words(o.kinship, base.paper.id, "A", s) if o.kinship else ""
            for s, o in zip(SIGLA[1:], others, strict=False)
        ],
        "counts": [counts(other.differences) for other in others],
        "paragraphs": paragraphs,
        "apart": [s for s, other in zip(SIGLA[1:], others, strict=False) if not other.shared],
        "severities": SEVERITIES,
    }
    ids = ",".join(other.text.paper.id for other in others)
    title = f"{called(base.paper)}, with {plural(len(others), 'other witness', 'other witnesses')}"
    return View("apparatus.html", title, place("collation", "", "", "", a=base.paper.id, b=ids), context, ("json",))
