"""Rule ``touchstone``: paired comparisons with a prior, and what other participants might have said.

``paired`` states the model: a vote that going from a to b makes a person wiser tells that b is the wiser, a
"not wiser" that a is, "the same" that they are close, whichever way the pair was asked; and people's leaning
to say "wiser" to whatever they are shown is estimated beside the scores and taken off. "Unsure" says nothing
of which value is the wiser: it counts as a judgement and moves no score. "Not about this" is left out.

How much "the same" says follows from the votes too: beta, how sharply people keep it for values that are
close, is where its profile likelihood times a Normal(0, 1) prior on log beta is highest, from 0.1 (said of
anything: it tells next to nothing) over 1 (Davidson's law, and where nobody says it) to 10. It is no greater
than 2 / sigma(lambda), beyond which a vote for a value could speak against it.

Scores s (log-odds, around 0) have a Normal(0, tau^2) prior, which keeps them finite where a value always wins
and draws values with few votes towards the middle. Where tau is not given it is estimated from the votes
(empirical Bayes): the tau at which

    (|s|^2 + trace of the scores' posterior covariance) / tau^2 = n + log(tau),

the stationary point of Laplace's approximation to the marginal likelihood with a Normal(0, 1) prior on log
tau, so that a handful of votes leaves tau near 1.

Uncertainty is a weighted bootstrap over participants (Rubin 1981; Newton, Polson and Xu 2021): in each draw
every participant's votes are weighted anew, the priors' means are drawn from the priors and log tau from how
sure it is, and all is fitted again. Without the priors a value that nobody judged would seem to be known
exactly. Few participants say little of how votes scatter (a value that won five of five seems to be certain,
and one that lost three of fifty says little of how often it might have): beside what P participants tell the
model counts as kappa = 60 more (a Dirichlet process centred at it: Lyddon, Walker and Holmes 2018). P is the
number of participants, or the information in the votes on the value of a step that has less of it, counted in
votes of even odds, where that is less. Each step's counts follow sqrt(P / (P + kappa)) of the participants'
weights, from Exponential(1), and the share kappa / (P + kappa) of its scatter comes from the model. Draws
come in pairs with the same weights and all else opposite, so that reversing every vote reverses every
interval exactly.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.comparisons import Comparisons, Floats, compare
from apps.moralgraph.domain.paired import TIES_SD, Fitted, Place, fit, problem, trace
from apps.moralgraph.domain.places import places
from apps.moralgraph.domain.results import Ranking, Scored, Spread, spread, support_of

RULE = "touchstone"
_TAU_SPREAD = 1.0
"""The standard deviation of the prior on log tau."""
_WORTH_OF_MODEL = 60
"""How many participants the model is worth beside those who voted, where it says how votes scatter."""
_TAU_BOUNDS = (0.1, 10.0)
_SHARPNESS_SPREAD, _SHARPNESS_BOUNDS = 1.0, (0.1, 10.0)
"""The standard deviation of the prior on log beta."""
_MOST_SHARPNESS = 2.0
"""How much beta times the chance of "the same" between equal values may be."""


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
    sharpness: float
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
            sharpness=self.sharpness,
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
            "sharpness": round(model.sharpness, 6),
        },
    )


def fitted(
    votes: Ballots, *, parameters: Parameters | None = None, weights: Mapping[Key, float] | None = None
) -> Model:
    """Fit the model once; tau is estimated where it is not given, and beta where somebody said "the same"."""
    chosen = parameters or Parameters()
    comparisons = compare(votes)
    held = np.array([(weights or {}).get(voter, 1.0) for voter in votes.voters])
    tau, spread_of_tau, sharpness = chosen.prior_sd, 0.0, 1.0
    if not chosen.prior_sd:
        tau, spread_of_tau = _tau(comparisons, held, chosen.leaning_sd, sharpness)
    if comparisons.ties:
        sharpness = _sharpness(comparisons, held, chosen.leaning_sd, tau)
        if not chosen.prior_sd:
            tau, spread_of_tau = _tau(comparisons, held, chosen.leaning_sd, sharpness, tau)
    best = fit(
        comparisons,
        prior_sd=tau,
        leaning_sd=chosen.leaning_sd,
        sharpness=sharpness,
        weights=held[:, None],
    )
    return Model(comparisons, held, tau, spread_of_tau, chosen.leaning_sd, sharpness, best)


def drawn(model: Model, parameters: Parameters) -> Floats:
    """Return draws x values: scores of resampled participants, each draw with mean 0."""
    comparisons, half = model.comparisons, -(-parameters.draws // 2)
    rng = np.random.default_rng(parameters.seed)
    held = rng.exponential(size=(half, comparisons.voters)).T
    tau = model.prior_sd * np.exp(model.prior_sd_spread * rng.normal(size=half))
    place = model.at_fit
    seen = _seen(place)
    ahead, opposite = _shaken(model, place, tau, 1 - seen, rng)
    found = fit(
        comparisons,
        prior_sd=np.tile(tau, 2)[: parameters.draws],
        leaning_sd=model.leaning_sd,
        sharpness=model.sharpness,
        weights=np.hstack([held, held])[:, : parameters.draws] * model.weights[:, None],
        offsets=np.hstack([ahead, opposite])[:, : parameters.draws],
        shares=np.sqrt(seen),
        around=model.weights,
        start=model.fitted.theta[:, 0],
        tolerance=1e-6 * max(1.0, len(comparisons.ends) / 100),
    )
    scores = found.scores - found.scores.mean(axis=0) if comparisons.n else found.scores
    return np.ascontiguousarray(scores.T)


def _seen(place: Place) -> Floats:
    """Return for each step how much of its votes' scatter is taken from how participants differ.

    Both of its values must have enough that could have gone either way: P votes of even odds a value, or as
    much information in more votes, count as P participants, and never as more than there are.
    """
    comparisons = place.problem.comparisons
    n, (low, high) = comparisons.n, comparisons.ends.T
    told = (place.own + place.ties.information * place.ties.pull**2)[:, 0]
    of_value = np.bincount(low, told, n) + np.bincount(high, told, n)
    worth = np.minimum(np.minimum(of_value[low], of_value[high]), comparisons.voters)
    seen: Floats = worth / (worth + _WORTH_OF_MODEL)
    return seen


def _shaken(
    model: Model, place: Place, tau: Floats, unseen: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the priors' means of the draws (unknowns x draws), and those of the draws opposite to them.

    A prior's mean is drawn from the prior. To it is added what moves the slope as much as votes scatter by
    the model, for each step's share ``unseen`` that the participants are too few to tell.
    """
    comparisons, half, ties = model.comparisons, len(tau), place.ties
    variance = np.vstack(
        [
            np.tile(tau**2, (comparisons.n, 1)),
            np.full((comparisons.unknowns - comparisons.n, half), TIES_SD**2),
        ]
    )
    variance[comparisons.n] = model.leaning_sd**2
    means = rng.normal(size=(half, comparisons.unknowns)).T * np.sqrt(variance)
    steps, none = len(comparisons.ends), np.zeros((1, half))
    one, other = (rng.normal(size=(half, steps)).T for _ in range(2))
    here, there = (
        variance * comparisons.gather(pushed, pushed, none)
        for pushed in (
            np.sqrt(unseen)[:, None] * _scattered(place, *pair) for pair in ((one, other), (other, one))
        )
    )
    tied = rng.normal(size=(half, steps)).T * np.sqrt(unseen[:, None] * ties.information)
    shaken = variance * comparisons.gather(ties.pull * tied, none, tied)
    # Who says "the same" does not turn round when every vote does.
    turned = np.vstack([-means[: comparisons.n + 1], means[comparisons.n + 1 :]])
    return means + here + shaken, turned + there + shaken


