"""The language stage in a build: each text is annotated once, nothing stops the rest, and nothing is lost."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum import annotating, recipes
from variorum.build import build, replay_decisions
from variorum.edition.annotating import in_stored, pack_annotation, unpack_annotation, unpack_cast
from variorum.edition.checking import check
from variorum.edition.file import EditionError
from variorum.edition.reading import Edition
from variorum.errors import VariorumError
from variorum.language import Actor, Annotation, Entity, Mention, Token
from variorum.language_stage import CRASHED, LETTERS, engine_of
from variorum.progress import Silent
from variorum.records import Edit, ReadingText, Repair, Zone

ARTICLES = {
    "01.txt": "Ferries stop\n\nVESTERMOUTH, March 3 2020 (NSA) -- The ferries stopped. Tom Varga stopped them.\n\n"
    "He did not say when they would run again.\n",
    "02.md": "---\ntitle: The regent speaks\ndate: 2020-03-04\n---\n\n# The regent speaks\n\n"
    "The regent *Tom* Varga spoke at length to the council, which listened and said nothing.\n",
    "03.txt": "The gov ern ment of Tom Varga fell on Monday, three weeks after the vote that nobody had won.\n\n"
    "The government had lost its majority in the council in the spring.\n",
}


def plain(text: str) -> Annotation:
    """An annotation that follows from the text alone: lines are sentences, and Tom Varga is whom it names."""
    sentences = [m.span() for m in re.finditer(r"\S[^\n]*", text)]
    tokens = [Token(*m.span(), "X", m.group().lower(), -1, "root") for m in re.finditer(r"\S+", text)]
    found = [Mention(*m.span(), "name", 0.9) for m in re.finditer("Tom Varga", text)]
    entities = [Entity(m.start, m.end, "PER", 0, 0.8) for m in found]
    actors = (Actor("Tom Varga", "person", tuple(found)),) if found else ()
    return Annotation(tuple(sentences), tuple(tokens), tuple(entities), actors, (tuple(found),) if found else ())


class Stage:
    """Stands in for the language stage, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.stumbles = ""

    def __call__(self, texts: Sequence[str], threads: int | None = None) -> list[Annotation]:
        if self.stumbles and any(self.stumbles in text for text in texts):
            raise ArithmeticError("a text that is too odd\nfor it")
        self.given += texts
        return [plain(text) for text in texts]

    def take(self) -> list[str]:
        given = sorted(self.given)
        self.given.clear()
        return given


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = Stage()
    monkeypatch.setattr("variorum.language.annotate_all", made)
    return made


def write(folder: Path, articles: dict[str, str]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ARTICLES)


def kept_in(edition: Path) -> dict[str, Annotation | None]:
    with Edition.open(edition) as opened:
        assert list(check(opened)) == []
        return {opened.document(id).path: opened.annotation(id) for id in opened.ids()}


def words(edition: Path) -> dict[str, list[str]]:
    """The stored words of every mention."""
    with Edition.open(edition) as opened:
        documents = [opened.document(id) for id in opened.ids()]
        casts = [opened.cast(d.id)[0] for d in documents]
    return {
        d.path: [d.text[m.start : m.end] for actor in cast for m in actor.mentions]
        for d, cast in zip(documents, casts, strict=True)
    }


# --- what an edition keeps -------------------------------------------------------------------------------------------

spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
mentions = st.builds(
    Mention, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["name", "nominal", "pronoun"]), st.floats(0, 1)
)
chains = st.lists(mentions, max_size=4).map(tuple)
kinds = st.sampled_from(["person", "organisation", "state", "group", "place"])
anything = st.builds(
    Annotation,
    sentences=st.lists(spans, max_size=4).map(tuple),
    tokens=st.lists(
        st.builds(Token, st.integers(0), st.integers(0), st.text(), st.text(), st.integers(-1, 9), st.text()),
        max_size=6,
    ).map(tuple),
    entities=st.lists(
        st.builds(
            Entity,
            st.integers(0),
            st.integers(0),
            st.sampled_from(["PER", "MISC"]),
            st.none() | st.integers(0),
            st.floats(0, 1),
        ),
        max_size=4,
    ).map(tuple),
    actors=st.lists(st.builds(Actor, st.text(), kinds, chains), max_size=3).map(tuple),
    chains=st.lists(chains, max_size=3).map(tuple),
)


@given(anything)
def test_an_annotation_comes_back_as_it_was_kept(annotation: Annotation) -> None:
    assert unpack_annotation(pack_annotation(annotation)) == annotation
    assert [(a.name, a.kind) for a in unpack_cast(pack_annotation(annotation))] == [
        (a.name, a.kind) for a in annotation.actors
    ]


