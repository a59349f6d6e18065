"""How an annotator's judging goes along: drift over the whole time, learning, and fatigue within a session.

What is followed is how often overall choices are those that the same person's principles ask for, how often
they are those of the other people, and how long one item takes. A change is the difference between two parts
with Newcombe's interval for two shares (1998, method 10); of times, the difference of medians, bootstrapped.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from apps.discretion.domain import report
from apps.discretion.domain.preferences import Floats, Ints

SESSION_SECONDS = 30 * 60
"""A pause longer than this begins a new session."""

BREAK_SECONDS = 180.0
"""A gap longer than this is a break, not time spent on an item."""

STRETCH = 10
"""So many items make a stretch that is worth a share; there are ten stretches at most."""

POSITIONS: tuple[tuple[int, int | None], ...] = ((1, 20), (21, 50), (51, 100), (101, None))
"""Places in a session by which fatigue is shown."""


@dataclasses.dataclass(frozen=True)
class Acts:
    """One annotator's overall choices in the order of time: ``at`` in seconds; ``consistent`` with their own
    principles and ``agrees`` with the other people, 1 or 0, NaN where there is nothing to compare with.
    """

    rater: report.Rater
    at: Floats
    consistent: Floats
    agrees: Floats


@dataclasses.dataclass(frozen=True)
class Part:
    """The items from ``first`` to ``last`` (None: to the end)."""

    first: int
    last: int | None
    n: int
    consistent: report.Rate
    agrees: report.Rate
    seconds: float | None


@dataclasses.dataclass(frozen=True)
class Change:
    """From an earlier part to a later one; None where one of the two is not known."""

    early: float | None
    late: float | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves nought out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclasses.dataclass(frozen=True)
class Course:
    """How one annotator went along. Drift and learning go from the first third to the last; fatigue from the
    first items of a session to the last that sessions reached.
    """

    rater: report.Rater
    judged: int
    sessions: int
    stretches: tuple[Part, ...]
    positions: tuple[Part, ...]
    drift: Change
    consistency: Change
    learning: Change
    fatigue: Change


def course(*, acts: Acts) -> Course:
    """Follow one annotator through time."""
    n = len(acts.at)
    gaps = np.diff(acts.at, prepend=np.nan)
    opens = ~(gaps <= SESSION_SECONDS)
    seconds = np.where(opens | (gaps > BREAK_SECONDS), np.nan, gaps)
    places = _places(opens)
    thirds = np.array_split(np.arange(n), 3)
    positions = [_position(acts, seconds, places, bounds) for bounds in POSITIONS]
    reached = [row for row in positions if row.n]
    ends = (reached[0], reached[-1]) if len(reached) > 1 else None
    return Course(
        rater=acts.rater,
        judged=n,
        sessions=int(opens.sum()),
        stretches=tuple(_stretches(acts, seconds)),
        positions=tuple(reached),
        drift=_between(acts.agrees[thirds[0]], acts.agrees[thirds[-1]]),
        consistency=_between(acts.consistent[thirds[0]], acts.consistent[thirds[-1]]),
        learning=_times(seconds[thirds[0]], seconds[thirds[-1]]),
        fatigue=difference(early=ends[0].agrees, late=ends[1].agrees) if ends else UNKNOWN,
    )


UNKNOWN = Change(None, None, None, None, None)


def _places(opens: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Ints:
    """Return each item's place in its session, from 1."""
    counted = np.arange(len(opens))
    begun = np.maximum.accumulate(np.where(opens, counted, 0)) if len(opens) else counted
    return counted - begun + 1


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
        consistent=_share(acts.consistent[rows]),
        agrees=_share(acts.agrees[rows]),
        seconds=_median(seconds[rows]),
    )


def _share(values: Floats) -> report.Rate:
    known = values[~np.isnan(values)]
    return report.rate(successes=int(known.sum()), n=len(known))


