"""Look up what accounts tell and where they part: events, labels, claims, conflicts, omissions, with their evidence.

Wherever documents are counted, their independent origins are counted beside them.
Nothing here says which account is right.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from variorum.edition.listing import ORDERS, UNKNOWN, published_between
from variorum.edition.quotes import By, Count, Link
from variorum.edition.reading import Edition, interval
from variorum.records import DateInterval, Evidence
from variorum.situation.wording import folded

CONTEXT = 160
"""Code points of the text that are shown before and after a place."""

BESIDE = 32
"""Code points before and after the words of evidence, as in :func:`variorum.records.cite`."""

MOST_VALUES = 40
"""Values of a facet that are told."""

NAMED = "name:"
"""Begins what a filter calls a speaker without an actor."""

OWN, MOUTHS = "outlet", "speakers"
"""Values of a filter on voices: the outlets' own, and all of those whom they quote."""

SCARE = "scare"
"""Value of a filter on tones: what stands in scare quotes, whatever its tone."""

DROPPED, UNTOLD = "dropped", "untold"
"""Kinds of omission: what a copy lacks of its parent, and what others of the same story tell."""

_SOME = 400
"""Ids that a question names at once."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows are meant. None or an empty text leaves a field open; a list passes over what it does not have."""

    words: str = ""
    """Words that the summary or the label must have, without regard to accents and capitals."""
    type: str | None = None
    """PLOVER type of an event, or UNKNOWN for those without."""
    subtype: str | None = None
    """Subtype of an event."""
    predicate: str | None = None
    """Predicate of a claim."""
    kind: str | None = None
    """Kind of a conflict, or :data:`DROPPED` or :data:`UNTOLD` for omissions."""
    modality: str | None = None
    """Modality of an event or a claim."""
    polarity: str | None = None
    """positive or negative, of a claim."""
    tone: str | None = None
    """Tone of a label, or :data:`SCARE`."""
    voice: str | None = None
    """Who names it: :data:`OWN`, :data:`MOUTHS`, the id of an actor, or :data:`NAMED` and a name."""
    label: str | None = None
    """Exactly this label, without regard to capitals."""
    actor: str | None = None
    """Id of somebody who takes part in it, or whom a label names."""
    about: str | None = None
    """Id of another: the recipient of an event, or whoever takes part in a claim as well."""
    event: str | None = None
    """The event that a label names."""
    speaker: str | None = None
    """Id of the actor on whose word it is told."""
    outlet: str | None = None
    """Told by this outlet, or UNKNOWN. Of omissions: lacking in it."""
    language: str | None = None
    """Told in this language, or UNKNOWN."""
    document: str | None = None
    """Id of the document that tells it. Of omissions: that lacks it."""
    since: str | None = None
    """First day: of events and claims, of when they are; else of the publication of documents."""
    until: str | None = None
    """Last day, likewise."""
    inside: bool = False
    """Of events: only those that have a first and a last day, both among these days."""
    sort: str = ""
    """The order; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that tells something, with the words around it."""

    row: str
    """Id of what it tells."""
    evidence: Evidence
    """The words with their place."""
    title: str
    """Title of the document, or its path where it has none."""
    outlet: str | None
    """Who published the document."""
    published: DateInterval
    """When the document was published."""
    origin: str
    """Id of the origin of the passage."""
    before: str
    """What stands before the words in their paragraph."""
    after: str
    """What stands after them."""
    said: tuple[By, ...] | None
    """Who says it within the document; empty where the text does not tell; None where the document itself does."""
    number: int
    """Row number of the document."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, will happen, or is said to."""

    id: str
    type: str | None
    """PLOVER type; None where none fits."""
    subtype: str
    """A plain word."""
    actors: tuple[By, ...]
    recipients: tuple[By, ...]
    summary: str
    """The words that tell it, shortened."""
    when: DateInterval
    earliest: str | None
    latest: str | None
    place: str | None
    modality: str
    attributed: tuple[Link, ...]
    """On whose word, the closest first; empty where a document itself says it."""
    documents: int
    origins: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Referent:
    """An actor or an event that labels name."""

    actor: str | None
    event: str | None
    name: str
    kind: str
    """Kind of the actor, or ``event``."""
    labels: int
    """How many different labels it has."""
    marked: int
    """How many of them are loaded, distancing or in scare quotes."""
    places: int
    documents: int
    origins: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often somebody uses a label."""

    outlet: str | None
    """The outlet that carries it."""
    voice: By | None
    """Who says it; None where it is the outlet's own voice."""
    places: int
    documents: frozenset[int]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Naming:
    """A label of one referent, with who uses it."""

    label: str
    tone: str
    scare: bool
    uses: tuple[Use, ...]

    @property
    def places(self) -> int:
        """In how many places it stands."""
        return sum(use.places for use in self.uses)

    @property
    def documents(self) -> int:
        """In how many documents."""
        return len({d for use in self.uses for d in use.documents})

    @property
    def origins(self) -> int:
        """Of how many independent origins: wording that several outlets adopted from one counts once."""
        return len({o for use in self.uses for o in use.origins})

    @property
    def own(self) -> tuple[Use, ...]:
        """Where outlets use it in their own voice."""
        return tuple(use for use in self.uses if use.voice is None)

    @property
    def mouths(self) -> tuple[Use, ...]:
        """Where they have it from somebody who speaks."""
        return tuple(use for use in self.uses if use.voice is not None)

    @property
    def marked(self) -> bool:
        """Whether it is anything but plain."""
        return self.tone != "plain" or self.scare


