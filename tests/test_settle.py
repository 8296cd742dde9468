"""One answer for each field: people first, then precedence, then score; dates say how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.methods import method, methods
from variorum.reading.publication import settle_date
from variorum.reading.settle import Identity, settle
from variorum.records import Clue, DateInterval, Document, ReadItem, Zone

IDENTITY = Identity("d1", "a.txt", "", None, "0" * 64)


def clue(field: str, value: str, how: str, score: float = 0.9, start: int | None = None) -> Clue:
    return Clue(field, value, how, score, f"seen in {how}", start, start)  # type: ignore[arg-type]


def document(found: Sequence[Clue], given: Sequence[Clue] = ()) -> Document:
    return settle(IDENTITY, ReadItem("Text.", (), (), (), tuple(found)), (Zone(0, 5, "body"),), given)


def dated(*pairs: tuple[str, str]) -> DateInterval:
    return settle_date([clue("published", value, how) for value, how in pairs])


# --- one answer for each field


def test_a_sheet_outweighs_what_is_inferred_and_a_decision_outweighs_the_sheet() -> None:
    found = [clue("outlet", "Found", "jsonld", 1.0)]
    assert document(found).outlet == "Found"
    assert document(found, [clue("outlet", "Sheet", "sheet", 1.0)]).outlet == "Sheet"
    both = [clue("outlet", "Sheet", "sheet", 1.0), clue("outlet", "Decided", "decision", 1.0)]
    assert document(found, both).outlet == "Decided"


def test_the_publishers_own_field_outweighs_the_text_and_score_decides_within_a_method() -> None:
    found = [clue("title", "Heading", "heading", 0.99), clue("title", "Structured", "jsonld", 0.6)]
    assert document(found).title == "Structured"
    assert document([clue("author", "A", "byline", 0.6), clue("author", "B", "byline", 0.8)]).author == "B"


def test_an_unknown_agency_is_the_outlet_only_where_the_address_agrees() -> None:
    agency = clue("outlet", "QNS", "dateline", 0.4)
    assert document([agency]).outlet is None
    assert document([agency, clue("url", "https://www.other.example/a", "text", 0.4)]).outlet is None
    assert document([agency, clue("url", "https://www.qns.example/a", "text", 0.4)]).outlet == "QNS"


def test_a_byline_does_not_support_the_agency_of_the_dateline() -> None:
    found = [clue("outlet", "QNS", "dateline", 0.4), clue("outlet", "Quay News Service", "byline", 0.45)]
    assert document(found).outlet is None


def test_a_weak_guess_is_kept_and_not_chosen() -> None:
    weak = clue("author", "Jane Roe", "byline", 0.4)
    result = document([weak])
    assert result.author is None
    assert weak in result.clues


def test_all_clues_are_kept() -> None:
    found = [clue("outlet", "A", "url"), clue("outlet", "B", "signature"), clue("credit", "AFP", "credit")]
    assert set(document(found, [clue("outlet", "C", "sheet")]).clues) >= set(found)


def test_an_address_that_is_given_names_the_outlet_and_the_date() -> None:
    result = document([], [clue("url", "https://www.nytimes.com/2019/06/06/x.html", "sheet", 1.0)])
    assert result.outlet == "The New York Times"
    assert result.published.best == "2019-06-06"
    assert result.published.reliable is False


def test_the_dateline_and_the_language_are_settled() -> None:
    found = [clue("place", "LIMA", "dateline"), clue("agency", "EFE", "dateline"), clue("language", "en-GB", "meta")]
    result = document([*found, clue("language", "en", "identified", 0.99)])
    assert (result.dateline.place, result.dateline.agency, result.language) == ("LIMA", "EFE", "en")


def test_a_field_about_the_language_yields_when_the_words_are_plainly_others() -> None:
    told, seen = clue("language", "en", "meta"), clue("language", "es", "identified", 0.99)
    assert document([told, seen]).language == "es"
    assert document([told, clue("language", "es", "identified", 0.5)]).language == "en"
    assert document([seen], [clue("language", "en", "sheet")]).language == "en"


def test_score_is_that_of_the_weakest_chosen_guess_and_full_where_all_is_given() -> None:
    assert document([clue("title", "T", "heading", 0.8), clue("author", "A", "byline", 0.7)]).score == 0.7
    assert document([], [clue("title", "T", "sheet", 1.0), clue("published", "2019-06-06", "sheet", 1.0)]).score == 1.0


def test_the_reason_says_in_words_where_the_metadata_comes_from() -> None:
    reason = document([clue("title", "T", "heading"), clue("published", "2019-06-06", "dateline")]).reason
    assert reason == "Title from the heading of the text; date from the dateline."
    assert document([]).reason


def test_hostile_values_are_tamed() -> None:
    found = [
        clue("title", "One\n\x00two\u2028\u202ethree  four", "jsonld"),
        clue("outlet", "x " * 5000, "jsonld"),
        clue("url", "javascript:alert(1)", "canonical"),
        clue("author", " \t\n ", "jsonld"),
        clue("editor", "\ud800Ada", "jsonld"),
    ]
    result = document(found)
    assert result.title == "One two three four"
    assert result.outlet is not None and len(result.outlet) <= 120
    assert (result.url, result.author, result.editor) == (None, None, "Ada")


# --- the date of publication


def test_nothing_known() -> None:
    assert dated() == DateInterval()


@pytest.mark.parametrize("how", ["sheet", "decision", "field", "jsonld", "opengraph", "meta", "dateline"])
def test_a_full_date_from_a_good_source_is_reliable(how: str) -> None:
    result = dated(("2019-06-06", how))
    assert (result.earliest, result.latest, result.best) == ("2019-06-06",) * 3
    assert (result.precision, result.method, result.reliable) == ("day", how, True)


@pytest.mark.parametrize("how", ["url", "htmldate", "text"])
def test_a_full_date_from_elsewhere_is_not(how: str) -> None:
    assert dated(("2019-06-06", how)).reliable is False


def test_month_and_year_are_intervals() -> None:
    month = dated(("2019-02", "url"))
    assert (month.earliest, month.latest, month.precision) == ("2019-02-01", "2019-02-28", "month")
    assert month.best is not None and month.best.startswith("2019-02")
    year = dated(("2019", "url"))
    assert (year.earliest, year.latest, year.precision, year.best) == ("2019-01-01", "2019-12-31", "year", None)


def test_a_day_without_a_year_stays_open() -> None:
    result = dated(("XXXX-09-05", "dateline"))
    assert (result.earliest, result.latest, result.best, result.reliable) == (None, None, None, False)
    assert "without a year" in result.reasons[0]


def test_bounds_that_leave_one_year_close_it() -> None:
    result = dated(("XXXX-10-02", "dateline"), ("2019-09-18/..", "caption"), ("../2019-12-31", "warc"))
    assert (result.best, result.precision, result.reliable) == ("2019-10-02", "day", False)


def test_a_day_and_month_that_can_be_either_way_round_is_an_interval() -> None:
    result = dated(("2019-02-03/2019-03-02", "field"))
    assert (result.earliest, result.latest, result.best, result.reliable) == ("2019-02-03", "2019-03-02", None, False)
    assert dated(("2019-02-03/2019-03-02", "field"), ("2019-02-03", "url")).best == "2019-02-03"


def test_a_stronger_source_wins_and_the_contradiction_is_told() -> None:
    result = dated(("2019-06-10", "url"), ("2019-06-06", "jsonld"))
    assert (result.best, result.method, result.reliable) == ("2019-06-06", "jsonld", False)
    assert any("overruled" in reason for reason in result.reasons)


def test_a_day_of_difference_is_no_contradiction() -> None:
    result = dated(("2019-06-07", "url"), ("2019-06-06", "dateline"))
    assert (result.best, result.reliable) == ("2019-06-06", True)


def test_what_people_say_stays_reliable_whatever_contradicts() -> None:
    assert dated(("2019-06-06", "sheet"), ("2018-01-01", "jsonld")).reliable is True


@pytest.mark.parametrize("value", ["2019-02-31", "31 February", "20019-01-01", "2019-13-01", "soon", "", "/", "../.."])
def test_what_is_no_date_is_ignored_and_said(value: str) -> None:
    result = dated((value, "field"))
    assert (result.earliest, result.latest, result.best, result.method) == (None, None, None, None)
    assert "no date" in result.reasons[0]


def test_a_time_of_day_does_no_harm() -> None:
    assert dated(("2019-06-06T23:30:00+02:00", "jsonld")).best == "2019-06-06"


DATES = st.dates().map(str) | st.sampled_from(
    [
        "2019",
        "2019-06",
        "XXXX-02-29",
        "XXXX-06-06",
        "../2019-07-01",
        "2019-05-01/..",
        "2019-02-03/2019-03-02",
        "nonsense",
    ]
)
CLUES = st.lists(st.tuples(DATES, st.sampled_from(sorted(methods())), st.sampled_from([0.5, 0.7, 0.9])), max_size=6)


@given(CLUES, st.randoms())
def test_the_order_of_clues_does_not_matter_and_the_interval_is_one(
    found: list[tuple[str, str, float]], random: object
) -> None:
    clues = [clue("published", value, how, score) for value, how, score in found]
    shuffled = list(clues)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    result = settle_date(clues)
    assert settle_date(shuffled) == result
    if result.earliest and result.latest:
        assert result.earliest <= result.latest
        if result.best:
            assert result.earliest <= result.best <= result.latest
    assert len(result.reasons) == len(clues)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["title", "outlet", "author", "url"]),
            st.text(max_size=40),
            st.sampled_from(sorted(methods())),
        ),
        max_size=8,
    )
)
def test_any_clues_make_a_document_with_clean_values(found: list[tuple[str, str, str]]) -> None:
    clues = [clue(field, value, how) for field, value, how in found]
    result = document(clues)
    assert result == document(list(reversed(clues)))
    for value in (result.title, result.outlet, result.author, result.url):
        assert value is None or (value == value.strip() and value and "\n" not in value)


def test_every_method_says_what_it_is() -> None:
    ranks = [m.rank for m in methods().values()]
    assert len(set(ranks)) == len(ranks)
    assert all(m.words and 0 < m.trust <= 1 for m in methods().values())
    assert method("unheard of").rank > max(ranks)


def test_an_outlet_behind_a_title_and_by_before_an_author_are_left_out() -> None:
    clues = (
        Clue("title", "Ferries run again | The Harbour Post", "opengraph", 0.9, "a tag"),
        Clue("author", "By Ada Holm", "meta", 0.9, "a tag"),
        Clue("outlet", "The Harbour Post", "opengraph", 0.9, "a tag"),
    )
    read = ReadItem("Ferries run again.", (), (), (), clues)
    settled = settle(Identity("d", "a", "", None, ""), read, (), ())
    assert (settled.title, settled.author) == ("Ferries run again", "Ada Holm")


def test_a_title_keeps_what_is_no_outlet_behind_a_dash() -> None:
    clues = (
        Clue("title", "Regent resigns - sources", "opengraph", 0.9, "a tag"),
        Clue("outlet", "The Harbour Post", "opengraph", 0.9, "a tag"),
    )
    read = ReadItem("Regent resigns.", (), (), (), clues)
    assert settle(Identity("d", "a", "", None, ""), read, (), ()).title == "Regent resigns - sources"
