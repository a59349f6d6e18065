"""What a distance between two orders of principles is made of."""

import numpy as np

from apps.discretion.domain import distances, report


def test_reversed_principles_come_with_the_clashes_behind_them() -> None:
    # Care and frankness clash four times, Kim sides with care three times and Robin once; twice both decide
    # differently. A third principle never clashes with care.
    table = report.Judgements(
        comparisons=tuple("abcd"),
        raters=(),
        principles=tuple(report.PrincipleName(name, name) for name in ("care", "frank")),
        overall=np.empty((0, 4)),
        by_principle=np.array([[1.0, 1, 1, 1], [-1, -1, -1, -1]]),
    )
    kim, robin = np.array([1.0, 1, 1, -1]), np.array([1.0, -1, -1, -1])

    found = distances.reversals(judgements=table, choice=kim, other=robin)

    assert [(row.principle, row.over) for row in found] == [("care", "frank")]
    assert (found[0].ranks, found[0].other_ranks) == ((1, 2), (2, 1))
    assert (found[0].sided.value, found[0].other_sided.value, found[0].apart) == (0.75, 0.25, 2)
    assert distances.reversals(judgements=table, choice=kim, other=kim) == []
