"""Zip files: their members in order, with names that can do no harm."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

from variorum.reading.containers.limits import MEMBERS, Budget, Unpacked
from variorum.reading.containers.streams import CHUNK, Stream
from variorum.reading.naming import is_skipped, safe_name
from variorum.records import Rejection

SPOOL = 16 << 20
"""Bytes of an archive within an archive that are held in memory before they go to a temporary file."""

WORD_DOCUMENT = "word/document.xml"
"""The member that makes a zip file a Word document."""

_OFFICE = {
    "xl/workbook.xml": "an Excel workbook; save the sheet as CSV",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/container.xml": "an e-book",
    "META-INF/manifest.xml": "an OpenDocument file; save it as DOCX",
}


def seekable(stream: Stream, source: IO[bytes] | Unpacked) -> IO[bytes]:
    """Return a stream that can be sought, as zip files need: the source itself or a copy of it on the disk.

    Raises ValueError, with a reason, if the stream ends in a fault.
    """
    if not isinstance(source, Unpacked) and source.seekable():
        source.seek(0)
        return source
    spool = cast(IO[bytes], tempfile.SpooledTemporaryFile(SPOOL))  # noqa: SIM115 - the caller reads it
    while part := stream.read(CHUNK):
        spool.write(part)
    if stream.fault:
        raise ValueError(stream.fault)
    spool.seek(0)
    return spool


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip file. Raises ValueError with the reason in one line."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise ValueError(f"broken zip file: {' '.join(str(error).split()).lower()[:80]}") from error
    if len(archive.infolist()) > MEMBERS:
        raise ValueError(f"a zip file of more than {MEMBERS:,} members")
    return archive


def what_office(archive: zipfile.ZipFile) -> str | None:
    """Return what kind of office file a zip file is, in words; None for one that is none or that is a Word document."""
    names = set(archive.namelist())
    return next((what for name, what in _OFFICE.items() if name in names), None) if WORD_DOCUMENT not in names else None


def members(archive: zipfile.ZipFile, label: str, budget: Budget) -> Iterator[tuple[str, Unpacked] | Rejection]:
    """Yield the members of a zip file with their labels, below that of the file, in the order of their names."""
    taken: set[str] = set()
    for info in sorted(archive.infolist(), key=lambda i: (i.filename, i.header_offset)):
        name = safe_name(info.filename)
        if info.is_dir() or is_skipped(PurePosixPath(name)):
            continue
        unique, copy = name, 2
        while unique in taken:
            unique, copy = f"{name}~{copy}", copy + 1
        taken.add(unique)
        path = f"{label}/{unique}"
        if info.flag_bits & 0x1:
            yield Rejection(path, None, "it is encrypted; unpack the zip file with its password first")
            continue
        try:
            stream = archive.open(info)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError, RuntimeError) as error:
            yield Rejection(path, None, f"broken in the zip file: {' '.join(str(error).split()).lower()[:80]}")
            continue
        with stream:
            yield path, Unpacked(stream, budget)
