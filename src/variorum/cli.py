"""The command line: verbs over one edition file. Exit codes: 0 done, 1 findings of ``check``, 2 bad usage or input."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from variorum import __version__
from variorum.commands.annotate import annotate
from variorum.commands.ask import ask
from variorum.commands.collate import collate_command
from variorum.commands.copies import copies_command
from variorum.commands.options import Function, listing, port_options, quiet, the_edition
from variorum.errors import VariorumError
from variorum.terminal import Format, Terminal, complain, emit

FIRST_REASONS = 5
"""How many reasons of rejected input a build tells; the edition holds all of them."""


class Commands(click.Group):
    """The verbs, with one clear line for whatever goes wrong and no traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line and leave with its exit code."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.ClickException as error:
            error.show()
            code = 2
        except VariorumError as error:
            complain(str(error))
            code = 2
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted; run the same command again to go on")
            code = 130
        except BrokenPipeError:
            # whoever read our output has had enough
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            complain(f"{name}{(error.strerror or str(error)).lower()}")
            code = 2
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="variorum %(version)s")
def main() -> None:
    """An edition of the news about one contested story.

    Every line of it leads to the exact words in the exact article.
    """


# --- build and look --------------------------------------------------------------------------------------------------


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "edition",
    required=True,
    type=click.Path(path_type=Path),
    metavar="EDITION",
    help="The edition to make or to bring up to date.",
)
@click.option(
    "--meta",
    type=click.Path(path_type=Path),
    metavar="SHEET",
    help="What you know: a CSV file with path or id, outlet, url, author, date, title. It outweighs inference.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="OURS=THEIRS,...",
    help="Field names of JSON and CSV that are not recognised, such as text=maintext,date=date_publish.",
)
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Events whose days you know: a line for each, the day and the words that name it. It helps to date articles.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Editors' decisions; by default NAME.decisions.jsonl beside NAME.edition.",
)
@click.option(
    "--jobs", type=click.IntRange(1), help="How many processes read and annotate; one for each core by default."
)
@click.option(
    "--engine", type=click.Choice(["local"]), default="local", show_default=True, help="What the stages run on."
)
@quiet
def build(
    sources: tuple[str, ...],
    edition: Path,
    meta: Path | None,
    mapping: tuple[str, ...],
    calendar: Path | None,
    decisions: Path | None,
    jobs: int | None,
    engine: str,
    quiet: bool,
) -> None:
    """Read the articles in SOURCE (files, folders, or - for a pipe) into EDITION.

    Run it again after adding, changing or removing articles: it does only what is new.
    """
    _build(sources, edition, meta, mapping, decisions, jobs, quiet, calendar=calendar)


def _build(
    sources: tuple[str, ...],
    edition: Path,
    meta: Path | None,
    mapping: tuple[str, ...],
    decisions: Path | None,
    jobs: int | None,
    quiet: bool,
    annotate: bool = True,
    calendar: Path | None = None,
) -> None:
    from variorum.build import BuildError, build
    from variorum.reading.fields import parse_map

    try:
        fields = parse_map(",".join(mapping)) if mapping else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--map") from error
    with Terminal(quiet=quiet) as terminal:
        report = build(
            sources,
            edition,
            meta=meta,
            calendar=calendar,
            mapping=fields,
            decisions=decisions,
            jobs=jobs,
            annotate=annotate,
            progress=terminal,
        )
        for notice in report.notices:
            where = f"{notice.path}:{notice.line}" if notice.line else notice.path
            terminal.say(f"note: {where}: {notice.reason}")
        for rejection in report.rejected[:FIRST_REASONS]:
            where = f"{rejection.path}:{rejection.line}" if rejection.line else rejection.path
            terminal.say(f"rejected: {where}: {rejection.reason}")
        if len(report.rejected) > FIRST_REASONS:
            terminal.say(f"... and {len(report.rejected) - FIRST_REASONS} more; the edition lists them all")
        terminal.say(
            f"{edition}: {report.documents} documents: {report.read} read, {report.kept} unchanged, "
            f"{report.removed} removed; {len(report.rejected)} rejected"
        )
    if not report.documents:
        raise BuildError(f"{', '.join(sources)}: nothing in it could be read")


