"""The language of a text, told from its words.

The method is that of langid (Lui and Baldwin 2012, "langid.py: An off-the-shelf language identification tool"), in the
py3langid package: a naive Bayes classifier over byte sequences. It is deterministic and needs no network.
"""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SHORTEST = 40
"""Letters below which a language is a guess."""

SAMPLE = 3000
"""Code points that are looked at; ten times as many changed no answer for 1,000 tuning articles (AllSides)."""

PIECES = 6
"""Pieces that the sample is taken from, evenly through the text, so that a foreign quotation doesn't decide."""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> tuple[str, float] | None:
    """Return the ISO 639-1 code of the language of ``text`` and how sure that is (0 to 1); None if it is too short."""
    sample = _sample(text)
    if sum(1 for c in sample if c.isalpha()) < SHORTEST:
        return None
    code, score = _identifier().classify(sample)
    return str(code), round(min(1.0, float(score)), 4)


def _sample(text: str) -> str:
    """Return pieces of ``text``, evenly spread and together no longer than :data:`SAMPLE`, cut at white space."""
    if len(text) <= SAMPLE:
        return text
    size = SAMPLE // PIECES
    step = (len(text) - size) // (PIECES - 1)
    pieces = []
    for low in range(0, len(text) - size + 1, step):
        words = text[low : low + size].split(maxsplit=1)
        pieces.append(words[-1] if words else "")
    return " ".join(pieces)