@dataclass(frozen=True, slots=True)
class Label:
    """A place that names something."""

    id: str
    actor: str | None
    event: str | None
    name: str
    """What the referent is called."""
    label: str
    head: str
    tone: str
    scare: bool
    voice: By | None
    """Who says it; None where it is the outlet's own voice."""
    cited: Cited
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what takes part in a claim."""

    role: str
    actor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition that one or more documents make."""

    id: str
    predicate: str
    arguments: tuple[Argument, ...]
    value: str | None
    polarity: str
    modality: str
    when: DateInterval
    summary: str
    documents: int
    origins: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    value: str
    rows: tuple[str, ...]
    """Ids of the claims, occupancies or stances that say so."""
    documents: tuple[str, ...]
    origins: tuple[str, ...]
    places: tuple[Cited, ...]
    """Where they stand: one of each origin first."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all be so."""

    id: str
    question: str
    kind: str
    weight: float
    documents: int
    origins: tuple[str, ...]
    sides: tuple[Side, ...]
    """Those of most origins first, then by their value."""
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Omission:
    """A claim that a document lacks."""

    id: str
    claim: Claim
    document: str
    carried: tuple[str, ...]
    """Ids of the documents that carry it."""
    parent: str | None
    """Id of the document, perhaps a lost one, that it was dropped from; None where others tell it."""
    place: Cited | None
    """Where one of those that carry it does so: the parent, if it is in the edition."""
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that lacks something."""

    id: str
    title: str
    outlet: str | None
    published: DateInterval
    dropped: int
    """How much a copy lacks of its parent."""
    untold: int
    """How much others tell that it does not."""


@dataclass
class _Tests:
    """Conditions of a question, joined by *and*."""

    tests: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def must(self, test: str, *values: Any) -> None:
        self.tests.append(test)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return " AND ".join(f"({test})" for test in self.tests) or "TRUE"


# --- places -----------------------------------------------------------------------------------------------------------

_PAPER = """d.n, d.id AS document_id, d.title, d.path, d.outlet, d.published_earliest, d.published_latest,
    d.published_best, d.published_precision, d.published_method, d.published_reliable, d.published_reasons"""


def _place_in(table: str) -> str:
    """Return what selects a place of ``table`` with its words, its surroundings and its document."""
    return f"""{table}.start, {table}."end", {table}.origin, {_PAPER},
        substr(t.text, max(0, {table}.start - {CONTEXT}) + 1, min({table}.start, {CONTEXT})) AS before,
        substr(t.text, {table}.start + 1, {table}."end" - {table}.start) AS exact,
        substr(t.text, {table}."end" + 1, {CONTEXT}) AS after"""


def places(
    edition: Edition,
    rows: Sequence[str],
    kinds: Sequence[str],
    *,
    most: int = -1,
    document: str | None = None,
    voiced: bool = True,
) -> list[Cited]:
    """Return where it stands what these rows say: one place of each origin first, then the others.

    ``kinds`` are the kinds of evidence that the rows can have; ``document`` is the one to look in, of all by default.
    ``voiced`` is whether to find out who says it within the document.
    """
    found: list[Cited] = []
    for some in _some(rows):
        tests = _Tests()
        tests.must(f"v.kind IN ({_marks(kinds)})", *kinds)
        tests.must(f"v.row IN ({_marks(some)})", *some)
        if document:
            tests.must("d.id = ?", document)
        asked = edition.connection.execute(
            f"""SELECT v.row, v.place, {_place_in("v")} FROM evidence v
                JOIN documents d ON d.n = v.document JOIN texts t ON t.document = d.n WHERE {tests.sql}
                ORDER BY v.place, {ORDERS["published"]}, v.start, v.row""",
            tests.values,
        )
        found += [_cited(row) for row in asked]
    found = _spread(found)[: most if most >= 0 else None]
    return [_voiced(edition, one) for one in found] if voiced else found


def _cited(row: sqlite3.Row) -> Cited:
    evidence = Evidence(
        *(row["document_id"], row["start"], row["end"], row["exact"]),
        *(row["before"][-BESIDE:], row["after"][:BESIDE]),
    )
    return Cited(
        *(row["row"], evidence, row["title"] or row["path"], row["outlet"], interval(row), row["origin"]),
        *(_ending(row["before"]), _beginning(row["after"]), None, row["n"]),
    )


def _voiced(edition: Edition, place: Cited) -> Cited:
    """Return a place with who says it."""
    return replace(place, said=_said_at(edition, place.number, place.evidence.start))


def _said_at(edition: Edition, document: int, start: int) -> tuple[By, ...] | None:
    """Return who says what stands at a place of a document; None where nobody but the document does."""
    around = edition.connection.execute(
        """SELECT a.n FROM attributions a, json_each(a.content) c WHERE a.document = ?
           AND json_extract(c.value, '$[0]') <= ? AND json_extract(c.value, '$[1]') > ?
           ORDER BY a.start DESC, a.n DESC""",
        [document, start, start],
    ).fetchone()
    if around is None:
        return None
    rows = edition.connection.execute(
        """SELECT coalesce(c.name, s.name) AS name, s.actor FROM speakers s LEFT JOIN actors c ON c.id = s.actor
           WHERE s.attribution = ? ORDER BY s.place""",
        [around["n"]],
    )
    return tuple(By(row["name"], row["actor"]) for row in rows)


def _spread(found: Iterable[Cited]) -> list[Cited]:
    """Return places so that one of each origin comes first."""
    ranks: dict[str, int] = defaultdict(int)
    ordered = []
    for place in dict.fromkeys(found):
        ordered.append((ranks[place.origin], place))
        ranks[place.origin] += 1
    return [place for _, place in sorted(ordered, key=lambda pair: pair[0])]


def _ending(text: str) -> str:
    """The end of a context: whole words of the same paragraph, after an ellipsis where that begins before them."""
    last = text.rpartition("\n")[2]
    return f"…{last.partition(' ')[2]}" if last == text and len(text) == CONTEXT else last.lstrip()


def _beginning(text: str) -> str:
    """The beginning of a context: whole words of the same paragraph, before an ellipsis where that goes on."""
    first = text.partition("\n")[0]
    return f"{first.rpartition(' ')[0]}…" if first == text and len(text) == CONTEXT else first.rstrip()


def _some(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _SOME):
        yield ids[first : first + _SOME]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


# --- conditions -------------------------------------------------------------------------------------------------------


def _papers(sought: Sought, *, days: bool) -> _Tests:
    """Return conditions on documents ``d``; with ``days``, on when they were published too."""
    tests = _Tests()
    for column, value in (("d.outlet", sought.outlet), ("d.language", sought.language)):
        if value == UNKNOWN:
            tests.must(f"{column} IS NULL")
        elif value:
            tests.must(f"{column} = ?", value)
    if sought.document:
        tests.must("d.id = ?", sought.document)
    if days:
        period, values = published_between(sought.since or None, sought.until or None)
        if period:
            tests.must(" AND ".join(period), *values)
    return tests


def _told(tests: _Tests, sought: Sought, kind: str, id: str) -> None:
    """Add that a document that is asked for tells a row, and that it is told on the word of the speaker."""
    papers = _papers(sought, days=False)
    if papers.tests:
        tests.must(
            f"""{id} IN (SELECT v.row FROM evidence v JOIN documents d ON d.n = v.document
                WHERE v.kind = '{kind}' AND {papers.sql})""",
            *papers.values,
        )
    if sought.speaker:
        tests.must(f"{id} IN ({_SAID_BY})", sought.speaker)


_SAID_BY = """SELECT v.row FROM speakers s JOIN attributions a ON a.n = s.attribution JOIN json_each(a.content) c
    JOIN evidence v ON v.document = a.document AND v.start >= json_extract(c.value, '$[0]')
    AND v.start < json_extract(c.value, '$[1]') WHERE s.actor = ?"""
"""Ids of the rows whose words begin within what an actor says."""


def _within(tests: _Tests, sought: Sought, earliest: str, latest: str) -> None:
    """Add that something may be of the days that are asked for; what has no date at all is not."""
    if sought.since:
        tests.must(f"coalesce({latest}, '~') >= ?", sought.since)
    if sought.until:
        tests.must(f"coalesce({earliest}, '') <= ?", sought.until)
    if sought.since or sought.until:
        tests.must(f"coalesce({earliest}, {latest}) IS NOT NULL")


def _having(edition: Edition, tests: _Tests, sought: Sought, column: str) -> None:
    """Add that a column has the words that are asked for."""
    wanted = folded(sought.words).split()
    if wanted:
        edition.connection.create_function("folded", 1, _folded, deterministic=True)
        for word in wanted:
            tests.must(f"instr(folded({column}), ?) > 0", word)


def _folded(text: Any) -> str:
    words = str(text or "")
    return words.lower() if words.isascii() else folded(words)


def _counts(edition: Edition, question: str, values: Sequence[Any]) -> list[Count]:
    rows = edition.connection.execute(f"{question} ORDER BY 3 DESC, 2, 1 LIMIT {MOST_VALUES}", values)
    return [Count(str(row[0]), str(row[1]), int(row[2])) for row in rows]


def _number(edition: Edition, question: str, values: Sequence[Any]) -> int:
    return int(edition.connection.execute(question, values).fetchone()[0])


def date_of(packed: str | None) -> DateInterval:
    """Return a date as rows keep it; one of which nothing is known where they have none."""
    if not packed:
        return DateInterval()
    found = json.loads(packed)
    return DateInterval(**{**found, "reasons": tuple(found.get("reasons", ()))})


# --- events -----------------------------------------------------------------------------------------------------------

_EVENT_DAY = "coalesce(e.earliest, e.latest)"
_SURE = "coalesce(json_extract(e.at, '$.reliable'), 0) DESC"
EVENT_ORDERS: Mapping[str, str] = {
    "date": f"{_EVENT_DAY} IS NULL, {_EVENT_DAY}, e.latest, {_SURE}, json_array_length(e.origins) DESC, e.id",
    "-date": f"""{_EVENT_DAY} IS NULL, {_EVENT_DAY} DESC, e.latest DESC, {_SURE}, json_array_length(e.origins) DESC,
                 e.id""",
    "origins": f"json_array_length(e.origins) DESC, e.documents DESC, {_EVENT_DAY} IS NULL, {_EVENT_DAY}, e.id",
}
"""Orders of events; the first is the usual one."""


def _event_tests(edition: Edition, sought: Sought) -> _Tests:
    tests = _Tests()
    if sought.type == UNKNOWN:
        tests.must("e.type IS NULL")
    for column, value in (("type", sought.type), ("subtype", sought.subtype), ("modality", sought.modality)):
        if value and value != UNKNOWN:
            tests.must(f"e.{column} = ?", value)
    if sought.actor:
        tests.must("e.id IN (SELECT event FROM parts WHERE actor = ?)", sought.actor)
    if sought.about:
        tests.must("e.id IN (SELECT event FROM parts WHERE actor = ? AND role = 'recipient')", sought.about)
    if sought.speaker:
        tests.must(
            """EXISTS (SELECT 1 FROM json_each(e.attributed) l, json_each(l.value, '$.speakers') s
               WHERE json_extract(s.value, '$.actor') = ?)""",
            sought.speaker,
        )
    _told(tests, replace(sought, speaker=None), "event", "e.id")
    _within(tests, sought, "e.earliest", "e.latest")
    if sought.inside:
        tests.must("e.earliest >= ? AND e.latest <= ?", sought.since or "", sought.until or "~")
    _having(edition, tests, sought, "e.summary || ' ' || e.subtype")
    return tests


def event_count(edition: Edition, sought: Sought) -> int:
    """Return how many events are meant."""
    tests = _event_tests(edition, sought)
    return _number(edition, f"SELECT count(*) FROM events e WHERE {tests.sql}", tests.values)


def events(edition: Edition, sought: Sought, offset: int = 0, limit: int = -1) -> list[Event]:
    """Return the events that are meant, ``limit`` at most, from row ``offset`` on."""
    tests = _event_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT e.* FROM events e WHERE {tests.sql} ORDER BY {EVENT_ORDERS[sought.sort or "date"]}
            LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    ).fetchall()
    return _events(edition, rows)


def event(edition: Edition, id: str) -> Event:
    """Return an event. Raises KeyError if there is none with this id."""
    rows = edition.connection.execute("SELECT * FROM events WHERE id = ?", [id]).fetchall()
    if not rows:
        raise KeyError(id)
    return _events(edition, rows)[0]


def event_ids(edition: Edition) -> list[str]:
    """Return the ids of all events."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM events ORDER BY id")]


