"""The figures without one principle: the same as of an audit that never had it."""

import numpy as np

from apps.discretion.domain import categories, games, leaving_out, measures, priorities


def test_without_a_principle_is_as_if_it_had_never_been_there() -> None:
    rng = np.random.default_rng(8)
    preferences = rng.choice([-1.0, 0.0, 0.0, 1.0, np.nan], size=(4, 120))
    choices = rng.choice(np.array([-1, 0, 1], dtype=np.int8), size=(3, 120))
    whole = np.nan_to_num(preferences).astype(np.int8)
    played = np.stack([games.play(preferences=whole, choice=choice) for choice in choices])

    rows = leaving_out.without_each(
        preferences=preferences, choices=choices, games=played, reference=1, min_active=2
    )

    assert [row.principle for row in rows] == [0, 1, 2, 3]
    for row in rows:
        left = np.delete(preferences, row.principle, axis=0)
        found = categories.categorise(preferences=left)
        assert row.counts == {name: int(found.of(name).sum()) for name in categories.NAMES}
        assert row.judged == int(found.judged.sum())
        fitted = [
            priorities.fit(games=games.play(preferences=np.delete(whole, row.principle, axis=0), choice=one))
            for one in choices
        ]
        for place, choice in enumerate(choices):
            expected = measures.arbitrariness(annotator=choice, categories=found, min_active=2)
            assert row.arbitrariness[place] == expected
            assert row.discrepancies[place] == measures.discrepancy(weights=fitted[place], other=fitted[1])


def test_one_principle_alone_cannot_be_left_out() -> None:
    nothing = np.zeros((1, 1, 1))
    one = np.ones((1, 2))

    rows = leaving_out.without_each(preferences=one, choices=one.astype(np.int8), games=nothing, reference=0)

    assert rows == []