@main.command()
@the_edition
@port_options
@quiet
def serve(edition: Path, host: str, port: int, opens: bool, quiet: bool) -> None:
    """Show EDITION in a browser."""
    from variorum.publishing.server import serve

    serve(edition, host=host, port=port, open_browser=opens, quiet=quiet)


@main.command()
@click.option(
    "-o",
    "edition",
    type=click.Path(path_type=Path),
    metavar="EDITION",
    help="Where to keep it; in your application folder by default.",
)
@port_options
@quiet
def demo(edition: Path | None, host: str, port: int, opens: bool, quiet: bool) -> None:
    """Build the edition of the example corpus and show it in a browser."""
    from importlib.resources import as_file

    from variorum.examples import corpus
    from variorum.publishing.server import serve

    edition = edition or Path(click.get_app_dir("variorum")) / "demo.edition"
    with as_file(corpus()) as folder:
        _build((str(folder),), edition, None, (), None, None, quiet)
    serve(edition, host=host, port=port, open_browser=opens, quiet=quiet)


@main.command()
@the_edition
@click.option(
    "-o", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write it."
)
@quiet
def publish(edition: Path, folder: Path, quiet: bool) -> None:
    """Write the pages of EDITION as a static site, for any web host or none."""
    from variorum.publishing.site import publish

    with Terminal(quiet=quiet) as terminal:
        terminal.start("publishing", None)
        count = publish(edition, folder, lambda done: terminal.advance())
        terminal.say(f"{folder}: {count} files")


@main.command()
@the_edition
@click.option(
    "-o", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write the files."
)
@click.option(
    "--format", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="What to write."
)
@quiet
def export(edition: Path, folder: Path, format: str, quiet: bool) -> None:
    """Write the rows of EDITION to files for other programs, one file for each kind of row."""
    from variorum.edition.reading import Edition
    from variorum.publishing.exports import export

    with Terminal(quiet=quiet) as terminal, Edition.open(edition) as opened:
        terminal.start("exporting", None)
        export(opened, folder, format, lambda path, count: terminal.say(f"{path}: {count} rows"))


@main.command()
@the_edition
@listing
@quiet
def check(edition: Path, format: Format, quiet: bool) -> None:
    """Prove EDITION: every offset, exact text and reference. Exit code 1 on a finding."""
    from dataclasses import asdict

    from variorum.edition.checking import CHECKS, check
    from variorum.edition.reading import Edition

    with Terminal(quiet=quiet) as terminal, Edition.open(edition) as opened:
        terminal.start("checking", None)
        found = []
        for finding in check(opened):
            found.append(asdict(finding))
            terminal.advance()
        if not found:
            for name, proved in CHECKS.items():
                terminal.say(f"{name}: {proved}")
    if found or format != "table":
        emit(found, ["check", "subject", "text"], format)
    if found:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("file", metavar="FILE")
@click.option("--map", "mapping", multiple=True, metavar="OURS=THEIRS,...", help="As for build.")
@listing
@quiet
def clean(file: str, mapping: tuple[str, ...], format: Format, quiet: bool) -> None:
    """Show FILE (or - for a pipe) as a document: its text, metadata, zones and repairs."""
    import tempfile

    from variorum.edition.reading import Edition
    from variorum.publishing import rows
    from variorum.publishing.cleaned import lines

    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder) / "clean.edition"
        _build((file,), edition, None, mapping, None, 1, True, annotate=False)
        with Edition.open(edition) as opened:
            documents = [opened.document(id) for id in opened.ids()]
            for rejection in opened.rejected():
                complain(f"{rejection.path}: {rejection.reason}")
    if format == "table":
        for document in documents:
            for line in lines(document):
                click.echo(line)
    elif format == "csv":
        from variorum.publishing.exports import COLUMNS, cells

        emit([cells(rows.document_row(d)) for d in documents], COLUMNS["documents"], "csv")
    else:
        for document in documents:
            click.echo(json.dumps(rows.document_row(document), ensure_ascii=False))


