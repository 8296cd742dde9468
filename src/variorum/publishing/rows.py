"""Records as the rows that other programs rely on: the JSON of pages, of exports and of the command line.

The shapes are those of the contract; ``docs/schema/`` holds a JSON Schema for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from variorum.edition import accounts, copies, dates, quotes, standings
from variorum.edition.accounts import Cited, Claim, Conflict, Event, Label, Omission, Sought
from variorum.edition.copies import Difference, Kinship, Shared
from variorum.edition.dates import Time
from variorum.edition.listing import Listed
from variorum.edition.quotes import By, Known, Link, Quote, Version
from variorum.edition.reading import Edition
from variorum.edition.standings import Occupancy, Stance
from variorum.language.annotation import Actor
from variorum.records import DateInterval, Document, Rejection, Span, row_id

Row = Mapping[str, Any]


def span_row(text: str, span: Span) -> Row:
    """Return a span of the stored ``text``."""
    return {"start": span.start, "end": span.end, "exact": span.of(text)}


def date_row(date: DateInterval) -> Row:
    """Return a date."""
    return {**asdict(date), "reasons": list(date.reasons)}


def document_row(document: Document, origins: Sequence[tuple[str, Sequence[tuple[int, int]]]] = ()) -> Row:
    """Return a document, with its text, zones and repairs, and the origin of each stretch of it."""
    text = document.text
    return {
        "id": document.id,
        "path": document.path,
        "line": document.line,
        "sha256": document.sha256,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "author": document.author,
        "dateline": asdict(document.dateline),
        "language": document.language,
        "published": date_row(document.published),
        "text": text,
        "zones": [{**span_row(text, z.span), "zone": z.kind} for z in document.zones],
        "repairs": [{**span_row(text, Span(r.start, r.end)), "repaired": r.repaired} for r in document.repairs],
        "origins": [
            {"origin": origin, "spans": [span_row(text, Span(*span)) for span in spans]} for origin, spans in origins
        ],
        "score": document.score,
        "reason": document.reason,
    }


def cast_row(text: str, actor: Actor) -> Row:
    """Return an actor of one document, with every place of its stored ``text`` that speaks of it."""
    mentions = [
        {**span_row(text, Span(m.start, m.end)), "kind": m.kind, "score": round(m.score, 3)} for m in actor.mentions
    ]
    return {"name": actor.name, "kind": actor.kind, "mentions": mentions}


def listed_row(document: Listed) -> Row:
    """Return a document as it stands in a list, without its text."""
    return {
        "id": document.id,
        "path": document.path,
        "line": document.line,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "author": document.author,
        "place": document.place,
        "language": document.language,
        "published": date_row(document.published),
        "words": document.words,
        "repairs": document.repairs,
    }


def rejected_row(rejection: Rejection) -> Row:
    """Return a piece of input that could not be read."""
    id = row_id("r", rejection.path, str(rejection.line), rejection.reason)
    return {"id": id, "path": rejection.path, "line": rejection.line, "score": None, "reason": rejection.reason}


def quote_row(text: str, quote: Quote) -> Row:
    """Return an attribution of the document with this stored ``text``."""

    def spans(found: Sequence[Span]) -> list[Row]:
        return [span_row(text, span) for span in found]

    return {
        "id": quote.id,
        "document": quote.document,
        "zone": quote.zone,
        "kind": quote.kind,
        "speakers": _speakers(quote.speakers),
        "source": spans(quote.source),
        "cue": spans(quote.cue),
        "content": spans(quote.content),
        "hedges": spans(quote.hedges),
        "negated": quote.negated,
        "via": [
            {
                "speakers": _speakers(link.speakers),
                "cue": spans(link.cue_at),
                "hedges": spans(link.hedges_at),
                "negated": link.negated,
            }
            for link in quote.via
        ],
        "utterance": quote.utterance,
        "score": quote.score,
        "reason": quote.reason,
    }


def _speakers(speakers: Sequence[By]) -> list[Row]:
    return [{"actor": by.actor, "name": by.name} for by in speakers]


def utterance_row(utterance: Version) -> Row:
    """Return an utterance, with the independent origins that carry it and where copies altered it."""
    return {
        "id": utterance.id,
        "speakers": _speakers(utterance.speakers),
        "attributions": [quote.id for quote in utterance.quotes],
        "documents": list(dict.fromkeys(quote.document for quote in utterance.quotes)),
        "origins": list(utterance.origins),
        "altered": utterance.altered,
        "variants": list(utterance.variants),
        "score": utterance.score,
        "reason": utterance.reason,
    }


def actor_row(actor: Known) -> Row:
    """Return an actor across documents."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "identifiers": {"wikidata": None, "iso3166": actor.iso3166},
        "documents": [appearance.document for appearance in actor.documents],
        "score": actor.score,
        "reason": actor.reason,
    }


