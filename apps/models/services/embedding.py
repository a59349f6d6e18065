"""Have the bundled sentence encoder read texts, and responses to prompts."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.embeddings import ENCODER, Embeddings
from apps.models.services import processes
from apps.shared.errors import Conflict
from apps.shared.models import Job
from apps.shared.services import jobs


def embed(*, texts: Sequence[str], job: Job | None = None, threads: int = 1) -> Embeddings:
    """Return the texts as points, in their order; a process of its own loads torch and ends.

    Starting it takes some seconds, so send many texts at once. With a job, its stop request is obeyed. Raises
    Conflict where it was stopped or the encoder cannot be read.
    """
    return Embeddings(_read("texts", list(texts), job, threads), encoder=ENCODER)


def read_responses(
    *, asked: Sequence[tuple[str, str]], job: Job | None = None, threads: int = 1
) -> NDArray[np.float32]:
    """Return prompts with responses as reward models on the encoder see them; NaN for what is too long.

    As ``embed`` otherwise.
    """
    return _read("responses", list(asked), job, threads)


def _read(
    what: Literal["texts", "responses"], content: list[Any], job: Job | None, threads: int
) -> NDArray[np.float32]:
    with tempfile.TemporaryDirectory(prefix="touchstone-texts-") as name:
        folder = Path(name)
        asked, out, log = folder / "asked.json", folder / "vectors.npy", folder / "log.txt"
        asked.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        code = processes.watch(
            module="apps.models.evaluation.embedding",
            arguments=[f"--{what}", str(asked), "--out", str(out), "--threads", str(threads)],
            log=log,
            tick=lambda: job is not None and jobs.stop_requested(job=job),
            threads=threads,
        )
        if not out.is_file():
            last = (log.read_text(errors="replace").strip().splitlines() or ["no reason was given"])[-1]
            stopped = job is not None and jobs.stop_requested(job=job)
            raise Conflict("Stopped." if stopped else f"The encoder ended with code {code}: {last}")
        found: NDArray[np.float32] = np.load(out, allow_pickle=False)
        return found
