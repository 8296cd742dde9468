"""Joining the actors of all documents."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from variorum.language.annotation import ActorKind
from variorum.language.coreference import initials
from variorum.language.lists import section_of
from variorum.records import row_id
from variorum.situation.actors.bodies import Bodies, BodyKey, body_name
from variorum.situation.actors.local import CorpusActor, LocalActor, Resolution
from variorum.situation.actors.names import GENERATIONS, Key, of_one, surnames, words_of_name
from variorum.situation.actors.pairs import undecided_of
from variorum.situation.actors.settling import WHY, Settled, are_apart
from variorum.situation.actors.spellings import variants
from variorum.situation.actors.states import States, code_of, palaces, plain, wikidata
from variorum.situation.actors.ties import ties_of

NOTHING: Final = Settled()
"""Where editors decided nothing."""
RARE: Final = 3
"""Documents with an acronym for each with the name that it may stand for, beyond which it stands for another."""
FOREMOST: Final = 3
"""Mentions of one who is named shortly for each of a namesake who is named in full, from which they are two."""
MANY: Final = 30
"""Bearers of a name from which only those whom the same document names are looked at."""


_POSSESSIVES: Final = frozenset({"his", "her", "its", "their", "my", "our", "your"})
_POSSESSED: Final = re.compile(r"(.+?)[’']s (.+)")


@dataclass(slots=True)
class Named:
    """Local actors whose full names are forms of one."""

    sort: str
    keys: list[Key]
    members: list[LocalActor]
    score: float = 0.0
    """How sure the forms are one; 0 where nothing but the rules for names says so."""
    reason: str = ""
    forms: list[LocalActor] = field(default_factory=list)
    """Those with short forms that nobody else bears."""
    others: list[tuple[LocalActor, float, str]] = field(default_factory=list)
    """Those that are joined for another reason."""

    @property
    def all(self) -> list[LocalActor]:
        """Everyone in it."""
        return [*self.members, *self.forms, *(actor for actor, _, _ in self.others)]


@dataclass(slots=True)
class _Group:
    """Those that come out as one actor."""

    members: list[LocalActor]
    facts: Key
    score: float
    reason: str
    state: str | None = None
    body: BodyKey | None = None
    chief: Sequence[LocalActor] = ()
    """Those after whom it is called, where an editor joined others to them."""


@functools.cache
def _common() -> frozenset[str]:
    """Words for bodies of which every state has its own: "the Army", "the House"."""
    return section_of("bodies.txt", "government") | section_of("bodies.txt", "part") | {"house", "council", "guard"}


def resolve(actors: Sequence[LocalActor]) -> tuple[CorpusActor, ...]:
    """Join the actors of all documents; each comes out in exactly one, whatever their order."""
    return resolve_all(actors).actors


def resolve_all(actors: Sequence[LocalActor], settled: Settled = NOTHING) -> Resolution:
    """Join the actors of all documents, and say what they are to each other, and which of them may be one.

    ``settled`` is what editors decided: it outweighs what the documents show.
    """
    states = States(actors)
    joining = _Joining(states, sorted(of_one_sort(actors, states), key=lambda actor: actor.place))
    groups = _ruled(joining.groups(), settled)
    found = tuple(sorted((_actor(group, states) for group in groups), key=lambda actor: actor.id))
    home = {place: actor.id for actor in found for place in actor.members}
    state_ids = {g.state: home[g.members[0].place] for g in groups if g.state and g.members}
    bodies = {home[g.members[0].place]: g.body for g in groups if g.body and g.members}
    ties = ties_of(actors, home, state_ids, bodies, joining.bodies)
    pairs = undecided_of(joining.open_pairs(), found, home)
    return Resolution(found, ties, tuple(pair for pair in pairs if not are_apart(pair.a, pair.b, settled, home)))


def _ruled(groups: Sequence[_Group], settled: Settled) -> list[_Group]:
    """Groups as editors decided: first those apart that are two, then those together that are one."""
    found = list(groups)
    of = {actor.place: at for at, group in enumerate(found) for actor in group.members}
    for one, other in settled.apart:
        if of[one.place] != of[other.place]:
            continue
        at = of[one.place]
        away = [a for a in found[at].members if a.place == other.place or one.name != other.name == a.name]
        left = [a for a in found[at].members if a not in away]
        found[at] = replace(found[at], members=left, reason=f"{found[at].reason}; {WHY}")
        of.update({a.place: len(found) for a in away})
        facts = ("apart", other.document, other.kind, other.name)
        found.append(_Group(away, facts, 1.0, WHY))
    for one, other in settled.same:
        at, gone = sorted(
            (of[one.place], of[other.place]), key=lambda i: (found[i].state is None, -len(found[i].members), i)
        )
        if at == gone:
            continue
        of.update({a.place: at for a in found[gone].members})
        joined = [*found[at].members, *found[gone].members]
        chief = found[at].chief or found[at].members
        found[at] = replace(found[at], members=joined, reason=f"{found[at].reason}; {WHY}", chief=chief)
        found[gone] = replace(found[gone], members=[])
    return [group for group in found if group.members]


class _Joining:
    """The work of joining."""

    def __init__(self, states: States, actors: Sequence[LocalActor]) -> None:
        self.states = states
        self.actors = actors
        self.local = {actor.place: actor for actor in actors}
        self.full: dict[tuple[str, Key], list[LocalActor]] = defaultdict(list)
        self.short: dict[tuple[str, str], list[LocalActor]] = defaultdict(list)
        self.alone: list[tuple[LocalActor, str]] = []
        self.metonyms: dict[str, list[tuple[LocalActor, float, str]]] = defaultdict(list)
        self.left: list[LocalActor] = []
        """Bodies."""
        self.seated: dict[BodyKey, list[LocalActor]] = defaultdict(list)
        """Places that act, by the bodies for which they stand."""
        self.named: list[Named] = []
        self.bodies = Bodies(states)
        self._open: list[tuple[LocalActor, list[LocalActor], float, str]] = []

    def groups(self) -> list[_Group]:
        """Those that come out as one."""
        surnamed = {
            word for a in self.actors if sort_of(a, self.states) == "person" for word in key_of(a, self.states)[1:]
        }
        self.bodies.find_seats(self.actors)
        for actor in self.actors:
            self._place(actor, surnamed)
        sexes = _sexes(self.full)
        self.named = list(_merged(self.full, sexes))
        self.named = _respelled(self.named)
        found = self._short_forms()
        self._bodies(found)
        known = {one.keys[0][0]: one for one in self.named if one.sort == "state"}
        for state, some in sorted(self.metonyms.items()):
            if state in known:
                known[state].others += some
            else:
                self.named.append(
                    Named("state", [(state,)], [actor for actor, _, _ in some], *min(some, key=lambda s: s[1])[1:])
                )
        found += [_of_named(one) for one in self.named]
        found += _alone(self.alone)
        return found

    def _place(self, actor: LocalActor, surnamed: set[str]) -> None:
        """Put an actor to those with which it is compared."""
        sort, key = sort_of(actor, self.states), key_of(actor, self.states)
        seat = self.bodies.seats.get(plain(actor.name))
        capital = self._acts_for(actor, sort, surnamed)
        if seat is not None and actor.clues.acts > actor.clues.places and not actor.clues.head:
            self.seated[seat].append(actor)
        elif capital is not None:
            state, score, reason = capital
            self.metonyms[state].append((actor, score, reason))
        elif actor.clues.head and sort not in ("state", "person"):
            self.left.append(actor)
        elif not actor.names or not key:
            self.alone.append((actor, "one document speaks of it, without a name"))
        elif len(key) > 1 or sort in ("state", "place"):
            self.full[sort, key].append(actor)
        else:
            self.short[sort, key[0]].append(actor)

    def _acts_for(self, actor: LocalActor, sort: str, surnamed: set[str]) -> tuple[str, float, str] | None:
        """The state for which a capital or palace acts."""
        if sort == "state" or actor.clues.head:
            return None
        words = plain(actor.name)
        found = self.states.capital(actor.name)
        if found is None or (sort == "person" and (len(words.split()) > 1 or words in surnamed)):
            return None
        body = words in palaces() or actor.kind in ("organisation", "group")
        acts = actor.clues.acts > actor.clues.places or (body and actor.clues.acts >= actor.clues.places)
        return found if acts else None

    def _short_forms(self) -> list[_Group]:
        """Short forms with their bearers; groups of those that have none."""
        strong, bearers = _bearers(self.named)
        given = {key[0] for one in self.named if one.sort == "person" for key in one.keys}
        found: list[_Group] = []
        for (sort, word), members in sorted(self.short.items()):
            owners = bearers.get((sort, word), set())
            if len(owners) == 1 and owners == strong.get((sort, word)):
                self._join_short(self.named[min(owners)], members)
            elif len(owners) > 1:
                self._choose(sort, word, members, sorted(owners))
            elif sort == "person" and word in given and not owners:
                self.alone += [(actor, "a given name, which anybody could bear") for actor in members]
            else:
                sure, why = (0.7, "the same single name") if sort == "person" else (0.9, "the same name")
                found.append(_Group(members, ("short", sort, word), sure, why))
        return found

    def _join_short(self, owner: Named, members: Sequence[LocalActor]) -> None:
        sex = sex_of(owner.members)
        common = owner.sort == "body" and plain(members[0].name) in _common()
        here = {actor.document for actor in owner.members} if common else set()
        for actor in members:
            if common and actor.document not in here:
                self.alone.append((actor, "a word that could mean any body of its kind"))
            elif owner.sort == "person" and {sex, actor.clues.sex} == {"m", "f"}:
                self.alone.append((actor, "the only bearer of the name in the corpus is of the other sex"))
            else:
                owner.forms.append(actor)

    def _choose(self, sort: str, word: str, members: Sequence[LocalActor], owners: Sequence[int]) -> None:
        """Give short forms that several bear to the one whom a title, a post or the document itself tells."""
        spelled = [at for at in owners if any(initials(key) == word for key in self.named[at].keys)]
        if sort == "body" and len(spelled) == 1 and len(members) <= RARE * len(self.named[spelled[0]].members):
            why = "the only one in the corpus with these initials"
            self.named[spelled[0]].others += [(actor, 0.75, why) for actor in members]
            return
        many = len(owners) > MANY
        person = sort == "person"
        sexes = {at: sex_of(self.named[at].members) for at in owners} if person else {}
        posts = {at: _posts(self.named[at].members) for at in owners} if person else {}
        documents: dict[str, set[int]] = defaultdict(set)
        for at in owners:
            for one in self.named[at].members:
                documents[one.document].add(at)
        for actor in members:
            here = documents.get(actor.document, set())
            full = [one.mentions for at in here for one in self.named[at].members if one.document == actor.document]
            foremost = person and actor.mentions > FOREMOST * max(full, default=actor.mentions)
            chosen = _chosen(actor, sorted(here) if many else owners, sexes, posts, here, foremost)
            if chosen is None:
                self.alone.append((actor, "several in the corpus could bear this name"))
                bearers = [] if many else [self.named[at].members[0] for at in owners]
                self._open.append(
                    (actor, bearers, round(1 / (len(owners) + 1), 3), "it could be a short form of that name")
                )
            else:
                at, score, reason = chosen
                self.named[at].others.append((actor, score, reason))

    def _bodies(self, found: list[_Group]) -> None:
        """Bodies by what they are and whose they are."""
        homes: dict[tuple[str, int], tuple[str, str]] = {}
        for one in self.named:
            for actor in one.all:
                homes[actor.place] = (one.sort, " ".join(one.keys[0]))
        for state, some in self.metonyms.items():
            homes.update({actor.place: ("state", state) for actor, _, _ in some})
        for group in found:
            for actor in group.members:
                homes.setdefault(actor.place, (group.facts[1], group.facts[2]))
        groups, alone, pairs = self.bodies.join(self.left, self.seated, self.actors, homes)
        for key, members, score, reason in groups:
            found.append(_Group(members, ("body", key.type, key.sort, key.owner), score, reason, body=key))
        self.alone += alone
        self._open += pairs

    def open_pairs(self) -> list[tuple[LocalActor, list[LocalActor], float, str]]:
        """Actors with those who may be the same, with how likely that is and why."""
        return self._open


def of_one_sort(actors: Sequence[LocalActor], states: States) -> list[LocalActor]:
    """Actors with what each name is made out by most documents: a place here and a body there are one thing.

    A single word that is taken for a person where nobody in the corpus is called so, and for a place elsewhere, is
    that; one that is taken for a place once and is the surname of somebody whom more documents name is that person.
    """
    seen: dict[Key, Counter[str]] = defaultdict(Counter)
    bearers: Counter[str] = Counter()
    keys: list[Key] = []
    for actor in actors:
        sort, key = sort_of(actor, states), key_of(actor, states)
        keys.append(key if actor.names else ())
        if not actor.names or not key or sort == "state" or states.capital(actor.name):
            continue
        if sort == "person" and len(key) > 1:
            bearers.update({*surnames(key), key[0]})
        else:
            seen[key][sort] += 1
    found = []
    for actor, key in zip(actors, keys, strict=True):
        if actor.kind == "organisation" and actor.clues.places > actor.clues.acts and states.capital(actor.name):
            found.append(actor if plain(actor.name) in palaces() else replace(actor, kind="place"))
            continue
        counts = seen.get(key, Counter())
        own = sort_of(actor, states)
        if not key or own == "state" or own not in counts or len(counts) == 1:
            found.append(replace(actor, kind="person") if _is_surname(actor, key, bearers, counts, states) else actor)
            continue
        things = {sort: counts[sort] for sort in ("place", "body") if counts[sort]}
        if counts["body"] and _is_acronym(actor.name):
            things["body"] += 3 * counts["body"]
        best = max(things, key=lambda sort: (things[sort], sort)) if things else own
        if own == "person" and (len(key) > 1 or bearers[key[0]] or best != "place"):
            found.append(actor)
        elif own != best:
            found.append(replace(actor, kind="place" if best == "place" else "organisation"))
        else:
            found.append(actor)
    return found


def _is_acronym(name: str) -> bool:
    return len(name) <= 6 and name.replace(".", "").isupper()


def _is_surname(actor: LocalActor, key: Key, bearers: Counter[str], counts: Counter[str], states: States) -> bool:
    """Whether what is taken for a place, or for one that acts, is the surname of a person whom more documents name."""
    own = sort_of(actor, states)
    can = own == "place" or (own == "body" and actor.clues.acts > 0 and not actor.clues.head)
    return len(key) == 1 and can and bearers[key[0]] >= 4 * counts[own] > 0


def state_of(actor: LocalActor, states: States) -> str | None:
    """The state that an actor is."""
    if actor.kind in ("state", "place"):
        named = next((code for name in (actor.name, *actor.names) if (code := states.named(name))), None)
        return named or (states.adjective(actor.name) if actor.names else None)
    if not actor.names or actor.kind == "group":
        return None
    code = code_of(actor.name) if actor.kind == "organisation" else None
    if code and (" " in actor.name or actor.name.replace(".", "").isupper()):
        return code
    learned = states.adjective(actor.name) if actor.kind == "organisation" else None
    return states.learned.get(plain(actor.name)) or (learned if learned in states.learned else None)


def sort_of(actor: LocalActor, states: States) -> str:
    """What can be one: a state may be tagged as a place, a body as a group."""
    if state_of(actor, states):
        return "state"
    return "body" if actor.kind in ("organisation", "group") else "place" if actor.kind == "state" else actor.kind


def key_of(actor: LocalActor, states: States) -> Key:
    """The words by which an actor is told from others; of a state, its code."""
    state = state_of(actor, states)
    if state:
        return (state,)
    sort, name = sort_of(actor, states), actor.name
    if sort == "body" and (possessed := _POSSESSED.fullmatch(name)) and states.named(possessed[1]):
        name = possessed[2]
    return words_of_name(name, sort)


def sex_of(members: Iterable[LocalActor]) -> str:
    """Sex of a person by most documents; empty where they do not tell."""
    counts = Counter(actor.clues.sex for actor in members if actor.clues.sex)
    return max(counts, key=lambda sex: (counts[sex], sex)) if counts else ""


def _sexes(full: Mapping[tuple[str, Key], Sequence[LocalActor]]) -> dict[Key, str]:
    return {key: sex_of(members) for (sort, key), members in full.items() if sort == "person"}


def _posts(members: Iterable[LocalActor]) -> set[str]:
    return {post.name for actor in members for post in actor.clues.posts}


def _chosen(
    actor: LocalActor,
    owners: Sequence[int],
    sexes: Mapping[int, str],
    posts: Mapping[int, set[str]],
    here: set[int],
    foremost: bool = False,
) -> tuple[int, float, str] | None:
    """Which of the bearers of a short form is meant.

    ``foremost``: the document speaks of whom the short form means far more often than of anybody of that name whom it
    names in full, so that it is somebody else: of the president, beside his daughter.
    """
    sex = actor.clues.sex
    fit = [at for at in owners if not (sex and sexes.get(at) and sexes[at] != sex)]
    if sex and len(fit) == 1 and sexes.get(fit[0]) == sex:
        return fit[0], 0.75, "the only one of that name who is of this sex"
    own = {post.name for post in actor.clues.posts}
    with_post = [at for at in fit if own & posts.get(at, set())]
    if len(with_post) == 1:
        return with_post[0], 0.75, "the only one of that name with this post"
    near = [at for at in fit if at in here]
    if len(near) == 1 and not foremost:
        return near[0], 0.7, "the only one of that name whom the document names in full"
    return None


def _merged(full: Mapping[tuple[str, Key], list[LocalActor]], sexes: Mapping[Key, str]) -> Iterator[Named]:
    """Local actors by full name, with people's names that are forms of one together."""
    people: list[Key] = []
    for (sort, key), members in sorted(full.items()):
        if sort == "person":
            people.append(key)
        else:
            yield Named(sort, [key], list(members))
    for keys in of_one(people, sexes):
        yield Named("person", keys, [actor for key in keys for actor in full["person", key]])


