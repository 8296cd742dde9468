"""Families of articles that descend from one, with what descends from what.

:func:`families` makes, from articles and a seed, families of texts. Each starts with an article and grows, to a depth
of four, by what happens to texts as they are passed on:

========= ===========================================================================================
cut       the last paragraphs are dropped, or some in the middle
extended  another outlet put a lead of its own before it and paragraphs of its own into it
corrected the same outlet, later: a number or name is another one, and a sentence is added
reworded  about a third of the content words became stilted synonyms, some words are broken by a space
reprint   house style alone
========= ===========================================================================================

Copies may credit what they were taken from and have a date of publication or not. Some ancestors are taken out, as if
they were lost. Each pair of texts of a family has its gold: which of them descends from the other, or that both
descend from a third; and whether the texts can tell. They can where

- one descends from the other and credits its outlet; or has nothing of its own, and lacks or rewords something; or
  lacks nothing or has nothing of its own, and both have dates of publication, which differ;
- neither does, and each lacks or rewords something that the other has of their common ancestor.

The same articles and seed give the same families.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Literal

from altering import DATELINE, Article, Page, apply, disjoint, house_style, read_articles, sites
from wordforms import cased, synonyms

Direction = Literal["a-from-b", "b-from-a", "siblings"]

KINDS = {
    "cut": ("excerpt",),
    "extended": ("excerpt", "reprint"),
    "corrected": ("revision",),
    "reworded": ("rewrite",),
    "reprint": ("reprint",),
}
"""For what happened to a text, how the relation of the two may be called."""
LENGTHS = (300, 1200)
"""Words of the articles that are taken, least and most."""
DEPTH = 4
AGENCIES = {"Associated Press": "AP", "Reuters": "Reuters", "Agence France-Presse": "AFP"}
"""Agencies and what their datelines call them."""
_LEAST_PARAGRAPHS = 8
_MEDIAN_DAY = date(2018, 6, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: which one it is, which state of its wording, and its words."""

    key: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Member:
    """A text of a family, lost or not."""

    id: str
    parent: str | None
    made: str
    units: tuple[Unit, ...]
    outlet: str
    day: date
    credit: str | None
    title: str
    depth: int = 0

    @property
    def text(self) -> str:
        """The text, its paragraphs apart by an empty line."""
        return "\n\n".join(unit.text for unit in self.units)


