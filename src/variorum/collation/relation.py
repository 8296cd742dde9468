"""Whether one of two witnesses descends from the other, or both from a third, and which way.

Two texts are related by narrative that they share: what stands in quotation marks may have come to both from the
speaker. How they differ says of what kind the relation is. Which way it goes is decided by what the texts themselves
tell, in this order: whom they credit, what only one of them has, errors, and last, with anything else, dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import regex

from variorum.collation.aligned import Laid, Pair
from variorum.collation.credits import Credits, credits_of
from variorum.collation.findings import Direction, Relation, RelationKind, Witness
from variorum.collation.naturalness import unnatural
from variorum.collation.parsed import Parsed

SHORTEST: Final = 8
"""Words of a sentence from which it can tell anything about descent."""
LEAST_COPIED: Final = 28.0
"""Words of narrative that must be copied, two sentences or so; reworded ones count in part."""
MOST_OF_IT: Final = 0.5
"""Share of the shorter witness that need be copied where it is too short for so many."""
NEVER_LESS: Final = 12.0
"""Words that must be copied however short a witness is."""
COPIED_FROM: Final = 0.5
COPIED_AT: Final = 0.8
"""Mean of the same words and of those with a counterpart at which a sentence begins to count as copied, and counts
fully.
"""
WHOLE: Final = 0.9
"""Share of a witness from which it is all shared."""
MOST_FURNITURE: Final = 90.0
"""Words at the edge of two texts up to which they may be furniture or an agency's tail."""
EDGE_SHARE: Final = 0.15
"""Share of a text that is its edge."""
EDGE_WORDS: Final = 60
"""Words that are, of a short one."""
MOSTLY_SHARED: Final = 0.65
"""Share of the shorter text from which what is shared is no furniture, wherever it stands."""
SURPLUS: Final = 12
"""Words of narrative that one has and the other lacks, from which it matters for descent."""
MUCH: Final = 30
"""The same for two texts that are whole and word for word, where a few lines at the edges are a matter of the page."""
OPENING: Final = 40
"""Words that a text has before all that it shares, from which they are an opening of its own."""
UNNATURAL: Final = 0.25
"""How much less natural, in bits for each word, the wording of one must be for it to be the reworded one."""

_REVISED: Final = regex.compile(
    r"\b(?:correct(?:s|ed|ion)|clarif(?:ies|ied|ication)|updat(?:es|ed|e)|recasts?|adds|amended)\b", regex.IGNORECASE
)
_EDGE: Final = 250
"""Code points at both ends of a text in which it says that it was corrected or updated."""


@dataclass(frozen=True)
class _Evidence:
    direction: Direction
    score: float
    reason: str
    reworded: Literal["a", "b", ""] = ""


def relation(laid: Laid) -> Relation | None:
    """How two witnesses are related; None where neither descends from the other, nor both from a third."""
    copied = copied_words(laid)
    shorter = min(len(laid.a.words), len(laid.b.words))
    needed = max(NEVER_LESS, min(LEAST_COPIED, MOST_OF_IT * shorter))
    if copied < needed or _is_furniture(laid, copied):
        return None
    kind = _kind(laid)
    evidence = _direction(laid, kind)
    score = min(0.99, 0.5 + 0.5 * (1 - needed / (copied + needed)))
    return Relation(
        laid.a.witness.id,
        laid.b.witness.id,
        kind,
        evidence.direction,
        round(_similarity(laid), 3),
        round(score, 3),
        f"{_shared(laid, kind)} {evidence.reason}",
        laid.passages,
        round(evidence.score, 3) if evidence.direction != "unknown" else 0.0,
        evidence.reworded,
    )


def _is_furniture(laid: Laid, copied: float) -> bool:
    """Whether the little that two texts share stands at the same edge of both.

    What belongs to pages and agencies stands so.
    """
    shorter = min(len(laid.a.words), len(laid.b.words))
    if copied >= min(MOST_FURNITURE, MOSTLY_SHARED * shorter):
        return False
    counted = [pair for pair in laid.pairs if _copied(laid, pair)]
    edges = [(_edge(pair.a, len(laid.a.words)), _edge(pair.b, len(laid.b.words))) for pair in counted]
    return len({edge for both in edges for edge in both}) == 1 and edges[0][0] != 0


def _edge(words: range, size: int) -> int:
    """-1 for the first words of a text, 1 for the last, 0 for what stands between."""
    edge = max(EDGE_SHARE * size, EDGE_WORDS)
    if words.start >= size - edge:
        return 1
    return -1 if words.stop <= edge else 0


def copied_words(laid: Laid) -> float:
    """Words of narrative that one witness has from the other or both from a third; reworded ones count in part."""
    return sum(_copied(laid, pair) for pair in laid.pairs)


