"""Have a checkpoint score pairs."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.models import Checkpoint
from apps.models.services import processes
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Job
from apps.shared.services import jobs


def score(
    *, checkpoint_id: UUID | str, pairs: Sequence[ScorablePair], job: Job | None = None
) -> list[PairScore]:
    """Return the checkpoint's scores of the pairs, in their order.

    With a job, its stop request is obeyed. Raises Missing where there is no such checkpoint, and Conflict
    where it was stopped or the checkpoint cannot be read.
    """
    checkpoint = Checkpoint.objects.select_related("run").filter(pk=checkpoint_id).first()
    if checkpoint is None:
        raise Missing("There is no such checkpoint.")
    if not pairs:
        return []
    with processes.folder_for(work="scoring") as folder:
        return _score(model=checkpoint.folder, pairs=pairs, folder=folder, job=job)


def _score(*, model: Path, pairs: Sequence[ScorablePair], folder: Path, job: Job | None) -> list[PairScore]:
    asked, out, log = folder / "pairs.jsonl", folder / "scores.jsonl", folder / "log.txt"
    lines = (json.dumps(dataclasses.asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
    asked.write_text("".join(lines), encoding="utf-8")
    code = processes.watch(
        module="apps.models.evaluation",
        arguments=["score", "--model", str(model), "--pairs", str(asked), "--out", str(out)],
        log=log,
        tick=lambda: job is not None and jobs.stop_requested(job=job),
    )
    if not out.is_file():
        stopped = job is not None and jobs.stop_requested(job=job)
        raise Conflict(
            "Stopped." if stopped else f"Scoring ended with code {code}: {processes.last_words(log=log)}"
        )
    with out.open(encoding="utf-8") as file:
        return [PairScore(**json.loads(line)) for line in file]
