"""Who said what in one text: spans from the network, quotations that stand alone, speakers, hedges and chains."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.language.annotation import (
    Actor,
    Attribution,
    AttributionKind,
    Entity,
    Mention,
    Span,
    Speaker,
    Token,
)
from variorum.language.attribution_spans import Raw, overlap, spoken_stretches
from variorum.language.cues import CueReading, read_cue
from variorum.language.lists import lines_of
from variorum.language.quotations import Quotation, paragraphs_of
from variorum.language.reader import Reading
from variorum.language.speakers import NOBODY, Resolved, Sources
from variorum.language.standing import SENTENCE, Standing, length_of, standing_in

DIRECT: Final = 0.9
"""Share of the words of a content that stand in quotation marks if it is direct."""
TERM: Final = 6
"""Most words of a name or term in marks."""
_ARTICLES: Final = frozenset({"the", "a", "an"})
PLAIN: Final = CueReading("neutral", "reported", (), False, "")
_HOW: Final = {
    "alone": "a quotation without a cue",
    "unmarked": "speech without a cue, by its words",
    "runs on": "the quotation of the paragraph before goes on",
    "colon": "a speaker and a colon",
    "turn": "a turn of a conversation",
}


@dataclass(slots=True)
class _Draft:
    """An attribution in the making."""

    raw: Raw
    kind: AttributionKind
    reading: CueReading
    who: Resolved
    standing: Standing | None = None
    within: int | None = None

    @property
    def start(self) -> int:
        return min(span[0] for spans in (self.raw.source, self.raw.cue, self.raw.content) for span in spans)


def attributions_of(
    reading: Reading,
    found: Sequence[Raw],
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    actors: Sequence[Actor],
    chains: Sequence[Sequence[Mention]],
) -> tuple[Attribution, ...]:
    """The attributions of a text, in the order of their first words; `found` are those that have a cue."""
    text, quotations = reading.text, reading.quotations
    sources = Sources(text, tokens, sentences, entities, actors, chains)
    found = [raw for raw in found if not _is_article(text, raw.source)]
    words = [quotation for quotation in quotations if not is_term(sources, quotation)]
    drafts = [_draft(sources, raw, words) for raw in found]
    people = [
        (m.start, m.end) for actor in actors if actor.kind != "place" for m in actor.mentions if m.kind != "pronoun"
    ]
    spoken = spoken_stretches(reading)
    drafts += [
        _standing(sources, standing, words)
        for standing in standing_in(text, sentences, quotations, found, spoken, people)
    ]
    drafts += _inner_quotations(sources, found, words)
    drafts.sort(key=lambda draft: (draft.start, draft.raw.cue, draft.raw.content))
    _nest(drafts)
    _speak(text, sources, drafts)
    return tuple(_finished(draft) for draft in drafts)


def _is_article(text: str, source: Sequence[Span]) -> bool:
    """Whether what the network takes for a source is an article alone: "the so-called group"."""
    words = [word for start, end in source for word in text[start:end].lower().split()]
    return bool(words) and words[0] in _ARTICLES and all(word in (*_ARTICLES, "so") for word in words)


def _inner_quotations(sources: Sources, found: Sequence[Raw], quotations: Sequence[Quotation]) -> Iterator[_Draft]:
    """Quotations within quotations that a word of saying introduces, if the network found none there."""
    for quotation in quotations:
        if not quotation.depth or any(
            overlap(quotation.inner, span) and quotation.start <= span[0] for raw in found for span in raw.content
        ):
            continue
        said = sources.saying_before(quotation.start)
        if said is not None and length_of(sources.text[quotation.inner_start : quotation.inner_end]) >= SENTENCE:
            yield _draft(sources, Raw(said[1], (said[0],), ((quotation.start, quotation.end),), 0.6), quotations)


def _draft(sources: Sources, raw: Raw, quotations: Sequence[Quotation]) -> _Draft:
    reading = read_cue(sources.text, sources.tokens, raw.source, raw.cue, raw.content)
    return _Draft(raw, _kind(sources, raw.content, quotations), reading, sources.of(raw.source, raw.cue))


def _standing(sources: Sources, standing: Standing, quotations: Sequence[Quotation]) -> _Draft:
    who = sources.of(standing.source, ()) if standing.source else NOBODY
    raw = Raw(standing.source, standing.cue, standing.content, standing.score)
    kind = "direct" if standing.how == "turn" else _kind(sources, standing.content, quotations)
    return _Draft(raw, kind, PLAIN, who, standing)


def _kind(sources: Sources, content: Sequence[Span], quotations: Sequence[Quotation]) -> AttributionKind:
    """Whether a content is in quotation marks; `quotations` are those that set off words, not names or terms."""
    text = sources.text
    size = sum(length_of(text[start:end]) for start, end in content)
    quoted = 0
    for start, end in content:
        at = start
        for quotation in quotations:
            low, high = max(at, quotation.inner_start), min(end, quotation.inner_end)
            if high > low:
                quoted += length_of(text[low:high])
                at = high
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT * size else "mixed"


def is_term(sources: Sources, quotation: Quotation) -> bool:
    """Whether marks set off a name or a term instead of words that are quoted.

    Those are: what is said to be so called; names ("the “Coastal Affairs” office"); and a word or two before the noun
    that they describe ("“sanctuary” cities").
    """
    text, tokens = sources.text, sources.tokens
    words = sources.within(quotation.inner)
    if not words or len(words) > TERM:
        return False
    before = text[max(0, quotation.start - 40) : quotation.start].casefold().split()
    lead = " ".join(before[-2:])
    if any(lead.endswith(phrase) for phrase in lines_of("naming.txt")):
        return True
    following = sources.within((quotation.end, quotation.end + 20))
    noun = bool(following) and tokens[following[0]].upos in ("NOUN", "PROPN")
    noun = noun and not text[quotation.end : tokens[following[0]].start].strip()
    content = [i for i in words if tokens[i].upos not in ("DET", "ADP", "CCONJ", "PART")]
    named = len(content) > 1 and all(
        text[tokens[i].start].isupper() or text[tokens[i].start].isdigit() for i in content
    )
    if named and text[quotation.inner_end - 1] not in ".,!?":
        return True
    return noun and len(words) <= 2 and all(tokens[i].upos in ("NOUN", "PROPN", "ADJ") for i in words)


def _nest(drafts: Sequence[_Draft]) -> None:
    """Find the innermost attribution in whose content each one stands."""
    sizes = [sum(end - start for start, end in draft.raw.content) for draft in drafts]
    for i, inner in enumerate(drafts):
        at = inner.raw.cue[0] if inner.raw.cue else inner.raw.content[0]
        around = [
            j
            for j, outer in enumerate(drafts)
            if j != i and sizes[j] > sizes[i] and any(s <= at[0] and at[1] <= e for s, e in outer.raw.content)
        ]
        # contents of the same size can't hold each other; a smaller one never holds a larger: no circles
        inner.within = min(around, key=lambda j: (sizes[j], j), default=None)


def _speak(text: str, sources: Sources, drafts: Sequence[_Draft]) -> None:
    """Find the speakers that only other attributions tell."""
    starts = [start for start, _ in paragraphs_of(text)]

    def paragraph(draft: _Draft) -> int:
        return bisect_right(starts, draft.start)

    for i, draft in enumerate(drafts):
        raw = draft.raw
        if sources.first_person(raw.source):
            draft.who = _first_person(drafts, draft)
        elif draft.standing is not None and not raw.source:
            draft.who = _of_standing(sources, drafts, i, paragraph(draft), paragraph)
        elif sources.is_pronoun(raw.source) and sources.sex(raw.source):
            _go_on(sources, drafts, i, paragraph)
            if not draft.who.speakers:
                before = sources.last_subject(raw.source[0][0], sources.sex(raw.source))
                draft.who = before or draft.who
        elif not any(s.actor is not None and sources.is_named(s.actor) for s in draft.who.speakers):
            _described(sources, drafts, i)


def _first_person(drafts: Sequence[_Draft], draft: _Draft) -> Resolved:
    outer = draft.within
    while outer is not None:
        if drafts[outer].who.speakers:
            return Resolved(drafts[outer].who.speakers, 0.9, "the one who is quoted")
        outer = drafts[outer].within
    return Resolved((), 0.9, "the writer speaks")


def _go_on(sources: Sources, drafts: Sequence[_Draft], i: int, paragraph: Callable[[_Draft], int]) -> None:
    """Weigh whom a pronoun for a speaker means against who spoke before.

    Nobody speaks of himself by his name: who is named in a content is not its speaker. And a text that goes on with "he
    added" goes on with the one who spoke, unless another was named since.
    """
    draft = drafts[i]
    number = paragraph(draft)
    ruled_out = bool(draft.who.speakers) and draft.kind == "direct" and _is_named_in(sources, draft)
    for other in reversed(drafts[:i]):
        if paragraph(other) < number - 1:
            break
        quoted = other.within is not None and drafts[other.within].kind == "direct"
        if quoted or not other.who.speakers:
            continue
        if other.who.speakers == draft.who.speakers:
            if not ruled_out:
                return
            continue
        if not _same_sex(sources, draft.raw.source, other.who.speakers):
            continue
        since = draft.who.speakers and not ruled_out and _mentioned_between(sources, draft, other)
        if not since and (paragraph(other) == number or ruled_out or not draft.who.speakers):
            draft.who = Resolved(other.who.speakers, 0.5, "a guess: the one who spoke before")
        return
    if ruled_out:
        draft.who = Resolved((), 0.5, "whom the pronoun means is not clear")


def _is_named_in(sources: Sources, draft: _Draft) -> bool:
    """Whether a content names the one who is taken for its speaker."""
    return any(
        mention.kind == "name" and any(s <= mention.start and mention.end <= e for s, e in draft.raw.content)
        for speaker in draft.who.speakers
        if speaker.actor is not None
        for mention in sources.actors[speaker.actor].mentions
    )


def _mentioned_between(sources: Sources, draft: _Draft, other: _Draft) -> bool:
    """Whether the text speaks of those whom a pronoun is taken for after another speaker, outside of what he says."""
    actors = [speaker.actor for speaker in draft.who.speakers if speaker.actor is not None]
    first = (
        max(end for spans in (other.raw.source, other.raw.cue) for _, end in spans) if other.raw.cue else other.start
    )
    at = draft.raw.source[0][0]
    return any(
        first <= mention.start < at and not any(s <= mention.start < e for s, e in other.raw.content)
        for actor in actors
        for mention in sources.actors[actor].mentions
    )


def _described(sources: Sources, drafts: Sequence[_Draft], i: int) -> None:
    """Take "the diplomat" for the one person who has spoken so far, if there is only one."""
    draft = drafts[i]
    if not draft.raw.source or not sources.is_definite_person(draft.raw.source):
        return
    before = {other.who.speakers for other in drafts[:i] if other.kind != "indirect" and other.who.speakers}
    if len(before) == 1 and _same_sex(sources, draft.raw.source, speakers := before.pop()):
        draft.who = Resolved(speakers, 0.5, "a guess: the only one who is quoted before")
    else:
        draft.who = sources.protagonist(draft.raw.source) or draft.who


def _same_sex(sources: Sources, source: Sequence[Span], speakers: Sequence[Speaker]) -> bool:
    if len(speakers) != 1 or speakers[0].actor is None or sources.actors[speakers[0].actor].kind != "person":
        return False
    said, known = sources.sex(source), sources.sex_of(speakers[0].actor)
    return not said or not known or said == known


def _of_standing(
    sources: Sources, drafts: Sequence[_Draft], i: int, number: int, paragraph: Callable[[_Draft], int]
) -> Resolved:
    """Whose a quotation is that has no cue: that of what it goes on from, or of the paragraph that it stands in."""
    draft = drafts[i]
    assert draft.standing is not None
    start = draft.start
    if draft.standing.before is not None:
        for other in drafts:
            if other is not draft and any(s <= draft.standing.before < e for s, e in other.raw.content):
                return Resolved(other.who.speakers, 0.9 * other.who.score, "the quotation goes on")
    before = sources.text[:start].rstrip()
    if before.endswith(":"):
        found = sources.subject_before(len(before) - 1)
        if found.speakers:
            return found
    signed = _signature(sources, draft)
    if signed is not None:
        return signed
    for other in reversed(drafts[:i]):
        if paragraph(other) == number and other.who.speakers and other.within is None:
            return Resolved(other.who.speakers, 0.75 * other.who.score, "the speaker of the same paragraph")
    for other in drafts[i + 1 :]:
        if paragraph(other) != number:
            break
        if other.who.speakers and other.within is None and other.kind != "indirect":
            return Resolved(other.who.speakers, 0.65 * other.who.score, "the speaker of the same paragraph")
    for other in reversed(drafts[:i]):
        if paragraph(other) < number - 1:
            break
        if other.who.speakers and other.within is None and other.kind != "indirect":
            return Resolved(other.who.speakers, 0.5 * other.who.score, "a guess: the speaker of the paragraph before")
    return Resolved((), 0.5, "the text does not tell who speaks")


def _signature(sources: Sources, draft: _Draft) -> Resolved | None:
    """Whose name stands alone behind or below a quotation."""
    end = max(end for _, end in draft.raw.content)
    paragraphs = [(low, high) for low, high in paragraphs_of(sources.text) if high > end][:2]
    for low, high in paragraphs:
        low = max(low, end)
        if sources.text[low:high].strip():
            return sources.signature(low, high)
    return None


def _finished(draft: _Draft) -> Attribution:
    reasons = [_HOW[draft.standing.how]] if draft.standing else []
    reasons += [reason for reason in (draft.who.reason, draft.reading.reason) if reason]
    return Attribution(
        draft.kind,
        draft.raw.source,
        draft.raw.cue,
        draft.raw.content,
        draft.who.speakers,
        draft.reading.hedges,
        # who denies something says that it is not so; who does not deny it says neither
        draft.reading.negated != (draft.reading.stance == "denying"),
        draft.reading.stance,
        draft.reading.modality,
        draft.within,
        round(draft.raw.score * draft.who.score, 3),
        "; ".join(reasons) or "a cue with its source and content",
    )