def attributions(edition: Edition) -> Iterator[Row]:
    """Yield all attributions of an edition, in order of document and place."""
    for id in edition.ids():
        text = quotes.text_of(edition, id)
        for quote in quotes.of_document(edition, id):
            yield quote_row(text, quote)


def utterances(edition: Edition) -> Iterator[Row]:
    """Yield all utterances of an edition, in order of id."""
    for utterance in quotes.utterances(edition):
        yield utterance_row(utterance)


def actors(edition: Edition) -> Iterator[Row]:
    """Yield the actors of an edition, in order of id."""
    for id in quotes.actor_ids(edition):
        found = quotes.actor(edition, id)
        assert found is not None
        yield actor_row(found)


def mentions(edition: Edition) -> Iterator[Row]:
    """Yield every place where a document speaks of an actor, in order of document and place."""
    for id in edition.ids():
        whose = quotes.members(edition, id)
        cast, _ = edition.cast(id)
        text = quotes.text_of(edition, id) if cast else ""
        found = [(m, actor) for actor, local in zip(whose, cast, strict=False) for m in local.mentions]
        for mention, actor in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end, pair[1] or "")):
            span = Span(mention.start, mention.end)
            yield {
                "id": row_id("m", id, str(mention.start), str(mention.end), mention.kind, actor or ""),
                "document": id,
                **span_row(text, span),
                "kind": mention.kind,
                "actor": actor,
                "score": round(mention.score, 3),
                "reason": REASONS[mention.kind],
            }


REASONS: Mapping[str, str] = {
    "name": "the text names it",
    "nominal": "a description that is taken to mean it",
    "pronoun": "a pronoun that is taken to mean it",
}


def documents(edition: Edition) -> Iterator[Row]:
    """Yield all documents of an edition, in order of path."""
    for id in edition.ids():
        yield document_row(edition.document(id), copies.origins_of(edition, id))


def kinship_row(kinship: Kinship) -> Row:
    """Return how two documents are related."""
    return {
        "id": kinship.id,
        "a": kinship.a.id,
        "b": kinship.b.id,
        "kind": kinship.kind,
        "direction": kinship.direction,
        "ancestor": kinship.ancestor,
        "ancestor_lost": kinship.ancestor_lost,
        "similarity": kinship.similarity,
        "score": kinship.score,
        "reason": kinship.reason,
    }


def lineage(edition: Edition) -> Iterator[Row]:
    """Yield all relations of an edition, in order of id."""
    yield from map(kinship_row, sorted(copies.kinships(edition), key=lambda kinship: kinship.id))


def passage_row(passage: Shared, a: tuple[str, str], b: tuple[str, str]) -> Row:
    """Return a passage; ``a`` and ``b`` are the ids and stored texts of the documents that share it."""
    return {
        "id": passage.id,
        "a": a[0],
        "b": b[0],
        "a_span": span_row(a[1], Span(*passage.a)),
        "b_span": span_row(b[1], Span(*passage.b)),
        "kind": passage.kind,
        "origin": passage.origin,
        "score": passage.score,
        "reason": _PASSAGE[passage.kind],
    }


_PASSAGE = {
    "verbatim": "both have these sentences, word for word or nearly",
    "reworded": "these sentences correspond in order, names and meaning",
}


def passages(edition: Edition) -> Iterator[Row]:
    """Yield all passages of an edition, in order of their relation and place."""
    for kinship in sorted(copies.kinships(edition), key=lambda kinship: kinship.id):
        a, b = ((paper.id, quotes.text_of(edition, paper.id)) for paper in (kinship.a, kinship.b))
        for passage in copies.shared(edition, kinship.id):
            yield passage_row(passage, a, b)


def variant_row(variant: Difference) -> Row:
    """Return a variant."""

    def span(place: tuple[int, int] | None, words: str) -> Row | None:
        return None if place is None else {"start": place[0], "end": place[1], "exact": words}

    return {
        "id": variant.id,
        "a": variant.a.id,
        "b": variant.b.id,
        "a_span": span(variant.a_span, variant.a_words),
        "b_span": span(variant.b_span, variant.b_words),
        "kind": variant.kind,
        "severity": variant.severity,
        "score": variant.score,
        "reason": variant.reason,
    }


def variants(edition: Edition) -> Iterator[Row]:
    """Yield all variants of an edition, the gravest first."""
    yield from map(variant_row, copies.differences(edition))


def time_row(document: str, exact: str, time: Time) -> Row:
    """Return a time expression of the document with this id; ``exact`` are its words."""
    score, reason = _times(time)
    return {
        "id": row_id("t", document, str(time.start), str(time.end)),
        "document": document,
        "zone": time.zone,
        "start": time.start,
        "end": time.end,
        "exact": exact,
        "type": time.type,
        "value": time.value,
        "mod": time.mod,
        "method": time.method,
        "score": score,
        "reason": reason,
    }


