"""When a participant withdraws: principles that carry a value's words follow the moral graph."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.discretion.models import Audit, Principle, Reply
from apps.discretion.services import audits, instant_models
from apps.moralgraph import selectors as graph
from apps.shared.models import Study

ERASED = "The person whose words this principle was made of has withdrawn."


@transaction.atomic
def follow_graph(*, study: Study, participant_id: UUID, **_: Any) -> None:
    """Reword every principle whose value was reworded or emptied; verdicts and counts stay."""
    touched: dict[int, Audit] = {}
    rows = Principle.objects.filter(audit__study=study, value_id__isnull=False).select_related("audit__study")
    for row in rows:
        value = graph.value(study=study, value_id=row.value_id or 0)
        if row.replaces_id is not None and value.policies:
            # A researcher's own wording stands until the words behind it are erased.
            continue
        title, statement = value.title[:200], value.statement if value.policies else ERASED
        if row.statement not in (value.statement, statement) or row.title != title:
            row.title, row.statement = title, statement
            row.save(update_fields=["title", "statement"])
            # A judge that gives its reasons may have quoted the principle.
            Reply.objects.filter(principle=row).update(text="")
            touched.setdefault(row.audit_id, row.audit)
    for audit in touched.values():
        Audit.objects.filter(pk=audit.pk).update(withdrawn=F("withdrawn") + 1)
        audits.touch(audit=audit, what="principles")
    instant_models.ask_all(study=study)
