"""Actors across documents: who is meant, under all the names that the corpus has for them.

Precision comes first. Two actors are one if they bear the same full name, or forms of one full name that nobody else
in the corpus could bear ("Nicolás Maduro Moros", "N. Maduro"), or if one bears a short form, a surname or an acronym
that a document spells out, of which the corpus holds one bearer. Two people who share a surname are never joined, nor
people whose given names differ; a short form that several could bear stays with its own document unless a title or a
post tells. Bodies are one if they are the same body of the same state or person ("the US government", "the government
of the United States"). A capital or palace that acts ("Moscow", "the Kremlin") is the state's; as a place it stays a
place. Who has no name, and is no body, is nobody else's. Pairs that may be one are left to an editor.
"""

from variorum.situation.actors.local import CorpusActor, LocalActor, Resolution, Tie, Undecided
from variorum.situation.actors.resolving import resolve, resolve_all
from variorum.situation.actors.settling import Ruling, Settled, settled

__all__ = [
    "CorpusActor",
    "LocalActor",
    "Resolution",
    "Ruling",
    "Settled",
    "Tie",
    "Undecided",
    "resolve",
    "resolve_all",
    "settled",
]
