"""One document at a time: sentences, words, parse, names and who is meant by each mention.

What annotates loads the networks' runtime, which takes longer than most commands that have no use for it; so it is
imported when it is first asked for. The records of :mod:`variorum.language.annotation` cost nothing.
"""

from typing import TYPE_CHECKING, Any

from variorum.language.annotation import Actor, Annotation, Entity, Mention, Token

if TYPE_CHECKING:
    from variorum.language.annotator import annotate, annotate_all

__all__ = ["Actor", "Annotation", "Entity", "Mention", "Token", "annotate", "annotate_all"]


def __getattr__(name: str) -> Any:
    if name in ("annotate", "annotate_all"):
        from variorum.language import annotator

        return getattr(annotator, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