def _copied(laid: Laid, pair: Pair) -> float:
    said = laid.a.quoted[pair.a.start : pair.a.stop], laid.b.quoted[pair.b.start : pair.b.stop]
    words = min(int((~said[0]).sum()), int((~said[1]).sum()))
    if words < SHORTEST:
        return 0.0
    likeness = (pair.same + pair.agreement) / 2
    return words * min(max((likeness - COPIED_FROM) / (COPIED_AT - COPIED_FROM), 0.0), 1.0)


def _coverage(laid: Laid) -> tuple[float, float]:
    a, b = sum(len(pair.a) for pair in laid.pairs), sum(len(pair.b) for pair in laid.pairs)
    return a / max(len(laid.a.words), 1), b / max(len(laid.b.words), 1)


def _similarity(laid: Laid) -> float:
    same = sum((len(pair.a) + len(pair.b)) * pair.same for pair in laid.pairs)
    return min(same / max(len(laid.a.words) + len(laid.b.words), 1), 1.0)


def _verbatim_share(laid: Laid) -> float:
    """Share of the words of the passages that stand in sentences taken over word for word."""
    counted = [(len(pair.a) + len(pair.b), pair.verbatim) for pair in laid.pairs]
    return sum(words for words, verbatim in counted if verbatim) / max(sum(words for words, _ in counted), 1)


def _kind(laid: Laid) -> RelationKind:
    if _same_outlet(laid.a.witness, laid.b.witness):
        return "revision"
    if _verbatim_share(laid) < 0.5:
        return "rewrite"
    a, b = _coverage(laid)
    if a >= WHOLE and b >= WHOLE:
        return "revision" if _says_revised(laid.a) != _says_revised(laid.b) else "reprint"
    return "excerpt"


def _same_outlet(a: Witness, b: Witness) -> bool:
    return a.outlet is not None and b.outlet is not None and a.outlet.casefold() == b.outlet.casefold()


def _says_revised(parsed: Parsed) -> bool:
    text = parsed.witness.text
    return bool(_REVISED.search(text[:_EDGE]) or _REVISED.search(text[max(len(text) - _EDGE, _EDGE) :]))


def _shared(laid: Laid, kind: RelationKind) -> str:
    a, b = (round(100 * min(share, 1)) for share in _coverage(laid))
    how = {
        "rewrite": "reworded",
        "reprint": "word for word",
        "excerpt": "mostly word for word",
        "revision": "of one outlet",
    }
    return f"{len(laid.pairs)} shared passages, {how[kind]}: {a} % of the first and {b} % of the second."


# ---------------------------------------------------------------- direction


def _direction(laid: Laid, kind: RelationKind) -> _Evidence:
    if kind == "revision":
        return _of_revision(laid)
    found = next(_tells(laid, kind), None)
    return found or _Evidence("unknown", 0.0, "Nothing in the texts tells which was first.")


def _tells(laid: Laid, kind: RelationKind) -> Iterator[_Evidence]:
    yield from _credited(laid)
    if kind == "rewrite":
        yield from _by_rewording(laid)
    yield from _by_content(laid, kind)


def _of_revision(laid: Laid) -> _Evidence:
    a, b = laid.a.witness, laid.b.witness
    revised = _says_revised(laid.a), _says_revised(laid.b)
    if a.published and b.published and a.published != b.published:
        later: Direction = "a-from-b" if a.published > b.published else "b-from-a"
        return _Evidence(later, 0.9, "One outlet published both; the later is a revision of the earlier.")
    if revised[0] != revised[1]:
        return _Evidence("a-from-b" if revised[0] else "b-from-a", 0.85, "One says that it was corrected or updated.")
    only_a, only_b = _surplus(laid)
    if only_a >= SURPLUS > only_b or only_b >= SURPLUS > only_a:
        return _Evidence(
            "a-from-b" if only_a > only_b else "b-from-a",
            0.6,
            "One outlet published both; the fuller is likely the later.",
        )
    return _Evidence("unknown", 0.0, "One outlet published both; nothing tells which was first.")


def _credited(laid: Laid) -> Iterator[_Evidence]:
    """What follows from whom the texts credit."""
    a, b = credits_of(laid.a.witness), credits_of(laid.b.witness)
    if a.credits(b) and not b.credits(a):
        yield _Evidence("a-from-b", 0.95, f"The first credits {b.own_name}, which published the second.")
    if b.credits(a) and not a.credits(b):
        yield _Evidence("b-from-a", 0.95, f"The second credits {a.own_name}, which published the first.")
    if a.of_agency != b.of_agency and not (a.agencies - a.own or b.agencies - b.own):
        direction: Direction = "b-from-a" if a.of_agency else "a-from-b"
        name = a.own_name if a.of_agency else b.own_name
        yield _Evidence(direction, 0.8, f"One was published by {name}, an agency whose texts others take over.")
    common = sorted(a.agencies & b.agencies)
    if common and not {*common} & {*a.own, *b.own}:
        yield from _of_common_agency(laid, a, b, common[0])


