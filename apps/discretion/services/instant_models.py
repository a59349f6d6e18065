"""Keep an instant reward model beside an audit, and ask for it to be fitted anew when verdicts arrive.

A fit under way looks once more before it ends, so that a burst of verdicts makes one fit, or two, and the
last verdict is never left out.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.discretion.events import InstantModelMoved
from apps.discretion.models import Audit, InstantModel
from apps.discretion.selectors.instant_models import STREAM
from apps.shared.errors import Missing
from apps.shared.models import Study
from apps.shared.services import audit as audit_log
from apps.shared.services import jobs, streams

TASK = "discretion.fit_instant_model"


@transaction.atomic
def keep(*, audit: Audit, asked: Mapping[str, Any], created_by: AbstractBaseUser) -> InstantModel:
    """Keep an instant model of an audit from now on; another target takes the earlier one's place."""
    row, _ = InstantModel.objects.update_or_create(
        audit=audit,
        defaults={"asked": dict(asked), "created_by_id": created_by.pk, "figures": None, "message": ""},
    )
    detail = {"target": asked["target"]}
    audit_log.record(
        study=audit.study,
        actor=created_by,
        action="keeps an instant model",
        subject=f"audit/{audit.pk}",
        detail=detail,
    )
    ask(audit=audit)
    row.refresh_from_db()
    return row


@transaction.atomic
def drop(*, audit: Audit, by: AbstractBaseUser) -> None:
    """Forget an audit's instant model. Raises Missing."""
    deleted, _ = InstantModel.objects.filter(audit=audit).delete()
    if not deleted:
        raise Missing("This audit keeps no instant model.")
    jobs.forget(study=audit.study, subject=_subject(audit))
    audit_log.record(
        study=audit.study, actor=by, action="dropped an instant model", subject=f"audit/{audit.pk}"
    )
    tell(audit=audit)


@transaction.atomic
def ask(*, audit: Audit) -> None:
    """Have an audit's instant model fitted anew, where it keeps one; a fit under way goes round once more."""
    if not InstantModel.objects.filter(audit=audit).update(wanted=F("wanted") + 1):
        return
    row = InstantModel.objects.select_related("job").get(audit=audit)
    if row.job is not None and not row.job.ended:
        return
    jobs.forget(study=audit.study, subject=_subject(audit))
    row.job = jobs.enqueue(
        study=audit.study, task=TASK, subject=_subject(audit), config={"instant_model": row.pk}
    )
    row.save(update_fields=["job"])


def ask_all(*, study: Study) -> None:
    """Have every instant model of a study fitted anew: people's consents changed."""
    for row in InstantModel.objects.filter(audit__study=study).select_related("audit__study"):
        ask(audit=row.audit)


@transaction.atomic
def note(*, row: InstantModel, wanted: int, found: Mapping[str, Any]) -> bool:
    """Keep what a fit found; say whether verdicts have arrived since, so that it is to go round once more."""
    changed = InstantModel.objects.filter(pk=row.pk).update(
        fitted=wanted, fitted_at=timezone.now(), **dict(found)
    )
    again = InstantModel.objects.filter(pk=row.pk, wanted__gt=wanted).exists()
    if not again:
        InstantModel.objects.filter(pk=row.pk).update(job=None)
    if changed:
        tell(audit=row.audit)
    return again


def tell(*, audit: Audit) -> None:
    """Tell those who watch a study's instant models that one moved."""
    streams.publish(stream=stream(study=audit.study), event=InstantModelMoved(audit=audit.pk))


def stream(*, study: Study) -> str:
    """Return the name of the stream of a study's instant models."""
    return streams.stream_of(study=study, path=STREAM)


def _subject(audit: Audit) -> str:
    return f"instant model/{audit.pk}"
