"""The commands do what their help says, and tell what went wrong in one line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = (
    "Skip to main content\n\nFerries stop running\n\nVESTERMOUTH, March 3 2020 (NSA) -- The ferries between the "
    "islands stopped on Tuesday, the gov ern ment said.\n\nThe government gave no reason for it.\n"
)


def run(*arguments: str | Path, text: str | bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    given = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [sys.executable, "-m", "variorum", *map(str, arguments)], input=given, capture_output=True, cwd=cwd
    )
    made = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in made.stderr
    return made


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "01.txt").write_text(ARTICLE)
    (folder / "corpus" / "broken.json").write_text('{"text": ')
    done = run("build", folder / "corpus", "-o", folder / "x.edition")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "1 documents" in done.stderr
    assert "broken.json" in done.stderr
    return folder / "x.edition"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("build", "gone", "-o", "x.edition"), "gone"),
        (("build", "-o", "x.edition"), "SOURCE"),
        (("build", ".", "-o", "x.edition", "--map", "nonsense=x"), "nonsense"),
        (("build", ".", "-o", "x.edition", "--meta", "gone.csv"), "gone.csv"),
        (("build", "picture.bin", "-o", "x.edition"), "picture.bin"),
        (("serve", "gone.edition"), "gone.edition"),
        (("publish", "gone.edition", "-o", "site"), "gone.edition"),
        (("export", "gone.edition", "-o", "out"), "gone.edition"),
        (("export", "gone.edition", "-o", "out", "--format", "poem"), "poem"),
        (("check", "gone.edition"), "gone.edition"),
        (("check", "picture.bin"), "picture.bin"),
        (("clean", "gone.txt"), "gone.txt"),
        (("decide", "gone.edition", "outlet", "a", "b"), "gone.edition"),
        (("sing",), "sing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_it(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    (tmp_path / "picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 40)
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr.splitlines()[-1]


def test_every_command_explains_itself() -> None:
    assert "build" in run("--help").stdout
    for name in ("build", "serve", "publish", "export", "check", "decide", "clean", "demo"):
        done = run(name, "--help")
        assert done.returncode == 0
        assert "--quiet" in done.stdout


def test_quiet_is_quiet(edition: Path, tmp_path: Path) -> None:
    done = run("build", edition.parent / "corpus", "-o", tmp_path / "y.edition", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_clean_shows_a_text_from_a_pipe() -> None:
    done = run("clean", "-", text=ARTICLE)
    assert done.returncode == 0
    assert "VESTERMOUTH" in done.stdout
    assert "2020-03-03" in done.stdout
    assert "'gov ern ment' is read 'government'" in done.stdout
    assert "[furniture]" in done.stdout


def test_clean_as_json_is_a_row_of_documents() -> None:
    row = json.loads(run("clean", "-", "--format", "json", text=ARTICLE).stdout)
    assert row["text"] == ARTICLE
    assert [r["repaired"] for r in row["repairs"]] == ["government"]
    assert row["dateline"]["place"] == "VESTERMOUTH"


def test_clean_of_nothing_is_told() -> None:
    done = run("clean", "-", text="")
    assert done.returncode == 2
    assert "stdin" in done.stderr or "-" in done.stderr


def test_hostile_text_cannot_steer_the_terminal() -> None:
    done = run("clean", "-", text="The council met.\x1b]0;owned\x07 It left.\n\nNobody \x1b[2Jspoke at the meeting.\n")
    assert "\x1b" not in done.stdout


def test_export_writes_a_file_for_each_kind_of_row(edition: Path, tmp_path: Path) -> None:
    assert run("export", edition, "-o", tmp_path).returncode == 0
    documents = [json.loads(line) for line in (tmp_path / "documents.jsonl").read_text().splitlines()]
    rejected = [json.loads(line) for line in (tmp_path / "rejected.jsonl").read_text().splitlines()]
    assert [d["path"] for d in documents] == ["01.txt"]
    assert [r["path"] for r in rejected] == ["broken.json"]


def test_export_as_csv_reads_back(edition: Path, tmp_path: Path) -> None:
    assert run("export", edition, "-o", tmp_path, "--format", "csv").returncode == 0
    with (tmp_path / "documents.csv").open(newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["text"] == ARTICLE
    assert row["published_best"] == "2020-03-03"
    assert row["repairs"] == "1"


def test_check_says_what_it_proved(edition: Path) -> None:
    done = run("check", edition)
    assert (done.returncode, done.stdout) == (0, "")
    assert "zones" in done.stderr
    assert json.loads(run("check", edition, "--format", "json").stdout) == []


def test_check_finds_what_was_tampered_with(edition: Path, tmp_path: Path) -> None:
    import shutil
    import sqlite3

    for change, named in (
        ("UPDATE texts SET text = 'x' || text", "reading"),
        ('UPDATE clues SET start = 0, "end" = 1000000000', "clues"),
        ('UPDATE zones SET "end" = "end" + 1 WHERE kind = \'body\'', "zones"),
        ('UPDATE repairs SET start = 0, "end" = 4', "repairs"),
        ("DELETE FROM originals", "original"),
        ("UPDATE documents SET path = 'other.txt'", "identity"),
        ("UPDATE readings SET text = upper(text)", "reading"),
        ("DELETE FROM meta WHERE key = 'complete'", "build"),
    ):
        copy = tmp_path / "copy.edition"
        shutil.copy(edition, copy)
        connection = sqlite3.connect(copy)
        connection.execute(change)
        connection.commit()
        connection.close()
        done = run("check", copy, "--format", "csv")
        assert done.returncode == 1, change
        found = {row["check"] for row in csv.DictReader(io.StringIO(done.stdout))}
        assert any(named in check for check in found), (change, found)


def test_a_decision_is_kept_applied_listed_and_taken_back(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "01.txt").write_text(ARTICLE)
    edition = tmp_path / "x.edition"
    run("build", tmp_path / "corpus", "-o", edition)
    assert run("decide", edition, "outlet", "01.txt", "The Harbour Post", "--by", "mk").returncode == 0
    (kept,) = (tmp_path / "x.decisions.jsonl").read_text().splitlines()
    assert json.loads(kept)["value"] == "The Harbour Post"
    (row,) = json.loads(run("decide", edition, "list", "--format", "json").stdout)
    assert row["state"] == "applied"

    def outlet() -> str | None:
        run("export", edition, "-o", tmp_path / "out")
        made = json.loads((tmp_path / "out" / "documents.jsonl").read_text())["outlet"]
        return str(made) if made else None

    assert outlet() == "The Harbour Post"
    assert run("decide", edition, "undo", row["id"]).returncode == 0
    assert outlet() != "The Harbour Post"
    assert [r["state"] for r in json.loads(run("decide", edition, "list", "--format", "json").stdout)] == [
        "undone",
        "applied",
    ]


def test_a_decision_about_nothing_is_refused_and_not_kept(edition: Path) -> None:
    done = run("decide", edition, "outlet", "gone.txt", "Post")
    assert done.returncode == 2
    assert "gone.txt" in done.stderr
    assert run("decide", edition, "zone", "01.txt", "furniture", "words that are not in it").returncode == 2
    assert run("decide", edition, "date", "01.txt", "soon").returncode == 2
    assert run("decide", edition, "undo", "0000000000").returncode == 2
    assert not edition.with_name("x.decisions.jsonl").exists()
