"""Which files a build reads."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from variorum.reading.naming import label_of, safe_name
from variorum.reading.sources import SourceError, SourceFile, find
from variorum.records import Rejection

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and names that Windows has not")


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def labels(*sources: str | Path, **options: object) -> list[str]:
    return [f.label for f in find(sources, **options) if isinstance(f, SourceFile)]  # type: ignore[arg-type]


def test_a_folder_gives_its_files_in_the_order_of_their_paths(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.txt", "a.txt", "B/x.txt")
    assert labels(tmp_path) == ["B/x.txt", "a.txt", "a/z.txt", "b.txt"]


def test_a_file_is_called_by_its_name(tmp_path: Path) -> None:
    put(tmp_path, "deep/er/one.txt")
    assert labels(tmp_path / "deep" / "er" / "one.txt") == ["one.txt"]


def test_hidden_files_and_backups_are_left_out(tmp_path: Path) -> None:
    names = [".git/config", ".DS_Store", "__MACOSX/a.txt", "a.txt~", "#a.txt#", "a.txt.swp", "~$a.docx", "Thumbs.db"]
    put(tmp_path, "a.txt", *names)
    assert labels(tmp_path) == ["a.txt"]


def test_the_sheet_inside_the_source_can_be_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "sheet.csv")
    assert labels(tmp_path, ignore={(tmp_path / "sheet.csv").resolve()}) == ["a.txt"]


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere: no such file or folder"):
        list(find([tmp_path / "nowhere"]))


@pytest.mark.parametrize("turned", [False, True])
def test_names_that_collide_get_the_folder_before_them_whatever_the_order_of_the_sources(
    tmp_path: Path, turned: bool
) -> None:
    put(tmp_path, "one/a.txt", "one/b.txt", "two/a.txt")
    sources = [tmp_path / "one", tmp_path / "two"]
    assert labels(*(reversed(sources) if turned else sources)) == ["b.txt", "one/a.txt", "two/a.txt"]


def test_folders_of_one_name_still_give_two_labels(tmp_path: Path) -> None:
    put(tmp_path, "x/news/a.txt", "y/news/a.txt")
    one = labels(tmp_path / "x" / "news", tmp_path / "y" / "news")
    assert one == ["news/a.txt", "news/a.txt~2"]
    assert one == labels(tmp_path / "y" / "news", tmp_path / "x" / "news")


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    assert labels(tmp_path, tmp_path / "sub", tmp_path / "sub" / "a.txt") == ["sub/a.txt"]
    assert labels(tmp_path / "sub" / "a.txt", tmp_path) == ["sub/a.txt"]


@posix
def test_links_in_a_circle_end_and_files_keep_their_own_names(tmp_path: Path) -> None:
    put(tmp_path, "z/a.txt")
    (tmp_path / "a_link_to_z").symlink_to(tmp_path / "z")
    (tmp_path / "z" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = list(find([tmp_path]))
    assert [f.label for f in found if isinstance(f, SourceFile)] == ["z/a.txt"]
    assert [(f.path, f.reason) for f in found if isinstance(f, Rejection)] == [
        ("self", "a link that leads nowhere, or in a circle")
    ]


@posix
def test_a_link_out_of_the_folder_is_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "corpus/a.txt", "elsewhere/b.txt")
    (tmp_path / "corpus" / "one").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "two").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "three.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    assert labels(tmp_path / "corpus") == ["a.txt", "one/b.txt"]


@posix
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    os.mkfifo(tmp_path / "pipe")
    found = list(find([tmp_path]))
    assert [(f.path, f.reason) for f in found if isinstance(f, Rejection)] == [("pipe", "neither a file nor a folder")]
    assert labels(tmp_path) == ["a.txt", "b.txt"]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="the file system has UTF-8 names only")
def test_names_that_are_no_utf8_or_hold_line_breaks_become_safe_labels(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    found = labels(tmp_path)
    assert found == ["caf\\xe9.txt", "two\\x0alines.txt"]
    assert all(label.encode("utf-8") for label in found)


def test_escaped_names_stay_apart() -> None:
    assert label_of("a\nb") != label_of("a\\x0ab\n")
    assert label_of("plain\\name") == "plain\\name"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\x\\..\\y.txt", "x/y.txt"),
        ("..", "unnamed"),
    ],
)
def test_names_in_archives_lead_nowhere_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_standard_input_can_be_read_more_than_once() -> None:
    (found,) = find(["-"], stdin=io.BytesIO(b"words from a pipe"))
    assert isinstance(found, SourceFile)
    assert found.label == "stdin"
    for _ in range(2):
        with found.open() as stream:
            assert stream.read() == b"words from a pipe"
