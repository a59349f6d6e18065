"""How long an interview may be, counted in turns of the interviewer."""

import dataclasses

AT_LEAST = 6
TYPICAL = 7
AT_MOST = 12


@dataclasses.dataclass(frozen=True)
class Budget:
    """How many turns the interviewer has used, and how many it may use."""

    asked: int
    at_most: int = AT_MOST

    @property
    def left(self) -> int:
        """How many turns are left."""
        return max(self.at_most - self.asked, 0)

    @property
    def last(self) -> bool:
        """Whether the next turn is the last one."""
        return self.left <= 1