def event_facets(edition: Edition, sought: Sought) -> dict[str, list[Count]]:
    """Return how events divide by type, modality, actor and outlet; each with the filters on the others applied."""

    def told(what: str, joined: str = "", **unset: Any) -> list[Count]:
        tests = _event_tests(edition, replace(sought, **unset))
        return _counts(
            edition,
            f"SELECT {what}, count(DISTINCT e.id) FROM events e {joined} WHERE {tests.sql} GROUP BY 1",
            tests.values,
        )

    return {
        "type": told("coalesce(e.type, '?'), coalesce(e.type, '?')", type=None),
        "modality": told("e.modality, e.modality", modality=None),
        "actor": told(
            "p.actor, coalesce(a.name, p.name)",
            "JOIN parts p ON p.event = e.id AND p.actor IS NOT NULL LEFT JOIN actors a ON a.id = p.actor",
            actor=None,
        ),
        "outlet": told(
            "coalesce(d.outlet, '?'), coalesce(d.outlet, '?')",
            "JOIN evidence v ON v.kind = 'event' AND v.row = e.id JOIN documents d ON d.n = v.document",
            outlet=None,
        ),
    }


def _events(edition: Edition, rows: Sequence[sqlite3.Row]) -> list[Event]:
    parts: dict[tuple[str, str], list[By]] = defaultdict(list)
    for some in _some([row["id"] for row in rows]):
        for part in edition.connection.execute(
            f"""SELECT p.event, p.role, a.id AS actor, coalesce(a.name, p.name) AS name FROM parts p
                LEFT JOIN actors a ON a.id = p.actor WHERE p.event IN ({_marks(some)})
                ORDER BY p.event, p.role, p.place""",
            some,
        ):
            parts[part["event"], part["role"]].append(By(part["name"], part["actor"]))
    return [
        Event(
            id=row["id"],
            type=row["type"],
            subtype=row["subtype"],
            actors=tuple(parts[row["id"], "actor"]),
            recipients=tuple(parts[row["id"], "recipient"]),
            summary=row["summary"],
            when=date_of(row["at"]),
            earliest=row["earliest"],
            latest=row["latest"],
            place=row["place"],
            modality=row["modality"],
            attributed=chain_of(row["attributed"]),
            documents=row["documents"],
            origins=tuple(json.loads(row["origins"])),
            score=row["score"],
            reason=row["reason"],
        )
        for row in rows
    ]


