"""Which mentions of one text mean the same.

Each mention is scored against those before it (a word-level ranking model after Dobrovolskii 2021, "Word-Level
Coreference Resolution"), and the best antecedent wins if it beats having none. What the words say outweighs the scores:
two people with different surnames are never one, a short form belongs to the full name that it shortens, he is not she.
Wrong links do more harm than missing ones, so plural and generic pronouns stay alone unless the model is sure.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from variorum.language import bundle
from variorum.language.annotation import Token
from variorum.language.lists import section_of, word_list
from variorum.language.mentions import Candidate
from variorum.language.pairs import PRONOUNS, ParsedWord, antecedents_of, features_of
from variorum.language.reader import Reading
from variorum.language.splitting import Split

Join = Callable[[int, int, float], bool]
"""Joins the chain of a mention to that of an earlier one, with a score, unless what they say forbids it."""

NEAR: Final = 32
"""Mentions back to which every pair is scored; beyond, only pairs that share a word."""

SURE: Final = {0: -0.5, 1: 0.0, 2: 0.5, 3: -1.0, 4: -1.0, 5: 0.0, 6: 0.5}
"""By how much an antecedent must beat having none, by class of pronoun (0: no pronoun; see `PRONOUNS`). Set on the dev
part of GUM: for descriptions -0.5 is a point of F1 better than 0, and -1 loses as much precision as it gains recall.
"""


@dataclass
class Chain:
    """Mentions that mean the same, while chains are being joined."""

    members: list[int]
    names: list[tuple[str, ...]] = field(default_factory=list)
    """Content words of the names of people, organisations and places in it."""
    types: set[str] = field(default_factory=set)
    gender: str = ""
    """"m", "f" or "n" where a pronoun or a title tells."""
    several: bool = False
    """Whether a description in it can only mean several ("states")."""
    owners: list[frozenset[str]] = field(default_factory=list)
    """Names that stand before the noun of each description: whose government it is."""
    things: bool = False
    """Whether a description in it means neither a person nor a group ("the impeachment")."""


@dataclass(frozen=True)
class Link:
    """A mention in a chain, and how sure it is that it belongs there (1 for the first)."""

    mention: int
    score: float


def chains_of(
    reading: Reading, split: Split, tokens: Sequence[Token], mentions: Sequence[Candidate], words: Sequence[str]
) -> list[list[Link]]:
    """The chains of a text, single mentions too, each and all in the order of the text; mentions by index."""
    if not mentions:
        return []
    scores, before = _scores(reading, split, tokens, mentions, words)
    chains = [_chain(i, mention, tokens, words) for i, mention in enumerate(mentions)]
    owner = list(range(len(mentions)))
    surety = np.ones(len(mentions))

    def join(later: int, earlier: int, score: float) -> bool:
        a, b = chains[owner[earlier]], chains[owner[later]]
        if a is b:
            return True
        if not _compatible(a, b):
            return False
        a.members.extend(b.members)
        a.names.extend(b.names)
        a.types |= b.types
        a.gender = a.gender or b.gender
        a.owners.extend(b.owners)
        a.several, a.things = a.several or b.several, a.things or b.things
        surety[later] = score
        for member in b.members:
            owner[member] = owner[earlier]
        return True

    _join_names(tokens, mentions, words, join)
    _join_appositions(tokens, mentions, join)
    for i, mention in enumerate(mentions):
        if surety[i] < 1:
            continue
        least = SURE[PRONOUNS.get(words[mention.head].lower(), 0)]
        order = np.argsort(-scores[i], kind="stable")[:8]
        total = np.exp(np.clip(scores[i], -30, 30)).sum() + 1
        for place in order.tolist():
            score = float(scores[i, place])
            if score <= least:
                break
            if mention.kind == "name" and mentions[int(before[i, place])].kind == "name":
                continue  # names are joined by what they say
            if join(i, int(before[i, place]), float(np.exp(min(score, 30)) / total)):
                break
    found: dict[int, list[Link]] = {}
    for i in range(len(mentions)):
        found.setdefault(owner[i], []).append(Link(i, round(float(surety[i]), 3)))
    return list(found.values())


# --- scores ----------------------------------------------------------------------------------------------------------


def _scores(
    reading: Reading, split: Split, tokens: Sequence[Token], mentions: Sequence[Candidate], words: Sequence[str]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Scores of the antecedents of each mention, and which mentions those are; both (mentions, reach)."""
    sentence = np.repeat(np.arange(len(split.sentences) - 1), np.diff(split.sentences))
    parsed = [
        ParsedWord(word, t.lemma, t.upos, t.head, t.deprel, int(n))
        for word, t, n in zip(words, tokens, sentence, strict=True)
    ]
    heads = [mention.head for mention in mentions]
    features = features_of(parsed, heads)
    before, valid = antecedents_of(len(mentions))
    places = split.first[heads]
    anaphors, antecedents = reading.anaphor[places], reading.antecedent[places]
    scores = np.full(before.shape, -np.inf, dtype=np.float32)
    near = np.arange(before.shape[1])[None, :] < NEAR
    rows, columns = np.nonzero(valid & (near | (features[..., 10:13].max(-1) > 0)))
    network = bundle.core().pairs
    for low in range(0, len(rows), 1 << 13):
        some, others = rows[low : low + (1 << 13)], columns[low : low + (1 << 13)]
        feed = {
            "anaphor": anaphors[some],
            "antecedent": antecedents[before[some, others]],
            "features": features[some, others],
        }
        scores[some, others] = network.run(["scores"], feed)[0]
    return scores, before


# --- what the words say ----------------------------------------------------------------------------------------------


