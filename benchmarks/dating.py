"""How well articles that bear no date are dated from their texts, alone and among others on their topic.

    python benchmarks/dating.py [--data ../shared/data] [--json FILE] [--errors]

On the AllSides corpus: for some topics, 50 articles each, as plain texts in an edition without titles, addresses or
dates. *Alone*: each from its own words; *together*: all of a topic bound each other; *day and month*: the same with
the day and month given, but no year. Covered: the true day lies in the interval (an open end covers all beyond it).
Closed: the interval is open at neither end; the width is that of the closed ones, in days, and the median over all with
open ones as endless. Best: of all articles, those whose best guess is within so many days; and of those that have one.
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from figures import run
from variorum.build import build
from variorum.edition import dating, file
from variorum.records import DateInterval
from variorum.situation.dates import Kin, Undated, solve

TOPICS = 8
ARTICLES = 50
SEED = 1
WITHIN = {"a day": 1, "a week": 7, "a month": 31}


def topics(data: Path) -> dict[str, list[dict[str, str]]]:
    """Some topics with articles that have a day."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("topic") and _day(row.get("published")) and len(row["text"].split()) >= 150:
                found[row["topic"]].append(row)
    rng = random.Random(SEED)
    chosen = rng.sample(sorted(name for name, rows in found.items() if len(rows) >= ARTICLES), TOPICS)
    return {name: rng.sample(found[name], ARTICLES) for name in chosen}


def _day(given: str | None) -> str | None:
    try:
        return date.fromisoformat((given or "")[:10]).isoformat()
    except ValueError:
        return None


def measure(data: Path, *, errors: bool = False) -> dict[str, float]:
    """Figures by name."""
    found: dict[str, list[tuple[date, DateInterval]]] = defaultdict(list)
    for topic, rows in topics(data).items():
        days = {f"{i:03}.txt": date.fromisoformat(str(_day(row["published"]))) for i, row in enumerate(rows)}
        documents, kin, paths = _read(rows)
        truth = {id: days[path] for id, path in paths.items()}
        yearless = {id: _yearless(one, truth[id]) for id, one in documents.items()}
        for setting, given in (("", documents), ("day and month, ", yearless)):
            together = solve(list(given.values()), kin)
            for id, one in given.items():
                alone = solve([one])
                found[f"{setting}alone"].append((truth[id], alone[id].date))
                found[f"{setting}together"].append((truth[id], together[id].date))
                if errors:
                    _tell(f"{setting}together", topic, one, truth[id], together[id].date)
    return {f"{name}, {key}": value for name, pairs in found.items() for key, value in _figures(pairs).items()}


def _read(rows: list[dict[str, str]]) -> tuple[dict[str, Undated], list[Kin], dict[str, str]]:
    """The documents of an edition of the texts, what binds them together, and their paths by id."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        for i, row in enumerate(rows):
            (texts / f"{i:03}.txt").write_text(row["text"], encoding="utf-8")
        edition = Path(folder) / "x.edition"
        build([texts], edition)
        connection = file.connect(edition, writing=True)
        dating.undo(connection)
        documents = dating.undated(connection)
        kin = dating.kin(connection, documents)
        paths = {row["id"]: row["path"] for row in connection.execute("SELECT id, path FROM documents")}
        connection.close()
    return documents, kin, paths


def _yearless(one: Undated, day: date) -> Undated:
    return replace(one, yearless=(*one.yearless, (f"XXXX-{day:%m-%d}", "given")))


def _figures(pairs: list[tuple[date, DateInterval]]) -> Mapping[str, float]:
    covered = [_covers(found, day) for day, found in pairs]
    widths = [_width(found) for _, found in pairs]
    closed = [width for width in widths if width is not None]
    off = [abs((date.fromisoformat(found.best) - day).days) for day, found in pairs if found.best]
    return {
        "covered": _percent(sum(covered), len(covered)),
        "closed": _percent(len(closed), len(widths)),
        "closed, covered": _percent(
            sum(c for c, width in zip(covered, widths, strict=True) if width is not None), len(closed)
        ),
        "width of closed": float(statistics.median(closed or [0])),
        "width": float(statistics.median(width if width is not None else 10**6 for width in widths)),
        "have a best": _percent(len(off), len(pairs)),
        **{f"best within {name}": _percent(sum(x <= days for x in off), len(pairs)) for name, days in WITHIN.items()},
        **{f"best, right to {name}": _percent(sum(x <= days for x in off), len(off)) for name, days in WITHIN.items()},
    }


def _covers(found: DateInterval, day: date) -> bool:
    return (found.earliest is None or found.earliest <= day.isoformat()) and (
        found.latest is None or day.isoformat() <= found.latest
    )


def _width(found: DateInterval) -> int | None:
    if found.earliest is None or found.latest is None:
        return None
    return (date.fromisoformat(found.latest) - date.fromisoformat(found.earliest)).days + 1


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _tell(setting: str, topic: str, one: Undated, day: date, found: DateInterval) -> None:
    if not _covers(found, day):
        reasons = "; ".join(found.reasons)
        print(f"{setting}, {topic}, {one.name}: {day} is not in {found.earliest}..{found.latest}: {reasons}")


if __name__ == "__main__":
    run(__doc__, measure)
