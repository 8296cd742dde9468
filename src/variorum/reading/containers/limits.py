"""Limits that keep hostile or broken input from filling the memory or the disk, and the messages that name them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import IO
from zipfile import BadZipFile

ITEM_BYTES = 20_000_000
"""Bytes of one item. The largest saved pages with scripts and pictures in them have about ten million."""

TEXT_LENGTH = 5_000_000
"""Code points of one item's text: five times the longest novel; an article has some thousands."""

WHOLE_BYTES = 256_000_000
"""Bytes of a file that can only be read as a whole: an object of JSON, a feed. JSON Lines and arrays are read row by
row."""

NESTING = 3
"""Archives within archives within archives, the outermost counted."""

UNPACKED_RATIO = 200
"""How many times larger than the file all that is unpacked from it may be. Text packs to a quarter, markup to a
twentieth, the most repetitive tables to a hundredth; gzip bombs unpack to a thousand times their size, nested ones to
any size."""

UNPACKED_FREE = 256_000_000
"""Bytes that a file may unpack to whatever the ratio, so that a small file of blanks is no bomb."""

UNPACKED_TOTAL = 64_000_000_000
"""Bytes that a file may unpack to at most."""

MEMBERS = 1_000_000
"""Members of one zip file."""

PAGES = 3_000
"""Pages of a PDF."""


def megabytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count / 1_000_000:,.0f} MB" if count >= 1_000_000 else f"{count:,} bytes"


class TooLarge(ValueError):
    """Input beyond a limit. Its message is the reason, in one line."""


class Budget:
    """How much may still be unpacked from one source file, over all its members and levels."""

    def __init__(self, size: int) -> None:
        """``size`` is that of the file as it lies on the disk."""
        self.allowed = min(UNPACKED_TOTAL, max(UNPACKED_FREE, UNPACKED_RATIO * size))
        self.spent = 0

    def spend(self, count: int) -> None:
        """Count bytes that have been unpacked. Raises TooLarge beyond the budget."""
        self.spent += count
        if self.spent > self.allowed:
            raise TooLarge(f"it unpacks to more than {megabytes(self.allowed)}: this looks like a decompression bomb")


class Unpacked:
    """What a decompressor yields, paid from a budget. A fault ends the stream: what came before is kept."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._budget = budget
        self.fault: str | None = None
        """Why the stream ended before its end, in one line."""

    def read(self, size: int = -1, /) -> bytes:
        """Read up to ``size`` bytes; without a size, the rest. Empty at the end, and at a fault."""
        if size < 0:
            parts = []
            while part := self.read(1 << 20):
                parts.append(part)
            return b"".join(parts)
        if self.fault is not None:
            return b""
        try:
            # what one step unpacks: a fault in the next one must not take it along
            data = self._read(size)
            self._budget.spend(len(data))
        except TooLarge as error:
            self.fault = str(error)
        except EOFError:
            self.fault = "it is cut off"
        except (OSError, zlib.error, BadZipFile, ValueError, NotImplementedError) as error:
            self.fault = f"it is broken ({' '.join(str(error).split())[:80].lower()})"
        else:
            return data
        return b""