@dataclass(frozen=True, slots=True)
class Gold:
    """How two texts of a family are related; ``a`` is the smaller id.

    ``made`` is what made one directly of the other, None where neither is; ``tells`` whether the texts can tell the
    direction.
    """

    a: str
    b: str
    direction: Direction
    made: str | None
    tells: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Texts that were found, and all pairs of them."""

    articles: tuple[Article, ...]
    gold: tuple[Gold, ...]


def read(data: Path, seed: int) -> list[Article]:
    """Articles that families start from: none that shares text with another article of the corpus."""
    with gzip.open(data / "outlets" / "near_pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        near = {id for row in map(json.loads, lines) for id in (row["a"], row["b"])}
    return [article for article in read_articles(data, seed, LENGTHS) if article.id not in near]


def families(articles: Sequence[Article], seed: int, count: int = 60) -> list[Family]:
    """So many families, each of three to eight texts; of different families nothing is shared."""
    made: list[Family] = []
    used: set[str] = set()
    for article in articles:
        if len(made) == count:
            break
        rng = random.Random(f"{seed} family {article.id}")
        if article.id in used or len(_paragraphs(article.text)) < _LEAST_PARAGRAPHS:
            continue
        donors = [one for one in articles if one.topic == article.topic and one.id not in used and one.id != article.id]
        used.add(article.id)
        made.append(_family(article, donors, used, [one.outlet or "" for one in articles], rng))
    return made


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if len(part.split()) >= 8]


def _family(
    article: Article, donors: Sequence[Article], used: set[str], outlets: Sequence[str], rng: random.Random
) -> Family:
    size = rng.randint(3, 8)
    lost = rng.choice((0, 0, 0, 1, 1, 2))
    members = [_root(article, rng)]
    free = iter(donors)
    while len(members) < size + lost:
        parent = rng.choice([one for one in members if one.depth < DEPTH])
        members.append(_child(parent, members, free, used, outlets, rng))
    inner = [one.id for one in members if any(other.parent == one.id for other in members)]
    gone = {members[0].id} if lost else set()
    rest = [id for id in inner if id not in gone]
    gone |= set(rng.sample(rest, min(len(rest), lost - 1))) if lost > 1 else set()
    return _found(members, gone, rng)


def _id(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]


def _root(article: Article, rng: random.Random) -> Member:
    texts = _paragraphs(article.text)
    texts[0] = DATELINE.sub("", texts[0], count=1) or texts[0]
    outlet = article.outlet or "Daily Record"
    if rng.random() < 0.5:
        outlet = rng.choice(list(AGENCIES))
        texts[0] = f"{rng.choice(('WASHINGTON', 'NEW YORK', 'LONDON'))} ({AGENCIES[outlet]}) — {texts[0]}"
    units = tuple(Unit(f"{article.id} {n}", "first", text) for n, text in enumerate(texts))
    day = article.published or _MEDIAN_DAY + timedelta(rng.randrange(900))
    return Member(_id("root", article.id), None, "root", units, outlet, day, None, article.title or "")


def _child(
    parent: Member,
    members: Sequence[Member],
    free: Iterator[Article],
    used: set[str],
    outlets: Sequence[str],
    rng: random.Random,
) -> Member:
    id = _id(parent.id, str(len(members)))
    kinds = ["cut", "cut", "reprint", "reprint", "extended", "extended", "corrected", "reworded", "reworded"]
    if len(parent.units) < 6:
        kinds = [kind for kind in kinds if kind != "cut"]
    if any(unit.state.startswith("reworded") for unit in parent.units):
        kinds = [kind for kind in kinds if kind not in ("reworded", "corrected")]
    made = rng.choice(kinds)
    others = sorted(set(outlets) - {one.outlet for one in members}) or [f"Gazette {len(members)}"]
    day = parent.day + timedelta(rng.choice((0, 0, 1, 1, 2, 3)))
    child = replace(
        parent, id=id, parent=parent.id, made=made, depth=parent.depth + 1, outlet=rng.choice(others), day=day
    )
    if made == "cut":
        child = replace(child, units=_cut(parent.units, rng))
    elif made == "extended":
        child = replace(child, units=_extended(parent.units, _donor(free, used), rng))
    elif made == "reworded":
        units = tuple(Unit(one.key, f"reworded {id}", reworded(one.text, rng)) for one in parent.units)
        child = replace(child, units=units, title=reworded(parent.title, rng))
    elif made == "corrected":
        later = parent.day + timedelta(rng.randint(1, 3))
        return replace(child, outlet=parent.outlet, day=later, units=_corrected(parent.units, id, rng))
    if made == "reprint" or rng.random() < 0.4:
        child = replace(child, units=_restyled(child.units, rng))
    return _credited(child, parent, rng)


def _donor(free: Iterator[Article], used: set[str]) -> Article | None:
    """The next article of the topic that nothing was taken of."""
    for article in free:
        if article.id not in used:
            used.add(article.id)
            return article
    return None


def _cut(units: tuple[Unit, ...], rng: random.Random) -> tuple[Unit, ...]:
    if rng.random() < 0.7:
        return units[: max(4, round(len(units) * rng.uniform(0.45, 0.8)))]
    at = rng.randrange(2, len(units) - 2)
    return units[:at] + units[at + rng.randint(1, 2) :]


def _extended(units: tuple[Unit, ...], donor: Article | None, rng: random.Random) -> tuple[Unit, ...]:
    own = [Unit(f"{donor.id} {n}", "first", text) for n, text in enumerate(_paragraphs(donor.text))] if donor else []
    result = list(units)
    for unit in own[1 : 1 + rng.randint(2, 4)]:
        result.insert(rng.randrange(2, len(result) + 1), unit)
    if own and rng.random() < 0.6:
        result.insert(0, own[0])
    return tuple(result)


def _corrected(units: tuple[Unit, ...], id: str, rng: random.Random) -> tuple[Unit, ...]:
    page = Page("\n\n".join(unit.text for unit in units))
    found = [site for kind in ("number", "name") for site in sites(page, kind, rng)]
    chosen = rng.sample(found, min(len(found), rng.randint(1, 2)))
    edits = disjoint(edit for site in chosen for edit in site.edits)
    texts = apply(page.text, edits).split("\n\n")
    result = [
        unit if unit.text == text else Unit(unit.key, f"corrected {id}", text)
        for unit, text in zip(units, texts, strict=True)
    ]
    note = rng.choice(_NOTES)
    if rng.random() < 0.5:
        return (*result, Unit(f"note {id}", "first", note))
    last = result[-1]
    result[-1] = Unit(last.key, f"corrected {id}", f"{last.text} {note}")
    return tuple(result)


_NOTES = (
    "This article has been updated to correct a detail that an earlier version gave wrongly.",
    "An earlier version of this story misstated a detail in the account above.",
    "Officials did not respond to a further request for comment by the time this update was published.",
    "The figures and names above were checked again with those concerned after publication.",
)


def _restyled(units: tuple[Unit, ...], rng: random.Random) -> tuple[Unit, ...]:
    text = "\n\n".join(unit.text for unit in units)
    texts = apply(text, disjoint(house_style(text, rng, 2, 5, layout=False))).split("\n\n")
    return tuple(replace(unit, text=new) for unit, new in zip(units, texts, strict=True))


def _credited(child: Member, parent: Member, rng: random.Random) -> Member:
    """A copy that names what it was taken from, or doesn't."""
    source = parent.credit or parent.outlet
    first = child.units[0]
    dateline = DATELINE.match(first.text)
    if dateline and rng.random() < 0.5:
        texts = first.text[dateline.end() :]
        child = replace(child, units=(replace(first, text=texts), *child.units[1:]))
    elif dateline and AGENCIES.get(source, "-") in dateline.group():
        return replace(child, credit=source)
    kept = parent.credit if parent.credit and any(parent.credit in unit.text for unit in child.units) else None
    if rng.random() < 0.35:
        name = AGENCIES.get(source, source)
        return replace(child, credit=source, units=_naming(child.units, source, name, rng))
    return replace(child, credit=kept)


