"""Reprints of news articles with changes whose kind and place are known.

:func:`pairs` makes, from articles and a seed, pairs of a text and its reprint. A *harmless* reprint differs by house
style alone: marks, spelling, abbreviations, figures against words, dates' order, spaces, line wraps, datelines and
bylines, paragraphs joined. An *altered* one differs by exactly one grave change besides, of one kind:

======== ==============================================================================================
number   a figure or number word has another value; its unit stays. No durations: these might be ``time``
name     a person or a state is another one
negation a *not*, *never* or *no* is dropped or put in
role     who does and who suffers are exchanged, or the verb became its converse or opposite outcome
quote    one or two words inside quotation marks are others, some of them near synonyms
time     another weekday, month, day or year
modality a hedge or the source of a statement is dropped, or *may* became *will*
======== ==============================================================================================

All of them but ``quote`` lie outside quotation marks. The changes are what editors and reprinting sites do; nothing
here knows how they might be detected. The same articles and seed give the same pairs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wordforms import bases, cased, content_synonyms, inflected, past, plural, table

Span = tuple[int, int]

KINDS = ("role", "modality", "negation", "time", "quote", "name", "number")
"""Kinds of grave changes, the rarest first."""
LENGTHS = (250, 900)
"""Words of the articles that are taken, least and most."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what is known about it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text in place of a stretch; an empty stretch is an insertion."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A grave change: where it stands in both texts.

    Both spans hold at least a word: where words were dropped or put in, the next word is part of the span.
    """

    kind: str
    how: str
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its reprint, in either order; ``change`` is None where all differences are harmless."""

    id: str
    a: Article
    b: Article
    change: Change | None


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an article where a grave change can be made, and the edits that make it."""

    kind: str
    how: str
    edits: tuple[Edit, ...]


def read_articles(data: Path, seed: int, lengths: tuple[int, int] = LENGTHS) -> list[Article]:
    """News articles of so many words from the public corpus, in an order that the seed decides.

    Even and odd seeds share no article.
    """
    with gzip.open(data / "outlets" / "allsides_10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if _digest(row["id"]) % 2 == seed % 2]
    rows.sort(key=lambda row: _digest(f"{seed} {row['id']}"))
    return [
        Article(row["id"], row["text"], row["title"], row["outlet"], _day(row["published"]), row["topic"])
        for row in rows
        if lengths[0] <= len(row["text"].split()) <= lengths[1]
    ]


def _digest(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published and re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None


def pairs(articles: Sequence[Article], seed: int, each: int = 70, harmless: int = 200) -> list[Pair]:
    """So many pairs with each kind of grave change and so many without one; fewer where the articles offer no more."""
    wanted = {"swap": each // 2, "antonym": each - each // 2} | {kind: each for kind in KINDS if kind != "role"}
    made: list[Pair] = []
    rest: list[Article] = []
    for article in articles:
        rng = random.Random(f"{seed} {article.id}")
        chosen = _choose(Page(article.text), wanted, rng)
        if chosen is None:
            rest.append(article)
            continue
        wanted[_quota(chosen)] -= 1
        made.append(altered(article, chosen, articles, rng))
        if not any(wanted.values()):
            break
    used = {pair.id.partition(" ")[2] for pair in made}
    spare = (one for one in (*rest, *articles[len(made) + len(rest) :]) if one.id not in used)
    for article, _ in zip(spare, range(harmless), strict=False):
        made.append(altered(article, None, articles, random.Random(f"{seed} {article.id}")))
    return made


def _quota(site: Site) -> str:
    return site.how if site.kind == "role" else site.kind


def _choose(page: Page, wanted: dict[str, int], rng: random.Random) -> Site | None:
    """A site of the rarest kind that is still wanted."""
    for kind in KINDS:
        if found := [site for site in sites(page, kind, rng) if wanted[_quota(site)] > 0]:
            return rng.choice(found)
    return None


def altered(article: Article, site: Site | None, others: Sequence[Article], rng: random.Random) -> Pair:
    """A reprint of an article in another house style, with the change of a site."""
    grave = site.edits if site else ()
    styled = house_style(article.text, rng)
    edits = disjoint([*grave, *(edit for edit in styled if not any(_touch(edit, one) for one in grave))])
    text = apply(article.text, edits)
    day = article.published and article.published + timedelta(rng.choice((0, 0, 1)))
    outlet = rng.choice(others).outlet
    reprint = replace(article, id="b", text=text, outlet=outlet, published=rng.choice((day, None)))
    change = None
    if site:
        span = _whole(article.text, (min(e.start for e in grave), max(e.end for e in grave)), grave)
        change = Change(site.kind, site.how, span, moved(span, edits, grave))
    pair = Pair(f"{site.kind if site else 'harmless'} {article.id}", replace(article, id="a"), reprint, change)
    return pair if rng.random() < 0.5 else exchanged(pair)


def exchanged(pair: Pair) -> Pair:
    """The same pair with its sides exchanged."""
    change = pair.change and replace(pair.change, a=pair.change.b, b=pair.change.a)
    return Pair(pair.id, replace(pair.b, id="a"), replace(pair.a, id="b"), change)


def _whole(text: str, span: Span, edits: Sequence[Edit]) -> Span:
    """A span with the next word, or the one before, if something is dropped or put in there."""
    start, end = span
    if all(edit.text.strip() and edit.end > edit.start for edit in edits):
        return span
    if after := re.compile(r" ?[\w'’-]+").match(text, end):
        return start, after.end()
    before = list(re.finditer(r"[\w'’-]+", text[:start]))
    return (before[-1].start() if before else start), end


# Edits


def _touch(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in their order in the text, without those that touch an earlier one of the list."""
    kept: list[Edit] = []
    taken: set[int] = set()
    for edit in edits:
        places = range(edit.start, max(edit.end, edit.start + 1))
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(edit)
    return sorted(kept, key=lambda edit: (edit.start, edit.end))


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after edits that are in order and do not touch."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def moved(span: Span, edits: Sequence[Edit], grave: Sequence[Edit] = ()) -> Span:
    """Where a stretch lies after edits; what ``grave`` ones put in at its start belongs to it."""

    def place(at: int, *, start: bool) -> int:
        shift = 0
        for edit in edits:
            inserted_before = start and edit.start == edit.end == at and edit not in grave
            if edit.start >= at and not inserted_before:
                break
            if edit.end > at:
                return edit.start + shift + (0 if start else len(edit.text))
            shift += len(edit.text) - (edit.end - edit.start)
        return at + shift

    return place(span[0], start=True), place(span[1], start=False)


