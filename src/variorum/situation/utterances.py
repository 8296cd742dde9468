"""Utterances: the same thing, said once by one speaker and carried by several documents.

Attributions that share runs of words, or telling words of one speaker, are compared; two are one utterance if what the
shorter says is in the longer, close together, and their speakers and dates allow it. How much must agree depends on how
much there is: a long quotation may be cut, left out of in the middle, translated again or reworded, a short one must be
the same word for word. The longest version is the measure of its utterance: every other must fit it, so that none
grows by degrees.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from variorum.language.annotation import ActorKind, AttributionKind
from variorum.language.lists import lines_of
from variorum.records import row_id
from variorum.situation.wording import Version, edits, folded, plain_words, segments, stem, within, words_of

_DULL: Final = frozenset(lines_of("dull.txt"))
"""Words that are in every sentence."""
LONG: Final = 12
"""Words in a row that are one utterance even in the mouths of two."""
SOME: Final = 8
"""Words, nearly the same, that are enough where a speaker is not known; telling words in a row that are enough where
he is; telling words of which some may differ."""
SHORT: Final = 5
"""Telling words below which nothing but the same words will do."""
SAME: Final = 0.9
"""Share of the shorter version's telling words that makes it nearly the same."""
ANY_ORDER: Final = 0.85
"""What a word counts that is in both, but not in the same order."""
REWORDED: Final = 0.6
"""Share that is enough for two quotations of one speaker."""
RETOLD: Final = 0.75
"""Share that is enough where one is in the writer's words, or where a description stands for the speaker."""
DRIFT: Final = 0.6
"""Of what two versions must share, the share that one and the longest must, where a third is between them."""
DAYS: Final = 60
"""Days within which a rewording is taken for the same utterance."""
FEW_DAYS: Final = 14
"""Days within which few words are."""
IN_COPIES: Final = 0.9
"""How sure it is that what copies have at the same place is one utterance."""
COMMON: Final = 60
"""Attributions with the same words beyond which each is compared with its neighbours only."""
NEIGHBOURS: Final = 3
_STEP: Final = 3
_NAME: Final = re.compile(r"(?<=[\w,;:] )[A-Z][\w'’-]+")

Relation = Literal["same", "described", "unknown", "voice", "different"]
"""One actor; one description; somebody who is not named; a person and a body, for which he may speak; two actors."""


@dataclass(frozen=True)
class Said:
    """One attribution as the grouping sees it."""

    id: str
    """Its id."""
    document: str
    """Id of its document."""
    kind: AttributionKind
    speakers: tuple[str, ...]
    """Ids of actors."""
    speaker_names: tuple[str, ...]
    """The words of the text for those without an actor."""
    content: tuple[str, ...]
    """The content, piece by piece, as the text has it."""
    earliest: str | None
    """When the document was published: the first day possible (ISO 8601)."""
    latest: str | None
    """The last day possible."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where the content stands in its document; two that overlap are never one utterance."""
    speaker_kinds: tuple[ActorKind, ...] = ()
    """Kinds of the actors, in the order of their ids; none where they are not known."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words without case, accents, signs and what an editor put in brackets."""
        return tuple(word for segment in self._segments for word in segment)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Stems of the words that tell one utterance from another."""
        return _telling(self.words)

    @cached_property
    def _segments(self) -> tuple[tuple[str, ...], ...]:
        """Words that follow each other, between interruptions, ellipses and editorial brackets."""
        return segments(self.content)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that one speaker said once."""

    id: str
    """From its earliest member, by date of publication."""
    attributions: tuple[str, ...]
    """Ids of the attributions that carry it."""
    documents: tuple[str, ...]
    """Ids of their documents."""
    speakers: tuple[str, ...]
    """Ids of the actors who speak in any of them."""
    altered: bool
    """Whether versions in quotation marks differ in more than what was cut, added in brackets, or in signs and case."""
    score: float
    """How sure it is that they are one, 0 to 1."""
    reason: str
    """Why, in words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a version."""

    text: str
    differs: bool
    """Whether other versions have other words for it."""


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    reason: str


@dataclass(slots=True)
class _Group:
    """An utterance in the making; its first member is the longest."""

    members: list[int]
    matches: list[_Match] = field(default_factory=list)


