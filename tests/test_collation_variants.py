"""Where two copies differ: what is told as grave, what as slight, and what as no difference at all."""

from __future__ import annotations

import pytest

from variorum.collation import Variant, Witness, collate
from variorum.collation.findings import Severity, VariantKind

STORY = """The council of Port Sallow voted on Tuesday to close the old bridge over the Reed before winter, after \
engineers told it that the northern pillar had moved by 11 millimetres since the flood of 2016.

Mayor Elena Marsh said that the decision had not been easy, but that nobody who sits on the council of this town had \
wanted to gamble with the lives of the commuters and the schoolchildren who cross the river there every morning.

“The pillar has moved twice since the flood, and it will move again,” Marsh told reporters outside the town hall. “We \
cannot ask people to cross it on trust.”

The closure was opposed by the Harbour League, whose leader, Tomas Brandt, accused the mayor of hiding a report from \
the committee that oversees roads and rivers. Brandt defeated Ilse Korhonen in the election on May 14.

Three of 23 councillors abstained, two of them because they own shops that depend on passing trade. The county granted \
a loan of $2,500,000 for the repair, and 13 northern parishes and Ostley promised to help.

About 14,000 cars cross the bridge each day. The detour will allegedly cost shopkeepers a third of their income, and \
some may have to close. The engineers will report again on Friday.

The first bridge at this place was built of oak in 1771. It burned down in the winter of 1803."""

LEVELS: tuple[Severity, ...] = ("high", "medium", "low")


def changed(old: str, new: str, story: str = STORY) -> str:
    assert story.count(old) == 1, old
    return story.replace(old, new)


def between(a: str, b: str) -> tuple[Variant, ...]:
    found = collate(Witness("a", a), Witness("b", b))
    assert found.relation is not None
    return found.variants


def variants(old: str, new: str) -> tuple[Variant, ...]:
    return between(STORY, changed(old, new))


def worst(found: tuple[Variant, ...]) -> Severity | None:
    return min((one.severity for one in found), key=LEVELS.index, default=None)


def test_the_same_text_has_no_variants() -> None:
    assert between(STORY, STORY) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11 millimetres", "eleven millimeters"),
        ("Three of 23 councillors", "Only three of the 23 councillors"),
        ("13 northern parishes and Ostley", "14 parishes"),
        ("13 northern parishes and Ostley", "14 northern parishes"),
        ("$2,500,000", "$2.5 million"),
        ("$2,500,000", "$2.5m"),
        ("About 14,000 cars", "Almost 14,100 cars"),
        ("About 14,000 cars", "About 14 000 cars"),
        ("About 14,000 cars", "About fourteen thousand cars"),
        ("Harbour League", "Harbor League"),
        ("Tomas Brandt", "Tomás Brandt"),
        ("Tomas Brandt", "Tomaš Brandt"),
        ("Tomas Brandt", "Tomasz Brandt"),
        ("Ilse Korhonen", "Ilse Korhonnen"),
        ("Ilse Korhonen", "Ilze Korhonen"),
        ("granted a loan", "has granted a loan"),
        ("accused the mayor of hiding", "accused the mayor for hiding"),
        ("Mayor Elena Marsh said", "Elena Marsh, the mayor, said"),
        ("Mayor Elena Marsh said", "Marsh said"),
        ("again on Friday", "again today"),
        ("“The pillar has moved", "[“The pillar has moved"),
        ("the old bridge over the Reed", "the old bridge (over the Reed)"),
        ("schoolchildren", "school-children"),
        ("schoolchildren", "schoolchil dren"),
        ("councillors abstained", "councilors abstained"),
        ("had not been easy", "hadn’t been easy"),
        ("on May 14", "on 14 May"),
        ("said that the decision", "said the decision"),
    ],
)
def test_style_spelling_and_the_way_a_number_is_written_are_slight_at_most(old: str, new: str) -> None:
    assert worst(variants(old, new)) in (None, "low")


def test_other_marks_and_blanks_are_no_variant() -> None:
    straight = STORY.replace("“", '"').replace("”", '"').replace("\n\n", "\n\n  ").replace(", ", " , ")
    assert between(STORY, straight) == ()


