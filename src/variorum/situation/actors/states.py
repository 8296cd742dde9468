"""Which names are of states, with their adjectives, capitals and palaces: from tables, and learned from the corpus.

The tables know the states of the world. Others (invented ones, and those that nobody lists) are told by what only
states have: a foreign minister, an embassy, or being called a country. Their adjectives are told by their form, their
capitals by what the texts say; what is learned is a guess, and scored as one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from variorum.language.clues import Post
from variorum.language.lists import lines_of as language_lines
from variorum.language.lists import section_of
from variorum.situation.actors.local import LocalActor
from variorum.situation.lists import lines_of
from variorum.situation.wording import folded

_CALLED: Final = frozenset(
    {"country", "nation", "republic", "kingdom", "neighbour", "neighbor", "ambassador", "embassy"}
)
_FORMS: Final = re.compile(r"(?:the )?(?:people[’']s |islamic |federal )?(?:republic|federation|kingdom|state) of (.+)")
_OFFICIAL: Final = re.compile(
    r"(?:the )?(?:(?:bolivarian|islamic|federal|federative|arab|hashemite|socialist|democratic|united) )?"
    r"(?:republic|kingdom|commonwealth|principality|sultanate) of (?!china$|congo$)(?:the )?(.+)"
)
_ENDS: Final = ("n", "an", "ian", "ean", "nian", "ese", "i", "ish")
_NO_STATES: Final = frozenset(
    {"union", "nations", "organization", "organisation", "league", "group", "council", "party"}
)
_ONLY_STATES: Final = frozenset({"embassy", "consulate", "foreign ministry"})


@cache
def codes() -> dict[str, str]:
    """ISO 3166 codes by the names of states, without case and accents."""
    return {folded(name): row.split("|")[0] for row in language_lines("states.txt") for name in row.split("|")[1:]}


@cache
def adjectives() -> dict[str, str]:
    """ISO 3166 codes by the adjectives of states, without case and accents."""
    return {folded(word): row.split("|")[0] for row in language_lines("demonyms.txt") for word in row.split("|")[1:]}


@cache
def capitals() -> dict[str, str]:
    """ISO 3166 codes by the capitals and palaces that stand for one state only."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines_of("capitals"):
        code, _, names = line.partition("|")
        for name in re.split(r", (?!D\.C)", names):
            found[plain(name)].add(code)
    return {name: min(own) for name, own in found.items() if len(own) == 1 and name not in codes()}


@cache
def palaces() -> frozenset[str]:
    """Those of the capitals that are no cities."""
    return frozenset(plain(name) for name in lines_of("palaces"))


@cache
def wikidata() -> dict[str, str]:
    """Ids in Wikidata by ISO 3166 codes."""
    return dict(tuple(row.split("|")) for row in lines_of("wikidata"))  # type: ignore[misc]


@lru_cache(1 << 17)
def plain(name: str) -> str:
    """A name without case, accents, an article before it and a possessive ending."""
    words = folded(" ".join(name.split()))
    return words.removeprefix("the ").removesuffix("'s").removesuffix("’s")


@lru_cache(1 << 17)
def code_of(name: str) -> str | None:
    """The code of the state that a name names: "the U.S.", "Bolivarian Republic of Venezuela"."""
    words = folded(name.replace("’", "'"))
    found = codes().get(words) or codes().get(words.removeprefix("the "))
    if found is None and (match := _OFFICIAL.fullmatch(words)):
        found = codes().get(match[1])
    return found


