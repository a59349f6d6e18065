"""The command: ``python -m apps.models.training FOLDER``.

Where the weights that it starts from lie in another folder here than where it was made: ``--base FOLDER``,
and ``--reward FOLDER`` or ``--encoder FOLDER`` where the configuration names such.

Ends with 0 when the run is finished (``result.json`` is there) or was asked to stop and saved, with 2 when
somebody must do something (``error.json`` says what).
"""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from apps.models.domain import handover
from apps.models.domain.alerts import LINES
from apps.models.domain.recipes import RewardConfig
from apps.models.training import journal, storage
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch

ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Threads that spin while they wait make a busy machine ten times slower.
    "OMP_WAIT_POLICY": "passive",
}


UNUSED = ("datasets", "peft", "pandas", "scipy")


def main(arguments: list[str] | None = None, *, alone: bool = False) -> int:
    """Train the run in a folder; ``alone`` says that the process is for nothing else."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.training", description="Train one run.")
    parser.add_argument("folder", type=Path, help="folder with config.json, train.jsonl, held_out.jsonl")
    for place in handover.PLACES:
        parser.add_argument(f"--{place}", type=Path, help=f"where the {place} model lies on this machine")
    options = parser.parse_args(arguments)
    places = {place: found for place in handover.PLACES if (found := getattr(options, place))}
    folder = RunFolder(options.folder, places=places)
    os.environ.update(ENVIRONMENT)
    journal.open_log()
    stop = StopWatch()
    stop.listen()
    return work(folder=folder, stop=stop, alone=alone)


def work(*, folder: RunFolder, stop: StopWatch, alone: bool = False) -> int:
    """Train the run in a folder and return how the process is to end; what went wrong lies in the folder."""
    try:
        if not folder.path.is_dir():
            raise TrainingError(f"There is no folder {folder.path}.")
        with folder.locked(give_up=stop.asked) as ours:
            return _train(folder=folder, stop=stop, alone=alone) if ours else 0
    except TrainingError as error:
        _leave(folder, error)
        return 2
    except Exception as error:
        if not storage.is_full(error):
            raise
        _leave(folder, storage.full(folder))
        return 2


def _leave(folder: RunFolder, error: TrainingError) -> None:
    """Write down what somebody must do, on a full disk as well as that goes."""
    print(error, file=sys.stderr)
    if folder.path.is_dir():
        with contextlib.suppress(OSError):
            write_json(
                folder.error, {"message": str(error), "kind": error.kind, "lines": error.lines[-LINES:]}
            )


def _train(*, folder: RunFolder, stop: StopWatch, alone: bool) -> int:
    if folder.result.is_file():
        return 0
    folder.error.unlink(missing_ok=True)
    config = folder.config()  # what is wrong with it is said at once
    if alone and isinstance(config, RewardConfig):
        # Trainer loads these where it finds them, and this method does not: a fifth of every run's start.
        sys.modules.update(dict.fromkeys(UNUSED))  # type: ignore[arg-type]
    log = MetricsLog(folder.metrics)
    try:
        # Loading torch takes seconds; the lock and the ear for a stop come first.
        log.event("preparing", what="libraries")
        from apps.models.training import loop

        loop.train(folder=folder, log=log, stop=stop)
    finally:
        log.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(alone=True))
