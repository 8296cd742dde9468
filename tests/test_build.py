"""A build does only what is new, gives the same edition whatever led to it, and loses nothing when it is disturbed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.build import build, replay_decisions
from variorum.edition.checking import check
from variorum.edition.file import EditionError
from variorum.edition.reading import Edition
from variorum.progress import Silent
from variorum.publishing.exports import export

ARTICLES = {
    "01.txt": "Ferries stop\n\nVESTERMOUTH, March 3 2020 (NSA) -- The ferries stopped.\n\n"
    "Nobody said when they would run again.\n",
    "02.md": "---\ntitle: The regent speaks\ndate: 2020-03-04\nauthor: Ada Holm\n---\n\n# The regent speaks\n\n"
    "The regent spoke *at length* to the council, which listened and said nothing.\n",
    "03.txt": "The gov ern ment fell on Monday, three weeks after the vote that nobody had won.\n\n"
    "The government had lost its majority in the council in the spring.\n",
    "rows.jsonl": "".join(
        json.dumps(
            {"id": str(n), "title": f"Row {n}", "text": f"Story number {n} is about harbour {n}.", "outlet": "Post"}
        )
        + "\n"
        for n in range(4)
    ),
    "empty.txt": "",
}


def write(folder: Path, articles: dict[str, str]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def rows(edition: Path) -> dict[str, bytes]:
    """All that an edition says, as it would be handed on."""
    folder = edition.with_suffix(".export")
    with Edition.open(edition) as opened:
        export(opened, folder, "jsonl")
        readings = [opened.reading(id).text for id in opened.ids()]
    return {p.name: p.read_bytes() for p in folder.iterdir()} | {"readings": "\f".join(readings).encode()}


def sound(edition: Path) -> None:
    with Edition.open(edition) as opened:
        assert list(check(opened)) == []


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ARTICLES)


def test_a_folder_of_articles_becomes_an_edition(corpus: Path, tmp_path: Path) -> None:
    report = build([corpus], tmp_path / "x.edition")
    assert (report.documents, report.read, report.kept, report.removed) == (7, 7, 0, 0)
    assert [(r.path, bool(r.reason)) for r in report.rejected] == [("empty.txt", True)]
    sound(tmp_path / "x.edition")
    with Edition.open(tmp_path / "x.edition") as opened:
        documents = {opened.document(id).path: opened.document(id) for id in opened.ids()}
        assert documents["01.txt"].text == ARTICLES["01.txt"]
        assert documents["02.md"].title == "The regent speaks"
        assert documents["02.md"].published.best == "2020-03-04"
        assert [r.repaired for r in documents["03.txt"].repairs] == ["government"]
        assert "government fell" in opened.reading(documents["03.txt"].id).text
        assert b"".join(opened.original("02.md")) == ARTICLES["02.md"].encode()


def test_an_unchanged_corpus_is_not_read_again(corpus: Path, tmp_path: Path) -> None:
    build([corpus], tmp_path / "x.edition")
    before = rows(tmp_path / "x.edition")
    report = build([corpus], tmp_path / "x.edition")
    assert (report.read, report.kept, len(report.rejected)) == (0, 7, 1)
    assert rows(tmp_path / "x.edition") == before


def test_a_new_row_costs_itself_alone_and_moves_no_id(corpus: Path, tmp_path: Path) -> None:
    build([corpus], tmp_path / "x.edition")
    with Edition.open(tmp_path / "x.edition") as opened:
        before = set(opened.ids())
    old = (corpus / "rows.jsonl").read_text()
    new = json.dumps({"id": "new", "title": "New", "text": "A new story of another harbour.", "outlet": "Post"})
    (corpus / "rows.jsonl").write_text(new + "\n" + old)
    report = build([corpus], tmp_path / "x.edition")
    assert (report.read, report.kept, report.removed) == (1, 7, 0)
    with Edition.open(tmp_path / "x.edition") as opened:
        assert before < set(opened.ids())
        lines = {d.title: d.line for d in opened.documents(limit=100).rows}
    assert (lines["New"], lines["Row 0"]) == (1, 2)


def test_a_document_that_is_gone_retracts_all_that_was_made_of_it(corpus: Path, tmp_path: Path) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition)
    (corpus / "03.txt").unlink()
    (corpus / "empty.txt").unlink()
    report = build([corpus], edition)
    assert (report.documents, report.removed, report.rejected) == (6, 1, [])
    connection = sqlite3.connect(edition)
    for table in ("texts", "zones", "repairs", "clues", "readings"):
        orphans = connection.execute(
            f"SELECT count(*) FROM {table} WHERE document NOT IN (SELECT n FROM documents)"
        ).fetchone()[0]
        assert orphans == 0
    assert connection.execute("SELECT count(*) FROM originals").fetchone()[0] == len(ARTICLES) - 2
    assert connection.execute("SELECT count(*) FROM search WHERE search MATCH 'majority'").fetchone()[0] == 0
    sound(edition)


EDITS = st.lists(
    st.tuples(st.sampled_from(sorted(ARTICLES)), st.sampled_from(["remove", "edit", "add"])), min_size=1, max_size=4
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_an_edition_that_grew_equals_one_that_was_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    articles = dict(ARTICLES)
    build([write(folder / "corpus", articles)], folder / "grown.edition", jobs=1)
    for n, (name, what) in enumerate(edits):
        if what == "remove":
            articles.pop(name, None)
        elif what == "edit" and name in articles and name.endswith((".txt", ".md")):
            articles[name] += f"\nOn day {n} the council met again in the town hall.\n"
        else:
            articles[f"{n}-{name}"] = ARTICLES[name]
        if articles:
            build([write(folder / "corpus", articles)], folder / "grown.edition", jobs=1)
    if articles:
        build([folder / "corpus"], folder / "once.edition", jobs=1)
        assert rows(folder / "grown.edition") == rows(folder / "once.edition")
        sound(folder / "grown.edition")


def many(folder: Path, count: int = 60) -> Path:
    chooser = random.Random(7)
    nouns = ["council", "harbour", "ferry", "regent", "island", "vote", "strike", "court"]
    articles = {
        f"{n:03}.txt": f"Story {n}\n\n"
        + "\n\n".join(
            f"The {chooser.choice(nouns)} of the {chooser.choice(nouns)} was number {chooser.randrange(1000)} then."
            for _ in range(8)
        )
        for n in range(count)
    }
    return write(folder, articles)


def test_neither_the_order_of_files_nor_the_number_of_processes_matters(tmp_path: Path) -> None:
    corpus = many(tmp_path / "corpus")
    build([corpus], tmp_path / "one.edition", jobs=1)
    build([corpus], tmp_path / "two.edition", jobs=2)
    files = sorted(corpus.iterdir())
    random.Random(3).shuffle(files)
    build(files, tmp_path / "shuffled.edition", jobs=1)
    assert rows(tmp_path / "one.edition") == rows(tmp_path / "two.edition") == rows(tmp_path / "shuffled.edition")


class Impatient(Silent):
    """A user who presses Ctrl-C after some articles."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.read = 0
        self._stage = ""

    def start(self, stage: str, total: int | None) -> None:
        self._stage = stage

    def advance(self, done: int = 1) -> None:
        if self._stage == "reading":
            self.read += done
            if self.read > self.patience:
                raise KeyboardInterrupt


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path) -> None:
    corpus = many(tmp_path / "corpus")
    with pytest.raises(KeyboardInterrupt):
        build([corpus], tmp_path / "x.edition", jobs=1, progress=Impatient(40))
    with Edition.open(tmp_path / "x.edition") as opened:
        assert not opened.complete
        assert opened.overview().documents == 0
    again = Impatient(10**6)
    build([corpus], tmp_path / "x.edition", jobs=1, progress=again)
    assert again.read == 60 - 41
    build([corpus], tmp_path / "undisturbed.edition", jobs=1)
    assert rows(tmp_path / "x.edition") == rows(tmp_path / "undisturbed.edition")


