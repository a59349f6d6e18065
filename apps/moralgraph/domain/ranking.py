"""Rule ``touchstone``: paired comparisons with a prior, and what other participants might have said.

``paired`` states the model: a vote that going from a to b makes a person wiser tells that b is the wiser, a
"not wiser" that a is, "the same" that they are close, whichever way the pair was asked; and people's leaning
to say "wiser" to whatever they are shown is estimated beside the scores and taken off. "Unsure" says nothing
of which value is the wiser: it counts as a judgement and moves no score. "Not about this" is left out.

Scores s (log-odds, around 0) have a Normal(0, tau^2) prior, which keeps them finite where a value always wins
and draws values with few votes towards the middle. Where tau is not given it is estimated from the votes
(empirical Bayes): the tau at which

    (|s|^2 + trace of the scores' posterior covariance) / tau^2 = n + log(tau),

the stationary point of Laplace's approximation to the marginal likelihood with a Normal(0, 1) prior on log
tau, so that a handful of votes leaves tau near 1.

Uncertainty is a weighted bootstrap over participants (Rubin 1981; Newton, Polson and Xu 2021): in each draw
every participant's votes are weighted anew, the priors' means are drawn from the priors and log tau from how
sure it is, and all is fitted again. Without the priors a value that nobody judged would seem to be known
exactly. Few participants say little of how votes scatter (a value that won five of five seems to be certain):
beside P participants the model counts as kappa = 30 more (a Dirichlet process centred at it: Lyddon,
Walker and Holmes 2018): weights are 1 + sqrt(P / (P + kappa)) (E - 1) with E from Exponential(1), and the
share kappa / (P + kappa) of the slope's scatter comes from the model. Draws come in pairs with the same
weights and all else opposite, so that reversing every vote reverses every interval exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import brentq

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.paired import (
    TIES_SD,
    Comparisons,
    Fitted,
    Floats,
    Place,
    compare,
    fit,
    problem,
    trace,
)
from apps.moralgraph.domain.places import places
from apps.moralgraph.domain.results import Ranking, Scored, Spread, spread, support_of

RULE = "touchstone"
_TAU_SPREAD = 1.0
"""The standard deviation of the prior on log tau."""
_WORTH_OF_MODEL = 30
"""How many participants the model is worth beside those who voted, where it says how votes scatter."""
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
    prior_sd_spread: float
    leaning_sd: float
    fitted: Fitted

    @property
    def scores(self) -> Floats:
        """Return the values' scores, rounded beyond what the fit can tell, so that what is equal is equal."""
        found: Floats = np.round(self.fitted.scores[:, 0], 9) + 0.0
        return found

    @property
    def at_fit(self) -> Place:
        """Return the log posterior at the fit."""
        asked = problem(
            self.comparisons,
            prior_sd=self.prior_sd,
            leaning_sd=self.leaning_sd,
            weights=self.weights[:, None],
        )
        return asked.at(self.fitted.theta)


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
    tau, spread_of_tau = (
        (chosen.prior_sd, 0.0) if chosen.prior_sd else _tau(comparisons, held, chosen.leaning_sd)
    )
    best = fit(comparisons, prior_sd=tau, leaning_sd=chosen.leaning_sd, weights=held[:, None])
    return Model(comparisons, held, tau, spread_of_tau, chosen.leaning_sd, best)


def drawn(model: Model, parameters: Parameters) -> Floats:
    """Return draws x values: scores of resampled participants, each draw with mean 0."""
    comparisons, half = model.comparisons, -(-parameters.draws // 2)
    rng = np.random.default_rng(parameters.seed)
    seen = comparisons.voters / (comparisons.voters + _WORTH_OF_MODEL)
    held = 1 + np.sqrt(seen) * (rng.exponential(size=(half, comparisons.voters)).T - 1)
    tau = model.prior_sd * np.exp(model.prior_sd_spread * rng.normal(size=half))
    ahead, opposite = _shaken(model, tau, 1 - seen, rng)
    found = fit(
        comparisons,
        prior_sd=np.tile(tau, 2)[: parameters.draws],
        leaning_sd=model.leaning_sd,
        weights=np.hstack([held, held])[:, : parameters.draws] * model.weights[:, None],
        offsets=np.hstack([ahead, opposite])[:, : parameters.draws],
        start=model.fitted.theta[:, 0],
        tolerance=1e-6 * max(1.0, len(comparisons.ends) / 100),
    )
    scores = found.scores - found.scores.mean(axis=0) if comparisons.n else found.scores
    return np.ascontiguousarray(scores.T)


def _shaken(model: Model, tau: Floats, unseen: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the priors' means of the draws (unknowns x draws), and those of the draws opposite to them.

    A prior's mean is drawn from the prior. To it is added what moves the slope as much as votes scatter by
    the model, for the share ``unseen`` that the participants are too few to tell.
    """
    comparisons, half = model.comparisons, len(tau)
    variance = np.vstack(
        [
            np.tile(tau**2, (comparisons.n, 1)),
            np.full((comparisons.unknowns - comparisons.n, half), TIES_SD**2),
        ]
    )
    variance[comparisons.n] = model.leaning_sd**2
    means = rng.normal(size=(half, comparisons.unknowns)).T * np.sqrt(variance)
    noise = rng.normal(size=(half, len(comparisons.ends))).T * np.sqrt(unseen * model.at_fit.own)
    means[: comparisons.n + 1] += variance[: comparisons.n + 1] * (comparisons.incidence.T @ noise)
    # How readily people say "the same" does not turn round when every vote does.
    return means, np.vstack([-means[: comparisons.n + 1], means[comparisons.n + 1 :]])


def _tau(comparisons: Comparisons, weights: Floats, leaning_sd: float) -> tuple[float, float]:
    """Return the standard deviation of values' scores that the votes speak for, and how sure its log is."""
    if not len(comparisons.ends):
        return 1.0, _TAU_SPREAD
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
        best = low if low == least else high
    else:
        best = float(brentq(excess, low, high, xtol=1e-3))
    steepness = (excess(best - 0.1) - excess(best + 0.1)) / 0.2
    spread_of_tau = min(_TAU_SPREAD, max(steepness, 1e-9) ** -0.5)
    return float(np.round(np.exp(best), 6)), float(np.round(spread_of_tau, 6))


def _scored(
    values: Sequence[Key], scores: Floats, found: Spread, judged: Sequence[int]
) -> tuple[Scored, ...]:
    ranks = places(scores, equal="best")
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