def _respelled(named: Sequence[Named]) -> list[Named]:
    """The same with people together whose names are spellings of one."""
    people = [
        (at, one.keys, sex_of(one.members), _posts(one.members)) for at, one in enumerate(named) if one.sort == "person"
    ]
    gone: set[int] = set()
    for first, other, score, reason in variants(people):
        one, two = named[first], named[other]
        one.keys += two.keys
        one.members += two.members
        one.score, one.reason = score, reason
        gone.add(other)
    return [one for at, one in enumerate(named) if at not in gone]


def _bearers(named: Sequence[Named]) -> tuple[dict[tuple[str, str], set[int]], dict[tuple[str, str], set[int]]]:
    """Who bears a short form, by what documents show or by rule; and who could."""
    strong: dict[tuple[str, str], set[int]] = defaultdict(set)
    could: dict[tuple[str, str], set[int]] = defaultdict(set)
    first: set[str] = set()
    for place, one in enumerate(named):
        spelled = {
            word for actor in one.members for name in actor.names if len(word := words_of_name(name, one.sort)) == 1
        }
        seen = {words[0] for words in spelled} & {word for key in one.keys for word in (*key, initials(key))}
        seen |= {form[0] for a in one.members for name in a.clues.shorts if (form := words_of_name(name, one.sort))}
        if one.sort == "person":
            given = {key[0] for key in one.keys}
            shown = {surnames(key)[0] for key in one.keys} | (seen - given)
            if seen <= given:  # "Xi" for Xi Jinping
                shown |= seen
                first |= seen
            shown = {word for word in shown if word in seen or not _is_marked(one)}
            weak = {word for key in one.keys if not {*key} & GENERATIONS for word in surnames(key)}
        else:
            shown = seen
            weak = {word for key in one.keys for word in (key[0], key[-1], initials(key))}
        for short in shown:
            strong[one.sort, short].add(place)
        for short in weak | shown:
            could[one.sort, short].add(place)
    for place, one in enumerate(named):
        if one.sort == "person":
            for short in first & {key[0] for key in one.keys}:
                could["person", short].add(place)
    return strong, could


