"""What the commands show in a terminal: progress on standard error, lists on standard output."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

Format = Literal["json", "csv", "table"]


class Terminal:
    """Progress and messages on standard error. A quiet one shows neither. See :class:`variorum.progress.Progress`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._bar.stop()

    def start(self, stage: str, total: int | None) -> None:
        """Begin the bar of a stage."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(stage, total=total)

    def advance(self, done: int = 1) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._bar.advance(self._task, done)

    def say(self, text: str) -> None:
        """Print a line on standard error, unless quiet."""
        self._console.print(Text(printable(text)))


def complain(text: str) -> None:
    """Print an error on standard error, as one line."""
    sys.stderr.write(f"variorum: {printable(text)}\n")


def printable(text: str) -> str:
    """Return ``text`` as one line that can't steer a terminal: control characters are spelt out."""
    return "".join(
        c if c.isprintable() or (unicodedata.category(c) in ("Zs", "Cf") and c != "\x1b") else _spelt(c) for c in text
    )


def emit(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], format: Format) -> None:
    """Print rows on standard output: JSON (one array), CSV, or a table to look at."""
    if format == "json":
        sys.stdout.write(json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n")
    elif format == "csv":
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(out.getvalue())
    else:
        table = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(printable("" if row.get(c) is None else str(row[c]))) for c in columns))
        console = Console(highlight=False)
        console.print(table)


def _spelt(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": " "}.get(character, f"\\x{ord(character):02x}")
