"""Measure page furniture in both directions: how much of it is found, and how much of the article is lost.

Five measurements:

* ``pages``: public pages (scrapinghub/article-extraction-benchmark) with their mark-up stripped, every visible line a
  line of the text, the true article body known. Patterns and constants were chosen on pages with an even hash; the
  figures are those of the odd half. A line is body if half of its runs of four words stand in the true body (for
  shorter lines: if it is a line of it). A body line that the page shows twice is lost only if no copy of it is read.
  The same pages as the HTML reader extracts them stand beside it, where little is left to find.
* ``outlets``: articles that somebody has extracted (ramybaly/Article-Bias-Prediction), odd half: the share of words
  in each kind of zone, with the most frequent lines that are not read under ``--show``.
* ``glued``: those articles with what real pages (odd half) show before and behind their article glued around them, and
  labels, notices and links between their paragraphs.
* ``few``: groups of three or four of all those articles from one outlet, every second group about one topic: how many
  groups get a mark from repetition, and how many marks; ``--show`` prints them, to be read one by one.
* ``seeds``: five real articles with zones judged by hand, line by line, from the program's own proposal
  (``gold/seeds_zones.json``, offsets only), where the files are given.

Run ``benchmarks/furniture.py --data DATA [--seeds FOLDER] [--train] [--tune] [--show N] [--json FILE]``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html

from variorum.reading.extracted import Extracted
from variorum.reading.formats import extract
from variorum.reading.furniture import line_digests, mark, repeated
from variorum.reading.zones import assign, layout
from variorum.records import Item, Zone

APART = ("furniture", "credit", "byline")
UNSEEN = {"script", "style", "noscript", "template", "head", "textarea", "svg", "iframe", "select"}
INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"),
    *(
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
    ),
}


def held_out(key: str) -> bool:
    """Tell whether ``key`` belongs to the half that nothing was tuned on."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 == 1


def visible_lines(source: bytes) -> list[str]:
    """Return the visible text of a page, one block element a line, without its mark-up."""
    parts: list[str] = []
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    stack: list[tuple[Any, bool]] = [(html.document_fromstring(source, parser=parser), False)]
    while stack:
        node, leaving = stack.pop()
        seen = isinstance(node.tag, str) and node.tag not in UNSEEN
        block = seen and node.tag not in INLINE
        if leaving:
            parts.append("\n" if block else "")
            parts.append(node.tail or "")
            continue
        stack.append((node, True))
        if seen:
            parts.append("\n" if block else "")
            parts.append(re.sub(r"\s+", " ", node.text or ""))
            stack += [(child, False) for child in reversed(node)]
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in small letters."""
    return re.findall(r"\w+", text.casefold())


@dataclass
class Tally:
    """Words and lines by truth and decision."""

    body: int = 0
    """Words that belong to the article."""
    lost: int = 0
    """Those of them that were set apart."""
    other: int = 0
    """Words that don't."""
    found: int = 0
    """Those of them that were set apart."""
    body_lines: int = 0
    lost_lines: int = 0
    other_lines: int = 0
    found_lines: int = 0
    damaged: float = 0.0
    """Share of the documents that lost more than a hundredth of their article."""
    mistakes: list[str] = field(default_factory=list)

    def add(self, words: int, is_body: bool, apart: int) -> None:
        """Count a line of so many words, of which ``apart`` were set apart."""
        if is_body:
            self.body += words
            self.lost += apart
            self.body_lines += 1
            self.lost_lines += 2 * apart > words
        else:
            self.other += words
            self.found += apart
            self.other_lines += 1
            self.found_lines += 2 * apart > words

    def figures(self, name: str) -> dict[str, float]:
        """Return precision and recall of what was set apart, and the share of the article that was lost."""
        return {
            f"{name}, precision by words": self.found / max(1, self.found + self.lost),
            f"{name}, recall by words": self.found / max(1, self.other),
            f"{name}, precision by lines": self.found_lines / max(1, self.found_lines + self.lost_lines),
            f"{name}, recall by lines": self.found_lines / max(1, self.other_lines),
            f"{name}, body words lost": self.lost / max(1, self.body),
        }


