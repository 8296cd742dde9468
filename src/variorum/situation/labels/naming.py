"""How far a naming expression reaches: what stands before its noun, its name, and the complements behind it.

The bounds follow the dependency tree as far as it hangs together without a break (Universal Dependencies, de Marneffe
et al. 2021), and are mended where parsers often go wrong: a name right behind a noun belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from variorum.language.annotation import Entity, Mention
from variorum.situation.telling import Telling

LONGEST: Final = 14
"""Words of a naming expression; complements that would make it longer are left out."""
OPENING: Final = frozenset("\"“‘«„'")
CLOSING: Final = frozenset("\"”’»“'")
QUOTES: Final = OPENING | CLOSING

_BEFORE: Final = frozenset(
    {"det", "amod", "compound", "nmod", "nummod", "flat", "advmod", "appos", "punct", "obl", "acl"}
)
"""Relations by which words before a noun describe it."""
_CLAUSAL: Final = frozenset({"nsubj", "csubj", "obj", "iobj", "cop", "aux", "mark", "ccomp", "xcomp", "advcl", "root"})
"""Relations of words that make a clause, and no part of an expression before its noun."""
_JOINED: Final = frozenset({"flat", "appos", "nmod"})
"""Relations by which a name hangs on the noun right before it."""
_ASKING: Final = frozenset({"which", "what", "whose", "that", "whatever", "whichever"})
_LOOSE: Final = frozenset({"PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "AUX", "PART", "VERB"})
"""Parts of speech that do not end a naming expression whose complement is cut short."""
_STOPS: Final = frozenset({",", ";", ":", "(", ")", "—", "–", "--", "[", "]", "/"})


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of a naming expression, as indices of tokens."""

    low: int
    high: int
    """One past the last word."""
    head: int
    """The word by which it hangs on the clause."""
    noun: int | None
    """The noun that says what is named; None for a bare name."""
    name: tuple[int, int] | None
    """First word and end of the name in it."""


