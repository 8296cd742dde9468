"""Actors across documents: a first, careful resolver.

Two actors are one if they bear the same full name, or forms of one full name that nobody else in the corpus could bear
("Nicolás Maduro Moros", "N. Maduro"), or if one bears a short form, a surname or an acronym that a document spells out,
of which the corpus holds one bearer. Two people who share a surname are never joined, nor people whose given names
differ; a short form that several could bear stays with its own document. Who has no name is nobody else's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from typing import Final

from variorum.language.annotation import ActorKind
from variorum.language.coreference import initials, name_words
from variorum.language.lists import lines_of, word_list
from variorum.records import row_id
from variorum.situation.wording import folded

Key = tuple[str, ...]
"""The words of a name by which it is told from others."""

GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""Words behind a name that tell a father from a son."""
_INITIAL: Final = re.compile(r"\b([^\W\d_])\.\s*")


@dataclass(frozen=True, slots=True)
class LocalActor:
    """An actor of one document."""

    document: str
    """Id of the document."""
    number: int
    """Index among the actors of the document."""
    name: str
    """The fullest form that the document uses."""
    kind: ActorKind
    names: tuple[str, ...]
    """The distinct forms of its mentions by name; none for one who is only described."""
    score: float = 1.0
    """How sure the names are, 0 to 1."""


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """An actor across documents."""

    id: str
    """Follows from the plainest full name, so that it stays the same when fuller names come."""
    name: str
    """The fullest form that the corpus uses; of a state, the usual one."""
    kind: ActorKind
    aliases: tuple[str, ...]
    """Other forms, sorted."""
    members: tuple[tuple[str, int], ...]
    """Document and number of the local actors that it is, sorted."""
    iso3166: str | None
    """Code of a state (alpha-3)."""
    score: float
    """How sure it is that they are one, 0 to 1."""
    reason: str
    """Why they are taken for one, in words."""


@dataclass(slots=True)
class _Named:
    """Local actors whose full names are forms of one."""

    sort: str
    keys: list[Key]
    members: list[LocalActor]


def resolve(actors: Sequence[LocalActor]) -> tuple[CorpusActor, ...]:
    """Join the actors of all documents; each comes out in exactly one, whatever their order."""
    full: dict[tuple[str, Key], list[LocalActor]] = defaultdict(list)
    short: dict[tuple[str, str], list[LocalActor]] = defaultdict(list)
    alone: list[tuple[LocalActor, str]] = []
    for actor in sorted(_of_one_sort(actors), key=lambda actor: (actor.document, actor.number)):
        sort, key = _sort(actor), _key(actor)
        if not actor.names or not key:
            alone.append((actor, "one document speaks of it, without a name"))
        elif len(key) > 1 or sort in ("state", "place"):
            full[sort, key].append(actor)
        else:
            short[sort, key[0]].append(actor)
    named = list(_merged(full))
    strong, bearers = _bearers(named)
    given = {key[0] for one in named if one.sort == "person" for key in one.keys}
    taken: dict[int, list[LocalActor]] = defaultdict(list)
    found: list[CorpusActor] = []
    for (sort, word), members in sorted(short.items()):
        owners = bearers.get((sort, word), set())
        if len(owners) == 1 and owners == strong.get((sort, word)):
            taken[min(owners)] += members
        elif len(owners) > 1:
            alone += [(actor, "several in the corpus could bear this name") for actor in members]
        elif sort == "person" and word in given and not owners:
            alone += [(actor, "a given name, which anybody could bear") for actor in members]
        else:
            sure, why = (0.7, "the same single name") if sort == "person" else (0.9, "the same name")
            found.append(_joined(members, ("short", sort, word), sure, why))
    for place, one in enumerate(named):
        found.append(_full(one, taken[place]))
    found += _alone(alone)
    return tuple(sorted(found, key=lambda actor: actor.id))


