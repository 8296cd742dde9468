"""How well copies on real news are told, and what was altered in them.

    python benchmarks/copies.py [--data ../shared/data] [--json FILE] [--errors]

*Pairs*: the 651 pairs of articles within four stories, each judged by reading (``gold/README.md``); precision, recall
and F1 of those reported as related, within each story by itself, in all stories *together*, and by band of
containment. *Other stories*: pairs reported across stories, all wrong. *Kind* and *direction*: of the related pairs
found, those that are right. *Versions aside*: without the pairs judged a revision, which different outlets published,
so that the texts alone hardly tell. Direction only where it was judged; *claims* are those not left unknown.
*Alterations*: of those found by hand, medium or high, the share that a variant of medium or high severity overlaps,
of the same kind and of any; *slight*: of those judged low, the share that no such variant overlaps.

*Answers*: 95 short answers against the text that they may have been copied from (Clough and Stevenson): the share
that is reported as related at each level, whether they were copied, and the level itself, by thresholds on the shares
of an answer's words in verbatim and in reworded passages, set on all other answers. *Related first*: answers that are
not reported as related have no shares.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from alterations import mean, percent
from figures import run

if TYPE_CHECKING:
    from variorum.collation import Passage, Relation, Variant, Witness

GOLD = Path(__file__).parent / "gold"
STORIES = Path("reuse") / "groundnews.jsonl.gz"
ANSWERS = Path("reuse") / "clough_stevenson.jsonl.gz"
BANDS = (".8", ".3", ".05", "0")
"""The least containment of a pair in each band."""
KINDS = ("reprint", "excerpt", "revision", "rewrite")
LEVELS = ("non", "heavy", "light", "cut")
"""How much of an answer was copied, least first."""
STEP = 0.02
"""Distance of the thresholds that are tried."""

Pair = tuple[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stories:
    """The articles, what was judged of their pairs, and what is reported."""

    story: dict[str, int]
    gold: dict[Pair, Row]
    alone: dict[Pair, Relation]
    """Reported of each story by itself."""
    together: dict[Pair, Relation]
    """Reported of all stories in one pile."""

    def figures(self) -> dict[str, float]:
        """Figures by name, in per cent; other stories and counts are numbers."""
        related = {pair for pair, row in self.gold.items() if row["related"]}
        figures = scores("pairs", related, set(self.alone))
        for story in sorted(set(self.story.values())):
            inside = {pair for pair in self.gold if self.story[pair[0]] == story}
            figures |= scores(f"story {story}", related & inside, set(self.alone) & inside)
        for band in BANDS:
            inside = {pair for pair, row in self.gold.items() if row["band"] == band}
            figures |= scores(f"band {band}", related & inside, set(self.alone) & inside)
        figures |= scores("together", related, set(self.together))
        figures["together, other stories"] = len(self.together.keys() - self.gold.keys())
        figures["related pairs"] = len(related)
        return figures | self._kinds() | self._directions()

    def _kinds(self) -> dict[str, float]:
        found = self.confusion()
        aside = [kind for kind in KINDS if kind != "revision"]
        figures = {
            f"kind{name}": percent(
                sum(found[kind, kind] for kind in kinds), sum(found[kind, other] for kind in kinds for other in KINDS)
            )
            for name, kinds in (("", KINDS), (", versions aside", aside))
        }
        for kind in KINDS:
            figures[f"kind, {kind}"] = percent(found[kind, kind], sum(found[kind, other] for other in KINDS))
        return figures

    def confusion(self) -> Counter[Pair]:
        """How often pairs of a kind were reported as which."""
        return Counter(
            (self.gold[pair]["kind"], one.kind) for pair, one in self.alone.items() if self.gold[pair]["related"]
        )

    def _directions(self) -> dict[str, float]:
        judged = [(self.gold[pair]["direction"], one.direction) for pair, one in self.alone.items()]
        judged = [(gold, ours) for gold, ours in judged if gold]
        right, claimed = (
            sum(gold == ours for gold, ours in judged),
            sum(ours != "unknown" for _, ours in judged),
        )
        descent = [(gold, ours) for gold, ours in judged if gold != "siblings"]
        return {
            "direction": percent(right, len(judged)),
            "direction, claims": percent(right, claimed),
            "direction, descent": percent(sum(gold == ours for gold, ours in descent), len(descent)),
            "direction, descent claims": percent(
                sum(gold == ours for gold, ours in descent), sum(ours != "unknown" for _, ours in descent)
            ),
        }

    def show(self) -> None:
        """Print what is wrong, and the kinds."""
        for pair, row in self.gold.items():
            if row["related"] != (pair in self.alone):
                reason = self.alone[pair].reason if pair in self.alone else "missed"
                print(f"{' '.join(pair)} {row['band']}, {row['kind'] or 'unrelated'} ({row['why']}): {reason}")
            if (pair in self.alone) != (pair in self.together):
                print(f"{'alone' if pair in self.alone else 'together'} only: {' '.join(pair)}")
        for pair in self.together.keys() - self.gold.keys():
            print(f"other stories {' '.join(pair)}: {self.together[pair].reason}")
        for pair, one in self.alone.items():
            gold = self.gold[pair]["direction"]
            if gold and one.direction not in (gold, "unknown"):
                print(f"{' '.join(pair)} {gold} and not {one.direction}: {one.reason}")
        print(f"{'kind':<10}" + "".join(f"{kind:>10}" for kind in KINDS))
        for kind in KINDS:
            print(f"{kind:<10}" + "".join(f"{self.confusion()[kind, other]:10}" for other in KINDS))


def scores(name: str, related: set[Pair], reported: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1; a band or story without pairs of a sort lacks that figure."""
    hits = len(related & reported)
    precision, recall = percent(hits, len(reported)), percent(hits, len(related))
    figures = {f"{name} precision": precision} if reported else {}
    figures |= {f"{name} recall": recall} if related else {}
    return figures | ({f"{name} f1": mean(precision, recall)} if related and reported else {})


