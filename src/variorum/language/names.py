"""Names: what the news weights tag, and what any editor expects of a name on top of that.

The model tags; the rules below see to the edges (possessives, titles, articles, quotation marks and brackets stay
outside, hyphens and particles inside), to demonyms, and to one text calling the same name by one kind.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from variorum.language import bundle
from variorum.language.annotation import NameType, Token
from variorum.language.lists import section_of, word_list
from variorum.language.reader import Reading, chances_of
from variorum.language.splitting import Split

LEAST: Final = 0.5
"""Mean probability below which a name is only kept where the text calls the same by name elsewhere."""

OFTEN: Final = 1500
"""Sum of thousandths of probability over all places of a name from which a weak one is kept with the others."""

KNOWN: Final = 800
"""The same sum from which a name is looked for where the model did not see it."""

REPEATED: Final = 0.08
"""Probability of being in a name from which a repeated name is taken for one."""


@dataclass(frozen=True)
class Name:
    """One name, by words."""

    start: int
    end: int
    """Index of the word after its last."""
    type: NameType
    score: float


def names_of(reading: Reading, split: Split, tokens: Sequence[Token]) -> tuple[Name, ...]:
    """The names of a text, in order; no two of them overlap."""
    if not tokens:
        return ()
    scores = reading.names[split.first]
    chances = chances_of(scores)
    text = reading.text
    words = [text[token.start : token.end] for token in tokens]
    found = [
        name
        for low, high in zip(split.sentences[:-1].tolist(), split.sentences[1:].tolist(), strict=True)
        for name in _decoded(scores[low:high], chances[low:high], low)
    ]
    found = _joined(found, words, tokens)
    trimmed = [_trimmed(name, words, tokens) for name in found]
    kept = [_demonym(name, words, tokens) for name in trimmed if name is not None]
    return _consistent(kept, words, tokens, chances)


# --- what the model says ---------------------------------------------------------------------------------------------


def _decoded(scores: npt.NDArray[np.float32], chances: npt.NDArray[np.float32], offset: int) -> list[Name]:
    """Names of one sentence: the best sequence of tags in which every I follows a B or an I of its kind."""
    tags = bundle.news().tags
    best = scores.argmax(1)
    if any(tags[t][0] == "I" and (i == 0 or tags[best[i - 1]][1:] != tags[t][1:]) for i, t in enumerate(best)):
        best = _viterbi(scores)
    names: list[Name] = []
    for i, number in enumerate(best.tolist()):
        mark, _, kind = tags[number].partition("-")
        if not kind:
            continue
        of_kind = [n for n, tag in enumerate(tags) if tag.endswith(f"-{kind}")]
        chance = float(chances[i, of_kind].sum())
        if mark == "I":
            last = names[-1]
            size = i + offset - last.start
            names[-1] = replace(last, end=i + offset + 1, score=(last.score * size + chance) / (size + 1))
        else:
            names.append(Name(i + offset, i + offset + 1, _type(kind), chance))
    return names


def _type(kind: str) -> NameType:
    found: dict[str, NameType] = {name: name for name in get_args(NameType)}
    return found[kind]


@functools.cache
def _forbidden() -> npt.NDArray[np.float32]:
    """Cost of one tag (rows) being followed by another (columns)."""
    tags = bundle.news().tags
    table = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after[0] == "I" and before[1:] != after[1:]:
                table[i, j] = -1e4
    return table


def _viterbi(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    tags = bundle.news().tags
    forbidden = _forbidden()
    total = scores[0] + np.array([-1e4 if tag[0] == "I" else 0 for tag in tags], dtype=np.float32)
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        ways = total[:, None] + forbidden
        back[i] = ways.argmax(0)
        total = ways.max(0) + scores[i]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = total.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


# --- edges -----------------------------------------------------------------------------------------------------------


def _glued(tokens: Sequence[Token], left: int) -> bool:
    """Whether a word and the next stand without a space between them."""
    return left + 1 < len(tokens) and tokens[left].end == tokens[left + 1].start


def _joined(names: list[Name], words: Sequence[str], tokens: Sequence[Token]) -> list[Name]:
    """Names that are one: across a hyphen without spaces, or across the particles of a person's name."""
    found: list[Name] = []
    particles = word_list("particles")
    for name in names:
        last = found[-1] if found else None
        if last is not None and last.type == name.type:
            between = range(last.end, name.start)
            hyphen = (
                len(between) == 1
                and words[last.end] in "-‐‑–"
                and _glued(tokens, last.end - 1)
                and _glued(tokens, last.end)
                # "Alexandria Ocasio-Cortez", but "the Trump-Biden call"
                and (name.type != "PER" or last.end - last.start > 1)
            )
            particle = name.type == "PER" and 0 < len(between) <= 3 and all(words[i] in particles for i in between)
            touching = name.type == "PER" and not between and _glued(tokens, last.end - 1)
            if hyphen or particle or touching:
                score = min(last.score, name.score)
                found[-1] = replace(last, end=name.end, score=score)
                continue
            if name.type == "PER" and _is_completed_in_brackets(words, last, name):
                found.pop()
        found.append(name)
    return [_completed(name, words, tokens, found) for name in found]


