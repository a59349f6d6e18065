"""Two processes do not work in one folder, and a process says what is wrong with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from apps.models.training import loop
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from tests.factories.models import example
from tests.models.training.conftest import MakeRun
from tests.models.training.lines import events_of

ROOT = Path(__file__).resolve().parents[3]


def run_command(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the training command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "apps.models.training", str(folder)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_second_process_waits_for_the_lock_and_gives_up_when_asked(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    looks = iter([False, False, True])

    with (
        folder.locked(give_up=lambda: False) as first,
        folder.locked(give_up=lambda: next(looks)) as second,
    ):
        assert first
        assert not second
    with folder.locked(give_up=lambda: False) as third:
        assert third


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = run_command(tmp_path / "nowhere")

    assert done.returncode == 2
    assert done.stderr.strip().endswith("nowhere.")
    assert "Traceback" not in done.stderr


def test_pairs_that_all_are_too_long_are_counted_and_end_the_run_with_a_sentence(make_run: MakeRun) -> None:
    folder = make_run(examples=[example(n, response_a="word " * 90) for n in range(3)], max_length=64)
    log = MetricsLog(folder.metrics)

    with pytest.raises(TrainingError, match="No training pair fits into the encoder's 64 tokens"):
        loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()

    assert events_of(folder, "too_long")[0] | {"n": 0} == {
        "n": 0,
        "event": "too_long",
        "max_length": 64,
        "train": 2,
        "held_out": 1,
    }


def test_a_configuration_that_makes_no_sense_ends_the_run_with_a_sentence(make_run: MakeRun) -> None:
    folder = make_run()
    (folder.path / "config.json").write_text('{"epochs": -1}')

    done = run_command(folder.path)

    assert done.returncode == 2
    assert "config.json cannot be read" in json.loads(folder.error.read_text())["message"]
