"""Where views of posts and stances part: one post with two holders, one actor on both sides at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from variorum.records import row_id
from variorum.situation.conflicts import Conflict, Side
from variorum.situation.joining import REAL, SIGNS, SINGLE, Days, Occupancy, Office, StanceRow
from variorum.situation.wording import folded

RECOGNISED: Final = "recognised as such"
"""Why somebody holds a post for those who recognise him."""
NEAR: Final = 45
"""Days between accounts of a stance without a day of its own beyond which it may have changed."""


def holders(offices: Sequence[Office], rows: Sequence[Occupancy], names: Mapping[str, str]) -> Iterator[Conflict]:
    """Posts that two hold at one time, according to different voices, or that one holds and another claims."""
    by_office: dict[str, list[Occupancy]] = defaultdict(list)
    for row in rows:
        by_office[row.office].append(row)
    for office in offices:
        if office.post not in SINGLE or (
            office.body is None and any(o.post == office.post and o.body for o in offices)
        ):
            continue
        sides: dict[str, list[Occupancy]] = defaultdict(list)
        for row in by_office[office.id]:
            if row.status in ("holds", "acting") and not _is_succeeded(row, by_office[office.id]):
                sides[row.actor].append(row)
        disputed = {row.actor for row in by_office[office.id] if row.status == "claims"}
        disputed |= {row.actor for row in by_office[office.id] if row.voice is not None and row.reason == RECOGNISED}
        kept = {actor: told for actor, told in sides.items() if _distinct(actor, sides, names)}
        if len(kept) < 2 or not disputed & kept.keys() or not _parted(kept):
            continue
        name = f"{office.post} of {names.get(office.body, '')}" if office.body else office.post
        made = tuple(
            Side(names[actor], tuple(sorted(r.id for r in told)))
            for actor, told in sorted(kept.items(), key=lambda k: names[k[0]])
        )
        yield Conflict(
            row_id("x", "holder", office.id),
            f"Who is {name}?",
            "holder",
            made,
            0.8,
            "one post, and two who are said to hold it at one time",
        )


def _is_succeeded(row: Occupancy, rows: Sequence[Occupancy]) -> bool:
    """Whether who tells of somebody acting in a post has another holder of it too: the one came after the other."""
    voice = row.voice or row.outlet
    return row.status == "acting" and any(
        other.status == "holds" and other.actor != row.actor and (other.voice or other.outlet) == voice
        for other in rows
    )


def _distinct(actor: str, sides: Mapping[str, Sequence[Occupancy]], names: Mapping[str, str]) -> bool:
    """Whether nobody of a like name, told of more often, holds the same: two forms of one name are no rivals."""
    own = set(folded(names[actor]).replace("-", " ").split())
    for other, told in sides.items():
        like = own & set(folded(names[other]).replace("-", " ").split())
        if other != actor and like and (len(told), names[other]) > (len(sides[actor]), names[actor]):
            return False
    return True


def _parted(sides: Mapping[str, Sequence[Occupancy]]) -> bool:
    """Whether at least two of them are told of by different voices within the same months."""
    flat = [(actor, row) for actor, rows in sides.items() for row in rows]
    return any(
        one_actor != other_actor
        and _together(one.confirmed, other.confirmed, 400)
        and (one.voice or one.outlet) != (other.voice or other.outlet)
        for one_actor, one in flat
        for other_actor, other in flat
    )


def stance_conflicts(rows: Sequence[StanceRow], names: Mapping[str, str]) -> Iterator[Conflict]:
    """Actors who are told to stand on both sides of one target at one time, or to stand there and not to."""
    pairs: dict[tuple[str, str], list[StanceRow]] = defaultdict(list)
    for row in rows:
        if row.target and row.modality in (*REAL, "denied", "alleged") and row.event is None:
            pairs[row.actor, row.target].append(row)
    for (actor, target), told in sorted(pairs.items()):
        yes = [r for r in told if _sign(r) > 0]
        no = [r for r in told if _sign(r) < 0]
        if not any(_at_once(a, b) for a in yes for b in no):
            continue
        sides = (
            Side(f"{names[actor]} stands with {names[target]}", tuple(sorted(r.id for r in yes))),
            Side(f"{names[actor]} stands against {names[target]}", tuple(sorted(r.id for r in no))),
        )
        question = f"Where does {names[actor]} stand towards {names[target]}?"
        yield Conflict(
            row_id("x", "stance", actor, target),
            question,
            "stance",
            sides,
            0.6,
            "opposite stances of one actor at one time",
        )


def _sign(row: StanceRow) -> int:
    return -SIGNS[row.stance] if row.modality == "denied" else SIGNS[row.stance]


def _at_once(a: StanceRow, b: StanceRow) -> bool:
    if a.ends is not None and b.starts is not None and a.ends < b.starts:
        return False
    if b.ends is not None and a.starts is not None and b.ends < a.starts:
        return False
    return _together(a.confirmed, b.confirmed, NEAR)


def _together(one: Days, other: Days, days: int = 30) -> bool:
    if not (one[0] and one[1] and other[0] and other[1]):
        return False
    apart = max(
        (date.fromisoformat(other[0]) - date.fromisoformat(one[1])).days,
        (date.fromisoformat(one[0]) - date.fromisoformat(other[1])).days,
    )
    return apart <= days