def chain_of(packed: str) -> tuple[Link, ...]:
    """Return on whose word a row is told, the closest first."""
    return tuple(
        Link(
            tuple(By(by["name"], by.get("actor")) for by in link["speakers"]),
            *(link.get("cue") or "", tuple(link.get("hedges", ())), bool(link.get("negated"))),
        )
        for link in json.loads(packed)
    )


# --- labels -----------------------------------------------------------------------------------------------------------

_MARKED = "(l.tone != 'plain' OR l.scare)"
_LABELS = """FROM labels l JOIN documents d ON d.n = l.document LEFT JOIN actors a ON a.id = l.actor
    LEFT JOIN events e ON e.id = l.event"""
_REFERENT = "coalesce(a.name, e.summary, l.event, l.actor)"


def _label_tests(edition: Edition, sought: Sought) -> _Tests:
    tests = _papers(sought, days=True)
    if sought.actor:
        tests.must("l.actor = ?", sought.actor)
    if sought.about:
        tests.must("l.actor = ?", sought.about)
    if sought.event:
        tests.must("l.event = ?", sought.event)
    if sought.tone == SCARE:
        tests.must("l.scare")
    elif sought.tone:
        tests.must("l.tone = ?", sought.tone)
    if sought.label:
        tests.must("lower(l.label) = lower(?)", sought.label)
    if sought.speaker:
        tests.must("l.voice = ?", sought.speaker)
    if sought.voice == OWN:
        tests.must("l.voice_name IS NULL")
    elif sought.voice == MOUTHS:
        tests.must("l.voice_name IS NOT NULL")
    elif sought.voice and sought.voice.startswith(NAMED):
        tests.must("l.voice IS NULL AND l.voice_name = ?", sought.voice[len(NAMED) :])
    elif sought.voice:
        tests.must("l.voice = ?", sought.voice)
    _having(edition, tests, sought, "l.label")
    return tests


def label_count(edition: Edition, sought: Sought) -> int:
    """Return in how many places things are named."""
    tests = _label_tests(edition, sought)
    return _number(edition, f"SELECT count(*) {_LABELS} WHERE {tests.sql}", tests.values)


def referent_count(edition: Edition, sought: Sought) -> int:
    """Return how many actors and events are named."""
    tests = _label_tests(edition, sought)
    question = f"SELECT count(*) FROM (SELECT 1 {_LABELS} WHERE {tests.sql} GROUP BY l.actor, l.event)"
    return _number(edition, question, tests.values)


