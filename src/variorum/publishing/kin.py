"""The pages of collation for an edition: what is read of it, and what is compared only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from variorum.collation import Variant, Witness, collate
from variorum.edition import copies, quotes
from variorum.edition.copies import Difference, Kinship, Paper, Shared, Sought
from variorum.edition.reading import Edition
from variorum.publishing import collating
from variorum.publishing.collating import ALTERATIONS_A_PAGE, FAMILIES_A_PAGE, Tallies, Wished
from variorum.publishing.data import CHUNK, Table, as_json
from variorum.publishing.dates import first_day, last_day
from variorum.publishing.links import place
from variorum.publishing.pages import View
from variorum.publishing.queries import Wanted
from variorum.publishing.rows import Row, kinship_row, passage_row, variant_row
from variorum.publishing.witnesses import Compared, Text, seen_from, turned
from variorum.records import READ_ZONES, row_id

LONGEST = 200_000
"""Code points of a document up to which it is compared with one that it has no known relation to."""


def lineage(edition: Edition, wanted: Wanted | None = None) -> View:
    """Return one page of the families that have a document that is asked for."""
    asked = replace(wanted or Wanted(), q="", sort="published")
    total, documents = copies.family_count(edition, asked.filter)
    page = min(asked.page, max(1, -(-total // FAMILIES_A_PAGE)))
    found = copies.families(edition, (page - 1) * FAMILIES_A_PAGE, FAMILIES_A_PAGE, asked.filter)
    return collating.lineage(found, total, documents, page, asked)


def family(edition: Edition, id: str) -> View:
    """Return the page of one family. Raises KeyError if there is none with this id."""
    found = copies.family(edition, id)
    relations = sorted({edge.relation for edge in found.edges if edge.relation})
    return collating.family(found, {relation: copies.kinship(edition, relation) for relation in relations})


def alterations(edition: Edition, wanted: Wished) -> View:
    """Return one page of what copies altered."""
    sought = sought_of(wanted)
    total = copies.difference_count(edition, sought)
    page = min(wanted.page, max(1, -(-total // ALTERATIONS_A_PAGE)))
    found = copies.differences(edition, sought, offset=(page - 1) * ALTERATIONS_A_PAGE, limit=ALTERATIONS_A_PAGE)
    tally = copies.tally(edition, sought)
    tallies = Tallies(tally.kinds, tally.severities, tally.outlets)
    return collating.alterations(found, total, tallies, replace(wanted, page=page))


def sought_of(wanted: Wished) -> Sought:
    """Return what a list asks the edition for."""
    since = first_day(wanted.since) if wanted.since else None
    until = last_day(wanted.until) if wanted.until else None
    return Sought(wanted.kind, wanted.severity, wanted.outlet, wanted.quoted, since, until)


def relation(edition: Edition, id: str) -> View:
    """Return two related documents side by side. Raises KeyError if there is no relation with this id."""
    kinship = copies.kinship(edition, id)
    base = _text(edition, kinship.a)
    return collating.collation(base, _compared(edition, base, kinship.b, kinship), place("relation", id))


def collation(edition: Edition, ids: Sequence[str]) -> View:
    """Return two to six documents beside each other. Raises KeyError for one that is not there."""
    papers = _papers(edition, ids)
    base = _text(edition, papers[0])
    others = [_compared(edition, base, other, _kinship(edition, papers[0], other)) for other in papers[1:]]
    if len(others) == 1:
        return collating.collation(base, others[0])
    return collating.apparatus_view(base, others, _sentences(edition, ids[0]))


def _papers(edition: Edition, ids: Sequence[str]) -> list[Paper]:
    found = copies.papers(edition, ids)
    missing = next((id for id in ids if id not in found), None)
    if missing is not None:
        raise KeyError(missing)
    return [found[id] for id in ids]


def _kinship(edition: Edition, one: Paper, other: Paper) -> Kinship | None:
    return copies.kinship_between(edition, one.id, other.id)


def _sentences(edition: Edition, id: str) -> list[tuple[int, int]] | None:
    annotation = edition.annotation(id)
    return [(start, end) for start, end in annotation.sentences] if annotation else None


def _text(edition: Edition, paper: Paper) -> Text:
    document = edition.document(paper.id)
    aside = [(zone.start, zone.end) for zone in document.zones if zone.kind not in READ_ZONES]
    return Text(paper, document.text, aside)


def _compared(edition: Edition, base: Text, other: Paper, kinship: Kinship | None) -> Compared:
    text = _text(edition, other)
    if kinship is None:
        shared, differences = _on_the_spot(edition, base.paper, other)
    else:
        shared = list(copies.shared(edition, kinship.id))
        differences = copies.differences(edition, relation=kinship.id)
        if kinship.a.id != base.paper.id:
            shared = sorted(map(turned, shared), key=lambda passage: passage.a)
            differences = [seen_from(base.paper.id, one) for one in differences]
    return Compared(text, shared, differences, kinship)


def _on_the_spot(edition: Edition, one: Paper, other: Paper) -> tuple[list[Shared], list[Difference]]:
    """Compare two documents that are not related: what they have in common all the same."""
    readings = [edition.reading(paper.id) for paper in (one, other)]
    if max(len(reading.text) for reading in readings) > LONGEST:
        return [], []
    found = collate(Witness(one.id, readings[0].text), Witness(other.id, readings[1].text))
    texts = [quotes.text_of(edition, paper.id) for paper in (one, other)]

    def stored(side: int, stretch: tuple[int, int]) -> tuple[int, int]:
        span = readings[side].to_stored(*stretch)
        return span.start, span.end

    shared = []
    for passage in found.passages:
        a, b = stored(0, passage.a), stored(1, passage.b)
        shared.append(
            Shared(row_id("p", one.id, other.id, *map(str, (*a, *b))), a, b, passage.kind, None, "", passage.score)
        )

    def difference(variant: Variant) -> Difference:
        a = stored(0, variant.a) if variant.a else None
        b = stored(1, variant.b) if variant.b else None
        words = [texts[side][slice(*span)] if span else "" for side, span in enumerate((a, b))]
        id = row_id("v", one.id, other.id, str(a), str(b), variant.kind)
        nothing = ("", "")
        return Difference(
            *(id, "", one, other, a, b, words[0], words[1], nothing, nothing),
            *(variant.kind, variant.severity, variant.score, variant.reason),
        )

    return shared, list(map(difference, found.variants))


# --- data -------------------------------------------------------------------------------------------------------------


def lineage_table(edition: Edition, wanted: Wanted | None = None) -> Table:
    """Return all relations of a document that is asked for; of all documents by default."""
    filter = (wanted or Wanted()).filter

    def rows() -> Iterator[Row]:
        found = copies.kinships(edition, wanted=filter)
        yield from map(kinship_row, sorted(found, key=lambda kinship: kinship.id))

    total, documents = copies.family_count(edition, filter)
    head = {"families": total, "documents": documents, "origins": copies.origin_count(edition, filter)}
    return Table("lineage", _KIN, rows, head)


def alterations_table(edition: Edition, wanted: Wished) -> Table:
    """Return all variants that a list has on its pages."""
    sought = sought_of(wanted)
    total = copies.difference_count(edition, sought)

    def rows() -> Iterator[Row]:
        for offset in range(0, total, CHUNK):
            yield from map(told_row, copies.differences(edition, sought, offset=offset, limit=CHUNK))

    return Table("alterations", _VARIANT, rows, {"total": total})


def told_row(difference: Difference) -> Row:
    """Return a variant with its documents, its words and the utterance that it lies in."""
    return {
        **variant_row(difference),
        "a_outlet": difference.a.outlet,
        "b_outlet": difference.b.outlet,
        "a_title": difference.a.title,
        "b_title": difference.b.title,
        "relation": difference.relation,
        "utterance": difference.utterance,
        "speaker": difference.speaker,
    }


def family_json(edition: Edition, id: str) -> str:
    """Return a family as JSON. Raises KeyError if there is none with this id."""
    return as_json(asdict(copies.family(edition, id)), indent=1)


def relation_json(edition: Edition, id: str) -> str:
    """Return two related documents with what they share and where that differs, as JSON.

    Raises KeyError if there are none.
    """
    kinship = copies.kinship(edition, id)
    a, b = ((paper.id, quotes.text_of(edition, paper.id)) for paper in (kinship.a, kinship.b))
    row: dict[str, Any] = {
        **kinship_row(kinship),
        "passages": [passage_row(passage, a, b) for passage in copies.shared(edition, id)],
        "variants": [variant_row(variant) for variant in copies.differences(edition, relation=id)],
    }
    return as_json(row, indent=1)


def collation_json(edition: Edition, ids: Sequence[str]) -> str:
    """Return two to six documents beside each other as JSON: the first against each other.

    Raises KeyError for one not there.
    """
    papers = _papers(edition, ids)
    base = _text(edition, papers[0])
    rows = []
    for paper in papers[1:]:
        kinship = _kinship(edition, papers[0], paper)
        other = _compared(edition, base, paper, kinship)
        a, b = (papers[0].id, base.text), (paper.id, other.text.text)
        rows.append(
            {
                "a": papers[0].id,
                "b": paper.id,
                "relation": kinship_row(kinship) if kinship else None,
                "passages": [passage_row(passage, a, b) for passage in other.shared],
                "variants": [variant_row(variant) for variant in other.differences],
            }
        )
    return as_json({"base": papers[0].id, "collations": rows}, indent=1)


_KIN = ("id", "a", "b", "kind", "direction", "ancestor", "ancestor_lost", "similarity", "score", "reason")
_VARIANT = (
    *("id", "severity", "kind", "a", "a_outlet", "a_title", "a_span_start", "a_span_end", "a_span_exact"),
    *("b", "b_outlet", "b_title", "b_span_start", "b_span_end", "b_span_exact", "speaker", "utterance", "relation"),
    *("score", "reason"),
)
