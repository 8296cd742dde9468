"""The cast of one text: whom its names and chains of mentions stand for.

Beside those whom it names or keeps coming back to, the bodies of states and people of which it speaks are in it
("Russian officials", "the government of Venezuela"), even if only once; and a place that acts in some sentences and is
a place in others ("Moscow") is two.
"""

import functools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from variorum.language.acting import use_of
from variorum.language.annotation import Actor, ActorKind, Entity, Mention, Token
from variorum.language.bodies import Body, Owner, Seen, bodies_in
from variorum.language.coreference import Link
from variorum.language.lists import lines_of, section_of
from variorum.language.mentions import Candidate
from variorum.language.names import Name

_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_TYPES: dict[str, ActorKind] = {"person": "person", "organization": "organisation"}

LONG = 6
"""Words of a description that is still short enough for a name."""


@functools.cache
def _states() -> frozenset[str]:
    """The names of states, in lower case."""
    return frozenset(name.lower() for line in lines_of("states.txt") for name in line.split("|")[1:])


def cast_of(
    text: str,
    tokens: Sequence[Token],
    names: Sequence[Name],
    mentions: Sequence[Candidate],
    chains: Sequence[Sequence[Link]],
) -> tuple[tuple[Entity, ...], tuple[Actor, ...], tuple[tuple[Mention, ...], ...]]:
    """Names as entities, the actors of the text, and its chains of two mentions and more."""
    actors: list[Actor] = []
    actor_of: dict[Name, int] = {}
    things = _things(text, tokens, names)
    heads = _named_heads(tokens, names)
    shown = []
    for chain in chains:
        found = [(mentions[link.mention], link.score) for link in chain]
        if len(found) > 1:
            shown.append(_in_order(_mention(tokens, m.start, m.end, m, score) for m, score in found))
        found = _of_one_type(tokens, [(m, score) for m, score in found if m.name not in things], heads)
        actor = _actor(text, tokens, found) if found else None
        if actor is not None:
            actor_of.update({m.name: len(actors) for m, _ in found if m.name is not None})
            actors.append(actor)
    actors, actor_of = _with_titles(tokens, actors, actor_of)
    entities = tuple(
        Entity(tokens[n.start].start, tokens[n.end - 1].end, n.type, actor_of.get(n), round(n.score, 3)) for n in names
    )
    with_bodies = _with_bodies(Seen(text, tokens, entities, actors))
    return *_parted(Seen(text, tokens, entities, with_bodies)), tuple(shown)


def _with_titles(
    tokens: Sequence[Token], actors: Sequence[Actor], actor_of: dict[Name, int]
) -> tuple[list[Actor], dict[Name, int]]:
    """The actors, those who are only "the president" joined to the only one whom the text calls President by name."""
    starts = [token.start for token in tokens]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, actor in enumerate(actors):
        for mention in actor.mentions if actor.kind == "person" else ():
            before = bisect_left(starts, mention.start) - 1
            if mention.kind == "name" and before >= 0 and tokens[before].lemma.lower() in _posts():
                bearers[tokens[before].lemma.lower()].add(number)
    into: dict[int, int] = {}
    for number, actor in enumerate(actors):
        post = _only_post(tokens, starts, actor)
        meant = _foremost(actors, bearers[post]) if post else None
        if meant is not None:
            into[number] = meant
    if not into:
        return list(actors), actor_of
    kept = [number for number in range(len(actors)) if number not in into]
    place = {number: at for at, number in enumerate(kept)}
    found = []
    for number in kept:
        more = [
            replace(m, score=round(0.8 * m.score, 3))
            for gone, to in into.items()
            if to == number
            for m in actors[gone].mentions
        ]
        mentions = _in_order((*actors[number].mentions, *more))
        found.append(replace(actors[number], mentions=mentions) if more else actors[number])
    return found, {name: place[into.get(number, number)] for name, number in actor_of.items()}


def _foremost(actors: Sequence[Actor], numbers: Iterable[int]) -> int | None:
    """The one of whom a text speaks more than twice as often as of any other; None where there is none."""
    ranked = sorted(((len(actors[n].mentions), n) for n in numbers), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] <= 2 * ranked[1][0]):
        return None
    return ranked[0][1]


