"""Options and arguments that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def quiet(function: Function) -> Function:
    """Add --quiet."""
    option = click.option("--quiet", "-q", is_flag=True, help="No progress and no messages, only errors.")
    return option(function)


def listing(function: Function) -> Function:
    """Add --format for a command that lists."""
    option = click.option(
        "--format",
        type=click.Choice(["json", "csv", "table"]),
        default="table",
        show_default=True,
        help="How to print.",
    )
    return option(function)


def the_edition(function: Function) -> Function:
    """Add the argument EDITION."""
    return click.argument("edition", type=click.Path(path_type=Path))(function)


def port_options(function: Function) -> Function:
    """Add --host, --port and --open."""
    for option in (
        click.option("--open/--no-open", "opens", default=False, help="Open a browser on it."),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=8000,
            show_default=True,
            help="Where to listen; the next free one if it is taken.",
        ),
        click.option(
            "--host",
            default="127.0.0.1",
            show_default=True,
            help="Address to listen on; this machine alone by default.",
        ),
    ):
        function = option(function)
    return function
