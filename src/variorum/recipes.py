"""What a result was made with: code, data files and libraries. Another recipe makes a result out of date."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from variorum.records import Item

READING_LIBRARIES = (
    "charset-normalizer",
    "fastwarc",
    "feedparser",
    "ftfy",
    "htmldate",
    "lxml",
    "py3langid",
    "pypdf",
    "python-docx",
    "pyyaml",
    "trafilatura",
)
"""Libraries whose version can change what is read."""


@cache
def reading_code() -> str:
    """Return a hash of the reading room's code and data, of the records, and of the libraries that they use.

    It is computed from the files themselves, so that nobody has to remember to raise a version.
    """
    digest = hashlib.sha256()
    package = resources.files("variorum")
    _add(digest, package / "records.py")
    _add(digest, package / "reading")
    for name in READING_LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()[:20]


def item_recipe(item: Item) -> str:
    """Return a hash of an item and of the code that reads it: the same recipe, the same result."""
    clues = [[c.field, c.value, c.method, c.score, c.reason] for c in item.clues]
    facts = [reading_code(), item.path, item.format, item.encoding, sorted(item.fields.items()), clues]
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode())
    digest.update(item.data)
    return digest.hexdigest()[:32]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"  # an extra that is not installed


def _add(digest: hashlib._Hash, source: Traversable) -> None:
    if source.is_dir():
        for child in sorted(source.iterdir(), key=lambda c: c.name):
            if child.name != "__pycache__":
                _add(digest, child)
    else:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
