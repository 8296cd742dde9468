"""The labels of one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from variorum.language.annotation import Annotation
from variorum.situation.labels.acts import acts_in
from variorum.situation.labels.label import Label
from variorum.situation.labels.naming import CLOSING, OPENING, QUOTES, Naming, Namings
from variorum.situation.labels.places import Place, Places
from variorum.situation.labels.tones import Sound, judging, sound
from variorum.situation.labels.voices import DOUBT, Manner, Voices
from variorum.situation.telling import Telling


@dataclass(frozen=True, slots=True)
class _Draft:
    """A label before its voice is settled."""

    place: Place
    sound: Sound
    attribution: int | None
    manner: Manner


def labels_of(text: str, annotation: Annotation) -> tuple[Label, ...]:
    """The labels of a document, in the order of its text; ``annotation`` is in offsets of ``text``."""
    return labels_in(Telling(text, annotation))


def labels_in(told: Telling) -> tuple[Label, ...]:
    """As :func:`labels_of`, of a document whose frames are known."""
    return _Finding(told).found()


class _Finding:
    """The labels of one document, in the making."""

    def __init__(self, told: Telling) -> None:
        self.told = told
        self.tokens = told.tokens
        self.words = told.words
        self.namings = Namings(told, judging("people"))
        self.voices = Voices(told)

    def found(self) -> tuple[Label, ...]:
        """The labels, each place and actor once, the widest of those that lie in each other."""
        places = (*Places(self.namings, self.voices).found(), *acts_in(self.namings))
        drafts = [self._draft(place) for place in places if self._has_words(place.naming)]
        drafts = [
            d for d in drafts if d.place.plain or (d.sound.word if d.place.predicated else d.sound.tone != "plain")
        ]
        titled = {
            d.place.naming.noun: d.place.actor for d in drafts if d.place.naming.name and d.place.actor is not None
        }
        drafts = [d for d in drafts if not _is_title_of_another(d.place, titled)]
        own = {d.sound.word for d in drafts if d.manner == "own" and d.sound.tone != "plain"}
        best: dict[tuple[int, int, int | None], Label] = {}
        for draft in drafts:
            label = self._label(draft, own)
            key = (label.start, label.end, label.actor)
            if key not in best or best[key].score < label.score:
                best[key] = label
        return tuple(sorted(_widest(best.values()), key=_order))

    def _has_words(self, naming: Naming) -> bool:
        first = naming.name[0] if naming.name else naming.low
        if (
            first > 1
            and self.words[first - 1] in ("-", "‑")
            and self.words[first - 2].lower() in ("anti", "pro", "non")
        ):
            return False  # "anti-Israel" names nobody
        return any(self.words[k][:1].isalnum() for k in range(naming.low, naming.high))

    def _draft(self, place: Place) -> _Draft:
        """A place with its tone, and with the voice that its words are in or may be in."""
        naming = place.naming
        person = place.actor is not None and self.told.annotation.actors[place.actor].kind == "person"
        attribution, manner = self.voices.at(naming, naming.head)
        if place.attribution is not None:
            attribution, manner = place.attribution, "quoted"
        heard = sound(
            self.namings, naming, act=place.event is not None, person=person, predicated=place.predicated,
            quoted=manner == "quoted",
        )  # fmt: skip
        if heard.place is not None and manner != "quoted":
            attribution, manner = max((attribution, manner), self.voices.at(naming, heard.place), key=_is_quoted)
        verb = self.voices.called_by(naming) if heard.tone == "loaded" and manner != "quoted" else None
        if verb is not None:
            attribution = self.voices.named_by(verb)
            manner = "own" if attribution is None else "quoted"
            if attribution is None:
                heard = replace(heard, tone="distancing", reason=f"what others call so: {heard.reason}")
        said = self.told.annotation.attributions[attribution] if attribution is not None else None
        if heard.marks is not None and said is not None and said.kind != "direct":
            attribution, manner = None, "own"  # the marks keep the outlet's distance
        return _Draft(place, heard, attribution, manner)

    def _label(self, draft: _Draft, own: set[str]) -> Label:
        """A draft with its voice settled; ``own`` are judging words that the outlet uses itself."""
        place, heard, attribution = draft.place, draft.sound, draft.attribution
        naming, score = place.naming, place.score
        if draft.manner == "indirect":
            if heard.tone == "plain" or heard.word in own:
                attribution = None
            else:
                score *= DOUBT
        low, high = self._with_quotes(naming, heard.marks)
        start, end = self.tokens[low].start, self.tokens[high - 1].end
        if naming.noun is not None:
            head = self.tokens[naming.noun].lemma.lower()
        else:
            first, last = naming.name or (naming.low, naming.high)
            head = self.told.words_at(self.tokens[first].start, self.tokens[last - 1].end).lower()
        return Label(
            start, end, self.told.words_at(start, end), head, place.actor, place.event, attribution, heard.tone,
            heard.marks is not None, round(score, 3), heard.reason,
        )  # fmt: skip

    def _with_quotes(self, naming: Naming, marks: tuple[int, int] | None) -> tuple[int, int]:
        """The bounds of an expression with the scare quotes that belong to it, and without other quotation marks."""
        low, high = naming.low, naming.high
        if marks is not None:
            return min(low, marks[0]), max(high, marks[1] + 1)
        while low < high - 1 and self.words[low] in QUOTES:
            low += 1
        while high - 1 > low and self.words[high - 1] in CLOSING and self.tokens[high - 1].upos == "PUNCT":
            high -= 1
        marks_inside = [k for k in range(low, high) if self.words[k] in QUOTES and self.tokens[k].upos == "PUNCT"]
        if len(marks_inside) % 2 and high < len(self.words) and self.words[high] in CLOSING:
            high += 1
        elif len(marks_inside) % 2 and low and self.words[low - 1] in OPENING:
            low -= 1
        return low, high


def _order(label: Label) -> tuple[int, int, int]:
    return label.start, label.end, -1 if label.actor is None else label.actor


def _is_title_of_another(place: Place, titled: Mapping[int | None, int | None]) -> bool:
    """Whether a description is the title before the name of somebody else."""
    noun = place.naming.noun
    return noun is not None and place.naming.name is None and titled.get(noun, place.actor) != place.actor


def _is_quoted(voice: tuple[int | None, Manner]) -> bool:
    return voice[1] == "quoted"


def _widest(labels: Iterable[Label]) -> list[Label]:
    """Of labels of one actor that lie in each other, the widest."""
    kept: list[Label] = []
    for label in sorted(labels, key=lambda one: (one.start, -one.end)):
        inside = any(k.actor == label.actor and k.start <= label.start and label.end <= k.end for k in kept[-6:])
        if not inside:
            kept.append(label)
    return kept
