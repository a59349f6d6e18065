"""Asking for an export, fetching its file, and removing it; each act is in the audit log."""

import uuid
from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.elicitation.domain.exports.purposes import FORMATS, Choice, Purpose
from apps.elicitation.domain.exports.tables import NAMES
from apps.elicitation.models import Export, ProtocolVersion
from apps.elicitation.selectors import exports as selectors
from apps.elicitation.services.exports import folders
from apps.shared.access import Capability, Person, may
from apps.shared.errors import Conflict, Forbidden, Invalid
from apps.shared.models import Job, Study
from apps.shared.selectors import job as find_job
from apps.shared.services import audit, jobs

GONE = {
    Export.State.MAKING: "This export is still being made.",
    Export.State.OUTDATED: "Somebody withdrew after it was made, so this file was deleted. Make it again.",
    Export.State.REMOVED: "The file of this export was removed. Make it again if you need it.",
    Export.State.FAILED: "This export could not be made.",
}


@transaction.atomic
def ask(
    *,
    study: Study,
    actor: Person,
    purpose: str,
    tables: Sequence[str] = NAMES,
    formats: Sequence[str] = FORMATS,
    versions: Sequence[int] = (),
    simulated: bool = False,
    panel_ids: bool = False,
    bom: bool = False,
) -> Export:
    """Have an export made.

    Raises Invalid for a choice that is none, and Forbidden for the panel's ids where an admin does not ask.
    """
    choice = Choice(
        purpose=_purpose(purpose),
        tables=_known(tables, NAMES, field="tables", what="table"),
        formats=_known(formats, FORMATS, field="formats", what="format"),
        versions=_versions(study, versions),
        simulated=simulated,
        panel_ids=panel_ids,
        bom=bom,
    )
    _check_panel_ids(study, actor, choice)
    export = Export.objects.create(
        study=study, purpose=choice.purpose, choice=_stored(choice), created_by_id=actor.pk
    )
    job = jobs.enqueue(
        study=study,
        task="elicitation.export",
        subject=f"export/{export.pk}",
        config={"export": str(export.pk)},
        created_by=None if actor.is_anonymous else actor,
    )
    Export.objects.filter(pk=export.pk).update(job_id=job.pk)
    export.job_id = job.pk
    _note(export, actor=actor, action="export.asked", **_stored(choice), purpose=choice.purpose.value)
    return export


def _purpose(purpose: str) -> Purpose:
    try:
        return Purpose(purpose)
    except ValueError as error:
        message = f"A purpose is one of: {', '.join(Purpose)}."
        raise Invalid(message, fields={"purpose": [message]}) from error


def _known(given: Sequence[str], known: Sequence[str], *, field: str, what: str) -> tuple[str, ...]:
    """Return what was chosen in our order, each once."""
    unknown = sorted(set(given) - set(known))
    message = f"There is no {what} {', '.join(unknown)}." if unknown else f"Choose at least one {what}."
    if unknown or not given:
        raise Invalid(message, fields={field: [message]})
    return tuple(name for name in known if name in given)


def _versions(study: Study, numbers: Sequence[int]) -> tuple[int, ...]:
    wanted = set(numbers)
    found = ProtocolVersion.objects.filter(study=study, number__in=wanted, number__gt=0)
    unknown = wanted - set(found.values_list("number", flat=True))
    if unknown:
        message = f"The study has no version {', '.join(str(number) for number in sorted(unknown))}."
        raise Invalid(message, fields={"versions": [message]})
    return tuple(sorted(wanted))


def _check_panel_ids(study: Study, actor: Person, choice: Choice) -> None:
    if not choice.panel_ids:
        return
    if not may(user=actor, study=study, capability=Capability.MANAGE):
        raise Forbidden("The ids that a panel gave to people leave only when an admin of the study asks.")
    if choice.purpose != Purpose.RESEARCH:
        message = "The ids that a panel gave to people leave for research within the study alone."
        raise Invalid(message, fields={"panel_ids": [message]})


def _stored(choice: Choice) -> dict[str, object]:
    return {
        "tables": list(choice.tables),
        "formats": list(choice.formats),
        "versions": list(choice.versions),
        "simulated": choice.simulated,
        "panel_ids": choice.panel_ids,
        "bom": choice.bom,
    }


def choice_of(*, export: Export) -> Choice:
    """Return what an export takes in."""
    held = export.choice
    return Choice(
        purpose=Purpose(export.purpose),
        tables=tuple(held["tables"]),
        formats=tuple(held["formats"]),
        versions=tuple(held["versions"]),
        simulated=held["simulated"],
        panel_ids=held["panel_ids"],
        bom=held["bom"],
    )


@transaction.atomic
def fetch(*, study: Study, actor: Person, export_id: uuid.UUID) -> tuple[Export, BinaryIO]:
    """Return an export with its file open, noting who fetches it; what is removed now is still sent whole.

    Raises Missing, Conflict where there is no file now, and Forbidden where the panel's ids are in it and
    somebody other than an admin asks.
    """
    export = selectors.export_of(study=study, export_id=export_id)
    if export.choice["panel_ids"] and not may(user=actor, study=study, capability=Capability.MANAGE):
        raise Forbidden("This file holds the ids that a panel gave to people: an admin can fetch it.")
    if export.state != Export.State.READY:
        raise Conflict(GONE[Export.State(export.state)])
    try:
        file = folders.path_of(export=export).open("rb")
    except FileNotFoundError as error:
        raise Conflict("The file of this export is not on this machine any more. Make it again.") from error
    _note(export, actor=actor, action="export.fetched", sha256=export.sha256)
    return export, file


@transaction.atomic
def remove(*, study: Study, actor: Person, export_id: uuid.UUID) -> Export:
    """Delete an export's file, or stop its making; that it was made stays. Removing twice changes nothing."""
    selectors.export_of(study=study, export_id=export_id)
    export = Export.objects.select_for_update().select_related("study").get(pk=export_id)
    if export.state == Export.State.REMOVED:
        return export
    if export.state == Export.State.MAKING and export.job_id:
        job: Job = find_job(study=study, job_id=str(export.job_id))
        jobs.request_stop(job=job)
    export.state, export.removed_at = Export.State.REMOVED, timezone.now()
    export.save(update_fields=["state", "removed_at"])
    _note(export, actor=actor, action="export.removed")
    transaction.on_commit(lambda: folders.clear(study=study))
    return export


def _note(export: Export, *, actor: Person, action: str, **detail: object) -> None:
    audit.record(study=export.study, actor=actor, action=action, subject=str(export.pk), detail=detail)
