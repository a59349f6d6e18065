"""Bradley-Terry priorities, with the infinities as published."""

import numpy as np
import pytest

from apps.discretion.domain import priorities


def _games(**won: int) -> np.ndarray:
    games = np.zeros((3, 3))
    for pair, times in won.items():
        games["abc".index(pair[0]), "abc".index(pair[1])] = times
    return games


def test_two_principles_differ_by_the_logit_of_their_supremacy() -> None:
    # 3 of 4 clashes: log(3 / 1) apart, centred on nothing.
    weights = priorities.fit(games=np.array([[0, 3], [1, 0]], dtype=float))

    assert weights == pytest.approx([np.log(3) / 2, -np.log(3) / 2])


def test_a_chain_of_odds_adds_up() -> None:
    # a beats b 2:1 and b beats c 2:1; with no direct games a is log 4 above c.
    weights = priorities.fit(games=_games(ab=2, ba=1, bc=2, cb=1))

    assert weights == pytest.approx([np.log(2), 0, -np.log(2)])


def test_the_fit_balances_won_and_expected_games() -> None:
    games = np.random.default_rng(3).integers(1, 9, size=(6, 6)).astype(float)
    np.fill_diagonal(games, 0)

    weights = priorities.fit(games=games)

    chance = 1 / (1 + np.exp(-(weights[:, None] - weights[None, :])))
    assert ((games + games.T) * chance).sum(axis=1) == pytest.approx(games.sum(axis=1))


def test_always_winning_is_plus_infinity_and_its_games_leave_the_fit() -> None:
    weights = priorities.fit(games=_games(ab=5, ac=2, bc=3, cb=1))

    assert weights[0] == np.inf
    assert weights[1] - weights[2] == pytest.approx(np.log(3))


def test_always_losing_is_minus_infinity() -> None:
    weights = priorities.fit(games=_games(ab=3, ba=1, ac=2, bc=2))

    assert weights[2] == -np.inf
    assert weights[0] - weights[1] == pytest.approx(np.log(3))


def test_a_principle_without_a_game_has_no_weight() -> None:
    weights = priorities.fit(games=_games(ab=3, ba=3))

    assert np.isnan(weights[2])
    assert weights[0] == pytest.approx(0)


def test_warnings_stand_beside_the_weights() -> None:
    notes = [
        priorities.note(weight=weight, games=games)
        for weight, games in [(np.nan, 0), (np.inf, 8), (-np.inf, 8), (0.3, 4), (0.3, 5)]
    ]

    assert notes == [
        priorities.UNRANKED,
        priorities.ALWAYS_WINS,
        priorities.ALWAYS_LOSES,
        priorities.SEPARATED,
        "",
    ]


def test_groups_that_only_ever_win_against_others_stop_at_the_limit() -> None:
    # a and b share their games and both beat c and d every time: no maximum exists, the order is plain.
    games = np.array([[0, 1, 1, 1], [1, 0, 1, 1], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=float)

    weights = priorities.fit(games=games)

    assert np.isfinite(weights).all()
    assert min(weights[:2]) > max(weights[2:])


def test_a_batch_is_fitted_as_its_parts_are() -> None:
    draws = np.random.default_rng(0).integers(0, 6, size=(5, 4, 4)).astype(float)

    together = priorities.fit(games=draws)

    alone = np.stack([priorities.fit(games=games) for games in draws])
    assert together == pytest.approx(alone, abs=1e-4, nan_ok=True)
