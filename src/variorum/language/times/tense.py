"""Whether a clause tells of what was or of what will be: what decides which Sunday "on Sunday" is.

Told from the words of the clause that a time expression stands in: the verb above it, with its auxiliaries.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import regex

from variorum.language.annotation import Span, Token
from variorum.language.times.lexicon import words_in
from variorum.language.times.meaning import Direction

DEEP: Final = 12
"""Words above one another that are looked at."""
MODAL: Final = frozenset(
    {"will", "shall", "would", "should", "could", "may", "might", "must", "can", "'ll", "’ll", "wo", "'d"}
)
COMING: Final = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "may", "might", "should", "must"})
_FUTURE: Final = regex.compile(
    r"\b(?:will|shall|won['’]t|is\s+to|are\s+to|going\s+to|plans?\s+to|scheduled|expected\s+to|due\s+to)\b|['’]ll\b",
    regex.IGNORECASE,
)
_WORD: Final = regex.compile(r"\w{2,20}")


class Tenses:
    """The tenses of a text's clauses."""

    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Span]) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._starts = [token.start for token in tokens]

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i, token in enumerate(self._tokens):
            if token.head >= 0:
                found[token.head].append(i)
        return found

    def at(self, start: int, end: int) -> tuple[Direction, bool]:
        """Whether what happens at a time is past (-1) or to come (1); 0 where nothing tells.

        And whether that is sure: the time belongs to a verb, not to a thing that the clause speaks of, as in "the 2020
        vote", and the verb is no "would".
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if not self._tokens or first >= last:
            return self._by_words(start, end), True
        inside = range(first, last)
        at = next((i for i in inside if self._tokens[i].head not in inside), first)
        described = self._of_noun(at)
        if described:
            return described, True
        for depth in range(DEEP):
            above = self._tokens[at].head
            if above < 0:
                break
            if above < self._tokens[above].head < first and not depth:
                above = self._tokens[
                    above
                ].head  # "'We will leave,' she said on Monday": parsed across the verb between
            if above > at and (said := self._said_before(first, above)) is not None:
                return said, True
            at = above
            if self._tokens[at].upos in ("VERB", "AUX") or self._has_aux(at):
                found = self._of_verb(at)
            else:
                found = self._of_noun(at)
            if found:
                planned = self._tokens[at].lemma in words_in("plans")
                arranged = found < 0 and self._tokens[at].lemma in words_in("coming")  # "ordered a vote on January 20"
                return found, planned or (depth == 0 and not self._is_would(at) and not arranged)
        return 0, False

    def _is_would(self, i: int) -> bool:
        return any(self._word(k) in ("would", "'d", "’d", "may", "might", "should") for k in self._below[i])

    def _said_before(self, time: int, verb: int) -> Direction | None:
        """The tense of a verb that a time stands right behind, where it is parsed with a verb that comes after it.

        "She said on Sunday he would resign": it was said on Sunday.
        """
        for i in range(time - 1, max(time - 4, -1), -1):
            token = self._tokens[i]
            if token.upos == "VERB" and i < verb and self._tokens[verb].head == i:
                return self._of_verb(i) or None
            if token.upos == "PUNCT":
                break
        return None

    def _of_noun(self, i: int) -> Direction:
        """What a clause tells of a thing that it describes, or the noun itself ("plans for talks on Friday")."""
        if self._tokens[i].lemma in words_in("plans"):
            return 1
        for k in self._below[i]:
            if self._tokens[k].deprel in ("acl:relcl", "advcl", "advcl:relcl") and self._tokens[k].upos == "VERB":
                found = self._of_verb(k)
                if found:
                    return found
        return 0

    def _word(self, i: int) -> str:
        token = self._tokens[i]
        return self._text[token.start : token.end].lower()

    def _has_aux(self, i: int) -> bool:
        return any(self._tokens[k].deprel.startswith(("aux", "cop")) for k in self._below[i])

    def _of_verb(self, i: int) -> Direction:
        """The tense of a verb with its auxiliaries; 0 where it must be looked for above."""
        helpers = [k for k in self._below[i] if self._tokens[k].deprel.startswith(("aux", "cop"))]
        words = {self._word(k) for k in helpers} | {self._tokens[k].lemma for k in helpers}
        perfect = bool(words & {"have", "has", "had", "'ve", "’ve"})
        if words & COMING and not perfect:
            return 1
        if words & MODAL:
            return -1 if perfect else 0
        if perfect or words & {"was", "were", "did"}:
            return 1 if self._goes_to(i) and "was" not in words else -1
        token, word = self._tokens[i], self._word(i)
        to = any(self._tokens[k].lemma == "to" and self._tokens[k].upos == "PART" for k in self._below[i])
        if to:
            return self._of_infinitive(i)
        if words & {"be", "is", "are", "'s", "’s", "'re", "’re", "am"}:
            return 1 if word.endswith("ing") or self._goes_to(i) else 0
        if word == token.lemma or (token.upos == "AUX" and word in ("is", "are", "am", "be")):
            return 0
        if word.endswith("ing"):
            return -1 if any(self._word(k) in ("after", "since", "following") for k in self._below[i]) else 0
        if word.endswith("s") and not word.endswith("ss") and word.startswith(token.lemma[:3]):
            return 1 if token.lemma in words_in("coming") else 0
        if word.endswith("ed") or word in words_in("past") or word != token.lemma:
            finite = not token.deprel.startswith(("acl", "amod"))
            return -1 if finite or word.endswith("ed") or word in words_in("past") else 0
        return 0

    def _goes_to(self, i: int) -> bool:
        return self._word(i) in ("going", "expected", "scheduled", "due", "set", "planned", "slated", "supposed")

    def _of_infinitive(self, i: int) -> Direction:
        above = self._tokens[i].head
        if above >= 0 and self._tokens[above].lemma in words_in("coming"):
            return 1
        return 0 if above >= 0 else 1

    def _by_words(self, start: int, end: int) -> Direction:
        low, high = next(((s, e) for s, e in self._sentences if s <= start < e), (max(0, start - 150), end + 100))
        clause = self._text[max(low, start - 150) : min(high, end + 100)]
        if _FUTURE.search(clause):
            return 1
        past = words_in("past")
        return -1 if any(word.endswith("ed") or word in past for word in _WORD.findall(clause.lower())) else 0
