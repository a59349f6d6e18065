"""A run that was stopped, or killed, ends exactly where an undisturbed one ends."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apps.models.training import loop
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from tests.models.training.conftest import MakeRun
from tests.models.training.lines import events_of, lines_of, points_of
from tests.models.training.stops import StopAfter

pytestmark = pytest.mark.training
ROOT = Path(__file__).resolve().parents[3]


def train(folder: RunFolder, stop: StopWatch | None = None) -> None:
    """Train in this process."""
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=stop or StopWatch())
    log.close()


def weights_of(folder: RunFolder) -> str:
    """Return the hash of the final weights."""
    return hashlib.sha256((folder.model / "model.safetensors").read_bytes()).hexdigest()


TWO_EPOCHS = {"epochs": 2, "batch_size": 6}


@pytest.fixture(scope="module")
def through(make_shared_run: MakeRun) -> RunFolder:
    """Return the folder of a full run of two epochs that nothing disturbed."""
    folder = make_shared_run("through", **TWO_EPOCHS)
    train(folder)
    return folder


@pytest.mark.parametrize("stop_at", [3, 7, 13])
def test_a_full_run_stopped_anywhere_ends_bit_for_bit_as_if_it_had_not_been(
    make_run: MakeRun, through: RunFolder, stop_at: int
) -> None:
    halted = make_run("halted", **TWO_EPOCHS)
    train(halted, StopAfter(stop_at))
    stopped = events_of(halted, "stopped")
    train(halted)

    assert stopped[-1]["step"] == stop_at
    assert events_of(halted, "resumed")[-1]["step"] == stop_at
    assert weights_of(halted) == weights_of(through)
    for name in ("loss", "learning_rate", "held_out_accuracy", "held_out_loss"):
        assert points_of(halted, name) == points_of(through, name)
    assert sorted(points_of(through)) == list(range(1, 17))


def test_a_frozen_run_stopped_in_the_middle_ends_as_if_it_had_not_been(make_run: MakeRun) -> None:
    changes = {"mode": "frozen", "epochs": 4, "batch_size": 8, "head_learning_rate": 0.05}
    through, halted = make_run("through", **changes), make_run("halted", **changes)
    train(through)
    # The vectors are read in six batches, and each looks once: the tenth look comes after the fourth step.
    train(halted, StopAfter(10))
    train(halted)

    assert 0 < events_of(halted, "resumed")[-1]["step"] < 24
    assert weights_of(halted) == weights_of(through)
    assert points_of(halted) == points_of(through)


def test_a_stop_while_the_vectors_are_read_comes_back_to_a_whole_run(make_run: MakeRun) -> None:
    changes = {"mode": "frozen", "epochs": 2, "batch_size": 8}
    through, halted = make_run("through", **changes), make_run("halted", **changes)
    train(through)

    train(halted, StopAfter(2))
    assert events_of(halted, "stopped")[-1]["step"] == 0
    train(halted)

    assert weights_of(halted) == weights_of(through)


def test_a_broken_checkpoint_is_passed_over_for_the_one_before(make_run: MakeRun, through: RunFolder) -> None:
    halted = make_run("halted", **TWO_EPOCHS)
    train(halted, StopAfter(7))
    damaged = halted.checkpoints / "step-7" / "optimizer.pt"
    damaged.write_bytes(damaged.read_bytes()[:-10])

    train(halted)

    assert events_of(halted, "resumed")[-1]["step"] == 4
    assert weights_of(halted) == weights_of(through)
    assert points_of(halted) == points_of(through)


def start(folder: RunFolder) -> subprocess.Popen[bytes]:
    """Start a real training process that lives as long as our end of its input."""
    return subprocess.Popen(
        [sys.executable, "-m", "apps.models.training", str(folder.path)],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


def wait_for_step(folder: RunFolder, step: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has written the loss of a step."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the process ended too early"
        if folder.metrics.exists() and f'"step": {step}, "name": "loss"' in folder.metrics.read_text():
            return
        time.sleep(0.02)
    raise TimeoutError(f"No step {step} in two minutes.")


def test_processes_killed_and_orphaned_lose_and_double_nothing(make_run: MakeRun) -> None:
    changes = {"epochs": 8, "batch_size": 2, "save_every": 15, "eval_every": 40}
    through, beaten = make_run("through", **changes), make_run("beaten", **changes)
    train(through)

    with start(beaten) as killed:
        wait_for_step(beaten, 25, killed)
        killed.send_signal(signal.SIGKILL)
    with beaten.metrics.open("a") as file:
        file.write('{"n": 999, "step": 4')  # what a kill in the middle of a line leaves

    with start(beaten) as orphan:
        wait_for_step(beaten, 50, orphan)
        assert orphan.stdin is not None
        orphan.stdin.close()  # the worker that held the other end is gone
        assert orphan.wait(timeout=60) == 0
    assert not beaten.result.exists()

    train(beaten)  # in this process: loading torch once more would show nothing new

    resumed = [line["step"] for line in events_of(beaten, "resumed")]
    assert resumed[0] == 0
    assert resumed[1] % 15 == 0
    assert resumed[2] >= 50
    assert [line["n"] for line in lines_of(beaten)] == list(range(1, len(lines_of(beaten)) + 1))
    assert points_of(beaten) == points_of(through)
    assert weights_of(beaten) == weights_of(through)
    assert json.loads(beaten.result.read_text())["step"] == 8 * 24
