"""The search finds exactly the near pairs, in one order, and keeps a crowd from filling the desk."""

import numpy as np
import pytest
from scipy import sparse

from apps.moralgraph.domain.merging import candidates, sketch, wordings


def points(n: int, width: int = 16, seed: int = 3) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(n, width)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def named(pairs: candidates.Pairs) -> dict[tuple[int, int], float]:
    ends = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return dict(zip(ends, pairs.similarity.tolist(), strict=True))


def one_by_one(vectors: np.ndarray, threshold: float) -> dict[tuple[int, int], float]:
    whole = vectors.astype(float)
    every = np.round(whole @ whole.T, 4)
    near = zip(*np.nonzero(np.triu(every >= threshold, 1)), strict=True)
    return {(int(i), int(j)): float(every[i, j]) for i, j in near}


def test_pairs_worked_by_hand_come_nearest_first() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)

    found = candidates.find(vectors=vectors, threshold=0.5)

    assert named(found) == {(1, 2): 0.8, (0, 1): 0.6}
    assert found.first.tolist() == [1, 0]


@pytest.mark.parametrize("n", [2, 511, 1300])
def test_the_search_in_blocks_finds_what_looking_one_by_one_finds(n: int) -> None:
    vectors = points(n)

    found = candidates.find(vectors=vectors, threshold=0.7, most=n)

    assert named(found) == pytest.approx(one_by_one(vectors, 0.7), abs=1e-4)


def test_only_the_nearest_of_a_crowd_are_kept_and_nobody_loses_their_own_nearest() -> None:
    vectors, most = points(700, width=3), 4
    every = one_by_one(vectors, 0.5)
    nearest: dict[int, list[tuple[float, int, int]]] = {place: [] for place in range(700)}
    for (i, j), similarity in every.items():
        nearest[i].append((-similarity, i, j))
        nearest[j].append((-similarity, i, j))
    expected = {(i, j) for ends in nearest.values() for _, i, j in sorted(ends)[:most]}

    found = named(candidates.find(vectors=vectors, threshold=0.5, most=most))

    assert len(expected) < len(every) / 5
    assert set(found) == expected


def test_sparse_points_give_the_pairs_of_dense_ones() -> None:
    vectors = points(600, width=8)

    dense = named(candidates.find(vectors=vectors, threshold=0.6))
    thin = named(candidates.find(vectors=sparse.csr_matrix(vectors), threshold=0.6))

    assert thin == pytest.approx(dense, abs=1e-4)


def test_cards_that_are_all_the_same_do_not_become_the_square_of_them() -> None:
    vectors = np.tile(points(1), (1500, 1))

    found = candidates.find(vectors=vectors, threshold=0.9)

    assert 0 < len(found) <= 1500 * candidates.MOST


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert len(candidates.find(vectors=np.empty((0, 4), dtype=np.float32), threshold=0.1)) == 0
    assert len(candidates.find(vectors=points(1), threshold=0.1)) == 0


def written(n: int) -> list[str]:
    """Return texts in the manner of cards: most words are everybody's, some are their own."""
    rng = np.random.default_rng(8)
    words = ["".join(rng.choice(list("bdfglmnprst"), size=5)) for _ in range(900)]
    weights = 1 / np.arange(1, 901)
    return [" ".join(rng.choice(words, size=30, p=weights / weights.sum())) for _ in range(n)]


def test_a_sketch_of_many_cards_proposes_nearly_all_that_are_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "RARE", 40)
    monkeypatch.setattr(sketch, "RANK", 250)
    vectors = wordings.by_letters(written(900))
    exact = named(candidates.find(vectors=vectors, threshold=0.05))
    monkeypatch.setattr(candidates, "MANY", 100)

    found = named(candidates.find(vectors=vectors, threshold=0.05))

    assert len(found.keys() & exact.keys()) / len(exact) > 0.97
    both = found.keys() & exact.keys()
    assert [found[pair] for pair in both] == [exact[pair] for pair in both]


def test_a_sketch_with_room_for_every_term_is_exact() -> None:
    vectors = wordings.by_letters(written(60))

    products = sketch.Sketch.of(vectors).against_all(0, 60)

    assert products == pytest.approx((vectors @ vectors.T).toarray(), abs=1e-5)
