"""People dealt into those whose judgements a model is trained on and those whose it is held against."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from apps.models.domain.splits import shuffled_place

_Person = TypeVar("_Person")


class TooFew(ValueError):
    """One person cannot stand on both sides."""


@dataclass(frozen=True)
class Halves(Generic[_Person]):
    """Two groups that share nobody."""

    train: frozenset[_Person]
    held_out: frozenset[_Person]


def deal(people: Collection[_Person], *, held_out: float, seed: int) -> Halves[_Person]:
    """Deal people to two sides in a seeded order, at least one to each; ``held_out`` is a share from 0 to 1.

    Raises TooFew for fewer than two people.
    """
    if len(people) < 2:
        raise TooFew("It takes two people to train on one and to hold against another.")
    order = sorted(people, key=lambda person: shuffled_place(seed=seed, key=str(person)))
    aside = min(max(round(held_out * len(order)), 1), len(order) - 1)
    return Halves(train=frozenset(order[aside:]), held_out=frozenset(order[:aside]))
