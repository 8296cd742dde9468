"""Universal Dependencies treebanks as raw texts with labels: what the model reads, and what it should say.

A document is put together again from its words as its readers saw it: a space after each word but where the treebank
says otherwise, and an empty line between paragraphs. The same text is what the figures "from raw text" are measured on.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Word:
    """One syntactic word of a treebank."""

    start: int
    end: int
    """Offsets in the text of the document; a word of a contraction has its own part of it."""
    form: str
    lemma: str
    upos: str
    head: int
    """Index of the head among the words of the document, -1 for a root."""
    deprel: str
    multiword: tuple[int, int] | None = None
    """The span of the contraction that the word is part of ("don't"), where it is part of one."""


@dataclass
class Mention:
    """One mention of GUM's entity layer, by word indices of the document (end exclusive)."""

    group: str
    type: str
    start: int
    end: int
    heads: tuple[int, ...]
    """The words that carry it (GUM's minimal span)."""
    link: str
    """GUM's link type: coref, ana, appos, cata, pred, disc, sgl, ..."""
    identity: str = ""
    """Wikipedia title, where the entity is linked."""


@dataclass
class TreebankDocument:
    """One document: its raw text, words, sentences and mentions."""

    id: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    """First word and end, exclusive."""
    mentions: list[Mention] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """The lines of the file, for the scorer."""

    @property
    def genre(self) -> str:
        """The genre that GUM and EWT write into the id of a document."""
        return self.id.split("_")[1] if self.id.startswith("GUM_") else self.id.split("-")[0]


_ENTITY = re.compile(r"\(([^()]+)(\))?|([^()]+)\)|\(([^()]+)")


def read_treebank(path: Path) -> Iterator[TreebankDocument]:
    """The documents of a CoNLL-U file, in order."""
    document: TreebankDocument | None = None
    block: list[str] = []
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line:
                block.append(line)
                continue
            start = next((text for text in block if text.startswith("# newdoc")), None)
            if start is not None or document is None:
                if document is not None:
                    yield document
                document = TreebankDocument((start or "# newdoc id = only").split("=", 1)[-1].strip())
            if block:
                _add_sentence(document, block)
            block = []
    if document is not None:
        yield document


def _add_sentence(document: TreebankDocument, block: list[str]) -> None:
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    if document.text:
        paragraph = any(line.startswith("# newpar") and not line.startswith("# newpar_block") for line in block)
        document.text = document.text.rstrip(" ") + "\n\n" if paragraph else document.text
    first = len(document.words)
    position = {"0": -1}
    plain = [row for row in rows if row[0].isdigit()]
    position.update({row[0]: first + i for i, row in enumerate(plain)})
    spans: dict[str, tuple[int, int]] = {}
    inside = 0
    whole: dict[str, tuple[int, int]] = {}
    for row in rows:
        if "-" in row[0]:
            low, high = (int(number) for number in row[0].split("-"))
            start = len(document.text)
            forms = [plain[number - 1][1] for number in range(low, high + 1)]
            spans.update(_parts(row[1], forms, start, low))
            whole.update({str(number): (start, start + len(row[1])) for number in range(low, high + 1)})
            document.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            inside = high
        elif row[0].isdigit() and int(row[0]) > inside:
            start = len(document.text)
            spans[row[0]] = (start, start + len(row[1]))
            document.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    for row in plain:
        start, end = spans[row[0]]
        document.words.append(Word(start, end, row[1], row[2], row[3], position[row[6]], row[7], whole.get(row[0])))
    document.sentences.append((first, len(document.words)))
    document.lines.extend([*block, ""])
    _add_mentions(document, plain, first)


def _parts(surface: str, forms: list[str], start: int, low: int) -> dict[str, tuple[int, int]]:
    """Where the words of a contraction stand; the last takes what is left where the forms do not add up."""
    spans, at = {}, 0
    for i, form in enumerate(forms):
        last = i == len(forms) - 1
        length = len(surface) - at if last else min(len(form), len(surface) - at - (len(forms) - 1 - i))
        spans[str(low + i)] = (start + at, start + at + max(length, 0))
        at += max(length, 0)
    return spans


def _add_mentions(document: TreebankDocument, rows: list[list[str]], first: int) -> None:
    """GUM's bracketed entity layer; a mention does not cross a sentence."""
    waiting: list[tuple[int, list[str]]] = []
    for i, row in enumerate(rows):
        entity = next((item[7:] for item in row[9].split("|") if item.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
            if piece.startswith("("):
                waiting.append((i, piece.strip("()").split("-")))
                if not piece.endswith(")"):
                    continue
                begun = len(waiting) - 1
            else:
                name = piece.rstrip(")").split("-")[0]
                begun = next((k for k in range(len(waiting) - 1, -1, -1) if waiting[k][1][0] == name), -1)
                if begun < 0:
                    continue
            start, fields = waiting.pop(begun)
            fields = [*fields, *[""] * (8 - len(fields))]
            # GRP-etype-infstat-salience-centering-minspan-link-identity
            heads = tuple(first + start + int(n) - 1 for n in fields[5].split(",") if n.isdigit())
            document.mentions.append(
                Mention(fields[0], fields[1], first + start, first + i + 1, heads, fields[6], "-".join(fields[7:]))
            )
    document.mentions.sort(key=lambda mention: (mention.start, -mention.end))
