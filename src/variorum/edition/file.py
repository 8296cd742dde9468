"""Open an edition file: create it, bring an older one up to date, refuse what is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from variorum.errors import VariorumError

APPLICATION_ID = 0x5661726F
"""``Varo``: marks a SQLite file as an edition (``PRAGMA application_id``)."""

SCHEMA_VERSION = 6
"""The version of ``schema.sql`` (``PRAGMA user_version``). A migration ``migrations/N.sql`` leads from N - 1 to N."""

BUSY_MS = 30_000
"""How long to wait for another program that writes to the same edition, in milliseconds."""


class EditionError(VariorumError):
    """An edition that can't be opened, read or written."""


def create(path: Path) -> sqlite3.Connection:
    """Open the edition at ``path`` for writing, making it if there is none.

    Raises EditionError if the file is something else, was made by a newer version, or can't be written.
    """
    if path.exists() and path.stat().st_size:
        return connect(path, writing=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None)
        _prepare(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            for statement in _statements(_sql("schema.sql")):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except (OSError, sqlite3.Error) as error:
        raise EditionError(f"{path}: can't make an edition here: {_words(error)}") from error
    return connection


def connect(path: Path, *, writing: bool = False) -> sqlite3.Connection:
    """Open an existing edition, for reading unless ``writing``.

    Raises EditionError if there is none, if the file is damaged or something else, or if its version is unknown.
    """
    if not path.is_file():
        raise EditionError(f"{path}: no such edition")
    try:
        with path.open("rb") as start:
            if start.read(16) != b"SQLite format 3\x00":
                raise EditionError(f"{path}: this file is not an edition")
    except OSError as error:
        raise EditionError(f"{path}: can't be opened: {_words(error)}") from error
    try:
        connection = _open(path, writing)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise EditionError(f"{path}: can't be opened: {_words(error)}") from error
    try:
        if application != APPLICATION_ID:
            raise EditionError(f"{path}: this is a SQLite file, but not an edition")
        if version > SCHEMA_VERSION:
            raise EditionError(
                f"{path}: made by a newer version of Variorum (schema {version}; this one knows {SCHEMA_VERSION})"
            )
        if version < SCHEMA_VERSION:
            if not writing:
                raise EditionError(
                    f"{path}: made by an older version of Variorum (schema {version}); run `variorum build` again"
                )
            migrate(connection, version)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring an edition of schema ``version`` up to :data:`SCHEMA_VERSION`, in one transaction."""
    with transaction(connection):
        for step in range(version + 1, SCHEMA_VERSION + 1):
            for statement in _statements(_sql(f"migrations/{step}.sql")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what is written inside is there after a normal end, and is not after anything else."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _open(path: Path, writing: bool) -> sqlite3.Connection:
    if writing:
        connection = sqlite3.connect(path, isolation_level=None)
        _prepare(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection
    address = path.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        # a read-only folder has no room for the files of the write-ahead log: read the main file as it stands
        connection.close()
        connection = sqlite3.connect(
            f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        _prepare(connection)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")


def _sql(name: str) -> str:
    return (resources.files("variorum.edition") / name).read_text(encoding="utf-8")


def _statements(script: str) -> list[str]:
    """Split a script into statements, so that it can run inside a transaction (``executescript`` would commit it)."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)