def rows(path: Path) -> list[Row]:
    """The objects of a file of JSON lines, packed or not."""
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def witnesses(data: Path) -> dict[str, Witness]:
    """The articles as collation sees them, by id."""
    from variorum.collation import Witness

    articles = rows(data / STORIES)
    return {
        row["id"]: Witness(row["id"], row["text"], row["title"], row["outlet"] or None, _day(row["published"]))
        for row in articles
    }


def _day(published: str) -> datetime.date | None:
    if not (found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", published)):
        return None
    day, month, year = map(int, found.groups())
    return datetime.date(year, month, day)


def stories(data: Path, texts: Mapping[str, Witness]) -> Stories:
    """Look for copies in each story and in all of them. Raises KeyError where the gold is of other articles."""
    story = {row["id"]: row["story"] for row in rows(data / STORIES)}
    gold = {(row["a"], row["b"]): row for row in rows(GOLD / "copies.jsonl")}
    alone: dict[Pair, Relation] = {}
    for number in sorted({story[a] for a, _ in gold}):
        alone |= _copies([texts[id] for id in story if story[id] == number])
    return Stories(story, gold, alone, _copies(list(texts.values())))


def _copies(pile: Sequence[Witness]) -> dict[Pair, Relation]:
    from variorum.collation import copies

    return {(one.a, one.b): one for one in copies(pile)}


def alterations(texts: Mapping[str, Witness], *, errors: bool) -> dict[str, float]:
    """How many of the alterations found by hand are reported, in per cent."""
    from variorum.collation import collate

    gold = rows(GOLD / "alterations.jsonl")
    variants = {
        pair: collate(texts[pair[0]], texts[pair[1]]).variants for pair in {(row["a"], row["b"]) for row in gold}
    }
    wanted = found = right = slight = quiet = 0
    kinds: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in gold:
        here = [one for one in variants[row["a"], row["b"]] if one.severity != "low" and overlaps(one, row)]
        if row["severity"] == "low":
            slight, quiet = slight + 1, quiet + (not here)
            wrong = bool(here)
        else:
            hit = any(one.kind == row["kind"] for one in here)
            wanted, found, right = wanted + 1, found + bool(here), right + hit
            kinds[row["kind"]] += 1
            missed[row["kind"]] += not hit
            wrong = not hit
        if errors and wrong:
            ours = " ".join(f"{one.kind}/{one.severity}" for one in here) or "nothing"
            print(f"{row['a']} {row['b']}: {row['kind']}, {row['severity']} ({row['why']}): {ours}")
    figures = {"alterations": percent(right, wanted), "alterations, any kind": percent(found, wanted)}
    for kind in sorted(kinds):
        figures[f"alterations, {kind}"] = percent(kinds[kind] - missed[kind], kinds[kind])
    return figures | {
        "slight left alone": percent(quiet, slight),
        "alterations by hand": wanted,
        "slight by hand": slight,
    }


def overlaps(variant: Variant, row: Row) -> bool:
    """Whether a variant and an alteration share text on either side."""
    sides = ((variant.a, row["a_span"]), (variant.b, row["b_span"]))
    return any(mine and gold and max(mine[0], gold[0]) < min(mine[1], gold[1]) for mine, gold in sides)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer against its source."""

    level: int
    """Its place in ``LEVELS``."""
    related: bool
    verbatim: float
    """Share of its words in passages that are word for word the source's."""
    reworded: float


def answers(data: Path) -> list[Answer]:
    """Collate each answer with its source."""
    from variorum.collation import Witness, collate

    texts = rows(data / ANSWERS)
    sources = {row["task"]: Witness(row["id"], row["text"]) for row in texts if row["category"] == "orig"}
    found = []
    for row in texts:
        if row["category"] != "orig":
            sides = collate(Witness(row["id"], row["text"]), sources[row["task"]])
            shares = [_share(row["text"], sides.passages, kind) for kind in ("verbatim", "reworded")]
            found.append(Answer(LEVELS.index(row["category"]), sides.relation is not None, *shares))
    return found


def _share(text: str, passages: Sequence[Passage], kind: str) -> float:
    words = [match.start() for match in re.finditer(r"\w+", text)]
    spans = [passage.a for passage in passages if passage.kind == kind]
    return sum(any(start <= word < end for start, end in spans) for word in words) / max(1, len(words))


def level_accuracy(found: Sequence[Answer]) -> float:
    """Share of answers whose level is told by thresholds that were set on all the others.

    An answer is not copied where too few of its words are in passages, and cut, lightly or heavily revised as the
    verbatim ones among them are many or few. Of thresholds that are equally good the middle ones are taken.
    """
    right = [[told == one.level for one, told in zip(found, levels, strict=True)] for levels in _told(found)]
    totals = [sum(each) for each in right]
    hits = 0
    for left_out in range(len(found)):
        others = [total - each[left_out] for total, each in zip(totals, right, strict=True)]
        most = max(others)
        best = [number for number, total in enumerate(others) if total == most]
        hits += right[best[len(best) // 2]][left_out]
    return percent(hits, len(found))


def _told(found: Sequence[Answer]) -> Iterator[list[int]]:
    """The levels of all answers, for each choice of thresholds."""
    grid = [round(number * STEP, 2) for number in range(1, round(1 / STEP))]
    for copied, light, cut in product(grid[: len(grid) // 2], grid, grid):
        if light < cut:
            yield [
                0 if one.verbatim + one.reworded < copied else 1 + bisect_right((light, cut), one.verbatim)
                for one in found
            ]


def answer_figures(found: Sequence[Answer]) -> dict[str, float]:
    """Figures by name, in per cent."""
    figures = {}
    for number, level in enumerate(LEVELS):
        of_level = [one for one in found if one.level == number]
        figures[f"answers, {level} related"] = percent(sum(one.related for one in of_level), len(of_level))
        for kind in ("verbatim", "reworded"):
            share = sum(getattr(one, kind) for one in of_level) / max(1, len(of_level))
            figures[f"answers, {level} {kind}"] = round(100 * share, 1)
    figures["answers, copied or not"] = percent(sum(one.related == (one.level > 0) for one in found), len(found))
    figures["answers, four levels"] = level_accuracy(found)
    figures["answers, four levels, related first"] = level_accuracy(
        [one if one.related else replace(one, verbatim=0.0, reworded=0.0) for one in found]
    )
    return figures


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name, in per cent; counts are numbers."""
    texts = witnesses(data)
    told = stories(data, texts)
    if errors:
        told.show()
    return told.figures() | alterations(texts, errors=errors) | answer_figures(answers(data))


if __name__ == "__main__":
    run(__doc__, measure)
