"""The example corpus is what it claims to be, and its truth file says nothing that the articles do not hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from variorum.examples import corpus, truth
from variorum.reading.formats import extract
from variorum.reading.opening import open_file
from variorum.records import ZONE_KINDS, Item

TRUTH = truth()
DOCUMENTS: dict[str, dict[str, Any]] = {d["id"]: d for d in TRUTH["documents"]}
ACTORS: dict[str, dict[str, Any]] = {a["name"]: a for a in TRUTH["actors"]}
SHAPES = Path(__file__).parent.parent / "docs" / "example-corpus.md"

STANCES = {"recognises", "supports", "neutral", "opposes", "rejects", "derecognises"}
MODALITIES = {"asserted", "reported", "alleged", "denied", "planned", "conditional", "demanded"}
STATUSES = {"holds", "claims", "former", "acting", "proposed"}
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
COPY_KINDS = {"reprint", "excerpt", "revision", "rewrite"}
DIRECTIONS = {"a-from-b", "b-from-a", "siblings", "unknown"}
VARIANT_KINDS = {
    "quote", "number", "name", "role", "time", "negation", "modality", "wording", "omission", "addition",
}  # fmt: skip
ACTOR_KINDS = {"person", "organisation", "state", "group", "place"}
TONES = {"plain", "loaded", "distancing"}
PRECISIONS = {"day", "week", "month", "year", "unknown"}


@cache
def rows(path: str) -> list[dict[str, str]]:
    """The rows of a JSON Lines or CSV file of the corpus."""
    data = (corpus() / path).read_text(encoding="utf-8")
    if path.endswith(".csv"):
        return list(csv.DictReader(io.StringIO(data, newline="")))
    found: list[dict[str, str]] = [json.loads(line) for line in data.splitlines()]
    return found


@cache
def text_of(document: str) -> str:
    """The words of a document: a decoded file, the text field of a row, or what a page shows."""
    stated = DOCUMENTS[document]
    path: Path = corpus() / stated["path"]
    if stated["row"] is not None:
        row: dict[str, str] = rows(stated["path"])[stated["row"] - 1]
        return row["maintext"] if "maintext" in row else row["text"]
    if path.suffix != ".html":
        return path.read_text(encoding="utf-8")
    body = html.document_fromstring(path.read_bytes()).find("body")
    assert body is not None
    for hidden in list(body.iter("script", "style")):
        hidden.getparent().remove(hidden)  # type: ignore[union-attr]
    return " ".join(" ".join(str(t) for t in body.itertext()).split())


def evidence() -> Iterator[tuple[str, str, str]]:
    """Every string of the truth file that claims to be the words of a document: (where, document, words)."""
    for stated in DOCUMENTS.values():
        yield from (("zones", stated["id"], words) for _, words in stated["zones"])
        yield from (("repairs", stated["id"], broken) for broken, _ in stated["repairs"])
    for quote in TRUTH["quotes"]:
        for link in (quote, *quote["via"]):
            for part in ("source", "cue", "content", "hedges"):
                yield from (("quotes", quote["document"], words) for words in link.get(part, ()))
    for kind in ("labels", "metonyms", "not_speech", "not_actors", "not_repairs"):
        yield from ((kind, row["document"], row["words"]) for row in TRUTH[kind])
    for kind in ("altered_quotes", "variants", "not_variants"):
        for row in TRUTH[kind]:
            yield from ((kind, row[side], row[f"{side}_words"]) for side in "ab" if row[f"{side}_words"] is not None)
    for pair in TRUTH["copies"]:
        for passage in pair["passages"]:
            yield from (("copies", pair[side], words) for side, words in zip("ab", passage, strict=True))
    cited = [*TRUTH["conflicts"], *(s for c in TRUTH["conflicts"] for s in c["sides"])]
    for kind in ("distinct", "occupancies", "events", "stances", "omissions", "not_conflicts"):
        cited += TRUTH[kind]
    for row in cited:
        yield from (("evidence", document, words) for document, words in row.get("evidence", ()))


def words_of(*kinds: str) -> list[Any]:
    return [row for kind in kinds for row in TRUTH[kind]]


def days(value: str) -> tuple[str, str]:
    """First and last day of a month or day in ISO 8601."""
    return (value, value) if len(value) == 10 else (f"{value}-01", f"{value}-31")


# What the articles are


def test_every_file_of_the_corpus_is_a_document_of_the_truth_and_the_other_way_round() -> None:
    files = {p.name for p in corpus().iterdir()}
    assert files == {d["path"] for d in DOCUMENTS.values()}
    told = Counter((d["path"], d["row"]) for d in DOCUMENTS.values())
    assert max(told.values()) == 1
    for path in ("01-wire.jsonl", "15-notices.csv"):
        assert sorted(d["row"] for d in DOCUMENTS.values() if d["path"] == path) == list(range(1, len(rows(path)) + 1))


def test_there_are_enough_articles_outlets_and_formats() -> None:
    outlets = {d["outlet"] for d in DOCUMENTS.values()}
    assert len(DOCUMENTS) >= 12
    assert outlets - {None} == {o["name"] for o in TRUTH["outlets"]}
    assert len(TRUTH["outlets"]) == 6
    assert {Path(d["path"]).suffix for d in DOCUMENTS.values()} == {".txt", ".md", ".html", ".jsonl", ".csv"}
    assert sum(text_of(d) != "" for d in DOCUMENTS) == len(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_article_is_short(document: str) -> None:
    assert 120 <= len(text_of(document).split()) <= 460


def test_the_rows_have_the_fields_of_news_please() -> None:
    for row in rows("01-wire.jsonl"):
        assert {"authors", "date_publish", "date_download", "maintext", "source_domain", "title", "url"} <= set(row)


@pytest.mark.parametrize("path", sorted(p.name for p in corpus().glob("*.html")))
def test_a_page_parses_and_its_paragraphs_hold_no_mark_up(path: str) -> None:
    tree = html.document_fromstring((corpus() / path).read_bytes())
    assert tree.findtext("head/title")
    assert len(list(tree.iter("h1"))) == 1
    assert [p.text for p in tree.iter("p") if len(p)] == []
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            assert json.loads(script.text or "")["@type"] == "NewsArticle"


def test_pages_carry_metadata_and_furniture_in_all_the_ways_that_the_readers_know() -> None:
    pages = "\n".join(p.read_text(encoding="utf-8") for p in sorted(corpus().glob("*.html")))
    for sign in (
        "application/ld+json",
        "og:site_name",
        "article:published_time",
        "<nav",
        "<aside",
        "<footer",
        "<figcaption",
    ):
        assert sign in pages


def test_one_markdown_file_has_front_matter_and_the_others_have_none() -> None:
    heads = {p.name: p.read_text(encoding="utf-8").startswith("---\n") for p in corpus().glob("*.md")}
    assert sorted(heads.values()) == [False, False, True]
    front = (corpus() / "11-coalition.md").read_text(encoding="utf-8").split("---\n")[1]
    assert yaml.safe_load(front)["date"] == date(2018, 8, 2)


def test_no_address_leads_to_a_real_site() -> None:
    for path in sorted(corpus().iterdir()):
        for host in re.findall(r"https?://([^/\"\s>]+)", path.read_text(encoding="utf-8")):
            assert host.endswith(".example") or host == "schema.org"


# What the truth file says


def test_every_word_that_the_truth_cites_stands_in_its_document() -> None:
    cited = list(evidence())
    assert len(cited) > 600
    assert [c for c in cited if not c[2] or c[2] not in text_of(c[1])] == []


def test_what_the_truth_cites_outside_of_furniture_is_in_the_text_that_the_readers_store() -> None:
    stored: dict[tuple[str, int | None], str] = {}
    for path in sorted(corpus().iterdir()):
        with path.open("rb") as stream:
            for item in open_file(path.name, stream):
                assert isinstance(item, Item), item
                stored[item.path, item.line] = extract(item).text
    texts = {d["id"]: stored[d["path"], d["row"]] for d in DOCUMENTS.values()}
    assert len(stored) == len(texts)
    assert [c for c in evidence() if c[0] != "zones" and c[2] not in texts[c[1]]] == []


def test_zones_stand_in_the_order_of_the_text_and_do_not_overlap() -> None:
    for stated in DOCUMENTS.values():
        at = 0
        for kind, words in stated["zones"]:
            assert kind in ZONE_KINDS
            found = text_of(stated["id"]).find(words, at)
            assert found >= 0, (stated["id"], words)
            at = found + len(words)


def test_mending_the_broken_words_only_takes_out_spaces() -> None:
    for stated in DOCUMENTS.values():
        for broken, repaired in stated["repairs"]:
            assert broken != repaired
            assert broken.replace(" ", "") == repaired.replace(" ", "")
            assert text_of(stated["id"]).count(broken) == 1


def test_dates_are_days_and_lie_within_what_can_be_inferred() -> None:
    for stated in DOCUMENTS.values():
        published = stated["published"]
        assert published["precision"] in PRECISIONS
        true, earliest, latest = (date.fromisoformat(published[k]) for k in ("date", "earliest", "latest"))
        assert earliest <= true <= latest
        if published["precision"] == "day":
            assert earliest == latest
    span = sorted(d["published"]["date"] for d in DOCUMENTS.values())
    assert (date.fromisoformat(span[-1]) - date.fromisoformat(span[0])).days > 270


@pytest.mark.parametrize(
    ("document", "words", "weekday"),
    [
        ("vote-reprint", "Wednesday, 6.10am", 2),
        ("kharvia", "on Saturday became the second state", 5),
        ("ferries", "Tuesday, 7.40am", 1),
        ("lisker-cut", "Tuesday, 6.15am", 1),
    ],
)
def test_weekdays_agree_with_the_true_dates(document: str, words: str, weekday: int) -> None:
    assert words in text_of(document)
    assert date.fromisoformat(DOCUMENTS[document]["published"]["date"]).weekday() == weekday


def test_references_lead_somewhere() -> None:
    lost = {o["id"] for o in TRUTH["origins"] if o["lost"]}
    for row in words_of("copies", "not_copies", "variants", "not_variants", "altered_quotes"):
        assert {row["a"], row["b"]} <= set(DOCUMENTS)
    for pair in TRUTH["copies"]:
        assert pair["ancestor"] in (lost if pair["ancestor_lost"] else DOCUMENTS)
    for row in words_of("occupancies", "events", "stances"):
        assert row["documents"] == sorted({document for document, _ in row["evidence"]})
    for row in TRUTH["omissions"]:
        assert {row["document"], *row["carried_by"]} <= set(DOCUMENTS)
        assert row["parent"] is None or row["parent"] in {*DOCUMENTS, *lost}
    assert set(TRUTH["off_topic"]) <= set(DOCUMENTS)


def test_actors_are_named_as_the_corpus_names_them() -> None:
    everything = "\n".join(text_of(d) for d in DOCUMENTS)
    assert len(ACTORS) == len(TRUTH["actors"])
    for actor in ACTORS.values():
        assert [n for n in (actor["name"], *actor["aliases"]) if n not in everything] == []


def test_whoever_speaks_holds_or_acts_is_an_actor_or_described_in_the_words_of_the_document() -> None:
    for row in TRUTH["quotes"]:
        speakers = [*row["speakers"], *(s for link in row["via"] for s in link["speakers"]), row["speaks_for"]]
        assert [s for s in speakers if s and s not in ACTORS and s not in text_of(row["document"])] == []
    for row in TRUTH["occupancies"]:
        assert row["actor"] in ACTORS
        assert all(a in ACTORS or any(a in text_of(d) for d in row["documents"]) for a in row["according_to"])
    for row in TRUTH["events"]:
        assert {*row["actors"], *row["recipients"]} <= set(ACTORS)
    for row in TRUTH["stances"]:
        assert row["actor"] in ACTORS
        assert (row["target"] in ACTORS) != (row["issue"] is not None)


def test_vocabularies_are_those_of_the_contract() -> None:
    assert {a["kind"] for a in ACTORS.values()} <= ACTOR_KINDS
    assert {c["kind"] for c in TRUTH["copies"]} <= COPY_KINDS
    assert {c["direction"] for c in TRUTH["copies"]} <= DIRECTIONS
    assert {q["kind"] for q in TRUTH["quotes"]} == {"direct", "indirect", "mixed"}
    assert {q["zone"] for q in TRUTH["quotes"]} <= set(ZONE_KINDS)
    assert {v["kind"] for v in TRUTH["variants"]} <= VARIANT_KINDS
    assert {v["severity"] for v in TRUTH["variants"]} == {"high", "medium", "low"}
    assert {o["status"] for o in TRUTH["occupancies"]} == STATUSES
    assert {e["type"] for e in TRUTH["events"]} - {None} <= PLOVER
    assert {r["modality"] for r in words_of("events", "stances")} == MODALITIES
    assert {s["stance"] for s in TRUTH["stances"]} == STANCES
    assert {row["tone"] for row in TRUTH["labels"]} == TONES


def test_days_of_happenings_are_in_order() -> None:
    for row in words_of("occupancies", "stances"):
        if row["from"] and row["to"]:
            assert days(row["from"])[0] < days(row["to"])[1]
    for event in TRUTH["events"]:
        assert event["when"] is None or "2018-01" <= event["when"] < "2019-02"


def test_origins_part_the_documents() -> None:
    members = Counter(d for o in TRUTH["origins"] for d in o["documents"])
    assert members == Counter(list(DOCUMENTS))
    origin_of = {d: o["id"] for o in TRUTH["origins"] for d in o["documents"]}
    for pair in TRUTH["copies"]:
        if pair["kind"] != "excerpt":
            assert origin_of[pair["a"]] == origin_of[pair["b"]]
    for pair in TRUTH["not_copies"]:
        assert origin_of[pair["a"]] != origin_of[pair["b"]]


def test_every_stretch_in_quotation_marks_is_told_as_speech_or_as_none() -> None:
    marks = re.compile(r"[“\"]([^“”\"\n]{3,})[”\"]|‘([^‘’]+(?:’\w[^‘’]*)*)’")
    for document in DOCUMENTS:
        told = [c for q in TRUTH["quotes"] if q["document"] == document for c in q["content"]]
        told += [n["words"] for n in TRUTH["not_speech"] if n["document"] == document]
        told += [w for k, w in DOCUMENTS[document]["zones"] if k == "furniture"]
        for match in marks.finditer(text_of(document)):
            words = (match[1] or match[2]).strip()
            assert any(words in t or t in words for t in told), (document, words)


# What the corpus is for: each thing that goes wrong in real ones is in it


def test_the_copies_are_of_every_kind_and_one_family_has_lost_its_original() -> None:
    assert {c["kind"] for c in TRUTH["copies"]} == COPY_KINDS
    lost = [c for c in TRUTH["copies"] if c["ancestor_lost"]]
    assert [(c["a"], c["b"], c["direction"]) for c in lost] == [("lisker-cut", "lisker-reworded", "siblings")]
    for pair in TRUTH["copies"]:
        if pair["kind"] == "revision":
            assert DOCUMENTS[pair["a"]]["outlet"] == DOCUMENTS[pair["b"]]["outlet"]


def test_the_verbatim_reprint_is_verbatim_but_for_its_marks() -> None:
    pair = next(c for c in TRUTH["copies"] if c["kind"] == "reprint")
    plain = str.maketrans("“”’", '""\'')
    assert len(pair["passages"]) == 11
    assert [a for a, b in pair["passages"] if a != b.translate(plain)] == []


def test_neither_sibling_of_the_lost_original_contains_the_other() -> None:
    assert "38 percent" in text_of("lisker-cut")
    assert "38" not in text_of("lisker-reworded")
    assert "Quent" in text_of("lisker-reworded")
    assert "Quent" not in text_of("lisker-cut")


def test_two_speakers_quotes_were_altered_in_the_reworded_copy() -> None:
    assert {tuple(q["speakers"]) for q in TRUTH["altered_quotes"]} == {("Ragna Tolvik",), ("Halvard Renn",)}
    for quote in TRUTH["altered_quotes"]:
        assert quote["b"] == "lisker-reworded"
        for original, altered in quote["differing"]:
            assert original in quote["a_words"]
            assert altered in quote["b_words"]
            assert original not in quote["b_words"]


def test_utterances_are_carried_by_independent_documents() -> None:
    for utterance, documents in {
        "joint-statement": {"cassary-wire", "cassary-radio"},
        "renn-seals": {"lisker-cut", "lisker-reworded", "lisker-state"},
        "league-statement": {"deadline", "mediator"},
    }.items():
        assert {q["document"] for q in TRUTH["quotes"] if q["utterance"] == utterance} == documents
    joint = next(q for q in TRUTH["quotes"] if q["utterance"] == "joint-statement")
    assert len(joint["speakers"]) == 2


def test_speech_comes_in_every_form() -> None:
    quotes = TRUTH["quotes"]
    assert max(len(q["via"]) for q in quotes) == 2
    assert sum(q["negated"] for q in quotes) >= 8
    assert any(len(q["content"]) > 1 for q in quotes if q["kind"] == "direct")
    assert any(q["cue"] == ["tweeted"] for q in quotes)
    hedges = " ".join(h for q in quotes for h in q["hedges"])
    assert all(h in hedges for h in ("allegedly", "reportedly", "is understood to"))
    ferries = text_of("ferries")
    assert re.search(r"“[^”]+\n\n“[^“]+”", ferries), "a quote that runs over two paragraphs"
    assert len(re.findall(r"Tideline:|Quent:", text_of("mediator"))) >= 8


def test_some_dates_are_missing_and_some_lack_a_year() -> None:
    alone = [d["published"]["alone"] for d in DOCUMENTS.values()]
    assert sum(a is None for a in alone) >= 3
    assert sum(a is not None and a.startswith("XXXX-") for a in alone) >= 4


def test_two_people_claim_each_of_two_offices() -> None:
    for office in ("regent of Askerra", "speaker of the Council of the Isles"):
        views = {(o["actor"], o["status"]) for o in TRUTH["occupancies"] if o["office"] == office}
        assert len({a for a, s in views if s == "holds"}) == 2
        assert {s for _, s in views} >= {"holds", "claims"}


def test_two_states_change_sides_and_one_is_neutral() -> None:
    towards = {(s["actor"], s["stance"], s["target"]) for s in TRUTH["stances"]}
    for state, left in (("Cassary", "Sigrun Hallamor"), ("Pellador", "Teodor Valmé")):
        assert {(state, "recognises", left), (state, "derecognises", left)} <= towards
    assert ("Cassary", "recognises", "Teodor Valmé") in towards
    assert ("Mereth", "neutral", None) in towards
    assert {"conditional", "planned", "alleged"} <= {s["modality"] for s in TRUTH["stances"]}


def test_people_have_several_names_and_some_share_one() -> None:
    assert {"Valme", "Dr Valmé", "T. Valme"} <= set(ACTORS["Teodor Valmé"]["aliases"])
    assert "Dzhorvat Kelemin" in ACTORS["Jorvat Kelemin"]["aliases"]
    assert "LWS" in ACTORS["League of the Western Seas"]["aliases"]
    for pair in TRUTH["distinct"]:
        assert pair["a"].split()[-1] == pair["b"].split()[-1]
    assert len(TRUTH["metonyms"]) >= 5


def test_accounts_conflict_and_leave_things_out() -> None:
    for conflict in TRUTH["conflicts"]:
        assert len({s["value"] for s in conflict["sides"]}) == len(conflict["sides"]) >= 2
    assert len(TRUTH["conflicts"]) >= 10
    assert any(o["parent"] for o in TRUTH["omissions"])
    assert any(row["scare_quotes"] for row in TRUTH["labels"])


def test_every_part_and_field_of_the_truth_file_is_documented() -> None:
    if not SHAPES.exists():
        pytest.skip("the documentation is not beside the tests")
    docs = SHAPES.read_text(encoding="utf-8")
    fields = set(TRUTH)
    for part in TRUTH.values():
        fields.update(k for row in part if isinstance(row, dict) for k in row)
    assert sorted(f for f in fields if f"`{f}`" not in docs) == []
