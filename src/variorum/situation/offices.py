"""Offices: which posts a document says that somebody holds, claims, held, or is to have, and according to whom.

Told by titles before names, by descriptions beside names, and by verbs of holding, claiming, electing, appointing,
resigning and removing. "Interim president" in one mouth and "self-proclaimed president" in another are two views of
one office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from variorum.language.annotation import Attribution, Frame
from variorum.situation.lists import section
from variorum.situation.telling import Telling, Who

Status = Literal["holds", "claims", "former", "acting", "proposed"]

_QUOTES: Final = "\"“”'‘’«»„"
_BODIES: Final = ("organisation", "group", "state")
TITLE: Final = "a title before the name"
"""Why: a post that people keep as a form of address."""
MOST: Final = 6
"""Words of the longest name of a post."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as one place of a document names it."""

    name: str
    """In lower case, without whose it is and without words that tell how somebody stands to it: "foreign minister"."""
    body: Who | None
    """Whose post it is."""
    status: Status
    """What the words before it say."""
    start: int
    """First code point of the words for it."""
    end: int
    """One past the last one."""
    why: str
    """The word that tells the status; empty where none does."""


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in a post, as one place of a document tells it."""

    actor: Who
    """Who holds or claims it."""
    post: Post
    """The post."""
    status: Status
    """How he stands to it."""
    attribution: int | None
    """Index of the attribution whose speaker says so; None where the document does."""
    by: Who | None
    """Who takes him for that, where the text tells it of somebody: "whom Estervale recognises as regent"."""
    since: int | None
    """Index of the time from which on."""
    until: int | None
    """Index of the time until which."""
    start: int
    """Where it is told: first code point."""
    end: int
    """One past the last one."""
    score: float
    """How sure, 0 to 1."""
    reason: str
    """How it is told, in words."""


def held_in(told: Telling) -> tuple[Held, ...]:
    """All that a document says of who is in which post, in the order of the text."""
    found = [*_titles(told), *_verbs(told)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.actor.start, one.status)))


# --- posts -----------------------------------------------------------------------------------------------------------


@cache
def _posts() -> frozenset[str]:
    return section("posts", "posts")


@cache
def _rooms() -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in section("posts", "rooms"))


@cache
def _whole() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(entry.split()) for entry in section("posts", "whole"))


def is_post(told: Telling, i: int) -> bool:
    """Whether a word is the last noun of the name of a post."""
    token = told.tokens[i]
    return token.upos in ("NOUN", "PROPN") and _singular(told, i) in _posts()


def _singular(told: Telling, i: int) -> str:
    word = told.words[i].lower()
    lemma = told.tokens[i].lemma.lower()
    return lemma if lemma in _posts() else word


def post_at(told: Telling, i: int) -> Post | None:
    """The post that a word names with the words around it; None where it names none, or several people's."""
    if not is_post(told, i) or told.words[i].lower() != _singular(told, i):
        return None
    low = i
    kin = set(told.subtree(i))
    while low - 1 in kin and i - low < 2 * MOST and told.tokens[low - 1].deprel not in ("cc", "conj"):
        low -= 1
    low = min(low, _run(told, i))
    before = list(range(low, i))
    words = [told.words[k].lower() for k in before]
    status, why = _status(told, i, words, low)
    body, owned = _body(told, i, before)
    name = [_singular(told, i)]
    if i > 1 and told.words[i - 1] in ("-", "‑") and told.words[i - 2].lower() in _posts():  # "director-general"
        name = [f"{told.words[i - 2].lower()}-{name[0]}"]
        before = [k for k in before if k < i - 2]
    for k in reversed(before):
        word = told.words[k].lower()
        if word in ("-", "‑") and k - 1 in before and told.words[k - 1].isalpha():
            continue  # "national-security adviser"
        plain = told.tokens[k].upos in ("ADJ", "NOUN", "PROPN") and word.isalpha()
        whole = (word, *name) in _whole()
        if k in owned or not plain or (word in _told_apart() and not whole) or len(name) >= MOST - 2:
            break
        if told.tokens[k].head != i and k + 1 not in before and not whole:
            break
        if _names_actor(told, k) and not whole:
            break
        if word in section("posts", "honours"):
            break
        if told.tokens[k].upos == "ADJ" and not (whole or told.words[k][:1].isupper() or word in _fields()):
            break
        name.insert(0, word)
    start, end = told.tokens[low].start, told.tokens[i].end
    tail = _tail(told, i, name)
    if tail is not None:
        name += tail[0]
        end = tail[1]
    elif body is not None and body.start > told.tokens[i].end:
        end = body.end
    label = _rooms().get(" ".join(name), " ".join(name))
    return Post(label, body, status, start, end, why)


