"""What one document says of the situation, before it is joined with others, and how that is kept."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import Any

from variorum.language.annotation import Annotation
from variorum.situation.claims import Argument, Claimed, Value, claimed_in
from variorum.situation.happening import Happened, happened_in
from variorum.situation.labels import Label, labels_in
from variorum.situation.offices import Held, Post, held_in
from variorum.situation.stances import Taken, recognised, stances_in
from variorum.situation.telling import Telling, Who


@dataclass(frozen=True, slots=True)
class Findings:
    """What one document says; numbers are of its own actors, attributions and times."""

    stances: tuple[Taken, ...] = ()
    held: tuple[Held, ...] = ()
    happened: tuple[Happened, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    labels: tuple[Label, ...] = ()


def findings_of(text: str, annotation: Annotation) -> Findings:
    """What a document says of who stands where, who holds what, what happened, and how things are named.

    ``annotation`` is in offsets of ``text``.
    """
    told = Telling(text, annotation)
    stances = stances_in(told)
    held = tuple(
        sorted((*held_in(told), *recognised(told, stances)), key=lambda one: (one.start, one.end, one.actor.start))
    )
    return Findings(stances, held, happened_in(told), claimed_in(told), labels_in(told))


def as_rows(found: Findings) -> dict[str, list[Any]]:
    """Findings as lists that JSON can hold."""
    kinds = ("stances", "held", "happened", "claimed", "labels")
    return {kind: [list(astuple(one)) for one in getattr(found, kind)] for kind in kinds}


def of_rows(rows: dict[str, list[Any]]) -> Findings:
    """What :func:`as_rows` made lists of."""
    return Findings(
        tuple(Taken(_who(r[0]), r[1], _maybe(r[2]), r[3], _post(r[4]), *r[5:]) for r in rows["stances"]),
        tuple(Held(_who(r[0]), _sure(_post(r[1])), r[2], r[3], _maybe(r[4]), *r[5:]) for r in rows["held"]),
        tuple(_happened(r) for r in rows["happened"]),
        tuple(_claimed(r) for r in rows["claimed"]),
        tuple(Label(*r) for r in rows["labels"]),
    )


def _who(row: Any) -> Who:
    return Who(*row)


def _maybe(row: Any) -> Who | None:
    return None if row is None else Who(*row)


def _post(row: Any) -> Post | None:
    return None if row is None else Post(row[0], _maybe(row[1]), *row[2:])


def _sure(post: Post | None) -> Post:
    assert post is not None
    return post


def _happened(r: Any) -> Happened:
    actors, recipients = (tuple(_who(w) for w in r[k]) for k in (3, 4))
    start, end = r[10]
    fields = (*r[:3], actors, recipients, *r[5:10], (start, end), *r[11:13], tuple(r[13]), *r[14:])
    return Happened(*fields)


def _claimed(r: Any) -> Claimed:
    arguments = tuple(Argument(a[0], _who(a[1]), a[2]) for a in r[2])
    value = None if r[3] is None else replace(Value(*r[3][:6]), kinds=tuple(r[3][6]))
    fields = (r[0], r[1], arguments, value, *r[4:11], tuple(r[11]), *r[12:])
    return Claimed(*fields)
