"""What a cue says about what it introduces: its stance, hedges, negation and modality.

``data/cues.txt`` tells which cue implies what, ``data/hedges.txt`` the words by which a text keeps a saying at a
distance; both name the accounts that their classes follow. Which words belong to a cue is read off the syntax: a "not"
or an "allegedly" counts if it depends on a verb of the cue, or on one that governs it ("did not want to say").

Where a cue holds several words of the lexicon, the stance is the first of these that one has: denying, distancing,
demanding, promising, committing, neutral. The modality is the first of these that applies:

- *denied*: the stance is denying ("denied", "did not deny", "his denial of");
- *alleged*: the stance is distancing, or a hedge stands by ("claimed", "reportedly said", "is understood to"), or the
  cue accuses;
- *demanded*, *planned*: the stance is demanding or promising, or the cue wants something, or something is expected;
- *conditional*: the saying is a mere possibility or asked about ("would say", "if he says", "did he say ...?"), or what
  is said is a question that the cue leaves open ("asked whether");
- *planned*: the saying itself is still to come ("will announce");
- *reported*: all else. What the outlet says in its own voice has no cue, and is *asserted*.

A negated saying keeps its modality.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast, get_args

from variorum.language.annotation import CueStance, Modality, Span, Token
from variorum.language.lists import lines_of

REACH: Final = 12
"""Words before and behind a cue among which what belongs to it is sought."""
GAP: Final = 2
"""Most words between two of an entry of several words."""
BEYOND: Final = 2
"""Words of the content that an entry may take in, if they follow the cue at once: "ask" and "to", "call" and "for"."""

_ORDER: Final[tuple[CueStance, ...]] = ("denying", "distancing", "demanding", "promising", "committing", "neutral")
_PARTS: Final = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns"}
_NOT: Final = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "no"})
_NOT_ONLY: Final = frozenset({"only", "just", "merely", "simply", "necessarily"})
_NOBODY: Final = frozenset({"nobody", "none", "neither", "no-one"})
_MAYBE: Final = frozenset({"would", "could", "might", "may"})
_TO_COME: Final = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_UNDER: Final = frozenset({"if", "unless", "whether"})
_OPEN: Final = frozenset({"whether", "if", "who", "whom", "what", "when", "where", "why", "how", "which"})
_IMPLIED: Final[dict[CueStance, Modality]] = {
    "denying": "denied",
    "distancing": "alleged",
    "demanding": "demanded",
    "promising": "planned",
}
_WHY: Final[dict[CueStance, str]] = {
    "denying": "speaks against it",
    "distancing": "keeps its distance",
    "demanding": "demands it",
    "promising": "promises or plans it",
    "committing": "takes it for a fact",
}


@dataclass(frozen=True, slots=True)
class CueReading:
    """What a cue implies about what it introduces."""

    stance: CueStance
    modality: Modality
    hedges: tuple[Span, ...]
    """Words that keep the saying at a distance, in the order of the text; the cue itself where it does."""
    negated: bool
    """Whether the text says that it is not said."""
    reason: str
    """Why it is so read; empty for plain saying."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon of cues."""

    lemmas: tuple[str, ...]
    stance: CueStance
    part: str
    """verbs, nouns, passives or words."""
    marks: frozenset[str]
    """The modality that it implies where that is not the one of its stance, and the other marks of its section."""

    @property
    def modality(self) -> Modality:
        """The modality that it implies."""
        for mark in self.marks:
            if mark in get_args(Modality):
                return cast(Modality, mark)
        return _IMPLIED.get(self.stance, "reported")


@dataclass(frozen=True, slots=True)
class _Match:
    """An entry of the lexicon, and the tokens of a cue that it takes in."""

    entry: Entry
    at: tuple[int, ...]

    def has(self, mark: str) -> bool:
        return mark in self.entry.marks


@dataclass(slots=True)
class _Cue:
    """A cue by the indices of its tokens, and what stands around it."""

    text: str
    tokens: Sequence[Token]
    own: list[int]
    source: list[int]
    content: list[int]
    near: range
    path: list[int] = field(default_factory=list)
    """The verbs and nouns that the saying stands on: those of the lexicon in the cue, and what governs them."""

    def word(self, i: int) -> str:
        token = self.tokens[i]
        return self.text[token.start : token.end].lower()

    def lemma(self, i: int) -> str:
        return _lemma(self.word(i), self.tokens[i].lemma.lower())

    def rel(self, i: int) -> str:
        return self.tokens[i].deprel

    def of(self, head: int, *relations: str) -> list[int]:
        """What depends on a token, in one of some relations if any are named; not what is in the content."""
        return [
            i
            for i in self.near
            if self.tokens[i].head == head
            and (not relations or self.rel(i) in relations)
            and (i in self.own or i not in self.content)
        ]


