"""The published measures of every annotator from ternary arrays, with bootstrap and noise floor.

Khalaf et al., "AI Alignment at Your Discretion" (FAccT 2025). Their table prints the mean and the standard
deviation of 100 paired bootstraps; here these stand beside the value of the data as they are, because the
mean lies above it: resampling only ever pulls two orders apart.
"""

import dataclasses

import numpy as np

from apps.discretion.domain import categories, games, measures, priorities
from apps.discretion.domain.preferences import Floats, Signs


@dataclasses.dataclass(frozen=True)
class Votes:
    """Who said what of n comparisons: ``preferences`` (C, n) and ``choices`` (K, n), each -1, 0 or +1."""

    principles: tuple[str, ...]
    annotators: tuple[str, ...]
    preferences: Signs
    choices: Signs


@dataclasses.dataclass(frozen=True)
class Spread:
    """A number on resampled data: its mean, standard deviation and 2.5, 95 and 97.5 % points."""

    mean: float
    sd: float
    low: float
    p95: float
    high: float


@dataclasses.dataclass(frozen=True)
class Annotator:
    """One annotator's measures: how many pairs are decided, DA as a count, G (C, C), w (C,), and DD to the
    reference (None where it is not defined) with its paired bootstrap.

    ``drawn`` (B, C) holds the weights of each bootstrap.
    """

    name: str
    decided: int
    arbitrariness: measures.Count
    games: Floats
    weights: Floats
    discrepancy: float | None
    bootstrap: Spread | None
    drawn: Floats


@dataclasses.dataclass(frozen=True)
class Published:
    """The measures of all annotators; ``floor`` is DD between two independent bootstraps of the reference."""

    n: int
    found: categories.Categories
    annotators: tuple[Annotator, ...]
    reference: int
    floor: Spread | None


@dataclasses.dataclass(frozen=True)
class Basis:
    """All that neither the reference nor the minimum of active principles changes: a control that moves only
    these takes up what is here.

    ``played`` (K, C, C) and ``weights`` (K, C) of everybody; ``sampled`` (K, B, C, C) and ``drawn`` (K, B, C)
    the same on the paired draws; ``again`` (B, m) a second, independent set of draws, on which only a
    reference is measured.
    """

    votes: Votes
    found: categories.Categories
    played: Floats
    weights: Floats
    sampled: Floats
    drawn: Floats
    clashes: games.Clashes | None
    again: games.Counts | None
    floors: dict[int, Spread | None] = dataclasses.field(default_factory=dict)

    def floor(self, reference: int) -> Spread | None:
        """Return DD between the two sets of draws of one annotator; kept, since anybody may be asked for."""
        if self.clashes is None or self.again is None:
            return None
        if reference not in self.floors:
            played = games.play_draws(clashes=self.clashes, counts=self.again, annotators=[reference])
            again = priorities.fit(games=played[0])
            self.floors[reference] = _between(self.drawn[reference], again)
        return self.floors[reference]


def measure(
    *, votes: Votes, reference: int, min_active: int = 1, draws: int = 100, seed: int = 42
) -> Published:
    """Measure every annotator against the one in place ``reference``.

    ``min_active`` restricts arbitrariness alone: categories, supremacy, priorities and discrepancy are as
    published whatever it is. ``draws`` 0 leaves the bootstrap out.
    """
    basis = prepare(votes=votes, draws=draws, seed=seed)
    return compare(basis=basis, reference=reference, min_active=min_active)


def prepare(*, votes: Votes, draws: int, seed: int) -> Basis:
    """Compute what does not depend on whom everybody is compared with."""
    found = categories.categorise(preferences=votes.preferences)
    played = np.stack([games.play(preferences=votes.preferences, choice=choice) for choice in votes.choices])
    weights = priorities.fit(games=played)
    if not draws:
        size = len(votes.principles)
        nothing = (np.empty((len(played), 0, size, size)), np.empty((len(played), 0, size)))
        return Basis(votes, found, played, weights, *nothing, None, None)
    rng = np.random.default_rng(seed)
    clashes = games.condense(preferences=votes.preferences, choices=votes.choices)
    counts = games.resample(clashes=clashes, draws=draws, rng=rng)
    sampled = games.play_draws(clashes=clashes, counts=counts, annotators=range(len(played)))
    drawn = priorities.fit(games=sampled)
    again = games.resample(clashes=clashes, draws=draws, rng=rng)
    return Basis(votes, found, played, weights, sampled, drawn, clashes, again)


def compare(
    *, basis: Basis, reference: int, min_active: int = 1, ruled: categories.Categories | None = None
) -> Published:
    """Compare everybody with the annotator in place ``reference``; ``ruled`` says against what arbitrariness
    is counted, the consensus of the principles where left out.
    """
    votes, weights = basis.votes, basis.weights
    rows = [
        Annotator(
            name=name,
            decided=int(np.count_nonzero(votes.choices[place])),
            arbitrariness=measures.arbitrariness(
                annotator=votes.choices[place], categories=ruled or basis.found, min_active=min_active
            ),
            games=basis.played[place],
            weights=weights[place],
            discrepancy=measures.discrepancy(weights=weights[place], other=weights[reference]),
            bootstrap=_between(basis.drawn[place], basis.drawn[reference]),
            drawn=basis.drawn[place],
        )
        for place, name in enumerate(votes.annotators)
    ]
    n = votes.preferences.shape[1]
    return Published(n, basis.found, tuple(rows), reference, basis.floor(reference))


def _between(first: Floats, second: Floats) -> Spread | None:
    """Return DD between the rows of two sets of weights; None where no draw has one."""
    return spread(values=measures.discrepancies(weights=first, other=second))


def spread(*, values: Floats) -> Spread | None:
    """Describe draws, those left out in which the number is not defined (NaN); None where none is left."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    low, p95, high = np.quantile(known, [0.025, 0.95, 0.975])
    sd = float(known.std(ddof=1)) if known.size > 1 else 0.0
    return Spread(float(known.mean()), sd, float(low), float(p95), float(high))
