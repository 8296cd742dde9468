"""What an editor decides is replayed, can be taken back, and is reported when it matches nothing."""

from __future__ import annotations

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from variorum.edition.decisions import Replay, decision_id, locate, parse
from variorum.records import Span, Zone

TEXT = "Sign up for news\n\nThe council met. The council left."
ZONES = (Zone(0, 16, "body"), Zone(18, len(TEXT), "body"))


def replay(*lines: dict[str, str] | str) -> Replay:
    return Replay.of(parse(line if isinstance(line, str) else json.dumps(line) for line in lines))


def states(played: Replay) -> list[str]:
    return [state for _, state, _ in played.states()]


def test_a_decided_outlet_is_a_clue_that_names_the_editor() -> None:
    played = replay({"decision": "outlet", "document": "a.txt", "value": "Post", "by": "mk", "note": "masthead"})
    about = played.about("d1", "a.txt", "")
    (clue,) = played.clues(about)
    assert (clue.field, clue.value, clue.method, clue.score) == ("outlet", "Post", "decision", 1.0)
    assert clue.reason == "set by the editor mk: masthead"
    assert states(played) == ["applied"]


def test_a_document_is_meant_by_its_id_its_path_or_its_path_and_key() -> None:
    by_id = replay({"decision": "title", "document": "d1", "value": "x"})
    assert by_id.clues(by_id.about("d1", "a.txt", ""))
    by_row = replay({"decision": "title", "document": "rows.jsonl#7", "value": "x"})
    assert not by_row.about("d1", "rows.jsonl", "8")
    assert by_row.about("d1", "rows.jsonl", "7")


def test_a_row_of_a_file_is_not_meant_by_the_path_of_the_file() -> None:
    played = replay({"decision": "title", "document": "rows.jsonl", "value": "x"})
    assert not played.about("d1", "rows.jsonl", "7")


def test_the_last_word_counts() -> None:
    played = replay(
        {"decision": "date", "document": "a", "value": "2019"},
        {"decision": "date", "document": "a", "value": "2019-06-06"},
    )
    assert [c.value for c in played.clues(played.about("d", "a", ""))] == ["2019-06-06"]


def test_a_decision_can_be_taken_back_and_made_again() -> None:
    line = {"decision": "outlet", "document": "a", "value": "Post"}
    taken_back = replay(line, {"decision": "undo", "of": decision_id(line)})
    assert taken_back.about("d", "a", "") == []
    assert states(taken_back) == ["undone", "applied"]
    again = replay(line, {"decision": "undo", "of": decision_id(line)}, line)
    assert len(again.clues(again.about("d", "a", ""))) == 1


def test_what_matches_nothing_is_reported() -> None:
    played = replay(
        {"decision": "outlet", "document": "gone.txt", "value": "Post"},
        {"decision": "undo", "of": "0000000000"},
        {"decision": "zone", "document": "a", "value": "furniture", "exact": "not in it"},
        {"decision": "zone", "document": "a", "value": "furniture", "exact": "The council"},
    )
    played.mark(played.about("d", "a", ""), TEXT, ZONES)
    assert states(played) == ["unmatched"] * 4
    assert "gone.txt" in played.states()[0][2]
    assert "more than once" in played.states()[3][2]


def test_a_broken_line_is_reported_and_the_others_count() -> None:
    played = replay(
        "not json",
        "[1, 2]",
        {"decision": "date", "document": "a", "value": "31 February"},
        {"decision": "date", "document": "a", "value": "2019-02-31"},
        {"decision": "zone", "document": "a", "value": "nonsense", "exact": "x"},
        {"decision": "marry", "document": "a", "value": "b"},
        {"decision": "outlet", "document": "a"},
        "# a remark",
        "",
        {"decision": "outlet", "document": "a", "value": "Post"},
    )
    played.clues(played.about("d", "a", ""))
    assert states(played) == ["broken"] * 7 + ["applied"]
    assert [d.number for d in played.decisions] == [1, 2, 3, 4, 5, 6, 7, 10]
    assert all(reason for _, state, reason in played.states() if state == "broken")


def test_a_zone_is_cut_out_of_the_zones_that_it_covers() -> None:
    played = replay({"decision": "zone", "document": "a", "value": "furniture", "exact": "The council met."})
    zones = played.mark(played.about("d", "a", ""), TEXT, ZONES)
    assert [(z.kind, z.span.of(TEXT)) for z in zones] == [
        ("body", "Sign up for news"),
        ("furniture", "The council met."),
        ("body", "The council left."),
    ]


def test_a_prefix_tells_two_places_apart() -> None:
    assert locate(TEXT, "The council", "met. ") == Span(35, 46)


@given(st.text("ab \n", max_size=30), st.integers(0, 30), st.integers(1, 30), st.integers(0, 3))
def test_zones_stay_in_order_and_apart(text: str, start: int, length: int, at: int) -> None:
    exact = text[start : start + length]
    cut = min(at * 7, len(text))
    zones = [Zone(a, b, "body") for a, b in ((0, cut), (cut, len(text))) if text[a:b].strip()]
    played = replay({"decision": "zone", "document": "a", "value": "caption", "exact": exact})
    marked = played.mark(played.about("d", "a", ""), text, zones)
    for one, two in itertools.pairwise(marked):
        assert one.end <= two.start
    assert all(z.span.of(text).strip() for z in marked)
    covered = {i for z in marked for i in range(z.start, z.end)}
    before = {i for z in zones for i in range(z.start, z.end) if not text[i].isspace()}
    assert before <= covered