def _of_one_sort(actors: Sequence[LocalActor]) -> list[LocalActor]:
    """Actors with what each name is made out by most documents: a place here and a body there are one thing.

    A single word that is taken for a person where nobody in the corpus is called so, and for a place elsewhere, is that; one that is taken for a place once and is the surname of somebody whom more documents name is that person.
    """
    seen: dict[Key, Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    keys: list[Key] = []
    for actor in actors:
        sort, key = _sort(actor), _key(actor)
        keys.append(key if actor.names else ())
        if not actor.names or not key or sort == "state":
            continue
        if sort == "person" and len(key) > 1:
            surnames.update({*_surnames(key), key[0]})
        else:
            seen[key][sort] += 1
    found = []
    for actor, key in zip(actors, keys, strict=True):
        counts = seen.get(key, Counter())
        own = _sort(actor)
        if not key or own == "state" or own not in counts or len(counts) == 1:
            found.append(replace(actor, kind="person") if _is_surname(actor, key, surnames, counts) else actor)
            continue
        things = {sort: counts[sort] for sort in ("place", "body") if counts[sort]}
        best = max(things, key=lambda sort: (things[sort], sort)) if things else own
        if own == "person" and (len(key) > 1 or surnames[key[0]] or best != "place"):
            found.append(actor)
        elif own != best:
            found.append(replace(actor, kind="place" if best == "place" else "organisation"))
        else:
            found.append(actor)
    return found


def _is_surname(actor: LocalActor, key: Key, surnames: Counter[str], counts: Counter[str]) -> bool:
    """Whether what is taken for a place is the surname of a person whom far more documents name."""
    return len(key) == 1 and _sort(actor) == "place" and surnames[key[0]] >= 4 * counts["place"] > 0


@cache
def _codes() -> dict[str, str]:
    """ISO 3166 codes by the names of states, without case and accents."""
    return {folded(name): row.split("|")[0] for row in lines_of("states.txt") for name in row.split("|")[1:]}


def _code_of(name: str) -> str | None:
    """The code of the state that a name names, with or without an article."""
    plain = folded(name)
    return _codes().get(plain) or _codes().get(plain.removeprefix("the "))


def _code(actor: LocalActor) -> str | None:
    if actor.kind not in ("state", "place"):
        return None
    return next((code for name in (actor.name, *actor.names) if (code := _code_of(name))), None)


def _sort(actor: LocalActor) -> str:
    """What can be one: a state may be tagged as a place, a body as a group."""
    if _code(actor):
        return "state"
    return "body" if actor.kind in ("organisation", "group") else "place" if actor.kind == "state" else actor.kind


def _key(actor: LocalActor) -> Key:
    return (code,) if (code := _code(actor)) else _words(actor.name, _sort(actor))


def _words(name: str, sort: str) -> Key:
    """The words of a name, without titles, signs, particles, articles and accents, in lower case."""
    if sort == "person":
        name = _INITIAL.sub(r"\1. ", name)
        parts = name.replace(",", " ").split()
        words = tuple(
            word for part in parts for word in ((part[0].lower(),) if _INITIAL.fullmatch(part) else name_words([part]))
        )
        while len(words) > 1 and words[0] in word_list("titles"):
            words = words[1:]
        return words
    return tuple(word.replace(".", "") for word in name_words(name.replace(",", " ").split()))


def _merged(full: Mapping[tuple[str, Key], list[LocalActor]]) -> Iterator[_Named]:
    """Local actors by full name, with people's names that are forms of one together."""
    people: list[Key] = []
    for (sort, key), members in sorted(full.items()):
        if sort == "person":
            people.append(key)
        else:
            yield _Named(sort, [key], members)
    for keys in _of_one(people):
        yield _Named("person", keys, [actor for key in keys for actor in full["person", key]])


def _of_one(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Full names of people in groups of which each is a form of each other one; a name that fits two stands alone."""
    linked: dict[Key, set[Key]] = {key: set() for key in sorted(keys)}
    for one, other in _like(linked):
        if _forms_of_one(one, other):
            linked[one].add(other)
            linked[other].add(one)
    plain = {key for key in linked if len(key[0]) > 1}
    left = dict.fromkeys(sorted(linked))
    groups: list[list[Key]] = []
    for key in [key for key in left if key in plain]:
        group = {key, *(linked[key] & plain)}
        if key in left and all({other, *(linked[other] & plain)} == group for other in group):
            groups.append(sorted(group))
            for other in group:
                del left[other]
    homes: dict[Key, set[int]] = {key: set() for key in left}
    for at, forms in enumerate(groups):
        for key in {other for one in forms for other in linked[one]}:
            if key in left and key not in plain and linked[key] & plain <= set(forms):
                homes[key].add(at)
    for key, places in homes.items():
        if len(places) == 1:
            groups[min(places)].append(key)
        else:
            groups.append([key])
    yield from groups


def _like(keys: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Full names with a surname in common whose given names are the same, or of which one has an initial for it."""
    bearers: dict[tuple[str, str], list[Key]] = defaultdict(list)
    by_letter: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in keys:
        for surname in _surnames(key):
            bearers[surname, key[0]].append(key)
            if len(key[0]) > 1:
                by_letter[surname, key[0][0]].append(key)
    for (surname, given), same in bearers.items():
        yield from combinations(same, 2)
        if len(given) == 1:
            yield from product(same, by_letter.get((surname, given), ()))


def _surnames(key: Key) -> Key:
    """Words of a person's full name that may be the surname: the last, or the one before, as in Spanish."""
    words = key[:-1] if key[-1] in GENERATIONS and len(key) > 2 else key
    return (words[-1], words[-2]) if len(words) > 2 else words[-1:]


def _forms_of_one(one: Key, other: Key) -> bool:
    """Whether two full names can be one person's."""
    if {*one} & GENERATIONS != {*other} & GENERATIONS:
        return False
    short, long = sorted((one, other), key=len)
    if not _alike(short[0], long[0]):
        return False
    if len(short) == len(long):
        return short[-1] == long[-1] and all(_alike(a, b) for a, b in zip(short, long, strict=True))
    if len(short) == 2:
        return short[1] in _surnames(long)
    return short[-1] == long[len(short) - 1] and all(_alike(a, b) for a, b in zip(short, long, strict=False))


def _alike(one: str, other: str) -> bool:
    """Whether two given names are the same, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _bearers(
    named: Sequence[_Named],
) -> tuple[dict[tuple[str, str], set[int]], dict[tuple[str, str], set[int]]]:
    """Who bears a short form, by what documents show or by rule; and who could."""
    strong: dict[tuple[str, str], set[int]] = defaultdict(set)
    could: dict[tuple[str, str], set[int]] = defaultdict(set)
    first: set[str] = set()
    for place, one in enumerate(named):
        seen = {
            words[0] for actor in one.members for name in actor.names if len(words := _words(name, one.sort)) == 1
        } & {word for key in one.keys for word in (*key, initials(key))}
        if one.sort == "person":
            given = {key[0] for key in one.keys}
            shown = {_surnames(key)[0] for key in one.keys} | (seen - given)
            if seen <= given:  # "Xi" for Xi Jinping
                shown |= seen
                first |= seen
            weak = {word for key in one.keys for word in _surnames(key)}
        else:
            shown = seen
            weak = {word for key in one.keys for word in (key[0], key[-1], initials(key))}
        for word in shown:
            strong[one.sort, word].add(place)
        for word in weak | shown:
            could[one.sort, word].add(place)
    for place, one in enumerate(named):
        if one.sort == "person":
            for word in first & {key[0] for key in one.keys}:
                could["person", word].add(place)
    return strong, could


def _full(one: _Named, forms: Sequence[LocalActor]) -> CorpusActor:
    """The actor behind full names that are one, and short forms that nobody else bears."""
    plainest = min(one.keys, key=lambda key: (len(key[0]) == 1, len(key), key))
    score, reason = 0.97, "the same full name"
    if one.sort == "state":
        score, reason = 0.99, "names of one state"
    elif forms:
        score, reason = 0.85, "full names that are one, and short forms that nobody else in the corpus bears"
    elif len(one.keys) > 1:
        score, reason = 0.9, "full names that are forms of one, which nobody else in the corpus bears"
    return _joined([*one.members, *forms], ("full", one.sort, *plainest), score, reason)


def _alone(actors: Iterable[tuple[LocalActor, str]]) -> Iterator[CorpusActor]:
    """Actors that nothing joins to others."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for actor, reason in sorted(actors, key=lambda pair: (pair[0].document, pair[0].number)):
        facts = (actor.document, actor.kind, actor.name)
        yield _joined([actor], ("alone", *facts, str(seen[facts])), 1.0, reason)
        seen[facts] += 1


def _size(form: str, code: str | None) -> int:
    """How full a name is; of a state's names only one with an article is less than the others."""
    return len(form.split()) if code is None else -form.lower().startswith("the ")


def _joined(members: Sequence[LocalActor], facts: Key, score: float, reason: str) -> CorpusActor:
    """One actor of several local ones; `facts` are what its id follows from."""
    common = Counter(name for actor in members for name in {actor.name, *actor.names})
    code = next((found for actor in members if (found := _code(actor))), None)
    choice = {actor.name for actor in members} if code is None else {n for n in common if _code_of(n)}
    name = max(choice, key=lambda form: (_size(form, code), not form.isupper(), common[form], form))
    kinds = Counter(actor.kind for actor in members)
    kind: ActorKind = "state" if code else max(kinds, key=lambda value: (kinds[value], value))
    if len(members) == 1:
        score = members[0].score
        if facts[0] != "alone":
            reason = "one document names it"
    return CorpusActor(
        row_id("a", *facts),
        name,
        kind,
        tuple(sorted(form for form in common if form != name)),
        tuple(sorted((actor.document, actor.number) for actor in members)),
        code,
        round(score, 3),
        reason,
    )
