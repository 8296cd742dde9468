"""Exports of events, labels, claims, conflicts and omissions keep to their schemas and lead to the words."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from test_accounts_pages import (
    BROTHER,
    CALM,
    DEAD,
    DOCUMENTS,
    FIVE,
    GAZETTE,
    HERALD,
    LOOSE,
    MARSH,
    MIRROR,
    RECOGNISE,
    STRIKE,
    TWO,
    VARGA,
    WOULD,
    strike_edition,
)
from test_exports import validator
from variorum.edition.reading import Edition
from variorum.publishing.exports import COLUMNS, TABLES, cells, export
from variorum.records import CONTEXT, row_id

OWN = ("events", "labels", "claims", "conflicts", "omissions")
TEXTS = {told.id: told.text for told in DOCUMENTS}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    with Edition.open(strike_edition(tmp_path_factory.mktemp("exports") / "strike.edition")) as opened:
        return {name: [dict(row) for row in TABLES[name](opened)] for name in OWN}


@pytest.mark.parametrize("table", OWN)
def test_every_row_keeps_to_its_schema_and_to_the_columns(rows: dict[str, list[dict[str, Any]]], table: str) -> None:
    check = validator(table)
    assert rows[table]
    for row in rows[table]:
        check.validate(row)
        assert set(cells(row)) == set(COLUMNS[table])
        assert all(not isinstance(cell, list | dict) for cell in cells(row).values())
    assert len({row["id"] for row in rows[table]}) == len(rows[table])


@pytest.mark.parametrize("table", OWN)
def test_a_row_that_lacks_a_field_or_has_another_is_refused(rows: dict[str, list[dict[str, Any]]], table: str) -> None:
    check = validator(table)
    row = rows[table][0]
    for name in row:
        assert not check.is_valid({key: value for key, value in row.items() if key != name}), name
    assert not check.is_valid({**row, "verdict": "true"})


def evidence(rows: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    found = [one for table in ("events", "claims") for row in rows[table] for one in row["evidence"]]
    return found + [one for row in rows["conflicts"] for side in row["sides"] for one in side["evidence"]]


def test_evidence_has_the_words_at_its_offsets_and_what_stands_around_them(
    rows: dict[str, list[dict[str, Any]]],
) -> None:
    found = evidence(rows)
    assert len(found) > 15
    for one in found:
        text, start, end = TEXTS[one["document"]], one["start"], one["end"]
        assert text[start:end] == one["exact"]
        assert text[max(0, start - CONTEXT) : start] == one["prefix"]
        assert text[end : end + CONTEXT] == one["suffix"]


def test_events_tell_who_whom_when_and_on_whose_word(rows: dict[str, list[dict[str, Any]]]) -> None:
    found = {row["id"]: row for row in rows["events"]}
    strike = found[STRIKE]
    assert (strike["actors"], strike["actor_names"], strike["type"]) == ([], ["ferry crews"], "PROTEST")
    assert strike["when"]["best"] == "2021-03-03" and strike["when"]["reliable"]
    assert strike["documents"] == sorted([HERALD.id, MIRROR.id, GAZETTE.id])
    assert strike["origins"] == sorted([HERALD.id, GAZETTE.id])
    recognise = found[RECOGNISE]
    assert (recognise["type"], recognise["recipients"]) == (None, [MARSH])
    assert (recognise["when"]["earliest"], recognise["when"]["latest"]) == (None, "2021-03-06")
    said = found[WOULD]["attributed_to"]
    assert said == [
        {"speakers": [{"actor": VARGA, "name": "Tom Varga"}], "cue": "said", "hedges": [], "negated": False}
    ]
    assert found[WOULD]["when"]["earliest"] is None and found[WOULD]["modality"] == "planned"
    assert cells(found[WOULD])["attributed_to"] == "Tom Varga said"


def test_labels_tell_whose_voice_it_is(rows: dict[str, list[dict[str, Any]]]) -> None:
    voices = {(row["label"], row["document"]): (row["voice"], row["voice_name"]) for row in rows["labels"]}
    assert voices["usurper", GAZETTE.id] == (VARGA, "Tom Varga")
    assert voices["Marsh", LOOSE.id] == (None, "a friend")
    assert voices["lawful harbour master", MIRROR.id] == ("outlet", None)
    event = next(row for row in rows["labels"] if row["label"] == "“strike”")
    assert event["actor"] is None
    for row in rows["labels"]:
        assert row["label"].casefold() in TEXTS[row["document"]][row["start"] : row["end"]].casefold()


def test_conflicts_have_their_sides_by_origins_and_omissions_their_carriers(
    rows: dict[str, list[dict[str, Any]]],
) -> None:
    dead = next(row for row in rows["conflicts"] if row["id"] == DEAD)
    assert [(side["value"], side["claims"], len(side["origins"])) for side in dead["sides"]] == [
        *(("two", [TWO], 2), ("five", [FIVE], 1)),
    ]
    assert cells(dead)["sides"] == "two; five"
    found = {(row["document"], row["claim"]): (row["carried_by"], row["parent"]) for row in rows["omissions"]}
    assert found[MIRROR.id, BROTHER] == ([HERALD.id], HERALD.id)
    assert found[LOOSE.id, CALM] == ([GAZETTE.id], row_id("o", "lost"))


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_two_exports_are_the_same_and_cells_tell_in_words(tmp_path: Path, format: str) -> None:
    path = strike_edition(tmp_path / "strike.edition")
    with Edition.open(path) as opened:
        export(opened, tmp_path / "a", format)
        export(opened, tmp_path / "b", format)
        for name in OWN:
            assert (tmp_path / "a" / f"{name}.{format}").read_bytes() == (
                tmp_path / "b" / f"{name}.{format}"
            ).read_bytes()
    text = (tmp_path / "a" / f"claims.{format}").read_text("utf-8")
    if format == "csv":
        found = list(csv.DictReader(text.splitlines()))
        assert list(found[0]) == list(COLUMNS["claims"])
        assert {row["arguments"] for row in found} == {"", "subj: Marsh", "subj: Tom Varga"}
    else:
        assert len([json.loads(line) for line in text.splitlines()]) == 5
