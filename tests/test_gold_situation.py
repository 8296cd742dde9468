"""The gold of the situation is sound, and what is scored against it and by hand is scored rightly."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from variorum.language.annotation import Modality
from variorum.situation.offices import Status
from variorum.situation.stances import Stance

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "benchmarks" / "gold" / "situation"
sys.path.insert(0, str(ROOT / "benchmarks"))

import judging  # noqa: E402
import situation  # noqa: E402


@pytest.mark.parametrize("path", sorted(GOLD.glob("*_*.json")), ids=lambda path: path.stem)
def test_annotations_have_places_and_known_values_and_no_text(path: Path) -> None:
    for article in json.loads(path.read_text(encoding="utf-8")):
        assert set(article) == {"id", "sha256", "lines"}
        assert len(article["sha256"]) == 64
        for line in article["lines"]:
            start, end = line["span"]
            assert 0 <= start < end
            assert line["kind"] in situation.KINDS
            assert line.get("stance", "neutral") in get_args(Stance)
            assert line.get("status", "holds") in get_args(Status)
            assert line.get("modality", "asserted") in get_args(Modality)
            if line["kind"] == "event":
                assert start <= line["trigger"][0] < line["trigger"][1] <= end
            assert max(len(str(value)) for value in line.values()) <= 120


def test_judgements_have_places_and_known_values_and_no_text() -> None:
    rows = json.loads((GOLD / "judged.json").read_text(encoding="utf-8"))
    assert {row["round"] for row in rows} == {1, 2, 3, 4}
    for row in rows:
        assert row["kind"] in judging.KINDS
        assert row["right"] in ("yes", "partly", "no")
        assert all(0 <= start < end for start, end in row["spans"])
        assert set(row["facts"]) <= {"actor", "stance", "target", "status", "type", "subtype", "tone", "modality"}


@pytest.mark.parametrize(
    ("names", "gold", "same"),
    [
        (["Rex Tillerson"], "Tillerson", True),
        (["Russia", "Moscow"], "Moscow", True),
        (["Mike Pence"], "Mike Pompeo", False),
        ([], "Mike Pence", False),
    ],
)
def test_who_is_meant(names: list[str], gold: str, same: bool) -> None:
    assert situation.is_called(gold, names) is same


def told(**changes: Any) -> Any:
    names = {"a": ["Rex Tillerson"], "b": ["Russia"]}
    return SimpleNamespace(names=names, posts={"i": "secretary of state"}, **changes)


def test_a_stance_is_found_strictly_by_grade_and_loosely_by_side() -> None:
    row = {"actor": "a", "stance": "supports", "target": None, "issue": "peace in Syria", "modality": "demanded"}
    gold = {"actor": "Tillerson", "stance": "supports", "target": None, "issue": "bring peace", "modality": "demanded"}
    stance = situation.Told._stance
    assert stance(told(), row, gold) == "strictly"
    assert stance(told(), row, {**gold, "stance": "recognises"}) == "found"
    assert stance(told(), row, {**gold, "stance": "opposes"}) == "missed"
    assert stance(told(), {**row, "modality": "denied"}, gold) == "missed"
    assert stance(told(), row, {**gold, "issue": "sanctions"}) == "missed"


def test_a_post_is_found_by_its_noun() -> None:
    row = {"actor": "a", "office": "i", "status": "holds"}
    gold = {"actor": "Rex Tillerson", "office": "Secretary of State", "status": "holds"}
    post = situation.Told._occupancy
    assert post(told(), row, gold) == "strictly"
    assert post(told(), row, {**gold, "status": "former"}) == "found"
    assert post(told(), row, {**gold, "office": "mayor"}) == "missed"


TOPIC: Any = SimpleNamespace(people_near=lambda row, persons: ["Somebody Else"])
ROWS = [
    {"kind": "stance", "facts": {"actor": "A", "stance": "supports", "target": "B", "issue": None}},
    {"kind": "occupancy", "facts": {"actor": "A", "office": "mayor", "status": "holds"}},
    {"kind": "event", "facts": {"type": "AID", "subtype": "aid", "actors": ["A"], "recipients": ["B"]}},
    {"kind": "label", "facts": {"names": "A", "label": "the rogue", "tone": "loaded"}},
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kind"])
def test_a_decoy_differs_from_its_row(row: dict[str, Any]) -> None:
    for seed in range(20):
        made = judging.decoy(row, TOPIC, [], random.Random(seed))
        assert made is not None
        assert made["facts"] != row["facts"]
        assert made["kind"] == row["kind"]


def test_a_conflict_gets_the_side_of_another() -> None:
    one, two = (
        {"kind": "conflict", "id": id, "spans": [[0, 1], [2, 3]], "at": [1, 2], "facts": {"sides": [id, f"not {id}"]}}
        for id in ("x", "y")
    )
    made = judging.decoy(one, TOPIC, [one, two], random.Random(0))
    assert made is not None
    assert made["facts"]["sides"] == ["x", "not y"]
    assert judging.decoy(one, TOPIC, [one], random.Random(0)) is None


def test_precision_counts_rows_and_decoys_apart() -> None:
    key = [{"n": n, "kind": "stance", "decoy": n > 3} for n in range(1, 7)]
    said = dict(enumerate(["yes", "yes", "partly", "no", "no", "yes"], 1))
    rows = judging.scored(key, [{"n": n, "right": right} for n, right in said.items()])
    found = judging.figures(rows)
    assert found["stance, right"] == 66.7
    assert found["stance, right or partly"] == 100.0
    assert found["stance, decoys seen through"] == 66.7


def test_wilson() -> None:
    assert judging.wilson(8, 10) == (49.0, 94.3)
    assert judging.wilson(0, 0) == (0.0, 100.0)