def _run(told: Telling, i: int) -> int:
    """Where the words before a post that describe it begin, whatever the parse makes of quotation marks among them."""
    low = i
    while low and i - low < 2 * MOST:
        token, word = told.tokens[low - 1], told.words[low - 1]
        joint = word in _QUOTES or word == "-" or (word.lower() == "and" and low < i) or word.lower() in _told_apart()
        if (
            not joint
            and token.upos not in ("ADJ", "NOUN", "PROPN")
            and not (token.upos == "VERB" and token.deprel in ("amod", "conj"))
        ):
            break
        if "\n" in told.text[token.end : told.tokens[low].start]:
            break
        low -= 1
    while low < i and (told.words[low].lower() == "and" or told.words[low] == "-"):
        low += 1
    return low


@cache
def _fields() -> frozenset[str]:
    return section("fields", "fields")


@cache
def _told_apart() -> frozenset[str]:
    return frozenset().union(
        *(section("posts", part) for part in ("former", "acting", "claims", "proposed", "dropped"))
    )


def _status(told: Telling, i: int, words: Sequence[str], low: int) -> tuple[Status, str]:
    joined = " ".join(words).replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    parts = joined.replace(",", " ").split()
    after = told.words[i + 1].lower() if i + 1 < len(told.words) else ""
    if told.words[i].lower().endswith(("-elect", "-designate")):
        return "proposed", told.words[i].lower().rpartition("-")[2]
    if _is_contested(told, i):
        return "proposed", "for"
    if low > 1 and told.words[low - 1] in ("-", "‑") and told.words[low - 2].lower() in section("posts", "former"):
        return "former", told.words[low - 2].lower()
    statuses: tuple[Status, ...] = ("former", "claims", "proposed", "acting")
    for status in statuses:
        for part in parts:
            if part.strip(_QUOTES) in section("posts", status):
                return status, part.strip(_QUOTES)
        if status == "acting" and "de facto" in joined:
            return "acting", "de facto"
        if status == "former" and any(part.startswith(("ex-", "then-")) for part in parts):
            return "former", next(part for part in parts if part.startswith(("ex-", "then-"))).partition("-")[0]
    if after in ("-elect", "-designate"):
        return "proposed", after[1:]
    if after in ("-", "‑") and told.words[i + 2 : i + 3] and told.words[i + 2].lower() in ("elect", "designate"):
        return "proposed", told.words[i + 2].lower()
    if _quoted(told, low, i):
        return "claims", "quotation marks"
    return "holds", ""


def _is_contested(told: Telling, i: int) -> bool:
    """Whether a post is one that somebody stands for: "the only contender for prime minister"."""
    above = told.tokens[i].head
    standing = above >= 0 and told.tokens[above].lemma.lower() in section("posts", "standing")
    return standing and any(told.words[k].lower() == "for" and told.tokens[k].deprel == "case" for k in told.below[i])


def _quoted(told: Telling, low: int, i: int) -> bool:
    """Whether a title, but no more than a few words, stands in quotation marks: scare quotes."""
    opens = any(told.words[k] in _QUOTES for k in (low - 1, *range(low, i)) if k >= 0)
    return opens and i + 1 < len(told.words) and told.words[i + 1] in _QUOTES


def _names_actor(told: Telling, k: int) -> bool:
    starts = told.tokens[k].start
    return any(e.start <= starts < e.end for e in told.annotation.entities if e.type in ("LOC", "ORG", "PER", "MISC"))


