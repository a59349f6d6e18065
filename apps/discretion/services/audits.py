"""Audits: begin one, and tell those who watch that one changed."""

from collections.abc import Iterable
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from apps.discretion.events import AuditChanged
from apps.discretion.models import Annotator, Audit, Comparison, Verdict
from apps.discretion.services import instant_models
from apps.shared.errors import Invalid
from apps.shared.models import Study
from apps.shared.services import streams

What = Literal["comparisons", "verdicts", "principles", "annotators", "guidance", "batches"]
NOT_MEASURED = frozenset({"guidance", "batches"})


@transaction.atomic
def create(*, study: Study, title: str, created_by: AbstractBaseUser | None) -> Audit:
    """Begin an audit. Raises Invalid without a title."""
    words = title.strip()
    if not words:
        raise Invalid("An audit needs a title.", fields={"title": ["Write a title."]})
    return Audit.objects.create(
        study=study, title=words[:200], created_by_id=created_by.pk if created_by else None
    )


def stream_of(*, audit: Audit) -> str:
    """Return the stream that carries what happens in an audit."""
    return streams.stream_of(study=audit.study, path=f"audit/{audit.pk}")


@transaction.atomic
def touch(*, audit: Audit, what: What, annotators: Iterable[int] | None = None) -> None:
    """Note that what the measures are made of changed, and tell those who watch.

    ``annotators`` names those whose verdicts alone changed, so that the others' need not be read again. What
    no measure is made of is told, and the measures are kept.
    """
    if what not in NOT_MEASURED:
        changed = {"revision": F("revision") + 1} | ({} if annotators else {"layout": F("revision") + 1})
        Audit.objects.filter(pk=audit.pk).update(**changed)
        audit.refresh_from_db(fields=["revision", "layout"])
        instant_models.ask(audit=audit)
    if annotators:
        Annotator.objects.filter(pk__in=list(annotators)).update(revision=audit.revision)
    event = AuditChanged(
        audit=audit.pk,
        comparisons=Comparison.objects.filter(audit=audit).count(),
        verdicts=Verdict.objects.filter(
            annotator__audit=audit, principle__isnull=True, superseded_at__isnull=True
        ).count(),
        what=what,
    )
    streams.publish(stream=stream_of(audit=audit), event=event)