def _is_completed_in_brackets(words: Sequence[str], first: Name, name: Name) -> bool:
    """Whether an editor put the first part of a name into brackets: "[President Nicolas] Maduro"."""
    closed = name.start - first.end == 1 and words[first.end] in ("]", ")")
    return closed and any(words[i] in ("[", "(") for i in range(max(0, first.start - 5), first.start))


def _completed(name: Name, words: Sequence[str], tokens: Sequence[Token], names: Sequence[Name]) -> Name:
    """A name with the rest of a hyphenated word whose parts are all capitalised ("Ocasio-Cortez")."""
    taken = {i for other in names if other != name for i in range(other.start, other.end)}
    end = name.end
    while (
        end + 1 < len(words)
        and words[end] in "-‐‑"
        and words[end + 1][:1].isupper()
        and words[end - 1][:1].isupper()
        and _glued(tokens, end - 1)
        and _glued(tokens, end)
        and not {end, end + 1} & taken
        and name.type == "PER"
    ):
        end += 2
    return replace(name, end=end)


_MARKS: Final = frozenset('"“”«»„')
_EDGES: Final = frozenset("\"'“”‘’«»„‚()[]{},;:!?-–—…/*•|")


def _trimmed(name: Name, words: Sequence[str], tokens: Sequence[Token]) -> Name | None:
    """A name without what is not part of it; None if nothing is left."""
    start, end = name.start, name.end
    titles = word_list("titles") | section_of("posts.txt", "titles")
    articles = word_list("articles")
    if name.type == "PER":
        end = _before_a_quotation(words, start, end)
    while start < end:
        word, last = words[start].lower(), words[end - 1]
        more = end - start > 1
        small = tokens[end - 1].upos in ("PART", "PUNCT", "AUX")
        article = more and word in articles and name.type != "MISC"
        title = more and name.type == "PER" and word.rstrip(".") in titles
        party = more and name.type == "ORG" and end - start == 2 and words[start] in ("Republican", "Democratic", "GOP")
        if party and last.lower() in ("senate", "house", "congress"):
            start += 1  # the Senate, when it is Republican
        elif (
            last in _EDGES
            or (more and last in ("and", "or", "&"))
            or (small and last.lower() in ("'s", "’s", "'", "’", "."))
        ):
            end -= 1
        elif words[start] in _EDGES or article or title:
            start += 1
        else:
            break
    if start >= end or not any(c.isalpha() for c in "".join(words[start:end])):
        return None
    if end - start == 1 and name.type == "PER" and words[start].lower().rstrip(".") in titles:
        return None
    if end - start > 1 and name.type != "PER" and words[end - 1].lower() in word_list("partisans"):
        return None
    if words[start] in ("R", "D", "I") and (end - start == 1 or words[start + 1] == "-"):
        return None  # party and state of a member of Congress: "(R-Wis.)"
    return replace(name, start=start, end=end)


def _before_a_quotation(words: Sequence[str], start: int, end: int) -> int:
    """The end of a person's name, before a quotation mark inside of it that is never closed: ``T. Valme "regent``."""
    marks = [i for i in range(start + 1, end - 1) if words[i] in _MARKS]
    return marks[0] if len(marks) == 1 else end


def _demonym(name: Name, words: Sequence[str], tokens: Sequence[Token]) -> Name:
    """A people or its adjective is no place and no organisation ("the Syrians", "Russian")."""
    alone = name.end - name.start == 1
    if alone and name.type in ("LOC", "ORG") and tokens[name.start].upos == "ADJ" and words[name.start].isalpha():
        return replace(name, type="MISC")
    return name


# --- one text, one name ----------------------------------------------------------------------------------------------


def _consistent(
    names: list[Name], words: Sequence[str], tokens: Sequence[Token], chances: npt.NDArray[np.float32]
) -> tuple[Name, ...]:
    """The same name is of the same kind throughout, and is found wherever it stands with a capital."""
    votes: dict[tuple[str, ...], Counter[NameType]] = defaultdict(Counter)
    for name in names:
        votes[tuple(words[name.start : name.end])][name.type] += round(name.score * 1000)
    kind = {key: max(count, key=lambda t: (count[t], t)) for key, count in votes.items()}
    # "Washington" may be a place here and a person there; only a clear majority rules
    sure = {key for key, count in votes.items() if count[kind[key]] >= 0.75 * sum(count.values())}
    found = [
        replace(name, type=kind[key]) if (key := tuple(words[name.start : name.end])) in sure else name
        for name in names
        if name.score >= LEAST or (len(votes) and sum(votes[tuple(words[name.start : name.end])].values()) > 1500)
    ]
    taken = np.zeros(len(words), dtype=bool)
    for name in found:
        taken[name.start : name.end] = True
    tags = bundle.news().tags
    anywhere = 1 - chances[:, tags.index("O")]
    known: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(sure, key=len, reverse=True):
        if max(votes[key].values()) >= KNOWN and key[0][:1].isupper():
            known[key[0]].append(key)
    for i, word in enumerate(words):
        for key in known.get(word, ()):
            end = i + len(key)
            same = tuple(words[i:end]) == key and not taken[i:end].any()
            if same and tokens[i].upos in ("PROPN", "ADJ") and anywhere[i:end].min() >= REPEATED:
                found.append(Name(i, end, kind[key], float(anywhere[i:end].mean())))
                taken[i:end] = True
                break
    return tuple(sorted(found, key=lambda name: name.start))
