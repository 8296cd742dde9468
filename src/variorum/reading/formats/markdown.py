"""Markdown: the decoded file, with its signs as edits, so that it is read as the page would be.

Block structure is told line by line, inline signs within each paragraph, after CommonMark 0.31 (spec.commonmark.org)
as far as articles use it. Numbers of lists stay, since they are read; bullets go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from variorum.reading.decoding import decode
from variorum.reading.extracted import Extracted
from variorum.reading.formats import frontmatter
from variorum.reading.formats.inline import inline_edits
from variorum.records import Clue, Edit, Item, Zone

HEADING_SCORE = 0.95
"""How far to trust a heading sign; some outlets set a whole lead in one."""

UNDERLINED_LENGTH = 200
"""Code points of a line that dashes below it make a heading; below a longer one they are a rule."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,200}|(?:-[ \t]*){3,200}|(?:_[ \t]*){3,200})$")
_UNDERLINE = re.compile(r" {0,3}(?:={2,200}|-{2,200})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]{0,12}[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_REFERENCE = re.compile(r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]*<?(\S{1,2000})[^\r\n]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,60}\]:[ \t]*")
_IMAGE_LINE = re.compile(
    r"[ \t]{0,8}(?:\[?!\[[^\[\]]{0,2000}\]"
    r"(?:\([^()\s]{0,2000}(?:[ \t]{1,8}(?:\"[^\"\r\n]{0,500}\"|'[^'\r\n]{0,500}'))?\)|\[[^\[\]]{0,200}\])"
    r"(?:\]\([^()\s]{0,2000}\))?[ \t]*)+$"
)
_TABLE_RULE = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){0,100}\|?[ \t]*$")
_STRONG_SIGNS = (
    re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?://|/|#)[^()\s]{0,1000}\)"),
    re.compile(r"(?<![\w*])(\*\*|__)(?=\S)[^*_\n]{1,500}(?<=\S)\1(?!\w)"),
    re.compile(r"^\s{0,3}<https?://[^<>\s]{1,2000}>\s*$", re.MULTILINE),
    re.compile(r"^ {0,3}```[^`\n]*$", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]: *https?://", re.MULTILINE),
)
_WEAK_SIGNS = (
    re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|(?:\* ){3,})\s*$", re.MULTILINE),
    re.compile(r"^ {0,3}> ?\S", re.MULTILINE),
    re.compile(r"(?<![\w*])\*(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\*(?![\w*])"),
    re.compile(r"^[^\n]{3,200}\n={3,}\s*$", re.MULTILINE),
    re.compile(r"^ {0,3}[-*+] \S", re.MULTILINE),
)


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text is Markdown: front matter, two kinds of plain signs, or one and another that may be one."""
    head = text[:65_536].replace("\r\n", "\n")
    if frontmatter.find(head) is not None:
        return True
    strong = sum(bool(sign.search(head)) for sign in _STRONG_SIGNS)
    return strong >= 2 or (strong == 1 and any(sign.search(head) for sign in _WEAK_SIGNS))


def extract(item: Item) -> Extracted:
    """Return the text of a Markdown item, unchanged, with its signs as edits."""
    return of_text(decode(item.data, item.encoding))


def of_text(text: str) -> Extracted:
    """Return a Markdown text with zones for headings, rules, pictures and front matter, and edits for its signs."""
    front = frontmatter.find(text)
    scan = _Scan(text)
    if front is not None:
        scan.zones.append(Zone(0, front.end, "furniture", 1.0, "front matter"))
        scan.clues.extend(front.clues)
    scan.lines(front.end if front is not None else 0)
    edits = sorted(scan.edits, key=lambda e: (e.start, e.end))
    return Extracted(text, tuple(scan.zones), tuple(edits), tuple(scan.clues))


@dataclass(slots=True)
class _Scan:
    """One pass over the lines of a text."""

    text: str
    zones: list[Zone] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    clues: list[Clue] = field(default_factory=list)
    paragraph: list[tuple[int, int]] = field(default_factory=list)
    """The lines of the paragraph so far, without their block signs."""
    references: frozenset[str] = frozenset()
    """Names that the text gives addresses for."""

    def lines(self, start: int) -> None:
        spans = [(m.start(), m.start() + len(m[0].rstrip("\r\n"))) for m in _LINE.finditer(self.text, start) if m[0]]
        self.references = frozenset(
            " ".join(m[1].lower().split()) for low, high in spans if (m := _REFERENCE.match(self.text[low:high]))
        )
        fence = ""
        for low, high in spans:
            fence = self._line(low, high, fence)
        self._end_paragraph()

    def _line(self, low: int, high: int, fence: str) -> str:
        """Read one line. Returns the fence of the code block that it stands in."""
        quote = _QUOTE.match(self.text, low, high) if not fence else None
        if quote:
            self._drop(low, quote.end())
            low = quote.end()
        line = self.text[low:high]
        if fence:
            if re.fullmatch(rf" {{0,3}}{re.escape(fence)}+[ \t]*", line):
                self._drop(low, high)
                return ""
            return fence
        if not line.strip():
            self._end_paragraph()
        elif match := _FENCE.match(line):
            self._end_paragraph()
            self._drop(low, high)
            return match[1]
        elif match := _HEADING.match(line):
            self._heading(low, high, match.end())
        elif self.paragraph and _UNDERLINE.match(line) and self._underlined(low, high):
            pass
        elif _RULE.match(line) or (_TABLE_RULE.match(line) and "|" in line):
            self._furniture(low, high, "a rule")
        elif _REFERENCE.match(line):
            self._furniture(low, high, "the address of a link")
        elif _IMAGE_LINE.match(line):
            self._furniture(low, high, "a picture")
        else:
            self._words(low, high, line)
        return ""

    def _words(self, low: int, high: int, line: str) -> None:
        """Read a line of a paragraph, a list or a table."""
        if (match := _FOOTNOTE.match(line)) or (match := _BULLET.match(line)):
            self._end_paragraph()
            self._drop(low, low + match.end())
            low += match.end()
        elif line.lstrip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 1:
            self._end_paragraph()
            for bar in re.finditer(r"(?<!\\)[ \t]*\|[ \t]*", line):
                inside = bar.start() > 0 and bar.end() < len(line)
                self.edits.append(Edit(low + bar.start(), low + bar.end(), "\t" if inside else ""))
            return
        self.paragraph.append((low, high))

    def _heading(self, low: int, high: int, sign: int) -> None:
        self._end_paragraph()
        self._drop(low, low + sign)
        start = low + sign
        closing = _CLOSING.search(self.text[start:high])
        end = start + closing.start() if closing else high
        if closing:
            self._drop(end, high)
        if self.text[start:end].strip():
            self.zones.append(Zone(low, high, "heading", HEADING_SCORE, "a heading in Markdown"))
            self._inline([(start, end)])

    def _underlined(self, low: int, high: int) -> bool:
        """Read a line below a paragraph as the sign that makes it a heading, if it can be that."""
        start, end = self.paragraph[0][0], self.paragraph[-1][1]
        if end - start > UNDERLINED_LENGTH or len(self.paragraph) > 2:
            return False
        self._end_paragraph()
        self._drop(low, high)
        line_start = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        self.zones.append(Zone(line_start, high, "heading", HEADING_SCORE, "an underlined heading in Markdown"))
        return True

    def _furniture(self, low: int, high: int, what: str) -> None:
        self._end_paragraph()
        line = self.text[low:high]
        start = low + len(line) - len(line.lstrip())
        self.zones.append(Zone(start, low + len(line.rstrip()), "furniture", 1.0, f"{what} in Markdown"))

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self._inline(self.paragraph)
            self.paragraph = []

    def _inline(self, spans: list[tuple[int, int]]) -> None:
        self.edits.extend(inline_edits(self.text, spans[0][0], spans[-1][1], self.references, self.edits))

    def _drop(self, low: int, high: int) -> None:
        if low < high:
            self.edits.append(Edit(low, high, ""))
