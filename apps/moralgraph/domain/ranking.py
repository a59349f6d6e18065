"""Rule ``touchstone``: paired comparisons with a prior, and what other participants might have said.

``paired`` states the model: a vote that going from a to b makes a person wiser tells that b is the wiser, a
"not wiser" that a is, "the same" that they are close, whichever way the pair was asked; and people's leaning
to say "wiser" to whatever they are shown is estimated beside the scores and taken off. "Unsure" says nothing
of which value is the wiser: it counts as a judgement and moves no score. "Not about this" is left out.

Scores s (log-odds, around 0) have a Normal(0, tau^2) prior, which keeps them finite where a value always wins
and draws values with few votes towards the middle. Where tau is not given it is estimated from the votes
(empirical Bayes): the tau at which

    (|s|^2 + trace of the scores' posterior covariance) / tau^2 = n + log(tau) / 0.5^2,

the stationary point of Laplace's approximation to the marginal likelihood with a Normal(0, 0.5^2) prior on
log tau, so that a handful of votes leaves tau near 1.

Uncertainty is a weighted Bayesian bootstrap over participants (Rubin 1981; Newton, Polson and Xu 2021): in
each draw every participant's votes are weighted by an Exponential(1) variable and the priors' means by draws
from the priors, then all is fitted again. Without the second part a value that nobody judged would seem to be
known exactly. Draws come in pairs with the same weights and opposite means, so that reversing every vote
reverses every interval exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.stats import rankdata

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.paired import (
    TIES_SD,
    Comparisons,
    Fitted,
    Floats,
    compare,
    fit,
    problem,
    trace,
)
from apps.moralgraph.domain.results import Ranking, Scored, Spread, spread, support_of

RULE = "touchstone"
_TAU_SPREAD = 0.5
"""The standard deviation of the prior on log tau."""
_TAU_BOUNDS = (0.1, 10.0)


@dataclass(frozen=True)
class Parameters:
    """What the rule can be told: draws, the priors' tau and psi in log-odds, seed, level of the intervals.

    A ``prior_sd`` of 0 stands for a tau that is estimated from the votes, a ``leaning_sd`` of 0 for people
    who are taken not to lean towards "wiser".
    """

    draws: int = 400
    prior_sd: float = 0.0
    leaning_sd: float = 1.0
    seed: int = 1
    level: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.draws <= 10_000:
            raise ValueError("draws: a whole number from 0 to 10,000.")
        if self.prior_sd and not 0.05 <= self.prior_sd <= 20:
            raise ValueError("prior_sd: a number from 0.05 to 20, or 0 to estimate it.")
        if not 0 <= self.leaning_sd <= 20:
            raise ValueError("leaning_sd: a number from 0 to 20.")
        if self.seed < 0:
            raise ValueError("seed: a whole number from 0.")
        if not 0.5 <= self.level < 1:
            raise ValueError("level: a number from 0.5 to below 1.")


@dataclass(frozen=True)
class Model:
    """Votes as comparisons with the prior that they are fitted under, and their best fit."""

    comparisons: Comparisons
    weights: Floats
    prior_sd: float
    leaning_sd: float
    fitted: Fitted

    @property
    def scores(self) -> Floats:
        """Return the values' scores, rounded beyond what the fit can tell, so that what is equal is equal."""
        found: Floats = np.round(self.fitted.scores[:, 0], 9) + 0.0
        return found

    @property
    def top(self) -> int | None:
        """Return the position of the value with the highest score, the first of equals."""
        return int(np.argmax(self.scores)) if len(self.scores) else None


def rank(
    *, votes: Ballots, parameters: Parameters | None = None, weights: Mapping[Key, float] | None = None
) -> Ranking:
    """Rank the values by the votes between them.

    ``weights`` says how much each voter counts (1 where it says nothing). The order of the votes does not
    matter. The order of values matters to nothing but which random numbers each value gets, and to the order
    of values whose scores are equal.
    """
    chosen = parameters or Parameters()
    counted = votes.counted
    model = fitted(counted, parameters=chosen, weights=weights)
    draws = np.round(drawn(model, chosen), 9)
    found = spread(draws, level=chosen.level)
    judged = np.bincount(np.r_[counted.less_wise, counted.wiser], minlength=len(votes.values))
    return Ranking(
        rule=RULE,
        parameters=asdict(chosen),
        values=_scored(votes.values, model.scores, found, judged.tolist()),
        votes=len(counted),
        participants=counted.people,
        support=support_of(
            p_top=float(found.p_top.max(initial=0.0)) if len(draws) else None, votes=len(counted)
        ),
        order=votes.values,
        draws=draws,
        fitted={
            "prior_sd": round(model.prior_sd, 6),
            "leaning": round(float(model.fitted.leaning[0]), 6),
        },
    )


