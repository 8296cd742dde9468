"""A family of documents as a drawing: who descends from whom, from left to right, one column for each generation.

Nothing here knows of pages: a drawing is boxes, arrows and words with their places, in CSS pixels. The template
``family_graph.html`` writes it as SVG. The same family gives the same drawing.

Columns are the longest ways from a root; the order within a column is the mean of the neighbours' places, swept to and
fro (Sugiyama, Tagawa and Toda 1981), and an arrow over several columns keeps a lane of its own in each of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from variorum.publishing.dates import edtf_words

if TYPE_CHECKING:
    from variorum.edition.copies import Edge, Family, LostAncestor, Paper

MOST = 40
"""Documents of a family that are drawn."""

WIDTH, HEIGHT = 180, 46
"""Size of a box."""

GAP = 116
"""Room between two columns; the arrows turn in it, and the word for each stands before its head."""

BETWEEN = 14
"""Room between two boxes of a column."""

LANE = 18
"""Room that an arrow takes in a column that it passes."""

MARGIN = 6
"""Room around the whole."""

_STRAIGHT = 72
"""The last stretch of an arrow, over which its word stands."""

_HEAD = 8
"""Length of the head of an arrow."""

_PORT = 15
"""Room between the heads of arrows that lead to one box."""

_LETTERS = 20
"""Letters that fit into a line of a box; a wide one counts as two."""

_SWEEPS = 4

KINDS: Mapping[str, str] = {
    "reprint": "a reprint of",
    "excerpt": "an excerpt from",
    "revision": "a revision of",
    "rewrite": "a rewrite of",
}
"""How a document descends, in words."""

_Key = tuple[str, int, int]
"""A box (its id, -1 and its column), or the lane of an arrow in a column (empty, its number, the column)."""


def descent(kind: str) -> str:
    """Return how a document descends, in words that its ancestor follows: "a reprint of"."""
    return KINDS.get(kind, f"{kind} of")


@dataclass(frozen=True, slots=True)
class Node:
    """One box."""

    id: str
    """Id of the document or of the lost ancestor."""
    number: int
    """What the drawing, its words and the table call it, from 1; lost ancestors come last."""
    lost: bool
    """Whether it is an ancestor that the edition does not hold."""
    x: float
    """Left edge."""
    y: float
    """Upper edge."""
    lines: tuple[str, str]
    """What stands in it, cut to its width."""
    told: str
    """The same in full."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from an ancestor to what descends from it."""

    edge: Edge
    """What it shows."""
    path: str
    """Its line, as SVG path data."""
    head: str
    """Its head, as the points of an SVG polygon."""
    x: float
    """Middle of the word that stands over it."""
    y: float
    """Foot of that word."""
    told: str
    """What it says, in words."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A family as it is drawn."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    """Boxes: documents in the order of the family, then lost ancestors."""
    arrows: tuple[Arrow, ...]
    """Arrows, in the order of what they lead to."""
    left_out: int
    """How many documents of the family are not drawn."""
    words: tuple[str, ...]
    """The drawing in words, a sentence for each box."""
    box: tuple[int, int] = (WIDTH, HEIGHT)
    """Width and height of a box."""


def drawn(family: Family) -> Drawing:
    """Return the drawing of a family; of a large one the first :data:`MOST` documents."""
    papers = family.documents[:MOST]
    edges = _edges(family, {paper.id for paper in papers})
    named = {id for edge in edges for id in (edge.parent, edge.child)}
    lost = [ancestor for ancestor in family.lost if ancestor.id in named]
    ids = [*(paper.id for paper in papers), *(ancestor.id for ancestor in lost)]
    numbers = {id: i + 1 for i, id in enumerate(ids)}
    edges.sort(key=lambda edge: (numbers[edge.child], numbers[edge.parent], edge.kind))

    columns = generations(ids, [(edge.parent, edge.child) for edge in edges])
    plan = _Plan(edges, columns, _arranged(ids, edges, columns))
    nodes = [plan.box(paper.id, numbers[paper.id], *_named(paper)) for paper in papers]
    nodes += [plan.box(ancestor.id, numbers[ancestor.id], *_named_lost(ancestor), lost=True) for ancestor in lost]
    names = {node.id: f"{node.told} ({node.number})" for node in nodes}
    return Drawing(
        width=(max(columns.values(), default=0)) * (WIDTH + GAP) + WIDTH + 2 * MARGIN,
        height=round(max((place + _size(key) / 2 for key, place in plan.heights.items()), default=0) + MARGIN, 1),
        nodes=tuple(nodes),
        arrows=tuple(plan.arrows({node.id: node for node in nodes}, names)),
        left_out=len(family.documents) - len(papers),
        words=tuple(_sentence(node, edges, names) for node in nodes),
    )


def generations(ids: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return for each id how many steps it is from a root at most.

    ``edges`` lead from parent to child. Where they run in a circle, one step of it is passed over.
    """
    parents: dict[str, set[str]] = {id: set() for id in ids}
    for parent, child in edges:
        if parent != child:
            parents[child].add(parent)
    found: dict[str, int] = {}
    left = list(ids)
    while left:
        ready = [id for id in left if parents[id] <= found.keys()] or [_in_circle(left, parents, found)]
        for id in ready:
            found[id] = 1 + max((found[parent] for parent in parents[id] if parent in found), default=-1)
        left = [id for id in left if id not in found]
    return found


