"""Events, labels, claims, conflicts and omissions on a server, in a static site and in a browser."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from browsers import chromium
from fixtures_edition import HOSTILE, Told, day, write_edition
from test_pages import Read, read, shown
from test_timeline import put_times
from variorum.edition import accounts, file
from variorum.edition.accounts import Sought
from variorum.edition.reading import Edition
from variorum.publishing.app import create_app
from variorum.publishing.site import publish
from variorum.records import DateInterval, row_id

# --- an edition in which accounts part --------------------------------------------------------------------------------

HERALD = Told(
    "herald/strike.txt",
    [
        ("heading", "Strike on the quay"),
        (None, "\n\n"),
        (
            "body",
            "Ferry crews struck on 3 March 2021. Police fired into the air and five people died, the hospital said.\n"
            "Elena Marsh, the lawful harbour master, resigned on 4 March. Tom Varga recognised her brother.",
        ),
    ],
    title="Strike on the quay",
    outlet="The Herald",
    published=day("2021-03-05"),
)
MIRROR = Told(
    "mirror/strike.txt",
    [
        (
            "body",
            "Ferry crews struck on 3 March 2021. Police fired into the air and five people died, the hospital said.\n"
            "Elena Marsh, the lawful harbour master, resigned on 4 March.",
        )
    ],
    title="Quay strike",
    outlet="The Mirror",
    published=day("2021-03-06"),
)
GAZETTE = Told(
    "gazette/calm.txt",
    [
        (
            "body",
            "The so-called “strike” began on 3 March 2021. No officer fired a shot, and two people died.\n"
            "Tom Varga said that the usurper would resign soon.",
        )
    ],
    title="Calm returns",
    outlet="The Gazette",
    published=day("2021-03-06"),
)
LOOSE = Told("loose/note.txt", [("body", "Two people died. Perhaps Sallów will recognise Marsh.")])
DOCUMENTS = (HERALD, MIRROR, GAZETTE, LOOSE)

MARSH, VARGA, SALLOW = (row_id("a", name) for name in ("Marsh", "Varga", "Sallow"))
STRIKE, RESIGN, WOULD, RECOGNISE = (row_id("n", name) for name in ("strike", "resign", "would", "recognise"))
FIVE, TWO, FIRED, CALM, BROTHER = (row_id("c", name) for name in ("five", "two", "fired", "calm", "brother"))
DEAD, SHOTS = row_id("x", "dead"), row_id("x", "shots")
ORIGINS = {HERALD.id: HERALD.id, MIRROR.id: HERALD.id, GAZETTE.id: GAZETTE.id, LOOSE.id: LOOSE.id}

Place = tuple[Told, str]


def a_date(first: str | None, last: str | None, reliable: bool = True) -> str | None:
    if not (first or last):
        return None
    best, precision = (first, "day") if first == last else (None, "unknown")
    method = "said" if first else "publication"
    return json.dumps(
        {
            **{"earliest": first, "latest": last, "best": best, "precision": precision, "method": method},
            **{"reliable": reliable, "reasons": []},
        }
    )


class Writer:
    """Writes rows of the situation as a build does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.numbers = {r["id"]: r["n"] for r in connection.execute("SELECT id, n FROM documents")}

    def row(self, table: str, *values: Any) -> None:
        self.connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)

    def actor(self, id: str, name: str, kind: str, aliases: Sequence[str] = ()) -> None:
        self.row("actors", id, name, kind, json.dumps(list(aliases)), None, 1, 0.9, "one name", None)

    def evidence(self, kind: str, id: str, places: Sequence[Place]) -> tuple[int, str]:
        """Write where a row stands; return how many documents, and the origins, as JSON."""
        for number, (told, words) in enumerate(places):
            start = told.text.index(words)
            end = start + len(words)
            self.row("evidence", kind, id, number, self.numbers[told.id], start, end, ORIGINS.get(told.id, told.id))
        origins = sorted({ORIGINS.get(told.id, told.id) for told, _ in places})
        return len({told.id for told, _ in places}), json.dumps(origins)

    def event(
        self,
        id: str,
        type: str | None,
        subtype: str,
        days: tuple[str | None, str | None],
        places: Sequence[Place],
        *,
        actors: Sequence[tuple[str | None, str]] = (),
        recipients: Sequence[tuple[str | None, str]] = (),
        modality: str = "asserted",
        by: Sequence[tuple[str | None, str]] = (),
        where: str | None = None,
        reliable: bool = True,
    ) -> None:
        documents, origins = self.evidence("event", id, places)
        link = {
            "speakers": [{"actor": actor, "name": name} for actor, name in by],
            **{"cue": "said", "hedges": [], "negated": False},
        }
        self.row(
            *("events", id, type, subtype, places[0][1], a_date(*days, reliable), *days, where, modality),
            *(json.dumps([link] if by else []), documents, origins, 0.8, "the same doer and deed"),
        )
        for role, parts in (("actor", actors), ("recipient", recipients)):
            for number, (actor, name) in enumerate(parts):
                self.row("parts", id, role, number, actor, name)

    def label(
        self,
        told: Told,
        words: str,
        tone: str = "plain",
        *,
        actor: str | None = None,
        event: str | None = None,
        voice: tuple[str | None, str] | None = None,
        scare: bool = False,
        label: str | None = None,
    ) -> None:
        start = told.text.index(words)
        self.row(
            *("labels", row_id("w", told.id, words), actor, event, label or words, words.split()[-1]),
            *(self.numbers[told.id], told.outlet, voice[0] if voice else None, voice[1] if voice else None, tone),
            *(int(scare), start, start + len(words), ORIGINS.get(told.id, told.id), 0.9, "it stands for it"),
        )

    def claim(
        self,
        id: str,
        predicate: str,
        places: Sequence[Place],
        *,
        value: str | None = None,
        positive: bool = True,
        actors: Sequence[tuple[str, str]] = (),
        summary: str | None = None,
    ) -> None:
        documents, origins = self.evidence("claim", id, places)
        arguments = [{"role": "subj", "actor": actor, "text": name} for actor, name in actors]
        self.row(
            *("claims", id, predicate, json.dumps(arguments), value, "positive" if positive else "negative"),
            *("asserted", a_date("2021-03-03", "2021-03-03"), summary or places[0][1], documents, origins, 0.7),
            "the same predicate of the same",
        )
        for actor, _ in actors:
            self.row("claim_actors", id, actor)

    def conflict(self, id: str, question: str, kind: str, weight: float, sides: Sequence[tuple[str, str]]) -> None:
        found = []
        for value, claim in sides:
            rows = self.connection.execute(
                "SELECT d.id, v.origin FROM evidence v JOIN documents d ON d.n = v.document WHERE v.row = ?", [claim]
            ).fetchall()
            found.append((value, claim, sorted({r["id"] for r in rows}), sorted({r["origin"] for r in rows})))
        documents = {document for side in found for document in side[2]}
        origins = sorted({origin for side in found for origin in side[3]})
        self.row("conflicts", id, question, kind, weight, len(documents), json.dumps(origins), 0.6, "both can’t be so")
        for place, (value, claim, own, roots) in enumerate(found):
            self.row("sides", id, place, value, json.dumps([claim]), json.dumps(own), json.dumps(roots))

    def omission(self, claim: str, told: Told, carried: Sequence[Told], parent: str | None, reason: str) -> None:
        id = row_id("z", claim, told.id)
        carriers = json.dumps(sorted(one.id for one in carried))
        self.row("omissions", id, claim, self.numbers[told.id], carriers, parent, 0.8, reason)


