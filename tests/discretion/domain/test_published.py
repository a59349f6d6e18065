"""The fast measures beside the slow plain ones, the bootstrap, and the noise floor."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apps.discretion.domain import account, categories, published
from tests.discretion.domain import plain

# A busy machine is no fault of the formulas.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIGN = st.sampled_from([-1, 0, 1])


@st.composite
def files(draw: st.DrawFn, annotators: int = 2) -> tuple[list[list[int]], list[list[int]]]:
    """Return votes by comparison and principle, and choices by annotator and comparison."""
    principles, n = draw(st.integers(2, 5)), draw(st.integers(1, 30))
    rows = draw(st.lists(st.lists(SIGN, min_size=principles, max_size=principles), min_size=n, max_size=n))
    choices = st.lists(st.lists(SIGN, min_size=n, max_size=n), min_size=annotators, max_size=annotators)
    return rows, draw(choices)


def votes(rows: list[list[int]], choices: list[list[int]]) -> published.Votes:
    return published.Votes(
        principles=tuple(f"p{number}" for number in range(len(rows[0]))),
        annotators=tuple(f"a{number}" for number in range(len(choices))),
        preferences=np.array(rows, dtype=np.int8).T,
        choices=np.array(choices, dtype=np.int8),
    )


@PATIENT
@given(files(), st.integers(1, 3))
def test_categories_arbitrariness_and_games_are_those_of_the_plain_formulas(
    given: tuple[list[list[int]], list[list[int]]], min_active: int
) -> None:
    rows, choices = given

    found = published.measure(votes=votes(rows, choices), reference=0, min_active=min_active, draws=0)

    names = [plain.category(row) for row in rows]
    assert {name: int(found.found.of(name).sum()) for name in categories.NAMES} == {
        name: names.count(name) for name in categories.NAMES
    }
    for row, choice in zip(found.annotators, choices, strict=True):
        count = row.arbitrariness
        assert (count.successes, count.n) == plain.arbitrariness(rows, choice, min_active)
        assert row.games.tolist() == plain.games(rows, choice)
        assert row.decided == sum(map(abs, choice))


@settings(PATIENT, max_examples=60)
@given(files())
def test_priorities_and_discrepancy_are_those_of_the_plain_formulas(
    given: tuple[list[list[int]], list[list[int]]],
) -> None:
    rows, choices = given
    won = [plain.games(rows, choice) for choice in choices]
    # Where the likelihood has no maximum two climbs may stop at different places.
    assume(not any(plain.separated(item) for item in won))

    found = published.measure(votes=votes(rows, choices), reference=0, draws=0)

    weights = [plain.priorities(item) for item in won]
    for row, expected in zip(found.annotators, weights, strict=True):
        mine = np.where(np.isnan(row.weights), -np.inf, row.weights)
        centre = np.mean([item for item in expected if np.isfinite(item)] or [0.0])
        assert mine == pytest.approx(np.array(expected) - centre, abs=1e-6)
    expected_dd = plain.discrepancy(weights[0], weights[1])
    assert found.annotators[1].discrepancy == (
        None if expected_dd is None else pytest.approx(expected_dd, abs=1e-12)
    )


def world(n: int, *, seed: int = 0, principles: int = 5) -> published.Votes:
    """Return principles of falling weight, somebody who follows them, an opposite, and a coin."""
    rng = np.random.default_rng(seed)
    preferences = rng.choice([-1, 0, 0, 1], size=(principles, n)).astype(np.int8)
    pull = np.linspace(1.5, -1.5, principles) @ preferences
    follows = np.where(rng.random(n) < 1 / (1 + np.exp(-pull)), 1, -1)
    coin = rng.choice([-1, 1], size=n)
    return published.Votes(
        tuple(f"p{number}" for number in range(principles)),
        ("follows", "opposes", "coin"),
        preferences,
        np.stack([follows, -follows, coin]).astype(np.int8),
    )


def test_discrepancy_to_oneself_is_nothing_and_to_ones_opposite_everything() -> None:
    follows, opposes, coin = published.measure(votes=world(4000), reference=0).annotators

    assert follows.discrepancy == 0
    assert opposes.discrepancy == 1
    assert follows.bootstrap is not None
    assert follows.bootstrap.mean == follows.bootstrap.sd == 0
    assert opposes.bootstrap is not None
    assert opposes.bootstrap.mean == 1
    assert coin.discrepancy is not None


def test_the_noise_floor_shrinks_as_pairs_grow_and_stands_above_the_paired_bootstrap_of_oneself() -> None:
    few, many = (published.measure(votes=world(n), reference=0).floor for n in (60, 6000))

    assert few is not None
    assert many is not None
    assert 0 <= many.mean < 0.05 < few.mean <= few.p95 < 0.5


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    def mean(seed: int) -> Any:
        return published.measure(votes=world(80), reference=0, seed=seed).annotators[2].bootstrap

    assert mean(1) == mean(1)
    assert mean(1) != mean(2)


def test_counting_like_comparisons_once_changes_no_draw() -> None:
    from apps.discretion.domain import games

    some = world(500, principles=3)
    clashes = games.condense(preferences=some.preferences, choices=some.choices)
    counts = games.resample(clashes=clashes, draws=4, rng=np.random.default_rng(9))
    drawn = games.play_draws(clashes=clashes, counts=counts, annotators=[2, 0])

    rng = np.random.default_rng(9)
    assert clashes.times.size < 100
    for draw in range(4):
        rows = rng.integers(0, 500, size=500, dtype=np.int32)
        for place, annotator in enumerate([2, 0]):
            expected = games.play(preferences=some.preferences[:, rows], choice=some.choices[annotator][rows])
            assert drawn[place, draw].tolist() == expected.tolist()


def test_more_annotators_and_principles_than_fit_into_one_number() -> None:
    from apps.discretion.domain import games

    rng = np.random.default_rng(4)
    preferences = rng.choice([-1, 0, 0, 0, 1], size=(45, 200)).astype(np.int8)
    choices = rng.choice([-1, 0, 1], size=(5, 200)).astype(np.int8)
    clashes = games.condense(preferences=preferences, choices=choices)
    whole = clashes.times[None, :].astype(np.uint16)

    played = games.play_draws(clashes=clashes, counts=whole, annotators=range(5))

    for annotator, choice in enumerate(choices):
        expected = games.play(preferences=preferences, choice=choice)
        assert played[annotator, 0].tolist() == expected.tolist()


def test_extremes_are_said_in_words_and_never_conflicting_is_null() -> None:
    # p0 wins its only clash, p1 loses it, p2 speaks alone, p3 never: no clash for either.
    some = votes([[1, -1, 0, 0], [0, 0, 1, 0]], [[1, 1]])

    found = account.account(found=published.measure(votes=some, reference=0), principles=some.principles)

    said = found["annotators"]["a0"]
    assert said["priority"] == {"p0": "always wins", "p1": "always loses", "p2": None, "p3": None}
    assert said["supremacy"] == [
        {"winner": "p0", "loser": "p1", "value": 1.0, "n": 1},
        {"winner": "p1", "loser": "p0", "value": 0.0, "n": 1},
    ]
