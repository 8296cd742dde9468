"""Bodies across documents: one and the same if they are the same body of the same state, person or place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.language.bodies import Owner
from variorum.language.lists import section_of
from variorum.situation.actors.local import LocalActor
from variorum.situation.actors.states import States, plain

Home = tuple[str, str]
"""Sort and words of the one to whom something belongs."""

_JOINT: Final = re.compile(r" and |/|,")
ABOUT = 3
"""How often a document must speak of a state to be about it; and twice as often as of any other."""


@dataclass(frozen=True, slots=True)
class BodyKey:
    """By what a body is told from others."""

    type: str
    """"foreign ministry"."""
    sort: str
    """What its owner is: state, person, place, body, or words."""
    owner: str
    """The owner's name or code, without case; empty where nobody says whose it is."""


Joined = tuple[BodyKey, list[LocalActor], float, str]
Guess = tuple[LocalActor, float, str]
Pair = tuple[LocalActor, list[LocalActor], float, str]


class Bodies:
    """Bodies of a corpus."""

    def __init__(self, states: States) -> None:
        self._states = states
        self.seats: dict[str, BodyKey] = {}
        """Places where the government of a state sits that no table has, by plain name."""

    def join(
        self,
        left: Sequence[LocalActor],
        seated: Mapping[BodyKey, list[LocalActor]],
        actors: Sequence[LocalActor],
        homes: Mapping[tuple[str, int], Home],
    ) -> tuple[list[Joined], list[tuple[LocalActor, str]], list[Pair]]:
        """Bodies that are one, those that stay alone with why, and those of which it is open whose they are."""
        owned: dict[BodyKey, list[LocalActor]] = defaultdict(list)
        bare: list[LocalActor] = []
        for actor in left:
            home = self.home_of(actor, homes)
            if home is None:
                bare.append(actor)
            else:
                owned[BodyKey(actor.clues.head, *home)].append(actor)
        about = self._about(actors, homes) if bare else {}
        alone: list[tuple[LocalActor, str]] = []
        pairs: list[Pair] = []
        guessed: dict[BodyKey, list[Guess]] = defaultdict(list)
        unclaimed: dict[str, list[LocalActor]] = defaultdict(list)
        by_type: dict[str, set[BodyKey]] = defaultdict(set)
        here: dict[tuple[str, str], set[BodyKey]] = defaultdict(set)
        """Bodies by document and type, and by document and noun."""
        for key, members in owned.items():
            by_type[key.type].add(key)
            for actor in members:
                here[actor.document, key.type].add(key)
                here[actor.document, f"* {key.type.split()[-1]}"].add(key)
        for actor in bare:
            likely = self._likely(actor, by_type, here, about)
            if likely is not None:
                guessed[likely[0]].append((actor, *likely[1:]))
            elif actor.names and not by_type.get(actor.clues.head):
                unclaimed[plain(actor.name)].append(actor)
            else:
                alone.append((actor, "the document does not tell whose it is"))
                options = sorted(by_type.get(actor.clues.head, ()), key=lambda k: (k.sort, k.owner))[:3]
                if options:
                    those = [owned[key][0] for key in options]
                    pairs.append(
                        (actor, those, round(0.6 / len(options), 3), "the same kind of body; whose, is not told")
                    )
        for key, some in seated.items():
            owned[key] += some
        return [*_groups(owned, guessed, seated), *_unclaimed(unclaimed)], alone, pairs

    def home_of(self, actor: LocalActor, homes: Mapping[tuple[str, int], Home]) -> Home | None:
        """To whom a body belongs, as its document says: a state before anyone else."""
        found: Counter[Home] = Counter()
        for owner in actor.clues.of:
            home = self._owner(actor.document, owner, homes)
            if home is not None:
                found[home] += 1
        if not found:
            for seat in actor.clues.seats:
                known = self.seats.get(plain(seat.words))
                capital = known.owner if known else (self._states.capital(seat.words) or ("",))[0]
                found[("state", capital) if capital else ("place", plain(seat.words))] += 1
        if not found:
            return None
        best = min(found, key=lambda home: (home[0] != "state", -found[home], home))
        several = sorted(owner for sort, owner in found if sort == "state" and found[sort, owner] == found[best])
        if len(several) > 1 and _JOINT.search(actor.name):
            return "states", " ".join(several)  # "U.S. and South Korean officials"
        return best

    def _owner(self, document: str, owner: Owner, homes: Mapping[tuple[str, int], Home]) -> Home | None:
        seat = self.seats.get(plain(owner.words))
        state = seat.owner if seat else self._states.meant(owner.words)
        if state is not None:
            return "state", state
        if owner.actor is not None:
            return homes.get((document, owner.actor))
        return ("words", plain(owner.words)) if owner.words[:1].isupper() else None

    def find_seats(self, actors: Sequence[LocalActor]) -> None:
        """Note where governments sit of states that no table has: "the Askerran government in Veskholm"."""
        for actor in actors:
            if actor.clues.head != "government":
                continue
            owners = {state for one in actor.clues.of if (state := self._states.meant(one.words))}
            if len(owners) == 1 and not min(owners).isupper():
                for seat in actor.clues.seats:
                    self.seats.setdefault(plain(seat.words), BodyKey("government", "state", min(owners)))

    def _about(self, actors: Sequence[LocalActor], homes: Mapping[tuple[str, int], Home]) -> dict[str, str]:
        """The state that each document is about, of those that are about one."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for actor in actors:
            home = self.home_of(actor, homes) if actor.clues.head else homes.get(actor.place)
            if home is not None and home[0] == "state":
                counts[actor.document][home[1]] += actor.mentions + actor.clues.adjectives
        found = {}
        for document, own in counts.items():
            best = own.most_common(2)
            if best[0][1] >= ABOUT and (len(best) == 1 or best[0][1] >= 2 * best[1][1]):
                found[document] = best[0][0]
        return found

    def _likely(
        self,
        actor: LocalActor,
        by_type: Mapping[str, set[BodyKey]],
        here: Mapping[tuple[str, str], set[BodyKey]],
        about: Mapping[str, str],
    ) -> tuple[BodyKey, float, str] | None:
        """Whose a body is that the phrase does not tell: the only one of the document, or its state's; and why."""
        type = actor.clues.head
        near = here.get((actor.document, type), set())
        if near:
            return (next(iter(near)), 0.7, "no other such body in the document") if len(near) == 1 else None
        if actor.names and len(by_type.get(type, ())) == 1:
            return next(iter(by_type[type])), 0.75, "no other such body in the corpus"
        state = about.get(actor.document)
        if state is None or here.get((actor.document, f"* {type.split()[-1]}")):
            return None
        key = BodyKey(type, "state", state)
        bare = not actor.names and (" " in type or type in section_of("bodies.txt", "bare"))
        if not bare and key not in by_type.get(type, ()):
            return None
        return key, 0.55, "a guess: that of the state of which the document speaks most"


