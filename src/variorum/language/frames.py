"""Who does what to whom: the predicates of a text with those who take part, read off its dependency trees.

Verbs, nouns that stand for acts, and adjectives that are said of somebody are predicates. What the syntax leaves to be
understood is filled in: passives are turned round, relative pronouns stand for their noun, infinitives and participles
take their subject from the clause above them, coordinated verbs share theirs. The roles are those of Universal
Dependencies (de Marneffe et al. 2021); what is understood follows its enhanced graphs (Schuster and Manning 2016).

A clause also tells how it is meant: a plan, a condition, a demand, something that is not so. What is said by somebody
is told by the attribution in whose content the clause stands, and is not mixed in here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from variorum.language.annotation import Annotation, Filler, Frame, FramePart, Modality, Tense
from variorum.language.lists import lines_of
from variorum.language.mentions import span_of

DEEP: Final = 40
"""Words above one another that are looked at."""

_NOT: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "no-one", "nobody", "none"})
_FUTURE: Final = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_LATER: Final = frozenset({"later", "eventually", "subsequently", "ultimately", "afterwards"})
_MAYBE: Final = frozenset({"would", "could", "might", "may", "'d", "’d"})
_MUST: Final = frozenset({"should", "must", "ought"})
_IFS: Final = frozenset({"if", "unless", "provided", "whether", "should"})
_NOT_YET: Final = frozenset({"before", "until", "till"})
"""Words for the time by which something may not have happened yet, before a present tense."""
_INSTEAD: Final = frozenset({"without", "rather", "instead"})
_RELATIVES: Final = frozenset({"who", "whom", "which", "that", "whose"})
_PLACES: Final = frozenset({"in", "at", "near", "outside", "inside", "on", "across", "around", "from"})
_SUBJECTS: Final = ("nsubj", "csubj")


@dataclass(slots=True)
class _Draft:
    """A frame in the making."""

    head: int
    pos: FramePart
    predicate: str
    words: list[int]
    fillers: list[Filler] = field(default_factory=list)
    own: Modality | None = None
    """How the clause itself puts it; None where it is as the one above puts it."""
    negated: bool = False
    tense: Tense = ""
    above: int | None = None
    """Token of the frame that governs it."""
    link: str = ""

    def has(self, role: str) -> bool:
        return any(filler.role == role for filler in self.fillers)


def frames_of(text: str, annotation: Annotation) -> tuple[Frame, ...]:
    """The frames of a text, in its order; ``annotation`` and the offsets of what comes out are of ``text``."""
    return _Frames(text, annotation).found()


class _Frames:
    """The frames of one text."""

    def __init__(self, text: str, annotation: Annotation) -> None:
        self.tokens = annotation.tokens
        self.words = [text[t.start : t.end] for t in self.tokens]
        self.lower = [word.lower() for word in self.words]
        self.annotation = annotation
        self.below: dict[int, list[int]] = defaultdict(list)
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                self.below[token.head].append(i)
        self.drafts: dict[int, _Draft] = {}
        self.times = self._times()

    def found(self) -> tuple[Frame, ...]:
        for i in range(len(self.tokens)):
            pos = self._part(i)
            if pos:
                self.drafts[i] = self._draft(i, pos)
        for draft in self.drafts.values():
            draft.above, draft.link = self._governor(draft)
        for draft in sorted(self.drafts.values(), key=lambda one: self._depth(one.head)):
            self._understand(draft)
        places = {head: number for number, head in enumerate(self.drafts)}
        saying = Saying(self.annotation)
        return tuple(self._frame(draft, places, saying) for draft in self.drafts.values())

    # --- which words are predicates ----------------------------------------------------------------------------------

    def _part(self, i: int) -> FramePart | None:
        token = self.tokens[i]
        relation = token.deprel.split(":")[0]
        if relation in ("aux", "cop", "case", "mark", "cc", "punct", "det", "fixed", "flat", "discourse", "goeswith"):
            return None
        if token.upos == "VERB":
            if relation == "amod" and not self.lower[i].endswith(("ed", "en", "ing")) and not _irregular(self.lower[i]):
                return None
            if relation == "compound":
                return None
            return "verb"
        if self._copula(i) is not None:
            return "adjective" if token.upos in ("ADJ", "ADV") else "noun"
        if token.upos == "ADJ" and relation in ("acl", "xcomp", "root", "advcl", "conj", "ccomp"):
            return "adjective" if any(self.tokens[k].deprel.startswith("obl") for k in self.below[i]) else None
        if token.upos in ("NOUN", "PROPN") and relation not in ("compound", "nummod") and is_act(self._lemma(i)):
            return "noun"
        return None

    def _copula(self, i: int) -> int | None:
        return next((k for k in self.below[i] if self.tokens[k].deprel == "cop"), None)

    def _lemma(self, i: int) -> str:
        token = self.tokens[i]
        return (
            _irregular(self.lower[i]) or token.lemma.lower() if token.upos in ("VERB", "AUX") else token.lemma.lower()
        )

    # --- one predicate -----------------------------------------------------------------------------------------------

    def _draft(self, i: int, pos: FramePart) -> _Draft:
        words = [i]
        particle = next((k for k in self.below[i] if self.tokens[k].deprel == "compound:prt"), None)
        predicate = self._lemma(i)
        if particle is not None:
            predicate = f"{predicate} {self.lower[particle]}"
            words.append(particle)
        draft = _Draft(i, pos, predicate, words)
        passive = pos == "verb" and self._is_passive(i)
        for k in self.below[i]:
            draft.fillers += self._fillers(i, k, pos, passive)
        if pos == "noun" and self._copula(i) is None:
            draft.fillers += self._modifiers(i)
        if pos != "verb" and self._copula(i) is not None:
            draft.fillers.append(self._filler("comp", i))
        if passive and predicate in _lines("states") and draft.has("to") and not draft.has("subj"):
            swapped = {"obj": "subj", "to": "obj"}  # "is opposed to it"
            draft.fillers = [replace(f, role=swapped.get(f.role, f.role)) for f in draft.fillers]
        draft.negated = self._is_negated(i)
        draft.own, draft.tense = self._mood(i, pos)
        return draft

    def _is_passive(self, i: int) -> bool:
        token = self.tokens[i]
        relations = {self.tokens[k].deprel for k in self.below[i]}
        if "aux:pass" in relations or ({"nsubj:pass", "csubj:pass"} & relations and "obj" not in relations):
            return True
        kinds = ("acl", "amod", "advcl") if token.deprel != "acl:relcl" else ()
        return token.deprel.split(":")[0] in kinds and not self.lower[i].endswith("ing") and self._is_participle(i)

    def _is_participle(self, i: int) -> bool:
        """Whether a verb after its noun is one that the noun undergoes: "the man elected by them"."""
        token = self.tokens[i]
        if self._has_to(i) or not (self.lower[i].endswith(("ed", "en")) or _irregular(self.lower[i])):
            return False
        if token.deprel.startswith("advcl") and any(self.tokens[k].deprel == "obj" for k in self.below[i]):
            return False
        return not any(self.tokens[k].deprel.startswith(("nsubj", "aux")) for k in self.below[i])

    def _fillers(self, i: int, k: int, pos: FramePart, passive: bool) -> Iterator[Filler]:
        token = self.tokens[k]
        relation, _, kind = token.deprel.partition(":")
        role = ""
        if relation in _SUBJECTS:
            role = "obj" if kind == "pass" and (passive or pos != "verb") else "subj"
        elif relation in ("obj", "iobj"):
            role = relation
        elif relation in ("obl", "nmod"):
            if kind in ("npmod", "unmarked") and self.tokens[i].deprel == "amod" and self.lower[k + 1 : k + 2] == ["-"]:
                yield self._filler("subj", k)  # "US-backed"
                return
            if kind in ("tmod", "npmod", "unmarked", "desc") or k in self.times:
                return
            case = self._case(k)
            agent = (
                case == "by" and (passive or pos == "noun") and self.tokens[k].lemma.lower() not in _lines("measures")
            )
            role = "poss" if kind == "poss" else "subj" if agent else case
        elif relation in ("ccomp", "xcomp") and self._part(k) is None:
            role = "comp"
        if role:
            for one in self._joined(k):
                yield self._filler(role, one)

    def _case(self, k: int) -> str:
        cases = [c for c in self.below[k] if self.tokens[c].deprel == "case" and c < k]
        if not cases:
            return ""
        first = cases[0]
        more = [
            self.lower[c]
            for c in (*cases, *self.below[first])
            if c > first and self.tokens[c].deprel in ("case", "fixed")
        ]
        return " ".join([self.lower[first], *more])

    def _modifiers(self, i: int) -> Iterator[Filler]:
        """Of a noun for an act, the adjectives and nouns before it: "Russian support", "the army crackdown"."""
        for k in self.below[i]:
            relation = self.tokens[k].deprel.split(":")[0]
            if relation == "compound" or (relation == "amod" and self.words[k][:1].isupper()):
                yield self._filler(relation, k)

    def _joined(self, k: int) -> Iterator[int]:
        """A word and those that are coordinated with it; clauses aside."""
        yield k
        for c in self.below[k]:
            clause = any(self.tokens[g].deprel.startswith(("nsubj", "cop", "aux")) for g in self.below[c])
            noun = self.tokens[c].upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
            if self.tokens[c].deprel.startswith("conj") and noun and not clause:
                yield from self._joined(c)

    def _filler(self, role: str, k: int, inferred: bool = False) -> Filler:
        low, high = span_of(k, self.tokens, self.below, self.words)
        return Filler(role, self.tokens[low].start, self.tokens[high - 1].end, k, inferred)

    def _is_past(self, i: int) -> bool:
        return self.lower[i].endswith("ed") or bool(_irregular(self.lower[i]))

    def _is_negated(self, i: int) -> bool:
        for k in self.below[i]:
            token = self.tokens[k]
            if token.deprel in ("mark", "case", "cc") and self.lower[k] in _INSTEAD and self.tokens[i].upos == "VERB":
                return True
            if self.lower[k] in _NOT and token.deprel.split(":")[0] in ("advmod", "det", "cc", "obj", "nsubj"):
                after = self.lower[k + 1] if k + 1 < len(self.lower) else ""
                if after not in ("only", "just", "merely", "simply", "necessarily"):
                    return True
            if self.lower[k] == "longer" and k and self.lower[k - 1] == "no" and token.deprel.startswith("advmod"):
                return True
            if token.deprel.startswith(("nsubj", "obj")) and any(
                self.lower[g] in ("no", "neither", "nor")
                and self.tokens[g].deprel.split(":")[0] in ("det", "cc", "advmod")
                for g in self.below[k]
            ):
                return True
        return False

    def _mood(self, i: int, pos: FramePart) -> tuple[Modality | None, Tense]:
        """How a clause is put by its own words; and its tense."""
        helpers = {self.lower[k] for k in self.below[i] if self.tokens[k].deprel.startswith(("aux", "cop"))}
        marks = {self.lower[k] for k in self.below[i] if self.tokens[k].deprel == "mark"}
        perfect = bool(helpers & {"have", "has", "had", "'ve", "’ve"})
        if marks & _IFS or ("as" in marks and "long" in marks):
            return "conditional", "future" if not perfect else "past"
        if any(
            self.lower[m] in ("if", "unless")
            for k in self.below[i]
            for m in self.below[k]
            if self.tokens[k].deprel.startswith("advcl") and self.tokens[m].deprel == "mark"
        ):
            return "conditional", "future"
        if marks & _NOT_YET and not helpers and not self._is_past(i) and not self.lower[i].endswith("ing"):
            return "conditional", "future"
        if perfect and helpers & _MUST:
            return "conditional", "past"
        if helpers & _FUTURE and not perfect:
            return "planned", "future"
        if helpers & _MUST:
            return "demanded", "future"
        if "would" in helpers and not perfect and {self.lower[k] for k in self.below[i] if k < i} & _LATER:
            return "asserted", "past"  # "he would later speak out"
        if helpers & _MAYBE:
            return "conditional", "past" if perfect else "future"
        if helpers & {"can"}:
            return "conditional", "present"
        if "to" in {self.lower[k] for k in self.below[i] if self.tokens[k].upos == "PART"}:
            if helpers & {"is", "are", "was", "were"} and not self._is_passive(i):
                return "planned", "future"
            return None, ""
        if perfect or helpers & {"was", "were", "did"}:
            return "asserted", "past"
        if helpers & {"is", "are", "'s", "’s", "'re", "’re", "am", "do", "does"}:
            return "asserted", "present"
        if pos == "noun" and self._copula(i) is None:
            return None, ""
        word, token = self.lower[i], self.tokens[i]
        if word.endswith("ing") or (token.deprel.split(":")[0] in ("acl", "amod") and "relcl" not in token.deprel):
            return None, ""
        if self._is_past(i):
            return "asserted", "past"
        return "asserted", "present"

    # --- how clauses hang together -----------------------------------------------------------------------------------

    def _governor(self, draft: _Draft) -> tuple[int | None, str]:
        """The predicate above a predicate, and how it hangs on it."""
        at, link = draft.head, ""
        for _ in range(DEEP):
            token = self.tokens[at]
            if token.head < 0:
                return None, link
            if not link:
                link = self._link(at)
            at = token.head
            if at in self.drafts:
                return at, link
        return None, link

    def _link(self, i: int) -> str:
        token = self.tokens[i]
        relation, _, kind = token.deprel.partition(":")
        if relation in ("ccomp", "xcomp", "csubj"):
            return "comp"
        if relation == "acl":
            return "relative" if kind == "relcl" else "participle" if not self._has_to(i) else "comp"
        if relation == "advcl":
            mark = next((self.lower[k] for k in self.below[i] if self.tokens[k].deprel == "mark"), "")
            return mark or "participle"
        if relation == "amod":
            return "modifier"
        if relation == "conj":
            return "conj"
        if relation == "appos":
            return "apposition"
        if relation in ("obl", "nmod"):
            return self._case(i) or "nmod"
        return relation

    def _has_to(self, i: int) -> bool:
        return any(self.lower[k] == "to" and self.tokens[k].upos == "PART" for k in self.below[i])

    def _depth(self, i: int) -> int:
        depth = 0
        while self.tokens[i].head >= 0 and depth < DEEP:
            i, depth = self.tokens[i].head, depth + 1
        return depth

    def _understand(self, draft: _Draft) -> None:
        """Fill in what the clause leaves to the clauses around it; governors come first."""
        i = draft.head
        token = self.tokens[i]
        relation, _, kind = token.deprel.partition(":")
        above = self.drafts.get(draft.above) if draft.above is not None else None
        if relation == "acl" and kind == "relcl":
            self._relative(draft, token.head)
        elif relation in ("acl", "amod") and draft.pos == "verb":
            self._participle(draft, token.head)
        if above is not None and draft.pos != "noun" and not draft.has("subj"):
            if relation == "conj" and self._same_voice(draft, above):
                self._take(draft, above, "subj")
                if not draft.has("obj") and draft.pos == "verb":
                    self._share_object(draft, above)
            elif relation == "conj" and self._is_passive(i) and not draft.has("obj"):
                self._take(draft, above, "subj", "obj")
            elif draft.link == "comp" and relation == "xcomp":
                self._control(draft, above)
            elif relation == "acl" and self._has_to(i):
                self._take(draft, above, "poss")
                if not draft.has("subj"):
                    self._take(draft, above, "subj")
            elif relation == "advcl":
                self._adverbial(draft, above)
        if above is not None and draft.pos == "noun" and self._copula(i) is None:
            self._light(draft, above)
        if draft.own is None:
            draft.own = above.own if above is not None else None
            if above is not None and self._is_wished(draft, above):
                draft.own = "planned" if draft.own in (None, "asserted") else draft.own
            elif self._is_possible(i):
                draft.own = "conditional"
            draft.tense = draft.tense or (
                above.tense if above is not None and relation in ("conj", "advcl", "xcomp") else ""
            )
        elif relation == "conj" and above is not None and draft.own == "asserted" and draft.tense != "past":
            plain = not any(self.tokens[k].deprel.startswith(("aux", "nsubj")) for k in self.below[i])
            if plain and above.own in ("planned", "conditional", "demanded"):
                draft.own = above.own

    def _is_wished(self, draft: _Draft, above: _Draft) -> bool:
        """Whether an infinitive tells of what is yet to come: under a verb or noun of planning, not of what is done."""
        return self._has_to(draft.head) and above.predicate in _lines("plans")

    def _is_possible(self, i: int) -> bool:
        """Whether an infinitive tells of what somebody can do, or may: "the authority to fire them"."""
        above = self.tokens[i].head
        if not self._has_to(i) or above < 0:
            return False
        measured = any(self.lower[k] in ("enough", "too") for k in self.below[above])
        return measured or self.tokens[above].lemma.lower() in _lines("powers")

    def _relative(self, draft: _Draft, noun: int) -> None:
        """Put the noun in the place of the pronoun of a relative clause."""
        pronouns = [
            k for k in self._subtree(draft.head) if self.lower[k] in _RELATIVES and self.tokens[k].upos == "PRON"
        ]
        direct = [f for f in draft.fillers if f.head in pronouns and self.lower[f.head] != "whose"]
        stand = self._antecedent(noun)
        if direct:
            role = direct[0].role
            draft.fillers = [f for f in draft.fillers if f is not direct[0]]
            draft.fillers += [self._filler(role, one, True) for one in stand]
        elif not pronouns and draft.has("subj") and not draft.has("obj") and draft.pos == "verb":
            draft.fillers += [self._filler("obj", one, True) for one in stand]
        elif not draft.has("subj") and not pronouns:
            draft.fillers += [self._filler("subj", one, True) for one in stand]

    def _antecedent(self, noun: int) -> list[int]:
        return [noun]

    def _participle(self, draft: _Draft, noun: int) -> None:
        i = draft.head
        if self._has_to(i):
            return
        if self._is_passive(i):
            if not draft.has("obj"):
                draft.fillers.append(self._filler("obj", noun, True))
        elif not draft.has("subj"):
            draft.fillers.append(self._filler("subj", noun, True))

    def _same_voice(self, draft: _Draft, above: _Draft) -> bool:
        return (
            draft.pos != "verb"
            or self._is_passive(draft.head) == (above.pos == "verb" and self._is_passive(above.head))
            or (not self._is_passive(draft.head))
        )

    def _share_object(self, draft: _Draft, above: _Draft) -> None:
        """Give both verbs the object that stands behind both: "they back and fund him"."""
        for filler in above.fillers:
            if filler.role == "obj" and filler.head > draft.head and not filler.inferred:
                draft.fillers.append(replace(filler, inferred=True))

    def _control(self, draft: _Draft, above: _Draft) -> None:
        """An infinitive's subject: the object of the verb above it, if there is one, else its subject."""
        controlled = next((role for role in ("iobj", "obj") if above.has(role)), "subj")
        subject = "subj" if above.predicate in _lines("promises") else controlled
        if self._is_passive(above.head) and above.pos == "verb":
            subject = "obj"
        role = "obj" if self._is_passive(draft.head) and not draft.has("obj") else "subj"
        self._take(draft, above, subject, role)

    def _adverbial(self, draft: _Draft, above: _Draft) -> None:
        if draft.has("obj") and self._is_passive(draft.head):
            return
        asked = next((r for r in ("on", "upon", "to", "with", "for") if above.has(r)), None)
        if draft.link == "to" and asked and above.predicate in _lines("calls"):  # "called on them to leave"
            draft.link = "comp"
            self._take(draft, above, asked, "obj" if self._is_passive(draft.head) else "subj")
            return
        role = "obj" if self._is_passive(draft.head) and not draft.has("obj") else "subj"
        kept_from = draft.link in ("from", "into", "for", "of") and above.has("obj")  # "barred him from running"
        own = "obj" if kept_from or not above.has("subj") else "subj"
        self._take(draft, above, own, role)

    def _light(self, draft: _Draft, above: _Draft) -> None:
        """Whose act a noun is: "held talks", "withdrew recognition", "is under attack by"."""
        if draft.link != "obj" or draft.has("subj"):
            return
        if draft.has("poss") and above.has("subj") and above.predicate in _lines("light"):
            own = [f for f in draft.fillers if f.role == "poss"]
            if all(self.tokens[f.head].upos == "PRON" for f in own):  # "it withdrew its recognition"
                draft.fillers = [f for f in draft.fillers if f.role != "poss"]
        if draft.has("poss"):
            return
        if above.predicate in _lines("light"):
            self._take(draft, above, "subj")
            for filler in above.fillers:
                if filler.role not in ("subj", "obj", "poss", "comp") and not draft.has(filler.role):
                    draft.fillers.append(replace(filler, inferred=True))

    def _take(self, draft: _Draft, above: _Draft, role: str, as_role: str = "subj") -> None:
        if not draft.has(as_role):
            draft.fillers += [
                replace(f, role=as_role, inferred=True)
                for f in above.fillers
                if f.role == role and f.head != draft.head
            ]

    def _subtree(self, i: int) -> Iterator[int]:
        waiting = list(self.below[i])
        for _ in range(DEEP):
            if not waiting:
                return
            k = waiting.pop()
            yield k
            if self.tokens[k].deprel.split(":")[0] not in ("ccomp", "advcl", "parataxis"):
                waiting += self.below[k]

    # --- what belongs to a frame -------------------------------------------------------------------------------------

    def _times(self) -> dict[int, int]:
        """The time expression that each token belongs to."""
        starts = [t.start for t in self.tokens]
        found: dict[int, int] = {}
        for number, timed in enumerate(self.annotation.times):
            low, high = bisect_left(starts, timed.found.start), bisect_left(starts, timed.found.end)
            found.update(dict.fromkeys(range(low, high), number))
        return found

    def _time_of(self, i: int) -> int | None:
        """The time expression that hangs on a predicate, with no other predicate between them."""
        best: tuple[int, int] | None = None
        for k in self.below[i]:
            if k in self.times and self.tokens[k].deprel.split(":")[0] in (
                "obl",
                "nmod",
                "advmod",
                "obj",
                "nsubj",
                "compound",
                "amod",
            ):
                rank = (abs(k - i), k)
                best = rank if best is None or rank < best else best
        if best is not None:
            return self.times[best[1]]
        for k in self.below[i]:
            if self.tokens[k].deprel.split(":")[0] in ("obl", "nmod") and k not in self.drafts:
                for g in self.below[k]:
                    if g in self.times and self.tokens[g].deprel.split(":")[0] in ("nmod", "obl", "advmod"):
                        return self.times[g]
        return None

    def _frame(self, draft: _Draft, places: dict[int, int], saying: Saying) -> Frame:
        i = draft.head
        trigger = tuple((self.tokens[k].start, self.tokens[k].end) for k in sorted(draft.words))
        where = tuple((f.start, f.end) for f in draft.fillers if f.role in _PLACES and self._is_place(f.head))
        time = self._time_of(i)
        if time is None and draft.above is not None and draft.link in ("obj", "conj", "comp") and draft.pos == "noun":
            time = self._time_of(draft.above)
        return Frame(
            *(i, trigger, draft.predicate, draft.pos, tuple(sorted(draft.fillers, key=lambda f: (f.start, f.role)))),
            *(draft.negated, draft.own or "asserted", draft.tense, time, where),
            saying.at(self.tokens[i].start),
            places[draft.above] if draft.above is not None else None,
            draft.link,
        )

    def _is_place(self, head: int) -> bool:
        return self.tokens[head].start in self._place_names

    @property
    def _place_names(self) -> Collection[int]:
        if not hasattr(self, "_known_places"):
            starts = [t.start for t in self.tokens]
            found: set[int] = set()
            for entity in self.annotation.entities:
                if entity.type == "LOC":
                    low, high = bisect_left(starts, entity.start), bisect_left(starts, entity.end)
                    found.update(starts[low:high])
            self._known_places = found
        return self._known_places


