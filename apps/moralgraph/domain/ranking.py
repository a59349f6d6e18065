"""Rule ``touchstone``: paired comparisons with a prior, and what other participants might have said.

The model is that of Bradley and Terry (1952): a vote that going from value i to value j makes a person wiser
is a win of j over i, and P(j beats i) = sigma(s_j - s_i), sigma(x) = 1 / (1 + exp(-x)). "Not wiser" is a win
of i; "unsure" and "the same" are half a win for each; "not about this" is left out. Scores s (log-odds,
around 0) maximise

sum over votes of w log sigma(s_winner - s_loser)  -  sum over values of (s_c - m_c)^2 / (2 tau^2)

with m = 0: a normal prior of standard deviation tau, which keeps scores finite where a value always wins and
draws values with few votes towards the middle.

Uncertainty is a weighted Bayesian bootstrap over participants (Rubin 1981; Newton, Polson and Xu 2021): in
each draw every participant's votes are weighted by an Exponential(1) variable and the prior's mean m_c by a
Normal(0, tau^2) variable, then the scores are fitted again. Without the second part a value that nobody
judged would seem to be known exactly. Draws come in pairs with the same weights and opposite m, so that
reversing every vote reverses every interval exactly.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import rankdata

from apps.moralgraph.domain.answers import Answer, Judgement, Key
from apps.moralgraph.domain.paired import Comparisons, fit
from apps.moralgraph.domain.results import Ranking, Scored, support_of

RULE = "touchstone"
_SHARE_OF_WISER = {Answer.WISER: 1.0, Answer.NOT_WISER: 0.0, Answer.UNSURE: 0.5, Answer.SAME: 0.5}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Parameters:
    """What the rule can be told: draws, the prior's tau in log-odds, seed, level of the intervals."""

    draws: int = 400
    prior_sd: float = 1.0
    seed: int = 1
    level: float = 0.95

    def __post_init__(self) -> None:
        if not 2 <= self.draws <= 10_000 or self.draws % 2:
            raise ValueError("draws: an even number from 2 to 10,000.")
        if not 0.05 <= self.prior_sd <= 20:
            raise ValueError("prior_sd: a number from 0.05 to 20.")
        if not 0.5 <= self.level < 1:
            raise ValueError("level: a number from 0.5 to below 1.")


def rank(
    *, judgements: Iterable[Judgement], values: Sequence[Key], parameters: Parameters | None = None
) -> Ranking:
    """Rank the values by the judgements between them; judgements of other values are left out.

    The order of the judgements does not matter. The order of ``values`` matters to nothing but which random
    numbers each value gets, and to the order of values whose scores are equal.
    """
    chosen = parameters or Parameters()
    index = {value: position for position, value in enumerate(values)}
    counted = [
        item
        for item in judgements
        if item.answer in _SHARE_OF_WISER and item.less_wise in index and item.wiser in index
    ]
    compared = comparisons(counted, values)
    # Rounded beyond what the fit can tell, so that what is equal is equal.
    scores = np.round(fit(compared, prior_sd=chosen.prior_sd)[:, 0], 9) + 0.0
    draws = np.round(_draws(compared, scores, chosen), 9)
    return Ranking(
        rule=RULE,
        parameters=asdict(chosen),
        values=_scored(values, scores, draws, _judgements_of(counted, index), chosen.level),
        votes=len(counted),
        participants=compared.voters,
        support=support_of(p_top=float(_p_top(draws).max(initial=0.0)), votes=len(counted)),
        order=tuple(values),
        draws=draws,
    )


def comparisons(counted: Sequence[Judgement], values: Sequence[Key]) -> Comparisons:
    """Return votes between the values, "not about this" left out before, as wins by pair and voter."""
    index = {value: position for position, value in enumerate(values)}
    names = sorted({str(item.voter) for item in counted})
    rows = {name: row for row, name in enumerate(names)}
    table = np.array(
        [
            (index[item.less_wise], index[item.wiser], rows[str(item.voter)], _SHARE_OF_WISER[item.answer])
            for item in counted
            if item.less_wise != item.wiser
        ]
    ).reshape(-1, 4)
    less_wise, wiser, voter = table[:, :3].astype(np.int64).T
    share = np.where(wiser < less_wise, table[:, 3], 1 - table[:, 3])
    ends, pair = np.unique(
        np.column_stack([np.minimum(less_wise, wiser), np.maximum(less_wise, wiser)]),
        axis=0,
        return_inverse=True,
    )
    shape = (len(ends), len(names))
    # Halves and ones add up exactly, so that the sums are the same in any order.
    first = sparse.coo_array((share, (pair.ravel(), voter)), shape=shape).tocsr()
    second = sparse.coo_array((1 - share, (pair.ravel(), voter)), shape=shape).tocsr()
    return Comparisons(n=len(index), ends=ends, first=first, second=second)


def _draws(comparisons: Comparisons, scores: Floats, parameters: Parameters) -> Floats:
    """Return draws x values: scores of resampled participants, each draw with mean 0."""
    rng = np.random.default_rng(parameters.seed)
    half = parameters.draws // 2
    weights = rng.exponential(size=(half, comparisons.voters)).T
    means = rng.normal(scale=parameters.prior_sd, size=(half, comparisons.n)).T
    means -= means.mean(axis=0, keepdims=True) if comparisons.n else 0.0
    fitted = fit(
        comparisons,
        prior_sd=parameters.prior_sd,
        weights=np.hstack([weights, weights]),
        prior_means=np.hstack([means, -means]),
        start=scores,
        tolerance=1e-6,
    )
    return np.ascontiguousarray(fitted.T)


def _p_top(draws: Floats) -> Floats:
    """Return for each value the share of draws in which it is first, shared where several are."""
    if not draws.size:
        return np.ones(draws.shape[1])
    best = draws == draws.max(axis=1, keepdims=True)
    share: Floats = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    return share


def _judgements_of(counted: Sequence[Judgement], index: dict[Key, int]) -> NDArray[np.int64]:
    ends = [index[value] for item in counted for value in (item.less_wise, item.wiser)]
    return np.bincount(np.array(ends, dtype=np.int64), minlength=len(index)).astype(np.int64)


def _scored(
    values: Sequence[Key], scores: Floats, draws: Floats, n: NDArray[np.int64], level: float
) -> tuple[Scored, ...]:
    if not values:
        return ()
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    # Equal scores share the best place on one side and the worst on the other: a tie is not knowledge.
    rank_low = np.quantile(rankdata(-draws, method="min", axis=1), tail, axis=0, method="lower")
    rank_high = np.quantile(rankdata(-draws, method="max", axis=1), 1 - tail, axis=0, method="higher")
    p_top = _p_top(draws)
    ranks = rankdata(-scores, method="min")
    best_first = sorted(range(len(values)), key=lambda position: (ranks[position], position))
    return tuple(
        Scored(
            value=values[position],
            score=float(scores[position]),
            rank=int(ranks[position]),
            n=int(n[position]),
            low=float(min(low[position], scores[position])),
            high=float(max(high[position], scores[position])),
            p_top=float(p_top[position]),
            rank_low=math.floor(rank_low[position]),
            rank_high=math.ceil(rank_high[position]),
        )
        for position in best_first
    )