class States:
    """The states of a corpus."""

    def __init__(self, actors: Sequence[LocalActor]) -> None:
        self._local = {actor.place: actor for actor in actors}
        self.learned = self._learn(actors)
        """Names of states that no table has, without case and accents; each with the plainest."""
        self._adjectives = self._match_adjectives(actors)
        self._capitals = self._find_capitals(actors)

    def named(self, name: str) -> str | None:
        """The state that a name names: a code, or the plain name of one that no table has."""
        return code_of(name) or self.learned.get(plain(name))

    def adjective(self, words: str) -> str | None:
        """The state that an adjective is of."""
        return adjectives().get(plain(words)) or self._adjectives.get(plain(words))

    def capital(self, name: str) -> tuple[str, float, str] | None:
        """The state whose capital or palace a name is, with how sure that is and why."""
        code = capitals().get(plain(name))
        if code:
            return code, 0.8, f"“{name}” stands for its state where it acts"
        return self._capitals.get(plain(name))

    def meant(self, words: str) -> str | None:
        """The state that words name, or are the adjective or the capital of."""
        capital = self.capital(words)
        return self.named(words) or self.adjective(words) or (capital[0] if capital else None)

    # --- learning ----------------------------------------------------------------------------------------------------

    def _learn(self, actors: Sequence[LocalActor]) -> dict[str, str]:
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for actor in actors:
            acronym = len(actor.name) <= 5 and actor.name.replace(".", "").isupper()
            if actor.names and not acronym and len(words := plain(actor.name).split()) <= 3 and not code_of(actor.name):
                acts = actor.clues.acts > 0 and actor.kind != "person"
                sort = "place" if acts or actor.kind == "place" else actor.kind
                names[" ".join(words)][sort] += 1
        full = {word for a in actors if a.kind == "person" and len(p := plain(a.name).split()) > 1 for word in p}
        told: Counter[str] = Counter()
        words_told: Counter[str] = Counter()
        forms: dict[str, str] = {}
        for actor in actors:
            for name in {self._owner(actor, *one) for one in self._owned(actor)}:
                told[name] += 1
                words_told[name] += 1
            if actor.names and _CALLED & {*actor.clues.calls}:
                told[plain(actor.name)] += 1
            match = _FORMS.fullmatch(folded(actor.name)) if actor.names else None
            if match and (short := plain(match[1])) in names:
                told[short] += 1
                forms[plain(actor.name)] = short
        people = _people(actors)
        every = _Forms(names)
        candidates = {n for n in names if n not in full | people and n not in capitals() and len(n) > 3}
        forms_of = _Forms(candidates)
        for word in list(words_told):
            home = forms_of.of(word)
            if home is not None:
                told[home] += 1
        learned = {
            name: name
            for name in told
            if name in candidates
            and name.split()[-1] not in _NO_STATES
            and name not in adjectives()
            and every.of(name) is None
        }
        learned.update({form: short for form, short in forms.items() if short in learned})
        return learned

    def _owned(self, actor: LocalActor) -> Iterable[tuple[str, int | None]]:
        """Whose a body or post is that only states have."""
        if actor.clues.head in _ONLY_STATES:
            yield from ((one.words, one.actor) for one in actor.clues.of)
        for post in actor.clues.posts:
            if _only_state(post):
                yield from ((one.words, one.actor) for one in post.owners)

    def _owner(self, actor: LocalActor, words: str, number: int | None) -> str:
        other = self._local.get((actor.document, number)) if number is not None else None
        return plain(other.name if other is not None and other.names else words)

    def _match_adjectives(self, actors: Sequence[LocalActor]) -> dict[str, str]:
        """Adjectives of learned states, by their form."""
        words = {plain(one.words) for a in actors for one in a.clues.of if one.actor is None or one.type != "PER"}
        words |= {plain(one.words) for a in actors for post in a.clues.posts for one in post.owners}
        words |= {plain(word) for a in actors for word in a.clues.near}
        names = {*self.learned.values()}
        forms_of = _Forms(names)
        found = {}
        for word in words - names:
            home = forms_of.of(word)
            if home is not None:
                found[word] = home
        return found

    def _find_capitals(self, actors: Sequence[LocalActor]) -> dict[str, tuple[str, float, str]]:
        """Capitals that texts tell of, and those of learned states that are only named with them."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        near: dict[str, Counter[str]] = defaultdict(Counter)
        acts: Counter[str] = Counter()
        places: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for actor in actors:
            if not actor.names:
                continue
            name = plain(actor.name)
            for owner in actor.clues.capital_of:
                state = self.named(owner.words) or self.adjective(owner.words)
                if state:
                    told[name][state] += 1
            if self.learned and not code_of(name) and name not in self.learned:
                acts[name] += bool(actor.clues.acts)
                places[name] += actor.kind == "place"
                counts[name] += 1
                for state in {state for word in actor.clues.near if (state := self._learned_state(word))}:
                    near[name][state] += 2 if actor.clues.acts else 1
        found = {
            name: (min(own), 0.75, f"“{name.title()}”, its capital as the texts say, stands for it")
            for name, own in told.items()
            if len(own) == 1 and not capitals().get(name)
        }
        for name, count in acts.items():
            best = near[name].most_common(2)
            alone = best and best[0][1] >= 2 and (len(best) == 1 or best[0][1] > best[1][1])
            known = name in found or name in capitals() or " " in name or not places[name]
            if count >= 2 and 3 * count >= counts[name] and alone and not known:
                found[name] = (best[0][0], 0.5, f"a guess: “{name.title()}” acts where this state is spoken of")
        return found

    def _learned_state(self, word: str) -> str | None:
        return self.learned.get(plain(word)) or self._adjectives.get(plain(word))


def _only_state(post: Post) -> bool:
    return post.name.replace(" ", "-") in section_of("posts.txt", "state")


def _people(actors: Sequence[LocalActor]) -> set[str]:
    """Names of those who hold posts, or whom half of the documents speak of as of a man or a woman."""
    sexed: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    posted = set()
    for actor in actors:
        if actor.kind == "person" and actor.names:
            name = plain(actor.name)
            counts[name] += 1
            sexed[name] += bool(actor.clues.sex)
            if actor.clues.posts:
                posted.add(name)
    return posted | {name for name in counts if 2 * sexed[name] >= counts[name]}


class _Forms:
    """Looks up of which name a word has the form of an adjective: "kharvian" of "kharvia"."""

    def __init__(self, names: Iterable[str]) -> None:
        self._near: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            self._near[name[:3]].append(name)

    def of(self, adjective: str) -> str | None:
        """The only name that it can be of."""
        if " " in adjective or len(adjective) < 5:
            return None
        found = [name for name in self._near.get(adjective[:3], ()) if _is_of(adjective, name)]
        return found[0] if len(found) == 1 else None


def _is_of(adjective: str, name: str) -> bool:
    if adjective == name or len(name) < 4 or adjective[:3] != name[:3]:
        return False
    stems = {name, name.rstrip("aeoy"), name.removesuffix("ia"), name.removesuffix("y") + "i"}
    return any(adjective == stem + end for stem in stems for end in _ENDS if len(stem) > 2)
