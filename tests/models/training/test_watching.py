"""What a run tells of itself while it trains: the machine, the words of its log, a loss that is lost."""

import json
import logging
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer

from apps.models.training import __main__ as command
from apps.models.training.stopping import StopWatch
from tests.factories.models import kind_world
from tests.models.training.conftest import MakeRun
from tests.models.training.lines import events_of, points_of

pytestmark = pytest.mark.training
RARE = "parent"
RISING = {"mode": "frozen", "head_learning_rate": 1.0, "warmup": 0.9}


@pytest.fixture
def broken_encoder(tiny_encoder: Path, tmp_path: Path) -> Path:
    """Return an encoder that has no number for one word."""
    folder = tmp_path / "broken"
    shutil.copytree(tiny_encoder, folder)
    (number,) = AutoTokenizer.from_pretrained(str(folder))(RARE, add_special_tokens=False)["input_ids"]
    weights = load_file(folder / "model.safetensors")
    (name,) = (name for name in weights if name.endswith("word_embeddings.weight"))
    weights[name][number] = torch.nan
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def test_a_loss_that_is_no_number_ends_the_run_before_it_is_saved(
    make_run: MakeRun, broken_encoder: Path
) -> None:
    examples = kind_world(count=64)
    folder = make_run(examples=examples, encoder=str(broken_encoder), batch_size=1, save_every=1)

    code = command.work(folder=folder, stop=StopWatch())

    left = json.loads(folder.error.read_text())
    reached = max(points_of(folder))
    assert (code, left["kind"]) == (2, "nan")
    assert left["message"].startswith(f"The loss of step {reached + 1} is not a number")
    assert f"The checkpoint of step {reached} is kept" in left["message"]
    assert left["lines"][-2].startswith(f"step {reached} of 48: ")
    assert left["lines"][-1].endswith("loss nan")
    assert [path.name for path in folder.checkpoints.iterdir()][-1:] != [f"step-{reached + 1}"]
    assert events_of(folder, "saved")[-1]["step"] == reached


def test_a_loss_that_runs_away_is_told_while_the_run_goes_on(make_run: MakeRun) -> None:
    folder = make_run(examples=kind_world(count=96, shuffled=True), batch_size=1, **RISING)

    assert command.work(folder=folder, stop=StopWatch()) == 0

    (alert,) = events_of(folder, "alert")
    assert alert["kind"] == "divergence"
    assert "times that of the first 20. Stop the run" in alert["message"]
    assert alert["lines"][-1].startswith(f"step {alert['step']} of 72: ")


def test_a_run_tells_of_the_machine_and_keeps_a_log_in_words(
    make_run: MakeRun, caplog: pytest.LogCaptureFixture
) -> None:
    folder = make_run(epochs=1, batch_size=6)

    with caplog.at_level(logging.INFO, logger="apps.models.training"):
        assert command.work(folder=folder, stop=StopWatch()) == 0

    assert points_of(folder, "seconds_left")[8] == 0
    assert points_of(folder, "steps_per_second")[8] > 0
    assert 100 < points_of(folder, "memory_mb")[8] < 20_000
    assert sorted(points_of(folder, "grad_norm")) == list(range(1, 9))
    assert set(points_of(folder, "held_out_margin")) == {3, 6, 8}
    assert "checkpoint of step 4 saved" in caplog.messages
    assert any(message.startswith("step 8 of 8: ") for message in caplog.messages)