def strike_edition(path: Path) -> Path:
    """Write an edition in which accounts of a strike part."""
    write_edition(path, DOCUMENTS)
    connection = file.create(path)
    with file.transaction(connection):
        write = Writer(connection)
        write.actor(MARSH, "Elena Marsh", "person", ["Marsh"])
        write.actor(VARGA, "Tom Varga", "person")
        write.actor(SALLOW, "Sallów", "state", ["the Islands"])
        put_times(connection, HERALD, [("3 March 2021", "DATE", "2021-03-03", None, "said", True)])
        struck = [(HERALD, "Ferry crews struck"), (MIRROR, "Ferry crews struck"), (GAZETTE, "“strike” began")]
        write.event(
            *(STRIKE, "PROTEST", "strike", ("2021-03-03", "2021-03-03"), struck),
            actors=[(None, "ferry crews")],
            where="Port Sallow",
        )
        resigned = [(HERALD, "resigned on 4 March"), (MIRROR, "resigned on 4 March")]
        write.event(
            *(RESIGN, "RETREAT", "resign", ("2021-03-04", "2021-03-04"), resigned),
            actors=[(MARSH, "Elena Marsh")],
            reliable=False,
        )
        write.event(
            *(WOULD, "RETREAT", "resign", (None, None), [(GAZETTE, "the usurper would resign soon")]),
            actors=[(MARSH, "Elena Marsh")],
            modality="planned",
            by=[(VARGA, "Tom Varga")],
        )
        write.event(
            *(RECOGNISE, None, "recognise", (None, "2021-03-06"), [(LOOSE, "will recognise Marsh")]),
            actors=[(SALLOW, "Sallów")],
            recipients=[(MARSH, "Elena Marsh")],
            modality="alleged",
        )
        master = "the lawful harbour master"
        for told in (HERALD, MIRROR):
            write.label(told, master, "loaded", actor=MARSH, label="lawful harbour master")
            write.label(told, "Elena Marsh", actor=MARSH)
        write.label(GAZETTE, "the usurper", "loaded", actor=MARSH, voice=(VARGA, "Tom Varga"), label="usurper")
        write.label(GAZETTE, "“strike”", "distancing", event=STRIKE, scare=True)
        write.label(LOOSE, "Marsh", actor=MARSH, voice=(None, "a friend"))
        write.label(GAZETTE, "Tom Varga", actor=VARGA)
        five = [(HERALD, "five people died"), (MIRROR, "five people died")]
        write.claim(FIVE, "die", five, value="five")
        write.claim(TWO, "die", [(GAZETTE, "two people died"), (LOOSE, "Two people died")], value="two")
        write.claim(FIRED, "fire", [(HERALD, "Police fired into the air"), (MIRROR, "Police fired into the air")])
        write.claim(CALM, "fire", [(GAZETTE, "No officer fired a shot")], positive=False, actors=[(MARSH, "Marsh")])
        write.claim(BROTHER, "recognise", [(HERALD, "Tom Varga recognised her brother")], actors=[(VARGA, "Tom Varga")])
        write.conflict(SHOTS, "Did the police fire?", "polarity", 2.0, [("yes", FIRED), ("no", CALM)])
        write.conflict(DEAD, "How many people died?", "number", 3.0, [("five", FIVE), ("two", TWO)])
        write.omission(BROTHER, MIRROR, [HERALD], HERALD.id, "its copy lacks the words")
        write.omission(FIRED, LOOSE, [HERALD, MIRROR], None, "others of the same days tell it")
        write.omission(CALM, LOOSE, [GAZETTE], row_id("o", "lost"), "another copy of the same lost text has it")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return strike_edition(tmp_path_factory.mktemp("accounts") / "strike.edition")


