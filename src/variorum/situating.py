"""What the corpus says as a whole: actors across documents, and the utterances that several documents carry.

A document's own actors and attributions become rows when its annotation changes; what joins them is worked out anew
from the rows of all documents, unless none of them changed. So what comes out does not depend on the order in which
documents came.
"""

from __future__ import annotations

import hashlib
import sqlite3
from importlib import resources

from variorum.edition import quoting, writing
from variorum.progress import Progress
from variorum.recipes import code_of
from variorum.situation.actors import resolve_all
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
    resolved = resolve_all(tuple(quoting.local_actors(connection)))
    quoting.put_actors(connection, resolved.actors)
    quoting.put_ties(connection, resolved.ties)
    quoting.put_undecided(connection, resolved.undecided)
    progress.advance()
    alike = together(quoting.altered(connection), Places(quoting.places(connection)))
    quoting.put_utterances(connection, group(tuple(quoting.said(connection)), alike))
    quoting.put_alterations(connection)
    progress.advance()
    writing.put_meta(connection, "situated", _signature(connection))


def _signature(connection: sqlite3.Connection) -> str:
    """Return a hash of the situation room's code and of everything that it reads of the documents."""
    digest = hashlib.sha256(code_of(resources.files("variorum") / "situation").encode())
    digest.update(writing.get_meta(connection).get("collated", "").encode())
    rows = connection.execute("SELECT id, situated, published_earliest, published_latest FROM documents ORDER BY id")
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()[:20]