def _times(time: Time) -> tuple[float, str]:
    """Return how sure the value of a time expression is, and why."""
    return _COUNTED[time.method if time.reliable or time.method != "publication" else "doubtful"]


_COUNTED: Mapping[str, tuple[float, str]] = {
    "said": (0.9, "the words have all of it"),
    "publication": (0.8, "counted from the day of publication"),
    "doubtful": (0.5, "counted from a doubtful day of publication"),
    "text": (0.6, "counted from a time before it in the text"),
    "unanchored": (0.5, "nothing tells what it is counted from"),
}


def times(edition: Edition) -> Iterator[Row]:
    """Yield all time expressions of an edition, in order of document and place."""
    for id in edition.ids():
        found = dates.times_of(edition, id)
        text = quotes.text_of(edition, id) if found else ""
        for time in found:
            yield time_row(id, time.span.of(text), time)


def rejected(edition: Edition) -> Iterator[Row]:
    """Yield all input that could not be read, in order of path."""
    for rejection in edition.rejected():
        yield rejected_row(rejection)


def flat(row: Row, prefix: str = "") -> dict[str, Any]:
    """Return a row for a table.

    An object becomes columns joined by ``_``, a list of plain values a text joined by ``; ``. Of spans the exact words
    are told, of speakers their names, of links who speaks in them, of arguments their roles, of sides what they say.
    Other lists of objects (zones, repairs) have no place in a table and become their count.
    """
    cells: dict[str, Any] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            cells.update(flat(value, f"{name}_"))
        elif value is None and name in ("a_span", "b_span"):
            cells.update(dict.fromkeys((f"{name}_start", f"{name}_end", f"{name}_exact")))
        elif isinstance(value, list | tuple):
            words = [_in_words(name, v) for v in value]
            cells[name] = len(value) if None in words else "; ".join(w for w in words if w is not None)
        else:
            cells[name] = value
    return cells


def _in_words(column: str, value: Any) -> str | None:
    """Return a value of a list as words; None for an object that has no place in a table."""
    if isinstance(value, Mapping):
        if column in ("source", "cue", "content", "hedges", "evidence"):
            return str(value["exact"])
        if column == "arguments":
            return f"{value['role']}: {value['text']}"
        if column == "sides":
            return str(value["value"])
        if column == "attributed_to":
            return f"{', '.join(by['name'] for by in value['speakers'])} {value['cue']}".strip()
        if column == "speakers":
            return str(value["name"])
        if column == "via":
            cue = " ".join(span["exact"] for span in value["cue"])
            return f"{', '.join(by['name'] for by in value['speakers'])} {cue}".strip()
        return None
    return None if isinstance(value, list | tuple) else str(value)


# --- events, labels, claims, conflicts, omissions ---------------------------------------------------------------------


def cited_row(place: Cited) -> Row:
    """Return a piece of evidence."""
    return asdict(place.evidence)


def attributed_row(links: Sequence[Link]) -> list[Row]:
    """Return on whose word something is told, the closest first."""
    return [
        {
            "speakers": _speakers(link.speakers),
            "cue": link.cue,
            "hedges": list(link.hedges),
            "negated": link.negated,
        }
        for link in links
    ]


def _documents(places: Sequence[Cited]) -> list[str]:
    return sorted({place.evidence.document for place in places})


def event_row(event: Event, places: Sequence[Cited]) -> Row:
    """Return an event; ``places`` are where it is told."""
    return {
        "id": event.id,
        "type": event.type,
        "subtype": event.subtype,
        "actors": [by.actor for by in event.actors if by.actor],
        "actor_names": [by.name for by in event.actors],
        "recipients": [by.actor for by in event.recipients if by.actor],
        "recipient_names": [by.name for by in event.recipients],
        "when": date_row(event.when),
        "place": event.place,
        "modality": event.modality,
        "attributed_to": attributed_row(event.attributed),
        "evidence": list(map(cited_row, places)),
        "documents": _documents(places),
        "origins": list(event.origins),
        "score": event.score,
        "reason": event.reason,
    }


def events(edition: Edition) -> Iterator[Row]:
    """Yield all events of an edition, in order of id."""
    for id in accounts.event_ids(edition):
        yield event_row(accounts.event(edition, id), accounts.places(edition, [id], ["event"], voiced=False))


def label_row(label: Label) -> Row:
    """Return a place that names somebody or something."""
    return {
        "id": label.id,
        "actor": label.actor,
        "label": label.label,
        "head": label.head,
        "document": label.cited.evidence.document,
        "outlet": label.cited.outlet,
        "voice": label.voice.actor if label.voice else accounts.OWN,
        "voice_name": label.voice.name if label.voice else None,
        "tone": label.tone,
        "start": label.cited.evidence.start,
        "end": label.cited.evidence.end,
        "score": label.score,
        "reason": label.reason,
    }


