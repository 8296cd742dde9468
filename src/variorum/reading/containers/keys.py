"""Keys of the items of one file: an item's own id, so that it stays the same when others are added before it."""

from __future__ import annotations

import hashlib
from collections import Counter

KEY_LENGTH = 300
"""Code points that a key may have; a longer one is told by its hash."""


class Keys:
    """The keys that one file has given out."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._copies: Counter[str] = Counter()

    def give(self, name: str, content: bytes) -> tuple[str, str | None]:
        """Return the key of an item, and what there is to say if another item has its name.

        ``name`` is the item's own id or address, empty if it has none: then the hash of its content stands for it.
        """
        digest = hashlib.sha256(content).hexdigest()[:16]
        name = " ".join(name.split())
        if len(name) > KEY_LENGTH:
            name = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        wanted = key = name or digest
        if key in self._taken:
            key = f"{wanted}~{digest}"
        while key in self._taken:
            self._copies[wanted] += 1
            key = f"{wanted}~{digest}~{self._copies[wanted] + 1}"
        self._taken.add(key)
        if key == wanted:
            return key, None
        what = f"the id '{wanted}' stands" if name else "the same content stands"
        return key, f"{what} in an earlier item of this file too; this one is kept beside it as '{key}'"
