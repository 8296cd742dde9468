"""Metadata from text alone: what is answered, how much of it is right, and how often it is wrong.

    python benchmarks/metadata.py [--data ../shared/data] [--limit N] [--part report|tune] [--json FILE] [--show FIELD]

The corpora are news articles whose fields are known. Every field is hidden; the program gets the text, with the
title as its first line where the corpus has one (a scrape has it). In the second variant it gets the URL too. Half
of each corpus, by the hash of the article's id, was used for tuning the patterns (``tune``); figures are for the
other half (``report``).

Two things soften that split: the first look at openings and endings (some 200 articles) took both halves, and the
table of outlets was written with the corpus's list of outlets in sight, so outlets found by URL are a kind figure.

For each field: documents where the truth is known, share of them that is answered, share of the answers that is
right, and wrong answers for each 1,000 documents. An author is right if the answer's first name stands in the
corpus's list (these lists hold everybody whom a scraper found on the page); a date, if the true day lies in its
interval, to within a day ("published" counts months too, "day" only dates known to the day); an outlet, if the words
of one name are among the other's; a title, if the letters agree (PolNeAR joins headline and deck by a semicolon: the
headline will do).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from variorum.reading.agencies import named
from variorum.reading.extracted import Extracted
from variorum.reading.metadata import find_clues
from variorum.reading.outlets import fold
from variorum.reading.settle import Identity, settle
from variorum.reading.zones import assign
from variorum.records import Clue, Document, ReadItem

FIELDS = ("title", "author", "outlet", "published", "day", "place", "agency", "wire", "language")


@dataclass(frozen=True)
class Case:
    """One article with what is known of it; None where the corpus doesn't say."""

    corpus: str
    id: str
    text: str
    url: str | None = None
    truth: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Tally:
    """Counts for one field."""

    known: int = 0
    answered: int = 0
    right: int = 0


