"""The signs inside a paragraph of Markdown as edits: emphasis, links, code, tags, entities, escapes.

Emphasis follows the delimiter algorithm of CommonMark 0.31 (spec.commonmark.org, "An algorithm for parsing nested
emphasis and links"), in one pass and linear time.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import Edit

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
      | (?P<run>\*{1,200}|_{1,200}|~~)""",
    re.VERBOSE,
)
_TARGET = re.compile(
    r"\([ \t\r\n]{0,20}(?:<[^<>\r\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,8})"
    r"(?:[ \t\r\n]{1,20}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?[ \t\r\n]{0,20}\)"
)
_NAMED = re.compile(r"\[([^\[\]]{0,200})\]")
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
    found: list[Edit] = []
    runs: list[_Run] = []
    brackets: list[tuple[int, int, int, int]] = []
    hidden_until = _scan(text, start, end, references, found, runs, brackets)
    found.extend(_emphasis(runs))
    return _apart(found, hidden_until, taken, start)


def _scan(
    text: str,
    start: int,
    end: int,
    references: frozenset[str],
    found: list[Edit],
    runs: list[_Run],
    brackets: list[tuple[int, int, int, int]],
) -> list[Edit]:
    """Go over the signs once; return the stretches that are taken out whole (pictures, comments, scripts)."""
    whole: list[Edit] = []
    at = start
    no_code: set[int] = set()
    while match := _SIGN.search(text, at, end):
        low, at = match.span()
        match match.lastgroup:
            case "escape":
                found.append(Edit(low, low + 1, ""))
            case "hardbreak":
                found.append(Edit(low, at, ""))
            case "code":
                close = _closing_ticks(text, at, end, at - low, no_code)
                if close is not None:
                    found += [Edit(low, at, ""), Edit(close, close + at - low, "")]
                    at = close + at - low
            case "autolink":
                found += [Edit(low, low + 1, ""), Edit(at - 1, at, "")]
            case "comment":
                close = text.find("-->", at, end)
                if close >= 0:
                    at = close + 3
                    whole.append(Edit(low, at, ""))
            case "tag":
                name = _HIDDEN.match(match[0])
                close = text.lower().find(f"</{name[1].lower()}>", at, end) if name and end - start < 1_000_000 else -1
                if name and close >= 0:
                    at = close + len(name[1]) + 3
                    whole.append(Edit(low, at, ""))
                else:
                    found.append(
                        Edit(
                            low,
                            at,
                            "\n" if re.match(r"</?(?:br|p|div|li|tr|h[1-6])\b", match[0], re.IGNORECASE) else "",
                        )
                    )
            case "entity":
                meant = html.unescape(match[0])
                if meant != match[0]:
                    found.append(Edit(low, at, " " if meant == "\u00a0" else meant))
            case "footnote":
                found.append(Edit(low, at, ""))
            case "open":
                brackets.append((low, at, len(runs), len(found)))
            case "close":
                at = _close_bracket(text, low, end, references, found, runs, brackets, whole)
            case _:
                runs.append(_run(text, low, at, start, end))
    return whole


def _closing_ticks(text: str, at: int, end: int, count: int, missing: set[int]) -> int | None:
    """Return where a run of exactly ``count`` backticks begins, or None."""
    if count in missing:
        return None
    for match in re.compile("`+").finditer(text, at, end):
        if len(match[0]) == count:
            return match.start()
    missing.add(count)
    return None


def _close_bracket(
    text: str,
    low: int,
    end: int,
    references: frozenset[str],
    found: list[Edit],
    runs: list[_Run],
    brackets: list[tuple[int, int, int, int]],
    whole: list[Edit],
) -> int:
    """Read a closing bracket. Returns where to go on."""
    after = low + 1
    if not brackets:
        return after
    begin, inner, run_count, _ = brackets.pop()
    target = _TARGET.match(text, after, end)
    name = None if target else _NAMED.match(text, after, end)
    if target:
        stop = target.end()
    elif name and " ".join((name[1] or text[inner:low]).lower().split()) in references:
        stop = name.end()
    elif low - inner <= 200 and " ".join(text[inner:low].lower().split()) in references:
        stop = after
    else:
        return after
    if text[begin] == "!":
        whole.append(Edit(begin, stop, ""))
        del runs[run_count:]
    else:
        found += [Edit(begin, inner, ""), Edit(low, stop, "")]
        # emphasis does not reach over the edge of a link
        inside = runs[run_count:]
        del runs[run_count:]
        found.extend(_emphasis(inside))
    return stop


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


def _apart(found: list[Edit], whole: list[Edit], taken: Sequence[Edit], start: int) -> list[Edit]:
    """Return all edits sorted, without those that overlap a stretch that is taken out whole or made already."""
    kept: list[Edit] = []
    made = []
    for edit in reversed(taken):
        if edit.end <= start:
            break
        made.append(edit)
    made.reverse()
    at = 0
    for edit in sorted([*found, *whole], key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            continue
        while at < len(made) and made[at].end <= edit.start:
            at += 1
        if at == len(made) or made[at].start >= edit.end:
            kept.append(edit)
    return kept
