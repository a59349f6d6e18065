"""The audit log: reads of transcripts and identities, and acts that others rely on."""

from typing import Any

from apps.shared.access import Person
from apps.shared.models import AuditEntry, Study


def record(
    *,
    study: Study,
    actor: Person | None,
    action: str,
    subject: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Note who did what; nobody where the installation did it itself."""
    AuditEntry.objects.create(
        study=study, actor_id=actor.pk if actor else None, action=action, subject=subject, detail=detail or {}
    )
