"""The form of what was judged by hand about copies on real news."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from variorum.collation.findings import SEVERITIES, RelationKind, VariantKind

GOLD = Path(__file__).parents[1] / "benchmarks" / "gold"
LONGEST = 100
"""Code points of a remark; texts of others don't belong into these files."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def story(id: str) -> str:
    return id.split("-")[0]


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, Any]]:
    return rows("copies.jsonl")


@pytest.fixture(scope="module")
def alterations() -> list[dict[str, Any]]:
    return rows("alterations.jsonl")


def test_each_pair_within_a_story_is_judged_once(pairs: list[dict[str, Any]]) -> None:
    ids = sorted({id for row in pairs for id in (row["a"], row["b"])})
    assert Counter(map(story, ids)) == {"g0": 6, "g1": 12, "g2": 31, "g3": 15}
    wanted = {(a, b) for a, b in combinations(ids, 2) if story(a) == story(b)}
    assert Counter((row["a"], row["b"]) for row in pairs) == dict.fromkeys(wanted, 1)


def test_related_pairs_alone_have_a_kind_and_may_have_a_direction(pairs: list[dict[str, Any]]) -> None:
    for row in pairs:
        assert list(row) == ["a", "b", "band", "related", "kind", "direction", "why"]
        assert row["band"] in {".8", ".3", ".05", "0"}
        assert row["kind"] in get_args(RelationKind) if row["related"] else row["kind"] is None
        assert row["direction"] in ({"a-from-b", "b-from-a", "siblings", None} if row["related"] else {None})
        assert 0 < len(row["why"]) <= LONGEST


def test_nothing_descends_from_two_that_descend_from_each_other(pairs: list[dict[str, Any]]) -> None:
    parents: dict[str, set[str]] = {}
    for row in pairs:
        if "from" in (row["direction"] or ""):
            child, parent = (row["a"], row["b"]) if row["direction"] == "a-from-b" else (row["b"], row["a"])
            parents.setdefault(child, set()).add(parent)
    assert parents
    for child, found in parents.items():
        assert all(child not in parents.get(parent, set()) for parent in found)


def test_alterations_are_of_related_pairs(pairs: list[dict[str, Any]], alterations: list[dict[str, Any]]) -> None:
    related = {(row["a"], row["b"]) for row in pairs if row["related"]}
    assert {(row["a"], row["b"]) for row in alterations} <= related
    assert sum(row["severity"] != "low" for row in alterations) >= 25


def test_alterations_have_spans_of_the_right_sides(alterations: list[dict[str, Any]]) -> None:
    for row in alterations:
        assert list(row) == ["a", "b", "a_span", "b_span", "kind", "severity", "why"]
        assert row["kind"] in get_args(VariantKind)
        assert row["severity"] in SEVERITIES
        assert 0 < len(row["why"]) <= LONGEST
        spans = [row["a_span"], row["b_span"]]
        assert all(span is None or 0 <= span[0] < span[1] for span in spans)
        assert spans != [None, None]
        if row["kind"] in {"omission", "addition"} and None in spans:
            assert spans.index(None) == (row["kind"] == "omission")


def test_no_alteration_is_listed_twice(alterations: list[dict[str, Any]]) -> None:
    listed = Counter((row["a"], row["b"], str(row["a_span"]), str(row["b_span"])) for row in alterations)
    assert set(listed.values()) == {1}