def labels(edition: Edition) -> Iterator[Row]:
    """Yield all labels of an edition, in order of document and place."""
    for id in edition.ids():
        yield from map(label_row, accounts.labels(edition, Sought(document=id)))


def claim_row(claim: Claim, places: Sequence[Cited]) -> Row:
    """Return a claim; ``places`` are where it is made."""
    return {
        "id": claim.id,
        "predicate": claim.predicate,
        "arguments": [asdict(argument) for argument in claim.arguments],
        "value": claim.value,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "when": date_row(claim.when),
        "summary": claim.summary,
        "documents": _documents(places),
        "origins": list(claim.origins),
        "evidence": list(map(cited_row, places)),
        "score": claim.score,
        "reason": claim.reason,
    }


def claims(edition: Edition) -> Iterator[Row]:
    """Yield all claims of an edition, in order of id."""
    for id in accounts.claim_ids(edition):
        yield claim_row(accounts.claim(edition, id), accounts.places(edition, [id], ["claim"], voiced=False))


def conflict_row(conflict: Conflict) -> Row:
    """Return a conflict with its sides."""
    return {
        "id": conflict.id,
        "question": conflict.question,
        "sides": [
            {
                "value": side.value,
                "claims": list(side.rows),
                "documents": list(side.documents),
                "origins": list(side.origins),
                "evidence": list(map(cited_row, side.places)),
            }
            for side in conflict.sides
        ],
        "score": conflict.score,
        "reason": conflict.reason,
    }


def conflicts(edition: Edition) -> Iterator[Row]:
    """Yield all conflicts of an edition, in order of id."""
    for id in accounts.conflict_ids(edition):
        yield conflict_row(accounts.conflict(edition, id, voiced=False))


def omission_row(omission: Omission) -> Row:
    """Return what a document lacks."""
    return {
        "id": omission.id,
        "claim": omission.claim.id,
        "document": omission.document,
        "carried_by": list(omission.carried),
        "parent": omission.parent,
        "score": omission.score,
        "reason": omission.reason,
    }


def omissions(edition: Edition) -> Iterator[Row]:
    """Yield all omissions of an edition, by document in order of path."""
    for id in edition.ids():
        yield from map(omission_row, accounts.omissions(edition, Sought(document=id), placed=False))


# --- stances and occupancies ------------------------------------------------------------------------------------------


def _maybe(date: DateInterval | None) -> Row:
    return date_row(date or DateInterval())


def stance_row(stance: Stance, places: Sequence[Cited]) -> Row:
    """Return a stance; ``places`` are where it is told."""
    return {
        "id": stance.id,
        "actor": stance.actor.actor,
        "actor_name": stance.actor.name,
        "stance": stance.stance,
        "target": stance.target.actor if stance.target else None,
        "target_name": stance.target.name if stance.target else None,
        "as_office": stance.as_office,
        "issue": stance.issue,
        "from": _maybe(stance.since),
        "to": _maybe(stance.until),
        "last_confirmed": _maybe(stance.confirmed),
        "modality": stance.modality,
        "attributed_to": attributed_row(stance.attributed),
        "event": stance.event,
        "evidence": list(map(cited_row, places)),
        "documents": _documents(places),
        "origins": list(stance.origins),
        "score": stance.score,
        "reason": stance.reason,
    }


def stances(edition: Edition) -> Iterator[Row]:
    """Yield all stances of an edition, in order of id."""
    for id in standings.stance_ids(edition):
        yield stance_row(standings.stance(edition, id), accounts.places(edition, [id], ["stance"], voiced=False))


def occupancy_row(occupancy: Occupancy, places: Sequence[Cited]) -> Row:
    """Return an occupancy; ``places`` are where it is told."""
    return {
        "id": occupancy.id,
        "actor": occupancy.actor.actor,
        "actor_name": occupancy.actor.name,
        "office": occupancy.office_name,
        "status": occupancy.status,
        "from": _maybe(occupancy.since),
        "to": _maybe(occupancy.until),
        "according_to": occupancy.voice.actor if occupancy.voice else occupancy.outlet,
        "evidence": list(map(cited_row, places)),
        "documents": _documents(places),
        "origins": list(occupancy.origins),
        "score": occupancy.score,
        "reason": occupancy.reason,
    }


def occupancies(edition: Edition) -> Iterator[Row]:
    """Yield all occupancies of an edition, in order of id."""
    for id in standings.occupancy_ids(edition):
        places = accounts.places(edition, [id], ["occupancy"], voiced=False)
        yield occupancy_row(standings.occupancy(edition, id), places)
