"""Stances, posts, claims and conflicts across documents, from made-up mentions."""

from __future__ import annotations

import random
from collections.abc import Sequence

from variorum.situation.claims import ClaimMention, Value, group_claims, same_claim
from variorum.situation.conflicts import Rows, conflicts_in
from variorum.situation.joining import HeldMention, Place, StanceMention, issue_key, join_posts, join_stances
from variorum.situation.omissions import Dropped, omissions_in
from variorum.situation.parting import holders, stance_conflicts

DAY = {"jan": "2019-01-10", "feb": "2019-02-10", "mar": "2019-03-10"}


def stance(document: str, day: str, kind: str = "recognises", **changes: object) -> StanceMention:
    fields: dict[str, object] = {
        "place": Place(document, f"o-{document}", 0, 10), "actor": "state", "stance": kind, "target": "man",
        "issue": None,
        "as_office": None, "modality": "asserted", "speakers": (), "chain": "[]", "outlet": "Post", "since": None,
        "published": (day, day), "inferred": False, "event": None, "score": 0.8, "reason": "“recognise”",
    }  # fmt: skip
    return StanceMention(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_stance_holds_until_the_other_side_is_taken() -> None:
    rows = join_stances(
        [
            stance("a", DAY["jan"]),
            stance("b", DAY["feb"]),
            stance("c", DAY["mar"], "derecognises", since=("2019-03-08", "2019-03-08")),
        ]
    )
    by_kind = {row.stance: row for row in rows}
    assert len(rows) == 2
    assert by_kind["recognises"].starts == DAY["jan"]
    assert by_kind["recognises"].ends == "2019-03-07"
    assert by_kind["recognises"].confirmed == (DAY["feb"], DAY["feb"])
    assert by_kind["derecognises"].starts == "2019-03-08"
    assert by_kind["derecognises"].ends is None
    assert len(by_kind["recognises"].places) == 2


def test_plans_and_denials_stay_apart_and_end_nothing() -> None:
    rows = join_stances(
        [
            stance("a", DAY["jan"]),
            stance("b", DAY["feb"], "rejects", modality="planned"),
            stance("c", DAY["feb"], modality="denied"),
        ]
    )
    assert {(r.stance, r.modality, r.ends) for r in rows} == {
        ("recognises", "asserted", None),
        ("rejects", "planned", None),
        ("recognises", "denied", None),
    }


def test_the_order_of_documents_does_not_matter() -> None:
    mentions = [stance(d, DAY[m], k) for d, m, k in (
        ("a", "jan", "recognises"), ("b", "feb", "rejects"), ("c", "mar", "supports"), ("d", "mar", "supports"),
    )]  # fmt: skip
    first = join_stances(mentions)
    for seed in range(5):
        random.Random(seed).shuffle(mentions)
        assert join_stances(mentions) == first


def test_a_matter_in_other_words_is_one() -> None:
    assert issue_key("any military intervention in the country") == issue_key("military interventions in Venezuela")
    assert issue_key("military intervention") != issue_key("sanctions")


def held(document: str, actor: str, status: str = "holds", **changes: object) -> HeldMention:
    fields: dict[str, object] = {
        "place": Place(document, f"o-{document}", 0, 10), "actor": actor, "post": "president", "body": "land",
        "status": status, "voice": None, "outlet": f"Outlet {document}", "since": None, "until": None,
        "published": (DAY["jan"], DAY["jan"]), "near": (("land", 3),), "states": frozenset({"land"}),
        "people": frozenset(), "owned": False, "score": 0.9, "reason": "a title before the name",
    }  # fmt: skip
    return HeldMention(**{**fields, **changes})  # type: ignore[arg-type]


def test_views_of_one_office_stand_beside_each_other() -> None:
    offices, rows = join_posts([held("a", "ann"), held("b", "bob", "claims"), held("c", "bob")])
    assert len(offices) == 1
    assert {(r.actor, r.status, r.outlet) for r in rows} == {
        ("ann", "holds", "Outlet a"),
        ("bob", "claims", "Outlet b"),
        ("bob", "holds", "Outlet c"),
    }
    names = {"ann": "Ann Berg", "bob": "Bob Dorn", "land": "Norway"}
    found = list(holders(offices, rows, names))
    assert [c.question for c in found] == ["Who is president of Norway?"]
    assert {side.value for side in found[0].sides} == {"Ann Berg", "Bob Dorn"}


def test_a_successor_is_no_conflict() -> None:
    offices, rows = join_posts([held("a", "ann"), held("b", "bob", published=("2024-01-01", "2024-01-01"))])
    assert list(holders(offices, rows, {"ann": "Ann Berg", "bob": "Bob Dorn", "land": "Norway"})) == []


def test_whose_post_it_is_is_filled_in_with_care() -> None:
    _, rows = join_posts([held("a", "ann"), held("b", "ann", body=None)])
    assert len({r.office for r in rows}) == 1
    offices, _ = join_posts([held("a", "ann"), held("b", "eve", body=None, near=(("elsewhere", 9),))])
    assert {o.body for o in offices} == {"land", None}


def test_opposite_stances_of_one_time_are_a_conflict() -> None:
    rows = join_stances([stance("a", DAY["jan"], speakers=("x",), modality="reported"),
                         stance("b", DAY["jan"], "rejects", speakers=("y",), modality="reported")])  # fmt: skip
    assert len(list(stance_conflicts(rows, {"state": "France", "man": "Ann Berg"}))) == 1
    changed = join_stances([stance("a", DAY["jan"]), stance("b", DAY["mar"], "derecognises")])
    assert list(stance_conflicts(changed, {"state": "France", "man": "Ann Berg"})) == []


def number(low: float, high: float | None = None, plus: bool = False) -> Value:
    return Value(low, low if high is None else high, low, "person", f"{low:g} people", plus)


def claim(document: str, value: Value | None = None, **changes: object) -> ClaimMention:
    fields: dict[str, object] = {
        "document": document, "origin": f"o-{document}", "start": 0, "end": 10, "predicate": "kill",
        "arguments": (("in", "quay", "the quay", "quay"),), "value": value, "thing": "person", "positive": True,
        "modality": "asserted", "voice": document, "earliest": "2019-01-09", "latest": "2019-01-09",
        "published": (DAY["jan"], DAY["jan"]), "words": ("kill", "person", "quay", "polic"), "act": True, "score": 0.9,
    }  # fmt: skip
    return ClaimMention(**{**fields, **changes})  # type: ignore[arg-type]


def conflicts(mentions: Sequence[ClaimMention]) -> list[str]:
    return [c.kind for c in conflicts_in(Rows(group_claims(mentions), mentions, {"quay": "the quay"}))]


def test_claims_that_say_the_same_are_one() -> None:
    found = group_claims([claim("a", number(2)), claim("b", number(2)), claim("c", number(5))])
    assert sorted(len(c.members) for c in found) == [1, 2]
    assert not same_claim(claim("a", number(2)), claim("b", number(2), positive=False))
    assert not same_claim(claim("a", number(2)), claim("b", number(2), modality="planned"))


def test_numbers_that_differ_are_a_conflict() -> None:
    assert conflicts([claim("a", number(2)), claim("b", number(5))]) == ["number"]


def test_rounding_bounds_sums_and_other_days_are_none() -> None:
    assert conflicts([claim("a", Value(970, 1030, 1000, "person", "1,000")), claim("b", number(1010))]) == []
    assert conflicts([claim("a", Value(20, float("inf"), 20, "person", "more than 20")), claim("b", number(36))]) == []
    assert conflicts([claim("a", number(13, plus=True)), claim("b", number(14))]) == []
    later = claim("b", number(5), earliest="2019-06-01", latest="2019-06-01", published=("2019-06-02", "2019-06-02"))
    assert conflicts([claim("a", number(2)), later]) == []


def test_asserted_against_denied() -> None:
    arguments = (("subj", "police", "the police", "polic"), ("obj", None, "shots", "shot"))
    yes = claim("a", None, predicate="fire", thing="", arguments=arguments)
    no = claim("b", None, predicate="fire", thing="", arguments=arguments, positive=False)
    assert conflicts([yes, no]) == ["polarity"]
    plan = claim("b", None, predicate="fire", thing="", arguments=arguments, positive=False, modality="planned")
    assert conflicts([yes, plan]) == []


def test_days_of_what_happens_once() -> None:
    one = claim("a", None, predicate="resign", thing="", arguments=(("subj", "ann", "Ann", "ann"),))
    other = claim("b", None, predicate="resign", thing="", arguments=(("subj", "ann", "Ann", "ann"),),
                  earliest="2019-01-10", latest="2019-01-10")  # fmt: skip
    assert "time" in conflicts([one, other])


def test_what_a_copy_dropped() -> None:
    mentions = [claim("a", number(2), arguments=(("in", "quay", "the quay", "quay"), ("obj", "ann", "Ann", "ann")))]
    found = omissions_in(group_claims(mentions), mentions, [Dropped("a", 0, 20, "copy", "a")])
    assert [(o.document, o.parent) for o in found] == [("copy", "a")]
    assert omissions_in(group_claims(mentions), mentions, [Dropped("a", 5, 20, "copy", "a")]) == ()
