"""``variorum copies``: lines in, a line for each pair of copies out; a bad line is told and stops nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from test_collation_relation import CAKES, FIRST, INDEPENDENT, SECOND, without
from test_collation_variants import STORY
from variorum.cli import Commands
from variorum.commands.copies import copies_command

ROWS = [
    {"id": "cut", "text": without(4, 5, 6), "published": "2019-03-04"},
    {"id": "cakes", "text": CAKES, "title": "Cakes", "outlet": "ignored"},
    {"id": "all", "text": STORY, "published": "2019-03-02"},
    {"id": "statement", "text": FIRST},
    {"id": "same-statement", "text": SECOND},
    {"id": "event", "text": INDEPENDENT},
]


def run(*arguments: str | Path, text: str | bytes = b"") -> Result:
    given = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    alone = Commands("variorum", commands={"copies": copies_command})
    return CliRunner().invoke(alone, ["copies", *map(str, arguments)], input=given)


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def written(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.split("\n")[:-1]]


def test_a_pair_is_a_line_with_all_that_is_promised() -> None:
    (found,) = written(run(text=lines(*ROWS)))
    assert list(found) == ["a", "b", "kind", "direction", "similarity", "score", "reason", "passages"]
    assert (found["a"], found["b"]) == ("all", "cut")
    assert (found["kind"], found["direction"]) == ("excerpt", "b-from-a")
    assert 0 < found["similarity"] < 1
    assert 0.5 < found["score"] < 1
    assert found["reason"]
    for a_start, a_end, b_start, b_end in found["passages"]:
        assert STORY[a_start:a_end] == without(4, 5, 6)[b_start:b_end]
        assert a_end - a_start > 100


def test_the_order_of_the_lines_changes_nothing() -> None:
    rows = [*ROWS, {"id": "again", "text": STORY}, {"id": 7, "text": without(2)}, {"id": "7", "text": without(3)}]
    first = run(text=lines(*rows)).stdout
    assert len(first.splitlines()) > 5
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert run(text=lines(*rows)).stdout == first


def test_ids_come_back_as_they_were_given() -> None:
    found = written(run(text=lines({"id": 1, "text": STORY}, {"id": "1", "text": STORY}, {"id": 2.5, "text": STORY})))
    ids = [[one["a"], one["b"]] for one in found]
    assert len(ids) == 3
    assert {json.dumps(id) for pair in ids for id in pair} == {"1", '"1"', "2.5"}


def test_passages_count_code_points_of_the_text_as_given() -> None:
    text = "🜁🜂 " + STORY
    (found,) = written(run(text=lines({"id": "a", "text": text}, {"id": "b", "text": STORY})))
    start, end, *other = found["passages"][0]
    assert text[start:end] == STORY[slice(*other)]


def test_text_is_written_as_it_is_and_not_escaped() -> None:
    text = lines({"id": "Łódź", "text": STORY}, {"id": "é", "text": STORY})
    assert '"Łódź"' in run(text=text).stdout


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ('{"id": "x"}', 'no "text"'),
        ('{"text": "x"}', 'no "id"'),
        ('{"id": true, "text": "x"}', "neither a text nor a number"),
        ('{"id": "x", "text": 5}', "not a text"),
        ('{"id": "x", "text": "x", "published": "soon"}', "no ISO date"),
        ('{"id": "all", "text": "x"}', "that of line 4 already"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_read(line: str | bytes, why: str) -> None:
    bad = line if isinstance(line, bytes) else line.encode()
    done = run(text=lines(ROWS[0], ROWS[1], ROWS[4], ROWS[2]).encode() + bad + b"\n" + lines(ROWS[3]).encode())
    assert [(one["a"], one["b"]) for one in written(done)] == [("all", "cut")]
    assert f"-:5: {why}" in done.stderr or (why in done.stderr and "-:5: " in done.stderr)
    assert "5 texts, 1 pairs, 1 lines rejected" in done.stderr


def test_of_two_texts_with_one_id_the_first_counts() -> None:
    done = run(text=lines({"id": "a", "text": STORY}, {"id": "b", "text": STORY}, {"id": "b", "text": CAKES}))
    assert len(written(done)) == 1
    assert "that of line 2 already" in done.stderr


@pytest.mark.parametrize("text", ["", "\n\n", "{\n", "[]\n"])
def test_input_without_a_text_is_an_error(text: str) -> None:
    done = run(text=text)
    assert done.exit_code != 0
    assert done.stdout == ""
    assert "no text in it that could be read" in str(done.stderr) + str(done.exception)


@pytest.mark.parametrize("texts", [[STORY], [""], ["", ""], [STORY, CAKES]])
def test_a_pile_without_copies_gives_no_lines(texts: list[str]) -> None:
    done = run(text=lines(*({"id": n, "text": text} for n, text in enumerate(texts))))
    assert written(done) == []


def test_a_byte_order_mark_and_empty_lines_are_passed_over() -> None:
    done = run(text=b"\xef\xbb\xbf" + lines(*ROWS).replace("\n", "\r\n\r\n").encode())
    assert len(written(done)) == 1
    assert "rejected" not in done.stderr


@settings(max_examples=30)
@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=80) | st.just(STORY)), min_size=1, max_size=6))
def test_any_texts_pass_through(rows: list[tuple[str, str]]) -> None:
    texts = dict(reversed(rows))
    for one in written(run("--quiet", text=lines(*({"id": id, "text": text} for id, text in rows)))):
        assert one["a"] in texts and one["b"] in texts
        assert all(0 <= start < end for a, b, c, d in one["passages"] for start, end in ((a, b), (c, d)))


def test_lone_surrogates_pass_through() -> None:
    rows = [{"id": f"\ud800{n}", "text": f"{STORY} \udfff"} for n in range(2)]
    text = lines(*rows)
    done = CliRunner().invoke(Commands("variorum", commands={"copies": copies_command}), ["copies"], input=text)
    assert done.exit_code == 0
    assert done.stdout_bytes.count(b"\n") == 1


def test_it_reads_and_writes_files_even_the_same(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(lines(*ROWS), encoding="utf-8")
    assert run(source, "-o", target).stdout == ""
    said = target.read_text(encoding="utf-8")
    assert said == run(source).stdout == run(text=lines(*ROWS)).stdout == run("-", "-o", "-", text=lines(*ROWS)).stdout
    assert run(source, "-o", source).exit_code == 0
    assert source.read_text(encoding="utf-8") == said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_several_processes_find_the_same() -> None:
    rows = [{"id": n, "text": f"{STORY}\n\n{n}"} for n in range(40)]
    assert run("--jobs", "2", text=lines(*rows)).stdout == run("--jobs", "1", text=lines(*rows)).stdout


def test_it_stands_in_a_pipe() -> None:
    command = [sys.executable, "-m", "variorum", "copies"]
    done = subprocess.run(command, input=lines(*ROWS).encode(), capture_output=True, check=True)
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["excerpt"]
    assert b"6 texts, 1 pairs" in done.stderr
    quiet = subprocess.run([*command, "-q", "-"], input=lines(*ROWS).encode(), capture_output=True, check=True)
    assert (quiet.stdout, quiet.stderr) == (done.stdout, b"")


def test_a_file_that_is_not_there_is_an_error_without_a_trace(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "variorum", "copies", str(tmp_path / "none.jsonl")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode != 0
    assert b"none.jsonl" in done.stderr
    assert b"Traceback" not in done.stderr
