"""The situation of an edition: rows with evidence, the same however the edition is built."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from variorum.build import build
from variorum.edition.checking import check
from variorum.edition.reading import Edition
from variorum.examples import corpus

TABLES = ("offices", "occupancies", "events", "parts", "stances", "labels", "claims", "conflicts", "sides", "omissions")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.edition"
    build([corpus()], path)
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the situation, without the row numbers of documents, which depend on the order of files."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with Edition.open(path) as edition:
        for table in TABLES:
            columns = [c["name"] for c in edition.connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{c}"' for c in columns if c != "document")
            found[table] = sorted(map(tuple, edition.connection.execute(f"SELECT {kept} FROM {table}")), key=repr)
        found["evidence"] = sorted(
            map(
                tuple,
                edition.connection.execute(
                    """SELECT e.kind, e.row, e.place, d.id, e.start, e."end", e.origin FROM evidence e
                       JOIN documents d ON d.n = e.document"""
                ),
            ),
            key=repr,
        )
    return found


def test_every_row_is_proved(example: Path) -> None:
    with Edition.open(example) as edition:
        assert list(check(edition)) == []
        for table in ("occupancies", "events", "stances", "claims", "conflicts", "omissions"):
            assert edition.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table


def test_check_finds_what_is_broken(example: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.edition"
    shutil.copy(example, path)
    with Edition.open(example) as edition:
        stance = edition.connection.execute("SELECT id FROM stances ORDER BY id").fetchone()["id"]
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM evidence WHERE row = ?", [stance])
    connection.execute("UPDATE evidence SET \"end\" = 10000000 WHERE kind = 'event' AND place = 0")
    connection.execute("UPDATE stances SET actor = 'anobody' WHERE id = ?", [stance])
    connection.commit()
    connection.close()
    with Edition.open(path) as edition:
        found = {(f.check, f.subject) for f in check(edition)}
    assert ("situation", stance) in found
    assert ("situation", "anobody") in found
    assert len(found) > 2


def test_the_order_and_number_of_builds_do_not_matter(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    files = sorted(p for p in corpus().iterdir() if p.is_file())
    path = tmp_path / "grown.edition"
    for part in (files[8:], files[:8]):
        for file in part:
            shutil.copy(file, folder / file.name)
        build([folder], path)
    assert rows(path) == rows(example)
    extra = folder / "zz.txt"
    extra.write_text(
        "Estervale rejects Sigrun Hallamor.\n\nEstervale rejected Sigrun Hallamor on Monday.\n", encoding="utf-8"
    )
    build([folder], path)
    assert rows(path) != rows(example)
    extra.unlink()
    build([folder], path)
    assert rows(path) == rows(example)


def test_a_copy_is_no_witness(example: Path) -> None:
    with Edition.open(example) as edition:
        more = edition.connection.execute(
            """SELECT x.documents, json_array_length(x.origins) AS origins FROM
               (SELECT documents, origins FROM events UNION ALL SELECT documents, origins FROM claims
                UNION ALL SELECT documents, origins FROM stances) x"""
        ).fetchall()
    assert all(row["origins"] <= row["documents"] for row in more)
    assert any(row["origins"] < row["documents"] for row in more)


def test_conflicts_show_sides_with_evidence(example: Path) -> None:
    with Edition.open(example) as edition:
        questions = {row["question"]: row["id"] for row in edition.connection.execute("SELECT * FROM conflicts")}
        holder = next(id for question, id in questions.items() if question.startswith("Who is regent"))
        sides = edition.connection.execute("SELECT * FROM sides WHERE conflict = ? ORDER BY place", [holder]).fetchall()
    assert {"Sigrun Hallamor", "Teodor Valmé"} <= {side["value"] for side in sides}
    assert all(json.loads(side["claims"]) and json.loads(side["documents"]) for side in sides)


def test_odd_articles_cost_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = ", ".join(f"{first} Smith" for first in ("Ann", "Bob", "Cid", "Dee", "Eve", "Fay", "Guy", "Hal") * 40)
    (folder / "names.txt").write_text(f"Present were {names}.\n", encoding="utf-8")
    (folder / "empty.txt").write_text("\n\n", encoding="utf-8")
    (folder / "sport.txt").write_text(
        "Rovers beat United 3-1 on Saturday. Smith scored twice, Jones once.\n", encoding="utf-8"
    )
    (folder / "satire.txt").write_text("“I am the president of the moon,” said the cheese <script>alert(1)</script>.\n")
    (folder / "news.txt").write_text(
        "France recognised Anna Berg as president of Norway on Monday.\n", encoding="utf-8"
    )
    path = tmp_path / "odd.edition"
    build([folder], path)
    with Edition.open(path) as edition:
        assert list(check(edition)) == []
        stances = [(r["stance"], r["documents"]) for r in edition.connection.execute("SELECT * FROM stances")]
    assert stances == [("recognises", 1)]
