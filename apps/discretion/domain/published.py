"""The published measures of every annotator from ternary arrays, with bootstrap and noise floor.

Khalaf et al., "AI Alignment at Your Discretion" (FAccT 2025). Their table prints the mean and the standard
deviation of 100 paired bootstraps; here these stand beside the value of the data as they are, because the
mean lies above it: resampling only ever pulls two orders apart.
"""

import dataclasses
from collections.abc import Sequence

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


def measure(
    *, votes: Votes, reference: int, min_active: int = 1, draws: int = 100, seed: int = 42
) -> Published:
    """Measure every annotator against the one in place ``reference``.

    ``min_active`` restricts arbitrariness alone: categories, supremacy, priorities and discrepancy are as
    published whatever it is. ``draws`` 0 leaves the bootstrap out.
    """
    found = categories.categorise(preferences=votes.preferences)
    played = [games.play(preferences=votes.preferences, choice=choice) for choice in votes.choices]
    drawn, floor = _draw(votes, reference, draws, np.random.default_rng(seed))
    weights = priorities.fit(games=np.stack(played))
    rows = [
        Annotator(
            name=name,
            decided=int(np.count_nonzero(votes.choices[place])),
            arbitrariness=measures.arbitrariness(
                annotator=votes.choices[place], categories=found, min_active=min_active
            ),
            games=played[place],
            weights=weights[place],
            discrepancy=measures.discrepancy(weights=weights[place], other=weights[reference]),
            bootstrap=_between(drawn[place], drawn[reference]),
            drawn=drawn[place],
        )
        for place, name in enumerate(votes.annotators)
    ]
    return Published(votes.preferences.shape[1], found, tuple(rows), reference, floor)


def _draw(votes: Votes, reference: int, draws: int, rng: np.random.Generator) -> tuple[Floats, Spread | None]:
    """Return every annotator's weights on the same draws, (K, B, C), and the reference's noise floor."""
    everybody = range(len(votes.annotators))
    if not draws:
        return np.empty((len(everybody), 0, len(votes.principles))), None
    clashes = games.condense(preferences=votes.preferences, choices=votes.choices)
    drawn = _fitted(clashes, everybody, draws, rng)
    again = _fitted(clashes, [reference], draws, rng)
    return drawn, _between(drawn[reference], again[0])


def _fitted(
    clashes: games.Clashes, annotators: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    counts = games.resample(clashes=clashes, draws=draws, rng=rng)
    return priorities.fit(games=games.play_draws(clashes=clashes, counts=counts, annotators=annotators))


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
