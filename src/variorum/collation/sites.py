"""A place where two passages differ, with all that it is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.collation.aligned import Laid, Pair
from variorum.collation.findings import Severity, Stretch, Variant, VariantKind
from variorum.collation.lists import words_in
from variorum.collation.meanings import close, nearness, opposition, synonyms
from variorum.collation.names import kinship
from variorum.collation.wording import Difference
from variorum.collation.words import Word, is_function_word

GRAVENESS: Final[dict[VariantKind, float]] = {
    "quote": 90,
    "role": 80,
    "number": 70,
    "name": 60,
    "time": 50,
    "negation": 85,
    "modality": 45,
    "wording": 30,
    "omission": 20,
    "addition": 15,
}
"""The order in which kinds are told, within a severity."""
LONG: Final = 6
"""Content words from which something left out is more than a detail."""
SHAKY: Final = 0.35
"""Share of same words below which sentences that correspond say the same in other words, so that single words prove
little.
"""


@dataclass(frozen=True)
class Side:
    """The words of one witness in a difference."""

    words: tuple[Word, ...]
    """All words of the witness."""
    here: range
    quoted: bool
    names: Sequence[bool]
    text: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Forms of the words in the difference."""
        return tuple(self.words[i].form for i in self.here)

    @property
    def content(self) -> tuple[str, ...]:
        """Forms of the words that say something."""
        return tuple(form for form in self.forms if not is_function_word(form))

    @property
    def stretch(self) -> Stretch | None:
        """Where they stand in the text; None where there are none."""
        return self.span(self.here) if len(self.here) else None

    def span(self, here: range) -> Stretch:
        """Where words stand in the text."""
        return self.words[here.start].start, self.words[here.stop - 1].end

    def runs(self, wanted: Callable[[int], bool]) -> list[range]:
        """Runs of neighbouring words in the difference that are wanted, by number."""
        found: list[range] = []
        for i in self.here:
            if wanted(i):
                if found and found[-1].stop == i:
                    found[-1] = range(found[-1].start, i + 1)
                else:
                    found.append(range(i, i + 1))
        return found

    def of(self, here: range) -> tuple[str, ...]:
        """Forms of words by number."""
        return tuple(self.words[i].form for i in here)


@dataclass(frozen=True)
class Site:
    """A difference with what it is judged by."""

    a: Side
    b: Side
    pair: Pair
    laid: Laid

    def variant(
        self,
        kind: VariantKind,
        severity: Severity,
        reason: str,
        a: Stretch | None = None,
        b: Stretch | None = None,
        *,
        whole: bool = True,
        distance: float = 0.0,
    ) -> Variant:
        """The variant that this difference, or the given part of it, is.

        ``distance`` is how far apart both sides are in meaning, 0 to 1; it adds to the weight.
        """
        spans = (self.a.stretch, self.b.stretch) if whole else (a, b)
        sure = 0.95 if self.pair.verbatim else 0.55 + 0.4 * min(self.pair.agreement, 1.0)
        return Variant(*spans, kind, severity, round(sure, 3), reason, GRAVENESS[kind] + 10 * distance)


def site_of(laid: Laid, pair: Pair, difference: Difference) -> Site:
    """A difference with what it is judged by."""
    a, b = difference.a, difference.b
    return Site(
        Side(laid.a.words, a, _is_quoted(laid.a.quoted, a), laid.a.names, laid.a.witness.text),
        Side(laid.b.words, b, _is_quoted(laid.b.quoted, b), laid.b.names, laid.b.witness.text),
        pair,
        laid,
    )


def _is_quoted(quoted: npt.NDArray[np.bool_], words: range) -> bool:
    """Whether words stand in quotation marks; of a place between words, whether both neighbours do."""
    if len(words):
        return all(quoted[i] for i in words)
    return 0 < words.start < len(quoted) and bool(quoted[words.start - 1]) and bool(quoted[words.start])


def listed(forms: Sequence[str], *sections: str) -> tuple[str, ...]:
    """The forms that stand in sections of the list of words that differences are judged by."""
    wanted = frozenset().union(*(words_in("judging.txt", section) for section in sections))
    return tuple(form for form in forms if form in wanted)


def counts(site: Site) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in the sentences of either side."""
    a, b = site.pair.a, site.pair.b
    return Counter(site.laid.a.forms[a.start : a.stop]), Counter(site.laid.b.forms[b.start : b.stop])


def told(a: Side, b: Side, what: str) -> str:
    """A reason with the words of both sides."""
    return f"{what}: “{shown(a)}” against “{shown(b)}”."


def shown(side: Side) -> str:
    """The words of a side as a reason quotes them, cut where they are long."""
    start, end = side.stretch or (0, 0)
    words = " ".join(side.text[start:end].split())
    return words if len(words) <= 60 else words[:57].rstrip() + " …"


def distance_of(a: Sequence[str], b: Sequence[str], related: float = 0.5) -> float:
    """How far apart the words of two sides are in meaning, 0 to 1.

    That of the word that has least to do with the other side.

    `related` is the distance of two words of which one is the broader.
    """
    if not a or not b:
        return 0.3
    from_a = max(min(_apart(one, other, related) for other in b) for one in a)
    from_b = max(min(_apart(one, other, related) for one in a) for other in b)
    return min(from_a, from_b)


def _apart(one: str, other: str, related: float) -> float:
    if one == other:
        return 0.0
    if opposition(one, other):
        return 1.0
    if synonyms(one, other):
        return 0.1
    if close(one, other):
        return related
    return 1.0 - max(nearness(one, other), 0.0)


def content_of(forms: Sequence[str], words: range) -> Iterator[str]:
    """Forms of the words that say something."""
    return (forms[i] for i in words if not is_function_word(forms[i]))


def is_style(site: Site) -> bool:
    """Whether the difference is only one of articles, "that" and the like, of house style."""
    forms = {*site.a.forms, *site.b.forms}
    return forms <= {"the", "a", "an", "that", "of", "and"} or _is_same_name(site)


def _is_same_name(site: Site) -> bool:
    a, b = site.a.forms, site.b.forms
    return bool(a) and bool(b) and kinship(a, b) == "same" and a != b and len(site.a.content) > 0