def _only_post(tokens: Sequence[Token], starts: Sequence[int], actor: Actor) -> str:
    """The post by which alone a text speaks of somebody, without saying whose post it is; empty where there is none."""
    if actor.kind != "person" or any(mention.kind == "name" for mention in actor.mentions):
        return ""
    posts = set()
    for mention in actor.mentions:
        if mention.kind != "nominal":
            continue
        inside = range(bisect_left(starts, mention.start), bisect_left(starts, mention.end))
        head = next((i for i in inside if tokens[i].head not in inside), None)
        if head is None or any(tokens[i].upos not in ("DET", "ADV") for i in inside if i < head):
            return ""
        if any(tokens[i].lemma.lower() == "of" and tokens[tokens[i].head].head == head for i in inside if i > head):
            return ""  # "the president of Chile"
        posts.add(tokens[head].lemma.lower())
    return min(posts) if len(posts) == 1 and posts <= _HEADS else ""


@functools.cache
def _posts() -> frozenset[str]:
    return section_of("posts.txt", "posts")


_EXPECTED: Final = {"PER": "person", "ORG": "organization", "LOC": "place"}
_PERSONAL: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_IMPERSONAL: Final = frozenset({"it", "its", "itself"})
_GROUPS: Final = frozenset({"group", "side", "team", "crew", "one"})
"""Words for people that can mean an organisation too."""
_SORTS: Final = frozenset({"state", "city", "province", "republic", "region", "kingdom", "town", "county", "island"})
"""Nouns behind which "of" tells what the place is called."""


def _named_heads(tokens: Sequence[Token], names: Iterable[Name]) -> dict[str, set[str]]:
    """The last words of the names that stand behind the title of a head of state, by title."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        title = _title(tokens, name) if name.type == "PER" else ""
        if title in _HEADS:
            found[title].add(tokens[name.end - 1].lemma.lower())
    return found


def _of_one_type(
    tokens: Sequence[Token], found: list[tuple[Candidate, float]], heads: Mapping[str, set[str]]
) -> list[tuple[Candidate, float]]:
    """Those of a chain's mentions that can mean whom its names name: a leader is no state, and "he" is no party."""
    names = [mention.name for mention, _ in found if mention.name is not None]
    if not names:
        return found
    type = Counter(name.type for name in names).most_common(1)[0][0]
    words = {tokens[i].lemma.lower() for name in names for i in range(name.start, name.end)}
    titles = {title for name in names if (title := _title(tokens, name))}
    found = [one for one in found if not _has_another_post(tokens, one[0], titles)]
    found = [one for one in found if not _is_of_another(tokens, one[0], words, heads)]
    return [
        (mention, score)
        for mention, score in found
        if _can_mean(tokens, mention, type, words) and not _is_called_otherwise(tokens, mention, words)
    ]


_SHORT: Final = {
    "sen.": "senator",
    "rep.": "representative",
    "gov.": "governor",
    "sens.": "senator",
    "reps.": "representative",
}
_HEADS: Final = frozenset(
    {"president", "premier", "chancellor", "king", "queen", "pope", "emperor", "governor", "mayor"}
)
"""Posts of which a country or a city has one."""


def _title(tokens: Sequence[Token], name: Name) -> str:
    """The post right before a name; empty where there is none."""
    before = tokens[name.start - 1].lemma.lower() if name.start else ""
    return before if before in _posts() else _SHORT.get(before, "")


def _has_another_post(tokens: Sequence[Token], mention: Candidate, titles: Container[str]) -> bool:
    """Whether a description is of a head of state, and the text gives who is named another title: "Sen. Boe"."""
    head = tokens[mention.head].lemma.lower()
    return mention.kind == "nominal" and bool(titles) and head in _HEADS and head not in titles


def _is_of_another(
    tokens: Sequence[Token], mention: Candidate, words: Container[str], heads: Mapping[str, set[str]]
) -> bool:
    """Whether "the president" is taken for somebody, in a text that names others, and them alone, with that title."""
    head = tokens[mention.head].lemma.lower()
    if mention.kind != "nominal" or head not in heads or mention.end - mention.start > 2:
        return False
    return not any(word in words for word in heads[head])