@pytest.fixture(scope="module")
def client(edition: Path) -> TestClient:
    return TestClient(create_app(edition))


def lines(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def at(told: Told, words: str) -> str:
    start = told.text.index(words)
    return f"/documents/{told.id}?at={start}-{start + len(words)}#at"


def words_of(page: Read) -> str:
    """Return the text of a page as it reads."""
    return " ".join("".join(words for words, _ in page.runs).split())


ROOMS = ("events", "labels", "claims", "conflicts", "omissions")
PAGES = (
    *(f"/{room}" for room in ROOMS),
    *(f"/events/{STRIKE}", f"/events/{WOULD}", f"/claims/{FIVE}", f"/conflicts/{DEAD}", f"/labels?actor={MARSH}"),
    *(f"/labels?event={STRIKE}", f"/omissions?document={LOOSE.id}", "/timeline", "/timeline?day=2021-03-03"),
    *(f"/documents/{GAZETTE.id}", f"/documents/{LOOSE.id}", "/", "/events?sort=origins&actor=nobody"),
)


# --- events -----------------------------------------------------------------------------------------------------------


def test_events_are_listed_by_day_with_who_whom_what_and_how_it_is_told(client: TestClient) -> None:
    page = read(client, "/events")
    found = [link for link in page.links() if re.fullmatch(r"/events/\w+", link)]
    assert found == [f"/events/{id}" for id in (STRIKE, RESIGN, RECOGNISE, WOULD)]
    assert page.within("day").split("20")[0].strip() == "3 March"
    assert "4 March 2021?" in page.within("i")
    assert "on or before 6 March 2021" in page.within("day")
    assert page.within("day").endswith("No day is told")
    told = " ".join(page.within("deed").split())
    assert "ferry crews › strike" in told and "Sallów › towards recognise" not in told
    assert "Sallów › recognise › towards Elena Marsh" in told
    assert "3 documents, 2 origins" in words_of(page)
    badges = page.within("badge")
    for words in ("PROTEST", "no PLOVER type", "planned", "alleged"):
        assert words in badges
    assert "asserted" not in badges
    assert f"/actors/{MARSH}" in page.links()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [STRIKE, RESIGN, RECOGNISE, WOULD]),
        ("sort=-date", [RECOGNISE, RESIGN, STRIKE, WOULD]),
        ("sort=origins", [STRIKE, RESIGN, RECOGNISE, WOULD]),
        ("type=RETREAT", [RESIGN, WOULD]),
        ("type=%3F", [RECOGNISE]),
        ("modality=alleged", [RECOGNISE]),
        ("subtype=resign&modality=planned", [WOULD]),
        (f"actor={MARSH}", [RESIGN, RECOGNISE, WOULD]),
        (f"about={MARSH}", [RECOGNISE]),
        ("actor=the+islands&about=MARSH", [RECOGNISE]),
        ("outlet=The+Mirror", [STRIKE, RESIGN]),
        ("outlet=%3F", [RECOGNISE]),
        (f"document={GAZETTE.id}", [STRIKE, WOULD]),
        ("according_to=the+gazette", [STRIKE, WOULD]),
        ("according_to=Tom+Varga", [WOULD]),
        ("on=2021-03-03", [STRIKE, RECOGNISE]),
        ("since=2021-03-04", [RESIGN, RECOGNISE]),
        ("until=2021-03-03", [STRIKE, RECOGNISE]),
        ("q=STRUCK+crews", [STRIKE]),
        ("q=sallow", []),
        ("actor=azzzzzzzzzzzz", []),
    ],
)
def test_the_list_of_events_and_its_data_are_filtered_alike(client: TestClient, query: str, found: list[str]) -> None:
    data = json.loads(client.get(f"/events.json?{query}").text)
    assert [row["id"] for row in data["events"]] == found
    assert data["total"] == len(found)
    assert [row["id"] for row in lines(client, f"/events.csv?{query}")] == found
    page = read(client, f"/events?{query}")
    assert [link[8:] for link in page.links() if re.fullmatch(r"/events/\w+", link)] == found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("since=soon", "is not a day"),
        ("on=2021-13", "is not a day"),
        ("since=2021-04&until=2021-03", "lies after"),
        ("actor=Nemo+Nobody", "No actor is called"),
        ("according_to=Nemo", "No actor is called"),
    ],
)
def test_what_makes_no_sense_is_refused(client: TestClient, room: str, query: str, told: str) -> None:
    assert told in read(client, f"/{room}?{query}", status=400).text
    for suffix in ("json", "csv"):
        assert client.get(f"/{room}.{suffix}?{query}").status_code == 400