def _is_marked(one: Named) -> bool:
    """Whether all names of a person have a word such as "Jr.", without which they would be another's."""
    return all({*key} & GENERATIONS for key in one.keys)


def _of_named(one: Named) -> _Group:
    """The actor behind full names that are one, short forms that nobody else bears, and others that mean it."""
    plainest = min(one.keys, key=lambda key: (len(key[0]) == 1, len(key), key))
    score, reason = 0.97, "the same full name"
    if one.reason:
        score, reason = one.score, one.reason
    elif one.sort == "state":
        known = code_of(one.members[0].name) is not None or any(code_of(a.name) for a in one.members)
        score, reason = (0.99, "names of one state") if known else (0.8, "a state, as the texts speak of it")
    elif one.forms:
        score, reason = 0.85, "full names that are one, and short forms that nobody else in the corpus bears"
    elif len(one.keys) > 1:
        score, reason = 0.9, "full names that are forms of one, which nobody else in the corpus bears"
    if one.others:
        why = Counter(reason for _, _, reason in one.others)
        score = min(score, *(sure for _, sure, _ in one.others))
        reason = "; ".join([reason, *sorted(why)[:4]])
    return _Group(
        one.all, ("full", one.sort, *plainest), score, reason, one.keys[0][0] if one.sort == "state" else None
    )


