"""What exists is documented, and what is documented exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

from variorum.cli import main
from variorum.edition.decisions import KINDS
from variorum.publishing.exports import TABLES
from variorum.records import ZONE_KINDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_command_reference_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == module.reference(), "run `make docs`"


def options(command: click.Command) -> list[click.Parameter]:
    own = [p for p in command.params if isinstance(p, click.Option)]
    return own + [o for c in getattr(command, "commands", {}).values() for o in options(c)]


def test_every_option_says_what_it_is_for() -> None:
    for option in options(main):
        assert isinstance(option, click.Option)
        assert option.help, f"{option.name} has no help"


@pytest.mark.parametrize("table", TABLES)
def test_every_export_table_is_documented_and_has_a_schema(table: str) -> None:
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert f"## {table}\n" in formats
    assert (DOCS / "schema" / f"{table}.json").is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_decision_is_documented(kind: str) -> None:
    assert f"| `{kind}` |" in (DOCS / "decisions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ZONE_KINDS)
def test_every_zone_is_documented(kind: str) -> None:
    assert f"| {kind} |" in (DOCS / "reading.md").read_text(encoding="utf-8")


def test_every_link_between_the_docs_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    assert len(pages) > 5
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_docs_are_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in DOCS.glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name


def test_floors_are_kept_for_every_benchmark() -> None:
    import tomllib

    commands = {
        entry["command"][0]
        for entry in tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text(encoding="utf-8")).values()
    }
    scripts = {p.name for p in (ROOT / "benchmarks").glob("*.py")} - {
        "gate.py",
        "figures.py",
        "ud_scores.py",
        "coref_scores.py",
        "altering.py",
        "descending.py",
        "wordforms.py",
    }
    assert commands == scripts


def test_every_page_is_documented() -> None:
    from variorum.publishing.app import create_app

    pages = (DOCS / "pages.md").read_text(encoding="utf-8")
    for route in create_app(Path("none.edition")).routes:
        path = getattr(route, "path", "")
        if path and not path.startswith("/static"):
            assert f"`{path}`" in pages, path
