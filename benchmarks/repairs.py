"""How many broken words are mended, and how many whole ones are touched.

    python benchmarks/repairs.py [--data ../shared/data] [--json FILE] [--part test] [--articles N] [--show]

Breaks are put at random places (seeded) into articles of the outlets corpus that neither the word lists nor the
weights have seen (part ``test``, 15 % by a hash of the id, without those that share passages with an article of
another part). A repair is right if the words read exactly as before the break. Every other repair is false, also
those of words that were broken in the article already; ``repairs.adjudged.tsv`` lists such words, judged
one by one, and the adjudicated figures leave them out. Breaks whose pieces are all words of their own ("be come") are
reported apart as well. Speed is that of one process on clean text, after loading.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from variorum.reading.mending import find_repairs
from variorum.records import Repair, Zone

DENSITIES = {"1 an article": 0.0, "1 in 200 words": 1 / 200, "1 in 30 words": 1 / 30}
KINDS = {"space": 0.64, "hyphen": 0.15, "ligature": 0.15, "mojibake": 0.06}
"""Share of each kind of break."""

WORD = re.compile(r"(?<![\w@#/.'’-])[^\W\d_]{2,}(?![\w@/]|\.\w)")
COMPOUND = re.compile(r"(?<![\w@#/.'’-])[^\W\d_]{2,}(?:-[^\W\d_]{2,})+(?![\w@/]|[-.]\w)")
ACCENTED = re.compile(r"(?<![\w@#/.])[^\W\d_]*(?:[à-öø-ÿÀ-ÖØ-Þ]|[^\W\d_]’[^\W\d_])[^\W\d_]*(?![\w@/])")
LIGATURE = re.compile("ff[il]?|f[il]")
GLYPHS = {"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ"}
ADJUDGED = Path(__file__).with_suffix(".adjudged.tsv")


@dataclass(frozen=True, slots=True)
class Break:
    """A broken word: where it stands now, and what stood there."""

    start: int
    end: int
    whole: str
    kind: str


def part(article: str) -> str:
    """Return the part of the corpus that an article belongs to, as in ``training/lexicon.py``."""
    share = int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) % 100
    return "lists" if share < 70 else "weights" if share < 85 else "test"


def articles(data: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield id and text of the articles of one part that share no passage with another part."""
    shared: set[str] = set()
    with gzip.open(data / "outlets/near_pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            if part(pair["a"]) != part(pair["b"]):
                shared |= {pair["a"], pair["b"]}
    with gzip.open(data / "outlets/allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if part(row["id"]) == name and row["id"] not in shared:
                yield row["id"], row["text"]


def _space(word: str, chance: random.Random) -> str:
    cuts = {chance.randrange(1, len(word)) for _ in range(1 + (len(word) > 5 and chance.random() < 0.15))}
    gap = chance.choices([" ", "\n", "\u00a0", "\u200b"], [85, 5, 5, 5])[0]
    for at in sorted(cuts, reverse=True):
        word = word[:at] + gap + word[at:]
    return word


def _hyphen(word: str, chance: random.Random) -> str:
    if "-" in word:
        return word.replace("-", chance.choice(["- ", "-\n"]), 1)
    at = chance.randrange(2, len(word) - 1)
    return word[:at] + chance.choice(["- ", "-\n", "-\n", "\u00ad"]) + word[at:]


def _ligature(word: str, chance: random.Random) -> str:
    found = chance.choice(list(LIGATURE.finditer(word)))
    before, letters, behind = word[: found.start()], found.group(), word[found.end() :]
    ways = [before + GLYPHS[letters] + behind]
    if before and behind:
        ways += [f"{before} {GLYPHS[letters]} {behind}", f"{before} {letters} {behind}", f"{before} {behind}"]
        ways += [f"{before}{letters[0]} {letters[1:]}{behind}"] * (letters != "fl")
    return chance.choice(ways)


def _mojibake(word: str, chance: random.Random) -> str:
    try:
        return word.encode().decode(chance.choice(["cp1252", "latin-1"]))
    except UnicodeDecodeError:
        return word.encode().decode("latin-1")


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "space": _space,
    "hyphen": _hyphen,
    "ligature": _ligature,
    "mojibake": _mojibake,
}


def places(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of the words that can be broken in each way."""
    words = [m.span() for m in WORD.finditer(text)]
    compounds = [m.span() for m in COMPOUND.finditer(text)]
    return {
        "space": words,
        "hyphen": [(s, e) for s, e in words if e - s >= 4 and text[e : e + 1] != "-"] + compounds * 5,
        "ligature": [(s, e) for s, e in words if LIGATURE.search(text, s, e)],
        "mojibake": [m.span() for m in ACCENTED.finditer(text)],
    }


def broken(text: str, density: float, chance: random.Random, by_letter: bool = True) -> tuple[str, list[Break]]:
    """Return the text with broken words, and the breaks, sorted. A density of 0 makes one break."""
    spots = places(text)
    number = max(1, round(density * len(spots["space"])))
    chosen: dict[int, tuple[int, str]] = {}
    for kind in chance.choices(list(KINDS), list(KINDS.values()), k=number):
        if spots[kind]:
            weights = [e - s - 1 if by_letter else 1 for s, e in spots[kind]]
            start, end = chance.choices(spots[kind], weights)[0]
            if not any(s <= end and start <= e for s, (e, _) in chosen.items()):
                chosen[start] = end, kind
    parts: list[str] = []
    breaks: list[Break] = []
    at = length = 0
    for start, (end, kind) in sorted(chosen.items()):
        word = WAYS[kind](text[start:end], chance)
        parts += [text[at:start], word]
        length += start - at
        breaks.append(Break(length, length + len(word), text[start:end], kind))
        length += len(word)
        at = end
    return "".join([*parts, text[at:]]), breaks


def undone(text: str, repair: Repair, breaks: list[Break]) -> tuple[bool, list[Break]]:
    """Return whether a repair makes the words read as before, and the breaks that it touches."""
    touched = [b for b in breaks if b.start < repair.end and repair.start < b.end]
    if not touched:
        return False, []
    low, high = min(repair.start, touched[0].start), max(repair.end, touched[-1].end)
    before, at = [], low
    for b in touched:
        before += [text[at : b.start], b.whole]
        at = b.end
    now = text[low : repair.start] + repair.repaired + text[repair.end : high]
    return now == "".join([*before, text[at:high]]), touched


def mended(text: str) -> tuple[Repair, ...]:
    """Return the repairs of a text that is all body."""
    return find_repairs(text, [Zone(0, len(text), "body")])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--part", default="test", choices=["test", "weights"])
    parser.add_argument("--articles", type=int, default=0, help="measure on the first N articles only")
    parser.add_argument("--show", action="store_true", help="print the false repairs and some of the missed breaks")
    arguments = parser.parse_args()
    corpus = sorted(articles(arguments.data, arguments.part))[: arguments.articles or None]
    natural = set(ADJUDGED.read_text(encoding="utf-8").splitlines()) if ADJUDGED.exists() else set()
    figures = {**clean(corpus, natural, arguments.show), **damaged(corpus, natural, arguments.show)}
    print("\n".join(f"{name:48} {value:10.4f}" for name, value in figures.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def clean(corpus: list[tuple[str, str]], natural: set[str], show: bool) -> dict[str, float]:
    """Return false repairs in articles as they were published, and speed."""
    mended("The first call loads the word lists.")
    words = sum(len(WORD.findall(text)) for _, text in corpus)
    began = time.process_time()
    repairs = [(name, text, r) for name, text in corpus for r in mended(text)]
    seconds = time.process_time() - began
    false = [r for name, text, r in repairs if not known(natural, name, text, r)]
    if show:
        for name, text, r in sorted(repairs, key=lambda x: -x[2].score):
            mark = " " if known(natural, name, text, r) else "!"
            around = text[max(0, r.start - 30) : r.start], text[r.end : r.end + 30]
            print(
                mark, r.kind, r.score, repr(around[0]), repr(r.repaired), repr(around[1]), key(name, text, r), sep="\t"
            )
    return {
        "articles": len(corpus),
        "clean: words": words,
        "clean: repairs in 100,000 words, raw": len(repairs) / words * 1e5,
        "clean: false in 100,000 words, adjudicated": len(false) / words * 1e5,
        "clean: MB a second": sum(len(text.encode()) for _, text in corpus) / 1e6 / seconds,
    }


def known(natural: set[str], name: str, text: str, repair: Repair) -> bool:
    """Tell whether the word was judged to be broken as it was published; ``*`` stands for a whole article."""
    return key(name, text, repair) in natural or f"{name}\t*" in natural


def key(name: str, text: str, repair: Repair) -> str:
    """Return how the list of adjudged words names a repair."""
    return f"{name}\t{' '.join(text[repair.start : repair.end].split())}"


def damaged(corpus: list[tuple[str, str]], natural: set[str], show: bool) -> dict[str, float]:
    """Return precision and recall by density, recall by kind, and how well the scores hold."""
    spread = Counter(w for _, text in corpus for w in {m.group() for m in WORD.finditer(text)} if w.islower())
    spread.update({"a": 1000, "I": 1000, "A": 1000})
    figures: dict[str, float] = {}
    scores: list[tuple[float, bool]] = []
    runs = [(name, density, True) for name, density in DENSITIES.items()]
    for label, density, by_letter in [*runs, ("1 in 200 words, any word", 1 / 200, False)]:
        chance = random.Random(7)
        right = wrong = excused = 0
        made: Counter[str] = Counter()
        healed: Counter[str] = Counter()
        missed: list[tuple[str, str]] = []
        for name, text in corpus:
            damage, breaks = broken(text, density, chance, by_letter)
            done: set[Break] = set()
            for r in mended(damage):
                good, touched = undone(damage, r, breaks)
                right += good
                done |= set(touched) if good else set()
                if not good:
                    wrong += 1
                    excused += known(natural, name, damage, r)
                    if show and not known(natural, name, damage, r):
                        print(
                            "wrong",
                            r.kind,
                            r.score,
                            repr(damage[max(0, r.start - 20) : r.end + 20]),
                            repr(r.repaired),
                            sep="\t",
                        )
                if good or not known(natural, name, damage, r):
                    scores.append((r.score, good))
            for b in breaks:
                pieces = damage[b.start : b.end].split()
                names = [b.kind, "all"]
                if b.kind == "space" and all(spread[p] >= 3 for p in pieces):
                    names.append("space, pieces are words")
                for n in names:
                    made[n] += 1
                    healed[n] += b in done
                if b not in done:
                    missed.append((b.kind, damage[max(0, b.start - 15) : b.end + 15]))
        figures[f"{label}: precision, raw"] = right / max(1, right + wrong)
        figures[f"{label}: precision, adjudicated"] = right / max(1, right + wrong - excused)
        for n in sorted(made):
            figures[f"{label}: recall, {n} ({made[n]})"] = healed[n] / made[n]
        if show:
            print(*random.Random(0).sample(missed, min(40, len(missed))), sep="\n")
    for low, high in ((0.0, 0.95), (0.95, 0.99), (0.99, 0.999), (0.999, 1.01)):
        some = [(s, good) for s, good in scores if low <= s < high]
        if some:
            figures[f"score {low} to {min(high, 1)}: mean ({len(some)})"] = sum(s for s, _ in some) / len(some)
            figures[f"score {low} to {min(high, 1)}: right"] = sum(good for _, good in some) / len(some)
    return figures


if __name__ == "__main__":
    main()
