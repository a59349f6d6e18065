"""The whole audit as one pure function: judgements and controls in, measures out."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from apps.discretion.domain import agreement, categories, measures, priorities
from apps.discretion.domain.preferences import Bools, Floats, ternary
from apps.models.domain import intervals

HUMAN_KINDS = frozenset({"person", "imported_person"})
PEOPLE = "people"
"""The reference that is made of all people together: the sign of their mean verdict."""


@dataclasses.dataclass(frozen=True)
class Rater:
    """Somebody or something that gave overall verdicts."""

    id: str
    name: str
    kind: str
    simulated: bool = False

    @property
    def human(self) -> bool:
        """Whether a person gave the verdicts."""
        return self.kind in HUMAN_KINDS


@dataclasses.dataclass(frozen=True)
class PrincipleName:
    """A principle as figures and tables name it."""

    id: str
    title: str


@dataclasses.dataclass(frozen=True)
class Judgements:
    """What was judged: ``overall`` is (raters, n) in {-1, 0, 1} and ``by_principle`` (principles, n) in
    [-1, 1]; NaN where nothing is.
    """

    comparisons: tuple[str, ...]
    raters: tuple[Rater, ...]
    principles: tuple[PrincipleName, ...]
    overall: Floats
    by_principle: Floats


@dataclasses.dataclass(frozen=True)
class Controls:
    """What the reader chose."""

    min_active: int = 1
    reference: str = PEOPLE
    draws: int = 200
    seed: int = 42


@dataclasses.dataclass(frozen=True)
class Rate:
    """A share with its Wilson interval; all None where n is 0."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclasses.dataclass(frozen=True)
class CategoryRate(Rate):
    """How many comparisons are in one category, as a share of those whose principles were judged."""

    count: int


@dataclasses.dataclass(frozen=True)
class Discrepancy(Rate):
    """DD to the reference; ``n`` clashing pairs that the rater decided.

    ``floor`` is the DD that the reference has to itself between two independent bootstraps of the same
    pairs: a value near the floor cannot be told from no difference.
    """

    floor: float | None


@dataclasses.dataclass(frozen=True)
class RaterMeasures:
    """Everything that is said about one rater."""

    rater: Rater
    coverage: Rate
    arbitrariness: Rate
    discrepancy: Discrepancy
    priorities: tuple[priorities.Priority, ...]


@dataclasses.dataclass(frozen=True)
class SupremacyCell:
    """How often one rater sides with one principle against another when the two clash."""

    rater: str
    principle: str
    over: str
    rate: Rate


@dataclasses.dataclass(frozen=True)
class LeaveOneOut:
    """What the shares would be without one principle."""

    principle: str
    conflict: float
    people_arbitrariness: float | None


@dataclasses.dataclass(frozen=True)
class Measures:
    """The measures of an audit."""

    n: int
    judged: int
    principle_ids: tuple[str, ...]
    alpha_nominal: agreement.Agreement
    alpha_ordinal: agreement.Agreement
    unanimous: Rate
    categories: dict[str, CategoryRate]
    raters: tuple[RaterMeasures, ...]
    people: RaterMeasures
    reference: Rater
    supremacy: tuple[SupremacyCell, ...]
    leave_one_out: tuple[LeaveOneOut, ...]


def rate(*, successes: int, n: int) -> Rate:
    """Return a share with its 95 % Wilson interval."""
    if n == 0:
        return Rate(None, None, None, 0)
    interval = intervals.wilson(successes=successes, n=n)
    return Rate(interval.value, interval.low, interval.high, n)


def pool(*, ratings: Floats) -> Floats:
    """Return the sign of the mean over people for each comparison; NaN where nobody rated."""
    rated = ~np.isnan(ratings)
    total = np.where(rated, ratings, 0.0).sum(axis=0) if len(ratings) else np.zeros(ratings.shape[1])
    return np.where(rated.any(axis=0), np.sign(total), np.nan)


def measure(*, judgements: Judgements, controls: Controls = Controls()) -> Measures:
    """Compute an audit's measures."""
    preferences = ternary(judgements.by_principle)
    found = categories.categorise(preferences=preferences)
    humans = np.array([rater.human for rater in judgements.raters], dtype=bool)
    ratings = judgements.overall[humans]
    counts = agreement.value_counts(ratings=ratings)
    unanimity = agreement.unanimity(counts=counts)
    people = Rater(id=PEOPLE, name="People together", kind=PEOPLE)
    together = pool(ratings=ratings)
    reference, reference_row = _reference(judgements, controls, people, together)
    audit = _Audit(preferences, found, controls, reference_row)
    rows = [audit.of(rater, row) for rater, row in zip(judgements.raters, judgements.overall, strict=True)]
    return Measures(
        n=len(judgements.comparisons),
        judged=int(found.judged.sum()),
        principle_ids=tuple(item.id for item in judgements.principles),
        alpha_nominal=agreement.krippendorff_alpha(counts=counts, level="nominal"),
        alpha_ordinal=agreement.krippendorff_alpha(counts=counts, level="ordinal"),
        unanimous=rate(successes=unanimity.unanimous, n=unanimity.n),
        categories=category_rates(found=found),
        raters=tuple(rows),
        people=audit.of(people, together),
        reference=reference,
        supremacy=tuple(_supremacy(judgements, preferences)),
        leave_one_out=tuple(_leave_one_out(judgements.principles, preferences, together, controls)),
    )


