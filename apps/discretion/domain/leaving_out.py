"""What an audit's figures would be without one of its principles: whether one principle carries a rate.

With m_c(x) = 1 where principle c speaks for A (or B), the counts of the others are those of all less m_c(x),
so that no array is built anew for each principle.
"""

import dataclasses

import numpy as np

from apps.discretion.domain import categories, measures, priorities
from apps.discretion.domain.measures import Count
from apps.discretion.domain.preferences import Floats, Ints, Signs


@dataclasses.dataclass(frozen=True)
class Without:
    """The figures without one principle: ``judged`` comparisons, how many in each category, and for every
    annotator DA as a count and DD to the reference (None where it is not defined).
    """

    principle: int
    judged: int
    counts: dict[str, int]
    arbitrariness: tuple[Count, ...]
    discrepancies: tuple[float | None, ...]


def without_each(
    *,
    preferences: Floats,
    choices: Signs,
    games: Floats,
    reference: int,
    min_active: int = 1,
) -> list[Without]:
    """Leave each principle out in turn; nothing where there are fewer than two.

    ``preferences`` (C, n) with NaN where a principle was not judged, ``choices`` (K, n) and ``games``
    (K, C, C) of everybody with all principles.
    """
    if len(preferences) < 2:
        return []
    for_a, for_b = preferences > 0, preferences < 0
    known = ~np.isnan(preferences)
    all_a, all_b, all_known = (rows.sum(axis=0, dtype=np.int16) for rows in (for_a, for_b, known))
    distances = _distances(games, reference)
    rows = []
    for place in range(len(preferences)):
        found = _found(all_a - for_a[place], all_b - for_b[place], all_known - known[place])
        rows.append(
            Without(
                principle=place,
                judged=int(found.judged.sum()),
                counts={name: int(found.of(name).sum()) for name in categories.NAMES},
                arbitrariness=tuple(
                    measures.arbitrariness(annotator=choice, categories=found, min_active=min_active)
                    for choice in choices
                ),
                discrepancies=tuple(None if np.isnan(value) else float(value) for value in distances[place]),
            )
        )
    return rows


def _found(for_a: Ints, for_b: Ints, known: Ints) -> categories.Categories:
    conflict, active = (for_a > 0) & (for_b > 0), for_a + for_b
    consensus, judged = (active > 0) & ~conflict, known > 0
    sign = np.where(consensus, np.sign(for_a - for_b), 0)
    return categories.Categories(judged, consensus, conflict, judged & (active == 0), sign, active)


def _distances(games: Floats, reference: int) -> Floats:
    """Return DD to the reference without each principle, (C, K): priorities are fitted anew."""
    principles = games.shape[-1]
    kept = np.array([[place for place in range(principles) if place != out] for out in range(principles)])
    left = games[:, kept[:, :, None], kept[:, None, :]].transpose(1, 0, 2, 3)
    fitted = priorities.fit(games=left)
    return measures.discrepancies(weights=fitted, other=fitted[:, reference : reference + 1])
