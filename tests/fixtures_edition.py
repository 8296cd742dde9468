"""Small editions for tests of the pages, written with the edition's own writing functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from variorum.edition import annotating, file, writing
from variorum.edition.annotating import pack_annotation, pack_trouble
from variorum.edition.writing import DocumentRow, FileRow
from variorum.language import Actor, Annotation, Entity, Mention, Token
from variorum.language.annotation import ActorKind, MentionKind
from variorum.records import (
    Clue,
    DateInterval,
    Dateline,
    Document,
    ReadingText,
    ReadItem,
    Rejection,
    Repair,
    Zone,
    ZoneKind,
    document_id,
)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
"""What must never reach a page as mark-up."""

WEIRD = (
    "A\r\nB\rC \u202eright to left\u202c \u05d0\u05d1 e\u0301 \U0001f469\u200d\U0001f4bb <b>&amp;</b>"
    "\x0c\u00a0\u2028end"
)
"""Text with everything in it that could move an offset."""


@dataclass
class Told:
    """A document to put into a test edition."""

    path: str
    parts: Sequence[tuple[ZoneKind | None, str]]
    """Zones with their text; None for what lies between zones."""
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    editor: str | None = None
    url: str | None = None
    place: str | None = None
    agency: str | None = None
    language: str | None = "en"
    published: DateInterval = field(default_factory=DateInterval)
    broken: Sequence[tuple[str, str]] = ()
    """Broken words with their mended forms."""
    clues: Sequence[Clue] = ()
    line: int | None = None
    reason: str = "from what the text says of itself"
    zone_reason: str = "it looks like one"
    cast: Sequence[tuple[str, ActorKind, Sequence[tuple[str, MentionKind, float]]]] = ()
    """Actors: name, kind, and mentions in the order of the text, each with its words and how sure it is."""
    trouble: str = ""
    """Why it could not be annotated."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = document_id(self.path, "" if self.line is None else str(self.line))

    @property
    def text(self) -> str:
        return "".join(words for _, words in self.parts)

    def document(self) -> Document:
        zones, at = [], 0
        for kind, words in self.parts:
            if kind is not None:
                zones.append(Zone(at, at + len(words), kind, 0.9, self.zone_reason))
            at += len(words)
        repairs = []
        for broken, mended in self.broken:
            start = self.text.index(broken)
            repairs.append(Repair(start, start + len(broken), mended, "space", 0.98, "the whole is a word"))
        return Document(
            self.id,
            self.path,
            "" if self.line is None else str(self.line),
            self.line,
            hashlib.sha256(self.text.encode("utf-8")).hexdigest(),
            self.text,
            self.title,
            self.outlet,
            self.author,
            self.editor,
            self.url,
            Dateline(self.place, self.agency),
            self.language,
            self.published,
            tuple(zones),
            tuple(sorted(repairs, key=lambda r: r.start)),
            tuple(self.clues),
            0.8,
            self.reason,
        )


def annotation(told: Told) -> Annotation:
    """Return an annotation with the cast that is told; each line is a sentence, each run without spaces a word."""
    text, sentences = told.text, []
    tokens: list[Token] = []
    for line in re.finditer(r"\S[^\n]*", text):
        sentences.append(line.span())
        root = len(tokens)
        for word in re.finditer(r"\S+", line.group()):
            start, end = line.start() + word.start(), line.start() + word.end()
            head = root if len(tokens) > root else -1
            tokens.append(Token(start, end, "X", word.group().lower(), head, "dep" if head >= 0 else "root"))
    actors: list[Actor] = []
    entities: list[Entity] = []
    for name, kind, places in told.cast:
        at, mentions = 0, []
        for words, how, score in places:
            start = text.index(words, at)
            mentions.append(Mention(start, start + len(words), how, score))
            at = start + 1
        entities += [Entity(m.start, m.end, "PER", len(actors), 0.9) for m in mentions if m.kind == "name"]
        actors.append(Actor(name, kind, tuple(mentions)))
    entities.sort(key=lambda e: e.start)
    chains = tuple(a.mentions for a in actors if len(a.mentions) > 1)
    return Annotation(tuple(sentences), tuple(tokens), tuple(entities), tuple(actors), chains)


