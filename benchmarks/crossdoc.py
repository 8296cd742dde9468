"""How well mentions of the same event, and of the same actor or thing, are joined across documents.

    python benchmarks/crossdoc.py [--data ../shared/data] [--json FILE] [--tuning]

ECB+ (dev topics 2, 5, 12, 18, 21, 23, 34, 35; its checked sentences), NewsWCL50 and MEANTIME, with the mentions given.
Each topic (of NewsWCL50 each event) is an edition, built from its texts with their tokens put together again; a
publication day is given where the corpus has one, an address where a text of ECB+ begins with it. *Events*: what the
edition knows of the words of a mention, put together by :mod:`variorum.situation.events`. *Entities*: by the
head of the name of the actor that the edition says is meant, pronouns and descriptions among them; others by their own
head. *Lemmas*: mentions with the same head
lemma, the baseline of Zhukova et al. 2026 (uCDCR), who print 60.9 for the test part of ECB+ (events 61.1, entities
59.8), 51.1 for NewsWCL50 (entities 58.1, events 30.1) and 65.7 for MEANTIME with a protocol of their own; here it is
computed anew, so that it can be compared.

F1 of MUC, B-cubed and CEAF-e and their mean (CoNLL), with mentions that stand alone; *chains*: the same without those,
gold's and ours. Counts are added up over topics. Editions are kept in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from coref_scores import Chain, Tally
from figures import DATA
from variorum.build import build
from variorum.edition import situation as stored
from variorum.edition.annotating import unpack_annotation
from variorum.edition.reading import Edition
from variorum.language.annotation import Filler, Frame
from variorum.records import row_id
from variorum.situation.events import EventMention, group
from variorum.situation.happening import Happened, happened_in
from variorum.situation.telling import Telling, Who
from variorum.situation.wording import folded

DEV = (2, 5, 12, 18, 21, 23, 34, 35)
"""Topics of ECB+ that custom sets apart as dev; the others are for tuning."""
EVENTS = ("ACTION", "NEG_ACTION")
"""How types of events begin in ECB+."""
METRICS = ("muc", "b3", "ceafe", "conll")
_GLUED = re.compile(r"[-/,.;:!?%)\]}’”]|'s|'re|'ve|'ll|'d|'m|n't|''|\.\.\.")
_OPEN = re.compile(r"[-/(\[{$“‘#]|``")
_SIGNS = {"``": "“", "''": "”"}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A place where a text speaks of something, and of what."""

    start: int
    end: int
    chain: str
    kind: str
    """``event`` or ``entity``."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text whose mentions are known."""

    id: str
    text: str
    published: str | None
    mentions: tuple[GoldMention, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents that are an edition."""

    corpus: str
    name: str
    documents: tuple[GoldDocument, ...]


# --- corpora ---------------------------------------------------------------------------------------------------------


def together(text: str) -> tuple[str, list[int]]:
    """A text whose tokens are parted by blanks, as it is written; and where each of its code points comes to stand.

    Lines become one paragraph, but for those that end in no full stop.
    """
    out: list[str] = []
    size = 0
    places = [0] * (len(text) + 1)
    glue, odd = True, True
    lines = text.split("\n")
    at = 0
    for line in lines:
        for found in re.finditer(r"\S+", line):
            word = _SIGNS.get(found[0], found[0])
            closing = found[0] == '"' and not odd
            number = found[0][0].isdigit() and re.search(r"\d [.,:] $", line[: found.start()])
            if not (glue or _GLUED.fullmatch(found[0]) or closing or number):
                out.append(" ")
                size += 1
            for i in range(found.end() - found.start()):
                places[at + found.start() + i] = size + min(i, len(word))
            out.append(word)
            size += len(word)
            places[at + found.end()] = size
            opening = found[0] == '"' and odd
            odd = odd != (found[0] == '"')
            glue = bool(_OPEN.fullmatch(found[0])) or opening
        at += len(line) + 1
        gap = " " if re.search(r"[.!?]\W*$", line) else "\n\n"
        out.append(gap)
        size += len(gap)
        glue, odd = True, odd or gap != " "
    return "".join(out), places


def ecb(data: Path, *, tuning: bool = False) -> Iterator[Topic]:
    """The topics of ECB+ that are dev, or those that are not."""
    rows = _rows(data / "crossdoc" / "ecbplus.topics1-35.jsonl.gz")
    for topic, own in groupby(rows, key=lambda row: int(row["topic"])):
        if (topic in DEV) == tuning:
            continue
        documents = []
        for row in own:
            checked = {s["n"] for s in row["sentences"] if s["checked"]}
            if not checked:
                continue
            text, places = together(row["text"])
            mentions = [
                GoldMention(
                    *_moved(places, m["spans"][0][0], m["spans"][0][1]),
                    _within(row["id"], m.get("chain") or f"{row['id']} {m['id']}"),
                    "event" if m["type"].startswith(EVENTS) else "entity",
                )
                for m in row["mentions"]
                if m["sent"] in checked
            ]
            address = re.match(r"https? : .*", row["text"])
            url = address[0].replace(" ", "") if address else None
            documents.append(GoldDocument(row["id"], text, None, tuple(mentions), url))
        yield Topic("ecb", str(topic), tuple(documents))


def newswcl(data: Path) -> Iterator[Topic]:
    """The events of NewsWCL50, with the days that are in addresses."""
    rows = _rows(data / "crossdoc" / "newswcl50.jsonl.gz")
    for event, own in groupby(rows, key=lambda row: int(row["event"])):
        documents = []
        for row in own:
            text, places = together(row["text"].replace("\\n", "  "))
            day = re.search(r"/(20\d\d)/(\d\d)/(\d\d)/", row["url"])
            mentions = [
                GoldMention(
                    *_moved(places, m["start"], m["end"]),
                    m["chain"],
                    "event" if m["type"] in ("ACTION", "EVENT") else "entity",
                )
                for m in row["mentions"]
            ]
            documents.append(GoldDocument(row["id"], text, "-".join(day.groups()) if day else None, tuple(mentions)))
        yield Topic("newswcl50", str(event), tuple(documents))


def meantime(data: Path) -> Iterator[Topic]:
    """The topics of MEANTIME."""
    rows = _rows(data / "crossdoc" / "meantime_en.jsonl.gz")
    for name, own in groupby(sorted(rows, key=lambda row: str(row["topic"])), key=lambda row: str(row["topic"])):
        documents = []
        for row in own:
            text, places = together(row["text"])
            mentions = [
                GoldMention(*_moved(places, m["start"], m["end"]), _within(row["id"], m["chain"]), m["kind"])
                for m in row["mentions"]
            ]
            documents.append(GoldDocument(row["id"], text, row.get("dct"), tuple(mentions)))
        yield Topic("meantime", name, tuple(documents))


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _moved(places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return places[start], places[end]


def _within(document: str, chain: str) -> str:
    """A chain's name that holds across documents only if the chain does."""
    return f"{document} {chain}" if chain.lower().startswith("intra_") else chain


# --- what an edition knows of a mention ------------------------------------------------------------------------------


def edition_of(topic: Topic) -> Path:
    """The edition of a topic, built or brought up to date."""
    folder = Path(tempfile.gettempdir()) / "variorum-crossdoc"
    folder.mkdir(exist_ok=True)
    source = folder / f"{topic.corpus}-{topic.name}.jsonl"
    rows = [{"id": d.id, "text": d.text, "published": d.published, "url": d.url} for d in topic.documents]
    lines = [json.dumps({key: value for key, value in row.items() if value}) for row in rows]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = source.with_suffix(".edition")
    build([source], path, jobs=1)
    return path


class Known:
    """What an edition knows of one document."""

    def __init__(self, edition: Edition, gold: GoldDocument, n: int, corpus: tuple[Any, Any, frozenset[str]]) -> None:
        sql = edition.connection
        data = sql.execute("SELECT data FROM annotations WHERE document = ?", [n]).fetchone()["data"]
        text = sql.execute("SELECT text FROM texts WHERE document = ?", [n]).fetchone()["text"]
        if text != gold.text:
            raise ValueError(f"{gold.id}: the edition holds another text")
        self.gold = gold
        self.source = stored.source(sql, n, *corpus[:2])
        self.named = corpus[2]
        self.told = Telling(text, unpack_annotation(data))

    @cached_property
    def frames(self) -> dict[int, tuple[int, Frame]]:
        """Frames by their heads."""
        return {frame.head: (number, frame) for number, frame in enumerate(self.told.frames)}

    @cached_property
    def happened(self) -> dict[int, Happened]:
        """Event mentions by where their triggers begin."""
        return {one.trigger[0]: one for one in happened_in(self.told, every=True)}

    @cached_property
    def chains(self) -> dict[int, int]:
        """Numbers of chains by the word that carries each mention."""
        found: dict[int, int] = {}
        for number, chain in enumerate(self.told.annotation.chains):
            for mention in chain:
                head = self.told.head_of(mention.start, mention.end)
                if head is not None:
                    found.setdefault(head, number)
        return found

    def head(self, mention: GoldMention) -> int:
        """The word that carries a mention."""
        head = self.told.head_of(mention.start, mention.end)
        return head if head is not None else max(0, bisect_left(self.told.starts, mention.end) - 1)

    def lemma(self, mention: GoldMention) -> str:
        """The lemma of that word."""
        return folded(self.told.tokens[self.head(mention)].lemma)

    def part(self, mention: GoldMention) -> str:
        """The part of speech of that word."""
        return self.told.tokens[self.head(mention)].upos

    def actor(self, mention: GoldMention) -> str | None:
        """Id of the actor that is meant; None where the edition knows nobody by name."""
        actor = self.source.actor(self.told.who_at(self.head(mention)))
        return actor if actor in self.named else None

    def key(self, who: Who) -> str:
        """An actor whom the edition knows by name, or the words."""
        actor = self.source.actor(who)
        return actor if actor in self.named else f"name:{folded(who.name)}"


def known(topic: Topic) -> list[Known]:
    """What the edition of a topic knows of its documents."""
    with Edition.open(edition_of(topic)) as edition:
        sql = edition.connection
        numbers = {row["line"]: row["n"] for row in sql.execute("SELECT n, line FROM documents")}
        shares, names, named = stored.shares(sql), stored.names(sql), stored.named(sql)
        return [
            Known(edition, document, numbers[line], (shares, names, named))
            for line, document in enumerate(topic.documents, 1)
            if line in numbers
        ]


def event_mention(of: Known, mention: GoldMention) -> EventMention:
    """A mention of an event as the situation stage sees it."""
    told, head = of.told, of.head(mention)
    inside = range(told.token_at(mention.start), max(told.token_at(mention.end), head + 1))
    starts = [told.tokens[i].start for i in (head, *inside)]
    one = next((of.happened[start] for start in starts if start in of.happened), None)
    token = told.tokens[head]
    frame = next((of.frames[i][1] for i in (head, *inside) if i in of.frames), None)
    days = of.source.days(one.time if one else frame.time if frame else None)
    place = of.source.place(mention.start, mention.end)
    if one is not None:
        actors, recipients = one.actors, one.recipients
        type, subtype, words, modality = one.type, one.subtype, one.words, str(one.modality)
    else:
        sense = told.sense(frame) if frame else None
        actors = tuple(_parts(told, frame, ("subj", "poss"))) if frame else ()
        recipients = tuple(_parts(told, frame, ("obj", "iobj", "of", "against", "with"))) if frame else ()
        type, subtype = (sense.type, sense.subtype) if sense else (None, "")
        subtype = subtype or (frame.predicate if frame else folded(token.lemma))
        words, modality = _words(told, head), str(frame.modality) if frame else "asserted"
    return EventMention(
        id=row_id("n", of.source.id, str(mention.start), str(mention.end)),
        document=of.source.id,
        start=mention.start,
        end=mention.end,
        predicate=subtype,
        pos="verb" if token.upos == "VERB" else "noun",
        type=type,
        subtype=subtype,
        actors=tuple(map(of.key, actors)),
        recipients=tuple(map(of.key, recipients)),
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        published=of.source.published,
        place=one.place if one else None,
        modality=modality,
        words=words,
        origin=place.origin,
        zone=of.source.zone(mention.start),
    )


def _parts(told: Telling, frame: Frame, roles: Iterable[str]) -> Iterator[Who]:
    for role in roles:
        found: tuple[Filler, ...] = frame.all(role)
        if found:
            yield from map(told.who, found)
            return


def _words(told: Telling, head: int) -> tuple[str, ...]:
    """Lemmas that say something, of the sentence of a word."""
    span = told.sentence(told.tokens[head].start)
    near = (told.tokens[i] for i in range(told.token_at(span.start), told.token_at(span.end)))
    return tuple(dict.fromkeys(t.lemma.lower() for t in near if t.upos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")))


# --- putting together ------------------------------------------------------------------------------------------------

Place = tuple[int, GoldMention]
"""Number of a document, and a mention in it."""


def gold_chains(places: Iterable[Place]) -> list[Chain]:
    """The chains of the corpus."""
    return _by((mention.chain, place) for place in places for mention in place[1:] if isinstance(mention, GoldMention))


def by_lemma(documents: Sequence[Known], places: Iterable[Place]) -> list[Chain]:
    """Mentions with the same head lemma."""
    return _by((documents[n].lemma(mention), (n, mention)) for n, mention in places)


def by_events(documents: Sequence[Known], places: Sequence[Place]) -> list[Chain]:
    """Mentions of events, as the situation stage puts them together."""
    made = [event_mention(documents[n], mention) for n, mention in places]
    of = {id: event.id for event in group(tuple({one.id: one for one in made}.values())) for id in event.members}
    return _by((of[one.id], place) for one, place in zip(made, places, strict=True))


def by_actors(documents: Sequence[Known], places: Sequence[Place]) -> list[Chain]:
    """Other mentions: by the commonest head of an actor's names, a pronoun by its chain, or by their own head lemma."""
    heads: dict[str, Counter[str]] = defaultdict(Counter)
    for n, mention in places:
        actor = documents[n].actor(mention)
        if actor is not None and documents[n].part(mention) == "PROPN":
            heads[actor][documents[n].lemma(mention)] += 1
    usual = {actor: min(count, key=lambda lemma: (-count[lemma], lemma)) for actor, count in heads.items()}
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor, count in heads.items():
        for lemma in count:
            bearers[lemma].add(actor)
    return _by((_entity(documents[n], n, mention, usual, bearers), (n, mention)) for n, mention in places)


def _entity(of: Known, n: int, mention: GoldMention, usual: Mapping[str, str], bearers: Mapping[str, set[str]]) -> str:
    actor, lemma = of.actor(mention), of.lemma(mention)
    if of.part(mention) == "PRON" and actor is None:
        chain = of.chains.get(of.head(mention))
        return lemma if chain is None else f"{n} {chain}"
    if actor is None and len(bearers.get(lemma, ())) == 1:
        actor = min(bearers[lemma])
    return lemma if actor is None else usual.get(actor, actor)


def _by(pairs: Iterable[tuple[str, Place]]) -> list[Chain]:
    found: dict[str, set[Place]] = defaultdict(set)
    for key, place in pairs:
        found[key].add(place)
    return [frozenset(chain) for _, chain in sorted(found.items())]


# --- figures ---------------------------------------------------------------------------------------------------------


def measure(topics: Iterable[Topic]) -> dict[str, float]:
    """Figures by name, in per cent."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for topic in topics:
        documents = known(topic)
        places = [(n, mention) for n, one in enumerate(documents) for mention in dict.fromkeys(one.gold.mentions)]
        sides: dict[str, dict[str, list[Chain]]] = defaultdict(dict)
        for kind in ("event", "entity"):
            own = [place for place in places if place[1].kind == kind]
            sides["gold"][kind] = gold_chains(own)
            sides["ours"][kind] = by_events(documents, own) if kind == "event" else by_actors(documents, own)
            sides["lemmas"][kind] = by_lemma(documents, own)
        for who in ("ours", "lemmas"):
            for name, kinds in (("events", ("event",)), ("entities", ("entity",)), ("all", ("event", "entity"))):
                gold = [chain for kind in kinds for chain in sides["gold"][kind]]
                made = [chain for kind in kinds for chain in sides[who][kind]]
                tallies[f"{topic.corpus} {name} {who}"].add(gold, made)
                tallies[f"{topic.corpus} {name} {who} chains"].add(_long(gold), _long(made))
    return {
        f"{name} {metric}": round(tally.scores()[metric], 1)
        for name, tally in sorted(tallies.items())
        for metric in METRICS
    }


def _long(chains: Iterable[Chain]) -> list[Chain]:
    return [chain for chain in chains if len(chain) > 1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public corpora")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--tuning", action="store_true", help="the topics of ECB+ that are not dev, alone")
    given = parser.parse_args()
    sys.setrecursionlimit(10_000)
    topics: Iterable[Topic]
    if given.tuning:
        topics = ecb(given.data, tuning=True)
    else:
        topics = (*ecb(given.data), *newswcl(given.data), *meantime(given.data))
    figures = measure(topics)
    for name, value in figures.items():
        print(f"{name:<45} {value:6.1f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
