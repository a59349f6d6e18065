"""Soft targets: what training is told about a pair of responses.

Three rules. ``verdicts``: the share of decided human votes for A. ``principle``: what one principle says,
p(x) = (1 + Pref_c(x)) / 2. ``graph``: what the moral graph says. Per
comparison x with Pref_c(x) in [-1, 1] (the mean of the named annotators' ternary votes) and graph scores
g_c, over the principles A(x) that are active (Pref_c != 0):

    w_c(x) = exp(g_c) / sum_{c' in A(x)} exp(g_c')
    p(x)   = mean over bootstrap draws of the graph of  sigma( sum_c w_c(x) Pref_c(x) / T )

so that an uncertain graph gives a soft target. A small T makes targets sharper.
"""

import dataclasses

import numpy as np

from apps.discretion.domain.preferences import Bools, Floats, sigma

TEMPERATURE = 0.25


@dataclasses.dataclass(frozen=True)
class Targets:
    """p(A preferred) per comparison, NaN where there is none, and how many were left out for which reason."""

    p: Floats
    left_out: dict[str, int]

    @property
    def usable(self) -> Bools:
        """Return which comparisons have a target."""
        return ~np.isnan(self.p)


def from_verdicts(*, ratings: Floats) -> Targets:
    """Return the share of votes for A among those that decide; ratings of shape (people, n), NaN for no
    vote.
    """
    for_a, for_b = (ratings > 0).sum(axis=0), (ratings < 0).sum(axis=0)
    decided = for_a + for_b
    p = np.divide(for_a, decided, out=np.full(decided.shape, np.nan), where=decided > 0)
    voted = (~np.isnan(ratings)).any(axis=0)
    only_ties = int((voted & (decided == 0)).sum())
    return Targets(p=p, left_out={"only ties": only_ties, "no human vote": int((~voted).sum())})


def from_principle(*, preferences: Floats) -> Targets:
    """Return p(x) = (1 + Pref(x)) / 2 from one principle's ``preferences`` (n,) in [-1, 1], NaN for none."""
    judged = ~np.isnan(preferences)
    spoken = judged & (preferences != 0)
    left_out = {
        "not judged by the principle": int((~judged).sum()),
        "the principle does not decide": int((judged & ~spoken).sum()),
    }
    return Targets(p=np.where(spoken, (1 + np.nan_to_num(preferences)) / 2, np.nan), left_out=left_out)


def from_graph(*, preferences: Floats, draws: Floats, temperature: float = TEMPERATURE) -> Targets:
    """Return p(x) from ``preferences`` (C, n) in [-1, 1] with NaN for not judged, and score ``draws`` (D, C).

    Raises ValueError where the two do not speak of the same principles or the temperature is not positive.
    """
    if draws.ndim != 2 or draws.shape[1] != len(preferences) or not len(draws) or temperature <= 0:
        raise ValueError(
            "Scores must be draws x principles, one column a principle, and the temperature positive."
        )
    votes = np.nan_to_num(preferences)
    active = votes != 0
    p = np.zeros(votes.shape[1])
    for scores in draws:
        p += sigma(_weighted(votes, active, scores) / temperature)
    judged = (~np.isnan(preferences)).any(axis=0)
    spoken = active.any(axis=0)
    left_out = {
        "no principle judged": int((~judged).sum()),
        "no principle decides": int((judged & ~spoken).sum()),
    }
    return Targets(p=np.where(spoken, p / len(draws), np.nan), left_out=left_out)


def _weighted(votes: Floats, active: Bools, scores: Floats) -> Floats:
    """Return sum_c w_c Pref_c with the softmax taken over each comparison's active principles."""
    raised = np.exp(scores - scores.max())[:, None] * active
    total = raised.sum(axis=0)
    weighted: Floats = np.divide(
        (raised * votes).sum(axis=0), total, out=np.zeros(votes.shape[1]), where=total > 0
    )
    return weighted
