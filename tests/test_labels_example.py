"""The labels that the truth of the example corpus lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from variorum.build import build
from variorum.edition.reading import Edition
from variorum.examples import corpus, truth
from variorum.situation.wording import folded

LEAST_FOUND = 27
"""Lines of the truth, of 35, whose words must be a label of the referent. Missed today: descriptions that no mention
covers ("the usurper's radio", "the pretender" of Kharvia), or that coreference gives to somebody else."""
LEAST_RIGHT = 23
"""Lines whose voice, tone and quotation marks must be right, too."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    path: Path = tmp_path_factory.mktemp("labels") / "example.edition"
    build([corpus()], path, jobs=1)
    with Edition.open(path) as opened:
        yield opened


def rows_of(edition: Edition, line: Row) -> list[Row]:
    """The labels of the document of a line."""
    document = next(d for d in truth()["documents"] if d["id"] == line["document"])
    found = edition.connection.execute(
        """SELECT l.*, a.name, a.aliases FROM labels l JOIN documents d ON d.n = l.document
           LEFT JOIN actors a ON a.id = l.actor WHERE d.path = ? AND (? IS NULL OR d.line = ?)""",
        [document["path"], document["row"], document["row"]],
    )
    return [dict(row) for row in found]


def names(line: Row, row: Row) -> bool:
    """Whether a label is of the referent of a line, in about its words."""
    words, wanted = (folded(text).strip('"“”') for text in (row["label"], line["words"]))
    near = wanted in words and len(words) < 1.5 * len(wanted)
    near = near or (words in wanted and len(words) > 0.6 * len(wanted))
    if line["referent"].startswith("event:"):
        return near and row["event"] is not None
    actor = next((a for a in truth()["actors"] if a["name"] == line["referent"]), None)
    forms = {line["referent"], *(actor["aliases"] if actor else ())}
    own = {folded(form).removeprefix("the ") for form in forms}
    return near and row["name"] is not None and folded(row["name"]).removeprefix("the ") in own


def sounds(line: Row, row: Row) -> bool:
    """Whether a label has the voice, the tone and the quotation marks of a line."""
    voice = (row["voice_name"] is None) == (line["voice"] == "outlet")
    return voice and bool(row["tone"] == line["tone"]) and bool(row["scare"]) == line["scare_quotes"]


def test_the_labels_of_the_truth_are_found(edition: Edition) -> None:
    found, right, missed = 0, 0, []
    for line in truth()["labels"]:
        rows = [row for row in rows_of(edition, line) if names(line, row)]
        found += bool(rows)
        right += any(sounds(line, row) for row in rows)
        if not rows:
            missed.append(f"{line['words']} ({line['document']})")
    assert found >= LEAST_FOUND, missed
    assert right >= LEAST_RIGHT, missed


def test_the_usurper_is_nobody_s_plain_name(edition: Edition) -> None:
    tones = edition.connection.execute("SELECT DISTINCT tone FROM labels WHERE head IN ('usurper', 'pretender')")
    assert {row["tone"] for row in tones} == {"loaded"}