def lines(path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _text(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    return str(value) if value else None


def _american(value: str | None) -> str | None:
    """Return a date that the corpus writes as ``2017-07-23`` or, rarely, ``7/23/17``; None for anything else."""
    short = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d\d)", value or "")
    if short:
        return f"20{short[3]}-{int(short[1]):02}-{int(short[2]):02}"
    return value if re.fullmatch(r"\d{4}-\d\d-\d\d", value or "") else None


def _titled(title: str | None, text: str) -> str:
    return f"{title}\n\n{text}" if title and not text.lstrip().startswith(title) else text


def outlets(data: Path) -> Iterator[Case]:
    """AllSides articles: title, authors, outlet, date, URL."""
    for row in lines(data / "outlets/allsides_10k.jsonl.gz"):
        title, text = _text(row, "title"), str(row["text"])
        outlet = _text(row, "outlet")
        truth = {
            "title": title,
            "author": _text(row, "authors"),
            "outlet": None if outlet and outlet.startswith("Guest Writer") else outlet,
            "published": _american(_text(row, "published")),
            "language": "en",
        }
        yield Case("outlets", str(row["id"]), _titled(title, text), _text(row, "url"), truth)


def polnear(data: Path) -> Iterator[Case]:
    """PolNeAR dev: title, author, publisher, date, wire ("" where the corpus says that there is none)."""
    for name in ("train", "dev"):
        for row in lines(data / f"attribution/polnear.{name}.jsonl.gz"):
            wire = _text(row, "wire")
            truth = {
                "title": _text(row, "title"),
                "author": _text(row, "author"),
                "outlet": _text(row, "publisher"),
                "published": _text(row, "date"),
                "wire": wire if wire and wire != "NA" else None,
                "language": "en",
            }
            yield Case(f"polnear-{name}", str(row["id"]), str(row["text"]), None, truth)


def basil(data: Path) -> Iterator[Case]:
    """BASIL: title, outlet, date, URL."""
    for row in lines(data / "framing/basil.jsonl.gz"):
        title = _text(row, "title")
        names = {"nyt": "The New York Times", "fox": "Fox News", "hpo": "HuffPost"}
        truth = {"title": title, "outlet": names[str(row["outlet"])], "published": _text(row, "date"), "language": "en"}
        yield Case("basil", str(row["id"]), _titled(title, str(row["text"])), _text(row, "url"), truth)


def groundnews(data: Path) -> Iterator[Case]:
    """ground.news stories: title, outlet, date (day/month/year)."""
    for row in lines(data / "reuse/groundnews.jsonl.gz"):
        day, month, year = (int(n) for n in re.findall(r"\d+", str(row["published"]))[:3])
        title = _text(row, "title")
        published = f"{year:04}-{month:02}-{day:02}"
        truth = {"title": title, "outlet": _text(row, "outlet"), "published": published, "language": "en"}
        yield Case("groundnews", str(row["id"]), _titled(title, str(row["text"])), None, truth)


def muc(data: Path) -> Iterator[Case]:
    """MUC-4 dev: dateline place, date and source."""
    for row in lines(data / "events/muc4.dev.jsonl.gz"):
        match = re.fullmatch(r"(?P<place>.*?),? (?P<date>\d{1,2} \w{3} \d\d)(?: .*)?", str(row["dateline"]), re.S)
        if not match:
            continue
        day, month, year = match["date"].split()
        months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        if month[:3] not in months:
            continue
        iso = f"19{year}-{months.index(month[:3]) + 1:02}-{int(day):02}"
        source = _text(row, "source")
        truth = {"place": match["place"].strip(" ,"), "published": iso, "agency": source}
        yield Case("muc4", str(row["id"]), str(row["text"]), None, truth)


NEAR = timedelta(days=1)

CORPORA: tuple[Callable[[Path], Iterator[Case]], ...] = (outlets, polnear, basil, groundnews, muc)


def read(case: Case, with_url: bool) -> Document:
    """Read the text of a case and settle its metadata."""
    zones = assign(Extracted(case.text), None)
    clues = find_clues(case.text, zones)
    if with_url and case.url:
        clues = (*clues, Clue("url", case.url, "field", 0.97, "a field gives the address"))
    item = ReadItem(case.text, zones, (), (), clues)
    return settle(Identity(case.id, case.id, "", None, ""), item, zones, ())


def answer(document: Document, name: str) -> str | None:
    """Return what a document says for a field; for ``wire`` the agencies whose words it is said to use."""
    if name == "wire":
        found = [c.value for c in document.clues if c.field == "credit" and "picture" not in c.reason]
        return "; ".join(found) or None
    if name in ("place", "agency"):
        return str(getattr(document.dateline, name) or "") or None
    if name in ("published", "day"):
        when = document.published
        if not when.best or (name == "day" and when.precision != "day"):
            return None
        return f"{when.earliest}/{when.latest}"
    return str(getattr(document, name) or "") or None


def agrees(name: str, said: str, truth: str) -> bool:
    """Tell whether an answer is right."""
    if name in ("published", "day"):
        low, high = (date.fromisoformat(part) for part in said.split("/"))
        return low - NEAR <= date.fromisoformat(truth) <= high + NEAR
    if name == "outlet":
        return _same_outlet(said, truth)
    if name == "author":
        return _letters(re.split(r",| and ", said)[0]) in _letters(truth)
    if name == "wire":
        names = {a.name for a in (named(s) for s in said.split("; ")) if a}
        wanted = named(truth) or named(truth.capitalize())
        return wanted is not None and wanted.name in names
    return _letters(said) in (_letters(truth), _letters(truth.split(";")[0]))


def _same_outlet(said: str, truth: str) -> bool:
    """Tell whether two names mean one outlet: the words of one are in the other, or a host's name is."""
    if fold(said) == fold(truth):
        return True
    one, other = (set(re.findall(r"\w+", name.casefold())) - {"the", "online", "web", "news"} for name in (said, truth))
    host = _letters(said.split(".")[0]) if re.fullmatch(r"[\w.-]+\.[a-z]{2,6}", said) else ""
    return bool(one and other and (one <= other or other <= one)) or (len(host) > 3 and host in _letters(truth))


def _letters(words: str) -> str:
    folded = unicodedata.normalize("NFKD", words).casefold()
    return "".join(c for c in folded if c.isalnum())


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, default=0, help="articles of each corpus; 0 for all")
    parser.add_argument("--part", choices=("report", "tune"), default="report")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", choices=FIELDS, help="print wrong and missing answers of one field")
    options = parser.parse_args()
    tallies: dict[tuple[str, str, str], Tally] = {}
    for corpus in CORPORA:
        for number, case in enumerate(_part(corpus(options.data), options.part)):
            if options.limit and number >= options.limit:
                break
            for variant in ("text", "text+url") if case.url else ("text",):
                _judge(case, variant, tallies, options.show)
    figures: dict[str, float] = {}
    print(f"{'corpus':14} {'input':9} {'field':10} {'known':>6} {'answered':>9} {'right':>7} {'wrong/1000':>11}")
    for (name, variant, what), tally in sorted(tallies.items()):
        if not tally.known:
            continue
        answered = tally.answered / tally.known
        right = tally.right / tally.answered if tally.answered else 0.0
        wrong = 1000 * (tally.answered - tally.right) / tally.known
        print(f"{name:14} {variant:9} {what:10} {tally.known:6} {answered:9.3f} {right:7.3f} {wrong:11.1f}")
        key = f"metadata {name} {variant} {what}"
        figures |= {f"{key} answered": answered, f"{key} right": right, f"{key} wrong per 1000": wrong}
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _part(cases: Iterator[Case], part: str) -> Iterator[Case]:
    return (case for case in cases if (crc32(case.id.encode()) % 2 == 0) == (part == "report"))


def _judge(case: Case, variant: str, tallies: dict[tuple[str, str, str], Tally], show: str | None) -> None:
    document = read(case, variant == "text+url")
    truths = case.truth | ({"day": case.truth["published"]} if "published" in case.truth else {})
    for name, truth in truths.items():
        tally = tallies.setdefault((case.corpus, variant, name), Tally())
        if truth is None:
            continue
        tally.known += 1
        said = answer(document, name)
        right = said is not None and agrees(name, said, truth)
        tally.answered += said is not None
        tally.right += right
        if show == name and not right and (said is not None or crc32(case.id.encode()) % 20 == 1):
            print(f"{case.corpus} {variant} {case.id}: {said!r} for {truth!r}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
