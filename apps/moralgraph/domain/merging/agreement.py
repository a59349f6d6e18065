"""How well groups that were found agree with groups that people made."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from apps.moralgraph.domain.merging.candidates import Floats


@dataclass(frozen=True)
class Agreement:
    """Pairs of cards that both put together, only one did; and two measures of it.

    ``f1`` = 2 P R / (P + R) over pairs, in [0, 1]. ``adjusted_rand`` is the Rand index less its expectation
    for groups of these sizes drawn by chance, over the most that it could be (Hubert and Arabie 1985): 1 for
    the same groups, 0 for what chance gives.
    """

    both: int
    only_found: int
    only_labelled: int
    f1: float
    adjusted_rand: float

    @property
    def precision(self) -> float:
        """Which share of the pairs that were found is labelled so."""
        return _share(self.both, self.both + self.only_found)

    @property
    def recall(self) -> float:
        """Which share of the labelled pairs was found."""
        return _share(self.both, self.both + self.only_labelled)


def compare(found: Sequence[Hashable], labelled: Sequence[Hashable]) -> Agreement:
    """Return how groups agree; each list names the group of every card in one order."""
    both = _pairs_in(zip(found, labelled, strict=True))
    ours, theirs, every = _pairs_in(found), _pairs_in(labelled), comb(len(found), 2)
    expected = ours * theirs / every if every else 0.0
    most = (ours + theirs) / 2
    # Both all alone, or both all together: the same groups, where the formula divides nothing by nothing.
    rand = 1.0 if most == expected else (both - expected) / (most - expected)
    return Agreement(both, ours - both, theirs - both, f1=_share(2 * both, ours + theirs), adjusted_rand=rand)


def group(similarity: Floats, *, threshold: float) -> list[int]:
    """Return a group for each card: two groups join while the mean similarity between them reaches the cut.

    Args: ``similarity`` (cards, cards). Average linkage: a chain of near pairs alone joins nothing.
    """
    if len(similarity) < 2:
        return [0] * len(similarity)
    distance = np.clip(1 - (similarity + similarity.T) / 2, 0, None)
    np.fill_diagonal(distance, 0)
    tree = hierarchy.linkage(squareform(distance, checks=False), "average")
    return [int(label) for label in hierarchy.fcluster(tree, 1 - threshold, "distance")]


def _pairs_in(groups: "Sequence[Hashable] | zip[tuple[Hashable, Hashable]]") -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
