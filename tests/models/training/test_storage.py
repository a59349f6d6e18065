"""A full disk is known by what each library says about it, and the run says what to do."""

import errno
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from apps.models.training import __main__ as command
from apps.models.training import checkpoints, storage
from apps.models.training.stopping import StopWatch
from tests.models.training.conftest import MakeRun
from tests.models.training.lines import events_of

QUOTA = 100_000


@contextmanager
def quota() -> Iterator[None]:
    """Let no file grow beyond the quota meanwhile; the kernel refuses what is written behind it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (QUOTA, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("writer", ["text", "safetensors", "pickle"])
def test_every_writer_of_a_checkpoint_is_understood(tmp_path: Path, writer: str) -> None:
    big = {"weights": torch.zeros(300_000)}
    write: dict[str, Callable[[Path], object]] = {
        "text": lambda path: path.write_text("x" * 300_000),
        "safetensors": lambda path: save_file(big, path),
        "pickle": lambda path: torch.save(big, path),
    }

    with quota(), pytest.raises(Exception, match=r".") as caught:
        write[writer](tmp_path / "file")

    assert storage.is_full(caught.value), repr(caught.value)


def test_other_errors_are_no_full_disk() -> None:
    assert not storage.is_full(FileNotFoundError(errno.ENOENT, "No such file or directory"))


@pytest.mark.training
def test_a_disk_that_fills_up_at_a_checkpoint_ends_the_run_with_what_to_do_and_it_goes_on_later(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(epochs=2, batch_size=6)
    complete = checkpoints.complete

    def full_from_eight(*, made: Path, step: int) -> Path:
        if step >= 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        return complete(made=made, step=step)

    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "complete", full_from_eight)
        code = command.work(folder=folder, stop=StopWatch())
    left = json.loads(folder.error.read_text())

    assert (code, left["kind"]) == (2, "disk")
    assert left["message"].startswith("The disk is full")
    assert "The checkpoint of step 4 is whole" in left["message"]
    assert "Make room" in left["message"]
    assert command.work(folder=folder, stop=StopWatch()) == 0
    assert events_of(folder, "resumed")[-1]["step"] == 4
    assert folder.result.is_file()
