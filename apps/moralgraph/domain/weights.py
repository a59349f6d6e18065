"""How much each voter counts: weights of a survey, or groups that count by their share of a population.

Weights have mean 1 over the voters who are ranked, so that they shift who counts and not how much there is.
With groups, a voter of group g counts

    w = (s_g / sum of s over the groups that voted) * N / N_g,

where N_g of the N voters with a group belong to g and s_g is the group's share (1 where none is given: every
group then counts the same). This is post-stratification (Holt and Smith 1979). Whoever has no weight or no
group counts 1. What weighting costs is told by the effective number of voters (Kish 1965),

    n_eff = (sum of w)^2 / sum of w^2,  from 1 to N.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.files import FileError, read_table


class NoWeight(ValueError):
    """Nobody who voted would count."""


@dataclass(frozen=True)
class Balance:
    """By what people told of themselves groups are weighed, and by which shares; without, all count the same.

    Written ``age`` or ``age=old:70,young:30``; shares are in any unit.
    """

    trait: str
    shares: Mapping[str, float] | None = None

    @classmethod
    def read(cls, text: str) -> "Balance":
        """Read how groups are weighed. Raises NoWeight."""
        trait, _, told = text.partition("=")
        if not told:
            return cls(trait)
        shares: dict[str, float] = {}
        for part in told.split(","):
            group, _, number = part.rpartition(":")
            try:
                shares[group] = float(number)
            except ValueError as error:
                raise NoWeight(f"The share “{part}” is no group with a number, such as “old:70”.") from error
            if not 0 <= shares[group] < math.inf:
                raise NoWeight(f"The share of “{group}” must be 0 or more, and finite.")
        if not math.fsum(shares.values()) > 0:
            raise NoWeight("All shares are 0, so nobody would count.")
        return cls(trait, shares)

    def sentence(self, *, question: str, answers: Mapping[str, str]) -> str:
        """Return what is weighed, in the words of those who asked."""
        if self.shares is None:
            return f"Every group by “{question}” counts the same."
        whole = math.fsum(self.shares.values())
        told = [f"{answers.get(group, group)}: {share / whole:.0%}" for group, share in self.shares.items()]
        return f"Groups by “{question}” count by shares that were set: {', '.join(told)}.".replace("%", " %")


def voters_of(votes: Ballots) -> list[Key]:
    """Return who cast a vote that counts."""
    cast = np.bincount(votes.counted.voter, minlength=len(votes.voters)) > 0
    return [name for name, there in zip(votes.voters, cast.tolist(), strict=True) if there]


def scaled(*, voters: Iterable[Key], weights: Mapping[Key, float]) -> dict[Key, float]:
    """Return the weights of these voters with mean 1; voters without one are left out. Raises NoWeight."""
    held = {voter: weights[voter] for voter in voters if voter in weights}
    total = math.fsum(held.values())
    if held and not total > 0:
        raise NoWeight("All who voted have the weight 0, so nothing is left to rank.")
    return {voter: weight * len(held) / total for voter, weight in held.items()}


def by_group(
    *, voters: Iterable[Key], groups: Mapping[Key, str], shares: Mapping[str, float] | None = None
) -> dict[Key, float]:
    """Return weights by which each group counts by its share; voters without a group are left out.

    Raises NoWeight.
    """
    told = {voter: groups[voter] for voter in voters if groups.get(voter)}
    sizes = Counter(told.values())
    unknown = sorted(set(sizes) - set(shares)) if shares is not None else []
    if unknown:
        raise NoWeight(f"There is no share for the group “{unknown[0]}”.")
    share = {group: 1.0 if shares is None else shares[group] for group in sizes}
    return scaled(voters=told, weights={voter: share[group] / sizes[group] for voter, group in told.items()})


def effective(*, voters: Iterable[Key], weights: Mapping[Key, float]) -> float:
    """Return n_eff of these voters; 0 where there are none."""
    held = [weights.get(voter, 1.0) for voter in voters]
    squares = math.fsum(weight**2 for weight in held)
    return math.fsum(held) ** 2 / squares if squares else 0.0


def read_weights(raw: bytes, *, name: str) -> dict[Key, float]:
    """Read a table with the columns participant and weight. Raises FileError."""
    return _numbers(raw, name, "participant", "weight")


def read_shares(raw: bytes, *, name: str) -> dict[str, float]:
    """Read a table with the columns group and share, in any unit. Raises FileError."""
    return {str(group): share for group, share in _numbers(raw, name, "group", "share").items()}


def read_groups(raw: bytes, *, name: str) -> dict[Key, str]:
    """Read a table with the columns participant and group; an empty group is none. Raises FileError."""
    found: dict[Key, str] = {}
    for row, cells in read_table(raw, name=name, columns=("participant", "group")):
        _new(cells["participant"], found, f"{name}, row {row}", "participant")
        found[cells["participant"]] = cells["group"]
    return found


def _numbers(raw: bytes, name: str, key: str, value: str) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for row, cells in read_table(raw, name=name, columns=(key, value)):
        where = f"{name}, row {row}"
        _new(cells[key], found, where, key)
        try:
            number = float(cells[value])
        except ValueError as error:
            raise FileError(f"{where}: the {value} “{cells[value]}” is no number.") from error
        if not 0 <= number < math.inf:
            raise FileError(f"{where}: the {value} “{cells[value]}” must be 0 or more, and finite.")
        found[cells[key]] = number
    return found


def _new(key: str, found: Mapping[Key, object], where: str, what: str) -> None:
    if not key:
        raise FileError(f"{where}: {what} is empty.")
    if key in found:
        raise FileError(f"{where}: the {what} “{key}” is there twice.")