def _body(told: Telling, i: int, before: Sequence[int]) -> tuple[Who | None, set[int]]:
    """Whose post it is; and the words before it that say so."""
    for k in told.below[i]:
        relation = told.tokens[k].deprel
        case = next((told.words[c].lower() for c in told.below[k] if told.tokens[c].deprel == "case" and c < k), "")
        if relation == "nmod:poss" or (relation.startswith("nmod") and case in ("of", "for", "in", "at") and k > i):
            who = told.who_at(k)
            kinds: tuple[str, ...] = _BODIES if relation != "nmod:poss" and case != "of" else (*_BODIES, "place")
            kinds = ("organisation", "group") if case == "for" else kinds
            if who.actor is not None and told.annotation.actors[who.actor].kind in kinds:
                return who, set(told.subtree(k))
            if relation == "nmod:poss":
                return (None if who.actor is not None else who), set(told.subtree(k))
    for k in reversed(before):
        if told.words[k].lower() == "and":
            break
        if told.words[k + 1] == "-":  # "US-backed"
            continue
        if told.tokens[k].deprel.split(":")[0] in ("compound", "nmod", "amod"):
            who = told.who_at(k)
            if who.actor is not None and told.annotation.actors[who.actor].kind != "person":
                return who, set(told.subtree(k))
            entity = next((e for e in told.annotation.entities if e.start <= told.tokens[k].start < e.end), None)
            if entity is not None and entity.type in ("MISC", "LOC", "ORG"):
                words = told.words_at(entity.start, entity.end)
                return Who(entity.actor, words, entity.start, entity.end, 0.8), set(told.subtree(k))
    return None, set()


def _tail(told: Telling, i: int, name: Sequence[str]) -> tuple[list[str], int] | None:
    """What follows a post and belongs to its name: "of State", "for Foreign Affairs"."""
    for k in told.below[i]:
        if not told.tokens[k].deprel.startswith("nmod") or k <= i:
            continue
        abroad = any(told.words[c].lower() == "to" for c in told.below[k] if told.tokens[c].deprel == "case")
        if told.who_at(k).actor is not None and not abroad:
            continue
        case = next((c for c in told.below[k] if told.tokens[c].deprel == "case" and c < k), None)
        if case is None or told.words[case].lower() not in ("of", "for", "general", "to"):
            continue
        span = told.phrase(k)
        words = told.words_at(span.start, span.end).lower().split()
        words = [w for w in words if w not in ("the", "a")]
        if words and words[0] in ("of", "for"):
            words = words[1:]
        if 0 < len(words) <= 3 and all(w.replace("-", "").isalpha() for w in words):
            return [told.words[case].lower(), *words], span.end
    return None


# --- titles and descriptions -----------------------------------------------------------------------------------------


def _titles(told: Telling) -> Iterator[Held]:
    for i in range(len(told.tokens)):
        if not is_post(told, i):
            continue
        bearers = list(_bearers(told, i))
        for actor, how, score in bearers or _described(told, i):
            post = post_at(told, i)
            if post is None or (how == "mention" and post.body is None):
                continue
            if actor.start < post.end and _owns(told, post.end):
                continue
            if how == "copula" and post.status == "holds" and _was(told, i):
                post = replace(post, status="former", why="was")
            voice = _voice(told, i, title=how != "copula")
            low = min(post.start, actor.start)
            yield Held(
                *(actor, post, post.status, voice, None, *_times_of(told, i), low, max(post.end, actor.end)),
                *(round(score * actor.score, 3), _why(how, post)),
            )


def _was(told: Telling, i: int) -> bool:
    """Whether somebody is said to have been in a post: "was the secretary of state"."""
    return any(told.tokens[k].deprel == "cop" and told.words[k].lower() in ("was", "were") for k in told.below[i])


def _owns(told: Telling, end: int) -> bool:
    """Whether it is somebody of the holder's who is meant: "Ann Boe, the secretary of state's wife"."""
    after = told.token_at(end)
    if told.words[after : after + 1] == ["of"]:
        after += 2
    return after < len(told.words) and told.words[after].lower() in ("'s", "’s")


_HOW: Final = {
    "title": TITLE,
    "apposition": "a description beside the name",
    "copula": "it is said of the name",
    "mention": "a description of somebody who is named elsewhere in the text",
}


def _why(how: str, post: Post) -> str:
    words = _HOW[how]
    return (
        f"{words}, with “{post.why}”"
        if post.why and post.why != "quotation marks"
        else (f"{words}, in quotation marks" if post.why else words)
    )


