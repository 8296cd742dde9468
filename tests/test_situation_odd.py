"""Texts that are no story of a dispute: what comes out of them stays sane, and other articles are not touched by it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from variorum.build import build

STORY = {
    "a.txt": "France recognises Anna Berg as president of Norland. Carl Dorn, the president of Norland, rejected the "
    "move on Monday.",
    "b.txt": "France has recognised Anna Berg as the president of Norland. Spain opposes sanctions against Norland.",
}
SYLLABLES = ("bel", "dor", "fin", "gar", "hal", "lem", "mor", "nil", "ros", "tav", "vik", "wen")
NAMES = [f"{a.title()}a {b.title()}{c}" for a in SYLLABLES[:5] for b in SYLLABLES for c in SYLLABLES[:5]]
ODD = {
    "names.txt": "Members present: " + ", ".join(NAMES) + ".",
    "sport.txt": "Norland beat Spain 3-1 on Sunday. Captain Eva Lind attacked down the left and shot twice. Spain "
    "defended badly. Berg, who was sent off, blamed the referee.",
    "obituary.txt": "Otto Hald, who served as mayor of Lund from 1960 to 1970, died on Tuesday at the age of 91. He "
    "was a friend of the arts.",
    "recipe.txt": "Beat the eggs. Fold in the flour and support the dough with one hand. Reject any burnt almonds. "
    "Serve at once.",
    "satire.txt": "The moon has recognised Carl Dorn as emperor of cheese, sources told the ceiling lamp on Friday.",
    "poem.txt": "O wind, that warred against the sea,\nWho sanctioned thee?\nNo king, no lord,\n" * 9,
    "shout.txt": "SPAIN SLAMS FRANCE! SPAIN SLAMS FRANCE! SPAIN SLAMS FRANCE! " * 40,
}


def rows(folder: Path, texts: dict[str, str]) -> sqlite3.Connection:
    source = folder / "texts"
    source.mkdir(parents=True)
    for name, text in texts.items():
        (source / name).write_text(text)
    build([source], folder / "an.edition")
    connection = sqlite3.connect(folder / "an.edition")
    connection.row_factory = sqlite3.Row
    return connection


def told(connection: sqlite3.Connection, path: str) -> set[tuple[str, ...]]:
    """What a document tells: kind, who, what."""
    names = dict(connection.execute("SELECT id, name FROM actors").fetchall())
    found = set()
    for kind, table, fields in (
        ("stance", "stances", ("actor", "stance", "target", "issue")),
        ("occupancy", "occupancies", ("actor", "status")),
    ):
        found |= {
            (kind, *(names.get(row[field], row[field] or "") for field in fields))
            for row in connection.execute(
                f"""SELECT t.* FROM {table} t JOIN evidence e ON e.row = t.id AND e.kind = ?
                    JOIN documents d ON d.n = e.document WHERE d.path LIKE ?""",
                [kind, f"%{path}"],
            )
        }
    return found


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return rows(tmp_path_factory.mktemp("mixed"), {**STORY, **ODD})


def test_the_story_is_the_same_beside_odd_texts(mixed: sqlite3.Connection, tmp_path: Path) -> None:
    alone = rows(tmp_path / "alone", STORY)
    for path in STORY:
        assert told(mixed, path) == told(alone, path)
        assert told(alone, path)


@pytest.mark.parametrize("path", ["names.txt", "recipe.txt", "poem.txt"])
def test_nothing_is_made_of_what_tells_nothing(mixed: sqlite3.Connection, path: str) -> None:
    assert told(mixed, path) == set()


def test_who_has_died_held_his_post_once(mixed: sqlite3.Connection) -> None:
    assert ("occupancy", "Otto Hald", "former") in told(mixed, "obituary.txt")


def test_a_repeated_shout_is_one_stance(mixed: sqlite3.Connection) -> None:
    assert len({row for row in told(mixed, "shout.txt") if row[0] == "stance"}) <= 1


def test_the_bearers_of_many_names_stay_apart(mixed: sqlite3.Connection) -> None:
    listed = mixed.execute(
        """SELECT m.name, a.name AS actor FROM cast_members m JOIN actors a ON a.id = m.actor
           JOIN documents d ON d.n = m.document WHERE d.path LIKE '%names.txt'"""
    ).fetchall()
    full = [row for row in listed if " " in row["name"]]
    assert len(full) > 100
    assert all(row["name"] == row["actor"] for row in full)
    assert mixed.execute("SELECT count(*) FROM conflicts WHERE kind != 'holder'").fetchone()[0] == 0