def test_a_name_that_two_bear_is_refused_with_their_ids(tmp_path: Path) -> None:
    path = strike_edition(tmp_path / "x.edition")
    connection = file.create(path)
    with file.transaction(connection):
        Writer(connection).actor(row_id("a", "other"), "Ines Marsh", "person", ["Marsh"])
    connection.close()
    answer = TestClient(create_app(path)).get("/events.json?actor=marsh")
    assert answer.status_code == 400
    assert MARSH in answer.text and row_id("a", "other") in answer.text
    with Edition.open(path) as opened:
        assert [by.actor for by in accounts.actors_called(opened, "ines marsh")] == [row_id("a", "other")]


def test_an_event_has_all_its_evidence_in_words(client: TestClient) -> None:
    page = read(client, f"/events/{STRIKE}")
    marks = [words for words, inside in page.runs if any(tag == "mark" for tag, _ in inside)]
    assert marks == ["Ferry crews struck", "“strike” began", "Ferry crews struck"], "one of each origin comes first"
    assert at(HERALD, "Ferry crews struck") in page.links()
    assert "3 documents tell of it, of 2 independent origins" in words_of(page)
    known = page.within("known")
    for words in ("ferry crews", "PROTEST", "3 March 2021", "Port Sallow", "asserted", "the same doer and deed"):
        assert words in known
    assert "/timeline?day=2021-03-03" in page.links()
    other = read(client, f"/events/{WOULD}")
    assert "Tom Varga: said" in other.within("known")
    assert "no day is told" in other.within("known")
    assert not any("day=" in link for link in other.links())
    table = lines(client, f"/events/{STRIKE}.csv")
    assert [row["exact"] for row in table] == marks
    row = json.loads(client.get(f"/events/{STRIKE}.json").text)
    assert row["documents"] == sorted([HERALD.id, MIRROR.id, GAZETTE.id])
    assert row["origins"] == sorted([HERALD.id, GAZETTE.id])


@pytest.mark.parametrize("room", ["events", "claims", "conflicts"])
def test_what_is_not_there_is_told_so(client: TestClient, room: str) -> None:
    read(client, f"/{room}/nothing", status=404)
    assert client.get(f"/{room}/nothing.json").status_code == 404
    assert client.get(f"/{room}/nothing.csv").status_code == 404


# --- labels -----------------------------------------------------------------------------------------------------------


def test_labels_begin_with_whom_most_loaded_words_are_used_for(client: TestClient) -> None:
    page = read(client, "/labels")
    headings = [words for words, inside in page.runs if {"h3"} <= {tag for tag, _ in inside}]
    names = [words for words in headings if words.strip() and words not in ("person", "event")]
    assert names[:3] == ["Elena Marsh", "Ferry crews struck", "Tom Varga"]
    for words in ("loaded", "distancing", "scare quotes", "plain"):
        assert words in page.within("namings"), "a tone is a word, not a colour alone"
    assert f"/labels?actor={MARSH}" in page.links()
    assert f"/labels?event={STRIKE}" in page.links()


def test_adopted_wording_counts_once_for_each_origin_and_voices_stand_apart(client: TestClient, edition: Path) -> None:
    with Edition.open(edition) as opened:
        found = {naming.label: naming for naming in accounts.namings(opened, Sought(actor=MARSH))}
    assert set(found) == {"lawful harbour master", "Elena Marsh", "usurper", "Marsh"}
    master = found["lawful harbour master"]
    assert (master.places, master.documents, master.origins) == (2, 2, 1)
    assert [use.outlet for use in master.own] == ["The Herald", "The Mirror"] and not master.mouths
    usurper = found["usurper"]
    assert not usurper.own
    assert [(use.voice.name, use.voice.actor) for use in usurper.mouths if use.voice] == [("Tom Varga", VARGA)]
    page = read(client, f"/labels?actor={MARSH}")
    assert "4 labels in 6 places, of 3 independent origins" in words_of(page)
    rows = " ".join(page.within("namings").split())
    assert "lawful harbour master▲ loadedown voice: The Herald 1×, The Mirror 1×speakers: –origins: 1" in rows
    assert "usurper▲ loadedown voice: –speakers: Tom Varga in The Gazette 1×origins: 1" in rows
    assert "speaker a friend" in " ".join(page.within("voices").split())
    marks = [words for words, inside in page.runs if any(tag == "mark" for tag, _ in inside)]
    assert sorted(marks) == sorted([*["Elena Marsh", "the lawful harbour master"] * 2, "the usurper", "Marsh"]), (
        "every place in words"
    )