def apart_words(text: str, zones: Iterable[Zone], start: int, end: int) -> int:
    """Return how many words between ``start`` and ``end`` lie in zones that are not read."""
    return sum(
        len(words_of(text[max(z.start, start) : min(z.end, end)]))
        for z in zones
        if z.kind in APART and z.start < end and start < z.end
    )


def page_truth(body: str, lines: list[str]) -> list[bool]:
    """Tell for each line of a page whether it belongs to the article."""
    runs = set()
    flat = words_of(body)
    for at in range(len(flat) - 3):
        runs.add(tuple(flat[at : at + 4]))
    whole = {tuple(words_of(line)) for line in body.splitlines()}
    truth = []
    for line in lines:
        words = words_of(line)
        own = [tuple(words[at : at + 4]) for at in range(len(words) - 3)]
        hits = sum(run in runs for run in own)
        truth.append(2 * hits >= len(own) if len(own) >= 2 else tuple(words) in whole and bool(words))
    return truth


def pages(data: Path, odd: bool) -> tuple[Tally, dict[str, list[tuple[str, bool, Zone | None]]]]:
    """Measure on stripped pages; also return each page's lines with their truth, for reading."""
    truths = json.loads((data / "html" / "ground-truth.json").read_text("utf-8"))
    tally = Tally()
    shares: list[float] = []
    seen: dict[str, list[tuple[str, bool, Zone | None]]] = {}
    for key in sorted(truths):
        if held_out(key) != odd:
            continue
        with gzip.open(data / "html" / "pages" / f"{key}.html.gz") as stream:
            source = stream.read()
        lines = visible_lines(source)
        text = "\n".join(lines)
        zones = assign(Extracted(text))
        truth = page_truth(truths[key]["articleBody"], lines)
        rows = []
        at = 0
        for line, is_body in zip(lines, truth, strict=True):
            rows.append((line, is_body, apart_words(text, zones, at, at + len(line)), at))
            at += len(line) + 1
        read = {line for line, is_body, apart, _ in rows if is_body and not apart}
        body, lost = tally.body, tally.lost
        for line, is_body, apart, low in rows:
            apart = 0 if is_body and line in read else apart
            tally.add(len(words_of(line)), is_body, apart)
            zone = next((z for z in zones if z.start >= low), None)
            seen.setdefault(key, []).append((line, is_body, zone))
            if is_body and apart:
                tally.mistakes.append(
                    f"{key[:8]} {zone.kind if zone else ''} {line[:140]} [{zone.reason if zone else ''}]"
                )
        shares.append((tally.lost - lost) / max(1, tally.body - body))
    tally.damaged = sum(share > 0.01 for share in shares) / max(1, len(shares))
    return tally, seen


def extracted(data: Path, odd: bool) -> Tally:
    """Measure what is set apart in what the HTML reader has taken out of the same pages."""
    truths = json.loads((data / "html" / "ground-truth.json").read_text("utf-8"))
    tally = Tally()
    for key in sorted(truths):
        if held_out(key) != odd:
            continue
        with gzip.open(data / "html" / "pages" / f"{key}.html.gz") as stream:
            page = extract(Item(f"{key}.html", "", None, "html", stream.read()))
        zones = assign(page, next((c.value for c in page.clues if c.field == "title"), None))
        lines = page.text.split("\n")
        at = 0
        for line, is_body in zip(lines, page_truth(truths[key]["articleBody"], lines), strict=True):
            tally.add(len(words_of(line)), is_body, apart_words(page.text, zones, at, at + len(line)))
            at += len(line) + 1
    return tally


