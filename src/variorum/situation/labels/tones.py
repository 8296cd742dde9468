"""How a naming expression sounds: plain, loaded, or at a distance from what it says.

The tone is read off the noun and what stands before it. A word counts only if a published list has it (``tones.txt``
says which); what stands inside of a proper name does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from variorum.situation.labels.label import Tone
from variorum.situation.labels.naming import CLOSING, OPENING, Naming, Namings
from variorum.situation.lists import section, sections

_LONGEST_QUOTE: Final = 6
"""Words that stand between scare quotes at the most."""
_HYPHENS: Final = frozenset("-‑–")
_OWNERS: Final = frozenset({"my", "your", "his", "her", "their", "our"})


@dataclass(frozen=True, slots=True)
class Sound:
    """The tone of an expression, and what it is read off."""

    tone: Tone = "plain"
    marks: tuple[int, int] | None = None
    """First and last token of the scare quotes in it."""
    word: str = ""
    """The word that decides, as the list has it."""
    reason: str = ""
    place: int | None = None
    """Index of the token of that word."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or several that hyphens join."""

    low: int
    high: int
    forms: tuple[str, ...]
    """As it stands, and its dictionary form; lower case."""


_Hit = tuple[str, str, str, _Unit]
"""Kind, entry and list of a word that a list has, and where it stands."""


def sound(
    namings: Namings,
    naming: Naming,
    *,
    act: bool = False,
    person: bool = False,
    predicated: bool = False,
    quoted: bool = False,
) -> Sound:
    """How an expression sounds that names an act, or an actor, who is a person or not.

    ``predicated`` says that the expression is what somebody is said to be, ``quoted`` that it stands in somebody's
    quoted words: quotation marks around a judging word are then no more than that.
    """
    hits = _hits(namings, naming, list(_units(namings, naming)))
    distance = next((h for h in hits if h[0] == "distancing" and _is_distance(namings, naming, h)), None)
    marks = _scare(namings, naming, doubted=distance is not None, quoted=quoted)
    if distance is not None:
        return Sound("distancing", marks, distance[1], f"“{distance[1]}” ({distance[2]})")
    judged = Sound()
    for kind, entry, source, unit in hits:
        why = _judges(namings, naming, kind, unit, act, person, predicated)
        if why:
            judged = Sound("loaded", None, entry, f"“{entry}”, {why} ({source})", unit.low)
            break
    if marks is not None and not (quoted and judged.word):
        return Sound("distancing", marks, "", "quotation marks around a title")
    if _left_to_others(namings, naming):
        return Sound("distancing", None, "", "a relative clause leaves the name to others")
    return judged


def _scare(namings: Namings, naming: Naming, doubted: bool, quoted: bool) -> tuple[int, int] | None:
    """First and last token of quotation marks around a title or description, with no more of a sentence in them.

    Names in quotation marks are works or nicknames, unless a word before them keeps a distance (``doubted``).
    """
    words, tokens = namings.words, namings.tokens
    last = len(words) - 1
    for k in range(max(naming.low - 1, 0), naming.high):
        if words[k] not in OPENING or tokens[k].upos != "PUNCT":
            continue
        closes = next((j for j in range(k + 2, min(naming.high, last) + 1) if words[j] in CLOSING), None)
        if closes is None or closes - k > _LONGEST_QUOTE or tokens[closes].upos != "PUNCT":
            continue
        inside = range(k + 1, closes)
        noun = next((i for i in inside if tokens[i].head not in inside), k + 1)
        post = words[noun].lower() in section("posts", "posts")
        title = tokens[noun].upos in ("NOUN", "PROPN") and (
            post or (words[noun][:1].islower() and not quoted and naming.name is None)
        )
        named = naming.noun is None or naming.noun <= closes
        if (title and named and noun == naming.noun) or (doubted and named):
            return k, closes
    return None


def _judges(namings: Namings, naming: Naming, kind: str, unit: _Unit, act: bool, person: bool, predicated: bool) -> str:
    """Why a word of a list makes an expression loaded; empty where it does not."""
    noun = naming.noun if naming.noun is not None else naming.head
    names = unit.low <= noun < unit.high or _owns(namings, unit, noun)
    if kind == "loaded" or (kind == "loaded holders" and not act):
        return "a judging word"
    if (kind == "loaded people" and not act and names) or (
        kind == "loaded acts" and act and unit.low <= noun < unit.high
    ):
        return "a judging word"
    post = namings.words[noun].lower() in section("posts", "posts")
    if kind == "belittling" and person and not act and unit.high <= noun and not post:
        return "a word that belittles"
    bound = any(namings.tokens[k].deprel.startswith("acl") for k in namings.told.below[noun])
    if kind == "exclusive" and predicated and post and unit.high <= noun and not bound:
        return "claims the post for one alone"
    before = namings.words[unit.low - 1].lower() if unit.low else ""
    if kind == "honours" and not act and (before in _OWNERS or unit.forms[0] == "comrade"):
        return "a form of address that exalts"
    return ""


