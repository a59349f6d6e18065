"""What an audit's figures would be without one of its principles: whether one principle carries a rate.

With m_c(x) = 1 where principle c speaks for A (or B), the counts of the others are those of all less m_c(x),
so that no array is built anew for each principle. By how much a figure moves has its interval from the same
redrawn pairs with and without the principle: the two share nearly all of their data, so the interval of
either says little about the difference.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from apps.discretion.domain import categories, measures, priorities, published, report
from apps.discretion.domain.preferences import Bools, Floats, Ints, Signs, ternary

DRAWS = 200
"""Redrawn tables for the interval of a share's move."""

NOT_COUNTED = 0
"""The state of a comparison that a share leaves out; FOLLOWS and AGAINST are those of a decision."""
FOLLOWS, AGAINST = 1, 2


@dataclasses.dataclass(frozen=True)
class Moved(report.Rate):
    """A figure without a principle with its own interval, and by how much it moves (``by``) with the
    interval of that; None where one of the two figures is not defined.
    """

    by: float | None
    by_low: float | None
    by_high: float | None


@dataclasses.dataclass(frozen=True)
class WithoutFor:
    """One annotator's DA, and DD to the reference, without a principle."""

    rater: report.Rater
    arbitrariness: Moved
    discrepancy: Moved


@dataclasses.dataclass(frozen=True)
class Without:
    """The figures without one principle: each category's share, and DA and DD of those who were asked for."""

    principle: str
    shares: dict[str, Moved]
    annotators: tuple[WithoutFor, ...]


def without_each(
    *, judgements: report.Judgements, prepared: report.Prepared, controls: report.Controls
) -> tuple[Without, ...]:
    """Leave each principle out in turn; nothing where there are fewer than two.

    ``controls.matrix`` names whose DA and DD are wanted, ``EVERYBODY``'s or one annotator's; where that is
    the reference, who is no distance from itself, an algorithm's as well. With graph weights on,
    arbitrariness without a principle is counted against what the weights of the others make of a clash.
    """
    size = len(judgements.principles)
    if size < 2:
        return ()
    sides = _sides(ternary(judgements.by_principle))
    whose, rng = _whose(prepared, controls), np.random.default_rng(controls.seed)
    choices = prepared.basis.votes.choices[whose]
    whole = _states(judgements, sides.all(), choices, controls)
    distances = _distances(prepared, controls, whose)
    raters = [prepared.raters[place] for place in whose]
    rows = []
    for place, principle in enumerate(judgements.principles):
        others = report.subset(judgements=judgements, principles=np.arange(size) != place)
        left = _states(others, sides.without(place), choices, controls)
        rates = _moves(whole.decisions, left.decisions, (AGAINST,), rng)
        kinds = range(1, len(categories.NAMES) + 1)
        rows.append(
            Without(
                principle=principle.id,
                shares={
                    name: moves[0]
                    for name, moves in zip(
                        categories.NAMES, _moves(whole.category, left.category, kinds, rng), strict=True
                    )
                },
                annotators=tuple(map(WithoutFor, raters, rates[0], distances.without(place, left.clashes))),
            )
        )
    return tuple(rows)


def _whose(prepared: report.Prepared, controls: report.Controls) -> list[int]:
    """Return the places of those whose figures are wanted."""
    if controls.matrix == report.EVERYBODY:
        return list(range(len(prepared.raters)))
    asked = report.place_of(prepared=prepared, name=controls.matrix)
    reference = report.place_of(prepared=prepared, name=controls.reference)
    others = [place for place in range(len(prepared.raters)) if place != reference]
    machines = [place for place in others if prepared.raters[place].kind == "algorithm"]
    return [asked] if asked != reference else [asked, (machines or others)[0]]


@dataclasses.dataclass(frozen=True)
class _Sides:
    """Which principles speak for A, for B, and were judged at all, (C, n) each; and how many these are."""

    rows: tuple[Bools, Bools, Bools]
    totals: tuple[Ints, Ints, Ints]

    def all(self) -> categories.Categories:
        """Return the categories by all principles."""
        return _found(*self.totals)

    def without(self, place: int) -> categories.Categories:
        """Return the categories by all principles but one."""
        for_a, for_b, known = (total - row[place] for total, row in zip(self.totals, self.rows, strict=True))
        return _found(for_a, for_b, known)


def _sides(preferences: Floats) -> _Sides:
    rows = (preferences > 0, preferences < 0, ~np.isnan(preferences))
    for_a, for_b, known = (row.sum(axis=0, dtype=np.int64) for row in rows)
    return _Sides(rows, (for_a, for_b, known))


def _found(for_a: Ints, for_b: Ints, known: Ints) -> categories.Categories:
    conflict, active = (for_a > 0) & (for_b > 0), for_a + for_b
    consensus, judged = (active > 0) & ~conflict, known > 0
    sign = np.where(consensus, np.sign(for_a - for_b), 0)
    return categories.Categories(judged, consensus, conflict, judged & (active == 0), sign, active)


@dataclasses.dataclass(frozen=True)
class _States:
    """Each comparison's category (1, n), from 1 in the order of ``categories.NAMES``, and where each
    annotator's decision stands to the principles (K, n); ``clashes`` (K,) each decided.
    """

    category: Ints
    decisions: Ints
    clashes: Ints