def _is_called_otherwise(tokens: Sequence[Token], mention: Candidate, words: Container[str]) -> bool:
    """Whether a description tells another name: "the state of Barinas"."""
    if mention.name is not None or tokens[mention.head].lemma.lower() not in _SORTS:
        return False
    inside = range(mention.head + 1, mention.end)
    called = [i for i in inside if tokens[i].head == mention.head and tokens[i].upos == "PROPN"]
    return any(tokens[i].lemma.lower() not in words for i in called)


def _can_mean(tokens: Sequence[Token], mention: Candidate, type: str, words: Container[str]) -> bool:
    lemma = tokens[mention.head].lemma.lower()
    if mention.name is not None or not mention.type or lemma in words:
        return True
    if mention.kind == "pronoun":
        return lemma not in (_IMPERSONAL if type == "PER" else _PERSONAL)
    return mention.type == _EXPECTED[type] or (type == "ORG" and lemma in _GROUPS)


def _things(text: str, tokens: Sequence[Token], names: Sequence[Name]) -> frozenset[Name]:
    """Names of boats, films and other things that are called like people: "his sloop Prince Aurel"."""
    words = {name: text[tokens[name.start].start : tokens[name.end - 1].end].lower() for name in names}
    found = {words[name] for name in names if _is_thing(tokens, name)}
    return frozenset(name for name in names if words[name] in found)


def _is_thing(tokens: Sequence[Token], name: Name) -> bool:
    first = name.start
    while first > 0 and tokens[first - 1].upos == "PROPN" and tokens[first - 1].head in range(first, name.end):
        first -= 1
    noun = first - 1
    if noun < 0 or tokens[noun].upos != "NOUN" or tokens[noun].lemma.lower() not in _nouns_for_things():
        return False
    inside = range(first, name.end)
    return tokens[noun].head in inside or any(tokens[i].head == noun for i in inside)


@functools.cache
def _nouns_for_things() -> frozenset[str]:
    return frozenset(word for line in lines_of("things.txt") for word in line.split())


