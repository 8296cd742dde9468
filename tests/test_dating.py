"""Dates in an edition: inferred from texts and from each other, set by editors, and the same however it is built."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from variorum.build import build, replay_decisions
from variorum.edition.checking import check
from variorum.edition.reading import Edition
from variorum.records import DateInterval
from variorum.situation.dates import CalendarError

ARTICLES = {
    "a.txt": "Regent named\n\nVESTERMOUTH, March 3, 2020 -- The council named Ada Holm as regent on Tuesday after the "
    "harbour scandal. She was sworn in at noon in the old customs house.\n",
    "b.txt": "Protests go on\n\nPeople gathered at the quay again. The council had named Ada Holm as regent earlier "
    "this month after the harbour scandal, and many refuse to accept it. They will meet again on Sunday.\n",
    "c.txt": "Election day\n\nThe islanders voted in the general election last month. Turnout was high, officials "
    "said.\n",
}


def write(folder: Path, articles: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def dates(edition: Path) -> dict[str, tuple[str | None, str | None, bool]]:
    with Edition.open(edition) as opened:
        assert list(check(opened)) == []
        found = [opened.document(id) for id in opened.ids()]
    return {d.path: (d.published.earliest, d.published.latest, d.published.reliable) for d in found}


def times(edition: Path) -> list[tuple[str, str]]:
    with Edition.open(edition) as opened:
        rows = opened.connection.execute(
            """SELECT d.path, m.value FROM times m JOIN documents d ON d.n = m.document ORDER BY d.path, m.number"""
        )
        return [(row["path"], row["value"]) for row in rows]


def everything(edition: Path) -> list[tuple[object, ...]]:
    with Edition.open(edition) as opened:
        tables = (
            "SELECT d.path, b.reason, b.verdict FROM bounds b JOIN documents d ON d.n = b.document ORDER BY 1, number",
        )
        return [tuple(row) for query in tables for row in opened.connection.execute(query)]


def test_an_article_without_a_date_has_it_from_another(tmp_path: Path) -> None:
    edition = tmp_path / "x.edition"
    build([write(tmp_path / "in", ARTICLES)], edition, jobs=1)
    found = dates(edition)
    assert found["a.txt"] == ("2020-03-03", "2020-03-03", True)
    assert found["b.txt"] == ("2020-03-01", "2020-03-31", False)
    assert found["c.txt"] == (None, None, False)
    assert ("b.txt", "2020-03") in times(edition)
    assert ("c.txt", "XXXX-XX") in times(edition)


def test_a_second_build_and_another_order_find_the_same(tmp_path: Path) -> None:
    corpus = write(tmp_path / "in", ARTICLES)
    build([corpus], tmp_path / "x.edition", jobs=1)
    before = dates(tmp_path / "x.edition"), times(tmp_path / "x.edition"), everything(tmp_path / "x.edition")
    build([corpus], tmp_path / "x.edition", jobs=1)
    assert (dates(tmp_path / "x.edition"), times(tmp_path / "x.edition"), everything(tmp_path / "x.edition")) == before
    build([corpus / "c.txt"], tmp_path / "y.edition", jobs=1)
    build([corpus], tmp_path / "y.edition", jobs=1)
    assert {k: v[:2] for k, v in dates(tmp_path / "y.edition").items()} == {k: v[:2] for k, v in before[0].items()}


def test_what_an_editor_sets_outweighs_clues_and_what_was_counted_follows(tmp_path: Path) -> None:
    edition, decisions = tmp_path / "x.edition", tmp_path / "x.decisions.jsonl"
    build([write(tmp_path / "in", ARTICLES)], edition, jobs=1)
    decisions.write_text(json.dumps({"decision": "date", "document": "c.txt", "value": "2021-05-09"}) + "\n")
    replay_decisions(edition, decisions)
    assert dates(edition)["c.txt"] == ("2021-05-09", "2021-05-09", True)
    assert ("c.txt", "2021-04") in times(edition)
    decisions.write_text("")
    replay_decisions(edition, decisions)
    assert dates(edition)["c.txt"] == (None, None, False)
    assert ("c.txt", "XXXX-XX") in times(edition)


def test_a_calendar_dates_what_names_its_events_until_it_is_gone(tmp_path: Path) -> None:
    corpus, calendar = write(tmp_path / "in", ARTICLES), tmp_path / "events.txt"
    calendar.write_text("2021-04-18 general election\n")
    build([corpus], tmp_path / "x.edition", jobs=1, calendar=calendar)
    assert dates(tmp_path / "x.edition")["c.txt"] == ("2021-05-01", "2021-05-31", False)
    build([corpus], tmp_path / "x.edition", jobs=1)
    assert dates(tmp_path / "x.edition")["c.txt"] == (None, None, False)


def test_a_calendar_that_can_not_be_read_is_told_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "events.txt").write_text("2021-04-31 general election\n")
    with pytest.raises(CalendarError, match="line 1"):
        build([write(tmp_path / "in", ARTICLES)], tmp_path / "x.edition", jobs=1, calendar=tmp_path / "events.txt")
    assert not (tmp_path / "x.edition").exists()


def test_the_true_dates_of_the_example_lie_in_what_is_inferred(tmp_path: Path) -> None:
    room = resources.files("variorum") / "examples"
    truth = json.loads((room / "truth.json").read_text("utf-8"))
    with resources.as_file(room / "corpus") as corpus:
        build([corpus], tmp_path / "x.edition", jobs=1)
    with Edition.open(tmp_path / "x.edition") as opened:
        rows: dict[str, list[DateInterval]] = {}
        for document in sorted(map(opened.document, opened.ids()), key=lambda d: (d.path, d.line or 0)):
            rows.setdefault(document.path, []).append(document.published)
    missed, days, several = [], 0, 0
    for stated in truth["documents"]:
        found, true = rows[stated["path"]], stated["published"]["date"]
        if len(found) > 1:
            several += any(date.best == true for date in found)
            continue
        (date,) = found
        if not (date.earliest or "") <= true <= (date.latest or "9"):
            missed.append((stated["path"], true, date))
        days += date.best == true
    assert missed == []
    assert several == 4
    assert days >= 11


def test_an_outlet_s_other_dates_tell_in_which_order_it_writes_them(tmp_path: Path) -> None:
    articles = {
        "a.txt": "Notice\n\nThe form was sent on 25/12/2018 to all islanders, the council said in a long statement.\n",
        "b.txt": "Notice\n\nThe bridge was closed on 3/4/2019 for repairs, the council said in a longer statement.\n",
    }
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("path,outlet\na.txt,The Packet\nb.txt,The Packet\n")
    build([write(tmp_path / "in", articles)], tmp_path / "x.edition", jobs=1, meta=sheet)
    assert times(tmp_path / "x.edition") == [("a.txt", "2018-12-25"), ("b.txt", "2019-04-03")]
    (tmp_path / "in" / "a.txt").write_text(articles["a.txt"].replace("25/12/2018", "12/25/2018"))
    build([tmp_path / "in"], tmp_path / "x.edition", jobs=1, meta=sheet)
    assert times(tmp_path / "x.edition") == [("a.txt", "2018-12-25"), ("b.txt", "2019-03-04")]


def test_what_is_said_counts_from_the_day_on_which_it_was_said(tmp_path: Path) -> None:
    text = "Talks\n\nVESTERMOUTH, March 6, 2020 -- Nobody came to the quay. “We will leave tomorrow,” Ada Holm said "
    articles = {"a.txt": text + "on Monday. The boats left yesterday.\n"}
    build([write(tmp_path / "in", articles)], tmp_path / "x.edition", jobs=1)
    found = [value for _, value in times(tmp_path / "x.edition")]
    assert found == ["2020-03-06", "2020-03-03", "2020-03-02", "2020-03-05"]