def _states(
    judgements: report.Judgements,
    found: categories.Categories,
    choices: Signs,
    controls: report.Controls,
) -> _States:
    category = np.full((1, found.judged.size), NOT_COUNTED)
    for number, name in enumerate(categories.NAMES, start=1):
        category[0, found.of(name)] = number
    ruled = report.ruling(judgements=judgements, found=found, weighted=controls.weighted)
    asked = ruled.consensus & (ruled.active >= controls.min_active) & (choices != 0)
    follows = (choices > 0) == (ruled.sign > 0)
    decisions = np.where(asked, np.where(follows, FOLLOWS, AGAINST), NOT_COUNTED)
    return _States(category, decisions, ((choices != 0) & found.conflict).sum(axis=1))


def _moves(before: Ints, after: Ints, states: Sequence[int], rng: np.random.Generator) -> list[list[Moved]]:
    """Return, for each state and row of (T, n), the share of this state among all that are counted."""
    size = int(max(before.max(initial=1), after.max(initial=1), *states)) + 1
    tables = np.stack([_crossed(*pair, size) for pair in zip(before, after, strict=True)])
    n = before.shape[1]
    drawn = np.zeros((DRAWS, *tables.shape))
    if n:
        flat = tables.reshape(len(tables), -1)
        drawn = rng.multinomial(n, flat / n, size=(DRAWS, len(tables))).reshape(DRAWS, *tables.shape)
    return [
        [
            _moved(
                report.rate(successes=int(table.sum(axis=0)[state]), n=int(table.sum(axis=0)[1:].sum())),
                _step(table, state),
                _step(drawn[:, place], state),
            )
            for place, table in enumerate(tables)
        ]
        for state in states
    ]


def _crossed(before: Ints, after: Ints, size: int) -> Ints:
    """Count the comparisons by their state before and after, shape (size, size)."""
    counted: Ints = np.bincount(before * size + after, minlength=size * size).reshape(size, size)
    return counted


def _step(tables: Ints | Floats, state: int) -> Floats:
    """Return by how much the share of a state moves in each table of (..., before, after)."""
    before, after = (_share(tables.sum(axis=axis), state) for axis in (-1, -2))
    return after - before


def _share(margins: Ints | Floats, state: int) -> Floats:
    counted = np.asarray(margins[..., 1:].sum(axis=-1), dtype=float)
    out = np.full(counted.shape, np.nan)
    share: Floats = np.divide(margins[..., state], counted, out=out, where=counted > 0)
    return share


def _moved(rate: report.Rate, step: Floats | float, drawn: Floats) -> Moved:
    """Put a figure and its move together; the interval is stretched where needed to hold the move."""
    by = float(step)
    known = drawn[~np.isnan(drawn)]
    if np.isnan(by):
        return Moved(**dataclasses.asdict(rate), by=None, by_low=None, by_high=None)
    low, high = np.quantile(known, [0.025, 0.975]) if known.size else (by, by)
    return Moved(**dataclasses.asdict(rate), by=by, by_low=min(float(low), by), by_high=max(float(high), by))


@dataclasses.dataclass(frozen=True)
class _Distances:
    """Games of the reference, who comes first, and of those asked for, on the data (K, C, C) and on the
    bootstrap's draws (K, B, C, C); with DD to the reference by all principles, (K,) and (K, B).
    """

    played: Floats
    sampled: Floats
    value: Floats
    drawn: Floats

    def without(self, place: int, clashes: Ints) -> list[Moved]:
        """Return DD without a principle of those asked for: priorities are fitted anew, on the data and on
        the draws; ``clashes`` are the pairs that each decided on which the others clash.
        """
        kept = np.delete(np.arange(self.played.shape[-1]), place)
        value, drawn = (
            _to_the_first(priorities.fit(games=rows[..., kept[:, None], kept]))
            for rows in (self.played, self.sampled)
        )
        return [
            _moved(_spread(now, draws, int(n)), now - before, draws - earlier)
            for now, draws, n, before, earlier in zip(
                value[1:], drawn[1:], clashes, self.value[1:], self.drawn[1:], strict=True
            )
        ]


def _distances(prepared: report.Prepared, controls: report.Controls, whose: list[int]) -> _Distances:
    basis = prepared.basis
    places = [report.place_of(prepared=prepared, name=controls.reference), *whose]
    weights, drawn = basis.weights[places], basis.drawn[places]
    return _Distances(
        basis.played[places], basis.sampled[places], _to_the_first(weights), _to_the_first(drawn)
    )


def _to_the_first(weights: Floats) -> Floats:
    """Return DD of each annotator to the first; NaN where it is not defined."""
    return measures.discrepancies(weights=weights, other=weights[:1])


def _spread(value: float, draws: Floats, n: int) -> report.Rate:
    """Return DD with its bootstrap range, stretched where needed to hold it."""
    if np.isnan(value):
        return report.Rate(None, None, None, n)
    found = published.spread(values=draws)
    low, high = (min(found.low, value), max(found.high, value)) if found else (value, value)
    return report.Rate(float(value), float(low), float(high), n)