def _naming(units: tuple[Unit, ...], source: str, name: str, rng: random.Random) -> tuple[Unit, ...]:
    if rng.random() < 0.5:
        return (
            *units,
            Unit(
                f"credit {source}", "first", rng.choice((f"This story was first published by {source}.", f"({name})"))
            ),
        )
    for number, unit in enumerate(units[:4]):
        if match := re.search(r"[a-z]\.(?=\s|$)", unit.text):
            at = match.end() - 1
            text = f"{unit.text[:at]}, {source} reported{unit.text[at:]}"
            return (*units[:number], replace(unit, text=text), *units[number + 1 :])
    return units


# Machine-like rewording

REPLACED = 0.73
"""Of the words that the table has, those that are replaced: about 35 per cent of the content words of the news."""
_PLAIN_WORD = re.compile(r"(?<![\w'’.-])[A-Za-z]+(?![\w'’-])")


def reworded(text: str, rng: random.Random) -> str:
    """A text with many words replaced by stilted synonyms and a few broken by a space; order and names are kept."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        found = synonyms().get(word.lower())
        name = word[0].isupper() and not re.search(r"(?:^|[.!?\n][\"”’)]*\s*[\"“‘(]*)$", text[: match.start()][-8:])
        if found and not name and rng.random() < REPLACED:
            return cased(rng.choice(found), word)
        if len(word) >= 7 and not word[0].isupper() and rng.random() < 0.04:
            at = rng.randrange(2, len(word) - 2)
            return f"{word[:at]} {word[at:]}"
        return word

    return _PLAIN_WORD.sub(other, text)


# Gold


def _found(members: Sequence[Member], gone: set[str], rng: random.Random) -> Family:
    kept = [one for one in members if one.id not in gone]
    shown: dict[str, Article] = {}
    for one in kept:
        # a correction is one by being later and of the same outlet, so both must be known
        corrects = one.made == "corrected" or any(
            other.parent == one.id and other.made == "corrected" for other in kept
        )
        outlet = one.outlet if corrects or rng.random() < 0.85 else None
        day = one.day if corrects or rng.random() < 0.6 else None
        shown[one.id] = Article(one.id, one.text, one.title if rng.random() < 0.7 else None, outlet, day)
    by_id = {one.id: one for one in members}
    gold = []
    for one, other in combinations(sorted(kept, key=lambda member: member.id), 2):
        gold.append(_gold(one, other, by_id, shown))
    return Family(tuple(shown[id] for id in sorted(shown)), tuple(gold))


def _line(member: Member, by_id: dict[str, Member]) -> list[Member]:
    """A text and its ancestors, the nearest first."""
    line = [member]
    while line[-1].parent:
        line.append(by_id[line[-1].parent])
    return line


def _gold(a: Member, b: Member, by_id: dict[str, Member], shown: dict[str, Article]) -> Gold:
    mine, its = _line(a, by_id), _line(b, by_id)
    if b in mine or a in its:
        ancestor, descendant = (b, a) if b in mine else (a, b)
        direction: Direction = "a-from-b" if b in mine else "b-from-a"
        made = descendant.made if descendant.parent == ancestor.id else None
        return Gold(a.id, b.id, direction, made, _tells_descent(ancestor, descendant, shown))
    common = next(member for member in mine if member in its)
    return Gold(a.id, b.id, "siblings", None, _lacks(a, b, common) and _lacks(b, a, common))


def _lacks(one: Member, other: Member, common: Member) -> bool:
    """Whether a text lacks or rewords something that another has of their common ancestor."""
    mine = {unit.key: unit.state for unit in one.units}
    its = {unit.key: unit.state for unit in other.units}
    return any(
        unit.key in its and (unit.key not in mine or its[unit.key] == unit.state != mine[unit.key])
        for unit in common.units
    )


def _tells_descent(ancestor: Member, descendant: Member, shown: dict[str, Article]) -> bool:
    older, newer = shown[ancestor.id], shown[descendant.id]
    credits = older.outlet is not None and descendant.credit == older.outlet
    dated = older.published is not None and newer.published is not None and older.published < newer.published
    lacks = _lacks(descendant, ancestor, ancestor)
    theirs = {unit.key for unit in ancestor.units}
    own = any(unit.key not in theirs and not unit.key.startswith(("note", "credit")) for unit in descendant.units)
    return credits or (lacks and not own) or (dated and not (lacks and own))