def test_an_outlet_is_told_once_however_many_rows_of_a_file_it_fills(tmp_path: Path) -> None:
    told = [
        Told(
            "feed.jsonl",
            [("body", f"The regent spoke, {n}.")],
            outlet="The Herald",
            published=day("2021-03-05"),
            line=n,
        )
        for n in (1, 2, 3)
    ]
    path = write_edition(tmp_path / "x.edition", told[:1])
    write_edition(path, told[1:])
    connection = file.create(path)
    with file.transaction(connection):
        write = Writer(connection)
        write.actor(MARSH, "Elena Marsh", "person")
        for one in told:
            write.label(one, "The regent", actor=MARSH, label="regent")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with Edition.open(path) as opened:
        (naming,) = accounts.namings(opened, Sought(actor=MARSH))
    assert [(use.outlet, use.places, len(use.origins)) for use in naming.uses] == [("The Herald", 3, 3)]


@pytest.mark.parametrize(
    ("first", "last", "reliable", "words"),
    [
        ("2021-03-03", "2021-03-03", True, "3 March 2021"),
        ("2021-03-01", "2021-03-31", False, "March 2021?"),
        ("2021-01-01", "2021-12-31", True, "2021"),
        ("2021-03-01", "2021-03-07", True, "1 to 7 March 2021"),
        (None, "2021-03-07", True, "on or before 7 March 2021"),
        (None, None, True, "No day is told"),
    ],
)
def test_a_day_is_told_as_exactly_as_it_is_known(
    tmp_path: Path, first: str | None, last: str | None, reliable: bool, words: str
) -> None:
    path = write_edition(tmp_path / "x.edition", [LOOSE])
    connection = file.create(path)
    with file.transaction(connection):
        Writer(connection).event(STRIKE, None, "die", (first, last), [(LOOSE, "Two people died")], reliable=reliable)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    page = read(TestClient(create_app(path)), "/events")
    assert page.within("day") == words
    assert ("i" in {tag for tag, _ in page.elements}) is (not reliable)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("voice=outlet&tone=loaded", ["lawful harbour master"] * 2),
        ("voice=speakers", ["usurper", "Marsh"]),
        (f"voice={VARGA}", ["usurper"]),
        ("according_to=Tom+Varga", ["usurper"]),
        ("voice=name:a+friend", ["Marsh"]),
        ("tone=scare", ["“strike”"]),
        ("tone=distancing", ["“strike”"]),
        ("outlet=The+Mirror&tone=plain", ["Elena Marsh"]),
        ("according_to=The+Mirror&tone=plain", ["Elena Marsh"]),
        (f"event={STRIKE}", ["“strike”"]),
        ("about=Tom+Varga", ["Tom Varga"]),
        ("label=ELENA+MARSH&since=2021-03-06", ["Elena Marsh"]),
        ("on=2021-03-05", ["Elena Marsh", "lawful harbour master"]),
        ("q=harbour", ["lawful harbour master"] * 2),
        ("tone=odd", []),
    ],
)
def test_labels_are_filtered(client: TestClient, query: str, found: list[str]) -> None:
    data = json.loads(client.get(f"/labels.json?{query}").text)
    assert [row["label"] for row in data["labels"]] == found
    assert [row["label"] for row in lines(client, f"/labels.csv?{query}")] == found
    page = read(client, f"/labels?{query}")
    named = page.within("namings")
    assert all(label in named for label in found)
    if not found:
        assert "Nothing is named like that" in page.text


# --- claims -----------------------------------------------------------------------------------------------------------


def test_claims_are_listed_by_origins_and_found_by_their_words(client: TestClient) -> None:
    page = read(client, "/claims")
    found = [link[8:] for link in page.links() if re.fullmatch(r"/claims/\w+", link)]
    assert found[0] == TWO, "two origins; the five have one between them"
    assert set(found) == {FIVE, TWO, FIRED, CALM, BROTHER}
    assert "said not to be so" in page.within("badge")
    for query, some in (
        ("q=PEOPLE+died", {FIVE, TWO}),
        ("predicate=fire", {FIRED, CALM}),
        ("polarity=negative", {CALM}),
        ("actor=Tom+Varga", {BROTHER}),
        ("outlet=The+Gazette", {TWO, CALM}),
        ("modality=alleged", set()),
        ("since=2021-03-04", set()),
    ):
        data = json.loads(client.get(f"/claims.json?{query}").text)
        assert {row["id"] for row in data["claims"]} == some, query
        links = {link[8:] for link in read(client, f"/claims?{query}").links() if re.fullmatch(r"/claims/\w+", link)}
        assert links == some, query


def test_a_claim_says_who_carries_it_and_who_does_not(client: TestClient) -> None:
    page = read(client, f"/claims/{FIRED}")
    assert "2 documents carry it, of 1 independent origin." in words_of(page)
    assert at(MIRROR, "Police fired into the air") in page.links()
    text = page.text
    assert text.index("without it") < text.index("note.txt")
    assert "1 document does not carry it" in text
    assert f"/conflicts/{SHOTS}" in page.links()
    row = json.loads(client.get(f"/claims/{FIRED}.json").text)
    assert [one["document"] for one in row["omissions"]] == [LOOSE.id]
    assert row["conflicts"] == [SHOTS]


# --- conflicts --------------------------------------------------------------------------------------------------------


