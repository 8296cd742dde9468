"""Write the parts of the docs that follow from the code: ``docs/cli.md``. The tests fail where they are out of date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from variorum.cli import main

HEAD = """# The command line

Generated from the program by `make docs`; don't edit it by hand.

Every command works on one edition file. What a command lists goes to standard output; progress and messages go to
standard error, and `--quiet` turns them off. `-` stands for standard input.

| exit code | meaning |
|---|---|
| 0 | done, also when some inputs were rejected (their number and the first reasons are told) |
| 1 | `check` has findings |
| 2 | bad usage, no such source, nothing readable in it, or an edition that can't be opened |
| 130 | interrupted; the same command goes on where it was |
"""


def reference() -> str:
    """Return the reference of all commands, as Markdown."""
    parts = [HEAD]
    for name, command in commands(main, "variorum"):
        context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
        parts.append(f"## `{name}`\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, with their full names."""
    yield name, command
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from commands(command.commands[child], f"{name} {child}")


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(reference(), encoding="utf-8")
