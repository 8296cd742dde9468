"""The best tree over the words of a sentence, from the scores of arcs.

Most sentences need no search: each word's best head already makes a tree. Where it does not, the maximum spanning
arborescence with exactly one root is found by the algorithm of Chu and Liu (1965) and Edmonds (1967).
"""

from typing import cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_FORBIDDEN = -1e6

EXACT = 150
"""Words up to which the best tree is searched for; in longer sentences (tables) circles are cut where it costs
least.
"""


def best_tree(scores: Floats) -> Integers:
    """The head of each word: 0 for the root, i + 1 for word i.

    scores: (words, 1 + words), of each word (rows) having the root (first column) or each word as its head.
    """
    count = len(scores)
    table: npt.NDArray[np.float64] = scores.astype(np.float64)
    table[np.arange(count), np.arange(1, count + 1)] = _FORBIDDEN
    heads = table.argmax(1)
    if _is_tree(heads):
        return cast(Integers, heads)
    if count > EXACT:
        return _mended(table, heads)
    square = np.full((count + 1, count + 1), _FORBIDDEN)
    square[1:] = table
    # a root arc that costs more than all other arcs can gain is used once only
    square[1:, 0] -= (table.max() - table[table > _FORBIDDEN / 2].min() + 1) * (count + 1)
    return _arborescence(square)[1:]


def _is_tree(heads: Integers) -> bool:
    """Whether exactly one word hangs on the root, and every word hangs on the root by some way."""
    if (heads == 0).sum() != 1:
        return False
    up = np.append(0, heads)
    for _ in range(len(heads).bit_length()):
        up = up[up]
    return not up.any()


def _mended(scores: npt.NDArray[np.float64], heads: Integers) -> Integers:
    """A tree close to the best one: one root, and each circle opened at the word that loses least by it."""
    root = int((scores[:, 0] - np.sort(scores[:, 1:], 1)[:, -1]).argmax())
    without = scores.copy()
    without[:, 0] = _FORBIDDEN
    up = np.append(0, np.where(heads == 0, without.argmax(1), heads))
    up[root + 1] = 0
    while cycle := _cycle_in(up):
        members = np.array(cycle)
        below = _below(up, members)
        ways = without[members - 1] - np.where(below, -2 * _FORBIDDEN, 0)
        loss = scores[members - 1, up[members]] - ways.max(1)
        best = int(loss.argmin())
        up[members[best]] = ways[best].argmax()
    return up[1:]


def _below(up: Integers, members: Integers) -> npt.NDArray[np.bool_]:
    """Which nodes hang on a circle by some way, itself included."""
    inside = np.zeros(len(up), dtype=np.bool_)
    inside[members] = True
    while True:
        more = inside | inside[up]
        more[0] = False
        if (more == inside).all():
            return inside
        inside = more


def _cycle_in(heads: Integers) -> list[int]:
    """The nodes of one cycle, in order of discovery; empty where there is none."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: npt.NDArray[np.float64]) -> Integers:
    """Heads of the maximum spanning arborescence of a full graph; node 0 is its root. scores: (dependents, heads)."""
    np.fill_diagonal(scores, 2 * _FORBIDDEN)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle_in(heads)
    if not cycle:
        return cast(Integers, heads)
    outside = np.array([node for node in range(len(scores)) if node not in set(cycle)])
    inside = np.array(cycle)
    own = scores[inside, heads[inside]]
    # leaving the cycle for a word outside: from its best member
    leaving = scores[np.ix_(outside, inside)]
    # entering it: an arc from outside to a member takes the place of the member's arc in the cycle
    entering = scores[np.ix_(inside, outside)] - own[:, None]
    small = np.full((len(outside) + 1, len(outside) + 1), 2 * _FORBIDDEN)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[:-1, -1] = leaving.max(1)
    small[-1, :-1] = entering.max(0) + own.sum()
    found = _arborescence(small)
    heads = heads.copy()
    for i, node in enumerate(outside[1:], 1):
        above = int(found[i])
        heads[node] = inside[leaving[i].argmax()] if above == len(outside) else outside[above]
    source = int(found[-1])
    heads[inside[entering[:, source].argmax()]] = outside[source]
    return cast(Integers, heads)
