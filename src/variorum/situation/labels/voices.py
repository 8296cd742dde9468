"""In whose voice a naming expression stands: the outlet's own, or that of somebody whom it cites.

What is quoted is the speaker's. In indirect speech the words are the writer's choice as a rule (the *de re* reading of
reports; Quine 1956), so that plain words are taken for the outlet's; a judgement is more often the speaker's, unless
the outlet judges in the same word elsewhere. What hangs on a cue as its object, and is no clause ("proclaimed the
surgeon regent"), is no speech, and neither is what a cue itself or a source is called.
"""

from __future__ import annotations

from typing import Final, Literal

from variorum.language.annotation import Attribution
from variorum.situation.labels.naming import CLOSING, OPENING, QUOTES, Naming
from variorum.situation.lists import section
from variorum.situation.telling import Telling

Manner = Literal["own", "quoted", "indirect"]

DOUBT: Final = 0.8
"""How sure it is that a judgement in indirect speech is the speaker's."""
_NEAR: Final = 7
"""Words from "what they call" to what they call so."""
_DEEP: Final = 8
"""Attributions in each other that are looked at."""


class Voices:
    """The voices of one document."""

    def __init__(self, told: Telling) -> None:
        self.told = told
        self._clausal: dict[tuple[int, int], bool] = {}

    def at(self, naming: Naming, word: int) -> tuple[int | None, Manner]:
        """The attribution whose words an expression may be, judged by one of its words, and in what manner."""
        place = self.told.tokens[word].start
        number = self.told.saying.at(place)
        indirect: int | None = None
        for _ in range(_DEEP):
            if number is None:
                break
            said = self.told.annotation.attributions[number]
            piece = next(((s, e) for s, e in said.content if s <= place < e), None)
            if piece is not None and not self._names_itself(said, naming):
                if self._is_quoted(said, piece, place):
                    return number, "quoted"
                if indirect is None and said.kind != "direct" and self._is_clause(piece):
                    indirect = number
            number = said.within
        return indirect, "own" if indirect is None else "indirect"

    def called_by(self, naming: Naming) -> int | None:
        """The verb of "what they call" right before an expression: it is theirs, whatever it says."""
        low = naming.low - (naming.low > 0 and self.told.words[naming.low - 1] in QUOTES)
        verbs = section("tones", "saying verbs: Levin")
        found = None
        for k in range(low - 1, max(low - _NEAR, -1), -1):
            if self.told.words[k].lower() == "what":
                return found
            if self.told.tokens[k].upos == "VERB" and self.told.tokens[k].lemma.lower() in verbs:
                found = k
            elif self.told.tokens[k].upos == "PUNCT":
                return None
        return None

    def named_by(self, verb: int) -> int | None:
        """The attribution of which a verb is the cue."""
        place = self.told.tokens[verb].start
        said = self.told.annotation.attributions
        return next((n for n, one in enumerate(said) if any(s <= place < e for s, e in one.cue)), None)

    def _names_itself(self, said: Attribution, naming: Naming) -> bool:
        """Whether a cue is a word of the expression: the "called" of "so-called"."""
        start, end = self.told.tokens[naming.low].start, self.told.tokens[naming.high - 1].end
        return any(start <= s < end for s, _ in said.cue)

    def _is_quoted(self, said: Attribution, piece: tuple[int, int], place: int) -> bool:
        """Whether a place of content is in the speaker's own words: what he says that others say is in his, too."""
        if said.kind == "direct" and (said.within is None or self.told.text[piece[0]] in OPENING):
            return True
        return self._quoted(piece, place)

    def _quoted(self, piece: tuple[int, int], place: int) -> bool:
        """Whether a place of a piece of content stands in quotation marks."""
        depth = 0
        for k in range(self.told.token_at(piece[0]), self.told.token_at(place)):
            word = self.told.words[k]
            if word not in QUOTES or self.told.tokens[k].upos != "PUNCT":
                continue
            straight = word in "\"'"
            if (straight and not depth) or (not straight and word in OPENING):
                depth = 1
            elif word in CLOSING:
                depth = 0
        return depth > 0

    def _is_clause(self, piece: tuple[int, int]) -> bool:
        """Whether a piece of content is a clause with a subject, and not the object of its cue or what it is to do."""
        if piece not in self._clausal:
            low, high = self.told.token_at(piece[0]), self.told.token_at(piece[1])
            tokens = self.told.tokens
            tops = [k for k in range(low, high) if not low <= tokens[k].head < high]
            self._clausal[piece] = any(
                tokens[b].deprel.split(":")[0] in ("nsubj", "csubj", "expl") for k in tops for b in self.told.below[k]
            )
        return self._clausal[piece]
