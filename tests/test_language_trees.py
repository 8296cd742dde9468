"""The best tree over a sentence."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from variorum.language.trees import best_tree

Floats = npt.NDArray[np.float32]


def trees(count: int) -> list[tuple[int, ...]]:
    """All trees over so many words with one root, by trying."""
    found = []
    for heads in product(range(count + 1), repeat=count):
        if heads.count(0) != 1:
            continue
        for word in range(1, count + 1):
            seen, node = set(), word
            while node and node not in seen:
                seen.add(node)
                node = heads[node - 1]
            if node:
                break
        else:
            found.append(heads)
    return found


def total(scores: Floats, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_it_is_the_best_of_all_trees(count: int) -> None:
    generator = np.random.default_rng(count)
    every = trees(count)
    for _ in range(60):
        scores = generator.normal(size=(count, count + 1)).astype(np.float32) * 5
        found = tuple(best_tree(scores).tolist())
        assert found in every
        assert total(scores, found) == pytest.approx(max(total(scores, heads) for heads in every), abs=1e-3)


def test_one_root_even_where_every_word_would_be_one() -> None:
    scores = np.full((12, 13), -3, dtype=np.float32)
    scores[:, 0] = 10
    assert (best_tree(scores) == 0).sum() == 1


@pytest.mark.parametrize("count", [160, 400, 1200])
def test_long_lists_get_a_tree_soon(count: int) -> None:
    generator = np.random.default_rng(count)
    scores = generator.normal(size=(count, count + 1)).astype(np.float32)
    heads = best_tree(scores)
    assert (heads == 0).sum() == 1
    for word in range(count):
        node, steps = word + 1, 0
        while node:
            node, steps = int(heads[node - 1]), steps + 1
            assert steps <= count
    # close to what each word would like best
    assert total(scores, tuple(heads.tolist())) > 0.95 * scores.max(1).sum()


def test_arcs_that_no_window_saw_are_the_last_resort() -> None:
    scores = np.full((30, 31), -1e4, dtype=np.float32)
    scores[0, 0] = 1
    for i in range(1, 30):
        scores[i, i] = 1  # each word on the one before it
    assert best_tree(scores).tolist() == list(range(30))