class Namings:
    """The naming expressions of one document."""

    def __init__(self, told: Telling, judging: frozenset[str] = frozenset()) -> None:
        """``judging`` are nouns that say enough without the relative clause behind them."""
        self.told = told
        self.judging = judging
        self.tokens = told.tokens
        self.words = told.words

    @cached_property
    def entity_at(self) -> dict[int, tuple[int, int, Entity]]:
        """First word, end and kind of the name that each word stands in."""
        found = {}
        for entity in self.told.annotation.entities:
            low, high = self.told.token_at(entity.start), self.told.token_at(entity.end)
            found.update(dict.fromkeys(range(low, high), (low, high, entity)))
        return found

    def of_mention(self, mention: Mention) -> Naming | None:
        """The naming expression around a mention; None where it holds no whole word."""
        head = self.told.head_of(mention.start, mention.end)
        if head is None:
            return None
        if mention.kind != "name":
            naming = self.of_noun(head)
            end = self.told.token_at(mention.end)
            judges = self.tokens[head].lemma.lower() in self.judging
            whole = not judges and naming.name is None and self._is_whole(naming, end)
            return replace(naming, high=end) if whole else naming
        first, end = self._name(mention, head)
        top = self._top(first)
        low = min(first, max(self.start(top), end - LONGEST))
        if top == first and low == first:
            low = self._title_before(first)
        nouns = [k for k in range(low, first) if self.tokens[k].upos in ("NOUN", "PROPN")]
        return Naming(low, end, top if low < first else head, nouns[-1] if nouns else None, (first, end))

    def of_noun(self, head: int, *, clauses: bool = True) -> Naming:
        """The naming expression of which a noun is the head; with its relative clause, unless told otherwise."""
        end = self._name_behind(head)
        low = max(self.start(head), head + 1 - LONGEST)
        clauses = clauses and self.tokens[head].lemma.lower() not in self.judging
        if end > head + 1:
            return Naming(low, end, head, head, (head + 1, end))
        return Naming(low, self._end(head, low, clauses), head, head, None)

    # --- names -------------------------------------------------------------------------------------------------------

    def _name(self, mention: Mention, head: int) -> tuple[int, int]:
        """First word and end of the name that a mention holds, without the title before it."""
        low, high = self.told.token_at(mention.start), self.told.token_at(mention.end)
        inside = [self.entity_at[k] for k in range(low, high) if k in self.entity_at]
        own = next((e for e in inside if e[0] <= head < e[1]), None)
        if own is None and inside and self.tokens[inside[-1][0]].head == head:
            own = inside[-1]  # a title that carries the mention of the name behind it
        first, end = (own[0], own[1]) if own is not None else (low, high)
        while first + 1 < end and (self.words[first] in QUOTES or self.tokens[first].upos in ("DET", "PUNCT", "ADP")):
            first += 1
        while end - 1 > first and self.tokens[end - 1].upos == "PUNCT":
            end -= 1
        return first, end

    def _top(self, first: int) -> int:
        """The noun that carries a name right behind it, as "pretender" does in "the pretender Valme"."""
        top = first
        while True:
            above, relation = self.tokens[top].head, self.tokens[top].deprel.split(":")[0]
            carries = 0 <= above < top and relation in ("flat", "appos") and self._adjacent(above, top)
            if not carries or self.tokens[above].upos not in ("NOUN", "PROPN") or above in self.entity_at:
                return top
            top = above

    def _adjacent(self, noun: int, first: int) -> bool:
        """Whether nothing but quotation marks and parts of a name stand between a noun and a name."""
        between = range(noun + 1, first)
        return self._unbroken(noun, first) and all(
            self.words[k] in QUOTES or (self.tokens[k].upos == "PROPN" and self.tokens[k].head >= noun) for k in between
        )

    def _title_before(self, first: int) -> int:
        """Where a noun begins that stands right before a name and that the parse hangs elsewhere."""
        before = first - 1 - (first > 0 and self.words[first - 1] in QUOTES)
        if before < 0 or self.tokens[before].upos != "NOUN" or not self._unbroken(before, first):
            return first
        one, other = self.tokens[before], self.tokens[first]
        together = one.head == other.head >= 0 and (self.words[first - 1] in QUOTES or one.deprel == other.deprel)
        return self.start(before) if together else first

    def _name_behind(self, head: int) -> int:
        """The end of a name that stands right behind a noun and hangs on it."""
        end = head + 1
        while end < len(self.tokens) and self._unbroken(head, end):
            token = self.tokens[end]
            joined = token.deprel.split(":")[0] in _JOINED and head <= token.head < end
            if token.upos != "PROPN" or not joined or self.tokens[head].upos == "PROPN":
                break
            end = max(end + 1, self.entity_at.get(end, (0, 0))[1])
        return end

    # --- bounds ------------------------------------------------------------------------------------------------------

    def start(self, head: int) -> int:
        """Where the words before a noun begin that describe it."""
        low = head
        while low and head - low < LONGEST and self._unbroken(low - 1, low):
            k = low - 1
            if not self._describes(k, head):
                break
            low = k
            if self.tokens[k].deprel == "det" and self.tokens[k].head == head:
                break
        while low < head and self._hangs_over(low, head):
            low += 1
        return low

    def _describes(self, k: int, head: int) -> bool:
        word, token = self.words[k], self.tokens[k]
        if word in QUOTES and token.upos == "PUNCT":
            return k == 0 or self.words[k - 1] not in QUOTES
        if word in _STOPS and word != ",":
            return False
        if token.deprel == "det" and word.lower() in _ASKING:
            return False
        for _ in range(8):
            above, near = self.tokens[k].head, self.tokens[k].deprel.split(":")[0]
            if near in _CLAUSAL:
                return False
            if above == head:
                return near in _BEFORE and (near != "punct" or word in ("-", "‑", ","))
            if above < 0 or above > head or above < head - 2 * LONGEST:
                return False
            k = above
        return False

    def _hangs_over(self, low: int, head: int) -> bool:
        """Whether the first word of an expression is no part of it."""
        word, token = self.words[low], self.tokens[low]
        if word in QUOTES and token.upos == "PUNCT":
            return not any(self.words[k] in CLOSING for k in range(low + 1, min(head + 4, len(self.words))))
        wrong = token.upos in ("ADP", "CCONJ", "SCONJ", "PART", "AUX") or (token.upos == "PUNCT")
        return wrong or (token.upos == "ADV" and token.head == head)

    def _end(self, head: int, low: int, clauses: bool) -> int:
        """The end of the complements right behind a noun."""
        high = head + 1
        for k in self.told.below[head]:
            relation = self.tokens[k].deprel.split(":")[0]
            if k < high or relation not in ("nmod", "acl", "flat", "nummod") or (relation == "acl" and not clauses):
                continue
            below = self._below(k)
            if below is None or below[0] != high or not self._unbroken(head, below[-1]):
                break
            stop = next((i for i, j in enumerate(below) if self.words[j] in _STOPS or j != below[0] + i), len(below))
            if stop < len(below) and relation == "acl":
                break
            end = below[0] + stop
            while end > high and self.tokens[end - 1].upos in _LOOSE and end - 1 != k:
                end -= 1
            if end <= k or end - low > LONGEST:
                break
            high = end
        return high

    def _is_whole(self, naming: Naming, end: int) -> bool:
        """Whether an expression may go on to where a mention ends."""
        last = self.tokens[end - 1]
        return (
            naming.high < end <= naming.low + LONGEST
            and last.upos not in _LOOSE - {"VERB"}
            and self._unbroken(naming.high, end - 1)
            and not any(self.words[k] in _STOPS or self.words[k] in QUOTES for k in range(naming.high, end))
        )

    def _below(self, top: int) -> list[int] | None:
        """The words below a word, itself included, in order; None where they are too many."""
        found: list[int] = []
        for k in self.told.subtree(top):
            found.append(k)
            if len(found) > 3 * LONGEST:
                return None
        return sorted(found)

    def _unbroken(self, i: int, j: int) -> bool:
        """Whether no line ends between two words, the first of which stands before the second."""
        return "\n" not in self.told.text[self.tokens[i].end : self.tokens[j].start]
