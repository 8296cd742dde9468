"""The graph of which document descends from which, with lost ancestors, and the origin of each passage.

Documents of which one is mostly a copy of another make a family. In it every document descends from the one that it
is likest of those that it can descend from; those without such a one descend from an ancestor that is not in the
pile, if there are several. An article that shares a passage or two with a family it does not belong to has that
passage from the family's origin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.collation.credits import credits_of
from variorum.collation.findings import Direction, Relation, Stretch, Witness
from variorum.records import row_id

MOSTLY: Final = 0.5
"""Share of a document's text in shared passages from which it is mostly a copy."""
FEW_CREDITS: Final = 2
"""Copies that must credit an agency for it to be the origin of all."""
ADDED: Final = 240
"""Code points that a copy has beyond its family, from which they count as a report of its own."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A document that others descend from and that is not in the pile."""

    id: str
    credited: str | None
    """Whom the descendants credit with it."""
    reason: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A document and what it descends from, directly as far as the pile tells."""

    parent: str
    """A document or a lost one."""
    child: str
    kind: str
    score: float
    reason: str
    relation: tuple[str, str] | None
    """The pair of documents whose relation says so; None below a lost one."""


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that descend from one origin."""

    origin: str
    """The document or the lost one that all descend from."""
    documents: tuple[str, ...]
    lost: Lost | None
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """A relation with the nearest ancestor of both."""

    relation: Relation
    ancestor: str
    """One of the two, a third document, or a lost one."""
    lost: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What of a document comes from one origin."""

    document: str
    origin: str
    """The id of a document or of a lost one."""
    spans: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """All of it."""

    families: tuple[Family, ...]
    """Those of two documents and more, by id of their first document."""
    kinships: tuple[Kinship, ...]
    shares: tuple[Share, ...]
    """For every document, the one that most of it comes from first."""
    lost: tuple[Lost, ...]


def lineage(witnesses: Sequence[Witness], relations: Sequence[Relation]) -> Lineage:
    """The lineage of a pile of witnesses whose relations are known. It does not depend on the order of either."""
    by_id = {witness.id: witness for witness in sorted(witnesses, key=lambda one: one.id)}
    relations = sorted(relations, key=lambda one: (one.a, one.b))
    close = [one for one in relations if max(_shares_of(one, by_id)) >= MOSTLY]
    parents = _parents(close)
    leaders = {id: members[0] for members in _components(by_id, close) for id in members}
    within: dict[str, list[Relation]] = defaultdict(list)
    for one in close:
        within[leaders[one.a]].append(one)
    families = tuple(
        _family(members, parents, within[members[0]], by_id)
        for members in _components(by_id, close)
        if len(members) > 1
    )
    home = {document: family for family in families for document in family.documents}
    borrowed = _borrowed(relations)
    above = {edge.child: edge.parent for family in families for edge in family.edges}
    kinships = tuple(_kinship(one, home, borrowed, above) for one in relations)
    strangers = [_stray(one, by_id) for one in kinships if one.lost and not _in_one_family(one.relation, home)]
    lost = {one.id: one for one in (*(family.lost for family in families if family.lost), *strangers)}
    own: dict[str, list[Kinship]] = defaultdict(list)
    for kinship in kinships:
        own[kinship.relation.a].append(kinship)
        own[kinship.relation.b].append(kinship)
    shares = tuple(share for document in by_id for share in _of_document(by_id[document], home, own[document]))
    return Lineage(families, kinships, shares, tuple(lost[id] for id in sorted(lost)))


def refined(witnesses: Sequence[Witness], relations: Sequence[Relation]) -> list[Relation]:
    """The relations, with what the others say of them.

    Two of which nothing tells are siblings if both descend from a third.
    """
    found = lineage(witnesses, relations)
    credited = {lost.id: lost.credited for lost in found.lost}
    return [with_siblings(one, credited) for one in found.kinships]


def with_siblings(one: Kinship, credited: Mapping[str, str | None]) -> Relation:
    """The relation of a kinship; siblings where nothing else is known of the two, but that both have one ancestor.

    `credited` tells whom the copies of each lost document credit with it.
    """
    relation = one.relation
    agency = credited.get(one.ancestor)
    if relation.direction != "unknown" or (one.lost and not agency) or one.ancestor in (relation.a, relation.b):
        return relation
    why = f"Their family credits {agency}." if one.lost else f"Both descend from a third document, {one.ancestor}."
    reason = relation.reason.replace("Nothing in the texts tells which was first.", why)
    return replace(relation, direction="siblings", direction_score=0.6, reason=reason)


def _shares_of(relation: Relation, by_id: Mapping[str, Witness]) -> tuple[float, float]:
    """The share of either text that stands in passages of the other."""
    a = sum(passage.a[1] - passage.a[0] for passage in relation.passages)
    b = sum(passage.b[1] - passage.b[0] for passage in relation.passages)
    return a / max(len(by_id[relation.a].text), 1), b / max(len(by_id[relation.b].text), 1)


def _components(by_id: Mapping[str, Witness], relations: Sequence[Relation]) -> Iterator[list[str]]:
    leader = {id: id for id in by_id}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for one in relations:
        low, high = sorted((find(one.a), find(one.b)))
        leader[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for id in by_id:
        groups[find(id)].append(id)
    yield from groups.values()


def _parents(relations: Sequence[Relation]) -> dict[str, Relation]:
    """For each document the relation to what it descends from, likest first, without circles."""
    directed = [one for one in relations if one.direction in ("a-from-b", "b-from-a")]
    directed.sort(key=lambda one: (-round(one.direction_score, 2), -one.similarity, one.a, one.b))
    best: dict[str, Relation] = {}
    for one in sorted(directed, key=lambda one: (-one.similarity, -one.direction_score, one.a, one.b)):
        parent, child = _ends(one)
        if child not in best and child not in _line(parent, best):
            best[child] = one
    return best


def _ends(relation: Relation) -> tuple[str, str]:
    """Parent and child of a relation that has a direction."""
    return (relation.b, relation.a) if relation.direction == "a-from-b" else (relation.a, relation.b)


def _line(document: str, parents: Mapping[str, Relation]) -> list[str]:
    """A document and all that it descends from, upwards."""
    found = [document]
    while (above := parents.get(found[-1])) is not None:
        found.append(_ends(above)[0])
    return found


def _family(
    members: Sequence[str], parents: Mapping[str, Relation], relations: Sequence[Relation], by_id: Mapping[str, Witness]
) -> Family:
    roots = [id for id in members if id not in parents]
    edges = [
        Edge(
            _ends(parents[id])[0],
            id,
            parents[id].kind,
            parents[id].direction_score,
            parents[id].reason,
            (parents[id].a, parents[id].b),
        )
        for id in members
        if id in parents
    ]
    if len(roots) == 1:
        return Family(roots[0], tuple(members), None, tuple(edges))
    credited = _common_credit([by_id[id] for id in roots])
    among = set(roots)
    why = [one for one in relations if one.a in among and one.b in among]
    kinds = dict.fromkeys(roots, "reprint")
    for one in reversed(why):
        kinds[one.a] = kinds[one.b] = one.kind
    certain = any(one.direction == "siblings" for one in why)
    said = (
        "None of these descends from another of them; what they share must come from a text that is not here."
        if certain
        else "Nothing tells which of these was first, or whether all come from a text that is not here."
    )
    lost = Lost(row_id("o", members[0]), credited, f"{said} They credit {credited}." if credited else said)
    score = max((one.direction_score for one in why), default=0.0) if certain else 0.3
    edges += [Edge(lost.id, id, kinds[id], round(score, 3), lost.reason, None) for id in roots]
    return Family(lost.id, tuple(members), lost, tuple(edges))


def _common_credit(witnesses: Sequence[Witness]) -> str | None:
    """The agency that several witnesses credit, and a third of them all at least: the others leave its name out."""
    named = Counter(agency for witness in witnesses for agency in credits_of(witness).agencies)
    likely = max(sorted(named), key=lambda agency: named[agency], default=None)
    if likely is None or named[likely] < max(FEW_CREDITS, len(witnesses) / 3):
        return None
    return likely


def _in_one_family(relation: Relation, home: Mapping[str, Family]) -> bool:
    family = home.get(relation.a)
    return family is not None and family is home.get(relation.b)


def _borrowed(relations: Sequence[Relation]) -> dict[str, list[str]]:
    """What each document has passages from, as far as its relations have a direction."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in relations:
        if one.direction in ("a-from-b", "b-from-a"):
            parent, child = _ends(one)
            found[child].append(parent)
    return found


