"""What processes use of the machine, read from /proc."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.installation import Installation

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
DRIVER = "driver (this test)"


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def busy_seconds() -> float:
    """Return the processor time that everything on this machine has used."""
    fields = [int(text) for text in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / TICKS


def share_got(seconds: float = 0.5) -> float:
    """Return how much of a core a busy loop gets right now: 1 on an idle machine, less beside other work."""
    began, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        pass
    return (time.process_time() - used) / (time.perf_counter() - began)


def describe_load() -> str:
    """Return in a line how busy the machine is with other things."""
    waiting = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {waiting:.1f}; a busy loop gets {share_got():.0%} of one"


@dataclass
class Meter:
    """Shares of one core and memory, between ``begin`` and ``end``."""

    installation: Installation
    began: float = 0.0
    before: dict[str, float] = field(default_factory=dict)
    used: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def _used(self) -> dict[str, float]:
        pids = {name: row["pid"] for name, row in self.installation.processes().items()}
        used = {name: cpu_seconds(pid) for name, pid in pids.items()}
        return used | {DRIVER: cpu_seconds(os.getpid()), "whole machine": busy_seconds()}

    def begin(self) -> "Meter":
        """Begin to count."""
        self.began, self.before = time.monotonic(), self._used()
        return self

    def end(self) -> "Meter":
        """Stop counting."""
        took = time.monotonic() - self.began
        after = self._used()
        self.used = {name: used - self.before.get(name, 0.0) for name, used in after.items()}
        self.shares = {name: used / took for name, used in self.used.items()}
        pids = {name: row["pid"] for name, row in self.installation.processes().items()}
        self.memory = {name: memory_mb(pid) for name, pid in pids.items()} | {DRIVER: memory_mb(os.getpid())}
        return self

    def each(self, messages: int) -> str:
        """Return in a line what a message cost, the figure that other work changes least."""
        web, driver = (1000 * self.used[name] / max(messages, 1) for name in ("web", DRIVER))
        rate = 1000 / web if web else 0.0
        return (
            f"processor time a message: web {web:.1f} ms, driver {driver:.1f} ms; "
            f"a core of its own would bear {rate:.0f} messages a second"
        )

    def table(self) -> str:
        """Return one row a process."""
        rows = [f"{'process':22} {'share of a core':>15} {'MB':>8}"]
        for name, share in self.shares.items():
            mb = f"{self.memory[name]:8.0f}" if name in self.memory else " " * 8
            rows.append(f"{name:22} {share:14.0%} {mb}")
        return "\n".join(rows)
