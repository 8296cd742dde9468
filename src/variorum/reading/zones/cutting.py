"""Cutting lines where a scrape glued two things together: labels, captions, credits, datelines."""

from __future__ import annotations

import re

from variorum.reading.agencies import mentions
from variorum.reading.bylines import find_byline, is_name
from variorum.reading.credits import CreditMatch, find_credit
from variorum.reading.datelines import find_dateline
from variorum.reading.zones.lexicon import look_up, marks
from variorum.reading.zones.pieces import Piece, piece

CAPTION_WORDS = 80
"""Words that a caption takes at most; of those with a credit in the outlets' training half 99 of 100 have 67 or
fewer."""

TITLE = 20
"""Code points of a title at least, to find it at the end of a line: a shorter one may end a sentence."""
MIDDLE = 150
"""Code points from which a line may hold caption, credit and report."""
GLUED = 600
"""Code points at the head of a long line in which a caption with its credit is looked for."""
PICTURE = 90
"""Code points of a picture's credit at most, for one said twice."""

_REPORT = re.compile(r" ?[“\"]?[A-ZÀ-Þ]")
_MAKER = re.compile(r"([^/]{4,40}?)\s?/\s?[A-Z][\w .&;]{1,40}")
_FILE = re.compile(r",? (?i:file|file photo|pool)$")
_CREDIT_SIGN = re.compile(
    r"/|\||©|\((?:[A-Z]|c\))|(?i:photo|picture|getty|image|credit|courtesy|report|edit|writ|copyright|source|via )"
    r"|(?i:contribut|compiled|illustrat|graphic)|\b(?:AP|AFP|EPA|REUTERS|Reuters|Associated)\b"
)
_DATELINE_SIGN = re.compile(r"[—–―‒)\]\ufffd]|--|\s-\s|:\s|\?\s")


def cut(text: str, start: int, end: int, gap: int, title: str | None = None) -> list[Piece]:
    """Return the pieces of one line, in order: labels and credits are settled, the rest is open."""
    pieces: list[Piece] = []
    at = start
    glued = _glued_title(text, start, end, title)
    if glued is not None and not glued.words:
        glued = None
    if glued is not None:
        glued.settle("heading", 0.95, "is the title, glued to the words before it")
        end = glued.start
    for low, high, mark in marks(text, start, end):
        if low < at:
            continue
        if text[at:low].strip():
            pieces += _with_credit(text, at, low)
        high = _with_colon(text, high, end)
        label = piece(text, low, high)
        label.settle("furniture", 0.97, mark.says)
        label.opens, label.neutral = mark.opens, True
        pieces.append(label)
        at = high
    if text[at:end].strip():
        pieces += _with_inner_credit(text, at, end)
    if glued is not None:
        pieces.append(glued)
    if pieces:
        pieces[0].gap = gap
        for follower in pieces[1:]:
            follower.gap = 0
    return pieces


def _glued_title(text: str, start: int, end: int, title: str | None) -> Piece | None:
    """Return the title if the line ends with it and begins with something else, such as a caption."""
    if (
        title is None
        or len(title) < TITLE
        or not end - start <= len(title) + 600
        or not text.endswith(title, start, end)
    ):
        return None
    low = end - len(title)
    return piece(text, low, end) if low > start and not text[low - 1].isalnum() else None


def _with_colon(text: str, at: int, end: int) -> int:
    while at < end and text[at] in ":,.*_":
        at += 1
    return at


def _with_inner_credit(text: str, start: int, end: int) -> list[Piece]:
    """Return a stretch that may hold caption, credit and the beginning of the report on one line."""
    head = text[start : min(end, start + GLUED)]
    if end - start > MIDDLE and "/" in head:
        for mention in mentions(head):
            if (
                mention.span.start == 0
                or head[mention.span.start - 1] not in "/ "
                or not _REPORT.match(head, mention.span.end)
            ):
                continue
            credit = find_credit(head[: mention.span.end])
            if credit and credit.kind == "picture" and "/" in head[credit.start : credit.end]:
                middle = start + mention.span.end
                return _with_credit(text, start, middle) + _with_credit(text, middle, end)
    return _with_credit(text, start, end)


