"""``variorum annotate``: lines in, lines out, in the same order; a bad line is told and stops nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from test_annotating import plain
from test_exports import validator
from variorum.cli import Commands
from variorum.commands.annotate import annotate
from variorum.language import Annotation
from variorum.language_stage import LETTERS
from variorum.lines import BadLine, GivenText, texts_in


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand in for the language stage; return the texts of each call."""
    calls: list[list[str]] = []

    def stands_in(
        texts: Sequence[str], published: Sequence[str | None], threads: int | None = None
    ) -> list[Annotation]:
        if any("stumble" in text for text in texts):
            raise ArithmeticError("too odd")
        calls.append(list(texts))
        return [plain(text) for text in texts]

    monkeypatch.setattr("variorum.language.annotate_all", stands_in)
    return calls


def run(*arguments: str | Path, text: str | bytes = b"") -> Result:
    given = text.encode() if isinstance(text, str) else text
    alone = Commands("variorum", commands={"annotate": annotate})  # click keeps in a group how it was called last
    return CliRunner().invoke(alone, ["annotate", *map(str, arguments)], input=given)


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def written(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.split("\n")[:-1]]


def test_each_text_becomes_a_line_in_the_same_order(stage: list[list[str]]) -> None:
    rows = [{"id": n, "text": f"Text {n} of Tom Varga.", "outlet": "ignored"} for n in range(200)]
    done = run("--jobs", "1", text=lines(*rows))
    assert done.exit_code == 0
    made = written(done)
    assert [row["id"] for row in made] == list(range(200))
    assert made[7]["tokens"][1] == {"start": 5, "end": 6, "upos": "X", "lemma": "7", "head": -1, "deprel": "root"}
    assert made[7]["actors"] == [{"name": "Tom Varga", "kind": "person", "mentions": [[10, 19]]}]
    assert [len(call) for call in stage] == [64, 64, 64, 8]


def test_long_texts_are_not_held_all_at_once(stage: list[list[str]]) -> None:
    rows = [{"id": n, "text": "word " * (LETTERS // 13)} for n in range(8)]
    assert run("--jobs", "1", text=lines(*rows)).exit_code == 0
    assert [len(call) for call in stage] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "the line is no JSON"),
        ('{"id": "a", "text": "x"', "the line is no JSON"),
        ('{"id": NaN, "text": "x"}', "the line is no JSON"),
        ('{"id": 1, "text": ' + "[" * 100_000, "the line is no JSON"),
        ("[1, 2]", "no JSON object"),
        ('{"text": "x"}', 'it has no "id"'),
        ('{"id": null, "text": "x"}', 'it has no "id"'),
        ('{"id": true, "text": "x"}', '"id" is neither a text nor a number'),
        ('{"id": 1e999, "text": "x"}', '"id" is neither a text nor a number'),
        ('{"id": 1}', 'it has no "text"'),
        ('{"id": 1, "text": ["x"]}', '"text" is not a text'),
        ('{"id": 1, "text": "x", "published": "soon"}', '"published" is no ISO date'),
        ('{"id": 1, "text": "x", "published": 2019}', '"published" is no ISO date'),
        ('{"id": 1, "text": "stumble"}', "the language stage failed on it: ArithmeticError: too odd"),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_the_rest_goes_on(
    stage: list[list[str]], tmp_path: Path, line: str, says: str
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(lines({"id": "a", "text": "One."}) + "\n" + line + "\n" + lines({"id": "b", "text": "Two."}))
    for quiet in ([], ["--quiet"]):
        done = run(source, *quiet)
        assert done.exit_code == 0
        assert [row["id"] for row in written(done)] == ["a", "b"]
        told = done.stderr.splitlines()
        assert told[0].startswith(f"variorum: {source}:3: ")
        assert says in told[0]
        assert told[1:] == ([] if quiet else [f"{source}: 2 annotated, 1 rejected"])


def test_a_line_that_is_not_utf_8_is_told(stage: list[list[str]]) -> None:
    done = run(text=b'\xef\xbb\xbf{"id": 1, "text": "x"}\n{"id": 2, "text": "\xff"}\n')
    assert [row["id"] for row in written(done)] == [1]
    assert "-:2: the line is not UTF-8" in done.stderr


@pytest.mark.parametrize("text", ["", "\n\n", "nonsense\n", '{"id": 1, "text": "stumble"}\n'])
def test_input_without_a_readable_text_ends_with_2_and_writes_nothing(
    stage: list[list[str]], tmp_path: Path, text: str
) -> None:
    done = run("-o", tmp_path / "out.jsonl", text=text)
    assert (done.exit_code, done.stdout) == (2, "")
    assert list(tmp_path.iterdir()) == []
    assert run(tmp_path / "gone.jsonl").exit_code == 2


def test_a_file_can_be_written_in_the_place_of_the_one_that_is_read(stage: list[list[str]], tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(lines({"id": "a", "text": "One."}))
    done = run(path, "-o", path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(path.read_text())["sentences"] == [[0, 4]]
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


def test_half_of_a_surrogate_pair_goes_out_as_it_came_in(stage: list[list[str]]) -> None:
    done = run(text='{"id": "\\ud800", "text": "A \\udc00 \\ud83d\\ude00 end."}\n')
    assert done.exit_code == 0
    (row,) = written(done)
    assert (row["id"], row["sentences"], row["tokens"][1]["lemma"]) == ("\ud800", [[0, 10]], "\udc00")


def test_what_is_written_keeps_to_the_schema_whatever_the_number_of_processes(tmp_path: Path) -> None:
    texts = [
        "The envoy Tom Varga said on Monday that he won't leave.\n\nMara Oskin of the council did not believe him.",
        "",
        " \n ",
        "\U0001f469\u200d\U0001f4bb e\u0301 \ud800 \x00 \u202eend",
        "no stop no capital",
    ]
    rows = [{"id": n, "text": texts[n % len(texts)], "published": "2019-06-06T10:00:00Z"} for n in range(70)]
    source = tmp_path / "in.jsonl"
    source.write_text(lines(*rows))
    made = []
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "variorum", "annotate", str(source), "--jobs", jobs]
        done = subprocess.run(command, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
        made.append(done.stdout)
    assert made[0] == made[1]
    check = validator("annotate.schema")
    found = [json.loads(line) for line in made[0].decode("utf-8").split("\n")[:-1]]
    assert [row["id"] for row in found] == list(range(70))
    for row in found:
        check.validate(row)
        length = len(texts[row["id"] % len(texts)])
        assert all(0 <= t["start"] < t["end"] <= length for t in row["tokens"])
    assert len(found[0]["sentences"]) == 2


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: json.dumps({"id": 1, "text": t}).encode()))
def test_any_line_is_a_text_or_is_told(line: bytes) -> None:
    for found in texts_in([line]):
        assert isinstance(found, GivenText) or (isinstance(found, BadLine) and "\n" not in found.reason)
