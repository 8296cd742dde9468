"""Who stands for whom: governments named after their state, and capitals and palaces that act.

"Moscow" as who rejects something is Russia; as where something happens it is a city. So a place stands for its state
only where it takes a part in an act or a stance, which who asks for it knows. States that no table has get their capital
from the corpus ("Dremsk, the capital of Kharvia"), as a guess.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.situation.lists import lines_of
from variorum.situation.wording import folded

_GOVERNMENTS: Final = ("government", "administration", "authorities", "officials")
_SHORT: Final = {
    "us": "USA",
    "u.s": "USA",
    "u.s.": "USA",
    "american": "USA",
    "uk": "GBR",
    "u.k.": "GBR",
    "british": "GBR",
    "dutch": "NLD",
}
_NAME: Final = r"(?P<{}>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
_CAPITALS: Final = (
    re.compile(_NAME.format("city") + r", the capital of " + _NAME.format("state")),
    re.compile(_NAME.format("state") + r"[’']s capital,? " + _NAME.format("city")),
    re.compile(r"the capital of " + _NAME.format("state") + r", " + _NAME.format("city")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the corpus."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    iso3166: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Standin:
    """Whom an actor stands for."""

    of: str
    """Id of the state or actor."""
    score: float
    reason: str


def standins(actors: Iterable[Known], texts: Iterable[str]) -> dict[str, Standin]:
    """For each actor that can stand for another, whom; ``texts`` are where capitals may be told of."""
    known = list(actors)
    states = {one.iso3166: one.id for one in sorted(known, key=lambda k: (k.documents, k.id)) if one.iso3166}
    by_name: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        for form in {one.name, *one.aliases}:
            by_name[_plain(form)].append(one)
    learned = _learned(texts)
    found: dict[str, Standin] = {}
    for one in known:
        if one.iso3166 or (one.kind == "person" and len(one.name.split()) > 1):
            continue
        made = _government(one, states, by_name) or _capital(one, states, by_name, learned)
        if made is not None and made.of != one.id:
            found[one.id] = made
    return found


def _plain(name: str) -> str:
    return folded(name).removeprefix("the ").strip()


@cache
def _table() -> dict[str, str]:
    """Codes of states by the names of their capitals and palaces."""
    codes: dict[str, set[str]] = defaultdict(set)
    for line in lines_of("capitals"):
        code, _, names = line.partition("|")
        for name in re.split(r", (?!D\.C)", names):
            codes[_plain(name)].add(code)
    return {name: min(own) for name, own in codes.items() if len(own) == 1}


def _government(one: Known, states: Mapping[str, str], by_name: Mapping[str, list[Known]]) -> Standin | None:
    """The state whose government an actor's name says that it is."""
    words = _plain(one.name).replace("’s", "").replace("'s", "").split()
    if one.kind not in ("organisation", "group") or len(words) < 2 or words[-1] not in _GOVERNMENTS:
        return None
    owner = " ".join(words[:-1])
    code = _SHORT.get(owner)
    if code and code in states:
        return Standin(states[code], 0.85, "its government")
    for other in by_name.get(owner, ()):
        if other.kind == "state" or other.iso3166:
            return Standin(other.id, 0.85, "its government")
    alike = {other.id for form, some in by_name.items() for other in some if other.iso3166 and _is_of(owner, form)}
    return Standin(min(alike), 0.8, "its government, by the adjective") if len(alike) == 1 else None


def _is_of(adjective: str, state: str) -> bool:
    """Whether an adjective is of a state, by form: "venezuelan", "chilean", "chinese"."""
    if " " in adjective or len(state) < 4 or not adjective.endswith(("n", "ese", "i", "ish", "ic")):
        return False
    stem = state.rstrip("aeoy")
    return len(stem) >= 4 and adjective.startswith(stem[: max(4, len(stem) - 1)]) and len(adjective) <= len(state) + 4


def _capital(
    one: Known, states: Mapping[str, str], by_name: Mapping[str, list[Known]], learned: Mapping[str, str]
) -> Standin | None:
    """The state whose capital or palace an actor's name is."""
    for form in (one.name, *one.aliases):
        code = _table().get(_plain(form))
        if code and code in states:
            return Standin(states[code], 0.8, f"“{one.name}” stands for it")
    owner = learned.get(_plain(one.name))
    if owner:
        options = sorted(by_name.get(owner, ()), key=lambda k: (-k.documents, k.id))
        if options:
            return Standin(options[0].id, 0.7, f"“{one.name}”, its capital as the texts say, stands for it")
    return None


def _learned(texts: Iterable[str]) -> dict[str, str]:
    """Capitals that texts tell of, with their state; plain names."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for city, state in _told_in(text):
            told[city][state] += 1
    return {city: min(states, key=lambda s: (-states[s], s)) for city, states in told.items() if len(states) == 1}


def _told_in(text: str) -> Iterator[tuple[str, str]]:
    if "capital" not in text:
        return
    for pattern in _CAPITALS:
        for match in pattern.finditer(text):
            yield _plain(match["city"]), _plain(match["state"])