def test_a_name_in_the_cast_is_no_surer_than_the_name_itself() -> None:
    sure, doubtful = Mention(0, 3, "name", 1.0), Mention(4, 7, "name", 1.0)
    annotation = Annotation((), (), (Entity(4, 7, "PER", 0, 0.3),), (Actor("A", "person", (sure, doubtful)),), ())
    (actor,) = unpack_cast(pack_annotation(annotation))
    assert [m.score for m in actor.mentions] == [1.0, 0.3]


def test_what_is_found_in_the_reading_text_is_kept_in_offsets_of_the_stored_text() -> None:
    text = "**Tom** Varga was deform ed.\nNext"
    body = Zone(0, len(text), "body")
    reading = ReadingText.of(
        text, [body], [Edit(0, 2, ""), Edit(5, 7, "")], [Repair(18, 27, "deformed", "space", 0.9, "")]
    )
    assert reading.text == "Tom Varga was deformed.\nNext"
    moved = in_stored(plain(reading.text), reading)
    assert [text[t.start : t.end] for t in moved.tokens] == ["Tom", "Varga", "was", "deform ed.", "Next"]
    assert [text[a:b] for a, b in moved.sentences] == ["Tom** Varga was deform ed.", "Next"]
    assert [text[m.start : m.end] for a in moved.actors for m in a.mentions] == ["Tom** Varga"]
    assert [text[e.start : e.end] for e in moved.entities] == ["Tom** Varga"]


# --- a build ---------------------------------------------------------------------------------------------------------


def test_every_document_is_annotated_once(corpus: Path, tmp_path: Path, stage: Stage) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition, jobs=1)
    assert len(stage.given) == len(ARTICLES)
    assert any("The government of Tom Varga fell" in text for text in stage.take())
    found = kept_in(edition)
    assert all(found.values())
    assert words(edition) == {
        "01.txt": ["Tom Varga"],
        "02.md": ["Tom* Varga"],
        "03.txt": ["Tom Varga"],
    }


def test_an_unchanged_build_annotates_nothing_and_looks_at_no_text(
    corpus: Path, tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition, jobs=1)
    before = kept_in(edition)
    stage.take()
    monkeypatch.setattr(annotating, "annotation_recipe", None)
    build([corpus], edition, jobs=1)
    assert stage.take() == []
    assert kept_in(edition) == before


def test_an_added_document_is_annotated_alone_and_a_removed_one_takes_its_annotation_along(
    corpus: Path, tmp_path: Path, stage: Stage
) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition, jobs=1)
    stage.take()
    (corpus / "04.txt").write_text("Another story of another harbour.\n")
    build([corpus], edition, jobs=1)
    assert [text.strip() for text in stage.take()] == ["Another story of another harbour."]
    (corpus / "01.txt").unlink()
    build([corpus], edition, jobs=1)
    assert stage.take() == []
    assert sorted(kept_in(edition)) == ["02.md", "03.txt", "04.txt"]
    connection = sqlite3.connect(edition)
    assert connection.execute("SELECT count(*) FROM annotations").fetchone()[0] == 3
    assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] == 0


def test_a_decision_that_changes_what_is_read_annotates_that_document_anew(
    corpus: Path, tmp_path: Path, stage: Stage
) -> None:
    edition, decisions = tmp_path / "x.edition", tmp_path / "x.decisions.jsonl"
    build([corpus], edition, jobs=1)
    stage.take()
    author = {"decision": "author", "document": "02.md", "value": "Ada Holm"}
    decisions.write_text(json.dumps(author) + "\n")
    replay_decisions(edition, decisions)
    assert stage.take() == []
    zone = {"decision": "zone", "document": "03.txt", "value": "furniture", "exact": ARTICLES["03.txt"].split("\n")[0]}
    decisions.write_text(f"{json.dumps(author)}\n{json.dumps(zone)}\n")
    replay_decisions(edition, decisions)
    (anew,) = stage.take()
    assert "Varga" not in anew
    assert words(edition)["03.txt"] == []
    date = {"decision": "date", "document": "01.txt", "value": "2020-03-09"}
    decisions.write_text(f"{json.dumps(author)}\n{json.dumps(zone)}\n{json.dumps(date)}\n")
    build([corpus], edition, jobs=1)
    assert stage.take() == []  # times are counted from the day when all is there, and not by the language stage


