"""Which files there are to read: those of the sources that the user names, in an order that is always the same."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from variorum.errors import VariorumError
from variorum.reading.naming import is_skipped, label_of
from variorum.records import Rejection

STDIN = "-"
"""The source that stands for standard input."""

DEPTH = 100
"""Folders within folders."""

SPOOL = 16 << 20
"""Bytes of standard input that are held in memory before they go to a temporary file."""


class SourceError(VariorumError):
    """A source that is not there. The message is one line for the user."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    label: str
    """Its path below the source, with ``/`` between its parts: the path of its documents."""
    path: Path | None
    """Where it lies; None for standard input."""
    _spool: IO[bytes] | None = field(default=None, repr=False, compare=False)
    """Standard input, once it has been read."""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file from its beginning, as often as is needed. Raises OSError."""
        if self.path is not None:
            with self.path.open("rb") as stream:
                yield stream
            return
        assert self._spool is not None
        self._spool.seek(0)
        yield cast(BinaryIO, self._spool)


def find(
    sources: Sequence[str | Path], *, ignore: Set[Path] = frozenset(), stdin: BinaryIO | None = None
) -> Iterator[SourceFile | Rejection]:
    """Yield the files of ``sources`` (files, folders, ``-`` for standard input), sorted by label.

    The label of a file in a folder is its path below that folder, that of a file its name, that of standard input
    "stdin". Where two sources give the same label, each has the name of its source's folder put before it, with a
    number if need be. Hidden files, editors' backups and the files in ``ignore`` (resolved paths) are left out; a
    file that several names lead to is read once, under the first of them. What can't be read is yielded as a Rejection.

    Raises SourceError if a source does not exist.
    """
    found: list[tuple[int, SourceFile | Rejection]] = []
    seen: set[Path] = set()
    # a folder before those in it, and neither before the other because the user wrote it first
    for number, source in sorted(enumerate(sources), key=lambda s: (str(s[1]) == STDIN, str(_resolved(Path(s[1]))))):
        if str(source) == STDIN:
            if not any(isinstance(f, SourceFile) and f.path is None for _, f in found):
                found.append((number, _standard_input(stdin)))
            continue
        for each in _of_source(Path(source), ignore):
            identity = _identity(each)
            if identity is None or identity not in seen:
                found.append((number, each))
            if identity is not None:
                seen.add(identity)
    yield from _labelled(found, [_prefix(s) for s in sources])


def _of_source(source: Path, ignore: Set[Path]) -> Iterator[SourceFile | Rejection]:
    try:
        mode = source.stat().st_mode
    except FileNotFoundError:
        raise SourceError(f"{label_of(str(source))}: no such file or folder") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{label_of(str(source))}: can't be opened: {_why(error)}") from None
    if stat.S_ISDIR(mode):
        yield from _of_folder(source, ignore)
    elif _resolved(source) in ignore:
        return
    elif stat.S_ISREG(mode):
        yield _checked(label_of(source.name), source)
    elif stat.S_ISFIFO(mode):
        with source.open("rb") as stream:
            yield SourceFile(label_of(source.name), None, _spooled(stream))
    else:
        yield Rejection(label_of(source.name), None, "neither a file nor a folder")


def _of_folder(root: Path, ignore: Set[Path]) -> Iterator[SourceFile | Rejection]:
    """Walk a folder in the order of names.

    Each folder is walked once, by its own name rather than by a link to it, so that links in a circle end.
    """
    been: set[tuple[int, int]] = set()
    linked: list[tuple[Path, PurePosixPath]] = []

    def walk(folder: Path, below: PurePosixPath) -> Iterator[SourceFile | Rejection]:
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in been:
                return
            been.add((status.st_dev, status.st_ino))
            if len(below.parts) > DEPTH:
                yield Rejection(label_of(str(below)), None, f"more than {DEPTH} folders deep")
                return
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda e: os.fsencode(e.name))
        except OSError as error:
            yield Rejection(label_of(str(below)), None, f"the folder can't be read: {_why(error)}")
            return
        for entry in entries:
            path, name = folder / entry.name, below / entry.name
            if is_skipped(PurePosixPath(entry.name)):
                continue
            try:
                is_link = entry.is_symlink()
                is_folder, is_file = not is_link and entry.is_dir(), not is_link and entry.is_file()
            except OSError as error:
                yield Rejection(label_of(str(name)), None, f"can't be read: {_why(error)}")
                continue
            if is_link:
                linked.append((path, name))
            elif is_folder:
                yield from walk(path, name)
            elif _resolved(path) in ignore:
                continue
            elif is_file:
                yield _checked(label_of(str(name)), path)
            else:
                yield Rejection(label_of(str(name)), None, "neither a file nor a folder")

    yield from walk(root, PurePosixPath())
    # links last, so that what lies in the folder has its own name
    while linked:
        path, name = linked.pop(0)
        if path.is_dir():
            yield from walk(path, name)
        elif not path.exists():
            yield Rejection(label_of(str(name)), None, "a link that leads nowhere, or in a circle")
        elif _resolved(path) not in ignore:
            yield _checked(label_of(str(name)), path)


def _checked(label: str, path: Path) -> SourceFile | Rejection:
    """Return a file if it can be opened."""
    try:
        with path.open("rb"):
            return SourceFile(label, path)
    except OSError as error:
        return Rejection(label, None, f"can't be read: {_why(error)}")


def _identity(found: SourceFile | Rejection) -> Path | None:
    """Return what tells a file from all others; a symbolic link is the file that it leads to."""
    return None if isinstance(found, Rejection) or found.path is None else _resolved(found.path)


def _labelled(
    found: Sequence[tuple[int, SourceFile | Rejection]], prefixes: Sequence[str]
) -> list[SourceFile | Rejection]:
    counts = Counter(_label(each) for _, each in found)
    named: list[SourceFile | Rejection] = []
    taken: Counter[str] = Counter()
    for number, each in sorted(found, key=lambda f: (_label(f[1]), isinstance(f[1], Rejection), str(_identity(f[1])))):
        label = _label(each)
        if counts[label] > 1 and prefixes[number]:
            label = f"{prefixes[number]}/{label}"
        taken[label] += 1
        if taken[label] > 1:
            label = f"{label}~{taken[label]}"
        named.append(replace(each, label=label) if isinstance(each, SourceFile) else replace(each, path=label))
    return sorted(named, key=lambda f: (_label(f), isinstance(f, Rejection)))


def _label(found: SourceFile | Rejection) -> str:
    return found.label if isinstance(found, SourceFile) else found.path


def _prefix(source: str | Path) -> str:
    """Return the name of a source's folder."""
    if str(source) == STDIN:
        return ""
    path = Path(source).absolute()
    return label_of(path.name if path.is_dir() else path.parent.name)


def _standard_input(stdin: BinaryIO | None) -> SourceFile:
    return SourceFile("stdin", None, _spooled(stdin or sys.stdin.buffer))


def _spooled(stream: IO[bytes]) -> IO[bytes]:
    spool = cast(IO[bytes], tempfile.SpooledTemporaryFile(SPOOL))  # noqa: SIM115 - kept for every reading
    while part := stream.read(1 << 20):
        spool.write(part)
    return spool


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return None


def _why(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
