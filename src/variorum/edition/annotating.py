"""Annotations as an edition keeps them: one blob for each document, in offsets of the stored text.

The language stage reads a document's reading text; what it finds is moved to the stored text here, through the one map
between the two. A span goes to the smallest stored stretch that holds it: a name with mark-up inside keeps the signs,
and a mended word is one token over its broken form. (A mended word that is two syntactic words, such as "do" and "n't",
gives two tokens over the same stretch.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from itertools import accumulate, chain, pairwise
from typing import Any

from variorum.edition.coding import pack, unpack
from variorum.language.annotation import Actor, Annotation, Attribution, Entity, Mention, Speaker, Timed, Token
from variorum.language.times import Found, Meaning
from variorum.records import ReadingText, Rejection

TROUBLE = b"!"
"""What the journal's record of a text that could not be annotated begins with; compressed data never does."""


def in_stored(annotation: Annotation, reading: ReadingText) -> Annotation:
    """Return an annotation of ``reading.text`` in offsets of the stored text."""

    def stored(start: int, end: int) -> tuple[int, int]:
        span = reading.to_stored(start, end)
        return span.start, span.end

    def mentions(found: Iterable[Mention]) -> tuple[Mention, ...]:
        return tuple(Mention(*stored(m.start, m.end), m.kind, m.score) for m in found)

    def spans(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple(stored(*span) for span in found)

    return Annotation(
        sentences=tuple(stored(*span) for span in annotation.sentences),
        tokens=tuple(Token(*stored(t.start, t.end), t.upos, t.lemma, t.head, t.deprel) for t in annotation.tokens),
        entities=tuple(Entity(*stored(e.start, e.end), e.type, e.actor, e.score) for e in annotation.entities),
        actors=tuple(Actor(a.name, a.kind, mentions(a.mentions)) for a in annotation.actors),
        chains=tuple(mentions(found) for found in annotation.chains),
        attributions=tuple(
            replace(a, source=spans(a.source), cue=spans(a.cue), content=spans(a.content), hedges=spans(a.hedges))
            for a in annotation.attributions
        ),
        times=tuple(replace(t, found=_at(t.found, *stored(t.found.start, t.found.end))) for t in annotation.times),
    )


def _at(found: Found, start: int, end: int) -> Found:
    return replace(found, start=start, end=end)


def pack_annotation(annotation: Annotation) -> bytes:
    """Return an annotation as compressed JSON, in columns; starts are told by how far they are from the one before."""
    tokens = annotation.tokens
    upos, deprels, lemmas = (_Index() for _ in range(3))
    return pack({
        "sentences": [_apart(s for s, _ in annotation.sentences), [e - s for s, e in annotation.sentences]],
        "tokens": [
            _apart(t.start for t in tokens),
            [t.end - t.start for t in tokens],
            [upos.of(t.upos) for t in tokens],
            [lemmas.of(t.lemma) for t in tokens],
            [None if t.head < 0 else t.head - i for i, t in enumerate(tokens)],
            [deprels.of(t.deprel) for t in tokens],
        ],
        "upos": list(upos.known),
        "lemmas": list(lemmas.known),
        "deprels": list(deprels.known),
        "entities": [[e.start, e.end, e.type, e.actor, e.score] for e in annotation.entities],
        "actors": [[a.name, a.kind, _rows(a.mentions)] for a in annotation.actors],
        "chains": [_rows(found) for found in annotation.chains],
        "attributions": [_attribution_row(a) for a in annotation.attributions],
        "times": [_time_row(t) for t in annotation.times],
    })  # fmt: skip


def unpack_annotation(data: bytes) -> Annotation:
    """Return what :func:`pack_annotation` packed."""
    found = unpack(data)
    starts, lengths, upos, lemmas, heads, deprels = found["tokens"]
    tokens = tuple(
        Token(
            start,
            start + length,
            found["upos"][tag],
            found["lemmas"][lemma],
            -1 if head is None else i + head,
            found["deprels"][deprel],
        )
        for i, (start, length, tag, lemma, head, deprel) in enumerate(
            zip(accumulate(starts), lengths, upos, lemmas, heads, deprels, strict=True)
        )
    )
    begins, sizes = found["sentences"]
    return Annotation(
        sentences=tuple((s, s + n) for s, n in zip(accumulate(begins), sizes, strict=True)),
        tokens=tokens,
        entities=tuple(Entity(*e) for e in found["entities"]),
        actors=_actors(found),
        chains=tuple(_mentions(rows) for rows in found["chains"]),
        attributions=_attributions(found),
        times=_times(found),
    )


def unpack_situation(data: bytes) -> tuple[tuple[Actor, ...], tuple[Attribution, ...], tuple[Timed, ...]]:
    """Return the actors, attributions and times of what :func:`pack_annotation` packed, without its words."""
    found = unpack(data)
    return _actors(found), _attributions(found), _times(found)


def unpack_sentences(data: bytes) -> tuple[tuple[int, int], ...]:
    """Return the sentences of what :func:`pack_annotation` packed, without its words."""
    begins, sizes = unpack(data)["sentences"]
    return tuple((start, start + size) for start, size in zip(accumulate(begins), sizes, strict=True))


def unpack_cast(data: bytes) -> tuple[Actor, ...]:
    """Return the actors of what :func:`pack_annotation` packed, without its words.

    The score of a mention by name is the least of two: how sure the name is, and how sure the link.
    """
    found = unpack(data)
    names = {(start, end): score for start, end, _, _, score in found["entities"]}
    return tuple(
        replace(
            actor,
            mentions=tuple(
                replace(m, score=min(m.score, names.get((m.start, m.end), 1.0))) if m.kind == "name" else m
                for m in actor.mentions
            ),
        )
        for actor in _actors(found)
    )


def pack_trouble(why: str) -> bytes:
    """Return what the journal keeps of a text that could not be annotated."""
    return TROUBLE + why.encode("utf-8", "backslashreplace")


def outdated(connection: sqlite3.Connection, code: str) -> Iterator[tuple[int, str, bytes]]:
    """Yield the row number, reading text and packed map of each document that may want a new annotation.

    ``code`` is the language stage's, see :func:`variorum.recipes.language_code`. A document is passed over, without a
    look at its text, if its annotation was found to fit what it was settled to under the same code.
    """
    rows = connection.execute(
        "SELECT n FROM documents WHERE annotated != settled || ' ' || ? ORDER BY id", [code]
    ).fetchall()
    for row in rows:
        yield connection.execute(
            "SELECT n, text, map FROM documents JOIN readings ON document = n WHERE n = ?", [row["n"]]
        ).fetchone()


def fits(connection: sqlite3.Connection, n: int, recipe: str, code: str) -> bool:
    """Tell whether the document in row ``n`` has the annotation of ``recipe``, from the edition or from its journal.

    If so, it is put in its place and kept in mind for :func:`outdated`.
    """
    row = connection.execute("SELECT 1 FROM annotations WHERE document = ? AND recipe = ?", [n, recipe]).fetchone()
    if row is None:
        made = connection.execute("SELECT data FROM journal WHERE stage = 'language' AND recipe = ?", [recipe])
        journal = made.fetchone()
        if journal is None:
            return False
        data = journal["data"]
        trouble = data[len(TROUBLE) :].decode() if data.startswith(TROUBLE) else ""
        connection.execute(
            "INSERT OR REPLACE INTO annotations VALUES (?, ?, ?, ?)", [n, recipe, trouble, b"" if trouble else data]
        )
    connection.execute("UPDATE documents SET annotated = settled || ' ' || ? WHERE n = ?", [code, n])
    return True


def troubles(connection: sqlite3.Connection) -> list[Rejection]:
    """Return the documents that could not be annotated, with why."""
    rows = connection.execute(
        """SELECT path, line, trouble FROM annotations JOIN documents ON n = document
           WHERE trouble != '' ORDER BY path, line, key"""
    )
    return [Rejection(*row) for row in rows]


class _Index:
    """Numbers words in the order in which they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, word: str) -> int:
        return self.known.setdefault(word, len(self.known))


def _apart(starts: Iterable[int]) -> list[int]:
    return [b - a for a, b in pairwise(chain((0,), starts))]


def _rows(mentions: Sequence[Mention]) -> list[list[Any]]:
    return [[m.start, m.end, m.kind, m.score] for m in mentions]


def _mentions(rows: Iterable[Sequence[Any]]) -> tuple[Mention, ...]:

    return tuple(Mention(*row) for row in rows)


def _actors(found: Any) -> tuple[Actor, ...]:

    return tuple(Actor(name, kind, _mentions(mentions)) for name, kind, mentions in found["actors"])


def _time_row(t: Timed) -> list[Any]:
    return [t.found.start, t.found.end, t.found.type, t.found.mod, meaning_row(t.found.meaning), t.about]


def meaning_row(meaning: Meaning) -> list[Any]:
    """The fields of what a time expression says, in order."""
    return list(astuple(meaning))


def _times(found: Any) -> tuple[Timed, ...]:
    return tuple(
        Timed(Found(start, end, type, mod, Meaning(*meaning)), tuple((word, apart) for word, apart in about))
        for start, end, type, mod, meaning, about in found.get("times", ())
    )


def _attribution_row(a: Attribution) -> list[Any]:
    return [
        *(a.kind, a.source, a.cue, a.content, [[s.name, s.actor] for s in a.speakers], a.hedges, int(a.negated)),
        *(a.stance, a.modality, a.within, a.score, a.reason),
    ]


def _attributions(found: Any) -> tuple[Attribution, ...]:
    def spans(rows: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in rows)

    return tuple(
        Attribution(
            kind,
            spans(source),
            spans(cue),
            spans(content),
            tuple(Speaker(name, actor) for name, actor in speakers),
            spans(hedges),
            bool(negated),
            *rest,
        )
        for kind, source, cue, content, speakers, hedges, negated, *rest in found.get("attributions", ())
    )
