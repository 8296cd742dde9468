"""Names of files as labels: parts joined by ``/``, always valid UTF-8, never leading outside, without line breaks."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_SURROGATE = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_EDITOR = re.compile(r"~$|^#.*#$|^\.#|\.(?:swp|swo|swn|bak|tmp|orig|crdownload|part)$|^~\$", re.IGNORECASE)
_SYSTEM = frozenset(("__macosx", "thumbs.db", "desktop.ini", "__pycache__", "$recycle.bin", "lost+found"))


def label_of(name: str) -> str:
    r"""Return a file's name as a label: a byte that is no UTF-8 as ``\xff``, a control character as ``\x0a``.

    A backslash that is part of the name is doubled only where the name has to be escaped, so that two names stay two
    labels.
    """
    if not _CONTROL.search(name):
        return name
    escaped = name.replace("\\", "\\\\")
    escaped = _SURROGATE.sub(lambda m: f"\\x{ord(m[0]) - 0xDC00:02x}", escaped)
    return _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}" if ord(m[0]) < 256 else f"\\u{ord(m[0]):04x}", escaped)


def safe_name(name: str) -> str:
    """Return the name of a member of an archive as a label that leads nowhere else: no drive, no root, no ``..``."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return label_of("/".join(parts)) or "unnamed"


def is_skipped(path: PurePosixPath) -> bool:
    """Tell whether a file is none of the user's texts: hidden, an editor's backup, or a system's own."""
    return any(part.startswith(".") or part.lower() in _SYSTEM for part in path.parts) or bool(
        _EDITOR.search(path.name)
    )
