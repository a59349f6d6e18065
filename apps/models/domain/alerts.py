"""What somebody must hear about a run: of which kinds, when a loss has gone astray, what a log says of it."""

import collections
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

Kind = Literal["nan", "divergence", "stall", "disk", "lost_worker", "failure"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WINDOW = 20
TIMES = 2.0
LINES = 4
GENTLER = 3.0
"""A learning rate is gentler that is a third of what led astray."""
RATES = ("learning_rate", "head_learning_rate")
_NOISE = re.compile(r"warning|deprecated|^\s*(warnings\.warn|File \"|\^+$|~+)|it/s\]|s/it\]", re.IGNORECASE)


class LossWatch:
    """Says when a loss has left where it began.

    With m the mean loss of the first 20 steps and l that of the last 20, a run diverges where l > 2 m. A loss
    that is not above 0 from the start, such as a policy gradient's, tells nothing this way and is left alone.
    """

    def __init__(self) -> None:
        self._first: list[float] = []
        self._last: collections.deque[float] = collections.deque(maxlen=WINDOW)
        self._told = False

    def diverges(self, loss: float) -> float | None:
        """Take in the loss of a step; return l / m where the run diverges, once."""
        if len(self._first) < WINDOW:
            self._first.append(loss)
            return None
        self._last.append(loss)
        began = math.fsum(self._first) / WINDOW
        if self._told or len(self._last) < WINDOW or began <= 0:
            return None
        times = math.fsum(self._last) / WINDOW / began
        self._told = times > TIMES
        return times if self._told else None

    def recovers(self) -> bool:
        """Say once whether a loss that had gone astray is back where it began: l <= m."""
        if not self._told or math.fsum(self._last) > math.fsum(self._first):
            return False
        self._told = False
        return True


def gentler(kind: str, config: Mapping[str, Any]) -> dict[str, float]:
    """Return the settings with which a run whose loss went astray is to be tried again, none for others."""
    if kind not in {"nan", "divergence"}:
        return {}
    return {name: float(f"{config[name] / GENTLER:.2g}") for name in RATES if name in config}


def useful_lines(text: str, *, count: int = LINES) -> list[str]:
    """Return the last lines of a log that say something: no empty ones, no warnings, no places in code."""
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    told = [line[:300] for line in lines if line and not _NOISE.search(line)]
    return told[-count:]
