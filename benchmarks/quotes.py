"""How well what stands in quotation marks is told apart, and whose words it is.

    python benchmarks/quotes.py [--data ../shared/data] [--json FILE] [--errors]

On thirty articles of thirty outlets and the five seeds, all marks of which were judged by hand (``gold/README.md``).
*Recall*: of the quotations, those all of whose pieces lie in the contents of attributions that are direct or mixed.
*Precision*: of the quoted stretches of these contents, those that are somebody's words. *Speakers*: of the quotations
that were found, those with the right speakers; a form of a name counts as the name. *Marked*: of what is in marks and
not speech, how much is left alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex

from variorum.language import annotate_all
from variorum.language.annotation import Annotation, Attribution, Span
from variorum.language.quotations import quotations_of

sys.path.insert(0, str(Path(__file__).parent))

from figures import run

GOLD = Path(__file__).parent / "gold"
ENOUGH = 0.8
"""Share of a quoted stretch that must be covered."""
WHOLE = 0.97
"""Share from which on it counts as covered altogether."""
_NOT_WORDS = regex.compile(r"[^\p{L}\p{N}]+")
_EMPTY = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "of", "s"})


def articles(data: Path, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Texts of a gold file with their rows. Raises SystemExit where a text is not what was judged."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    texts |= {path.stem: path.read_bytes().decode("utf-8") for path in (data.parent / "seeds").glob("*.txt")}
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["document"]]
        if not hashlib.sha256(text.encode()).hexdigest().startswith(row["sha256"]):
            raise SystemExit(f"{row['document']}: the text is not the one that was judged")
        yield text, row


def same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists name the same, in whatever order; a name may be a form of the other."""
    mine, theirs = ([_words(name) for name in names] for names in (one, other))
    return len(mine) == len(theirs) and all(any(_form(a, b) or _form(b, a) for b in theirs) for a in mine if a)


def _form(short: frozenset[str], full: frozenset[str]) -> bool:
    """Whether one name is a form of another; an initial stands for the word that it begins."""
    return all(word in full or (len(word) == 1 and any(other[0] == word for other in full)) for word in short)


def _words(name: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return frozenset(_NOT_WORDS.split(plain)) - _EMPTY - {""}


def _covered(span: Span, by: Sequence[Span]) -> float:
    shared = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in by)
    return shared / max(1, span[1] - span[0])


def quoted_parts(text: str, attribution: Attribution) -> list[Span]:
    """The stretches of a content that stand in quotation marks of their own."""
    if attribution.kind == "indirect":
        return []
    return [
        q.inner
        for q in quotations_of(text)
        if any(start <= q.inner_start and q.inner_end <= end for start, end in attribution.content)
    ]


def _spoken_by(found: Annotation, span: Span) -> Attribution | None:
    """The innermost attribution that has a stretch as its own words."""
    quoting = [a for a in found.attributions if a.kind != "indirect"]
    around = [a for a in quoting if _covered(span, a.content) >= WHOLE]
    around = around or [a for a in quoting if _covered(span, a.content) >= ENOUGH]
    return min(around, key=lambda a: sum(end - start for start, end in a.content), default=None)


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent."""
    figures: dict[str, float] = {}
    files = {"articles": [*articles(data, "quotes_a.jsonl"), *articles(data, "quotes_b.jsonl")]}
    files["seeds"] = [item for item in files["articles"] if item[1]["document"][:3].isdigit()]
    files["articles"] = [item for item in files["articles"] if item not in files["seeds"]]
    for name, items in files.items():
        figures |= {f"{name} {key}": value for key, value in _measured(items, errors=errors).items()}
    return figures


def _measured(items: Sequence[tuple[str, Mapping[str, Any]]], *, errors: bool) -> dict[str, float]:
    wanted = found_quotes = right_speakers = floating = found_floating = ours = right_ours = marked = kept = 0
    unmarked = found_unmarked = 0
    for (text, row), found in zip(items, annotate_all([text for text, _ in items]), strict=True):
        gold = [tuple(span) for quote in row["quotes"] if not quote.get("unmarked") for span in quote["content"]]
        off = [tuple(span) for quote in row["quotes"] if quote.get("unmarked") for span in quote["content"]]
        parts = {part for a in found.attributions for part in quoted_parts(text, a)}
        judged = [part for part in parts if not off or _covered(part, off) < ENOUGH]
        ours += len(judged)
        good = [part for part in judged if _covered(part, gold) >= ENOUGH]
        right_ours += len(good)
        for quote in row["quotes"]:
            spoken = [_spoken_by(found, tuple(span)) for span in quote["content"]]
            hit = all(a is not None for a in spoken)
            if quote.get("unmarked"):
                unmarked, found_unmarked = unmarked + 1, found_unmarked + hit
                continue
            wanted, found_quotes = wanted + 1, found_quotes + hit
            floating += not quote["cued"]
            found_floating += hit and not quote["cued"]
            names = [s.name for s in spoken[0].speakers] if spoken and spoken[0] else []
            right = hit and same_names(names, quote["speakers"])
            right_speakers += right
            if errors and not right:
                words = " … ".join(text[start:end] for start, end in quote["content"])
                print(f"{row['document']}: {'wrong speaker' if hit else 'missed'}: {words[:100]!r}")
                print(f"    {quote['speakers']} and not {names if hit else ''}")
        for span in row["marked"]:
            listed = any(_covered(tuple(span), [part]) >= ENOUGH for part in parts)
            marked, kept = marked + 1, kept + (not listed)
            if errors and listed:
                print(f"{row['document']}: no speech: {text[span[0] : span[1]]!r}")
        if errors:
            for part in set(judged) - set(good):
                print(f"{row['document']}: not a quotation: {text[part[0] : part[1]][:100]!r}")
    shares = {
        "precision": (right_ours, ours),
        "recall": (found_quotes, wanted),
        "recall, no cue": (found_floating, floating),
        "recall, no marks": (found_unmarked, unmarked),
        "speakers": (right_speakers, found_quotes),
        "marked left alone": (kept, marked),
    }
    return {name: round(100 * part / whole, 1) for name, (part, whole) in shares.items() if whole}


if __name__ == "__main__":
    run(__doc__, measure)