def referents(edition: Edition, sought: Sought, offset: int = 0, limit: int = -1) -> list[Referent]:
    """Return what is named, first that which is named most differently.

    That is what most loaded or distancing labels are used for, then what has most labels, then what most origins name.
    """
    tests = _label_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT l.actor, l.event, {_REFERENT} AS name, coalesce(a.kind, 'event') AS kind,
                   count(DISTINCT lower(l.label)) AS labels,
                   count(DISTINCT iif({_MARKED}, lower(l.label), NULL)) AS marked, count(*) AS places,
                   count(DISTINCT l.document) AS documents, count(DISTINCT l.origin) AS origins,
                   count(DISTINCT l.outlet) AS outlets
            {_LABELS} WHERE {tests.sql} GROUP BY l.actor, l.event
            ORDER BY marked DESC, labels DESC, origins DESC, name, l.actor, l.event LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    )
    return [Referent(*row) for row in rows]


def namings(edition: Edition, sought: Sought) -> list[Naming]:
    """Return the labels that are meant, of one referent as a rule, with who uses them; those of most origins first."""
    tests = _label_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT lower(l.label) AS wording, min(l.label) AS label, l.tone, l.scare, l.outlet, l.voice,
                   coalesce(s.name, l.voice_name) AS speaker, count(*) AS places,
                   json_group_array(DISTINCT l.document) AS documents, json_group_array(DISTINCT l.origin) AS origins
            {_LABELS} LEFT JOIN actors s ON s.id = l.voice WHERE {tests.sql}
            GROUP BY wording, l.tone, l.scare, l.outlet, l.voice, speaker
            ORDER BY l.outlet IS NULL, l.outlet, speaker""",
        tests.values,
    )
    labels: dict[tuple[str, str, bool], str] = {}
    uses: dict[tuple[str, str, bool], list[Use]] = defaultdict(list)
    for row in rows:
        key = (row["wording"], row["tone"], bool(row["scare"]))
        labels[key] = min(labels.get(key, row["label"]), row["label"])
        voice = By(row["speaker"], row["voice"]) if row["speaker"] is not None else None
        documents, origins = (frozenset(json.loads(row[name])) for name in ("documents", "origins"))
        uses[key].append(Use(row["outlet"], voice, row["places"], documents, origins))
    found = [Naming(labels[key], key[1], key[2], tuple(of)) for key, of in uses.items()]
    return sorted(found, key=lambda one: (-one.origins, -one.places, one.label, one.tone, one.scare))


def labels(edition: Edition, sought: Sought, offset: int = 0, limit: int = -1) -> list[Label]:
    """Return the places that name something, by date of their documents."""
    tests = _label_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT l.id AS row, l.actor, l.event, l.label, l.head, l.tone, l.scare, l.voice,
                   coalesce(s.name, l.voice_name) AS speaker, l.score AS sure, l.reason AS why, {_REFERENT} AS name,
                   {_place_in("l")}
            {_LABELS} JOIN texts t ON t.document = d.n LEFT JOIN actors s ON s.id = l.voice
            WHERE {tests.sql} ORDER BY {ORDERS["published"]}, l.start, l.id LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    )
    return [
        Label(
            *(row["row"], row["actor"], row["event"], row["name"], row["label"], row["head"], row["tone"]),
            bool(row["scare"]),
            By(row["speaker"], row["voice"]) if row["speaker"] is not None else None,
            _cited(row),
            row["sure"],
            row["why"],
        )
        for row in rows
    ]


def label_facets(edition: Edition, sought: Sought) -> dict[str, list[Count]]:
    """Return how places that name something divide by tone, voice and outlet."""

    def told(what: str, more: str = "", **unset: Any) -> list[Count]:
        tests = _label_tests(edition, replace(sought, **unset))
        joined = f"{_LABELS} LEFT JOIN actors s ON s.id = l.voice"
        return _counts(edition, f"SELECT {what}, count(*) {joined} WHERE {tests.sql}{more} GROUP BY 1", tests.values)

    scare = told(f"'{SCARE}', '{SCARE}'", " AND l.scare", tone=None)
    speakers = told(
        f"coalesce(l.voice, '{NAMED}' || l.voice_name), coalesce(s.name, l.voice_name)",
        " AND l.voice_name IS NOT NULL",
        voice=None,
    )
    return {
        "tone": [*told("l.tone, l.tone", tone=None), *scare],
        "voice": [
            *told(
                f"iif(l.voice_name IS NULL, '{OWN}', '{MOUTHS}'), iif(l.voice_name IS NULL, '{OWN}', '{MOUTHS}')",
                voice=None,
            ),
            *speakers,
        ],
        "outlet": told("coalesce(d.outlet, '?'), coalesce(d.outlet, '?')", outlet=None),
    }


# --- claims -----------------------------------------------------------------------------------------------------------

_CLAIM_DAY = "coalesce(json_extract(c.at, '$.earliest'), json_extract(c.at, '$.latest'))"
CLAIM_ORDERS: Mapping[str, str] = {
    "origins": "json_array_length(c.origins) DESC, c.documents DESC, c.id",
    "date": f"{_CLAIM_DAY} IS NULL, {_CLAIM_DAY}, json_array_length(c.origins) DESC, c.id",
    "predicate": "c.predicate, json_array_length(c.origins) DESC, c.id",
}
"""Orders of claims; the first is the usual one."""


def _claim_tests(edition: Edition, sought: Sought) -> _Tests:
    tests = _Tests()
    for column in ("predicate", "modality", "polarity"):
        value = getattr(sought, column)
        if value:
            tests.must(f"c.{column} = ?", value)
    for actor in (sought.actor, sought.about):
        if actor:
            tests.must("c.id IN (SELECT claim FROM claim_actors WHERE actor = ?)", actor)
    _told(tests, sought, "claim", "c.id")
    _within(tests, sought, "json_extract(c.at, '$.earliest')", "json_extract(c.at, '$.latest')")
    _having(edition, tests, sought, "c.summary")
    return tests


def claim_count(edition: Edition, sought: Sought) -> int:
    """Return how many claims are meant."""
    tests = _claim_tests(edition, sought)
    return _number(edition, f"SELECT count(*) FROM claims c WHERE {tests.sql}", tests.values)


def claims(edition: Edition, sought: Sought, offset: int = 0, limit: int = -1) -> list[Claim]:
    """Return the claims that are meant, ``limit`` at most, from row ``offset`` on."""
    tests = _claim_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT c.* FROM claims c WHERE {tests.sql} ORDER BY {CLAIM_ORDERS[sought.sort or "origins"]}
            LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    )
    return [_claim(row) for row in rows]


def claim(edition: Edition, id: str) -> Claim:
    """Return a claim. Raises KeyError if there is none with this id."""
    row = edition.connection.execute("SELECT * FROM claims WHERE id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    return _claim(row)


def claim_ids(edition: Edition) -> list[str]:
    """Return the ids of all claims."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM claims ORDER BY id")]


