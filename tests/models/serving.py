"""A real server for a model folder, started as an installation starts it."""

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.launcher.llm import describe_llm


class NotServed(Exception):
    """The server did not come up; the message ends with what it printed."""


@contextmanager
def served(folder: Path, *, seconds: float = 120.0) -> Iterator[str]:
    """Serve a model folder on a free port for the length of the block; yield the address of its API."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="touchstone-hub-") as hub, tempfile.TemporaryFile() as log:
        environment = os.environ | {
            "HF_HUB_OFFLINE": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_CACHE": hub,
            "OMP_NUM_THREADS": "1",
            "OMP_WAIT_POLICY": "passive",
        }
        command = list(describe_llm(model=folder, port=port).command)
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, port=port, seconds=seconds, log=log.fileno())
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], *, port: int, seconds: float, log: int) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise NotServed(os.pread(log, 100_000, 0).decode(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