def articles(data: Path, odd: bool) -> Iterator[dict[str, Any]]:
    """Yield the articles of one half."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if held_out(row["id"]) == odd:
                yield row


def outlets(data: Path, odd: bool, show: int) -> dict[str, float]:
    """Return the share of words of extracted articles by zone; print the most frequent lines that were set apart."""
    words: Counter[str] = Counter()
    lines: Counter[tuple[str, str]] = Counter()
    for row in articles(data, odd):
        text = row["text"]
        for zone in assign(Extracted(text), row["title"]):
            own = text[zone.start : zone.end]
            words[zone.kind] += len(words_of(own))
            if zone.kind in APART:
                lines[zone.kind, own[:120].replace("\n", " ")] += 1
    for (kind, line), count in lines.most_common(show):
        print(f"{count:6} {kind:9} {line}")
    total = sum(words.values())
    return {f"outlets, share of words that are {kind}": words[kind] / total for kind in sorted(words)}


def surroundings(data: Path, odd: bool) -> list[tuple[list[str], list[str]]]:
    """Return what real pages show before and behind the article: the wording is not the lexicon's, but the pages'."""
    truths = json.loads((data / "html" / "ground-truth.json").read_text("utf-8"))
    found = []
    for key in sorted(truths):
        if held_out(key) != odd:
            continue
        with gzip.open(data / "html" / "pages" / f"{key}.html.gz") as stream:
            lines = visible_lines(stream.read())
        truth = page_truth(truths[key]["articleBody"], lines)
        if sum(truth) < 3:
            continue
        first, last = truth.index(True), len(truth) - 1 - truth[::-1].index(True)
        found.append((lines[:first], lines[last + 1 :]))
    return found


INTERRUPTIONS = (
    (("Image copyright", 1), ("Getty Images", 1), ("Image caption", 1), ("The square in the old town last spring", 0)),
    (("Advertisement", 1),),
    (("Media playback is unsupported on your device", 1),),
    (("Read more: What we know so far", 1),),
    (("Share this with Facebook", 1), ("Copy this link", 1)),
    (("Sign up for our morning briefing, delivered to your inbox every weekday", 1),),
    (("Story continues below advertisement", 1),),
)
"""What pages put between paragraphs, with 1 for a line that must be set apart and 0 for one that must be read."""


def glued(data: Path, odd: bool, count: int) -> dict[str, float]:
    """Glue furniture around and into articles; return how much of it was found, and what was lost of the articles."""
    draw = random.Random(11)
    around = surroundings(data, odd)
    outer, inner = Tally(), Tally()
    for number, row in enumerate(articles(data, odd)):
        if number >= count:
            break
        paragraphs = [line.strip() for line in row["text"].split("\n") if line.strip()]
        if len(paragraphs) < 6:
            continue
        alone = "\n\n".join(paragraphs)
        known = [z for z in assign(Extracted(alone)) if z.kind in APART]
        before, behind = around[draw.randrange(len(around))]
        cut = draw.randrange(2, len(paragraphs) - 2)
        between = INTERRUPTIONS[draw.randrange(len(INTERRUPTIONS))]
        parts: list[tuple[str, str]] = [(line, "outer") for line in before] + [(row["title"], "title")]
        parts += [(line, "body") for line in paragraphs[:cut]]
        parts += [(line, "inner" if apart else "title") for line, apart in between]
        parts += [(line, "body") for line in paragraphs[cut:]] + [(line, "outer") for line in behind]
        text = "\n\n".join(line for line, _ in parts)
        zones = assign(Extracted(text))
        apart_already = {alone[z.start : z.end] for z in known}
        at = 0
        for line, what in parts:
            apart = apart_words(text, zones, at, at + len(line))
            if what == "body" and not any(own in line for own in apart_already):
                outer.add(len(words_of(line)), True, apart)
            elif what == "outer":
                outer.add(len(words_of(line)), False, apart)
            elif what == "inner":
                inner.add(len(words_of(line)), False, apart)
            at += len(line) + 2
    figures = outer.figures("glued")
    figures["glued, recall between paragraphs by lines"] = inner.found_lines / max(1, inner.other_lines)
    return figures


def few(data: Path, groups: int, show: int) -> dict[str, float]:
    """Draw groups of three or four articles of one outlet; return how many get marks from repetition, and how many."""
    by_outlet: dict[str, list[dict[str, Any]]] = {}
    by_topic: dict[str, list[dict[str, Any]]] = {}
    for odd in (False, True):
        for row in articles(data, odd):
            by_outlet.setdefault(row["outlet"], []).append(row)
            by_topic.setdefault(f"{row['outlet']} {row['topic']}", []).append(row)
    draw = random.Random(5)
    marks: Counter[str] = Counter()
    hit = 0
    for number in range(groups):
        table = by_topic if number % 2 else by_outlet
        key = draw.choice(sorted(k for k, rows in table.items() if len(rows) >= 4))
        drawn = [
            (row["text"], assign(Extracted(row["text"]), row["title"]))
            for row in draw.sample(table[key], 3 + number % 4 // 2)
        ]
        lines = [(str(i), key, line_digests(text, zones)) for i, (text, zones) in enumerate(drawn)]
        repeats = repeated(lines)[key]
        words = [
            text[new.start : new.end] for text, zones in drawn for new in mark(text, zones, repeats) if new not in zones
        ]
        hit += bool(words)
        marks.update(f"{key}: {line[:160]!r}" for line in words)
    for line, count in marks.most_common(show):
        print(f"{count:6} {line}")
    return {"few, groups": groups, "few, groups with marks": hit, "few, marks": sum(marks.values())}


def seeds(folder: Path) -> dict[str, float]:
    """Return the share of characters (white space left out) whose zone is the one marked by hand."""
    gold = json.loads((Path(__file__).parent / "gold" / "seeds_zones.json").read_text("utf-8"))
    right = total = 0
    for name in sorted(gold):
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != gold[name]["sha256"]:
            continue
        text = path.read_text("utf-8")
        ours = [""] * len(text)
        for zone in assign(Extracted(text)):
            ours[zone.start : zone.end] = [zone.kind] * (zone.end - zone.start)
        for start, end, kind in gold[name]["zones"]:
            for at in range(start, end):
                if not text[at].isspace():
                    total += 1
                    right += ours[at] == kind
    return {"seeds, characters in the right zone": right / total} if total else {}


GRID = {
    "SHORT": (1.5, 3.0, 4.0, 6.0, 9.0),
    "FURNITURE": (3.0, 6.0, 9.0, 14.0),
    "WALL": (60.0, 120.0, 250.0),
    "LINKS": (10.0, 20.0, 40.0, 80.0),
    "APART": (3, 5, 10),
    "SHORTS": (6, 9, 12, 20),
}
"""Values of the constants of ``reading/zones/layout.py`` that are tried, one at a time."""


def tune(data: Path) -> None:
    """Print what other values of the constants would give on the training pages."""
    for name, values in GRID.items():
        chosen = getattr(layout, name)
        for value in values:
            setattr(layout, name, value)
            figures = pages(data, False)[0].figures("pages")
            lost, recall = figures["pages, body words lost"], figures["pages, recall by words"]
            print(f"{name:10} {value:6} lost {lost:.4f} recall {recall:.4f}{' (chosen)' if value == chosen else ''}")
        setattr(layout, name, chosen)


def main() -> None:
    """Measure, print a table, and write it as JSON if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    options.add_argument("--articles", type=int, default=1000, help="articles to glue furniture around")
    options.add_argument("--train", action="store_true", help="measure on the half that the patterns come from")
    options.add_argument("--show", type=int, default=0, metavar="N", help="print the N most frequent lines set apart")
    options.add_argument("--json", type=Path)
    options.add_argument("--tune", action="store_true", help="try other constants on the training pages instead")
    given = options.parse_args()
    if given.tune:
        tune(given.data)
        return
    odd = not given.train
    tally, _ = pages(given.data, odd)
    figures = tally.figures("pages")
    figures["pages, share that lost more than 1 % of their article"] = tally.damaged
    taken = extracted(given.data, odd)
    figures["extracted pages, body words lost"] = taken.lost / max(1, taken.body)
    figures["extracted pages, recall by words"] = taken.found / max(1, taken.other)
    figures |= outlets(given.data, odd, given.show)
    figures |= glued(given.data, odd, given.articles)
    figures |= few(given.data, 1200, given.show)
    figures |= seeds(given.seeds)
    for name, value in figures.items():
        print(f"{name:55} {value:8.4f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
