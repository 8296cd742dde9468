"""Fit the weights by which two mentions are taken for one event (``FITTED`` in ``situation/event_likeness.py``).

    python training/events.py [--data ../shared/data]

Pairs of mentions whose predicates are akin: of ECB+ without its dev topics (one event or two, as annotated; each topic
counts by the square root of its pairs), and of 60 articles on each of three topics of AllSides those that were
published two months apart or more, which are taken for two events; together they weigh half as much as the pairs of
ECB+ that are two events. Of the latter nothing is looked at that tells of time. Logistic regression by Newton's method.
Editions are built on the way and kept in the folder for temporary files. The weights are printed; they are copied by
hand, rounded, and the bias is moved so that the mean likeness that is enough comes to lie at 0.4.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from crossdoc import ecb, event_mention, known
from figures import DATA
from variorum.build import build
from variorum.edition import situation as stored
from variorum.edition.reading import Edition
from variorum.situation.event_likeness import FITTED, Told, features, kin
from variorum.situation.events import EventMention, told_of
from variorum.situation.telling import Who
from variorum.situation.wording import folded

TOPICS: Final = ("impeachment", "middle_east", "trade")
ARTICLES: Final = 60
SEED: Final = 3
FAR: Final = 60
"""Days between publications of what is taken for two events."""
SHARE: Final = 0.5
"""What those weigh, by the pairs of ECB+ that are two events."""
LEFT_OUT: Final = ("a day apart", "a week apart", "half dated")

Rows = npt.NDArray[np.float64]


def allsides(data: Path, topic: str) -> list[EventMention]:
    """The event mentions of an edition of articles on a topic."""
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("topic") == topic and row["published"]]
    chosen = random.Random(SEED).sample(sorted(rows, key=lambda row: str(row["id"])), ARTICLES)
    folder = Path(tempfile.gettempdir()) / "variorum-crossdoc"
    folder.mkdir(exist_ok=True)
    source = folder / f"allsides-{topic}.jsonl"
    fields = ("id", "outlet", "url", "published", "title", "text")
    source.write_text("".join(json.dumps({k: row[k] for k in fields}) + "\n" for row in chosen), encoding="utf-8")
    build([source], source.with_suffix(".edition"), jobs=1)
    with Edition.open(source.with_suffix(".edition")) as edition:
        return list(_mentions(edition))


def _mentions(edition: Edition) -> Iterator[EventMention]:
    sql = edition.connection
    names, named, shares = stored.names(sql), stored.named(sql), stored.shares(sql)
    for n, found in stored.findings(sql):
        source = stored.source(sql, n, shares, names)

        def key(who: Who, source: stored.Source = source) -> str:
            actor = source.actor(who)
            return actor if actor in named else f"name:{folded(who.name)}"

        for one in found.happened:
            yield EventMention(
                id=f"{source.id} {one.trigger}",
                document=source.id,
                start=one.trigger[0],
                end=one.trigger[1],
                predicate=one.subtype,
                pos="verb",
                type=one.type,
                subtype=one.subtype,
                actors=tuple(map(key, one.actors)),
                recipients=tuple(map(key, one.recipients)),
                earliest=None,
                latest=None,
                published=source.published,
                place=one.place,
                modality=one.modality,
                words=one.words,
                origin=source.id,
                zone="body",
            )


def pairs(mentions: Sequence[EventMention]) -> Iterator[tuple[int, int, Told, Told, dict[str, float]]]:
    """Pairs of mentions whose predicates are akin, with what they have in common."""
    told = told_of(mentions)
    akin = kin(one.predicate for one in mentions)
    for i, j in combinations(range(len(told)), 2):
        how = akin[told[i].stem].get(told[j].stem)
        if how is not None:
            yield i, j, told[i], told[j], features(told[i], told[j], how)


def annotated(data: Path) -> Iterator[tuple[Rows, Rows]]:
    """Of each topic of ECB+ for tuning: what its pairs have in common, and whether they are one event."""
    for topic in ecb(data, tuning=True):
        given = [(event_mention(d, m), m.chain) for d in known(topic) for m in d.gold.mentions if m.kind == "event"]
        rows, same = [], []
        for i, j, _, _, found in pairs([mention for mention, _ in given]):
            rows.append([float(found[name]) for name in FITTED])
            same.append(float(given[i][1] == given[j][1]))
        if rows:
            yield np.array(rows), np.array(same)


def apart(mentions: Sequence[EventMention]) -> Rows:
    """What pairs have in common that were published so far apart that they are two events."""
    rows = []
    for _, _, one, other, found in pairs(mentions):
        if one.published is None or other.published is None:
            continue
        if abs((one.published[0] - other.published[0]).days) >= FAR:
            rows.append([0.0 if name in LEFT_OUT else float(found[name]) for name in FITTED])
    return np.array(rows)


def fitted(data: Path) -> dict[str, float]:
    """The weights."""
    topics = list(annotated(data))
    far = np.concatenate([apart(allsides(data, topic)) for topic in TOPICS])
    x = np.concatenate([*(rows for rows, _ in topics), far])
    y = np.concatenate([*(same for _, same in topics), np.zeros(len(far))])
    weight = np.concatenate([np.full(len(same), len(same) ** -0.5) for _, same in topics])
    two = weight[y[: len(weight)] == 0].sum()
    weight = np.concatenate([weight, np.full(len(far), SHARE * two / len(far))])
    weight /= weight.mean()
    found = np.zeros(x.shape[1])
    ridge = 1e-4 * len(y)
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (y - p)) - ridge * found
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.eye(len(found)) * ridge
        found += np.linalg.solve(curve, slope)
    return dict(zip(FITTED, found.tolist(), strict=True))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    for name, value in fitted(parser.parse_args().data).items():
        print(f"{name:<20} {value:6.2f}")


if __name__ == "__main__":
    main()
