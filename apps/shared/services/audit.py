"""The audit log: reads of transcripts and identities, and acts that others rely on."""

from typing import Any

from apps.shared.access import Person
from apps.shared.models import AuditEntry, Study


def record(
    *, study: Study, actor: Person, action: str, subject: str = "", detail: dict[str, Any] | None = None
) -> None:
    """Note who did what."""
    AuditEntry.objects.create(
        study=study, actor_id=actor.pk, action=action, subject=subject, detail=detail or {}
    )
