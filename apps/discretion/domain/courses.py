"""How an annotator's judging goes along: learning over the whole time, and fatigue within a sitting.

What is followed are shares of an annotator's items (``TRACKS``) and the time that one item takes. A change is
the difference between two parts, with Newcombe's interval for two shares (1998, method 10); of times, the
difference of medians, bootstrapped.
"""

import dataclasses
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np

from apps.discretion.domain import report
from apps.discretion.domain.preferences import Bools, Floats, Ints

SESSION_SECONDS = 30 * 60
"""A pause longer than this begins a new sitting."""

BREAK_SECONDS = 180.0
"""A gap longer than this is a break, not time spent on an item."""

STRETCH = 10
"""So many items make a stretch that is worth a share; there are ten stretches at most."""

SITTING = 6
"""A sitting of fewer items has no beginning and end that could be held against each other."""

FEW = 10
"""A change between parts of fewer items than this is shown, and never called a finding."""

POSITIONS: tuple[tuple[int, int | None], ...] = ((1, 20), (21, 50), (51, 100), (101, None))
"""Places in a sitting by which fatigue is drawn."""

SECONDS = "seconds"
TRACKS = {
    "agrees": "agreement with the other people",
    "against": "arbitrariness",
    "decided": "coverage",
    "first": "decisions for the response on the left",
    "consistent": "own principles followed",
}
"""The shares that are followed, and how a sentence names them."""


@dataclasses.dataclass(frozen=True)
class Acts:
    """One annotator's overall choices in the order of time: ``at`` in seconds, and for each of ``TRACKS`` 1
    or 0, NaN where there is nothing to compare with.
    """

    rater: report.Rater
    at: Floats
    said: Mapping[str, Floats]


@dataclasses.dataclass(frozen=True)
class Part:
    """The items from ``first`` to ``last`` (None: to the end); ``seconds`` is the median time of one."""

    first: int
    last: int | None
    n: int
    shares: dict[str, report.Rate]
    seconds: report.Rate


@dataclasses.dataclass(frozen=True)
class Change:
    """From an earlier part to a later one, each with its n; None where one of the two is not known."""

    early: float | None
    late: float | None
    value: float | None
    low: float | None
    high: float | None
    early_n: int
    late_n: int

    @property
    def few(self) -> bool:
        """Whether one of the parts is too small to say anything."""
        return min(self.early_n, self.late_n) < FEW

    @property
    def clear(self) -> bool:
        """Whether the parts are large enough and the interval leaves nought out."""
        known = self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)
        return known and not self.few


@dataclasses.dataclass(frozen=True)
class Track:
    """One of the shares, or the time of an item: ``learning`` goes from the first third of all items to the
    last, ``fatigue`` from the first third of every sitting to its last.
    """

    name: str
    learning: Change
    fatigue: Change


@dataclasses.dataclass(frozen=True)
class Course:
    """How one annotator went along."""

    rater: report.Rater
    judged: int
    sessions: int
    stretches: tuple[Part, ...]
    positions: tuple[Part, ...]
    tracks: tuple[Track, ...]

    def track(self, name: str) -> Track:
        """Return what is followed under this name."""
        return next(row for row in self.tracks if row.name == name)


def course(*, acts: Acts) -> Course:
    """Follow one annotator through time."""
    n = len(acts.at)
    gaps = np.diff(acts.at, prepend=np.nan)
    opens = ~(gaps <= SESSION_SECONDS)
    seconds = np.where(opens | (gaps > BREAK_SECONDS), np.nan, gaps)
    places, sizes = _places(opens)
    thirds = np.array_split(np.arange(n), 3)
    sitting = sizes >= SITTING
    begin, end = ((sitting & (steps * 3 <= sizes)).nonzero()[0] for steps in (places, sizes - places + 1))
    positions = [_position(acts, seconds, places, bounds) for bounds in POSITIONS]
    return Course(
        rater=acts.rater,
        judged=n,
        sessions=int(opens.sum()),
        stretches=tuple(_stretches(acts, seconds)),
        positions=tuple(row for row in positions if row.n),
        tracks=(
            *(
                Track(name, _between(said, thirds[0], thirds[-1]), _between(said, begin, end))
                for name, said in acts.said.items()
            ),
            Track(SECONDS, _times(seconds, thirds[0], thirds[-1]), _times(seconds, begin, end)),
        ),
    )


def _places(opens: Bools) -> tuple[Ints, Ints]:
    """Return each item's place in its sitting, from 1, and the sitting's size."""
    if not len(opens):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    which = np.cumsum(opens) - 1
    sizes = np.bincount(which)
    begun = np.flatnonzero(opens)
    return np.arange(len(opens)) - begun[which] + 1, sizes[which]