def test_other_weights_annotate_everything_anew(
    corpus: Path, tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([corpus], tmp_path / "x.edition", jobs=1)
    stage.take()
    for module in (recipes, annotating):
        monkeypatch.setattr(module, "language_code", lambda: "other")
    build([corpus], tmp_path / "x.edition", jobs=1)
    assert len(stage.take()) == len(ARTICLES)


class Impatient(Silent):
    """A user who presses Ctrl-C after some annotations."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.done = 0
        self._stage = ""

    def start(self, stage: str, total: int | None) -> None:
        self._stage = stage

    def advance(self, done: int = 1) -> None:
        if self._stage == "annotating":
            self.done += done
            if self.done > self.patience:
                raise KeyboardInterrupt


def many(folder: Path, count: int) -> Path:
    chooser = random.Random(7)
    names = ["Tom Varga", "Mara Oskin", "The council of Port Elder", "The regent", "She"]
    return write(
        folder,
        {
            f"{n:03}.txt": f"Story {n}\n\n{chooser.choice(names)} spoke on day {n}.\n\n{chooser.choice(names)} left.\n"
            for n in range(count)
        },
    )


def test_an_interrupted_build_goes_on_where_it_was_and_shows_the_last_good_edition_until_then(
    tmp_path: Path, stage: Stage
) -> None:
    edition = tmp_path / "x.edition"
    build([many(tmp_path / "corpus", 5)], edition, jobs=1)
    before = kept_in(edition)
    corpus = many(tmp_path / "corpus", 60)
    with pytest.raises(KeyboardInterrupt):
        build([corpus], edition, jobs=1, progress=Impatient(30))
    assert kept_in(edition) == before
    again = Impatient(10**6)
    build([corpus], edition, jobs=1, progress=again)
    assert again.done == 55 - 31
    build([corpus], tmp_path / "undisturbed.edition", jobs=1)
    assert kept_in(edition) == kept_in(tmp_path / "undisturbed.edition")


def test_neither_the_order_of_files_nor_the_number_of_processes_matters(tmp_path: Path) -> None:
    corpus = many(tmp_path / "corpus", 40)
    build([corpus], tmp_path / "one.edition", jobs=1)
    build([corpus], tmp_path / "two.edition", jobs=2)
    files = sorted(corpus.iterdir())
    random.Random(3).shuffle(files)
    build(files, tmp_path / "shuffled.edition", jobs=1)
    one = kept_in(tmp_path / "one.edition")
    assert all(one.values())
    assert one == kept_in(tmp_path / "two.edition") == kept_in(tmp_path / "shuffled.edition")


def test_no_sentence_and_no_name_crosses_the_edge_of_a_zone(tmp_path: Path) -> None:
    # the caption and the line below it have no stop, and the two names would be one
    text = "Harbour talks\n\nPhoto: The envoy Tom Varga at the port (Coast Pictures)\n\nMara Oskin said on Monday\n"
    build([write(tmp_path / "corpus", {"a.txt": text})], tmp_path / "x.edition")
    (annotation,) = kept_in(tmp_path / "x.edition").values()  # the check that it runs says so
    assert annotation is not None
    assert annotation.tokens


# --- when something goes wrong ---------------------------------------------------------------------------------------


def test_a_text_that_the_stage_fails_on_is_noted_at_each_build_and_stops_nothing(
    corpus: Path, tmp_path: Path, stage: Stage
) -> None:
    edition = tmp_path / "x.edition"
    stage.stumbles = "regent"
    for _ in range(2):
        report = build([corpus], edition, jobs=1)
        assert report.documents == len(ARTICLES)
        (notice,) = report.notices
        assert notice.path == "02.md"
        assert notice.reason == "the language stage failed on it: ArithmeticError: a text that is too odd for it"
    found = kept_in(edition)
    assert (found["02.md"], len(found)) == (None, 3)
    with Edition.open(edition) as opened:
        (id,) = (id for id in opened.ids() if opened.document(id).path == "02.md")
        assert opened.cast(id) == ((), notice.reason)
        with pytest.raises(KeyError):
            opened.annotation("dnone")


class Text(str):
    """A text that is one."""

    @property
    def text(self) -> str:
        return str(self)


def deadly(batch: Sequence[Text]) -> list[str]:
    if any("13" in text for text in batch):
        os._exit(1)  # as a crash in a C library would
    return [text.upper() for text in batch]


def crashed(text: Text, why: str) -> str:
    return CRASHED


def test_a_text_that_kills_its_process_costs_itself_alone_and_the_order_is_kept() -> None:
    texts = [Text(f"text {n}") for n in range(40)]
    made = list(engine_of(deadly, crashed, 2, 8, in_order=True).map(texts))
    assert made == [(t, CRASHED if "13" in t else t.upper()) for t in texts]


def test_long_texts_go_to_a_process_alone() -> None:
    sizes: list[int] = []

    def note(batch: Sequence[Text]) -> list[int]:
        sizes.append(len(batch))
        return [len(text) for text in batch]

    texts = [Text("x" * size) for size in (LETTERS - 10, 10, 20, 3 * LETTERS, 10, 10, 10, 10)]
    made = list(engine_of(note, lambda text, why: -1, 1, 3).map(texts))
    assert [size for _, size in made] == [len(text) for text in texts]
    assert sizes == [2, 1, 1, 3, 1]


def test_odd_texts_are_annotated_like_any_other(tmp_path: Path) -> None:
    texts = [
        "x" * 20_000,
        "The council met at the harbour again. " * 300,
        "A lone surrogate \ud800, a NUL \x00 and \u202ea turn\u202c in what the council said.",
        "\U0001f469\u200d\U0001f4bb e\u0301 \u0301 ... !!! ((( \u05d0\u05d1 \u4e2d\u6587",
    ]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "rows.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts))
    )
    report = build([corpus], tmp_path / "x.edition", jobs=1)
    assert (report.documents, report.notices) == (len(texts), [])
    with Edition.open(tmp_path / "x.edition") as opened:
        assert list(check(opened)) == []
        assert all(opened.annotation(id) for id in opened.ids())


def test_weights_that_cannot_be_read_are_told_and_leave_the_last_good_edition(
    corpus: Path, tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition, jobs=1)
    before = kept_in(edition)
    (tmp_path / "core.zip").write_bytes(b"no archive")
    monkeypatch.setenv("VARIORUM_WEIGHTS", str(tmp_path))
    recipes.language_code.cache_clear()
    try:
        with pytest.raises(VariorumError, match=r"core\.zip"):
            build([corpus], edition, jobs=1)
    finally:
        recipes.language_code.cache_clear()
    assert kept_in(edition) == before


def test_an_edition_of_the_first_version_is_brought_up_to_date(corpus: Path, tmp_path: Path, stage: Stage) -> None:
    edition = tmp_path / "x.edition"
    build([corpus], edition, jobs=1)
    connection = sqlite3.connect(edition)
    connection.executescript(
        "DROP TABLE annotations; ALTER TABLE documents DROP COLUMN annotated; DROP TABLE speakers; DROP TABLE said;"
        "DROP TABLE attributions; DROP TABLE cast_members; DROP TABLE actors; DROP TABLE utterances;"
        "DROP TABLE variants; DROP TABLE passages; DROP TABLE relations; DROP TABLE descents; DROP TABLE families;"
        "DROP TABLE lost_documents; DROP TABLE origins; DROP TABLE times; DROP TABLE bounds; DROP TABLE dated;"
        "DROP TABLE findings; DROP TABLE ties; DROP TABLE undecided; DROP TABLE evidence; DROP TABLE offices;"
        "DROP TABLE occupancies; DROP TABLE events; DROP TABLE parts; DROP TABLE stances; DROP TABLE labels;"
        "DROP TABLE claims; DROP TABLE claim_actors; DROP TABLE conflicts; DROP TABLE sides; DROP TABLE omissions;"
        "ALTER TABLE documents DROP COLUMN situated; PRAGMA user_version = 1"
    )
    connection.close()
    with pytest.raises(EditionError, match="older version"):
        Edition.open(edition)
    stage.take()
    assert build([corpus], edition, jobs=1).kept == len(ARTICLES)
    assert len(stage.take()) == len(ARTICLES)
    assert all(kept_in(edition).values())


def test_a_build_without_annotations_is_made_up_for_by_the_next(corpus: Path, tmp_path: Path, stage: Stage) -> None:
    build([corpus], tmp_path / "x.edition", jobs=1, annotate=False)
    assert stage.take() == []
    assert not any(kept_in(tmp_path / "x.edition").values())
    build([corpus], tmp_path / "x.edition", jobs=1)
    assert all(kept_in(tmp_path / "x.edition").values())


@pytest.mark.parametrize(
    "changed",
    [
        Annotation(((0, 5),), (Token(0, 5, "X", "x", 7, "dep"),), (), (), ()),
        Annotation((), (), (Entity(0, 5, "PER", 3, 0.5),), (), ()),
        Annotation(((0, 10**6),), (), (), (), ()),
        Annotation((), (), (), (Actor("A", "person", (Mention(5, 5, "name", 1.0),)),), ()),
    ],
)
def test_a_damaged_annotation_is_found(corpus: Path, tmp_path: Path, stage: Stage, changed: Annotation) -> None:
    build([corpus], tmp_path / "x.edition", jobs=1)
    connection = sqlite3.connect(tmp_path / "x.edition")
    connection.execute(
        "UPDATE annotations SET data = ? WHERE document = (SELECT n FROM documents WHERE path = '01.txt')",
        [pack_annotation(changed)],
    )
    connection.commit()
    connection.close()
    with Edition.open(tmp_path / "x.edition") as opened:
        assert [f.check for f in check(opened)] == ["annotations"]