def _owns(namings: Namings, unit: _Unit, noun: int) -> bool:
    """Whether a word owns what is named: "the usurper's radio"."""
    return any(
        namings.tokens[k].head == noun and namings.tokens[k].deprel == "nmod:poss" for k in range(unit.low, unit.high)
    )


def _is_distance(namings: Namings, naming: Naming, hit: _Hit) -> bool:
    """Whether a word keeps a distance; "certain" only where the writer knows no more: "a certain Anna Berg"."""
    _, entry, _, unit = hit
    if entry != "certain":
        return True
    article = unit.low > 0 and namings.words[unit.low - 1].lower() == "a"
    return article and naming.name is not None and naming.name[0] == unit.high


def _left_to_others(namings: Namings, naming: Naming) -> bool:
    """Whether a relative clause says who holds that the name is right: "whom his supporters recognise as speaker"."""
    tokens = namings.tokens
    for k in namings.told.below[naming.head]:
        if k >= naming.high or tokens[k].deprel != "acl:relcl":
            continue
        if tokens[k].lemma.lower() in section("tones", "distancing verbs: Levin"):
            below = namings.told.below[k]
            others = any(tokens[b].deprel == "nsubj" and tokens[b].upos != "PRON" for b in below if b < k)
            return others and any(tokens[b].deprel in ("obl", "xcomp", "obj") for b in below if b > k)
    return False


# --- words of the lists ----------------------------------------------------------------------------------------------


def _units(namings: Namings, naming: Naming) -> Iterator[_Unit]:
    """The words before and at the noun, and before the name, those that hyphens join as one."""
    tokens, words, text = namings.tokens, namings.words, namings.told.text
    end = max(naming.head, naming.noun if naming.noun is not None else naming.head) + 1
    end = naming.name[1] if naming.name is not None else min(end, naming.high)
    k = naming.low
    while k < end:
        high = k + 1
        while high + 1 < end and words[high] in _HYPHENS and tokens[high - 1].end == tokens[high].start:
            if tokens[high].end != tokens[high + 1].start:
                break
            high += 2
        whole = text[tokens[k].start : tokens[high - 1].end].lower().replace("‑", "-")
        lemma = tokens[k].lemma.lower() if high == k + 1 else whole.removesuffix("s")
        yield _Unit(k, high, tuple(dict.fromkeys((whole, lemma))))
        k = high


def _hits(namings: Namings, naming: Naming, units: list[_Unit]) -> list[_Hit]:
    """The entries of lists that an expression holds, in the order of the words."""
    found: list[_Hit] = []
    masked = 0
    for i, unit in enumerate(units):
        for form in unit.forms:
            for entry, kind, source in _index().get(form, ()):
                parts = entry.split(" ")
                run = units[i : i + len(parts)]
                if len(run) < len(parts) or any(p not in u.forms for p, u in zip(parts[1:], run[1:], strict=True)):
                    continue
                if kind == "plain":
                    masked = max(masked, run[-1].high)
                elif unit.low >= masked and not _in_name(namings, unit):
                    found.append((kind, entry, source, _Unit(unit.low, run[-1].high, unit.forms)))
    return found


def _in_name(namings: Namings, unit: _Unit) -> bool:
    """Whether a word is part of a proper name ("Patriot Act"), and not an adjective before one ("Nazi", "Crooked")."""
    inside = namings.entity_at.get(unit.low)
    if inside is None or namings.words[unit.low][:1].islower():
        return False
    low, high, entity = inside
    return not (entity.type == "MISC" and high - low <= unit.high - unit.low)


@cache
def _index() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Entries with their kind and list, by their first word; the longer first, set phrases before all."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name in sections("tones"):
        kind, _, source = name.partition(": ")
        if kind in ("distancing verbs", "naming verbs", "saying verbs", "rule", "not acts"):
            continue
        for entry in section("tones", name):
            found[entry.split(" ")[0]].append((entry, kind, source))
    return {
        word: tuple(sorted(entries, key=lambda e: (e[1] != "plain", -len(e[0]), e))) for word, entries in found.items()
    }


@cache
def judging(kind: Literal["acts", "people"]) -> frozenset[str]:
    """Nouns that judge the acts, or the people and bodies, that they name."""
    return frozenset(
        e for name in sections("tones") if name.startswith(f"loaded {kind}") for e in section("tones", name)
    )