def _bearers(told: Telling, i: int) -> Iterator[tuple[Who, str, float]]:
    """Who bears the title that a word is the noun of."""
    tokens = told.tokens
    close = _right_after(told, i)
    if close is not None:
        yield close, "title", 0.9
        return
    for k in told.below[i]:
        relation = tokens[k].deprel.split(":")[0]
        if relation == "flat" and k > i:
            who = told.who_at(k)
            if who.actor is not None and told.annotation.actors[who.actor].kind == "person":
                yield who, "title", 0.95
                return
        if relation == "appos" and k > i:
            who = told.who_at(k)
            if who.actor is not None and told.annotation.actors[who.actor].kind == "person":
                yield who, "apposition", 0.9
                return
        if relation == "nsubj" and any(tokens[c].deprel == "cop" for c in told.below[i]):
            frame = next((f for f in told.frames if f.head == i), None)
            if frame is not None and not frame.negated and frame.modality == "asserted":
                who = told.who_at(k)
                if _is_person(told, who):
                    yield who, "copula", 0.85
                return
    relation = tokens[i].deprel.split(":")[0]
    above = tokens[i].head
    if above >= 0 and relation in ("appos", "nmod", "compound", "dep"):
        if relation != "appos" and not (
            tokens[above].upos == "PROPN" and above > i and tokens[i].deprel in ("nmod:desc", "compound")
        ):
            return
        listed = [c for c in told.below[above] if told.tokens[c].deprel.startswith("conj") and above < c < i]
        who = told.who_at(listed[-1] if listed and relation == "appos" else above)
        if _is_person(told, who) and not is_post(told, above):
            yield who, "apposition" if relation == "appos" else "title", 0.9


def _right_after(told: Telling, i: int) -> Who | None:
    """The person whose name follows a title at once, or behind a quotation mark."""
    after, end = i + 1, told.token_at(told.sentence(told.tokens[i].start).end)
    while after < end and after - i < 3 and told.words[after].lower() in (*_QUOTES, "-elect", "-designate"):
        after += 1
    if after >= end or told.tokens[after].upos != "PROPN":
        return None
    named = told.named_from(after)
    if named is None or not _is_person(told, named):
        return None
    head = told.head_of(named.start, named.end)
    verb = told.tokens[head].head if head is not None else -1
    acting = head is not None and verb >= 0 and told.tokens[head].deprel.startswith("nsubj")
    if acting and told.tokens[verb].deprel.startswith("acl") and told.tokens[verb].head == i:
        return None  # "the leader Trump had killed"
    return named


def _described(told: Telling, i: int) -> Iterator[tuple[Who, str, float]]:
    """Who is meant by a description with a definite article or an owner: "the National Assembly president"."""
    if not any(
        told.words[k].lower() in ("the", "its", "their") or told.tokens[k].deprel == "nmod:poss"
        for k in told.below[i]
        if k < i
    ):
        return
    who = told.who_at(i)
    if _is_person(told, who) and told.carries(i, "nominal"):
        yield who, "mention", 0.7


def _is_person(told: Telling, who: Who) -> bool:
    return who.actor is not None and told.annotation.actors[who.actor].kind == "person"


def _times_of(told: Telling, i: int) -> tuple[int | None, int | None]:
    """The times since and until which, where the words for a post tell: "has been acting regent since January 19"."""
    frame = next((f for f in told.frames if f.head == i), None)
    if frame is None or frame.time is None:
        return None, None
    word = _before(told, told.annotation.times[frame.time].found.start)
    return (
        (frame.time, None)
        if word in ("since", "from")
        else (None, frame.time)
        if word in ("until", "till")
        else (None, None)
    )


def _before(told: Telling, place: int) -> str:
    at = told.token_at(place)
    return told.words[at - 1].lower() if at else ""


def _voice(told: Telling, i: int, title: bool) -> int | None:
    """The attribution whose speaker it is that names somebody so: a title in indirect speech is the writer's."""
    number = told.saying.at(told.tokens[i].start)
    while title and number is not None and not _is_word_for_word(told, told.annotation.attributions[number]):
        number = told.annotation.attributions[number].within
    return number


def _is_word_for_word(told: Telling, attribution: Attribution) -> bool:
    """Whether what is said stands in quotation marks of its own, and not only in those of who tells of it."""
    if attribution.kind == "indirect":
        return False
    if attribution.within is None or not attribution.content:
        return True
    start = attribution.content[0][0]
    return any(mark in _QUOTES for mark in told.text[max(0, start - 1) : start + 1])


