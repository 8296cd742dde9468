"""What an editor decides about who is who outweighs what the documents show, and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.build import build
from variorum.cli import main
from variorum.edition.reading import Edition
from variorum.situation.actors import LocalActor, Ruling, resolve_all, settled

TEXTS = {
    "a.txt": "John Smith, the mayor of Veskholm, resigned on Monday. Smith said that he was tired.",
    "b.txt": "John Smith won the regatta on Sunday. The baker John Smith has never lost a race in Sorrane.",
    "c.txt": "Kharvia opposes the vote in the islands. Kharvia said so again on Friday.",
    "d.txt": "The Lantern House has rejected the vote in the islands. The Lantern House gave no reason.",
}


def person(document: str, name: str) -> LocalActor:
    return LocalActor(document, 0, name, "person", (name,))


def names(*rulings: Ruling) -> list[tuple[str, ...]]:
    actors = (person("a", "Ann Boe"), person("b", "Ann Boe"), person("c", "Anna Bo"))
    return sorted(
        tuple(document for document, _ in one.members) for one in resolve_all(actors, settled(rulings, actors)).actors
    )


def test_two_are_one_and_one_is_two() -> None:
    assert names() == [("a", "b"), ("c",)]
    assert names(Ruling("same", ("a", "Ann Boe"), ("c", "Anna Bo"))) == [("a", "b", "c")]
    assert names(Ruling("apart", ("a", "Ann Boe"), ("b", "Ann Boe"))) == [("a",), ("b",), ("c",)]


def test_the_last_word_counts_whatever_the_order_of_the_two() -> None:
    same, apart = (
        Ruling("same", ("a", "Ann Boe"), ("c", "Anna Bo")),
        Ruling("apart", ("c", "Anna Bo"), ("a", "Ann Boe")),
    )
    assert names(same, apart) == [("a", "b"), ("c",)]
    assert names(apart, same) == [("a", "b", "c")]


def test_a_pair_that_was_decided_is_no_longer_undecided() -> None:
    actors = (person("a", "Hans Petersen"), person("b", "Hans Pedersen"))
    (pair,) = resolve_all(actors).undecided
    assert pair.reason == "names that differ by little"
    apart = settled([Ruling("apart", ("a", "Hans Petersen"), ("b", "Hans Pedersen"))], actors)
    assert resolve_all(actors, apart).undecided == ()


def test_who_is_not_named_so_is_reported() -> None:
    found = settled([Ruling("same", ("a", "Ann Boe"), ("z", "Nobody"))], [person("a", "Ann Boe")])
    assert found.unmatched == [(0, "the document z names nobody 'Nobody'")]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    build([folder], tmp_path / "story.edition")
    return tmp_path / "story.edition"


def actors(edition: Path, name: str) -> list[int]:
    with Edition.open(edition) as opened:
        rows = opened.connection.execute("SELECT documents FROM actors WHERE name = ? ORDER BY 1", [name])
        return [row["documents"] for row in rows]


def decide(edition: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["decide", str(edition), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_on_the_command_line_and_back(story: Path) -> None:
    assert actors(story, "John Smith") == [2]
    decide(story, "apart", "John Smith", "John Smith", "--in", "a.txt", "--and-in", "b.txt", "--by", "mk")
    assert actors(story, "John Smith") == [1, 1]
    decide(story, "same", "Kharvia", "Lantern House")
    assert actors(story, "Kharvia") == [2]
    build([story.parent / "story"], story)
    assert actors(story, "John Smith") == [1, 1]
    listed = json.loads(decide(story, "list", "--format", "json"))
    assert [row["value"] for row in listed] == ["John Smith ≠ John Smith", "Kharvia = Lantern House"]
    for row in listed:
        decide(story, "undo", row["id"])
    assert actors(story, "John Smith") == [2]
    assert actors(story, "Kharvia") == [1]


def test_what_makes_no_sense_is_told_in_a_line(story: Path) -> None:
    for arguments, said in (
        (["same", "Nobody", "Kharvia"], "there is no actor 'Nobody'"),
        (["same", "Kharvia", "Kharvia"], "both are 'Kharvia'"),
    ):
        result = CliRunner().invoke(main, ["decide", str(story), *arguments])
        assert result.exit_code == 2
        assert said in result.output
    (story.parent / "story" / "d.txt").unlink()
    decide(story, "same", "Kharvia", "Lantern House")
    build([story.parent / "story"], story)
    listed = json.loads(decide(story, "list", "--format", "json"))
    assert [row["state"] for row in listed] == ["unmatched"]