def _in_circle(left: Sequence[str], parents: Mapping[str, set[str]], found: Mapping[str, int]) -> str:
    """Return an id of a circle: the one that is come by twice on the way up from the first of ``left``."""
    at, passed = left[0], set[str]()
    while at not in passed:
        passed.add(at)
        at = min(parents[at] - found.keys())
    return at


def _edges(family: Family, kept: set[str]) -> list[Edge]:
    """Return the edges among documents that are drawn, and from the lost ancestors that lead to one of them."""
    lost = {ancestor.id for ancestor in family.lost}
    known = set(kept)
    while more := {e.parent for e in family.edges if e.child in known and e.parent in lost} - known:
        known |= more
    return [e for e in family.edges if e.parent in known and e.child in known and e.parent != e.child]


# --- places -----------------------------------------------------------------------------------------------------------


def _passed(number: int, edge: Edge, columns: Mapping[str, int]) -> list[_Key]:
    """Return what an arrow passes: its first box, its lane in each column between, its last box."""
    first, last = columns[edge.parent], columns[edge.child]
    between = [("", number, column) for column in range(first + 1, last)]
    return [(edge.parent, -1, first), *between, (edge.child, -1, last)]


def _arranged(ids: Sequence[str], edges: Sequence[Edge], columns: Mapping[str, int]) -> dict[_Key, float]:
    """Return how far down the middle of every box and lane is."""
    layers: list[list[_Key]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for id in ids:
        layers[columns[id]].append((id, -1, columns[id]))
    before: dict[_Key, list[_Key]] = {}
    after: dict[_Key, list[_Key]] = {}
    for number, edge in enumerate(edges):
        passed = _passed(number, edge, columns)
        for lane in passed[1:-1]:
            layers[lane[2]].append(lane)
        for one, other in pairwise(passed):
            if one[2] < other[2]:
                before.setdefault(other, []).append(one)
                after.setdefault(one, []).append(other)

    places: dict[_Key, float] = {}
    for layer in layers:
        places.update(_stacked(layer, [0.0] * len(layer)))
    for sweep in range(_SWEEPS):
        near = after if sweep % 2 else before
        for layer in reversed(layers) if sweep % 2 else layers:
            wishes = {key: _mean([places[other] for other in near.get(key, ())], places[key]) for key in layer}
            layer.sort(key=wishes.__getitem__)
            places.update(_stacked(layer, [wishes[key] for key in layer]))
    top = min((place - _size(key) / 2 for key, place in places.items()), default=0.0)
    return {key: round(place - top + MARGIN, 1) for key, place in places.items()}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _size(key: _Key) -> float:
    return HEIGHT if key[0] else LANE


def _stacked(layer: Sequence[_Key], wishes: Sequence[float]) -> dict[_Key, float]:
    """Return places for a column in its order, as near to what each wishes as the room allows."""
    found: list[float] = []
    for i, key in enumerate(layer):
        least = found[-1] + (_size(layer[i - 1]) + _size(key)) / 2 + BETWEEN if found else wishes[i]
        found.append(max(wishes[i], least))
    shift = sum(w - f for w, f in zip(wishes, found, strict=True)) / len(found) if found else 0.0
    return {key: place + shift for key, place in zip(layer, found, strict=True)}


def _left(column: int) -> float:
    return MARGIN + column * (WIDTH + GAP)


# --- boxes and arrows -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands."""

    edges: Sequence[Edge]
    columns: Mapping[str, int]
    heights: Mapping[_Key, float]

    def box(self, id: str, number: int, lines: tuple[str, str], told: str, lost: bool = False) -> Node:
        column = self.columns[id]
        y = self.heights[id, -1, column] - HEIGHT / 2
        return Node(id, number, lost, _left(column), round(y, 1), lines, told)

    def arrows(self, nodes: Mapping[str, Node], names: Mapping[str, str]) -> Iterator[Arrow]:
        ports = self._ports()
        for number, edge in enumerate(self.edges):
            start, end = nodes[edge.parent], nodes[edge.child]
            x, y = start.x + WIDTH, start.y + HEIGHT / 2
            path = [f"M{_n(x)} {_n(y)}"]
            for lane in _passed(number, edge, self.columns)[1:-1]:
                left, level = _left(lane[2]), self.heights[lane]
                path.append(f"{_curve(x, y, left - _STRAIGHT, level)}H{_n(left + WIDTH)}")
                x, y = left + WIDTH, level
            tip, level = end.x - 1, end.y + HEIGHT / 2 + ports[number]
            neck = tip - _HEAD
            path.append(f"{_curve(x, y, tip - _STRAIGHT, level)}H{_n(neck)}")
            head = f"{_n(tip)},{_n(level)} {_n(neck)},{_n(level - 4)} {_n(neck)},{_n(level + 4)}"
            told = f"{names[edge.child]} is {descent(edge.kind)} {names[edge.parent]}: {edge.reason}"
            yield Arrow(edge, "".join(path), head, round(neck - (_STRAIGHT - _HEAD) / 2, 1), round(level - 4, 1), told)

    def _ports(self) -> dict[int, float]:
        """Return how far from the middle of its box each arrow ends: heads keep the order in which the lines come."""
        arriving: dict[str, list[int]] = {}
        for number, edge in enumerate(self.edges):
            arriving.setdefault(edge.child, []).append(number)
        found: dict[int, float] = {}
        for some in arriving.values():
            room = min(_PORT, (HEIGHT - 8) / max(1, len(some) - 1))
            some.sort(key=lambda number: (self.heights[_passed(number, self.edges[number], self.columns)[-2]], number))
            for place, number in enumerate(some):
                found[number] = (place - (len(some) - 1) / 2) * room
        return found


def _named(paper: Paper) -> tuple[tuple[str, str], str]:
    """Return what stands in the box of a document, and the same in full."""
    title, date = paper.title or paper.path, edtf_words(paper.date).text
    told = ", ".join([*([paper.outlet] if paper.outlet else []), f"“{title}”", date])
    return (cut_wide(paper.outlet or title, _LETTERS), cut_wide(date, _LETTERS)), told


def _named_lost(ancestor: LostAncestor) -> tuple[tuple[str, str], str]:
    first, _, second = ancestor.name.partition(", ")
    return (cut_wide(first, _LETTERS), cut_wide(second or "not in this edition", _LETTERS)), ancestor.name


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = (x + to_x) / 2 if to_x > x else x + GAP
    back = (x + to_x) / 2 if to_x > x else to_x - GAP
    return f"C{_n(bend)} {_n(y)} {_n(back)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# --- words ------------------------------------------------------------------------------------------------------------


def _sentence(node: Node, edges: Sequence[Edge], names: Mapping[str, str]) -> str:
    """Return what the drawing says of one box."""
    above = [edge for edge in edges if edge.child == node.id]
    begin = f"{node.number}. {node.told}"
    if not above:
        return f"{begin}: no ancestor is known."
    descends = "; ".join(f"{descent(edge.kind)} {names[edge.parent]}" for edge in above)
    return f"{begin}: {descends}."


def cut_wide(text: str, letters: int) -> str:
    """Return ``text`` in one line that is at most ``letters`` wide, where East Asian letters count as two."""
    line = " ".join(text.split())
    widths = [2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line]
    if sum(widths) <= letters:
        return line
    kept, room = 0, letters - 1
    while kept < len(widths) and room >= widths[kept]:
        room -= widths[kept]
        kept += 1
    return line[:kept].rstrip() + "…"
