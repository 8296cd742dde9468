"""What the corpus says as a whole: actors across documents, and the utterances that several documents carry.

A document's own actors and attributions become rows when its annotation changes; what joins them is worked out anew
from the rows of all documents, unless none of them changed. So what comes out does not depend on the order in which
documents came.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from importlib import resources

from variorum.edition import quoting, writing
from variorum.progress import Progress
from variorum.recipes import code_of
from variorum.records import Rejection
from variorum.situation.actors import LocalActor, Ruling, Settled, resolve_all, settled
from variorum.situation.alterations import Places, together
from variorum.situation.utterances import group


def situate(connection: sqlite3.Connection, progress: Progress) -> None:
    """Bring the rows of who said what up to date with the annotations; inside of the caller's transaction."""
    changed = quoting.unsituated(connection)
    signature = _signature(connection)
    if not changed and writing.get_meta(connection).get("situated") == signature:
        return
    progress.start("who said what", len(changed) + 2)
    for n in changed:
        quoting.put_document(connection, n)
        progress.advance()
    actors = tuple(quoting.local_actors(connection))
    resolved = resolve_all(actors, _settled(connection, actors))
    quoting.put_actors(connection, resolved.actors)
    quoting.put_ties(connection, resolved.ties)
    quoting.put_undecided(connection, resolved.undecided)
    progress.advance()
    alike = together(quoting.altered(connection), Places(quoting.places(connection)))
    quoting.put_utterances(connection, group(tuple(quoting.said(connection)), alike))
    quoting.put_alterations(connection)
    progress.advance()
    writing.put_meta(connection, "situated", _signature(connection))


def _settled(connection: sqlite3.Connection, actors: Sequence[LocalActor]) -> Settled:
    """What editors decided about actors; decisions that match nothing are reported as such."""
    rows = writing.decisions_about_actors(connection)
    found = settled([Ruling(kind, a, b) for _, kind, a, b in rows], actors)
    lost = dict(found.unmatched)
    for at, (number, _, _, _) in enumerate(rows):
        writing.put_decision_state(connection, number, lost.get(at, ""))
        if at in lost:
            writing.put_notice(connection, None, Rejection("decisions", number, lost[at]))
    return found


def _signature(connection: sqlite3.Connection) -> str:
    """Return a hash of the situation room's code and of everything that it reads of the documents."""
    digest = hashlib.sha256(code_of(resources.files("variorum") / "situation").encode())
    digest.update(writing.get_meta(connection).get("collated", "").encode())
    for decision in connection.execute("SELECT number, content, state FROM decisions ORDER BY number"):
        digest.update(repr(tuple(decision)).encode())
    rows = connection.execute("SELECT id, situated, published_earliest, published_latest FROM documents ORDER BY id")
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()[:20]