@pytest.mark.parametrize("new", ["had been easy", "had never been easy"])
def test_a_denial_is_compared_not_counted(new: str) -> None:
    found = variants("had not been easy", new)
    assert ("negation" in {one.kind for one in found if one.severity == "high"}) == (new == "had been easy")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("the decision had not been easy", "the decision had been easy", "negation"),
        ("The closure was opposed", "The closure was not opposed", "negation"),
        ("The closure was opposed", "The closure was backed", "negation"),
        ("nobody who sits", "everybody who sits", "negation"),
        ("promised to help", "refused to help", "negation"),
        ("The county granted a loan", "The county refused a loan", "negation"),
        ("11 millimetres", "17 millimetres", "number"),
        ("11 millimetres", "111 millimetres", "number"),
        ("About 14,000 cars", "About 41,000 cars", "number"),
        ("Three of 23", "Three of 32", "number"),
        ("Three of 23", "Thirteen of 23", "number"),
        ("$2,500,000", "$2.5 billion", "number"),
        ("$2,500,000", "€2,500,000", "number"),
        ("11 millimetres", "11 metres", "number"),
        ("a third of their income", "a quarter of their income", "number"),
        ("13 northern parishes and Ostley", "17 northern parishes and Ostley", "number"),
        ("Tomas Brandt", "Peter Ollivane", "name"),
        ("Port Sallow", "Port Gallow", "name"),
        ("the old bridge over the Reed", "the old bridge over the Thames", "name"),
        ("Brandt defeated Ilse Korhonen", "Ilse Korhonen defeated Brandt", "role"),
        ("Tomas Brandt, accused the mayor", "the mayor, accused Tomas Brandt", "role"),
        ("Brandt defeated Ilse Korhonen in", "Brandt lost to Ilse Korhonen in", "role"),
        ("The county granted a loan", "The county sought a loan", "role"),
        ("will move again", "will stand again", "quote"),
        ("has moved twice since", "has moved since", "quote"),
        ("We cannot ask people", "We can ask people", "quote"),
        ("We cannot ask people", "We cannot ask voters", "quote"),
    ],
)
def test_what_turns_a_report_around_is_high(old: str, new: str, kind: VariantKind) -> None:
    first = variants(old, new)[0]
    assert (first.severity, first.kind) == ("high", kind)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("voted on Tuesday", "voted on Wednesday", "time"),
        ("the election on May 14", "the election on May 15", "time"),
        ("the election on May 14", "the election on June 14", "time"),
        ("the flood of 2016", "the flood of 2006", "time"),
        ("built of oak in 1771", "built of oak in 1717", "time"),
        ("before winter", "after winter", "time"),
        ("will allegedly cost", "will cost", "modality"),
        ("some may have to close", "some will have to close", "modality"),
        ("because they own shops", "because, according to Brandt, they own shops", "modality"),
    ],
)
def test_days_dates_years_and_lost_doubts_are_told_by_kind(old: str, new: str, kind: VariantKind) -> None:
    found = variants(old, new)
    assert [(one.kind, one.severity) for one in found if one.severity != "low"] == [(kind, "medium")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("has moved twice since the flood, and it will", "has moved twice ... and it will"),
        ("has moved twice since the flood, and it will", "has moved twice […] and it will"),
        ("We cannot ask people", "We cannot ask [any] people"),
        ("We cannot ask people", "We cannot [now] ask people"),
        ("“We cannot ask people to cross it on trust.”", "“We cannot ask people to cross it.”"),
        ("and it will move again", "and [the pillar] will move again"),
        ("We cannot ask people to cross it", "We cannot ask people to cross [the bridge]"),
        ("We cannot ask people to cross it", "We cannot ask people to cross it (the bridge)"),
        ("We cannot ask people to cross it", "We cannot ask people [of the town] to cross it"),
    ],
)
def test_what_a_quotation_shows_as_cut_or_put_in_is_slight(old: str, new: str) -> None:
    assert worst(variants(old, new)) == "low"


def test_a_variant_covers_the_words_that_differ_on_both_sides() -> None:
    copy = changed("cross it on trust", "cross it on faith")
    (found,) = between(STORY, copy)
    assert found.a is not None and found.b is not None
    assert (STORY[slice(*found.a)], copy[slice(*found.b)]) == ("trust", "faith")
    assert (found.kind, found.severity) == ("quote", "high")
    assert "trust" in found.reason and "faith" in found.reason


LEAGUE = STORY[STORY.index("The closure was opposed") : STORY.index("Three of 23")]
END = STORY[STORY.index("The first bridge") :]


@pytest.mark.parametrize(("cut", "severity"), [(LEAGUE, "medium"), (END, "low")])
def test_a_cut_at_the_end_is_slighter_than_one_in_the_middle(cut: str, severity: Severity) -> None:
    (found,) = variants(cut, "")
    assert (found.kind, found.severity, found.b) == ("omission", severity, None)
    assert found.a is not None and STORY[slice(*found.a)] == cut.strip().rstrip(".")
    (mirrored,) = between(changed(cut, ""), STORY)
    assert (mirrored.kind, mirrored.severity, mirrored.a, mirrored.b) == ("addition", severity, None, found.a)


def test_variants_come_gravest_first() -> None:
    copy = STORY
    for old, new in (
        ("outside the town hall", "outside town hall"),
        ("voted on Tuesday", "voted on Monday"),
        ("11 millimetres", "17 millimetres"),
        ("will move again", "will fall again"),
        ("Tomas Brandt", "Peter Ollivane"),
        (LEAGUE.split(". ")[1], ""),
    ):
        copy = changed(old, new, copy)
    found = between(STORY, copy)
    assert [one.severity for one in found] == sorted((one.severity for one in found), key=LEVELS.index)
    assert [one.kind for one in found[:3]] == ["quote", "number", "name"]
    assert {"time", "omission"} <= {one.kind for one in found}


def test_one_lost_not_weighs_more_than_a_reworded_paragraph() -> None:
    copy = changed("had not been easy", "had been easy")
    copy = changed("It burned down in the winter of 1803", "Fire destroyed it during the cold season of 1803", copy)
    first, *others = between(STORY, copy)
    assert (first.kind, first.severity) == ("negation", "high")
    assert worst(tuple(others)) != "high"