def _median(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else None


def _between(early: Floats, late: Floats) -> Change:
    return difference(early=_share(early), late=_share(late))


def difference(*, early: report.Rate, late: report.Rate) -> Change:
    """Return late - early with Newcombe's interval: the two Wilson intervals, squared and added.

    low = d - sqrt((p2 - l2)^2 + (u1 - p1)^2),  high = d + sqrt((u2 - p2)^2 + (p1 - l1)^2)
    """
    if early.value is None or late.value is None:
        return UNKNOWN
    bounds = (early.low or 0.0, early.high or 0.0, late.low or 0.0, late.high or 0.0)
    first, last = early.value, late.value
    down = float(np.hypot(last - bounds[2], bounds[1] - first))
    up = float(np.hypot(bounds[3] - last, first - bounds[0]))
    return Change(first, last, last - first, last - first - down, last - first + up)


def _times(early: Floats, late: Floats, draws: int = 1000, seed: int = 0) -> Change:
    """Return the difference of the median times, with a bootstrap's interval."""
    first, last = (values[~np.isnan(values)] for values in (early, late))
    if len(first) < 2 or len(last) < 2:
        return UNKNOWN
    rng = np.random.default_rng(seed)
    drawn = [np.median(rng.choice(values, size=(draws, len(values))), axis=1) for values in (first, last)]
    low, high = np.quantile(drawn[1] - drawn[0], [0.025, 0.975])
    before, after = float(np.median(first)), float(np.median(last))
    return Change(before, after, after - before, float(low), float(high))


def sentence(*, found: Course) -> str:
    """Say what moved and what cannot be told from chance."""
    told = [f"{found.rater.name} judged {found.judged:,} pairs in {found.sessions:,} sessions."]
    told.append(_said(found.drift, "agreement with the others (drift)"))
    told.append(_said(found.consistency, "consistency with their own principles"))
    told.append(_said(found.learning, "seconds an item (learning)", unit=" s"))
    fatigue = _said(found.fatigue, "agreement with the others (fatigue)", frame="Along a session")
    return " ".join(part for part in (*told, fatigue) if part)


def _said(change: Change, what: str, unit: str = "", frame: str = "From the first third to the last") -> str:
    if change.value is None or change.low is None or change.high is None:
        return ""
    shown = "{:.0f}" if unit else "{:.2f}"
    moved = f"{what} went from {shown.format(change.early)} to {shown.format(change.late)}{unit}"
    certain = "" if change.clear else ", which chance alone may do"
    return f"{frame}, {moved}{certain}."


def figure(*, courses: Sequence[Course]) -> dict[str, object]:
    """Draw agreement with the others along each annotator's own items."""
    symbols = ("circle", "square", "diamond", "triangle-up", "cross", "star")
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": row.rater.name,
            "x": [part.last for part in row.stretches],
            "y": [part.agrees.value for part in row.stretches],
            "customdata": [[row.rater.id, part.agrees.n] for part in row.stretches],
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [(part.agrees.high or 0.0) - (part.agrees.value or 0.0) for part in row.stretches],
                "arrayminus": [
                    (part.agrees.value or 0.0) - (part.agrees.low or 0.0) for part in row.stretches
                ],
                "thickness": 1,
            },
            "marker": {"symbol": symbols[place % len(symbols)], "size": 8},
            "hovertemplate": f"{row.rater.name}: %{{y:.1%}}, n = %{{customdata[1]}}<extra></extra>",
        }
        for place, row in enumerate(courses)
        if any(part.agrees.n for part in row.stretches)
    ]
    moved = [row.rater.name for row in courses if row.drift.clear]
    title = (
        f"Agreement moved with time: {', '.join(moved)}" if moved else "No drift that chance could not make"
    )
    summary = "Each annotator's agreement with the other people along their own items, with 95 % intervals."
    return {
        "data": data,
        "layout": {
            "title": {"text": title, "x": 0, "xanchor": "left"},
            "margin": {"l": 8, "r": 8, "t": 48, "b": 40},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "meta": {"summary": summary},
            "xaxis": {"title": {"text": "items judged so far"}, "rangemode": "tozero"},
            "yaxis": {"range": [0, 1], "tickformat": ".0%", "title": {"text": "agreement with others"}},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "height": 380,
        },
    }