def _mention(tokens: Sequence[Token], start: int, end: int, mention: Candidate, score: float) -> Mention:
    return Mention(tokens[start].start, tokens[end - 1].end, mention.kind, score)


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in the order of the text, the longer first."""
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def _actor(text: str, tokens: Sequence[Token], found: Sequence[tuple[Candidate, float]]) -> Actor | None:
    """The actor of a chain: one that a name names, or a person or body that the text keeps coming back to."""
    names = [mention.name for mention, _ in found if mention.name is not None]
    if names:
        type = Counter(name.type for name in names).most_common(1)[0][0]
        own = [name for name in names if name.type == type]
        forms = [text[tokens[n.start].start : tokens[n.end - 1].end] for n in own]
        fullest = max(range(len(own)), key=lambda i: (own[i].end - own[i].start, len(forms[i]), -i))
        name = " ".join(forms[fullest].split())
        kind: ActorKind = "state" if type == "LOC" and name.lower() in _states() else _KINDS[type]
    else:
        nominal = [m for m, _ in found if m.kind == "nominal" and tokens[m.head].upos in ("NOUN", "PROPN")]
        types = Counter(mention.type for mention, _ in found if mention.type)
        if len(found) < 2 or not nominal or not types or types.most_common(1)[0][0] not in _TYPES:
            return None
        kind = _TYPES[types.most_common(1)[0][0]]
        if kind == "person" and _is_plural(tokens, nominal[0]):
            kind = "group"
        name = _described(text, tokens, nominal[0])
    mentions: list[Mention] = []
    seen: set[tuple[int, int]] = set()
    for mention, score in found:
        start, end = mention.start, mention.end
        if mention.name is not None:
            start, end = mention.name.start, mention.name.end
        if (start, end) not in seen:
            seen.add((start, end))
            mentions.append(_mention(tokens, start, end, mention, score))
    return Actor(name, kind, _in_order(mentions))


def _described(text: str, tokens: Sequence[Token], mention: Candidate) -> str:
    """A description as a name: without a possessive ending, and without what follows its noun where it is long."""
    start, end = mention.start, mention.end
    if tokens[end - 1].upos == "PART":
        end -= 1
    behind = {tokens[k].lemma.lower() for k in range(mention.head + 1, min(mention.head + 2, end))}
    if end - start > LONG or behind & {"on", "in", "at", "during", "after", "before"}:
        end = mention.head + 1
    return " ".join(text[tokens[start].start : tokens[end - 1].end].split())


def _is_plural(tokens: Sequence[Token], mention: Candidate) -> bool:
    head = tokens[mention.head]
    return head.upos in ("NOUN", "PROPN") and head.end - head.start > len(head.lemma)


# --- bodies ----------------------------------------------------------------------------------------------------------

SURE = 0.9
"""Score of a mention of a body of which the phrase says whose it is."""
BARE = 0.7
"""Score of one that it does not."""


def _with_bodies(seen: Seen) -> list[Actor]:
    """The actors, and the bodies of which the text speaks beside them."""
    actors = list(seen.actors)
    known: dict[tuple[str, tuple[int | str, ...]], int] = {}
    left: list[Body] = []
    out: dict[int, set[int]] = defaultdict(set)
    """Words that carry a mention of an actor whom they do not mean."""
    found = bodies_in(seen)
    usual = _usual_owners(seen, found)
    for body in found:
        number = seen.carried.get(body.head)
        if number is None:
            left.append(body)
        elif _is_apart(seen, body, actors[number]) or (body.of and usual[number] != _body_key(body)[1]):
            out[number].add(body.head)
            left.append(body if body.of else replace(body, owners=(_owner_by_chain(actors[number], number),)))
        else:
            known.setdefault(_body_key(body), number)
            if body.type.split()[-1] in ("officials", "leaders"):
                actors[number] = replace(actors[number], kind="group")
    for number, heads in out.items():
        kept = tuple(m for m in actors[number].mentions if seen.top(seen.inside(m.start, m.end)) not in heads)
        actors[number] = replace(actors[number], name=_renamed(seen, actors[number], kept), mentions=kept)
    for body in left:
        key = _body_key(body)
        number = known.get(key)
        if number is None and not body.of:
            alike = {n for (type, _), n in known.items() if type == body.type}
            number = min(alike) if len(alike) == 1 else None
        mention = _body_mention(seen, body)
        if number is None and not any(one.type or one.how == "chain" for one in body.of) and body.of:
            continue  # "his government", of which the text says nothing else
        if number is None:
            known[key] = len(actors)
            name = _without_article(" ".join(seen.text[mention.start : mention.end].split()))
            kind: ActorKind = "group" if body.kind in ("people", "leaders") else "organisation"
            actors.append(Actor(name, kind, (replace(mention, score=1.0),)))
        else:
            actors[number] = replace(actors[number], mentions=_in_order((*actors[number].mentions, mention)))
    return actors


def _usual_owners(seen: Seen, bodies: Sequence[Body]) -> dict[int, tuple[int | str, ...]]:
    """Whose the bodies are of which each actor has mentions, as most of the phrases say; names first."""
    counts: dict[int, Counter[tuple[int | str, ...]]] = defaultdict(Counter)
    for body in bodies:
        if body.of and (number := seen.carried.get(body.head)) is not None:
            told = any(one.type for one in body.of)
            counts[number][_body_key(body)[1]] += 2 if told else 1
    return {number: min(found, key=lambda key: (-found[key], str(key))) for number, found in counts.items()}


def _is_apart(seen: Seen, body: Body, actor: Actor) -> bool:
    """Whether a chain takes a body for whom it belongs to: "Mr Maduro's government" is not Mr Maduro."""
    if not any(mention.kind == "name" for mention in actor.mentions) or body.head in seen.name_at:
        return False
    if actor.kind == "organisation" and body.of and body.kind != "part":
        return body.type.split()[-1] not in actor.name.lower().split()
    return actor.kind in ("person", "state", "place") and len(actor.mentions) > 1


def _renamed(seen: Seen, actor: Actor, kept: Sequence[Mention]) -> str:
    """The name of an actor who lost mentions: of one who is only described, a description that is left."""
    described = [" ".join(seen.text[m.start : m.end].split()) for m in kept if m.kind == "nominal"]
    if any(m.kind == "name" for m in kept) or not described or actor.name in described:
        return actor.name
    return described[0].removesuffix("'s").removesuffix("’s")


def _owner_by_chain(actor: Actor, number: int) -> Owner:
    first = actor.mentions[0]
    return Owner(actor.name, first.start, first.end, number, {"person": "PER"}.get(actor.kind, "LOC"), "chain")


def _body_key(body: Body) -> tuple[str, tuple[int | str, ...]]:
    owners = {one.actor if one.actor is not None else one.words.lower() for one in body.of}
    return body.type, tuple(sorted(owners, key=str))


def _body_mention(seen: Seen, body: Body) -> Mention:
    start, end = seen.tokens[body.first].start, seen.tokens[body.last].end
    for owner in body.of:
        if owner.how == "before" and owner.start < start:
            start = owner.start
    return Mention(start, end, "nominal", SURE if body.of else BARE)


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "this", "that") and rest else words


# --- places that act -------------------------------------------------------------------------------------------------


def _parted(seen: Seen) -> tuple[tuple[Entity, ...], tuple[Actor, ...]]:
    """Names and actors, those apart that the text names as a place here and as somebody who acts there."""
    actors = list(seen.actors)
    moved: dict[tuple[int, int], int] = {}
    places = {actor.name.lower() for actor in seen.actors if actor.kind == "place"}
    for number, actor in enumerate(seen.actors):
        if actor.kind == "person" and _is_place(seen, actor, places):
            actors[number] = replace(actor, kind="organisation")
        if actor.kind != "place" or not any(m.kind == "name" for m in actor.mentions):
            continue
        acting, rest = _sides(seen, actor)
        if not acting:
            continue
        if not any(m.kind == "name" for m in rest):
            actors[number] = replace(actor, kind="organisation")
            continue
        actors[number] = replace(actor, name=_named_in(seen, rest), mentions=rest)
        moved.update({(m.start, m.end): len(actors) for m in acting if m.kind == "name"})
        actors.append(Actor(_named_in(seen, acting), "organisation", acting))
    entities = tuple(replace(e, actor=moved.get((e.start, e.end), e.actor)) for e in seen.entities)
    return entities, tuple(actors)


def _is_place(seen: Seen, actor: Actor, places: Container[str]) -> bool:
    """Whether somebody bears the name of a place of the text, acts, and is neither he nor she: "Moscow says"."""
    words = {seen.text[m.start : m.end].lower() for m in actor.mentions if m.kind == "pronoun"}
    names = [m for m in actor.mentions if m.kind == "name"]
    if not names or words & {"he", "him", "his", "she", "her"}:
        return False
    return all(seen.text[m.start : m.end].lower() in places for m in names) and any(
        use_of(seen, m.start, m.end) == "acts" for m in names
    )


def _sides(seen: Seen, actor: Actor) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Mentions as somebody who acts, and the others; what is neither goes with the one before, first with the place."""
    uses = [use_of(seen, m.start, m.end) if m.kind == "name" else "either" for m in actor.mentions]
    acting: list[Mention] = []
    rest: list[Mention] = []
    only = not any(use == "place" for use in uses)
    side = acting if only and "acts" in uses else rest
    for use, mention in zip(uses, actor.mentions, strict=True):
        if use != "either":
            side = acting if use == "acts" else rest
        elif mention.kind == "name" and not only:
            side = rest
        side.append(mention)
    return tuple(acting), tuple(rest)


def _named_in(seen: Seen, mentions: Sequence[Mention]) -> str:
    """The fullest name among mentions."""
    forms = [" ".join(seen.text[m.start : m.end].split()) for m in mentions if m.kind == "name"]
    return max(forms, key=lambda form: (len(form.split()), not form.isupper(), -forms.index(form)))
