"""How many people the guided interview bears at once: the first word's delay, what is lost, and memory.

A crowd with its own cookies and sockets talks to the processes of `make run`, first at human pace, then all
within a second, then more and more of them. Knobs for a shorter run: BENCH_PEOPLE, BENCH_THINKING (median
seconds), BENCH_MESSAGES, BENCH_MOST.
"""

import asyncio
import os
import time
from pathlib import Path

import pytest

from tests.benchmarks import crowd, machine
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.machine import Meter
from tests.browser.installation import Installation

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "200"))
THINKING = float(os.environ.get("BENCH_THINKING", "20"))
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "10"))
MOST = int(os.environ.get("BENCH_MOST", "1600"))
STEP_MESSAGES = 2
LIMIT_SECONDS = 1.0
TARGETS = {"at human pace": 0.3, "all within a second": 3.0}


@pytest.mark.timeout(3600)
def test_a_crowd_in_the_guided_interview(tmp_path: Path) -> None:
    """Print the delays and the processes of both phases, then where the delay passes a second."""
    installation = Installation(data_dir=tmp_path / "var")
    installation.start()
    try:
        lines = asyncio.run(_talk(installation))
        lines += asyncio.run(_climb(installation))
    finally:
        installation.stop()
    print("\n\n" + "\n".join(lines))


async def _talk(installation: Installation) -> list[str]:
    lines = [f"{PEOPLE} people, {MESSAGES} messages each, thinking {THINKING:g} s (median), guided interview"]
    lines += [machine.describe_load()]
    async with Crowd(address=installation.address) as people:
        began = time.monotonic()
        await people.grow(PEOPLE)
        lines.append(f"consent and forms: {PEOPLE / (time.monotonic() - began):.1f} people a second")
        for phase, target in TARGETS.items():
            meter, began = Meter(installation).begin(), time.monotonic()
            if target < LIMIT_SECONDS:
                await people.converse(messages=MESSAGES, median=THINKING)
            else:
                await people.burst()
            meter.end()
            found = people.latencies(since=began)
            lines += ["", crowd.HEADER, crowd.row(phase, PEOPLE, found)]
            reached = crowd.percentiles(found)[1] <= target
            lines += [f"target: p95 at most {1000 * target:.0f} ms, {'reached' if reached else 'missed'}"]
            lines += [meter.each(len(found)), meter.table()]
        await people.settle()
        balance = crowd.compare(people, database=installation.data_dir / "touchstone.sqlite3")
        failures = [person.failure for person in people.people if person.failure]
    lines += ["", f"{balance}", *failures[:5]]
    print("\n".join(lines), flush=True)
    assert balance.clean, (balance, failures[:5])
    return []


async def _climb(installation: Installation) -> list[str]:
    """Let more and more people talk at human pace, until the 95th percentile passes a second."""
    lines = [crowd.HEADER]
    print("\n" + crowd.HEADER)
    async with Crowd(address=installation.address, seed=2, first=10_000) as people:
        size = PEOPLE // 2
        while size <= MOST:
            await people.grow(size)
            meter, began = Meter(installation).begin(), time.monotonic()
            await people.converse(messages=STEP_MESSAGES, median=THINKING)
            meter.end()
            found = people.latencies(since=began)
            web, whole = meter.shares["web"], meter.shares["whole machine"]
            more = f"  web {web:.0%} of a core, {meter.memory['web']:.0f} MB; machine {whole:.0%}"
            lines.append(crowd.row("more and more", size, found) + more)
            print(lines[-1], flush=True)
            if crowd.percentiles(found)[1] > LIMIT_SECONDS:
                return [f"The 95th percentile passes a second between {size // 2} and {size} people."]
            size *= 2
    return [f"The 95th percentile stays under a second up to {size // 2} people."]
