"""How the word lists of the mending stage were made: counts of words and of word pairs in news, and nothing else.

    python training/lexicon.py --data DATA --out src/variorum/reading/data

counts letters-only words and pairs of neighbours in the corpora that ``docs/word-lists.md`` names, adds the English
word frequencies of `wordfreq <https://github.com/rspeer/wordfreq>`_ (3.1; install it for this run alone), and writes
``words.txt.gz`` and ``pairs.bin.gz``. Of the outlets corpus only the articles of the part ``lists`` are counted (see
:func:`part`), so that the others can be used to fit the weights and to measure. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from variorum.reading.mending.lexicon import BUCKETS, STEPS, pair_key
from variorum.reading.mending.tokens import MARKS, Tokens

NEWS_WEIGHT_OF_WORDFREQ = 4_000_000
"""How many words of news the frequencies of wordfreq count for, beside about 8 million counted ones."""

LEAST_WORD = 2
"""Articles that a word must stand in, unless wordfreq knows it."""

LEAST_COMPOUND = 3
"""Articles that a hyphenated word must stand in."""

LEAST_PAIR = 2
"""Times that a pair must be seen. A pair whose two words make a known word when joined is kept if seen once."""

LEAST_GENERAL = 1.4e-8
"""Frequency below which wordfreq alone does not make a word; its rarest hundred thousand are mostly names and slips."""

CLITICS = frozenset("bcdefghjklmnpqrstuvwxyz") | {"ll", "re", "ve"}
"""Words that are counted in news alone: wordfreq counts the s of "it's" among them."""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\w+\.(?:com|org|net|gov|co)\b\S*")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)+(?![\w-])")
_CLITIC = re.compile(r" (?=n['’]t\b|['’](?:s|re|ve|ll|d|m)\b)")


def part(article: str) -> str:
    """Return which part of the outlets corpus an article (its id) belongs to: 70 % lists, 15 % weights, 15 % test."""
    share = int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) % 100
    return "lists" if share < 70 else "weights" if share < 85 else "test"


def outlets(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the articles of one part of the outlets corpus."""
    return (row for row in _rows(data / "outlets/allsides_10k.jsonl.gz") if part(row["id"]) == name)


def articles(data: Path) -> Iterator[str]:
    """Yield the texts that are counted, one article (or one treebank) at a time."""
    for row in outlets(data, "lists"):
        yield row["text"]
    for name in ("attribution/polnear.train.jsonl.gz", "framing/basil.jsonl.gz"):
        for row in _rows(data / name):
            yield row["text"]
    for row in _rows(data / "crossdoc/newswcl50.jsonl.gz"):
        yield _CLITIC.sub("", row["text"])
    for row in _rows(data / "names/worldwide_newswire.jsonl.gz"):
        yield "\n".join(_CLITIC.sub("", " ".join(sentence["tokens"])) for sentence in row["sentences"])
    for name in ("en_ewt-ud-train.r2.12", "en_gum-ud-train.r2.16"):
        with gzip.open(data / f"treebank/{name}.conllu.gz", "rt", encoding="utf-8") as lines:
            sentences = (line[9:-1] for line in lines if line.startswith("# text = "))
            while block := "\n".join(islice(sentences, 40)):
                yield block


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def count(texts: Iterator[str]) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    """Return how often each word occurs, in how many texts each word and compound does, and how often each pair."""
    words: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        text = _ADDRESS.sub(" . ", text)
        tokens = Tokens.of(text)
        seen = list(tokens.pairs())
        known = [
            w for before, here in seen if here not in MARKS for w in ((before, here) if before in MARKS else (here,))
        ]
        words.update(known)
        spread.update(set(known))
        spread.update({m.group().lower() for m in _COMPOUND.finditer(text)})
        pairs.update(seen)
    return words, spread, pairs


def write_words(path: Path, classes: dict[str, int], header: str) -> None:
    """Write the word list: one line for each class of frequency, its words in alphabetical order."""
    lines: list[list[str]] = [[] for _ in range(max(classes.values()) + 1)]
    for word in sorted(classes):
        lines[classes[word]].append(word)
    _write(path, (header + "\n".join(" ".join(line) for line in lines) + "\n").encode())


def write_pairs(path: Path, pairs: dict[tuple[str, str], int], header: str) -> None:
    """Write the pairs: header, blank line, size of each bucket, low halves of the keys, a class for each."""
    keys: dict[int, int] = {}
    for (first, second), n in sorted(pairs.items()):
        key = pair_key(first, second)
        keys[key] = max(keys.get(key, 0), min(255, round(STEPS * math.log2(n)) + 1))
    order = sorted(keys)
    sizes, low = array("B", bytes(BUCKETS)), array("H")
    for key in order:
        sizes[key >> 16] += 1
        low.append(key & 0xFFFF)
    if array("H", [1]).tobytes() != b"\1\0":
        low.byteswap()
    _write(path, header.encode() + b"\n" + sizes.tobytes() + low.tobytes() + bytes(keys[k] for k in order))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{path}: {len(content):,} bytes, {path.stat().st_size:,} compressed")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/variorum/reading/data"))
    arguments = parser.parse_args()
    from wordfreq import get_frequency_dict

    words, spread, pairs = count(articles(arguments.data))
    total = sum(words.values())
    general = {
        word: frequency
        for word, frequency in get_frequency_dict("en", "large").items()
        if word.isalpha() and word not in CLITICS and frequency >= LEAST_GENERAL
    }
    kept = {w for w, n in spread.items() if n >= (LEAST_COMPOUND if "-" in w else LEAST_WORD)} | general.keys()
    unit = 1e9 / (total + NEWS_WEIGHT_OF_WORDFREQ)
    classes = {}
    for word in kept:
        seen = spread[word] if "-" in word else words[word]
        frequency = (seen + NEWS_WEIGHT_OF_WORDFREQ * general.get(word, 0.0)) * unit
        classes[word] = max(0, round(STEPS * math.log2(frequency)))
    chosen = {p: n for p, n in pairs.items() if n >= LEAST_PAIR or p[0] + p[1] in classes}
    header = (
        "# Words of English by frequency: line n, from 0, holds those that occur about "
        f"2 ** (n / {STEPS}) times in a thousand million words.\n"
        "# Made by training/lexicon.py; sources and licences in docs/word-lists.md. CC BY-SA 4.0, as wordfreq asks.\n"
    )
    write_words(arguments.out / "words.txt.gz", classes, header)
    header = (
        "# Pairs of neighbouring words in news, as hashes. Made by training/lexicon.py; see docs/word-lists.md.\n"
        f"# words counted: {total}\n"
    )
    write_pairs(arguments.out / "pairs.bin.gz", chosen, header)
    print(f"{total:,} words counted, {len(classes):,} kept; {len(pairs):,} pairs seen, {len(chosen):,} kept")


if __name__ == "__main__":
    main()
