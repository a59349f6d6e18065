"""Checkpoints and what suites found about them."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.models.models import Checkpoint, Evaluation, Run


@transaction.atomic
def record(*, run: Run, step: int, path: str, sha256: str, size_bytes: int) -> Checkpoint:
    """Note a trained model; noting it twice changes nothing."""
    checkpoint, _ = Checkpoint.objects.get_or_create(
        run=run, step=step, defaults={"path": path, "hash": sha256, "size_bytes": size_bytes}
    )
    return checkpoint


@transaction.atomic
def record_figures(*, checkpoint_id: UUID | str, suite: str, figures: dict[str, Any]) -> Evaluation:
    """Note what a suite found, in place of what it found before."""
    evaluation, _ = Evaluation.objects.update_or_create(
        checkpoint_id=checkpoint_id, suite=suite, defaults={"figures": figures}
    )
    return evaluation