def group(said: Sequence[Said], together: Iterable[tuple[str, str]] = ()) -> tuple[Utterance, ...]:
    """Put attributions together that carry the same utterance; each comes out in exactly one, whatever their order.

    ``together`` are ids of attributions that stand at the same place of a document and its copy: they are one
    utterance however the copy altered the words, unless different people say them.

    """
    ordered = sorted(said, key=lambda one: (-len(one.telling), -len(one.words), one.document, one.id))
    near: dict[int, list[int]] = defaultdict(list)
    for longer, shorter in _candidates(ordered):
        near[shorter].append(longer)
    groups: dict[int, _Group] = {}
    of: list[int] = []
    for i, one in enumerate(ordered):
        found = _place(ordered, one, near[i], groups, of)
        of.append(i if found is None else found[0])
        if found is None:
            groups[i] = _Group([i])
        else:
            groups[found[0]].members.append(i)
            groups[found[0]].matches.append(found[1])
    _join_copies(ordered, together, groups, of)
    made = (_utterance([ordered[i] for i in g.members], g.matches) for g in groups.values())
    return tuple(sorted(made, key=lambda utterance: utterance.id))


def _place(
    said: Sequence[Said], one: Said, near: Iterable[int], groups: dict[int, _Group], of: Sequence[int]
) -> tuple[int, _Match] | None:
    """The group that an attribution belongs to, by the number of its longest member, and why; None for a new one."""
    found: dict[int, _Match] = {}
    for other in near:
        match = _match(one, said[other])
        if match is None or (of[other] in found and found[of[other]].score >= match.score):
            continue
        if of[other] == other or _match(one, said[of[other]], drift=DRIFT):
            found[of[other]] = match
    joined = {at: match for at, match in found.items() if _agrees(said, one, groups[at])}
    if len(one.telling) < SHORT:
        exact = {at: match for at, match in joined.items() if said[at].words == one.words}
        joined = exact or joined
        if len(joined) > 1 and not exact:
            return None  # a few words that several utterances hold belong to none
    return min(joined.items(), key=lambda item: (-item[1].score, item[0]), default=None)


def _join_copies(
    said: Sequence[Said], together: Iterable[tuple[str, str]], groups: dict[int, _Group], of: list[int]
) -> None:
    """Join the groups of attributions that copies have at the same place."""
    numbers = {one.id: i for i, one in enumerate(said)}
    for one, other in sorted(together):
        if one not in numbers or other not in numbers:
            continue
        left, right = sorted((of[numbers[one]], of[numbers[other]]))
        if left == right or not all(_agrees(said, said[i], groups[left]) for i in groups[right].members):
            continue
        joined = groups.pop(right)
        groups[left].members += joined.members
        groups[left].matches += [*joined.matches, _Match(IN_COPIES, "copies of one text have it at the same place")]
        for i in joined.members:
            of[i] = left


def _agrees(said: Sequence[Said], one: Said, group: _Group) -> bool:
    """Whether the speaker fits all whom the group has; if not, whether the words are the same all the same."""
    if not one.speakers:
        return True
    known = [said[i] for i in group.members if said[i].speakers]
    relations = {_relation(one, other) for other in known}
    return not known or "same" in relations or "different" not in relations or _misplaced(one, said[group.members[0]])