def read_cue(
    text: str, tokens: Sequence[Token], source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span]
) -> CueReading:
    """Read the cue of one attribution.

    ``tokens`` are those of the whole text, in its order; the spans are offsets in it. A cue of no words, or of none
    that the lexicon knows, is neutral, and what it introduces is reported.
    """
    found = _cue(text, tokens, source, cue, content)
    if not found.own:
        return CueReading("neutral", "reported", (), False, "")
    matches = _matches(found)
    silenced, silent = _silenced(found, matches)
    counting = _main([match for match in matches if match not in silent])
    _follow(found, counting)
    used = {i for match in counting if len(match.at) > 1 for i in match.at}
    hedges = _hedges(found)
    negated = silenced != _is_negated(found, used)
    stance = _stance(found, counting, hedges)
    modality, reason = _modality(found, counting, stance, hedges, negated, used)
    reasons = ["it is not said"] if negated else []
    spans = tuple((tokens[first].start, tokens[last].end) for first, last in hedges)
    return CueReading(stance, modality, spans, negated, "; ".join([*reasons, *filter(None, [reason])]))


def entries_in(text: str, tokens: Sequence[Token], cue: Sequence[Span]) -> list[tuple[Entry, tuple[int, ...]]]:
    """The entries of the lexicon that a cue holds, each with the indices of its tokens."""
    found = _cue(text, tokens, (), cue, ())
    return [(match.entry, match.at) for match in _matches(found)]


def head_of(tokens: Sequence[Token], cue: Sequence[Span]) -> int | None:
    """The index of the word that a cue stands on: the first that depends on nothing in it, a full word if possible."""
    own = [i for span in cue for i in _within(tokens, span)]
    tops = [i for i in own if tokens[i].head not in own]
    full = [i for i in tops if tokens[i].upos in ("VERB", "NOUN", "PROPN", "ADJ", "ADV")]
    return next(iter(full or tops), None)


def _within(tokens: Sequence[Token], span: Span) -> range:
    low = bisect_left(tokens, span[0], key=_start)
    if low and tokens[low - 1].end > span[0]:
        low -= 1
    return range(low, bisect_left(tokens, span[1], low, key=_start))


def _start(token: Token) -> int:
    return token.start


def _cue(
    text: str, tokens: Sequence[Token], source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span]
) -> _Cue:
    def indices(spans: Iterable[Span]) -> list[int]:
        return sorted({i for span in spans for i in _within(tokens, span)})

    own = indices(cue)
    if not own:
        return _Cue(text, tokens, own, [], [], range(0))
    near = range(max(0, own[0] - REACH), min(len(tokens), own[-1] + REACH + 1))
    taken = set(own)
    said = [i for i in indices(_close(tokens, near, content)) if i not in taken]
    return _Cue(text, tokens, own, indices(source), said, near)


def _close(tokens: Sequence[Token], near: range, spans: Iterable[Span]) -> Iterator[Span]:
    """The part of some spans that lies near a cue; a content may be as long as a speech."""
    low, high = tokens[near.start].start, tokens[near.stop - 1].end
    for start, end in spans:
        if start < high and end > low:
            yield max(start, low), min(end, high)


# The lexicon


@cache
def _sections(name: str) -> dict[str, list[str]]:
    """The entries of a list by its sections."""
    found: dict[str, list[str]] = defaultdict(list)
    section = ""
    for line in lines_of(name):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            found[section] += line.split(", ")
    return found