def _scattered(place: Place, wiser: Floats, not_wiser: Floats) -> Floats:
    """Return how the slope of each step's decided votes scatters by the model, from two Normal(0, 1) numbers.

    Weights of mean 1 and variance 1 on k votes add up to about k exp(v z - v^2 / 2), v^2 = log(1 + 1 / k):
    never below 0, so that votes which hardly ever come can be many more than were expected and not many
    fewer. k are the votes that the model expects either way.
    """
    decided = place.problem.decided
    p = (1 + place.direction) / 2

    def beyond(expected: Floats, z: Floats) -> Floats:
        v = np.sqrt(np.log1p(1 / np.maximum(expected, 1e-12)))
        more: Floats = expected * (np.exp(v * z - v**2 / 2) - 1)
        return more

    found: Floats = 2 * (1 - p) * beyond(decided * p, wiser) - 2 * p * beyond(decided * (1 - p), not_wiser)
    return found


def _tau(
    comparisons: Comparisons, weights: Floats, leaning_sd: float, sharpness: float, start: float = 1.0
) -> tuple[float, float]:
    """Return the standard deviation of values' scores that the votes speak for, and how sure its log is."""
    if not len(comparisons.ends):
        return 1.0, _TAU_SPREAD
    theta: Floats | None = None

    def excess(log_tau: float) -> float:
        nonlocal theta
        tau = float(np.exp(log_tau))
        asked: dict[str, Any] = {
            "prior_sd": tau,
            "leaning_sd": leaning_sd,
            "sharpness": sharpness,
            "weights": weights[:, None],
        }
        found = fit(comparisons, start=theta, tolerance=1e-8, **asked)
        theta = found.theta[:, 0]
        around = trace(problem(comparisons, **asked).at(found.theta))
        size = float((found.scores**2).sum())
        return float((size + around) / tau**2 - comparisons.n - log_tau / _TAU_SPREAD**2)

    best = _balanced(excess, _TAU_BOUNDS, start=float(np.log(start)))
    steepness = (excess(best - 0.1) - excess(best + 0.1)) / 0.2
    spread_of_tau = min(_TAU_SPREAD, max(steepness, 1e-9) ** -0.5)
    return float(np.round(np.exp(best), 6)), float(np.round(spread_of_tau, 6))