def _candidates(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Pairs that share a run of words that tells something, or telling words of one speaker; the longer one first."""
    first: dict[tuple[object, ...], int] = {}
    rows: list[int] = []
    for i, one in enumerate(said):
        key = (one.words, one.kind == "indirect", one.speakers, one.speaker_names, (one.earliest or "")[:7])
        if key in first:
            yield first[key], i
        else:
            first[key] = i
            rows.append(i)
    runs, own = _Index(), _Index()
    for i in rows:
        one = said[i]
        for run in {one.words[at : at + _STEP] for at in range(max(1, len(one.words) - _STEP + 1))}:
            if any(word not in _DULL for word in run):
                runs.add(run, i)
        for speaker in _names(one):
            for word in set(one.telling):
                own.add((speaker, word), i)
    counts: Counter[tuple[int, int]] = Counter()
    for index, weight in ((runs, 2), (own, 1)):
        for some in index.shared.values():
            for a, b in _pairs(said, some):
                counts[a, b] += weight if len(some) <= COMMON else 3
    for (a, b), count in counts.items():
        if count >= min(3, len(said[b].telling)):
            yield a, b


class _Index:
    """Which attributions have a key, of the keys that two have; what one alone has takes little room."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._first: dict[int, int] = {}
        self.shared: dict[int, list[int]] = {}

    def add(self, key: tuple[str, ...], i: int) -> None:
        """Enter a key of an attribution, given in ascending order."""
        packed = 0
        for word in key:
            packed = packed << 24 | self._number.setdefault(word, len(self._number) + 1)
        if packed in self.shared:
            self.shared[packed].append(i)
        elif packed in self._first:
            self.shared[packed] = [self._first.pop(packed), i]
        else:
            self._first[packed] = i


def _pairs(said: Sequence[Said], some: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs to compare among attributions that share something; of many, those with the next words and the longest."""
    if len(some) <= COMMON:
        yield from ((a, b) for at, a in enumerate(some) for b in some[at + 1 :])
        return
    yield from ((some[0], b) for b in some[1:])
    alike = sorted(some, key=lambda i: (said[i].words, i))
    for at, a in enumerate(alike):
        yield from ((min(a, b), max(a, b)) for b in alike[at + 1 : at + 1 + NEIGHBOURS])


def _match(one: Said, other: Said, drift: float = 1.0) -> _Match | None:
    """How sure it is that two attributions are one utterance, and why; None if they are not."""
    short, long = sorted((one, other), key=lambda said: (len(said.telling), len(said.words), said.id))
    if not short.telling or _overlap(one, other):
        return None
    relation = _relation(one, other)
    if relation == "different":
        return _Match(0.6, "the same words in the mouths of different speakers") if _misplaced(one, other) else None
    if len(short.telling) < SHORT:
        return _match_few(short, long, relation)
    kept = _kept(short, long)
    quoted = "indirect" not in (one.kind, other.kind)
    run = kept < SAME and _share_run(short.telling, long.telling, SOME)
    if kept < drift * _least(short, long, relation, quoted) and not run:
        return None
    if relation in ("unknown", "voice") and len(short.words) < SOME:
        return None
    if not quoted and not (_details_agree(short, long) and _told_alike(short, long, relation)):
        return None
    if kept < SAME and not run and not _near(one, other, DAYS):
        return None
    how = "nearly the same words" if kept >= SAME else "the same words in part" if run else "much the same words"
    whose = {"same": " of one speaker", "voice": " of a body and one who may speak for it"}.get(relation, "")
    sure = max(kept, 0.8) if run else kept
    return _Match(round(0.5 + 0.5 * sure - (0.05 if relation in ("unknown", "voice") else 0), 3), how + whose)


def _least(short: Said, long: Said, relation: Relation, quoted: bool) -> float:
    """The share of telling words that two must have in common to be one utterance."""
    if short.document == long.document or relation in ("unknown", "voice"):
        return SAME
    if not quoted or relation != "same":
        return RETOLD
    count = len(short.telling)
    return REWORDED if count >= SOME else ANY_ORDER * (count - 1) / count  # all but one


def _match_few(short: Said, long: Said, relation: Relation) -> _Match | None:
    """How sure it is where there are few words: the same ones, of the same speaker, at about the same time."""
    if relation not in ("same", "described") or len(short.telling) < 2 or not _near(short, long, FEW_DAYS):
        return None
    if short.telling == long.telling:
        return _Match(0.75, "the same few words of one speaker")
    if relation == "described":
        return None
    if {short.kind, long.kind} != {"direct"}:
        return None
    if len(short.words) > _STEP and within(short.telling, long.telling):
        return _Match(0.7, "a few words of one speaker, which the longer quotation holds")
    if _same_frame(short, long):
        return _Match(0.7, "the same sentence of one speaker with other words in it")
    return None


def _same_frame(short: Said, long: Said) -> bool:
    """Whether whole sentences are the same but for a word or two."""
    words = LCSseq.similarity(short.words, long.words)
    telling = LCSseq.similarity(short.telling, long.telling)
    longest = max(len(short.words), len(long.words))
    return len(short.words) >= SOME and words >= RETOLD * longest and 2 * telling >= len(long.telling)


def _kept(short: Said, long: Said) -> float:
    """The share of the shorter one's telling words that stand close together in the longer, in any order."""
    found = total = 0.0
    for segment in short._segments:
        telling = _telling(segment)
        place = _telling(_window(segment, long.words))
        in_order = LCSseq.similarity(telling, place)
        anyhow = (Counter(telling) & Counter(place)).total()
        found += max(in_order, ANY_ORDER * anyhow)
        total += len(telling)
    return found / total if total else 0.0


def _window(segment: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """The stretch of a longer text that is most like a segment, and half as much before and behind it."""
    if len(segment) >= len(words):
        return words
    best = fuzz.partial_ratio_alignment(segment, words)
    if best is None:
        return ()
    margin = len(segment) // 2 + 1
    return words[max(0, best.dest_start - margin) : best.dest_end + margin]


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words if word not in _DULL and word[0] != "'")


def _misplaced(one: Said, other: Said) -> bool:
    """Whether two share so many words that they can't have been said twice."""
    short, long = sorted((one, other), key=lambda said: (len(said.telling), len(said.words), said.id))
    return _share_run(short.words, long.words, LONG) and _kept(short, long) >= SAME


def _share_run(short: Sequence[str], long: Sequence[str], count: int) -> bool:
    """Whether two have so many words in a row in common."""
    place = f" {' '.join(long)} "
    return any(f" {' '.join(short[at : at + count])} " in place for at in range(len(short) - count + 1))


def _overlap(one: Said, other: Said) -> bool:
    return one.document == other.document and any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _names(said: Said) -> frozenset[str]:
    return frozenset((*said.speakers, *(folded(name) for name in said.speaker_names)))


def _relation(one: Said, other: Said) -> Relation:
    """How the speakers of two attributions are related."""
    if set(one.speakers) & set(other.speakers):
        return "same"
    if one.speakers and other.speakers:
        people = ["person" in said.speaker_kinds for said in (one, other) if said.speaker_kinds]
        return "voice" if sorted(people) == [False, True] else "different"
    return "described" if _names(one) & _names(other) else "unknown"


def _details_agree(short: Said, long: Said) -> bool:
    """Whether the numbers of the shorter one are in the longer, and a name if both have names."""
    if not {word for word in short.words if word.isdigit()} <= set(long.words):
        return False
    names = [
        {word for piece in said.content for name in _NAME.findall(piece) for word in words_of(name)}
        for said in (short, long)
    ]
    return not all(names) or bool(names[0] & set(long.words) or names[1] & set(short.words))


def _told_alike(short: Said, long: Said, relation: Relation) -> bool:
    """Whether what is told in the writer's words comes from one source; from two it is two people's, however alike."""
    return relation in ("same", "described") or (short.words == long.words and not (_names(short) and _names(long)))


def _near(one: Said, other: Said, days: int) -> bool:
    """Whether two documents can have been published within some days; what is not known allows it."""
    between = ((one.latest, other.earliest), (other.latest, one.earliest))
    return all((date.fromisoformat(b) - date.fromisoformat(a)).days <= days for a, b in between if a and b)


def _utterance(members: Sequence[Said], matches: Sequence[_Match]) -> Utterance:
    first = min(members, key=lambda one: (one.earliest or one.latest or "9999", one.document, one.id))
    weakest = min(matches, key=lambda match: (match.score, match.reason), default=_Match(1.0, "said in one place only"))
    return Utterance(
        row_id("u", first.id),
        tuple(sorted(one.id for one in members)),
        tuple(sorted({one.document for one in members})),
        tuple(sorted({speaker for one in members for speaker in one.speakers})),
        _altered([one for one in members if one.kind == "direct"]),
        weakest.score,
        weakest.reason,
    )


def _altered(members: Sequence[Said]) -> bool:
    """Whether a version has other words than the longest."""
    texts = {one.content: Version(one.content) for one in members}
    if len(texts) < 2:
        return False
    base = max(texts.values(), key=lambda version: (len(version.words), version.words, version.gaps))
    return any(base.altered_by(version) for version in texts.values() if version is not base)


def versions(contents: Sequence[tuple[str, ...]]) -> tuple[tuple[Word, ...], ...]:
    """Versions of one utterance beside each other, compared with the longest; order kept, every character kept.

    A word differs where another version has another word for it; what one version merely lacks is not marked in others.
    """
    texts = [" … ".join(content) for content in contents]
    if not texts:
        return ()
    found = [plain_words(text) for text in texts]
    base = max(range(len(texts)), key=lambda i: (len(found[i]), -i))
    marks = [[False] * len(words) for words in found]
    longest = [word for word, _ in found[base]]
    for i, words in enumerate(found):
        if i == base:
            continue
        for tag, a, b, c, d in edits(longest, [word for word, _ in words]):
            if tag == "replace":
                # what lies beyond the ends of a version that was cut has no counterpart in it
                first = max(a, b - (d - c)) if c == 0 else a
                last = min(b, first + (d - c)) if d == len(words) else b
                marks[base][first:last] = [True] * (last - first)
            if tag != "delete":
                marks[i][c:d] = [True] * (d - c)
    return tuple(
        tuple(_marked(text, [span for _, span in words], row))
        for text, words, row in zip(texts, found, marks, strict=True)
    )


def _marked(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[bool]) -> Iterator[Word]:
    """The text in stretches, neighbouring words that differ as one."""
    at = 0
    changes = [span for span, differs in zip(spans, marks, strict=True) if differs]
    joined: list[tuple[int, int]] = []
    place = {span: i for i, span in enumerate(spans)}
    for span in changes:
        if joined and place[span] and spans[place[span] - 1][1] == joined[-1][1]:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    for start, end in joined:
        if start > at:
            yield Word(text[at:start], differs=False)
        yield Word(text[start:end], differs=True)
        at = end
    if at < len(text):
        yield Word(text[at:], differs=False)