def _chain(number: int, mention: Candidate, tokens: Sequence[Token], words: Sequence[str]) -> Chain:
    chain = Chain([number])
    if mention.name is not None:
        chain.names.append(name_words(words[mention.name.start : mention.name.end]))
        chain.types.add(mention.name.type)
    pronoun = PRONOUNS.get(words[mention.head].lower(), 0)
    chain.gender = {3: "m", 4: "f", 5: "n"}.get(pronoun, "")
    if not chain.gender and mention.kind != "pronoun":
        said = {word.lower().rstrip(".") for word in words[mention.start : mention.head + 1]}
        for gender in ("m", "f"):
            if said & word_list(f"gender {gender}"):
                chain.gender = gender
    if mention.kind == "nominal":
        head = tokens[mention.head]
        before = range(mention.start, mention.head)
        owners = frozenset(unaccented(words[i].lower()) for i in before if tokens[i].upos == "PROPN")
        chain.owners += [owners] if owners else []
        chain.things = mention.type not in ("person", "organization", "place", "animal", "")
        chain.several = head.upos == "NOUN" and head.lemma + "s" == words[mention.head].lower()
    return chain


def name_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that tell it from others: no signs, particles, articles or accents, in lower case."""
    dull = word_list("particles") | word_list("articles")
    plain = (unaccented(word.lower()).rstrip(".") for word in words)
    return tuple(word for word in plain if word and word[0].isalnum() and word not in dull)


def unaccented(word: str) -> str:
    """A word without its accents: "Guaidó" and "Guaido" are one name."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def initials(words: Sequence[str]) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in words if word not in ("of", "the", "and", "for"))


def same_name(a: Sequence[str], b: Sequence[str], type: str) -> bool:
    """Whether two names of one kind can be forms of one: equal, one short for the other, or its initials."""
    if not a or not b:
        return False
    if tuple(a) == tuple(b):
        return True
    short, long = sorted((a, b), key=len)
    if type == "PER":
        # "Guaidó", "Juan Guaidó", "Juan Gerardo Guaidó"; never two given names of different people
        if len(short) == 1:
            return short[0] in (long[-1], long[0]) or (len(long) > 2 and short[0] in long[1:])
        initial, given = sorted((short[0], long[0]), key=len)
        return short[-1] == long[-1] and (initial == given or (len(initial) == 1 and given.startswith(initial)))
    if len(short) == 1 and len(long) > 1 and short[0].replace(".", "") == initials(long):
        return True
    if type == "ORG" and len(short) < len(long):
        if tuple(short) == tuple(
            long[: len(short)]
        ):  # "Harbour" for Harbour Liberals, but not "Washington" for its Post
            return long[len(short)] not in word_list("no tail") and short[-1] not in section_of("bodies.txt", "part")
        return tuple(short) == tuple(long[-len(short) :]) and long[-len(short) - 1] not in word_list("no front")
    return False


def _compatible(a: Chain, b: Chain) -> bool:
    if a.gender and b.gender and a.gender != b.gender:
        return False
    for one, other in ((a, b), (b, a)):
        if "PER" in one.types and (other.gender == "n" or other.types - {"PER"}):
            return False
        if one.types and "PER" not in one.types and other.gender in ("m", "f"):
            return False
        if ("PER" in one.types and (other.things or other.several)) or ("LOC" in one.types and other.several):
            return False
    if any(not ours & theirs for ours in a.owners for theirs in b.owners):
        return False  # "Maduro's government" is not "Guaidó's government"
    for left in a.names:
        for right in b.names:
            kind = "PER" if "PER" in a.types else "ORG"
            if not same_name(left, right, kind):
                return False
    return True


def _join_names(tokens: Sequence[Token], mentions: Sequence[Candidate], words: Sequence[str], join: Join) -> None:
    """Join each name to the latest one before it that it can be a form of.

    The same form goes before others: a surname keeps meaning whom it meant. Nor is it that of a relative whom the text
    introduces as such.
    """
    seen: list[tuple[int, tuple[str, ...], str]] = []
    relatives: set[tuple[str, ...]] = set()
    for i, mention in enumerate(mentions):
        if mention.name is None:
            continue
        own = name_words(words[mention.name.start : mention.name.end])
        kind = mention.name.type
        if kind == "PER" and len(own) > 1 and _is_relative(tokens, mention):
            relatives.add(own)
        before = [one for one in reversed(seen) if one[2] == kind and same_name(own, one[1], kind)]
        for other, theirs, _ in sorted(before, key=lambda one: one[1] != own):
            if own != theirs and {own, theirs} & relatives:
                continue
            if join(i, other, 0.99):
                break
        seen.append((i, own, kind))


def _is_relative(tokens: Sequence[Token], mention: Candidate) -> bool:
    """Whether a name is introduced as that of somebody's relative: "his father, Frederick Trump"."""
    token = tokens[mention.head]
    nouns = [token.head] if token.deprel.split(":")[0] in ("appos", "flat", "compound", "nmod") else []
    if mention.name is not None and mention.name.start:
        nouns.append(mention.name.start - 1)
    return any(k >= 0 and tokens[k].lemma.lower() in word_list("relatives") for k in nouns)


def _join_appositions(tokens: Sequence[Token], mentions: Sequence[Candidate], join: Join) -> None:
    """Join "the politician who ..." to the name that it stands behind, and "the minister" to the name behind it."""
    by_head = {mention.head: i for i, mention in enumerate(mentions)}
    for i, mention in enumerate(mentions):
        token = tokens[mention.head]
        other = by_head.get(token.head)
        if token.deprel == "appos" and other is not None:
            first, second = sorted((i, other))
            kinds = {mentions[first].type, mentions[second].type} - {""}
            if len(kinds) <= 1:
                join(second, first, 0.95)
