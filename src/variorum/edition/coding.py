"""Pack records into the blobs and JSON texts of an edition, and unpack them again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from variorum.records import Block, Clue, Edit, ReadingText, ReadItem, Repair, Run, Zone


def pack(value: Any) -> bytes:
    """Return ``value`` (lists, dicts, texts, numbers) as compressed JSON; the same value gives the same bytes."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return zlib.compress(words.encode("utf-8", "surrogatepass"), 6)


def unpack(data: bytes) -> Any:
    """Return what :func:`pack` packed."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


def pack_found(item: ReadItem) -> bytes:
    """Return all of a read item but its text and the digests of its lines."""
    return pack(_found(item))


def unpack_found(text: str, data: bytes) -> ReadItem:
    """Return the read item that :func:`pack_found` packed, with its stored ``text``."""
    return _item(text, unpack(data))


def pack_result(result: ReadItem | str) -> bytes:
    """Return what became of reading an item: what was read, or the reason why nothing could be."""
    if isinstance(result, str):
        return pack({"reason": result})
    return pack({"text": result.text, "lines": result.lines.hex(), **_found(result)})


def unpack_result(data: bytes) -> ReadItem | str:
    """Return what :func:`pack_result` packed."""
    value = unpack(data)
    return value["reason"] if "reason" in value else _item(value["text"], value, bytes.fromhex(value["lines"]))


def values(record: Any) -> tuple[Any, ...]:
    """Return the values of a flat dataclass, in the order of its fields."""
    return _getter(type(record))(record)


def _getter(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    if kind not in _GETTERS:
        _GETTERS[kind] = attrgetter(*(f.name for f in fields(kind)))
    return _GETTERS[kind]


_GETTERS: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {}


def _found(item: ReadItem) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "zones": [values(z) for z in item.zones],
        "repairs": [values(r) for r in item.repairs],
        "edits": [values(e) for e in item.edits],
        "clues": [values(c) for c in item.clues],
    }


def _item(text: str, found: Any, lines: bytes = b"") -> ReadItem:
    return ReadItem(
        text=text,
        zones=tuple(Zone(*z) for z in found["zones"]),
        repairs=tuple(Repair(*r) for r in found["repairs"]),
        edits=tuple(Edit(*e) for e in found["edits"]),
        clues=tuple(Clue(*c) for c in found["clues"]),
        lines=lines,
    )


def pack_map(reading: ReadingText) -> bytes:
    """Return the map of a reading text, without its words."""
    return pack({"runs": [values(r) for r in reading.runs], "blocks": [values(b) for b in reading.blocks]})


def unpack_map(text: str, data: bytes) -> ReadingText:
    """Return the reading text whose words are ``text`` and whose map was packed by :func:`pack_map`."""
    packed = unpack(data)
    return ReadingText(text, tuple(Run(*r) for r in packed["runs"]), tuple(Block(*b) for b in packed["blocks"]))