main.add_command(ask)
main.add_command(annotate)
main.add_command(copies_command)
main.add_command(collate_command)


# --- decisions -------------------------------------------------------------------------------------------------------


@main.group()
@the_edition
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where decisions are kept; by default NAME.decisions.jsonl beside NAME.edition.",
)
@quiet
@click.pass_context
def decide(context: click.Context, edition: Path, decisions: Path | None, quiet: bool) -> None:
    """Record an editor's decision about EDITION, and apply it.

    Each decision is a line in a text file, is replayed at every build, and can be taken back. DOCUMENT is an id or a
    path.
    """
    from variorum.build import decisions_beside
    from variorum.desk import Desk

    context.obj = Desk(edition, decisions or decisions_beside(edition), Terminal(quiet=quiet))


def signed(function: Function) -> Function:
    """Add --by and --note."""
    for option in (
        click.option("--note", default="", help="Why."),
        click.option("--by", default="", help="Who decides."),
    ):
        function = option(function)
    return function


def _field_command(kind: str, what: str) -> None:
    @decide.command(kind, help=f"Say {what} of DOCUMENT.")
    @click.argument("document")
    @click.argument("value")
    @signed
    @click.pass_obj
    def command(desk: Any, document: str, value: str, by: str, note: str) -> None:
        desk.decide({"decision": kind, "document": document, "value": value, "by": by, "note": note})


_field_command("date", "when it was published (VALUE: 2019-06-06, 2019-06 or 2019): the date")
_field_command("outlet", "who published it: the outlet")
_field_command("author", "who wrote it: the author")
_field_command("title", "the title")


@decide.command("zone")
@click.argument("document")
@click.argument("kind")
@click.argument("exact")
@click.option("--prefix", default="", help="What stands right before, where EXACT stands more than once.")
@signed
@click.pass_obj
def zone(desk: Any, document: str, kind: str, exact: str, prefix: str, by: str, note: str) -> None:
    """Say that the words EXACT of DOCUMENT are a KIND: furniture, body, caption, heading, ..."""
    content = {"decision": "zone", "document": document, "value": kind, "exact": exact, "prefix": prefix}
    desk.decide({**content, "by": by, "note": note})


def _actors_command(kind: str, what: str) -> None:
    @decide.command(kind, help=f"Say that the actors A and B (names or ids) are {what}.")
    @click.argument("a")
    @click.argument("b")
    @click.option("--in", "document", default="", metavar="DOCUMENT", help="The document whose A is meant.")
    @click.option("--and-in", "other", default="", metavar="DOCUMENT", help="The document whose B is meant.")
    @signed
    @click.pass_obj
    def command(desk: Any, a: str, b: str, document: str, other: str, by: str, note: str) -> None:
        about = {"a": a, "b": b, "document": document, "other": other}
        desk.decide({"decision": kind, **about, "by": by, "note": note})


_actors_command("same", "one")
_actors_command("apart", "two")


@decide.command("undo")
@click.argument("id")
@signed
@click.pass_obj
def undo(desk: Any, id: str, by: str, note: str) -> None:
    """Take the decision with this ID back (see decide EDITION list)."""
    desk.decide({"decision": "undo", "of": id, "by": by, "note": note})


@decide.command("list")
@listing
@click.pass_obj
def decisions(desk: Any, format: Format) -> None:
    """List the decisions, with what became of each."""
    emit(desk.rows(), ["id", "state", "decision", "document", "value", "by", "note", "reason"], format)