@pytest.mark.parametrize("seed", range(4))
def test_a_build_that_is_killed_leaves_the_last_good_edition(tmp_path: Path, seed: int) -> None:
    edition = tmp_path / "x.edition"
    corpus = many(tmp_path / "corpus", 30)
    build([corpus], edition)
    before = rows(edition)
    many(corpus, 90)
    command = [sys.executable, "-m", "variorum", "build", str(corpus), "-o", str(edition), "-q", "--jobs", "1"]
    process = subprocess.Popen(command)
    time.sleep(0.3 + random.Random(seed).random() * 1.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    build([corpus], tmp_path / "undisturbed.edition", jobs=1)
    after = rows(tmp_path / "undisturbed.edition")
    assert rows(edition) in (before, after)
    build([corpus], edition, jobs=1)
    assert rows(edition) == after
    sound(edition)


def test_a_full_disk_is_told_and_leaves_the_last_good_edition(tmp_path: Path) -> None:
    edition = tmp_path / "x.edition"
    corpus = many(tmp_path / "corpus", 5)
    build([corpus], edition)
    before = rows(edition)
    many(corpus, 40)
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({edition.stat().st_size + 4096},) * 2);"
        "from variorum.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, "build", str(corpus), "-o", str(edition), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "x.edition" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert rows(edition) == before
    assert build([corpus], edition).documents == 40


