"""Word tables of the benchmarks that write texts of their own, and the inflection that they need.

The tables lie in ``tables/``; a first line there says where each comes from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables"

_VOWELS = "aeiou"


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a table, without its comments."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    return {base: (past, participle) for base, past, participle in table("irregular")}


def past(verb: str) -> str:
    """Past form of a verb."""
    return _irregular()[verb][0] if verb in _irregular() else _regular_past(verb)


def participle(verb: str) -> str:
    """Past participle of a verb."""
    return _irregular()[verb][1] if verb in _irregular() else _regular_past(verb)


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return (verb + verb[-1] if (verb,) in table("doubling") else verb) + "ed"


def gerund(verb: str) -> str:
    """The form in *-ing*."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return (verb + verb[-1] if (verb,) in table("doubling") else verb) + "ing"


def plural(word: str) -> str:
    """The form in *-s*: plural of a noun, third person of a verb."""
    if odd := {"be": "is", "have": "has", "man": "men", "woman": "women", "child": "children"}.get(word):
        return odd
    if word in ("people", "police", "news", "media", "data", "folk", "persons"):
        return word
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    return word + "s"


def inflected(phrase: str, form: str) -> str:
    """A phrase in a form: ``base``, ``past``, ``participle``, ``gerund``, ``third`` or ``plural``.

    Of a verb's phrase the first word changes, of a noun's the last.
    """
    if form == "base":
        return phrase
    if form == "plural":
        rest, _, last = phrase.rpartition(" ")
        return f"{rest} {plural(last)}".strip()
    first, _, rest = phrase.partition(" ")
    changed = {"past": past, "participle": participle, "gerund": gerund, "third": plural}[form](first)
    return f"{changed} {rest}".strip()


_VERB_FORMS = ("base", "past", "participle", "gerund", "third")
_FORMS = {"noun": ("base", "plural"), "verb": _VERB_FORMS}


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """For each inflected form of a word of the table, its replacements in the same form, lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for part, base, others in table("synonyms"):
        for form in _FORMS.get(part, ("base",)):
            found.setdefault(
                inflected(base, form), tuple(inflected(other, form) for other in others.split(", ") if other != base)
            )
    return found


@cache
def content_synonyms() -> dict[str, tuple[str, ...]]:
    """As :func:`synonyms`, of nouns, verbs and adjectives alone."""
    plain = {base for part, base, _ in table("synonyms") if part in ("adverb", "other")}
    return {word: others for word, others in synonyms().items() if word not in plain}


@cache
def bases() -> dict[str, str]:
    """For each past form of the verbs in the tables, the base form."""
    verbs = [base for part, base, _ in table("synonyms") if part == "verb" and " " not in base]
    verbs += [base for base, _, _ in table("irregular") if base not in ("be", "have", "do", "read", "let", "set")]
    return {past(verb): verb for verb in verbs if past(verb) != verb}


def cased(word: str, like: str) -> str:
    """A word with the capitals that another has."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