# What an article is made of, as far as it can be told from its marks and capitals alone

_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Sen)(?<!Rep)(?<!Gov)(?<!Gen)(?<!Lt)(?<!St)(?<!Jan)(?<!Feb)(?<!Aug)"
    r"(?<!Sept)(?<!Oct)(?<!Nov)(?<!Dec)[.!?][\"”’)]*(?=\s|$)"
)
_FULL_NAME = re.compile(r"\b(?=(([A-Z][a-z]+)(?: [A-Z]\.)? ((?:Mc|Mac|O['’]|De)?[A-Z][a-z]+)\b))")
_NO_PERSON = frozenset(word for (word,) in table("capitals"))


class Page:
    """An article's paragraphs, sentences, quotations and persons."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in re.finditer(r"[^\n]+", text)]
        count = Counter(text[start:end] for start, end in found)
        self.paragraphs = found
        self.running = [
            (start, end)
            for start, end in found
            if end - start >= 60 and count[text[start:end]] == 1 and re.search(r"[.!?][\"”’)]*\s*$", text[start:end])
        ]
        self.quoted = [span for paragraph in found for span in _quoted(text, paragraph)]
        self.sentences = [span for paragraph in self.running for span in _sentences(text, paragraph)]
        self._starts = [start for start, _ in self.sentences]
        self.persons = _persons(text)

    def sentence(self, at: int) -> Span | None:
        """The sentence of the running text around a place."""
        number = bisect_right(self._starts, at) - 1
        return self.sentences[number] if number >= 0 and at < self.sentences[number][1] else None

    def told(self, start: int, end: int) -> bool:
        """Whether a stretch lies in the running text, outside quotation marks, in a sentence that is no question."""
        sentence = self.sentence(start)
        return (
            sentence is not None
            and end <= sentence[1]
            and not any(start < last and first < end for first, last in self.quoted)
            and "?" not in self.text[slice(*sentence)]
        )

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of a pattern in what is told."""
        return (match for match in pattern.finditer(self.text) if self.told(*match.span()))


def _quoted(text: str, paragraph: Span) -> Iterator[Span]:
    """Stretches in double quotation marks, marks included; an open one reaches the end of its paragraph."""
    opened = None
    for match in re.finditer(r"[\"“”]", text[slice(*paragraph)]):
        at, mark = match.start() + paragraph[0], match.group()
        if opened is None and mark != "”":
            opened = at
        elif opened is not None and mark != "“":
            yield opened, at + 1
            opened = None
    if opened is not None:
        yield opened, paragraph[1]


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph[0]
    for match in _SENTENCE_END.finditer(text, *paragraph):
        yield start, match.end()
        start = match.end() + 1
    if start < paragraph[1]:
        yield start, paragraph[1]


