"""What a process has used: its memory, how long its steps took, and how long the rest will take."""

import os
import platform
import resource
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch

_STATM = Path("/proc/self/statm")
_TOLD = ("torch", "transformers", "trl", "peft")
"""Libraries by whose versions a result may differ."""


def machine() -> dict[str, str]:
    """Return what a run was trained on: the device, and the versions of the libraries."""
    device = torch.cuda.get_device_name() if torch.cuda.is_available() else f"{platform.machine()} processor"
    return {"device": device, **{name: found for name in _TOLD if (found := _version(name))}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def peak_memory_mb() -> float:
    """Return the most memory in use at once, in MB: the GPU's where there is one, else the process's."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def memory_mb() -> float:
    """Return the memory held now, in MB: of the GPU where there is one, else by the process."""
    if torch.cuda.is_available():
        return torch.cuda.memory_reserved() / 1e6
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return peak_memory_mb()


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


class Pace:
    """Says about once a second how fast a run is and how long the rest will take."""

    def __init__(self, *, every: float = 1.0) -> None:
        self._every = every
        self._first: tuple[int, float] | None = None
        self._told = (0, 0.0)

    def after(self, *, step: int, steps: int) -> dict[str, float]:
        """Return what is to be told after a step of so many; nothing where it is too early."""
        now = time.monotonic()
        if self._first is None:
            self._first = self._told = (step, now)
            return {}
        done, took = step - self._told[0], now - self._told[1]
        if done <= 0 or took <= 0 or (took < self._every and step < steps):
            return {}
        self._told = (step, now)
        of_all = (now - self._first[1]) / (step - self._first[0])
        return {
            "steps_per_second": done / took,
            "memory_mb": memory_mb(),
            "seconds_left": (steps - step) * of_all,
        }