def _alone(actors: Iterable[tuple[LocalActor, str]]) -> Iterator[_Group]:
    """Actors that nothing joins to others."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for actor, reason in sorted(actors, key=lambda pair: pair[0].place):
        facts = (actor.document, actor.kind, actor.name)
        yield _Group([actor], ("alone", *facts, str(seen[facts])), 1.0, reason)
        seen[facts] += 1


def _size(form: str, state: str | None) -> int:
    """How full a name is; of a state's names only one with an article is less than the others."""
    return len(form.split()) if state is None else -form.lower().startswith("the ")


def _repeats(form: str) -> bool:
    """Whether a name has a word twice, which a slip of the reading makes: "Robert Mueller Robert"."""
    words = form.lower().split()
    return len(set(words)) < len(words)


def _actor(group: _Group, states: States) -> CorpusActor:
    """One actor of several local ones."""
    score, reason = group.score, group.reason
    members: Sequence[LocalActor] = group.members
    chief = {actor.place for actor in group.chief or members}
    aliases = {name for a in members for name in (a.name, *a.names) if a.place not in chief}
    members = group.chief or members
    common = Counter(name for actor in members for name in {actor.name, *actor.names})
    kinds = Counter(actor.kind for actor in members)
    kind: ActorKind = "state" if group.state else max(kinds, key=lambda value: (kinds[value], value))
    code = next((c for a in members if (c := code_of(a.name))), None) if group.state else None
    if group.state and code is None and group.state.isupper():
        code = group.state
    if group.body is not None:
        common = Counter(body_name(name) for actor in members for name in {actor.name, *actor.names})
        kind = "group" if kind == "group" else "organisation"
    choice = {actor.name for actor in members} if group.body is None else set(common)
    if group.state:
        choice = {n for n in common if states.named(n) == group.state} or choice
        if not code:
            choice = {n for n in choice if plain(n) == group.state} or choice
    if group.body is not None:
        type = group.body.type
        choice = {form for form in choice if " " in form and form.lower() != type} or choice
        choice = {form for form in choice if form.split()[0].lower() not in _POSSESSIVES} or choice
        name = max(choice, key=lambda form: (common[form], -abs(_size(form, None) - len(type.split()) - 1), form))
    else:
        choice = {form for form in choice if not _repeats(form)} or choice
        if not group.state:
            choice = {form for form in choice if " " in form} or choice
        choice = {form for form in choice if common[form] > 1} or choice
        name = max(choice, key=lambda form: (_size(form, code), not form.isupper(), common[form], form))
    if len(group.members) == 1:
        score = members[0].score if group.state is None or not reason.startswith("“") else score
        if group.facts[0] != "alone":
            reason = "one document names it" if group.body is None else "one document speaks of it"
    return CorpusActor(
        row_id("a", *group.facts),
        name,
        kind,
        tuple(sorted(form for form in {*common, *aliases} if form != name)),
        tuple(sorted(actor.place for actor in group.members)),
        code,
        round(score, 3),
        reason,
        wikidata().get(code) if code else None,
    )
