"""Exports keep to their schemas and are the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from variorum.build import build
from variorum.edition.reading import Edition
from variorum.publishing.exports import COLUMNS, TABLES, cells, export

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"


def validator(name: str) -> Draft202012Validator:
    schemas: dict[str, Any] = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (key, Resource.from_contents(schema)) for key, schema in schemas.items()
    )
    Draft202012Validator.check_schema(schemas[f"{name}.json"])
    return Draft202012Validator(
        schemas[f"{name}.json"], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from importlib.resources import as_file

    from variorum.examples import corpus

    folder = tmp_path_factory.mktemp("exports")
    (folder / "unreadable.json").write_text("{")
    with as_file(corpus()) as example:
        build([example, folder / "unreadable.json"], folder / "x.edition")
    return folder / "x.edition"


@pytest.mark.parametrize("table", TABLES)
def test_every_row_keeps_to_its_schema(edition: Path, table: str) -> None:
    check = validator(table)
    with Edition.open(edition) as opened:
        rows = list(TABLES[table](opened))
    assert rows
    for row in rows:
        check.validate(row)
        assert list(cells(row)) and set(cells(row)) == set(COLUMNS[table])


def test_exact_words_are_those_at_the_offsets(edition: Path) -> None:
    with Edition.open(edition) as opened:
        for row in TABLES["documents"](opened):
            for span in (*row["zones"], *row["repairs"]):
                assert row["text"][span["start"] : span["end"]] == span["exact"]


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_two_exports_are_the_same_byte_for_byte(edition: Path, tmp_path: Path, format: str) -> None:
    with Edition.open(edition) as opened:
        export(opened, tmp_path / "a", format)
        export(opened, tmp_path / "b", format)
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert names == sorted(f"{table}.{format}" for table in TABLES)
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_decisions_file_has_a_schema() -> None:
    check = validator("decision")
    check.validate({"decision": "outlet", "document": "a.txt", "value": "Post"})
    assert not check.is_valid({"decision": "marry"})
