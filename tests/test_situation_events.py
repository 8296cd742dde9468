"""The same event, told by several documents or twice in one, is one event; what recurs stays apart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.situation.event_likeness import FITTED, STRICT, Told, features, kin, stem_of
from variorum.situation.events import Event, EventMention, group

GUAIDO, MADURO, US, CANADA, LIMA = "a-guaido", "a-maduro", "a-us", "a-canada", "a-lima"


def told(
    document: str,
    predicate: str,
    actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    *,
    published: str | None = "2019-01-24",
    day: str | None = None,
    modality: str = "asserted",
    words: str = "",
    type: str | None = None,
    start: int = 0,
) -> EventMention:
    """A mention; of a document that was published on a day, if one is given."""
    return EventMention(
        *(f"{document}:{start}", document, start, start + 5, predicate, "verb", type, predicate, actors, recipients),
        *(day, day, (published, published), None, modality, tuple(words.split()), document, "body"),
    )


def events(*mentions: EventMention) -> set[frozenset[str]]:
    return {frozenset(event.members) for event in group(mentions)}


def together(one: EventMention, other: EventMention) -> bool:
    return len(group((one, other))) == 1


def test_two_documents_that_tell_of_one_day_and_of_the_same_people_tell_of_one_event() -> None:
    one = told("d1", "recognise", (US,), (GUAIDO,), day="2019-01-23", type="SUPPORT", words="interim president")
    other = told("d2", "recognise", (US,), (GUAIDO,), day="2019-01-23", published="2019-06-06", type="SUPPORT")
    assert together(one, other)


def test_two_days_are_two_events_however_alike_they_are() -> None:
    one = told("d1", "meet", (US,), (LIMA,), day="2019-01-23", words="crisis border aid convoy")
    assert together(one, replace(one, id="x", document="d2"))
    assert not together(one, replace(one, id="x", document="d2", earliest="2019-01-30", latest="2019-01-30"))


def test_different_actors_of_one_day_do_not_become_one_event() -> None:
    one = told("d1", "recognise", (US,), (GUAIDO,), day="2019-01-23", type="SUPPORT")
    other = told("d2", "recognise", (CANADA,), (GUAIDO,), day="2019-01-23", type="SUPPORT")
    assert not together(one, other)


def test_a_mention_without_a_day_joins_one_with_a_day_if_it_was_published_close_to_it() -> None:
    dated = told("d1", "arrest", (MADURO,), (GUAIDO,), day="2019-01-23", words="airport guard midnight")
    undated = told("d2", "arrest", (MADURO,), (GUAIDO,), published="2019-01-25", words="airport guard")
    late = replace(undated, id="x", published=("2019-09-25", "2019-09-25"))
    assert together(dated, undated)
    assert not together(dated, late)


def test_what_recurs_in_a_story_of_months_stays_apart() -> None:
    weeks = [(date(2019, 1, 7) + timedelta(weeks=n)).isoformat() for n in range(20)]
    rounds = [
        told(
            f"d{n:02}", "talk", (MADURO, GUAIDO), published=day, words="oslo dialogue delegation government opposition"
        )
        for n, day in enumerate(weeks)
    ]
    assert len(group(rounds)) >= 10


def test_a_chain_of_reports_does_not_pull_an_event_over_more_than_a_week() -> None:
    days = [(date(2019, 1, 7) + timedelta(days=2 * n)).isoformat() for n in range(15)]
    strikes = [
        told(f"d{n:02}", "strike", (LIMA,), (US,), published=d, words="port worker wage") for n, d in enumerate(days)
    ]
    by_id = {one.id: one for one in strikes}
    for event in group(strikes):
        published = sorted(by_id[id].published[0] or "" for id in event.members)
        assert (date.fromisoformat(published[-1]) - date.fromisoformat(published[0])).days <= 7


def test_a_noun_and_its_verb_tell_of_one_event() -> None:
    verb = told("d1", "resign", ("a-borges",), words="post ministry sunday")
    noun = told("d2", "resignation", ("a-borges",), words="post ministry letter")
    assert together(verb, noun)
    assert kin(["resign", "resignation", "bomb"])[stem_of("resign")].keys() == {
        stem_of("resign"),
        stem_of("resignation"),
    }


def test_an_event_that_is_told_in_the_lead_and_again_later_is_one() -> None:
    lead = told("d1", "explode", recipients=("a-bank",), words="bomb bank lima morning guard")
    later = told("d1", "explode", recipients=("a-bank",), words="bomb bank guard window", start=900)
    assert together(lead, later)


def test_asserted_and_denied_is_one_event() -> None:
    one = told("d1", "recognise", (US,), (GUAIDO,), words="interim president statement")
    assert together(one, replace(one, id="x", document="d2", modality="denied"))


def test_the_condition_of_one_is_not_the_deed_of_another() -> None:
    did = told("d1", "recognise", ("name:washington",), (GUAIDO,), type="SUPPORT")
    would = told("d1", "recognise", ("name:european leaders",), (GUAIDO,), modality="conditional", start=50)
    assert not together(did, would)


def test_documents_of_unknown_day_need_more_than_a_common_predicate() -> None:
    one = told("d1", "talk", published=None, type="CONSULT", words="oslo mediator")
    other = told("d2", "talk", published=None, type="CONSULT", words="washington sanction oil")
    assert not together(one, other)


def test_a_single_mention_is_an_event_that_says_so() -> None:
    (event,) = group([told("d1", "resign", (MADURO,))])
    assert event.score == 1 and event.reason == "told at one place"


def test_the_reason_names_predicates_and_what_agrees() -> None:
    one = told("d1", "arrest", (MADURO,), (GUAIDO,), day="2019-01-23", words="airport guard")
    (event,) = group([one, replace(one, id="x", document="d2")])
    assert event.reason == "“arrest”; who takes part and the day"
    assert 0.4 <= event.score <= 1


def test_the_id_follows_from_the_earliest_mention_and_stays_when_later_ones_come() -> None:
    one = told("d1", "arrest", (MADURO,), (GUAIDO,), words="airport guard")
    later = replace(one, id="x", document="d2", published=("2019-01-26", "2019-01-26"))
    (alone,), (both,) = group([one]), group([later, one])
    assert alone.id == both.id
    assert both.members == (one.id, later.id)


def test_no_weight_is_missing_and_none_is_idle() -> None:
    none: frozenset[str] = frozenset()
    plain = Told("k", "k", 0.5, None, none, none, none, False, False, 0.0, None, None, "", {}, 0.0)
    assert features(plain, plain, ("same", 1.0)).keys() == (FITTED | STRICT).keys()


mentions = st.builds(
    told,
    st.sampled_from(["d1", "d2", "d3", "d4"]),
    st.sampled_from(["recognise", "resign", "resignation", "talk", "arrest"]),
    st.sampled_from([(), (US,), (MADURO,), (US, CANADA), ("name:the guard",)]),
    st.sampled_from([(), (GUAIDO,), (MADURO,)]),
    published=st.sampled_from([None, "2019-01-23", "2019-01-25", "2019-03-01"]),
    day=st.sampled_from([None, "2019-01-23", "2019-01-24"]),
    modality=st.sampled_from(["asserted", "planned", "conditional", "denied"]),
    words=st.sampled_from(["", "bomb bank", "bank guard lima", "oslo"]),
    start=st.integers(0, 400),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(mentions, max_size=14, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_each_mention_is_in_one_event_whatever_their_order(told: list[EventMention], order: random.Random) -> None:
    found = group(told)
    assert sorted(id for event in found for id in event.members) == sorted(one.id for one in told)
    days = {one.id: one.earliest for one in told}
    for event in found:
        assert len({days[id] for id in event.members} - {None}) <= 1
    mixed = list(told)
    order.shuffle(mixed)
    assert group(mixed) == found


@pytest.mark.timeout(60)
def test_many_mentions_of_one_kind_take_no_square_of_the_time() -> None:
    found: tuple[Event, ...] = group([
        told(f"d{n:05}", "recognise", (f"a{n % 50}",), (GUAIDO,), words=f"w{n % 97} w{n % 31}", start=n)
        for n in range(4000)
    ])  # fmt: skip
    assert len(found) >= 50