def _persons(text: str) -> dict[str, str]:
    """Full names by surname, of people whose surname alone is a subject elsewhere in the text."""
    found: dict[str, str] = {}
    for match in _FULL_NAME.finditer(text):
        full, first, last = match.groups()
        if last in found or {first, last} & _NO_PERSON:
            continue
        alone = rf"\b{re.escape(last)} (?:said|says|told|added|has|had|was|is|wrote|also|will)\b"
        if any(not _capital_before(text, one.start()) for one in re.finditer(alone, text)):
            found[last] = full
    return found


def _capital_before(text: str, at: int) -> bool:
    before = re.search(r"(\S+) $", text[max(0, at - 30) : at])
    return before is not None and before.group(1)[:1].isupper() and not before.group(1).endswith((".", ",", "”", '"'))


# Grave changes


def sites(page: Page, kind: str, rng: random.Random) -> list[Site]:
    """Places of an article where a change of a kind can be made."""
    return list(_SITES[kind](page, rng))


_UNIT = (
    r"(?= (?:percent|per cent|million|billion|trillion|people|men|women|children|U\.S\. |American )\b"
    r"|%| (?!was\b|has\b|its\b|his\b|this\b|does\b|years\b|months\b|days\b|weeks\b|hours\b|minutes\b|seconds\b"
    r"|decades\b|centuries\b|times\b|others\b|across\b|unless\b|plus\b|versus\b|as\b)[a-z]{3,}s\b)"
)
_FIGURE = re.compile(
    rf"(?<![\w.,$€£/:-])(?:[$€£](?P<money>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?![\w,.-]*\w)"
    rf"|(?P<figure>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?){_UNIT})"
)
_NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORD = re.compile(rf"(?<![\w-])({'|'.join(_NUMBER_WORDS + _TENS)})(?!-){_UNIT}")


def _numbers(page: Page, rng: random.Random) -> Iterator[Site]:
    for match in page.find(_FIGURE):
        group = "money" if match["money"] else "figure"
        start, end = match.span(group)
        year = group == "figure" and re.fullmatch(r"(?:19|20)\d\d", match[group])
        if not year and not (group == "figure" and _capital_before(page.text, start)):
            share = page.text[end : end + 9].lstrip().startswith(("%", "per"))
            yield Site("number", "figure", (Edit(start, end, _other_figure(match[group], share, rng)),))
    for match in page.find(_NUMBER_WORD):
        choices = [word for word in (_NUMBER_WORDS if match[1] in _NUMBER_WORDS else _TENS) if word != match[1]]
        yield Site("number", "word", (Edit(*match.span(1), rng.choice(choices)),))


