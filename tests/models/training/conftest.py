"""Runs on a tiny encoder, in the test's own process or in a real one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes import RewardConfig
from apps.models.domain.splits import split_by_key
from apps.models.training.folder import RunFolder
from tests.factories.models import kind_world

MakeRun = Callable[..., RunFolder]


@pytest.fixture
def make_run(tmp_path: Path, tiny_encoder: Path) -> MakeRun:
    """Return a function that makes the folder of a run on the tiny encoder."""
    return partial(_make_run, tmp_path, tiny_encoder)


@pytest.fixture(scope="module")
def make_shared_run(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path) -> MakeRun:
    """Return a function that makes the folder of a run that several tests look at."""
    return partial(_make_run, tmp_path_factory.mktemp("runs"), tiny_encoder)


def _make_run(
    parent: Path,
    tiny_encoder: Path,
    /,
    name: str = "run",
    *,
    examples: list[PreferenceExample] | None = None,
    **changes: Any,
) -> RunFolder:
    chosen: dict[str, Any] = {
        "encoder": str(tiny_encoder),
        "max_length": 64,
        "learning_rate": 1e-3,
        "save_every": 4,
        "eval_every": 3,
    }
    folder = parent / name
    folder.mkdir()
    (folder / "config.json").write_text(RewardConfig(**(chosen | changes)).model_dump_json())
    split = split_by_key(examples or kind_world(count=64))
    for side, rows in (("train", split.train), ("held_out", split.held_out)):
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    return RunFolder(folder)
