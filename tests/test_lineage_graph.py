"""The drawing of a family: layers, lost ancestors, arrows with their kinds, and the same in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from variorum.edition.copies import Edge, Family, LostAncestor, Paper
from variorum.publishing.collating import family as family_view
from variorum.publishing.collating import lineage
from variorum.publishing.lineage_graph import HEIGHT, MOST, WIDTH, Drawing, Node, cut_wide, drawn, generations
from variorum.publishing.links import Place, ServerLinks
from variorum.publishing.rendering import render

HOSTILE = "<script>alert(1)</script>\"'&"
KINDS = ("reprint", "excerpt", "revision", "rewrite")


def paper(id: str, outlet: str | None = "The Herald", date: str | None = "3 March 2021") -> Paper:
    return Paper(id, f"Ferry talks fail, {id}", outlet, date, f"{id}.txt")


def edge(parent: str, child: str, kind: str = "reprint") -> Edge:
    return Edge(parent, child, kind, 0.9, "they share nearly all words", f"r-{parent}-{child}")


def harbour() -> Family:
    """A lost wire story with two descendants, one of which was cut again."""
    papers = tuple(paper(id, outlet) for id, outlet in (("a", "The Herald"), ("b", None), ("c", "Port Radio")))
    lost = LostAncestor("l", "lost original, credited to AFP", "both credit AFP and neither has all words")
    edges = (edge("l", "a", "rewrite"), edge("l", "b"), edge("a", "c", "excerpt"))
    return Family("o", papers, (lost,), edges, 1, "one account")


class Links(ServerLinks):
    """The server's, with the rooms of collation."""

    def to(self, place: Place) -> str | None:
        folder = {"family": "families", "relation": "copies"}.get(place.room)
        fragment = f"#{place.fragment}" if place.fragment else ""
        return f"/{folder}/{place.id}{fragment}" if folder and not place.suffix else super().to(place)


def nodes_of(drawing: Drawing) -> Mapping[str, Node]:
    return {node.id: node for node in drawing.nodes}


def test_what_descends_stands_to_the_right_of_its_ancestor() -> None:
    nodes = nodes_of(drawn(harbour()))
    assert nodes["l"].x < nodes["a"].x < nodes["c"].x
    assert nodes["a"].x == nodes["b"].x


def test_an_arrow_leads_from_the_ancestor_to_the_descendant() -> None:
    drawing = drawn(harbour())
    nodes = nodes_of(drawing)
    for arrow in drawing.arrows:
        start = [float(n) for n in re.findall(r"-?[\d.]+", arrow.path)[:2]]
        tip = [float(n) for n in arrow.head.split(" ")[0].split(",")]
        parent, child = nodes[arrow.edge.parent], nodes[arrow.edge.child]
        assert start == [parent.x + WIDTH, parent.y + HEIGHT / 2]
        assert tip[0] == child.x - 1
        assert child.y < tip[1] < child.y + HEIGHT


def test_the_words_tell_every_box_and_every_arrow() -> None:
    words = drawn(harbour()).words
    assert words == (
        "1. The Herald, “Ferry talks fail, a”, 3 March 2021: a rewrite of lost original, credited to AFP (4).",
        "2. “Ferry talks fail, b”, 3 March 2021: a reprint of lost original, credited to AFP (4).",
        "3. Port Radio, “Ferry talks fail, c”, 3 March 2021: "
        "an excerpt from The Herald, “Ferry talks fail, a”, 3 March 2021 (1).",
        "4. lost original, credited to AFP: no ancestor is known.",
    )


def test_a_large_family_is_drawn_in_part_and_says_so() -> None:
    papers = tuple(paper(f"p{n:03}") for n in range(MOST + 5))
    edges = tuple(edge("p000", other.id) for other in papers[1:])
    drawing = drawn(Family("o", papers, (), edges, 1, ""))
    assert [node.id for node in drawing.nodes] == [p.id for p in papers[:MOST]]
    assert drawing.left_out == 5
    page = render(family_view(Family("o", papers, (), edges, 1, "")), Links(), "harbour")
    assert f"Only the first {MOST} documents are drawn; 5 more are in the table" in page
    assert papers[-1].title in page
    whole = render(family_view(harbour()), Links(), "harbour")
    assert "Only the first" not in whole