def _kinship(
    relation: Relation,
    home: Mapping[str, Family],
    borrowed: Mapping[str, Sequence[str]],
    above: Mapping[str, str],
) -> Kinship:
    """The nearest common ancestor of the two documents of a relation."""
    if relation.direction in ("a-from-b", "b-from-a"):
        return Kinship(relation, _ends(relation)[0], lost=False)
    if not _in_one_family(relation, home):
        common = sorted({relation.a, *borrowed.get(relation.a, ())} & {relation.b, *borrowed.get(relation.b, ())})
        if common:
            return Kinship(relation, common[0], lost=False)
        return Kinship(relation, row_id("o", relation.a, relation.b), lost=True)
    family = home[relation.a]
    line = _upwards(relation.a, above)
    ancestor = next((id for id in _upwards(relation.b, above) if id in line), family.origin)
    return Kinship(relation, ancestor, lost=family.lost is not None and ancestor == family.lost.id)


def _upwards(document: str, above: Mapping[str, str]) -> list[str]:
    found = [document]
    while found[-1] in above:
        found.append(above[found[-1]])
    return found


def _stray(kinship: Kinship, by_id: Mapping[str, Witness]) -> Lost:
    one = kinship.relation
    credited = _common_credit((by_id[one.a], by_id[one.b]))
    return Lost(kinship.ancestor, credited, f"Two articles share passages of it. {one.reason}")