def _is_over(told: Telling, frame: Frame) -> bool:
    """Whether a verb tells of what came to an end: "served as", but not "has served as"."""
    helpers = {told.words[k].lower() for k in told.below[frame.head] if told.tokens[k].upos == "AUX"}
    return frame.tense == "past" and not helpers & {"has", "have", "'s", "’s", "'ve", "’ve"}


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verbs(told: Telling) -> Iterator[Held]:
    for frame in told.frames:
        if frame.pos == "verb" and not frame.negated:
            yield from _of_verb(told, frame)


def _of_verb(told: Telling, frame: Frame) -> Iterator[Held]:
    verb = frame.predicate
    known = {
        part
        for part in ("gets", "takes", "ends", "loses", "heads", "claiming", "proposing")
        if verb in section("posts", part)
    }
    if not known:
        return
    span = told.clause(frame)
    posts = [
        post
        for role in ("as", "comp", "to", "from", "of", "obj")
        for f in frame.all(role)
        if (post := post_at(told, f.head))
    ]
    said = told.annotation.attributions[frame.attribution].modality if frame.attribution is not None else "asserted"
    done = frame.modality == "asserted" and said in ("asserted", "reported", "alleged")
    bodies = [told.who(f) for f in frame.all("for", "in", "of")]
    owner = next((b for b in bodies if b.actor is not None and told.annotation.actors[b.actor].kind in _BODIES), None)
    posts = [replace(post, body=owner) if post.body is None and owner is not None else post for post in posts]
    if known & {"gets", "proposing", "claiming"} and posts:
        targets = [f for f in frame.all("obj") if not is_post(told, f.head)]
        own = {told.who(f).actor for f in frame.all("subj")}
        for filler in targets:
            who = told.who(filler)
            word = told.words[filler.head].lower()
            himself = word in ("himself", "herself", "themselves", "itself")
            if himself and frame.all("subj"):
                who = told.who(frame.all("subj")[0])
            if not _is_person(told, who):
                continue
            status: Status = posts[0].status
            if himself or (who.actor in own) or "claiming" in known:
                status = "claims"
            elif "proposing" in known or not done:
                status = "proposed"
            since = frame.time if done else None
            yield Held(
                who,
                posts[0],
                status,
                frame.attribution,
                None,
                since,
                None,
                span.start,
                span.end,
                round(0.85 * who.score, 3),
                f"“{verb}”" + (" of oneself" if himself else ""),
            )
    elif "takes" in known and done:
        for filler in frame.all("subj"):
            who = told.who(filler)
            if posts and _is_person(told, who):
                starts = verb in ("become", "take over", "take office", "assume")
                post = replace(posts[0], status="acting", why="acting") if verb == "act" else posts[0]
                if verb in ("serve", "rule", "reign") and _is_over(told, frame):
                    post = replace(post, status="former", why=verb)
                yield Held(
                    who,
                    post,
                    post.status,
                    frame.attribution,
                    None,
                    frame.time if starts else None,
                    None,
                    span.start,
                    span.end,
                    round(0.8 * who.score, 3),
                    f"“{verb}”",
                )
    if "ends" in known or "loses" in known:
        for filler in frame.all("subj" if "ends" in known else "obj"):
            who = told.who(filler)
            if not _is_person(told, who) or not done:
                continue
            post = posts[0] if posts else None
            if post is None:
                if verb not in ("resign", "step down", "abdicate", "stand down", "depose", "impeach"):
                    continue
                post = Post("", None, "holds", *frame.trigger[0], "")
            yield Held(
                who,
                post,
                "former",
                frame.attribution,
                None,
                None,
                frame.time,
                span.start,
                span.end,
                round(0.85 * who.score, 3),
                f"“{verb}”",
            )
    if "heads" in known and done and verb in ("head", "lead", "chair", "command", "preside over"):
        for filler in frame.all("subj"):
            who = told.who(filler)
            for body in (told.who(f) for f in frame.all("obj", "over")):
                if (
                    _is_person(told, who)
                    and body.actor is not None
                    and told.annotation.actors[body.actor].kind in _BODIES
                ):
                    name = {"chair": "chair", "command": "commander", "lead": "leader"}.get(verb, "head")
                    post = Post(name, body, "holds", *frame.trigger[0], "")
                    yield Held(
                        who,
                        post,
                        "holds",
                        frame.attribution,
                        None,
                        None,
                        None,
                        span.start,
                        span.end,
                        round(0.75 * who.score, 3),
                        f"“{verb}”",
                    )
