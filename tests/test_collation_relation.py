"""Whether two articles are related, how, and which way: what a reader would say, and what nobody could know."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_collation_variants import STORY, changed
from variorum.collation import Collation, Relation, Witness, collate

PARTS = STORY.split("\n\n")
MARCH = datetime.date(2019, 3, 4)

REWORDED = """Port Sallow's council decided on Tuesday to shut the old bridge across the Reed ahead of winter, after \
it heard from engineers that the northern pillar had shifted by 11 millimetres since the 2016 flood.

Mayor Elena Marsh said the choice had not been a simple one, but that no one sitting on the town's council had wanted \
to risk the lives of the commuters and schoolchildren who use the river crossing every morning.

The move was resisted by the Harbour League, whose head, Tomas Brandt, charged the mayor with concealing a report from \
the committee that supervises roads and rivers. Brandt beat Ilse Korhonen in the election on May 14.

Three of the 23 councillors did not vote, two of them because they have shops that rely on passing trade. The county \
gave a loan of $2.5 million for the repairs, and 13 northern parishes and Ostley pledged to help.

Roughly 14,000 cars use the bridge every day. The diversion will allegedly cost shop owners a third of their earnings, \
and some may be forced to shut. The engineers will report back on Friday."""

STATEMENT = """“The pillar has moved twice since the flood, and it will move again. We cannot ask people to cross it \
on trust, and we will not ask them to wait until it falls. The town has asked the county for a ferry, for two buses \
and for a footbridge at the weir, and it expects an answer before the end of this month. Nobody will be cut off.”"""
FIRST = f"""Commuters in Port Sallow face a winter of detours once the crossing shuts.

{STATEMENT} So ran a statement that the town hall put out late on Tuesday night.

Baker Nils Aubery, who opens at five, doubts that a ferry can run in the ice. His flour comes from the other bank, and \
the miller has already asked him for more money. Last winter the weir froze for nine weeks."""
SECOND = f"""A row over an old report has split the Harbour League in two.

In a statement, the mayor said: {STATEMENT}

The League's founder, Ragna Tolvik, resigned from its board an hour later. She had wanted a vote of no confidence, \
which the younger members refused. Two of them were seen leaving by the back door with boxes of leaflets under \
their arms."""

INDEPENDENT = """Engineers won the argument in Port Sallow this week: the bridge that has joined the two halves of \
town for two centuries shuts before the first frost.

The vote, 20 to none with three abstentions, came after a long evening in a crowded chamber. Elena Marsh, the mayor, \
told those who had come to shout that she shared their anger. A surveyor's chart behind her showed a pillar 11 \
millimetres out of place.

Tomas Brandt of the Harbour League called it a stitch-up. His party says that it saw the surveyors' figures only that \
morning, and that a ferry would have been the cheaper way all along.

Ostley, upstream, will have the traffic: some 14,000 cars on a working day. Its own council meets on Thursday."""

CAKES = """The baker of Undray has won the harbour prize for the third year running with a cake in the shape of a \
lighthouse.

Judges praised the almond crust and the lamp, which turned. The runner-up, a retired pilot, brought a herring pie that \
nobody dared to finish.

Next year the fair moves to Lyndow, where the square is larger and the rain, it is said, is shorter."""

TAIL = """Sign up for our morning letter and never miss a story. Our reporters follow the news around the clock so \
that you do not have to. Send tips and pictures to the desk, and tell us what you think of this article in the \
comments."""
AGENCY_TAIL = "(Reporting by Nils Aubery and Odile Farravel in Port Sallow; additional reporting by Tessa Grohl in \
Lyndow; editing by Carys Donn and Anselm Brede; graphics by Liv Sandrow)"

BAKER = FIRST.split("\n\n")[-1]
BRIDGE = f"{STORY}\n\n{FIRST.split(STATEMENT)[0]}"
OTHERS = f"""{CAKES}

{SECOND.split(STATEMENT)[1]}

The League was founded in 1911 by pilots who wanted a light on the mole. It has never held more than six seats, and it \
has lost two since the war. Its accounts are late again, a clerk said, and the rent for its hall was last paid in June.

In other news, a seal that had lived under the fish market for nine years was found on a beach near Lyndow, well fed \
and in no hurry to go. Children have named it after the speaker. The market’s cats are said to be relieved, though a \
vet who looks after both would not confirm that."""


