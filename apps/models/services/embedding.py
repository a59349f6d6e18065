"""Have the bundled sentence encoder read texts."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

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
    with tempfile.TemporaryDirectory(prefix="touchstone-texts-") as name:
        folder = Path(name)
        asked, out, log = folder / "texts.json", folder / "vectors.npy", folder / "log.txt"
        asked.write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
        code = processes.watch(
            module="apps.models.evaluation.embedding",
            arguments=["--texts", str(asked), "--out", str(out), "--threads", str(threads)],
            log=log,
            tick=lambda: job is not None and jobs.stop_requested(job=job),
            threads=threads,
        )
        if not out.is_file():
            last = (log.read_text(errors="replace").strip().splitlines() or ["no reason was given"])[-1]
            stopped = job is not None and jobs.stop_requested(job=job)
            raise Conflict("Stopped." if stopped else f"The encoder ended with code {code}: {last}")
        return Embeddings(vectors=np.load(out, allow_pickle=False), encoder=ENCODER)
