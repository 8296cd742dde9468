"""Names of languages."""

from __future__ import annotations

from functools import cache
from importlib import resources

from variorum.edition.listing import UNKNOWN


@cache
def _names() -> dict[str, str]:
    lines = (resources.files("variorum.publishing") / "data/languages.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {code: name for code, _, name in pairs}


def language_name(code: str) -> str:
    """Return the English name of a language by its ISO 639-1 code; the code itself where it is not known."""
    return "not known" if code == UNKNOWN else _names().get(code, code)
