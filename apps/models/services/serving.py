"""Put a checkpoint to work: one that is promoted, or one for which somebody says why it may all the same."""

from uuid import UUID

from apps.models.selectors import promotions
from apps.shared.errors import Conflict, Missing


def admit(*, checkpoint_id: UUID | str, reason: str = "") -> str:
    """Let a checkpoint serve, and return the reason to keep: '' where it is promoted, or where none is named.

    Raises Conflict for one that is not promoted where nobody says why, and Missing where it is gone.
    """
    if not checkpoint_id:
        return ""
    found = promotions.served_by_id(ids=[str(checkpoint_id)]).get(str(checkpoint_id))
    if found is None:
        raise Missing("There is no such checkpoint.")
    if found.decision == "promoted":
        return ""
    if reason.strip():
        return reason.strip()
    was = f"was rejected ({found.reason})" if found.decision else "is not promoted"
    raise Conflict(
        f"“{found.name}” {was}, so it does no work by itself. Promote it on its page, or say why it is to "
        "work all the same: the reason is kept and shown wherever it works."
    )
