"""The folder of one run: its files, and the lock that lets one process at a time work in it."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apps.models.domain import handover, recipes, weights
from apps.models.domain.handover import BadHandover
from apps.models.domain.recipes import BadRecipe, TrainingConfig
from apps.models.training.errors import TrainingError

LOCK_WAIT_SECONDS = 120.0


class RunFolder:
    """Names the files of a run.

    ``places`` says where on this machine the weights lie that the configuration names by folders of another.
    """

    def __init__(self, path: Path, *, places: Mapping[str, Path] | None = None) -> None:
        self.path = path
        self._places = {name: str(place) for name, place in (places or {}).items()}
        self.metrics = path / "metrics.jsonl"
        self.checkpoints = path / "checkpoints"
        self.model = path / "model"
        self.result = path / "result.json"
        self.error = path / "error.json"
        self.samples = path / "samples.jsonl"
        self.features = path / "features.safetensors"

    def config(self) -> TrainingConfig:
        """Return the run's configuration. Raises TrainingError."""
        try:
            config = recipes.parse(json.loads((self.path / "config.json").read_bytes()))
        except BadRecipe as error:
            raise TrainingError(f"config.json cannot be read: {error} {error.fields}") from error
        except (OSError, ValueError) as error:
            raise TrainingError(f"config.json cannot be read: {error}") from error
        unknown = self._places.keys() - handover.places(config).keys()
        if unknown:
            raise TrainingError(f"This run has no --{' and no --'.join(sorted(unknown))} to be named.")
        return config.model_copy(update=self._places)

    def expect(self, place: str, *, folder: str, fingerprint: str | None = None) -> None:
        """Refuse weights that are not those with which the run was handed out. Raises TrainingError."""
        try:
            handed = handover.read(self.path)
        except BadHandover as error:
            raise TrainingError(str(error)) from error
        origin = handed.origins.get(place) if handed else None
        if origin is None:
            return
        found = weights.fingerprint(folder) if fingerprint is None else fingerprint
        if not found:
            raise TrainingError(
                f"There are no weights in {folder}: bring {origin.called} to this machine and name its "
                f"folder with --{place}."
            )
        if found != origin.fingerprint:
            raise TrainingError(
                f"The weights in {folder} are not those of {origin.called}, from which this run starts "
                f"(SHA-256 {found[:12]} instead of {origin.fingerprint[:12]}): bring those, or launch a new "
                "run from these."
            )

    @contextmanager
    def locked(self, *, give_up: Callable[[], bool]) -> Iterator[bool]:
        """Hold the folder's lock, waiting for a process that still saves; yields False where we gave up."""
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield _wait_for_lock(handle, give_up=give_up)
        finally:
            os.close(handle)


def _wait_for_lock(handle: int, *, give_up: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while not give_up():
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TrainingError("Another process still works in this run's folder.") from None
            time.sleep(0.05)
        else:
            return True
    return False


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file that is there whole or not at all, even after a power cut."""
    making = path.with_name(f".{path.name}.part")
    with making.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