def fitted(
    votes: Ballots, *, parameters: Parameters | None = None, weights: Mapping[Key, float] | None = None
) -> Model:
    """Fit the model once; tau is estimated where it is not given."""
    chosen = parameters or Parameters()
    comparisons = compare(votes)
    held = np.array([(weights or {}).get(voter, 1.0) for voter in votes.voters])
    tau = chosen.prior_sd or _tau(comparisons, held, chosen.leaning_sd)
    best = fit(comparisons, prior_sd=tau, leaning_sd=chosen.leaning_sd, weights=held[:, None])
    return Model(comparisons, held, tau, chosen.leaning_sd, best)


def drawn(model: Model, parameters: Parameters) -> Floats:
    """Return draws x values: scores of resampled participants, each draw with mean 0."""
    size, half = model.comparisons.unknowns, -(-parameters.draws // 2)
    rng = np.random.default_rng(parameters.seed)
    held = rng.exponential(size=(half, model.comparisons.voters)).T * model.weights[:, None]
    scale = np.full(size, model.prior_sd)
    scale[model.comparisons.n :] = [model.leaning_sd, TIES_SD][: size - model.comparisons.n]
    means = rng.normal(size=(half, size)).T * scale[:, None]
    if model.comparisons.n:
        means[: model.comparisons.n] -= means[: model.comparisons.n].mean(axis=0)
    # How readily people say "the same" does not turn round when every vote does.
    opposite = np.vstack([-means[: model.comparisons.n + 1], means[model.comparisons.n + 1 :]])
    found = fit(
        model.comparisons,
        prior_sd=model.prior_sd,
        leaning_sd=model.leaning_sd,
        weights=np.hstack([held, held])[:, : parameters.draws],
        offsets=np.hstack([means, opposite])[:, : parameters.draws],
        start=model.fitted.theta[:, 0],
        tolerance=1e-6 * max(1.0, len(model.comparisons.ends) / 100),
    )
    return np.ascontiguousarray(found.scores.T)


def _tau(comparisons: Comparisons, weights: Floats, leaning_sd: float) -> float:
    """Return the standard deviation of values' scores that the votes speak for."""
    if not len(comparisons.ends):
        return 1.0
    theta: Floats | None = None

    def excess(log_tau: float) -> float:
        nonlocal theta
        tau = float(np.exp(log_tau))
        asked: dict[str, Any] = {"prior_sd": tau, "leaning_sd": leaning_sd, "weights": weights[:, None]}
        found = fit(comparisons, start=theta, tolerance=1e-8, **asked)
        theta = found.theta[:, 0]
        around = trace(problem(comparisons, **asked).at(found.theta))
        size = float((found.scores**2).sum())
        return float((size + around) / tau**2 - comparisons.n - log_tau / _TAU_SPREAD**2)

    # Outwards from 1, because the ends are far from where votes lead and slow to fit.
    low = high = 0.0
    least, most = np.log(_TAU_BOUNDS)
    if excess(0.0) > 0:
        while high < most and excess(high) > 0:
            low, high = high, min(high + 0.4, most)
    else:
        while low > least and excess(low) <= 0:
            low, high = max(low - 0.4, least), low
    if excess(low) <= 0 or excess(high) >= 0:
        return float(np.exp(low if low == least else high))
    return float(np.round(np.exp(brentq(excess, low, high, xtol=1e-3)), 6))


def _scored(
    values: Sequence[Key], scores: Floats, found: Spread, judged: Sequence[int]
) -> tuple[Scored, ...]:
    ranks = rankdata(-scores, method="min").astype(int)
    best_first = sorted(range(len(values)), key=lambda position: (ranks[position], position))
    return tuple(
        _within(
            Scored(
                value=values[position],
                score=float(scores[position]),
                rank=int(ranks[position]),
                n=int(judged[position]),
                **found.of(position),
            )
        )
        for position in best_first
    )


def _within(item: Scored) -> Scored:
    """Return the value with an interval that holds its score, as few draws may not."""
    if item.low is None or item.high is None:
        return item
    return replace(item, low=min(item.low, item.score), high=max(item.high, item.score))