def _groups(
    owned: Mapping[BodyKey, list[LocalActor]],
    guessed: Mapping[BodyKey, list[Guess]],
    seated: Mapping[BodyKey, list[LocalActor]],
) -> Iterator[Joined]:
    for key in sorted({*owned, *guessed}, key=lambda key: (key.type, key.sort, key.owner)):
        others = guessed.get(key, [])
        score, reasons = 0.9, ["the same body of the same " + ("state" if key.sort == "state" else "owner")]
        if key in seated:
            score = 0.6
            reasons.append("the place where it sits, which stands for it where it acts")
        score = min([score, *(sure for _, sure, _ in others)])
        reasons += sorted({why for _, _, why in others})
        yield key, [*owned.get(key, []), *(actor for actor, _, _ in others)], score, "; ".join(reasons)


def _unclaimed(found: Mapping[str, list[LocalActor]]) -> Iterator[Joined]:
    for name, members in sorted(found.items()):
        yield BodyKey(name, "", ""), members, 0.8, "the same name; nobody says whose it is"


def body_name(name: str) -> str:
    """The name of a body without an article and a possessive ending."""
    words = name.removesuffix("'s").removesuffix("’s")
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "this", "that") and rest else words


def spans_of(members: Iterable[LocalActor]) -> list[tuple[str, int, int]]:
    """Where documents say whose a body is."""
    return sorted({(actor.document, start, end) for actor in members for start, end in actor.clues.spans})