def category_rates(*, found: categories.Categories) -> dict[str, CategoryRate]:
    """Return each category's share of the comparisons whose principles were judged."""
    n = int(found.judged.sum())
    shares = {}
    for name in categories.NAMES:
        count = int(found.of(name).sum())
        share = rate(successes=count, n=n)
        shares[name] = CategoryRate(share.value, share.low, share.high, n, count)
    return shares


def _reference(
    judgements: Judgements, controls: Controls, people: Rater, together: Floats
) -> tuple[Rater, Floats]:
    for rater, row in zip(judgements.raters, judgements.overall, strict=True):
        if rater.id == controls.reference:
            return rater, row
    return people, together


@dataclasses.dataclass(frozen=True)
class _Audit:
    """What stays the same from rater to rater."""

    preferences: Floats
    found: categories.Categories
    controls: Controls
    reference: Floats

    def of(self, rater: Rater, row: Floats) -> RaterMeasures:
        """Measure one rater."""
        decided = measures.decided(row)
        count = measures.arbitrariness(
            annotator=row, categories=self.found, min_active=self.controls.min_active
        )
        return RaterMeasures(
            rater=rater,
            coverage=rate(successes=int(decided.sum()), n=row.size),
            arbitrariness=rate(successes=count.successes, n=count.n),
            discrepancy=self._discrepancy(row),
            priorities=tuple(
                priorities.describe(games=measures.clashes(annotator=row, preferences=self.preferences))
            ),
        )

    def _discrepancy(self, row: Floats) -> Discrepancy:
        """Compare priorities with the reference's, with a paired bootstrap and the reference's own floor.

        The value is that of the full sample. The bootstrap's mean lies above it, since noise only ever
        pulls two orders apart; the interval is its 95 % range, stretched where needed to contain the value.
        """
        clashing = self.found.conflict
        mine, theirs, signs = row[clashing], self.reference[clashing], self.preferences[:, clashing]
        n = int(measures.decided(mine).sum())
        value = measures.discrepancy(weights=_weights(mine, signs), other=_weights(theirs, signs))
        if value is None:
            return Discrepancy(None, None, None, n, None)
        rng = np.random.default_rng(self.controls.seed)
        first, second = (_resamples(rng, row.size, mine.size, self.controls.draws) for _ in range(2))
        paired = _discrepancies(_fits(mine, signs, first), _fits(theirs, signs, first))
        shared = np.where(measures.decided(mine), theirs, np.nan)
        floor = _discrepancies(_fits(shared, signs, first), _fits(shared, signs, second))
        low, high = np.quantile(paired, [0.025, 0.975]) if paired else (value, value)
        mean_floor = float(np.mean(floor)) if floor else None
        return Discrepancy(value, min(float(low), value), max(float(high), value), n, mean_floor)


def _weights(row: Floats, signs: Floats) -> Floats:
    return priorities.fit(games=measures.clashes(annotator=row, preferences=signs))


def _resamples(rng: np.random.Generator, n: int, clashing: int, draws: int) -> Floats:
    """Draw how often each clashing comparison occurs when all n are drawn with replacement."""
    chances = np.append(np.full(clashing, 1 / n), 1 - clashing / n)
    return rng.multinomial(n, np.clip(chances, 0, 1), size=draws)[:, :clashing].astype(float)


def _fits(row: Floats, signs: Floats, resamples: Floats) -> Floats:
    games = [measures.clashes(annotator=row, preferences=signs, weights=weights) for weights in resamples]
    return priorities.fit(games=np.stack(games))


def _discrepancies(first: Floats, second: Floats) -> list[float]:
    values = [measures.discrepancy(weights=a, other=b) for a, b in zip(first, second, strict=True)]
    return [value for value in values if value is not None]


def _supremacy(judgements: Judgements, preferences: Floats) -> Sequence[SupremacyCell]:
    cells = []
    for rater, row in zip(judgements.raters, judgements.overall, strict=True):
        games = measures.clashes(annotator=row, preferences=preferences)
        for first, second in zip(*np.triu_indices(len(judgements.principles), k=1), strict=True):
            played = int(games[first, second] + games[second, first])
            if played:
                share = rate(successes=int(games[first, second]), n=played)
                names = judgements.principles[first].id, judgements.principles[second].id
                cells.append(SupremacyCell(rater.id, names[0], names[1], share))
    return cells


def _leave_one_out(
    principles: Sequence[PrincipleName], preferences: Floats, people: Floats, controls: Controls
) -> Sequence[LeaveOneOut]:
    if len(principles) < 2:
        return []
    rows = []
    for position, principle in enumerate(principles):
        found = categories.categorise(preferences=np.delete(preferences, position, axis=0))
        judged = int(found.judged.sum())
        count = measures.arbitrariness(annotator=people, categories=found, min_active=controls.min_active)
        share = int(found.conflict.sum()) / judged if judged else 0.0
        rows.append(LeaveOneOut(principle.id, share, count.successes / count.n if count.n else None))
    return rows


def subset(
    *, judgements: Judgements, raters: Bools | None = None, principles: Bools | None = None
) -> Judgements:
    """Return the judgements of some raters or about some principles only."""
    keep = np.ones(len(judgements.raters), bool) if raters is None else raters
    about = np.ones(len(judgements.principles), bool) if principles is None else principles
    return dataclasses.replace(
        judgements,
        raters=tuple(rater for rater, kept in zip(judgements.raters, keep, strict=True) if kept),
        principles=tuple(item for item, kept in zip(judgements.principles, about, strict=True) if kept),
        overall=judgements.overall[keep],
        by_principle=judgements.by_principle[about],
    )