def test_a_lost_ancestor_of_nothing_that_is_drawn_is_not_drawn() -> None:
    papers = tuple(paper(f"p{n:03}") for n in range(MOST + 1))
    lost = tuple(LostAncestor(id, "lost original", "") for id in ("l1", "l2"))
    edges = (edge("l1", "p000"), edge("l2", papers[-1].id))
    drawing = drawn(Family("o", papers, lost, edges, 1, ""))
    assert [node.id for node in drawing.nodes if node.lost] == ["l1"]


def test_generations_are_the_longest_ways_and_a_circle_ends() -> None:
    assert generations("abcd", [("a", "b"), ("b", "c"), ("a", "c")]) == {"a": 0, "b": 1, "c": 2, "d": 0}
    circle = generations("xabc", [("a", "b"), ("b", "c"), ("c", "a"), ("c", "x")])
    assert set(circle) == set("xabc")
    assert circle["x"] == circle["c"] + 1


def levels_of(path: str) -> list[float]:
    """The heights of all points of a path."""
    commands = re.findall(r"([MC])([^MCH]+)", path)
    return [float(y) for _, points in commands for y in points.split()[1::2]]


@st.composite
def families(draw: st.DrawFn) -> Family:
    count = draw(st.integers(1, 14))
    papers = tuple(paper(f"p{n}") for n in range(count))
    lost = tuple(LostAncestor(f"l{n}", "lost original", "") for n in range(draw(st.integers(0, 2))))
    ids = [*(one.id for one in lost), *(one.id for one in papers)]
    pairs = draw(st.lists(st.sampled_from(list(combinations(ids, 2))), unique=True, max_size=25)) if ids[1:] else []
    edges = tuple(edge(one, two, draw(st.sampled_from(KINDS))) for one, two in pairs if not two.startswith("l"))
    return Family("o", papers, lost, edges, 1, "")


@given(families())
def test_boxes_never_overlap_and_stay_within_the_drawing(family: Family) -> None:
    drawing = drawn(family)
    for one, other in combinations(drawing.nodes, 2):
        apart = abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
        assert apart, (one, other)
    for node in drawing.nodes:
        assert 0 <= node.x <= drawing.width - WIDTH
        assert 0 <= node.y <= drawing.height - HEIGHT
    for arrow in drawing.arrows:
        nodes = nodes_of(drawing)
        assert nodes[arrow.edge.parent].x < nodes[arrow.edge.child].x
        assert all(0 <= level <= drawing.height for level in levels_of(arrow.path))


@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_the_edges_changes_nothing(family: Family, random: object) -> None:
    edges = list(family.edges)
    random.shuffle(edges)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffled = Family(family.id, family.documents, family.lost, tuple(edges), family.origins, family.reason)
    assert drawn(shuffled) == drawn(family)


def test_the_heads_of_arrows_to_one_box_are_apart() -> None:
    papers = tuple(paper(id) for id in "abcd")
    drawing = drawn(Family("o", papers, (), (edge("a", "d"), edge("b", "d"), edge("c", "d")), 3, ""))
    heads = sorted(float(arrow.head.split(" ")[0].split(",")[1]) for arrow in drawing.arrows)
    assert all(two - one >= 8 for one, two in pairwise(heads))


def test_long_names_are_cut_to_the_width_of_a_box() -> None:
    assert cut_wide("The Herald", 10) == "The Herald"
    assert cut_wide("The  Heralds", 10) == "The Heral…"
    assert cut_wide("港口时报港口时报", 9) == "港口时报…"


def test_the_kind_of_an_arrow_is_a_word_and_a_line_of_its_own() -> None:
    page = render(lineage([harbour()], 1, 3), Links(), "harbour")
    for kind in ("reprint", "excerpt", "rewrite"):
        assert f'<g class="arrow {kind}">' in page
        assert f'text-anchor="middle">{kind}</text>' in page
    assert '<g class="node lost"' in page
    assert "3 documents" in page and "1 origin" in page


def test_names_from_outside_never_become_mark_up() -> None:
    hostile = Paper("a", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    lost = LostAncestor("l", HOSTILE, HOSTILE)
    family = Family("o", (hostile,), (lost,), (Edge("l", "a", HOSTILE, 0.5, HOSTILE, None),), 1, HOSTILE)
    for view in (lineage([family], 1, 1), family_view(family)):
        page = render(view, Links(), "harbour")
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_an_edition_without_families_says_so() -> None:
    page = render(lineage([], 0, 0), Links(), "harbour")
    assert "No two documents of this edition descend from one another." in page
