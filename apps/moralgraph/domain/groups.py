"""The same graph by group: how groups differ, and what survives in all of them.

Each group is ranked by itself under ``touchstone``. A value's difference is between the groups that place it
highest and lowest, with an interval from pairing their draws. A step survives where every group that judged
its pair points the same way. A value bridges where it stands above the middle of all values (score above 0)
with at least ``SURE`` in every group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from apps.moralgraph.domain import edges, ranking
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.edges import Edge
from apps.moralgraph.domain.results import Ranking

FEWEST_PEOPLE = 5
"""A smaller group could name its members, so that it is not shown."""
SURE = 0.9


@dataclass(frozen=True)
class Group:
    """One group's people and its ranking."""

    name: str
    people: int
    ranking: Ranking


@dataclass(frozen=True)
class Difference:
    """How far apart two groups place a value (log-odds); ``certain`` where the interval leaves out 0."""

    value: Key
    highest: str
    lowest: str
    gap: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Return whether the interval leaves out "no difference"."""
        return self.low > 0


@dataclass(frozen=True)
class SharedStep:
    """A pair that every group which judged it points the same way; ``least`` is the weakest likelihood."""

    less_wise: Key
    wiser: Key
    least: float
    groups: int


@dataclass(frozen=True)
class Bridge:
    """How sure it is in the least sure group, ``where``, that a value stands above the middle."""

    value: Key
    least: float
    where: str

    @property
    def bridges(self) -> bool:
        """Return whether it is sure enough in every group."""
        return self.least >= SURE


@dataclass(frozen=True)
class Comparison:
    """Groups side by side; ``left_out`` counts people of groups too small to show, or of none."""

    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]
    shared: tuple[SharedStep, ...]
    bridges: tuple[Bridge, ...]
    left_out: int


def compare(
    *, votes: Ballots, groups: Mapping[Key, str], parameters: ranking.Parameters | None = None
) -> Comparison:
    """Rank each group of voters by itself and compare; voters without a group are left out."""
    chosen = parameters or ranking.Parameters()
    counted = votes.counted
    told = [groups.get(voter, "") for voter in counted.voters]
    active = np.bincount(counted.voter, minlength=len(told)) > 0
    sizes = {
        name: int(sum(active[place] for place, own in enumerate(told) if own == name))
        for name in sorted({name for name in told if name})
    }
    shown = [name for name, people in sizes.items() if people >= FEWEST_PEOPLE]
    parts = {
        name: counted.of_voters(np.array([own == name for own in told], dtype=np.bool_)) for name in shown
    }
    ranked = tuple(
        # Each group has its own random numbers, so that their draws are independent.
        Group(
            name, sizes[name], ranking.rank(votes=part, parameters=replace(chosen, seed=chosen.seed + turn))
        )
        for turn, (name, part) in enumerate(parts.items())
    )
    return Comparison(
        groups=ranked,
        differences=_differences(ranked, chosen.level),
        shared=_shared([edges.pool_cells(part.cells()) for part in parts.values()]),
        bridges=_bridges(ranked),
        left_out=int(np.count_nonzero(active)) - sum(sizes[name] for name in shown),
    )


def _differences(groups: Sequence[Group], level: float) -> tuple[Difference, ...]:
    if len(groups) < 2:
        return ()
    scores = [{item.value: item.score for item in group.ranking.values} for group in groups]
    tail = (1 - level) / 2
    found = []
    for column, value in enumerate(groups[0].ranking.order):
        own = [score[value] for score in scores]
        top, bottom = int(np.argmax(own)), int(np.argmin(own))
        gaps = groups[top].ranking.draws[:, column] - groups[bottom].ranking.draws[:, column]
        low, high = np.quantile(gaps, [tail, 1 - tail], method="weibull")
        found.append(
            Difference(
                value, groups[top].name, groups[bottom].name, own[top] - own[bottom], float(low), float(high)
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.low, -item.gap)))


def _shared(by_group: Sequence[Sequence[Edge]]) -> tuple[SharedStep, ...]:
    judged: dict[frozenset[Key], list[Edge]] = {}
    for group in by_group:
        for edge in group:
            if edge.n:
                judged.setdefault(frozenset((edge.less_wise, edge.wiser)), []).append(edge)
    found = []
    for pair in judged.values():
        directions = {(edge.less_wise, edge.wiser) for edge in pair}
        least = min(edge.likelihood for edge in pair)
        if len(pair) > 1 and len(directions) == 1 and least > 0.5:
            found.append(SharedStep(pair[0].less_wise, pair[0].wiser, least, len(pair)))
    return tuple(sorted(found, key=lambda step: (-step.groups, -step.least)))


def _bridges(groups: Sequence[Group]) -> tuple[Bridge, ...]:
    if len(groups) < 2:
        return ()
    above = np.array([(group.ranking.draws > 0).mean(axis=0) for group in groups])
    columns = zip(groups[0].ranking.order, above.min(axis=0), above.argmin(axis=0), strict=True)
    found = [Bridge(value, float(least), groups[int(where)].name) for value, least, where in columns]
    return tuple(sorted(found, key=lambda item: -item.least))