def test_the_weightiest_conflict_comes_first_and_sides_are_ordered_by_origins(client: TestClient) -> None:
    page = read(client, "/conflicts")
    found = [link[11:] for link in page.links() if re.fullmatch(r"/conflicts/\w+", link)]
    assert found == [DEAD, SHOTS]
    sides = [words for words, inside in page.runs if "h4" in {tag for tag, _ in inside} and words.strip()]
    assert sides == ["two", "five", "no", "yes"], "more origins first, then by value, whatever the stored order"
    assert "2 independent origins, 2 documents" in words_of(page)
    assert "1 independent origin, 2 documents" in words_of(page)
    assert at(LOOSE, "Two people died") in page.links()
    told = read(client, f"/conflicts/{DEAD}")
    marks = [words for words, inside in told.runs if any(tag == "mark" for tag, _ in inside)]
    assert marks == ["two people died", "Two people died", "five people died", "five people died"]
    assert f"/claims/{FIVE}" in told.links()
    table = lines(client, "/conflicts.csv")
    assert [(row["question"], row["value"]) for row in table] == [
        *(("How many people died?", "two"), ("How many people died?", "five")),
        *(("Did the police fire?", "no"), ("Did the police fire?", "yes")),
    ]
    assert [row["value"] for row in lines(client, f"/conflicts/{DEAD}.csv")] == ["two", "two", "five", "five"]
    assert json.loads(client.get(f"/conflicts/{DEAD}.json").text)["kind"] == "number"


def test_a_side_can_rest_on_offices_and_stances(tmp_path: Path) -> None:
    path = strike_edition(tmp_path / "x.edition")
    connection = file.create(path)
    post, held, stance, conflict = (row_id(letter, "master") for letter in "ihsx")
    with file.transaction(connection):
        write = Writer(connection)
        write.row("offices", post, "harbour master", "harbour master", None, None, 1, "[]")
        count, origins = write.evidence("occupancy", held, [(HERALD, "Elena Marsh, the lawful harbour master")])
        write.row(
            *(
                "occupancies",
                held,
                MARSH,
                post,
                "holds",
                None,
                None,
                None,
                None,
                "The Herald",
                count,
                origins,
                0.7,
                "so",
            )
        )
        count, origins = write.evidence("stance", stance, [(GAZETTE, "the usurper would resign soon")])
        write.row(
            *("stances", stance, VARGA, "opposes", MARSH, None, None, None, None, None, None, None, "alleged", "[]"),
            *("[]", None, count, origins, 0.6, "so"),
        )
        write.conflict(conflict, "Who is harbour master?", "holder", 9.0, [("Marsh", held), ("nobody", stance)])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    client = TestClient(create_app(path))
    page = read(client, f"/conflicts/{conflict}")
    assert "Elena Marsh: holds harbour master, according to The Herald" in page.text
    assert "Tom Varga opposes Elena Marsh (alleged)" in page.text
    assert "said by Tom Varga" not in page.text, "no attribution is there"
    for link in (f"/offices?actor={MARSH}", f"/stances/{stance}"):
        assert link in page.links()
        read(client, link)
    assert at(HERALD, "Elena Marsh, the lawful harbour master") in page.links()
    found = json.loads(client.get("/conflicts.json?actor=Tom+Varga").text)["conflicts"]
    assert [row["id"] for row in found] == [conflict]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=number", [DEAD]),
        ("kind=stance", []),
        ("actor=Marsh", [SHOTS]),
        (f"document={LOOSE.id}", [DEAD]),
        ("according_to=The+Mirror", [DEAD, SHOTS]),
        ("outlet=%3F", [DEAD]),
        ("q=police", [SHOTS]),
        ("until=2021-03-05", [DEAD, SHOTS]),
        ("until=2021-03-04", []),
    ],
)
def test_conflicts_are_filtered(client: TestClient, query: str, found: list[str]) -> None:
    data = json.loads(client.get(f"/conflicts.json?{query}").text)
    assert [row["id"] for row in data["conflicts"]] == found
    links = read(client, f"/conflicts?{query}").links()
    assert [link[11:] for link in links if re.fullmatch(r"/conflicts/\w+", link)] == found


# --- omissions --------------------------------------------------------------------------------------------------------


def test_omissions_stand_by_document_with_the_words_of_those_that_tell_it(client: TestClient) -> None:
    page = read(client, "/omissions")
    assert "2 documents lack 3 things" in page.text
    assert page.text.index("Quay strike") < page.text.index("loose/note.txt"), "what has no date comes last"
    assert at(HERALD, "Tom Varga recognised her brother") in page.links()
    assert "dropped by the copy from The Herald" in words_of(page)
    one = read(client, f"/omissions?document={LOOSE.id}")
    assert "2 things that it does not tell" in one.text
    assert "dropped by the copy from a lost original" in words_of(one)
    assert "carried by The Herald (5 March 2021), The Mirror (6 March 2021), of 1 independent origin" in words_of(one)
    for query, found in (
        ("kind=dropped", {BROTHER, CALM}),
        ("kind=untold", {FIRED}),
        ("outlet=The+Mirror", {BROTHER}),
        ("actor=Tom+Varga", {BROTHER}),
        (f"document={LOOSE.id}", {FIRED, CALM}),
        ("q=air", {FIRED}),
        ("kind=odd", set()),
    ):
        data = json.loads(client.get(f"/omissions.json?{query}").text)
        assert {row["claim"] for row in data["omissions"]} == found, query
        assert {row["claim"] for row in lines(client, f"/omissions.csv?{query}")} == found
        links = read(client, f"/omissions?{query}").links()
        assert {link[8:] for link in links if link.startswith("/claims/")} == found, query