def _of_document(witness: Witness, home: Mapping[str, Family], own: Sequence[Kinship]) -> list[Share]:
    """What of a document comes from which origin; most of it comes from the first."""
    family = home.get(witness.id)
    elsewhere: dict[str, list[Stretch]] = defaultdict(list)
    if family is None or family.origin == witness.id:
        main = witness.id
    else:
        main = family.origin
        added = _added(witness, family, own)
        if added:
            elsewhere[witness.id] += added
    for one in own:
        if _in_one_family(one.relation, home):
            continue
        source = _source(one, witness.id, home)
        if source not in (main, witness.id):
            elsewhere[source] += _passages_of(one.relation, witness.id)
    rest = [(0, len(witness.text))]
    shares = []
    for origin in sorted(elsewhere):
        spans = [span for stretch in _merged(elsewhere[origin]) for span in _within(stretch, rest)]
        if not spans:
            continue
        shares.append(Share(witness.id, origin, tuple(spans)))
        rest = _without(rest, spans)
    return [Share(witness.id, main, tuple(rest)), *shares]


def _source(one: Kinship, document: str, home: Mapping[str, Family]) -> str:
    """The origin of what a document shares with one of another family."""
    relation = one.relation
    other = relation.b if document == relation.a else relation.a
    from_other: Direction = "a-from-b" if document == relation.a else "b-from-a"
    if relation.direction == from_other:
        family = home.get(other)
        return family.origin if family else other
    if relation.direction in ("a-from-b", "b-from-a"):
        return document
    return one.ancestor


def _passages_of(relation: Relation, document: str) -> list[Stretch]:
    return [passage.a if document == relation.a else passage.b for passage in relation.passages]


def _added(witness: Witness, family: Family, own: Sequence[Kinship]) -> list[Stretch]:
    """What a copy has beyond its family, where that is a report of its own rather than what others cut off.

    Below a lost ancestor, what a document has after the last passage that the others have is likely the ancestor's.
    """
    members = set(family.documents)
    shared = _merged(
        stretch
        for one in own
        if {one.relation.a, one.relation.b} <= members
        for stretch in _passages_of(one.relation, witness.id)
    )
    if not shared:
        return []
    end = shared[-1][1] if family.lost else len(witness.text)
    added = _without([(0, end)], shared)
    kept = [(start, stop) for start, stop in added if len(witness.text[start:stop].strip()) >= ADDED]
    return kept


def _within(stretch: Stretch, free: Sequence[Stretch]) -> list[Stretch]:
    """What of a stretch is still without an origin."""
    found = ((max(stretch[0], start), min(stretch[1], end)) for start, end in free)
    return [(start, end) for start, end in found if start < end]


def _merged(spans: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without(spans: Sequence[Stretch], holes: Sequence[Stretch]) -> list[Stretch]:
    found = list(spans)
    for hole in holes:
        found = [
            (start, end)
            for span in found
            for start, end in ((span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1]))
            if start < end
        ]
    return found