def collated(
    a: str | Witness,
    b: str | Witness,
) -> Collation:
    one, two = (text if isinstance(text, Witness) else Witness(id, text) for id, text in (("a", a), ("b", b)))
    return collate(replace(one, id="a"), replace(two, id="b"))


def related(a: str | Witness, b: str | Witness) -> Relation:
    found = collated(a, b).relation
    assert found is not None
    assert found.reason
    return found


def without(*numbers: int, parts: list[str] = PARTS) -> str:
    return "\n\n".join(part for i, part in enumerate(parts) if i not in numbers)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (FIRST, SECOND),
        (f"{BRIDGE}\n\n{TAIL}", f"{OTHERS}\n\n{TAIL}"),
        (f"{TAIL}\n\n{BRIDGE}", f"{TAIL}\n\n{OTHERS}"),
        (f"{BRIDGE}\n\n{AGENCY_TAIL}", f"{OTHERS}\n\n{AGENCY_TAIL}"),
        (f"{STORY}\n\n{TAIL}", f"{CAKES}\n\n{TAIL}"),
        (f"{STORY}\n\n{AGENCY_TAIL}", f"{CAKES}\n\n{AGENCY_TAIL}"),
        (STORY, INDEPENDENT),
        (REWORDED, INDEPENDENT),
        (STORY, FIRST),
        (STORY, CAKES),
        (STORY, ""),
        ("", ""),
        ("—\n\n…", "—\n\n…"),
    ],
)
def test_articles_that_share_no_origin_are_not_related(a: str, b: str) -> None:
    assert collated(a, b).relation is None
    assert collated(b, a).relation is None


def test_a_reprint_is_the_whole_text_in_the_words_of_its_source() -> None:
    copy = changed("Harbour League", "Harbor League").replace("“", '"').replace("”", '"')
    found = related(STORY, copy)
    assert found.kind == "reprint"
    assert found.similarity > 0.95
    assert found.passages[0].a[0] == 0


@pytest.mark.parametrize("cut", [(4, 5, 6), (1, 3, 5), (0, 1, 2)])
def test_a_cut_is_an_excerpt_and_comes_from_the_fuller_text(cut: tuple[int, ...]) -> None:
    found = related(STORY, without(*cut))
    assert found.kind == "excerpt"
    assert found.similarity < 0.95
    if 0 not in cut:
        assert found.direction == "b-from-a"


def test_a_reworded_text_is_a_rewrite() -> None:
    found = related(without(2, 6), REWORDED)
    assert found.kind == "rewrite"
    assert found.score > 0.5
    assert "reworded" in {one.kind for one in found.passages}


@pytest.mark.parametrize(("days", "direction"), [(2, "b-from-a"), (-2, "a-from-b")])
def test_what_one_outlet_publishes_twice_is_a_revision_and_the_later_comes_from_the_earlier(
    days: int, direction: str
) -> None:
    later = changed("11 millimetres", "17 millimetres") + "\n\nThe weir will be open on Sunday, the county said."
    a = Witness("a", STORY, outlet="The Packet", published=MARCH)
    b = Witness("b", later, outlet="The Packet", published=MARCH + datetime.timedelta(days))
    found = related(a, b)
    assert (found.kind, found.direction) == ("revision", direction)
    assert related(a, replace(b, outlet="The Gull")).kind != "revision"


def test_a_text_that_says_that_it_corrects_is_the_later() -> None:
    corrected = changed("11 millimetres", "17 millimetres") + "\n\nThis story corrects the measure of the pillar."
    found = related(Witness("a", STORY, outlet="The Packet"), Witness("b", corrected, outlet="The Packet"))
    assert (found.kind, found.direction) == ("revision", "b-from-a")


