"""Where a document names acts and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from variorum.language.frames import is_act
from variorum.situation.labels.naming import QUOTES, Naming, Namings
from variorum.situation.labels.places import Place, is_definite, is_predicate
from variorum.situation.labels.tones import judging
from variorum.situation.lists import section

_ACT: Final = 0.8
_FARTHEST: Final = 10
"""Words from the first of an expression to the noun of a place behind it."""
_CIRCUMSTANCES: Final = frozenset({
    "from", "by", "after", "before", "during", "amid", "since", "until", "despite", "as", "through", "because", "while",
})  # fmt: skip
_DOERS: Final = ("er", "ers", "or", "ors")


def acts_in(namings: Namings) -> Iterator[Place]:
    """Nouns for acts and events; not what somebody merely does with a verb ("gave his support")."""
    told, tokens = namings.told, namings.tokens
    frames = {frame.head: frame for frame in told.frames if frame.pos == "noun"}
    for i, token in enumerate(tokens):
        frame = frames.get(i)
        is_event = (frame is not None and is_act(frame.predicate)) or token.lemma.lower() in judging("acts")
        if token.upos != "NOUN" or token.deprel == "compound" or not is_event:
            continue
        if namings.words[i].lower().endswith(_DOERS) or token.lemma.lower() in section("tones", "not acts: reading"):
            continue
        naming = namings.of_noun(i, clauses=False)
        naming = _without_circumstances(namings, replace(naming, high=_place_behind(namings, naming)))
        if naming.high - naming.low == 1 and (i == 0 or namings.words[i - 1] not in QUOTES):
            continue  # "aggression" is no act in particular
        known = frame is not None and not frame.negated and told.sense(frame) is not None
        owned = any(tokens[k].upos == "PRON" and tokens[k].head == i for k in range(naming.low, i))
        particular = is_definite(namings, naming) or is_predicate(namings, i)
        yield Place(naming, None, i, _ACT, known and not owned and particular)


def _without_circumstances(namings: Namings, naming: Naming) -> Naming:
    """The words for an act without when, why and by whom it was done."""
    behind = range(naming.head + 1, naming.high)
    words, tokens = namings.words, namings.tokens
    cut = (k for k in behind if words[k].lower() in _CIRCUMSTANCES and tokens[k].upos in ("ADP", "SCONJ"))
    return replace(naming, high=next(cut, naming.high))


def _place_behind(namings: Namings, naming: Naming) -> int:
    """The end of a place right behind a noun that hangs on the verb: "died in the massacre on the quay"."""
    high, tokens = naming.high, namings.tokens
    if high + 1 >= len(tokens) or namings.words[high].lower() not in ("on", "in", "at"):
        return high
    noun = tokens[high].head
    if noun <= high or noun - naming.low > _FARTHEST or tokens[noun].start in namings.told.timed:
        return high
    beside = tokens[noun].deprel == tokens[naming.head].deprel == "obl"
    if not beside or tokens[noun].head != tokens[naming.head].head:
        return high
    return namings.of_noun(noun, clauses=False).high
