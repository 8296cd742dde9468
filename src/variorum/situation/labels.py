"""Labels: the words by which a document names actors and acts, in whose voice, and how they sound.

Bare names, titles with names, descriptions, appositions and what is said of somebody with "is" are labels. The tone is
read off single words: those that judge make a label loaded, those that keep a distance, and quotation marks around a
name or title, make it distancing; titles of office, forms of address and trades are plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from variorum.language.annotation import Annotation, Frame, Mention
from variorum.language.frames import is_act
from variorum.situation.lists import section
from variorum.situation.telling import Telling

Tone = Literal["plain", "loaded", "distancing"]

LONGEST: Final = 14
"""Words of a label; what is longer is cut at its noun."""
FORMS: Final = 3
"""Times that the same bare name of the same actor is told for a document."""
_QUOTES: Final = "\"“”‘’'«»„"
_OPENING: Final = "\"“‘«„'"
_CLOSING: Final = "\"”’»“'"


@dataclass(frozen=True, slots=True)
class Label:
    """A naming expression at one place of a document."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last one."""
    words: str
    """The words, white space collapsed."""
    head: str
    """Dictionary form of its noun, in lower case; of a bare name, the name."""
    actor: int | None
    """Number of the actor whom it names."""
    event: int | None
    """Index of the token of the noun, where it names an act."""
    attribution: int | None
    """Index of the attribution in whose content it stands: the voice is then its speaker's."""
    tone: Tone
    """How it sounds."""
    scare: bool
    """Whether it, or its title, stands in quotation marks that quote nobody."""
    score: float
    """How sure that it names this actor, 0 to 1."""
    reason: str
    """What the tone is read off, in words."""


def labels_of(text: str, annotation: Annotation) -> tuple[Label, ...]:
    """The labels of a document, in the order of its text; ``annotation`` is in offsets of ``text``."""
    return labels_in(Telling(text, annotation))


def labels_in(told: Telling) -> tuple[Label, ...]:
    """As :func:`labels_of`, of a document whose frames are known."""
    found: dict[tuple[int, int, int | None], Label] = {}
    for label in (*_of_actors(told), *_predicated(told), *_of_acts(told)):
        key = (label.start, label.end, label.actor)
        if key not in found or found[key].score < label.score:
            found[key] = label
    return tuple(sorted(_widest(found.values()), key=lambda one: (one.start, one.end, one.actor or -1)))


def _widest(labels: Iterable[Label]) -> list[Label]:
    """Of labels of one actor that lie in each other, the widest."""
    kept: list[Label] = []
    for label in sorted(labels, key=lambda one: (one.start, -one.end)):
        inside = any(k.actor == label.actor and k.start <= label.start and label.end <= k.end for k in kept[-6:])
        if not inside:
            kept.append(label)
    return kept


# --- actors ----------------------------------------------------------------------------------------------------------


def _of_actors(told: Telling) -> Iterator[Label]:
    for number, actor in enumerate(told.annotation.actors):
        bare: dict[str, int] = {}
        for mention in actor.mentions:
            if mention.kind == "pronoun":
                continue
            head = told.head_of(mention.start, mention.end)
            if head is None:
                continue
            low, high = _reach(told, mention, head)
            words = told.words_at(told.tokens[low].start, told.tokens[high - 1].end)
            if (
                mention.kind == "name"
                and told.tokens[low].start >= mention.start
                and told.tokens[high - 1].end <= mention.end
            ):
                bare[words] = bare.get(words, 0) + 1
                if bare[words] > FORMS:
                    continue
            made = _label(told, low, high, head, number, None, mention.score, mention.kind == "name")
            if made is not None:
                yield made


