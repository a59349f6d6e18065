"""The edges of a graph as columns: what a picture of thousands of them needs, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.moralgraph.domain.answers import Answer, Key
from apps.moralgraph.domain.edges import Edge

_DIGITS = 6


@dataclass(frozen=True)
class EdgeColumns:
    """One place an edge in each column: its ends, the counts of both directions together, and w.

    ``both_ways`` says that both directions were asked, so that one person may have answered twice.
    """

    less_wise: tuple[Key, ...]
    wiser: tuple[Key, ...]
    counts: Mapping[str, tuple[int, ...]]
    likelihood: tuple[float, ...]
    both_ways: tuple[bool, ...]

    @classmethod
    def of(cls, edges: Sequence[Edge]) -> "EdgeColumns":
        """Return edges as columns, in their order."""
        return cls(
            less_wise=tuple(edge.less_wise for edge in edges),
            wiser=tuple(edge.wiser for edge in edges),
            counts={
                answer.value: tuple(getattr(edge.counts, answer.value) for edge in edges) for answer in Answer
            },
            likelihood=tuple(round(edge.likelihood, _DIGITS) for edge in edges),
            both_ways=tuple(len(edge.asked) > 1 for edge in edges),
        )

    def __len__(self) -> int:
        return len(self.less_wise)

    def n(self, place: int) -> int:
        """Return the answers about a pair; "not about this" is none."""
        return sum(self.counts[answer.value][place] for answer in Answer if answer is not Answer.NOT_ABOUT)

    def about(self, value: Key) -> list[int]:
        """Return the places of the edges with a value at one of their ends."""
        ends = zip(self.less_wise, self.wiser, strict=True)
        return [place for place, pair in enumerate(ends) if value in pair]
