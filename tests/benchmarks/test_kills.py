"""Twenty `kill -9` at random during fifty interviews: everybody finishes, with every message once.

The launcher starts what was killed again; people come back as the page's script does. Knobs for a shorter
run: BENCH_KILLS, BENCH_INTERVIEWS.
"""

import asyncio
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.benchmarks import crowd
from tests.benchmarks.crowd import Crowd
from tests.browser.installation import Installation

KILLS = int(os.environ.get("BENCH_KILLS", "20"))
INTERVIEWS = int(os.environ.get("BENCH_INTERVIEWS", "50"))
VICTIMS = ("web", "replies", "store")
THINKING = 5.0
BETWEEN = (2.0, 6.0)
PATIENCE = 240.0


@pytest.mark.timeout(1800)
def test_interviews_survive_random_kills(tmp_path: Path) -> None:
    """Print who was killed when, how long people waited, and what is there in the end."""
    installation = Installation(data_dir=tmp_path / "var")
    installation.start()
    try:
        asyncio.run(_interview_while_killing(installation))
    finally:
        installation.stop()


async def _interview_while_killing(installation: Installation) -> None:
    rng = random.Random(3)
    async with Crowd(address=installation.address, patience=PATIENCE) as people:
        await people.grow(INTERVIEWS)
        began = time.monotonic()
        killing = asyncio.create_task(_kill(installation, rng=rng))
        await people.finish(median=THINKING)
        blows = await killing
        took = time.monotonic() - began
        await people.settle()
        balance = crowd.compare(people, database=installation.data_dir / "touchstone.sqlite3")
        finished = sum(person.talk.phase == "card_ready" for person in people.people)
        failures = [person.failure for person in people.people if person.failure]
        again = sum(person.talk.reconnects for person in people.people)
    print(f"\n\n{INTERVIEWS} interviews, {len(blows)} kills in {took:.0f} s, sockets joined again: {again}")
    print(f"{'killed':10} {'times':>6} {'after s':>40}")
    for name in VICTIMS:
        times = [f"{moment - began:.0f}" for victim, moment in blows if victim == name]
        print(f"{name:10} {len(times):6} {' '.join(times):>40}")
    print(crowd.HEADER)
    print(crowd.row("while processes are killed", INTERVIEWS, people.latencies()))
    print(f"finished: {finished} of {INTERVIEWS}; {balance}", *failures[:5], sep="\n")
    assert finished == INTERVIEWS, failures[:5]
    assert balance.clean, balance


async def _kill(installation: Installation, *, rng: random.Random) -> list[tuple[str, float]]:
    """Kill one process after the other, each once the launcher has it running again."""
    blows: list[tuple[str, float]] = []
    while len(blows) < KILLS:
        await asyncio.sleep(rng.uniform(*BETWEEN))
        assert installation.is_alive(), installation.told()
        name = rng.choice(VICTIMS)
        try:
            pid = installation.processes()[name]["pid"]
            if pid:
                os.kill(pid, signal.SIGKILL)
                blows.append((name, time.monotonic()))
        except (OSError, KeyError, ValueError):
            continue  # Not up yet from the last blow.
    return blows
