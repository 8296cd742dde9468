"""How well the sentences tell who stands for or against whom, by the mapping of predicates.

    python benchmarks/stances.py [--data ../shared/data] [--json FILE] [--errors]

DSE (Park et al., Findings of ACL 2021): sentences of news with two marked parties: none, one is positive towards the
other or the other towards the one, one is negative, or the other. On the validation part without the sentences that
the training part has too. Macro-F1 of the five, beside that of always saying none. Each sentence stands alone here,
so that pronouns and posts of people elsewhere in the article are unknown.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures import run
from variorum.language import annotate_all
from variorum.language.annotation import Annotation, Filler, Frame
from variorum.language.predicates import Sense
from variorum.situation.stances import put, refused
from variorum.situation.telling import Telling

SIGNS = {"recognises": 1, "supports": 1, "opposes": -1, "rejects": -1, "derecognises": -1}
LABELS = ("none", "p supports q", "q supports p", "p opposes q", "q opposes p")
TOGETHER = 200


@dataclass(frozen=True)
class Pair:
    """A sentence without its marks, and its two parties."""

    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    label: int


def pairs_of(data: Path, part: str) -> list[Pair]:
    """The rows of a part; of ``valid`` those whose sentence the training part lacks."""
    found = []
    with gzip.open(data / "stances" / f"dse.{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text, spans = "", []
            for n, piece in enumerate(row["text"].replace("]", "[").split("[")):
                if n % 2:
                    spans.append((len(text), len(text) + len(piece)))
                text += piece
            if len(spans) == 2:
                found.append(Pair(text, spans[0], spans[1], row["label"]))
    known = {pair.text for pair in pairs_of(data, "train")} if part == "valid" else set()
    return [pair for pair in found if pair.text not in known]


def annotated(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Annotation]]:
    """Pairs with the annotation of their sentences."""
    for at in range(0, len(pairs), TOGETHER):
        part = pairs[at : at + TOGETHER]
        yield from zip(part, annotate_all([pair.text for pair in part]), strict=True)


def _is(filler: Filler, told: Telling, party: tuple[int, int]) -> bool:
    """Whether a filler is a party: its head stands in it, or a name that hangs on the head does."""
    heads = [filler.head, *(k for k in told.below[filler.head] if told.tokens[k].deprel.startswith(("flat", "appos")))]
    heads += [k for k in told.below[filler.head] if told.tokens[k].deprel.startswith(("nmod:poss", "compound"))]
    return any(party[0] <= told.tokens[k].start < party[1] for k in heads)


def toward(told: Telling, frame: Frame, sense: Sense, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a frame tells of a stance of one party towards the other."""
    holders = next((fillers for role in sense.actors if (fillers := list(frame.all(role)))), [])
    targets = list(frame.all(*sense.targets)) or list(frame.all(*sense.recipients))
    return any(_is(f, told, one) for f in holders) and any(_is(f, told, other) for f in targets)


def sign_of(told: Telling, frame: Frame, sense: Sense) -> int:
    """Whether the stance is for or against; denied ones turn round."""
    sign = SIGNS.get(sense.stance or "", 0)
    return -sign if (frame.negated or refused(told, frame)) and put(told, frame) == "denied" else sign


def said_of(told: Telling, pair: Pair) -> int:
    """What the mapping makes of a pair."""
    for frame in told.frames:
        sense = told.sense(frame)
        if sense is None:
            continue
        sign = sign_of(told, frame, sense) or (-1 if sense.type in ("SANCTION", "ACCUSE", "ASSAULT", "COERCE") else 0)
        for one, other, mine in ((pair.p, pair.q, (1, 3)), (pair.q, pair.p, (2, 4))):
            if sign and toward(told, frame, sense, one, other):
                return mine[0] if sign > 0 else mine[1]
    return 0


def macro_f1(gold: Sequence[int], said: Sequence[int]) -> tuple[float, list[float]]:
    """Mean F1 of the labels, and that of each, in percent."""
    found = []
    for label in range(len(LABELS)):
        both = sum(g == s == label for g, s in zip(gold, said, strict=True))
        total = gold.count(label) + said.count(label) if isinstance(gold, list) and isinstance(said, list) else 0
        found.append(round(200 * both / total, 1) if total else 0.0)
    return round(sum(found) / len(found), 1), found


def measure(data: Path, *, errors: bool) -> Mapping[str, float]:
    """Macro-F1 on the clean validation part, and how often a stance that is found has the right sign and direction."""
    if not (data / "stances").exists():
        print(f"{data}: the public corpora are not there; nothing is measured")
        return {}
    gold: list[int] = []
    said: list[int] = []
    for pair, annotation in annotated(pairs_of(data, "valid")):
        gold.append(pair.label)
        said.append(said_of(Telling(pair.text, annotation), pair))
        if errors and said[-1] and said[-1] != gold[-1]:
            print(LABELS[gold[-1]], "|", LABELS[said[-1]], "|", pair.text)
    mean, each = macro_f1(gold, said)
    figures = {"rows": float(len(gold)), "macro-F1": mean, "macro-F1 of none": macro_f1(gold, [0] * len(gold))[0]}
    figures |= {f"F1, {label}": value for label, value in zip(LABELS, each, strict=True)}
    shown = [(g, s) for g, s in zip(gold, said, strict=True) if s]
    told = [(g, s) for g, s in shown if g]
    figures["found, of those annotated"] = round(100 * len(told) / sum(1 for g in gold if g), 1)
    figures["right, of those annotated and found"] = round(100 * sum(g == s for g, s in told) / len(told), 1)
    figures["annotated, of those found"] = round(100 * len(told) / len(shown), 1)
    print(Counter((LABELS[g], LABELS[s]) for g, s in told if g != s))
    return figures


if __name__ == "__main__":
    run(__doc__, measure)