def test_sources_that_hold_no_files_or_do_not_exist_are_told(tmp_path: Path) -> None:
    from variorum.build import BuildError
    from variorum.reading.sources import SourceError

    (tmp_path / "nothing").mkdir()
    with pytest.raises(BuildError, match="nothing"):
        build([tmp_path / "nothing"], tmp_path / "x.edition")
    with pytest.raises(SourceError, match="gone"):
        build([tmp_path / "gone"], tmp_path / "x.edition")
    assert not (tmp_path / "x.edition").exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_edition_is_refused_and_left_alone(tmp_path: Path, corpus: Path, content: bytes) -> None:
    path = tmp_path / "x.edition"
    path.write_bytes(content)
    if content:
        with pytest.raises(EditionError, match=r"x\.edition"):
            build([corpus], path)
        assert path.read_bytes() == content
    with pytest.raises(EditionError, match=r"x\.edition"):
        Edition.open(path)


def test_an_edition_of_a_newer_version_is_refused(tmp_path: Path, corpus: Path) -> None:
    build([corpus], tmp_path / "x.edition")
    connection = sqlite3.connect(tmp_path / "x.edition")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(EditionError, match="newer version"):
        Edition.open(tmp_path / "x.edition")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write anywhere")
def test_an_edition_in_a_read_only_folder_can_be_read(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "shelf"
    build([corpus], folder / "x.edition")
    folder.chmod(0o555)
    try:
        sound(folder / "x.edition")
        with pytest.raises(EditionError):
            build([corpus], folder / "y.edition")
    finally:
        folder.chmod(0o755)


def sheet(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("path,outlet,date", *lines)) + "\n")
    return path


def found(edition: Path, path: str) -> tuple[str | None, str | None]:
    with Edition.open(edition) as opened:
        (row,) = (d for d in opened.documents(limit=100).rows if d.path == path)
    return row.outlet, row.published.best


def test_a_sheet_outweighs_what_is_inferred_and_a_decision_outweighs_the_sheet(corpus: Path, tmp_path: Path) -> None:
    edition, decisions = tmp_path / "x.edition", tmp_path / "x.decisions.jsonl"
    meta = sheet(tmp_path / "sheet.csv", "01.txt,The Harbour Post,2020-03-05", "nowhere.txt,X,")
    report = build([corpus], edition, meta=meta)
    assert found(edition, "01.txt") == ("The Harbour Post", "2020-03-05")
    assert any("nowhere.txt" in n.reason for n in report.notices)
    decisions.write_text('{"decision": "date", "document": "01.txt", "value": "2020-03-06"}\n')
    replay_decisions(edition, decisions)
    assert found(edition, "01.txt") == ("The Harbour Post", "2020-03-06")
    build([corpus], edition, meta=meta)
    assert found(edition, "01.txt") == ("The Harbour Post", "2020-03-06")
    decisions.unlink()
    build([corpus], edition)
    assert found(edition, "01.txt")[1] == "2020-03-03"


def test_a_decision_that_matches_nothing_is_reported_at_each_build(corpus: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "x.decisions.jsonl"
    decisions.write_text('{"decision": "outlet", "document": "gone.txt", "value": "Post"}\nnonsense\n')
    for _ in range(2):
        report = build([corpus], tmp_path / "x.edition")
        told = [(n.path, n.line) for n in report.notices]
        assert told == [("decisions", 1), ("decisions", 2)]
    with Edition.open(tmp_path / "x.edition") as opened:
        assert [f.check for f in check(opened)] == ["decisions", "decisions"]


def test_a_zone_that_an_editor_sets_is_no_longer_read(corpus: Path, tmp_path: Path) -> None:
    line = {
        "decision": "zone",
        "document": "01.txt",
        "value": "furniture",
        "exact": "Nobody said when they would run again.",
    }
    (tmp_path / "x.decisions.jsonl").write_text(json.dumps(line))
    build([corpus], tmp_path / "x.edition")
    with Edition.open(tmp_path / "x.edition") as opened:
        (id,) = (d.id for d in opened.documents(limit=100).rows if d.path == "01.txt")
        assert "Nobody" not in opened.reading(id).text
        assert "Nobody" in opened.document(id).text
    sound(tmp_path / "x.edition")


def test_the_same_folder_under_another_name_gives_the_same_edition(corpus: Path, tmp_path: Path) -> None:
    build([corpus], tmp_path / "one.edition")
    shutil.copytree(corpus, tmp_path / "elsewhere" / "copy")
    build([tmp_path / "elsewhere" / "copy"], tmp_path / "two.edition")
    assert rows(tmp_path / "one.edition") == rows(tmp_path / "two.edition")
