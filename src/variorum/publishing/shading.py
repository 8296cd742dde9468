"""Who says what on a page: the stretches of a text that are shaded, and whose name stands at their margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.edition.dates import Time
from variorum.edition.quotes import By, Quote
from variorum.publishing.time_words import is_doubtful, time_words
from variorum.records import Span

MOST_TIMES = 3000
"""Time expressions that a page marks, so that it stays below a megabyte."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The mark at the margin where a quote begins."""

    quote: Quote
    """The quote."""
    words: str
    """Who says it, through whom, in short."""
    told: str
    """The same in full, for whoever does not see the margin."""
    depth: int
    """How many attributions are around it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a time expression means."""

    words: str
    """In words, with what it is counted from."""
    day: str | None
    """The day or the month that it names, in ISO 8601; None where it names neither."""
    doubtful: bool
    """Whether it is to be shown with doubt."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch of the text that is shown differently, because somebody says it or because it says so."""

    start: int
    """First code point in the stored text."""
    end: int
    """One past the last one."""
    kind: str
    """``direct``, ``mixed`` or ``indirect`` for what is said; ``cue``, ``hedge``; ``time``."""
    voice: Voice | None = None
    """The mark that stands where it begins."""
    time: Told | None = None
    """What it means, if it is a time expression."""


@dataclass(frozen=True, slots=True)
class Shading:
    """The shades of a page, and the quotes that they come from."""

    shades: Sequence[Shade] = ()
    """In the order of the text, the longer of two that begin together first."""
    quotes: Sequence[Quote] = ()
    """The quotes that begin on the page."""


def shading_of(quotes: Sequence[Quote], shown: Span, times: Sequence[Time] = ()) -> Shading:
    """Return the shading of the page that shows ``shown`` of a text; ``times`` are the time expressions of the text."""
    shades: list[Shade] = []
    here = [quote for quote in quotes if any(span.overlaps(shown) for span in quote.content)]
    for quote in here:
        voice = Voice(quote, speakers_in_short(quote), chain_in_words(quote), len(quote.via))
        for number, span in enumerate(quote.content):
            if span.overlaps(shown):
                begins = voice if not number and span.start >= shown.start else None
                shades.append(Shade(max(span.start, shown.start), min(span.end, shown.end), quote.kind, begins))
        marks = [*((span, "cue") for span in quote.cue), *((span, "hedge") for span in quote.hedges)]
        shades += [Shade(span.start, span.end, kind) for span, kind in marks if span.overlaps(shown)]
    told = [time for time in times if time.start < time.end and time.span.overlaps(shown)][:MOST_TIMES]
    shades += [
        Shade(time.start, time.end, "time", time=Told(time_words(time), time.day, is_doubtful(time))) for time in told
    ]
    shades.sort(key=lambda shade: (shade.start, -shade.end, shade.kind))
    return Shading(shades, here)


def speakers_in_short(quote: Quote) -> str:
    """Return who says a quote, for a margin."""
    names = [by.name for by in quote.speakers]
    if not names:
        return "?"
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


def chain_in_words(quote: Quote) -> str:
    """Return the whole chain of a quote, the outermost first: "the Post: claim › Mike Pompeo"."""
    links = [f"{_names(link.speakers)}: {link.cue}".strip(": ") for link in reversed(quote.via)]
    own = _names(quote.speakers)
    return " › ".join(
        [*links, f"{own} ({'not said' if quote.negated and quote.modality != 'denied' else quote.modality})"]
    )


def _names(speakers: Sequence[By]) -> str:
    return ", ".join(by.name for by in speakers) or "somebody"
