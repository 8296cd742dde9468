"""Speech that no cue goes with: quotations that stand alone or run on, headlines with a colon, turns of an interview.

PolNeAR, which the network learned from, marks none of these, so they are read off the signs: quotation marks, colons
and the ends of paragraphs. Whatever else stands in quotation marks (titles, names, words held at a distance) is left
alone.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import regex

from variorum.language.annotation import Span
from variorum.language.attribution_spans import MOSTLY, Raw, Spoken, merged, overlap
from variorum.language.quotations import Quotation, paragraphs_of

_WORD: Final = regex.compile(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)?")
_TURN: Final = regex.compile(
    r"(?P<who>Q|A|[\p{Lu}][\p{L}\p{M}.'’\-]*(?:\s+(?:[\p{Lu}][\p{L}\p{M}.'’\-]*|de|la|van|von|al|bin|of)){0,4})\s*:\s+(?=\S)"
)
_ENDS: Final = ".!?…,;—–-"
SENTENCE: Final = 3
"""Least words of a quotation that stands alone."""
HEADLINE: Final = 200
"""Most characters of a paragraph that can be a headline."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Speech without a cue."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    """The words before a colon; none elsewhere."""
    cue: tuple[Span, ...]
    """The colon, if there is one."""
    how: Literal["alone", "runs on", "colon", "turn", "unmarked"]
    before: int | None
    """For what runs on: where the quotation begins that it goes on from."""
    score: float


def length_of(words: str) -> int:
    """How many words there are."""
    return len(_WORD.findall(words))


def standing_in(
    text: str,
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    attributions: Sequence[Raw],
    spoken: Sequence[Spoken],
    people: Sequence[Span],
) -> Iterator[Standing]:
    """Speech that belongs to no attribution with a cue; `people` are the mentions of whoever can speak."""
    paragraphs = list(paragraphs_of(text))
    turns = list(_turns(text, paragraphs, people))
    taken = [span for turn in turns for span in turn.content]
    contents = sorted(span for row in attributions for span in row.content)
    yield from turns
    for start, end in paragraphs:
        headline = _headline(text, start, end, people)
        if headline and not any(overlap(headline.content[0], span) for span in (*contents, *taken)):
            taken += headline.content
            yield headline
    for number, quotation in enumerate(quotations):
        if any(overlap(quotation.inner, span) for span in taken):
            continue
        inner = quotation.inner_end - quotation.inner_start
        inside = sum(overlap(quotation.inner, span) for span in merged(contents))
        if inside >= MOSTLY * inner or quotation.depth:
            continue
        said = sum(overlap(quotation.inner, (s.start, s.end)) for s in spoken)
        words = length_of(text[quotation.inner_start : quotation.inner_end])
        alone = _is_sentence(text, sentences, quotation)
        whole = ((quotation.start, quotation.end),)
        if quotation.continues and number:
            yield Standing(whole, (), (), "runs on", quotations[number - 1].start, 0.9)
        elif alone and words >= SENTENCE:
            yield Standing(whole, (), (), "alone", None, 0.8 if said else 0.65)
        elif said >= MOSTLY * inner and words >= SENTENCE:
            yield Standing(whole, (), (), "alone", None, 0.6)
        else:
            continue
        taken += whole
    for stretch in spoken:
        span = (stretch.start, stretch.end)
        free = not any(overlap(span, other) for other in (*contents, *taken))
        if free and length_of(text[span[0] : span[1]]) >= SENTENCE:
            yield Standing((span,), (), (), "unmarked", None, 0.6)


def _is_sentence(text: str, sentences: Sequence[Span], quotation: Quotation) -> bool:
    """Whether a quotation is a sentence or more, with nothing around it that is not quoted."""
    words = text[quotation.inner_start : quotation.inner_end].rstrip()
    after = text[quotation.end : quotation.end + 1]
    if not words or (words[-1] not in _ENDS and after not in (".", "!", "?")):
        return False
    number = bisect_right([start for start, _ in sentences], quotation.start) - 1
    before = text[sentences[number][0] : quotation.start].strip() if number >= 0 else ""
    last = bisect_right([start for start, _ in sentences], quotation.end - 1) - 1
    behind = text[quotation.end : max(quotation.end, sentences[last][1])].strip(" .\n\t") if last >= 0 else ""
    return not before.strip("\"'“”‘’") and not behind.strip("\"'“”‘’")


def _names_someone(span: Span, people: Sequence[Span]) -> bool:
    """Whether a stretch is mostly the name or description of somebody."""
    return any(overlap(span, other) >= 0.6 * (span[1] - span[0]) for other in people)


def _headline(text: str, start: int, end: int, people: Sequence[Span]) -> Standing | None:
    """A headline such as "Minister: Talks must go on", with the speaker in front or behind."""
    line = text[start:end].rstrip()
    if len(line) > HEADLINE or line.endswith(".") or line.count(":") != 1:
        return None
    colon = start + line.index(":")
    first, second = _trimmed(text, start, colon), _trimmed(text, colon + 1, start + len(line))
    if length_of(text[first[0] : first[1]]) < 1 or length_of(text[second[0] : second[1]]) < 1:
        return None
    for source, content in ((first, second), (second, first)):
        if length_of(text[content[0] : content[1]]) >= SENTENCE and _names_someone(source, people):
            if length_of(text[source[0] : source[1]]) > 8 or _names_someone(content, people):
                continue
            return Standing((content,), (source,), ((colon, colon + 1),), "colon", None, 0.7)
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _turns(text: str, paragraphs: Sequence[Span], people: Sequence[Span]) -> Iterator[Standing]:
    """Turns of an interview or a transcript: "Q:" and "A:", or names that come back in front of colons."""
    found = []
    for start, end in paragraphs:
        match = _TURN.match(text, start, end)
        if match:
            found.append((match.span("who"), match.end(), _trimmed(text, match.end(), end)))
    heads = Counter(text[who[0] : who[1]] for who, _, _ in found)
    for who, _, content in found:
        words = text[who[0] : who[1]]
        asked = words in ("Q", "A") and heads["Q"] and heads["A"]
        if not asked and (heads[words] < 2 or len(heads) < 2):
            continue
        if not asked and not (words.isupper() or _names_someone(who, people)):
            continue
        colon = text.index(":", who[1])
        if content[1] > content[0]:
            yield Standing((content,), (who,), ((colon, colon + 1),), "turn", None, 0.85)
