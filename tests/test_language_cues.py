"""What cues imply: stance, modality, hedges and negation, in invented sentences that the shipped core parses.

Sentences are marked: [source], {cue}, <content>.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.language import Token, annotate
from variorum.language.annotation import CueStance, Modality, Span
from variorum.language.cues import CueReading, entries_in, head_of, read_cue
from variorum.language.lists import lines_of

OPENS = {"[": "source", "{": "cue", "<": "content"}


def _parts(marked: str) -> tuple[str, dict[str, list[Span]]]:
    text, opened = "", [("", 0)]
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    for sign in marked:
        if sign in OPENS:
            opened.append((OPENS[sign], len(text)))
        elif sign in "]}>":
            part, start = opened.pop()
            spans[part].append((start, len(text)))
        else:
            text += sign
    return text, spans


def _read(marked: str) -> CueReading:
    text, spans = _parts(marked)
    return read_cue(text, annotate(text).tokens, spans["source"], spans["cue"], spans["content"])


def _hedges(marked: str) -> list[str]:
    text, _ = _parts(marked)
    return [text[start:end] for start, end in _read(marked).hedges]


@pytest.mark.parametrize(
    ("marked", "stance", "modality"),
    [
        ("[Marsh] {said} <the bridge was safe>.", "neutral", "reported"),
        ("{According to} [the ministry], <the bridge was safe>.", "neutral", "reported"),
        ("[Brandt]{:} <Bridge must go>", "neutral", "reported"),
        ("[Marsh] {said in a call} <that the bridge would stay>.", "neutral", "reported"),
        ("[Marsh] {told} the crews <that the harbour was closed>.", "neutral", "reported"),
        ("[Marsh] {believes} <that the union will win>.", "neutral", "reported"),
        ("[Marsh] {admitted} <that the bridge was unsafe>.", "committing", "reported"),
        ("[Marsh] {made it clear} <that the bridge would stay>.", "committing", "reported"),
        ("[Marsh] {pointed out} <that the bridge was old>.", "committing", "reported"),
        ("[Marsh] {claimed} <that he never took the money>.", "distancing", "alleged"),
        ("[His] {claim that} <the bridge was safe> was wrong.", "distancing", "alleged"),
        ("[The minister] {insisted} <that no deal was signed>.", "distancing", "alleged"),
        ("[Marsh] {accused} <the union of theft>.", "neutral", "alleged"),
        ("[Marsh] {denied} <that he took the money>.", "denying", "denied"),
        ("[His] {denial of} <the charges> came late.", "denying", "denied"),
        ("[Marsh] {said in a statement denying} <the charges>.", "denying", "denied"),
        ("[Marsh] {rejected the claim that} <he was asleep>.", "denying", "denied"),
        ("[The union] {refused} <to leave the harbour>.", "denying", "denied"),
        ("[The union] {urged} <the government to pay the crews>.", "demanding", "demanded"),
        ("[The union] {called for} <an end to the strike>.", "demanding", "demanded"),
        ("[The union] {called} <for an end to the strike>.", "demanding", "demanded"),
        ("[The union's] {demand for} <higher pay> was met.", "demanding", "demanded"),
        ("[The union] {asked} <the government to pay the crews>.", "demanding", "demanded"),
        ("[Marsh] {told} <the crews to leave the harbour>.", "demanding", "demanded"),
        ("[Marsh] {wants} <the union to win>.", "neutral", "demanded"),
        ("[Marsh] {vowed} <to rebuild the harbour>.", "promising", "planned"),
        ("[They] {were hoping} <to win>.", "promising", "planned"),
        ("<The bridge> {is expected to} <open in May>.", "neutral", "planned"),
        ("[Marsh] {will announce} <the closing of the bridge> on Monday.", "neutral", "planned"),
    ],
)
def test_a_cue_has_a_stance_and_a_modality(marked: str, stance: CueStance, modality: Modality) -> None:
    reading = _read(marked)
    assert (reading.stance, reading.modality, reading.negated) == (stance, modality, False)


@pytest.mark.parametrize(
    "marked",
    [
        "[Marsh] {would say} <only that talks went on>.",
        "[Marsh] {might say} <that the bridge was safe>.",
        "If [Marsh] {says} <the bridge is safe>, people will use it.",
        "{Did} [Marsh] {say} <that the bridge was safe>?",
        "[Who] {said} <that the bridge was safe>?",
        "[A reporter] {asked} <whether the crews had been paid>.",
        "[She] {asked} “<Who will pay?>”",
    ],
)
def test_what_may_be_said_or_is_asked_is_conditional(marked: str) -> None:
    assert _read(marked).modality == "conditional"


@pytest.mark.parametrize(
    "marked",
    [
        "[Marsh], [who] {said} <the bridge was safe>, will be asked why?",
        "[He] {said}, “<If we go, we lose>.”",
        "[He] {said} <that he would come if he was asked>.",
        "“<We go>,” [he] {said}, “<whether you like it or not>.”",
    ],
)
def test_conditions_in_the_content_are_not_those_of_the_saying(marked: str) -> None:
    assert _read(marked).modality == "reported"


@pytest.mark.parametrize(
    "marked",
    [
        "[Marsh] {did not say} <that the bridge was safe>.",
        "[Marsh] {didn’t say} <who paid>.",
        "[Marsh] {has never said} <the bridge was safe>.",
        "[Marsh] {did not want to say} <who paid>.",
        "[Marsh] {would not say} <whether talks went on>.",
        "[Marsh] {refused to say} <whether the bridge was safe>.",
        "[Marsh] {has yet to say} <who will pay>.",
        "[The ministry] {declined} <to comment on the report>.",
        "[The ministry] {declined to comment on} <the report>.",
        "[Marsh] {has no comment on} <the bridge>.",
        "[Marsh] {made no mention of} <the bridge>.",
        "[He] left {without saying} <who would pay>.",
        "Nor did [Marsh] {say} <who paid>.",
        "[No one] {said} <the bridge was safe>.",
        "[Nobody] {claims} <that the bridge is safe>.",
        "[None of the ministers] {said} <who paid>.",
        "[Neither] {would confirm} <it>.",
    ],
)
def test_a_saying_can_be_negated(marked: str) -> None:
    reading = _read(marked)
    assert reading.negated
    assert reading.reason.startswith("it is not said")


@pytest.mark.parametrize(
    "marked",
    [
        "[Marsh] {said} <he did not build the bridge>.",
        "[Marsh] {said} <not a word was true>.",
        "[Marsh] {claimed} <that he never took the money>.",
        "[Marsh] {denied} <that he took the money>.",
        "[He] {warned} <the crews not to sail>.",
        "[He] {told reporters} <not to come>.",
        "[They] {vowed} <never to return>.",
        "[Marsh] {not only said} <that the bridge was unsafe>, he closed it.",
        "[Marsh] {made no secret of} <his anger>.",
        "[Marsh] {did not hesitate to say} <that the bridge was safe>.",
        "[Marsh] did not come to the hall but {said} <the plan was good>.",
        "[Critics] {say} <the plan is bad>, and Marsh did not answer.",
        "“<He never came>,” [she] {said}, not looking up.",
        "[The union] {failed} <to pay its debts>.",
        "[No. 10] {said} <the bridge was safe>.",
    ],
)
def test_other_negations_are_not_of_the_saying(marked: str) -> None:
    assert not _read(marked).negated


@pytest.mark.parametrize(
    "marked",
    [
        "[Marsh] {did not deny} <that he took the money>.",
        "[Marsh] {neither confirmed nor denied} <the report>.",
        "[Marsh] {refused to rule out} <a strike>.",
    ],
)
def test_a_denial_that_is_not_made_stays_a_denial(marked: str) -> None:
    reading = _read(marked)
    assert (reading.stance, reading.modality, reading.negated) == ("denying", "denied", True)


@pytest.mark.parametrize(
    ("marked", "hedges"),
    [
        ("[Marsh] allegedly {told} [aides] <to burn the letters>.", ["allegedly"]),
        ("[Marsh] {reportedly said} <that the money was gone>.", ["reportedly"]),
        ("<The money>, [he] reportedly {said}, <was gone>.", ["reportedly"]),
        ("[Marsh] {is understood to have told} the board <that the money was gone>.", ["is understood to"]),
        ("<The general> {is believed to} <have left the country>.", ["is believed to"]),
        ("{It is claimed} <that the general has left>.", ["It is claimed"]),
        ("[Marsh] {claimed} <that the bridge was safe>.", ["claimed"]),
        ("[His] {claim that} <the bridge was safe> was wrong.", ["claim"]),
        ("[His] {alleged remark that} <the bridge was safe> was wrong.", ["alleged"]),
        ("[Marsh] {falsely said} <that the bridge was safe>.", ["falsely"]),
        ("[Marsh] {appeared to suggest} <that the bridge was safe>.", ["appeared to"]),
        ("{According to} [unconfirmed reports], <the general fled>.", ["unconfirmed reports"]),
        ("[He] {told a reporter without evidence that} <the vote was stolen>.", ["without evidence"]),
    ],
)
def test_hedges_are_found(marked: str, hedges: list[str]) -> None:
    assert _hedges(marked) == hedges
    assert _read(marked).modality == "alleged"


@pytest.mark.parametrize(
    "marked",
    [
        "[The paper] {reported} <that the general allegedly fled>.",
        "[Marsh], who allegedly stole the money, {said} <the bridge was safe>.",
        "[The gunman's alleged friend] {said} <he was asleep>.",
        "[Marsh] {appeared on television to say} <that the bridge was safe>.",
        "<The general> {was said by} [two friends] {to be} <in hiding>.",
        "The Post claims [Marsh] {said} <the bridge was safe>.",
    ],
)
def test_hedges_of_something_else_are_left_alone(marked: str) -> None:
    assert _hedges(marked) == []


def test_a_denial_outweighs_a_hedge_and_a_hedge_a_demand() -> None:
    assert _read("[Marsh] {reportedly denied} <the charges>.").modality == "denied"
    assert _read("[Marsh] {reportedly demanded} <an end to the strike>.").modality == "alleged"


def test_the_reason_is_told_in_words() -> None:
    assert _read("[Marsh] {said} <the bridge was safe>.").reason == ""
    assert _read("[Marsh] {claimed} <the bridge was safe>.").reason == "“claimed” keeps its distance"
    assert _read("[Marsh] {believes} <the bridge is safe>.").reason == "“believes” tells a thought"


def test_a_cue_without_words_is_neutral() -> None:
    assert read_cue("The bridge was safe.", annotate("The bridge was safe.").tokens, [], [], [(0, 20)]) == CueReading(
        "neutral", "reported", (), False, ""
    )
    assert read_cue("", [], [], [(0, 1)], []).stance == "neutral"


def test_the_word_that_a_cue_stands_on() -> None:
    text, spans = _parts("[Marsh] {has in the past called for} <an end to the strike>.")
    tokens = annotate(text).tokens
    head = head_of(tokens, spans["cue"])
    assert head is not None
    assert text[tokens[head].start : tokens[head].end] == "called"
    assert any(entry.lemmas == ("call", "for") and head in at for entry, at in entries_in(text, tokens, spans["cue"]))
    assert head_of(tokens, []) is None


@pytest.mark.parametrize("name", ["cues.txt", "hedges.txt"])
def test_no_section_of_a_list_names_anything_twice(name: str) -> None:
    sections: dict[str, list[str]] = {}
    for line in lines_of(name):
        if line.startswith("["):
            current = sections.setdefault(line, [])
        else:
            current += line.split(", ")
    assert all(entry == entry.strip() and entry for entries in sections.values() for entry in entries)
    assert [len(entries) for entries in sections.values()] == [len(set(entries)) for entries in sections.values()]


def test_every_section_of_cues_has_a_known_stance() -> None:
    stances = {line.strip("[]").split()[0] for line in lines_of("cues.txt") if line.startswith("[")}
    assert stances == {"neutral", "committing", "distancing", "denying", "demanding", "promising", "forms"}


WORDS = [
    "said",
    "not",
    "if",
    "No",
    "allegedly",
    "claim",
    "is",
    "said to",
    "would",
    "?",
    "it",
    "by",
    "nobody",
    "refused",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.data())
def test_any_words_can_be_read(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    tokens, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        head = data.draw(st.integers(-1, len(text.split()) - 1))
        relation = data.draw(st.sampled_from(["xcomp", "aux", "nsubj", "advmod", "acl", "mark", "aux:pass"]))
        upos = data.draw(st.sampled_from(["VERB", "NOUN", "ADV", "AUX", "PRON"]))
        tokens.append(Token(start, at, upos, word.lower(), head, relation))
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    source, cue, content = [(edges[i], edges[i + 1]) for i in (0, 2, 4)]
    reading = read_cue(text, tokens, [source], [cue], [content])
    assert all(0 <= start < end <= len(text) for start, end in reading.hedges)
    assert all(a[1] <= b[0] for a, b in zip(reading.hedges, reading.hedges[1:], strict=False))
