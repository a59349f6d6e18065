"""The whole audit as one pure function: judgements and controls in, measures out."""

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np

from apps.discretion.domain import agreement, categories, measures, priorities, published
from apps.discretion.domain.judged import (
    HUMAN_KINDS,
    PEOPLE,
    Judgements,
    PrincipleName,
    Rater,
    pool,
    subset,
)
from apps.discretion.domain.preferences import Bools, Floats, Ints, signs, ternary
from apps.models.domain import intervals

__all__ = ["HUMAN_KINDS", "PEOPLE", "Judgements", "PrincipleName", "Rater", "pool", "subset"]

SPARSE = 10
"""A supremacy from fewer clashes than this is marked: its interval is wider than half of all there is."""
EVERYBODY = "everybody"
BINS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 2), (3, 5), (6, 10), (11, None))
"""Numbers of active principles by which arbitrariness is shown."""


@dataclasses.dataclass(frozen=True)
class Controls:
    """What the reader chose; ``matrix`` is whose supremacy is listed, the reference's where empty,
    everybody's where ``EVERYBODY``.

    ``weighted``: where principles clash, arbitrariness is counted against what the moral graph's weights
    make of them.
    """

    min_active: int = 1
    reference: str = PEOPLE
    matrix: str = ""
    weighted: bool = False
    draws: int = 100
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
    """DD to the reference on the data as they are; ``n`` clashing pairs that the rater decided.

    ``mean`` and ``sd`` are those of the paired bootstrap, which is what the paper prints; ``low`` and
    ``high`` its 95 % range, stretched where needed to contain the value. ``floor`` is the DD that the
    reference has to itself between two independent bootstraps, and ``floor_p95`` its 95 % point: a value
    below that cannot be told from no difference.
    """

    mean: float | None
    sd: float | None
    floor: float | None
    floor_p95: float | None


@dataclasses.dataclass(frozen=True)
class Active:
    """Arbitrariness on consensus pairs about which ``least`` to ``most`` principles speak (None: no end)."""

    least: int
    most: int | None
    rate: Rate


@dataclasses.dataclass(frozen=True)
class Confusion:
    """How often rater and reference said what of a pair: ``counts[r, s]``, each A, neither, B."""

    counts: tuple[tuple[int, int, int], ...]
    agreement: Rate


@dataclasses.dataclass(frozen=True)
class RaterMeasures:
    """Everything that is said about one rater."""

    rater: Rater
    coverage: Rate
    arbitrariness: Rate
    discrepancy: Discrepancy
    priorities: tuple[priorities.Priority, ...]
    by_active: tuple[Active, ...]
    confusion: Confusion


@dataclasses.dataclass(frozen=True)
class SupremacyCell:
    """How often one rater sides with one principle against another when the two clash; ``sparse`` where
    fewer than ``SPARSE`` clashes say so.
    """

    rater: str
    principle: str
    over: str
    rate: Rate
    sparse: bool


@dataclasses.dataclass(frozen=True)
class Measures:
    """The measures of an audit. ``raters`` are those of the judgements, ``nulls`` a coin and, where the
    responses' lengths are known, the longer response; ``weighted`` is how many clashes the graph's weights
    settled (None: they were not asked); ``between`` holds DD of everybody to everybody, the
    people first, then raters, then nulls, NaN where it is not defined.
    """

    n: int
    judged: int
    weighted: int | None
    principle_ids: tuple[str, ...]
    alpha_nominal: agreement.Agreement
    alpha_ordinal: agreement.Agreement
    unanimous: Rate
    categories: dict[str, CategoryRate]
    raters: tuple[RaterMeasures, ...]
    people: RaterMeasures
    nulls: tuple[RaterMeasures, ...]
    reference: Rater
    between: Floats
    supremacy: tuple[SupremacyCell, ...]

    @property
    def everybody(self) -> tuple[RaterMeasures, ...]:
        """Return people together, raters and nulls, in the order of ``between``."""
        return (self.people, *self.raters, *self.nulls)


def rate(*, successes: int, n: int) -> Rate:
    """Return a share with its 95 % Wilson interval."""
    if n == 0:
        return Rate(None, None, None, 0)
    interval = intervals.wilson(successes=successes, n=n)
    return Rate(interval.value, interval.low, interval.high, n)


@dataclasses.dataclass(frozen=True)
class Prepared:
    """What neither reference nor minimum nor matrix changes, so that moving these takes no new draws."""

    raters: tuple[Rater, ...]
    choices: Floats
    basis: published.Basis
    alphas: tuple[agreement.Agreement, agreement.Agreement]
    unanimity: agreement.Unanimity