def _of_common_agency(laid: Laid, a: Credits, b: Credits, agency: str) -> Iterator[_Evidence]:
    """Two texts that credit one agency descend from its text, unless one of them may be that text."""
    if a.outlets_known and b.outlets_known:
        yield _Evidence("siblings", 0.85, f"Both credit {agency}, and neither is its own.")
    elif (only := _surplus(laid)) and min(only) >= SURPLUS:
        yield _Evidence("siblings", 0.8, f"Both credit {agency}, and each has something that the other lacks.")


def _by_rewording(laid: Laid) -> Iterator[_Evidence]:
    """Who has the less natural words reworded the other, or what the other has its words from."""
    a, b = unnatural(laid)
    if abs(a - b) < UNNATURAL:
        return
    reworded_first = a > b
    only_a, only_b = _surplus(laid)
    own = only_a if reworded_first else only_b
    which, other = ("first", "second") if reworded_first else ("second", "first")
    if own >= SURPLUS and not _has_credit_for_own(laid, first=reworded_first):
        yield _Evidence(
            "siblings",
            0.75,
            f"The {which} is reworded, so the {other} can't descend from it; "
            f"but it has something that the {other} lacks.",
            "a" if reworded_first else "b",
        )
    else:
        direction: Direction = "a-from-b" if reworded_first else "b-from-a"
        yield _Evidence(
            direction,
            0.75,
            f"The {which} is reworded: its words are the less natural, and it has nothing of its own.",
            "a" if reworded_first else "b",
        )


def _has_credit_for_own(laid: Laid, *, first: bool) -> bool:
    """Whether a witness says of itself that it adds reporting of its own."""
    text = (laid.a if first else laid.b).witness.text
    return bool(
        regex.search(r"\b(?:contributed to this|additional reporting|added reporting)\b", text, regex.IGNORECASE)
    )


def _surplus(laid: Laid) -> tuple[int, int]:
    """Words of narrative that stand in sentences without a counterpart, of the first and of the second."""
    used_a = {i for pair in laid.pairs for i in pair.block.a}
    used_b = {j for pair in laid.pairs for j in pair.block.b}
    return _unused(laid.a, used_a), _unused(laid.b, used_b)


def _unused(parsed: Parsed, used: set[int]) -> int:
    lengths = parsed.lengths
    counted = lengths >= SHORTEST
    return int(lengths[counted].sum()) - sum(int(lengths[i]) for i in used if counted[i])


def _by_content(laid: Laid, kind: RelationKind) -> Iterator[_Evidence]:
    """What only one has: who has all of the other and more is nearer to the source, or extended it."""
    only_a, only_b = _surplus(laid)
    if kind == "reprint" and max(only_a, only_b) < MUCH:
        return
    if only_a >= SURPLUS and only_b >= SURPLUS:
        yield _Evidence("siblings", 0.6, "Each has something that the other lacks, so that both descend from a third.")
    elif only_a >= SURPLUS or only_b >= SURPLUS:
        yield _longer(laid, first_longer=only_a >= SURPLUS)


def _longer(laid: Laid, *, first_longer: bool) -> _Evidence:
    """One has all of the other and more."""
    longer, shorter = (laid.a, laid.b) if first_longer else (laid.b, laid.a)
    which, other = ("first", "second") if first_longer else ("second", "first")
    from_longer: Direction = "b-from-a" if first_longer else "a-from-b"
    from_shorter: Direction = "a-from-b" if first_longer else "b-from-a"
    starts = min(pair.block.a[0] if first_longer else pair.block.b[0] for pair in laid.pairs)
    opening = longer.lengths[:starts]
    before = int(opening[opening >= SHORTEST].sum())
    dates = longer.witness.published, shorter.witness.published
    later = dates[0] is not None and dates[1] is not None and dates[0] > dates[1]
    earlier = dates[0] is not None and dates[1] is not None and dates[0] < dates[1]
    if before >= OPENING and not earlier:
        return _Evidence(
            from_shorter, 0.7, f"The {which} has all of the {other} and puts an opening of its own before it."
        )
    if later:
        return _Evidence(from_shorter, 0.6, f"The {which} has all of the {other} and more, and is the later.")
    score = 0.8 if earlier else 0.7
    return _Evidence(
        from_longer, score, f"The {other} has nothing that the {which} lacks, and breaks off or leaves out."
    )
