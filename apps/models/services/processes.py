"""Start and watch the subprocesses that load torch, so that no worker does."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

POLL_SECONDS = 0.25
SAVE_SECONDS = 120.0
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_WAIT_POLICY": "passive",
    "PYTHONUNBUFFERED": "1",
}


@contextlib.contextmanager
def folder_for(*, work: str) -> Iterator[Path]:
    """Give a process's files a new folder, named after the work, that is gone afterwards."""
    folder = Path(settings.FILES_DIR) / work / str(uuid.uuid4())
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def last_words(*, log: Path) -> str:
    """Return the last line that a process printed: as a rule what it failed on."""
    return (log.read_text(errors="replace").strip().splitlines() or ["no reason was given"])[-1]


def watch(
    *,
    module: str,
    arguments: Sequence[str],
    log: Path,
    tick: Callable[[], bool],
    threads: int = 1,
    poll_seconds: float = POLL_SECONDS,
) -> int:
    """Run a module of ours to its end and return its exit code; what it prints is appended to ``log``.

    ``tick`` is called every ``poll_seconds`` and once after the end; from when it returns True the
    process is asked to save and stop. If this process dies, the pipe closes and the child saves and stops
    by itself. An exception from ``tick`` ends the child before it is passed on.
    """
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=settings.ROOT,
            env=os.environ | QUIET | {"OMP_NUM_THREADS": str(threads)},
        )
    try:
        deadline = None
        while process.poll() is None:
            if tick() and deadline is None:
                deadline = time.monotonic() + SAVE_SECONDS
                _close(process)
            if deadline is not None and time.monotonic() > deadline:
                process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=poll_seconds)
        tick()
        return process.returncode
    finally:
        _end(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have the child save and stop, and see it gone."""
    _close(process)
    try:
        process.wait(timeout=SAVE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
