"""Places that act: "Moscow rejects it" is no city, "in Moscow" is one.

What a mention does in its sentence decides: the subject of a verb that a place as such can't be the subject of, one
who is warned, accused or asked, or has a policy, acts; what stands behind a preposition of place is a place. Much is
neither ("the Moscow talks").
"""

from __future__ import annotations

from typing import Final, Literal

from variorum.language.bodies import Seen
from variorum.language.lists import section_of

Use = Literal["acts", "place", "either"]

_FILE: Final = "acting.txt"
_SUBJECTS: Final = ("nsubj", "csubj")


def use_of(seen: Seen, start: int, end: int) -> Use:
    """Whether the name of a place acts where it stands."""
    inside = seen.inside(start, end)
    head = seen.top(inside)
    if head is None:
        return "either"
    if _is_dateline(seen, inside):
        return "place"
    first = head
    while seen.relation(first) == "conj" and seen.tokens[first].head >= 0:
        first = seen.tokens[first].head
        if seen.tokens[first].upos == "VERB":
            break
    return _use(seen, head, first)


def _use(seen: Seen, head: int, first: int) -> Use:
    relation = seen.tokens[first].deprel
    above = seen.tokens[first].head
    lemma = seen.tokens[above].lemma.lower() if above >= 0 else ""
    if relation == "nmod:poss":
        return "acts" if lemma in _words("policies") or seen.lower[above] in _words("policies") else "either"
    if relation.split(":")[0] in _SUBJECTS:
        return _as_subject(seen, above, passive="pass" in relation)
    if relation in ("obj", "iobj"):
        return "acts" if lemma in _words("addressed") else "place" if lemma in _words("going") else "either"
    if relation == "vocative":
        return "acts"
    case = seen.case(head) or seen.case(first)
    if relation.split(":")[0] in ("obl", "nmod"):
        return _behind(seen, case, relation, above)
    return "either"


def _as_subject(seen: Seen, above: int, *, passive: bool) -> Use:
    token = seen.tokens[above]
    lemma = token.lemma.lower()
    if passive:
        return "acts" if lemma in _words("addressed") else "either"
    if token.upos != "VERB" or lemma in _words("states"):
        return "either"
    return "acts"


def _behind(seen: Seen, case: str, relation: str, above: int) -> Use:
    token = seen.tokens[above]
    lemma = token.lemma.lower()
    if case == "to":
        return "place" if lemma in _words("going") or token.upos == "PROPN" else "either"
    if case == "by":
        passive = relation == "obl:agent" or any(seen.tokens[k].deprel == "aux:pass" for k in seen.below[above])
        return "acts" if passive or token.upos in ("VERB", "NOUN") else "either"
    if case == "from" and lemma in _words("policies"):
        return "acts"
    if case in _words("places"):
        return "place"
    if case in ("with", "against", "between", "towards", "toward") and token.upos in ("VERB", "NOUN", "ADJ"):
        return "acts"
    return "either"


def _is_dateline(seen: Seen, inside: range) -> bool:
    """Whether a name opens a paragraph as the place from where it is reported."""
    start = seen.tokens[inside.start].start
    opens = start == 0 or "\n" in seen.text[max(0, start - 2) : start]
    after = seen.text[seen.tokens[inside.stop - 1].end :][:60]
    return opens and after[:2] in (", ", " (", " -", " —", " –", "—", "-- ") and any(c in after for c in "-—–(")


def _words(section: str) -> frozenset[str]:
    return section_of(_FILE, section)
