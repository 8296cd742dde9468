"""What a result was made with: code, data files and libraries. Another recipe makes a result out of date."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from variorum.language.weight_files import CORE, NEWS, opened
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


LANGUAGE_LIBRARIES = ("onnxruntime", "tokenizers")
"""Libraries whose version can change what the language stage says."""


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


@cache
def language_code() -> str:
    """Return a hash of the language room's code, data and weights, and of the libraries that run them.

    Of the weight files the list of contents is hashed, with the checksum of each: the same for the same networks, and
    read in a moment. Raises WeightsError where there are no weights.
    """
    digest = hashlib.sha256()
    room = resources.files("variorum") / "language"
    _add(digest, room, without=".zip")
    for name in (CORE, NEWS):
        with opened(name) as archive:
            members = [f"{m.filename} {m.file_size} {m.CRC:08x}\n" for m in archive.infolist()]
        digest.update("".join(sorted(members)).encode())
    for name in LANGUAGE_LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()[:20]


def annotation_recipe(text: str, packed_map: bytes) -> str:
    """Return a hash of a reading text with its map, and of the code."""
    digest = hashlib.sha256(f"{language_code()} {len(packed_map)}\n".encode())
    digest.update(packed_map)
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def code_of(room: Traversable) -> str:
    """Return a hash of the files of a room."""
    digest = hashlib.sha256()
    _add(digest, room)
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"  # an extra that is not installed


def _add(digest: hashlib._Hash, source: Traversable, without: str = "__pycache__") -> None:
    if source.is_dir():
        for child in sorted(source.iterdir(), key=lambda c: c.name):
            if child.name != "__pycache__" and not child.name.endswith(without):
                _add(digest, child, without)
    else:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