def prepare(*, judgements: Judgements, draws: int = 100, seed: int = 42) -> Prepared:
    """Line everybody up, people together first and nulls last, and draw the bootstrap."""
    together = pool(ratings=judgements.overall[_humans(judgements)])
    raters = [Rater(id=PEOPLE, name="People together", kind=PEOPLE), *judgements.raters]
    choices = [together, *judgements.overall]
    for null, choice in nulls(judgements=judgements, seed=seed):
        raters.append(null)
        choices.append(choice)
    votes = published.Votes(
        principles=tuple(item.id for item in judgements.principles),
        annotators=tuple(rater.id for rater in raters),
        preferences=signs(ternary(judgements.by_principle)),
        choices=signs(np.stack(choices)),
    )
    basis = published.prepare(votes=votes, draws=draws if votes.preferences.shape[1] else 0, seed=seed)
    # Which principles were judged at all is lost in whole numbers.
    found = categories.categorise(preferences=ternary(judgements.by_principle))
    counts = agreement.value_counts(ratings=judgements.overall[_humans(judgements)])
    return Prepared(
        tuple(raters),
        np.stack(choices),
        dataclasses.replace(basis, found=found),
        people_alphas(counts=counts),
        agreement.unanimity(counts=counts),
    )


def people_alphas(*, counts: Ints) -> tuple[agreement.Agreement, agreement.Agreement]:
    """Return how far people agree, by names and by order."""
    nominal = agreement.krippendorff_alpha(counts=counts, level="nominal")
    return nominal, agreement.krippendorff_alpha(counts=counts, level="ordinal")


def measure(
    *, judgements: Judgements, controls: Controls = Controls(), prepared: Prepared | None = None
) -> Measures:
    """Compute an audit's measures; ``prepared`` is of the same judgements, draws and seed."""
    ready = prepared or prepare(judgements=judgements, draws=controls.draws, seed=controls.seed)
    audit = _audit(judgements, controls, ready)
    rows = [audit.of(place) for place in range(len(audit.raters))]
    raters = len(judgements.raters)
    nominal, ordinal = ready.alphas
    return Measures(
        n=len(judgements.comparisons),
        judged=int(audit.found.judged.sum()),
        weighted=int(audit.found.conflict.sum() - audit.ruled.conflict.sum()) if controls.weighted else None,
        principle_ids=tuple(item.id for item in judgements.principles),
        alpha_nominal=nominal,
        alpha_ordinal=ordinal,
        unanimous=rate(successes=ready.unanimity.unanimous, n=ready.unanimity.n),
        categories=category_rates(found=audit.found),
        people=rows[0],
        raters=tuple(rows[1 : raters + 1]),
        nulls=tuple(rows[raters + 1 :]),
        reference=audit.raters[audit.computed.reference],
        between=_between(audit.computed),
        supremacy=tuple(_supremacy(audit, judgements.principles, controls.matrix)),
    )


def _humans(judgements: Judgements) -> Bools:
    return np.array([rater.human for rater in judgements.raters], dtype=bool)


def place_of(*, prepared: Prepared, name: str) -> int:
    """Return where somebody stands among everybody; the people together where nobody has this id."""
    names = [row.id for row in prepared.raters]
    return names.index(name) if name in names else 0


def ruling(*, judgements: Judgements, found: categories.Categories, weighted: bool) -> categories.Categories:
    """Return against what arbitrariness is counted: the consensus, and with weights the settled clashes."""
    if not weighted or judgements.scores is None:
        return found
    return found.settled(preferences=ternary(judgements.by_principle), scores=judgements.scores)


def _audit(judgements: Judgements, controls: Controls, ready: Prepared) -> "_Audit":
    """Compare everybody with the reference that the reader chose."""
    reference = place_of(prepared=ready, name=controls.reference)
    ruled = ruling(judgements=judgements, found=ready.basis.found, weighted=controls.weighted)
    computed = published.compare(
        basis=ready.basis, reference=reference, min_active=controls.min_active, ruled=ruled
    )
    return _Audit(ready.raters, ready.choices, ready.basis.found, ruled, computed)


def nulls(*, judgements: Judgements, seed: int = 42) -> list[tuple[Rater, Floats]]:
    """Return the annotators that look at nothing but a coin or the responses' lengths."""
    n = len(judgements.comparisons)
    found = [(Rater(id="coin", name="A coin", kind="null"), measures.coin(n=n, seed=seed))]
    if judgements.lengths is not None:
        longer = measures.longer_response(lengths_a=judgements.lengths[0], lengths_b=judgements.lengths[1])
        found.append((Rater(id="longer", name="The longer response", kind="null"), longer))
    return found