def claim_facets(edition: Edition, sought: Sought) -> dict[str, list[Count]]:
    """Return how claims divide by predicate, modality, polarity, actor and outlet."""

    def told(what: str, joined: str = "", **unset: Any) -> list[Count]:
        tests = _claim_tests(edition, replace(sought, **unset))
        return _counts(
            edition,
            f"SELECT {what}, count(DISTINCT c.id) FROM claims c {joined} WHERE {tests.sql} GROUP BY 1",
            tests.values,
        )

    return {
        "predicate": told("c.predicate, c.predicate", predicate=None),
        "modality": told("c.modality, c.modality", modality=None),
        "polarity": told("c.polarity, c.polarity", polarity=None),
        "actor": told(
            "a.id, a.name", "JOIN claim_actors w ON w.claim = c.id JOIN actors a ON a.id = w.actor", actor=None
        ),
        "outlet": told(
            "coalesce(d.outlet, '?'), coalesce(d.outlet, '?')",
            "JOIN evidence v ON v.kind = 'claim' AND v.row = c.id JOIN documents d ON d.n = v.document",
            outlet=None,
        ),
    }


def _claim(row: sqlite3.Row) -> Claim:
    return Claim(
        id=row["id"],
        predicate=row["predicate"],
        arguments=tuple(Argument(a["role"], a.get("actor"), a["text"]) for a in json.loads(row["arguments"])),
        value=row["value"],
        polarity=row["polarity"],
        modality=row["modality"],
        when=date_of(row["at"]),
        summary=row["summary"],
        documents=row["documents"],
        origins=tuple(json.loads(row["origins"])),
        score=row["score"],
        reason=row["reason"],
    )


def lacking(edition: Edition, claim: str) -> list[Omission]:
    """Return the omissions of a claim: the documents of the same story that lack it."""
    rows = edition.connection.execute(
        f"""SELECT o.*, d.id AS document_id FROM omissions o JOIN documents d ON d.n = o.document WHERE o.claim = ?
            ORDER BY {ORDERS["published"]}, o.id""",
        [claim],
    ).fetchall()
    return _omissions(edition, rows, placed=False)


# --- conflicts --------------------------------------------------------------------------------------------------------

SIDE_KINDS = ("claim", "occupancy", "stance")
"""Kinds of evidence that a side of a conflict rests on."""

_CONFLICT_ORDER = "x.weight DESC, json_array_length(x.origins) DESC, x.id"


def _conflict_tests(edition: Edition, sought: Sought) -> _Tests:
    tests = _Tests()
    if sought.kind:
        tests.must("x.kind = ?", sought.kind)
    for actor in (sought.actor, sought.about):
        if actor:
            tests.must(
                """x.id IN (SELECT s.conflict FROM sides s, json_each(s.claims) j WHERE j.value IN (
                     SELECT claim FROM claim_actors WHERE actor = ? UNION SELECT id FROM occupancies WHERE actor = ?
                     UNION SELECT id FROM stances WHERE actor = ? OR target = ?))""",
                *[actor] * 4,
            )
    if sought.speaker:
        tests.must(
            f"x.id IN (SELECT s.conflict FROM sides s, json_each(s.claims) j WHERE j.value IN ({_SAID_BY}))",
            sought.speaker,
        )
    papers = _papers(replace(sought, document=None), days=True)
    if papers.tests:
        tests.must(
            f"""x.id IN (SELECT s.conflict FROM sides s, json_each(s.documents) j JOIN documents d ON d.id = j.value
                WHERE {papers.sql})""",
            *papers.values,
        )
    if sought.document:
        tests.must(
            "x.id IN (SELECT conflict FROM sides WHERE instr(documents, ?) > 0)",
            json.dumps(sought.document, ensure_ascii=False),
        )
    _having(edition, tests, sought, "x.question")
    return tests


def conflict_count(edition: Edition, sought: Sought) -> int:
    """Return how many conflicts are meant."""
    tests = _conflict_tests(edition, sought)
    return _number(edition, f"SELECT count(*) FROM conflicts x WHERE {tests.sql}", tests.values)


def conflicts(
    edition: Edition, sought: Sought, offset: int = 0, limit: int = -1, *, most: int = -1, voiced: bool = True
) -> list[Conflict]:
    """Return the conflicts that are meant, the weightiest first, with at most ``most`` places a side.

    ``voiced`` is whether to find out who says it within the documents.
    """
    tests = _conflict_tests(edition, sought)
    rows = edition.connection.execute(
        f"SELECT x.* FROM conflicts x WHERE {tests.sql} ORDER BY {_CONFLICT_ORDER} LIMIT ? OFFSET ?",
        [*tests.values, limit, offset],
    ).fetchall()
    return [_conflict(edition, row, most, voiced) for row in rows]