class Saying:
    """In whose words a place of the text stands."""

    def __init__(self, annotation: Annotation) -> None:
        spans = [
            (start, end, number)
            for number, attribution in enumerate(annotation.attributions)
            for start, end in attribution.content
        ]
        self._spans = sorted(spans)
        self._starts = [span[0] for span in self._spans]
        self._longest = max((end - start for start, end, _ in spans), default=0)

    def at(self, place: int) -> int | None:
        """Index of the innermost attribution whose content holds a place."""
        low = bisect_left(self._starts, place - self._longest)
        high = bisect_right(self._starts, place)
        inside = [(e - s, -s, number) for s, e, number in self._spans[low:high] if s <= place < e]
        return min(inside)[2] if inside else None


@cache
def _lines(section: str) -> frozenset[str]:
    """Words of a section of ``frames.txt``."""
    found: set[str] = set()
    current = ""
    for line in lines_of("frames.txt"):
        if line.startswith("["):
            current = line.strip("[]")
        elif current == section:
            found.update(word.strip() for word in line.split(","))
    return frozenset(found)


@cache
def _irregulars() -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for line in lines_of("frames.txt"):
        if line.startswith("["):
            current = line.strip("[]")
        elif current == "irregular":
            lemma, *forms = line.split()
            found.update(dict.fromkeys(forms, lemma))
    return found


def _irregular(word: str) -> str | None:
    """The dictionary form of an irregular verb form."""
    return _irregulars().get(word)


def light_verbs() -> frozenset[str]:
    """Verbs that lend their subject to the noun for an act that is their object: "hold" in "hold talks"."""
    return _lines("light")


def is_act(lemma: str) -> bool:
    """Whether a noun can stand for an act or a stance."""
    return lemma in _acts()


@cache
def _acts() -> frozenset[str]:
    from variorum.language.predicates import nouns

    return nouns() | _lines("acts")


def governing(frames: Sequence[Frame], frame: Frame) -> Iterable[Frame]:
    """The frames above a frame, the nearest first."""
    for _ in range(DEEP):
        if frame.within is None:
            return
        frame = frames[frame.within]
        yield frame
