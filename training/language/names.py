"""Corpora of names in one form: a text with spans, and which kinds of names its annotators did not mark.

Four kinds are told apart: people, organisations, places, and other names (peoples and languages, works, laws,
elections, products). Corpora differ in what they mark; a word outside of any name in a corpus without "other" may be
one for all we know, and is learned as such (see `silent`).
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from language.treebank import TreebankDocument, read_treebank

KINDS = ("PER", "ORG", "LOC", "MISC")
HELD_REGION = "Indigenous"
"""Region of the worldwide newswire that is measured on and never trained on."""

Name = tuple[int, int, str]


@dataclass(frozen=True)
class NamedText:
    """One text and the names in it."""

    id: str
    text: str
    names: tuple[Name, ...]
    breaks: tuple[int, ...]
    """Offsets at which sentences (or blocks of the corpus) begin."""
    silent: frozenset[str] = frozenset()
    """Kinds that the corpus does not mark."""
    unsaid: tuple[tuple[int, int], ...] = ()
    """Stretches of which the corpus does not say whether there is a name in them."""


_CLOSERS = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "''", "…", "...", "n't", "'s", "’s",
                      "'re",
                      "'ve", "'ll", "'d", "'m", "n’t", "’re", "’ve", "’ll", "’d", "’m"})  # fmt: skip
_OPENERS = frozenset({"(", "[", "{", "$", "£", "€", "#", "“", "‘", "``", "@"})


def joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as a line of text with the spaces that an editor would set, and the span of each token.

    A straight quotation mark opens and closes by turns. A hyphen between two words is a hyphen, unless what comes after
    it has a capital and what stands before it has none ("after a lull - In Madagascar").
    """
    text, spans = "", []
    glue, quoted = True, False
    for i, token in enumerate(tokens):
        before, after = tokens[i - 1] if i else "", tokens[i + 1] if i + 1 < len(tokens) else ""
        shown = {"``": "“", "''": "”"}.get(token, token)
        opens = token in _OPENERS
        closes = token in _CLOSERS
        if token == '"':
            opens, closes = not quoted, quoted
            quoted = not quoted
        elif token in ("-", "/") or (token in ("–", "—") and before[-1:].isdigit() and after[:1].isdigit()):
            wide = token == "-" and (
                after == "-"
                or before == "-"
                or (after[:1].isupper() and not before[:1].isupper())
                or not before[-1:].isalnum()
            )
            opens = closes = not wide
            closes = closes or before == "-"
        elif token in ("'", "’") and after.lower() in ("s", "t", "re", "ve", "ll", "d", "m"):
            opens = closes = True
        elif len(token) == 1 and token.isalpha() and not token.isascii() and before[-1:].isalpha():
            opens = closes = True  # the corpus' tokeniser took an accented letter for a word: "M ā ori"
        elif token == "'" and before[-1:] in ("s", "z"):
            closes = True
        if text and not glue and not closes:
            text += " "
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glue = opens
    return text, spans