def _stretches(acts: Acts, seconds: Floats) -> list[Part]:
    n = len(acts.at)
    pieces = np.array_split(np.arange(n), min(10, max(1, n // STRETCH))) if n else []
    return [_part(acts, seconds, piece, int(piece[0]) + 1, int(piece[-1]) + 1) for piece in pieces]


def _position(acts: Acts, seconds: Floats, places: Ints, bounds: tuple[int, int | None]) -> Part:
    first, last = bounds
    inside = (places >= first) & (places <= (last or len(places)))
    return _part(acts, seconds, inside.nonzero()[0], first, last)


def _part(acts: Acts, seconds: Floats, rows: Ints, first: int, last: int | None) -> Part:
    return Part(
        first=first,
        last=last,
        n=len(rows),
        shares={name: _share(said[rows]) for name, said in acts.said.items()},
        seconds=median(values=seconds[rows]),
    )


def _share(values: Floats) -> report.Rate:
    known = values[~np.isnan(values)]
    return report.rate(successes=int(known.sum()), n=len(known))


def median(*, values: Floats) -> report.Rate:
    """Return the median of what is known, with the interval from order statistics (Conover 1999, 3.2).

    With z = 1.96 the bounds are the values in places n/2 - z sqrt(n)/2 and 1 + n/2 + z sqrt(n)/2, rounded to
    the nearest; below six values these places do not exist, and there is no interval.
    """
    known = np.sort(values[~np.isnan(values)])
    n = len(known)
    if not n:
        return report.Rate(None, None, None, 0)
    reach = NormalDist().inv_cdf(0.975) * n**0.5 / 2
    low, high = round(n / 2 - reach), round(1 + n / 2 + reach)
    value = float(np.median(known))
    if low < 1 or high > n:
        return report.Rate(value, None, None, n)
    return report.Rate(value, float(known[low - 1]), float(known[high - 1]), n)


def _between(said: Floats, early: Ints, late: Ints) -> Change:
    return difference(early=_share(said[early]), late=_share(said[late]))


def difference(*, early: report.Rate, late: report.Rate) -> Change:
    """Return late - early with Newcombe's interval: the two Wilson intervals, squared and added.

    low = d - sqrt((p2 - l2)^2 + (u1 - p1)^2),  high = d + sqrt((u2 - p2)^2 + (p1 - l1)^2)
    """
    if early.value is None or late.value is None:
        return Change(early.value, late.value, None, None, None, early.n, late.n)
    bounds = (early.low or 0.0, early.high or 0.0, late.low or 0.0, late.high or 0.0)
    first, last = early.value, late.value
    down = float(np.hypot(last - bounds[2], bounds[1] - first))
    up = float(np.hypot(bounds[3] - last, first - bounds[0]))
    step = last - first
    return Change(first, last, step, step - down, step + up, early.n, late.n)


def _times(seconds: Floats, early: Ints, late: Ints, draws: int = 1000, seed: int = 0) -> Change:
    """Return the difference of the median times, with a bootstrap's interval."""
    first, last = (seconds[rows][~np.isnan(seconds[rows])] for rows in (early, late))
    before, after = (float(np.median(values)) if len(values) else None for values in (first, last))
    if before is None or after is None or min(len(first), len(last)) < 2:
        return Change(before, after, None, None, None, len(first), len(last))
    rng = np.random.default_rng(seed)
    drawn = [np.median(rng.choice(values, size=(draws, len(values))), axis=1) for values in (first, last)]
    low, high = np.quantile(drawn[1] - drawn[0], [0.025, 0.975])
    return Change(before, after, after - before, float(low), float(high), len(first), len(last))


def sentence(*, found: Course) -> str:
    """Say of one annotator what moved, what cannot be told from chance, and what is too little to say."""
    judged, sittings = _counted(found.judged, "pair"), _counted(found.sessions, "sitting")
    told = [f"{found.rater.name} judged {judged} in {sittings}."]
    for frame, part in (
        ("From the first third of these to the last", "learning"),
        ("From the first third of a sitting to its last", "fatigue"),
    ):
        changes = [(row.name, getattr(row, part)) for row in found.tracks]
        moved = [said(name=name, change=change) for name, change in changes if change.clear]
        still = [name for name, change in changes if change.value is not None and not change.clear]
        if moved:
            told.append(f"{frame}, {'; '.join(moved)}.")
        elif still and all(change.few for _, change in changes):
            told.append(f"{frame} there are too few items to say whether anything moved.")
        elif still:
            told.append(f"{frame}, nothing moved that chance could not.")
    return " ".join(told)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def label(name: str) -> str:
    """Return how a sentence names what is followed."""
    return TRACKS.get(name, "seconds an item")


def said(*, name: str, change: Change) -> str:
    """Say a change that is known, with its interval and both n."""
    shown = "{:.0f}" if name == SECONDS else "{:.2f}"
    early, late, low, high = (
        shown.format(value) for value in (change.early, change.late, change.low, change.high)
    )
    return (
        f"{label(name)} went from {early} (n = {change.early_n:,}) to {late} (n = {change.late_n:,}), a "
        f"change of {low} to {high} with 95 % confidence"
    )