def conflict(edition: Edition, id: str, *, voiced: bool = True) -> Conflict:
    """Return a conflict with all its evidence. Raises KeyError if there is none with this id."""
    row = edition.connection.execute("SELECT * FROM conflicts WHERE id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    return _conflict(edition, row, -1, voiced)


def conflict_ids(edition: Edition) -> list[str]:
    """Return the ids of all conflicts."""
    return [row["id"] for row in edition.connection.execute("SELECT id FROM conflicts ORDER BY id")]


def conflicts_of(edition: Edition, row: str) -> list[Conflict]:
    """Return the conflicts that a claim, an occupancy or a stance is on a side of, without their places."""
    rows = edition.connection.execute(
        f"""SELECT x.* FROM conflicts x WHERE x.id IN (SELECT conflict FROM sides WHERE instr(claims, ?) > 0)
            ORDER BY {_CONFLICT_ORDER}""",
        [json.dumps(row, ensure_ascii=False)],
    ).fetchall()
    return [_conflict(edition, found, 0) for found in rows]


def conflict_facets(edition: Edition, sought: Sought) -> dict[str, list[Count]]:
    """Return how conflicts divide by kind and outlet."""

    def told(what: str, joined: str = "", **unset: Any) -> list[Count]:
        tests = _conflict_tests(edition, replace(sought, **unset))
        return _counts(
            edition,
            f"SELECT {what}, count(DISTINCT x.id) FROM conflicts x {joined} WHERE {tests.sql} GROUP BY 1",
            tests.values,
        )

    return {
        "kind": told("x.kind, x.kind", kind=None),
        "outlet": told(
            "coalesce(p.outlet, '?'), coalesce(p.outlet, '?')",
            "JOIN sides z ON z.conflict = x.id JOIN json_each(z.documents) w JOIN documents p ON p.id = w.value",
            outlet=None,
        ),
    }


def _conflict(edition: Edition, row: sqlite3.Row, most: int, voiced: bool = True) -> Conflict:
    sides = []
    for side in edition.connection.execute(
        "SELECT * FROM sides WHERE conflict = ? ORDER BY place", [row["id"]]
    ).fetchall():
        rows, documents, origins = (tuple(json.loads(side[name])) for name in ("claims", "documents", "origins"))
        found = places(edition, rows, SIDE_KINDS, most=most, voiced=voiced) if most else []
        sides.append(Side(side["value"], rows, documents, origins, tuple(found)))
    sides.sort(key=lambda side: (-len(side.origins), side.value))
    return Conflict(
        *(row["id"], row["question"], row["kind"], row["weight"], row["documents"], tuple(json.loads(row["origins"]))),
        *(tuple(sides), row["score"], row["reason"]),
    )


# --- omissions --------------------------------------------------------------------------------------------------------

_OMITTED = "FROM omissions o JOIN documents d ON d.n = o.document JOIN claims c ON c.id = o.claim"
_OMISSION_ORDER = f"{ORDERS['published']}, o.parent IS NULL, json_array_length(c.origins) DESC, o.id"


def _omission_tests(edition: Edition, sought: Sought) -> _Tests:
    tests = _papers(sought, days=True)
    if sought.kind in (DROPPED, UNTOLD):
        tests.must("o.parent IS NOT NULL" if sought.kind == DROPPED else "o.parent IS NULL")
    elif sought.kind:
        tests.must("FALSE")
    for actor in (sought.actor, sought.about):
        if actor:
            tests.must("o.claim IN (SELECT claim FROM claim_actors WHERE actor = ?)", actor)
    if sought.speaker:
        tests.must(f"o.claim IN ({_SAID_BY})", sought.speaker)
    _having(edition, tests, sought, "c.summary")
    return tests


def omission_count(edition: Edition, sought: Sought) -> int:
    """Return how many omissions are meant."""
    tests = _omission_tests(edition, sought)
    return _number(edition, f"SELECT count(*) {_OMITTED} WHERE {tests.sql}", tests.values)


def omissions(
    edition: Edition, sought: Sought, offset: int = 0, limit: int = -1, *, placed: bool = True
) -> list[Omission]:
    """Return the omissions that are meant: by document in order of date, what a copy dropped first.

    ``placed`` is whether to look up where the claims stand.
    """
    tests = _omission_tests(edition, sought)
    rows = edition.connection.execute(
        f"SELECT o.*, d.id AS document_id {_OMITTED} WHERE {tests.sql} ORDER BY {_OMISSION_ORDER} LIMIT ? OFFSET ?",
        [*tests.values, limit, offset],
    ).fetchall()
    return _omissions(edition, rows, placed=placed)


def lacking_count(edition: Edition, sought: Sought) -> int:
    """Return how many documents lack something."""
    tests = _omission_tests(edition, sought)
    return _number(edition, f"SELECT count(DISTINCT o.document) {_OMITTED} WHERE {tests.sql}", tests.values)


def lacking_documents(edition: Edition, sought: Sought, offset: int = 0, limit: int = -1) -> list[Lacking]:
    """Return the documents that lack something, in order of date."""
    tests = _omission_tests(edition, sought)
    rows = edition.connection.execute(
        f"""SELECT d.*, sum(o.parent IS NOT NULL) AS dropped, sum(o.parent IS NULL) AS untold {_OMITTED}
            WHERE {tests.sql} GROUP BY d.n ORDER BY {ORDERS["published"]} LIMIT ? OFFSET ?""",
        [*tests.values, limit, offset],
    )
    return [
        Lacking(row["id"], row["title"] or row["path"], row["outlet"], interval(row), row["dropped"], row["untold"])
        for row in rows
    ]


def omission_facets(edition: Edition, sought: Sought) -> dict[str, list[Count]]:
    """Return how omissions divide by kind and outlet."""

    def told(what: str, **unset: Any) -> list[Count]:
        tests = _omission_tests(edition, replace(sought, **unset))
        return _counts(edition, f"SELECT {what}, count(*) {_OMITTED} WHERE {tests.sql} GROUP BY 1", tests.values)

    kind = f"iif(o.parent IS NULL, '{UNTOLD}', '{DROPPED}')"
    return {
        "kind": told(f"{kind}, {kind}", kind=None),
        "outlet": told("coalesce(d.outlet, '?'), coalesce(d.outlet, '?')", outlet=None),
    }


def _omissions(edition: Edition, rows: Sequence[sqlite3.Row], *, placed: bool = True) -> list[Omission]:
    known: dict[str, Claim] = {}
    for some in _some(list(dict.fromkeys(row["claim"] for row in rows))):
        asked = edition.connection.execute(f"SELECT * FROM claims WHERE id IN ({_marks(some)})", some)
        known |= {row["id"]: _claim(row) for row in asked}
    found = []
    for row in rows:
        place = _carrying(edition, row["claim"], row["parent"]) if placed else None
        found.append(
            Omission(
                *(row["id"], known[row["claim"]], row["document_id"], tuple(json.loads(row["carried"])), row["parent"]),
                *(place, row["score"], row["reason"]),
            )
        )
    return found


def _carrying(edition: Edition, claim: str, parent: str | None) -> Cited | None:
    """Return where a claim stands, in the parent if that has it."""
    own = places(edition, [claim], ["claim"], document=parent, most=1) if parent else []
    return next(iter(own or places(edition, [claim], ["claim"], most=1)), None)


# --- names ------------------------------------------------------------------------------------------------------------


def actors_called(edition: Edition, name: str) -> list[By]:
    """Return the actors with this name or alias, without regard to accents and capitals; a name outweighs an alias."""
    wanted = folded(name).strip()
    named, known = [], []
    for row in edition.connection.execute("SELECT id, name, aliases FROM actors ORDER BY documents DESC, id"):
        if folded(row["name"]) == wanted:
            named.append(By(row["name"], row["id"]))
        elif any(folded(alias) == wanted for alias in json.loads(row["aliases"])):
            known.append(By(row["name"], row["id"]))
    return named or known


def actor_name(edition: Edition, id: str) -> str | None:
    """Return what an actor is called; None if there is none with this id."""
    row = edition.connection.execute("SELECT name FROM actors WHERE id = ?", [id]).fetchone()
    return str(row["name"]) if row else None


def document_name(edition: Edition, id: str) -> str | None:
    """Return the title of a document, or its path where it has none; None if there is none with this id."""
    row = edition.connection.execute("SELECT coalesce(title, path) FROM documents WHERE id = ?", [id]).fetchone()
    return str(row[0]) if row else None


def named(edition: Edition, id: str) -> Lacking | None:
    """Return a document as lists name it; None if there is none with this id."""
    row = edition.connection.execute("SELECT * FROM documents WHERE id = ?", [id]).fetchone()
    return _listed(row) if row else None


def papers(edition: Edition, ids: Sequence[str], most: int, *, without: bool = False) -> list[Lacking]:
    """Return these documents, or all but them, ``most`` at most, in order of date."""
    rows = edition.connection.execute(
        f"""SELECT d.* FROM documents d WHERE d.id {"NOT IN" if without else "IN"} (SELECT value FROM json_each(?))
            ORDER BY {ORDERS["published"]} LIMIT ?""",
        [json.dumps(list(ids)), most],
    )
    return [_listed(row) for row in rows]


def _listed(row: sqlite3.Row) -> Lacking:
    return Lacking(row["id"], row["title"] or row["path"], row["outlet"], interval(row), 0, 0)


def document_count(edition: Edition) -> int:
    """Return how many documents there are."""
    return _number(edition, "SELECT count(*) FROM documents", [])


def acting(edition: Edition) -> list[str]:
    """Return the ids of the actors who take part in any event."""
    rows = edition.connection.execute("SELECT DISTINCT actor FROM parts WHERE actor IS NOT NULL ORDER BY actor")
    return [row["actor"] for row in rows]


def called_rows(edition: Edition, rows: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return what claims, occupancies and stances say in words, in this order.

    Each comes with its kind and the id of what has a page for it: its own, or of an occupancy that of the actor.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for row in edition.connection.execute(
        """SELECT id, 'claim' AS kind, id AS page, summary AS words FROM claims
           WHERE id IN (SELECT value FROM json_each(:rows))
           UNION ALL
           SELECT o.id, 'occupancy', o.actor, coalesce(a.name, o.actor) || ': ' || o.status || ' ' || f.name ||
             coalesce(', according to ' || coalesce(v.name, o.outlet), '')
           FROM occupancies o JOIN offices f ON f.id = o.office LEFT JOIN actors a ON a.id = o.actor
           LEFT JOIN actors v ON v.id = o.voice WHERE o.id IN (SELECT value FROM json_each(:rows))
           UNION ALL
           SELECT s.id, 'stance', s.id, coalesce(a.name, s.actor) || ' ' || s.stance || ' ' ||
             coalesce(t.name, s.issue, '') || iif(s.modality = 'asserted', '', ' (' || s.modality || ')')
           FROM stances s LEFT JOIN actors a ON a.id = s.actor LEFT JOIN actors t ON t.id = s.target
           WHERE s.id IN (SELECT value FROM json_each(:rows))""",
        {"rows": json.dumps(list(rows))},
    ):
        found[row["id"]] = (row["kind"], row["page"], row["words"])
    return [found[id] for id in rows if id in found]