def _other_figure(figure: str, share: bool, rng: random.Random) -> str:
    whole, point, part = figure.replace(",", "").partition(".")
    value = int(whole)
    third = max(1, value // 3)
    choices = {value * 2, value + third, value - third, int(whole[::-1]), value + max(2, value // 10)}
    fit = sorted(n for n in choices if n != value and n >= 2 and len(str(n)) <= len(whole) + 1)
    if share and value <= 100:
        fit = [n for n in fit if n < 100] or [value - 7]
    chosen = rng.choice(fit or [value + 3])
    return (f"{chosen:,}" if "," in figure else str(chosen)) + point + part


@cache
def _places() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {name: kind for kind, name in table("names") if kind != "person"}
    longest = sorted(kinds, key=len, reverse=True)
    return re.compile(rf"(?<![\w.’'-])(?:{'|'.join(longest)})\b(?![-.] ?\w)(?! [A-Z])"), kinds


def _names(page: Page, rng: random.Random) -> Iterator[Site]:
    yield from _person_sites(page, rng)
    pattern, kinds = _places()
    found = [match for match in page.find(pattern) if not _part_of_a_name(page.text, match.start())]
    for match in found:
        kind = kinds[match.group()]
        near = sorted({one.group() for one in found if kinds[one.group()] == kind})
        names = near if rng.random() < 0.5 else [name for name, other in kinds.items() if other == kind]
        yield from _renamed(page, match.span(), names, "state", rng)


def _part_of_a_name(text: str, at: int) -> bool:
    return _capital_before(text, at) or re.search(r"(?:[A-Z]\w+,|Gulf of) $", text[max(0, at - 40) : at]) is not None


def _person_sites(page: Page, rng: random.Random) -> Iterator[Site]:
    if not page.persons:
        return
    surnames = "|".join(map(re.escape, page.persons))
    fulls = "|".join(map(re.escape, page.persons.values()))
    made_up = [name for kind, name in table("names") if kind == "person"]
    for match in page.find(re.compile(rf"\b(?:(?P<full>{fulls})|(?P<last>{surnames}))\b(?!-)(?! [A-Z])")):
        if match["last"] and _capital_before(page.text, match.start()):
            continue
        near = list(page.persons.values())
        names = near if len(near) > 1 and rng.random() < 0.7 else made_up
        if match["last"]:
            names = [name.rpartition(" ")[2] for name in names]
        yield from _renamed(page, match.span(), names, "person", rng)


def _renamed(page: Page, span: Span, names: Sequence[str], how: str, rng: random.Random) -> Iterator[Site]:
    sentence = page.text[slice(*(page.sentence(span[0]) or span))]
    if choices := [name for name in names if name.rpartition(" ")[2] not in sentence]:
        yield Site("name", how, (Edit(*span, rng.choice(choices)),))


_BAD_AFTER_NOT = r"(?! (?:only|just|until|necessarily|yet|merely|simply|all|every|even|so|enough|least)\b)"
_NOT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|can|may|might|must)(?P<drop> not| never)"
    rf"{_BAD_AFTER_NOT}(?= [a-z])"
)
_DO_NOT = re.compile(rf"\b(?P<aux>did|does|do)(?: not|n['’]t){_BAD_AFTER_NOT} (?P<verb>[a-z]+)\b")
_CONTRACTED = re.compile(
    rf"\b(?:is|are|was|were|has|have|had|would|could|should)(?P<drop>n['’]t){_BAD_AFTER_NOT}(?= [a-z])"
)
_NO = re.compile(
    r"\b(?:there (?:is|was|are|were|has been)|has|have|had|found|saw|sees|with|made|offered|showed)(?P<drop> no)"
    r"(?= [a-z]+)(?! (?:longer|one|more|matter|doubt|less|fewer|such|other|further)\b)"
)
_FOR_POLARITY = re.compile(r"\b(?:any|ever|either|anyone|anything|anybody|yet|nor|neither|but|instead)\b")
_POSITIVE = re.compile(
    r"\b(?:is|are|was|were|will|would|could|should|can|may|must|has been|have been|had been)(?= [a-z]+)"
    r"(?! (?:not|never|no|also|still|only|just|even|now|already|nothing|none|neither|both|almost|always|likely"
    r"|so|to)\b)"
)
_DID = re.compile(
    r"(?P<subject>[A-Z][\w.'’-]+|\b(?:he|she|they|it)) (?P<verb>[a-z]{3,})(?= (?:the|a|an|his|her|their|to|that|in)\b)"
)
_NEGATED = re.compile(r"\b(?:not|never|no|nor|without|nothing|nobody|none|neither)\b|n['’]t\b")


def _negations(page: Page, rng: random.Random) -> Iterator[Site]:
    for pattern in (_NOT, _CONTRACTED, _NO):
        for match in page.find(pattern):
            if not _FOR_POLARITY.search(page.text, match.end(), match.end() + 60):
                yield Site("negation", "dropped", (Edit(*match.span("drop"), ""),))
    for match in page.find(_DO_NOT):
        if not _FOR_POLARITY.search(page.text, match.end(), match.end() + 60):
            verb = inflected(match["verb"], {"did": "past", "does": "third", "do": "base"}[match["aux"]])
            yield Site("negation", "dropped", (Edit(*match.span(), verb),))
    if rng.random() < 0.5:
        yield from _put_in(page, rng)


def _put_in(page: Page, rng: random.Random) -> Iterator[Site]:
    for match in page.find(_POSITIVE):
        if not _NEGATED.search(page.text, *(page.sentence(match.start()) or match.span())):
            at = match.start() + len(match.group().partition(" ")[0])
            yield Site("negation", "put in", (Edit(at, at, rng.choice((" not", " not", " never"))),))
    for match in page.find(_DID):
        base = bases().get(match["verb"])
        if base and not _NEGATED.search(page.text, *(page.sentence(match.start()) or match.span())):
            yield Site("negation", "put in", (Edit(*match.span("verb"), f"did not {base}"),))


_TITLE = (
    r"(?:(?:President(?:-elect)?|Vice President|former President|Sen\.|Rep\.|Gov\.|Mr\.|Mrs\.|Ms\.|Dr\."
    r"|Attorney General|Secretary of State|Senator|Governor|Prime Minister|House Speaker|Speaker|Judge|Justice) )?"
)
_BODIES = (
    r"[Tt]he (?:White House|Justice Department|State Department|Pentagon|FBI|CIA|Supreme Court|Senate|House|court|judge"
    r"|committee|president|government|company|agency|administration|panel|governor|mayor|senator|commission|police|union"
    r"|prime minister|group|board|network|newspaper|ministry|army|military|United States|U\.S\.|United Nations|EU)"
    r"|Republicans|Democrats|Congress|lawmakers|prosecutors|officials|voters|protesters|police|critics|lawyers"
)


def _roles(page: Page, rng: random.Random) -> Iterator[Site]:
    yield from _swaps(page)
    for match in page.find(_opposites()[0]):
        other = rng.choice(_opposites()[1][match.group()])
        yield Site("role", "antonym", (Edit(*match.span(), other),))


_CLAUSE_START = re.compile(
    r"(?:[,;:—–-]|\b(?:that|when|after|if|while|but|because|as|before|since|whether|where|how|why|although|though"
    r"|time)) $"
)


_AFTER_RECIPIENT = (
    r"(?=[.,;:]| (?:of|for|to|in|on|over|at|by|with|that|as|after|during|from|about|because|when|who|not|last|this|into"
    r"|against|if|while|before|why|how|whether|he|she|they|it|his|her|their|there|was|is|were|had|would)\b"
    r"| (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)


_PLURAL = re.compile(
    "(?:Republicans|Democrats|lawmakers|prosecutors|officials|voters|protesters|police|critics|lawyers)"
)


def _swaps(page: Page) -> Iterator[Site]:
    people = [*map(re.escape, page.persons.values()), *map(re.escape, page.persons)]
    persons = f"{_TITLE}(?:{'|'.join(people)})|" if people else ""
    party = rf"(?:{persons}{_places()[0].pattern}|{_BODIES})"
    verbs = "|".join(row[0] for row in table("transitives"))
    pattern = re.compile(rf"(?<![\w-])(?P<x>{party}) (?P<has>has |had )?(?:{verbs}) (?P<y>{party}){_AFTER_RECIPIENT}")
    for match in page.find(pattern):
        x, y = match["x"], match["y"]
        same = x.casefold().endswith(y.casefold()) or y.casefold().endswith(x.casefold())
        start = page.sentence(match.start())
        first = start is not None and start[0] == match.start()
        agree = match["has"] != "has " or not _PLURAL.match(y)
        if (
            same
            or not agree
            or not (first or _CLAUSE_START.search(page.text[max(0, match.start() - 12) : match.start()]))
        ):
            continue
        edits = (Edit(*match.span("x"), _at_start(y, first)), Edit(*match.span("y"), _inside(x)))
        yield Site("role", "swap", edits)


def _at_start(name: str, first: bool) -> str:
    return name[:1].upper() + name[1:] if first else name


def _inside(name: str) -> str:
    plain = name.startswith(
        ("The ", "Lawmakers", "Prosecutors", "Officials", "Voters", "Protesters", "Police", "Critics", "Lawyers")
    )
    return name[:1].lower() + name[1:] if plain else name


@cache
def _opposites() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    other: dict[str, list[str]] = {}
    for one, opposite in table("opposites"):
        other.setdefault(one, []).append(opposite)
        other.setdefault(opposite, []).append(one)
    words = "|".join(other)
    transitive = rf"(?<=[a-z] )(?<!the )(?<!\ba )(?:{words})(?= (?:the|a|an|his|her|its|their|that|[A-Z$\d]\w*)\b)"
    passive = rf"(?:(?<= was )|(?<=were )|(?<=been )|(?<= be ))(?:{words})(?= (?:by|at|in|on)\b|[.,])"
    alone = rf"(?<=[a-z] )(?<!the )(?<!\ba )(?:{'|'.join(_INTRANSITIVE)})(?= (?:by|at|in|on|to|from)\b|[.,])"
    return re.compile(f"{transitive}|{passive}|{alone}"), other


_INTRANSITIVE = [word for (word,) in table("intransitives")]


def _quotes(page: Page, rng: random.Random) -> Iterator[Site]:
    for start, end in page.quoted:
        if page.sentence(start) is None or len(page.text[start:end].split()) < 5:
            continue
        found = list(re.finditer(r"(?<![\w'’-])[A-Za-z]{3,}(?![\w'’-])", page.text[start:end]))
        edits = [edit for match in found for edit in _reworded(match, start, rng)]
        if not edits:
            continue
        first = rng.randrange(len(edits))
        chosen = [edits[first]]
        following = edits[first + 1 : first + 2]
        if following and following[0][1].start - chosen[0][1].end < 40 and rng.random() < 0.4:
            chosen += following
        how = "other meaning" if any(one == "other meaning" for one, _ in chosen) else "near synonym"
        yield Site("quote", how, tuple(edit for _, edit in chosen))


@cache
def _other_words() -> dict[str, str]:
    return {row[0]: row[1] for row in table("quote_words")}


def _reworded(match: re.Match[str], offset: int, rng: random.Random) -> Iterator[tuple[str, Edit]]:
    word = match.group()
    other, near = _other_words().get(word.lower()), content_synonyms().get(word.lower())
    if word[0].isupper() and match.start() > 1:
        return
    if near and (not other or rng.random() < 0.4):
        how, new = "near synonym", rng.choice(near)
    elif other:
        how, new = "other meaning", other
    else:
        return
    yield how, Edit(match.start() + offset, match.end() + offset, cased(new, word))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT_MONTHS = {"Jan": 0, "Feb": 1, "Aug": 7, "Sept": 8, "Oct": 9, "Nov": 10, "Dec": 11}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b(?! [A-Z])")
_MONTH = re.compile(rf"(?<=\b(?:in|by|of)) ({'|'.join(_MONTHS)})\b(?! \d)(?! [A-Z])")
_DATE = re.compile(rf"\b(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\.) (\d\d?)\b(?![\d.:/%-])")
_YEAR = re.compile(r"\b(?:in|since|of|until|by|after) ((?:19|20)\d\d)\b(?![-–/])(?! [A-Z])")


def _times(page: Page, rng: random.Random) -> Iterator[Site]:
    for how, pattern, names in (("weekday", _WEEKDAY, _WEEKDAYS), ("month", _MONTH, _MONTHS)):
        for match in page.find(pattern):
            span = match.span(match.lastindex or 0)
            other = rng.choice([name for name in names if name != match.group(match.lastindex or 0)])
            yield Site("time", how, (Edit(*span, other),))
    for match in page.find(_DATE):
        day = int(match[1])
        choices = [n for n in range(1, 29) if abs(n - day) >= 2]
        if 1 <= day <= 31:
            yield Site("time", "day", (Edit(*match.span(1), str(rng.choice(choices))),))
    for match in page.find(_YEAR):
        year = int(match[1]) + rng.choice((-10, -4, -3, -2, -1, 1, 2))
        yield Site("time", "year", (Edit(*match.span(1), str(year)),))


_HEDGE = re.compile(
    r"(?<=[a-z] )(?:(?:allegedly|reportedly|apparently|purportedly|supposedly|possibly|presumably|potentially)"
    r"|(?<=will )likely|(?<=would )likely|(?<=could )possibly) (?=[a-z])"
)
_HEDGED_NOUN = re.compile(
    r"\b(?P<before>the|his|her|their|its|of|an?) (?P<drop>alleged|suspected|purported|reported|apparent) (?=[a-z])"
)
_MAY = re.compile(
    r"(?<=[A-Za-z] )(?P<may>may|might|could)(?= [a-z]+)"
    r"(?! (?:not|never|have|also|only|well|just|still|and|or|even|in|no)\b)"
)
_APPEARED = re.compile(r"\b(?P<how>appeared|seemed|appears|seems) to (?P<verb>[a-z]+)\b")
_EXPECTED = re.compile(r"\b(?:is|are) (?:expected|likely) to(?= (?!have\b)[a-z])")
_ACCORDING_END = re.compile(r", according to [^,;:.!?\n\"“”]{3,70}(?=\.(?:\s|$))")
_ACCORDING_START = re.compile(r"(?<![^\s])According to [^,;:.!?\n\"“”]{3,70}, (?P<next>[a-z])")


def _modalities(page: Page, rng: random.Random) -> Iterator[Site]:
    for match in page.find(_HEDGE):
        yield Site("modality", "hedge dropped", (Edit(*match.span(), ""),))
    for match in page.find(_HEDGED_NOUN):
        if match["before"] in ("a", "an"):
            article = "an" if page.text[match.end()] in "aeiou" else "a"
            yield Site("modality", "hedge dropped", (Edit(match.start(), match.end("drop"), article),))
        else:
            yield Site("modality", "hedge dropped", (Edit(match.start("drop"), match.end(), ""),))
    for match in page.find(_MAY):
        yield Site("modality", "surer", (Edit(*match.span("may"), "will"),))
    for match in page.find(_APPEARED):
        if match["verb"] not in ("be", "have", "me", "him", "her", "them", "us"):
            form = past if match["how"].endswith("ed") else plural
            yield Site("modality", "hedge dropped", (Edit(*match.span(), form(match["verb"])),))
    for match in page.find(_EXPECTED):
        yield Site("modality", "surer", (Edit(*match.span(), "will"),))
    for match in page.find(_ACCORDING_END):
        yield Site("modality", "source dropped", (Edit(*match.span(), ""),))
    for match in page.find(_ACCORDING_START):
        yield Site("modality", "source dropped", (Edit(*match.span(), match["next"].upper()),))


_SITES: dict[str, Callable[[Page, random.Random], Iterator[Site]]] = {
    "number": _numbers,
    "name": _names,
    "negation": _negations,
    "role": _roles,
    "quote": _quotes,
    "time": _times,
    "modality": _modalities,
}


# Harmless changes

Style = Callable[[str, random.Random], Iterator[Edit]]


def house_style(text: str, rng: random.Random, least: int = 4, most: int = 8, *, layout: bool = True) -> list[Edit]:
    """Edits of one house style, which a reprint applies throughout; they may touch each other.

    Without ``layout`` lines, paragraphs, datelines and bylines stay as they are.
    """
    chosen = rng.sample(_STYLES + _LAYOUT if layout else _STYLES, rng.randint(least, most))
    edits = [edit for style in chosen for edit in style(text, rng)]
    return [edit for edit in edits if text[edit.start : edit.end] != edit.text]


def _each(text: str, pattern: str, new: Callable[[re.Match[str]], str], flags: int = 0) -> Iterator[Edit]:
    for match in re.finditer(pattern, text, flags):
        yield Edit(*match.span(), new(match))


def _marks(text: str, rng: random.Random) -> Iterator[Edit]:
    if "“" in text or "’" in text:
        plain = {"“": '"', "”": '"', "‘": "'", "’": "'"}
        if "‘" not in text and rng.random() < 0.2:
            plain = {"“": "‘", "”": "’", "’": "’"}
        yield from _each(text, "[“”‘’]", lambda match: plain[match.group()])
        return
    opening = r"(?:(?<=[\s(\[—-])|^)"
    yield from _each(text, f'{opening}"', lambda _: "“", re.MULTILINE)
    yield from _each(text, '(?<=[^\\s(\\[—-])"', lambda _: "”")
    yield from _each(text, r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", lambda _: "’")


def _dashes(text: str, rng: random.Random) -> Iterator[Edit]:
    form = rng.choice((" - ", " -- ", " – ", "—", " — "))
    yield from _each(text, r" ?— ?| – | -- |(?<=\w)--(?=\w)", lambda _: form)


def _ellipses(text: str, rng: random.Random) -> Iterator[Edit]:
    form = "…" if "..." in text else rng.choice(("...", ". . ."))
    yield from _each(text, r"\.\.\.|…", lambda _: form)


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    rows = [(row[0], row[1]) for row in table("spellings")]
    return dict(rows), {british: american for american, british in rows}


def _spelling(text: str, rng: random.Random) -> Iterator[Edit]:
    american, british = _spellings()
    count = sum(word in american for word in re.findall("[a-z]+", text))
    words = american if count >= sum(word in british for word in re.findall("[a-z]+", text)) else british
    for match in re.finditer(r"(?<![\w-])[A-Za-z][a-z]+\b", text):
        if (new := words.get(match.group().lower())) and not _of_a_name(text, match):
            yield Edit(*match.span(), cased(new, match.group()))


def _of_a_name(text: str, match: re.Match[str]) -> bool:
    return match.group()[0].isupper() and (
        _capital_before(text, match.start()) or re.match(r" (?:[A-Z]|of |for )", text[match.end() :]) is not None
    )


def _accents(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"[À-ɏ]", text):
        if (plain := unicodedata.normalize("NFD", match.group())[0]) != match.group():
            yield Edit(*match.span(), plain)


def _percent(text: str, rng: random.Random) -> Iterator[Edit]:
    form = rng.choice(("%", " percent", " per cent"))
    yield from _each(text, r"(?<=\d)(?:%| percent\b| per cent\b)", lambda _: form)
    if form != "%":
        yield from _each(text, r"(?<=[a-z])(?: percent\b| per cent\b)", lambda _: form)


def _abbreviations(text: str, rng: random.Random) -> Iterator[Edit]:
    if re.search(r"\bU\.S\.|\b[ap]\.m\.|\bMrs?\.", text):
        yield from _each(text, r"\bU\.([SKN])\.(?=(?:[\"”’)]*\s*(?:\n|$))?)", _undotted)
        yield from _each(text, r"\b([ap])\.m\.(?= [a-z])", lambda match: f"{match[1]}m")
        yield from _each(text, r"\b(Mrs?|Ms|Dr)\.(?= [A-Z])", lambda match: match[1])
    else:
        yield from _each(text, r"\bU([SKN])\b(?![.-])", lambda match: f"U.{match[1]}.")
        yield from _each(text, r"(?<=\d )([ap])m\b(?!\.)", lambda match: f"{match[1]}.m.")


def _undotted(match: re.Match[str]) -> str:
    ends = re.match(r"[\"”’)]*\s*(?:\n|$)", match.string[match.end() :])
    return f"U{match[1]}{'.' if ends else ''}"


_DIGITS = dict(zip(_NUMBER_WORDS, map(str, range(2, 13)), strict=True))


def _numerals(text: str, rng: random.Random) -> Iterator[Edit]:
    below_ten = {word: figure for word, figure in _DIGITS.items() if len(figure) == 1}
    if rng.random() < 0.5:
        words = "|".join(below_ten)
        yield from _each(text, rf"(?<=[a-z] )(?:{words})(?= [a-z]{{3,}})", lambda match: below_ten[match.group()])
        return
    spelled = {figure: word for word, figure in below_ten.items()}
    for match in re.finditer(
        r"(?<=[a-z] )[2-9](?= (?!percent|per cent|million|billion|trillion|p\.m|a\.m)[a-z]{3,})", text
    ):
        yield Edit(*match.span(), spelled[match.group()])


def _thousands(text: str, rng: random.Random) -> Iterator[Edit]:
    mark = rng.choice(("", "", " ", "\u202f"))
    yield from _each(text, r"(?<=\d),(?=\d{3}\b)", lambda _: mark)


def _dates(text: str, rng: random.Random) -> Iterator[Edit]:
    long = {short: _MONTHS[number] for short, number in _SHORT_MONTHS.items()}
    if rng.random() < 0.5:
        months = "|".join((*_MONTHS, *(f"{short}\\." for short in long)))
        pattern = rf"\b({months}) (\d\d?)\b(?:(,) (\d{{4}})(,?))?(?![\d/.:-]\d)"
        yield from _each(
            text, pattern, lambda m: f"{m[2]} {long.get(m[1].rstrip('.'), m[1])}" + (f" {m[4]}" if m[4] else "")
        )
        return
    yield from _each(text, rf"\b({'|'.join(long)})\. (?=\d)", lambda match: f"{long[match[1]]} ")
    short = {name: key for key, name in long.items()}
    if not re.search(rf"\b(?:{'|'.join(long)})\. \d", text):
        yield from _each(text, rf"\b({'|'.join(short)}) (?=\d\d?\b)", lambda match: f"{short[match[1]]}. ")


def _spaces(text: str, rng: random.Random) -> Iterator[Edit]:
    if rng.random() < 0.5:
        yield from _each(text, r"(?<=[a-z]\.) (?=[A-Z])", lambda _: "  ")
    else:
        yield from _each(text, r"(?<=\d) (?=(?:percent|million|billion)\b)|(?<=Mr\.) |(?<=Mrs\.) ", lambda _: "\xa0")


def _wraps(text: str, rng: random.Random) -> Iterator[Edit]:
    width = rng.choice((65, 72, 80))
    line = 0
    for match in re.finditer(r"\S+|\s", text):
        if match.group() == "\n":
            line = match.end()
        elif match.group() == " ":
            word = re.compile(r"\S+").match(text, match.end())
            if word and word.end() - line > width:
                yield Edit(*match.span(), "\n")
                line = match.end()


def _brackets(text: str, rng: random.Random) -> Iterator[Edit]:
    into = {"[": "(", "]": ")"} if "[" in text else {"(": "[", ")": "]"}
    yield from _each(text, "[" + "".join(f"\\{mark}" for mark in into) + "]", lambda match: into[match.group()])


def _serial_comma(text: str, rng: random.Random) -> Iterator[Edit]:
    if re.search(r"\b\w+, \w+, and \w+\b", text):
        yield from _each(text, r"(?<=\w), (?=and \w+\b)(?<=, \w\w\w\w, )|(?<=, \w\w\w\w\w), (?=and \w)", lambda _: " ")
    else:
        yield from _each(text, r"(?<=[a-z], )(\w+) and (?=\w+[.])", lambda match: f"{match[1]}, and ")


DATELINE = re.compile(
    r"(?!FILE)[A-Z][A-Z.]{2,}(?: [A-Z.]{2,})*(?:, [A-Z][A-Za-z.]+)?(?: [(\[][A-Z][A-Za-z]+[)\]])?"
    r" ?(?:—|–|--|-) ?(?=[A-Z\"“])"
)
_BYLINE = re.compile(r"By [A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+(?: and [A-Z][a-z]+ [A-Z][a-z]+)?\n+")
_CITIES = ("LONDON", "PARIS", "BERLIN", "MADRID", "GENEVA", "TORONTO", "WASHINGTON", "NEW YORK")


def _credits(text: str, rng: random.Random) -> Iterator[Edit]:
    found = [match for pattern in (_BYLINE, DATELINE) if (match := pattern.match(text))]
    yield from (Edit(*match.span(), "") for match in found)
    if found:
        return
    made_up = [name for kind, name in table("names") if kind == "person"]
    yield Edit(0, 0, rng.choice((f"By {rng.choice(made_up)}\n\n", f"{rng.choice(_CITIES)} — ")))


def _paragraphs(text: str, rng: random.Random) -> Iterator[Edit]:
    share = rng.choice((0.3, 0.6))
    for match in re.finditer(r"(?<=[.!?\"”])\n+(?=[A-Z\"“])", text):
        yield Edit(*match.span(), " " if rng.random() < share else "\n")


_STYLES: tuple[Style, ...] = (
    _marks,
    _dashes,
    _ellipses,
    _spelling,
    _accents,
    _percent,
    _abbreviations,
    _numerals,
    _thousands,
    _dates,
    _spaces,
    _brackets,
    _serial_comma,
)
_LAYOUT: tuple[Style, ...] = (_wraps, _credits, _paragraphs)