def _reach(told: Telling, mention: Mention, head: int) -> tuple[int, int]:
    """First word and end of the naming expression around a mention."""
    low, high = told.token_at(mention.start), told.token_at(mention.end)
    if mention.kind == "name":
        top = told.tokens[head].head
        if (
            top >= 0
            and top < head
            and told.tokens[head].deprel.startswith("flat")
            and told.tokens[top].upos in ("NOUN", "PROPN")
        ):
            low = min(low, _start(told, top))  # "Regent Valmé": the title carries the name
        low = min(low, _start(told, low))
        before = low - 1 - (low > 0 and told.words[low - 1] in _QUOTES)
        if (
            before >= 0
            and told.tokens[before].upos == "NOUN"
            and told.tokens[before].head == told.tokens[head].head >= 0
        ):
            low = _start(told, before)  # "the “president” Anna Berg", whatever the parse makes of it
    else:
        low = min(low, _start(told, head))
        while high < len(told.tokens) and told.tokens[high].deprel == "flat" and low <= told.tokens[high].head < high:
            high += 1  # "the pretender Valmé"
        high = max(high, _clause_end(told, head, high))
    while high - low > LONGEST and high - 1 > head:
        high -= 1
    while high - 1 > head and told.tokens[high - 1].upos in ("PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "AUX"):
        high -= 1
    return low, max(high, head + 1)


def _start(told: Telling, i: int) -> int:
    """Where the words before a word that describe it begin: its determiner, adjectives, titles, quotation marks."""
    low = i
    while low and i - low < LONGEST:
        token, word = told.tokens[low - 1], told.words[low - 1]
        if "\n" in told.text[token.end : told.tokens[low].start]:
            break
        quote = word in _QUOTES and (low - 1 == 0 or told.words[low - 2] not in _QUOTES)
        joint = word in ("-", "‑") or quote
        joint = joint or word.lower() in ("so", "called", "-called", "so-called")
        plain = token.upos in ("ADJ", "NOUN", "PROPN") or (token.upos == "VERB" and token.deprel in ("amod", "conj"))
        owner = token.upos in ("DET", "PRON") and token.deprel in ("det", "nmod:poss")
        case = token.upos == "PART" and token.deprel == "case"
        if not (joint or plain or owner or case) or not _belongs(told, low - 1, i):
            break
        low -= 1
        if owner:
            break
    while low < i and (told.words[low] in (",", "-") or (told.words[low] in _QUOTES and not _closed(told, low, i))):
        low += 1
    return low


def _belongs(told: Telling, k: int, i: int) -> bool:
    """Whether a word before a noun hangs on it, over other words before it."""
    for _ in range(6):
        head = told.tokens[k].head
        if head == i or told.words[k] in _QUOTES or told.words[k] == "-":
            return True
        if head < 0 or head < k - LONGEST or head > i:
            return False
        if told.tokens[k].deprel.split(":")[0] in ("nsubj", "obj", "obl", "root", "conj", "advcl", "appos"):
            return k >= i
        k = head
    return False


def _closed(told: Telling, low: int, i: int) -> bool:
    return any(told.words[k] in _CLOSING for k in range(low + 1, min(i + 4, len(told.words))))


def _clause_end(told: Telling, head: int, high: int) -> int:
    """The end of a relative clause right behind a description, without a comma."""
    for k in told.below[head]:
        if told.tokens[k].deprel == "acl:relcl" and k > head:
            inside = sorted(told.subtree(k))
            first = inside[0]
            if first == high and told.words[first] != "," and inside[-1] - head <= LONGEST:
                return inside[-1] + 1
    return high


def _predicated(told: Telling) -> Iterator[Label]:
    """What somebody is said to be: "is a dictator", and appositions that no mention covers."""
    for frame in told.frames:
        if (
            frame.pos == "noun"
            and not frame.negated
            and any(told.tokens[k].deprel == "cop" for k in told.below[frame.head])
        ):
            yield from _said_of(told, frame)
    for i, token in enumerate(told.tokens):
        if token.deprel == "appos" and token.upos == "NOUN" and token.head >= 0:
            who = told.who_at(token.head)
            if who.actor is not None:
                low = _start(told, i)
                high = max(told.token_at(told.phrase(i).end), _clause_end(told, i, i + 1))
                made = _label(told, low, min(high, low + LONGEST), i, who.actor, None, 0.85 * who.score, False)
                if made is not None:
                    yield made


def _said_of(told: Telling, frame: Frame) -> Iterator[Label]:
    if frame.modality != "asserted":
        return
    for filler in frame.all("subj"):
        who = told.who(filler)
        if who.actor is None or told.tokens[filler.head].upos == "PRON":
            continue
        low = _start(told, frame.head)
        made = _label(told, low, frame.head + 1, frame.head, who.actor, None, 0.75 * who.score, False)
        if made is not None and made.tone != "plain":
            yield made


def _of_acts(told: Telling) -> Iterator[Label]:
    """Words for acts and events that say more than what they are."""
    for frame in told.frames:
        if frame.pos != "noun" or not is_act(frame.predicate):
            continue
        low = _start(told, frame.head)
        high = max(told.token_at(told.phrase(frame.head).end), frame.head + 1)
        made = _label(told, low, min(high, low + LONGEST), frame.head, None, frame.head, 0.8, False)
        if made is not None and (made.tone != "plain" or told.sense(frame) is not None):
            yield made


# --- one label -------------------------------------------------------------------------------------------------------


def _label(
    told: Telling, low: int, high: int, head: int, actor: int | None, event: int | None, score: float, name: bool
) -> Label | None:
    if high <= low or not any(told.words[k][:1].isalnum() for k in range(low, high)):
        return None
    start, end = told.tokens[low].start, told.tokens[high - 1].end
    scare = _scare(told, low, high)
    attribution = told.saying.at(told.tokens[head].start)
    if attribution is not None and told.annotation.attributions[attribution].kind == "indirect" and not name:
        score *= 0.9  # in indirect speech the words may be the writer's
    elif attribution is not None and told.annotation.attributions[attribution].kind == "indirect":
        attribution = None  # titles in indirect speech are the writer's
    if scare and high < len(told.words) and told.words[high] in _CLOSING and told.words[high - 1] not in _QUOTES:
        opens = sum(told.words[k] in _QUOTES for k in range(low, high))
        if opens % 2:
            end = told.tokens[high].end
    tone, why = _tone(told, low, high, scare)
    noun = (
        told.tokens[head].lemma.lower()
        if not name
        else told.words_at(told.tokens[head].start, told.tokens[head].end).lower()
    )
    return Label(
        start, end, told.words_at(start, end), noun, actor, event, attribution, tone, scare, round(score, 3), why
    )


def _scare(told: Telling, low: int, high: int) -> bool:
    """Whether a few words of an expression stand in quotation marks, with no more of a sentence in them."""
    opens = next((k for k in (low - 1, *range(low, high)) if k >= 0 and told.words[k] in _OPENING), None)
    if opens is None or (opens == low - 1 and "\n" in told.text[told.tokens[opens].end : told.tokens[low].start]):
        return False
    closes = next((k for k in range(opens + 2, min(high + 1, len(told.words))) if told.words[k] in _CLOSING), None)
    return closes is not None and closes - opens <= 6


def _tone(told: Telling, low: int, high: int, scare: bool) -> tuple[Tone, str]:
    words = [told.words[k].lower().strip(_QUOTES) for k in range(low, high)]
    joined = f" {' '.join(words)} ".replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    for entry in _entries("distancing"):
        if f" {entry} " in joined and (entry != "certain" or " a certain " in joined):
            return "distancing", f"“{entry}”"
    if scare:
        return "distancing", "quotation marks"
    relative = [k for k in range(low, high) if told.tokens[k].deprel == "acl:relcl"]
    if any(told.tokens[k].lemma.lower() in _entries("distancing verbs") for k in relative):
        return "distancing", "left to others"
    for part, why in (
        ("loaded", "a judging word"),
        ("honours", "a form of address that exalts"),
        ("belittling", "a word that belittles"),
    ):
        for entry in _entries(part):
            if f" {entry} " in joined or f" {entry}s " in joined:
                if part == "loaded" and entry in ("only", "sole", "true", "real", "genuine") and " the " not in joined:
                    continue
                return "loaded", f"“{entry}”, {why}"
    return "plain", ""


@cache
def _entries(part: str) -> tuple[str, ...]:
    """The entries of a list, the longer first."""
    return tuple(sorted(section("tones", part), key=lambda entry: (-len(entry), entry)))