@cache
def _lexicon() -> dict[str, tuple[Entry, ...]]:
    """The entries by their first lemma, the longest first, passives before the others."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for section, lines in _sections("cues.txt").items():
        stance, _, rest = section.partition(" ")
        part, *marks = rest.split() or [""]
        for line in lines if rest else ():
            lemmas = tuple(line.split())
            found[lemmas[0]].append(Entry(lemmas, cast(CueStance, stance), part, frozenset(marks)))
    return {
        first: tuple(sorted(entries, key=lambda entry: (-len(entry.lemmas), entry.part != "passives")))
        for first, entries in found.items()
    }


@cache
def _hedge_words(section: str) -> frozenset[str]:
    return frozenset(_sections("hedges.txt")[section])


@cache
def _forms() -> dict[str, str]:
    """Dictionary forms of the forms of verbs: regular ones by rule, irregular ones as listed."""
    found: dict[str, str] = {}
    for entries in _lexicon().values():
        for verb in {entry.lemmas[0] for entry in entries if entry.part == "verbs"}:
            stem = verb.removesuffix("e")
            found |= dict.fromkeys((verb + "s", stem + "ed", stem + "ing", verb + verb[-1] + "ed"), verb)
            if verb.endswith("y"):
                found |= dict.fromkeys((verb[:-1] + "ies", verb[:-1] + "ied"), verb)
    return found | dict(cast(tuple[str, str], line.split()) for line in _sections("cues.txt")["forms"])


def _lemma(word: str, lemma: str) -> str:
    """The dictionary form of a word: as the parser has it, unless the lexicon only knows another ("hoping": "hop")."""
    return lemma if lemma in _lexicon() else _forms().get(word, lemma)


def _matches(cue: _Cue) -> list[_Match]:
    """The entries that a cue holds, none inside of another, in the order of the text."""
    beyond = [i for i in range(cue.own[-1] + 1, cue.own[-1] + 1 + BEYOND) if i in cue.content]
    if beyond and beyond[0] != cue.own[-1] + 1:
        beyond = []
    lemmas = {i: cue.lemma(i) for i in (*cue.own, *beyond)}
    found: list[_Match] = []
    used: set[int] = set()
    for i in cue.own:
        for entry in _lexicon().get(lemmas[i], ()):
            at = _taken(cue, lemmas, i, entry)
            if at and not used.intersection(at) and _fits(cue, i, entry):
                found.append(_Match(entry, at))
                used.update(at)
                break
    return found or _any_part(cue, lemmas)


def _any_part(cue: _Cue, lemmas: dict[int, str]) -> list[_Match]:
    """What a cue holds if the parts of speech are left aside, since the parser may err."""
    found = [(i, entry) for i in cue.own for entry in _lexicon().get(lemmas[i], ()) if len(entry.lemmas) == 1]
    return [_Match(entry, (i,)) for i, entry in found if entry.part != "passives"][:1]


def _taken(cue: _Cue, lemmas: dict[int, str], first: int, entry: Entry) -> tuple[int, ...]:
    """The tokens that an entry takes in from one on; none if it is not there."""
    at = [first]
    for wanted in entry.lemmas[1:]:
        following = (i for i in range(at[-1] + 1, at[-1] + 2 + GAP) if i in lemmas)
        found = next((i for i in following if wanted == cue.word(i) or (wanted == lemmas[i] and _varies(cue, i))), None)
        if found is None:
            return ()
        at.append(found)
    return tuple(at)


def _varies(cue: _Cue, i: int) -> bool:
    """Whether a word stands for its dictionary form; "those" is no "that"."""
    return cue.tokens[i].upos not in ("PRON", "DET")


def _fits(cue: _Cue, i: int, entry: Entry) -> bool:
    if entry.part == "words":
        return True
    if len(entry.lemmas) > 1:
        return cue.tokens[i].upos not in (("NOUN", "ADJ") if entry.part == "verbs" else ("VERB", "AUX"))
    part = _PARTS.get(cue.tokens[i].upos, "")
    if entry.part == "passives":
        return part == "verbs" and _is_passive(cue, i)
    if entry.part == "nouns" and part == "nouns":
        return _is_said(cue, i)
    return entry.part == part


def _is_said(cue: _Cue, i: int) -> bool:
    """Whether a noun in a cue is what the saying stands on ("made a promise"), not its setting ("said in a speech")."""
    return cue.tokens[i].head not in cue.own or not cue.rel(i).startswith(("obl", "nmod", "compound"))


def _is_passive(cue: _Cue, i: int) -> bool:
    return any(cue.tokens[j].head == i and cue.rel(j).endswith(":pass") for j in cue.near)


# What the cue stands on, and whether it is said


def _silenced(cue: _Cue, matches: Sequence[_Match]) -> tuple[bool, list[_Match]]:
    """Whether words such as "refuse to" take back a saying, and which those are."""
    silent = [match for match in matches if match.has("silence") and _has_saying(cue, matches, match)]
    unsaid = [match for match in matches if match.has("unsaid")]
    return bool(silent) or bool(unsaid), silent


def _has_saying(cue: _Cue, matches: Sequence[_Match], silence: _Match) -> bool:
    """Whether a saying follows a word of silence: in the cue, or where the content begins ("declined" "to comment")."""
    following = [match.entry for match in matches if match.at[0] > silence.at[-1] and match.entry.part != "words"]
    if not following:
        said = [i for i in cue.content if i > cue.own[-1]][:3]
        following = [
            entry
            for i in said
            for entry in _lexicon().get(cue.lemma(i), ())
            if entry.part == _PARTS.get(cue.tokens[i].upos) and _goes_on(cue, i, entry) and not _is_passive(cue, i)
        ]
    return any(entry.part != "words" and "act" not in entry.marks for entry in following)


def _main(matches: Sequence[_Match]) -> list[_Match]:
    """The verbs and nouns among the entries; all where there is none."""
    return [match for match in matches if match.entry.part != "words"] or list(matches)


def _goes_on(cue: _Cue, i: int, entry: Entry) -> bool:
    """Whether the words of an entry stand in the text from one on, without a gap."""
    following = range(i, min(i + len(entry.lemmas), len(cue.tokens)))
    return tuple(cue.lemma(j) for j in following) == entry.lemmas


def _follow(cue: _Cue, matches: Sequence[_Match]) -> None:
    """Find what a saying stands on: its verb or noun, and upwards what governs it."""
    anchors = [i for match in _main(matches) for i in match.at if i in cue.own and cue.tokens[i].upos in _PARTS]
    cue.path = list(dict.fromkeys(i for anchor in anchors or cue.own[:1] for i in _upwards(cue, anchor)))


def _upwards(cue: _Cue, at: int) -> Iterator[int]:
    inside, steps = set(cue.own), 0
    barred = {*cue.content, *cue.source} - inside
    while at >= 0 and at not in barred and steps < REACH:
        yield at
        head = cue.tokens[at].head
        if head not in inside and (cue.rel(at) != "xcomp" or head not in cue.near):
            return
        at, steps = head, steps + 1


def _is_negated(cue: _Cue, used: set[int]) -> bool:
    """Whether a "not" belongs to what the saying stands on, or nobody is who says it."""
    for head in cue.path:
        below = cue.of(head)
        below += [j for i in below if cue.tokens[i].upos in ("AUX", "ADV") and i not in cue.path for j in cue.of(i)]
        if any(i < head and i not in used and _is_not(cue, i) for i in below):
            return True
        subjects = [i for i in below if cue.rel(i).startswith("nsubj")]
        if any(cue.word(i) in _NOBODY or any(cue.word(j) == "no" for j in cue.of(i, "det")) for i in subjects):
            return True
        if any(cue.word(i) == "without" and cue.rel(i) == "mark" and i not in cue.own for i in below):
            return True
    return _is_nobody(cue)


def _is_not(cue: _Cue, i: int) -> bool:
    if cue.word(i) not in _NOT or cue.rel(i).startswith(("obj", "obl", "nsubj", "discourse", "parataxis")):
        return False
    return i + 1 >= len(cue.tokens) or cue.word(i + 1) not in _NOT_ONLY


def _is_nobody(cue: _Cue) -> bool:
    words = [cue.word(i) for i in cue.source[:2]]
    if not words:
        return False
    if words[0] == "not":
        return words[1:] in (["one"], ["a"])
    if words[0] == "no":
        return cue.text[cue.tokens[cue.source[0]].end :][:1] != "."
    return words[0] in _NOBODY


# Hedges


def _hedges(cue: _Cue) -> list[tuple[int, int]]:
    """First and last word of each hedge, in the order of the text."""
    inside = set(cue.own)
    found: list[tuple[int, int]] = []
    for i in sorted({*cue.own, *cue.path}):
        found += _of_verb(cue, i, i in inside)
    outside = {*cue.content, *cue.source} - inside
    for i in cue.near:
        if i not in outside:
            found += _beside(cue, i)
    found += _of_source(cue)
    kept: list[tuple[int, int]] = []
    for first, last in sorted(set(found), key=lambda span: (span[0] - span[1], span)):
        if all(last < a or b < first for a, b in kept):
            kept.append((first, last))
    return sorted(kept)


def _of_verb(cue: _Cue, i: int, inside: bool) -> Iterator[tuple[int, int]]:
    """The cue as a hedge, or what governs it."""
    part, lemma = _PARTS.get(cue.tokens[i].upos, ""), cue.lemma(i)
    if part == "nouns" and inside and lemma in _hedge_words("nouns") and _is_said(cue, i):
        yield i, i
    if part != "verbs":
        return
    to = i + 1 if i + 1 < len(cue.tokens) and cue.word(i + 1) in ("to", "of") else i
    if lemma in _hedge_words("passives") and (first := _impersonal(cue, i)) is not None:
        yield first, to
    elif lemma in _hedge_words("seeming") and _governs(cue, i):
        yield i, to
    elif inside and lemma in _hedge_words("verbs"):
        yield i, i


def _governs(cue: _Cue, i: int) -> bool:
    """Whether a clause or what somebody is depends on a verb: "appeared to agree", not "appeared on stage"."""
    return any(cue.tokens[j].head == i and cue.rel(j) in ("xcomp", "ccomp", "csubj") for j in cue.near)


def _impersonal(cue: _Cue, i: int) -> int | None:
    """The first word of a passive in which nobody is said to say it ("it is claimed"), None if it is no such."""
    below = [j for j in cue.near if cue.tokens[j].head == i]
    passive = any(cue.rel(j).endswith(":pass") for j in below)
    bare = cue.rel(i).startswith("acl") and i + 1 < len(cue.tokens) and cue.word(i + 1) == "to"
    if not passive and not (bare and not any(cue.rel(j) == "nsubj" for j in below)):
        return None
    before = cue.source[0] - 1 if cue.source else -1
    if any(cue.rel(j) == "obl:agent" for j in below) or any(
        cue.word(j) == "by" for j in (i + 1, cue.own[-1], before) if 0 <= j < len(cue.tokens)
    ):
        return None
    first = min((j for j in below if j < i and cue.rel(j).startswith("aux")), default=i)
    if first - 1 in below and cue.word(first - 1) == "it":
        first -= 1
    return first


def _beside(cue: _Cue, i: int) -> Iterator[tuple[int, int]]:
    """The hedges of adverbs, adjectives and phrases that begin with a word and belong to the cue."""
    word, head = cue.word(i), cue.tokens[i].head
    stands_on = {*cue.own, *cue.path}
    if word in _hedge_words("adverbs"):
        apart = head >= 0 and cue.tokens[head].upos in ("VERB", "AUX")
        if head in stands_on or i in stands_on or (not apart and _touches(cue, i)):
            yield i, i
    elif word in _hedge_words("adjectives") and cue.rel(i) == "amod" and head in cue.own:
        yield i, i
    for phrase in _phrases().get(word, ()):
        last = i + len(phrase) - 1
        if last < len(cue.tokens) and all(cue.word(i + k) == wanted for k, wanted in enumerate(phrase)):
            inner = range(i, last + 1)
            if all(j in cue.own or j not in cue.content for j in inner) and any(
                j in stands_on or cue.tokens[j].head in stands_on for j in inner
            ):
                yield i, last


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in _hedge_words("phrases"):
        words = tuple(line.split())
        found[words[0]].append(words)
    return {first: tuple(sorted(phrases)) for first, phrases in found.items()}


def _touches(cue: _Cue, i: int) -> bool:
    """Whether a word stands right before or behind the cue."""
    return i + 1 in cue.own or i - 1 in cue.own


def _of_source(cue: _Cue) -> Iterator[tuple[int, int]]:
    for i in cue.source:
        if cue.word(i) in _hedge_words("sources"):
            head = cue.tokens[i].head
            yield i, head if cue.rel(i) == "amod" and head in cue.source and 0 < head - i <= GAP else i


# Stance and modality


def _stance(cue: _Cue, matches: Sequence[_Match], hedges: Sequence[tuple[int, int]]) -> CueStance:
    stances = {_stance_of(cue, match, hedges) for match in matches}
    return next((stance for stance in _ORDER if stance in stances), "neutral")


def _stance_of(cue: _Cue, match: _Match, hedges: Sequence[tuple[int, int]]) -> CueStance:
    if match.entry.stance != "denying" and any(first <= match.at[0] <= last for first, last in hedges):
        return "distancing"
    if match.has("directing") and _is_directed(cue, match.at[0]):
        return "demanding"
    return match.entry.stance


def _is_directed(cue: _Cue, verb: int) -> bool:
    """Whether "to" with a verb depends on a verb: "told them to leave"."""
    whats = {i for i in cue.near if cue.tokens[i].head == verb and cue.rel(i) == "xcomp"}
    return any(cue.tokens[i].head in whats and cue.word(i) == "to" and cue.rel(i) == "mark" for i in cue.near)


def _modality(
    cue: _Cue,
    matches: Sequence[_Match],
    stance: CueStance,
    hedges: Sequence[tuple[int, int]],
    negated: bool,
    used: set[int],
) -> tuple[Modality, str]:
    """The modality, and why."""
    deciding = next((match for match in matches if _stance_of(cue, match, hedges) == stance), None)
    said = _quoted(cue, deciding.at[0], deciding.at[-1]) if deciding else ""
    if stance == "denying":
        return "denied", f"{said} {_WHY[stance]}"
    if hedges:
        return "alleged", f"{_quoted(cue, *hedges[0])} {_WHY['distancing']}"
    if stance in _IMPLIED:
        return _IMPLIED[stance], f"{said} {_WHY[stance]}"
    for modality, why in (("alleged", "accuses"), ("demanded", "tells a wish"), ("planned", "looks ahead")):
        for match in matches:
            if modality in match.entry.marks and (modality != "demanded" or match is matches[-1]):
                return cast(Modality, modality), f"{_quoted(cue, match.at[0], match.at[-1])} {why}"
    if reason := _condition(cue, matches, negated, used):
        return "conditional", reason
    if not negated and _is_to_come(cue, used):
        return "planned", "it is still to be said"
    if stance == "committing":
        return "reported", f"{said} {_WHY[stance]}"
    thought = next((match for match in matches if match.has("thought")), None)
    return "reported", f"{_quoted(cue, thought.at[0], thought.at[-1])} tells a thought" if thought else ""


def _quoted(cue: _Cue, first: int, last: int) -> str:
    return f"“{cue.text[cue.tokens[first].start : cue.tokens[last].end]}”"


def _condition(cue: _Cue, matches: Sequence[_Match], negated: bool, used: set[int]) -> str:
    """Why a saying is conditional; empty if it is not."""
    marks = [i for head in cue.path for i in cue.of(head, "mark") if i < head]
    if any(cue.word(i) in _UNDER and cue.word(i + 1) != "not" for i in marks):
        return "it is said under a condition"
    if _is_asked(cue):
        return "whether it is said is asked"
    if not negated and any(cue.lemma(i) in _MAYBE for i in _auxiliaries(cue, used)):
        return "it may or might be said"
    return "it is left open" if _is_open(cue, any(match.has("asking") for match in matches)) else ""


def _is_open(cue: _Cue, asks: bool) -> bool:
    """Whether the content is a question that depends on the cue."""
    first = cue.own[-1] + 1
    if first in cue.content and not any(i < first for i in cue.content):
        opening = cue.word(first)
    else:
        opening = cue.word(cue.own[-1])
    if opening == "whether":
        return True
    return asks and (opening in _OPEN or any(cue.word(i) == "?" for i in cue.content))


def _auxiliaries(cue: _Cue, used: set[int]) -> list[int]:
    return [i for head in cue.path for i in cue.of(head, "aux") if i not in used]


def _is_to_come(cue: _Cue, used: set[int]) -> bool:
    going = any(cue.word(i) == "going" and i + 1 in cue.near and cue.word(i + 1) == "to" for i in cue.path)
    return going or any(cue.word(i) in _TO_COME for i in _auxiliaries(cue, used))


def _is_asked(cue: _Cue) -> bool:
    """Whether the cue stands in a question: "did he say", "who said"."""
    for head in cue.path:
        subjects = [i for i in cue.of(head) if cue.rel(i).startswith(("nsubj", "expl"))]
        before = [i for i in cue.of(head) if cue.rel(i).startswith("aux") and i < head]
        inverted = bool(before and subjects) and before[0] < subjects[0] < head
        wanted = cue.rel(head) == "root" and any(cue.word(i) in ("who", "what", "which") for i in subjects)
        if (inverted or wanted) and _ends_in_question(cue):
            return True
    return False


def _ends_in_question(cue: _Cue) -> bool:
    for i in range(cue.own[-1] + 1, min(len(cue.tokens), cue.own[-1] + 5 * REACH)):
        if (word := cue.word(i)) in (".", "!", "?"):
            return word == "?"
    return False


def hedging() -> frozenset[str]:
    """Adverbs by which a text keeps what a verb says at a distance: "allegedly"."""
    return frozenset(_hedge_words("adverbs"))