def _sharpness(comparisons: Comparisons, weights: Floats, leaning_sd: float, tau: float) -> float:
    """Return beta: how sharply people keep "the same" for values that are close, as far as the votes tell."""
    theta: Floats | None = None

    def excess(log_beta: float) -> float:
        nonlocal theta
        beta = float(np.exp(log_beta))
        asked: dict[str, Any] = {
            "prior_sd": tau,
            "leaning_sd": leaning_sd,
            "sharpness": beta,
            "weights": weights[:, None],
        }
        found = fit(comparisons, start=theta, tolerance=1e-8, **asked)
        theta = found.theta[:, 0]
        if beta * float(expit(found.ties[0])) > _MOST_SHARPNESS:
            return -1.0
        ties = problem(comparisons, **asked).at(found.theta).ties
        return float((ties.off * ties.further).sum() - log_beta / _SHARPNESS_SPREAD**2)

    return float(np.round(np.exp(_balanced(excess, _SHARPNESS_BOUNDS)), 6))


def _balanced(excess: Callable[[float], float], bounds: tuple[float, float], start: float = 0.0) -> float:
    """Return the log at which an excess falls to 0 between two bounds, or that of the bound it leads to.

    Outwards from the start, because the ends are far from where votes lead and slow to fit.
    """
    least, most = float(np.log(bounds[0])), float(np.log(bounds[1]))
    # Each look is a fit, and both ends are looked at again.
    excess = cache(excess)
    low = high = start
    if excess(start) > 0:
        while high < most and excess(high) > 0:
            low, high = high, min(high + 0.4, most)
    else:
        while low > least and excess(low) <= 0:
            low, high = max(low - 0.4, least), low
    if excess(low) <= 0 or excess(high) >= 0:
        return low if low == least else high
    return float(brentq(excess, low, high, xtol=1e-3))


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
