"""What a process has used: its peak of memory, and how long its steps took."""

import resource
import time

import torch


def peak_memory_mb() -> float:
    """Return the most memory in use at once, in MB: the GPU's where there is one, else the process's."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


class StepClock:
    """Times steps; the first is left out where there are others, because it warms things up."""

    def __init__(self) -> None:
        self._began = 0.0
        self._seconds: list[float] = []

    def begin(self) -> None:
        """A step begins."""
        self._began = time.monotonic()

    def end(self) -> None:
        """The step has ended."""
        self._seconds.append(time.monotonic() - self._began)

    @property
    def seconds_a_step(self) -> float:
        """Return the mean time of a step, 0 where there was none."""
        counted = self._seconds[1:] or self._seconds
        return sum(counted) / len(counted) if counted else 0.0
