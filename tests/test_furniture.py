"""Lines that repeat in an outlet are furniture, but copies of an article and honest sentences are not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.reading.extracted import Extracted
from variorum.reading.furniture import Repeated, line_digests, mark, repeated
from variorum.reading.zones import assign
from variorum.records import Zone

NOTICE = "This island keeps its news free with the help of its readers every day"
PLACES = ("harbour", "market", "school", "ferry", "museum", "library", "square", "station", "theatre", "bridge")


def story(number: int, *, last: str = "", middle: str = "") -> str:
    """Return an article about its own subject, with a line in the middle and one at the end."""
    place = PLACES[number % len(PLACES)]
    lines = [
        f"Council number {number} votes on the {place}",
        f"The council met for the {number}th time on Monday to speak about the {place} and its {number} neighbours.",
        f"Nobody expected that the {place} would cost {number} million, the treasurer said after meeting {number}.",
        middle,
        f"A second vote about the {place} is planned in {number + 2} weeks, if the {number} members agree to it.",
        f"The {place} has stood there for {number + 100} years, and {number} families live from its visitors.",
        last,
    ]
    return "\n\n".join(line for line in lines if line)


def read(texts: dict[str, str]) -> tuple[dict[str, tuple[Zone, ...]], Repeated]:
    """Return the zones of each document and the repeats of the one outlet that they are from."""
    found = {key: assign(Extracted(text)) for key, text in texts.items()}
    return found, repeated((k, "Islander", line_digests(texts[k], found[k])) for k in texts)["Islander"]


def marked(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Return the words and the reason of what the repetition turned into furniture."""
    found, repeats = read(texts)
    rows = []
    for key, before in found.items():
        for old, new in zip(before, mark(texts[key], before, repeats), strict=True):
            if old != new:
                assert (new.start, new.end, new.kind) == (old.start, old.end, "furniture")
                rows.append((texts[key][new.start : new.end], new.reason))
    return rows


def test_a_notice_at_the_end_of_every_article_is_furniture() -> None:
    rows = marked({f"d{n}": story(n, last=NOTICE) for n in range(8)})
    assert {words for words, _ in rows} == {NOTICE}
    assert rows[0][1] == "the same line stands in 8 of 8 documents of this outlet"


def test_a_sentence_that_recurs_within_articles_survives() -> None:
    assert marked({f"d{n}": story(n, middle="He declined to comment.") for n in range(12)}) == []


def test_copies_and_revisions_count_as_one_document() -> None:
    copies = {
        f"copy{n}": story(3) + f"\n\nCorrection {n}: an earlier version had another number of families in it."
        for n in range(9)
    }
    others = {f"d{n}": story(n) for n in range(10, 18)}
    assert marked(copies | others) == []


def test_too_few_documents_prove_nothing() -> None:
    assert marked({f"d{n}": story(n, last=NOTICE) for n in range(2)}) == []


def test_three_documents_are_enough_for_a_box_at_the_end_of_all() -> None:
    box = "The island letter\n\nOur letter reaches your inbox every Monday, and it costs nothing."
    rows = marked({f"d{n}": story(n, last=box) for n in range(3)})
    assert {words for words, _ in rows} == set(box.split("\n\n"))
    assert len(rows) == 6


def test_the_background_that_closes_reports_of_one_story_is_not_furniture() -> None:
    background = "The island has had two mayors since the vote in March, and the council is split between them."
    assert marked({f"d{n}": story(n, last=background) for n in range(4)}) == []


def test_a_box_in_half_of_four_documents_is_not_learned() -> None:
    assert marked({f"d{n}": story(n, last=NOTICE if n % 2 else "") for n in range(4)}) == []


def test_a_heading_between_headline_and_report_is_not_learned_from_a_few() -> None:
    texts = {f"d{n}": story(n).replace("\n\n", "\n\nWhat happens now\n\n", 1) for n in range(4)}
    assert marked(texts) == []


def test_copies_do_not_make_a_few() -> None:
    assert marked({f"copy{n}": story(3, last=NOTICE) for n in range(4)}) == []


def test_outlets_are_looked_at_one_by_one() -> None:
    texts = {f"d{n}": story(n, last=NOTICE) for n in range(8)}
    rows = [(k, f"Outlet {i}", line_digests(t, assign(Extracted(t)))) for i, (k, t) in enumerate(texts.items())]
    assert all(not found.lines for found in repeated(rows).values())


def test_a_document_that_is_all_notice_keeps_its_words() -> None:
    texts = {f"d{n}": story(n, last=NOTICE) for n in range(8)}
    _, repeats = read(texts)
    alone = assign(Extracted(NOTICE))
    assert mark(NOTICE, alone, repeats) == alone


def test_digests_are_small() -> None:
    text = story(1, last=NOTICE)
    assert len(line_digests(text, assign(Extracted(text)))) <= 8 * 7


@given(st.permutations(range(12)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_documents_does_not_matter(order: list[int]) -> None:
    assert repeated(ROWS[n] for n in order) == EXPECTED


def _rows() -> list[tuple[str, str, bytes]]:
    texts = [story(n % 9, last=NOTICE, middle="From our harbour desk" if n % 2 else "") for n in range(12)]
    return [(f"d{n}", "Islander", line_digests(t, assign(Extracted(t)))) for n, t in enumerate(texts)]


ROWS = _rows()
EXPECTED = repeated(ROWS)


def test_the_order_test_has_something_to_find() -> None:
    assert EXPECTED["Islander"].lines
    assert EXPECTED["Islander"].documents == 9