def _between(computed: published.Published) -> Floats:
    weights = np.stack([row.weights for row in computed.annotators])
    return measures.discrepancies(weights=weights[:, None, :], other=weights[None, :, :])


def category_rates(*, found: categories.Categories) -> dict[str, CategoryRate]:
    """Return each category's share of the comparisons whose principles were judged."""
    n = int(found.judged.sum())
    shares = {}
    for name in categories.NAMES:
        count = int(found.of(name).sum())
        share = rate(successes=count, n=n)
        shares[name] = CategoryRate(share.value, share.low, share.high, n, count)
    return shares


@dataclasses.dataclass(frozen=True)
class _Audit:
    """Everybody's choices (K, n), NaN where there is none, with the categories and the published measures."""

    raters: tuple[Rater, ...]
    choices: Floats
    found: categories.Categories
    ruled: categories.Categories
    computed: published.Published

    def of(self, place: int) -> RaterMeasures:
        """Say everything about one rater."""
        row, choice = self.computed.annotators[place], self.choices[place]
        count = row.arbitrariness
        return RaterMeasures(
            rater=self.raters[place],
            coverage=rate(successes=row.decided, n=self.computed.n),
            arbitrariness=rate(successes=count.successes, n=count.n),
            discrepancy=self._discrepancy(row, choice),
            priorities=_priorities(row),
            by_active=tuple(self._by_active(choice)),
            confusion=self._confusion(choice),
        )

    def _discrepancy(self, row: published.Annotator, choice: Floats) -> Discrepancy:
        n = int((measures.decided(choice) & self.found.conflict).sum())
        value, draws, floor = row.discrepancy, row.bootstrap, self.computed.floor
        if value is None:
            return Discrepancy(None, None, None, n, None, None, None, None)
        low, high = (min(draws.low, value), max(draws.high, value)) if draws else (value, value)
        mean, sd = (draws.mean, draws.sd) if draws else (None, None)
        edges = (floor.mean, floor.p95) if floor else (None, None)
        return Discrepancy(value, low, high, n, mean, sd, *edges)

    def _by_active(self, choice: Floats) -> Iterator[Active]:
        for least, most in BINS:
            inside = self.ruled.active >= least
            if most is not None:
                inside &= self.ruled.active <= most
            asked = inside & self.ruled.consensus & measures.decided(choice)
            against = asked & ((choice > 0) != (self.ruled.sign > 0))
            yield Active(least, most, rate(successes=int(against.sum()), n=int(asked.sum())))

    def _confusion(self, choice: Floats) -> Confusion:
        reference = self.choices[self.computed.reference]
        both = ~(np.isnan(choice) | np.isnan(reference))
        cells = (1 - choice[both]) * 3 + (1 - reference[both])
        counts = np.bincount(cells.astype(int), minlength=9).reshape(3, 3)
        ways = counts[np.ix_([0, 2], [0, 2])]
        agreed = rate(successes=int(np.trace(ways)), n=int(ways.sum()))
        return Confusion(tuple((int(a), int(b), int(c)) for a, b, c in counts), agreed)


def _priorities(row: published.Annotator) -> tuple[priorities.Priority, ...]:
    order = measures.ranks(row.weights)
    drawn = measures.ranks(row.drawn) if len(row.drawn) else order[None, :]
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0, method="nearest")
    games = (row.games.sum(axis=0) + row.games.sum(axis=1)).astype(int)
    return tuple(
        priorities.Priority(
            weight=float(weight),
            games=int(played),
            note=priorities.note(weight=float(weight), games=int(played)),
            rank=int(rank),
            rank_low=int(min(first, rank)),
            rank_high=int(max(last, rank)),
        )
        for weight, played, rank, first, last in zip(row.weights, games, order, low, high, strict=True)
    )


def _supremacy(audit: _Audit, principles: Sequence[PrincipleName], matrix: str) -> Iterator[SupremacyCell]:
    """List PS for every two principles that clashed, both ways round."""
    names = [rater.id for rater in audit.raters]
    chosen = [names.index(matrix) if matrix in names else audit.computed.reference]
    for place in range(len(names)) if matrix == EVERYBODY else chosen:
        games = audit.computed.annotators[place].games
        played = (games + games.T).astype(int)
        for first, second in zip(*played.nonzero(), strict=True):
            share = rate(successes=int(games[first, second]), n=int(played[first, second]))
            yield SupremacyCell(
                names[place], principles[first].id, principles[second].id, share, share.n < SPARSE
            )