def day(best: str, reliable: bool = True) -> DateInterval:
    return DateInterval(best, best, best, "day", "field", reliable, ("a field says so",))


def write_edition(
    path: Path,
    told: Iterable[Told],
    rejected: Iterable[Rejection] = (),
    notices: Iterable[Rejection] = (),
) -> Path:
    """Write an edition of the documents that are told; return its path."""
    connection = file.create(path)
    with file.transaction(connection):
        for one in told:
            document = one.document()
            content = document.text.encode("utf-8")
            writing.store_original(connection, document.sha256, [content])
            writing.put_file(connection, FileRow(one.path, len(content), document.sha256, "test"))
            row = DocumentRow(one.id, one.path, one.path, document.key, one.line, document.sha256, one.id)
            writing.put_document(
                connection, row, ReadItem(document.text, document.zones, document.repairs, (), document.clues)
            )
            n = connection.execute("SELECT n FROM documents WHERE id = ?", [one.id]).fetchone()["n"]
            reading = ReadingText.of(document.text, document.zones, (), document.repairs)
            writing.put_settled(connection, n, document, reading, "test")
            if one.cast or one.trouble:
                data = pack_trouble(one.trouble) if one.trouble else pack_annotation(annotation(one))
                writing.put_journal(connection, "language", one.id, data)
                assert annotating.fits(connection, n, one.id, "test")
        writing.clear_journal(connection, "language")
        for rejection in rejected:
            writing.put_rejected(connection, None, rejection)
        for notice in notices:
            writing.put_notice(connection, None, notice)
        writing.put_meta(connection, "complete", "1")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


HARBOUR = Told(
    "courier/harbour.txt",
    [
        ("furniture", "Skip to main content"),
        (None, "\n\n"),
        ("heading", "Harbour council splits over the two mayors"),
        (None, "\n\n"),
        ("byline", "By Ines Falk, harbour correspondent"),
        (None, "\n"),
        ("credit", "Photo: Ulf Marten / Coast Pictures"),
        (None, "\n"),
        ("caption", "The old customs house, seat of the council since May"),
        (None, "\n\n"),
        ("dateline", "PORT ELDER (Coast Wire) — "),
        (
            "body",
            "The harbour council split on Thursday over the question of who is mayor of Port Elder, and neither "
            "side would leave the chamber.\n\nMara Oskin, who was sworn in by the old council, said that the interi m "
            "go vernment of the port “has no seat and no seal”. Her rival, Tom Varga, told reporters that the vote of "
            "3 June stood.\n\nNine of the fourteen wards recognise Ms Oskin; four hold with Mr Varga.",
        ),
        (None, "\n\n"),
        ("furniture", "Share this story\nFacebook  Twitter  E-mail"),
        (None, "\n"),
        ("furniture", "Sign up for our morning letter"),
        (None, "\n"),
    ],
    title="Harbour council splits over the two mayors",
    outlet="The Elder Courier",
    author="Ines Falk",
    url="https://courier.example/harbour?id=1&x=2",
    place="PORT ELDER",
    agency="Coast Wire",
    published=day("2019-06-06"),
    broken=[("interi m", "interim"), ("go vernment", "government")],
    clues=[
        Clue("outlet", "The Elder Courier", "field", 0.97, "the field “site” names it"),
        Clue("outlet", "Coast Wire", "dateline", 0.4, "the dateline names this agency", 181, 191),
        Clue("published", "2019-06-06", "field", 0.97, "the field “date” says so"),
        Clue("published", "XXXX-06-03", "dateline", 0.3, "the text names this day"),
        Clue("author", "Ines Falk", "byline", 0.9, "a line that begins with “By”", 67, 76),
        Clue("place", "PORT ELDER", "dateline", 0.9, "capitals before an agency and a dash"),
        Clue("credit", "Coast Pictures", "credit", 0.8, "a picture credit names it"),
    ],
    cast=[
        ("Port Elder", "place", [("Port Elder", "name", 1.0), ("the port", "nominal", 0.55)]),
        ("Mara Oskin", "person", [("Mara Oskin", "name", 1.0), ("Her", "pronoun", 0.8), ("Ms Oskin", "name", 0.5)]),
        (
            "Tom Varga",
            "person",
            [
                ("mayor of Port Elder", "nominal", 1.0),
                ("Her rival", "nominal", 0.7),
                ("Tom Varga", "name", 0.9),
                ("Mr Varga", "name", 0.9),
            ],
        ),
        ("the interim government of the port", "group", [("interi m go vernment of the port", "nominal", 1.0)]),
        ("The customs house", "place", [("customs house", "name", 1.0)]),
    ],
)

