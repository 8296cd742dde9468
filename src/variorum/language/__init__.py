"""One document at a time: sentences, words, parse, names and who is meant by each mention."""

from variorum.language.annotation import Actor, Annotation, Entity, Mention, Token
from variorum.language.annotator import annotate, annotate_all

__all__ = ["Actor", "Annotation", "Entity", "Mention", "Token", "annotate", "annotate_all"]
