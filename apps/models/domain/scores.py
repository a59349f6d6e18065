"""What a checkpoint says about pairs."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class ScorablePair:
    """Two responses that a checkpoint is asked to judge."""

    id: str
    prompt: str
    response_a: str
    response_b: str


@dataclasses.dataclass(frozen=True)
class PairScore:
    """A checkpoint's scores of a pair; none, with a reason, where it cannot read the pair whole."""

    id: str
    score_a: float | None
    score_b: float | None
    skipped_reason: str = ""

    @property
    def preference(self) -> int | None:
        """Return 1 where A is preferred, -1 where B is, 0 for equal scores, None where there is none."""
        if self.score_a is None or self.score_b is None:
            return None
        return (self.score_a > self.score_b) - (self.score_a < self.score_b)
