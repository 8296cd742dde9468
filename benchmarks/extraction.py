"""Article extraction on the pages of scrapinghub/article-extraction-benchmark, with that benchmark's own measure.

The measure is precision, recall and F1 of 4-gram shingles of tokens, as in the benchmark's ``evaluate.py``: precision
and recall are means over the pages, and F1 is made of the two means. The published figure of trafilatura 2.0.0 is .958,
on all 181 pages; ``html/`` holds 120 of them, so that the two compare only loosely. Nothing of ours is tuned on them.

Rows: trafilatura as it comes (its defaults, without comments), the stored text (what ``extract`` keeps), and, with
``--reading``, the reading text (furniture, credits and bylines set apart): what is set apart must not lower the figure.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import mean, stdev

import trafilatura

from variorum.reading.extracted import Unreadable
from variorum.reading.formats import extract
from variorum.records import Item, ReadingText

SHINGLE = 4
RESAMPLES = 200
"""Bootstrap samples of the pages, for the 95 % interval."""

_TOKEN = re.compile(r"\w+", re.UNICODE | re.MULTILINE | re.IGNORECASE | re.DOTALL)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-grams of a text's tokens with their counts; a shorter text is one shingle, an empty one has none."""
    tokens = _TOKEN.findall(text)
    return Counter(
        tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)) if tokens[i : i + SHINGLE]
    )


def overlap(truth: str, found: str) -> tuple[float, float, float]:
    """Return true positives, false positives and false negatives, normed to a page."""
    wanted, had = shingles(truth), shingles(found)
    tp, fp, fn = (sum(c.values()) for c in (wanted & had, had - wanted, wanted - had))
    total = tp + fp + fn
    return (tp / total, fp / total, fn / total) if total else (0.0, 0.0, 0.0)


def scores(rows: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Return F1, precision and recall over pages; a page that has nothing to be right about is left out of a mean."""
    precision = mean(tp / (tp + fp) for tp, fp, _ in rows if tp + fp > 0)
    recall = mean(tp / (tp + fn) for tp, _, fn in rows if tp + fn > 0)
    return 2 * precision * recall / (precision + recall), precision, recall


def alone(page: bytes) -> str:
    """Return what trafilatura takes out of a page."""
    return trafilatura.extract(page.decode("utf-8", "replace"), include_comments=False) or ""


def stored(page: bytes) -> str:
    """Return the text that we store of a page."""
    try:
        return extract(_item(page)).text
    except Unreadable:
        return ""


def reading(page: bytes) -> str:
    """Return the text that we read of a page."""
    from variorum.reading.item import read_item

    try:
        read = read_item(_item(page))
    except Unreadable:
        return ""
    return ReadingText.of(read.text, read.zones, read.edits, read.repairs).text


def _item(page: bytes) -> Item:
    return Item("page.html", "", None, "html", page)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--reading", action="store_true", help="measure the reading text too")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    truth: Mapping[str, Mapping[str, str]] = json.loads((given.data / "html" / "ground-truth.json").read_text("utf-8"))
    pages = {
        name: gzip.decompress((given.data / "html" / "pages" / f"{name}.html.gz").read_bytes())
        for name in sorted(truth)
    }
    methods: dict[str, Callable[[bytes], str]] = {"trafilatura": alone, "stored": stored}
    if given.reading:
        methods["reading"] = reading
    figures: dict[str, float] = {}
    print(f"{len(pages)} pages\n{'':12} {'F1':>7} {'±':>6} {'prec.':>7} {'recall':>7} {'s/page':>7}")
    for name, method in methods.items():
        began = time.perf_counter()
        rows = [overlap(truth[id]["articleBody"], method(page)) for id, page in pages.items()]
        seconds = (time.perf_counter() - began) / len(pages)
        f1, precision, recall = scores(rows)
        chance = random.Random(0)
        spread = 1.96 * stdev(scores(chance.choices(rows, k=len(rows)))[0] for _ in range(RESAMPLES))
        print(f"{name:12} {f1:7.4f} {spread:6.3f} {precision:7.4f} {recall:7.4f} {seconds:7.3f}")
        figures |= {
            f"extraction.{name}.f1": f1,
            f"extraction.{name}.precision": precision,
            f"extraction.{name}.recall": recall,
        }
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
