"""Words that look like times and are none: names of people and papers, verbs, ordinals, numbers of other things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from variorum.language.annotation import Token
from variorum.language.times.lexicon import numbered, words_in

_BEFORE_MONTH: Final = regex.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|that|from|to|through|during|before|after|between|and|or|early|late|mid|"
    r"every|each|for|on|around|past|coming|previous|following|as|than|the)[\s-]+$|^\s*$|[\n(,–-]\s*$",
    regex.IGNORECASE,
)
_BEFORE_YEAR: Final = regex.compile(
    r"\b(?:in|of|since|until|till|by|from|to|through|during|before|after|between|and|or|the|year|for|than|late|early|mid|"
    r"at|around|about|circa|c\.|back|summer|winter|spring|fall|autumn|a|an|his|her|its|their|our|last|pre|post|into|on)[\s-]+$",
    regex.IGNORECASE,
)
_BEFORE_A: Final = regex.compile(
    r"\b(?:for|in|within|over|than|nearly|about|almost|after|least|take|takes|took|taken|lasted|spend|spent|only|just|"
    r"once|twice|times|of|until|nearly|under|past|another)\s+$",
    regex.IGNORECASE,
)
_RATE: Final = regex.compile(
    r"[\d%](?:\s\w+){0,2}\s+$|\b(?:percent|dollars|pounds|euros|million|billion|cents|times|once|twice)\s+$"
)
_AGE: Final = regex.compile(r"[\s-]olds?\b|\s+of\s+age\b")
_TELEPHONE: Final = regex.compile(r"[\d)][-.\s]$")


class Names:
    """What the words of a text are, as far as it decides whether they tell a time."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._token = {token.start: i for i, token in enumerate(tokens)}
        self._tokens = tokens

    def forbid(self, match: regex.Match[str], kind: str) -> bool:
        """Whether a match is no time after all."""
        text, start, end = self._text, match.start(), match.end()
        before, after = text[max(0, start - 24) : start], text[end : end + 24]
        groups = match.capturesdict()
        for name in ("month", "weekday"):
            for word in groups.get(name, ()):
                if not self._is_name_of_time(match, name, word):
                    return True
        if kind == "month_alone":
            return self._is_other(match, before, after)
        if kind in ("weekdays", "relative") and match["weekday"] and self._heads_title(match, after):
            return True
        if kind == "year":
            return not self._is_year(before, after)
        if kind in ("duration", "span", "ago"):
            return self._is_no_duration(match, kind, before, after)
        if kind == "clock":
            return bool(_TELEPHONE.search(before)) or (
                match["half"] is None and match["named_hour"] is None and not self._is_hour(before, after)
            )
        if kind in ("season", "set", "reference"):
            return kind == "season" and (self._upos(start) in ("VERB", "AUX") or self._is_ruin(match, after))
        if kind == "spelt":
            return match["hundreds"].lower() == "twenty" and not _BEFORE_YEAR.search(before)
        return False

    def _upos(self, start: int) -> str:
        i = self._token.get(start)
        return self._tokens[i].upos if i is not None else ""

    @staticmethod
    def _is_name_of_time(match: regex.Match[str], name: str, word: str) -> bool:
        """Whether a month or weekday is written as one: with a capital, and with a point if it is cut."""
        if not word[0].isupper():
            return False
        full = len(word) > 4 or word.lower() in ("may", "june", "july", "sept")
        if name == "weekday" and len(word) <= 5 and not word.lower().endswith("day"):
            at = match.start(name) + len(word)
            return match.string[at : at + 1] == "." or match["month"] is not None
        if full or match.groupdict().get("day") or match.groupdict().get("year"):
            return True
        at = match.start(name) + len(word)
        return match.string[at : at + 1] == "."

    def _is_other(self, match: regex.Match[str], before: str, after: str) -> bool:
        """Whether a month that stands alone is a verb, or somebody's name."""
        at = match.start("month")
        word = match["month"].lower()
        upos = self._upos(at)
        if upos in ("AUX", "VERB", "ADV", "ADJ"):
            return True
        if match["mod"]:
            return False
        if word in ("may", "march", "mar", "sun", "april", "june", "august", "jan", "dec") and not _BEFORE_MONTH.search(
            before
        ):
            return True
        follows = regex.match(r"\s+([A-Z]\w+)", after)
        if follows and follows[1].lower() not in numbered("weekdays"):
            i = self._token.get(at)
            if i is None or self._tokens[i].deprel in ("compound", "flat") or self._upos(match.end() + 1) == "PROPN":
                return word in ("may", "april", "june", "august", "jan", "march") or follows[1].lower() in words_in(
                    "papers"
                )
        return bool(regex.search(r"(?:Mr|Mrs|Ms|Dr|Theresa|Sir|Lady|Lord|Mr)\.?\s$", before))

    def _heads_title(self, match: regex.Match[str], after: str) -> bool:
        follows = regex.match(r"\s+([A-Z]\w+)", after)
        return bool(follows) and follows is not None and follows[1].lower() in words_in("papers")

    @staticmethod
    def _is_ruin(match: regex.Match[str], after: str) -> bool:
        """Whether the fall is that of a city."""
        return match["season"].lower() == "fall" and bool(regex.match(r"\s+of\s+(?!\d)", after))

    @staticmethod
    def _is_year(before: str, after: str) -> bool:
        if regex.search(
            r"(?:[$€£#:+]|\bNo\.?|\broom|\bflight|\bpage|\bchannel|\broute|\bhighway)\s?$", before, regex.IGNORECASE
        ):
            return False
        if regex.match(
            r"\s+(?:people|persons|men|women|troops|soldiers|votes|jobs|\w+s)\b", after
        ) and not _BEFORE_YEAR.search(before):
            return False
        return not regex.match(r"[-–]\d{3,4}\b(?<!\d)", after)

    @staticmethod
    def _is_no_duration(match: regex.Match[str], kind: str, before: str, after: str) -> bool:
        if _AGE.match(after) or (match["unit"].lower().startswith("quarter") and after.startswith(" of ")):
            return True
        word = match["num"].lower()
        unit = match["unit"].lower()
        if unit in ("sec", "min") or (unit in ("second", "quarter") and word in ("a", "an")):
            return True
        if kind != "duration" or match["approx"]:
            return False
        if word in ("a", "an"):
            if _RATE.search(before):
                return True
            return not _BEFORE_A.search(before) and not match[0].endswith("long")
        if unit == "day" and word == "one":
            return False
        return bool(_TELEPHONE.search(before))

    @staticmethod
    def _is_hour(before: str, after: str) -> bool:
        return bool(
            regex.search(r"\b(?:at|by|until|from|to|since|around|about|before|after|and)\s+$", before)
        ) and not regex.match(r"\s*-?\s*\d", after)