def _with_credit(text: str, start: int, end: int) -> list[Piece]:
    """Return a stretch with the credit that it is or ends with set apart."""
    whole = piece(text, start, end)
    if is_bare_credit(whole.words):
        whole.settle("credit", 0.88, _SAYS["picture"])
        return [whole]
    credit = credit_in(whole.words) if whole.end - whole.start == len(whole.words) else None
    if credit is None:
        return [whole]
    low, high = whole.start + credit.start, whole.start + credit.end
    if credit.start > 0 and not text[whole.start : low].strip(" *_(-–—|"):
        low = whole.start
    rights = credit.kind == "copyright"
    last = piece(text, low, whole.end)
    if rights:
        last.settle("furniture", credit.score, "a copyright line")
    else:
        last.settle("credit", credit.score, _SAYS[credit.kind])
    if low == whole.start:
        entry = look_up(whole.words)
        return [whole] if entry and entry.sure and credit.kind == "picture" else [last]
    first = piece(text, whole.start, low)
    if not first.words:
        return [last]
    if credit.kind == "picture":
        if first.count > CAPTION_WORDS:
            return [first, last] if high - low > 3 else [whole]
        first.settle("caption", 0.93, "ends in the credit of a picture")
    return [first, last]


PICTURE_CREDIT = "names who made a picture"
"""The reason of a picture's credit."""

_SAYS = {
    "picture": PICTURE_CREDIT,
    "wire": "names the agency that the words come from",
    "staff": "names who reported or edited",
}


def is_bare_credit(words: str) -> bool:
    """Tell whether a line is the credit of a picture in a form that only a line of its own can have.

    It is said twice ("Jane Roe/AP Jane Roe/AP", as NPR shows it), it has the word "file" behind it ("Jane Roe/Reuters,
    FILE"), or it is a name and an outlet ("Jane Roe/The Islander").
    """
    if len(words) > 2 * PICTURE or "/" not in words or words[-1:] in tuple(".?!"):
        return False
    slash = _MAKER.fullmatch(words)
    if slash and is_name(slash[1].strip()):
        return True
    half = words[: (len(words) - 1) // 2]
    once = half if words == f"{half} {half}" else _FILE.sub("", words)
    if once == words:
        return False
    credit = find_credit(once)
    return credit is not None and credit.kind in ("picture", "wire") and not once[: credit.start].strip(" .")


def credit_in(words: str) -> CreditMatch | None:
    """Return the credit that ``words`` are or end with; None also where nothing in them could be one."""
    return find_credit(words) if _CREDIT_SIGN.search(words, max(0, len(words) - 400)) else None


_GLUE = re.compile(r"(?<![^\W_])[a-zß-ÿ]{3,40}(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
REPORT_WORDS = 10
"""Words of the sentence behind a caption, at least, for a capital within a word to be the place where they join."""


def glue(text: str, start: int, end: int) -> int | None:
    """Return where a report begins that is glued to the caption before it ("was sworn inThe country has ...")."""
    for found in _GLUE.finditer(text, start, min(end, start + GLUED)):
        before, after = piece(text, start, found.end()), piece(text, found.end(), end)
        if 3 <= before.count <= CAPTION_WORDS and after.count >= REPORT_WORDS and after.final:
            return found.end()
    return None


def split_dateline(text: str, body: Piece, least: float) -> list[Piece]:
    """Return a body paragraph with its dateline set apart, if it has one of at least that score."""
    if not _DATELINE_SIGN.search(body.words, 0, 120):
        return [body]
    found = find_dateline(text[body.start : min(body.end, body.start + 400)])
    if found is None or found.score < least or body.start + found.end >= body.end:
        return [body]
    head = piece(text, body.start, body.start + found.end, body.gap)
    rest = piece(text, body.start + found.end, body.end)
    head.settle("dateline", found.score, "place, date or agency before the report begins")
    rest.settle("body", body.score, body.reason)
    return [head, rest]


def is_byline(words: str) -> float:
    """Return how sure it is that ``words`` are a byline, 0 for not."""
    if len(words) > 300:
        return 0.0
    found = find_byline(words)
    return found.score if found else 0.0
