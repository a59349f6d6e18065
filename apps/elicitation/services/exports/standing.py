"""Exports when somebody withdraws: what may hold the person's words is out of date, and its file goes."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.elicitation.domain.exports.purposes import NEEDED, Purpose
from apps.elicitation.models import Consent, Export, Participant
from apps.elicitation.services.exports import folders
from apps.shared.services import audit

OUTDATED = "Somebody withdrew after this export was made, so it is out of date and its file was deleted."


@transaction.atomic
def outdate(*, participant: Participant) -> int:
    """Mark the exports that a person who withdraws may be in; return how many.

    One that is being made is marked as well, and is written anew. Nobody's name is noted: the log says that
    an export went out of date, not by whom.
    """
    study = participant.study
    touched = list(Export.objects.select_for_update().filter(_may_hold(participant)))
    now = timezone.now()
    for export in touched:
        if not _takes_in(export, participant):
            continue
        export.outdated_at = now
        if export.state == Export.State.READY:
            export.state, export.message = Export.State.OUTDATED, OUTDATED
            audit.record(study=study, actor=None, action="export.outdated", subject=str(export.pk))
        export.save(update_fields=["outdated_at", "state", "message"])
    transaction.on_commit(lambda: folders.clear(study=study))
    return len(touched)


def _may_hold(participant: Participant) -> Q:
    """Return the exports for whose purpose the person ticked, and that were not finished before they came."""
    consent = Consent.objects.filter(participant=participant).first()
    ticked = {
        purpose.value
        for purpose in Purpose
        if consent and all(getattr(consent, tick) for tick in NEEDED[purpose])
    }
    came_before = Q(finished_at__isnull=True) | Q(finished_at__gte=participant.created_at)
    living = Q(state__in=[Export.State.READY, Export.State.MAKING])
    return Q(study=participant.study_id, purpose__in=ticked) & living & came_before


def _takes_in(export: Export, participant: Participant) -> bool:
    """Whether an export takes in people of this kind and of the version that this one met."""
    if participant.simulated and (not export.choice["simulated"] or participant.persona == "preview"):
        return False
    versions = export.choice["versions"]
    number = participant.version.number if participant.version else None
    return not versions or number in versions or _words_of_all(export)


def _words_of_all(export: Export) -> bool:
    """Whether the export holds values or stories, whose words come from people of every version."""
    return bool({"values", "stories"} & set(export.choice["tables"]))
