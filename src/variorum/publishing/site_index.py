"""The search index of a static site, as scripts that a page loads as it needs them.

A page that is opened from a folder can't fetch JSON, but it can load scripts. ``search/documents.js`` lists the
documents, ``search/words-XX.js`` says which documents have the words that begin with the characters XX, and
``search/texts/N.js`` holds what document N says, block by block, for phrases and for the words around a hit.
``static/search.js`` puts them together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from variorum.edition.reading import Edition
from variorum.publishing.dates import date_words
from variorum.publishing.links import file_of, place
from variorum.publishing.rendering import language_tag
from variorum.records import ReadingText

PREFIX = 2
"""Characters of a word that choose its file."""

CHUNK = 500
"""Documents that are fetched at once."""

_WORD = re.compile(r"\w+")


def index_files(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the files of the index with their content; the texts first, one at a time."""
    listed: list[list[Any]] = []
    words: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    total = edition.documents(limit=0).total
    for offset in range(0, total, CHUNK):
        for row in edition.documents(offset=offset, limit=CHUNK).rows:
            number = len(listed)
            date = date_words(row.published)
            file, tag = file_of(place("document", row.id)), language_tag(row.language)
            listed.append([file, row.name, row.outlet, date.text, int(date.doubtful), tag])
            reading = edition.reading(row.id)
            yield f"search/texts/{number}.js", _script("text", [number, _blocks(row.id, reading)])
            counts = Counter(tokens(reading.text))
            titled = set(tokens(row.title or ""))
            for word in sorted({*counts, *titled}):
                words[word[:PREFIX]][word] += [number, counts[word], int(word in titled)]
    yield "search/documents.js", _script("documents", listed)
    for prefix in sorted(words):
        yield f"search/words-{shard(prefix)}.js", _script("words", [prefix, words[prefix]])


def tokens(text: str) -> list[str]:
    """Return the words of a text as search compares them: without accents and capitals.

    ``static/search.js`` does the same to what is typed.
    """
    plain = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(c for c in plain if not unicodedata.combining(c)) if not plain.isascii() else plain
    return _WORD.findall(bare)


def shard(prefix: str) -> str:
    """Return the part of a file name that stands for the first characters of a word: their code points."""
    return "-".join(f"{ord(c):x}" for c in prefix)


def _blocks(id: str, reading: ReadingText) -> list[list[str]]:
    """Return each block of a document with the file and place that shows it."""
    blocks = []
    for block in reading.blocks:
        start = reading.to_stored(block.start, block.start + 1).start
        file = file_of(place("document", id, at=f"{start}-{start + 1}"))
        blocks.append([f"{file}#p{start}", reading.text[block.start : block.end]])
    return blocks


def _script(name: str, value: Any) -> str:
    # "<" is spelt out, so that nothing in it can end a script element if somebody puts it into a page
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"variorum.{name}({written});\n"
