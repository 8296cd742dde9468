"""What the first and last lines of a text, and its page furniture, tell: address, dates, a byline, a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from variorum.reading.addresses import EDGE, clues_of, find_addresses
from variorum.reading.agencies import named, sells_words
from variorum.reading.bylines import is_name, is_role, read_names
from variorum.reading.clues import SIGNS, clue_of, lines_of, plain
from variorum.reading.outlets import bare, fold, initials, is_title, known_outlet
from variorum.reading.stamps import stamps
from variorum.reading.zones.mastheads import MASTHEAD
from variorum.records import Clue, Field, Zone

_FOLLOW = re.compile(
    r"(?:^|[.!?]\s)Follow\s(?P<name>[^.@|\n]{4,40}?)\son\s(?:Twitter|X|Facebook|Instagram)", re.IGNORECASE
)


def edge_clues(text: str, zones: Sequence[Zone]) -> Iterator[Clue]:
    """Read the first and last lines, and all furniture, for address, date and signature."""
    lines = [(offset, line) for offset, line in lines_of(text, 0, len(text)) if line.strip(SIGNS)]
    edges = lines if len(lines) <= 2 * EDGE else lines[:EDGE] + lines[-EDGE:]
    kinds = {zone.start: zone.kind for zone in zones}
    furniture = [
        ln for z in zones if z.kind == "furniture" for ln in lines_of(text, z.start, min(z.end, z.start + 2000))
    ]
    addresses = find_addresses(sorted({*edges, *furniture}))
    near = {offset for offset, _ in (*lines[:3], *lines[-3:], *furniture)}
    different = {bare(a.url) for a in addresses}
    for address in addresses:
        start, end = address.span.start, address.span.end
        score = 0.9 if len(different) == 1 and address.line in near else 0.4
        yield Clue("url", address.url, "text", score, "the text gives it as its address", start, end)
        if score > 0.5:
            yield from clues_of(address.url, start, end)
    for offset, line in sorted({*edges, *furniture}):
        if kinds.get(offset) != "caption":
            yield from stamps(line, offset, alone=offset <= lines[min(5, len(lines) - 1)][0])
        follow = _FOLLOW.search(line[:400]) if offset >= lines[max(0, len(lines) - 3)][0] else None
        if follow and is_name(follow["name"]):
            low = offset + follow.start("name")
            yield Clue(
                "author",
                follow["name"],
                "signature",
                0.75,
                f'it ends with "{plain(follow.group())}"',
                low,
                low + len(follow["name"]),
            )
    yield from _masthead(text, zones)
    yield from _unmarked_byline(lines[:8])
    yield from _signature(lines, {a.line for a in addresses})


def _masthead(text: str, zones: Sequence[Zone]) -> Iterator[Clue]:
    """Read the masthead, where more than its place says that it is the outlet's name.

    It is built like the title of a newspaper, or the foot of the page repeats it: in full, in the host of an e-mail
    address, or as the initials of who holds the copyright.
    """
    zone = next((z for z in zones if z.kind == "furniture" and z.reason == MASTHEAD), None)
    if zone is None:
        return
    name = plain(text[zone.start : zone.end])
    last = max((z.end for z in zones if z.kind == "body" and z.score > 0.5), default=len(text))
    foot = [line for z in zones if z.start >= last for _, line in lines_of(text, z.start, min(z.end, z.start + 2000))]
    support = "it is built like the title of a newspaper" if is_title(name) else _repeated_in(foot, name)
    if support:
        told = f'the page is headed "{name}", and {support}'
        yield Clue("outlet", name, "masthead", 0.6, told, zone.start, zone.end)


def _repeated_in(foot: Sequence[str], name: str) -> str | None:
    """Return how the lines at the foot of the page repeat ``name``, in words; None if they don't."""
    for line in foot:
        if len(name) >= 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line):
            return f'its foot reads "{plain(line)[:80]}"'
        mail = re.search(r"@(?P<host>[\w-]{2,60})\.[a-z]{2,}", line)
        if mail and fold(mail["host"]) == fold(name):
            return f'its foot gives the address "{mail.group()}"'
        owner = re.match(r"\W{0,4}(?:©|\(c\)|copyright)[\s\d,–-]{0,20}(?P<owner>[^\d.|]{4,80})", line, re.IGNORECASE)
        if owner and name.isupper() and len(name) >= 3 and initials(owner["owner"]) == name:
            return f'the copyright line names "{plain(owner["owner"])}"'
    return None


def _unmarked_byline(lines: Sequence[tuple[int, str]]) -> Iterator[Clue]:
    """Read a line of names, near the top, that the line of an outlet follows: "Jane Roe", "USA TODAY"."""
    for (offset, line), (below, outlet) in pairwise(lines):
        names = read_names(line)
        words = outlet.strip(SIGNS)
        if len(names) == 1 and is_role(words):
            told = f'the lines read "{plain(line)}" and "{plain(words)}"'
            low, high = offset + names[0].start, offset + names[0].end
            yield Clue("author", plain(names[0].of(line)), "byline", 0.8, told, low, high)
            return
        if names and (
            known_outlet(words) or named(words) or (words.isupper() and " " in words and _outlet_like(words))
        ):
            told = f'the lines read "{plain(line)}" and "{plain(words)}"'
            joined = ", ".join(plain(n.of(line)) for n in names)
            yield Clue("author", joined, "byline", 0.8, told, offset + names[0].start, offset + names[-1].end)
            field: Field = "credit" if sells_words(words) else "outlet"
            yield clue_of(outlet, words, below, field, "byline", 0.75 if known_outlet(words) else 0.55, told)
            return


def _signature(lines: Sequence[tuple[int, str]], addresses: set[int]) -> Iterator[Clue]:
    """Read the last lines for the outlet: a name that is known, or a line in bold or under the address."""
    for number in range(max(1, len(lines) - 3), len(lines)):
        offset, line = lines[number]
        words = line.strip(SIGNS)
        under = lines[number - 1][0] in addresses
        bold = line.strip().startswith(("**", "__")) and line.strip().endswith(("**", "__"))
        if known_outlet(words) and not (sells_words(words) and not under):
            yield clue_of(line, words, offset, "outlet", "signature", 0.9, f'it is signed "{words}"')
        elif (under or (bold and number == len(lines) - 1)) and _outlet_like(words):
            yield clue_of(line, words, offset, "outlet", "signature", 0.75, f'it is signed "{words}"')


def _outlet_like(words: str) -> bool:
    tokens = words.split()
    if not 1 <= len(tokens) <= 6 or len(words) > 50 or re.search(r"[:!?@\d]|[.,]$", words):
        return False
    return all(t[0].isupper() or t in ("of", "the", "and", "de", "la", "del", "for") for t in tokens)