# --- beside documents, on the timeline, at the start -----------------------------------------------------------------


def test_a_document_has_a_short_apparatus_of_what_it_lacks_and_where_others_part_from_it(client: TestClient) -> None:
    page = read(client, f"/documents/{LOOSE.id}")
    lacks = " ".join(page.within("lacks").split())
    assert "Police fired into the air told by 1 other origin" in lacks
    assert "No officer fired a shot dropped by the copy" in lacks
    assert "How many people died? here: two; 2 sides, 3 origins" in lacks
    assert "Elena Marsh: Marsh" in lacks
    assert f"/omissions?document={LOOSE.id}" in page.links()
    assert shown(client.get(f"/documents/{LOOSE.id}").text) == LOOSE.text
    other = " ".join(read(client, f"/documents/{GAZETTE.id}").within("lacks").split())
    assert "usurper ▲ loaded" in other
    assert "What it does not tell" not in other


def test_events_are_drawn_and_listed_on_the_timeline(client: TestClient) -> None:
    page = read(client, "/timeline")
    svg = page.within("svg")
    assert "1. 3 March 2021: ferry crews: strike" in svg
    assert "2. 4 March 2021?: Elena Marsh: resign" in svg
    assert "recognise" not in svg, "what has no first day is not drawn"
    for id in (STRIKE, RESIGN):
        assert page.links().count(f"/events/{id}") == 2, "once in the drawing, once in the table"
    guesses = [found for tag, found in page.elements if tag == "a" and "deed guess" in found.get("class", "")]
    assert [found["href"] for found in guesses] == [f"/events/{RESIGN}"]
    assert f"/events/{STRIKE}" in read(client, "/timeline?day=2021-03-03").links()
    assert f"/events/{RESIGN}" not in read(client, "/timeline?day=2021-03-03").links()
    narrowed = read(client, "/timeline?outlet=The+Gazette")
    assert f"/events/{STRIKE}" in narrowed.links() and f"/events/{RESIGN}" not in narrowed.links()
    rows = json.loads(client.get("/timeline.json").text)["timeline"]
    assert [(row["day"], row["id"]) for row in rows if row["kind"] == "event"] == [
        *(("2021-03-03", STRIKE), ("2021-03-04", RESIGN)),
    ]


def test_the_start_page_leads_to_what_is_told_and_where_accounts_part(client: TestClient) -> None:
    page = read(client, "/")
    for link in ("/events", "/claims", "/omissions", f"/conflicts/{DEAD}", f"/labels?actor={MARSH}"):
        assert link in page.links(), link


# --- whatever comes ---------------------------------------------------------------------------------------------------


def test_an_edition_that_tells_nothing_has_these_rooms_all_the_same(tmp_path: Path) -> None:
    client = TestClient(create_app(write_edition(tmp_path / "bare.edition", [LOOSE])))
    for room in ROOMS:
        page = read(client, f"/{room}")
        assert page.within("h1").lower() == room
        assert json.loads(client.get(f"/{room}.json").text)["total"] == 0
        assert lines(client, f"/{room}.csv") == []
    assert "Beside other accounts" not in read(client, f"/documents/{LOOSE.id}").text
    assert publish(tmp_path / "bare.edition", tmp_path / "site") > 10


def test_what_others_wrote_is_no_mark_up(tmp_path: Path) -> None:
    told = Told("x.txt", [("body", f"On 3 March {HOSTILE} left.")], title=HOSTILE, outlet=HOSTILE)
    path = write_edition(tmp_path / "x.edition", [told])
    connection = file.create(path)
    actor, event, claim, conflict = (row_id(letter, "x") for letter in "ancx")
    with file.transaction(connection):
        write = Writer(connection)
        write.actor(actor, HOSTILE, "person", [HOSTILE])
        write.event(
            *(event, HOSTILE, HOSTILE, (None, None), [(told, HOSTILE)]),
            actors=[(actor, HOSTILE)],
            recipients=[(None, HOSTILE)],
            modality=HOSTILE,
            by=[(None, HOSTILE)],
            where=HOSTILE,
        )
        write.label(told, HOSTILE, HOSTILE, actor=actor, voice=(None, HOSTILE))
        write.label(told, f"{HOSTILE} left", HOSTILE, event=HOSTILE)
        write.claim(claim, HOSTILE, [(told, HOSTILE)], value=HOSTILE, actors=[(actor, HOSTILE)])
        write.conflict(conflict, HOSTILE, HOSTILE, 1.0, [(HOSTILE, claim), (f"{HOSTILE}2", claim)])
        write.omission(claim, told, [told], HOSTILE, HOSTILE)
        connection.execute("UPDATE events SET reason = ?", [HOSTILE])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    client = TestClient(create_app(path))
    hostile = html.escape(HOSTILE, quote=False)[:9]
    addresses = (
        *(f"/{room}" for room in ROOMS),
        *(f"/events/{event}", f"/claims/{claim}", f"/conflicts/{conflict}", f"/labels?actor={actor}"),
        *(f"/documents/{told.id}", f"/omissions?document={told.id}", "/", "/timeline"),
    )
    for address in addresses:
        page = read(client, address)
        assert hostile in client.get(address).text, address
        assert not {"img", "script"} & {tag for tag, _ in page.elements}, address
        assert not any(name.startswith("on") for _, found in page.elements for name in found), address
    assert client.get("/labels", params={"event": HOSTILE}).status_code == 200
    assert client.get("/claims", params={"q": HOSTILE, "predicate": HOSTILE, "voice": HOSTILE}).status_code == 200
    publish(path, tmp_path / "site")


