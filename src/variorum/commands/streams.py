"""What commands that work on lines of JSON read and write."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from variorum.errors import VariorumError


class NothingReadableError(VariorumError):
    """Input without a single text."""


@contextmanager
def opened(source: Path) -> Iterator[IO[bytes]]:
    """Open what is read; ``-`` is standard input."""
    if str(source) == "-":
        yield sys.stdin.buffer
        return
    with source.open("rb") as stream:
        yield stream


@contextmanager
def written(target: Path) -> Iterator[IO[bytes]]:
    """Open what is written: a file is complete or not there, so that it may be the one that is read."""
    if str(target) == "-":
        yield sys.stdout.buffer
    elif target.exists() and not target.is_file():
        with target.open("wb") as out:  # a device or a pipe
            yield out
    else:
        beside = target.with_name(f".{target.name}.part")
        try:
            with beside.open("wb") as out:
                yield out
            beside.replace(target)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