@pytest.mark.parametrize("credit", ["PORT SALLOW (Reuters) - ", "By Nils Aubery, Reuters\n\n", "Source: Reuters\n\n"])
def test_a_credit_gives_the_direction(credit: str) -> None:
    agency = Witness("a", STORY, outlet="Reuters")
    copy = Witness("b", credit + STORY, outlet="The Packet")
    assert related(agency, copy).direction == "b-from-a"
    assert related(copy, agency).direction == "a-from-b"
    assert "Reuters" in related(agency, copy).reason


@pytest.mark.parametrize("days", [-300, -1, 0, 1, 300])
def test_a_credit_weighs_more_than_dates(days: int) -> None:
    agency = Witness("a", STORY, outlet="Reuters", published=MARCH)
    copy = Witness(
        "b", without(4, 5, 6) + "\n\n(Reuters)", outlet="The Packet", published=MARCH + datetime.timedelta(days)
    )
    assert related(agency, copy).direction == "b-from-a"


@pytest.mark.parametrize("outlets", [(None, None), ("The Packet", "The Gull"), ("The Packet", None)])
@pytest.mark.parametrize("days", [-30, -1, 1, 30])
def test_dates_alone_tell_no_direction(outlets: tuple[str | None, str | None], days: int) -> None:
    a = Witness("a", STORY, outlet=outlets[0], published=MARCH)
    b = Witness("b", changed("Harbour", "Harbor"), outlet=outlets[1], published=MARCH + datetime.timedelta(days))
    found = related(a, b)
    assert (found.direction, found.direction_score) == ("unknown", 0)


def test_copies_of_which_each_has_what_the_other_lacks_are_siblings() -> None:
    found = related(without(2), without(5))
    assert found.direction == "siblings"
    assert found.direction_score > 0
    dated = related(Witness("a", without(2), published=MARCH), Witness("b", without(5), published=datetime.date.max))
    assert dated.direction == "siblings"


def test_two_that_credit_one_agency_are_siblings() -> None:
    a = Witness("a", "PORT SALLOW (Reuters) - " + STORY, outlet="The Packet")
    b = Witness("b", "PORT SALLOW (Reuters) - " + STORY, outlet="The Gull")
    found = related(a, b)
    assert (found.kind, found.direction) == ("reprint", "siblings")
    assert "Reuters" in found.reason


def test_wire_paragraphs_inside_another_article_are_found() -> None:
    report = f"{CAKES}\n\n{PARTS[3]}\n\n{BAKER}"
    found = related(STORY, report)
    assert found.kind == "excerpt"
    (passage,) = found.passages
    assert STORY[slice(*passage.a)] in PARTS[3]
    assert report[slice(*passage.b)] == STORY[slice(*passage.a)]


def test_the_more_is_shared_the_surer() -> None:
    scores = [related(STORY, without(*range(n, 7))).score for n in (3, 5, 7)]
    assert scores == sorted(scores)
    assert 0.5 <= scores[0] < scores[-1] < 1


@given(
    st.lists(st.sampled_from([*PARTS, *REWORDED.split("\n\n"), *FIRST.split("\n\n"), TAIL, "", "—"]), max_size=8),
    st.lists(st.sampled_from([*PARTS, *REWORDED.split("\n\n"), *SECOND.split("\n\n"), TAIL, "\ud800"]), max_size=8),
)
def test_passages_and_variants_lie_within_the_texts_and_are_not_empty(one: list[str], two: list[str]) -> None:
    a, b = "\n\n".join(one), "\n\n".join(two)
    found = collated(a, b)
    assert all(0 <= p.a[0] < p.a[1] <= len(a) and 0 <= p.b[0] < p.b[1] <= len(b) for p in found.passages)
    assert all(0 < p.score <= 1 for p in found.passages)
    for variant in found.variants:
        assert variant.a or variant.b
        assert variant.a is None or 0 <= variant.a[0] < variant.a[1] <= len(a)
        assert variant.b is None or 0 <= variant.b[0] < variant.b[1] <= len(b)
        assert 0 < variant.score <= 1
    if found.relation:
        assert 0 < found.relation.similarity <= 1
        assert found.relation.passages == found.passages
