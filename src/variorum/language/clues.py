"""What a text shows of its actors beside their names: by which documents can be compared.

Of a body: its noun, and whose it is. Of a person: sex, posts, and for whom they are held. Of a place: how often it
acts. And ties: who leads, speaks for or is a member of what. All is read off the annotation, in offsets of its text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final, Literal

from variorum.language.acting import use_of
from variorum.language.annotation import Actor, Annotation, Entity
from variorum.language.bodies import Body, BodyKind, Owner, Seen, bodies_in, body_of_name
from variorum.language.lists import lines_of, section_of, word_list

TieKind = Literal["leader", "spokesperson", "member"]

_FILE: Final = "posts.txt"
TITLE: Final = 20
"""How much a title tells of the sex, against one pronoun."""
MOST: Final = 12
"""Posts, owners and ties of one actor that are kept."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a text gives to a person: "Kharvian foreign minister"."""

    name: str
    """In lower case, without whose it is."""
    owners: tuple[Owner, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TieClue:
    """A tie of an actor to another of the same text."""

    kind: TieKind
    other: int
    """Number of the one who is led, spoken for, or has members."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clues:
    """What a text shows of one actor."""

    head: str = ""
    """Type of a body: "foreign ministry"; empty where it is none."""
    kind: BodyKind | None = None
    of: tuple[Owner, ...] = ()
    """Whose a body is, the most frequent first."""
    seats: tuple[Owner, ...] = ()
    """Where it sits."""
    led: tuple[Owner, ...] = ()
    """By whom it is led."""
    named: bool = True
    """Whether the text has a name for it, and no description only."""
    acts: int = 0
    places: int = 0
    """How often the name of a place acts, and is a place."""
    sex: str = ""
    posts: tuple[Post, ...] = ()
    ties: tuple[TieClue, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    """Where a text says whose a body is."""
    calls: tuple[str, ...] = ()
    """Nouns by which a text calls it in apposition: "country"."""
    capital_of: tuple[Owner, ...] = ()
    shorts: tuple[str, ...] = ()
    """What stands in parentheses behind its name, if that is a name too."""
    adjectives: int = 0
    """How often the adjective of a state is used."""
    near: tuple[str, ...] = ()
    """Of a place, names and adjectives in the sentences that name it and in those before."""


def as_json(clues: Clues) -> dict[str, Any]:
    """Clues as JSON can hold them; what tells nothing is left out."""
    return {name: value for name, value in asdict(clues).items() if value != getattr(NONE, name)}


def of_json(found: dict[str, Any]) -> Clues:
    """What :func:`as_json` made JSON of; fields that it does not know are passed over."""
    made: dict[str, Any] = {f.name: found[f.name] for f in fields(Clues) if f.name in found}
    for name in ("of", "seats", "led", "capital_of"):
        made[name] = _owners(made.get(name, ()))
    made["posts"] = tuple(Post(**{**p, "owners": _owners(p["owners"])}) for p in made.get("posts", ()))
    made["ties"] = tuple(TieClue(**tie) for tie in made.get("ties", ()))
    made["spans"] = tuple((start, end) for start, end in made.get("spans", ()))
    for name in ("calls", "shorts", "near"):
        made[name] = tuple(made.get(name, ()))
    return Clues(**made)


def _owners(found: Sequence[dict[str, Any]]) -> tuple[Owner, ...]:
    return tuple(Owner(**one) for one in found)


NONE: Final = Clues()
"""Of an actor of whom nothing is shown but names."""


def clues_of(text: str, annotation: Annotation) -> tuple[Clues, ...]:
    """What a text shows of each of its actors; ``annotation`` is in offsets of ``text``."""
    seen = Seen(text, annotation.tokens, annotation.entities, annotation.actors)
    bodies: dict[int, list[Body]] = defaultdict(list)
    for body in bodies_in(seen):
        if (number := seen.carried.get(body.head)) is not None:
            bodies[number].append(body)
    posts: dict[int, list[Post]] = defaultdict(list)
    ties: dict[int, list[TieClue]] = defaultdict(list)
    for number, post, heads in _posts(seen):
        posts[number].append(post)
        for tie in _ties_of_post(seen, number, post, heads):
            ties[number].append(tie)
    for number, tie in _ties_of_verbs(seen):
        ties[number].append(tie)
    for number, tie in _listed(seen):
        ties[number].append(tie)
    sexes = _sexes(seen)
    adjectives = Counter(_code(seen.text[e.start : e.end]) for e in seen.entities if e.type == "MISC")
    found = []
    for number, actor in enumerate(annotation.actors):
        own = bodies.get(number, [])
        uses: Counter[str] = Counter()
        if actor.kind in ("place", "organisation", "person"):
            uses.update(use_of(seen, m.start, m.end) for m in actor.mentions if m.kind == "name")
        own = [*_headed(seen, own, actor)]
        if not own and actor.kind in ("organisation", "place"):
            own = [body for body in [_body_named(actor)] if body is not None]
        found.append(
            Clues(
                *_body_of(own),
                named=any(m.kind == "name" for m in actor.mentions),
                acts=uses["acts"],
                places=uses["place"],
                sex=sexes.get(number, ""),
                posts=tuple(posts.get(number, ())[:MOST]),
                ties=tuple(dict.fromkeys(ties.get(number, ())))[:MOST],
                spans=tuple((seen.tokens[b.first].start, seen.tokens[b.last].end) for b in own if b.of and b.head >= 0)[
                    :MOST
                ],
                calls=_calls(seen, number),
                capital_of=_capital_of(seen, number),
                shorts=_shorts(seen, number),
                adjectives=adjectives.get(_code(actor.name), 0) if actor.kind == "state" else 0,
                near=_near(seen, annotation.sentences, number) if uses["acts"] or uses["place"] else (),
            )
        )
    return tuple(found)


@cache
def _codes() -> dict[str, str]:
    """Codes of states by their names and adjectives, in lower case."""
    files = ("states.txt", "demonyms.txt")
    return {w.lower(): row.split("|")[0] for file in files for row in lines_of(file) for w in row.split("|")[1:]}


def _code(words: str) -> str:
    return _codes().get(" ".join(words.lower().split()).removeprefix("the "), "")


def _headed(seen: Seen, bodies: Sequence[Body], actor: Actor) -> Sequence[Body]:
    """The phrases that tell what an actor is: of one with a name only those with the name."""
    if not any(mention.kind == "name" for mention in actor.mentions):
        said = body_of_name(actor.name)
        return [*bodies, said] if said is not None and said.owners and not any(b.of for b in bodies) else bodies
    noun = actor.name.split()[-1].lower()
    return [body for body in bodies if body.head < 0 or (body.head in seen.name_at and seen.lower[body.head] == noun)]


def _body_named(actor: Actor) -> Body | None:
    """The body that a name says, where the text has it only before another noun: "Justice Department officials"."""
    named = any(mention.kind == "name" for mention in actor.mentions)
    return body_of_name(actor.name) if named else None


def _body_of(
    bodies: Sequence[Body],
) -> tuple[str, BodyKind | None, tuple[Owner, ...], tuple[Owner, ...], tuple[Owner, ...]]:
    """Type and kind of a body, whose it is, where it sits and who leads it, by most of its phrases."""
    if not bodies:
        return "", None, (), (), ()
    owned = [body for body in bodies if body.of]
    types = Counter(body.type for body in owned or bodies)
    type = max(types, key=lambda name: (types[name], len(name), name))
    if owned:
        longer = [t for t in (b.type for b in bodies) if t.endswith(f" {type}")]
        type = max(longer, key=len, default=type)
    kind = next(body.kind for body in bodies if body.type == type)

    def those(*hows: str) -> tuple[Owner, ...]:
        return tuple(one for body in bodies for one in body.owners if one.how in hows)[:MOST]

    return type, kind, those("before", "of", "poss", "chain"), those("in"), those("led")


# --- people ----------------------------------------------------------------------------------------------------------


def _people(seen: Seen) -> Iterator[tuple[Entity, int, int]]:
    """Names of people, with the number of the actor and the word that the name hangs by."""
    for entity in seen.entities:
        if entity.actor is None or seen.actors[entity.actor].kind != "person":
            continue
        top = seen.top(seen.inside(entity.start, entity.end))
        if top is not None:
            yield entity, entity.actor, top


def _sexes(seen: Seen) -> dict[int, str]:
    """Sex of people by the titles and pronouns that a text has for them; none where these differ."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for entity, number, _ in _people(seen):
        first = seen.inside(entity.start, entity.end).start
        words = {seen.lower[i].rstrip(".") for i in range(max(0, first - 1), first + 1)}
        for sex in ("m", "f"):
            if words & word_list(f"gender {sex}"):
                found[number][sex] += TITLE
    for number, actor in enumerate(seen.actors):
        for mention in actor.mentions:
            if mention.kind == "pronoun":
                word = seen.text[mention.start : mention.end].lower()
                sex = "m" if word in ("he", "him", "his") else "f" if word in ("she", "her", "hers") else ""
                if sex:
                    found[number][sex] += 1
    return {
        number: max(c, key=lambda s: c[s])
        for number, c in found.items()
        if max(c.values()) > max(1, 2 * min(c["m"], c["f"]))
    }


def _posts(seen: Seen) -> Iterator[tuple[int, Post, int]]:
    """Posts that stand with a name: before it, behind it, or as what its bearer is said to be."""
    for entity, number, top in _people(seen):
        for noun in _nouns_with(seen, top, seen.inside(entity.start, entity.end)):
            post = _post(seen, noun, entity)
            if post is not None:
                yield number, post, noun


def _nouns_with(seen: Seen, top: int, own: range) -> Iterator[int]:
    for i in own:
        for k in seen.below[i]:
            beside = seen.tokens[k].deprel in ("nmod:desc", "compound", "appos", "flat")
            if k not in own and (beside or (seen.tokens[k].deprel == "nmod" and not seen.case(k))):
                yield k
    above = seen.tokens[top].head
    relation = seen.tokens[top].deprel
    if above >= 0 and relation in ("flat", "appos"):
        yield above
        for k in seen.below[above]:
            if relation == "flat" and seen.tokens[k].deprel == "appos":
                yield k


def _post(seen: Seen, noun: int, entity: Entity) -> Post | None:
    """The post that a noun stands for, with whose it is."""
    token = seen.tokens[noun]
    if token.upos not in ("NOUN", "PROPN") or token.lemma.lower() not in section_of(_FILE, "posts"):
        return None
    words, owners, low, high = [], [], noun, noun
    for k in sorted(seen.below[noun]):
        relation = seen.tokens[k].deprel
        if k < noun and relation in ("compound", "amod", "nmod:poss", "nmod:desc", "nmod", "flat"):
            owner = _owned_by(seen, k)
            if owner is not None:
                owners.append(owner)
            elif seen.lower[k] in section_of(_FILE, "before"):
                words.append(seen.lower[k])
            low = min(low, *(c for c in seen.subtree(k) if c <= k))
        elif k > noun and relation.startswith("nmod") and seen.case(k) in ("of", "for", "to"):
            if seen.lower[k] in section_of(_FILE, "behind"):
                words.append(seen.lower[k])
            owner = _owned_by(seen, k)
            if owner is not None:
                owners.append(owner)
            high = max(high, *seen.subtree(k, frozenset({"compound", "flat", "case", "det", "amod"})))
    name = " ".join([*words, token.lemma.lower()])
    start = min(seen.tokens[low].start, entity.start)
    end = max(seen.tokens[high].end, entity.end)
    return Post(name, tuple(owners), start, end)


def _owned_by(seen: Seen, k: int) -> Owner | None:
    """Whose a post is: a name, a body or whom a pronoun means."""
    name = seen.name_at.get(k)
    token = seen.tokens[k]
    actor = name.actor if name is not None else seen.carried.get(k)
    if actor is None and seen.lower[k] == "its":
        name = _subject_before(seen, k)
        return (
            Owner(_words(seen, name), name.start, name.end, name.actor, name.type, "its") if name is not None else None
        )
    person = name is not None and name.type == "PER" and actor is not None and seen.actors[actor].kind == "person"
    if (person and not _place_like(seen, k)) or (name is None and actor is None):
        return None
    words = _words(seen, name) if name is not None else seen.words[k]
    start, end = (name.start, name.end) if name is not None else (token.start, token.end)
    return Owner(words, start, end, actor, name.type if name is not None else "", seen.case(k) or "before")


def _words(seen: Seen, name: Entity) -> str:
    return " ".join(seen.text[name.start : name.end].split()).removesuffix("'s").removesuffix("’s")


def _subject_before(seen: Seen, i: int) -> Entity | None:
    """The last named subject before a word in its sentence, for "its" that nothing is linked to."""
    for k in range(i - 1, max(-1, i - 40), -1):
        if seen.words[k] in (".", "!", "?"):
            return None
        if seen.tokens[k].deprel == "nsubj" and k in seen.name_at:
            return seen.name_at[k]
    return None


def _place_like(seen: Seen, k: int) -> bool:
    """Whether what was taken for a person is one word that owns a post: "Pellador's prime minister"."""
    name = seen.name_at[k]
    return len(seen.inside(name.start, name.end)) == 1 and seen.tokens[k].deprel == "nmod:poss"


# --- ties ------------------------------------------------------------------------------------------------------------


def _ties_of_post(seen: Seen, number: int, post: Post, noun: int) -> Iterator[TieClue]:
    lemma = seen.tokens[noun].lemma.lower()
    kind = next((kind for kind in ("leader", "spokesperson", "member") if lemma in section_of(_FILE, kind)), None)
    if kind is None:
        return
    words = {seen.lower[k] for k in seen.below[noun] if k < noun}
    if words & section_of(_FILE, "no tie"):
        return
    if "opposition" in words:
        number_of = [seen.carried[k] for k in seen.below[noun] if seen.lower[k] == "opposition" and k in seen.carried]
        for other in number_of or _oppositions(seen):
            yield TieClue("leader", other, post.start, post.end)
        return
    others = [one.actor for one in post.owners if one.actor is not None and not _is_shorter(seen, one)]
    before = [k for k in seen.below[noun] if seen.relation(k) in ("compound", "nmod", "amod") and k in seen.carried]
    bodies = [
        seen.carried[k] for k in before if seen.actors[seen.carried[k]].kind in ("organisation", "group", "state")
    ]
    for other in dict.fromkeys([*others, *bodies]):
        if other != number and (kind == "spokesperson" or seen.actors[other].kind not in ("person", "place")):
            yield TieClue(kind, other, post.start, post.end)  # type: ignore[arg-type]


def _oppositions(seen: Seen) -> list[int]:
    """The opposition, where a text speaks of one only."""
    found = [n for n, actor in enumerate(seen.actors) if actor.name.lower().split()[-1:] == ["opposition"]]
    return found if len(found) == 1 else []


def _is_shorter(seen: Seen, owner: Owner) -> bool:
    """Whether one word is taken for a body of which it is but part of the name: "Senate" for one of its committees."""
    name = seen.actors[owner.actor].name.split() if owner.actor is not None else []
    words = owner.words.split()
    return len(words) == 1 and len(name) > 2 and words[0] in name


def _ties_of_verbs(seen: Seen) -> Iterator[tuple[int, TieClue]]:
    """Who "leads" or "heads" what."""
    for i, token in enumerate(seen.tokens):
        if token.upos != "VERB" or token.lemma.lower() not in section_of(_FILE, "leads"):
            continue
        objects = [k for k in seen.below[i] if seen.tokens[k].deprel == "obj"]
        subjects = [k for k in seen.below[i] if seen.tokens[k].deprel == "nsubj"]
        if token.deprel == "acl:relcl" and subjects and seen.lower[subjects[0]] in ("who", "that", "which"):
            subjects = [token.head]
        passive = [k for k in seen.below[i] if seen.tokens[k].deprel == "obl:agent" or seen.case(k) == "by"]
        if token.deprel == "acl" and passive and not objects:
            objects, subjects = [token.head], passive
        for k in objects:
            for who in subjects:
                leader, other = _meant(seen, who), _meant(seen, k)
                if leader is None or other is None or leader == other:
                    continue
                if (
                    seen.actors[leader].kind != "person"
                    or (k not in seen.name_at and not _is_body(seen, k))
                    or seen.actors[other].kind
                    not in (
                        "organisation",
                        "group",
                        "state",
                    )
                ):
                    continue
                low, high = min(k, who, i), max(k, who, i)
                yield leader, TieClue("leader", other, seen.tokens[low].start, seen.tokens[high].end)


def _is_body(seen: Seen, k: int) -> bool:
    """Whether a noun means a body, and not "the country"."""
    actor = seen.carried.get(k)
    return actor is not None and seen.actors[actor].kind in ("organisation", "group")


def _meant(seen: Seen, k: int) -> int | None:
    """The actor whom a phrase means: by its head, or by the name that hangs on it."""
    if k in seen.carried:
        return seen.carried[k]
    for c in seen.below[k]:
        if seen.tokens[c].deprel in ("flat", "appos") and c in seen.carried:
            return seen.carried[c]
    name = seen.name_at.get(k)
    return name.actor if name is not None else None


def _listed(seen: Seen) -> Iterator[tuple[int, TieClue]]:
    """Members that a text lists: "the Group, a body of 14 countries including Canada"."""
    for i, word in enumerate(seen.lower):
        if word not in ("including", "comprising") or seen.tokens[i].head < 0:
            continue
        at = seen.tokens[i].head
        first = (
            at
            if seen.tokens[i].deprel == "case"
            else next((k for k in seen.below[i] if seen.tokens[k].deprel == "obj"), None)
        )
        noun = seen.tokens[at].head if seen.tokens[i].deprel == "case" else at
        if first is None or noun < 0 or not set(_lemmas(seen, noun)) & section_of(_FILE, "bodies of members"):
            continue
        whole = seen.tokens[noun].head if seen.tokens[noun].deprel == "appos" else noun
        body = _meant(seen, whole)
        if body is None or seen.actors[body].kind not in ("organisation", "group"):
            continue
        for k in (first, *(c for c in seen.below[first] if seen.tokens[c].deprel == "conj")):
            member = _meant(seen, k)
            if (
                member is not None
                and member != body
                and seen.actors[member].kind in ("state", "organisation", "person")
            ):
                low, high = min(whole, k), max(whole, k)
                yield member, TieClue("member", body, seen.tokens[low].start, seen.tokens[high].end)


def _lemmas(seen: Seen, i: int) -> Iterator[str]:
    yield seen.tokens[i].lemma.lower()


# --- states and capitals ---------------------------------------------------------------------------------------------


def _calls(seen: Seen, number: int) -> tuple[str, ...]:
    """What a name is called ("Mereth, the islands' nearest neighbour"), and who is sent there ("ambassador to ...")."""
    found = []
    for mention in seen.actors[number].mentions:
        if mention.kind != "name":
            continue
        head = seen.top(seen.inside(mention.start, mention.end))
        if head is None:
            continue
        near = [k for k in seen.below[head] if seen.tokens[k].deprel == "appos" and seen.tokens[k].upos == "NOUN"]
        above = seen.tokens[head].head
        if above >= 0 and seen.case(head) == "to" and seen.tokens[above].lemma.lower() in ("ambassador", "embassy"):
            near.append(above)
        found += [seen.tokens[k].lemma.lower() for k in near]
    return tuple(dict.fromkeys(found))[:MOST]


def _capital_of(seen: Seen, number: int) -> tuple[Owner, ...]:
    """Whose capital a place is said to be: "Dremsk, the capital of Kharvia", "Kharvia's capital, Dremsk"."""
    found = []
    for mention in seen.actors[number].mentions:
        if mention.kind != "name":
            continue
        head = seen.top(seen.inside(mention.start, mention.end))
        if head is None:
            continue
        nouns = [k for k in seen.below[head] if seen.tokens[k].deprel in ("appos", "compound", "nmod:desc")]
        if seen.tokens[head].deprel in ("appos", "flat"):
            nouns.append(seen.tokens[head].head)
        for noun in nouns:
            if seen.tokens[noun].lemma.lower() != "capital":
                continue
            for k in seen.below[noun]:
                name = seen.name_at.get(k)
                if name is not None and (
                    seen.case(k) == "of" or seen.tokens[k].deprel in ("nmod:poss", "compound", "amod")
                ):
                    words = " ".join(seen.text[name.start : name.end].split())
                    found.append(Owner(words, name.start, name.end, name.actor, name.type, "of"))
    return tuple(found)[:MOST]


def _shorts(seen: Seen, number: int) -> tuple[str, ...]:
    """Names in parentheses right behind a name: "Organization of American States (OAS)"."""
    found = []
    for mention in seen.actors[number].mentions:
        if mention.kind != "name":
            continue
        behind = seen.inside(mention.start, mention.end).stop
        if not behind or behind + 2 >= len(seen.words) or seen.words[behind] != "(" or seen.words[behind + 2] != ")":
            continue
        name = seen.name_at.get(behind + 1)
        if name is not None and name.actor != number:
            found.append(seen.words[behind + 1])
    return tuple(dict.fromkeys(found))[:MOST]


def _near(seen: Seen, sentences: Sequence[tuple[int, int]], number: int) -> tuple[str, ...]:
    """Names of places and adjectives around a name of one word; not whose embassy is there."""
    own = [m for m in seen.actors[number].mentions if m.kind == "name"]
    if not own or any(len(seen.inside(m.start, m.end)) != 1 for m in own):
        return ()
    starts = [start for start, _ in sentences]
    firsts = [entity.start for entity in seen.entities]
    found: list[str] = []
    for mention in own:
        at = bisect_right(starts, mention.start) - 1
        low, high = sentences[max(0, at - 1)][0], sentences[max(0, at)][1]
        others = _embassy_of(seen, seen.inside(mention.start, mention.end).start)
        for entity in seen.entities[bisect_left(firsts, low) : bisect_left(firsts, high)]:
            words = seen.words[seen.inside(entity.start, entity.end).start : seen.inside(entity.start, entity.end).stop]
            if entity.actor != number and (len(words) == 1 or entity.type == "ORG"):
                found += [word for word in words if word[:1].isupper() and not word.isupper() and word not in others]
    return tuple(dict.fromkeys(found))[:MOST]


def _embassy_of(seen: Seen, i: int) -> set[str]:
    """Whose embassy is in a place: the words before "embassy in", which are not of the state of the place."""
    above = seen.tokens[i].head
    if (
        above < 0
        or seen.case(i) not in ("in", "to")
        or seen.tokens[above].lemma.lower() not in ("embassy", "ambassador")
    ):
        return set()
    return {seen.words[k] for k in seen.below[above] if k < above}
