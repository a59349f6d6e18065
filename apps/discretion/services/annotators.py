"""Algorithms as annotators: trained checkpoints, and nulls to compare with."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.discretion.models import Annotator, Audit, Judging
from apps.discretion.services import judgings
from apps.models import selectors as models_selectors
from apps.models.services import serving
from apps.shared.errors import Invalid
from apps.shared.models import Job

NULLS = {"coin": "a fair coin", "longer": "the longer response"}
SEED = 1
"""By which the coin falls."""


@transaction.atomic
def add_checkpoint(
    *, audit: Audit, checkpoint_id: UUID | str, created_by: AbstractBaseUser | None, reason: str = ""
) -> Job:
    """Let a checkpoint judge the pairs that its training never saw; return the job that does it.

    ``reason`` says why one judges that is not promoted. Raises Missing for an unknown checkpoint and Conflict
    where none of the held-out pairs is in this audit, or where it is not promoted and nobody says why.
    """
    checkpoint = models_selectors.checkpoint(study=audit.study, checkpoint_id=checkpoint_id)
    judgings.check_held_out(audit=audit, checkpoint_id=checkpoint_id)
    kept = serving.admit(checkpoint_id=checkpoint_id, reason=reason)
    annotator, _ = Annotator.objects.get_or_create(
        audit=audit,
        name=f"{checkpoint.run.name}, step {checkpoint.step}"[:200],
        kind=Annotator.Kind.ALGORITHM,
        defaults={"checkpoint_id": str(checkpoint.pk)},
    )
    if annotator.checkpoint_id != str(checkpoint.pk):
        annotator = Annotator.objects.create(
            audit=audit,
            name=f"{annotator.name[:180]} ({str(checkpoint.pk)[:8]})",
            kind=Annotator.Kind.ALGORITHM,
            checkpoint_id=str(checkpoint.pk),
        )
    return _enqueue(
        annotator=annotator, method=Judging.Method.REWARD_MODEL, created_by=created_by, not_promoted=kept
    )


@transaction.atomic
def add_null(*, audit: Audit, null: str, created_by: AbstractBaseUser | None) -> Job:
    """Let a null annotator judge every pair; return the job that does it. Raises Invalid for an unknown
    one.
    """
    if null not in NULLS:
        raise Invalid("There is no such null annotator.", fields={"null": [f"One of: {', '.join(NULLS)}."]})
    annotator = null_of(audit=audit, null=null)
    return _enqueue(annotator=annotator, method=Judging.Method.NULL, created_by=created_by)


def null_of(*, audit: Audit, null: str) -> Annotator:
    """Return an audit's null annotator of this kind, which is there from then on."""
    metadata = {"null": null} | ({"seed": SEED} if null == "coin" else {})
    annotator, _ = Annotator.objects.get_or_create(
        audit=audit, name=NULLS[null], kind=Annotator.Kind.NULL, defaults={"metadata": metadata}
    )
    return annotator


def _enqueue(
    *, annotator: Annotator, method: str, created_by: AbstractBaseUser | None, not_promoted: str = ""
) -> Job:
    plan, _ = Judging.objects.get_or_create(annotator=annotator, defaults={"method": method})
    if not_promoted:
        plan.config = plan.config | {"not_promoted": not_promoted}
        plan.save(update_fields=["config"])
    return judgings.enqueue(judging=plan, created_by=created_by)
