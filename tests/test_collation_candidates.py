"""Which documents are compared: every pair that shares text, at a cost that grows with the pile, not its square."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_collation_relation import CAKES, INDEPENDENT, PARTS, REWORDED, without
from test_collation_variants import STORY
from variorum.collation import Witness, copies
from variorum.collation.candidates import CROWD, PARTNERS, RUN, WINDOW, fingerprints, pairs, reworded
from variorum.collation.copying import candidate_pairs
from variorum.collation.lineage import lineage

WORDS = [f"w{n}" for n in range(4000)]
SEEN = RUN + WINDOW - 1
ODD = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=120)
word = st.sampled_from(WORDS[:60])

ARABIC = """أعلن مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم فوق النهر قبل حلول الشتاء بعد أن أبلغه المهندسون أن \
العمود الشمالي قد تحرك أحد عشر ملليمترا منذ الفيضان. وقالت رئيسة البلدية إن القرار لم يكن سهلا لكن أحدا في المجلس لم \
يرغب في المقامرة بحياة الناس الذين يعبرون النهر كل صباح في طريقهم إلى العمل أو إلى المدرسة."""
RUSSIAN = """Городской совет во вторник проголосовал за закрытие старого моста через реку до наступления зимы, после \
того как инженеры сообщили ему, что северная опора сдвинулась на одиннадцать миллиметров. Мэр города сказала, что \
решение было нелегким, но никто в совете не захотел рисковать жизнью людей, которые каждое утро переходят реку по пути \
на работу или в школу."""
CHINESE = "市议会星期二投票决定在冬季来临之前关闭河上的旧桥。工程师告诉市议会北侧桥墩自洪水以来已经移动了十一毫米。" * 3
TABLE = "\n".join(f"| {name} | {n * 7 % 13} | {n * 5 % 11} | 20{n:02} |" for n, name in enumerate(WORDS[:40]))
LIST = "\n".join(f"- item {n} of the list, number {n * 3}" for n in range(60))


def invented(rng: random.Random, length: int = 120) -> str:
    sentences = (" ".join(rng.choices(WORDS, k=12)).capitalize() + "." for _ in range(length // 12))
    return " ".join(sentences)


def spread(found: list[tuple[int, int]]) -> set[frozenset[int]]:
    return {frozenset(pair) for pair in found}


@given(st.lists(word, min_size=SEEN, max_size=SEEN), *[st.lists(word, max_size=15) for _ in range(4)])
def test_a_run_of_nine_equal_words_leaves_a_common_fingerprint(
    shared: list[str], before: list[str], after: list[str], head: list[str], tail: list[str]
) -> None:
    one = fingerprints(" ".join((*before, *shared, *after)))
    other = fingerprints("\n".join((*head, *shared, *tail)).upper())
    assert SEEN == 9
    assert set(one.tolist()) & set(other.tolist())


def test_other_words_leave_other_fingerprints() -> None:
    assert not set(fingerprints(STORY).tolist()) & set(fingerprints(CAKES).tolist())
    assert fingerprints("five words are too few").size == fingerprints("").size == 0


@given(st.text(alphabet="ab,.“”—!? \n", max_size=200))
def test_marks_and_blanks_change_no_fingerprint(text: str) -> None:
    assert (
        fingerprints(text).tolist()
        == fingerprints(" ".join(text.translate({ord(c): " " for c in ",.“”—!?\n"}).split())).tolist()
    )


def test_every_copied_paragraph_in_a_pile_makes_a_candidate() -> None:
    rng = random.Random(1)
    pile = [invented(rng) for _ in range(300)]
    planted = set()
    for one, other in ((n, n + 150) for n in range(0, 150, 3)):
        passage = " ".join(rng.choices(WORDS, k=40))
        pile[one] = f"{pile[one]} {passage} {invented(rng, 60)}"
        pile[other] = f"{invented(rng, 60)} {passage} {pile[other]}"
        planted.add(frozenset((one, other)))
    assert spread(pairs(pile)) == planted


def test_a_reworded_copy_is_a_candidate_and_another_matter_is_not() -> None:
    found = spread(reworded([STORY, REWORDED, CAKES]))
    assert found == {frozenset((0, 1))}


def test_candidates_come_sorted_and_once() -> None:
    pile = [Witness(f"{n}", text) for n, text in enumerate((STORY, without(2), REWORDED, CAKES, STORY))]
    found = [(pair.a.id, pair.b.id) for pair in candidate_pairs(pile)]
    assert found == sorted(set(found))
    assert all(a < b for a, b in found)


def test_identical_documents_are_one_family_with_a_linear_number_of_pairs() -> None:
    pile = [Witness(f"d{n:04}", STORY) for n in range(300)]
    found = copies(pile)
    assert len(found) <= 300 * (CROWD + PARTNERS)
    assert {one.kind for one in found} == {"reprint"}
    made = lineage(pile, found)
    assert len({share.origin for share in made.shares}) == 1
    assert [len(family.documents) for family in made.families] == [300]


def test_five_thousand_identical_documents_have_their_candidates_in_seconds() -> None:
    started = time.perf_counter()
    found = candidate_pairs([Witness(f"d{n:04}", STORY) for n in range(5000)])
    assert time.perf_counter() - started < 30
    assert 5000 * (CROWD - 1) < len(found) <= 5000 * (CROWD + PARTNERS)


def test_a_digest_that_contains_all_others_is_tied_to_each() -> None:
    rng = random.Random(2)
    parts = [invented(rng) for _ in range(200)]
    found = spread(pairs([*parts, "\n\n".join(parts)]))
    assert found == {frozenset((n, 200)) for n in range(200)}


def test_what_very_many_documents_share_ties_each_to_a_few_only() -> None:
    rng = random.Random(3)
    tail = " ".join(rng.choices(WORDS, k=60))
    found = pairs([f"{invented(rng)} {tail}" for _ in range(2000)])
    assert len(found) <= 2000 * CROWD


def test_the_cost_grows_with_the_pile_and_not_with_its_square() -> None:
    rng = random.Random(4)
    pile = [invented(rng, 240) for _ in range(3200)]
    times = []
    for size in (800, 3200):
        started = time.perf_counter()
        pairs(pile[:size])
        times.append(time.perf_counter() - started)
    assert times[1] < 10 * times[0] + 1


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "\ud800", "\x00\x01", "a", "\ufffd" * 300, "\u202e\u200b" * 50])
def test_documents_without_words_are_copies_of_nothing(text: str) -> None:
    assert copies([Witness("a", text), Witness("b", text), Witness("c", STORY)]) == []


@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, TABLE, LIST], ids=["arabic", "russian", "table", "list"])
def test_copies_are_found_in_other_scripts_and_in_tables(text: str) -> None:
    (found,) = copies([Witness("a", text), Witness("b", text), Witness("c", STORY)])
    assert (found.a, found.b, found.kind) == ("a", "b", "reprint")


def test_one_story_in_several_languages_has_no_copies() -> None:
    pile = [Witness(f"{n}", text) for n, text in enumerate((STORY, ARABIC, RUSSIAN, CHINESE, TABLE, LIST, ""))]
    assert copies(pile) == []


@given(st.lists(ODD | st.sampled_from([STORY, CHINESE, TABLE]), max_size=6))
def test_any_pile_is_read(texts: list[str]) -> None:
    found = copies(Witness(f"{n}", text) for n, text in enumerate(texts))
    assert {(one.a, one.b) for one in found} <= set(combinations(sorted(map(str, range(len(texts)))), 2))


def test_an_empty_pile_and_a_pile_of_one_have_no_copies() -> None:
    assert copies([]) == copies([Witness("a", STORY)]) == []


@pytest.mark.parametrize("position", [0, 3, 5])
def test_two_sentences_inside_two_other_articles_are_enough(position: int) -> None:
    other = [CAKES, *INDEPENDENT.split("\n\n")]
    other.insert(position, PARTS[3])
    assert [(one.a, one.b) for one in copies([Witness("a", STORY), Witness("b", "\n\n".join(other))])] == [("a", "b")]