MIRROR = Told(
    "mirror.jsonl",
    [
        ("heading", "El consejo se divide"),
        (None, "\r\n\r\n"),
        ("body", "El consejo del puerto se dividió el jueves. La señora Oskin reconoce a nueve distritos del puerto."),
    ],
    title="El consejo se divide",
    outlet="Espejo del Sur",
    language="es",
    cast=[("Oskin", "person", [("Oskin", "name", 1.0)])],
    published=DateInterval("2019-06-01", "2019-06-30", "2019-06-15", "month", "text", False, ("the text says June",)),
    line=3,
)

UNDATED = Told(
    "loose/no date.txt",
    [("body", "Nobody knows when the harbour council met, or who was there. The mayor did not say.")],
    published=DateInterval("2019-09-18", None, None, "unknown", "text", False, ("it names 18 September 2019",)),
)

NOTHING = Told("loose/bare.txt", [("body", "harbour")], language=None)

ODD = Told(
    f"odd/{HOSTILE.replace('/', '')}.txt",
    [
        ("heading", HOSTILE),
        (None, "\r\n \t\r\n"),
        ("body", WEIRD),
        (None, "\n\n\n"),
        ("caption", f"harbour {HOSTILE} bro ken\n\nsecond line\n"),
        (None, "outside all zones"),
    ],
    title=HOSTILE,
    outlet=HOSTILE,
    author=HOSTILE,
    editor=HOSTILE,
    url="javascript:alert(3)",
    place=HOSTILE,
    agency=HOSTILE,
    language='x" onload="alert(4)',
    published=DateInterval("2020-01-01", "2020-12-31", "2020-07-01", "year", HOSTILE, False, (HOSTILE,)),
    broken=[("bro ken", HOSTILE)],
    cast=[
        (HOSTILE, "person", [(HOSTILE, "name", 0.1), (HOSTILE[:9], "name", 1.0), ("ro k", "pronoun", 0.1)]),
        ("A\r\nB", "group", [("A\r\nB\rC", "nominal", 1.0)]),
    ],
    clues=[Clue("outlet", HOSTILE + "2", HOSTILE, 0.2, HOSTILE), Clue("credit", HOSTILE, HOSTILE, 0.2, HOSTILE)],
    reason=HOSTILE,
    zone_reason=HOSTILE,
)

ALL = (HARBOUR, MIRROR, UNDATED, NOTHING, ODD)

REJECTED = (
    Rejection("broken.json", 12, "the line is no JSON: a quote is missing"),
    Rejection(f"bad/{HOSTILE}", None, f"nothing in it: {HOSTILE}"),
)

NOTICES = (Rejection("sheet.csv", 4, "no document is called harbor.txt"), Rejection(HOSTILE, None, HOSTILE))


def small_edition(path: Path) -> Path:
    """Write an edition with one document of each kind that the pages must cope with."""
    return write_edition(path, ALL, REJECTED, NOTICES)