def _spans(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Names of a line of BIO or IOB1 tags, by token."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        mark, _, kind = tag.partition("-")
        if mark == "O" or not kind:
            continue
        if mark == "I" and found and found[-1][1] == i and found[-1][2] == kind:
            found[-1] = (found[-1][0], i + 1, kind)
        else:
            found.append((i, i + 1, kind))
    return found


def _assembled(
    name: str, blocks: list[tuple[list[str], list[str]]], kinds: dict[str, str], between: str, silent: frozenset[str]
) -> NamedText:
    text, names, breaks = "", [], []
    for tokens, tags in blocks:
        line, spans = joined(tokens)
        at = len(text)
        breaks.append(at)
        for low, high, kind in _spans(tags):
            if kind in kinds:
                names.append((at + spans[low][0], at + spans[high - 1][1], kinds[kind]))
        text += line + between
    return NamedText(name, text.rstrip(), tuple(names), tuple(breaks), silent)


def _blocks(path: Path, separator: str | None) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# ") and "\t" not in line:
                continue
            if line.strip():
                block.append(line.split(separator))
            elif block:
                yield block
                block = []
    if block:
        yield block


def wikigold(folder: Path) -> Iterator[NamedText]:
    """Wikipedia articles (Balasuriya et al. 2009), CC BY 4.0."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
    blocks: list[tuple[list[str], list[str]]] = []
    count = 0
    for block in _blocks(folder / "wikigold.conll.gz", None):
        if block[0][0] == "-DOCSTART-":
            if blocks:
                yield _assembled(f"wikigold-{count}", blocks, kinds, " ", frozenset())
            blocks, count = [], count + 1
            continue
        blocks.append(([row[0] for row in block], [row[1] for row in block]))
    if blocks:
        yield _assembled(f"wikigold-{count}", blocks, kinds, " ", frozenset())


CROSSNER = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
            "location": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC"}  # fmt: skip


def crossner(folder: Path, part: str) -> Iterator[NamedText]:
    """Sentences on politics from Wikipedia (Liu et al. 2021)."""
    for count, block in enumerate(_blocks(folder / f"crossner_politics.{part}.conll.gz", "\t")):
        rows = ([row[0] for row in block], [row[1] for row in block])
        yield _assembled(f"crossner-{part}-{count}", [rows], CROSSNER, " ", frozenset())


WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "MISC",
             "Misc": "MISC",
             "Product": "MISC"}  # fmt: skip


def worldwide(folder: Path, *, held: bool) -> Iterator[NamedText]:
    """Newswire from outlets outside of the west (Shan et al. 2023); no licence stated."""
    with gzip.open(folder / "worldwide_newswire.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if (article["region"] == HELD_REGION) != held:
                continue
            blocks = [(block["tokens"], block["tags"]) for block in article["sentences"]]
            blocks = [block for block in blocks if not block[0][0].startswith("http")]
            yield _assembled(article["id"], blocks, WORLDWIDE, "\n", frozenset())


def uner(folder: Path, treebank: Path, part: str) -> Iterator[NamedText]:
    """The Universal NER layer of the English Web Treebank (Mayhew et al. 2024), CC BY-SA 4.0, on its own raw text."""
    lines = ([row[2] for row in block] for block in _blocks(folder / f"uner_en_ewt.{part}.iob2.gz", "\t"))
    tokens = [tuple(row[1] for row in block) for block in _blocks(folder / f"uner_en_ewt.{part}.iob2.gz", "\t")]
    tagged = dict(zip(tokens, lines, strict=True))
    for document in read_treebank(treebank):
        yield _with_tags(document, tagged)


def _with_tags(document: TreebankDocument, tagged: dict[tuple[str, ...], list[str]]) -> NamedText:
    names, breaks = [], []
    for first, end in document.sentences:
        words = document.words[first:end]
        breaks.append(words[0].start)
        for low, high, kind in _spans(tagged.get(tuple(word.form for word in words), [])):
            if kind in KINDS:
                names.append((words[low].start, words[high - 1].end, kind))
    return NamedText(document.id, document.text, tuple(names), tuple(breaks), frozenset({"MISC"}))


_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "MISC"}
_LEAD = regex.compile(r"(?:(?:the|a|an|this|that|his|her|their|our|its)\s+)+", regex.IGNORECASE)
_TITLE = regex.compile(
    r"(?:(?:US|UK|Iraqi|French|Russian|British|Syrian|Turkish)?\s*(?:Mr|Mrs|Ms|Dr|President|Prime|Minister|Secretary|Foreign|"
    r"Office|Deputy|Vice|Gen|General|Col|Colonel|Maj|Lt|Sgt|Staff|Army|Navy|Air|Force|Marine|Capt|Captain|Cmdr|Adm|Admiral|Sir|King|"
    r"Ambassador|Special|Representative|Envoy|Defense|State|Chief|Sheikh|Brig|Corps|Spokesman)\b\.?\s*)+"
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "al", "de", "bin", "ibn", "ul", "el", "von", "van", "da", "in", "on", "to"}
)


def re3d(folder: Path) -> Iterator[NamedText]:
    """Reports on Syria and Iraq (UK Defence Science and Technology Laboratory 2017): what is a name in them.

    The corpus marks descriptions and pronouns as well, and names with their articles and titles. Only what is left as a
    name counts: every word with a capital, a figure or a particle, articles and titles taken off. Spans that hold a
    comma ("Istanbul, Turkey") or a longer description say nothing, and neither do words inside of them.
    """
    with gzip.open(folder / "re3d.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["text"]
            names: dict[tuple[int, int], str] = {}
            unsaid = []
            for entity in record["entities"]:
                kind = _RE3D.get(entity["type"])
                start, end = entity["start"], entity["end"]
                shown = text[start:end]
                if kind is None or shown != entity["text"]:
                    continue
                whole = (start, end)
                lead = _LEAD.match(shown)
                start += lead.end() if lead else 0
                if kind == "PER":
                    title = _TITLE.match(text[start:end])
                    start += title.end() if title else 0
                shown = text[start:end].strip()
                words = regex.findall(r"[\p{L}\p{N}]+", shown)
                capital = [word for word in words if word[:1].isupper() or word[:1].isdigit()]
                if (
                    not capital
                    or not words[0][:1].isupper()
                    or "," in shown
                    or shown in ("I", "He", "She", "We", "They", "It")
                    or not all(word in capital or word in _SMALL for word in words)
                ):
                    unsaid.append(whole)
                else:
                    names.setdefault((start, end), kind)
            found = tuple((s, e, k) for (s, e), k in sorted(names.items()))
            yield NamedText(record["id"], text, found, (0,), unsaid=tuple(unsaid))
