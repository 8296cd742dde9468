"""The signs inside a paragraph of Markdown as edits: emphasis, links, code, tags, entities, escapes.

Emphasis follows the delimiter algorithm of CommonMark 0.31 (spec.commonmark.org, "An algorithm for parsing nested
emphasis and links"), in one pass and linear time.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.records import Edit

NAME_LENGTH = 200
"""Code points of the name of a link whose address stands elsewhere."""

_SIGN = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
      | (?P<hardbreak>\\(?=\r?\n))
      | (?P<code>`{1,60})
      | (?P<autolink><(?:https?|ftp|mailto):[^<>\s]{1,2000}>|<[\w.+-]{1,64}@[\w.-]{1,200}>)
      | (?P<comment><!--)
      | (?P<tag></?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>]{0,2000})?/?>)
      | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});)
      | (?P<footnote>\[\^[^\[\]\s]{1,60}\])
      | (?P<open>!?\[)
      | (?P<close>\])
      | (?P<run>\*{1,200}|_{1,200}|~{1,200})""",
    re.VERBOSE,
)
_TARGET = re.compile(
    r"\([ \t\r\n]{0,20}(?:<[^<>\r\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,8})"
    r"(?:[ \t\r\n]{1,20}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?[ \t\r\n]{0,20}\)"
)
_TICKS = re.compile("`+")
_NAMED = re.compile(r"\[([^\[\]]{0,200})\]")
_BREAKING = re.compile(r"</?(?:br|p|div|li|tr|h[1-6])\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|iframe|noscript)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Run:
    """A run of emphasis signs."""

    sign: str
    start: int
    end: int
    opens: bool
    closes: bool
    length: int
    """Signs that it had."""


def inline_edits(
    text: str, start: int, end: int, references: frozenset[str] = frozenset(), taken: Sequence[Edit] = ()
) -> list[Edit]:
    """Return the edits that take away the signs of a paragraph, sorted and without overlaps.

    ``references`` are the names (in small letters) that the text gives addresses for. ``taken`` are edits that are made
    already (block signs inside the paragraph); no edit is returned that overlaps one of them.
    """
    paragraph = _Paragraph(text, start, end, references)
    paragraph.scan()
    return _apart([*paragraph.found, *_emphasis(paragraph.runs), *paragraph.whole], taken, start)


@dataclass(slots=True)
class _Paragraph:
    """One pass over the signs of a paragraph."""

    text: str
    start: int
    end: int
    references: frozenset[str]
    found: list[Edit] = field(default_factory=list)
    whole: list[Edit] = field(default_factory=list)
    """Stretches that are taken out whole: pictures, comments, scripts."""
    runs: list[_Run] = field(default_factory=list)
    brackets: list[tuple[int, int, int]] = field(default_factory=list)
    """Open brackets: where each begins and ends, and how many runs stood before it."""
    barred: int = 0
    """How many of the open brackets, from the outermost, can't be a link since one closed inside them."""
    missing: set[str] = field(default_factory=set)
    """Marks that do not follow any more, so that nothing is looked for again and again."""

    def scan(self) -> None:
        at = self.start
        while match := _SIGN.search(self.text, at, self.end):
            at = self._read(match)

    def _read(self, match: re.Match[str]) -> int:
        """Read one sign. Returns where to go on."""
        low, at = match.span()
        match match.lastgroup:
            case "escape":
                self.found.append(Edit(low, low + 1, ""))
            case "hardbreak" | "footnote":
                self.found.append(Edit(low, at, ""))
            case "code":
                close = self._closing_ticks(match[0], at)
                if close is not None:
                    self.found += [Edit(low, at, ""), Edit(close, close + at - low, "")]
                    return close + at - low
            case "autolink":
                self.found += [Edit(low, low + 1, ""), Edit(at - 1, at, "")]
            case "comment":
                return self._hide(low, at, "-->")
            case "tag":
                hidden = _HIDDEN.match(match[0])
                stop = self._hide(low, at, f"</{hidden[1].lower()}>") if hidden else at
                if stop == at:
                    self.found.append(Edit(low, at, "\n" if _BREAKING.match(match[0]) else ""))
                return stop
            case "entity":
                meant = html.unescape(match[0])
                if meant != match[0]:
                    self.found.append(Edit(low, at, " " if meant == "\u00a0" else meant))
            case "open":
                self.brackets.append((low, at, len(self.runs)))
            case "close":
                return self._close_bracket(low)
            case _:
                if match[0][0] != "~" or len(match[0]) == 2:
                    self.runs.append(_run(self.text, low, at, self.start, self.end))
        return at

    def _closing_ticks(self, ticks: str, at: int) -> int | None:
        """Return where the run of as many backticks begins that closes a run of them, or None."""
        if ticks not in self.missing:
            for match in _TICKS.finditer(self.text, at, self.end):
                if len(match[0]) == len(ticks):
                    return match.start()
            self.missing.add(ticks)
        return None

    def _hide(self, low: int, at: int, mark: str) -> int:
        """Take out what stands from ``low`` up to the next ``mark``. Returns where to go on."""
        if mark not in self.missing:
            if match := re.compile(re.escape(mark), re.IGNORECASE).search(self.text, at, self.end):
                self.whole.append(Edit(low, match.end(), ""))
                return match.end()
            self.missing.add(mark)
        return at

    def _close_bracket(self, low: int) -> int:
        """Read a closing bracket. Returns where to go on."""
        if not self.brackets:
            return low + 1
        begin, inner, run_count = self.brackets.pop()
        is_picture = self.text[begin] == "!"
        is_barred = len(self.brackets) < self.barred and not is_picture
        self.barred = min(self.barred, len(self.brackets))
        stop = None if is_barred else self._target(inner, low)
        if stop is None:
            return low + 1
        if is_picture:
            self.whole.append(Edit(begin, stop, ""))
            del self.runs[run_count:]
        else:
            self.found += [Edit(begin, inner, ""), Edit(low, stop, "")]
            # emphasis does not reach over the edge of a link, and no link holds another
            inside = self.runs[run_count:]
            del self.runs[run_count:]
            self.found.extend(_emphasis(inside))
            self.barred = len(self.brackets)
        return stop

    def _target(self, inner: int, low: int) -> int | None:
        """Return where a link ends whose words stand from ``inner`` to ``low``; None for what is no link."""
        if target := _TARGET.match(self.text, low + 1, self.end):
            return target.end()
        own = self.text[inner:low] if low - inner <= NAME_LENGTH else ""
        if (named := _NAMED.match(self.text, low + 1, self.end)) and self._is_known(named[1] or own):
            return named.end()
        return low + 1 if self._is_known(own) else None

    def _is_known(self, name: str) -> bool:
        return " ".join(name.lower().split()) in self.references


def _run(text: str, low: int, high: int, start: int, end: int) -> _Run:
    before = text[low - 1] if low > start else " "
    after = text[high] if high < end else " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if text[low] == "_":
        opens = left and (not right or _is_sign(before))
        closes = right and (not left or _is_sign(after))
    else:
        opens, closes = left, right
    return _Run(text[low], low, high, opens, closes, high - low)


def _is_sign(ch: str) -> bool:
    """Tell whether a character is punctuation or a symbol."""
    return unicodedata.category(ch)[0] in "PS"


def _emphasis(runs: list[_Run]) -> list[Edit]:
    """Return the edits for the signs that pair up."""
    found: list[Edit] = []
    openers: list[_Run] = []
    # below these heights no opener for such a closer was found before: what keeps the time linear
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.closes:
            _close(run, openers, floors, found)
        if run.opens and run.start < run.end:
            openers.append(run)
    return found


def _close(run: _Run, openers: list[_Run], floors: dict[tuple[str, bool, int], int], found: list[Edit]) -> None:
    while run.start < run.end:
        kind = (run.sign, run.opens, run.length % 3)
        floor = floors.get(kind, 0)
        at = len(openers) - 1
        while at >= floor and not _pairs(openers[at], run):
            at -= 1
        if at < floor:
            floors[kind] = len(openers)
            return
        opener = openers[at]
        del openers[at + 1 :]
        for key, height in floors.items():
            floors[key] = min(height, at + 1)
        count = 2 if min(opener.end - opener.start, run.end - run.start) >= 2 else 1
        if run.sign == "~":
            count = 2
        found += [Edit(opener.end - count, opener.end, ""), Edit(run.start, run.start + count, "")]
        opener.end -= count
        run.start += count
        if opener.start == opener.end:
            openers.pop()
            for key, height in floors.items():
                floors[key] = min(height, at)


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    if (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0:
        return opener.length % 3 == 0 and closer.length % 3 == 0
    return True


def _apart(found: list[Edit], taken: Sequence[Edit], start: int) -> list[Edit]:
    """Return edits sorted, without those inside a stretch that is taken out whole or that overlap one in ``taken``."""
    kept: list[Edit] = []
    made = []
    for edit in reversed(taken):
        if edit.end <= start:
            break
        made.append(edit)
    made.reverse()
    at = 0
    for edit in sorted(found, key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            continue
        while at < len(made) and made[at].end <= edit.start:
            at += 1
        if at == len(made) or made[at].start >= edit.end:
            kept.append(edit)
    return kept