def test_thousands_of_rows_are_paged_and_narrowed(tmp_path: Path) -> None:
    path = strike_edition(tmp_path / "many.edition")
    connection = file.create(path)
    n = connection.execute("SELECT n FROM documents WHERE id = ?", [HERALD.id]).fetchone()["n"]
    ids = [row_id("n", str(i)) for i in range(3000)]
    with file.transaction(connection):
        connection.executemany(
            "INSERT INTO events VALUES (?, 'AID', ?, 'they helped', ?, ?, ?, NULL, 'asserted', '[]', 1, ?, 0.5, 'so')",
            [
                (id, f"aid{i % 50}", a_date(d, d), d, d, json.dumps([HERALD.id]))
                for i, id in enumerate(ids)
                for d in [f"2021-0{i % 9 + 1}-1{i % 10}"]
            ],
        )
        connection.executemany(
            "INSERT INTO parts VALUES (?, 'actor', 0, ?, 'x')", [(id, row_id("a", str(i))) for i, id in enumerate(ids)]
        )
        connection.executemany(
            "INSERT INTO evidence VALUES ('event', ?, 0, ?, 0, 6, ?)", [(id, n, HERALD.id) for id in ids]
        )
    connection.close()
    client = TestClient(create_app(path))
    seen: list[str] = []
    for number in (1, 2, 76, 999):
        page = read(client, f"/events?page={number}")
        seen += [link for link in page.links() if re.fullmatch(r"/events/\w+", link)]
        assert len(page.elements) < 2000
    assert len(seen) == 40 + 40 + 4 + 4, "a page beyond the last is the last"
    assert len(set(seen)) == 84
    assert len(lines(client, "/events.csv")) == 3004
    page = read(client, "/timeline")
    drawn = {found["href"] for tag, found in page.elements if "deed" in found.get("class", "").split() and tag == "a"}
    assert 0 < len(drawn) <= 30
    assert f"/events/{STRIKE}" in drawn, "what most origins tell"
    assert "All 3 002 events" in page.text.replace("\u202f", " "), "of two no day is known"


# --- the static site --------------------------------------------------------------------------------------------------


def test_the_site_has_all_these_rooms_and_each_link_leads_somewhere(edition: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(edition, site)
    for name in (
        *(f"{room}.{suffix}" for room in ROOMS for suffix in ("html", "json", "csv")),
        *(f"events/{STRIKE}.{suffix}" for suffix in ("html", "json", "csv")),
        *(f"claims/{FIVE}.html", f"conflicts/{DEAD}.html"),
    ):
        assert (site / name).is_file(), name
    for folder in ("labels/actor", "labels/event", "events/actor", "conflicts/kind", "omissions/document"):
        assert any((site / folder).iterdir()), folder
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        for link in re.findall(r'href="([^"#]+)', text):
            if not link.startswith("http"):
                assert (path.parent / html.unescape(link)).resolve().is_file(), (str(path.relative_to(site)), link)
    publish(edition, tmp_path / "again")
    for path in site.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(site)).read_bytes()


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(edition: Path) -> Iterator[str]:
    bound = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(edition), log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    running.should_exit = True
    thread.join()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_accounts_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    axe = next(f for f in (resources.files("axe_playwright_python")).iterdir() if f.name == "axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    found: dict[str, object] = {}
    for address in PAGES:
        page.goto(server + address)
        page.add_script_tag(content=axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert result["passes"], f"{address}: nothing was looked at"
        if result["violations"]:
            found[address] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[f"{address} scrolls"] = over
    context.close()
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_sides_stand_beside_each_other_where_there_is_room(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    tops = "[...document.querySelectorAll('.side')].slice(0, 2).map(e => Math.round(e.getBoundingClientRect().top))"
    for width, beside in ((1200, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{server}/conflicts")
        first, second = page.evaluate(tops)
        assert (first == second) is beside
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_reader_without_javascript_goes_from_a_conflict_to_the_words(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/conflicts")
    page.get_by_role("link", name="How many people died?").click()
    page.locator(".side .places a").nth(0).click()
    assert page.locator("#at").inner_text() == "two people died"
    page.goto(f"{server}/events")
    page.get_by_label("Words of an event").fill("resign")
    page.get_by_role("button", name="Find").click()
    assert page.locator(".rows > li").count() == 2
    context.close()


def test_an_interval_without_reasons_is_read(edition: Path) -> None:
    with Edition.open(edition) as opened:
        assert accounts.event(opened, WOULD).when == DateInterval()
        assert accounts.event(opened, RESIGN).when.best == "2021-03-04"
